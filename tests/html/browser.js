// Headless Chromium, spoken to through a pipe, and TAP. start(CHROMIUM) gives what tests use:
//   send METHOD PARAMETERS    asks the browser; a promise of its answer
//   evaluate EXPRESSION       in the page
//   visit FILE                opens a page and waits until it is there
//   requests                  what the page asked for, since the last visit
//   ok GOOD NAME DETAILS      a line of TAP
//   end WORD STATUS           ends everything
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

exports.start = async (chromium, minutes = 2) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-'));
  const browser = spawn(chromium, ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    `--user-data-dir=${folder}`, '--remote-debugging-pipe', 'about:blank'],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const deadline = setTimeout(() => end(`Bail out! the browser did not answer in ${minutes} minutes`, 1), minutes * 60000);

  let last = 0, rest = '', session;
  const waiting = new Map(), requests = [], events = new Map();

  browser.stdio[4].on('data', (data) => {
    const messages = (rest + data).split('\0');
    rest = messages.pop();
    for (const text of messages) {
      const message = JSON.parse(text);
      if (message.id) {
        const { resolve, reject } = waiting.get(message.id);
        message.error ? reject(new Error(message.error.message)) : resolve(message.result);
      } else if (message.method === 'Network.requestWillBeSent') {
        requests.push(message.params.request.url);
      } else if (events.has(message.method)) {
        events.get(message.method)(message.params);
      }
    }
  });
  browser.on('error', (error) => end(`Bail out! ${error.message}`, 1));

  function send(method, params = {}) {
    const id = ++last;
    browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + '\0');
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  async function evaluate(expression) {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  const screen = (width, height) => send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });

  async function visit(page) {
    requests.length = 0;
    const loaded = new Promise((resolve) => events.set('Page.loadEventFired', resolve));
    await send('Page.navigate', { url: pathToFileURL(page).href });
    await loaded;
  }

  let n = 0, failed = false;
  function ok(good, name, details = []) {
    console.log(`${good ? 'ok' : 'not ok'} ${++n} - ${name}`);
    if (!good) for (const line of details) console.log(`#   ${line}`);
    failed ||= !good;
  }

  function end(word, status) {
    clearTimeout(deadline);
    if (word) console.log(word);
    browser.kill('SIGKILL');
    try { // children of the browser may write for a moment longer
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    } catch (late) {
      console.log(`# ${late.message}`);
    }
    process.exit(status);
  }

  const finish = () => {
    console.log(`1..${n}`);
    end('', failed ? 1 : 0);
  };

  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  ({ sessionId: session } = await send('Target.attachToTarget', { targetId, flatten: true }));
  await send('Page.enable');
  await send('Network.enable');
  return { send, evaluate, screen, visit, requests, events, ok, end, finish };
};

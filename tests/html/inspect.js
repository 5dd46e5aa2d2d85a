// inspect.js AXE CHROMIUM PAGE.html ...: opens each page in headless Chromium and prints TAP: what
// axe-core finds, whether the page asks for anything else, whether it reflows on a narrow screen. Its
// pictures, PAGE.png and PAGE-narrow.png, stay beside it.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const [axe, chromium, ...pages] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inspect-'));
const browser = spawn(chromium, ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  `--user-data-dir=${folder}`, '--remote-debugging-pipe', 'about:blank'],
{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const deadline = setTimeout(() => end('Bail out! the browser did not answer in two minutes', 1), 120000);

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
      events.get(message.method)();
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

async function inspect(page) {
  const name = path.basename(page, '.html'), picture = page.replace(/\.html$/, '');
  requests.length = 0;
  await screen(1280, 900);
  const loaded = new Promise((resolve) => events.set('Page.loadEventFired', resolve));
  await send('Page.navigate', { url: pathToFileURL(page).href });
  await loaded;
  ok(requests.length === 1, `${name}: the page is self-contained`, requests);

  await evaluate(fs.readFileSync(axe, 'utf8'));
  for (const media of ['screen', 'print']) {
    await send('Emulation.setEmulatedMedia', { media });
    const found = await evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
      .then((r) => ({ passes: r.passes.length, violations: r.violations.map((v) => v.id + ': ' + v.help + ' at ' +
        v.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')) }))`);
    ok(found.passes > 10, `${name}, ${media}: axe-core looked`, [`${found.passes} rules passed`]);
    ok(found.violations.length === 0, `${name}, ${media}: axe-core finds nothing`, found.violations);
  }
  await send('Emulation.setEmulatedMedia', { media: '' });
  const { data } = await send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
  fs.writeFileSync(`${picture}.png`, Buffer.from(data, 'base64'));
  ok(fs.statSync(`${picture}.png`).size > 10000, `${name}: the screenshot is ${picture}.png`);

  await screen(320, 900);
  const wide = await evaluate('document.scrollingElement.scrollWidth');
  ok(wide <= 320, `${name}: 320 pixels wide, only the table scrolls sideways`, [`the page is ${wide} wide`]);
  const narrow = await send('Page.captureScreenshot', { format: 'png' });
  fs.writeFileSync(`${picture}-narrow.png`, Buffer.from(narrow.data, 'base64'));
}

async function main() {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  ({ sessionId: session } = await send('Target.attachToTarget', { targetId, flatten: true }));
  await send('Page.enable');
  await send('Network.enable');
  for (const page of pages) await inspect(page);
  console.log(`1..${n}`);
  end('', failed ? 1 : 0);
}

main().catch((error) => end(`Bail out! ${error.stack}`, 1));

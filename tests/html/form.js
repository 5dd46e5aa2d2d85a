// form.js CHROMIUM PAGE.html FOLDER: fills a plan in by keyboard alone, saves it, and prints TAP. The page
// that was saved is FOLDER/saved.html.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { start } = require('./browser.js');

const [chromium, page, folder] = process.argv.slice(2);

async function main() {
  const b = await start(chromium, 5);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const key = async (name, code, text, modifiers = 0) => {
    const event = { key: name, code: name, windowsVirtualKeyCode: code, modifiers };
    await b.send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', text, ...event });
    await b.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  };
  const tab = () => key('Tab', 9);
  const type = (text) => b.send('Input.insertText', { text });
  const at = () => b.evaluate(`(() => { const t = document.activeElement, l = t.labels && t.labels[0];
    return { tag: t.tagName, type: t.type ?? '', name: t.getAttribute('aria-label') ?? (l ? l.textContent : t.textContent.slice(0, 40)),
      ring: getComputedStyle(t).outlineStyle !== 'none' } })()`);

  await b.screen(1280, 900);
  await b.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: path.resolve(folder), eventsEnabled: true });
  await b.visit(page);
  await b.send('Page.bringToFront');

  // every field by Tab, in the order of the page, each with a name and a ring that shows it
  const all = await b.evaluate(`[...document.querySelectorAll('input, select, textarea, button')].length`);
  const seen = [], nameless = [], ringless = [], written = new Set();
  for (let i = 0; i < 4 * all + 40; i++) {
    await tab();
    const here = await at();
    if (here.tag === 'BODY') break;
    if (here.tag !== 'DIV') seen.push(here);
    if (!here.name.trim()) nameless.push(here.tag);
    if (!here.ring) ringless.push(here.name);
    const first = !written.has(here.name) && written.add(here.name);
    if (first && here.name === 'Ny bolig') await type('Testveien 1');
    if (first && here.name === 'Bydel') // a list goes to what is typed letter by letter
      for (const letter of 'Sa') await key(letter, letter.toUpperCase().charCodeAt(0), letter);
    if (first && here.type === 'date' && here.name.startsWith('Bestille strøm'))
      for (const digit of '12242026') await key(digit, digit.charCodeAt(0), digit);
    if (first && here.tag === 'SELECT' && here.name.startsWith('Bestille strøm: På')) await key('ArrowDown', 40);
    if (here.tag === 'BUTTON' && (await b.evaluate('document.activeElement.className')) === 'save') break;
  }
  const fields = await b.evaluate(`document.querySelectorAll('input:not([type=date]), select, textarea, button').length`);
  b.ok(new Set(seen.map((s) => s.name)).size > 50 && seen.length >= fields, 'every field is reached with the key Tab',
    [`${seen.length} of ${all}`]);
  b.ok(nameless.length === 0, 'each has a name', nameless);
  b.ok(ringless.length === 0, 'what has the focus shows it', ringless.slice(0, 5));

  const saved = path.join(folder, fs.readFileSync(page, 'utf8').match(/data-file="([^"]*)"/)[1]);
  const done = new Promise((resolve) => b.events.set('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve()));
  await key('Enter', 13, '\r');
  await Promise.race([done, pause(20000)]);
  for (let i = 0; i < 50 && !fs.existsSync(saved); i++) await pause(200);
  b.ok(fs.existsSync(saved), 'the plan is saved as a file, with the key Enter', fs.readdirSync(folder));
  b.ok((await b.evaluate(`document.getElementById('said').textContent`)).length > 10, 'and the page says so to those who do not see it');
  b.ok(b.requests.filter((url) => !/^(blob|data):/.test(url)).length === 1, 'the page asks for nothing else', b.requests);
  b.ok((await b.evaluate('(() => { try { return localStorage.length + sessionStorage.length } catch { return 0 } })() + document.cookie.length')) === 0,
    'and keeps nothing');
  if (fs.existsSync(saved)) fs.renameSync(saved, path.join(folder, 'saved.html'));

  // the file is a page that can be gone on with
  await b.visit(path.join(folder, 'saved.html'));
  b.ok((await b.evaluate(`[...document.querySelectorAll('input')].some((t) => t.value === 'Testveien 1')`)),
    'what was saved can be opened and gone on with');
  await b.evaluate(`document.querySelector('.more').focus()`);
  const before = await b.evaluate(`document.querySelectorAll('tbody tr').length`);
  await key('Enter', 13, '\r');
  b.ok((await b.evaluate(`document.querySelectorAll('tbody tr').length`)) === before + 1, 'a row is added with the key Enter');
  b.ok((await at()).tag === 'INPUT', 'and one goes on in it');
  await b.evaluate(`{ const rows = [...document.querySelector('.more').closest('div').querySelectorAll('tbody tr')];
    const last = rows.at(-1).cloneNode(true); last.cells[0].textContent = 'Fast'; rows.at(-1).after(last); }`);
  await b.evaluate(`document.querySelector('.more').click()`);
  b.ok((await at()).type === 'text', 'below a row whose name is no field, too');
  b.finish();
}

main().catch((error) => {
  console.log(`Bail out! ${error.stack}`);
  process.exit(1);
});

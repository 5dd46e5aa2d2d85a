// inspect.js AXE CHROMIUM PAGE.html ...: opens each page in headless Chromium and prints TAP: what
// axe-core finds, whether the page asks for anything else, whether it reflows on a narrow screen. Its
// pictures, PAGE.png and PAGE-narrow.png, stay beside it.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { start } = require('./browser.js');

const [axe, chromium, ...pages] = process.argv.slice(2);
let send, evaluate, screen, visit, requests, ok;

async function inspect(page) {
  const name = path.basename(page, '.html'), picture = page.replace(/\.html$/, '');
  await screen(1280, 900);
  await visit(page);
  ok(requests.filter((url) => !url.startsWith('data:')).length === 1, `${name}: the page is self-contained`, requests);

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
  const browser = await start(chromium);
  ({ send, evaluate, screen, visit, requests, ok } = browser);
  for (const page of pages) await inspect(page);
  browser.finish();
}

main().catch((error) => {
  console.log(`Bail out! ${error.stack}`);
  process.exit(1);
});

// fill.js SOURCE TARGET: fills in the tables of a Word document with docx4js, as somebody would in Word: what a content
// control holds is replaced, boxes are ticked. Standard input has the rows, as fill.py makes them. Exit status 3: the
// library is not there.
'use strict';
const fs = require('node:fs');

let docx4js;
try {
  docx4js = require('docx4js').default;
} catch {
  process.exit(3);
}

const [source, target] = process.argv.slice(2);
const rows = JSON.parse(fs.readFileSync(0, 'utf8'));

function write($, cell, text) {
  const control = cell.find('w\\:sdt').first();
  if (text === '☒') {
    control.find('w14\\:checked').attr('w14:val', '1');
    control.find('w\\:t').first().text(text);
    return;
  }
  control.find('w\\:showingPlcHdr').remove();
  const words = (control.length ? control.find('w\\:sdtContent') : cell).find('w\\:t');
  words.first().text(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')); // it saves a text as it is
  words.slice(1).remove();
}

docx4js.load(source).then((docx) => {
  const $ = docx.officeDocument.content;
  $('w\\:tr').each((_, row) => {
    const cells = $(row).children('w\\:tc');
    if (!rows.length || ![2, 5].includes(cells.length)) return;
    if (cells.length === 5 && !cells.eq(4).text().includes('☐')) return; // the heads
    const texts = rows.shift();
    texts.forEach((text, i) => text !== null && write($, cells.eq(cells.length - texts.length + i), text));
  });
  if (rows.length) throw new Error(`${rows.length} answers have no row`);
  return docx.save(target);
}).catch((error) => {
  console.log(error.message);
  process.exit(1);
});

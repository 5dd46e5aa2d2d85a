// workbook-oracle.js save|read FOLDER: tables as SheetJS keeps them. save: each NAME.json that workbook-oracle.py wrote
// becomes NAME-sheetjs.xlsx and .ods. read: each workbook becomes a .sheetjs, its cells as SheetJS tells them.
'use strict';
process.env.TZ = 'UTC';
const fs = require('node:fs');
const path = require('node:path');

let xlsx;
try {
  xlsx = require('xlsx');
} catch {
  process.exit(3);
}
const [what, folder] = process.argv.slice(2);
const EPOCH = Date.UTC(1899, 11, 30);

// A number with the style of a day is one in .xlsx; in .ods SheetJS writes no such style.
function cell(value, type) {
  if (value === '') return undefined;
  if (typeof value === 'number') return { t: 'n', v: value };
  if (typeof value === 'string') return { t: 's', v: value };
  if (type === 'ods') return { t: 'd', v: new Date(value.day), z: 'yyyy-mm-dd' };
  return { t: 'n', v: (Date.parse(value.day) - EPOCH) / 86400000, z: 'dd\\.mm\\.yyyy' };
}

function save(file, type) {
  const rows = JSON.parse(fs.readFileSync(file, 'utf8'));
  const sheet = { '!ref': xlsx.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: rows[0].length - 1 } }) };
  rows.forEach((row, r) => row.forEach((value, c) => {
    const made = cell(value, type);
    if (made) sheet[xlsx.utils.encode_cell({ r, c })] = made;
  }));
  xlsx.writeFile({ SheetNames: ['Ark1'], Sheets: { Ark1: sheet } }, file.replace(/\.json$/, `-sheetjs.${type}`), { bookType: type, bookSST: true });
}

const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
function told(at) {
  if (!at || at.v === undefined || at.t === 'z') return '';
  if (at.v instanceof Date) return at.v.toISOString().slice(0, 10);
  if (at.t === 'n' && /[dy]/i.test(at.z ?? '')) return new Date(EPOCH + at.v * 86400000).toISOString().slice(0, 10);
  return String(at.v);
}

function read(file) {
  const book = xlsx.readFile(file, { cellNF: true, cellDates: file.endsWith('.ods') });
  const sheet = book.Sheets[book.SheetNames[0]];
  const { s, e } = xlsx.utils.decode_range(sheet['!ref']);
  let text = '';
  for (let r = s.r; r <= e.r; r++) {
    const row = [];
    for (let c = 0; c <= e.c; c++) row.push(told(sheet[xlsx.utils.encode_cell({ r, c })]));
    if (row.some((one) => one !== '')) text += `${row.map(quoted).join(',')}\n`;
  }
  fs.writeFileSync(`${file}.sheetjs`, text);
}

for (const name of fs.readdirSync(folder).sort()) {
  const file = path.join(folder, name);
  if (what === 'save' && name.endsWith('.json')) for (const type of ['xlsx', 'ods']) save(file, type);
  if (what === 'read' && /\.(xlsx|ods)$/.test(name)) read(file);
}

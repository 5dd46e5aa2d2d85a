#!/usr/bin/env bash
# "Children: yes" of a flattened PDF form is "Children: 4", or a tick beside the next question, the consent that was not given.
#
# Where:   a PDF form with a ticked box as Acrobat draws it (character 4 of ZapfDingbats), made flat by qpdf 11.3.0 and by
#          pdf-lib 1.17.1, then read by pdftotext 22.12.0, MuPDF's mutool 1.21.1, python3-pdfminer 20221105 and python3-pypdf 3.4.1
#          (Debian 12), pdf2json 4.0.3, pdf-parse 2.4.5 and unpdf 1.7.0 (npm).
# Guess:   the tick comes out as a tick, on the line where it stands, or not at all.
# Seen:    the tick is the figure 4 for pdf2json, pdfminer, pdf-parse and unpdf. Flattening puts all answers after all words
#          of the page, and pdftotext, pdfminer, pypdf, pdf-parse and unpdf give them in that order: the answer to "Children"
#          stands after "Consent", which nobody ticked, in unpdf with nothing between ("Consent:4"). Only pdftotext -layout
#          has a tick and has it in its place; pdf2json has a 4 there. mutool makes of it a character that does not print, and
#          moves it, too.
# For us:  checklist-import reads a form from its fields, and refuses a PDF that has none left.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get pdf-lib@1.17.1 pdf2json@4.0.3 pdf-parse@2.4.5 unpdf@1.7.0
deb_get qpdf=11.3.0-1+deb12u1 poppler-utils=22.12.0-2+deb12u3 mupdf-tools=1.21.1+ds2-1+deb12u1 \
	python3-pdfminer=20221105+dfsg-1.1~deb12u1 python3-pypdf=3.4.1-1+deb12u1
cat >form.cjs <<'JS'
// Two questions with a box each; the first is ticked.
const box = (name, on, y) => `<< /Type /Annot /Subtype /Widget /FT /Btn /T (${name}) /V /${on} /AS /${on} /F 4 /Rect [120 ${y} 132 ${y + 12}]
/MK << /CA (4) >> /DA (/ZaDb 0 Tf 0 g) /AP << /N << /Yes 9 0 R /Off 10 0 R >> >> >>`
const stream = (head, words) => `<< ${head} /Length ${words.length} >>\nstream\n${words}\nendstream`
const objects = [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R] /DR << /Font << /ZaDb 8 0 R >> >> >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Resources << /Font << /F 7 0 R >> >> /Contents 4 0 R /Annots [5 0 R 6 0 R] >>',
    stream('', 'BT /F 12 Tf 20 150 Td (Children:) Tj 0 -30 Td (Consent:) Tj ET'),
    box('children', 'Yes', 148), box('consent', 'Off', 118),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>', '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>',
    stream('/Type /XObject /Subtype /Form /BBox [0 0 12 12] /Resources << /Font << /ZaDb 8 0 R >> >>', 'q BT /ZaDb 12 Tf 1 2 Td (4) Tj ET Q'),
    stream('/Type /XObject /Subtype /Form /BBox [0 0 12 12]', ''),
]
let pdf = '%PDF-1.7\n'
const at = objects.map((object, n) => { const start = pdf.length; pdf += `${n + 1} 0 obj\n${object}\nendobj\n`; return `${String(start).padStart(10, '0')} 00000 n \n` })
const table = pdf.length
pdf += `xref\n0 ${at.length + 1}\n0000000000 65535 f \n${at.join('')}trailer << /Size ${at.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
require('fs').writeFileSync('form.pdf', pdf)
JS
cat >flat.mjs <<'JS'
import { readFileSync, writeFileSync } from 'fs'
import { PDFDocument } from 'pdf-lib'
const pdf = await PDFDocument.load(readFileSync('form.pdf'))
pdf.getForm().flatten({ updateFieldAppearances: false })
writeFileSync('flat-by-pdf-lib.pdf', await pdf.save())
JS
cat >text.mjs <<'JS'
import { readFileSync } from 'fs'
const [by, file] = process.argv.slice(2)
const ways = {
    pdf2json: async () => {
        const reader = new (await import('pdf2json')).default(null, 1)
        const read = new Promise((done) => reader.on('pdfParser_dataReady', (pdf) => done(pdf.Pages[0].Texts)))
        reader.loadPDF(file)
        return (await read).sort((a, b) => a.y - b.y || a.x - b.x).map((text) => decodeURIComponent(text.R[0].T)).join(' ')
    },
    'pdf-parse': async () => (await new (await import('pdf-parse')).PDFParse({ data: readFileSync(file) }).getText({ pageJoiner: '' })).text,
    unpdf: async () => (await (await import('unpdf')).extractText(new Uint8Array(readFileSync(file)), { mergePages: true })).text,
}
process.stdout.write(await ways[by]())
JS
line() { tr -s ' \f\n' ' ' | sed 's/^ //; s/ $//'; }
python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "$1" "$2"; }
node form.cjs
qpdf --flatten-annotations=all form.pdf flat-by-qpdf.pdf
node flat.mjs
for who in qpdf pdf-lib; do
	flat=flat-by-$who.pdf
	seen "$who: pdftotext -layout" 'Children: ✔ Consent:' "$(pdftotext -layout "$flat" - | line)"
	seen "$who: pdftotext" 'Children: Consent: ✔' "$(pdftotext "$flat" - | line)"
	seen "$who: mutool" 'Children: Consent: ^T' "$(mutool draw -q -F txt "$flat" 2>/dev/null | sed 's/\x14/^T/' | line)"
	seen "$who: pypdf" 'Children: Consent: ✔' "$(python 'import pypdf, sys; print(pypdf.PdfReader(sys.argv[1]).pages[0].extract_text())' "$flat" | line)"
	seen "$who: pdfminer" 'Children: Consent: 4' "$(python 'import sys; from pdfminer.high_level import extract_text as t; print(t(sys.argv[1]))' "$flat" | line)"
	seen "$who: pdf-parse" 'Children: Consent: 4' "$(node text.mjs pdf-parse "$flat" 2>/dev/null | line)"
	seen "$who: unpdf" 'Children: Consent:4' "$(node text.mjs unpdf "$flat" 2>/dev/null | line)"
	seen "$who: pdf2json" 'Children: 4 Consent:' "$(node text.mjs pdf2json "$flat" 2>/dev/null | grep -v ^Warning | line)"
done
finish

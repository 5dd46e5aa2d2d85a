#!/usr/bin/env bash
# "Consent: no" is a checked box for a program that fills in PDF forms, and check() turns a yes into a no.
#
# Where:   pdf-lib 1.17.1 and mupdf 1.28.1 (npm), qpdf 11.3.0 and PyPDF2 2.12.1 (Debian 12), on one check box field with
#          two boxes, "Nei" and "Ja", of which one can be ticked (ISO 32000: the field's value is the name of that box).
# Guess:   whoever reads the form gets the value, Ja or Nei; asked for each box, the one with the tick is on, the other
#          off. A question with two boxes that is asked whether it "is checked" is an error, or tells for which box.
# Seen:    pdf-lib's isChecked() means the box that comes first: with "Nei" first a no is true and a yes is false; with
#          "Ja" first the other way round. check() ticks the first box: a form that says Ja says Nei. mupdf gives the
#          field's value for each box, so that both are other than "Off", as two ticks; so does qpdf's list of fields,
#          where only the appearance tells them apart. PyPDF2 gives the value, once.
# For us:  a form asks each thing in a field of its own, and what is read is the field's value, by the words of the form.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get pdf-lib@1.17.1 mupdf@1.28.1
deb_get qpdf=11.3.0-1+deb12u1 python3-pypdf2=2.12.1-3+deb12u1
cat >make.py <<'PY'
import sys
name, value, *boxes = sys.argv[1:]
mark = '0 0 m 20 20 l S'
things = [
    '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[5 0 R 6 0 R]/Resources<<>>>>',
    f'<</FT/Btn/Ff 0/T(consent)/V/{value}/Kids[5 0 R 6 0 R]>>',
    *(f'<</Type/Annot/Subtype/Widget/Parent 4 0 R/P 3 0 R/F 4/Rect[20 {y} 40 {y + 20}]/AS/{box if box == value else "Off"}'
      f'/AP<</N<</{box} 7 0 R/Off 8 0 R>>>>>>' for box, y in zip(boxes, (150, 110))),
    f'<</Type/XObject/Subtype/Form/BBox[0 0 20 20]/Length {len(mark)}>>stream\n{mark}\nendstream',
    '<</Type/XObject/Subtype/Form/BBox[0 0 20 20]/Length 0>>stream\n\nendstream']
pdf, at = '%PDF-1.7\n', []
for n, thing in enumerate(things, 1):
    at.append(len(pdf))
    pdf += f'{n} 0 obj\n{thing}\nendobj\n'
rows = ''.join(f'{n:010} 00000 n \n' for n in at)
pdf += f'xref\n0 {len(at) + 1}\n0000000000 65535 f \n{rows}trailer<</Size {len(at) + 1}/Root 1 0 R>>\nstartxref\n{len(pdf)}\n%%EOF\n'
open(name, 'w', newline='').write(pdf)
PY
cat >pdf-lib.cjs <<'JS'
const { PDFDocument } = require('pdf-lib'), fs = require('fs')
const [file, to] = process.argv.slice(2)
;(async () => {
  const pdf = await PDFDocument.load(fs.readFileSync(file)), box = pdf.getForm().getCheckBox('consent')
  if (!to) return console.log(box.isChecked())
  box.check()
  fs.writeFileSync(to, await pdf.save())
})()
JS
cat >mupdf.mjs <<'JS'
import fs from 'fs'
import { PDFDocument } from 'mupdf'
const page = PDFDocument.openDocument(fs.readFileSync(process.argv[2]), 'application/pdf').loadPage(0)
console.log(page.getWidgets().map((box) => box.getValue()).join(' '))
JS
python=$root/usr/lib/python3/dist-packages
[[ -d $python ]] || python=/usr/lib/python3/dist-packages
pypdf() { PYTHONPATH=$python python3 -W ignore -c 'import sys, PyPDF2; print(PyPDF2.PdfReader(sys.argv[1]).get_fields()["consent"]["/V"])' "$1"; }
listed() { qpdf --json --json-key=acroform "$1" | python3 -c 'import json, sys
print(*(field["value"] + "(" + field["annotation"]["appearancestate"] + ")" for field in json.load(sys.stdin)["acroform"]["fields"]))'; }

python3 make.py no-first.pdf Nei Nei Ja
python3 make.py no-first-yes.pdf Ja Nei Ja
python3 make.py yes-first.pdf Nei Ja Nei
node pdf-lib.cjs no-first-yes.pdf checked.pdf
seen 'pdf-lib: isChecked() of a no, "Nei" first' true "$(node pdf-lib.cjs no-first.pdf)"
seen 'pdf-lib: isChecked() of a yes, "Nei" first' false "$(node pdf-lib.cjs no-first-yes.pdf)"
seen 'pdf-lib: isChecked() of a no, "Ja" first' false "$(node pdf-lib.cjs yes-first.pdf)"
seen 'PyPDF2: the yes' /Ja "$(pypdf no-first-yes.pdf)"
seen 'PyPDF2: the yes after check()' /Nei "$(pypdf checked.pdf)"
seen 'mupdf: the two boxes of a no' 'Nei Nei' "$(node mupdf.mjs no-first.pdf)"
seen 'mupdf: the two boxes of a yes' 'Ja Ja' "$(node mupdf.mjs no-first-yes.pdf)"
seen 'qpdf: the two boxes of a no (appearance)' '/Nei(/Nei) /Nei(/Off)' "$(listed no-first.pdf)"
finish

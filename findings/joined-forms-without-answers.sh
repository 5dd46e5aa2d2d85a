#!/usr/bin/env bash
# Two filled-in forms are joined into one file: its fields hold the first person's answers alone, or none, or the page is blank, too.
#
# Where:   two PDF forms of one kind, filled in by pdf-lib 1.17.1, joined by qpdf 11.3.0, podofomerge 0.9.8, pdfunite 22.12.0,
#          mutool 1.21.1, python3-pypdf 3.4.1 and python3-pikepdf 6.0.0 (Debian 12), pdf-lib and pdf-merger-js 5.1.2 (npm), or
#          put on one sheet by pdf-lib; read by pdftotext (what the page shows) and by pdf-lib (its fields).
# Guess:   what joins files keeps what they are filled in with; two fields of one name are renamed, as qpdf has it, or refused.
# Seen:    qpdf keeps all. podofomerge shows both pages, but the fields are the first person's, and who reads them finds one
#          consent. pypdf, pikepdf, pdf-lib and pdf-merger-js leave no fields at all: the answers are a picture. mutool, and
#          pdf-lib for two on a sheet, leave the answers off the page, too, so it is an empty form. pdfunite's file shows both,
#          and is an error to who reads its fields. Only pdfunite says anything.
# For us:  checklist-import refuses a PDF into which forms were joined, and one without fields; forms are joined after they
#          are read.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get pdf-lib@1.17.1 pdf-merger-js@5.1.2
deb_get qpdf=11.3.0-1+deb12u1 poppler-utils=22.12.0-2+deb12u3 mupdf-tools=1.21.1+ds2-1+deb12u1 python3-pypdf=3.4.1-1+deb12u1 \
	python3-pikepdf=6.0.0+dfsg-1+b2 libpodofo-utils=0.9.8+dfsg-3+b1
cat >forms.mjs <<'JS'
import { readFileSync, writeFileSync } from 'fs'
import { PDFDocument } from 'pdf-lib'
import Merger from 'pdf-merger-js'
const files = ['anne.pdf', 'bo.pdf']
for (const [file, name, consent] of [['anne.pdf', 'Anne', true], ['bo.pdf', 'Bo', false]]) {
    const pdf = await PDFDocument.create(), page = pdf.addPage([300, 120]), form = pdf.getForm()
    page.drawText('Form:', { x: 20, y: 100, size: 10 })
    const text = form.createTextField('name'), box = form.createCheckBox('consent')
    text.addToPage(page, { x: 20, y: 70, width: 120, height: 16 })
    text.setText(name)
    box.addToPage(page, { x: 20, y: 30, width: 14, height: 14 })
    if (consent) box.check()
    writeFileSync(file, await pdf.save())
}
const joined = await PDFDocument.create(), sheet = await PDFDocument.create(), page = sheet.addPage([300, 240]), merger = new Merger()
for (const [n, file] of files.entries()) {
    const [copy] = await joined.copyPages(await PDFDocument.load(readFileSync(file)), [0])
    joined.addPage(copy)
    const [embedded] = await sheet.embedPdf(readFileSync(file))
    page.drawPage(embedded, { x: 0, y: 120 - 120 * n })
    await merger.add(file)
}
writeFileSync('pdf-lib.pdf', await joined.save())
writeFileSync('sheet.pdf', await sheet.save())
await merger.save('pdf-merger-js.pdf')
JS
cat >fields.mjs <<'JS'
import { readFileSync } from 'fs'
import { PDFDocument } from 'pdf-lib'
try {
    const fields = (await PDFDocument.load(readFileSync(process.argv[2]))).getForm().getFields()
    console.log(fields.map((field) => `${field.getName()}=${field.getText ? field.getText() : field.isChecked()}`).join(' ') || 'none')
} catch { console.log('error') }
JS
node forms.mjs
qpdf --empty --pages anne.pdf bo.pdf -- qpdf.pdf
pdfunite anne.pdf bo.pdf pdfunite.pdf 2>/dev/null
mutool merge -o mutool.pdf anne.pdf bo.pdf >mutool.log 2>&1
podofomerge anne.pdf bo.pdf podofomerge.pdf >podofo.log 2>&1
PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -W ignore -c '
import pikepdf, pypdf
merger, joined = pypdf.PdfMerger(), pikepdf.new()
for name in "anne.pdf", "bo.pdf":
    merger.append(name)
    joined.pages.extend(pikepdf.open(name).pages)
merger.write("pypdf.pdf")
joined.save("pikepdf.pdf")'
joined() { # BY ON-THE-PAGE IN-THE-FIELDS
	seen "$1: the page" "$2" "$(pdftotext "$1.pdf" - 2>/dev/null | tr -s ' \f\n' ' ' | sed 's/ $//')"
	seen "$1: the fields" "$3" "$(node fields.mjs "$1.pdf")"
}
both='Form: Anne Form: Bo'
joined qpdf "$both" 'name=Anne consent=true name+1=Bo consent+1=false'
joined podofomerge "$both" 'name=Anne consent=true'
for who in pypdf pikepdf pdf-lib pdf-merger-js; do joined $who "$both" none; done
for who in mutool sheet; do joined $who 'Form: Form:' none; done
joined pdfunite "$both" error
finish

#!/usr/bin/env bash
# Kari's page taken out of a file of two letters holds Tormod's name, his answer, his attachment or his whole page, though only hers is shown.
#
# Where:   qpdf 11.3.0, mupdf-tools 1.21.1 (mutool), poppler-utils 22.12.0 (pdfseparate), pdftk-java 3.3.2, python3-pypdf 3.4.1 and python3-pikepdf
#          6.0.0 (Debian 12), pdf-lib 1.17.1 (npm), page 1 of a file of two letters, which has a bookmark, a field with an answer
#          (answer.Kari, answer.Tormod), an attachment and words for a screen reader for each.
# Guess:   a file of page 1 has what page 1 shows and needs; what belongs to page 2 goes with it, as it does from what is shown.
# Seen:    mutool merge, and pypdf page by page, leave nothing. A field hangs on its neighbour by their common name, so that pdftk, pikepdf and qpdf
#          to an empty file or by --split-pages bring Tormod's answer, pdf-lib and pypdf's append his whole page with it. qpdf
#          with the file itself, and pdf-lib and pikepdf when page 2 is removed, keep bookmark, attachment, answer and words; the
#          last two his page, too. pdfseparate keeps the attachment. pdftotext shows Kari's page alone.
# For us:  letter-export writes a letter for one person, never one cut out of a file of several; what is cut elsewhere is printed or
#          searched for other names with its streams unpacked before it is sent.
# shellcheck source-path=SCRIPTDIR source=common disable=SC2317 # cut calls them
. "$(dirname "$0")/common"

npm_get pdf-lib@1.17.1
deb_get qpdf=11.3.0-1+deb12u1 mupdf-tools=1.21.1+ds2-1+deb12u1 poppler-utils=22.12.0-2+deb12u3 pdftk-java=3.3.2-1 \
	python3-pypdf=3.4.1-1+deb12u1 python3-pikepdf=6.0.0+dfsg-1+b2
cat >letters.cjs <<'JS'
const { PDFDocument, PDFName, PDFString, StandardFonts } = require('pdf-lib')
const { readFileSync, writeFileSync } = require('fs')
const people = ['Kari', 'Tormod']
const make = async () => {
    const file = await PDFDocument.create()
    const font = await file.embedFont(StandardFonts.Helvetica)
    const { context, catalog } = file
    const pages = []
    for (const name of people) {
        const page = file.addPage([300, 200])
        page.drawText('Letter to ' + name, { x: 20, y: 150, font, size: 12 })
        const field = file.getForm().createTextField('answer.' + name)
        field.setText('answer of ' + name)
        field.addToPage(page, { x: 20, y: 80, width: 150, height: 20, font })
        await file.attach(Buffer.from('decision about ' + name), name + '.txt', { mimeType: 'text/plain' })
        pages.push(page.ref)
    }
    const [outlines, first, second, tree] = [0, 0, 0, 0].map(() => context.nextRef())
    const bookmark = (n, other) => context.obj({ Title: PDFString.of('bookmark of ' + people[n]), Parent: outlines, Dest: [pages[n], 'Fit'], ...other })
    context.assign(first, bookmark(0, { Next: second }))
    context.assign(second, bookmark(1, { Prev: first }))
    context.assign(outlines, context.obj({ Type: 'Outlines', First: first, Last: second, Count: 2 }))
    const tags = people.map((name, n) => context.register(context.obj({ Type: 'StructElem', S: 'P', P: tree, Pg: pages[n], ActualText: PDFString.of('words to ' + name) })))
    context.assign(tree, context.obj({ Type: 'StructTreeRoot', K: tags }))
    catalog.set(PDFName.of('Outlines'), outlines)
    catalog.set(PDFName.of('StructTreeRoot'), tree)
    catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
    writeFileSync('two.pdf', await file.save({ useObjectStreams: false }))
}
const copy = async () => {
    const one = await PDFDocument.create()
    one.addPage((await one.copyPages(await PDFDocument.load(readFileSync('two.pdf')), [0]))[0])
    writeFileSync('one.pdf', await one.save())
}
const remove = async () => {
    const one = await PDFDocument.load(readFileSync('two.pdf'))
    one.removePage(1)
    writeFileSync('one.pdf', await one.save())
}
({ make, copy, remove })[process.argv[2]]()
JS
pdftk() {
	local java=$root/usr/share
	[[ -d $java/pdftk ]] || java=/usr/share
	java -cp "$java/java/bcprov.jar:$java/java/commons-lang3.jar:$java/pdftk/pdftk.jar" com.gitlab.pdftk_java.pdftk "$@"
}
by_python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "import pypdf, pikepdf
$1" 2>/dev/null; }
holds() { # what of Tormod is in one.pdf, its streams unpacked and its texts as letters
	qpdf --warning-exit-0 --qdf --object-streams=disable --decode-level=all one.pdf open.pdf 2>/dev/null
	/usr/bin/python3 -c '
import re
text = re.sub(rb"<([0-9A-Fa-f]{4,})>", lambda digits: bytes.fromhex(digits[1].decode()) if len(digits[1]) % 2 == 0 else digits[0], open("open.pdf", "rb").read()).replace(b"\0", b"")
kinds = {"bookmark": b"bookmark of ", "answer": b"answer of ", "attachment": b"decision about ", "words": b"words to ", "page": b"Letter to "}
print(" ".join(kind for kind, start in kinds.items() if start + b"Tormod" in text) or "nothing")'
}
cut() { # WHAT EXPECTED COMMAND...
	rm -f one.pdf
	"${@:3}" >/dev/null 2>&1
	seen "$1" "$2" "$(holds)"
}
node letters.cjs make
cut 'the file of two' 'bookmark answer attachment words page' cp two.pdf one.pdf
cut 'mutool merge' nothing mutool merge -o one.pdf two.pdf 1
cut 'pypdf: add_page' nothing by_python 'w = pypdf.PdfWriter(); w.add_page(pypdf.PdfReader("two.pdf").pages[0]); w.write("one.pdf")'
cut 'pypdf: append' 'answer page' by_python 'w = pypdf.PdfWriter(); w.append(pypdf.PdfReader("two.pdf"), pages=(0, 1)); w.write("one.pdf")'
cut 'pdftk cat' answer pdftk two.pdf cat 1 output one.pdf
cut 'qpdf --empty --pages' answer qpdf --empty --pages two.pdf 1 -- one.pdf
split() { qpdf --split-pages two.pdf part.pdf; mv part-1.pdf one.pdf; }
cut 'qpdf --split-pages' answer split
cut 'qpdf two.pdf --pages' 'bookmark answer attachment words' qpdf two.pdf --pages . 1 -- one.pdf
cut 'pikepdf: append' answer by_python 'p = pikepdf.open("two.pdf"); n = pikepdf.new(); n.pages.append(p.pages[0]); n.save("one.pdf")'
cut 'pikepdf: del' 'bookmark answer attachment words page' by_python 'p = pikepdf.open("two.pdf"); del p.pages[1]; p.save("one.pdf")'
cut 'pdf-lib: copyPages' 'answer page' node letters.cjs copy
cut 'pdf-lib: removePage' 'bookmark answer attachment words page' node letters.cjs remove
cut 'pdfseparate' attachment pdfseparate -f 1 -l 1 two.pdf one.pdf
qpdf two.pdf --pages . 1 -- one.pdf
seen 'what pdftotext shows of the file by qpdf' 'Letter to Kari answer of Kari' "$(pdftotext one.pdf - 2>/dev/null | tr -s '\n\f' ' ' | sed 's/ *$//')"
finish

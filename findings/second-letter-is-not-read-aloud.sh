#!/usr/bin/env bash
# Two letters that are tagged for a screen reader are joined into one file; it says that it is tagged, and reads the first alone.
#
# Where:   qpdf 11.3.0, python3-pikepdf 6.0.0, python3-pypdf2 2.12.1, poppler-utils 22.12.0 (pdfunite), mupdf-tools 1.21.1,
#          ghostscript 10.0.0 (Debian 12), pdf-lib 1.17.1 (npm), on PDF files with a tree of structure, written by cairo.
# Guess:   who joins tagged files gets one tree over all pages, or a file that no longer says that it is tagged.
# Seen:    qpdf, pikepdf and pdf-lib, when pages are added to the first file, keep the first file's tree and its word "tagged",
#          so the second letter is in no tree, and what follows the tree does not meet it, though it is on the page. qpdf with
#          --empty, pdfunite, mutool and PyPDF2 leave no tags and no title. Ghostscript leaves no tags and gives all pages the
#          title of the last letter, and so the name of the last person.
# For us:  letters of a run are written as files of their own, or by one writer that tags all of them; none are joined
#          afterwards, and the manual does not tell anybody to. No name stands in a title.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get qpdf=11.3.0-1+deb12u1 python3-pikepdf=6.0.0+dfsg-1+b2 python3-pypdf2=2.12.1-3+deb12u1 poppler-utils python3-cairo=1.20.1-5+b1 \
	mupdf-tools ghostscript
npm_get pdf-lib@1.17.1
python() { PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -c "$@"; }
init=$root/usr/share/ghostscript
[[ -d $init ]] || init=/usr/share/ghostscript
init=$(dirname "$(find "$init" -name gs_init.ps | head -n 1)")
export GS_LIB=$init:${init%/Resource/Init}/lib:${init%/Init}/Font:${init%/Resource/Init}/iccprofiles

python '
import cairo
for name in "first", "second":
    page = cairo.PDFSurface(name + ".pdf", 595, 842)
    page.set_metadata(cairo.PDF_METADATA_TITLE, "Letter to the " + name)
    c = cairo.Context(page)
    c.move_to(72, 72)
    for tag in "Document", "P":
        c.tag_begin(tag, "")
    c.show_text("Dear " + name)
    for tag in "P", "Document":
        c.tag_end(tag)
    page.finish()'
cat >join.mjs <<'JS'
import { PDFDocument } from 'pdf-lib'
import fs from 'node:fs'
const [first, second] = await Promise.all(['first.pdf', 'second.pdf'].map((name) => PDFDocument.load(fs.readFileSync(name))))
for (const page of await first.copyPages(second, [0])) first.addPage(page)
fs.writeFileSync('pdf-lib.pdf', await first.save())
JS

# told FILE: whether it says that it is tagged, its title, what the tree has, and what is on the pages
told() {
	local facts
	facts=$(pdfinfo "$1")
	echo "tagged: $(sed -n 's/^Tagged: *//p' <<<"$facts"), title: $(sed -n 's/^Title: *//p' <<<"$facts"), tree:" \
		"$(pdfinfo -struct-text "$1" | grep -o 'Dear [a-z]*' | paste -sd ,), pages: $(pdftotext "$1" - | grep -o 'Dear [a-z]*' | paste -sd ,)"
}
both='pages: Dear first,Dear second'
seen 'a letter' 'tagged: yes, title: Letter to the second, tree: Dear second, pages: Dear second' "$(told second.pdf)"
qpdf first.pdf --pages . second.pdf -- qpdf.pdf
seen 'qpdf, into the first' "tagged: yes, title: Letter to the first, tree: Dear first, $both" "$(told qpdf.pdf)"
python 'import pikepdf
a, b = pikepdf.open("first.pdf"), pikepdf.open("second.pdf")
a.pages.extend(b.pages)
a.save("pikepdf.pdf")'
seen 'pikepdf' "tagged: yes, title: Letter to the first, tree: Dear first, $both" "$(told pikepdf.pdf)"
node join.mjs
seen 'pdf-lib' "tagged: yes, title: Letter to the first, tree: Dear first, $both" "$(told pdf-lib.pdf)"
qpdf --empty --pages first.pdf second.pdf -- empty.pdf
seen 'qpdf, into an empty file' "tagged: no, title: , tree: , $both" "$(told empty.pdf)"
pdfunite first.pdf second.pdf pdfunite.pdf
seen 'pdfunite' "tagged: no, title: , tree: , $both" "$(told pdfunite.pdf)"
mutool merge -o mutool.pdf first.pdf second.pdf
seen 'mutool' "tagged: no, title: , tree: , $both" "$(told mutool.pdf)"
python 'import PyPDF2
m = PyPDF2.PdfMerger()
m.append("first.pdf"); m.append("second.pdf"); m.write("pypdf2.pdf")'
seen 'PyPDF2' "tagged: no, title: , tree: , $both" "$(told pypdf2.pdf)"
gs -q -dSAFER -sDEVICE=pdfwrite -o gs.pdf first.pdf second.pdf
seen 'Ghostscript' "tagged: no, title: Letter to the second, tree: , $both" "$(told gs.pdf)"
finish

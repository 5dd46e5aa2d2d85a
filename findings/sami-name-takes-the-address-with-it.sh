#!/usr/bin/env bash
# A letter to Máret Čáhput, Storgata 2, is to "Máret Î‡WBÂ7F÷&vF", name and address unreadable, or to Máret áhput; Áŋŋa becomes ÁKKa.
#
# Where:   pdfkit 0.20.2 and jspdf 4.2.1 (npm), which make letters as PDF, with the fonts that they begin with (Helvetica); beside them pdf-lib
#          1.17.1 (npm) and python3-reportlab 3.6.12 (Debian 12); read by pdftotext 22.12.0.
# Guess:   these fonts have æ, ø and å, á, š and ž, and not č, đ, ŋ and ŧ of Sami; a letter that is missing is an error, as in pdf-lib, or a box in its
#          place, as in reportlab.
# Seen:    pdfkit writes letters as pairs of digits and such a letter as three, so all behind it in the line is read askew, until the next such one puts it
#          right: of "Čáhput, Storgata 2" nothing is left. jspdf keeps the lower half of the letter's number: č and đ are gone, ŋ is K, Ŧ is f,
#          ŧ is g. So Áŋŋa is ÁKKa. Neither says anything, and a line with á, š or ž is right, so a test with one Sami name may show nothing.
# For us:  letters leave as text and pages in UTF-8; who makes a PDF of them embeds a font that has these letters, and reads the name
#          back out of it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get pdfkit@0.20.2 jspdf@4.2.1 pdf-lib@1.17.1
deb_get python3-reportlab=3.6.12-1+deb12u1 poppler-utils=22.12.0-2+deb12u3
cat >letter.cjs <<'JS'
const { createWriteStream, writeFileSync } = require('fs')
const [maker, line] = process.argv.slice(2)
const makers = {
    pdfkit: () => new Promise((done) => {
        const file = new (require('pdfkit'))()
        file.pipe(createWriteStream('letter.pdf').on('finish', done))
        file.text(line)
        file.end()
    }),
    jspdf: async () => {
        const file = new (require('jspdf').jsPDF)()
        file.text(line, 20, 20)
        writeFileSync('letter.pdf', Buffer.from(file.output('arraybuffer')))
    },
    'pdf-lib': async () => {
        const { PDFDocument, StandardFonts } = require('pdf-lib')
        const file = await PDFDocument.create()
        file.addPage().drawText(line, { font: await file.embedFont(StandardFonts.Helvetica) })
        writeFileSync('letter.pdf', await file.save())
    },
}
makers[maker]().catch(() => process.exit(1))
JS
letter() {
	if [[ $1 == reportlab ]]; then
		PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c 'import sys
from reportlab.pdfgen import canvas
page = canvas.Canvas("letter.pdf")
page.drawString(50, 700, sys.argv[1])
page.save()' "$2"
	else
		node letter.cjs "$1" "$2" || { echo refused; return; }
	fi
	pdftotext -enc UTF-8 letter.pdf - | head -n 1
}
seen 'pdfkit: Til Máret Šárá, Storgata 2' 'Til Máret Šárá, Storgata 2' "$(letter pdfkit 'Til Máret Šárá, Storgata 2')"
seen 'pdfkit: Til Máret Čáhput, Storgata 2' 'Til Máret Î‡WBÂ7F÷&vF' "$(letter pdfkit 'Til Máret Čáhput, Storgata 2')"
seen 'pdfkit: Til Áŋŋa' 'Til Á±Ka' "$(letter pdfkit 'Til Áŋŋa')"
seen 'jspdf: Til Máret Čáhput, Storgata 2' 'Til Máret áhput, Storgata 2' "$(letter jspdf 'Til Máret Čáhput, Storgata 2')"
seen 'jspdf: Til Áŋŋa, Ŧ, ŧ' 'Til ÁKKa, f, g' "$(letter jspdf 'Til Áŋŋa, Ŧ, ŧ')"
seen 'pdf-lib: Til Máret Čáhput, Storgata 2' refused "$(letter pdf-lib 'Til Máret Čáhput, Storgata 2')"
seen 'reportlab: Til Máret Čáhput, Storgata 2' 'Til Máret ■áhput, Storgata 2' "$(letter reportlab 'Til Máret Čáhput, Storgata 2')"
finish

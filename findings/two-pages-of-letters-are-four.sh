#!/usr/bin/env bash
# Pages 1 and 2 of a file of letters, two to a sheet, are pages 1 to 4: two more persons' letters come out of the printer.
#
# Where:   cups-filters 1.28.17 (Debian 12), its filter pdftopdf, through which CUPS sends each PDF with the options of lp.
# Guess:   page-ranges are pages of the file, as in the window in which one prints; "5,2" prints page 5 and then 2. Even pages of three
#          are one page.
# Seen:    with number-up=2 page-ranges counts sides of sheets: 1-2 prints pages 1 to 4, with number-up=4 it prints eight; half a
#          sentence of lp's manual says so. "5,2" prints 2 and then 5, so letters that were to come in the order of their envelopes
#          do not. Of three pages the even ones are page 2 and an empty one. Copies on both sides get an empty page, so that each
#          begins on a sheet of its own.
# For us:  each letter is a file of its own, and nothing but the whole of it is printed.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get cups-filters=1.28.17-3+deb12u2 poppler-utils=22.12.0-2+deb12u3
cat >letters.py <<'PY'
import sys
pages = int(sys.argv[1])
objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, " ".join("%d 0 R" % (4 + 2 * n) for n in range(pages))),
           "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
for n in range(pages):
    words = "BT /F1 24 Tf 100 700 Td (%d) Tj ET" % (n + 1)
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * n),
                "<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words)]
file, at = "%PDF-1.4\n", []
for number, one in enumerate(objects, 1):
    at.append(len(file))
    file += "%d 0 obj\n%s\nendobj\n" % (number, one)
file += "xref\n0 %d\n0000000000 65535 f \n%s" % (len(at) + 1, "".join("%010d 00000 n \n" % a for a in at)) + \
    "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, len(file))
sys.stdout.write(file)
PY
/usr/bin/python3 letters.py 3 >three.pdf
/usr/bin/python3 letters.py 10 >ten.pdf
printed() { # FILE OPTIONS [COPIES]: the numbers on each side, - for an empty one
	"$root/usr/lib/cups/filter/pdftopdf" 1 user letters "${3:-1}" "$2" "$1" 2>/dev/null >printed.pdf
	local side pages
	pages=$(pdfinfo printed.pdf | sed -n 's/^Pages: *//p')
	for ((side = 1; side <= pages; side++)); do pdftotext -layout -f "$side" -l "$side" printed.pdf - | tr -cd '0-9 \n' | xargs | sed 's/^$/-/'; done | paste -sd/
}
seen 'pages 1-2' 1/2 "$(printed ten.pdf page-ranges=1-2)"
seen 'pages 1-2, two to a side' '1 2/3 4' "$(printed ten.pdf 'number-up=2 page-ranges=1-2')"
seen 'pages 1-2, four to a side' '1 2 3 4/5 6 7 8' "$(printed ten.pdf 'number-up=4 page-ranges=1-2')"
seen 'pages 5,2' 2/5 "$(printed ten.pdf page-ranges=5,2)"
seen 'even pages of three' 2/- "$(printed three.pdf page-set=even)"
seen 'two copies on both sides' 1/2/3/-/1/2/3/- "$(printed three.pdf sides=two-sided-long-edge 2)"
finish

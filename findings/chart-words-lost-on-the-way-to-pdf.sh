#!/usr/bin/env bash
# The alternative text of a chart is lost when a workbook is saved as tagged PDF; that of a picture is not.
#
# Where:   LibreOffice 7.4.7 (Debian 12), "tagged PDF" on, from .xlsx by XlsxWriter 3.0.2, from the .ods that
#          LibreOffice makes of it, and from an .odt with the very same chart.
# Guess:   an alternative text that the file has and the program keeps stands in the PDF as /Alt of its figure,
#          or in none of its PDFs.
# Seen:    from a spreadsheet the picture has its words, the chart has none, though the words were read: they
#          stand in the .ods. From a text document the same chart has them. So a screen reader is told
#          "figure", and then the numbers of the axis.
# For us:  the words of a workbook's chart reach who opens the workbook; the page for everybody is made by
#          table-render, never as a spreadsheet's PDF.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"
deb_get libreoffice-calc=4:7.4.7-1+deb12u14 libreoffice-writer=4:7.4.7-1+deb12u14 python3-xlsxwriter=3.0.2-2 \
	qpdf=11.3.0-1+deb12u1
export HOME=$tmp
office=$root/usr/lib/libreoffice/program/soffice
[[ -x $office ]] || office=/usr/lib/libreoffice/program/soffice
python=$root/usr/lib/python3/dist-packages
[[ -d $python/xlsxwriter ]] || python=/usr/lib/python3/dist-packages

cat >write.py <<'END'
import io, struct, sys, zipfile, zlib
import xlsxwriter
words = 'Sagene har flest uten bolig'

def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

picture = (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 8, 8, 8, 2, 0, 0, 0)) +
           chunk(b'IDAT', zlib.compress((b'\0' + b'\x80' * 24) * 8)) + chunk(b'IEND', b''))

def workbook(name, fill):
    book = xlsxwriter.Workbook(name)
    sheet = book.add_worksheet()
    sheet.write_column('A1', ['Sagene', 'Alna'])
    sheet.write_column('B1', [12, 7])
    fill(book, sheet)
    book.close()

def chart(book, sheet):
    bars = book.add_chart({'type': 'column'})
    bars.add_series({'categories': '=Sheet1!$A$1:$A$2', 'values': '=Sheet1!$B$1:$B$2'})
    sheet.insert_chart('D2', bars, {'description': words})

def text(name, book):
    space = ''.join(f' xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"' for key, value in
                    [('office', 'office'), ('text', 'text'), ('draw', 'drawing'), ('svg', 'svg-compatible')])
    parts = [part for part in book.namelist() if part.startswith('Object 1/')]
    listed = ''.join(f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="{kind}"/>' for part, kind in
                     [('/', 'application/vnd.oasis.opendocument.text'), ('content.xml', 'text/xml'),
                      ('Object 1/', 'application/vnd.oasis.opendocument.chart')] + [(part, 'text/xml') for part in parts])
    with zipfile.ZipFile(name, 'w') as out:
        out.writestr('mimetype', 'application/vnd.oasis.opendocument.text')
        out.writestr('content.xml', f'<office:document-content{space} xmlns:xlink="http://www.w3.org/1999/xlink" '
                     'office:version="1.3"><office:body><office:text><text:p><draw:frame text:anchor-type="as-char" '
                     'svg:width="10cm" svg:height="6cm"><draw:object xlink:href="./Object 1" xlink:type="simple" '
                     f'xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>{words}</svg:desc></draw:frame></text:p>'
                     '</office:text></office:body></office:document-content>')
        for part in parts:
            out.writestr(part, book.read(part))
        out.writestr('META-INF/manifest.xml', '<manifest:manifest manifest:version="1.3" xmlns:manifest='
                     f'"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{listed}</manifest:manifest>')

if sys.argv[1] == 'books':
    workbook('chart.xlsx', chart)
    workbook('picture.xlsx', lambda book, sheet: sheet.insert_image(
        'D2', 'picture.png', {'image_data': io.BytesIO(picture), 'description': words}))
else:
    text('text.odt', zipfile.ZipFile('chart.ods'))
END
write() { PYTHONPATH=$python python3 write.py "$1"; }
convert() { "$office" --headless --convert-to "$1" "$2" >>office.log 2>&1; }
tagged() { convert "pdf:$1_pdf_Export:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}}" "$2"; }
# PDF: the words of its first figure that has some
words() {
	qpdf --qdf "$1" - 2>/dev/null | sed -nE 's/^ *\/Alt <feff([0-9a-f]*)>$/\1/p' | sed -n 1p |
		python3 -c 'import sys; print(bytes.fromhex(sys.stdin.read()).decode("utf-16-be") or "none")'
}

write books
for book in chart picture; do tagged calc "$book.xlsx"; done
seen 'a picture in .xlsx' 'Sagene har flest uten bolig' "$(words picture.pdf)"
seen 'a chart in .xlsx' none "$(words chart.pdf)"
convert ods chart.xlsx
seen 'the chart, as .ods: the file' 'Sagene har flest uten bolig' \
	"$(python3 -c 'import re, zipfile; print(re.search("<svg:desc>(.*?)</", zipfile.ZipFile("chart.ods").read("content.xml").decode())[1])')"
tagged calc chart.ods
seen 'the chart, as .ods: its PDF' none "$(words chart.pdf)"
write text
tagged writer text.odt
seen 'the same chart in .odt' 'Sagene har flest uten bolig' "$(words text.pdf)"
finish

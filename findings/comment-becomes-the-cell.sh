#!/usr/bin/env bash
# A note on a cell of an .ods becomes the cell: "Nora2026-03-01T10:00:00Ring foersteFjordhuset" is a house.
#
# Where:   pandas 1.5.3 with odfpy 1.4.2, odt2txt 0.5 (ods2txt) and LibreOffice 7.4.7 (Debian 12), SheetJS 0.18.5 and
#          officeparser 7.8.0 (npm), on a spreadsheet with a note on a cell, a word in bold, and a tracked change.
# Guess:   a note is about a cell and is no part of its value; readers drop it or give it apart. What a cell held before
#          a tracked change is not read. A word in bold stays among the other words.
# Seen:    SheetJS and LibreOffice: so it is. pandas puts the note's author, time and words before the text of the cell,
#          without a mark between them: the house matches no list, and what was a note between colleagues stands in the
#          table. A note on a number does nothing there. officeparser glues the words of the note alike, and of "hus nr
#          4" with "nr" in bold keeps "nr" alone. ods2txt prints the former value of a tracked change.
# For us:  referral-import leaves notes and former values aside, and keeps all words of a cell.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get xlsx@0.18.5 officeparser@7.8.0
deb_get python3-pandas=1.5.3+dfsg-2 python3-odf=1.4.2-2 odt2txt=0.5-7 libreoffice-calc=4:7.4.7-1+deb12u14
cat >make.py <<'PY'
import zipfile
spaces = ' '.join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in
                  (('office', 'office'), ('table', 'table'), ('text', 'text'), ('style', 'style')))
who = '<dc:creator>Nora</dc:creator><dc:date>2026-03-01T10:00:00</dc:date>'
note = f'<office:annotation>{who}<text:p>Ring foerste</text:p></office:annotation>'
cell = lambda text, note='': f'<table:table-cell office:value-type="string">{note}<text:p>{text}</text:p></table:table-cell>'
rows = [cell('id') + cell('house') + cell('places'),
        cell('F-1') + cell('Fjordhuset', note) + f'<table:table-cell office:value-type="float" office:value="4">{note}<text:p>4</text:p></table:table-cell>',
        cell('F-2') + cell('hus <text:span text:style-name="b">nr</text:span> 4') + cell('x')]
change = f'''<table:tracked-changes><table:cell-content-change table:id="c1"><table:cell-address table:column="1" table:row="1" table:table="0"/>
<office:change-info>{who}</office:change-info><table:previous><table:change-track-table-cell office:value-type="string"><text:p>Elvehuset</text:p>
</table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>'''
content = f'''<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">
<office:automatic-styles><style:style style:name="b" style:family="text"/></office:automatic-styles><office:body><office:spreadsheet>{change}
<table:table table:name="Ark1">{"".join(f"<table:table-row>{row}</table:table-row>" for row in rows)}</table:table></office:spreadsheet></office:body></office:document-content>'''
kind = 'application/vnd.oasis.opendocument.spreadsheet'
with zipfile.ZipFile('houses.ods', 'w') as ods:
    ods.writestr('mimetype', kind)
    ods.writestr('content.xml', content)
    ods.writestr('META-INF/manifest.xml', f'''<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>''')
PY
python3 make.py
cat >sheetjs.cjs <<'JS'
const { readFile, utils } = require('xlsx')
console.log(utils.sheet_to_csv(readFile('houses.ods').Sheets.Ark1))
JS
cat >officeparser.cjs <<'JS'
require('officeparser').parseOffice('houses.ods').then((read) => console.log(read.toText()))
JS
office=$root/usr/lib/libreoffice/program/soffice
[[ -x $office ]] || office=/usr/lib/libreoffice/program/soffice
"$office" -env:UserInstallation="file://$tmp/office" --headless --convert-to csv --outdir calc houses.ods >office.log 2>&1
by_pandas=$(PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import pandas
print(pandas.read_excel("houses.ods", engine="odf").to_csv(index=False))')
by_sheetjs=$(node sheetjs.cjs)
by_officeparser=$(node officeparser.cjs)
by_ods2txt=$(ods2txt houses.ods)
row() { sed -n "s/^$1,//p" <<<"$2"; }
has() { grep -qF "$1" <<<"$2" && echo yes || echo no; }
noted='Nora2026-03-01T10:00:00Ring foersteFjordhuset'
seen 'LibreOffice: F-1' Fjordhuset,4 "$(row F-1 "$(<calc/houses.csv)")"
seen 'SheetJS: F-1' Fjordhuset,4 "$(row F-1 "$by_sheetjs")"
seen 'pandas: F-1' "$noted,4" "$(row F-1 "$by_pandas")"
seen 'pandas: F-2' 'hus nr 4,x' "$(row F-2 "$by_pandas")"
seen 'officeparser: F-1' 'Ring foersteFjordhuset' "$(grep -A1 '^F-1' <<<"$by_officeparser" | sed -n 2p)"
seen 'officeparser: F-2' nr "$(grep -A1 '^F-2' <<<"$by_officeparser" | sed -n 2p)"
seen 'ods2txt: the former house' yes "$(has Elvehuset "$by_ods2txt")"
seen 'SheetJS: the former house' no "$(has Elvehuset "$by_sheetjs")"
finish

#!/usr/bin/env bash
# Half of the places is "1%" in a table in the browser, and week 1 is week 53.
#
# Where:   HyperFormula 3.5.0 (npm), the formulas of tables in web pages; beside it LibreOffice 7.4.7 (Debian 12).
# Guess:   TEXT(0.5, "0%") is 50%, in spreadsheets the format for a share, or an error; INT goes to the whole number
#          below; ISOWEEKNUM gives the week of ISO 8601, by which Norway counts: 30 December 2024 is in week 1.
# Seen:    TEXT rounds the share to a whole number and puts the sign behind: 1% for a half, 0.1% for an eighth with "0.0%",
#          and takes the sign for thousands as text: 12346,##0. Nothing tells that the format was not understood. INT cuts
#          off: two days and a half before the time limit, INT(-2.5) is -2, and -3 in LibreOffice. ISOWEEKNUM has 53 for the last
#          days of December that belong to week 1.
# For us:  a share leaves as a number, or is written by table-render; weeks are not counted in formulas.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get hyperformula@3.5.0
deb_get libreoffice-calc=4:7.4.7-1+deb12u14
formulas=('TEXT(0.5,"0%")' 'TEXT(0.125,"0.0%")' 'TEXT(12345.6,"#,##0")' 'INT(-2.5)' 'ISOWEEKNUM(DATE(2024,12,30))' 'ISOWEEKNUM(DATE(2025,12,29))' 'ISOWEEKNUM(DATE(2027,1,1))')
cat >by.mjs <<'JS'
import { HyperFormula } from 'hyperformula'
const table = HyperFormula.buildFromArray(process.argv.slice(2).map((one) => [`=${one}`]), { licenseKey: 'gpl-v3' })
for (const [value] of table.getSheetValues(0)) console.log(value)
JS
cat >make.py <<'PY'
import sys
from xml.sax.saxutils import escape
rows = ''.join('<table:table-row><table:table-cell table:formula="of:=' + escape(one.replace(',', ';').replace('#;##0', '#,##0'), {'"': '&quot;'})
               + '"/></table:table-row>' for one in sys.argv[1:])
spaces = ' '.join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ('office', 'table', 'text'))
open('f.fods', 'w').write(f'''<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="A">{rows}
</table:table></office:spreadsheet></office:body></office:document>''')
PY
python3 make.py "${formulas[@]}"
office=$root/usr/lib/libreoffice/program/soffice
[[ -x $office ]] || office=/usr/lib/libreoffice/program/soffice
"$office" -env:UserInstallation="file://$tmp/office" --headless --convert-to csv --outdir calc f.fods >office.log 2>&1
mapfile -t here < <(node by.mjs "${formulas[@]}")
mapfile -t calc < <(tr -d '"' <calc/f.csv)
expected=(1% 50% 0.1% 12.5% '12346,##0' '12,346' -2 -3 53 1 53 1 53 53)
for i in "${!formulas[@]}"; do
	seen "HyperFormula: ${formulas[i]}" "${expected[2 * i]}" "${here[i]}"
	seen "LibreOffice" "${expected[2 * i + 1]}" "${calc[i]}"
done
finish

#!/usr/bin/env bash
# Six hours too few in an account of hours are six too many, and 36 hours of night watch are noon on New Year's Day of 1900.
#
# Where:   SheetJS 0.18.5 and exceljs 4.4.0 (npm), openpyxl 3.0.9, csvkit 1.0.7 (in2csv) and pandas 1.5.3 (Debian 12), on sums of
#          hours as rotas keep them, format [h]:mm, in an .xlsx, and in an .ods with durations (office:time-value, PT36H00M00S).
# Guess:   a length of time is read as one, or as parts of a day: 36:00 is 1.5 and -6:00 is -0.25.
# Seen:    SheetJS drops the minus of a duration in .ods: -PT06H00M00S is 0.25, though the cell's own text beside it says -6:00; from .xlsx it
#          is -0.25, and an empty cell in its CSV. openpyxl gives lengths; in2csv and pandas, which read by it row by row, and exceljs
#          make a point of time of the sum: 36 hours are 12:00 on 1 January 1900, or on 31 December 1899 in exceljs, and 9 hours are
#          9 o'clock. pandas refuses the .ods for an hour that is not in 0..23.
# For us:  no table of ours has lengths of time in cells; hours leave as a number of hours.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get xlsx@0.18.5 exceljs@4.4.0
deb_get python3-openpyxl=3.0.9-1 csvkit=1.0.7-1 python3-agateexcel=0.2.5-2 python3-pandas=1.5.3+dfsg-2 python3-odf=1.4.2-2
LD_LIBRARY_PATH=$LD_LIBRARY_PATH:$root/usr/lib/$(uname -m)-linux-gnu/blas:$root/usr/lib/$(uname -m)-linux-gnu/lapack
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
cat >hours.py <<'PYTHON'
import sys
import zipfile

import openpyxl

def write():
    book = openpyxl.Workbook()
    book.active.append(["watch", "hours"])
    for what, days in (("night", 0.375), ("week", 1.5), ("account", -0.25)):
        book.active.append([what, days])
        book.active.cell(book.active.max_row, 2).number_format = "[h]:mm"
    book.save("hours.xlsx")
    names = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "text", "table"))
    text = lambda words: f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
    time = lambda value, shown: (f'<table:table-cell office:value-type="time" office:time-value="{value}"><text:p>{shown}</text:p>'
                                 '</table:table-cell>')
    rows = [text("watch") + text("hours")] + [text(what) + time(value, shown) for what, value, shown in (
        ("night", "PT09H00M00S", "9:00"), ("week", "PT36H00M00S", "36:00"), ("account", "-PT06H00M00S", "-6:00"))]
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile("hours.ods", "w") as to:
        to.writestr("mimetype", kind)
        to.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3"><office:body>'
                    '<office:spreadsheet><table:table table:name="Hours">'
                    + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
                    + "</table:table></office:spreadsheet></office:body></office:document-content>")
        to.writestr("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest='
                    f'"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
                    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')

def by_openpyxl():
    rows = openpyxl.load_workbook("hours.xlsx").active.iter_rows(min_row=2, values_only=True)
    print(", ".join(str(hours) for _, hours in rows))

def by_pandas(name):
    import pandas
    try:
        print(", ".join(str(hours) for hours in pandas.read_excel(name, engine="odf" if name.endswith("ods") else "openpyxl")["hours"]))
    except Exception as error:
        print("refused:", str(error).split(":")[0])

{"write": write, "openpyxl": by_openpyxl, "pandas": by_pandas}[sys.argv[1]](*sys.argv[2:])
PYTHON
cat >hours.cjs <<'JS'
const [who, name] = process.argv.slice(2)
if (who === 'exceljs') {
  const book = new (require('exceljs').Workbook)()
  book.xlsx.readFile(name).then(() => {
    console.log(book.worksheets[0].getColumn(2).values.slice(2).map((cell) => cell.toISOString().slice(0, 16)).join(', '))
  })
} else {
  const XLSX = require('xlsx')
  const sheet = Object.values(XLSX.readFile(name).Sheets)[0]
  if (who === 'csv') console.log(XLSX.utils.sheet_to_csv(sheet).trimEnd().split('\n').slice(1).map((row) => row.split(',')[1]).join(', '))
  else console.log(XLSX.utils.sheet_to_json(sheet).map((row) => row.hours).join(', '))
}
JS
/usr/bin/python3 hours.py write
seen 'SheetJS, .ods: 9, 36 and -6 hours' '0.375, 1.5, 0.25' "$(node hours.cjs json hours.ods)"
seen 'SheetJS, .xlsx' '0.375, 1.5, -0.25' "$(node hours.cjs json hours.xlsx)"
seen '  as CSV' '9:00, 36:00, ' "$(node hours.cjs csv hours.xlsx)"
seen 'exceljs, .xlsx' '1899-12-30T09:00, 1899-12-31T12:00, 1899-12-29T18:00' "$(node hours.cjs exceljs hours.xlsx)"
seen 'openpyxl, .xlsx' '9:00:00, 1 day, 12:00:00, -1 day, 18:00:00' "$(/usr/bin/python3 hours.py openpyxl)"
seen 'in2csv, .xlsx' '09:00:00, 1900-01-01 12:00:00, 1899-12-29 18:00:00' \
	"$(/usr/bin/python3 "$root/usr/bin/in2csv" hours.xlsx | sed 1d | cut -d, -f2 | paste -sd , | sed 's/,/, /g')"
seen 'pandas, .xlsx' '09:00:00, 1900-01-01 12:00:00, 1899-12-29 18:00:00' "$(/usr/bin/python3 -W ignore hours.py pandas hours.xlsx)"
seen 'pandas, .ods' 'refused: hour must be in 0..23' "$(/usr/bin/python3 -W ignore hours.py pandas hours.ods)"
finish

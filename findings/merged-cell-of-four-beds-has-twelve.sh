#!/usr/bin/env bash
# A house with four beds in three rows of a workbook, one merged cell, has twelve beds, or four when the same file is read as a stream.
#
# Where:   exceljs 4.4.0 (npm), reading a workbook whole and as a stream; beside it SheetJS 0.18.5 (npm), openpyxl 3.0.9 and pandas 1.5.3 (Debian 12).
# Guess:   a merged cell has its value once, in its first row, and the others are empty, as they are in the file; both ways of one library give the
#          same.
# Seen:    exceljs has the value in each cell that the merged one covers, so a sum of the column is 14 where 6 beds are, and a count of rows with a day of
#          admission is as many too high. Read as a stream it has the value once: 6. The file holds it once. What tells them apart is
#          isMerged and master of a cell, which nobody asks for in a sum. The other three have it once.
# For us:  referral-import takes of each cell what the file holds in it; a table that goes out has a value in each row, and no merged cells.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get exceljs@4.4.0 xlsx@0.18.5
deb_get python3-pandas=1.5.3+dfsg-2 python3-openpyxl=3.0.9-1
cat >beds.cjs <<'JS'
const ExcelJS = require('exceljs')
const XLSX = require('xlsx')
const ways = {
    make: async () => {
        const book = new ExcelJS.Workbook()
        const sheet = book.addWorksheet('Houses')
        sheet.addRows([['House', 'Room', 'Beds'], ['Fjord', '1', 4], ['Fjord', '2'], ['Fjord', '3'], ['Dal', '1', 2]])
        sheet.mergeCells('C2:C4')
        await book.xlsx.writeFile('houses.xlsx')
    },
    whole: async () => {
        const book = new ExcelJS.Workbook()
        await book.xlsx.readFile('houses.xlsx')
        return book.worksheets[0].getColumn(3).values
    },
    stream: async () => {
        const values = []
        for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader('houses.xlsx', {}))
            for await (const row of sheet) values.push(row.getCell(3).value)
        return values
    },
    sheetjs: async () => XLSX.utils.sheet_to_json(XLSX.readFile('houses.xlsx').Sheets.Houses).map((row) => row.Beds),
}
ways[process.argv[2]]().then((values) => values && console.log(values.filter((value) => typeof value === 'number').reduce((a, b) => a + b)))
JS
node beds.cjs make
by_python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "$1"; }
seen 'exceljs: beds' 14 "$(node beds.cjs whole)"
seen 'exceljs, as a stream: beds' 6 "$(node beds.cjs stream)"
seen 'SheetJS: beds' 6 "$(node beds.cjs sheetjs)"
seen 'openpyxl: beds' 6 "$(by_python 'import openpyxl; print(sum(cell.value or 0 for cell in openpyxl.load_workbook("houses.xlsx").active["C"][1:]))')"
seen 'pandas: beds' 6 "$(by_python 'import pandas; print(int(pandas.read_excel("houses.xlsx")["Beds"].sum()))')"
seen 'the file: cells of beds with 4' 1 "$(unzip -p houses.xlsx xl/worksheets/sheet1.xml | grep -oE '<c r="C[0-9]"[^>]*><v>4</v>' | wc -l)"
finish

#!/usr/bin/env bash
# Workbooks that we write: as our own reader, openpyxl, LibreOffice and SheetJS read them, where they are.
. "${0%/*}/tap.sh"

needs-aggregate share/demo/exports/*.csv >"$T/needs.csv" 2>"$T/err"
status 'a table as a workbook' 0 table-render --format=xlsx -o "$T/needs.xlsx" "$T/needs.csv"
table-render --format=xlsx "$T/needs.csv" >"$T/again.xlsx"
ok 'the same table, the same bytes' cmp "$T/needs.xlsx" "$T/again.xlsx"
is 'it is read back as the table that it shows' "$(table-render "$T/needs.xlsx" 2>"$T/err")" "$(table-render "$T/needs.csv")"
ok 'with all its numbers' cmp <(needs-aggregate "$T/needs.xlsx" 2>"$T/err") "$T/needs.csv"
needs-aggregate --format=xlsx -o "$T/part.xlsx" share/demo/exports/0[1-9]*.csv 2>"$T/err"
is 'also those that only its notes tell of' "$(needs-aggregate --compare="$T/part.xlsx" "$T/needs.csv" 2>"$T/err" | grep -e ^030109 -e ^030111 -e ^total | cut -d, -f17,18)" \
	"$(printf '%s\n' 58,0 , ,)"
register-key survey "$T/survey.key" 2>"$T/err"
is 'but no hashes' "$(needs-aggregate --doubles="$T/survey.key" --format=xlsx -o "$T/doubles.xlsx" share/demo/exports/03*.csv 2>"$T/err"; unzip -p "$T/doubles.xlsx" xl/worksheets/sheet1.xml | grep -c h1-)" 0

# part NAME FILE: a part of the package
part() { python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[2]).read(sys.argv[1]).decode())' "$1" "$2"; }
sheet=$(part xl/worksheets/sheet1.xml "$T/needs.xlsx")
like 'the total is a formula with its value' "$sheet" '<f>SUM\(J2:J16\)</f><v>882</v>'
like 'so is that of a row' "$sheet" '<f>SUM\(B2:H2\)</f><v>44</v>'
like 'and the sum of some columns' "$sheet" '<f>SUM\(F2:H2\)</f><v>21</v>'
like 'the heads stay in sight' "$sheet" '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
like 'it is printed on A4' "$sheet" 'paperSize="9" orientation="landscape"'
like 'with page numbers' "$sheet" '<oddFooter>&amp;RSide &amp;P av &amp;N</oddFooter>'
like 'with the heads on each page' "$(part xl/workbook.xml "$T/needs.xlsx")" '_xlnm.Print_Titles" localSheetId="0">.*1:.1<'
like 'it is a table with filters' "$(part xl/tables/table1.xml "$T/needs.xlsx")" 'ref="A1:O16".*<autoFilter ref="A1:O16"/>'
like 'the picture has words' "$(part xl/drawings/drawing2.xml "$T/needs.xlsx")" 'descr="Liggende stolper, '
like 'the chart is made of the cells' "$(part xl/charts/chart2.xml "$T/needs.xlsx")" "<c:f>'Boligbehov etter bydel og'!\\\$H\\\$2:\\\$H\\\$16</c:f>"
like 'language and title are told' "$(part docProps/core.xml "$T/needs.xlsx")" \
	'<dc:title>Boligbehov etter bydel og boligtype</dc:title>.*<dc:language>nb-NO<'
like 'the source stands on a sheet of its own' "$(part xl/worksheets/sheet3.xml "$T/needs.xlsx")" 'Kilde: bydelenes henvisninger'
is 'no time is in it' "$(part docProps/core.xml "$T/needs.xlsx" | grep -c dcterms)" 0
is 'without a chart, there is none' "$(table-render --format=xlsx --no-chart "$T/needs.csv" >"$T/plain.xlsx" && unzip -l "$T/plain.xlsx" | grep -c chart)" 0
table-render --format=xlsx --lang=en "$T/needs.csv" >"$T/en.xlsx"
like 'in English' "$(part xl/worksheets/sheet1.xml "$T/en.xlsx")" '>District<'

# A hidden number is no number, and no formula gives it back or counts it as nothing.
table-suppress "$T/needs.csv" 2>"$T/err" >"$T/hidden.csv"
table-render --format=xlsx "$T/hidden.csv" >"$T/hidden.xlsx"
is 'what is hidden stays so' "$(table-render --format=csv --sort=input "$T/hidden.xlsx" 2>"$T/err" | sed 1d | tr -cd : | wc -c)" \
	"$(cut -d, -f2- "$T/hidden.csv" | sed 1d | tr -cd : | wc -c)"
python3 - "$T/hidden.xlsx" >"$T/out" <<'END'
import re, sys, zipfile
sheet = zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet1.xml').decode()
cells = {m[1]: m[2] for m in re.finditer(r'<c r="([A-Z]+\d+)"[^>]*>(.*?)</c>', sheet)}
number = lambda cell: re.search('<v>(.*)</v>', cell)
bad = formulas = 0
for at, cell in cells.items():
    formula = re.search('<f>SUM\\(([A-Z])(\\d+):([A-Z])(\\d+)\\)</f>', cell)
    if not formula:
        continue
    formulas += 1
    parts = [cells.get(f'{chr(c)}{r}', '') for c in range(ord(formula[1]), ord(formula[3]) + 1)
             for r in range(int(formula[2]), int(formula[4]) + 1)]
    bad += not all(map(number, parts)) or sum(int(number(p)[1]) for p in parts) != int(number(cell)[1])
print(formulas > 0, bad)
END
is 'each formula is over numbers in sight, and right' "$(<"$T/out")" 'True 0'

printf '%s\n' navn,dag,andel_percent,tall,person '"=HYPERLINK(""x"")",2026-11-21,12.5,18980.50,01810812345' \
	'+47 22,2026-01-02,-0.5,3,07915438185' '"<&>"" _x0041_",,100,,1' >"$T/mixed.csv"
table-render --format=xlsx "$T/mixed.csv" >"$T/mixed.xlsx"
is 'text stays text, a day a day' "$(table-render --format=csv "$T/mixed.xlsx")" "$(printf '%s\n' navn,dag,andel_percent,tall,person \
	'"=HYPERLINK(""x"")",2026-11-21,0.125,18980.5,01810812345' '+47 22,2026-01-02,-0.005,3,07915438185' '"<&>"" _x0041_",,1,,1')"
is 'no text is a formula' "$(part xl/worksheets/sheet1.xml "$T/mixed.xlsx" | grep -c '<f>')" 0
perl -e 'print "a\n", "x" x 32768, "\n"' >"$T/long.csv"
status 'a cell that no workbook can hold' 65 table-render --format=xlsx "$T/long.csv"
like 'is told' "$(<"$T/err")" 'workbook-full'

openpyxl='import openpyxl, sys
for sheet in openpyxl.load_workbook(sys.argv[1], data_only=True):
    for row in sheet.iter_rows(values_only=True):
        print(*("" if cell is None else str(cell)[:10] if hasattr(cell, "year") else cell for cell in row), sep=",")
    break'
if ! /usr/bin/python3 -c 'import openpyxl' 2>"$T/said"; then
	lacks 'read by openpyxl' 'there is no openpyxl'
else
	# it leaves _x005F_ as it is; Excel and LibreOffice do not
	is 'openpyxl reads what is there' "$(/usr/bin/python3 -c "$openpyxl" "$T/mixed.xlsx" | sed '$d')" "$(printf '%s\n' navn,dag,andel_percent,tall,person \
		'=HYPERLINK("x"),2026-11-21,0.125,18980.5,01810812345' '+47 22,2026-01-02,-0.005,3,07915438185')"
fi
sheetjs='const book = require("xlsx").readFile(process.argv[1], {cellFormula: false});
	console.log(JSON.stringify(require("xlsx").utils.sheet_to_json(book.Sheets[book.SheetNames[0]], {header: 1})[16]))'
if ! NODE_PATH=build/html/node_modules node -e 'require("xlsx")' 2>"$T/said"; then
	lacks 'read by SheetJS' 'there is no SheetJS'
else
	is 'SheetJS reads the totals' "$(NODE_PATH=build/html/node_modules node -e "$sheetjs" "$T/needs.xlsx")" \
		'["Sum",155,93,184,12,182,126,130,438,882,112,994,750,212,0]'
fi
if ! command -v soffice >"$T/said" || ! timeout 300 soffice --headless "-env:UserInstallation=file://$T/office" \
	--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1' --outdir "$T" "$T/needs.xlsx" >"$T/said" 2>&1 ||
	! compgen -G "$T/needs-*.csv" >"$T/said"; then
	lacks 'read by LibreOffice' 'there is no LibreOffice Calc'
else
	is 'LibreOffice reckons the same totals' "$(tail -n 1 "$T"/needs-*.csv)" 'Sum,155,93,184,12,182,126,130,438,882,112,994,750,212,0'
fi
finish

#!/usr/bin/env bash
# Of fifteen ways in which Norwegian systems write one table as text, readers get between 3 and 9 right.
#
# Where:   DuckDB 1.5.6, Papa Parse 5.5.3 and SheetJS 0.18.5 (npm); Miller 6.6.0, csvkit 1.0.7 and
#          pandas 1.5.3 (Debian 12), each with no options but those that leave cells as they are.
# Guess:   a reader that sniffs reads at least what Excel and its likes write: Windows-1252, a first line
#          sep=, and UTF-16 with a byte order mark ("Unicode text").
# Seen:    only SheetJS reads Windows-1252 and UTF-16LE, and sep= besides DuckDB; but it takes UTF-8 without
#          a mark for Latin-1 and garbles the names, unsaid. Nobody reads UTF-16BE. DuckDB says of a file in
#          Windows-1252 that UTF-16 may be its encoding. Miller and pandas read commas in UTF-8 and no more.
# For us:  recognise all of them; tests/golden/fifteen-dialects reads these files.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @duckdb/node-api@1.5.6-r.1 papaparse@5.5.3 xlsx@0.18.5
deb_get miller=6.6.0-2+b3 csvkit=1.0.7-1 python3-pandas=1.5.3+dfsg-2

# The table, and the same in fifteen files.
cat >make.py <<'P'
import json
rows = [["Saksnr", "Bydel", "Mottatt", "Kommentar", "Inntekt"],
        ["007", "Grünerløkka", "2026-03-04", "bor hos søster; må ut", "18980,50"],
        ["008", "Østensjø", "2026-03-05", 'kaller seg "Blå"', "21000,00"],
        ["009", "St. Hanshaugen", "2026-03-06", "første linje\nandre linje", "0,00"],
        ["010", "Sagene", "2026-03-07", "", "19500,25"]]
def text(sep, end, quote=False, front=""):
    def cell(c):
        return '"' + c.replace('"', '""') + '"' if quote or any(x in c for x in (sep, '"', "\n")) else c
    return front + "".join(sep.join(map(cell, r)) + end for r in rows)
W, L = "\r\n", "\n"
files = [("utf-8-sig", ";", W, False, "sep=;\r\n"), ("cp1252", ";", W, False, ""), ("utf-8", ",", L, False, ""),
         ("utf-16le+", "\t", W, False, ""), ("utf-8-sig", ";", W, False, ""), ("cp1252", ";", W, False, "sep=;\r\n"),
         ("utf-8", "\t", L, False, ""), ("utf-8", ",", W, False, ""), ("utf-16be+", ";", W, False, ""),
         ("cp1252", ",", L, False, ""), ("utf-8-sig", ",", W, False, ""), ("utf-8", ";", L, True, ""),
         ("utf-16le+", ";", W, False, "sep=;\r\n"), ("cp1252", "\t", W, False, ""), ("utf-8", ";", L, False, "")]
for i, (encoding, sep, end, quote, front) in enumerate(files, 1):
    t = text(sep, end, quote, front)
    data = ("\ufeff" + t).encode(encoding[:-1]) if encoding.endswith("+") else t.encode(encoding)
    open(f"{i:02}.csv", "wb").write(data)
json.dump(rows, open("right.json", "w"))
P
/usr/bin/python3 make.py

# Each reader writes what it read as [[header], [row], ...], all cells as text.
cat >js.cjs <<'JS'
const fs = require('fs')
const file = process.argv[3]
const text = (rows) => console.log(JSON.stringify(rows.map((r) => r.map((c) => String(c ?? '')))))
const readers = {
  async duckdb() {
    const { DuckDBInstance } = require('@duckdb/node-api')
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const read = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_csv('${file}')`)
    text([read.columnNames(), ...read.getRows()])
  },
  papaparse() { text(require('papaparse').parse(fs.readFileSync(file, 'utf8'), { skipEmptyLines: true }).data) },
  sheetjs() {
    const xlsx = require('xlsx')
    const book = xlsx.readFile(file, { raw: true })
    text(xlsx.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1, defval: '' }))
  },
}
Promise.resolve().then(readers[process.argv[2]]).catch((e) => { console.error(String(e)); process.exit(1) })
JS
cat >py.py <<'P'
import json, sys
import pandas
read = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
print(json.dumps([list(read.columns)] + read.values.tolist()))
P
cat >rows.py <<'P'
import csv, json, sys
print(json.dumps(list(csv.reader(sys.stdin))))
P
cat >same.py <<'P'
import json, sys
try:
    got = json.load(sys.stdin)
except ValueError:
    sys.exit(1)
sys.exit(got != json.load(open("right.json")))
P
packages=$root/usr/lib/python3/dist-packages
one() { # READER FILE
	case $1 in
	duckdb | papaparse | sheetjs) node js.cjs "$1" "$2" ;;
	pandas) PYTHONPATH=$packages /usr/bin/python3 py.py "$2" ;;
	csvkit) PYTHONPATH=$packages /usr/bin/python3 "$root/usr/bin/in2csv" -I -f csv "$2" | /usr/bin/python3 rows.py ;;
	miller) mlr --icsv --ocsv cat "$2" | /usr/bin/python3 rows.py ;;
	esac 2>/dev/null
}
which_right() { # READER: the numbers of the files that it reads as they are
	local right='' i
	for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15; do
		if one "$1" "$i.csv" | /usr/bin/python3 same.py; then right+=" $i"; fi
	done
	wc -w <<<"$right" | tr -d '\n'
	printf '%s\n' "${right:+:$right}"
}
seen DuckDB '8: 01 03 05 07 08 11 12 15' "$(which_right duckdb)"
seen 'Papa Parse' '7: 03 05 07 08 11 12 15' "$(which_right papaparse)"
seen SheetJS '9: 01 02 04 05 06 10 11 13 14' "$(which_right sheetjs)"
seen Miller '3: 03 08 11' "$(which_right miller)"
seen csvkit '7: 03 05 07 08 11 12 15' "$(which_right csvkit)"
seen pandas '3: 03 08 11' "$(which_right pandas)"
finish

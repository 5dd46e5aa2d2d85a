#!/usr/bin/env bash
# In a table with two columns "Dato" the referral has the day of the decision, or none where nothing is decided yet; Tlf.privat and Nr. 1 are no columns.
#
# Where:   csv-parse 7.0.3 (columns: true), csv-parser 3.2.1, d3-dsv 3.0.1 and csvtojson 2.0.14 (npm), reading a table with one name over two columns, as
#          lists from case systems have it (Dato, Merknad, Tlf. again and again); beside them Papa Parse 5.5.3 and fast-csv 5.0.5
#          (npm), pandas 1.5.3 and Miller 6.6.0 (Debian 12).
# Guess:   a name that comes twice is an error, as in fast-csv, or gets a number, as in the other three; a point in a name is a letter of it.
# Seen:    of the two columns the last is taken and the first is gone, without a word: a referral of 5 January with a decision of 1 March is of
#          1 March, and one that nobody has decided yet has an empty day, which counts as not received. csvtojson cuts names at
#          their points: "Tlf.privat" is privat within Tlf, "Nr. 1" is " 1" within Nr, and who asks for them by name gets nothing.
# For us:  two columns that mean the same field are told of and not chosen between; tables that leave have each name once.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get csv-parse@7.0.3 csv-parser@3.2.1 d3-dsv@3.0.1 csvtojson@2.0.14 papaparse@5.5.3 fast-csv@5.0.5
deb_get python3-pandas=1.5.3+dfsg-2 miller=6.6.0-2+b3
printf 'id,Dato,Vedtak,Dato\nH-1,2026-01-05,ja,2026-03-01\nH-2,2026-02-02,,\n' >list.csv
printf 'id,Tlf.privat,Nr. 1\nH-1,99887766,2\n' >phones.csv
cat >read.mjs <<'JS'
import { readFileSync, createReadStream } from 'fs'
import { parse } from 'csv-parse/sync'
import csvParser from 'csv-parser'
import { csvParse } from 'd3-dsv'
import csvtojson from 'csvtojson'
import Papa from 'papaparse'
import { parseFile } from 'fast-csv'
const [name, file, column] = process.argv.slice(2)
const text = readFileSync(file, 'utf8').trim()
const flow = (stream) => new Promise((done, failed) => {
    const rows = []
    stream.on('data', (row) => rows.push(row)).on('end', () => done(rows)).on('error', failed)
})
const readers = {
    'csv-parse': () => parse(text, { columns: true }),
    'csv-parser': () => flow(createReadStream(file).pipe(csvParser())),
    'd3-dsv': () => csvParse(text),
    csvtojson: () => csvtojson().fromString(text),
    papaparse: () => Papa.parse(text, { header: true }).data,
    'fast-csv': () => flow(parseFile(file, { headers: true })),
}
try {
    const rows = await readers[name]()
    console.log(column ? rows.map((row) => row[column] || '-').join(' ') : JSON.stringify(rows[0]))
} catch {
    console.log('refused')
}
JS
for name in csv-parse csv-parser d3-dsv csvtojson; do
	seen "$name: Dato of H-1 and H-2" '2026-03-01 -' "$(node read.mjs "$name" list.csv Dato)"
done
seen 'papaparse: Dato of H-1 and H-2' '2026-01-05 2026-02-02' "$(node read.mjs papaparse list.csv Dato 2>/dev/null)"
seen 'fast-csv' refused "$(node read.mjs fast-csv list.csv Dato)"
seen 'pandas: Dato of H-1 and H-2' '2026-01-05 2026-02-02' "$(PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c 'import pandas; print(*pandas.read_csv("list.csv").Dato)')"
seen 'Miller: Dato of H-1 and H-2' '2026-01-05 2026-02-02' "$(mlr --icsv --onidx cut -f Dato list.csv | paste -sd ' ')"
seen 'csvtojson: Tlf.privat, Nr. 1' '{"id":"H-1","Tlf":{"privat":"99887766"},"Nr":{" 1":"2"}}' "$(node read.mjs csvtojson phones.csv)"
finish

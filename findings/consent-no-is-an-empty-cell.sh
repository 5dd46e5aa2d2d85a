#!/usr/bin/env bash
# "Consents: no" leaves a register as an empty cell, as what was never asked does, yes as 1, and the day somebody moved in as 1772319600000.
#
# Where:   csv-stringify 6.9.0 (npm, the writer of the package csv), on rows with a yes, a no, a question never asked, and a day; beside
#          it Papa Parse 5.5.3, fast-csv 5.0.5, d3-dsv 3.0.1 and json-2-csv 5.6.0 (npm).
# Guess:   false is written false, or 0 beside the 1 of true, and only what is not there is empty; a day is written as a day.
# Seen:    true is 1, and false is nothing: whoever refused and whoever was not asked are the same cell, and whoever reads "not known" from
#          it asks the one again who said no. A day is the number of milliseconds since 1970. The other four write false, but json-2-csv writes
#          the word null for what was not asked, and undefined for a field that is not there; of the day Papa Parse and d3-dsv write the time in
#          Greenwich, which at midnight in Oslo is the day before (2026-02-28T23:00), fast-csv and json-2-csv an English sentence.
# For us:  yes and no leave as the words of the profile, days as text of their own digits; a table that comes from elsewhere has an empty
#          cell as "not known", so that its maker is asked what no looks like in it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get csv-stringify@6.9.0 papaparse@5.5.3 fast-csv@5.0.5 d3-dsv@3.0.1 json-2-csv@5.6.0
cat >write.mjs <<'JS'
import { stringify } from 'csv-stringify/sync'
import Papa from 'papaparse'
import { writeToString } from 'fast-csv'
import { csvFormat } from 'd3-dsv'
import { json2csv } from 'json-2-csv'
const rows = [
    { id: 'H-1', consents: true, moved: new Date(2026, 2, 1) },
    { id: 'H-2', consents: false, moved: null },
    { id: 'H-3', consents: null, moved: null },
]
const writers = {
    'csv-stringify': () => stringify(rows, { header: true }), papaparse: () => Papa.unparse(rows),
    'fast-csv': () => writeToString(rows, { headers: true }), 'd3-dsv': () => csvFormat(rows),
    'json-2-csv': () => json2csv([...rows, { id: 'H-4' }]).replace(/GMT.*?\)/, 'GMT'),
}
console.log(await writers[process.argv[2]]())
JS
rows() { TZ=Europe/Oslo node write.mjs "$1" | tr -d '\r' | sed '1d; /^$/d' | paste -sd ' '; }
seen 'csv-stringify: yes on 1 March, no, not asked' 'H-1,1,1772319600000 H-2,, H-3,,' "$(rows csv-stringify)"
seen 'papaparse' 'H-1,true,2026-02-28T23:00:00.000Z H-2,false, H-3,,' "$(rows papaparse)"
seen 'fast-csv' 'H-1,true,Sun Mar 01 2026 00:00:00 GMT+0100 (Central European Standard Time) H-2,false, H-3,,' "$(rows fast-csv)"
seen 'd3-dsv' 'H-1,true,2026-02-28T23:00Z H-2,false, H-3,,' "$(rows d3-dsv)"
seen 'json-2-csv, and one without the fields' 'H-1,true,Sun Mar 01 2026 00:00:00 GMT H-2,false,null H-3,null,null H-4,undefined,undefined' "$(rows json-2-csv)"
finish

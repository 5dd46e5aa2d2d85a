#!/usr/bin/env bash
# A held-back figure becomes 0 on the way into JSON-stat, and an unknown district means "all districts".
#
# Where:   jsonstat-utils 2.5.5 and jsonstat-toolkit 2.2.2 (npm), for the format in which Statistics Norway
#          gives inhabitants, and in which a table of needs would be published beside them.
# Guess:   an empty cell is a missing value (null), as ":" is; two rows of one cell are refused; a number
#          with a space for thousands is a number or a fault. Asking for a district that the table does not
#          have gives nothing.
# Seen:    fromCSV makes an empty cell 0, ":" and "1 024" null, and lets the last of two rows win, unsaid.
#          Data() with an unknown district drops that condition and answers with the cells of all districts.
# For us:  what is held back must leave as a sign (":"), never as an empty cell; look a code up before
#          asking for its figure.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get jsonstat-utils@2.5.5 jsonstat-toolkit@2.2.2
cat >table.cjs <<'JS'
const { fromCSV } = require('jsonstat-utils')
const jsonstat = require('jsonstat-toolkit')
const values = (rows) => JSON.stringify(fromCSV('district,year,persons\n' + rows, { vlabel: 'persons' }).value)
const two = jsonstat({
  version: '2.0', class: 'dataset', id: ['district', 'year'], size: [2, 1], value: [5, 7],
  dimension: { district: { category: { index: ['a', 'b'] } }, year: { category: { index: ['2025'] } } },
})
const tried = {
  empty: () => values('a,2025,5\nb,2025,\n'),
  sign: () => values('a,2025,5\nb,2025,:\n'),
  thousands: () => values('a,2025,5\nb,2025,1 024\n'),
  twice: () => values('a,2025,5\na,2025,9\n'),
  known: () => JSON.stringify([].concat(two.Data({ district: 'b', year: '2025' })).map((cell) => cell.value)),
  unknown: () => JSON.stringify([].concat(two.Data({ district: 'c', year: '2025' })).map((cell) => cell.value)),
}
console.log(tried[process.argv[2]]())
JS
seen 'an empty cell' '[5,0]' "$(node table.cjs empty)"
seen 'the sign ":"' '[5,null]' "$(node table.cjs sign)"
seen '"1 024"' '[5,null]' "$(node table.cjs thousands)"
seen 'one cell in two rows, 5 and 9' '[9]' "$(node table.cjs twice)"
seen 'the figure of district b' '[7]' "$(node table.cjs known)"
seen 'the figure of a district that is not there' '[5,7]' "$(node table.cjs unknown)"
finish

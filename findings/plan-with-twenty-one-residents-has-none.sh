#!/usr/bin/env bash
# A form with twenty residents has twenty, one with twenty-one has no number of them, and of sixty residents the last ten are gone.
#
# Where:   qs 6.17.1 (npm), which reads what a form sends for Express and many others, with its default settings, and querystring of Node.js; beside them
#          URLSearchParams of Node.js and urllib.parse of Python 3.11.2 (Debian 12).
# Guess:   a list is a list, however long; a limit that is there against too long requests is told by an error.
# Seen:    up to twenty rows (resident[0][name] ...), or twenty ticked boxes of one name, come as a list; from twenty-one on as an object with the
#          numbers as its names, which has no length: a loop over residents.length runs never, and nobody is counted. More than 1,000 fields are
#          cut off at the thousandth: of 60 residents with 20 fields each 50 are left, in qs and querystring. Nothing is said. In the test with
#          three residents all is right. URLSearchParams and Python have all 1,200.
# For us:  no program of ours reads what a web form sends; a table that somebody makes of such forms is compared with the number of persons
#          that the form showed.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get qs@6.17.1
cat >form.cjs <<'JS'
const qs = require('qs')
const [what, count] = [process.argv[2], Number(process.argv[3])]
const numbers = [...Array(count).keys()]
const kind = (list) => `${Array.isArray(list) ? 'list' : typeof list} of length ${list.length}`
const rows = numbers.map((n) => `resident[${n}][name]=N${n}`).join('&')
const boxes = numbers.map((n) => `house=${n}`).join('&')
const fields = numbers.map((n) => [...Array(20).keys()].map((field) => `r${n}.f${field}=x`).join('&')).join('&')
const residents = (names) => new Set(names.map((name) => name.split('.')[0])).size
const ways = {
    rows: () => kind(qs.parse(rows).resident),
    boxes: () => kind(qs.parse(boxes).house),
    loop: () => {
        let counted = 0
        const { resident } = qs.parse(rows)
        for (let n = 0; n < resident.length; n++) counted++
        return counted
    },
    qs: () => residents(Object.keys(qs.parse(fields))),
    querystring: () => residents(Object.keys(require('querystring').parse(fields))),
    URLSearchParams: () => residents([...new URLSearchParams(fields).keys()]),
    text: () => fields,
}
console.log(ways[what]())
JS
seen 'qs: 20 residents' 'list of length 20' "$(node form.cjs rows 20)"
seen 'qs: 21 residents' 'object of length undefined' "$(node form.cjs rows 21)"
seen 'qs: a loop over 20 and over 21 residents' '20 0' "$(node form.cjs loop 20) $(node form.cjs loop 21)"
seen 'qs: 20 and 21 ticked boxes of one name' 'list of length 20, object of length undefined' "$(node form.cjs boxes 20), $(node form.cjs boxes 21)"
seen 'qs: 60 residents with 20 fields' 50 "$(node form.cjs qs 60)"
seen 'querystring: 60 residents with 20 fields' 50 "$(node form.cjs querystring 60)"
seen 'URLSearchParams: 60 residents with 20 fields' 60 "$(node form.cjs URLSearchParams 60)"
seen 'Python: 60 residents with 20 fields' 60 "$(node form.cjs text 60 | /usr/bin/python3 -c 'import sys, urllib.parse
print(len({name.split(".")[0] for name in urllib.parse.parse_qs(sys.stdin.read())}))')"
finish

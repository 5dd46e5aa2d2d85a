#!/usr/bin/env bash
# A day typed as 01.03.2026 is 3 January in a web form of ODK and Kobo, 13.03.2026 is none, and 30 February is 2 March.
#
# Where:   openrosa-xpath-evaluator 3.1.0 (npm), which decides what questions a web form of Enketo (ODK, KoboToolbox)
#          shows and what it works out; run with jsdom 22.1.0.
# Guess:   date() of a text takes ISO days; of anything else it is "Invalid Date", as the form's own specification has it.
# Seen:    01.03.2026 is read in the American order, without a word, so a time limit that is worked out from it is two
#          months early; 13.03.2026, the same column's next row, is invalid. A day that no month has rolls over.
# For us:  a day is read in one place, with the order that the column has; a day that no month has is refused with its cell.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get openrosa-xpath-evaluator@3.1.0 jsdom@22.1.0
cat >form.js <<'JS'
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('<form/>', { contentType: 'text/xml' })
Object.assign(global, { window })
for (const name of ['XPathEvaluator', 'XPathResult', 'Node', 'Element', 'Document', 'Attr', 'Text'])
    global[name] = window[name]
const evaluator = require('openrosa-xpath-evaluator')()
const STRING = 2
console.log(evaluator.evaluate(process.argv[2], window.document, null, STRING).stringValue)
JS
value() { TZ=Europe/Oslo node form.js "$1"; }
seen "date('2026-03-01')" 2026-03-01 "$(value "format-date(date('2026-03-01'), '%Y-%m-%d')")"
seen "date('01.03.2026')" 2026-01-03 "$(value "format-date(date('01.03.2026'), '%Y-%m-%d')")"
seen "date('01.03.2026') + 14" 2026-01-17 "$(value "format-date(date('01.03.2026') + 14, '%Y-%m-%d')")"
seen "date('13.03.2026')" 'Invalid Date' "$(value "date('13.03.2026')")"
seen "date('2026-02-30')" 2026-03-02 "$(value "format-date(date('2026-02-30'), '%Y-%m-%d')")"
finish

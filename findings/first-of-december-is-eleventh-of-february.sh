#!/usr/bin/env bash
# Whoever types 1.12.2026 into a form has typed 11.02.2026, 31.02. becomes 28.02., month 13 December, and a day of the ISO kind one of the year 6030.
#
# Where:   cleave.js 1.6.0, in a page by jsdom 22.1.0, cleave-zen 0.0.17, made after it, and @maskito/kit 5.6.0 (npm), which put the points into
#          a day as it is typed, with the pattern day, month, year and a point between.
# Guess:   a point that is typed ends the day, as one that the mask puts in does, so 1.12.2026 is 01.12.2026; what is no day cannot be
#          typed, or stays as it is for the check behind the form to refuse.
# Seen:    points are taken out before digits are counted. 1.12.2026 is 11 February, 1.10. and 3.10. lose a digit; from 4 to 9
#          it is right, as no day begins so. What no month has becomes another day: cleave makes 28.02. of 31.02., 30.04. of 31.04. and
#          month 12 of 13, maskito 3 March of 31.02. and month 10 of 13. The days that come out are whole and valid, so no check finds
#          them. 2026-03-01 becomes 20.02.6030.
# For us:  a field of a form takes what is typed as it is, and a day that no month has is refused by the field's name.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get cleave.js@1.6.0 cleave-zen@0.0.17 @maskito/kit@5.6.0 @maskito/core@5.6.0 jsdom@22.1.0
cat >type.mjs <<'JS'
import { createRequire } from 'module'
import { formatDate } from 'cleave-zen'
const require = createRequire(import.meta.url)
const { maskitoTransform } = require('@maskito/core')
const { maskitoDateOptionsGenerator } = require('@maskito/kit')
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('<input id="day">')
Object.assign(globalThis, { window, document: window.document })
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true })
const options = { delimiter: '.', datePattern: ['d', 'm', 'Y'] }
const [way, ...days] = process.argv.slice(2)
const field = window.document.getElementById('day')
const Cleave = require('cleave.js')
const mask = new Cleave(field, { date: true, ...options })
const maskito = maskitoDateOptionsGenerator({ mode: 'dd/mm/yyyy', separator: '.' })
const ways = {
    'cleave.js': (day) => {
        mask.setRawValue('')
        for (const key of day) {
            field.value += key
            field.dispatchEvent(new window.Event('input', { bubbles: true }))
        }
        return field.value
    },
    'cleave-zen': (day) => [...day].reduce((shown, key) => formatDate(shown + key, options), ''),
    '@maskito/kit': (day) => [...day].reduce((shown, key) => maskitoTransform(shown + key, maskito), ''),
}
console.log(days.map(ways[way]).join(' '))
JS
types() { node type.mjs "$@"; }
for way in cleave.js cleave-zen @maskito/kit; do
	seen "$way: 01.12.2026" 01.12.2026 "$(types "$way" 01.12.2026)"
	seen "$way: 1.12.2026" 11.02.2026 "$(types "$way" 1.12.2026)"
	seen "$way: 4.12.2026" 04.12.2026 "$(types "$way" 4.12.2026)"
	seen "$way: 2026-03-01" 20.02.6030 "$(types "$way" 2026-03-01)"
done
for way in cleave.js cleave-zen; do
	seen "$way: 3.10.2026" 29.02.026 "$(types "$way" 3.10.2026)"
	seen "$way: 31.02.2026 31.04.2026 29.02.2027" '28.02.2026 30.04.2026 28.02.2027' "$(types "$way" 31.02.2026 31.04.2026 29.02.2027)"
	seen "$way: 13.13.2026" 13.12.2026 "$(types "$way" 13.13.2026)"
done
seen '@maskito/kit: 3.10.2026' 31.02.026 "$(types @maskito/kit 3.10.2026)"
seen '@maskito/kit: 31.02.2026 31.04.2026 29.02.2027' '03.03.2026 01.05.2026 01.03.2027' "$(types @maskito/kit 31.02.2026 31.04.2026 29.02.2027)"
seen '@maskito/kit: 13.13.2026' 13.10.2026 "$(types @maskito/kit 13.13.2026)"
finish

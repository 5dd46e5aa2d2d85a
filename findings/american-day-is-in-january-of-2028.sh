#!/usr/bin/env bash
# Typed into a field with a calendar, 03/25/2026 is 3 January 2028, 31.02. is 3 March, 2026-03-01 is in June or in year 6, and 01.03.26 in the year 26.
#
# Where:   flatpickr 4.6.13, in a page by jsdom 22.1.0, and vanillajs-datepicker 1.3.4 (npm), fields for a day with a calendar, told that days are
#          written day, month, year with points (d.m.Y, dd.mm.yyyy), on days that somebody types instead of choosing.
# Guess:   what is not written so, and what no month has, is refused: the field stays empty, or says so. Two digits of a year are this century's
#          or are refused.
# Seen:    digits are taken in their order, and days and months that are too many are counted on, also over years: month 25 from 2026 is
#          January 2028, month 13 the January after, 31 February 3 March. flatpickr takes of 2026-03-01 20 as the day and 26 as the month, of which a 6 is
#          left, and of 1. mars 2026 June; vanillajs-datepicker takes the month of today for mars, and a year 26. The field then shows
#          that day, well written, and a day chosen in the calendar is right in both.
# For us:  a day is read in the order that its column has, whole or not at all, and what no month has is refused where it is read.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get flatpickr@4.6.13 vanillajs-datepicker@1.3.4 jsdom@22.1.0
cat >field.cjs <<'JS'
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('<input id="day">')
for (const name of ['document', 'HTMLElement', 'HTMLCollection', 'NodeList', 'Node', 'Event', 'getComputedStyle'])
    global[name] = window[name]
global.window = window
Object.defineProperty(global, 'navigator', { value: window.navigator, configurable: true })
const iso = (time) => {
    const day = new Date(time)
    return time === undefined ? 'refused' : [String(day.getFullYear()).padStart(4, '0'), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
}
const [name, ...typed] = process.argv.slice(2)
const fields = {
    flatpickr: () => {
        const field = require('flatpickr')(window.document.getElementById('day'), { dateFormat: 'd.m.Y', allowInput: true })
        return (text) => {
            field.setDate(text)
            return iso(field.selectedDates[0])
        }
    },
    'vanillajs-datepicker': () => (text) => iso(require('vanillajs-datepicker').Datepicker.parseDate(text, 'dd.mm.yyyy')),
}
const read = fields[name]()
console.log(typed.map(read).join(' '))
JS
for name in flatpickr vanillajs-datepicker; do
	seen "$name: 01.03.2026 1.3.2026" '2026-03-01 2026-03-01' "$(node field.cjs "$name" 01.03.2026 1.3.2026)"
	seen "$name: 03/25/2026" 2028-01-03 "$(node field.cjs "$name" 03/25/2026)"
	seen "$name: 31.02.2026 13.13.2026" '2026-03-03 2027-01-13' "$(node field.cjs "$name" 31.02.2026 13.13.2026)"
done
seen 'flatpickr: 2026-03-01 32.01.2026' '2026-06-20 2026-01-01' "$(node field.cjs flatpickr 2026-03-01 32.01.2026)"
seen 'flatpickr: 1. mars 2026' 2026-06-01 "$(node field.cjs flatpickr '1. mars 2026')"
seen 'vanillajs-datepicker: 2026-03-01 01.03.26' '0006-09-16 0026-03-01' "$(node field.cjs vanillajs-datepicker 2026-03-01 01.03.26)"
seen 'vanillajs-datepicker: 1. mars 2026' "$(/bin/date +2026-%m-01)" "$(node field.cjs vanillajs-datepicker '1. mars 2026')"
finish

#!/usr/bin/env bash
# A report due on the last day of each month is due on 28 and 29 March in the calendars that are built on ical.js.
#
# Where:   ical.js 2.2.1 (on which Thunderbird and Nextcloud's calendar are built), rrule 2.8.1 and rrule-temporal 2.2.8 (npm),
#          python3-dateutil 2.8.2 (Debian 12), on rules of RFC 5545.
# Guess:   rules of the RFC that all of them accept give the same days.
# Seen:    "the last of 28, 29, 30, 31" (BYMONTHDAY with BYSETPOS=-1, the known way to say "the last day of the month, or
#          the 30th") is right in January and February, then ical.js gives 28 March, 29 March and on. A weekly rule with
#          BYSETPOS=-1 gives every day of the week's list, a rule for week 53 gives each Monday from January on, and what
#          began on 29 February recurs on 1 March, where the RFC leaves years without the day out. The last working day
#          of the month is right in all.
# For us:  duties leave as days that were worked out, one event each; no rule leaves, and none is read.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get ical.js@2.2.1 rrule@2.8.1 rrule-temporal@2.2.8
deb_get python3-dateutil=2.8.2-2
cat >days.mjs <<'JS'
import ICAL from 'ical.js'
import rrule from 'rrule'
import { RRuleTemporal } from 'rrule-temporal'
const [by, start, rule] = process.argv.slice(2)
const text = `DTSTART:${start}T090000Z\nRRULE:${rule}`
const first = (_, n) => n < 4
const ways = {
  rrule: () => rrule.rrulestr(text).all(first).map((day) => day.toISOString()),
  temporal: () => new RRuleTemporal({ rruleString: text }).all(first).map(String),
  ical: () => {
    const event = new ICAL.Component(ICAL.parse(`BEGIN:VEVENT\r\n${text.replace('\n', '\r\n')}\r\nEND:VEVENT`))
    const all = new ICAL.RecurExpansion({ component: event, dtstart: event.getFirstPropertyValue('dtstart') }), days = []
    for (let day; days.length < 4 && (day = all.next());) days.push(String(day))
    return days
  },
}
console.log(ways[by]().map((day) => day.slice(0, 10)).join(' '))
JS
dateutil() { PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import itertools, sys
from dateutil.rrule import rrulestr
print(*(str(day.date()) for day in itertools.islice(rrulestr(f"DTSTART:{sys.argv[1]}T090000Z\nRRULE:{sys.argv[2]}"), 4)))' "$@"; }
all() { # WHAT START RULE EXPECTED BY-ICAL.JS
	seen "$1" "$4" "$(dateutil "$2" "$3")"
	seen '  rrule' "$4" "$(node days.mjs rrule "$2" "$3")"
	seen '  rrule-temporal' "$4" "$(node days.mjs temporal "$2" "$3")"
	seen '  ical.js' "$5" "$(node days.mjs ical "$2" "$3")"
}
working='2026-01-30 2026-02-27 2026-03-31 2026-04-30'
all 'last working day: dateutil' 20260130 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' "$working" "$working"
all 'last of 28 to 31: dateutil' 20260131 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1' \
	'2026-01-31 2026-02-28 2026-03-31 2026-04-30' '2026-01-31 2026-02-28 2026-03-28 2026-03-29'
all 'last of Mo, We, Fr each week: dateutil' 20260102 'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1' \
	'2026-01-02 2026-01-09 2026-01-16 2026-01-23' '2026-01-02 2026-01-05 2026-01-07 2026-01-09'
all 'Monday of week 53: dateutil' 20261228 'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO' \
	'2026-12-28 2032-12-27 2037-12-28 2043-12-28' '2027-01-04 2027-01-11 2027-01-18 2027-01-25'
all 'each year from 29 February: dateutil' 20240229 'FREQ=YEARLY' \
	'2024-02-29 2028-02-29 2032-02-29 2036-02-29' '2024-02-29 2025-03-01 2026-03-01 2027-03-01'
finish

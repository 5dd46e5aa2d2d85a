#!/usr/bin/env bash
# A visit every second Wednesday is on 30 December 2026 and on 6 January again, and in even weeks nobody comes for three weeks.
#
# Where:   later 1.2.0 and @breejs/later 4.2.0 ("every 2 weeks on Wednesday", the clock of job queues such as Bree), and
#          opening_hours 3.15.0 ("week 1-53/2", the reader of OpenStreetMap's hours of services), all npm; beside them rrule 2.8.1
#          (FREQ=WEEKLY;INTERVAL=2).
# Guess:   "every 2 weeks" is every fourteen days, whatever the number of the week; "every 14 days" too.
# Seen:    it is every odd week of the calendar. 2026 has 53 weeks, so that the last and the first of the next year are both odd:
#          visits in two weeks running, and from then on in the other weeks than before; who comes in even weeks ("week 2-52/2") is
#          away for three. No test in a year with 52 weeks shows it. "Every 14 days" of the two counts in each month anew: 1, 15
#          and 29, and 1 again, three days later. rrule keeps its fourteen days.
# For us:  what comes again after fourteen days is counted from its own beginning, never by the number of the week, and a test goes
#          over a New Year with week 53 (2026, 2032, 2037).
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get later@1.2.0 @breejs/later@4.2.0 opening_hours@3.15.0 rrule@2.8.1
cat >days.cjs <<'JS'
const from = new Date('2026-12-07T00:00:00Z'), to = new Date('2027-02-01T00:00:00Z')
const inTime = (name) => (text) => {
  const later = require(name), parsed = later.parse.text(text)
  if (parsed.error >= 0) throw new Error(text)
  return later.schedule(parsed).next(20, from, to)
}
const by = {
  later: inTime('later'),
  '@breejs/later': inTime('@breejs/later'),
  opening_hours: (text) => new (require('opening_hours'))(text).getOpenIntervals(from, to).map((one) => one[0]),
  rrule: (text) => require('rrule').rrulestr(text).between(from, to),
}
console.log(by[process.argv[2]](process.argv[3]).map((day) => day.toISOString().slice(5, 10)).join(' '))
JS
days() { node days.cjs "$@"; }
two='12-16 12-30 01-06 01-20'
seen 'later: every 2 weeks on Wednesday' "$two" "$(days later 'every 2 weeks on Wednesday')"
seen '@breejs/later: every 2 weeks on Wednesday' "$two" "$(days @breejs/later 'every 2 weeks on Wednesday')"
seen 'opening_hours: week 1-53/2 We 10:00-11:00' "$two" "$(days opening_hours 'week 1-53/2 We 10:00-11:00')"
seen 'opening_hours: week 2-52/2 We 10:00-11:00' '12-09 12-23 01-13 01-27' "$(days opening_hours 'week 2-52/2 We 10:00-11:00')"
seen 'later: every 14 days' '12-15 12-29 01-01 01-15 01-29 02-01' "$(days later 'every 14 days')"
seen '@breejs/later: every 14 days' '12-15 12-29 01-01 01-15 01-29 02-01' "$(days @breejs/later 'every 14 days')"
seen 'rrule: FREQ=WEEKLY;INTERVAL=2' '12-16 12-30 01-13 01-27' "$(days rrule $'DTSTART:20261216T100000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2')"
finish

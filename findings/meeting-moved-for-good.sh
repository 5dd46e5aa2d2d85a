#!/usr/bin/env bash
# A weekly meeting that was moved for good is on its old day again a week later, and a cancelled one stands twice.
#
# Where:   calcurse 4.7.1 and khal 0.10.5 (Debian 12), node-ical 0.27.2 and ical-expander 3.2.0 (npm), on a series of five
#          Tuesdays at nine (RFC 5545): the second moved, the third cancelled, the fourth and all later ones moved to
#          Wednesdays at two (RECURRENCE-ID;RANGE=THISANDFUTURE).
# Guess:   a reader that shows the moved meetings at their new time does not show them at the old one, and what was moved
#          for good stays moved; a cancelled meeting is gone or said to be cancelled.
# Seen:    khal and ical-expander do so. node-ical moves the fourth meeting alone: the fifth is on Tuesday at nine again.
#          calcurse imports each as one more appointment beside the old series, which stays whole: the moved ones are on
#          both days, the cancelled one stands twice, and a message that takes a single meeting back (METHOD:CANCEL) puts
#          it into the calendar once more. It says "0 skipped".
# For us:  each meeting is an entry of its own with a UID of its own, never a series, and its words say that it is called
#          off, since not every calendar takes it away.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get node-ical@0.27.2 ical-expander@3.2.0
deb_get khal=1:0.10.5-1.1 calcurse=4.7.1-1
event() { printf '%s\r\n' BEGIN:VEVENT "UID:$1@example.no" DTSTAMP:20261101T080000Z "DTSTART:$2" "DTEND:$3" SUMMARY:Meeting "${@:4}" END:VEVENT; }
calendar() { printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example.no//x//EN "$@"; cat; printf 'END:VCALENDAR\r\n'; }
{
	event series 20261201T090000Z 20261201T100000Z 'RRULE:FREQ=WEEKLY;COUNT=5'
	event series 20261209T120000Z 20261209T130000Z RECURRENCE-ID:20261208T090000Z
	event series 20261215T090000Z 20261215T100000Z RECURRENCE-ID:20261215T090000Z STATUS:CANCELLED
	event series 20261223T140000Z 20261223T150000Z 'RECURRENCE-ID;RANGE=THISANDFUTURE:20261222T090000Z'
} | calendar >series.ics
event one 20261201T090000Z 20261201T100000Z | calendar METHOD:REQUEST >asked.ics
event one 20261201T090000Z 20261201T100000Z SEQUENCE:1 STATUS:CANCELLED | calendar METHOD:CANCEL >cancelled.ics
cat >when.cjs <<'JS'
const text = require('fs').readFileSync('series.ics', 'utf8'), from = new Date('2026-11-30'), to = new Date('2027-02-01')
const by = {
  'node-ical': () => {
    const ical = require('node-ical'), [series] = Object.values(ical.sync.parseICS(text)).filter((one) => one.type === 'VEVENT')
    return ical.expandRecurringEvent(series, { from, to }).map((one) => one.start.toISOString() + (one.event.status === 'CANCELLED' ? '!' : ''))
  },
  'ical-expander': () => {
    const { events, occurrences } = new (require('ical-expander'))({ ics: text }).between(from, to)
    return [...events.map((one) => one.startDate + (one.component.getFirstPropertyValue('status') === 'CANCELLED' ? '!' : '')),
      ...occurrences.map((one) => String(one.startDate))].sort()
  },
}
console.log(by[process.argv[2]]().map((day) => day.slice(8, 10) + '.' + (day.endsWith('!') ? '!' : '')).join(' '))
JS
mkdir -p khal/all calcurse
cat >khal.conf <<C
[calendars]
[[all]]
path = $tmp/khal/all
[sqlite]
path = $tmp/khal/all.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = all
C
khal() { HOME=$tmp PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -m khal -c khal.conf "$@"; }
calcurse() { "$root/usr/bin/calcurse" -D calcurse "$@"; }
khal import --batch series.ics >khal.log 2>&1
calcurse -i series.ics >calcurse.log 2>&1
seen 'khal' '01. 09. 15.! 23. 30.' "$(khal list --format '{start-date} {cancelled}' --day-format '' 2026-11-30 60d |
	sed -n 's/^2026-12-\(..\) *\(C\?\).*/\1.\2/p' | tr C '!' | tr '\n' ' ' | sed 's/ $//')"
seen 'ical-expander' '01. 09. 15.! 23. 30.' "$(node when.cjs ical-expander)"
seen 'node-ical' '01. 09. 15.! 23. 29.' "$(node when.cjs node-ical 2>/dev/null)"
seen 'calcurse' '01. 08. 09. 15. 15. 22. 23. 29.' "$(calcurse -Q --from 11/30/2026 --to 01/31/2027 --filter-type cal --format-apt '%(start:%d.)\n' --format-recur-apt '%(start:%d.)\n' |
	sed -n 's/^ *\([0-9][0-9]\.\)$/\1/p' | sort | tr '\n' ' ' | sed 's/ $//')"
rm calcurse/apts
calcurse -i asked.ics >calcurse.log 2>&1
calcurse -i cancelled.ics >calcurse.log 2>&1
seen 'calcurse: one meeting, cancelled: entries' 2 "$(grep -c Meeting calcurse/apts)"
seen 'calcurse: what it says of the cancellation' '0 skipped' "$(grep -o '[0-9]* skipped' calcurse.log)"
finish

#!/usr/bin/env bash
# A visit that is added to the weekly ones is in none of four calendars, and two that were called off come after the last instead: on 22 and 29 December.
#
# Where:   calcurse 4.7.1 and khal 0.10.5 (Debian 12), node-ical 0.27.2, ts-ics 2.4.6, icalendar 0.7.1, ical.js 2.2.1 and rrule 2.8.1
#          (npm), on visits on three Tuesdays, 1, 8 and 15 December, one more on Thursday the 3rd (RDATE of RFC 5545), two called off
#          (EXDATE), and on three visits that follow no rule.
# Guess:   an added day is one more, as a day that is called off is one less; who cannot read it says so. COUNT=3 are three Tuesdays, of
#          which those called off are taken away. The first day is DTSTART, and it is a visit.
# Seen:    node-ical, ts-ics, icalendar and calcurse, which says "0 skipped", have no visit on the 3rd. In calcurse and icalendar what is
#          called off does not count, so that a third and a fourth Tuesday follow instead: somebody comes on the 22nd and the 29th. Of
#          three days without a rule node-ical, ts-ics and calcurse have the first, ical.js and rrule the other two, icalendar none.
#          Only khal has all of them right.
# For us:  each visit is an entry of its own, never a series with exceptions.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get node-ical@0.27.2 ts-ics@2.4.6 icalendar@0.7.1 ical.js@2.2.1 rrule@2.8.1
deb_get khal=1:0.10.5-1.1 calcurse=4.7.1-1
file() { # NAME LINE...: a file of the visits
	printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example.no//x//EN BEGIN:VEVENT "UID:$1@example.no" DTSTAMP:20261101T080000Z \
		DTSTART:20261201T090000Z DTEND:20261201T100000Z SUMMARY:Visit "${@:2}" END:VEVENT END:VCALENDAR >"$1.ics"
}
file added RRULE:FREQ=WEEKLY\;COUNT=3 RDATE:20261203T130000Z
file off RRULE:FREQ=WEEKLY\;COUNT=3 EXDATE:20261208T090000Z,20261215T090000Z
file days RDATE:20261203T130000Z,20261210T090000Z
cat >when.cjs <<'JS'
const [who, file] = process.argv.slice(2)
const text = require('fs').readFileSync(file + '.ics', 'utf8'), from = new Date('2026-11-30'), to = new Date('2027-02-01')
const by = {
  'node-ical': () => {
    const ical = require('node-ical'), [visits] = Object.values(ical.sync.parseICS(text)).filter((one) => one.type === 'VEVENT')
    return ical.expandRecurringEvent(visits, { from, to }).map((one) => one.start)
  },
  'ts-ics': () => {
    const { convertIcsCalendar, extendByRecurrenceRule } = require('ts-ics')
    const [{ start, recurrenceRule, exceptionDates = [] }] = convertIcsCalendar(undefined, text).events
    if (!recurrenceRule) return [start.date]
    return extendByRecurrenceRule(recurrenceRule, { start: start.date, end: to, exceptions: exceptionDates.map((one) => one.date) })
  },
  icalendar: () => require('icalendar').parse_calendar(text).events()[0].rrule().nextOccurences(from, 10),
  'ical.js': () => {
    const { default: ical = require('ical.js') } = require('ical.js')
    const steps = new ical.Event(new ical.Component(ical.parse(text)).getFirstSubcomponent('vevent')).iterator(), found = []
    for (let next = steps.next(); next; next = steps.next()) found.push(next.toJSDate())
    return found
  },
  rrule: () => require('rrule').rrulestr(text.split('\r\n').filter((line) => /^(DTSTART|RRULE|RDATE|EXDATE)/.test(line)).join('\n')).all()
}
try {
  console.log(by[who]().map((day) => day.toISOString().slice(8, 10)).join(' '))
} catch { console.log('fails') }
JS
for file in added off days; do
	mkdir -p "khal/$file" "calcurse/$file"
	cat >"$file.conf" <<-C
		[calendars]
		[[all]]
		path = $tmp/khal/$file
		[sqlite]
		path = $tmp/khal/$file.db
		[locale]
		timeformat = %H:%M
		dateformat = %Y-%m-%d
		longdateformat = %Y-%m-%d
		datetimeformat = %Y-%m-%d %H:%M
		longdatetimeformat = %Y-%m-%d %H:%M
		[default]
		default_calendar = all
	C
done
by_khal() { # FILE
	khal() { HOME=$tmp PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -m khal -c "$1.conf" "${@:2}"; }
	khal "$1" import --batch "$1.ics" >khal.log 2>&1
	khal "$1" list --format '{start-date}' --day-format '' 2026-11-30 60d | sed -n 's/^2026-12-//p' | paste -sd ' '
}
by_calcurse() { # FILE
	"$root/usr/bin/calcurse" -D "calcurse/$1" -i "$1.ics" >calcurse.log 2>&1
	"$root/usr/bin/calcurse" -D "calcurse/$1" -Q --from 11/30/2026 --to 01/31/2027 --filter-type cal --format-apt '%(start:%d.)\n' \
		--format-recur-apt '%(start:%d.)\n' | sed -n 's/^ *\([0-9][0-9]\)\.$/\1/p' | paste -sd ' '
}
of() { # FILE WHAT, AS SEEN BY EACH
	local file=$1 who
	seen "$2: khal" "$3" "$(by_khal "$file")"
	seen '  calcurse' "$4" "$(by_calcurse "$file")"
	shift 4
	for who in node-ical ts-ics icalendar ical.js rrule; do
		seen "  $who" "$1" "$(node when.cjs "$who" "$file" 2>/dev/null)"
		shift
	done
}
of added 'three Tuesdays and the 3rd' '01 03 08 15' '01 08 15' '01 08 15' '01 08 15' '01 08 15' '01 03 08 15' '01 03 08 15'
of off 'three Tuesdays, the 8th and the 15th called off' 01 '01 22 29' 01 01 '01 22 29' 01 01
of days 'the 1st, the 3rd and the 10th' '01 03 10' 01 01 01 fails '03 10' '03 10'
seen 'calcurse, of the one that it does not read' '1 app / 0 events / 0 todos / 0 skipped' \
	"$(mkdir -p again && "$root/usr/bin/calcurse" -D again -i days.ics 2>&1 | grep skipped)"
finish

#!/usr/bin/env bash
# "Three months from 30 November" is 2 March to a workflow engine's timers, and "a month before" comes a month after.
#
# Where:   @0dep/piso 5.1.2, which reads the timers of bpmn-engine, and iso8601-duration 2.1.4 (npm); beside them
#          tinyduration 3.4.1 and @js-joda/core 6.3.2 (npm) and python3-isodate 0.6.1 (Debian 12). Durations as
#          BPMN, iCalendar and FHIR write them (P3M).
# Guess:   a time limit in months ends on the same day of the month, or on the month's last day when it has no such
#          day: 28 February, as the law on time limits and calendars count. A duration with a minus goes back, or is
#          refused.
# Seen:    piso and iso8601-duration roll over into the next month: 2 March, two days after the limit has ended, and
#          only for limits that begin on the last days of a month. iso8601-duration reads -P1M, drops the minus and adds:
#          the reminder for 31 March comes on 1 May. joda and isodate say 28 February; joda goes back.
# For us:  months are added in one place, to the last day of a shorter month, and tested for each end of a month.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @0dep/piso@5.1.2 iso8601-duration@2.1.4 @js-joda/core@6.3.2
deb_get python3-isodate=0.6.1-1
cat >due.js <<'JS'
const [who, from, span] = process.argv.slice(2)
const day = (date) => date.toISOString().slice(0, 10)
const start = new Date(from + 'T00:00:00Z')
const { LocalDate, Period } = require('@js-joda/core')
const { parse, end } = require('iso8601-duration')
const { parseDuration } = require('@0dep/piso')
console.log({
    piso: () => day(parseDuration(span).getExpireAt(start)),
    iso8601: () => day(end(parse(span), start)),
    joda: () => LocalDate.parse(from).plus(Period.parse(span)).toString(),
}[who]())
JS
isodate() {
	PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "
import datetime, isodate
print(datetime.date.fromisoformat('$1') + isodate.parse_duration('$2'))"
}
seen 'joda: 30 November and P3M' 2026-02-28 "$(node due.js joda 2025-11-30 P3M)"
seen 'isodate' 2026-02-28 "$(isodate 2025-11-30 P3M)"
seen 'piso (bpmn-engine)' 2026-03-02 "$(node due.js piso 2025-11-30 P3M)"
seen 'iso8601-duration' 2026-03-02 "$(node due.js iso8601 2025-11-30 P3M)"
seen 'joda: 31 March and -P1M' 2026-02-28 "$(node due.js joda 2026-03-31 -P1M)"
seen 'iso8601-duration' 2026-05-01 "$(node due.js iso8601 2026-03-31 -P1M)"
finish

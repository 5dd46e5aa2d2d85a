#!/usr/bin/env bash
# A visit six weeks on, over the night on which summer time begins, is at ten on the page and at eleven in the calendar, if the server is in Greenwich.
#
# Where:   dayjs 1.11.23 (npm) with its plugins utc and timezone, days and weeks added to a time in Oslo; beside it luxon 3.7.2 and moment-timezone 0.6.6
#          (npm).
# Guess:   a time with a zone that is shown as 10:00 is ten o'clock there, wherever it goes: what is shown and what is sent agree; over the night the
#          hour stays, as with the other two, or 24 hours are counted, and both say 11:00.
# Seen:    on a machine whose clock is Greenwich's, as servers' are, the hour is kept and so is the distance from Greenwich of the first day: 12 April is
#          shown as 10:00 and sent as 09:00 in Greenwich, which is eleven o'clock in Oslo then. In autumn it is nine. The same value, put into
#          its zone once more, says so. On a machine in Oslo, where it is written and tried, all agree, and so they do everywhere within
#          one half of the year. luxon and moment keep ten o'clock in both.
# For us:  a meeting is a day and an hour on the clock here; meeting-invite works out Greenwich's by the summer time of that very day.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get dayjs@1.11.23 luxon@3.7.2 moment-timezone@0.6.6
cat >visit.cjs <<'JS'
const dayjs = require('dayjs')
dayjs.extend(require('dayjs/plugin/utc'))
dayjs.extend(require('dayjs/plugin/timezone'))
const { DateTime } = require('luxon')
const moment = require('moment-timezone')
const zone = 'Europe/Oslo'
const [way, from, weeks] = process.argv.slice(2)
const ways = {
    dayjs: () => {
        const visit = dayjs.tz(from, zone).add(Number(weeks), 'week')
        return [visit.format('HH:mm'), visit.toISOString(), visit.tz(zone).format('HH:mm')]
    },
    luxon: () => {
        const visit = DateTime.fromSQL(from, { zone }).plus({ weeks: Number(weeks) })
        return [visit.toFormat('HH:mm'), visit.toUTC().toISO(), visit.setZone(zone).toFormat('HH:mm')]
    },
    moment: () => {
        const visit = moment.tz(from, zone).add(Number(weeks), 'week')
        return [visit.format('HH:mm'), visit.toISOString(), visit.tz(zone).format('HH:mm')]
    },
}
const [shown, sent, again] = ways[way]()
console.log(`shown ${shown}, sent ${sent.slice(0, 16)} in Greenwich, again in Oslo ${again}`)
JS
seen 'dayjs in Greenwich: 1 March, six weeks' 'shown 10:00, sent 2026-04-12T09:00 in Greenwich, again in Oslo 11:00' "$(node visit.cjs dayjs '2026-03-01 10:00' 6)"
seen 'dayjs in Oslo: 1 March, six weeks' 'shown 10:00, sent 2026-04-12T08:00 in Greenwich, again in Oslo 10:00' "$(TZ=Europe/Oslo node visit.cjs dayjs '2026-03-01 10:00' 6)"
seen 'dayjs in Greenwich: 1 October, six weeks' 'shown 10:00, sent 2026-11-12T08:00 in Greenwich, again in Oslo 09:00' "$(node visit.cjs dayjs '2026-10-01 10:00' 6)"
seen 'dayjs in Greenwich: 1 February, six weeks' 'shown 10:00, sent 2026-03-15T09:00 in Greenwich, again in Oslo 10:00' "$(node visit.cjs dayjs '2026-02-01 10:00' 6)"
for way in luxon moment; do
	seen "$way: 1 March, six weeks" 'shown 10:00, sent 2026-04-12T08:00 in Greenwich, again in Oslo 10:00' "$(node visit.cjs "$way" '2026-03-01 10:00' 6)"
done
finish

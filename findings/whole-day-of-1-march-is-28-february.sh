#!/usr/bin/env bash
# A meeting of the whole day of 1 March stands in the calendars on 28 February, also in those of Google and Outlook, all year round; from a server in Greenwich it is right.
#
# Where:   ical-generator 10.2.0, ts-ics 2.4.6, calendar-link 2.11.5 and datebook 8.0.1 (npm), which make entries and links for calendars, with an event of the
#          whole day (allDay, type DATE) whose day is a Date of 1 March in the time of Oslo; beside them ics 3.12.0 (npm).
# Guess:   an event of the whole day has the day that the Date shows where the program runs; an hour is turned to Greenwich, a day is not.
# Seen:    all four take the day that it is in Greenwich at that midnight: 28 February, and 30 June for 1 July. datebook gives the hour as well (23:00 of the day
#          before) in its file. On a server in Greenwich, where such programs are tried, the day is right. ical-generator has it right when a zone
#          is given with the event. ics takes year, month and day as numbers, and has it right.
# For us:  duties go to a calendar with the digits of their day; no day goes by way of a moment.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get ical-generator@10.2.0 ts-ics@2.4.6 calendar-link@2.11.5 datebook@8.0.1 ics@3.12.0
cat >day.mjs <<'JS'
import ical from 'ical-generator'
import { generateIcsEvent } from 'ts-ics'
import * as links from 'calendar-link'
import * as datebook from 'datebook'
import { createEvent } from 'ics'
const [way, month] = [process.argv[2], Number(process.argv[3])]
const start = new Date(2026, month - 1, 1)
const end = new Date(2026, month - 1, 2)
const generated = (more) => {
    const calendar = ical({ name: 'Plan' })
    calendar.createEvent({ start, allDay: true, summary: 'Meeting', ...more })
    return calendar.toString()
}
const ways = {
    'ical-generator': () => generated({}),
    'ical-generator with a zone': () => generated({ timezone: 'Europe/Oslo' }),
    'ts-ics': () => generateIcsEvent({ summary: 'Meeting', uid: 'm', stamp: { date: start }, start: { date: start, type: 'DATE' }, end: { date: end, type: 'DATE' } }),
    'calendar-link, file': () => decodeURIComponent(links.ics({ title: 'Meeting', start, allDay: true })),
    'calendar-link, Google': () => links.google({ title: 'Meeting', start, allDay: true }),
    'calendar-link, Outlook': () => decodeURIComponent(links.outlook({ title: 'Meeting', start, allDay: true })).replace(/-|%3A/g, ''),
    'datebook, Google': () => new datebook.GoogleCalendar({ title: 'Meeting', start }).render(),
    'datebook, file': () => new datebook.ICalendar({ title: 'Meeting', start, end: start }).render(),
    ics: () => createEvent({ title: 'Meeting', start: [2026, month, 1], duration: { days: 1 } }).value,
}
console.log(/(?:DTSTART[^:]*:|dates=|startdt=)(\d{8})/.exec(ways[way]())[1])
JS
days() { echo "$(TZ=$2 node day.mjs "$1" 3) $(TZ=$2 node day.mjs "$1" 7)"; }
for way in ical-generator ts-ics 'calendar-link, file' 'calendar-link, Google' 'calendar-link, Outlook' 'datebook, Google' 'datebook, file'; do
	seen "$way: 1 March, 1 July" '20260228 20260630' "$(days "$way" Europe/Oslo)"
done
for way in 'ical-generator with a zone' ics; do
	seen "$way: 1 March, 1 July" '20260301 20260701' "$(days "$way" Europe/Oslo)"
done
seen 'ical-generator in Greenwich: 1 March, 1 July' '20260301 20260701' "$(days ical-generator UTC)"
finish

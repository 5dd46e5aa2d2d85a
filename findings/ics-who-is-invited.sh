#!/usr/bin/env bash
# Of those whom a meeting's calendar entry names, one disappears because she sent two in her place, or has a semicolon.
#
# Where:   node-ical 0.27.2, ts-ics 2.4.6, icalendar 0.7.1 and ical.js 2.2.1 (npm), on ATTENDEE lines as RFC 5545 (and
#          RFC 6868 for quotation marks in a name) has them.
# Guess:   parameters of an attendee may come as a list or in quotation marks, and a reader that does not know one passes
#          it over: who is invited, and by which name, is the same for all.
# Seen:    an attendee who delegated to two (DELEGATED-TO with a list) is not there at all for node-ical, and icalendar
#          refuses the whole calendar; to one, she is there. A name with a semicolon, in quotation marks, ends before it for
#          node-ical and ts-ics, with a mark left over. A quotation mark in a name (^') stays ^' for all but ical.js. Names
#          of properties in small letters, which mean the same, make ts-ics and icalendar lose everybody.
# For us:  names of people and houses in a calendar entry have none of ; " ^ in them, one attendee stands for one role,
#          and no parameter is a list.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get node-ical@0.27.2 ts-ics@2.4.6 icalendar@0.7.1 ical.js@2.2.1
cat >invited.mjs <<'JS'
import { createRequire } from 'module'
import ICAL from 'ical.js'
const require = createRequire(import.meta.url)
const [who, ...lines] = process.argv.slice(2)
const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example.no//x//EN', 'BEGIN:VEVENT', 'UID:m-1@example.no',
    'DTSTAMP:20260101T000000Z', 'DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z', ...lines, 'END:VEVENT',
    'END:VCALENDAR', ''].join('\r\n')
const names = {
    'node-ical': () => [Object.values(require('node-ical').parseICS(text)).find((c) => c.type === 'VEVENT').attendee]
        .flat().filter(Boolean).map((a) => a.params.CN),
    'ts-ics': () => (require('ts-ics').convertIcsCalendar(undefined, text).events[0].attendees || []).map((a) => a.name),
    icalendar: () => (require('icalendar').parse_calendar(text).events()[0].properties.ATTENDEE || [])
        .map((a) => a.parameters.CN),
    'ical.js': () => new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent').getAllProperties('attendee')
        .map((a) => a.getParameter('cn')),
}
try { console.log(names[who]().join(' + ') || 'nobody') } catch { console.log('refused') }
JS
invited() { node invited.mjs "$@"; }
first='ATTENDEE;CN=Intake:mailto:intake@example.no'
one='ATTENDEE;CN=House A;DELEGATED-TO="mailto:b@example.no":mailto:a@example.no'
two='ATTENDEE;CN=House A;DELEGATED-TO="mailto:b@example.no","mailto:c@example.no":mailto:a@example.no'
semicolon='ATTENDEE;CN="House A; night":mailto:a@example.no'
quoted="ATTENDEE;CN=House ^'A^':mailto:a@example.no"
seen 'node-ical: one sent in her place' 'Intake + House A' "$(invited node-ical "$first" "$one")"
seen 'node-ical: two sent in her place' Intake "$(invited node-ical "$first" "$two")"
seen 'icalendar: two' refused "$(invited icalendar "$first" "$two")"
seen 'ical.js: two' 'Intake + House A' "$(invited ical.js "$first" "$two")"
seen 'node-ical: a semicolon' '"House A' "$(invited node-ical "$semicolon")"
seen 'ts-ics: a semicolon' '"House A' "$(invited ts-ics "$semicolon")"
seen 'ical.js: a semicolon' 'House A; night' "$(invited ical.js "$semicolon")"
seen 'node-ical: quotation marks' "House ^'A^'" "$(invited node-ical "$quoted")"
seen 'ts-ics: quotation marks' "House ^'A^'" "$(invited ts-ics "$quoted")"
seen 'ical.js: quotation marks' 'House "A"' "$(invited ical.js "$quoted")"
seen 'node-ical: small letters' Intake "$(invited node-ical 'attendee;cn=Intake:mailto:intake@example.no')"
seen 'ts-ics: small letters' nobody "$(invited ts-ics 'attendee;cn=Intake:mailto:intake@example.no')"
seen 'icalendar: small letters' nobody "$(invited icalendar 'attendee;cn=Intake:mailto:intake@example.no')"
finish

#!/usr/bin/env bash
# In a calendar read by ts-ics the alarm of a task takes the task's name and identity.
#
# Where:   ts-ics 2.4.6 (npm), iCalendar (RFC 5545, alarms with UID by RFC 9074).
# Guess:   a VALARM inside a VTODO is a part of the task, or is left out, as in a VEVENT.
# Seen:    in an event the alarm is a part. In a task its lines are read as the task's own: UID, SUMMARY and
#          DESCRIPTION of the task are those of the alarm, and there is no alarm. Written out again the task
#          has another identity, so the calendar that takes it in holds it twice.
# For us:  a duty that is shown as a task has its alarm without SUMMARY and UID, or none.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get ts-ics@2.4.6
cat >read.mjs <<'JS'
import { convertIcsCalendar } from 'ts-ics'
const alarm = ['BEGIN:VALARM', 'UID:alarm-1', 'ACTION:DISPLAY', 'TRIGGER:-PT12H', 'SUMMARY:alarm', 'DESCRIPTION:rings', 'END:VALARM']
const part = (kind, day) => [`BEGIN:${kind}`, 'UID:duty-1@example.no', 'DTSTAMP:20261102T080000Z', `${day};VALUE=DATE:20261201`, 'SUMMARY:answer', ...alarm, `END:${kind}`]
const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//NO', ...part('VEVENT', 'DTSTART'), ...part('VTODO', 'DUE'), 'END:VCALENDAR', ''].join('\r\n')
const calendar = convertIcsCalendar(undefined, text)
const of = calendar[process.argv[2]][0]
console.log([of.uid, of.summary, of.description ?? '-', (of.alarms ?? []).length].join(' '))
JS
seen 'event: uid, summary, description, alarms' 'duty-1@example.no answer - 1' "$(node read.mjs events)"
seen 'task: uid, summary, description, alarms' 'alarm-1 alarm rings 0' "$(node read.mjs todos)"
finish

#!/usr/bin/env bash
# A duty that was called off is done in one list of tasks, and still to do in another, which keeps no days at all.
#
# Where:   todoman 4.1.0 and calcurse 4.7.1 (Debian 12), reading tasks (VTODO of RFC 5545) from .ics files.
# Guess:   a task with STATUS:CANCELLED is shown as called off or not at all; one whose end is given as a start and a
#          length, as the RFC allows, is due at that end; a reader of tasks keeps the day they are due.
# Seen:    todoman ticks the cancelled one off as completed, in its JSON, too; with DTSTART and DURATION there is no due
#          day. calcurse takes both for open tasks, and no day of any comes along, though it says that nothing was skipped.
# For us:  duties leave as events of a day that say AVLYST in their words when they are called off.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get todoman=4.1.0-1 calcurse=4.7.1-1
mkdir -p cal calcurse
task() { # NAME LINE...
	printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example.no//x//EN BEGIN:VTODO "UID:$1@example.no" \
		DTSTAMP:20260101T000000Z "SUMMARY:$1" "${@:2}" END:VTODO END:VCALENDAR >"cal/$1.ics"
}
task answer 'DUE;VALUE=DATE:20260302' STATUS:NEEDS-ACTION
task meeting 'DUE;VALUE=DATE:20260306' STATUS:CANCELLED
task follow-up 'DTSTART;VALUE=DATE:20260302' DURATION:P3D STATUS:NEEDS-ACTION
printf '%s\n' "path = '$tmp/cal*'" "cache_path = '$tmp/cache.db'" "date_format = '%Y-%m-%d'" "time_format = '%H:%M'" >config.py
todoman() {
	PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -m todoman --config config.py --porcelain list --status ANY |
		python3 -c '
import datetime, json, sys
for t in json.load(sys.stdin):
    if t["summary"] == sys.argv[1]:
        due = t["due"] and datetime.datetime.fromtimestamp(t["due"], datetime.timezone.utc).date()
        print("done" if t["completed"] else "open", due or "no day")' "$1"
}
seen 'todoman: due on a day' 'open 2026-03-02' "$(todoman answer)"
seen 'todoman: called off' 'done 2026-03-06' "$(todoman meeting)"
seen 'todoman: from 2 March, three days' 'open no day' "$(todoman follow-up)"
for name in answer meeting follow-up; do
	seen "calcurse: $name is taken in" '0 apps / 0 events / 1 todo / 0 skipped' "$(calcurse -D calcurse -C calcurse -i "cal/$name.ics" 2>&1 | tail -n 1)"
done
seen 'calcurse: what it keeps' '[0] answer [0] follow-up [0] meeting' "$(sort calcurse/todo | xargs)"
finish

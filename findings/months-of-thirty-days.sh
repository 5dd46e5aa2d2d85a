#!/usr/bin/env bash
# Six months from 1 January is 30 June, at one in the night, and the rent due on 31 January is due on the 28th ever after.
#
# Where:   Taskwarrior 2.6.2 (Debian 12), in the time of Oslo.
# Guess:   "+6mo" is the same day six months on, as a month is for what recurs; a task of the last of January that recurs
#          monthly is due on the last day of each month, or on the 31st.
# Seen:    in sums a month is 30 days and a year 365, and days are 24 hours: three months from 1 March are 30 May at 01:00, a
#          month from 31 January 2 March, a year from 1 March 2027 29 February. As a recurrence the same P1M is a month of
#          the calendar, counted from the task before: 31 January, 28 February, 28 March and so on; 29 February recurs on the
#          28th even in the next leap year.
# For us:  limits of time count days or months of the calendar from one fixed day, and what recurs is worked out from the first.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get taskwarrior=2.6.2+dfsg-1
export TZ=Europe/Oslo TASKRC=$tmp/rc TASKDATA=$tmp/tasks
mkdir tasks
echo 'confirmation=no' >rc
sum() { task rc.verbose=nothing calc "$1"; }
due() { # START RECUR COUNT: the first days on which it is due
	rm -rf tasks; mkdir tasks
	task rc.verbose=nothing add rent due:"$1" recur:"$2"
	task rc.verbose=nothing list >list.log 2>&1
	task rc.verbose=nothing rc.dateformat.report=Y-M-D rc.report.due.columns=due rc.report.due.labels=due rc.report.due.sort=due+ \
		rc.report.due.filter=status:pending rc.report.due.dateformat=Y-M-D due | awk 'NF == 1' | head -n "$3" | paste -sd ' '
}
seen '2026-01-01 + 6mo' 2026-06-30T01:00:00 "$(sum '2026-01-01 + 6mo')"
seen '2026-03-01 + 3mo' 2026-05-30T01:00:00 "$(sum '2026-03-01 + 3mo')"
seen '2026-01-31 + P1M' 2026-03-02T00:00:00 "$(sum '2026-01-31 + P1M')"
seen '2027-03-01 + 1y' 2028-02-29T00:00:00 "$(sum '2027-03-01 + 1y')"
seen 'monthly from 31 January' '2023-01-31 2023-02-28 2023-03-28 2023-04-28 2023-05-28' "$(due 2023-01-31 monthly 5)"
seen 'P1M from 31 January' '2023-01-31 2023-02-28 2023-03-28 2023-04-28 2023-05-28' "$(due 2023-01-31 P1M 5)"
seen 'yearly from 29 February' '2020-02-29 2021-02-28 2022-02-28 2023-02-28 2024-02-28' "$(due 2020-02-29 yearly 5)"
finish

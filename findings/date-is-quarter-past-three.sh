#!/usr/bin/env bash
# Asked in Norwegian when the move is, "15.12." is understood as twelve minutes past three this afternoon.
#
# Where:   dateparser 1.1.6 (Debian 12), with languages=['nb'], on what people write in the fields of a plan.
# Guess:   in Norwegian a day is written with a point: 15.12. is 15 December, as 15.12.2026 is. "Monday" in a plan lies
#          ahead, or is refused as too little. Words that are not understood are refused.
# Seen:    "15.12" and "15.12." are the time 15:12 of the day on which the program runs, "15/12" is 15 December. "mandag"
#          and "lørdag" are days that have passed. "desember 2026" is the day of today's number in that month. "om 14 dager"
#          is understood, "om to uker", "første mai 2026" and "1. sept 2026" are not.
# For us:  a field for a day takes a whole day with its year, and refuses anything else by its name: nothing is understood.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get python3-dateparser=1.1.6-1
when() {
	PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -W ignore -c "
import datetime, dateparser, sys
print(dateparser.parse(sys.argv[1], languages=['nb'], settings={'RELATIVE_BASE': datetime.datetime(2026, 3, 10, 12, 0)}))" "$1"
}
seen '15.12.2026' '2026-12-15 00:00:00' "$(when 15.12.2026)"
seen '15.12.' '2026-03-10 15:12:00' "$(when 15.12.)"
seen '15.12' '2026-03-10 15:12:00' "$(when 15.12)"
seen '15/12' '2026-12-15 00:00:00' "$(when 15/12)"
seen 'mandag' '2026-03-09 00:00:00' "$(when mandag)"
seen 'lørdag' '2026-03-07 00:00:00' "$(when lørdag)"
seen 'desember 2026' '2026-12-10 00:00:00' "$(when 'desember 2026')"
seen 'om 14 dager' '2026-03-24 12:00:00' "$(when 'om 14 dager')"
seen 'om to uker' None "$(when 'om to uker')"
seen 'første mai 2026' None "$(when 'første mai 2026')"
seen '1. sept 2026' None "$(when '1. sept 2026')"
finish

#!/usr/bin/env bash
# The night watch from 22 to 6 lasts eight hours in two programs and seven in the third in March, nine in October; a watch from half past two is moved.
#
# Where:   hledger 1.25 and Ledger 3.3.0 (their timeclock files) and Timewarrior 1.4.3 (Debian 12), hours of staff in the time of Oslo, over
#          the nights on which summer time begins (28 March 2027) and ends (25 October 2026).
# Guess:   the times of a timeclock are those of the machine's zone, so that all say 7 and 9. What begins at 02:30 on the
#          night that has no such time is refused.
# Seen:    hledger and Ledger subtract what stands on the clock: 8 and 8. Timewarrior has 7
#          and 9, and moves 02:30 to 03:30 without a word, so a watch until 04:30 is one hour. Over both nights the sums are the
#          same 16, so the sum of a year does not show it. Of the repeated hour Timewarrior takes the first for an end (22:00 to
#          02:30 is 4.5 hours) and the second for a beginning: from 02:30 to 03:30 is one hour.
# For us:  a stay is counted in whole days; an account of hours that is brought along says which clock it is by.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get hledger=1.25-2+b5 ledger=3.3.0-3 timewarrior=1.4.3+ds.1-2
LD_LIBRARY_PATH=$root/usr/lib/ledger:$LD_LIBRARY_PATH
export TZ=Europe/Oslo HOME=$tmp TIMEWARRIORDB=$tmp/hours
mkdir hours
cat >night.timeclock <<'CLOCK'
i 2027/03/27 22:00:00 march
o 2027/03/28 06:00:00
i 2026/10/24 22:00:00 october
o 2026/10/25 06:00:00
CLOCK
counted() { sed -n "s/^ *\([0-9.]*h\) *$1\$/\1/p"; }
watch() { # FROM TO: hours and minutes by Timewarrior
	rm -rf hours/* && mkdir hours/data && : >hours/timewarrior.cfg
	timew track "$1" - "$2" watch 2>&1 | sed -n 's/^ *Total *//p'
}
began() { timew export | sed -n 's/.*"start":"\([^"]*\)".*/\1/p'; }
for month in march october; do
	seen "hledger, $month" 8.00h "$(hledger -f night.timeclock balance | counted $month)"
	seen "Ledger, $month" 8.00h "$(ledger -f night.timeclock balance | counted $month)"
done
seen 'Timewarrior, March' 7:00:00 "$(watch 2027-03-27T22:00 2027-03-28T06:00)"
seen 'Timewarrior, October' 9:00:00 "$(watch 2026-10-24T22:00 2026-10-25T06:00)"
seen 'Timewarrior, March, 02:30 to 04:30' 1:00:00 "$(watch 2027-03-28T02:30 2027-03-28T04:30)"
seen 'which begins, in UTC' 20270328T013000Z "$(began)"
seen 'Timewarrior, October, 22:00 to 02:30' 4:30:00 "$(watch 2026-10-24T22:00 2026-10-25T02:30)"
seen 'Timewarrior, October, 02:30 to 03:30' 1:00:00 "$(watch 2026-10-25T02:30 2026-10-25T03:30)"
finish

#!/usr/bin/env bash
# A nightly systemd timer between two and three does not run on the night summer time begins.
#
# Where:   systemd 252.39 (Debian 12), OnCalendar= in Europe/Oslo; asked of systemd-analyze calendar.
# Guess:   the job of 02:30 runs at 03:00 or 03:30 that night, as cron's does; an hourly job runs in both
#          hours between two and three when summer time ends.
# Seen:    it is left out: after 27 March 2027 comes 29 March. In October the repeated hour has no hourly
#          run, so two hours lie between two of them.
# For us:  the shipped timers and cron lines are at four; a timer that must not miss a day stays away from
#          one to three, and Persistent= does not help, since the time never was.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get systemd=252.39-1~deb12u2 libsystemd-shared=252.39-1~deb12u2
LD_LIBRARY_PATH=$root/usr/lib/$(uname -m)-linux-gnu/systemd:$LD_LIBRARY_PATH
export TZ=Europe/Oslo
program=$(find "$root" -path '*bin/systemd-analyze')
runs() { # AFTER NUMBER TIME: the next runs
	"$program" calendar --base-time="$1" --iterations="$2" "$3" | sed -n 's/^ *\(Next elapse\|Iter[^:]*\): ... \([-0-9]*\) \(..:..\).*/\2 \3/p' | paste -sd,
}
seen '02:30, after 26 March 2027' '2027-03-27 02:30,2027-03-29 02:30' "$(runs '2027-03-26 12:00' 2 '*-*-* 02:30')"
seen '04:10, after 26 March 2027' '2027-03-27 04:10,2027-03-28 04:10' "$(runs '2027-03-26 12:00' 2 '*-*-* 04:10')"
seen '02:30, after 24 October 2026' '2026-10-25 02:30,2026-10-26 02:30' "$(runs '2026-10-24 12:00' 2 '*-*-* 02:30')"
seen 'hours in UTC, after 25 October 2026 01:30' '2026-10-25 00:00,2026-10-25 02:00' "$("$program" calendar --base-time='2026-10-25 01:30' --iterations=2 hourly | sed -n 's/^ *(in UTC): ... \([-0-9]*\) \(..:..\).*/\1 \2/p' | paste -sd,)"
finish

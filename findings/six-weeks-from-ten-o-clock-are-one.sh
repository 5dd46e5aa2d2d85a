#!/usr/bin/env bash
# Six weeks from ten o'clock on 1 March are one week, at five in the morning, and 14 days from then are the same evening; from 1 March without an hour all is right.
#
# Where:   date and touch of GNU coreutils 9.1, find -newermt of GNU findutils 4.9.0 (Debian 12), which scripts of reminders and deletions take
#          their days from, in the time of Oslo.
# Guess:   "+14 days" behind a day is fourteen days on, with an hour between them as without one.
# Seen:    a number with a sign behind an hour is that hour's zone: "2026-03-01 10:00 +14 days" is ten o'clock where clocks are 14 hours ahead, and the
#          word left over is one day on: 21:00 of 1 March. "+6 weeks" is one week and five hours less, "+3 months" one month, and
#          "-14 days" two days on instead of back. A blank behind the sign does not help. "+1 day" is right in a Norwegian winter, which is
#          one hour ahead, so that a try shows nothing. From 25 on it is an error. Without an hour, without the sign, with a zone
#          behind the hour, or with the days first it is as guessed. touch and find -newermt count the same.
# For us:  a limit is counted in whole days from a day, by programs that take the two apart; a script that needs an hour writes the days first.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get coreutils=9.1-1 findutils=4.9.0-4
at() { TZ=Europe/Oslo "$root/bin/date" -d "$1" '+%F %H:%M' 2>&1 | sed 's/.*invalid date.*/refused/'; }
seen '2026-03-01 +14 days' '2026-03-15 00:00' "$(at '2026-03-01 +14 days')"
seen '2026-03-01 10:00 +14 days' '2026-03-01 21:00' "$(at '2026-03-01 10:00 +14 days')"
seen '2026-03-01 10:00 + 14 days' '2026-03-01 21:00' "$(at '2026-03-01 10:00 + 14 days')"
seen '2026-03-01 10:00 +21 days' '2026-03-01 14:00' "$(at '2026-03-01 10:00 +21 days')"
seen '2026-03-01 10:00 +30 days' refused "$(at '2026-03-01 10:00 +30 days')"
seen '2026-03-01 10:00 +1 day' '2026-03-02 10:00' "$(at '2026-03-01 10:00 +1 day')"
seen '2026-07-01 10:00 +1 day' '2026-07-02 11:00' "$(at '2026-07-01 10:00 +1 day')"
seen '2026-03-01 10:00 +6 weeks' '2026-03-08 05:00' "$(at '2026-03-01 10:00 +6 weeks')"
seen '2026-03-01 10:00 +3 months' '2026-04-01 09:00' "$(at '2026-03-01 10:00 +3 months')"
seen '2026-03-01 10:00 -14 days' '2026-03-03 01:00' "$(at '2026-03-01 10:00 -14 days')"
seen '2026-03-01 10:00 14 days' '2026-03-15 10:00' "$(at '2026-03-01 10:00 14 days')"
seen '2026-03-01 10:00 CET +14 days' '2026-03-15 10:00' "$(at '2026-03-01 10:00 CET +14 days')"
seen '+14 days 2026-03-01 10:00' '2026-03-15 10:00' "$(at '+14 days 2026-03-01 10:00')"
TZ=Europe/Oslo "$root/bin/touch" -d '2026-03-01 10:00 +14 days' letter
seen 'touch: +14 days' '2026-03-01 21:00' "$(TZ=Europe/Oslo "$root/bin/date" -r letter '+%F %H:%M')"
TZ=Europe/Oslo "$root/bin/touch" -d '2026-03-05' answer
seen 'find -newermt: 5 March is after 1 March +14 days' ./answer "$(TZ=Europe/Oslo "$root/usr/bin/find" . -maxdepth 1 -name answer -newermt '2026-03-01 10:00 +14 days')"
finish

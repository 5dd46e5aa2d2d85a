#!/usr/bin/env bash
# A house that opens in 2026-01 opens on 31 December 2025, and day 366 of 2026 is New Year's Day of 2027.
#
# Where:   SWI-Prolog 9.0.4 (Debian 12), parse_time of library(date), documented for ISO 8601: what programs of rules read days by.
# Guess:   a month without a day is its first day, or is refused; so are 30 February, week 53 of a year with 52 and day
#          366 of one with 365.
# Seen:    2026-03 is 28 February, 2026-01 the last day of 2025: the day that is not said counts as day 0. A year alone, and a
#          week with a hyphen, are refused, the week without it is its Monday. 2026-02-30 is 2 March, 2025-W53-1 is 29 December,
#          the first day of 2026-W01, 2026-366 is 1 January 2027. The thirteenth month, week 60 and 25 o'clock are refused.
# For us:  a day is read by one function that gives it back as it stands or refuses it; a month alone stays a month.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get swi-prolog-nox=9.0.4+dfsg-2
[[ -d $root/usr/lib/swi-prolog ]] && export SWI_HOME_DIR=$root/usr/lib/swi-prolog
cat >days.pl <<'PROLOG'
:- use_module(library(date)).
day(Text, Day) :- parse_time(Text, iso_8601, Stamp), !, format_time(atom(Day), '%F', Stamp).
day(_, refused).
main :- current_prolog_flag(argv, [Text|_]), day(Text, Day), writeln(Day).
PROLOG
while read -r text expected; do seen "$text" "$expected" "$(swipl -q -g main -t halt days.pl -- "$text" 2>/dev/null)"; done <<'DAYS'
2026-03 2026-02-28
2026-01 2025-12-31
2028-03 2028-02-29
2026 refused
2026-W48 refused
2026W48 2026-11-23
2026-03-01 2026-03-01
2026-02-30 2026-03-02
2025-W53-1 2025-12-29
2026-366 2027-01-01
2026-13-01 refused
2026-W60-1 refused
DAYS
finish

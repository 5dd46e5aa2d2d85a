#!/usr/bin/env bash
# Of whom the age is declared unknown (-9) is a child by RECODE, an adult by IF, neither by COMPUTE; 999 is past 67, and counted as known.
#
# Where:   PSPP 1.6.2 (Debian 12), one column of ages with -9 and 999 declared by MISSING VALUES, in the ways there are to say
#          who is under 18.
# Guess:   a value that is declared missing is missing to every command, as it is to FREQUENCIES and means; no group gets it.
# Seen:    RECODE and COUNT take -9 and 999 as numbers: LO THRU 17 and 67 THRU HI have them, and LO THRU HI counts all as known
#          but the empty one. IF does nothing, so whoever began as 0 stays an adult; with ELSE of RECODE so does the
#          empty one. COMPUTE minor = age < 18, and DO IF with its ELSE, leave it open. In MAX(age, 60) the unknown is 60. Only
#          MISSING before the ranges keeps it out: after them it comes too late.
# For us:  a figure that is not known is an empty cell, never a number of its own, and each rule says what it does then.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get pspp=1.6.2-2
LD_LIBRARY_PATH=$root/usr/lib/$(uname -m)-linux-gnu/pspp:$LD_LIBRARY_PATH
cat >ages.sps <<'SPS'
DATA LIST LIST NOTABLE /age (F4).
BEGIN DATA
16
40
70
-9
999
.
END DATA.
MISSING VALUES age (-9, 999).
RECODE age (LO THRU 17=1) (18 THRU 66=2) (67 THRU HI=3) INTO three.
RECODE age (LO THRU 17=1) (67 THRU HI=3) (MISSING=9) (ELSE=2) INTO after.
RECODE age (MISSING=9) (LO THRU 17=1) (67 THRU HI=3) (ELSE=2) INTO before.
RECODE age (LO THRU 17=1) (ELSE=0) INTO other.
COMPUTE computed = age < 18.
COMPUTE by_if = 0.
IF (age < 18) by_if = 1.
DO IF age < 18.
COMPUTE by_doif = 1.
ELSE.
COMPUTE by_doif = 0.
END IF.
COUNT known = age (LO THRU HI).
COMPUTE greater = MAX(age, 60).
FORMATS three TO greater (F4).
LIST.
FREQUENCIES age /FORMAT=NOTABLE /STATISTICS=MEAN.
SPS
pspp ages.sps >ages.txt
column() { # NAME: its values, in the order of the ages
	awk -F'|' -v name="$1" '
		$2 ~ /age/ { for (i = 2; i < NF; i++) if ($i ~ "^ *" name " *$") column = i }
		column && $2 ~ /^ *(-?[0-9]+|\.) *$/ { gsub(/ /, "", $column); printf "%s ", $column }
		column && /^$/ { exit }' ages.txt | xargs
}
while read -r name expected; do seen "$name" "$expected" "$(column "$name")"; done <<'COLUMNS'
age 16 40 70 -9 999 .
three 1 2 3 1 3 .
after 1 2 3 1 3 9
before 1 2 3 9 9 9
other 1 0 0 1 0 0
computed 1 0 0 . . .
by_if 1 0 0 0 0 0
by_doif 1 0 0 . . .
known 1 1 1 1 1 0
greater 60 60 70 60 60 60
COLUMNS
seen 'FREQUENCIES: mean of the ages that are known' 42.00 "$(sed -nE 's/^\|Mean *\| *([0-9.]+)\|$/\1/p' ages.txt)"
finish

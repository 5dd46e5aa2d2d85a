#!/usr/bin/env bash
# Whose age is marked as not known is in the youngest group, and who is 17 and a half in none, where ages are put in groups.
#
# Where:   PSPP 1.6.2 (Debian 12), RECODE in the language of SPSS.
# Guess:   a number that MISSING VALUES declares as "not known" takes no part in what is worked out from it, in a range no
#          more than in a comparison; LO THRU 17 and 18 THRU HI are all there is.
# Seen:    LO means the lowest number there is, so -1 ("not known") is in LO THRU 17, while the same person's "age < 18" is
#          missing; declared as 99 it is in the oldest group instead. 17.5 is in neither range and has no group, without a
#          word; ELSE takes 17.5 in, and an empty cell, too. A count of the groups has another total than the persons'.
# For us:  a report counts those of whom the age is not known as a group of its own, and its groups add up to all persons.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get pspp=1.6.2-2
LD_LIBRARY_PATH+=:$root/usr/lib/$(uname -m)-linux-gnu/pspp:/usr/lib/$(uname -m)-linux-gnu/pspp
ages() { # NOT-KNOWN COMPUTATION: the new number of each person, of the ages 17, 17.5, 18, NOT-KNOWN and none
	cat >ages.sps <<SPS
DATA LIST LIST NOTABLE /age.
BEGIN DATA
17
17.5
18
$1
.
END DATA.
MISSING VALUES age ($1).
$2
FORMATS new (F1.0).
PRINT /new.
EXECUTE.
SPS
	pspp ages.sps -o - -O format=txt 2>&1 | awk 'NF == 1' | paste -sd ' '
}
range='RECODE age (LO THRU 17 = 1) (18 THRU HI = 2) INTO new.'
seen 'groups, not known is -1' '1 . 2 1 .' "$(ages -1 "$range")"
seen 'groups, not known is 99' '1 . 2 2 .' "$(ages 99 "$range")"
seen 'below 18, not known is -1' '1 1 0 . .' "$(ages -1 'COMPUTE new = age < 18.')"
seen 'with ELSE for the older' '1 2 2 1 2' "$(ages -1 'RECODE age (LO THRU 17 = 1) (ELSE = 2) INTO new.')"
seen 'with MISSING first' '1 . 2 9 9' "$(ages -1 "${range/age/age (MISSING = 9)}")"
finish

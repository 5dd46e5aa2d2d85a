#!/usr/bin/env bash
# Who was born in 2008 was born today at eight minutes past eight, who has no age is a minor, and the mean age of 17 and 40 is 19.
#
# Where:   GNU recutils 1.9 (Debian 12), which keeps small registers as plain text with types, checks them (recfix) and asks them (recsel).
# Guess:   a bare year is no date, or stands for its first day; a day as Norwegians write it is a date or is refused, and 03/04/2026
#          too; a person without an age is in no group of ages and in no mean.
# Seen:    for the type date recfix takes 2008 and refuses 1967 and 28.11.2008, since four digits are a time of today: 2008 is
#          20:08. So who was born in 2008 is younger than everybody with a whole date. An empty date is midnight today, and
#          03/04/2026 the fourth of March. A field that is not there is 0 in a comparison: Age < 18 and Age = 0 hold,
#          and sorting puts it first. The sum leaves it out and the mean divides by all: 17 and 40 and nobody's are 57 / 3 = 19.
#          Where a field stands twice, "= lift" and "!= lift" both hold.
# For us:  a field has its type from the profile, "not known" is neither 0 nor a day, and a figure says how many it is of.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get recutils=1.9-2
LD_LIBRARY_PATH=$root/usr/lib/recutils:$LD_LIBRARY_PATH
is_date() { printf '%%rec: Person\n%%type: Born date\n\nBorn: %s\n' "$1" >born.rec; if recfix --check born.rec >/dev/null 2>&1; then echo yes; else echo no; fi; }
born() { printf 'Born: %s\n' "$1" | recsel -c -e "$2"; }
cat >persons.rec <<'REC'
Name: Anne
Age: 17
Need: lift
Need: bath

Name: Lin
Need: bath

Name: Bo
Age: 40
REC
who() { recsel -e "$1" -P Name persons.rec | grep . | paste -sd' '; }
seen 'a date: 2008' yes "$(is_date 2008)"
seen 'a date: 1967' no "$(is_date 1967)"
seen 'a date: 28.11.2008' no "$(is_date 28.11.2008)"
seen '2008, after yesterday' 1 "$(born 2008 "Born >> 'yesterday'")"
seen '2008, today at 20:08' 1 "$(born 2008 "Born == 'today 20:08'")"
seen '28 nov 2008, after yesterday' 0 "$(born '28 nov 2008' "Born >> 'yesterday'")"
seen 'no date, after yesterday' 1 "$(born '' "Born >> 'yesterday'")"
seen '03/04/2026 is 4 March' 1 "$(born 03/04/2026 "Born == '2026-03-04'")"
seen 'younger than 18' 'Anne Lin' "$(who 'Age < 18')"
seen 'age 0' Lin "$(who 'Age = 0')"
seen 'sum of ages' 57 "$(recsel -p 'Sum(Age)' persons.rec | sed 's/.*: //')"
seen 'mean of ages' 19 "$(recsel -p 'Avg(Age)' persons.rec | sed 's/.*: //')"
seen 'least age' 17 "$(recsel -p 'Min(Age)' persons.rec | sed 's/.*: //')"
seen 'by age' 'Lin Anne Bo' "$(recsel -S Age -P Name persons.rec | grep . | paste -sd' ')"
seen 'needs a lift' Anne "$(who "Need = 'lift'")"
seen 'needs something else than a lift' 'Anne Bo Lin' "$(who "Need != 'lift'" | tr ' ' '\n' | sort | paste -sd' ')"
finish

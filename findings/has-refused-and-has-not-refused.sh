#!/usr/bin/env bash
# Who refused with a capital "NEI" has refused and has not refused; whose age is not known is not 18 or older and not younger than 18.
#
# Where:   GDAL 3.6.2 (Debian 12, ogr2ogr), choosing rows of a table by OGR SQL (also -where, and what programs of maps hand to it) and by
#          its other dialect, SQLite.
# Guess:   as in SQL: text is equal when it is the same letters in the same case, what is empty is in neither of A and NOT A, and the two
#          dialects agree.
# Seen:    OGR SQL takes 'nei' and 'NEI' for equal, but not 'ø' and 'Ø', so that Bo and bo are one name and Øse and øse two;
#          case ids aB1 and ab1 are one. DISTINCT keeps them apart. An empty age is in no comparison, but NOT turns that into yes:
#          NOT (age < 18) and NOT (age >= 18) both have the person, and "age <> 17" has not. In the SQLite dialect a bare
#          comparison is handed down and answered the OGR way, any other way of asking is SQLite's: = 'nei' finds NEI, and so
#          does NOT ... = 'nei', so that the two lists, given to two persons of staff, share somebody.
# For us:  a rule says what it does with "not known", and lists that should share nobody are compared by id.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get gdal-bin=3.6.2+dfsg-1+b2 gdal-data=3.6.2+dfsg-1
export GDAL_DATA=$root/usr/share/gdal
LD_LIBRARY_PATH=$LD_LIBRARY_PATH:$root/usr/lib/$(uname -m)-linux-gnu/blas:$root/usr/lib/$(uname -m)-linux-gnu/lapack
cat >persons.csv <<'CSV'
id,name,consent,age
aB1,Bo,ja,17
ab1,bo,nei,18
c3,Øse,,
d4,øse,NEI,40
CSV
echo '"String","String","String","Integer"' >persons.csvt
chosen() { ogr2ogr -f CSV /vsistdout/ persons.csv -sql "SELECT id FROM persons WHERE $1" -dialect "$2" 2>/dev/null | tail -n +2 | tr -d '"' | paste -sd' '; }
seen 'OGR: id is ab1' 'aB1 ab1' "$(chosen "id = 'ab1'" OGRSQL)"
seen 'OGR: name is bo' 'aB1 ab1' "$(chosen "name = 'bo'" OGRSQL)"
seen 'OGR: name is øse' d4 "$(chosen "name = 'øse'" OGRSQL)"
seen 'OGR: names that differ' 4 "$(ogr2ogr -f CSV /vsistdout/ persons.csv -sql 'SELECT DISTINCT name FROM persons' | tail -n +2 | wc -l)"
seen 'OGR: has refused' 'ab1 d4' "$(chosen "consent = 'nei'" OGRSQL)"
seen 'OGR: under 18' aB1 "$(chosen 'age < 18' OGRSQL)"
seen 'OGR: not under 18' 'ab1 c3 d4' "$(chosen 'NOT (age < 18)' OGRSQL)"
seen 'OGR: not 18 or older' 'aB1 c3' "$(chosen 'NOT (age >= 18)' OGRSQL)"
seen 'OGR: another age than 17' 'ab1 d4' "$(chosen 'age <> 17' OGRSQL)"
seen 'SQLite: not under 18' 'ab1 d4' "$(chosen 'NOT (age < 18)' SQLite)"
seen 'SQLite: has refused' 'ab1 d4' "$(chosen "consent = 'nei'" SQLite)"
seen 'SQLite: has not refused' 'aB1 c3 d4' "$(chosen "NOT (consent = 'nei')" SQLite)"
finish

#!/usr/bin/env bash
# A date in one column makes the whole table imaginary, in which -6 hours are more than 3; a wait that is not known is 0 days, and 1,5 jobs are 15.
#
# Where:   GNU Octave 7.3.0 (Debian 12): csvread, dlmread and str2double, and datenum for days.
# Guess:   what is no number in a table of numbers is NaN or an error, an empty cell too; numbers with a comma are refused. 31 February
#          and 13/02/2026 are refused, or 03/02/2026 is read the same way as the latter would be.
# Seen:    2026-03-01 is read as 2026 - 3i, a complex number, and then the table is complex. max and sort of it go by the distance
#          from 0, in the other columns as well: of -6, 3 and 0 hours -6 is the largest and the last. A column that is taken out
#          alone is real again, and right. Empty cells and words are 0 days of waiting, which count in each mean; NaN is kept.
#          str2double takes a comma out: "1,5" is 15; and "12 i", a house with a space, is 12i. 2026-02-31 is 3 March;
#          03/02/2026 is 2 March and 13/02/2026 an error.
# For us:  tables for such programs have numbers only, dates are days since a day that is said, and "not known" is left out as a row or
#          is written NaN, which is read as it should be.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get octave=7.3.0-2
lib=$root/usr/lib/$(uname -m)-linux-gnu
export OCTAVE_HOME=$root/usr HOME=$tmp
LD_LIBRARY_PATH=$lib/octave/7.3.0:$lib/blas:$lib/lapack:$LD_LIBRARY_PATH
printf '%s\n' 14,-6 ,3 61,0 ukjent,1 >days.csv
printf '%s\n' -6,1 3,2 0,3 >hours.csv
printf '%s\n' -6,1 3,2026-03-01 0,3 >dated.csv
printf '%s\n' 14,1 NaN,1 61,1 >nan.csv
octave() { octave-cli --no-init-file --no-site-file --no-history -qf --eval "$1" 2>/dev/null | xargs; }
seen 'waits of 14, none, 61 and a word' '14 0 61 0' "$(octave "t = csvread('days.csv'); printf('%g ', t(:, 1))")"
seen 'their mean' 18.75 "$(octave "t = csvread('days.csv'); printf('%g', mean(t(:, 1)))")"
seen 'with NaN written' '14 NaN 61' "$(octave "t = csvread('nan.csv'); printf('%g ', t(:, 1))")"
seen 'a date' '2026-3i' "$(octave "t = csvread('dated.csv'); disp(t(2, 2))" | tr -d ' ')"
seen 'largest of -6, 3 and 0 hours' 3 "$(octave "printf('%g', real(max(csvread('hours.csv')))(1))")"
seen 'largest, a date in the other column' -6 "$(octave "printf('%g', real(max(csvread('dated.csv')))(1))")"
seen 'in order' '-6 0 3' "$(octave "printf('%g ', real(sort(csvread('hours.csv')))(:, 1))")"
seen 'in order, a date in the other column' '0 3 -6' "$(octave "printf('%g ', real(sort(csvread('dated.csv')))(:, 1))")"
seen 'the column on its own' 3 "$(octave "t = csvread('dated.csv'); printf('%g', max(t(:, 1)))")"
seen '1,5' 15 "$(octave "disp(str2double('1,5'))")"
seen '12 i' '12i' "$(octave "printf('%gi', imag(str2double('12 i')))")"
seen '2026-02-31' '2026-03-03' "$(octave "disp(datestr(datenum('2026-02-31'), 29))")"
seen '03/02/2026' '2026-03-02' "$(octave "disp(datestr(datenum('03/02/2026'), 29))")"
seen '13/02/2026' '' "$(octave "disp(datestr(datenum('13/02/2026'), 29))")"
finish

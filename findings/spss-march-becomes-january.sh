#!/usr/bin/env bash
# 1 March in an SPSS file leaves PSPP as 03/01/2026, beside decimal commas, and R's older reader gives it as seconds.
#
# Where:   PSPP 1.6.2 (pspp, pspp-convert), R haven 2.5.1 and foreign 0.8.84 (Debian 12), on a .sav file with a day in
#          the format EDATE10, which SPSS and PSPP show as 01.03.2026. Districts' analysts keep surveys in such files.
# Guess:   pspp-convert writes the day as the file shows it, 01.03.2026, or as 2026-03-01; with --decimal=, and so
#          ";" between the cells, certainly not in the American order. R gives a Date by either package.
# Seen:    03/01/2026, with and without --decimal=,: a Norwegian reader takes it for 3 January, and no day up to the
#          twelfth shows the mistake. LIST in the same program shows 01.03.2026. haven gives 2026-03-01; foreign gives
#          13991702400, the seconds since 1582, without a word. An empty day is a blank, not an empty cell.
# For us:  the order of day and month is settled by a whole column, and said; a column that leaves it open is read
#          with the day first, and the doubt is told. From SPSS, write the day as text first, or use haven.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get pspp=1.6.2-2 r-cran-haven=2.5.1-1 r-cran-foreign=0.8.84-1
r_here
LD_LIBRARY_PATH=$root/usr/lib/$(uname -m)-linux-gnu/pspp:$LD_LIBRARY_PATH
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "$1"; }
cat >make.sps <<'S'
DATA LIST LIST /id (F2) typed (A10) sum (F8.1).
BEGIN DATA
1 "2026-03-01" 1024.5
2 "" 7
END DATA.
COMPUTE received = NUMBER(typed, SDATE10).
FORMATS received (EDATE10).
SAVE OUTFILE='survey.sav' /KEEP=id received sum.
LIST received.
S
seen 'LIST shows' 01.03.2026 "$(pspp make.sps | grep -o '0[0-9][./][0-9.]*2026')"
pspp-convert survey.sav plain.csv
seen 'pspp-convert' '1,03/01/2026,1024.5' "$(sed -n 2p plain.csv)"
pspp-convert --decimal=, survey.sav comma.csv
seen 'pspp-convert --decimal=,' '1;03/01/2026;1024,5' "$(sed -n 2p comma.csv)"
seen 'an empty day' '2, ,7' "$(sed -n 3p plain.csv)"
# shellcheck disable=SC2016 # R's own dollar signs
seen 'R haven' 2026-03-01 "$(r 'cat(format(haven::read_sav("survey.sav")$received[1]))')"
# shellcheck disable=SC2016
seen 'R foreign' 13991702400 "$(r 'cat(format(foreign::read.spss("survey.sav", to.data.frame = TRUE)$received[1]))')"
finish

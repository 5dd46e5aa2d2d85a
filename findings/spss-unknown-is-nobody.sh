#!/usr/bin/env bash
# "Not known" of an SPSS survey is a nine for one reader, for another it is nobody, and the count of it is zero.
#
# Where:   PSPP 1.6.2, R haven 2.5.1 and foreign 0.8.84 (Debian 12), on a .sav file in which 9 is labelled "Not known"
#          and declared missing, as survey institutes do.
# Guess:   the code and its label stay, and the reader is told that it counts as missing; all agree how many there are.
# Seen:    of four answers (2, 9, 9 and none), haven gives three of "no answer" and none of "Not known", although the
#          level "Not known" stands in the table, with 0; with user_na = TRUE the two are there, but mean() counts the
#          nine as an amount of substance use. foreign drops both and the level with them. pspp-convert writes 9, or with --recode a
#          blank, the same as for no answer; nothing tells that 9 is not an amount.
# For us:  not known is a value of its own in every list of codes and every count, and never the same as an empty cell
#          that nobody was asked about.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get pspp=1.6.2-2 r-cran-haven=2.5.1-1 r-cran-foreign=0.8.84-1
r_here
LD_LIBRARY_PATH=$root/usr/lib/$(uname -m)-linux-gnu/pspp:$LD_LIBRARY_PATH
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "x <- $1; $2" 2>&1; }
cat >make.sps <<'S'
DATA LIST LIST /use (F1).
BEGIN DATA
2
9
9
.
END DATA.
VALUE LABELS use 0 'None' 2 'Serious' 9 'Not known'.
MISSING VALUES use (9).
SAVE OUTFILE='survey.sav'.
S
pspp make.sps >pspp.log
# shellcheck disable=SC2016 # R's own dollar signs
count='t <- table(haven::as_factor(x$use), useNA = "always"); cat(t[["Not known"]], t[is.na(names(t))])'
# shellcheck disable=SC2016
mean='cat(mean(x$use, na.rm = TRUE))'
seen 'haven: "Not known", no answer' '0 3' "$(r 'haven::read_sav("survey.sav")' "$count")"
seen 'haven, user_na: "Not known", no answer' '2 1' "$(r 'haven::read_sav("survey.sav", user_na = TRUE)' "$count")"
seen 'haven, user_na: mean of what is known (2)' 6.666667 "$(r 'haven::read_sav("survey.sav", user_na = TRUE)' "$mean")"
# shellcheck disable=SC2016
seen 'foreign: its levels, no answer' 'None Serious 3' "$(r 'foreign::read.spss("survey.sav", to.data.frame = TRUE)' \
	'cat(levels(x$use), sum(is.na(x$use)))')"
pspp-convert survey.sav plain.csv
pspp-convert --recode survey.sav recode.csv
seen 'pspp-convert' '2|9|9| ' "$(sed 1d plain.csv | paste -sd '|')"
seen 'pspp-convert --recode' '2| | | ' "$(sed 1d recode.csv | paste -sd '|')"
finish

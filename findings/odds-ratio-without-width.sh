#!/usr/bin/env bash
# Twelve of whom nine keep the home against four of twelve: PSPP is certain of the ratio, has the risk wrong, and the chance.
#
# Where:   PSPP 1.6.2 (Debian 12), CROSSTABS with STATISTICS=RISK and CHISQ on tables of two by two, weighted by their counts;
#          beside it fisher.test of R 4.2.2.
# Guess:   an odds ratio of 6 from 24 persons has a wide interval; 75 % against 33 % is a relative risk of 2.25; Fisher's exact
#          test is exact, with two sides as with one.
# Seen:    "95% Confidence Interval" of the ratio is 6.00 to 6.00, and so for every table: its ends are the value itself. The
#          "cohort" risks are 0.95 and 1.08 where they are 2.25 and 0.38, so the better house looks like the worse one.
#          The test has one side right; its two sides are .056 where R has .100, .041 for .080, .001 for .003: where as many kept
#          as lost it, or the groups are as large, the mirrored table is left out. With 13 and 11 both have .217.
# For us:  whether a house helps is told by our own effect-report, a ratio with its exact interval; who has these tables from
#          PSPP should work them out elsewhere.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get pspp=1.6.2-2 r-base-core=4.2.2.20221110-2
r_here
LD_LIBRARY_PATH=$root/usr/lib/$(uname -m)-linux-gnu/pspp:$LD_LIBRARY_PATH

table() { # KEPT LOST KEPT LOST: what PSPP makes of it, in a file
	printf 'DATA LIST LIST NOTABLE /house kept persons (F4).\nBEGIN DATA\n' >table.sps
	printf '1 1 %s\n1 2 %s\n2 1 %s\n2 2 %s\n' "$@" >>table.sps
	printf 'END DATA.\nWEIGHT BY persons.\nCROSSTABS /TABLES house BY kept /STATISTICS=CHISQ RISK /CELLS NONE.\n' >>table.sps
	pspp table.sps >table.txt
}
cells() { awk -F'|' -v row="$1" 'index($0, row) { for (i = 3; i < NF; i++) if ($i ~ /[0-9]/) printf "%s ", $i }' table.txt | xargs; }
r_two_sides() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "cat(sprintf('%.3f', fisher.test(matrix(c($1, $2, $3, $4), 2))\$p.value))"; }

table 9 3 4 8
seen '9 of 12 against 4 of 12: odds ratio, interval' '6.00 6.00 6.00' "$(cells 'Odds Ratio')"
seen 'risk of keeping the home (2.25), interval' '.95 .95 .95' "$(cells 'For cohort kept =    1')"
seen 'risk of losing it (0.38), interval' '1.08 1.08 1.08' "$(cells 'For cohort kept =    2')"
while read -r a b c d pspp r; do
	table "$a" "$b" "$c" "$d"
	seen "$a of $((a + b)) against $c of $((c + d)): PSPP, two sides and one" "${pspp/,/ }" "$(cells "Fisher's Exact Test")"
	seen "$a of $((a + b)) against $c of $((c + d)): R, two sides" "$r" "$(r_two_sides "$a" "$b" "$c" "$d")"
done <<'TABLES'
9 3 4 8 .056,.050 0.100
5 1 1 5 .041,.040 0.080
1 9 11 3 .001,.001 0.003
9 4 4 7 .217,.115 0.217
TABLES
finish

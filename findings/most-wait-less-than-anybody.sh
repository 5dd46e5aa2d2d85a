#!/usr/bin/env bash
# With weights below one, a quarter of those who wait have waited longer than three quarters of them, and all less than anybody has.
#
# Where:   PSPP 1.6.2 (FREQUENCIES and EXAMINE), R Hmisc 4.8-0 (wtd.quantile) and, beside them, survey 4.1-1 (svyquantile), all
#          Debian 12: quantiles of six waits of 3, 5, 5, 14, 20 and 61 days, each with the same weight, as a survey or a
#          follow-up gives persons weights that add up to less than there are persons.
# Guess:   a weight that all have alike changes no quantile, as it changes no mean; who defines quantiles otherwise differs a
#          little between the values beside it; a quantile lies between the smallest and the largest, and they rise.
# Seen:    without weights the 90th percentile is 40.5 days in FREQUENCIES and 61 in EXAMINE, of one program. With the weight 0.5
#          the median is 5, 14 and 14, with 0.1 it is 2.6, 61 and 61; FREQUENCIES has the first quartile above the median, and
#          with 0.1 all of them below the shortest wait, falling: 2.80, 2.60, 2.40, 2.28. The mean stays 18 all the while, and
#          nobody warns. survey has 5 with any weight, the lower one of the two in the middle.
# For us:  waits are told by the method of Kaplan and Meier, one person one count; who weights them elsewhere lets the
#          weights add up to the number of persons (Hmisc: normwt = TRUE).
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get pspp=1.6.2-2 r-base-core=4.2.2.20221110-2 r-cran-hmisc=4.8-0-1 r-cran-survey=4.1-1-1
r_here
LD_LIBRARY_PATH=$root/usr/lib/$(uname -m)-linux-gnu/pspp:$LD_LIBRARY_PATH

waits='3 5 5 14 20 61'
pspp_tells() { # WEIGHT: its output, in a file
	{
		printf 'DATA LIST LIST NOTABLE /days weight (F8.2).\nBEGIN DATA\n'
		for days in $waits; do echo "$days $1"; done
		printf 'END DATA.\nWEIGHT BY weight.\nFREQUENCIES days /FORMAT=NOTABLE /STATISTICS=MEAN /PERCENTILES=25 50 75 90.\n'
		printf 'EXAMINE days /PERCENTILES(25,50,75,90).\n'
	} >waits.sps
	pspp waits.sps >waits.txt
}
frequencies() { sed -nE 's/^\|(Percentiles)? *(25|50|75|90) *\| *([0-9.]+)\|$/\3/p' waits.txt | xargs; }
mean() { sed -nE 's/^\|Mean *\| *([0-9.]+)\|$/\1/p' waits.txt; }
examine() { sed -n 's/^|days Weighted Average|//p' waits.txt | tr '|' ' ' | xargs; }
cat >waits.R <<'R'
suppressMessages({ library(Hmisc); library(survey) })
x <- scan("waits", quiet = TRUE)
part <- c(.25, .5, .75, .9)
for (weight in c(1, .5, .1)) {
    w <- rep(weight, 6)
    cat(weight, "Hmisc", wtd.quantile(x, w, part), "\n")
    cat(weight, "normwt", wtd.quantile(x, w, part, normwt = TRUE), "\n")
    cat(weight, "survey", svyquantile(~x, svydesign(~1, weights = ~w, data = data.frame(x, w)), part, ci = FALSE)$x, "\n")
}
R
echo "$waits" >waits
"$R_HOME/bin/exec/R" --vanilla --no-echo -f waits.R >r.txt
r() { sed -n "s/^$1 $2 \(.*\) $/\1/p" r.txt; } # WEIGHT WHOSE
while IFS='|' read -r weight frequencies examine hmisc; do
	pspp_tells "$weight"
	seen "weight $weight: mean" 18.00 "$(mean)"
	seen "weight $weight: FREQUENCIES, 25, 50, 75, 90 %" "$frequencies" "$(frequencies)"
	seen "weight $weight: EXAMINE" "$examine" "$(examine)"
	seen "weight $weight: Hmisc" "$hmisc" "$(r "$weight" Hmisc)"
	seen "weight $weight: survey" '5 5 20 61' "$(r "$weight" survey)"
done <<'WEIGHTS'
1|5.00 9.50 18.50 40.50|4.50 9.50 30.25 61.00|5 9.5 18.5 40.5
0.5|9.50 5.00 17.00 18.80|4.00 14.00 61.00 61.00|9.5 14 37.5 51.6
0.1|2.80 2.60 2.40 2.28|14.00 61.00 61.00 61.00|61 61 61 61
WEIGHTS
seen 'weight 0.1: Hmisc, normwt = TRUE' '5 9.5 18.5 40.5' "$(r 0.1 normwt)"
finish

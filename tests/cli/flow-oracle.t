#!/usr/bin/env bash
# Figures of reports against R: its package survival reckons the same waits, curves and intervals from the same
# made panels, to the printed digit.
. "${0%/*}/tap.sh"

if ! Rscript -e 'library(survival)' 2>/dev/null; then
	ok 'R and its package survival are installed (scripts/check does it)' false
	finish
fi

# panel SEED N SPAN: a log of N cases, and the waits in it as another program counts them.
panel() {
	perl -e '
		use strict; use warnings; use Time::Local;
		my ($seed, $n, $span, $log, $waits) = @ARGV;
		srand $seed;
		sub iso { my @d = gmtime(timegm(0, 0, 0, 1, 0, 2026) + 86400 * shift); sprintf "%04d-%02d-%02d", $d[5] + 1900, $d[4] + 1, $d[3] }
		my $end = 300; # the day of the report, from 1 January 2026
		open my $l, ">", $log or die; open my $w, ">", $waits or die;
		print $l "case_id,date,type\n"; print $w "days,reached\n";
		for my $i (1 .. $n) {
			my $from = int rand 290;
			my $to = rand() < 0.8 ? $from + int(-$span * log(1 - rand())) : undef;
			my $left = rand() < 0.15 ? $from + int rand 100 : undef;
			my $id = "C-$i";
			print $l "$id,", iso($from), ",referral_received\n";
			print $l "$id,", iso($to), ",moved_in\n" if defined $to;
			print $l "$id,", iso($left), ",withdrawn\n" if defined $left;
			my ($t, $reached) = ($end, 0);
			($t, $reached) = ($left, 0) if defined $left && $left <= $t;
			($t, $reached) = ($to, 1) if defined $to && $to <= $t;
			print $w $t - $from, ",$reached\n";
		}' "$1" "$2" "$3" "$T/log.csv" "$T/waits.csv"
}
cat >"$T/survival.R" <<'END'
suppressPackageStartupMessages(library(survival))
at <- commandArgs(TRUE)
short <- function(x, digits) ifelse(is.finite(x), sub("\\.$", "", sub("0+$", "", formatC(x, digits = digits, format = "f"))), "")
d <- read.csv(at[1])
s <- survfit(Surv(days, reached) ~ 1, data = d)
q <- quantile(s, c(.25, .5, .75))
cat(short(c(q$quantile, q$lower[2], q$upper[2]), 1), sep = ",")
cat("\n")
keep <- s$n.event > 0
dead <- s$surv[keep] == 0
cat(paste(s$time[keep], s$n.risk[keep], s$n.event[keep], short(s$surv[keep], 4),
	ifelse(dead, "", short(s$lower[keep], 4)), ifelse(dead, "", short(s$upper[keep], 4)), sep = ","), sep = "\n")
END
pair=(--what=waits --whole --from=referral_received --to=moved_in)
for at in '1 40 20' '2 200 30' '3 11 60' '4 1000 15' '5 25 200' '6 400 90' '7 16 10' '8 64 40'; do
	# shellcheck disable=SC2086 # three words
	panel $at
	Rscript "$T/survival.R" "$T/waits.csv" >"$T/theirs" 2>"$T/err" || comment "$(<"$T/err")"
	day=--as-of=2026-10-28
	is "panel $at: quartiles, and the interval of the median" \
		"$(routine-report $day "${pair[@]}" "$T/log.csv" 2>/dev/null | sed 1d | cut -d, -f7-11)" "$(head -n 1 "$T/theirs")"
	is 'the curve: days, at risk, reached, share and its interval' \
		"$(routine-report $day "${pair[@]}" --what=curve "$T/log.csv" 2>/dev/null | awk -F, 'NR > 1 && $5 > 0 { print $3 "," $4 "," $5 "," $7 "," $8 "," $9 }')" \
		"$(sed 1d "$T/theirs")"
	shuf --random-source="$T/waits.csv" "$T/log.csv" | grep -v case_id >"$T/shuffled"
	ok 'in any order of the lines' cmp <(routine-report $day "${pair[@]}" "$T/log.csv" 2>/dev/null) \
		<({ head -n 1 "$T/log.csv"; cat "$T/shuffled"; } | routine-report $day "${pair[@]}" 2>/dev/null)
done
finish

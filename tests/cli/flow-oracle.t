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
		"$(routine-report $day "${pair[@]}" "$T/log.csv" 2>/dev/null | sed 1d | cut -d, -f8-12)" "$(head -n 1 "$T/theirs")"
	is 'the curve: days, at risk, reached, share and its interval' \
		"$(routine-report $day "${pair[@]}" --what=curve "$T/log.csv" 2>/dev/null | awk -F, 'NR > 1 && $5 > 0 { print $3 "," $4 "," $5 "," $7 "," $8 "," $9 }')" \
		"$(sed 1d "$T/theirs")"
	shuf --random-source="$T/waits.csv" "$T/log.csv" | grep -v case_id >"$T/shuffled"
	ok 'in any order of the lines' cmp <(routine-report $day "${pair[@]}" "$T/log.csv" 2>/dev/null) \
		<({ head -n 1 "$T/log.csv"; cat "$T/shuffled"; } | routine-report $day "${pair[@]}" 2>/dev/null)
done

# ---- before and after ----

cat >"$T/effect.R" <<'END'
at <- commandArgs(TRUE)
short <- function(x, digits) ifelse(is.finite(x), sub("\\.$", "", sub("(\\.[0-9]*?)0+$", "\\1", formatC(x, digits = digits, format = "f"), perl = TRUE)), "")
d <- read.csv(at[1])
for (i in seq_len(nrow(d))) with(d[i, ], {
	before <- poisson.test(before_count, before_days / 365.25)$conf.int
	after <- poisson.test(after_count, after_days / 365.25)$conf.int
	both <- if (before_count + after_count > 0) poisson.test(c(after_count, before_count), c(after_days, before_days)) else NULL
	cat(short(before, 2), short(after, 2), if (is.null(both)) c("", "", "") else short(c(both$estimate, both$conf.int), 3), sep = ",")
	cat("\n")
})
END
# Two persons, each a thousand days before and after; the counts are what is tried.
echo before_count,before_days,after_count,after_days >"$T/counts.csv"
echo case_id,date,type >"$T/homes.csv"
printf 'P-%s,2023-01-01,moved_into_home\n' 1 2 >>"$T/homes.csv"
for counts in '0 0' '1 0' '0 1' '3 3' '12 5' '40 41' '200 64' '7 90'; do
	read -r before after <<<"$counts"
	{
		echo case_id,date,episode
		for ((i = 0; i < before; i++)); do echo "P-$((1 + i % 2)),$(date -ud "2023-01-01 -$((1 + i % 999)) days" +%F),police"; done
		for ((i = 0; i < after; i++)); do echo "P-$((1 + i % 2)),$(date -ud "2023-01-01 +$((1 + i % 999)) days" +%F),police"; done
		echo P-1,2023-01-01,police # the day itself does not count
		echo P-3,2023-01-02,police # nobody who has moved in
	} >"$T/episodes-$before-$after.csv"
	echo "$before,2000,$after,2000" >>"$T/counts.csv"
	effect-report --as-of=2026-11-21 --span=P1000D --whole --events="$T/homes.csv" --episodes="$T/episodes-$before-$after.csv" 2>"$T/err" |
		awk -F, 'NR > 1 { print $6 "," $7 "," $11 "," $12 "," $13 "," $14 "," $15 }'
	like "$counts: who has not moved in is told of" "$(<"$T/err")" 'episode-elsewhere: .*: 1'
done >"$T/mixed"
grep '^ok\|^not\|^#' "$T/mixed"
is 'exact intervals of rates and ratios' "$(grep -v '^ok\|^not\|^#' "$T/mixed")" "$(Rscript "$T/effect.R" "$T/counts.csv")"
demo=(--as-of=2026-11-21 --events=share/demo/effect/events.csv --episodes=share/demo/effect/episodes.csv --sites=share/demo/effect/sites.csv --by=site --span=P4Y)
is 'the two figures that the source tells of: moves from 2.9 to none a year, police 68 per cent less' \
	"$(effect-report "${demo[@]}" | awk -F, '$1 == "F-1" && $2 ~ /move|police/ { print $2, $6, $11, $17 }' | sort)" \
	$'move 2.9 0 -100\npolice 2.5 0.8 -68'
like 'the table says what it cannot tell' "$(effect-report "${demo[@]}" | table-render --lang=en | xargs)" 'there is no group to compare with'
status 'a register keeps episodes' 0 register-init --key="$T/k" "$T/reg.db"
status 'puts them' 0 register-put --key="$T/k" "$T/reg.db" share/demo/effect/episodes.csv
status 'and the log' 0 register-put --key="$T/k" "$T/reg.db" share/demo/effect/events.csv
ok 'tells the same from them' cmp <(effect-report --as-of=2026-11-21 --span=P4Y --register="$T/reg.db") \
	<(effect-report "${demo[@]:0:3}" --span=P4Y)
status 'a case that is purged' 0 register-purge --key="$T/k" --id=E-1-01 --reason=x "$T/reg.db"
is 'takes its episodes with it' "$(register-get "$T/reg.db" episode | grep -c E-1-01)" 0

# ---- the demonstration answers, from a register ----

day=--as-of=2026-11-21
register-init --key="$T/d.key" "$T/demo.db"
for file in institutions.csv stays.csv cases.csv events.csv effect/episodes.csv effect/events.csv; do
	register-put --key="$T/d.key" "$T/demo.db" "share/demo/$file" 2>"$T/err" || comment "$file: $(<"$T/err")"
done
page() { # NAME PATTERN COMMAND...: the table of the command as a page
	"${@:3}" 2>"$T/err" >"$T/table.csv" || comment "$(<"$T/err")"
	table-render --format=html --lang=en "$T/table.csv" >"$T/page.html" 2>"$T/err" || comment "$(<"$T/err")"
	like "$1" "$(<"$T/page.html")" "$2"
}
# Waits in each district, as R has them.
perl -e '
	use strict; use warnings; use Time::Local;
	my ($cases, $events, $end) = @ARGV; my (%of, %day, %left);
	sub day { my ($y, $m, $d) = $_[0] =~ /(\d+)/g; return timegm(0, 0, 0, $d, $m - 1, $y) / 86400 }
	sub least { my ($at, $d) = @_; $$at = $d if !defined $$at || $d < $$at }
	open my $c, "<", $cases or die; <$c>;
	my %received;
	while (<$c>) { chomp; my ($id, $on, $where) = split /,/; $of{$id} = $where; $received{$id} = day($on) if $on }
	open my $e, "<", $events or die; my @log = map { chomp; [split /,/] } <$e>; shift @log;
	@log = grep { day($_->[1]) <= day($end) } @log;
	for (grep { $_->[2] eq "referral_received" } @log) { least(\$day{$_->[0]}{from}, day($_->[1])) }
	$day{$_}{from} //= $received{$_} for keys %received;
	for (@log) {
		my $w = $day{$_->[0]}; my $d = day($_->[1]);
		next if !$w || !defined $w->{from} || $d < $w->{from};
		least(\$w->{to}, $d) if $_->[2] eq "moved_in";
		least(\$w->{left}, $d) if $_->[2] =~ /^(withdrawn|closed)$/;
	}
	print "bydel,days,reached\n";
	for my $id (sort keys %day) {
		my ($from, $to, $left) = @{ $day{$id} }{qw(from to left)};
		next if !defined $from || $from > day($end);
		my $reached = defined $to && (!defined $left || $to <= $left) ? 1 : 0;
		my $until = $reached ? $to : $left // day($end);
		print join(",", $of{$id} // "", $until - $from, $reached), "\n";
	}' share/demo/cases.csv share/demo/events.csv 2026-11-21 >"$T/districts.csv"
cat >"$T/districts.R" <<'END'
suppressPackageStartupMessages(library(survival))
at <- commandArgs(TRUE)
short <- function(x) ifelse(is.finite(x), sub("\\.$", "", sub("0+$", "", formatC(x, digits = 1, format = "f"))), "")
d <- read.csv(at[1], colClasses = c(bydel = "character"))
for (b in sort(unique(d$bydel), method = "radix")) {
	one <- d[d$bydel == b, ]
	q <- quantile(survfit(Surv(days, reached) ~ 1, data = one), c(.25, .5, .75))
	cat(b, sum(one$reached), nrow(one), short(q$quantile), sep = ",")
	cat("\n")
}
END
is 'in each district of the demonstration, R has the same quartiles' \
	"$(routine-report $day --whole --what=waits --by=bydel --from=referral_received --to=moved_in --referrals=share/demo/cases.csv \
		share/demo/events.csv 2>/dev/null | awk -F, 'NR > 1 { print $3 "," $4 "," $8 "," $9 "," $10 "," $11 }' | sort)" \
	"$(Rscript "$T/districts.R" "$T/districts.csv" | sort)"

# Duties: counted from the list of deadlines, by district and by month; lateness by R.
deadline-list $day --all --referrals=share/demo/cases.csv share/demo/events.csv >"$T/all.csv" 2>"$T/err"
cat >"$T/duties.R" <<'END'
at <- commandArgs(TRUE)
d <- read.csv(at[1], colClasses = "character")
cases <- read.csv("share/demo/cases.csv", colClasses = "character")
steps <- read.csv("share/profiles/oslo/steps.csv", colClasses = "character")
d$last <- ifelse(d$due_working_day == "", d$due, d$due_working_day)
d <- d[d$step %in% steps$step[steps$passes != "ja"] & d$last != "" & d$last <= "2026-11-21" & d$status %in% c("done", "overdue", "missed"), ]
d$late <- as.numeric(d$late)
d$late[is.na(d$late)] <- 0
d$part <- ifelse(d$status != "done", 3, ifelse(d$late > 0, 2, 1))
d$group <- if (at[2] == "month") substr(d$last, 1, 7) else { b <- cases$bydel[match(d$case_id, cases$referral_id)]; ifelse(is.na(b), "", b) }
short <- function(x) sub("\\.0$", "", formatC(x, digits = 1, format = "f"))
for (k in split(d, paste(d$step, d$group))) {
	late <- k$late[k$part == 2]
	cat(k$step[1], k$group[1], tabulate(k$part, 3), nrow(k), if (length(late)) short(quantile(late, c(.5, .75), type = 2)) else c("", ""), sep = ",")
	cat("\n")
}
END
for by in bydel month; do
	is "duties in time, late and not done, by $by" \
		"$(routine-report $day --whole --by=$by --referrals=share/demo/cases.csv share/demo/events.csv 2>/dev/null |
			awk -F, -v OFS=, 'NR > 1 { print $NF, $(NF - 7), $(NF - 6), $(NF - 5), $(NF - 4), $(NF - 3), $(NF - 2), $(NF - 1) }' | sort)" \
		"$(Rscript "$T/duties.R" "$T/all.csv" $by | sort)"
done

page 'how long from referral to bed, in each district' 'Frogner.*' \
	routine-report $day --register="$T/demo.db" --what=waits --by=bydel --from=referral_received --to=moved_in
page 'which duties are late where' 'Done late' routine-report $day --register="$T/demo.db" --by=bydel
page 'what the house did for its residents' 'no group to compare with' \
	effect-report $day --register="$T/demo.db" --sites=share/demo/effect/sites.csv --by=site --span=P4Y
vacancy-list $day --register="$T/demo.db" >"$T/v.csv" 2>"$T/err"
page 'what five more places of the level mestring would do' 'More than chance' \
	flow-simulate --places="$T/v.csv" --stays=share/demo/stays.csv --arrivals=12 --add=I-09:5 --by=service_level share/demo/waiting.csv
register-put --key="$T/d.key" "$T/demo.db" share/demo/waiting.csv 2>"$T/err"
# The same by SimPy and R: what the level waits, as it is and with five places more.
rop-group share/demo/waiting.csv >"$T/grouped.csv" 2>"$T/err"
/usr/bin/python3 tests/cli/flow-places.py "$T/grouped.csv" "$T/v.csv" share/demo/stays.csv 2026-11-21 I-09:5 20 >"$T/theirs"
is 'SimPy answers' "$(cut -d, -f1,2 "$T/theirs")" $'as_is,wait_mean\nas_is,placed_a_year\nchanged,wait_mean\nchanged,placed_a_year'
flow-simulate --places="$T/v.csv" --stays=share/demo/stays.csv --arrivals=12 --add=I-09:5 --by=service_level share/demo/waiting.csv 2>"$T/err" |
	awk -F, '$1 == "mestring" && $2 != "difference" { print $2 "," $3 "," $4 }' >"$T/ours"
while IFS=, read -r scenario measure theirs error; do
	ours=$(grep "^$scenario,$measure," "$T/ours" | cut -d, -f3)
	ok "$scenario, $measure: $ours, and $theirs by SimPy, give or take $error" \
		awk -v a="$ours" -v b="$theirs" -v e="$error" 'BEGIN { exit !(a > 0 && (a - b) ^ 2 < (3 * e) ^ 2) }'
done <"$T/theirs"
ok 'and from the register' cmp <(flow-simulate --places="$T/v.csv" --register="$T/demo.db" --arrivals=12 --runs=3 2>/dev/null | wc -l) <(echo 6)

# ---- a simulation against SimPy ----

mkdir "$T/bench"
theirs=$(/usr/bin/python3 tests/bench/flow-simpy.py 2)
ours=$(
	dir=$T/bench bin=$BIN
	. tests/bench/flow.sh
	make_flow
	flow_runs=20
	flow_command one-thread
	"${command[@]}" 2>"$T/err" | awk -F, '$2 == "wait_mean" { print $3 }'
)
ok "the same model in SimPy has the same mean wait ($ours and $theirs days)" \
	awk -v a="$ours" -v b="$theirs" 'BEGIN { exit !(a > 0 && (a - b) ^ 2 < 0.15 ^ 2) }'
finish

#!/usr/bin/env bash
# The past foretold: a simulation knows the first half of a history, and the second half is held against it. The
# histories are made by scripts/make-demo-history, which shares nothing with the simulation.
. "${0%/*}/tap.sh"

day=2024-11-21 end=2026-11-21
foretell() { # FOLDER OPTION...
	flow-simulate --as-of=$day --institutions="$1/institutions.csv" --stays="$1/stays.csv" --from-today --doubts --days=730 \
		"${@:2}" "$1/referrals.csv" 2>"$T/err"
}
# What happened from one day to the other: the mean wait, how many waited, got a place in a year, and lived there.
happened() { # FOLDER
	perl -e '
		use strict; use warnings; use Time::Local;
		my ($folder, $from, $end) = @ARGV;
		sub day { my ($y, $m, $d) = split /-/, shift; return timegm(0, 0, 0, $d, $m - 1, $y) / 86400 }
		sub rows { open my $f, "<", "$folder/$_[0].csv" or die; <$f>; return map { chomp; [split /,/, $_, -1] } <$f> }
		sub within { my ($a, $b) = @_; $a = $from if $a < $from; $b = $end if $b > $end; return $b > $a ? $b - $a : 0 }
		$_ = day($_) for $from, $end;
		my ($waits, $placed, $waiting, $inside, %in) = (0, 0, 0, 0);
		for (grep { $_->[5] ne "declined" } rows("stays")) {
			my ($in, $out) = (day($_->[3]), $_->[4] ? day($_->[4]) : 1e9);
			$in{ $_->[1] } = $in;
			$inside += within($in, $out);
		}
		for (rows("referrals")) {
			my ($came, $in) = (day($_->[1]), $in{ $_->[0] } // 1e9);
			$waiting += within($came, $in);
			next if $in < $from || $in >= $end;
			$waits += $in - $came;
			$placed++;
		}
		my $days = $end - $from;
		printf "wait_mean,%.1f\nwaiting,%.1f\nplaced_a_year,%.1f\noccupied,%.1f\n",
			$waits / $placed, $waiting / $days, $placed / $days * 365.25, $inside / $days' "$1" $day $end
}

# ---- nothing of later is known ----

demo=share/demo/history
mkdir "$T/cut"
cp $demo/institutions.csv "$T/cut"
awk -F, -v day=$day 'NR == 1 || $2 <= day' $demo/referrals.csv >"$T/cut/referrals.csv"
awk -F, -v OFS=, -v day=$day 'NR == 1 { print; next } $4 > day { next }
	$5 > day { $5 = ""; $6 = "moved_in" } { print }' $demo/stays.csv >"$T/cut/stays.csv"
foretell $demo >"$T/whole.csv"
ok 'the files as they were then tell the same' cmp "$T/whole.csv" <(foretell "$T/cut")
ok 'in fact something was left out' test "$(wc -l <"$T/cut/referrals.csv")" -lt "$(wc -l <$demo/referrals.csv)"
register-init --key="$T/k" "$T/reg.db"
for file in institutions referrals stays; do
	status "$file go into a register" 0 register-put --key="$T/k" "$T/reg.db" $demo/$file.csv
done
flow-simulate --register="$T/reg.db" --as-of=$day --from-today --doubts --days=730 >"$T/register.csv" 2>"$T/err"
ok 'the register by itself tells the same' cmp "$T/whole.csv" "$T/register.csv"

# ---- what was said, and what happened ----

status 'a history is made' 0 scripts/make-demo-history "$T/again"
ok 'the one that is shipped' diff -r "$T/again" $demo
said=0 came=0
for ((seed = 1; seed <= 40; seed++)); do
	scripts/make-demo-history "$T/history" $seed
	foretell "$T/history" --runs=100 >"$T/said.csv"
	while IFS=, read -r measure value; do
		said=$((said + 1))
		if awk -F, -v m="$measure" -v v="$value" '$2 == m { exit !($4 <= v && v <= $5) }' "$T/said.csv"; then came=$((came + 1)); fi
	done < <(happened "$T/history")
done
is 'four figures of each' $said 160
comment "$came of $said lay in the band of nine in ten runs"
ok 'of bands of nine in ten, about nine in ten have what happened' test $came -ge 136 -a $came -le 156

status 'vacancies have a day of their own' 2 flow-simulate --places=$demo/institutions.csv --as-of=$day
status 'institutions need one' 2 flow-simulate --institutions=$demo/institutions.csv $demo/referrals.csv
finish

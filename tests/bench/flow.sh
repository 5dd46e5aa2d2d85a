# Sourced by scripts/bench: ten years of a city's waiting list, many times, and the same model in SimPy; reports
# over a million events.
# shellcheck shell=bash

flow_runs=1000
flow_simpy_runs=3

install_flow_peers() { need "${build_packages[@]}" python3-simpy; }

# Forty houses of 26 beds, eight at each of five service levels, which take everybody of their level; 100 referrals.
make_flow() {
	awk -v places="$dir/flow-institutions.csv" -v people="$dir/flow-people.csv" 'BEGIN {
		split("akutt mestring ressurs omsorg forsterket", level, " ")
		print "institution_id,name,owner,service_level,stay_types,capacity" >places
		for (i = 0; i < 40; i++)
			printf "H-%02d,House %d,kommunal,%s,lang,26\n", i, i, level[int(i / 8) + 1] >places
		print "referral_id,received,bydel,service_level,stay_type,urgency,consent" >people
		for (i = 0; i < 100; i++)
			printf "R-%03d,2026-01-%02d,0301%02d,%s,lang,%d,ja\n", i, i % 28 + 1, i % 15 + 1, level[i % 5 + 1], i % 3 + 1 >people
	}'
	"$bin/vacancy-list" --institutions="$dir/flow-institutions.csv" --as-of=2026-11-21 >"$dir/flow-places.csv" 2>"$dir/flow.err"
}

# A million events of 100,000 cases in ten years, ten each, and as many episodes.
make_flow_events() {
	perl -e '
		use strict; use warnings; no warnings "qw";
		my ($dir, $state, $cases) = ($ARGV[0], 7, 100_000);
		sub chance { $state = ($state * 1103515245 + 12345) % 2147483648; return int(($state >> 8) % $_[0]) }
		sub iso { my @d = gmtime(86400 * $_[0]); return sprintf "%04d-%02d-%02d", $d[5] + 1900, $d[4] + 1, $d[3] }
		sub table { open my $f, ">", "$dir/flow-$_[0].csv" or die; print $f "$_[1]\n"; return $f }
		my $events = table("events", "case_id,date,type,detail");
		my $homes = table("homes", "case_id,date,type");
		my $episodes = table("episodes", "case_id,date,episode,source");
		my $referrals = table("cases", "referral_id,received,bydel");
		for my $i (1 .. $cases) {
			my ($id, $day) = (sprintf("C-%06d", $i), 16801 + chance(3600));
			printf $referrals "$id,%s,0301%02d\n", iso($day), $i % 15 + 1;
			for my $type (qw(decision_made, place_accepted, moved_in, contact_named,institution assessment_started,
				cooperation_meeting, home_offered, move_out_meeting, moved_into_home, follow_up_meeting,)) {
				$day += 1 + chance(40);
				print $events "$id,", iso($day), ",$type\n";
				print $homes "$id,", iso($day), ",moved_into_home\n" if $type eq "moved_into_home,";
			}
			print $episodes "$id,", iso($day - 600 + chance(1200)), ",", (qw(police move admission))[chance(3)], ",x\n" for 1 .. 10;
		}' "$dir"
}

flow_command() { # WHO: sets command
	case $1 in
	ours) command=("$bin/flow-simulate" "--places=$dir/flow-places.csv" --arrivals=100 --stay=60 --declined=0 --days=3652
		--runs=$flow_runs --threads=2 "$dir/flow-people.csv") ;;
	one-thread) command=("$bin/flow-simulate" "--places=$dir/flow-places.csv" --arrivals=100 --stay=60 --declined=0 --days=3652
		--runs=$flow_runs --threads=1 "$dir/flow-people.csv") ;;
	crowded) command=("$bin/flow-simulate" "--places=$dir/flow-places.csv" --arrivals=100 --stay=90 --declined=10 --days=3652
		--runs=$flow_runs --threads=2 "$dir/flow-people.csv") ;;
	duties) command=("$bin/routine-report" --as-of=2026-11-21 "--referrals=$dir/flow-cases.csv" "$dir/flow-events.csv") ;;
	waits) command=("$bin/routine-report" --as-of=2026-11-21 --what=waits --by=bydel "--referrals=$dir/flow-cases.csv"
		"$dir/flow-events.csv") ;;
	effect) command=("$bin/effect-report" --as-of=2026-11-21 "--events=$dir/flow-homes.csv"
		"--episodes=$dir/flow-episodes.csv" "--referrals=$dir/flow-cases.csv" --by=bydel) ;;
	simpy) command=(/usr/bin/python3 "$src/flow-simpy.py" $flow_simpy_runs) ;;
	esac
}

measure_flow() {
	local round who command result
	: >"$dir/flow-runs.txt"
	make_flow
	make_flow_events
	for ((round = 0; round <= runs; round++)); do
		for who in ours one-thread crowded simpy duties waits effect; do
			flow_command $who
			result=$(timed "flow-$who" "$dir/flow-$who.out" "${command[@]}")
			if ((round > 0)); then printf '%s %s\n' $who "$result" >>"$dir/flow-runs.txt"; fi
		done
	done
	expect 'The figures do not depend on the number of threads' "$dir/flow-ours.out" "$dir/flow-one-thread.out"
	{
		facts <<<"SimPy $(dpkg-query -W -f '${Version}' python3-simpy)"
		cat "$dir/flow-runs.txt"
	} | awk -v ours=$flow_runs -v theirs=$flow_simpy_runs '
		function report(what, who) {
			printf "| %s | %.2f | %.2f | %.0f | %s |\n", what, median(who), least[who], peak[who] / 1024, median(who) < 1.5 ? "yes" : least[who] < 1.5 ? "in processor time" : "**no**"
		}
		function median(who,    n, i, j, t, v) {
			n = split(walls[who], v, " ")
			for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] + 0 < v[i] + 0) { t = v[i]; v[i] = v[j]; v[j] = t }
			return v[int((n + 1) / 2)]
		}
		$1 == "runs" || $1 == "machine" || $1 == "versions" { fact[$1] = substr($0, length($1) + 2); next }
		{ walls[$1] = walls[$1] " " $2; if ($3 > peak[$1]) peak[$1] = $3; if (!least[$1] || $4 < least[$1]) least[$1] = $4 }
		END {
			printf "Ten years of 40 houses and 100 people a week, matched every week. %s. %s. Median of %s.\n\n", fact["machine"], fact["versions"], fact["runs"]
			print "| program | tries | s | ms a try | peak MiB |\n|---|---|---|---|---|"
			printf "| `flow-simulate`, two threads | %d | %.2f | %.2f | %.0f |\n", ours, median("ours"), 1000 * median("ours") / ours, peak["ours"] / 1024
			printf "| `flow-simulate`, one thread | %d | %.2f | %.2f | %.0f |\n", ours, median("one-thread"), 1000 * median("one-thread") / ours, peak["one-thread"] / 1024
			printf "| `flow-simulate`, a quarter more people than there is room for, one offer in ten declined | %d | %.2f | %.2f | %.0f |\n", ours, median("crowded"), 1000 * median("crowded") / ours, peak["crowded"] / 1024
			printf "| SimPy | %d | %.2f | %.0f | %.0f |\n\n", theirs, median("simpy"), 1000 * median("simpy") / theirs, peak["simpy"] / 1024
			printf "A try takes %.0f times as long in SimPy as with one thread, %.0f times as with two. Promised: a thousand tries under 10 s and 128 MiB on two cores: %s.\n", \
				(median("simpy") / theirs) / (median("one-thread") / ours), (median("simpy") / theirs) / (median("ours") / ours), \
				median("ours") < 10 && peak["ours"] < 131072 ? "yes" : "**no**"
			printf "The least processor time, which says more on a busy machine: %.2f s for %d tries, %.2f s for the crowded city, %.3f s for one in SimPy: %.0f times as long.\n\n", \
				least["ours"], ours, least["crowded"], least["simpy"] / theirs, (least["simpy"] / theirs) / (least["ours"] / ours)
			printf "Reports over a million events of 100,000 cases; promised under 1.5 s.\n\n| report | s | least processor s | peak MiB | kept |\n|---|---|---|---|---|\n"
			report("`routine-report`, duties", "duties"); report("`routine-report --what=waits --by=bydel`", "waits"); report("`effect-report --by=bydel`, a million episodes", "effect")
		}' >"$dir/flow.md"
}

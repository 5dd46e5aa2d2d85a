# Sourced by scripts/bench: ten years of a city's waiting list, many times, and the same model in SimPy.
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

flow_command() { # WHO: sets command
	case $1 in
	ours) command=("$bin/flow-simulate" "--places=$dir/flow-places.csv" --arrivals=100 --stay=60 --declined=0 --days=3652
		--runs=$flow_runs --threads=2 "$dir/flow-people.csv") ;;
	one-thread) command=("$bin/flow-simulate" "--places=$dir/flow-places.csv" --arrivals=100 --stay=60 --declined=0 --days=3652
		--runs=$flow_runs --threads=1 "$dir/flow-people.csv") ;;
	simpy) command=(/usr/bin/python3 "$src/flow-simpy.py" $flow_simpy_runs) ;;
	esac
}

measure_flow() {
	local round who command result
	: >"$dir/flow-runs.txt"
	make_flow
	for ((round = 0; round <= runs; round++)); do
		for who in ours one-thread simpy; do
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
		function median(who,    n, i, j, t, v) {
			n = split(walls[who], v, " ")
			for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] + 0 < v[i] + 0) { t = v[i]; v[i] = v[j]; v[j] = t }
			return v[int((n + 1) / 2)]
		}
		$1 == "runs" || $1 == "machine" || $1 == "versions" { fact[$1] = substr($0, length($1) + 2); next }
		{ walls[$1] = walls[$1] " " $2; if ($3 > peak[$1]) peak[$1] = $3 }
		END {
			printf "Ten years of 40 houses and 100 people a week, matched every week. %s. %s. Median of %s.\n\n", fact["machine"], fact["versions"], fact["runs"]
			print "| program | tries | s | ms a try | peak MiB |\n|---|---|---|---|---|"
			printf "| `flow-simulate`, two threads | %d | %.2f | %.2f | %.0f |\n", ours, median("ours"), 1000 * median("ours") / ours, peak["ours"] / 1024
			printf "| `flow-simulate`, one thread | %d | %.2f | %.2f | %.0f |\n", ours, median("one-thread"), 1000 * median("one-thread") / ours, peak["one-thread"] / 1024
			printf "| SimPy | %d | %.2f | %.0f | %.0f |\n\n", theirs, median("simpy"), 1000 * median("simpy") / theirs, peak["simpy"] / 1024
			printf "A try takes %.0f times as long in SimPy as with one thread, %.0f times as with two. Promised: a thousand tries under 10 s and 128 MiB on two cores: %s.\n", \
				(median("simpy") / theirs) / (median("one-thread") / ours), (median("simpy") / theirs) / (median("ours") / ours), \
				median("ours") < 10 && peak["ours"] < 131072 ? "yes" : "**no**"
		}' >"$dir/flow.md"
}

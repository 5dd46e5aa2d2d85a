# Sourced by scripts/bench: matching, and LEMON's network simplex on the same graph, in turns.
# shellcheck shell=bash

institutions=1000
options=50
room_percent=90
sizes=(10000 100000 1000000)    # people
lemon_size=10000                # what is compared with LEMON
most_seconds=60                 # of one program; what takes longer is left out
lemon=no

have_lemon() {
	have "${CXX:-g++}" &&
		printf '#include <lemon/network_simplex.h>\n' | "${CXX:-g++}" -E -x c++ - >/dev/null 2>&1
}

install_match_peers() {
	local packages
	mapfile -t packages < <(lacking g++ g++)
	need "${build_packages[@]}" "${packages[@]}" liblemon-dev
}

build_match() {
	local libs
	[[ -e build/lib/libtransition.a && -e build/transition.pc ]] ||
		die 'there is no build/lib/libtransition.a'
	read -ra libs < <(sed -n 's/^Libs.private: *//p' build/transition.pc)
	"${CC:-cc}" -std=gnu17 -O3 -Ilib -o "$dir/match-graph" "$src/match-graph.c" \
		build/lib/libtransition.a "${libs[@]}"
	if have_lemon; then
		lemon=yes
		"${CXX:-g++}" -O3 -w -o "$dir/match-lemon" "$src/match-lemon.cpp"
	else
		say 'LEMON is left out: not installed'
	fi
}

# run_match PROGRAM SHAPE PEOPLE: adds lines "shape people name seconds placed first-wish" to match-runs.txt
run_match() {
	local rc=0
	if [[ ${too_slow["$1 $2 $3"]-} ]]; then return; fi
	timeout "$most_seconds" "$dir/$1" "$3" "$institutions" "$options" "$room_percent" "$2" \
		>"$dir/$1.out" || rc=$?
	if [[ $rc == 124 ]]; then
		say "$1 on $3 people, $2: not done in $most_seconds seconds, left out from now on"
		too_slow["$1 $2 $3"]=yes
		printf '%s %s %s-late %s 0 0\n' "$2" "$3" "$1" "$most_seconds" >>"$dir/match-runs.txt"
	elif [[ $rc != 0 ]]; then
		die "$1 failed with status $rc"
	elif ((round > 0)); then
		sed "s/^/$2 $3 /" "$dir/$1.out" >>"$dir/match-runs.txt"
	fi
}

run_matches() {
	local round shape size
	local -A too_slow
	say "one warm-up and $runs runs of matching"
	: >"$dir/match-runs.txt"
	for ((round = 0; round <= runs; round++)); do
		for shape in anywhere near; do
			for size in "${sizes[@]}"; do
				run_match match-graph "$shape" "$size"
				if [[ $size == "$lemon_size" && $lemon == yes ]]; then
					run_match match-lemon "$shape" "$size"
				fi
			done
		done
		say "round $round of $runs done"
	done
}

# placed SHAPE PEOPLE NAME...: the numbers placed by these, each once.
placed() {
	awk -v shape="$1" -v size="$2" -v names=" ${*:3} " \
		'$1 == shape && $2 == size && index(names, " " $3 " ") { print $5 }' "$dir/match-runs.txt" | sort -u
}

check_match() {
	local shape size
	: >"$dir/checks.txt"
	for shape in anywhere near; do
		for size in "${sizes[@]}"; do
			placed "$shape" "$size" place >"$dir/match-ours.txt"
			if [[ ! -s $dir/match-ours.txt ]]; then continue; fi
			placed "$shape" "$size" placed-first >"$dir/match-whole.txt"
			expect "$shape, $size people: with wishes as many are placed as without" \
				"$dir/match-ours.txt" "$dir/match-whole.txt"
			if [[ $size == "$lemon_size" && $lemon == yes ]]; then
				placed "$shape" "$size" lemon-place lemon-wishes >"$dir/match-lemon.txt"
				expect "$shape, $size people: LEMON places as many as we do" \
					"$dir/match-ours.txt" "$dir/match-lemon.txt"
			fi
		done
	done
}

match_versions() {
	if [[ $lemon == yes ]]; then
		echo "LEMON $(sed -n 's/^#define LEMON_VERSION "\(.*\)"/\1/p' /usr/include/lemon/config.h)"
		"${CXX:-g++}" --version | head -n 1
	fi
	"${CC:-cc}" --version | head -n 1
}

measure_match() {
	build_match
	run_matches
	check_match
	{
		facts < <(match_versions)
		printf 'institutions %s\n' "$institutions"
		printf 'options %s\n' "$options"
		printf 'room_percent %s\n' "$room_percent"
		printf 'most_seconds %s\n' "$most_seconds"
	} >"$dir/facts.txt"
	"$src/write-match" "$dir/facts.txt" "$dir/match-runs.txt" "$dir/checks.txt" >"$dir/match.md"
}

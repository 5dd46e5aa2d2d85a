# Sourced by scripts/bench: ours as they are beside ours as they were at another commit, in turns.
# shellcheck shell=bash

day=--as-of=2026-11-21

install_against_peers() {
	local packages
	mapfile -t packages < <(lacking sqlite3 sqlite3)
	need "${build_packages[@]}" "${packages[@]}"
}

# What both builds are given. The short form has fewer of everything.
make_against_data() {
	cases=$((rows / 10)) # as in documents.sh
	people=$((rows / 10))
	institutions=$((rows < 100000 ? 100 : 1000))
	plans=$((rows < 100000 ? 20 : 200))
	folder=$dir/against-$rows
	mkdir -p "$folder"
	make_data "$rows"
	if is_work fused-4; then make_data $((4 * rows)); fi
	if is_work deadlines; then make_events; fi
	if is_work pdf; then make_plans; fi
	if is_work verify || is_work match || is_work marginal; then
		"$src/make-people" "$people" "$institutions" "$folder"
	fi
}

# is_work NAME: whether --work names it, or nothing.
is_work() { [[ -z $works || ,$works, == *",$1,"* ]]; }

# Of each build, what its own programs make for others to read.
prepare_build() { # NAME BIN
	rm -rf "${folder:?}/$1" && mkdir -p "$folder/$1"
	if is_work put || is_work get || is_work sqlite; then
		"$2/referral-import" "$dir/exports-$rows.csv" >"$folder/$1/records.csv" 2>/dev/null
	fi
	if ! is_work verify && ! is_work match && ! is_work marginal; then return; fi
	"$2/vacancy-list" $day --institutions="$folder/institutions.csv" >"$folder/$1/vacancies.csv"
	"$2/placement-match" --places="$folder/$1/vacancies.csv" --certificate="$folder/$1/certificate.json" \
		"$folder/waiting.csv" >"$folder/$1/placements.csv" 2>/dev/null
}

# Sets `command` to what is measured under a name, of the programs in $2, with the files in $3; false: no such peer.
against_command() {
	local at=$3 program
	case $1 in
	fused) command=("$2/needs-aggregate" "$dir/exports-$rows.csv") ;;
	fused-4) command=("$2/needs-aggregate" "$dir/exports-$((4 * rows)).csv") ;;
	pipe) command=("$2/referral-import" "$dir/exports-$rows.csv" :: "$2/rop-group" :: "$2/needs-aggregate" :: "$2/table-render") ;;
	import) command=("$2/referral-import" "$dir/exports-$rows.csv") ;;
	put) command=("$2/register-put" "$at/register.db" "$at/records.csv") ;;
	get) command=("$2/register-get" "$at/register.db" referral) ;;
	deadlines) command=("$2/deadline-list" $day "$dir/events-$cases.csv") ;;
	pdf) command=("$2/checklist-export" $day --format=pdf -o "$at/pdf/" "$dir/plans.jsonl") ;;
	verify)
		command=("$2/placement-verify" --places="$at/vacancies.csv" --certificate="$at/certificate.json"
			--referrals="$folder/waiting.csv" "$at/placements.csv")
		;;
	match) command=("$2/placement-match" --places="$at/vacancies.csv" "$folder/waiting.csv") ;;
	marginal) command=("$2/placement-match" --marginal --places="$at/vacancies.csv" "$folder/waiting.csv") ;;
	first) command=("$2/needs-aggregate" share/demo/exports/*.csv :: "$2/table-render") ;;
	help-*)
		program=${1#help-}
		[[ -x $2/$program ]] || return
		command=("$2/$program" --help)
		;;
	scan) command=("$dir/scan-only" ';' "$dir/exports-$rows.csv") ;;
	libcsv) command=("$dir/libcsv-parse" ';' "$dir/exports-$rows.csv") ;;
	sqlite) have sqlite3 && command=(sqlite3 "$at/sqlite.db" '.mode csv' ".import '$at/records.csv' t") ;;
	esac
}

# run_against NAME BUILD BIN: adds a line "name-build wall peak cpu status" to against-runs.txt
run_against() {
	local command result at=$folder/$2
	is_work "${1/#help-*/help}" || return 0
	against_command "$1" "$3" "$at" || return 0
	case $1 in
	put)
		rm -f "$at"/register.db*
		"$3/register-init" --key="$at/register.db.key" "$at/register.db" 2>/dev/null
		sync
		;;
	sqlite) rm -f "$at/sqlite.db" && sync ;;
	esac
	# Then no record was checked: now none is where there is no key.
	if [[ $1 == get ]]; then mv "$at/register.db.key" "$at/away.key"; fi
	result=$("$dir/run-timed" /dev/null "${command[@]}" 2>"$dir/against.err")
	if [[ $1 == get ]]; then mv "$at/away.key" "$at/register.db.key"; fi
	case ${result##* } in
	0 | 1) ;; # 1: some row has a fault, in both
	*) cat "$dir/against.err" >&2 && die "$1 of $2 failed with status ${result##* }" ;;
	esac
	if ((round > 0)); then printf '%s-%s %s\n' "$1" "$2" "$result" >>"$dir/against-runs.txt"; fi
}

measure_against() {
	local round name program people institutions folder old=$dir/$against/build/bin both=()
	make_against_data
	"${CC:-cc}" -O2 -Ilib -o "$dir/scan-only" "$src/scan-only.c" build/lib/libtransition.a
	"${CC:-cc}" -O2 -o "$dir/libcsv-parse" "$src/libcsv-parse.c" -lcsv
	prepare_build now "$bin"
	prepare_build then "$old"
	for program in "$bin"/*; do both+=("help-${program##*/}"); done
	both+=(fused fused-4 pipe import put get deadlines pdf verify match marginal first)
	say "one warm-up and $runs runs of both builds"
	: >"$dir/against-runs.txt"
	for ((round = 0; round <= runs; round++)); do
		for name in "${both[@]}"; do
			# Then it was one placing a place, which nobody waits for.
			if [[ $name != marginal ]]; then run_against "$name" then "$old"; fi
			run_against "$name" now "$bin"
		done
		for name in scan libcsv sqlite; do run_against $name now "$bin"; done
		say "round $round of $runs done"
	done
	{
		facts < <("$bin/needs-aggregate" --version | head -n 1 && "${CC:-cc}" --version | head -n 1)
		printf 'rows %s\npeople %s\ninstitutions %s\ncases %s\nplans %s\nagainst %s\n' \
			"$rows" "$people" "$institutions" "$cases" "$plans" "$against"
		printf 'load %s\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
	} >"$dir/facts.txt"
	"$src/write-against" "$dir/facts.txt" "$dir/against-runs.txt" >"$dir/against.md"
	rm -rf "$folder"
}

# Sourced by scripts/bench: plans of homes, of one city and of a country, their proofs, and the textbook model of the
# city given to solvers of integer programmes, in turns.
# shellcheck shell=bash

homes_districts=5000
homes_municipalities=350
homes_seconds=20 # of a solver and a type; what takes longer is left unproved
homes_types=(samlok_delvis_ordinaert samlok_delvis_skjermet samlok_doegn_skjermet)

install_homes_peers() {
	local packages
	mapfile -t packages < <(lacking cbc coinor-cbc glpsol glpk-utils)
	need "${build_packages[@]}" "${packages[@]}"
}

# Made-up needs of a country: the districts of a municipality may be joined.
make_homes() {
	awk -v districts=$homes_districts -v municipalities=$homes_municipalities -v types="${homes_types[*]}" \
		-v needs="$dir/homes-needs.csv" -v places="$dir/homes-districts.csv" '
		function random(n) { seed = (seed * 16807) % 2147483647; return seed % n }
		BEGIN {
			seed = 438
			n = split(types, type, " ")
			print "code,sector,municipality" >places
			print "bydel,housing_type,count" >needs
			for (d = 0; d < districts; d++) {
				m = int(d * municipalities / districts) + 1
				printf "%04d%04d,,%04d\n", m, d, m >places
				for (t = 1; t <= n; t++)
					printf "%04d%04d,%s,%d\n", m, d, type[t], random(random(30) + 1) >needs
			}
		}'
	for type in "${homes_types[@]}"; do
		"$src/write-homes-model" "$type" share/demo/needs-2022.csv >"$dir/homes-$type.lp"
	done
}

# Sets `command` to what is measured under a name; false when it is not there.
homes_command() {
	local large=(--join=any "--districts=$dir/homes-districts.csv")
	case $1 in
	city) command=("$bin/needs-plan" --join=any "--certificate=$dir/homes-city.proof" share/demo/needs-2022.csv) ;;
	city-verify)
		command=("$bin/plan-verify" "--certificate=$dir/homes-city.proof" --needs=share/demo/needs-2022.csv
			"$dir/homes-city.csv")
		;;
	country)
		command=(bash -c '"$@" || test $? = 1' x "$bin/needs-plan" "${large[@]}"
			"--certificate=$dir/homes-country.proof" "$dir/homes-needs.csv")
		;;
	country-verify)
		command=("$bin/plan-verify" "--districts=$dir/homes-districts.csv" "--certificate=$dir/homes-country.proof"
			"--needs=$dir/homes-needs.csv" "$dir/homes-country.csv")
		;;
	cbc | glpsol)
		have "$1" || return
		# shellcheck disable=SC2016 # for that bash
		command=(bash -c 'for type in "${@:4}"; do
			if [[ $1 == cbc ]]; then cbc "$3/homes-$type.lp" sec "$2" solve
			else glpsol --lp "$3/homes-$type.lp" --tmlim "$2"; fi || exit; done' x "$1" "$homes_seconds" "$dir" "${homes_types[@]}")
		;;
	esac
}

# run_homes NAME: adds a line "name wall peak cpu status" to homes-runs.txt
run_homes() {
	local result command
	homes_command "$1" || return 0
	result=$(timed "$1" "$dir/homes-$1.csv" "${command[@]}")
	if ((round > 0)); then printf '%s %s\n' "$1" "$result" >>"$dir/homes-runs.txt"; fi
}

homes_versions() {
	"$bin/needs-plan" --version | head -n 1
	if have cbc; then cbc -stop 2>/dev/null </dev/null | sed -n 's/^Version: */CBC /p' | head -n 1; fi
	if have glpsol; then glpsol --version | head -n 1 | grep -o 'GLPK.*'; fi
	"${CC:-cc}" --version | head -n 1
}

measure_homes() {
	local round name
	make_homes
	say "one warm-up and $runs runs of plans"
	: >"$dir/homes-runs.txt"
	for ((round = 0; round <= runs; round++)); do
		for name in city city-verify country country-verify cbc; do run_homes $name; done
		if ((round == 1)); then run_homes glpsol; fi
		say "round $round of $runs done"
	done
	: >"$dir/checks.txt"
	if have cbc; then
		sed -n 's/^Objective value: *\([0-9]*\).*/\1/p' "$dir/homes-cbc.csv" >"$dir/homes-theirs.txt"
		awk -F, 'NR > 1 { print $9 * 1000 + $10 }' "$dir/homes-city.proof" >"$dir/homes-ours.txt"
		expect 'cbc has as few persons outside their district, and sites, for every standard' \
			"$dir/homes-ours.txt" "$dir/homes-theirs.txt"
	fi
	{
		facts < <(homes_versions)
		printf 'districts %s\nmunicipalities %s\nseconds %s\n' $homes_districts $homes_municipalities $homes_seconds
	} >"$dir/facts.txt"
	"$src/write-homes" "$dir/facts.txt" "$dir/homes-runs.txt" "$dir/checks.txt" >"$dir/homes.md"
	rm -f "$dir"/homes-*.{lp,csv,proof,txt}
}

# Sourced by scripts/bench: our programs and their peers on the same export, in turns.
# shellcheck shell=bash

duckdb_package=@duckdb/node-api
duckdb_version=1.5.6-r.1
sqlite_runs=3    # it takes longer than all others together
names=()

have_libcsv() { printf '#include <csv.h>\n' | "${CC:-cc}" -E - >/dev/null 2>&1; }

have_duckdb() {
	have node && grep -qs "\"version\": \"$duckdb_version\"" \
		"$dir/node_modules/$duckdb_package/package.json"
}

install_table_peers() {
	local packages
	mapfile -t packages < <(lacking mlr miller mawk mawk sqlite3 sqlite3 node nodejs npm npm)
	need "${build_packages[@]}" "${packages[@]}"
	if ! have_duckdb; then
		say "installing $duckdb_package $duckdb_version in $dir"
		printf '{"private":true,"dependencies":{"%s":"%s"}}\n' \
			"$duckdb_package" "$duckdb_version" >"$dir/package.json"
		(cd "$dir" && npm install --no-audit --no-fund --loglevel=error >>install.log)
	fi
}

is_measured() { [[ " ${names[*]} " == *" $1 "* ]]; }

find_table_programs() {
	local peer
	if [[ -x $bin/needs-aggregate ]]; then
		names+=(fused pipe import import-pipe)
		if [[ $against ]]; then names+=(fused-then); fi
	else
		say "OURS ARE LEFT OUT: there is no $bin/needs-aggregate"
	fi
	if have_libcsv; then
		"${CC:-cc}" -O2 -o "$dir/libcsv-parse" "$src/libcsv-parse.c" -lcsv
		names+=(libcsv)
	fi
	if have_duckdb; then names+=(duckdb); fi
	if have mlr; then names+=(miller); fi
	if have mawk; then names+=(mawk); fi
	if have sqlite3; then names+=(sqlite); fi
	for peer in libcsv duckdb miller mawk sqlite; do
		is_measured "$peer" || say "$peer is left out: not installed"
	done
}

# make_data ROWS: leaves it in the page cache too.
make_data() {
	local file=$dir/exports-$1.csv
	if [[ ! -e $file || $src/make-exports -nt $file ]]; then
		say "making $1 rows"
		"$src/make-exports" "$1" >"$file.new"
		mv "$file.new" "$file"
	fi
	cat "$file" >/dev/null
}

# Sets `command` to what is measured under a name; `::` joins stages.
command_of() {
	# shellcheck disable=SC2016 # the dollars are for mawk
	case $1 in
	fused) command=("$bin/needs-aggregate" "$data") ;;
	fused-then) command=("$dir/$against/build/bin/needs-aggregate" "$data") ;;
	pipe) command=("$bin/referral-import" "$data" :: "$bin/rop-group" ::
		"$bin/needs-aggregate" :: "$bin/table-render") ;;
	import) command=("$bin/referral-import" "$data") ;;
	import-pipe) command=("$bin/referral-import" "$data" :: cat) ;;
	libcsv) command=("$dir/libcsv-parse" ';' "$data") ;;
	duckdb) command=(node "$src/duckdb-count.js" "$dir" "$data" "$bydel" "$path") ;;
	miller) command=(mlr --icsv --ifs ';' --ocsv count -g "$bydel,$path" "$data") ;;
	mawk) command=(mawk '-F;' 'NR > 1 { n[$3 "," $11]++ }
		END { print "bydel,path,count"; for (k in n) print k "," n[k] }' "$data") ;;
	sqlite) command=(sqlite3 :memory: '.mode csv' '.separator ";" "\n"'
		".import '$data' t" '.mode list' '.separator ","' '.headers on'
		"SELECT \"$bydel\", \"$path\", count(*) FROM t GROUP BY 1, 2;") ;;
	esac
}

# run NAME OUT: "wall peak cpu status" on standard output.
run() {
	local command
	command_of "$1"
	timed "$1" "$2" "${command[@]}"
}

# Writes runs.txt: a line "name wall peak cpu status" for each run.
run_table() {
	local data=$dir/exports-$rows.csv bydel path header round name out result query
	make_data "$rows"
	IFS=';' read -ra header <"$data"
	bydel=${header[2]}
	path=${header[10]}

	say "one warm-up and $runs runs of: ${names[*]}"
	: >"$dir/runs.txt"
	for ((round = 0; round <= runs; round++)); do
		for name in "${names[@]}"; do
			if [[ $name == sqlite ]] && ((round > sqlite_runs)); then continue; fi
			out=$dir/$name.out
			case $name in import*) out=/dev/null ;; esac
			result=$(run "$name" "$out")
			if ((round > 0)); then printf '%s %s\n' "$name" "$result" >>"$dir/runs.txt"; fi
			if ((round > 0)) && [[ $name == duckdb ]]; then
				read -r _ query <"$dir/duckdb.err"
				printf 'duckdb-query %s %s\n' "$query" "${result#* }" >>"$dir/runs.txt"
			fi
		done
		say "round $round of $runs done"
	done

	# Does the memory grow with the rows?
	if is_measured fused; then
		make_data $((4 * rows))
		data=$dir/exports-$((4 * rows)).csv
		result=$(run fused "$dir/fused-4.out")
		printf 'fused-4 %s\n' "$result" >>"$dir/runs.txt"
		if is_measured fused-then; then
			result=$(run fused-then "$dir/fused-then-4.out")
			printf 'fused-then-4 %s\n' "$result" >>"$dir/runs.txt"
		fi
	fi
}

counts() { tail -n +2 "$dir/$1.out" | tr -d '\r"' | sort >"$dir/$1.counts"; }

# Writes checks.txt: a sentence a line.
check_table() {
	local data=$dir/exports-$rows.csv truth='' name
	: >"$dir/checks.txt"
	for name in duckdb miller sqlite; do
		is_measured "$name" || continue
		counts "$name"
		if [[ $truth ]]; then
			expect "$name counts as $truth does" "$dir/$truth.counts" "$dir/$name.counts"
		fi
		truth=${truth:-$name}
	done
	if is_measured mawk; then
		counts mawk
		check "mawk takes a newline inside quotes for a row's end and counts" \
			"$(awk -F, -v rows="$rows" '{ n += $3 } END { print n - rows }' "$dir/mawk.counts")" \
			"rows too many: its time is that of a wrong answer."
	fi
	if ! is_measured fused; then return; fi
	if [[ $truth ]]; then
		awk -F, '{ n[$1] += $3 } END { for (k in n) print n[k] }' "$dir/$truth.counts" |
			sort -n >"$dir/truth.persons"
		awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "persons") at = i; next }
			$1 != "total" { print $at }' "$dir/fused.out" | sort -n >"$dir/fused.persons"
		expect "fused counts as many persons in each district as $truth" \
			"$dir/truth.persons" "$dir/fused.persons"
	fi
	"$bin/table-render" "$dir/fused.out" >"$dir/fused.table"
	expect 'the fused run and the pipe of four draw the same table' \
		"$dir/fused.table" "$dir/pipe.out"
	"$bin/referral-import" "$data" >"$dir/import-file.out" 2>/dev/null
	"$bin/referral-import" "$data" 2>/dev/null | cat >"$dir/import-pipe.out"
	expect 'referral-import writes the same bytes to a file and to a pipe' \
		"$dir/import-file.out" "$dir/import-pipe.out"
	if is_measured libcsv; then
		"$dir/libcsv-parse" , "$dir/import-file.out" | cut -d' ' -f1 >"$dir/import.rows" ||
			say 'referral-import writes what is no CSV'
		echo $((rows + 1)) >"$dir/expected.rows"
		expect "referral-import writes every one of the rows" \
			"$dir/expected.rows" "$dir/import.rows"
	fi
	rm -f "$dir/import-file.out" "$dir/import-pipe.out"
}

table_versions() {
	if is_measured fused; then "$bin/needs-aggregate" --version | head -n 1; fi
	if is_measured libcsv; then
		echo "libcsv $(printf '#include <csv.h>\nCSV_MAJOR.CSV_MINOR.CSV_RELEASE\n' |
			"${CC:-cc}" -E - | grep -v '^#' | tr -d '[:space:]' | tail -c 5)"
	fi
	if is_measured duckdb; then
		echo "DuckDB ($duckdb_package $duckdb_version)"
		echo "Node $(node --version)"
	fi
	if is_measured miller; then echo "Miller $(mlr --version | sed 's/^mlr //')"; fi
	if is_measured mawk; then mawk -W version 2>&1 | head -n 1 | cut -d' ' -f1,2; fi
	if is_measured sqlite; then echo "SQLite $(sqlite3 --version | cut -d' ' -f1)"; fi
	"${CC:-cc}" --version | head -n 1
}

measure_table() {
	find_table_programs
	run_table
	check_table
	{
		facts < <(table_versions)
		printf 'rows %s\n' "$rows"
		if [[ $against ]]; then printf 'against %s\n' "$against"; fi
		printf 'bytes %s\n' "$(wc -c <"$dir/exports-$rows.csv")"
	} >"$dir/facts.txt"
	"$src/write-table" "$dir/facts.txt" "$dir/runs.txt" "$dir/checks.txt" >"$dir/table.md"
}

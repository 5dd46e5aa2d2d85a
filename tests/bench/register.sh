# Sourced by scripts/bench: the register and sqlite3 on the same records, in turns.
# shellcheck shell=bash

# What the register seals, and what it has a pseudonym for.
identity='person_id|person_id_kind|name|contact_.*|comment'

install_register_peers() {
	local packages
	mapfile -t packages < <(lacking sqlite3 sqlite3)
	need "${build_packages[@]}" "${packages[@]}"
}

# run_register NAME OUT COMMAND...: adds a line "name wall peak cpu status" to register-runs.txt
run_register() {
	local result
	sync # or the disk is still busy with what ran before
	result=$(timed "$@")
	if ((round > 0)); then printf '%s %s\n' "$1" "$result" >>"$dir/register-runs.txt"; fi
}

# A server of its own, and the same records in it, beside psql's copy into a table without constraints, of which an index is
# made afterwards.
run_on_server() {
	local server place
	place=$(mktemp -d /tmp/bench.XXXXXX)
	chmod 755 "$place"
	server=$(scripts/try-postgresql start "$place/pg") || return 0
	"$bin/register-init" --key="$dir/server.key" "$server"
	run_register server-put /dev/null "$bin/register-put" --key="$dir/server.key" "$server" "$records"
	run_register server-get /dev/null "$bin/register-get" "$server" referral
	psql -qX "$server" -c "CREATE TABLE t ($(head -n 1 "$records" | sed 's/,/ text,/g') text)"
	run_register copy-in /dev/null psql -qX "$server" -c "\\copy t from '$records' csv header" -c 'CREATE UNIQUE INDEX ON t (referral_id)'
	run_register copy-out /dev/null psql -qX "$server" -c '\copy t to stdout csv header'
	scripts/try-postgresql stop "$place/pg"
	rm -f "$dir/server.key"
	rmdir "$place"
}

run_registers() {
	local round
	say "one warm-up and $runs runs of the register"
	: >"$dir/register-runs.txt"
	for ((round = 0; round <= runs; round++)); do
		rm -f "$dir"/register.db* "$dir/sqlite.db"
		"$bin/register-init" --key="$dir/register.db.key" "$dir/register.db"
		run_register put /dev/null "$bin/register-put" "$dir/register.db" "$records"
		run_register check /dev/null "$bin/register-get" --key="$dir/register.db.key" "$dir/register.db" referral
		mv "$dir/register.db.key" "$dir/register-away.key" # unchecked, as sqlite3 does
		run_register get "$dir/register-get.csv" "$bin/register-get" "$dir/register.db" referral
		mv "$dir/register-away.key" "$dir/register.db.key"
		if have sqlite3; then
			run_register import /dev/null \
				sqlite3 "$dir/sqlite.db" '.mode csv' ".import '$records' t"
			run_register select "$dir/register-select.csv" \
				sqlite3 -csv "$dir/sqlite.db" 'SELECT * FROM t'
		fi
		if have psql; then run_on_server; fi
		say "round $round of $runs done"
	done
}

# columns_of FILE COLUMNS: these columns of a table, sorted.
columns_of() {
	sqlite3 :memory: '.mode csv' ".import '$1' t" "SELECT $2 FROM t" | sort
}

check_register() {
	local columns
	: >"$dir/checks.txt"
	have sqlite3 || return 0
	columns=$(head -n 1 "$records" | tr , '\n' | grep -vxE "$identity" | paste -s -d ,)
	columns_of "$records" "$columns" >"$dir/register-given.txt"
	columns_of "$dir/register-get.csv" "$columns" >"$dir/register-had.txt"
	expect 'register-get gives every record that was put, the same but for who it is about' \
		"$dir/register-given.txt" "$dir/register-had.txt"
	rm -f "$dir/register-given.txt" "$dir/register-had.txt"
}

register_versions() {
	"$bin/register-put" --version | head -n 1
	if have sqlite3; then echo "SQLite $(sqlite3 --version | cut -d' ' -f1)"; fi
	"${CC:-cc}" --version | head -n 1
}

megabytes() { wc -c <"$1" | awk '{ printf "%.0f\n", $1 / 1e6 }'; }

measure_register() {
	local records=$dir/records-$rows.csv
	make_data "$rows"
	"$bin/referral-import" "$dir/exports-$rows.csv" >"$records" 2>/dev/null
	run_registers
	check_register
	{
		facts < <(register_versions)
		printf 'rows %s\n' "$rows"
		printf 'mb %s\n' "$(megabytes "$records")"
		printf 'get_mb %s\n' "$(megabytes "$dir/register-get.csv")"
		printf 'db_mb %s\n' "$(megabytes "$dir/register.db")"
		if have sqlite3; then
			printf 'select_mb %s\n' "$(megabytes "$dir/register-select.csv")"
			printf 'peer_mb %s\n' "$(megabytes "$dir/sqlite.db")"
		fi
	} >"$dir/facts.txt"
	"$src/write-register" "$dir/facts.txt" "$dir/register-runs.txt" "$dir/checks.txt" >"$dir/register.md"
	rm -f "$records" "$dir"/register.db* "$dir/sqlite.db" "$dir"/register-{get,select}.csv
}

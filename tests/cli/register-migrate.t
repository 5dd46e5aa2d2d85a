#!/usr/bin/env bash
# Registers of version 1, as the first version made them (register-1/: a dump, a key, and what it gave),
# are brought up to date: all is there, known again, and under seals and marks of version 3.
. "${0%/*}/tap.sh"
. "${0%/*}/forge.sh"
needs sqlite3

from=tests/cli/register-1
load() { # NAME [AS]
	rm -f "$T/${2-$1}".db*
	sqlite3 "$T/${2-$1}.db" ".read $from/$1.sql"
	sqlite3 "$T/${2-$1}.db" 'PRAGMA journal_mode = WAL' >/dev/null
	cp "$from/$1.key" "$T/${2-$1}.db.key"
	chmod 600 "$T/${2-$1}.db" "$T/${2-$1}.db.key"
}
given() { # NAME [KEY]: all that register-get gives, of all kinds, now and then
	local kind day
	for kind in referral institution stay event decision; do
		for day in '' --as-of=2026-01-01 --as-of=2026-01-02 --as-of=2026-01-25 --as-of=2026-02-01; do
			# shellcheck disable=SC2086 # no word where there is no day
			register-get --with-identity --reason=x --key="$T/${2-$1.db.key}" $day "$T/$1.db" $kind >"$T/one"
			[[ $(wc -l <"$T/one") -lt 2 ]] || { echo "== $kind $day"; cat "$T/one"; }
		done
	done
}

for name in empty all purged; do
	load $name
	lines=$(sqlite3 "$T/$name.db" 'SELECT count(*) FROM access')
	records=$(sqlite3 "$T/$name.db" 'SELECT count(*) FROM record')
	status "$name: who only reads is told to bring it up to date" 65 register-get "$T/$name.db" referral
	like 'with what' "$(<"$T/err")" "$name.db: register-older: .*version 1.*register-key migrate"
	is 'and changes nothing' "$(sqlite3 "$T/$name.db" 'PRAGMA user_version')" 1
	status 'register-key migrate' 0 register-key migrate "$T/$name.db"
	like 'says how many records' "$(<"$T/err")" "brought up to version 3: $records records"
	like 'and what to do about older copies' "$(<"$T/err")" 'older copies .*destroy them'
	is 'it is of version 3' "$(sqlite3 "$T/$name.db" 'PRAGMA user_version')" 3
	ok 'and whole' register-check "$T/$name.db"
	ok 'so is its log' register-log --verify "$T/$name.db"
	is 'one line longer' "$(sqlite3 "$T/$name.db" 'SELECT count(*) FROM access')" $((lines + 1))
	is 'which says so' "$(register-log "$T/$name.db" | tail -n 1 | cut -d, -f4-)" 'migrate,version 1 to 3'
	is 'as many records' "$(sqlite3 "$T/$name.db" 'SELECT count(*) FROM record')" "$records"
	is 'no table of before is left' "$(sqlite3 "$T/$name.db" "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'old%' OR name = 'identity'")" 0
	is 'nor a content that anybody can compute' "$(sqlite3 "$T/$name.db" 'SELECT count(*) FROM seal WHERE length(content) <> 16')" 0
	[[ ! -e $from/$name.out ]] || is 'gives what it gave' "$(given $name)" "$(<"$from/$name.out")"
	status 'once is enough' 0 register-key migrate "$T/$name.db"
	is 'and says nothing the second time' "$(<"$T/err")" ''
done

# Lines of the log are as they were.
load all plain
sqlite3 "$T/plain.db" 'SELECT line, at, who, what, why FROM access ORDER BY line; SELECT * FROM access_person ORDER BY line, person' >"$T/before"
register-key migrate "$T/plain.db" 2>/dev/null
is 'the log keeps its lines and persons' "$(sqlite3 "$T/plain.db" "SELECT line, at, who, what, why FROM access WHERE what <> 'migrate' ORDER BY line;
	SELECT * FROM access_person ORDER BY line, person")" "$(<"$T/before")"

# What is put again is known again.
is 'an identity that was joined, and now its kind of number' "$(register-put "$T/plain.db" $from/identity.csv 2>&1)" 'register-put: new 0, same 0, changed 5'
is 'the same again' "$(register-put "$T/plain.db" $from/identity.csv 2>&1)" 'register-put: new 0, same 5, changed 0'
is 'what travelled' "$(register-put "$T/plain.db" $from/sent.csv 2>&1)" 'register-put: new 0, same 5, changed 0'
is 'rows with a column of their own' "$(register-put "$T/plain.db" $from/extra.csv 2>&1 | tail -n 1)" 'register-put: new 0, same 1, changed 1'
printf '%s\n' case_id,date,type,detail,by,note A-1,2026-01-01,moved_in,kort,,'"sa, ""ja"""' A-2,2026-01-01,other,,,Annet >"$T/events.csv"
is 'events' "$(register-put "$T/plain.db" "$T/events.csv" 2>&1)" 'register-put: new 0, same 2, changed 0'

# The first program that writes does it, too; all or nothing, and never with another key.
load all write
is 'register-put brings it up to date' "$(register-put "$T/write.db" $from/sent.csv 2>&1 | tail -n 1)" 'register-put: new 0, same 5, changed 0'
load all other
cp "$from/empty.key" "$T/other.db.key"
sum=$(sqlite3 "$T/other.db" .dump | cksum)
status 'with another key' 65 register-put "$T/other.db" $from/sent.csv
like 'nothing is done' "$(<"$T/err")" 'other.db.key: wrong-key: '
is 'at all' "$(sqlite3 "$T/other.db" .dump | cksum)" "$sum"
load all bent
sqlite3 "$T/bent.db" "UPDATE identity SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB) WHERE record = 2"
sum=$(sqlite3 "$T/bent.db" .dump | cksum)
status 'a sealed part that does not open' 65 register-key migrate "$T/bent.db"
is 'and nothing is done' "$(sqlite3 "$T/bent.db" .dump | cksum)" "$sum"
load cut
status 'a log that was cut' 0 register-key migrate "$T/cut.db"
is 'is not made whole silently' "$(register-log "$T/cut.db" | tail -n 1 | cut -d, -f4-)" 'migrate,version 1 to 3; the log was broken at line 3'

# Nothing of version 1 stays in the file: neither its sealed parts nor its hashes.
load all trace
sqlite3 "$T/trace.db" "SELECT hex(sealed) FROM identity; SELECT hex(hash) FROM access" >"$T/was"
register-key migrate "$T/trace.db" 2>/dev/null
is 'no trace' "$(od -An -v -tx1 "$T/trace.db" | tr -d ' \n' | tr a-f A-F | grep -oFf "$T/was" | head -n 1)" ''

# The key of version 1 goes on; to hand out others, it is rotated first.
status 'no key can be handed out that holds it' 77 register-key --name=put --purpose=put make "$T/all.db" "$T/put.key"
like 'and it says why' "$(<"$T/err")" 'all.db.key: key-derived: '
status 'register-key rotate' 0 register-key rotate "$T/all.db" "$T/new.key"
status 'then it can' 0 register-key --key="$T/new.key" --name=put --purpose=put make "$T/all.db" "$T/put.key"
is 'the new key opens all' "$(given all new.key)" "$(<"$from/all.out")"
status 'the old one nothing' 65 register-get --with-identity --reason=x "$T/all.db" referral
is 'pseudonyms are what they were' "$(register-put --key="$T/put.key" "$T/all.db" $from/extra.csv 2>&1 | tail -n 1)" 'register-put: new 0, same 1, changed 1'
ok 'and all is whole' register-check --key="$T/new.key" "$T/all.db"
ok 'the log, too' register-log --verify --key="$T/new.key" "$T/all.db"

# An earlier build brought it up to date, and vouched for no list of keys.
if command -v python3 >/dev/null; then
	load all earlier
	register-key migrate "$T/earlier.db" 2>/dev/null
	unvouch "$T/earlier.db.key" "$T/earlier.db"
	is 'a register that an earlier build migrated has no voucher' "$(sqlite3 "$T/earlier.db" "SELECT count(*) FROM setting WHERE name = 'vouched'")" 0
	ok 'is whole' register-check "$T/earlier.db"
	status 'lists its keys' 0 register-key list "$T/earlier.db"
	is 'gives what it gave' "$(given earlier)" "$(<"$from/all.out")"
	is 'takes what is put' "$(register-put "$T/earlier.db" $from/sent.csv 2>&1)" 'register-put: new 0, same 5, changed 0'
	status 'and is copied' 0 register-backup --sealed "$T/earlier.db" "$T/earlier.copy"
	status 'its voucher comes when its keys change' 0 register-key reseal "$T/earlier.db"
	is 'and is there' "$(sqlite3 "$T/earlier.db" "SELECT length(value) FROM setting WHERE name = 'vouched'")" 128
	ok 'all is whole' register-check "$T/earlier.db"
	unvouch "$T/earlier.db.key" "$T/earlier.db"
	status 'so it does when they are rotated' 0 register-key rotate "$T/earlier.db" "$T/earlier.key"
	ok 'all is whole then' register-check --key="$T/earlier.key" "$T/earlier.db"
	is 'as the list is vouched for' "$(sqlite3 "$T/earlier.db" "SELECT length(value) FROM setting WHERE name = 'vouched'")" 128
	sqlite3 "$T/earlier.db" "DELETE FROM setting WHERE name = 'vouched'"
	status 'which counts from then on' 65 register-get --key="$T/earlier.key" --with-identity --reason=x "$T/earlier.db" referral
else
	lacks 'a register that an earlier build migrated' 'python3 is not installed'
fi

finish

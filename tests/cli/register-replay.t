#!/usr/bin/env bash
# Somebody who can write the file of a register, and has copies of what it was, a fork of it, but no key. What
# they put back was right once, mark and all; what they hide is what the engine does not compare; what they
# wait for is that a program binds it anew. It is found, and nothing of it becomes right.
# shellcheck disable=SC2317 # functions are called by refused
. "${0%/*}/tap.sh"
needs sqlite3

head='referral_id,received,bydel,person_id,name,comment'
one=10839421953 two=18835345102 # identity numbers of nobody
R=$T/r.db
rows() { printf '%s\n' "$head" "$@"; }
sql() { sqlite3 -cmd '.timeout 600000' "$1" "$2"; }
keep() { sql "$R" "VACUUM INTO '$T/$1.db'"; } # NAME: as it is now, for later
put() { register-put --key="$T/r.db.key" "$R" "$@" 2>/dev/null; }

# What it becomes: a register of its own, then a witness, a colleague who leaves, versions, and purges.
register-init --key="$T/r.db.key" "$R"
rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,hemmelig" "A-2,2022-02-01,Frogner,$two,Ola Li," 'A-3,2022-02-01,Sagene,,Per Vik,' \
	'A-4,2022-02-01,Alna,,Siv Ås,' | put --as-of=2026-01-01
keep born
register-key --key="$T/r.db.key" witness "$R" "$T/witness" 2>/dev/null
rows "A-1,2022-02-01,Alna,$one,Kari Fjell,nytt" | put --as-of=2026-02-01
register-key --key="$T/r.db.key" --name=ola --purpose=read make "$R" "$T/ola.key"
printf '%s\n' stay_id,referral_id,institution_id,from,expected_to,to,status O-1,A-1,I-01,2026-01-01,2026-02-01,,moved_in \
	>"$T/stays.csv"
put "$T/stays.csv"
printf 'referral_id,other_id,score,why,link,by,date\nA-2,A-3,80,name,same,kari,2026-02-02\n' | put
keep early
rows "A-1,2022-02-01,Grorud,$one,Kari Fjell,enda nyere" | put --as-of=2026-03-01
register-key --key="$T/r.db.key" --name=ola retire "$R"
keep unpurged
register-purge --key="$T/r.db.key" --id=A-4 --reason='asked for it' "$R" 2>/dev/null
put share/demo/institutions.csv
register-get --key="$T/r.db.key" --with-identity --reason=look --id=A-1 "$R" referral >/dev/null
register-get --key="$T/r.db.key" --with-identity --reason=again --id=A-2 "$R" referral >/dev/null
keep whole

# A fork: the same register from early on, in which other things happened.
cp "$T/early.db" "$T/fork.db"
rows "A-1,2022-02-01,Sagene,$two,Per Vik,of the fork" | register-put --key="$T/r.db.key" --as-of=2026-03-01 "$T/fork.db" 2>/dev/null

ok 'the register is whole' register-check --key="$T/r.db.key" "$R"
ok 'its log, too' register-log --verify --key="$T/r.db.key" "$R"

try() { # SQL: in a copy of the whole, beside born, early, unpurged and the fork
	rm -f "$T"/bent.db*
	cp "$T/whole.db" "$T/bent.db"
	sqlite3 "$T/bent.db" ".dbconfig defensive off" ".dbconfig writable_schema on" "ATTACH '$T/born.db' AS born; ATTACH '$T/early.db' AS early; ATTACH '$T/unpurged.db' AS unpurged;
		ATTACH '$T/fork.db' AS fork; $1" >/dev/null || echo '# the statement failed'
}
content() { sqlite3 "$T/$1.db" .dump 'SELECT hex(id) FROM record' 2>&1; }
check() { # NAME SQL WHERE: register-check finds it
	try "$2"
	is "$1: is another file" "$(cmp -s <(content whole) <(content bent) && echo the same)" ''
	status 'is found' 65 register-check --key="$T/r.db.key" "$T/bent.db"
	like 'and where' "$(<"$T/err")" "register-[a-z]*: .*$3"
}
log() { # NAME SQL WHERE: register-log --verify finds it
	local got=0
	try "$2"
	register-log --key="$T/r.db.key" --verify "$T/bent.db" >"$T/out" 2>"$T/err" || got=$?
	like "log: $1: is found" "$got" '^(1|65)$'
	like 'and where' "$(<"$T/err")" "$3"
}
refused() { # WHAT COMMAND ...: is not done in the file that was tried last
	status "$1" 65 "${@:2}"
	is 'and shows nothing' "$(<"$T/out")" ''
}
look() { register-get --key="$T/r.db.key" --with-identity --reason=x "$T/bent.db" referral; }
add() { register-put --key="$T/r.db.key" "$T/bent.db" "$T/stays.csv"; }

# ---- what was right once ----

check 'a retired key, as it was before' "UPDATE main.key SET (retired, mac) = (SELECT retired, mac FROM early.key e WHERE e.key = main.key.key)
	WHERE name = 'ola'" state
refused 'nothing is sealed for it' add
check 'all settings of before the witness, with their mark' "DELETE FROM main.setting WHERE name IN ('witness', 'bound');
	INSERT INTO main.setting SELECT * FROM born.setting WHERE name = 'bound';
	DELETE FROM main.setting WHERE name NOT IN (SELECT name FROM born.setting)" state
refused 'nobody is shown, unwitnessed' look
check 'those of before the first purge, so that nobody was' "DELETE FROM main.setting WHERE name IN ('purge_key', 'bound');
	INSERT INTO main.setting SELECT * FROM unpurged.setting WHERE name = 'bound'" state
refused 'and nobody comes back' add
check 'a purged record in the place of another of its put' "DELETE FROM main.record WHERE id = 'A-3'; DELETE FROM main.seal WHERE record = 3;
	INSERT INTO main.record SELECT * FROM unpurged.record WHERE id = 'A-4'; INSERT INTO main.seal SELECT * FROM unpurged.seal WHERE record = 4" 'put 1'
check 'the newest version removed, and the one before as it was' "DELETE FROM main.seal WHERE record = (SELECT record FROM main.record WHERE id = 'A-1' AND put = 5);
	DELETE FROM main.record WHERE id = 'A-1' AND put = 5;
	UPDATE main.record SET gone = NULL WHERE id = 'A-1' AND put = 2;
	UPDATE main.seal SET mac = (SELECT mac FROM early.seal e WHERE e.record = main.seal.record)
	WHERE record = (SELECT record FROM main.record WHERE id = 'A-1' AND put = 2)" 'put 5'
check 'a put of the fork, with its records' "DELETE FROM main.seal WHERE record IN (SELECT record FROM main.record WHERE put = 5);
	DELETE FROM main.record WHERE put = 5; DELETE FROM main.put WHERE put = 5; DELETE FROM main.put_key WHERE put = 5;
	INSERT INTO main.put SELECT * FROM fork.put WHERE put = 5; INSERT INTO main.record SELECT * FROM fork.record WHERE put = 5;
	INSERT INTO main.seal SELECT * FROM fork.seal WHERE record IN (SELECT record FROM fork.record WHERE put = 5);
	INSERT INTO main.put_key SELECT * FROM fork.put_key WHERE put = 5 AND key = 1" state
check 'the key of a put for who was retired, in the place of another' "DELETE FROM main.put_key WHERE put = 1;
	INSERT INTO main.put_key SELECT * FROM early.put_key WHERE put = 1 AND key = 2" check_put_key

# ---- what the engine or a mark does not compare ----

check 'a number of a record beyond its mark' 'UPDATE main.record SET record = record + (1 << 48) WHERE record = 2;
	UPDATE main.seal SET record = record + (1 << 48) WHERE record = 2' 'record 281474976710658'
check 'a number below' 'UPDATE main.record SET record = record - (1 << 48) WHERE record = 2;
	UPDATE main.seal SET record = record - (1 << 48) WHERE record = 2' 'record -'
check 'an end that is 0, so that the record is not there' 'UPDATE main.record SET gone = 0 WHERE record = 2' check_put
check 'an end beyond its mark' "UPDATE main.record SET gone = gone + (1 << 48) WHERE id = 'A-1' AND put = 1" check_put
for column in about bydel day person; do
	check "an empty $column in the place of none" "UPDATE main.record SET $column = '' WHERE record = (SELECT min(record) FROM main.record WHERE $column IS NULL)" check_empty
done
check 'a NUL byte behind a text' "UPDATE main.record SET id = CAST(CAST(id AS BLOB) || x'00' AS TEXT) WHERE record = 2" 'record 2'
check 'an index that does not say what is there' "UPDATE sqlite_schema SET sql = replace(sql, 'gone IS NULL', 'gone IS NOT NULL') WHERE name = 'record_now';
	PRAGMA writable_schema = RESET; DELETE FROM main.record WHERE 0" 'sqlite_schema'
poison() { # an entry of the index is gone: written with an index that was of fewer rows, then the statement put back
	try "UPDATE sqlite_schema SET sql = replace(sql, 'gone IS NULL', 'gone IS NULL AND id <> ''A-2''') WHERE name = 'record_now'"
	sqlite3 "$T/bent.db" 'REINDEX record_now'
	sqlite3 "$T/bent.db" '.dbconfig defensive off' 'PRAGMA writable_schema = ON' \
		"UPDATE sqlite_schema SET sql = (SELECT replace(sql, ' AND id <> ''A-2''', '') FROM sqlite_schema WHERE name = 'record_now') WHERE name = 'record_now'"
}
poison
is 'an index that lacks a row: hides it from who asks by it' "$(sqlite3 "$T/bent.db" "SELECT count(*) FROM record INDEXED BY record_now WHERE kind = 'referral' AND id = 'A-2' AND gone IS NULL")" 0
status 'and is found' 65 register-check --key="$T/r.db.key" "$T/bent.db"
like 'and where' "$(<"$T/err")" 'register-damaged: .*record_now'
check 'an index more' 'CREATE INDEX more ON record (person)' sqlite_schema
check 'a column more' 'ALTER TABLE main.record ADD COLUMN more TEXT' sqlite_schema
check 'a table more' "CREATE TABLE more (x TEXT); INSERT INTO more VALUES ('x')" sqlite_schema
check 'statistics that mislead the engine' "ANALYZE main; UPDATE sqlite_stat1 SET stat = '1 1 1'" sqlite_schema
check 'two tables with each other'\''s pages' "UPDATE sqlite_schema SET rootpage = (SELECT sum(rootpage) FROM sqlite_schema
	WHERE name IN ('access', 'put')) - rootpage WHERE name IN ('access', 'put')" '(damaged|changed)'
try 'PRAGMA user_version = 1'
refused 'a register of now that says it is old: is not brought up to date' register-put --key="$T/r.db.key" "$T/bent.db" "$T/stays.csv"
refused 'nor read' register-get "$T/bent.db" referral
refused 'nor checked' register-check --key="$T/r.db.key" "$T/bent.db"
is 'and all is where it was' "$(sqlite3 "$T/bent.db" 'SELECT count(*) FROM record')" "$(sqlite3 "$T/whole.db" 'SELECT count(*) FROM record')"
try 'PRAGMA user_version = 4'
refused 'one that says it is of later' register-check --key="$T/r.db.key" "$T/bent.db"
try 'PRAGMA application_id = 1'
refused 'one that says it is none' register-check --key="$T/r.db.key" "$T/bent.db"

# ---- records ----

check 'what is sealed of one kind under another' "UPDATE main.seal SET (sealed, mac, content) = (SELECT sealed, mac, content FROM main.seal WHERE record = 1)
	WHERE record = (SELECT record FROM main.record WHERE kind = 'stay')" 'record [5-9]'
check 'a decision about two persons turned' "UPDATE main.record SET body = replace(body, 'same', 'not_same') WHERE kind = 'person_link'" 'record '
check 'a decision about two others' "UPDATE main.record SET id = 'A-1|A-3', about = 'A-1' WHERE kind = 'person_link'" 'record '
check 'two puts with each other'\''s numbers' 'UPDATE main.put SET put = -put WHERE put IN (1, 2); UPDATE main.put SET put = 3 + put WHERE put < 0' 'put 1'
check 'the salt of a put' 'UPDATE main.put SET salt = randomblob(16) WHERE put = 1' 'put 1'
check 'a layout that is not used, removed' 'DELETE FROM main.layout WHERE layout = (SELECT max(layout) FROM main.layout)' '(state|check_layout)'

# ---- the log ----

last=$(sql "$T/whole.db" 'SELECT max(line) FROM access')
log 'a line twice, with the next number' "UPDATE main.access SET line = -line WHERE line > 3; UPDATE main.access SET line = 1 - line WHERE line < 0;
	INSERT INTO main.access SELECT 4, at, who, what, why, hash FROM main.access WHERE line = 3" 'line 4'
log 'the last two in the other order, with numbers and moments that fit' "UPDATE main.access SET line = -line WHERE line >= $last - 1;
	UPDATE main.access SET line = 2 * $last - 1 + line WHERE line < 0; UPDATE main.access_person SET line = 2 * $last - 1 - line WHERE line >= $last - 1" "line $((last - 1))"
log 'lines of the fork at the end' "DELETE FROM main.access WHERE line > 3; DELETE FROM main.access_person WHERE line > 3;
	INSERT INTO main.access SELECT * FROM fork.access WHERE line > 3" '(line 4|state)'
log 'a purge called a bringing back' "UPDATE main.access SET what = 'bring-back' WHERE what = 'purge'" 'line '
log 'the mark of a purge on a line of a look' "UPDATE main.access_person SET line = $last WHERE person LIKE 'x-%'" 'line '
log 'the mark of another' "UPDATE main.access_person SET person = 'x-' || substr(person, 4) || 'a' WHERE person LIKE 'x-%'" 'line '
log 'a hash that is text' "UPDATE main.access SET hash = CAST(substr(hash, 1, 31) AS BLOB) WHERE line = 3" 'line 3'

# ---- nothing of it becomes right by work that goes on ----

later() { rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,later" | register-put --key="$T/r.db.key" --as-of=2026-04-01 "$T/bent.db"; }
try "UPDATE main.record SET body = replace(body, 'Kari', 'Mari') || 'x' WHERE id = 'A-1' AND gone IS NULL"
refused 'a version that somebody changed is not ended as if it were right' later
like 'and it says which' "$(<"$T/err")" 'register-changed: .*record '
try "UPDATE main.put SET day = '2020-01-01' WHERE put = 1"
refused 'a put that somebody dated back loses no record' register-purge --key="$T/r.db.key" --id=A-3 --reason=x "$T/bent.db"
like 'and it says which' "$(<"$T/err")" 'register-changed: .*(put 1|state)'
try "DELETE FROM main.record WHERE id = 'A-3'; DELETE FROM main.seal WHERE record = 3"
refused 'nor does one that lacks one' register-purge --key="$T/r.db.key" --id=A-2 --reason=x "$T/bent.db"
like 'and it says which' "$(<"$T/err")" 'register-changed: .*put 1'
for how in reseal "rotate $T/fresh.key"; do
	try "UPDATE main.record SET body = body || 'x' WHERE id = 'A-2'"
	# shellcheck disable=SC2086 # words
	refused "what somebody changed is not bound anew: ${how%% *}" register-key --key="$T/r.db.key" ${how%% *} "$T/bent.db" ${how#"${how%% *}"}
	like 'and it says which' "$(<"$T/err")" 'register-changed: .*record 2'
	ok 'and no key is left' test ! -e "$T/fresh.key"
done

# A mark comes once under a key: sealed anew, a record is bound under another one.
cp "$T/whole.db" "$T/anew.db"
cp "$T/witness" "$T/right"
register-key --key="$T/r.db.key" reseal "$T/anew.db"
cp "$T/right" "$T/witness" # which is told of another course of things
is 'sealed anew, each put has another salt' "$(sqlite3 "$T/anew.db" "ATTACH '$T/whole.db' AS o; SELECT count(*) FROM main.put JOIN o.put USING (put, salt)")" 0
ok 'and all is whole' register-check --key="$T/r.db.key" "$T/anew.db"

# ---- the witness ----

register-init --key="$T/other.key" --witness="$T/witness-other" "$T/other.db"
register-put --key="$T/other.key" "$T/other.db" share/demo/institutions.csv 2>/dev/null
mv "$T/witness" "$T/right"
for what in empty 'of another register'; do
	case $what in empty) : >"$T/witness" ;; *) cp "$T/witness-other" "$T/witness" ;; esac
	status "a witness that is $what: nobody is shown" 65 register-get --key="$T/r.db.key" --with-identity --reason=x "$R" referral
	like 'and it is said' "$(<"$T/err")" 'witness-silent: '
	status 'nothing put' 65 register-put --key="$T/r.db.key" "$R" "$T/stays.csv"
	status 'and --verify finds it' 65 register-log --key="$T/r.db.key" --verify "$R"
done
mv "$T/right" "$T/witness"
ok 'with its own all goes on' register-get --key="$T/r.db.key" --with-identity --reason=x "$R" referral

# Who may only add to it adds: what says less, what was there before, and much of it.
cp "$T/witness" "$T/right"
cp "$T/unpurged.db" "$T/older.db"
older() { # NAME: the copy of before is refused
	status "$1: the copy of before is refused" 65 register-get --key="$T/r.db.key" --with-identity --reason=x "$T/older.db" referral
	like 'as the witness knows more' "$(<"$T/err")" 'witness-ahead: '
	ok 'and the register goes on' register-get --key="$T/r.db.key" --with-identity --reason=x --id=A-1 "$R" referral
	ok 'and verifies' register-log --key="$T/r.db.key" --verify "$R"
	cp "$T/right" "$T/witness"
}
older 'nothing added'
tail -n 1 "$T/right" | sed 's/ line=[0-9]* put=[0-9]*/ line=1 put=1/' >>"$T/witness"
older 'an entry that says less'
tail -n 1 "$T/right" | sed 's/ line=[0-9]* put=[0-9]*\(.*\) at=\([^ ]*\)/ line=1 put=1\1 at=\2 restored/' >>"$T/witness"
older 'one that says it was restored'
head -n 1 "$T/right" >>"$T/witness"
older 'one of before'
for _ in {1..400}; do head -n 2 "$T/right"; done >>"$T/witness"
older 'many of before'
for _ in {1..3000}; do echo 'Nov 28 00:00:00 host something else was said here'; done >>"$T/witness"
older 'much about something else'
sed 's/ line=[0-9]*/ line=9999/' "$T/right" >>"$T/witness"
ok 'one that says more is none of ours: the register goes on' register-get --key="$T/r.db.key" --with-identity --reason=x --id=A-1 "$R" referral

# A copy that is restored with a key takes back what the witness knew, and once only.
cp "$T/right" "$T/witness"
register-backup --key="$T/r.db.key" --sealed "$R" "$T/sealed" 2>/dev/null
register-get --key="$T/r.db.key" --with-identity --reason=x --id=A-1 "$R" referral >/dev/null
register-get --key="$T/r.db.key" --with-identity --reason=x --id=A-1 "$R" referral >/dev/null
ok 'a copy is restored' register-backup --key="$T/r.db.key" --restore "$T/sealed" "$T/back.db"
ok 'and is the register' register-get --key="$T/r.db.key" --with-identity --reason=x --id=A-1 "$T/back.db" referral
rm -f "$T"/older.db*
sqlite3 "$T/back.db" "VACUUM INTO '$T/older.db'"
for _ in 1 2 3; do register-get --key="$T/r.db.key" --with-identity --reason=x --id=A-1 "$T/back.db" referral >/dev/null; done
sleep 1.1 # moments are whole seconds
register-get --key="$T/r.db.key" --with-identity --reason=x --id=A-1 "$T/back.db" referral >/dev/null
said=$(grep restored "$T/witness" | tail -n 1)
echo "$said" >>"$T/witness"
status 'what it said then, said again, takes nothing back' 65 register-get --key="$T/r.db.key" --with-identity --reason=x "$T/older.db" referral
like 'as the witness knows more' "$(<"$T/err")" 'witness-ahead: '

finish

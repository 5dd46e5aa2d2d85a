#!/usr/bin/env bash
# Somebody who can write the file of a register, and has older copies of it, but no key, changes it: what
# they changed is found, and where. The access log first, then everything else.
. "${0%/*}/tap.sh"
needs sqlite3

head='referral_id,received,bydel,person_id,name,comment'
one=10839421953 two=18835345102 # identity numbers of nobody
rows() { printf '%s\n' "$head" "$@"; }
sql() { sqlite3 -cmd '.timeout 600000' "$1" "$2"; }
keep() { # NAME: the register as it is now, for later
	sql "$T/r.db" "VACUUM INTO '$T/$1.db'"
}
look() { register-get --with-identity --reason="$1" --id="$2" "$T/r.db" referral >/dev/null; }

# A register with history, stays, a second key, and copies of what it was before.
register-init --key="$T/r.db.key" --witness="$T/witness" "$T/r.db"
keep begun
rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,hemmelig" "A-2,2022-02-01,Frogner,$two,Ola Li," 'A-3,2022-02-01,Sagene,,Per Vik,' |
	register-put --as-of=2026-01-01 "$T/r.db" 2>/dev/null
rows "A-1,2022-02-03,Sagene,$one,Kari Fjell,nytt" "A-4,2022-02-01,Frogner,$one,Kari Fjell," | register-put --as-of=2026-02-01 "$T/r.db" 2>/dev/null
register-put "$T/r.db" share/demo/institutions.csv 2>/dev/null
printf '%s\n' stay_id,referral_id,institution_id,from,expected_to,to,status \
	O-1,A-1,I-01,2026-01-01,2026-02-01,,moved_in O-2,A-2,I-01,2026-01-01,2026-02-01,,moved_in >"$T/stays.csv"
register-put "$T/r.db" "$T/stays.csv" 2>/dev/null
register-key --name=ola --purpose=read make "$T/r.db" "$T/ola.key"
register-key --name=import --purpose=put make "$T/r.db" "$T/put.key"
register-key --name=ola retire "$T/r.db"
look 'one' A-1
look 'two' A-2
keep two
look 'three' A-3
look 'four' A-4
look 'five' A-1
keep whole
sql "$T/begun.db" .dump >/dev/null
ok 'untouched: the log' register-log --verify --witness="$T/witness" "$T/r.db"
ok 'untouched: the register' register-check "$T/r.db"

try() { # SQL: in a copy, beside what it was before as begun and two
	rm -f "$T"/bent.db*
	cp "$T/whole.db" "$T/bent.db"
	cp "$T/r.db.key" "$T/bent.db.key"
	sql "$T/bent.db" "ATTACH '$T/begun.db' AS begun; ATTACH '$T/two.db' AS two; $1" || echo '# the statement failed'
}
log() { # NAME SQL WHERE: register-log --verify finds it
	local got=0
	try "$2"
	register-log --verify "$T/bent.db" >"$T/out" 2>"$T/err" || got=$?
	like "log: $1: is found" "$got" '^(1|65)$'
	like 'and where' "$(<"$T/err")" "$3"
}
check() { # NAME SQL WHERE: register-check finds it
	try "$2"
	status "$1: is found" 65 register-check "$T/bent.db"
	like 'and where' "$(<"$T/err")" "register-[a-z]*: .*$3"
}

last=$(sql "$T/r.db" 'SELECT max(line) FROM access')
is 'lines of the log' "$last" 8
cut="DELETE FROM access WHERE line = $last; DELETE FROM access_person WHERE line = $last"
back="UPDATE setting SET value = (SELECT value FROM two.setting o WHERE o.name = main.setting.name) WHERE name"

# ---- the access log: 19 ----

log 'a reason changed' "UPDATE access SET why = 'other' WHERE line = 4" 'line 4'
log 'a user changed' "UPDATE access SET who = 'other' WHERE line = 4" 'line 4'
log 'a moment changed' "UPDATE access SET at = '2020-01-01T00:00:00Z' WHERE line = 4" 'line 4'
log 'a look made a purge' "UPDATE access SET what = 'purge' WHERE line = 4" 'line 4'
log 'a hash changed' "UPDATE access SET hash = randomblob(32) WHERE line = 4" 'line 4'
log 'a line removed' 'DELETE FROM access WHERE line = 4; DELETE FROM access_person WHERE line = 4' 'line 5'
log 'a line removed, the others moved up' 'DELETE FROM access WHERE line = 4; DELETE FROM access_person WHERE line = 4;
	UPDATE access SET line = -line WHERE line > 4; UPDATE access SET line = -line - 1 WHERE line < 0;
	UPDATE access_person SET line = line - 1 WHERE line > 4' 'line 4'
log 'two lines changed places' 'UPDATE access SET line = -line WHERE line IN (4, 5); UPDATE access SET line = 9 + line WHERE line < 0' 'line 4'
log 'a line added' "INSERT INTO access SELECT line + 1, at, who, what, why, hash FROM access WHERE line = $last" 'line 9'
log 'the last line cut off' "$cut" 'line 8'
log 'the last line cut off, the head that was before put back' "DELETE FROM access WHERE line > 5;
	DELETE FROM access_person WHERE line > 5; $back = 'access_head'" 'state'
log 'emptied' 'DELETE FROM access; DELETE FROM access_person' 'line 1'
log 'emptied, without a head' "DELETE FROM access; DELETE FROM access_person; DELETE FROM setting WHERE name = 'access_head'" 'line 1'
log 'emptied, the head of the beginning put back' "DELETE FROM access; DELETE FROM access_person;
	UPDATE setting SET value = (SELECT value FROM begun.setting WHERE name = 'access_head') WHERE name = 'access_head'" 'state'
log 'a person taken from a line' 'DELETE FROM access_person WHERE line = 4' 'line 4'
log 'a person added to a line' "INSERT INTO access_person VALUES (4, 'p-somebody')" 'line 4'
log 'a person moved to another line' 'UPDATE access_person SET line = 6 WHERE line = 4' 'line 4'
log 'the person moved into the reason' "UPDATE access SET why = CAST(CAST(why AS BLOB) || x'00' ||
	(SELECT CAST(person AS BLOB) FROM access_person WHERE line = 4) AS TEXT) WHERE line = 4; DELETE FROM access_person WHERE line = 4" 'line 4'
log 'the reason moved into the user' "UPDATE access SET who = who || why, why = '' WHERE line = 4" 'line 4'

# Nobody is shown, nothing put, where the end or the state is another; a line in the middle waits for --verify.
for statement in "$cut" 'DELETE FROM access; DELETE FROM access_person' "$back = 'state'"; do
	try "$statement"
	status 'nobody is shown any more' 65 register-get --with-identity --reason=x "$T/bent.db" referral
	status 'and nothing put' 65 register-put "$T/bent.db" "$T/stays.csv"
done

# ---- and more ----

log 'a person split in two' "UPDATE access_person SET person = substr(person, 1, 10) WHERE line = 4;
	INSERT INTO access_person SELECT 4, substr(person, 11) FROM two.access_person WHERE line = 4" 'line 4'
log 'the head taken for the state' "UPDATE setting SET value = (SELECT value FROM setting WHERE name = 'access_head') WHERE name = 'state'" 'state'
log 'the log of another register' "DELETE FROM access; INSERT INTO access VALUES (1, 'a', 'b', 'get', 'c', zeroblob(32))" 'line 1'
log 'a line about nobody any more, in its old place' "UPDATE access_person SET person = 'p-nobody' WHERE line = 4" 'line 4'

# What is whole in itself, and older: the witness knows.
old() { # NAME SQL
	rm -f "$T"/old.db*
	cp "$T/whole.db" "$T/old.db"
	cp "$T/r.db.key" "$T/old.db.key"
	sql "$T/old.db" "ATTACH '$T/two.db' AS two; $2"
	status "$1: --verify finds it by the witness" 65 register-log --verify "$T/old.db"
	like 'and says what it knows' "$(<"$T/err")" 'witness-ahead: .*line 8'
	status 'nobody is shown' 65 register-get --with-identity --reason=x "$T/old.db" referral
	status 'and nothing put' 65 register-put "$T/old.db" "$T/stays.csv"
}
old 'log, head and state put back together' "DELETE FROM access WHERE line > 5; DELETE FROM access_person WHERE line > 5; $back IN ('access_head', 'state')"
cp "$T/two.db" "$T/older.db"
cp "$T/r.db.key" "$T/older.db.key"
status 'a copy from before, put back' 65 register-get --with-identity --reason=x "$T/older.db" referral
like 'is older than its witness' "$(<"$T/err")" 'older.db: witness-ahead: '
is 'and shows nobody' "$(<"$T/out")" ''
sed 's/ line=6 put=4 mark=....\(.*\)/ line=6 put=4 mark=0000\1/' "$T/witness" >"$T/other-witness"
status 'a witness that knows another line' 1 register-log --verify --witness="$T/other-witness" "$T/r.db"
like 'names it' "$(<"$T/err")" 'witness-differs: line 6 '
try "UPDATE setting SET value = '/dev/null' WHERE name = 'witness'"
status 'another witness' 65 register-get --with-identity --reason=x "$T/bent.db" referral
like 'is a changed setting' "$(<"$T/err")" 'register-changed: .*setting'
mv "$T/witness" "$T/moved"
status 'a witness that is gone: nothing is shown' 74 look again A-1
mkfifo "$T/witness"
status 'nor by one that is a pipe' 74 look again A-1
rm "$T/witness"
mv "$T/moved" "$T/witness"

# ---- records, and what belongs to them ----

check 'a body changed' "UPDATE record SET body = replace(body, 'Sagene', 'Frogner') || 'x' WHERE record = 2" 'record 2'
for column in kind id about bydel day person; do
	check "another $column" "UPDATE record SET $column = 'x' WHERE record = 2" 'record 2'
done
check 'a person forgotten' 'UPDATE record SET person = NULL WHERE record = 2' 'record 2'
check 'another put' 'UPDATE record SET put = 2 WHERE record = 2' 'record 2'
check 'another layout' 'UPDATE record SET layout = 2 WHERE record = 2' 'record 2'
check 'a record ended' 'UPDATE record SET gone = 2 WHERE record = 2' 'record 2'
check 'history made to hold' 'UPDATE record SET gone = 2 WHERE record = 4; UPDATE record SET gone = NULL WHERE record = 1' 'record 1'
check 'sealed parts changed places' 'CREATE TEMP TABLE was AS SELECT * FROM seal;
	UPDATE seal SET sealed = (SELECT sealed FROM was WHERE record = 3 - seal.record) WHERE record IN (1, 2)' 'record 1'
check 'sealed parts changed places with their marks' 'CREATE TEMP TABLE was AS SELECT * FROM seal;
	UPDATE seal SET (sealed, mac, content) = (SELECT sealed, mac, content FROM was WHERE record = 3 - seal.record) WHERE record IN (1, 2)' 'record 1'
check 'what was sealed before put in its place' 'UPDATE seal SET sealed = (SELECT sealed FROM seal WHERE record = 1) WHERE record = 4' 'record 4'
check 'a sealed part removed' 'UPDATE seal SET sealed = NULL WHERE record = 2' 'record 2'
check 'one byte of a sealed part' "UPDATE seal SET sealed = CAST(substr(sealed, 1, 20) || x'00' || substr(sealed, 22) AS BLOB) WHERE record = 2" 'record 2'
check 'another content' "UPDATE seal SET content = zeroblob(16) WHERE record = 2" 'record 2'
check 'a record removed' 'DELETE FROM record WHERE record = 3; DELETE FROM seal WHERE record = 3' 'put 1'
check 'a whole put removed' 'DELETE FROM record WHERE put = 4; DELETE FROM put WHERE put = 4; DELETE FROM put_key WHERE put = 4;
	DELETE FROM seal WHERE record NOT IN (SELECT record FROM record)' 'state'
check 'a record put in twice' "INSERT INTO record SELECT 99, kind, id || 'x', layout, put, gone, about, bydel, day, person, body FROM record WHERE record = 2;
	INSERT INTO seal SELECT 99, content, mac, sealed FROM seal WHERE record = 2" 'record 99'
check 'another day of a put' "UPDATE put SET day = '2020-01-01' WHERE put = 1" 'put 1'
check 'who put' "UPDATE put SET who = 'other' WHERE put = 1" 'put 1'
check 'columns changed places' "UPDATE layout SET columns = replace(columns, 'received,bydel', 'bydel,received') WHERE layout = 1" 'layout 1'
check 'another profile' "UPDATE setting SET value = value || 'x' WHERE name = 'profile'" 'Oslox'
check 'a setting added' "INSERT INTO setting VALUES ('x', 'y')" 'setting'
check 'a key of somebody else added' "INSERT INTO key VALUES (9, 'me', 'read', '2026-01-01', NULL, randomblob(32), randomblob(16))" 'key 9'
check 'the half of a key that seals replaced' 'UPDATE key SET public = randomblob(32) WHERE key = 2' 'key 2'
check 'a retired key taken back' "UPDATE key SET retired = NULL WHERE name = 'ola'" 'key 2'
check 'keys of puts changed places' 'CREATE TEMP TABLE was AS SELECT * FROM put_key;
	UPDATE put_key SET sealed = (SELECT sealed FROM was WHERE put = 3 - put_key.put) WHERE put IN (1, 2)' 'put_key 1'
check 'a key of a put removed' 'DELETE FROM put_key WHERE put = 1' 'state'
check 'a trigger planted' "CREATE TRIGGER t AFTER INSERT ON access BEGIN DELETE FROM access; END" 'sqlite_schema'
check 'a view in place of a table' 'ALTER TABLE access_person RENAME TO hidden; CREATE VIEW access_person AS SELECT * FROM hidden' 'sqlite_schema'

try "UPDATE key SET public = randomblob(32) WHERE key = 1"
status 'nothing is sealed for a reader that somebody put in' 65 register-put --key="$T/put.key" "$T/bent.db" "$T/stays.csv"
like 'which is said' "$(<"$T/err")" 'register-changed: .*key 1'

# Sealed parts that are not in their place do not open, even for who does not check.
try 'CREATE TEMP TABLE was AS SELECT * FROM seal; UPDATE seal SET sealed = (SELECT sealed FROM was WHERE record = 3 - seal.record) WHERE record IN (1, 2)'
status 'sealed parts that changed places open for nobody' 65 register-get --with-identity --reason=x --id=A-2 "$T/bent.db" referral
like 'and it says which' "$(<"$T/err")" 'register-changed: .*record 2'
is 'and shows nothing' "$(<"$T/out")" ''

# ---- what was purged does not come back ----

sql "$T/r.db" "VACUUM INTO '$T/unpurged.db'"
person=$(sql "$T/r.db" "SELECT person FROM record WHERE id = 'A-2'")
register-purge --person="$person" --reason=asked "$T/r.db" 2>/dev/null
ok 'after a purge the register is whole' register-check "$T/r.db"
rm -f "$T"/bent.db*
sql "$T/r.db" "VACUUM INTO '$T/bent.db'"
cp "$T/r.db.key" "$T/bent.db.key"
sql "$T/bent.db" "ATTACH '$T/unpurged.db' AS o; INSERT INTO record SELECT * FROM o.record WHERE id = 'A-2';
	INSERT INTO seal SELECT * FROM o.seal WHERE record IN (SELECT record FROM o.record WHERE id = 'A-2')"
status 'a purged record put back' 65 register-check "$T/bent.db"
like 'is one too many' "$(<"$T/err")" 'put 1'
sql "$T/bent.db" "ATTACH '$T/unpurged.db' AS o; INSERT OR REPLACE INTO put SELECT * FROM o.put"
status 'also with the put that it came with' 65 register-check "$T/bent.db"
like 'as the sums are others' "$(<"$T/err")" 'state'

# ---- a trigger does nothing, even where nobody checks ----

sql "$T/r.db" "CREATE TRIGGER t AFTER INSERT ON access BEGIN DELETE FROM access; END"
lines=$(register-log "$T/r.db" | wc -l)
ok 'a look, with a trigger planted' look 'six' A-1
is 'is one line more' "$(register-log "$T/r.db" | wc -l)" $((lines + 1))

# ---- what is written is held against its mark, when there is a key ----

rm "$T/whole.db"
keep whole # as the witness knows it
try "UPDATE record SET body = replace(body, '2022-02-01', '2022-02-02') WHERE id = 'A-4'"
got() { # NAME EXPECTED OPTION...
	local name=$1 expected=$2
	shift 2
	status "$name" "$expected" register-get "$@" "$T/bent.db" referral
	like '- and where' "$(<"$T/err")" "$([[ $expected == 0 ]] || echo 'register-changed: .*record [0-9]')"
}
got 'nor, with the key, without them' 65 --key="$T/r.db.key"
got 'nor when it alone is asked for' 65 --key="$T/r.db.key" --id=A-4
got 'nor when another is, since each referral may tell that the address of a person is protected' 65 --key="$T/r.db.key" --id=A-3
got 'nor with identities' 65 --with-identity --reason=test
is 'nor is anything' "$(<"$T/out")" ''
got 'nor when the key is at hand and not named' 65
status 'nor by a program that decides by it' 65 vacancy-list --as-of=2026-11-21 --register="$T/bent.db"
like '- and where' "$(<"$T/err")" 'register-changed: .*record [0-9]'
status 'nor is a purge led by it' 65 register-purge --before=2022-02-02 --reason=x "$T/bent.db"
mv "$T/bent.db.key" "$T/away.key"
status 'without a key what the file says is written' 0 register-get --verbose "$T/bent.db" referral
like '- which is said' "$(<"$T/err")" 'no key: whether somebody changed the register is not checked'
mv "$T/away.key" "$T/bent.db.key"
try "DELETE FROM record WHERE id = 'A-1' AND gone IS NULL; UPDATE record SET gone = NULL WHERE id = 'A-1'"
got 'an old form put back is not written either' 65 --with-identity --reason=test --id=A-1

finish

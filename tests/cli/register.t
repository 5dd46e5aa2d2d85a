#!/usr/bin/env bash
# The register: what goes in, what comes out to whom, what is written down, and what is gone for good.
. "${0%/*}/tap.sh"
needs sqlite3

demo=share/demo
exports=("$demo"/exports/*.csv)
head='referral_id,received,bydel,person_id,name,comment'
one=10839421953 two=18835345102 # identity numbers of nobody

new() { # NAME: an empty register
	rm -f "$T/$1".db*
	register-init --key="$T/$1.db.key" "$T/$1.db"
}
put() { # REGISTER [OPTION]: rows from standard input
	local name=$1
	shift
	register-put "$@" "$T/$name.db"
}
rows() { # LINE ...: referrals with these lines
	printf '%s\n' "$head" "$@"
}
get() { register-get "$T/$1.db" "${@:2}"; }
count() { get "$@" | tail -n +2 | wc -l; }
sql() { sqlite3 -cmd '.timeout 600000' "$T/$1.db" "$2"; }
pseudonym() { sql "$1" "SELECT person FROM record WHERE id = '$2' AND person IS NOT NULL LIMIT 1"; }
absent() { # NAME REGISTER TEXT: in none of its bytes
	local found
	found=$(grep -alF -- "$3" "$T/$2".db "$T/$2".db-wal "$T/$2".db-shm 2>/dev/null)
	is "$1" "$found" ''
}

# ---- making one ----

umask 022
ok 'register-init' register-init --key="$T/all.db.key" "$T/all.db"
is 'makes a register and a key, for their owner alone' "$(stat -c %a "$T/all.db" "$T/all.db.key" | xargs)" '600 600'
is 'and nothing else' "$(find "$T" -type f -printf '%f\n' | sort | xargs)" 'all.db all.db.key'
is 'a key holds a secret for each purpose' "$(sed 's/ [0-9a-f]\{64\}$/ 64/' "$T/all.db.key" | xargs)" \
	'transition-key 2 pseudonym 64 content 64 bind 64 log 64 read 64 vouch 64'
sums=$(sha256sum "$T"/all.db*)
status 'what is there is refused' 73 register-init --key="$T/all.db.key" "$T/all.db"
like 'and named' "$(<"$T/err")" 'all.db: create: .*File exists'
echo kept >"$T/half.db.key"
status 'so is a key that is there' 73 register-init --key="$T/half.db.key" "$T/half.db"
ok 'and half a register is none' test ! -e "$T/half.db"
is 'nothing is overwritten' "$(sha256sum "$T"/all.db*) $(<"$T/half.db.key")" "$sums kept"
ln -s nowhere "$T/dangling.db"
status 'nor is a link followed' 73 register-init --key="$T/dangling.db.key" "$T/dangling.db"
ok 'to what is not there' test ! -e "$T/nowhere"
status 'a folder that is not there' 73 register-init --key="$T/no/such.db.key" "$T/no/such.db"
mkdir "$T/real"
ln -s real "$T/folder"
status 'a folder behind a link' 0 register-init --key="$T/folder/far.db.key" "$T/folder/far.db"
status 'is a folder' 0 register-get "$T/folder/far.db" referral
new keyed
mv "$T/keyed.db.key" "$T/away"
status 'the key may lie elsewhere' 0 register-put --key="$T/away" "$T/keyed.db" "${exports[2]}"
status 'or be missing' 66 register-put "$T/keyed.db" "${exports[2]}"
like 'which is said' "$(<"$T/err")" 'keyed.db: no-key: .*should be .*\.key'
cp "$T/away" "$T/open.key"
chmod 640 "$T/open.key"
status 'a key that others can read' 77 register-put --key="$T/open.key" "$T/keyed.db" "${exports[2]}"
like 'is refused' "$(<"$T/err")" 'open.key: key-mode: '
echo zz >"$T/bad.key"
chmod 600 "$T/bad.key"
status 'what is no key' 65 register-put --key="$T/bad.key" "$T/keyed.db" "${exports[2]}"
like 'is refused' "$(<"$T/err")" 'bad.key: key: '

# ---- putting in ----

referral-import "${exports[@]}" >"$T/all.csv"
is 'the exports' "$(put all <"$T/all.csv" 2>&1)" 'register-put: new 994, same 0, changed 0'
is 'again' "$(put all <"$T/all.csv" 2>&1)" 'register-put: new 0, same 994, changed 0'
is 'a file of its own words' "$(register-put "$T/all.db" "${exports[2]}" 2>&1)" 'register-put: new 0, same 103, changed 0'
is 'and nothing is there twice' "$(sql all 'SELECT count(*) FROM record')" 994

before=$(sql all 'SELECT count(*) FROM record, put')
status 'one bad row' 65 register-put "$T/all.db" $demo/bad/values.csv
is 'and nothing is put' "$(sql all 'SELECT count(*) FROM record, put')" "$before"
for file in $demo/bad/{duplicate,row-length,unterminated-quote,missing-column,empty,nul-byte}.csv; do
	got=0
	register-put "$T/all.db" "$file" >"$T/out" 2>"$T/err" || got=$?
	like "$file" "$got" '^6[56]$'
	is 'changes nothing' "$(sql all 'SELECT count(*) FROM record, put')" "$before"
done

new kinds
for kind in institution:institutions:30 stay:stays:786 referral:waiting:150; do
	IFS=: read -r kind file n <<<"$kind"
	is "$kind is recognised" "$(register-put "$T/kinds.db" "$demo/$file.csv" 2>&1 | tail -n 1)" "register-put: new $n, same 0, changed 0"
	is 'as such' "$(get kinds "$kind" --format=jsonl | wc -l)" "$n"
done
vacancy-list --as-of=2026-11-21 --stays=$demo/stays.csv --institutions=$demo/institutions.csv >"$T/v.csv"
placement-match --places="$T/v.csv" $demo/waiting.csv >"$T/p.csv" 2>/dev/null
is 'decision is recognised' "$(register-put "$T/kinds.db" "$T/p.csv" 2>&1 | cut -d, -f2-)" ' same 0, changed 0'
is 'as such' "$(count kinds decision)" $(($(wc -l <"$T/p.csv") - 1))
events=$'case_id,date,type,detail,until,by,note\nR-2026-0001,2026-08-05,referral_received,,,,"sa, ""ja"""\nR-2026-0001,2026-08-06,decision_made,waiting,,,'
is 'events are recognised' "$(put kinds <<<"$events" 2>&1)" 'register-put: new 2, same 0, changed 0'
is 'and the same when they come again' "$(put kinds <<<"$events"$'\nR-2026-0001,2026-08-07,other,,,,' 2>&1)" \
	'register-put: new 1, same 2, changed 0'
is 'as they were' "$(get kinds event | head -n 2)" "$(head -n 2 <<<"$events")"
status 'an event of a type that is none' 65 put kinds <<<$'case_id,date,type,detail,by,note\nR-2026-0001,2026-08-07,hvilte,,,'
like 'is told' "$(<"$T/err")" ':2:.*: type: code: '
status 'of what people call it' 0 put kinds <<<$'Sak,Dato,Hendelse,Detalj,Av,Notat\nR-2026-0001,07.08.2026,Samtale,,,'
is 'is of the type that is called so' "$(get kinds event | grep -c 2026-08-07,other)" 1
is '--kind says it, too' "$(put kinds --kind=event <<<"$events" 2>&1)" 'register-put: new 0, same 2, changed 0'
status 'a header of no kind' 65 put kinds <<<$'a,b\n1,2'
like 'asks for --kind' "$(<"$T/err")" ':1: kind: '
status 'a kind that is none' 2 register-put --kind=person "$T/kinds.db" $demo/waiting.csv
status 'another kind than it is' 65 register-put --kind=stay "$T/kinds.db" $demo/waiting.csv
status 'a kind to get that is none' 2 register-get "$T/kinds.db" person
status 'one that is not kept' 2 register-get "$T/kinds.db" identity
new none
for kind in referral institution stay event decision; do
	status "an empty register: no $kind" 0 register-get "$T/none.db" $kind
done
referral-import --end "${exports[2]}" >"$T/whole.csv"
is 'a table without rows still has its columns' "$(get none referral)" "$(get all referral | head -n 1)"

# ---- end markers ----

new end
status '--end and a whole input' 0 register-put --end "$T/end.db" "$T/whole.csv"
is 'of so many rows' "$(count end referral)" 103
new end
head -n 50 "$T/whole.csv" >"$T/cut.csv"
status '--end and an input that broke off' 65 register-put --end "$T/end.db" "$T/cut.csv"
like 'says that it may have' "$(<"$T/err")" ' no-end: |: no-end: '
{ head -n 50 "$T/whole.csv"; tail -n 1 "$T/whole.csv"; } >"$T/lying.csv"
status 'a marker that tells of more rows' 65 register-put --end "$T/end.db" "$T/lying.csv"
like 'says so' "$(<"$T/err")" ': cut-off: .* 47 rows, .*103'
status 'also to those who did not ask for it' 65 register-put "$T/end.db" "$T/lying.csv"
status '--end and no marker' 65 register-put --end "$T/end.db" "${exports[2]}"
status 'a writer that dies' 65 bash -c "{ referral-import --end ${exports[2]} | head -c 9000; } | register-put --end $T/end.db"
is 'none of them is put' "$(sql end 'SELECT count(*) FROM record, put')" 0
printf 'case_id,date,type\nA,2026-01-01,other\n#end 1\n' >"$T/event-end.csv"
status 'other kinds have an end, too' 0 register-put --end "$T/end.db" "$T/event-end.csv"
sed 's/#end 1/#end 2/' "$T/event-end.csv" >"$T/event-lie.csv"
status 'that may lie' 65 register-put --end "$T/end.db" "$T/event-lie.csv"

# ---- getting out ----

needs-aggregate "${exports[@]}" >"$T/fused.csv"
ok 'register-get, rop-group and needs-aggregate count what the short way counts' \
	cmp "$T/fused.csv" <(get all referral | rop-group | needs-aggregate)
is '--bydel' "$(count all referral --bydel=Sagene)" 103
is 'a code does, too' "$(count all referral --bydel=030103)" 103
status 'a district that is none' 2 register-get "$T/all.db" referral --bydel=Sagena
is '--since' "$(get all referral --since=2022-10-01 --format=jsonl | wc -l)" \
	"$(referral-import --format=jsonl "$T/all.csv" | grep -cE '"received":"(202[3-9]|2022-1)')"
is '--id' "$(count all referral --id=R-2022-0255)" 1
is 'an id that is not there' "$(count all referral --id=R-0)" 0
status 'a day that is none' 2 register-get "$T/all.db" referral --since=2022-13-01
is 'JSON Lines tell the same' "$(get all referral --format=jsonl | referral-import | cksum)" "$(get all referral | referral-import | cksum)"

new days
rows 'A-1,2022-02-01,Sagene,,,' 'A-2,2022-02-01,Sagene,,,' | put days --as-of=2026-01-01 2>/dev/null
is 'a row that changed' "$(rows 'A-1,2022-02-01,Frogner,,,' 'A-2,2022-02-01,Sagene,,,' | put days --as-of=2026-03-01 2>&1)" \
	'register-put: new 0, same 1, changed 1'
bydel() { get days referral --id=A-1 "$@" | tail -n +2 | cut -d, -f3; }
is 'now' "$(bydel)" 030105
is 'before it was known' "$(bydel --as-of=2025-12-31)" ''
is 'on the day that it was known' "$(bydel --as-of=2026-01-01)" 030103
is 'on the day before it changed' "$(bydel --as-of=2026-02-28)" 030103
is 'on the day that it changed' "$(bydel --as-of=2026-03-01)" 030105
rows 'A-1,2022-02-01,Ullern,,,' | put days --as-of=2026-02-01 2>/dev/null
for day in 2026-01-15 2026-02-15 2026-04-01; do
	is "$day: one row, although news came late" "$(get days referral --id=A-1 --as-of=$day | tail -n +2 | wc -l)" 1
done

# ---- who they are ----

cat $demo/waiting.csv >"$T/people.csv"
extra="A-9,2022-02-01,030103,$one,\"O'Neill, \"\"Kari\"\"\",mann,1994,,,,,,,,,,,\"Ås, Ola\",+47 22 33 44 55,post@example.no,\"Et \"\"sitat\"\", komma; æøå
og en linje til\",,,,,,,,,,,,"
printf '%s\n' "$extra" >>"$T/people.csv"
new people
register-put "$T/people.db" "$T/people.csv" 2>/dev/null
register-put "$T/people.db" "$T/all.csv" 2>/dev/null
facts() { # FILE: identity number, name, contact and comment of each, in turn
	perl -MJSON::PP -ne 'my $r = decode_json($_);
		for my $f (qw(person_id name contact_name contact_phone contact_email comment)) {
			my $v = $r->{$f} // ""; utf8::encode($v);
			for (split /\n/, $v) { print "$_\n" if length($_) > 4 } }' "$1" | sort -u
}
referral-import --format=jsonl "$T/people.csv" "$T/all.csv" >"$T/people.jsonl"
facts "$T/people.jsonl" >"$T/facts"
ok 'there is something to hide' test "$(wc -l <"$T/facts")" -gt 1500
register-get "$T/people.db" referral >"$T/out.csv"
register-get --format=jsonl "$T/people.db" referral >"$T/out.jsonl"
for file in out.csv out.jsonl people.db people.db-wal people.db-shm; do
	[[ ! -e $T/$file ]] || is "$file: none of it" "$(grep -aFf "$T/facts" "$T/$file" | head -n 3)" ''
done
mkfifo "$T/hold"
sqlite3 "$T/people.db" <"$T/hold" >/dev/null &
holder=$!
exec 6>"$T/hold"
echo 'SELECT count(*) FROM record;' >&6
rows "A-8,2022-02-01,Sagene,$two,Hemmelig Navnesen,Hemmelig Merknad" | put people 2>/dev/null
ok 'while the journal is there' test -s "$T/people.db-wal"
is 'nor there' "$(cat "$T"/people.db* | grep -acE "Hemmelig|$two")" 0
exec 6>&-
wait $holder
like 'a pseudonym' "$(pseudonym people A-9)" '^p-[a-z2-7]{24}$'
is 'of one person is one' "$(rows "A-7,2022-02-01,Sagene,$one,," | put people 2>/dev/null; pseudonym people A-7)" "$(pseudonym people A-9)"
new other
rows "A-9,2022-02-01,Sagene,$one,," | put other 2>/dev/null
ok 'and another under another key' test "$(pseudonym other A-9)" != "$(pseudonym people A-9)"

status '--with-identity wants a reason' 2 register-get "$T/people.db" referral --with-identity
status 'that says something' 2 register-get "$T/people.db" referral --with-identity --reason=
status 'and a reason wants it' 2 register-get "$T/people.db" referral --reason=x
is 'none of which is in the log' "$(register-log "$T/people.db" | wc -l)" 1
new back
register-put "$T/back.db" "$T/people.csv" 2>/dev/null
is '--with-identity gives back what was put' \
	"$(get back referral --with-identity --reason='for the record' --format=jsonl | sed 's/,"other":\(""\|null\)}$/}/')" \
	"$(referral-import --format=jsonl "$T/people.csv")"
is 'one line of the log' "$(register-log "$T/back.db" | cut -d, -f1,3-)" "line,who,what,why
1,$(id -un),get,for the record"
printf '%s;Ukjent kolonne\n%s;verdien\n' "${head//,/;}" 'A-1;2022-02-01;Sagene;;;' | put back 2>/dev/null
is 'a column that no field claims' "$(get back referral --id=A-1 --with-identity --reason=x | grep -c 'Ukjent kolonne=verdien')" 1
is 'is sealed' "$(cat "$T"/back.db* | grep -ac verdien)" 0
cp "$T/away" "$T/back.key"
status 'another key opens nothing' 65 register-get --key="$T/back.key" --with-identity --reason=x "$T/back.db" referral
like 'and says so' "$(<"$T/err")" 'back.key: wrong-key: '
is 'and gives nothing' "$(<"$T/out")" ''
status 'nor puts it anything in' 65 register-put --key="$T/back.key" "$T/back.db" "${exports[2]}"

lines=$(register-log "$T/people.db" | wc -l)
sql people 'ALTER TABLE access_person RENAME TO away'
got=0
register-get --with-identity --reason=x "$T/people.db" referral >"$T/out" 2>"$T/err" || got=$?
ok 'a log that cannot be written: no success' test $got != 0
is 'nothing is given' "$(<"$T/out")" ''
is 'nor a file made' "$(register-get -o "$T/given" --with-identity --reason=x "$T/people.db" referral 2>&1 | grep -c A-9; ls "$T/given" 2>/dev/null)" 0
sql people 'ALTER TABLE away RENAME TO access_person'
is 'and nothing logged' "$(register-log "$T/people.db" | wc -l)" "$lines"

# ---- the log ----

new log
rows "A-1,2022-02-01,Sagene,$one,," "A-2,2022-02-01,Sagene,$two,," "A-3,2022-02-01,Sagene,,," | put log 2>/dev/null
for n in 1 2 3 4 5; do get log referral --id=A-$((n % 3 + 1)) --with-identity --reason="reason $n" >"$T/out"; done
status 'register-log --verify' 0 register-log --verify "$T/log.db"
is 'is silent' "$(cat "$T/out" "$T/err")" ''
is 'a line a look' "$(register-log "$T/log.db" | wc -l)" 6
is '--person' "$(register-log --person="$(pseudonym log A-2)" "$T/log.db" | cut -d, -f5 | xargs)" 'why reason 1 reason 4'
status 'another key writes no line' 65 register-get --key="$T/away" --with-identity --reason=x "$T/log.db" referral
is 'as JSON Lines' "$(register-log --format=jsonl "$T/log.db" | grep -c '"line":')" 5
status 'a person of whom nothing is known' 0 register-log --person=p-nobody "$T/log.db"
tampered() { # NAME SQL PATTERN: the change is found in the lines that match
	cp "$T/log.db" "$T/bent.db"
	cp "$T/log.db.key" "$T/bent.db.key"
	sql bent "$2"
	status "$1" 1 register-log --verify "$T/bent.db"
	like 'is found' "$(grep -o 'line [0-9]*' "$T/err" | xargs)" "$3"
	rm -f "$T"/bent.db*
}
for n in 1 2 3 4 5; do
	for column in at who what why; do
		tampered "line $n: another $column" "UPDATE access SET $column = $column || 'x' WHERE line = $n" "line $n\b"
	done
	tampered "line $n: one bit of its hash" \
		"UPDATE access SET hash = CAST(x'00' || substr(hash, 2) AS BLOB) WHERE line = $n" "line $n\b"
done
for n in 1 2 3 4; do
	tampered "line $n gone" "DELETE FROM access WHERE line = $n" "line $((n + 1))\b"
	tampered "line $n gone, the others moved up" \
		"DELETE FROM access WHERE line = $n; UPDATE access SET line = -line WHERE line > $n; UPDATE access SET line = -line - 1 WHERE line < 0" "line $n\b"
	tampered "lines $n and $((n + 1)) changed places" "UPDATE access SET line = -1 WHERE line = $n;
		UPDATE access SET line = $n WHERE line = $((n + 1)); UPDATE access SET line = $((n + 1)) WHERE line = -1" "line $n\b"
	tampered "what lines $n and $((n + 1)) say changed places" "UPDATE access SET why = CASE line WHEN $n
		THEN 'reason $((n + 1))' ELSE 'reason $n' END WHERE line IN ($n, $((n + 1)))" "line $n\b"
done
tampered 'a line added' "INSERT INTO access SELECT line + 1, at, who, what, why, hash FROM access WHERE line = 5" 'line 6'
tampered 'a person taken from a line' 'DELETE FROM access_person WHERE line = 1' 'line 1\b'
tampered 'a person added to a line' "INSERT INTO access_person VALUES (2, 'p-somebody')" 'line 2\b'
tampered 'a person moved' 'UPDATE access_person SET line = 2 WHERE line = 1' 'line 1'
tampered 'the last line gone' 'DELETE FROM access WHERE line = 5; DELETE FROM access_person WHERE line = 5' 'line [0-9]'
tampered 'the last two gone' 'DELETE FROM access WHERE line > 3; DELETE FROM access_person WHERE line > 3' 'line [0-9]'
tampered 'all gone' 'DELETE FROM access; DELETE FROM access_person' 'line [0-9]'
# The end cut off by one who knows where the register keeps its last hash, but has no key.
cp "$T/log.db" "$T/forged.db"
cp "$T/log.db.key" "$T/forged.db.key"
sql forged "DELETE FROM access WHERE line = 5; DELETE FROM access_person WHERE line = 5;
	UPDATE setting SET value = (SELECT lower(hex(hash)) FROM access WHERE line = 4) WHERE name = 'access_head'"
status 'a log with its end and its head forged' 1 register-log --verify "$T/forged.db"
status 'another key verifies nothing' 65 register-log --verify --key="$T/away" "$T/log.db"

# ---- taking away ----

new purge
rows 'A-1,2022-02-01,Sagene,,Hun Selv,gammel merknad' "A-2,2022-03-01,Sagene,$two,En Annen," | put purge --as-of=2026-01-01 2>/dev/null
rows "A-1,2022-02-02,Sagene,$one,Hun Selv,merknad" | put purge --as-of=2026-01-02 2>/dev/null
rows "A-1,2022-02-03,Sagene,$one,Hun Selv,ny merknad" "A-5,2024-02-03,Sagene,$one,," | put purge --as-of=2026-01-03 2>/dev/null
register-put "$T/purge.db" $demo/institutions.csv 2>/dev/null
printf '%s\n' stay_id,referral_id,institution_id,from,expected_to,to,status \
	O-11111,A-1,I-01,2026-01-01,2026-02-01,,moved_in O-22222,A-2,I-01,2026-01-01,2026-02-01,,moved_in >"$T/stays.csv"
ok 'stays' register-put "$T/purge.db" "$T/stays.csv"
ok 'events' put purge <<<$'case_id,date,type,detail,by,note\nA-1,2026-01-01,moved_in,kort,,Hendelsen\nA-2,2026-01-01,other,,,Annet'
head -n 1 "$T/p.csv" >"$T/p1.csv"
sed -n '2{s/R-2026-[0-9]*/A-1/g;p};3{s/R-2026-[0-9]*/A-2/g;p}' "$T/p.csv" >>"$T/p1.csv"
ok 'decisions' register-put "$T/purge.db" "$T/p1.csv"
who=$(pseudonym purge A-1)
get purge referral --id=A-1 --with-identity --reason=before >/dev/null
status '--reason is needed' 2 register-purge --person="$who" "$T/purge.db"
status 'and one thing to purge' 2 register-purge --person="$who" --before=2022-01-01 --reason=x "$T/purge.db"
status 'or any' 2 register-purge --reason=x "$T/purge.db"
cp "$T/purge.db" "$T/unpurged.db"
cp "$T/purge.db.key" "$T/unpurged.db.key"
status 'register-purge --person' 0 register-purge --person="$who" --reason='asked to' "$T/purge.db"
like 'says how many' "$(<"$T/err")" '^register-purge: removed: [0-9]+$'
for text in A-1 A-5 O-11111 Hendelsen; do absent "$text is gone" purge "$text"; done
is 'history, too, also from before the person was known' "$(sql purge "SELECT count(*) FROM record WHERE id = 'A-1'")" 0
is 'who it was about, too' "$(sql purge 'SELECT count(*) FROM seal WHERE sealed IS NOT NULL')" 1
is 'the pseudonym is in the log alone' "$(sql purge "SELECT count(*) FROM record WHERE person = '$who' OR body LIKE '%$who%'")" 0
is 'others stay' "$(for kind in referral stay event decision institution; do count purge $kind; done | xargs)" '1 1 1 1 30'
is 'the log keeps it' "$(register-log "$T/purge.db" | tail -n 1 | cut -d, -f4-)" 'purge,asked to'
status 'whole' 0 register-log --verify "$T/purge.db"
status 'the register, too' 0 register-check "$T/purge.db"
status 'a person that was never there' 1 register-purge --person=p-nobody --reason=x "$T/purge.db"
like 'may be a slip' "$(<"$T/err")" 'nothing about that person or case'
status 'one that is gone already' 0 register-purge --person="$who" --reason=x "$T/purge.db"
is 'is not a word worth' "$(<"$T/err")" ''
status 'but when asked' 0 register-purge --verbose --person="$who" --reason=x "$T/purge.db"
like 'is none' "$(<"$T/err")" 'removed: 0'

# Age counts from the last thing that happened in a case, as it is known now; a case that is open stays.
old() { # what --before=2023-01-01 leaves: ids of referrals
	status '--before' 0 register-purge --before=2023-01-01 --reason='too old' "$T/$1.db"
	get "$1" referral | tail -n +2 | cut -d, -f1 | sort | xargs
}
rows "B-1,2022-03-01,Sagene,,," "B-2,2022-03-01,Sagene,,," "B-3,2022-03-01,Sagene,,," | put unpurged 2>/dev/null
put unpurged <<<$'stay_id,referral_id,institution_id,from,to,status\nS-1,B-1,I-01,2014-03-01,2014-06-01,moved_out\nS-2,B-2,I-01,2014-03-01,,moved_in\nS-3,B-4,I-01,2014-03-01,,moved_in' 2>/dev/null
put unpurged <<<$'case_id,date,type\nB-3,2024-05-01,cooperation_meeting' 2>/dev/null
is 'what is old in all its parts goes, with stays and events' "$(old unpurged | tail -n 1)" 'A-1 A-2 A-5 B-2 B-3'
like 'open cases that are as old are told' "$(<"$T/err")" 'kept as the case is open: 2;'
is 'nobody is moved out by age' "$(get unpurged stay | cut -d, -f1 | grep ^S- | xargs)" 'S-2 S-3'
absent 'B-1 is gone' unpurged B-1
new typo
rows "R-1,2012-11-01,Sagene,,," | put typo --as-of=2026-01-01 2>/dev/null
rows "R-1,2023-11-01,Sagene,,," | put typo --as-of=2026-01-02 2>/dev/null
is 'a slip that was corrected is no evidence' "$(old typo | tail -n 1)" R-1
is 'institutions stay' "$(count unpurged institution)" 30
status 'and the register is whole' 0 register-check "$T/unpurged.db"

new held
rows "A-1,2022-02-01,Sagene,$one,," | put held 2>/dev/null
who=$(pseudonym held A-1)
sqlite3 "$T/held.db" <"$T/hold" >"$T/reads" &
holder=$!
exec 6>"$T/hold"
echo 'BEGIN; SELECT count(*) FROM record;' >&6
await 'somebody reads' test -s "$T/reads"
got=0
register-purge --timeout=1 --person="$who" --reason=x "$T/held.db" 2>"$T/err" || got=$?
is 'a purge that cannot wipe, as others read, says so' "$got" 75
exec 6>&-
wait $holder
status 'and can be done again' 0 register-purge --person="$who" --reason=x "$T/held.db"
absent 'until no trace is left' held "$who"

# ---- copies ----

ok 'register-backup' register-backup "$T/all.db" "$T/copy.db"
is 'for its owner alone' "$(stat -c %a "$T/copy.db")" 600
cp "$T/all.db.key" "$T/copy.db.key"
ok 'has the same records' cmp <(get all referral --as-of=2099-01-01) <(get copy referral --as-of=2099-01-01)
ok 'is whole' register-check "$T/copy.db"
status 'does not overwrite' 73 register-backup "$T/all.db" "$T/copy.db"
ok 'register-backup --sealed' register-backup --sealed "$T/all.db" "$T/sealed"
is 'for its owner alone' "$(stat -c %a "$T/sealed")" 600
is 'tells nothing' "$(grep -acE 'SQLite|R-2022' "$T/sealed")" 0
ok 'is restored' register-backup --restore --key="$T/all.db.key" "$T/sealed" "$T/again.db"
is 'for its owner alone' "$(stat -c %a "$T/again.db")" 600
ok 'with the same records' cmp <(get all referral) <(get again referral)
ok 'and whole' register-check "$T/again.db"
is 'who they are as well' "$(register-get --key="$T/all.db.key" --with-identity --reason=x "$T/again.db" referral | cksum)" \
	"$(get all referral --with-identity --reason=x | cksum)"
status 'another key' 65 register-backup --restore --key="$T/away" "$T/sealed" "$T/no.db"
like 'is told' "$(<"$T/err")" 'sealed: sealed: '
size=$(stat -c %s "$T/sealed")
for at in 0 23 24 39 40 $((size / 2)) $((size - 1)); do
	cp "$T/sealed" "$T/flipped"
	byte=$(od -An -tu1 -j "$at" -N 1 "$T/sealed")
	# shellcheck disable=SC2059 # the byte is the format
	printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$T/flipped" bs=1 seek="$at" conv=notrunc status=none
	status "byte $at changed" 65 register-backup --restore --key="$T/all.db.key" "$T/flipped" "$T/no.db"
done
for length in 0 1 39 40 $((size - 1)); do
	head -c "$length" "$T/sealed" >"$T/flipped"
	got=0
	register-backup --restore --key="$T/all.db.key" "$T/flipped" "$T/no.db" 2>"$T/err" || got=$?
	like "cut after $length bytes" "$got" '^6[56]$'
done
ok 'none of which makes a register' test ! -e "$T/no.db"
status '--restore wants a key' 2 register-backup --restore "$T/sealed" "$T/no.db"

# What is left of a writer that died must not come back in what is restored.
new stale
register-put "$T/stale.db" "${exports[2]}" 2>/dev/null
register-backup --sealed "$T/stale.db" "$T/stale.sealed"
get stale referral >"$T/stale.csv"
sqlite3 "$T/stale.db" <"$T/hold" >"$T/wrote" 2>&1 &
holder=$!
exec 6>"$T/hold"
echo "UPDATE record SET body = 'ghost'; SELECT 1;" >&6
await 'somebody has written' test -s "$T/wrote"
kill -9 $holder
wait $holder 2>/dev/null
exec 6>&-
ok 'a writer died' test -s "$T/stale.db-wal"
if register-backup --restore --key="$T/stale.db.key" "$T/stale.sealed" "$T/stale.db" 2>"$T/err"; then
	ok 'what is restored in its place is what was sealed' cmp "$T/stale.csv" <(get stale referral)
else
	like 'what is there is refused' "$(<"$T/err")" 'stale.db: '
fi

# ---- other programs ----

cp "$T/kinds.db" "$T/round.db"
cp "$T/kinds.db.key" "$T/round.db.key"
for as_of in 2026-06-01 2026-11-21; do
	ok "vacancy-list --register --as-of=$as_of" cmp \
		<(vacancy-list --register="$T/round.db" --as-of=$as_of) \
		<(vacancy-list --institutions=$demo/institutions.csv --stays=$demo/stays.csv --referrals=$demo/waiting.csv --as-of=$as_of)
done
ok 'vacancy-list --register --public' cmp <(vacancy-list --register="$T/round.db" --as-of=2026-11-21 --public) \
	<(vacancy-list --institutions=$demo/institutions.csv --stays=$demo/stays.csv --referrals=$demo/waiting.csv --as-of=2026-11-21 --public)
ok 'placement-match --register' cmp <(placement-match --register="$T/round.db" --places="$T/v.csv" 2>/dev/null) \
	<(placement-match --places="$T/v.csv" --stays=$demo/stays.csv $demo/waiting.csv 2>/dev/null)
ok 'with a file of referrals' cmp <(placement-match --register="$T/round.db" --places="$T/v.csv" $demo/waiting.csv 2>/dev/null) \
	<(placement-match --places="$T/v.csv" --stays=$demo/stays.csv $demo/waiting.csv 2>/dev/null)
new early
register-put "$T/early.db" $demo/institutions.csv 2>/dev/null
ok 'vacancy-list --register, nobody there yet' cmp <(vacancy-list --register="$T/early.db" --as-of=2026-11-21 | cut -d, -f1-8) \
	<(vacancy-list --institutions=$demo/institutions.csv --as-of=2026-11-21 | cut -d, -f1-8)

# ---- what is no register, or not for us ----

refused() { # STATUS PATTERN WHAT PATH
	local program got
	for program in "register-get $4 referral" "register-put --key=$T/away $4 ${exports[2]}" "register-check $4" "register-log $4" \
		"register-backup $4 $T/no.db" "register-purge --key=$T/away --person=p-x --reason=x $4"; do
		# shellcheck disable=SC2086 # words
		status "$3: ${program%% *}" "$1" $program
		like 'is said' "$(<"$T/err")" "$2"
		got=$(wc -l <"$T/err")
		is 'in one line' "$got" 1
	done
	ok 'and nothing is made' test ! -e "$T/no.db"
}
cp "$T/all.db" "$T/newer.db"
sql newer 'PRAGMA user_version = 99'
refused 65 'newer.db: register-newer: .*99' 'a newer version' "$T/newer.db"
echo 'not a database, but rather longer than the head of one would have to be, which is a hundred bytes and more' >"$T/text.db"
refused 65 'text.db: no-register: ' 'a text' "$T/text.db"
: >"$T/empty.db"
refused 65 'empty.db: no-register: ' 'an empty file' "$T/empty.db"
sqlite3 "$T/foreign.db" 'CREATE TABLE a (b)'
refused 65 'foreign.db: no-register: ' 'another database' "$T/foreign.db"
refused 66 'share: .*directory' 'a directory' share
ln -s all.db "$T/link.db"
refused 66 'link.db: link: ' 'a symbolic link' "$T/link.db"
refused 66 'nowhere.db: open: .*No such file' 'nothing' "$T/nowhere.db"
mkfifo "$T/pipe.db"
refused 65 'pipe.db: no-register: ' 'a pipe' "$T/pipe.db"
pages=$(($(stat -c %s "$T/all.db") / 4096))
for keep in $((pages / 3)) $((pages - 2)); do
	head -c $((keep * 4096 + 100)) "$T/all.db" >"$T/short.db"
	status "a file cut after $keep pages of $pages: register-check" 65 register-check "$T/short.db"
	like 'is damaged' "$(<"$T/err")" 'short.db: register'
	got=0
	register-get "$T/short.db" referral >"$T/out" 2>"$T/err" || got=$?
	ok 'register-get: gives all or says so' test "$got" = 65 -o "$(tail -n +2 "$T/out" | wc -l)" = 994
	rm -f "$T"/short.db*
done
if [[ $(id -u) == 0 ]] && command -v setpriv >/dev/null && id nobody >/dev/null 2>&1; then
	as_nobody() { setpriv --reuid=nobody --regid=nogroup --clear-groups env PATH="$PATH" TRANSITION_SHARE="$TRANSITION_SHARE" "$@"; }
else
	as_nobody() { "$@"; }
fi
chmod 755 "$T"
cp "$T/all.db" "$T/shut.db"
chmod 000 "$T/shut.db"
if as_nobody test -r "$T/shut.db" || ! as_nobody register-get --version >/dev/null 2>&1; then
	skip 'a register that may not be read' 'there is no user who may not'
else
	for program in "register-get $T/shut.db referral" "register-check $T/shut.db"; do
		got=0
		# shellcheck disable=SC2086 # words
		as_nobody $program >"$T/out" 2>"$T/err" || got=$?
		like "${program%% *}: a register that may not be read" "$got" '^(66|77)$'
		like 'has the words of the system' "$(<"$T/err")" 'shut.db: .*Permission denied'
	done
fi

# ---- checking ----

ok 'register-check' register-check "$T/all.db"
damaged() { # NAME SQL
	cp "$T/all.db" "$T/bent.db"
	sql bent "$2"
	status "$1" 65 register-check "$T/bent.db"
	like 'is found' "$(<"$T/err")" 'bent.db: register-damaged: '
	rm -f "$T"/bent.db*
}
damaged 'a put that is gone' 'DELETE FROM put WHERE put = 1'
damaged 'a record that is gone from who it is about' 'DELETE FROM record WHERE record = 7'
damaged 'a layout that is gone' 'DELETE FROM layout'
cp "$T/all.db" "$T/bent.db"
dd if=/dev/urandom of="$T/bent.db" bs=4096 seek=20 count=3 conv=notrunc status=none
status 'pages overwritten' 65 register-check "$T/bent.db"
rm -f "$T"/bent.db*

# ---- many at once ----

new many
begun=$SECONDS
for i in {1..16}; do
	file=${exports[i - 1]:-$demo/waiting.csv}
	(register-put --timeout=600 "$T/many.db" "$file" >/dev/null 2>"$T/many.$i" || echo "put $i: $?" >>"$T/many.failed"
	register-get --timeout=600 "$T/many.db" referral >"$T/many.out.$i" || echo "get $i: $?" >>"$T/many.failed"
	register-get --timeout=600 --with-identity --reason="look $i" --bydel=Sagene "$T/many.db" referral >/dev/null || echo "look $i: $?" >>"$T/many.failed") &
done
register-backup --timeout=600 "$T/many.db" "$T/many-copy.db" || echo "backup: $?" >>"$T/many.failed"
register-backup --timeout=600 --sealed "$T/many.db" "$T/many.sealed" || echo "sealed: $?" >>"$T/many.failed"
wait
ok 'sixteen who put and get at once: none fails' test ! -e "$T/many.failed"
ok 'none hangs: within ten minutes' test $((SECONDS - begun)) -lt 600
is 'nothing is lost' "$(count many referral)" $((994 + 150))
ok 'each sees whole inputs' bash -c "for f in $T/many.out.*; do tail -n +2 \$f | wc -l; done | awk '\$1 < 20 { exit 1 }'"
is 'sixteen lines of the log' "$(register-log "$T/many.db" | tail -n +2 | wc -l)" 16
status 'which follow one from another' 0 register-log --verify "$T/many.db"
ok 'the register is whole' register-check "$T/many.db"
ok 'so is a copy that was made meanwhile' register-check "$T/many-copy.db"
ok 'and the sealed one' register-backup --restore --key="$T/many.db.key" "$T/many.sealed" "$T/many-again.db"
ok 'is whole' register-check "$T/many-again.db"
is 'a copy holds whole inputs' "$(sql many-copy 'SELECT count(*) FROM put')" \
	"$(sql many-copy 'SELECT count(DISTINCT put) FROM record')"

# ---- who waits ----

sqlite3 "$T/many.db" <"$T/hold" >"$T/held" &
holder=$!
exec 6>"$T/hold"
echo "BEGIN IMMEDIATE; SELECT 'held';" >&6
await 'somebody holds the register' test -s "$T/held"
is 'a writer holds the register' "$(<"$T/held")" held
begun=$SECONDS
status 'register-put --timeout=1' 75 register-put --timeout=1 "$T/many.db" "${exports[2]}"
like 'says that it is busy' "$(<"$T/err")" 'many.db: busy: '
status 'register-get --with-identity --timeout=0' 75 register-get --timeout=0 --with-identity --reason=x "$T/many.db" referral
is 'and gives nothing' "$(<"$T/out")" ''
status 'register-purge --timeout=0' 75 register-purge --timeout=0 --person=p-x --reason=x "$T/many.db"
status 'who only reads need not wait' 0 register-get --timeout=0 "$T/many.db" referral
ok 'and a copy can be made' register-backup --timeout=0 "$T/many.db" "$T/meanwhile.db"
ok 'none hangs: within ten minutes' test $((SECONDS - begun)) -lt 600
register-put --timeout=600 "$T/many.db" "${exports[2]}" 2>"$T/err" 6>&- &
waiting=$!
sleep 0.3
exec 6>&-
wait $holder
got=0
wait $waiting || got=$?
is 'who waits long enough gets on' "$got" 0
for bad in x -1 1x 99999 ''; do
	status "--timeout=$bad" 2 register-get --timeout="$bad" "$T/many.db" referral
done

# ---- two parts that meet again ----

new parts
referral-anonymise --key="$T/parts.db.key" --identity="$T/identity.csv" -o "$T/send.csv" $demo/waiting.csv 2>/dev/null
is 'what travels' "$(put parts <"$T/send.csv" 2>&1)" 'register-put: new 150, same 0, changed 0'
is 'what stays joins it' "$(put parts <"$T/identity.csv" 2>&1)" 'register-put: new 0, same 0, changed 150'
is 'once' "$(put parts <"$T/identity.csv" 2>&1)" 'register-put: new 0, same 150, changed 0'
is 'the names are theirs' "$(get parts referral --with-identity --reason=x --format=jsonl | facts /dev/stdin)" \
	"$(referral-import --format=jsonl $demo/waiting.csv | facts /dev/stdin)"
is 'under seal' "$(grep -acFf <(facts <(referral-import --format=jsonl $demo/waiting.csv)) "$T/parts.db")" 0
put parts <"$T/send.csv" 2>/dev/null
is 'and are not lost when what travels comes again' \
	"$(get parts referral --with-identity --reason=x --format=jsonl | facts /dev/stdin | wc -l)" \
	"$(referral-import --format=jsonl $demo/waiting.csv | facts /dev/stdin | wc -l)"
status 'who belongs to no referral' 65 put parts <<<$'referral_id,own_id,name\nh-nobody,A,Kari'
like 'is told' "$(<"$T/err")" ': not-in-register: .*h-nobody'

finish

#!/usr/bin/env bash
# What transition-register(5) says that somebody can learn, and cannot: each sentence of it has a test, here or
# elsewhere, which the table below names. Then what was tested nowhere else: a copy beside a register of one's own,
# lengths, and a put key in the hands of somebody who can write the file.
. "${0%/*}/tap.sh"
. "${0%/*}/forge.sh"
page=man/transition-register.5

# The sentences under WHO CAN LEARN WHAT, one a line, without macros.
sentences() {
	perl -0777 -e 'my ($part) = <STDIN> =~ /^\.Sh WHO CAN LEARN WHAT\n(.*?)^\.Sh /ms; my $text = "";
		for (split /\n/, $part) {
			if (/^\.(Ss|Bl|El|It|Pp)/) { $text .= "\n\n"; next }
			s/^\.(Xr|Ql|Pq|Sx|Fl) //; s/\b(Fl|Sx|Li|No|Ns) //g; s/ ([.,;:])$/$1/; $text .= "$_\n" }
		for (split /\n\n+/, $text) { s/\s+/ /g; s/^ | $//g; print "$_\n" for grep { $_ ne "" } split /(?<=[.:])\s+(?=[A-Z])/ }' <$page
}

# How a sentence begins | the file of its test | what the test is called. No file: what the sentence is instead.
claims() {
	cat <<-'END'
		What a register protects||what the part is about
		Each promise has a test.|threats.t|every sentence has a test
		Somebody who finds a copy||begins the list that follows
		the records without the fields|threats.t|a copy tells no name, number, contact or comment
		which referrals are about the same person|threats.t|nor anything that a register of their own says of the same people
		who put records in and when|register-keys.t|a look at a referral without a person names it, by a code
		They do not learn a name|threats.t|what is sealed is as long, however long it is
		They cannot find out whether a given number|threats.t|nor anything that a register of their own says of the same people
		What others can combine||what is not promised
		Somebody who knows a person||what is not promised
		Keep copies sealed|register.t|tells nothing
		An id is stored as it was given.|register-keys.t|an id that is an identity number
		Without a key, whoever changes|register-tamper.t|a body changed
		A program that is to add a line|register-tamper.t|and nothing put
		Triggers and views|register-tamper.t|a look, with a trigger planted
		So is what was right once|register-replay.t|a put of the fork, with its records
		And no program binds anew|register-replay.t|a version that somebody changed is not ended as if it were right
		Reading goes by marks|register-tamper.t|nor by a program that decides by it
		Without a key no mark|register-tamper.t|without a key what the file says is written
		Where decisions are made|register-keys.t|an audit key
		One thing cannot be told|register-tamper.t|a copy from before, put back
		That is what a witness|register-tamper.t|is older than its witness
		They can put records in, and|register-keys.t|a put key holds what it needs
		So with a copy they can find out|threats.t|with a put key, whether a number is in a copy
		They can try a guess|threats.t|the same content is the same, a part of it is not
		That goes with the key||what is granted
		They cannot unseal|register-keys.t|: reads: $read
		They can forge records||what is granted
		Who can write the file as well|threats.t|the log as it ended in an older copy, bound with a put key
		They can read who everybody is.|register-keys.t|all that was put in, with whatever key
		A purge is refused to them|register-keys.t|: purges: $purges
		The programs write a line|register-tamper.t|a witness that is gone: nothing is shown
		Somebody who does not use these programs|register-tamper.t|log, head and state put back together
		Give read keys to few.||advice
		They can read who the cases|register-offices.t|but not what is another
		So nothing is put in, and no copy sealed|threats.t|nothing is put in for a list that nobody vouched for
		An older list||what is not promised
		Nor is the reason for a judgement sealed|threats.t|a reason is sealed for no district that somebody wrote
		But whoever has any key||what is not promised
		Where reasons are kept||advice
		They can read who the cases are about that were passed on|register-institutions.t|a stolen copy and the key of an institution
		That is so also of who has left since|postgresql-institutions.t|in a file no server keeps back who moved out
		Who can write the file as well, with any key||what is not promised
		They can verify the log and all marks|register-keys.t|: purges: $purges
		They cannot read names, nor make|register-keys.t|: puts: $put
		Whoever is root||what is not promised
		Against others on the same machine|register-keys.t|no secret of the key is in a dump of the memory
		They write no core file|register-keys.t|: no core file may be written
		What they free they wipe|register-keys.t|put in: nobody is left in memory
		A copy holds what the register held.||what is not promised
		A purge does not reach it||advice
		Copies from version 1||what is not promised
		When a register has been brought up to date|register-migrate.t|register-key migrate
		The programs do not hide||what is not promised
	END
}

missing=
while read -r sentence; do
	found=
	while IFS='|' read -r begins _; do
		[[ $sentence == "$begins"* ]] && found=yes
	done < <(claims)
	[[ $found ]] || missing+="$sentence"$'\n'
done < <(sentences)
is 'every sentence has a test' "$missing" ''
said=$(sentences)
while IFS='|' read -r begins file name; do
	ok "$begins: is said" grep -qF -- "$begins" <<<"$said"
	[[ $file ]] || continue
	ok "- and tested: $file: $name" grep -qF -- "$name" "tests/cli/$file"
done < <(claims)

if ! command -v sqlite3 >/dev/null || ! command -v python3 >/dev/null; then
	lacks 'what somebody can learn' 'sqlite3 or python3 is not installed'
	finish
fi
head='referral_id,received,bydel,person_id,name,contact_name,contact_phone,comment'
one=10839421953 two=18835345102 # identity numbers of nobody
new() { register-init --key="$T/$1.key" "${@:2}" "$T/$1.db"; }
put() { register-put --key="$T/$1.key" "$T/$1.db" 2>/dev/null; } # REGISTER: referrals, in the columns of the head
some() { printf '%s\n' "$head" "A-1,2022-02-01,Sagene,$one,Kari Fjell,Siv Hagen,22334455,ringte i går" "A-2,2022-02-01,Frogner,$two,Ola Li,,," "A-3,2022-02-01,Alna,,Per Vik,,,"; }

# ---- a copy, and no key ----

new r
some | put r
register-backup "$T/r.db" "$T/copy.db" 2>/dev/null
is 'a copy tells no name, number, contact or comment' "$(strings -n 3 "$T/copy.db" | grep -cE "$one|$two|Kari|Fjell|Ola Li|Vik|Siv|Hagen|2233|ringte")" 0
new own # of somebody who knows all of them, and compares
some | put own
marks() { # all that could be compared: blobs, pseudonyms, and what is in settings
	sqlite3 "$T/$1.db" "SELECT hex(content) FROM seal UNION ALL SELECT hex(mac) FROM seal UNION ALL SELECT hex(sealed) FROM seal WHERE sealed IS NOT NULL
		UNION ALL SELECT person FROM record WHERE person IS NOT NULL UNION ALL SELECT hex(sealed) FROM put_key UNION ALL SELECT hex(mac) FROM put
		UNION ALL SELECT hex(salt) FROM put UNION ALL SELECT value FROM setting WHERE name <> 'profile'" | sort -u
}
is 'nor anything that a register of their own says of the same people' "$(comm -12 <(marks copy) <(marks own))" ''
is '- of which there is much' "$(($(marks copy | wc -l) > 15))" 1
new lengths
{
	echo "$head"
	for n in 1 2 9 30 60; do
		printf 'L-%02d,2022-02-01,Sagene,,%s,,,\n' "$n" "$(printf "%${n}s" '' | tr ' ' N)"
	done
} | put lengths
is 'what is sealed is as long, however long it is' "$(sqlite3 "$T/lengths.db" 'SELECT count(*), count(DISTINCT length(sealed)), count(DISTINCT length(body)) FROM record JOIN seal USING (record)')" '5|1|1'

# ---- a copy and a put key ----

register-key --key="$T/r.key" --name=import --purpose=put make "$T/r.db" "$T/put.key"
is 'with a put key, whether a number is in a copy' "$(secrets "$T/put.key" "$T/copy.db" $one 13908531250 <<-'END'
	db = sqlite3.connect(sys.argv[2])
	for number in sys.argv[3:]:
	    code = keyed('pseudonym', 16, b'transition pseudonym\0' + number.encode())
	    print(db.execute('SELECT count(*) FROM record WHERE person = ?',
	                     ('p-' + base64.b32encode(code[:15]).decode().lower(),)).fetchone()[0])
END
)" $'1\n0'
new twice
printf '%s\n' "$head" "A-1,2022-02-01,Sagene,$one,Kari Fjell,,,same" | put twice
printf '%s\n' "$head" "A-1,2022-02-01,Sagene,$one,Kari Fjell,,,other" | put twice
printf '%s\n' "$head" "A-1,2022-02-01,Sagene,$one,Kari Fjell,,,same" | put twice
is 'the same content is the same, a part of it is not' "$(sqlite3 "$T/twice.db" 'SELECT count(*), count(DISTINCT content), count(DISTINCT substr(hex(content), 1, 4)) FROM seal')" '3|2|2'

# Who has a put key and the file puts the log back as an older copy has it, and binds that.
new w --witness="$T/witness"
some | put w
register-key --key="$T/w.key" --name=import --purpose=put make "$T/w.db" "$T/w.put.key"
sqlite3 "$T/w.db" "VACUUM INTO '$T/older.db'"
register-get --key="$T/w.key" --with-identity --reason=looked --id=A-1 "$T/w.db" referral >/dev/null
sqlite3 "$T/w.db" "VACUUM INTO '$T/bent.db'"
bend() {
	secrets "$T/w.put.key" "$T/bent.db" "$T/older.db" <<-'END'
		db = sqlite3.connect(sys.argv[2])
		db.execute("ATTACH ? AS o", (sys.argv[3],))
		for table in 'access', 'access_person':
		    db.execute('DELETE FROM main.%s' % table)
		    db.execute('INSERT INTO main.%s SELECT * FROM o.%s' % (table, table))
		db.execute("UPDATE main.setting SET value = (SELECT value FROM o.setting WHERE name = 'access_head') WHERE name = 'access_head'")
		bind_state(db)
	END
}
bend
is 'the log as it ended in an older copy, bound with a put key' "$(sqlite3 "$T/bent.db" 'SELECT max(line) FROM access')" "$(($(sqlite3 "$T/w.db" 'SELECT max(line) FROM access') - 1))"
ok 'is right in itself, as is said' register-check --key="$T/w.key" "$T/bent.db"
status 'and is found by the witness' 65 register-log --key="$T/w.key" --verify "$T/bent.db"
like 'which knows more' "$(<"$T/err")" 'witness-ahead: '
status 'nobody is shown' 65 register-get --key="$T/w.key" --with-identity --reason=x "$T/bent.db" referral
status 'and nothing put' 65 register-put --key="$T/w.put.key" "$T/bent.db" <<<"$(some)"
sqlite3 "$T/bent.db" "DELETE FROM access WHERE line = (SELECT max(line) FROM access)"
status 'without the head of then it is not even right in itself' 65 register-check --key="$T/w.key" "$T/bent.db"

# ---- the key of an office, and the file ----

new o
some | put o
register-key --key="$T/o.key" --name=import --purpose=put make "$T/o.db" "$T/o.put.key"
register-key --key="$T/o.key" --name=alna --purpose=read --office=Alna make "$T/o.db" "$T/o.alna.key"
sqlite3 "$T/o.db" "VACUUM INTO '$T/list.db'"
list() { # STATEMENT: on the list of keys, whose rows are bound anew with the key of the office
	cp "$T/list.db" "$T/o.db"
	secrets "$T/o.alna.key" "$T/o.db" "$1" <<-'END'
		db = sqlite3.connect(sys.argv[2])
		db.execute(sys.argv[3])
		register, = db.execute("SELECT value FROM setting WHERE name = 'register'").fetchone()
		for key, *said, public in db.execute(
		        "SELECT key, name, purpose, made, coalesce(retired, ''), coalesce(public, x'') FROM key").fetchall():
		    db.execute('UPDATE key SET mac = ? WHERE key = ?', (keyed('bind', 16, b'transition key\0' +
		               b''.join(map(part, [register, key, *said, public]))), key))
		bind_state(db)
	END
}
list 'UPDATE key SET key = key'
ok 'a list that is as it was is right' register-check --key="$T/o.put.key" "$T/o.db"
for bent in "UPDATE key SET purpose = 'read' WHERE name = 'alna'" \
	"UPDATE key SET public = (SELECT public FROM key WHERE name = 'alna') WHERE name = 'first'" \
	"UPDATE key SET name = 'none' WHERE name = 'first'" "DELETE FROM key WHERE name = 'import'" \
	"INSERT INTO key SELECT 9, 'mine', 'read', made, NULL, public, mac FROM key WHERE name = 'alna'"; do
	list "$bent"
	status "nothing is put in for a list that nobody vouched for: $bent" 65 register-put --key="$T/o.put.key" "$T/o.db" <<<"$(some)"
	like 'as is said' "$(<"$T/err")" 'register-changed: .*key'
	status 'nor a copy sealed' 65 register-backup --sealed --key="$T/o.key" "$T/o.db" "$T/o.copy"
	for key in o.key o.put.key o.alna.key; do status "it is found with $key" 65 register-check --key="$T/$key" "$T/o.db"; done
done

# A judgement is sealed for the district of its referral, unless somebody changed that.
cp "$T/list.db" "$T/o.db"
printf '%s\n' referral_id,judged_group,judged_by,judged_on,judged_reason A-1,6,lege,2026-10-02,hemmelig >"$T/judged.csv"
for bent in "bydel = '030112', body = replace(body, '030103', '030112')" "body = replace(body, '030103', '030112')" "bydel = '030112'"; do
	sqlite3 "$T/o.db" "CREATE TABLE was AS SELECT * FROM record; UPDATE record SET $bent WHERE id = 'A-1'"
	status "a reason is sealed for no district that somebody wrote: $bent" 65 register-put --key="$T/o.put.key" "$T/o.db" "$T/judged.csv"
	like 'as is said' "$(<"$T/err")" 'register-changed: .*record'
	sqlite3 "$T/o.db" "UPDATE record SET (bydel, body) = (SELECT bydel, body FROM was WHERE was.record = record.record); DROP TABLE was"
done
status 'but for that which was put in' 0 register-put --key="$T/o.put.key" "$T/o.db" "$T/judged.csv"
status 'which another office does not open' 1 register-get --with-identity --reason=x --key="$T/o.alna.key" "$T/o.db" judgement
is 'at all' "$(grep -c hemmelig "$T/out")" 0
ok 'and all is whole' register-check --key="$T/o.key" "$T/o.db"

# A key that comes on the list while a put waits for its input, after it was found right.
cp "$T/list.db" "$T/o.db"
mkfifo "$T/late"
register-put --key="$T/o.put.key" "$T/o.db" <"$T/late" 2>"$T/err" &
waiting=$!
exec 3>"$T/late"
for ((calm = 0, n = 0; calm < 5 && n < 300; n++)); do # open, and asleep for a while: so it waits
	sleep 0.1
	[[ -e $T/o.db-shm && $(cut -d' ' -f3 "/proc/$waiting/stat") == S ]] && calm=$((calm + 1)) || calm=0
done
sqlite3 "$T/o.db" "INSERT INTO key SELECT 9, 'mine', 'read', made, NULL, public, mac FROM key WHERE name = 'alna'"
some >&3
exec 3>&-
wait "$waiting"
is 'nothing is sealed for a key that came while a put waited' $? 65
like 'as is said then, too' "$(<"$T/err")" 'register-changed: .*key'
finish

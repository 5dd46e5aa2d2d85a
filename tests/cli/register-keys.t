#!/usr/bin/env bash
# Keys of the register by purpose: what each can do and cannot; where key files may lie; what is left of
# secrets in memory; copies, journals and statements that somebody else put there.
. "${0%/*}/tap.sh"
. "${0%/*}/forge.sh"
needs sqlite3

head='referral_id,received,bydel,person_id,name,comment'
one=10839421953 two=18835345102 # identity numbers of nobody
rows() { printf '%s\n' "$head" "$@"; }
R=$T/r.db
look() { register-get --with-identity --reason=x "$@" "$R" referral; }
new() {
	rm -f "$T"/*.key "$R"*
	register-init --key="$R.key" "$R"
	rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,hemmelig" 'A-2,2022-02-01,Frogner,,Ola Li,' | register-put "$R" 2>/dev/null
	for purpose in put read audit all; do
		register-key --name=$purpose --purpose=$purpose make "$R" "$T/$purpose.key" || echo "# no $purpose"
	done
}

# ---- what each can do ----

new
cp "$R" "$T/copy.db"
is 'key files are for their owner alone' "$(stat -c %a "$T"/{put,read,audit,all}.key | sort -u)" 600
is 'a put key holds what it needs' "$(cut -d' ' -f1 "$T/put.key" | xargs)" 'transition-key pseudonym content bind keeper'
is 'a read key' "$(cut -d' ' -f1 "$T/read.key" | xargs)" 'transition-key bind log read keeper'
is 'an audit key' "$(cut -d' ' -f1 "$T/audit.key" | xargs)" 'transition-key bind log keeper'
n=2
for key in put read audit all; do
	case $key in put | all) put=0 ;; *) put=77 ;; esac
	case $key in read | all) read=0 ;; *) read=77 ;; esac
	case $key in put) log=77 ;; *) log=0 ;; esac
	case $key in audit | all) purges=1 ;; *) purges=77 ;; esac # 1: there is nobody of that name
	n=$((n + 1))
	status "$key: puts: $put" $put register-put --key="$T/$key.key" "$R" <<<"$(rows "A-$n,2022-02-01,Sagene,$two,Per Vik,")"
	status "$key: reads: $read" $read look --key="$T/$key.key"
	is "and shows $([[ $read == 0 ]] && echo 'all that was put in, with whatever key' || echo nobody)" \
		"$(grep -c 'Kari Fjell\|Ola Li' "$T/out")" "$([[ $read == 0 ]] && echo 2 || echo 0)"
	status "$key: verifies the log: $log" $log register-log --verify --key="$T/$key.key" "$R"
	status "$key: checks" 0 register-check --key="$T/$key.key" "$R"
	status "$key: purges: $purges" $purges register-purge --key="$T/$key.key" --person=p-nobody --reason=x "$R"
	[[ $key == all ]] || status "$key: hands out no keys" 77 register-key --key="$T/$key.key" --name=x$key make "$R" "$T/x.key"
	ok 'nor leaves a file' test ! -e "$T/x.key"
done
is 'the same person under the same pseudonym, with whatever key' \
	"$(register-get "$R" referral | grep -o 'p-[a-z2-7]*' | sort | uniq -c | awk '{ print $1 }' | sort | xargs)" '1 2'
look --key="$T/put.key" 2>"$T/err"
like 'what a key lacks is said' "$(<"$T/err")" "key-purpose: .*‘read’"

# With a put key in hand, an identity joins what was not sealed, and needs one that reads where it was.
register-put --key="$T/put.key" "$R" <<<$'referral_id,received,bydel\nB-1,2022-02-01,Sagene' 2>/dev/null
printf 'referral_id,own_id,name\nB-1,x,Kari\n' >"$T/identity.csv"
status 'a put key joins an identity' 0 register-put --key="$T/put.key" "$R" "$T/identity.csv"
printf 'referral_id,own_id,name\nA-1,x,Kari\n' >"$T/identity.csv"
status 'but not to one that is sealed' 77 register-put --key="$T/put.key" "$R" "$T/identity.csv"
status 'which a key that reads does' 0 register-put "$R" "$T/identity.csv"

# ---- listing, retiring, rotating ----

is 'register-key list' "$(register-key list "$R" | cut -d, -f1,2 | xargs)" 'name,purpose first,all put,put read,read audit,audit all,all'
status 'a name that is taken' 65 register-key --name=read make "$R" "$T/x.key"
like 'is said' "$(<"$T/err")" 'key-name: '
ok 'and leaves no key' test ! -e "$T/x.key"
status 'a file that is there' 73 register-key --name=x make "$R" "$T/read.key"
status 'retire' 0 register-key --name=read retire "$R"
status 'the retired key reads nothing' 77 look --key="$T/read.key"
like 'and is told why' "$(<"$T/err")" 'read.key: key-retired: '
is 'nothing is sealed for it' "$(sqlite3 "$R" 'SELECT count(*) FROM put_key WHERE key = 3')" 0
rows "A-9,2022-02-01,Sagene,$two,Per Vik," | register-put "$R" 2>/dev/null
is 'from then on either' "$(sqlite3 "$R" 'SELECT count(*) FROM put_key WHERE key = 3')" 0
status 'once' 65 register-key --name=read retire "$R"
status 'a name that is none' 65 register-key --name=nobody retire "$R"
status 'the second that reads' 0 register-key --name=all retire "$R"
status 'not the last' 65 register-key --name=first retire "$R"
like 'is said' "$(<"$T/err")" 'key-last: '
sealed=$(sqlite3 "$R" 'SELECT hex(sealed) FROM seal WHERE sealed IS NOT NULL')
look >"$T/before"
status 'reseal' 0 register-key reseal "$R"
is 'seals all anew' "$(sqlite3 "$R" 'SELECT hex(sealed) FROM seal WHERE sealed IS NOT NULL' | grep -cFf <(echo "$sealed"))" 0
ok 'and all is there' cmp "$T/before" <(look)
ok 'and whole' register-check "$R"
status 'rotate' 0 register-key rotate "$R" "$T/new.key"
like 'says which key it is now' "$(<"$T/err")" 'new.key'
status 'the key of before opens nothing' 65 look
ok 'the new one all' cmp "$T/before" <(look --key="$T/new.key")
status 'a put key of before puts nothing' 65 register-put --key="$T/put.key" "$R" <<<"$(rows "A-8,2022-02-01,Sagene,$two,,")"
ok 'the register is whole' register-check --key="$T/new.key" "$R"
ok 'its log, too' register-log --verify --key="$T/new.key" "$R"
is 'and says all that was done' "$(register-log "$R" | grep -c ',key,')" 8
for words in 'make '"$R" "--name=x make $R" "retire $R" "rotate $R" "--name=x list $R" "list $R x" 'nothing '"$R" list; do
	# shellcheck disable=SC2086 # words
	status "register-key ${words/$R/REGISTER}" 2 register-key $words
done

# Keys of builds before anybody vouched for the list, which is where `vouch` comes in.
if command -v python3 >/dev/null; then
	new
	unvouch "$R.key" "$R"
	sed -i '/^keeper /d' "$T"/{put,read,audit}.key
	status 'a first key of before puts' 0 register-put "$R" <<<"$(rows "A-3,2022-02-01,Sagene,,Per Vik,")"
	status 'so does a put key' 0 register-put --key="$T/put.key" "$R" <<<"$(rows "A-4,2022-02-01,Sagene,,Per Li,")"
	look >"$T/before"
	ok 'a read key reads' cmp "$T/before" <(look --key="$T/read.key")
	ok 'and all is whole' register-check "$R"
	for command in "--name=x make $R $T/x.key" "--name=read retire $R" "reseal $R"; do
		# shellcheck disable=SC2086 # words
		status "keys do not change: $command" 77 register-key $command
		like 'as is said' "$(<"$T/err")" "key-purpose: .*‘vouch’"
	done
	for key in put read audit; do status "nor does $key rotate" 77 register-key --key="$T/$key.key" rotate "$R" "$T/x.key"; done
	status 'who rotates once' 0 register-key rotate "$R" "$T/new.key"
	is 'has all secrets' "$(cut -d' ' -f1 "$T/new.key" | xargs)" 'transition-key pseudonym content bind log read vouch'
	ok 'and all that was there' cmp "$T/before" <(look --key="$T/new.key")
	ok 'whole' register-check --key="$T/new.key" "$R"
	is 'with a voucher' "$(sqlite3 "$R" "SELECT length(value) FROM setting WHERE name = 'vouched'")" 128
	status 'hands out keys' 0 register-key --key="$T/new.key" --name=put-2 --purpose=put make "$R" "$T/put-2.key"
	like 'that know who vouches' "$(<"$T/put-2.key")" $'\nkeeper [0-9a-f]{64}'
	status 'and ends what was lost' 65 look --key="$T/read.key"
	sed -i '/^vouch /d' "$T/new.key"
	status 'from then on whoever rotates vouches' 77 register-key --key="$T/new.key" rotate "$R" "$T/x.key"
	ok 'and no file is left' test ! -e "$T/x.key"
else
	lacks 'keys of before anybody vouched' 'python3 is not installed'
fi

# ---- where keys lie ----

new
refused() { # STATUS CODE WHAT KEY
	status "$3" "$1" timeout 600 register-get --key="$4" --with-identity --reason=x "$R" referral
	like 'is refused' "$(<"$T/err")" ": $2: "
	is 'and shows nothing' "$(<"$T/out")" ''
	status "$3, for tables" "$1" timeout 600 needs-aggregate --doubles="$4" "$T/person.csv"
	like 'is refused' "$(<"$T/err")" ": $2: "
}
printf '%s\n' referral_id,bydel,person_id "A-1,Sagene,$two" >"$T/person.csv"
ln -s r.db.key "$T/link.key"
refused 66 link 'a key that is a symbolic link' "$T/link.key"
ln "$R.key" "$T/second.key"
refused 77 key-place 'a key with a second name' "$T/second.key"
refused 77 key-place 'whichever' "$R.key"
rm "$T/second.key"
mkfifo -m 600 "$T/pipe.key"
refused 77 key-place 'a pipe is not waited for' "$T/pipe.key"
refused 77 key-place 'a device' /dev/null
refused 66 directory 'a folder' "$T"
mkdir "$T/open"
cp "$R.key" "$T/open/k"
chmod 777 "$T/open"
refused 77 key-place 'a folder where everybody can replace it' "$T/open/k"
chmod 1777 "$T/open"
status 'a folder where everybody can only add' 0 look --key="$T/open/k"
chmod 604 "$T/open/k"
refused 77 key-mode 'a key that others can read' "$T/open/k"
if [[ $(id -u) == 0 ]] && command -v setpriv >/dev/null && id nobody >/dev/null 2>&1; then
	chmod 755 "$T"
	mkdir "$T/theirs"
	cp "$R" "$T/theirs/r.db"
	cp "$R.key" "$T/theirs/mine.key"
	cp "$R.key" "$T/theirs/root.key"
	chown -R nobody "$T/theirs"
	chown root "$T/theirs/root.key"
	chmod 644 "$T/theirs/root.key"
	as_nobody() { setpriv --reuid=nobody --regid=nogroup --clear-groups env PATH="$PATH" TRANSITION_SHARE="$TRANSITION_SHARE" "$@"; }
	if as_nobody register-get --version >/dev/null 2>&1; then
		status 'a key of their own' 0 as_nobody register-get --key="$T/theirs/mine.key" --with-identity --reason=x "$T/theirs/r.db" referral
		status 'one of somebody else' 77 as_nobody register-get --key="$T/theirs/root.key" --with-identity --reason=x "$T/theirs/r.db" referral
		like 'is refused' "$(<"$T/err")" ': key-place: '
	fi
fi

# ---- the key of a survey ----

status 'register-key survey' 0 register-key survey "$T/survey.key"
is 'only its owner has a right to it' "$(stat -c %a "$T/survey.key")" 600
is 'one secret' "$(sed 's/ [0-9a-f]\{64\}$/ SECRET/' "$T/survey.key" | xargs)" 'transition-key 2 pseudonym SECRET'
status 'a file that is there' 73 register-key survey "$T/survey.key"
status 'and no register' 2 register-key survey "$R" "$T/new-survey.key"
status 'nor a name' 2 register-key --name=x survey "$T/new-survey.key"
status 'hashes for tables' 0 needs-aggregate --doubles="$T/survey.key" "$T/person.csv"
like 'one a person' "$(tail -n 1 "$T/out")" ',h1-[a-z2-7]{8} [a-z2-7]{8}$'
is 'without the number' "$(grep -c "$two" "$T/out")" 0
register-key survey "$T/survey-2.key"
hashes=$(tail -n 1 "$T/out")
status 'others with another key' 0 needs-aggregate --doubles="$T/survey-2.key" "$T/person.csv"
is 'none is shared' "$(tail -n 1 "$T/out" | tr -s ', ' '\n' | grep -c -F -x -f <(tr -s ', ' '\n' <<<"${hashes#*h1-}"))" 0

# ---- where output goes ----

mkdir -m 777 "$T/anybody"
status 'a folder where everybody can replace the output' 73 look -o "$T/anybody/out.csv"
like 'is refused' "$(<"$T/err")" 'out.csv: output-place: '
is 'and nothing is there' "$(ls "$T/anybody")" ''
mkfifo "$T/mine"
cat "$T/mine" >"$T/piped" &
status 'a pipe of our own' 0 timeout 600 register-get --with-identity --reason=x -o "$T/mine" "$R" referral
wait
is 'gets all' "$(grep -c 'Kari Fjell' "$T/piped")" 1
status 'as does one that the shell made' 0 bash -c "register-get --with-identity --reason=x -o >(cat >$T/piped) $R referral; sleep 0.2"
if [[ $(id -u) == 0 ]] && id nobody >/dev/null 2>&1; then
	mkfifo "$T/planted"
	ln -s piped "$T/pointed"
	chown -h nobody "$T/planted" "$T/pointed"
	for place in planted pointed; do
		status "what somebody $place" 73 timeout 600 register-get --with-identity --reason=x -o "$T/$place" "$R" referral
		like 'is refused' "$(<"$T/err")" "$place: output-place: "
	done
fi

# ---- what stays in memory ----

# Without a core file, also when core files are asked for; nobody who traces it can read it.
ulimit -S -c unlimited 2>/dev/null
mkdir "$T/cores"
for program in "register-get --with-identity --reason=x $R referral" "register-put $R -" "register-log --verify $R" "register-key list $R"; do
	mkfifo "$T/hold"
	# shellcheck disable=SC2086 # words
	(cd "$T/cores" && exec $program <"$T/hold" >"$T/hold.out" 2>&1) &
	pid=$!
	exec 7>"$T/hold"
	sleep 0.2
	core=$(grep -o '^Max core file size *[0-9a-z]*' /proc/$pid/limits 2>/dev/null | grep -o '[0-9a-z]*$')
	if [[ $program == register-put* ]]; then # the others have ended
		is "${program%% *}: no core file may be written" "$core" 0
		kill -SEGV $pid
	fi
	exec 7>&-
	wait $pid 2>/dev/null
	rm "$T/hold"
done
is 'and none is' "$(ls "$T/cores")" ''
if command -v gdb >/dev/null && [[ $(id -u) == 0 ]]; then
	# All of the memory of a program that holds a key, taken by root: locked pages are not part of a dump.
	mkfifo "$T/hold"
	register-put "$R" - <"$T/hold" >/dev/null 2>&1 &
	pid=$!
	exec 7>"$T/hold"
	rows 'A-7,2022-02-01,Sagene,,,' >&7
	sleep 0.5
	gdb -p $pid -batch -ex "generate-core-file $T/core" >/dev/null 2>&1
	exec 7>&-
	wait $pid 2>/dev/null
	if [[ -s $T/core ]]; then
		found=0
		ok 'a dump of the memory' grep -qa "$R" "$T/core"
		while read -r _ secret; do
			grep -qa "$secret" "$T/core" && found=$((found + 1))
			python3 -c 'import sys; sys.exit(bytes.fromhex(sys.argv[1]) in open(sys.argv[2], "rb").read())' "$secret" "$T/core" || found=$((found + 1))
		done < <(tail -n +2 "$R.key")
		is 'no secret of the key is in a dump of the memory' "$found" 0
	else
		skip 'a dump of the memory' 'gdb takes none here'
	fi
	rm -f "$T/hold" "$T/core"
else
	lacks 'a dump of the memory' 'gdb is not installed'
fi

# All of the memory of a program as it ends, also what a dump leaves out: nobody is in it any more.
left() { # PROGRAM ARGUMENT...: what it has left of them
	gdb -q -batch -ex 'set dump-excluded-mappings on' -ex 'set use-coredump-filter off' -ex 'catch syscall exit_group' \
		-ex "run ${*:2} >$T/left.out 2>$T/left.err" -ex "generate-core-file $T/core" -ex kill "$BIN/$1" >"$T/gdb" 2>&1
	[[ -s $T/core ]] || echo 'no dump'
	grep -aoE "$three|Zyvornam|Qvistfam|Pxxlkomm|91919191" "$T/core" | sort | uniq -c
	while read -r _ secret; do
		python3 -c 'import sys; dump = open(sys.argv[2], "rb").read(); sys.exit(bytes.fromhex(sys.argv[1]) in dump or sys.argv[1].encode() in dump)' \
			"$secret" "$T/core" || echo 'a secret'
	done < <(tail -n +2 "$L.key")
	rm -f "$T/core"
}
L=$T/left.db three=$two
if command -v gdb >/dev/null && [[ $(id -u) == 0 ]] && { register-init --key="$L.key" "$L" && [[ $(left register-log "$L") != *'no dump'* ]]; }; then
	for i in {1..400}; do
		echo "L-$i,2022-02-01,Sagene,$three,Zyvornam Qvistfam,\"Pxxlkomm $i, ring 91919191\""
	done >"$T/left.rows"
	(head=referral_id,received,bydel,person_id,name,comment rows "$(<"$T/left.rows")") >"$T/left.csv"
	printf 'referral_id,own_id,name\nL-1,x,Zyvornam Pxxlkomm\n' >"$T/left-identity.csv"
	is 'put in: nobody is left in memory' "$(left register-put --key="$L.key" "$L" "$T/left.csv")" ''
	is '- all were put in' "$(register-get "$L" referral 2>/dev/null | wc -l)" 401
	is 'who they are, joined' "$(left register-put --key="$L.key" "$L" "$T/left-identity.csv")" ''
	is 'shown' "$(left register-get --key="$L.key" --with-identity --reason=x "$L" referral)" ''
	is '- all were' "$(grep -c Zyvornam "$T/left.out")" 400
	is 'as JSON' "$(left register-get --key="$L.key" --with-identity --reason=x --format=jsonl "$L" referral)" ''
	is 'one person, as a document' "$(left register-get --key="$L.key" --with-identity --reason=x --id=L-2 "$L" person)" ''
	like '- who is in it' "$(<"$T/left.out")" Zyvornam
	is 'as PDF' "$(left register-get --key="$L.key" --with-identity --reason=x --format=pdf --output="$T/left.pdf" --id=L-2 "$L" person)" ''
	is 'sealed anew' "$(left register-key --key="$L.key" reseal "$L")" ''
	is 'a sealed copy' "$(left register-backup --sealed --key="$L.key" "$L" "$T/left.sealed")" ''
	is 'restored' "$(left register-backup --restore --key="$L.key" "$T/left.sealed" "$T/left-back.db")" ''
	is 'cases read, and some purged' "$(left register-purge --key="$L.key" --id=L-3 --reason=x "$L")" ''
	is 'the log' "$(left register-log --verify --key="$L.key" "$L")" ''
else
	skip 'memory when programs end' 'gdb takes no dump here'
fi

# ---- what somebody else put there ----

new
register-backup "$R" "$T/plain.db"
for end in wal shm; do
	cp "$R" "$T/plain.db-$end"
	status "a copy with a -$end that it does not use" 65 register-get "$T/plain.db" referral
	like 'is refused' "$(<"$T/err")" "plain.db: stray-journal: .*-$end"
	rm "$T/plain.db-$end"
done
ln -s r.db "$R-wal"
status 'a register with a link for a journal' 65 register-get "$R" referral
like 'is refused' "$(<"$T/err")" 'r.db: stray-journal: '
rm "$R-wal"
: >"$R-journal"
status 'or with a journal of the other kind' 65 register-put "$R" <<<"$(rows 'A-7,2022-02-01,Sagene,,,')"
rm "$R-journal"
register-backup --sealed "$R" "$T/sealed"
for end in wal shm journal; do
	: >"$T/back.db-$end"
	status "restoring beside a -$end" 65 register-backup --restore --key="$R.key" "$T/sealed" "$T/back.db"
	like 'is refused' "$(<"$T/err")" 'back.db: stray-journal: '
	status 'so is making a register there' 65 register-init --key="$T/back.db.key" "$T/back.db"
	ok 'and nothing is made' test ! -e "$T/back.db"
	rm "$T/back.db-$end"
done

# Statements are the programs' own, wherever the shared data lie.
cp -a share "$T/share"
sed -i "s/INSERT INTO access/INSERT OR IGNORE INTO put_key/; s/gone IS NULL AND/1 AND/" "$T/share/register/sqlite/queries.sql"
lines=$(register-log "$R" | wc -l)
TRANSITION_SHARE=$T/share register-get --with-identity --reason=changed "$R" referral >/dev/null
is 'changed statements are not run' "$(register-log "$R" | wc -l)" $((lines + 1))
rm -r "$T/share/register"
TRANSITION_SHARE=$T/share status 'nor missed' 0 register-get "$R" referral

# ---- copies, and looks at nobody in particular ----

cp "$R.key" "$T/plain.db.key"
status 'a look in a copy' 0 register-get --with-identity --reason=x "$T/plain.db" referral
like 'says that it is one' "$(<"$T/err")" 'this is a copy, of 20'
is 'in its log, too' "$(register-log "$T/plain.db" | tail -n 1 | cut -d, -f4)" get-copy
status 'a register that was restored' 0 register-backup --restore --key="$R.key" "$T/sealed" "$T/back.db"
is 'is one, and its log knows' "$(register-log "$T/back.db" | tail -n 1 | cut -d, -f4)" restore
register-get --with-identity --reason=x --id=A-2 "$R" referral >/dev/null
like 'a look at a referral without a person names it, by a code' "$(sqlite3 "$R" 'SELECT person FROM access_person ORDER BY line DESC LIMIT 1')" '^r-[a-z2-7]{24}$'
is 'which is not its id' "$(sqlite3 "$R" "SELECT count(*) FROM access_person WHERE person LIKE '%A-2%'")" 0
lines=$(register-log "$R" | wc -l)
for reason in $'a\eb' $'a\nb' $'a\x7fb' $'a\xc2\x9bb'; do
	status 'a reason with control characters' 2 register-get --with-identity --reason="$reason" "$R" referral
	status 'to purge, too' 2 register-purge --person=p-x --reason="$reason" "$R"
done
is 'is not written down' "$(register-log "$R" | wc -l)" "$lines"
status 'letters of any kind are' 0 register-get --with-identity --reason='Ærlig šiella Łódź' "$R" referral

# ---- free cells, and ids that are numbers ----

new
head='referral_id,received,bydel,person_id,name,municipality,wishes' # of rows, from here on
rows "B-1,2022-02-01,Sagene,$one,Kari Fjell,0301,eller spør $two" "B-2,2022-02-01,Sagene,,Per Vik,0301,ring Per på 22 33 44 55" 'B-3,2022-02-01,Sagene,,,0301,I-09|I-14|I-11|I-10' >"$T/free.csv"
status 'free cells that tell who somebody is' 0 register-put "$R" "$T/free.csv"
like 'are said' "$(<"$T/err")" 'hidden in free text: 1 of type .*telefon'
is 'no number and no name is kept in clear' "$(cat "$R"* | grep -acE "$two|22 33 44 55|ring Per")" 0
is 'codes stay as they are' "$(register-get --id=B-3 "$R" referral | grep -c 'I-09|I-14|I-11|I-10')" 1
is 'and the same is known as the same' "$(register-put "$R" "$T/free.csv" 2>&1 | tail -n 1)" 'register-put: new 0, same 3, changed 0'
printf '%s\n' case_id,date,type,detail,until,by,note "B-1,2026-08-05,other,,,,ring 22 33 44 55 om $one" >"$T/events.csv"
status 'the note of an event' 0 register-put "$R" "$T/events.csv"
is 'too' "$(register-get "$R" event | tail -n 1 | cut -d, -f7)" 'ring [telefon] om [fødselsnummer]'
is 'it is known again' "$(register-put "$R" "$T/events.csv" 2>&1 | tail -n 1)" 'register-put: new 0, same 1, changed 0'
for id in $one '108394 21953' '10.83.94-21953'; do
	status 'an id that is an identity number' 65 register-put "$R" <<<"$(rows "$id,2022-02-01,Sagene,,,,")"
	like 'is refused' "$(<"$T/err")" ': id-person: '
done
printf '%s\n' case_id,date,type,detail,until,by,note "$one,2026-08-05,other,,,," >"$T/events.csv"
status 'that of a case, too' 65 register-put "$R" "$T/events.csv"
like 'is refused' "$(<"$T/err")" ': id-person: '
is 'and is nowhere' "$(cat "$R"* | grep -ac "$one")" 0
status 'an id with an identity number in it' 65 register-put "$R" <<<"$(rows "H-$one,2022-02-01,Sagene,,,,")"
like 'is refused' "$(<"$T/err")" ': id-person: '
status 'eleven digits that are none are an id' 0 register-put "$R" <<<"$(rows "10839421954,2022-02-01,Sagene,,,,")"

# ---- a disk without room for shrinking ----

mkdir "$T/small"
if [[ $(id -u) == 0 ]] && mount -t tmpfs -o size=720k,mode=700 tmpfs "$T/small" 2>/dev/null; then
	trap 'umount "$T/small"; rm -rf "$T"' EXIT
	register-init --key="$T/full.db.key" "$T/full.db"
	{ register-put "$T/full.db" share/demo/institutions.csv && register-put "$T/full.db" share/demo/stays.csv &&
		referral-import share/demo/exports/0[1356]-*.csv | register-put "$T/full.db"; } 2>/dev/null
	sqlite3 "$T/full.db" "VACUUM INTO '$T/small/r.db'"
	sqlite3 "$T/small/r.db" 'PRAGMA journal_mode = WAL' >/dev/null
	chmod 600 "$T/small/r.db"
	cp "$T/full.db.key" "$T/small/r.db.key"
	before=$(register-get "$T/small/r.db" referral | wc -l)
	status 'a purge that finds no room to shrink' 0 register-purge --before=2022-08-20 --reason=retention "$T/small/r.db"
	like 'says that the records are gone' "$(<"$T/err")" 'r.db: not-shrunk: .*records are gone.*No space left'
	like 'and how many' "$(<"$T/err")" 'removed: [1-9]'
	ok 'they are' test "$(register-get "$T/small/r.db" referral | wc -l)" -lt "$before"
	ok 'the register is whole' register-check "$T/small/r.db"
	ok 'and can be used' register-get --with-identity --reason=x -o /dev/null "$T/small/r.db" referral
	is 'the next purge has nothing to remove' "$(register-purge --verbose --before=2022-08-20 --reason=again "$T/small/r.db" 2>&1 | grep -c 'removed: 0')" 1
else
	skip 'a purge that finds no room to shrink' 'nothing can be mounted here'
fi

# ---- what a copy tells ----

is 'the length of what is sealed is that of a step' "$(sqlite3 "$R" 'SELECT DISTINCT (length(sealed) - 24) % 128 FROM seal WHERE sealed IS NOT NULL')" 0
register-init --key="$T/twin.db.key" "$T/twin.db"
rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,hemmelig" | register-put "$T/twin.db" 2>/dev/null
is 'two registers with the same content have nothing in common that is made of it' \
	"$(for db in r twin; do sqlite3 "$T/$db.db" "SELECT hex(content), hex(mac), hex(sealed), person FROM record JOIN seal USING (record) WHERE id = 'A-1'" | tr '|' '\n' | sort -u; done | sort | uniq -d)" ''

# ---- where the key is looked for ----

rm -rf "${T:?}/keys" "${T:?}/home"
K=$T/k.db
status 'a register' 0 register-init "$K"
id=$(sqlite3 "$K" "SELECT value FROM setting WHERE name = 'register'")
like 'says where its key is' "$(<"$T/err")" "its key is $T/keys/$id.key: keep a copy"
ok 'which is not beside it' test ! -e "$K.key"
is 'in a folder for its owner alone' "$(stat -c %a "$T/keys")" 700
n=0
# shellcheck disable=SC2317 # called by status
put_one() { n=$((n + 1)); printf 'referral_id,received,bydel\nK-%s,2022-02-01,Sagene\n' "$n" | register-put "$@"; }
status 'programs find it' 0 put_one "$K"
is 'and say it' "$(register-key path "$K")" "$T/keys/$id.key"
mv "$K" "$T/renamed.db"
status 'also when the register is renamed' 0 put_one "$T/renamed.db"
mv "$T/keys/$id.key" "$T/renamed.db.key"
status 'a key beside the register is found' 0 put_one "$T/renamed.db"
status 'but not left alone' 0 register-check --verbose "$T/renamed.db"
like 'its place is said' "$(<"$T/err")" "beside the register.*move it to $T/keys/$id.key"
status 'but for jobs, which are silent when all is well' 0 register-check "$T/renamed.db"
is 'nothing is said' "$(<"$T/err")" ''
mv "$T/renamed.db.key" "$T/keys/$id.key"
status 'once moved' 0 register-check --verbose "$T/renamed.db"
is 'no more' "$(grep -c beside "$T/err")" 0
mv "$T/keys/$id.key" "$T/away.key"
status 'without one' 66 put_one "$T/renamed.db"
like 'its place is said' "$(<"$T/err")" "renamed.db: no-key: .*$T/keys/$id.key"
mkdir -m 700 "$T/home" "$T/config"
# shellcheck disable=SC2317 # called by name
settings() { env -u TRANSITION_KEYS -u XDG_CONFIG_HOME -u HOME "$@"; }
status 'by the settings of the user' 0 settings HOME="$T/home" XDG_CONFIG_HOME="$T/config" register-init "$T/x.db"
is 'one key' "$(find "$T/config/transition/keys" -name '*.key' -perm 600 | wc -l)" 1
status 'or the home' 0 settings HOME="$T/home" register-init "$T/h.db"
is 'one key' "$(find "$T/home/.config/transition/keys" -name '*.key' -perm 600 | wc -l)" 1
status 'where there is no place' 2 settings register-init "$T/n.db"
status 'nor a path from the root' 2 settings TRANSITION_KEYS=keys register-init "$T/n.db"
ok 'no register is left' test ! -e "$T/n.db"
status 'one is named' 0 settings register-init --key="$T/n.key" "$T/n.db"
mkdir -p "$T/open" && chmod 777 "$T/open"
chmod 777 "$T/open"
status 'not where everybody can replace it' 73 settings TRANSITION_KEYS="$T/open" register-init "$T/o.db"
ok 'nor is a register left' test ! -e "$T/o.db"
ln -s "$T/config" "$T/linked"
printf x >"$T/file"
status 'not where a file is' 73 settings TRANSITION_KEYS="$T/file" register-init "$T/o.db"
ok 'nor is a register left' test ! -e "$T/o.db"

finish

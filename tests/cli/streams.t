#!/usr/bin/env bash
# Input, output and what may befall them.
. "${0%/*}/tap.sh"

export1=share/demo/exports/03-sagene.csv
exports=(share/demo/exports/*.csv)

make_rows() { # N: a large export
	awk -v n="$1" 'BEGIN { print "Henvisnings-ID;Mottatt;Bydel;Kommentar"
		for (i = 1; i <= n; i++) printf "L-%07d;1.2.2022;Sagene;en \"ikke\" sitert merknad av en viss lengde\n", i }' |
		tr -d '"'
}
make_rows 40000 >"$T/large.csv"

# ---- files and standard input ----

referral-import "$export1" >"$T/a.csv"
rop-group "$T/a.csv" >"$T/g.csv"
ok 'referral-import reads standard input' cmp "$T/a.csv" <(referral-import <"$export1")
ok 'and one that is called -' cmp "$T/a.csv" <(referral-import - <"$export1")
ok 'rop-group' cmp "$T/g.csv" <(rop-group <"$T/a.csv")
ok 'needs-aggregate' cmp <(needs-aggregate "$export1") <(needs-aggregate <"$export1")
ok 'table-render' cmp <(table-render share/demo/needs-2022.csv) <(table-render <share/demo/needs-2022.csv)
ok 'bytes that trickle in change nothing' cmp "$T/a.csv" \
	<({ head -c 3 "$export1"; sleep 0.1; tail -c +4 "$export1" | head -c 1000; sleep 0.1; tail -c +1004 "$export1"; } |
		referral-import)

# ---- quiet on success ----

for command in "referral-import ${exports[*]}" "rop-group $T/a.csv" "needs-aggregate ${exports[*]}" \
	"table-render share/demo/needs-2022.csv" "rop-group --check-rules"; do
	# shellcheck disable=SC2086 # words
	status "$command succeeds" 0 $command
	is 'and says nothing but which columns it does not know' "$(grep -v ': column-unread: ' "$T/err")" ''
done

# ---- what is not there ----

# A round of placements.
demo=share/demo
vacancies="vacancy-list --as-of=2026-11-21 --stays=$demo/stays.csv --institutions=$demo/institutions.csv"
$vacancies >"$T/v.csv"
needs-plan --certificate="$T/homes.csv" $demo/needs-2022.csv >"$T/homes-plan.csv"
placement-match --places="$T/v.csv" --certificate="$T/c.json" $demo/waiting.csv >"$T/p.csv" 2>/dev/null

# How each program reads a file; FILE is put in.
readers=('referral-import FILE' 'rop-group FILE' 'needs-aggregate FILE' 'table-render FILE'
	'table-attack FILE' 'table-suppress FILE' 'needs-plan FILE' 'needs-forecast FILE share/demo/needs-2022.csv' "site-inspect FILE" "plan-diff FILE $T/homes-plan.csv" "plan-verify --certificate=$T/homes.csv FILE"
	'vacancy-list --as-of=2026-11-21 --institutions=FILE' "placement-match --places=$T/v.csv FILE"
	"placement-verify --places=$T/v.csv --certificate=$T/c.json --referrals=FILE $T/p.csv"
	'placement-explain --certificate=FILE R-2026-0017' "placement-diff FILE $T/p.csv"
	"register-put $T/r.db FILE" "referral-anonymise --key=$T/r.db.key FILE"
	'deadline-list --as-of=2026-11-21 FILE' 'routine-report --as-of=2026-11-21 FILE' "flow-simulate --places=$T/v.csv --stay=30 --runs=2 FILE" 'effect-report --as-of=2026-11-21 --events=FILE' 'checklist-export FILE' 'checklist-edit FILE' 'checklist-import FILE' 'meeting-invite FILE' 'letter-export --as-of=2026-11-21 FILE'
	'referral-link FILE' "offer-make --register=$T/r.db FILE")
register-init --key="$T/r.db.key" "$T/r.db"
is 'every program is among those that read, or has a register or the profile only' \
	"$(printf '%s\n' "${readers[@]%% *}" register-{init,key,get,log,purge,backup,check} offer-answer privacy-export profile-{check,new} service-list transition | sort)" \
	"$(xargs -n1 <<<"$PROGRAMS" | sort)"
mapfile -t some < <(sampled "${readers[@]}")
for reader in "${some[@]}"; do
	program=${reader%% *}
	# shellcheck disable=SC2086 # words
	status "$program: a missing file" 66 ${reader/FILE/$T/nowhere.csv}
	like 'is named, with the words of the system' "$(<"$T/err")" "nowhere.csv: open: .*No such file or directory"
	is 'and nothing is written' "$(<"$T/out")" ''
	# shellcheck disable=SC2086 # words
	status "$program: a directory" 66 ${reader/FILE/share}
	status "$program: no profile" 65 bash -c "${reader/FILE/$export1} --profile=olso"
	like 'names those there are' "$(<"$T/err")" 'default oslo'
	[[ $program == checklist-edit ]] || # its answers come from there
		status "$program: closed standard input" 66 bash -c "${reader/FILE/-} <&-"
done

# ---- what cannot be written ----

grep -e case_id -e C-2026-014 $demo/events.csv >"$T/e.csv" # little: a pipe that nobody reads takes all of it

writers=("referral-import $export1" "rop-group $T/a.csv" "needs-aggregate $export1" \
	'needs-plan share/demo/needs-2022.csv' 'table-render share/demo/needs-2022.csv' 'table-render --format=html share/demo/needs-2022.csv' \
	"$vacancies" "$vacancies --public" "placement-match --places=$T/v.csv $T/a.csv" \
	"placement-explain --certificate=$T/c.json R-2026-0017" "placement-diff $T/p.csv $T/p.csv" \
	"register-get $T/r.db referral" "register-log $T/r.db" \
	"referral-anonymise --key=$T/r.db.key $T/a.csv" "deadline-list --as-of=2026-11-21 $T/e.csv" \
	"deadline-list --as-of=2026-11-21 --format=ics $T/e.csv" \
	"deadline-list --as-of=2026-11-21 --format=odt $T/e.csv" 'service-list' 'service-list --format=text')
mapfile -t some < <(sampled "${writers[@]}")
for command in "${some[@]}"; do
	status "$command: a full disk" 74 bash -c "$command >/dev/full"
	like 'has the words of the system' "$(<"$T/err")" 'No space left on device'
	status "$command: closed standard output" 74 bash -c "$command >&-"
	status "$command: a folder that is not there" 73 bash -c "$command -o $T/no/such"
	like 'has the words of the system' "$(<"$T/err")" 'no/such: create: .*No such file'
	mkdir -p "$T/folder"
	status "$command: a folder in the place of a file" 73 bash -c "$command -o $T/folder"
	is 'and is left alone' "$(ls -A "$T/folder")" ''
	want=0 # but for those who were not asked
	[[ $command != referral-anonymise* ]] || want=1
	status "$command: output to a device" $want bash -c "$command -o $T/pipe" <>"$(mkfifo "$T/pipe"; echo "$T/pipe")"
	ok 'leaves the device what it is' test -p "$T/pipe"
	rm -f "$T/pipe"
done
for program in $SOME_PROGRAMS; do
	for option in --help --version --list-options; do
		status "$program $option: a full disk" 74 bash -c "$program $option >/dev/full"
		like 'has the words of the system' "$(<"$T/err")" 'No space left on device'
	done
done

# Documents of several go into a folder, a file each.
head -n 1 $demo/plans.jsonl >"$T/plan.json"
printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail R-1,waiting,,,1,full, >"$T/waits.csv"
for command in "checklist-export $T/plan.json" "letter-export --as-of=2026-11-21 $T/waits.csv"; do
	for format in $(sampled text markdown html odt docx pdf); do
		status "$command as $format: a full disk" 74 bash -c "$command --format=$format >/dev/full"
		like 'has the words of the system' "$(<"$T/err")" 'No space left on device'
	done
	status "$command: closed standard output" 74 bash -c "$command >&-"
	status "$command: a folder that is not there" 73 bash -c "$command -o $T/no/such"
	status "$command: nor the one that it is to be in" 73 bash -c "$command -o $T/no/such/"
	status "$command: a file in the place of a folder" 73 bash -c "$command -o $T/a.csv/"
	like 'has the words of the system' "$(<"$T/err")" 'a.csv/: create: .*Not a directory'
	mkdir "$T/full"
	for format in $(sampled text odt docx pdf); do
		got=0 # through a pipe: no file has room
		said=$(bash -c "trap '' XFSZ; ulimit -f 0; $command --format=$format -o $T/full/" 2>&1) || got=$?
		is "$command as $format: no room in the folder" "$got" 74
		like 'has the words of the system' "$said" 'write: .*File too large'
		is 'and nothing is left there' "$(ls -A "$T/full")" ''
	done
	status "$command: room" 0 bash -c "$command -o $T/full/"
	is 'one file' "$(find "$T/full" -type f | wc -l)" 1
	is 'for its owner alone' "$(stat -c %a "$T"/full/*)" 600
	rm -r "$T/full"
done

status 'a full disk and rejected rows' 74 bash -c "referral-import share/demo/bad/values.csv >/dev/full"
status 'rejects that cannot be written stop the work' 73 referral-import --rejects="$T/no/such" share/demo/bad/values.csv
is 'before anything is written' "$(<"$T/out")" ''
status 'rejects and records cannot share a file' 2 referral-import -o "$T/both" --rejects="$T/both" share/demo/bad/values.csv
status 'nor standard output' 2 referral-import --rejects=- share/demo/bad/values.csv

# ---- who reads no further ----

for command in "referral-import $T/large.csv" "rop-group $T/large.csv" \
	"needs-aggregate --by=bydel --shape=long $T/large.csv"; do
	bash -c "$command 2>$T/err | head -n 1 >/dev/null"
	is "$command: a closed pipe is no error to speak of" "$(<"$T/err")" ''
done

# ---- output that is whole or absent ----

umask 022
echo old >"$T/o.csv"
ok 'output replaces a file' referral-import -o "$T/o.csv" "$export1"
ok 'with the same bytes' cmp "$T/a.csv" "$T/o.csv"
is 'for its owner alone' "$(stat -c %a "$T/o.csv")" 600
ok 'what is drawn is for all' table-render -o "$T/t.txt" share/demo/needs-2022.csv
is 'to read' "$(stat -c %a "$T/t.txt")" 644
ln -s o.csv "$T/link.csv"
ok 'output through a link' needs-aggregate -o "$T/link.csv" "$export1"
ok 'leaves the link a link' test -L "$T/link.csv"
cp "$T/a.csv" "$T/same.csv"
ok 'input and output may be one file' rop-group -o "$T/same.csv" "$T/same.csv"
ok 'and nothing is lost' cmp "$T/g.csv" "$T/same.csv"

# Stops the program when it has begun to write.
interrupted() { # SIGNAL
	local pid
	mkdir "$T/$1"
	echo old >"$T/$1/out.csv"
	mkfifo "$T/$1/in"
	referral-import -o "$T/$1/out.csv" "$T/$1/in" 2>/dev/null &
	pid=$!
	exec 4>"$T/$1/in"
	cat "$T/large.csv" >&4
	# shellcheck disable=SC2016 # for that bash
	await "$1: the work begins" bash -c 'compgen -G "$0/out.csv.*"' "$T/$1"
	is "$1: the work had begun" "$(find "$T/$1" -name 'out.csv.*' | wc -l)" 1
	kill "-$1" $pid
	wait $pid 2>/dev/null
	exec 4>&-
	is "$1: leaves the old file as it was" "$(<"$T/$1/out.csv")" old
}
interrupted KILL
interrupted TERM
is 'and nothing beside it, as the signal can be caught' "$(find "$T/TERM" -name 'out.csv.*')" ''
interrupted HUP
is 'the same' "$(find "$T/HUP" -name 'out.csv.*')" ''

cp "$T/large.csv" "$T/shrinks.csv"
mkfifo "$T/slow"
referral-import "$T/shrinks.csv" >"$T/slow" 2>"$T/err" &
pid=$!
exec 5<"$T/slow"
read -rN 1 -u 5 # the reading has begun
truncate -s 2000000 "$T/shrinks.csv"
cat <&5 >/dev/null
exec 5<&-
wait $pid
is 'a file that shrinks while it is read' $? 74
like 'is told' "$(<"$T/err")" 'shrinks.csv: file-shrank: '

status 'one bad file of sixteen' 65 needs-aggregate -o "$T/none.csv" "${exports[@]}" share/demo/bad/missing-column.csv
ok 'and no table is written' test ! -e "$T/none.csv"

# What stops the work altogether is never "done, but".
status 'a header that cannot be read' 65 referral-import <<<$'Henvisnings-ID;"Mottatt\nA;1'
status 'a header in another encoding' 65 referral-import --encoding=utf-8 share/demo/exports/02-grunerlokka.csv
status 'a table of needs with a count that is none' 65 needs-aggregate <<<$'bydel,housing_type,count\n030103,ordinaer,-1'
status 'a table of needs with an unknown row' 65 needs-aggregate <<<$'bydel,housing_type,count\n990103,ordinaer,1'

# ---- nothing is lost ----

head='Henvisnings-ID;Mottatt;Bydel'
like 'two unknown columns of one name both pass' \
	"$(referral-import <<<"$head;a;a"$'\nA;1.2.2022;Sagene;one;two')" 'one,two$'
status 'a cell under no header is not dropped in silence' 1 referral-import <<<"$head;"$'\nA;1.2.2022;Sagene;one'
like 'but told' "$(<"$T/err")" ': cell-unnamed: '

finish

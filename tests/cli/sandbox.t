#!/usr/bin/env bash
# What a program cannot do once it knows what it was asked for, though a stranger had hold of it: the defect
# in sandbox-hook.c, preloaded, tries.
. "${0%/*}/tap.sh"
if [[ $BIN != */build/bin ]]; then
	echo '1..0 # SKIP only built without watching by the compiler is there a sandbox'
	exit 0
fi
demo=$PWD/share/demo
hook=$T/hook.so
ok 'the planted defect builds' cc -shared -fPIC -O1 -w -o "$hook" tests/cli/sandbox-hook.c -ldl

# A folder that no program is told of; a socket in it that listens.
elsewhere=$T/elsewhere
lay() {
	rm -rf "$elsewhere"
	mkdir "$elsewhere"
	echo 'nobody may read this' >"$elsewhere/victim"
	perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0) && bind(S, pack_sockaddr_un($ARGV[0])) && listen(S, 5) or die $!;
		sleep 600' "$elsewhere/socket" >/dev/null 2>&1 &
	listener=$!
	await 'a socket' test -S "$elsewhere/socket"
}
trap 'kill $listener 2>/dev/null; rm -rf "$T"' EXIT
struck() { # COMMAND...: what the defect says
	HOOK=$elsewhere LD_PRELOAD=$hook "$@" 2>&1 >/dev/null </dev/null | grep -E '^[a-z]+: (done|refused)$'
}
all='read passwd memory list write truncate cut create folder link symlink fifo mode rename remove connect listen fork clone signal'
all_are() { for try in $all; do echo "$try: $1"; done; }

# What the kernel has is asked of a program, which says what it runs without.
lacks=$(table-render --verbose "$demo/needs-2022.csv" 2>&1 >/dev/null)
if [[ $lacks == *'runs without'* ]]; then
	comment "$lacks"
	skip 'a planted defect does nothing' 'this kernel has not both locks'
	finish
fi

lay
cp "$demo/plan.json" "$T/plan.json"
is 'in a program without a sandbox the defect does it all' "$(struck perl -e 1)" "$(all_are "done")"
is 'and more' "$(HOOK_ONLY=execute LD_PRELOAD=$hook HOOK=$elsewhere perl -e 1)" executed
kill $listener
lay

# Every program, at its work, with what it is told of in one folder.
at=$T/at
mkdir "$at" "$at/profiles"
cp -r "$demo"/*.csv "$demo"/*.json "$demo"/*.jsonl "$demo"/exports "$at"
cp -r share/profiles/oslo "$at/profiles/ours"
cd "$at" || exit
register-init --key=reg.db.key reg.db
rop-group waiting.csv >waiting-grouped.csv 2>/dev/null
rop-group exports/01-gamle-oslo.csv >grouped.csv 2>/dev/null
register-put reg.db grouped.csv 2>/dev/null
vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --stays=stays.csv >places.csv
placement-match --places=places.csv --certificate=certificate.json waiting.csv >placed.csv 2>/dev/null
needs-plan --certificate=homes-proof.csv needs-2022.csv >homes.csv
checklist-export --format=docx -o plan.docx plan.json 2>/dev/null
declare -A work=(
	[checklist-export]='plan.json'
	[checklist-edit]='plan.json'
	[checklist-import]='plan.docx'
	[deadline-list]='--as-of=2026-11-21 events.csv'
	[effect-report]='--as-of=2026-11-21 --events=events.csv'
	[flow-simulate]='--places=places.csv --stay=30 --runs=4 waiting.csv'
	[letter-export]='--as-of=2026-11-21 --institutions=institutions.csv --output=letters/ placed.csv'
	[meeting-invite]='papers.jsonl'
	[needs-aggregate]='exports/01-gamle-oslo.csv exports/02-grunerlokka.csv'
	[needs-forecast]='needs-2020.csv needs-2022.csv'
	[needs-plan]='needs-2022.csv'
	[offer-answer]='--register=reg.db --referral=nobody accepted'
	[offer-make]='--register=reg.db placed.csv'
	[placement-diff]='placed.csv placed.csv'
	[placement-explain]='--cutoffs --certificate=certificate.json'
	[placement-match]='--places=places.csv waiting.csv'
	[placement-verify]='--certificate=certificate.json --places=places.csv --referrals=waiting.csv placed.csv'
	[privacy-export]='record'
	[plan-diff]='homes.csv homes.csv'
	[plan-verify]='--certificate=homes-proof.csv homes.csv'
	[site-inspect]='homes.csv'
	[profile-check]='profiles/ours'
	[profile-new]='--output=other/Fjordby Fjordby'
	[referral-anonymise]='--key=reg.db.key exports/01-gamle-oslo.csv'
	[referral-import]='exports/01-gamle-oslo.csv'
	[referral-link]='exports/01-gamle-oslo.csv'
	[register-backup]='reg.db copies/copy.db'
	[register-check]='reg.db'
	[register-get]='reg.db referral'
	[register-init]='made/other.db'
	[register-key]='list reg.db'
	[register-log]='reg.db'
	[register-purge]='--before=2000-01-01 --reason=x reg.db'
	[register-put]='reg.db grouped.csv'
	[rop-group]='exports/01-gamle-oslo.csv'
	[routine-report]='--as-of=2026-11-21 events.csv'
	[service-list]='--as-of=2026-11-21'
	[table-render]='needs-2022.csv'
	[table-attack]='needs-2022.csv'
	[table-suppress]='--certificate=c.json needs-2022.csv'
	[transition]='doctor --register=reg.db'
	[vacancy-list]='--as-of=2026-11-21 --institutions=institutions.csv --stays=stays.csv'
)
again() {
	rm -rf copies made other letters
	mkdir copies made other
}
again
for program in $PROGRAMS; do
	arguments=${work[$program]-}
	[[ -v work[$program] ]] || comment "$program needs a line in this test"
	# shellcheck disable=SC2086 # words
	"$program" $arguments >"$T/out" 2>"$T/err" </dev/null
	like "$program works" "$? $(<"$T/err")" '^(0|1|65 .*no-referral)'
	again
	# shellcheck disable=SC2086
	is "$program: a planted defect does nothing" "$(struck "$program" $arguments)" "$(all_are refused)"
	again
	# shellcheck disable=SC2086
	status "$program: that executes another ends" 159 env HOOK_ONLY=execute HOOK="$elsewhere" LD_PRELOAD="$hook" "$program" $arguments </dev/null
	is 'and the other has not run' "$(grep -c executed "$T/out")" 0
done
is 'what is elsewhere is as it was' "$(ls "$elsewhere") $(<"$elsewhere/victim")" "socket
victim nobody may read this"
status 'tracing ends it, too' 159 env HOOK_ONLY=trace HOOK="$elsewhere" LD_PRELOAD="$hook" table-render needs-2022.csv

# A program that opens a register as well reads nothing of others before its files are locked.
printf '%s\n' institution_id,name,service_level,capacity,vacant,as_of 'A,Huset,mestring,3,1,2026-06-01' >vacant.csv
for line in 'offer-make --register=reg.db placed.csv' \
	'placement-match --register=reg.db --places=vacant.csv' \
	'placement-verify --register=reg.db --places=places.csv --certificate=certificate.json' \
	'letter-export --kind=avslag --as-of=2026-11-21 --register=reg.db placed.csv' \
	'vacancy-list --as-of=2026-11-21 --register=reg.db --institutions=institutions.csv' \
	'needs-aggregate --register=reg.db --compare=needs-2020.csv' \
	'deadline-list --as-of=2026-11-21 --register=reg.db --referrals=waiting.csv'; do
	for read in placed.csv certificate.json vacant.csv institutions.csv needs-2020.csv waiting.csv; do
		[[ $line == *$read* ]] || continue
		# shellcheck disable=SC2086
		is "$line: nothing at the first byte of $read" "$(HOOK_READ=$read struck $line)" "$(all_are refused)"
	done
done

# Before the first byte of what a stranger wrote, and of the profile.
for read in needs-2022.csv profile.csv; do
	is "nothing at the first byte of $read" \
		"$(HOOK_READ=$read struck table-render needs-2022.csv)" "$(all_are refused)"
done
# shellcheck disable=SC2094 # it is read alone
is 'nor out of standard input' "$(HOOK=$elsewhere HOOK_READ=needs-2022.csv LD_PRELOAD=$hook \
	table-render 2>&1 >/dev/null <needs-2022.csv | grep -E ': (done|refused)$')" "$(all_are refused)"
is 'of a register its calls are locked before it is read' \
	"$(HOOK_READ=reg.db struck register-check reg.db | grep -E '^(connect|listen|fork|clone|signal|truncate|cut|link|symlink|fifo|mode)')" \
	"$(all='truncate cut link symlink fifo mode connect listen fork clone signal' all_are refused)"

# A kernel without the locks: the work is done, and --verbose says what is missing.
cat >"$T/old.c" <<'END'
#include <errno.h>
long syscall(long number, ...) { return number >= 444 && number <= 446 ? (errno = ENOSYS, -1) : 0; }
int seccomp_load(void *filter) { return -EINVAL; }
END
ok 'an old kernel is played' cc -shared -fPIC -w -o "$T/old.so" "$T/old.c"
status 'there the work is done, too' 0 env LD_PRELOAD="$T/old.so" table-render needs-2022.csv
is 'without a word' "$(cmp "$T/out" <(table-render needs-2022.csv))$(<"$T/err")" ''
status 'but when asked' 0 env LD_PRELOAD="$T/old.so" table-render --verbose needs-2022.csv
is 'both are said' "$(grep -c '^table-render: runs without [Ls][ae][nc][dc]' "$T/err")" 2

# What is named can be done, wherever it lies.
mkdir "$T/far"
ok 'an output elsewhere' table-render --output="$T/far/table.txt" needs-2022.csv
ok 'a certificate and an output' placement-match --places=places.csv --certificate="$T/far/c.json" --output="$T/far/p.csv" waiting.csv
ln -s "$T/far/table.txt" link
ok 'an output through a link' table-render --output=link needs-2022.csv
is 'the link stays' "$(readlink link)" "$T/far/table.txt"
ok 'an output to a device' table-render --output=/dev/null needs-2022.csv
ok 'input through a shell' bash -c 'table-render <(cat needs-2022.csv)'
ok 'and by another way' bash -c 'table-render /dev/stdin <needs-2022.csv'
ok 'letters of other alphabets' bash -o pipefail -c 'iconv -t UTF-16 needs-2022.csv | table-render --encoding=UTF-16'
status 'a page with its fonts' 1 checklist-export --format=pdf --output="$T/far/plan.pdf" plan.json
status 'pages into a new folder' 1 checklist-export --format=pdf --output="$T/far/plans/" plans.jsonl
mkdir "$T/witness" "$T/keys"
ok 'a witness and a key elsewhere' register-init --witness="$T/witness/w" --key="$T/keys/k" other.db
ok 'are found again' register-put --key="$T/keys/k" other.db institutions.csv
ok 'and told' test "$(wc -l <"$T/witness/w")" -ge 2
ok 'backups elsewhere' register-backup --sealed --key="$T/keys/k" other.db "$T/far/o.sealed"
ok 'and back' register-backup --restore --key="$T/keys/k" "$T/far/o.sealed" "$T/far/back.db"
# shellcheck disable=SC2016 # for that shell
ok 'without standard streams' bash -c 'table-render --output="$1" needs-2022.csv <&- >&- 2>&-' - "$T/far/closed.txt"
cmp -s "$T/far/closed.txt" "$T/far/table.txt"
result $? 'the same comes out'
finish

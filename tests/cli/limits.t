#!/usr/bin/env bash
# Inputs without measure, and little to work with: each ends with the right word and status, in bounded memory. Hangs are
# bounded by processor time, which another's load does not use up. With LIMITS=long at the sizes that were asked for, which
# takes a quarter of an hour: scripts/fault-test limits.
. "${0%/*}/tap.sh"

long=''
[[ ${LIMITS-} == long ]] && long=yes
size() { if [[ $long ]]; then echo "$2"; else echo "$1"; fi; } # SHORT LONG
seconds=$(size 60 900)

# within MIB COMMAND...: it may use so much memory, and a minute of a processor (a quarter of an hour at length).
within() {
	local mib=$1
	shift
	(ulimit -S -v $((mib * 1024)) -t "$seconds" -c 0 && exec "$@")
}

# persons FILE: how many a table of needs has in its row of totals.
persons() { awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "persons") c = i } $1 == "total" { print $c }' "$1"; }

demo=share/demo
export1=$demo/exports/03-sagene.csv
day=--as-of=2026-11-21
vacancy-list $day --stays=$demo/stays.csv --institutions=$demo/institutions.csv >"$T/v.csv"
rop-group $demo/waiting.csv >"$T/g.csv"
placement-match --places="$T/v.csv" --certificate="$T/c.json" "$T/g.csv" >"$T/p.csv" 2>/dev/null
register-init --key="$T/r.db.key" "$T/r.db"
needs-plan --certificate="$T/proof.csv" "$demo/needs-2022.csv" >"$T/plan.csv"

# ---- columns ----

n=$(size 20000 100000)
awk -v n="$n" 'BEGIN { printf "Saksnr,Bydel,Rus"; for (c = 4; c <= n; c++) printf ",k%d", c; print ""
	for (r = 1; r < 4; r++) { printf "A-%d,Sagene,Moderat", r; for (c = 4; c <= n; c++) printf ","; print "" } }' >"$T/wide.csv"
for command in referral-import 'referral-import --sniff' needs-aggregate rop-group table-render 'table-render --format=html'; do
	# shellcheck disable=SC2086 # words
	status "$command: $n columns" 0 within 1500 $command "$T/wide.csv"
done
awk -v n="$n" 'BEGIN { printf "Saksnr,Bydel"; for (c = 3; c <= n; c++) printf ",x"; print ""; printf "A-1,Sagene"; for (c = 3; c <= n; c++) printf ",%d", c; print "" }' >"$T/same.csv"
status "referral-import: $n columns of one name" 0 within 1500 referral-import "$T/same.csv"
is 'each has a name of its own, and keeps its cells' "$(head -n 1 "$T/out" | tr , '\n' | grep -E '^x( \([0-9]+\))?$' | sort -u | wc -l)" $((n - 2))
is 'in their order' "$(sed -n 2p "$T/out" | grep -o ',3,4,5,.*')" "$(seq -s, 3 "$n" | sed 's/^/,/')"

# A table that is none of what is sought is looked at line by line.
awk -v n="$n" 'BEGIN { for (r = 1; r <= 20; r++) { printf "Saksnr"; for (c = 2; c <= n; c++) printf ",k%d (%d)", c, r; print "" } }' >"$T/none.csv"
status "vacancy-list: twenty lines of $n columns" 65 within 1500 vacancy-list --as-of=2026-11-21 --institutions="$T/none.csv"
status 'register-put: the same' 65 within 1500 register-put "$T/r.db" "$T/none.csv"

# ---- rows, bytes, districts, contacts, inputs ----

n=$(size 300000 10000000)
# shellcheck disable=SC2317 # called in another shell
rows() { # N: about 500 bytes each: 5 GB of ten million
	awk -v n="$1" 'BEGIN { for (i = 0; i < 46; i++) t = t "ti tegn her"
		print "Henvisnings-ID;Mottatt;Bydel;Kommentar"; for (i = 1; i <= n; i++) printf "L-%08d;1.2.2022;Sagene;%s\n", i, t }'
}
status "needs-aggregate: $n rows from a pipe" 0 bash -c "$(declare -f rows within); seconds=$seconds; rows $n | within 300 needs-aggregate"
is 'all counted' "$(persons "$T/out")" "$n"
if [[ $long ]]; then
	status "referral-import: $n rows through pipes" 0 bash -c "$(declare -f rows within); seconds=$seconds; rows $n | within 300 referral-import | wc -l"
	is 'all written' "$(cat "$T/out")" $((n + 1))
fi

n=$(size 20000000 1000000000)
for command in referral-import needs-aggregate table-render "deadline-list $day" "placement-diff $T/p.csv" 'referral-link'; do
	status "${command%% *}: a line of $n bytes" 65 bash -c "$(declare -f within); seconds=$seconds
		{ printf 'referral_id,bydel\n'; head -c $n /dev/zero | tr '\\0' x; } | within 600 $command -"
done

n=$(size 70 700)
for ((i = 1; i <= n; i++)); do printf 'Saksnr;Bydel;Rus\nA-%d;Sagene;Moderat\n' "$i" >"$T/in-$i.csv"; done
status "$n inputs" 0 bash -c "$(declare -f within); seconds=$seconds; ulimit -S -n 64; within $((300 + 4 * n)) needs-aggregate $T/in-*.csv"
is 'all counted' "$(persons "$T/out")" "$n"
rm "$T"/in-*.csv

n=$(size 2000 10000)
cp -r share/profiles/oslo "$T/many"
awk -F, -v OFS=, -v n="$n" 'END { for (i = 1; i <= n; i++) { $1 = 9000000 + i; $2 = 100 + i; $3 = "Sted " i; $7 = ""; print } }' \
	share/profiles/oslo/districts.csv >>"$T/many/districts.csv"
status "a profile of $n districts" 65 within 300 needs-aggregate --profile="$T/many" "$export1"
is 'is refused, and where' "$(cut -d: -f1-4 "$T/err")" "$T/many/districts.csv:66: code: table-cell"
needs-aggregate "$export1" 2>/dev/null | awk -F, -v OFS=, -v n="$n" '/^0/ { next } /^total/ { for (i = 1; i <= n; i++) { $1 = sprintf("Sted %d", i); print } next } { print }' >"$T/places.csv"
for format in text html csv json markdown; do
	status "a table of $n places as $format" 0 within 500 table-render --format=$format "$T/places.csv"
	is 'all drawn' "$(grep -o 'Sted [0-9]*' "$T/out" | sort -u | wc -l)" "$n"
done

n=$(size 5000 100000) # status 1: the plan lacks something, with one as with many
contacts() { # N: the plan of the demonstration, with so many measures, each of somebody else
	awk -v n="$1" '/"Time hos ruskonsulent hver uke"/ { for (i = 1; i <= n; i++)
		printf "{\"task\":\"Ring %d\",\"responsible\":\"bydel\",\"due\":null,\"status\":\"open\",\"follow_up\":null,\"note\":\"nr. %d\"},\n", i, i } { print }' $demo/plan.json
}
contacts "$n" >"$T/plan.json"
for format in text html markdown odt docx; do
	status "checklist-export: $n contacts as $format" 1 within 1500 checklist-export $day --format=$format -o "$T/plan.$format" "$T/plan.json"
done

# ---- depth ----

n=100000
deep=$(printf '[%.0s' $(seq $n))
printf '{"case_id":%s' "$deep" >"$T/deep.json"
printf '{"referral_id":"A-1","bydel":"Sagene"}\n{"referral_id":"A-2","bydel":%s\n' "$deep" >"$T/deep.jsonl"
status "a plan nested $n deep" 65 within 300 checklist-export $day "$T/deep.json"
status "a certificate nested $n deep" 65 within 300 placement-explain --certificate="$T/deep.json" --cutoffs
status "a record nested $n deep is one bad row" 1 within 300 referral-import "$T/deep.jsonl"
is 'the others are kept' "$(grep -c '^A-1,' "$T/out")" 1

# ---- what is no file ----

readers=('referral-import FILE' 'rop-group FILE' 'needs-aggregate FILE' 'table-render FILE' 'referral-link FILE'
	"vacancy-list $day --institutions=FILE" "vacancy-list $day --institutions=$demo/institutions.csv --stays=FILE"
	"placement-match --places=FILE $T/g.csv" "placement-match --places=$T/v.csv FILE"
	"placement-verify --places=$T/v.csv --certificate=FILE --referrals=$T/g.csv $T/p.csv"
	"placement-verify --places=$T/v.csv --certificate=$T/c.json --referrals=FILE $T/p.csv"
	'placement-explain --certificate=FILE --cutoffs' "placement-diff FILE $T/p.csv" "referral-anonymise --key=$T/r.db.key FILE"
	"deadline-list $day FILE" "checklist-export $day FILE" "letter-export $day FILE" "register-put $T/r.db FILE"
	"register-check FILE" "offer-make --register=$T/r.db FILE")
for reader in "${readers[@]}"; do
	# shellcheck disable=SC2086 # words
	status "${reader%% *}: /dev/zero is not read for ever" 65 within 300 ${reader/FILE//dev/zero}
	# shellcheck disable=SC2086 # words
	status '/dev/null is empty' 65 within 300 ${reader/FILE//dev/null}
done
status 'profile-check: /dev/zero is no folder' 66 within 300 profile-check /dev/zero
is 'and is named' "$(head -n 1 "$T/err")" '/dev/zero: profile.csv: open: cannot be opened: Not a directory'
if [[ $long ]]; then # a gigabyte is read before it is refused
	status 'a plan without end' 65 bash -c "$(declare -f within); seconds=$seconds; yes '  ' | within 3000 checklist-export $day -"
	is 'is said to be one' "$(grep -c ': file-size: ' "$T/err")" 1
fi

mkfifo "$T/fifo"
referral-import "$export1" >"$T/want.csv" 2>/dev/null
cat "$export1" >"$T/fifo" &
ok 'a FIFO is read as a file is' cmp "$T/want.csv" <(within 300 referral-import "$T/fifo" 2>/dev/null)
cat $demo/plan.json >"$T/fifo" &
ok 'so is a plan' cmp <(checklist-export $day --format=text $demo/plan.json) <(within 300 checklist-export $day --format=text "$T/fifo")
(trap '' PIPE; cat $demo/institutions.csv >"$T/fifo" 2>&1; echo $? >"$T/writer") &
status 'register-put reads it as it reads a file' 0 within 300 register-put --as-of=2026-01-01 "$T/r.db" "$T/fifo"
wait $!
is 'its writer is not cut off' "$(<"$T/writer")" 0
cat "$T/c.json" >"$T/fifo" &
status 'a certificate is read once: a FIFO will do' 1 within 300 offer-make --register="$T/r.db" $day --certificate="$T/fifo" "$T/p.csv"
is 'all that is said is that nobody is in that register' "$(grep -vc ': offer-unknown: ' "$T/err")" 0
perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1) or die' "$T/socket"
status 'a socket in the file system cannot be opened' 66 within 300 referral-import "$T/socket"
# shellcheck disable=SC2016 # Perl's
ok 'a socket as standard input is read' cmp "$T/want.csv" <(perl -MSocket -e 'socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0) or die;
	if (fork) { close $b; open STDIN, "<&", $a or die; close $a; exec @ARGV[1 .. $#ARGV] } close $a; open my $f, "<", $ARGV[0] or die; print $b $_ while <$f>' \
	"$export1" referral-import - 2>/dev/null)

# ---- little to work with ----

commands=("referral-import $export1" "rop-group $demo/waiting.csv" "needs-aggregate $export1" "table-render $demo/needs-2022.csv"
	"vacancy-list $day --stays=$demo/stays.csv --institutions=$demo/institutions.csv" "placement-match --places=$T/v.csv $T/g.csv"
	"placement-verify --places=$T/v.csv --certificate=$T/c.json --referrals=$T/g.csv $T/p.csv" "placement-explain --certificate=$T/c.json --cutoffs"
	"placement-diff $T/p.csv $T/p.csv" "referral-link $demo/waiting.csv" "deadline-list $day $demo/events.csv" "checklist-export $day --format=text $demo/plan.json"
	"needs-plan $demo/needs-2022.csv" "plan-verify --certificate=$T/proof.csv --needs=$demo/needs-2022.csv $T/plan.csv" "plan-diff $T/plan.csv $T/plan.csv"
	"table-suppress $demo/needs-2022.csv" "table-attack $demo/attack/square.csv" "rop-group --explain $demo/waiting.csv" "referral-anonymise --key=$T/r.db.key $T/g.csv"
	"letter-export $day --from=2026-12-01 --institutions=$demo/institutions.csv --certificate=$T/c.json --format=text $T/p.csv"
	"checklist-export $day --format=pdf -o /dev/stdout $demo/plan.json"
	"service-list --group=4" "profile-check share/profiles/oslo" "register-check $T/r.db" "register-get $T/r.db referral" "register-log --verify $T/r.db")
for command in "${commands[@]}"; do
	want=0
	# shellcheck disable=SC2086 # words
	$command >"$T/want" 2>"$T/want.err" || want=$?
	for few in '-n 8' '-s 256' "-v $((64 * 1024))" '-f unlimited <&- 2>&-'; do
		got=0
		close=${few#*unlimited}
		[[ $close != "$few" ]] || close=''
		bash -c "ulimit -S -c 0 -t $seconds ${few%% <*} && exec $command $close" >"$T/out" 2>"$T/err" || got=$?
		if [[ $got == "$want" ]]; then
			ok "${command%% *}: the same with ulimit $few" cmp "$T/want" "$T/out"
		else
			ok "${command%% *}: refused with ulimit $few, in words" bash -c "[[ $got == 70 || $got == 66 || $got == 73 || $got == 74 ]] && grep -q ': memory: \|: open: \|: create: \|: read: ' $T/err && [[ ! -s $T/out ]]"
		fi
	done
done

# ---- clocks ----

cat >"$T/clock.c" <<'C'
#include <stdlib.h>
#include <time.h>
time_t time(time_t *t) { time_t now = atoll(getenv("CLOCK")); if (t) *t = now; return now; }
int clock_gettime(clockid_t id, struct timespec *t) { (void)id; t->tv_sec = time(NULL); t->tv_nsec = 0; return 0; }
C
ok 'the planted clock builds' "${CC:-cc}" -shared -fPIC -O1 -o "$T/clock.so" "$T/clock.c"
for year in 1970 2100; do
	db=$T/y$year.db
	export CLOCK
	CLOCK=$(date -u -d "$year-01-01 00:00:07" +%s)
	# shellcheck disable=SC2317 # called by status
	now() { LD_PRELOAD=$T/clock.so "$@"; }
	status "$year: a register begins" 0 now register-init --key="$db.key" "$db"
	status "$year: takes referrals" 0 now register-put "$db" "$T/g.csv"
	status "$year: gives them" 0 now register-get --with-identity --reason=test "$db" referral
	is "$year: all" "$(grep -c '^R-' "$T/out")" "$(grep -c '^R-' "$T/g.csv")"
	status "$year: its log" 0 now register-log "$db"
	ok "$year: has the day" grep -q ",$year-01-01T" "$T/out"
	status "$year: is whole" 0 now register-check "$db"
	status "$year: verified" 0 now register-log --verify "$db"
	CLOCK=$(date -u -d 2026-11-21 +%s)
	status "$year: and when clocks are right again" 0 now register-check "$db"
done

is 'nothing is left behind' "$(find "$T" /tmp -maxdepth 1 -name 'transition-*' -user "$(id -u)" -newer "$T/v.csv" | wc -l)" 0
finish

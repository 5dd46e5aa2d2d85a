#!/usr/bin/env bash
# The register on PostgreSQL: a private server on a socket; the same bytes as with a file; who sees which row,
# through plain psql; what the server's files tell; connections that are cut.
# shellcheck disable=SC2028 # echo writes what psql reads, backslashes and all
. "${0%/*}/tap.sh"
LOG_STATEMENT=all at_postgresql
put() { register-put --key="$T/key" "$@"; }

# ---- the same functions ----

store=${BIN%/bin}${TRANSITION_TEST_ALL:+/san}/unit/check_store
is 'what the store promises, on both engines' \
	"$(env -u CK_TAP_LOG_FILE_NAME TRANSITION_TEST_POSTGRESQL="$S" CK_VERBOSITY=minimal "$store" 2>&1 | tail -n 1)" \
	'100%: Checks: 24, Failures: 0, Errors: 0'

# ---- making one ----

status 'a database without a register is none' 65 register-get "$S" referral
like 'and says so' "$(<"$T/err")" 'no-register'
status 'a register is made' 0 register-init --key="$T/key" "$S"
status 'but not over one that is there' 73 register-init --key="$T/key2" "$S"
status 'whoever is not let in is told so' 77 register-get "$(as nobody)" referral
status 'a server that is not there cannot be opened' 66 register-get "postgresql:///transition?host=$T/none" referral
like 'in the words of the system' "$(<"$T/err")" 'server-open: .*No such file'
status 'a password is not taken' 77 register-get "postgresql://keeper:hemmelig@/transition?host=$T/pg" referral
is 'nor repeated' "$(grep -c hemmelig "$T/err")" 0
status 'nor among settings' 77 register-init "password=hemmelig host=$T/pg dbname=transition"
is 'which are no name of a file' "$(find . -maxdepth 1 -name '*=*')" ''
status 'settings name a server' 0 register-get "host=$T/pg dbname=transition user=keeper" referral
status 'with blanks around the sign, too' 0 register-get "dbname = transition host = $T/pg user = keeper" referral
printf '[ours]\nhost=%s\ndbname=transition\nuser=keeper\n' "$T/pg" >"$T/services"
status 'so does a service' 0 env PGSERVICEFILE="$T/services" register-get service=ours referral
status 'one on a server is not sealed as a file' 2 register-backup --sealed "$S" "$T/copy"
for login in intake:intake frogner:district sagene:district home:institution press:publisher audit:auditor; do
	sql "CREATE ROLE ${login%:*} LOGIN IN ROLE transition_${login#*:}"
done
sql "INSERT INTO transition.office VALUES ('frogner', 'district', '030105'), ('sagene', 'district', '030103'),
	('home', 'institution', 'I-1')"

# ---- the same bytes ----

name='Planta Navnesen' number=10839421953 phone='40 00 12 34' comment='planta kommentar om noe'
cat >"$T/r.csv" <<END
referral_id,received,bydel,person_id,name,contact_phone,comment,sector
F-1,2026-02-01,Frogner,$number,$name,$phone,$comment,rus
F-2,2026-02-02,Frogner,,Ola Li,,,
S-1,2026-02-03,Sagene,18835345102,Per Vik,,,
S-2,2026-02-04,Sagene,,,,,
END
cat >"$T/i.csv" <<END
institution_id,name,owner,service_level,stay_types,substance_policy,sexes,min_age,max_age,wheelchair,somatic_max,rop_groups,municipality,bydel,capacity,address,phone,self_referred_places
I-1,Huset,kommunal,akutt,akutt,rus_og_rusfritt,kvinne|mann,18,,ja,,,0301,030104,24,Veien 1,00 00 00 01,
I-2,Heimen,kommunal,akutt,akutt,rus_og_rusfritt,kvinne|mann,18,,ja,,,0301,030104,24,Veien 2,00 00 00 01,
END
cat >"$T/s.csv" <<END
stay_id,referral_id,institution_id,from,to_expected,to,status
O-1,F-1,I-1,2026-02-05,,,moved_in
O-2,S-1,I-2,2026-02-05,,,moved_in
O-3,S-2,I-1,2026-02-05,,,declined
END
register-init --key="$T/file.key" "$T/r.db"
for f in r i s; do
	status "put as intake: $f.csv" 0 put --as-of=2026-02-06 "$(as intake)" "$T/$f.csv"
	register-put --key="$T/file.key" --as-of=2026-02-06 "$T/r.db" "$T/$f.csv" 2>/dev/null
done
sed 's/2026-02-02/2026-02-09/' "$T/r.csv" >"$T/r2.csv"
status 'put again, one changed' 0 register-put --key="$T/key" --as-of=2026-02-10 "$(as intake)" "$T/r2.csv"
is 'and it is' "$(grep -o 'new .*' "$T/err")" 'new 0, same 3, changed 1'
register-put --key="$T/file.key" --as-of=2026-02-10 "$T/r.db" "$T/r2.csv" 2>/dev/null
# A pseudonym depends on the key.
out() { register-get "$@" | sed 's/p-[a-z2-7]\{24\}/PSEUDONYM/g'; }
for kind in referral institution stay; do
	is "register-get $kind: the same bytes from both" "$(out "$(as intake)" $kind)" "$(out "$T/r.db" $kind)"
done
is 'and as known earlier' "$(out --as-of=2026-02-07 "$(as intake)" referral)" "$(out --as-of=2026-02-07 "$T/r.db" referral)"
is 'other programs take it, too' "$(vacancy-list --as-of=2026-02-10 --register="$(as intake)")" \
	"$(vacancy-list --as-of=2026-02-10 --register="$T/r.db")"

# An intake of whose put each statement is compiled waits ten times as long.
is 'the server compiles none of our statements' "$(grep -c 'statement: SET search_path' "$T/pg/log")" "$(grep -c 'statement: SET search_path.*SET jit = off' "$T/pg/log")"

# ---- rows ----

ids() { register-get "$(as "$1")" "$2" 2>/dev/null | tail -n +2 | cut -d, -f1 | xargs; }
is 'intake: all referrals' "$(ids intake referral | tr ' ' '\n' | sort | xargs)" 'F-1 F-2 S-1 S-2'
is 'a district: its own' "$(ids frogner referral)" 'F-1 F-2'
is 'another: its own' "$(ids sagene referral)" 'S-1 S-2'
is 'with their stays' "$(ids sagene stay)" 'O-2 O-3'
is 'and all institutions' "$(ids sagene institution)" 'I-1 I-2'
is 'an institution: who lives there' "$(ids home referral)" F-1
is 'and not what was declined' "$(ids home stay)" O-1
is 'and itself' "$(ids home institution)" I-1
is 'who publishes: institutions' "$(ids press institution)" 'I-1 I-2'
is 'and no person' "$(ids press referral)$(ids press stay)" ''
status 'who audits gets no record' 77 register-get "$(as audit)" referral
status 'but verifies the log' 0 register-log --key="$T/key" --verify "$(as audit)"
printf 'referral_id,received,bydel\nS-9,2026-03-01,Sagene\n' >"$T/s9.csv"
status 'a district puts in its own' 0 put "$(as sagene)" "$T/s9.csv"
status 'and not for another' 77 put "$(as frogner)" "$T/s9.csv"
status 'not even changes it' 77 put "$(as frogner)" - < <(printf 'referral_id,received,bydel\nS-1,2026-03-01,Frogner\n')
status 'who publishes puts in nothing' 77 put "$(as press)" "$T/s9.csv"

# What an institution writes, from the first time to a change.
checklist-export --paper=minutes --template=F-1 --as-of=2026-02-08 >"$T/minutes.json"
for became in 'new 1, same 0, changed 0' 'new 0, same 1, changed 0' 'new 0, same 0, changed 1'; do
	[[ $became == *'changed 1' ]] && sed -i 's/"institution": *null/"institution":"Huset"/' "$T/minutes.json"
	status 'an institution puts in minutes' 0 put --kind=minutes "$(as home)" "$T/minutes.json"
	is 'and knows what it has' "$(grep -o 'new .*' "$T/err")" "$became"
done
status 'and no decision' 77 put --kind=decision "$(as home)" - < <(printf 'referral_id,decision,institution_id,wish_rank,priority,reason,detail\nF-1,placed,I-1,1,1,wish,\n')
is 'the district sees it' "$(register-get "$(as frogner)" minutes | grep -c F-1)" 1

# ---- handed over ----

printf 'case_id,date,type\nS-9,2026-03-02,assessment_started\nW-1,2026-03-02,assessment_started\n' | put "$(as intake)" - 2>/dev/null
is 'of a case without a referral no district sees anything' "$(register-get "$(as sagene)" event | cut -d, -f1 | xargs) $(register-get "$(as frogner)" event | grep -c W-1)" 'case_id S-9 0'
printf 'referral_id,received,bydel\nS-9,2026-03-01,Frogner\nW-1,2026-03-01,Frogner\n' | put "$(as intake)" - 2>/dev/null
is 'a case goes to another district with all that is about it' "$(register-get "$(as frogner)" event | cut -d, -f1 | xargs)" 'case_id S-9 W-1'
was() { psql -qXAt "$(as "$1")" -c "SELECT count(*) FROM transition.seen('referral', NULL, NULL, 'S-9', true)"; }
is 'and its history' "$(was frogner)" 2
is 'from where it was' "$(ids sagene event)$(ids sagene referral | grep -c S-9)$(was sagene)" 00
status 'which puts in nothing about it any more' 77 put "$(as sagene)" - < <(printf 'case_id,date,type\nS-9,2026-03-03,moved_out\n')
status 'and the register is whole' 0 register-check --key="$T/key" "$S"

# ---- who looked ----

n=$(sql 'SELECT count(*) FROM transition.handed')
status 'a district reads who it is' 0 register-get --key="$T/key" --with-identity --reason=test --id=F-1 "$(as frogner)" referral
like 'the name is given' "$(<"$T/out")" "$name"
# With the case it hands over the district's others, of which each may tell that the person's address is protected.
like 'and the server wrote down who got it' "$(sql 'SELECT role, records FROM transition.handed OFFSET '"$n")" 'frogner.[{]1[,}]'
like 'the log has the line' "$(register-log "$(as audit)")" ',get,test'
is 'as whom the server knew it' "$(sql 'SELECT role FROM transition.access ORDER BY line DESC LIMIT 1')" frogner
status 'an institution that has a key opens its own case' 0 register-get --key="$T/key" --with-identity --reason=test --id=F-1 "$(as home)" referral
like 'with the name' "$(<"$T/out")" "$name"
status 'of another the server gives it nothing, whatever the key opens' 0 register-get --key="$T/key" --with-identity --reason=test --id=S-1 "$(as home)" referral
is 'no row' "$(tail -n +2 "$T/out")" ''
status 'the log verifies' 0 register-log --key="$T/key" --verify "$S"
is 'without that, the server gives no sealed part, also of an own case' \
	"$(psql -qXAt "$(as frogner)" -c 'SELECT transition.seal_of(1)' 2>&1 | head -n 1)" \
	'ERROR:  a sealed part is given once that is written down'
is 'nor what belongs to another, written down or not' \
	"$(psql -qXAt "$(as frogner)" -c "BEGIN" -c "SELECT transition.handing(pg_backend_pid(), transaction_timestamp(), '{3}')" -c COMMIT \
		-c 'SELECT transition.seal_of(3)' 2>&1 | grep ERROR)" 'ERROR:  a sealed part is given once that is written down'

# ---- whole ----

status 'the keeper checks' 0 register-check --key="$T/key" "$S"
status 'nobody else can' 77 register-check --key="$T/key" "$(as intake)"
sql "UPDATE transition.record SET body = body || 'x' WHERE record = 1"
status 'what the administrator changed is found' 65 register-check --key="$T/key" "$S"
sql "UPDATE transition.record SET body = left(body, -1) WHERE record = 1"
sql "UPDATE transition.record SET holder = '030103' WHERE record = 1"
status 'also that another district sees a case' 65 register-check --key="$T/key" "$S"
sql "UPDATE transition.record SET holder = '030105' WHERE record = 1"
sql 'CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$'
sql 'CREATE TRIGGER spy BEFORE INSERT ON transition.record FOR EACH ROW EXECUTE FUNCTION public.f()'
status 'also a trigger' 65 register-check --key="$T/key" "$S"
sql 'DROP TRIGGER spy ON transition.record'
status 'else it is whole' 0 register-check --key="$T/key" "$S"

# ---- many ----

for i in {1..8}; do
	printf 'referral_id,received,bydel\nM-%d,2026-03-01,Sagene\n' "$i" | put --timeout=60 "$(as intake)" - 2>/dev/null &
done
wait
is 'eight who put at once: all is there' "$(ids intake referral | tr ' ' '\n' | grep -c ^M-)" 8
status 'and it is whole' 0 register-check --key="$T/key" "$S"
psql -qX "$S" -c 'BEGIN' -c 'LOCK TABLE transition.writer' -c 'SELECT pg_sleep(30)' >/dev/null 2>&1 &
holder=$!
await 'the lock is held' test -n "$(sleep 1; sql "SELECT 1 FROM pg_locks WHERE relation = 'transition.writer'::regclass LIMIT 1")"
status 'who waits too long is told to try again' 75 put --timeout=1 "$(as intake)" "$T/r.csv"
sql "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'transition.writer'::regclass" >/dev/null
wait "$holder"

# ---- cut off ----

# The server waits for a standby that is not there, when all is stored already: then it is cut off.
sever() { # LOGIN WAIT: cuts the connection that waits so
	local i
	for ((i = 0; i < 600; i++)); do
		kill -0 "$putting" 2>/dev/null || break
		[[ $(sql "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '$1' AND wait_event = '$2'") == 1 ]] && return
		sleep 0.1
	done
}
psql -qX "$S" -c "ALTER SYSTEM SET synchronous_standby_names = 'nobody'" -c 'SELECT pg_reload_conf()' >/dev/null
printf 'referral_id,received,bydel\nC-1,2026-03-01,Sagene\n' >"$T/c1.csv"
put --timeout=60 "$(as intake)" "$T/c1.csv" 2>/dev/null &
putting=$!
sever intake SyncRep
status 'cut off after it was stored: found out' 0 wait "$putting"
psql -qX "$S" -c 'SET synchronous_commit = local' -c 'ALTER SYSTEM RESET synchronous_standby_names' -c 'SELECT pg_reload_conf()' >/dev/null
is 'it is there' "$(ids intake referral | tr ' ' '\n' | grep -c ^C-)" 1
# A constraint that is looked at when all is committed, and takes its time.
sql 'CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$'
sql 'CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON transition.put DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.slow()'
printf 'referral_id,received,bydel\nC-2,2026-03-01,Sagene\n' >"$T/c2.csv"
put --timeout=60 "$(as intake)" "$T/c2.csv" 2>"$T/cut.err" &
putting=$!
sever intake PgSleep
status 'cut off before it was stored: found out' 74 wait "$putting"
like 'with the words of the server' "$(<"$T/cut.err")" 'server: '
put --timeout=60 "$(as intake)" "$T/c2.csv" 2>"$T/cut.err" &
putting=$!
for ((i = 0; i < 600; i++)); do
		kill -0 "$putting" 2>/dev/null || break
	pid=$(sql "SELECT pid FROM pg_stat_activity WHERE usename = 'intake' AND wait_event = 'PgSleep'")
	[[ $pid ]] && break
	sleep 0.1
done
kill -9 "$pid"
status 'the server process was killed: nothing is half' 74 wait "$putting"
await 'the server is back' sql 'SELECT 1'
sql 'DROP TRIGGER slow ON transition.put'
is 'nothing of it is there' "$(ids intake referral | tr ' ' '\n' | grep -c ^C-2)" 0
status 'a second run stores it' 0 put "$(as intake)" "$T/c2.csv"
status 'and all is whole' 0 register-check --key="$T/key" "$S"

# ---- offers at once ----

psql -qX "$S" -c 'CREATE DATABASE offers' 2>/dev/null
offers=${S/transition?/offers?}
register-init --key="$T/offers.key" "$offers"
{
	echo 'institution_id,name,service_level,capacity,self_referred_places'
	echo 'A,Huset,omsorg,1,'
} | register-put --key="$T/offers.key" "$offers" - 2>/dev/null
{
	echo 'referral_id,received,bydel,person_id,person_id_kind,service_level,wishes,urgency,municipality,consent'
	for i in {1..16}; do echo "R-$i,2026-01-05,030101,p$i,pseudonym,omsorg,A,1,0301,ja"; done
} | register-put --key="$T/offers.key" "$offers" - 2>/dev/null
for i in {1..16}; do
	{
		printf 'referral_id,decision,institution_id,wish_rank,priority,reason,detail\nR-%d,placed,A,1,1,wish,\n' "$i" |
			offer-make --key="$T/offers.key" --register="$offers" --as-of=2026-02-01 --timeout=600 - >/dev/null 2>&1
		echo $? >"$T/rc$i"
	} &
done
wait
is 'sixteen want the last bed: one gets it' "$(cat "$T"/rc? "$T"/rc?? | sort | uniq -c | xargs)" '1 0 15 1'
is 'one offer is in the register' "$(register-get "$offers" stay | tail -n +2 | wc -l)" 1
status 'which is whole' 0 register-check --key="$T/offers.key" "$offers"

# ---- the server falls ----

: >"$T/told"
# shellcheck disable=SC2317 # await calls it
told() { (($(wc -l <"$T/told") >= $1)); }
for i in {1..40}; do
	printf 'referral_id,received,bydel\nD-%d,2026-03-01,030103\n' "$i" |
		register-put --key="$T/offers.key" --timeout=60 "$offers" - 2>/dev/null && echo "D-$i" >>"$T/told"
done &
falling=$!
for ((fall = 1; fall <= 3; fall++)); do
	await 'some are stored' told $((fall * 5))
	scripts/try-postgresql restart "$T/pg" >/dev/null
done
wait "$falling"
comment "told of $(wc -l <"$T/told") of 40"
is 'what was acknowledged is there, though the server fell' \
	"$(register-get "$offers" referral | cut -d, -f1 | grep ^D- | sort | comm -13 - <(sort "$T/told"))" ''
status 'and all is whole' 0 register-check --key="$T/offers.key" "$offers"

# ---- moved ----

psql -qX "$S" -c 'CREATE DATABASE other' 2>/dev/null
other=${S/transition?/other?}
status 'an office cannot copy all' 77 register-backup "$(as intake)" "$T/m.db"
status 'from the server into a file' 0 register-backup --restore --key="$T/key" "$S" "$T/m.db"
status 'which is whole' 0 register-check --key="$T/key" "$T/m.db"
status 'and from the file to a server' 0 register-backup --restore --key="$T/key" "$T/m.db" "$other"
status 'which is whole' 0 register-check --key="$T/key" "$other"
for kind in referral institution stay; do
	is "the same bytes of $kind from all three" "$(register-get "$other" $kind; register-get "$T/m.db" $kind)" \
		"$(register-get "$S" $kind; register-get "$S" $kind)"
done
is 'as known earlier, too' "$(register-get --as-of=2026-02-07 "$other" referral)" "$(register-get --as-of=2026-02-07 "$S" referral)"
is 'with the log, to which two lines came' "$(register-log "$other" | cut -d, -f1,3-)" \
	"$(register-log "$S" | cut -d, -f1,3-; for i in 1 2; do echo "$(($(register-log "$S" | wc -l) + i - 1)),$(id -un),restore,"; done)"
status 'names are there' 0 register-get --key="$T/key" --with-identity --reason=x --id=F-1 "$other" referral
like 'as they were' "$(<"$T/out")" "$name"
status 'and it goes on' 0 put "$other" <(printf 'referral_id,received,bydel\nN-1,2026-03-01,Sagene\n')
status 'a plain copy says that it is one' 0 register-backup "$S" "$T/c.db"
is 'of the moment' "$(register-log "$T/c.db" | wc -l) $(grep -c copy <(sqlite3 "$T/c.db" 'SELECT name FROM setting'))" "$(register-log "$S" | wc -l) 1"

# ---- decided about ----

# About two referrals, in whatever order they were named: both have to be the district's.
printf 'referral_id,received,bydel\nY-1,2026-03-01,Frogner\nX-1,2026-03-01,Sagene\n' | put "$(as intake)" - 2>/dev/null
printf 'referral_id,other_id,score,why,link,by,date\nY-1,X-1,80,name,same,intake,2026-03-02\n' | put "$(as intake)" - 2>/dev/null
is 'a decision about two districts is of none' "$(ids frogner person_link)$(ids sagene person_link)" ''
printf 'referral_id,received,bydel\nX-1,2026-03-01,Frogner\n' | put "$(as intake)" - 2>/dev/null
is 'and of the one that comes to have both' "$(ids frogner person_link)$(ids sagene person_link)" Y-1
is 'who finds it with either' "$(for id in X-1 Y-1; do
	psql -qXAt "$(as frogner)" -c "SELECT id FROM transition.seen_about('', '{$id}') WHERE kind = 'person_link'"; done | xargs)" 'X-1|Y-1 X-1|Y-1'
status 'and it is whole' 0 register-check --key="$T/key" "$S"

# ---- purged, and what the server's files tell ----

status 'an office cannot purge' 77 register-purge --key="$T/key" --reason=x --id=F-1 "$(as intake)"
pg_dump "$S" >"$T/dump"
sql CHECKPOINT
for word in "$name" "$number" "${phone// /}" "$phone" "$comment" Navnesen; do
	is "in no file of the server, nor a dump: $(tr 'a-zA-Z' x <<<"$word" | tr 0-9 n)" \
		"$(grep -rlaF -- "$word" "$T/dump" "$T/pg" | head -n 3)" ''
done
is 'where what is not sealed is found' "$(grep -rlaF -- 'Huset' "$T/dump" "$T/pg" | head -n 1 | wc -l)" 1
status 'the keeper can' 0 register-purge --key="$T/key" --reason=x --id=F-1 "$S"
is 'and it is gone' "$(ids intake referral | tr ' ' '\n' | grep -c ^F-1)" 0
status 'and all is whole still' 0 register-check --key="$T/key" "$S"
finish

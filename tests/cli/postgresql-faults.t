#!/usr/bin/env bash
# What goes wrong at a server: it falls, or a process of it is killed, in the middle of an offer, an answer, a purge or a put;
# its disk is full; its register is newer, or half a one. What was acknowledged is there, nothing is half, and it is said.
# shellcheck disable=SC2317 # functions are called by others
. "${0%/*}/tap.sh"
needs_postgresql

chmod 755 "$T"
mkdir "$T/small"
trap 'scripts/try-postgresql stop "$T/pg"; mountpoint -q "$T/small" && umount "$T/small"; mountpoint -q "$T/small" || rm -rf "$T"' EXIT
S=$(scripts/try-postgresql start "$T/pg") || exit 1
sql() { psql -qXAt "$S" -c "$1"; }
get() { register-get --key="$T/key" "$S" "$@"; }
register-init --key="$T/key" "$S"
printf '%s\n' institution_id,name,service_level,capacity,self_referred_places A,Huset,omsorg,40, | register-put --key="$T/key" "$S" - 2>/dev/null
{
	echo referral_id,received,bydel,person_id,person_id_kind,service_level,wishes,urgency,municipality,consent
	for i in {1..12}; do echo "R-$i,2026-01-05,030101,p$i,pseudonym,omsorg,A,1,0301,ja"; done
} | register-put --key="$T/key" "$S" - 2>/dev/null

# ---- in the middle ----

# A constraint that is looked at when all is committed, and takes its time: then the server falls, or its process is killed.
sql 'CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$'
sql 'CREATE CONSTRAINT TRIGGER slow AFTER INSERT OR UPDATE ON transition.setting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.slow()'
sleeping() { ! kill -0 "$running" 2>/dev/null || [[ $(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") -gt 0 ]]; }
offer() { offer-make --key="$T/key" --register="$S" --as-of=2026-02-01 --timeout=60 "$T/placed.csv"; }
answer() { offer-answer --key="$T/key" --register="$S" --referral=R-1 --as-of=2026-02-02 --timeout=60 accepted; }
purge() { register-purge --key="$T/key" --id=R-12 --reason=x --timeout=60 "$S"; }
put() { printf 'referral_id,received,bydel\nP-1,2026-03-01,030103\n' | register-put --key="$T/key" --timeout=60 "$S" -; }
printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail R-1,placed,A,1,1,wish, >"$T/placed.csv"
all() { get referral; get stay; get event; get decision; register-log "$S"; }
for what in offer answer purge put; do
	for how in fall kill; do
		before=$(all)
		$what >"$T/said" 2>"$T/err" &
		running=$!
		await "$what is storing" sleeping
		if [[ $how == fall ]]; then
			scripts/try-postgresql restart "$T/pg"
		else
			kill -9 "$(sql "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' LIMIT 1")"
		fi
		status "$what, and the server's ${how/fall/machine falls}: found out" 74 wait "$running"
		await 'the server is back' sql 'SELECT 1'
		is "$what: nothing of it is there" "$(all)" "$before"
	done
	sql 'ALTER TABLE transition.setting DISABLE TRIGGER slow'
	status "$what: once more, and it is stored" 0 $what
	sql 'ALTER TABLE transition.setting ENABLE TRIGGER slow'
done
sql 'DROP TRIGGER slow ON transition.setting'
is 'the offer was accepted' "$(get stay | grep -c ',accepted')" 1
is 'and who was purged is gone' "$(get referral | grep -c '^R-12,')" 0
status 'all is whole' 0 register-check --key="$T/key" "$S"

# ---- sixteen clients ----

for i in {1..16}; do
	{
		case $((i % 4)) in
		0) get referral ;;
		1) printf 'referral_id,received,bydel\nC-%d,2026-03-01,030103\n' "$i" | register-put --key="$T/key" --timeout=600 "$S" - ;;
		2) register-get --with-identity --reason="look $i" --key="$T/key" --timeout=600 --id=R-2 "$S" referral ;;
		3) printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail "R-$(((i + 1) / 2)),placed,A,1,1,wish," |
			offer-make --key="$T/key" --register="$S" --as-of=2026-02-01 --timeout=600 - ;;
		esac >/dev/null 2>&1
		echo $? >"$T/client$i"
	} &
done
wait
is 'sixteen who put, offer, look and read at once: none fails' "$(cat "$T"/client* | sort | uniq -c | xargs)" '16 0'
is 'the log has every look' "$(register-log "$S" | grep -c ',get,look ')" 4
status 'and is one chain' 0 register-log --key="$T/key" --verify "$S"
status 'and all is whole' 0 register-check --key="$T/key" "$S"

# ---- its register is another ----

sql 'UPDATE transition.version SET version = 4'
status 'a newer one is refused' 65 get referral
like 'and that is said' "$(<"$T/err")" 'register-newer'
sql 'UPDATE transition.version SET version = 3'
sql 'ALTER TABLE transition.record RENAME TO other'
status 'half of one is refused' 65 get referral
sql 'ALTER TABLE transition.other RENAME TO record'
psql -qX "$S" -c 'CREATE ROLE weak LOGIN' -c 'CREATE DATABASE bare' 2>/dev/null
weak=${S/keeper@/weak@}
status 'who may make nothing makes no register' 77 register-init --key="$T/weak.key" "${weak/transition?/bare?}"
like 'in the words of the server' "$(<"$T/err")" 'server-denied: .*(permission denied|admin option)'
ok 'and no key is left' test ! -e "$T/weak.key"
status 'who is no office reads nothing' 77 register-get "$weak" referral

# ---- its disk is full ----

if mount -t tmpfs -o size=16m,mode=755 tmpfs "$T/small" 2>/dev/null; then
	mkdir "$T/small/data" && chmod 700 "$T/small/data" && chown nobody:nogroup "$T/small/data"
	psql -qX "$S" -c "CREATE TABLESPACE small LOCATION '$T/small/data'" -c 'CREATE DATABASE small TABLESPACE small'
	small=${S/transition?/small?}
	register-init --key="$T/small.key" "$small"
	printf 'referral_id,received,bydel\nA-1,2026-03-01,030103\n' | register-put --key="$T/small.key" "$small" - 2>/dev/null
	status 'on a full disk nothing is stored' 74 register-put --key="$T/small.key" "$small" \
		<(perl -e 'print "referral_id,received,bydel,comment\n"; print "X-$_,2026-03-01,030103,", "ord " x 40, "\n" for 1 .. 40000')
	like 'in the words of the server' "$(<"$T/err")" 'No space left on device'
	is 'and what was there is there' "$(register-get "$small" referral | cut -d, -f1 | xargs)" 'referral_id A-1'
	status 'whole' 0 register-check --key="$T/small.key" "$small"
	psql -qX "$S" -c 'DROP DATABASE small' -c 'DROP TABLESPACE small'
else
	skip 'a full disk' 'no small disk can be mounted here'
fi
finish

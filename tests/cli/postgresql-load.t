#!/usr/bin/env bash
# A first load into a register on a server: the indexes of the offices are made at its end, whatever becomes of it, and not
# while somebody reads. What the server says of records that were sent ahead is told.
# shellcheck disable=SC2317 # functions are called by others
. "${0%/*}/tap.sh"
at_postgresql
register-init --key="$T/key" "$S"
psql -qX "$S" -c 'CREATE ROLE intake LOGIN IN ROLE transition_intake' -c 'CREATE ROLE frogner LOGIN IN ROLE transition_district' \
	-c "INSERT INTO transition.office VALUES ('frogner', 'district', '030105')"
count="SELECT count(*) FROM pg_index WHERE indrelid = 'transition.record'::regclass AND indisvalid"
all=$(sql "$count")
two=$((all - 2))

# sleeping PROCESS: the server sleeps for it, or it is no more.
sleeping() { ! kill -0 "$1" 2>/dev/null || [[ $(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") -gt 0 ]]; }

# ---- who may, and when ----

begin=(BEGIN "SELECT transition.put_start('2026-01-01', '', '', 'referral', '') \\g /dev/null")
numbers() { printf 'SELECT transition.record_numbers(%d) \\g /dev/null' "$1"; }
# left LOGIN STATEMENT...: how many indexes there are after each statement.
left() {
	local login=$1
	shift
	for statement; do printf '%s\n;\n%s;\n' "$statement" "$count"; done | psql -qXAt "$(as "$login")" 2>&1 | xargs
}
is 'two are not there while a thousand come in, and are when that is taken back' \
	"$(left intake "${begin[@]}" "$(numbers 1000)" ROLLBACK)" "$all $all $two $all"
is 'or is committed' "$(left intake "${begin[@]}" "$(numbers 1000)" COMMIT)" "$all $all $two $all"
is 'or who puts in wants what is deferred done' \
	"$(left intake "${begin[@]}" "$(numbers 1000)" 'SET CONSTRAINTS ALL IMMEDIATE' COMMIT)" "$all $all $two $all $all"
is 'or did so before' \
	"$(left intake "${begin[@]}" 'SET CONSTRAINTS ALL IMMEDIATE' "$(numbers 1000)" COMMIT)" "$all $all $all $all $all"
is 'or goes back to a point before' \
	"$(left intake "${begin[@]}" 'SAVEPOINT a' "$(numbers 1000)" 'ROLLBACK TO a' COMMIT)" "$all $all $all $two $all $all"
is 'a few come in as ever' "$(left intake "${begin[@]}" "$(numbers 999)" COMMIT)" "$all $all $all $all"
is 'and so does what an office puts in' "$(left frogner "${begin[@]}" "$(numbers 1000)" COMMIT)" "$all $all $all $all"
psql -qX "$S" -c BEGIN -c 'SELECT FROM transition.record' -c 'SELECT pg_sleep(60)' >/dev/null 2>&1 &
reading=$!
await 'somebody reads' sleeping "$reading"
is 'and all does, while somebody reads' "$(left intake "${begin[@]}" "$(numbers 1000)" COMMIT)" "$all $all $all $all"
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" >/dev/null
wait "$reading" 2>/dev/null
sql 'DELETE FROM transition.put'

# ---- a load ----

put() { register-put --key="$T/key" --timeout=60 "$(as "$1")" "${@:2}"; }
rows() { # FROM TO DAY: in two districts by turns
	perl -e 'print "referral_id,received,bydel\n"; print "R-$_,$ARGV[2],0301", $_ % 2 ? "05" : "03", "\n" for $ARGV[0] .. $ARGV[1]' "$@"
}
rows 1 3500 2026-03-01 >"$T/load.csv"
# One of the third thousand is refused, which is known when the fourth is put in, or nothing more.
sql "CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
	IF NEW.id = 'R-' || TG_ARGV[0] THEN RAISE disk_full USING MESSAGE = 'no room for the third thousand'; END IF; RETURN NEW; END \$\$"
for one in 2500 3500; do
	sql "CREATE TRIGGER full_of BEFORE INSERT ON transition.record FOR EACH ROW EXECUTE FUNCTION public.full($one)"
	status "what the server refuses, $one of 3500, is told" 74 put intake "$T/load.csv"
	like 'in its words' "$(<"$T/err")" 'the server says: no room for the third thousand'
	is 'and nothing of it is there' "$(sql 'SELECT count(*) FROM transition.record'; sql "$count")" "0
$all"
	sql 'DROP TRIGGER full_of ON transition.record'
done
# It falls when all is stored but for what is looked at last.
sql 'CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$'
sql 'CREATE CONSTRAINT TRIGGER slow AFTER INSERT OR UPDATE ON transition.setting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.slow()'
put intake "$T/load.csv" 2>/dev/null &
putting=$!
await 'it is storing' sleeping "$putting"
scripts/try-postgresql restart "$T/pg"
status 'the server falls: found out' 74 wait "$putting"
is 'nothing is there, and the indexes are' "$(sql 'SELECT count(*) FROM transition.record'; sql "$count")" "0
$all"
sql 'DROP TRIGGER slow ON transition.setting'
printf 'institution_id,name,service_level,capacity,self_referred_places\nA,Huset,omsorg,40,\n' | put intake - 2>/dev/null
status 'then it is stored' 0 put intake "$T/load.csv"
is 'with its indexes' "$(sql "$count")" "$all"
is 'the office has its own' "$(register-get "$(as frogner)" referral | tail -n +2 | wc -l)" 1750
is 'and those of a day' "$(register-get --since=2026-03-01 "$(as frogner)" referral | tail -n +2 | wc -l)" 1750
# Read in parts, of which the next is found while one is read: what fails there is told, too.
register-get "$(as intake)" referral | cut -d, -f1-3 >"$T/got.csv"
ok 'all come back, in their order' cmp -s "$T/load.csv" "$T/got.csv"
register-get --key="$T/key" "$(as intake)" referral | cut -d, -f1-3 >"$T/got.csv"
ok 'also where each is checked' cmp -s "$T/load.csv" "$T/got.csv"
sql "CREATE FUNCTION public.gone(id text) RETURNS boolean LANGUAGE plpgsql AS \$\$ BEGIN
	IF id = 'R-3000' THEN RAISE io_error USING MESSAGE = 'a page of the second part'; END IF; RETURN true; END \$\$"
sql 'ALTER POLICY intake_sees ON transition.record USING (public.gone(id))'
for with in '' "--key=$T/key"; do
	status "a part that cannot be read${with:+, where each is checked}" 74 register-get ${with:+"$with"} "$(as intake)" referral
	like 'in the words of the server' "$(<"$T/err")" 'the server says: a page of the second part'
done
sql 'ALTER POLICY intake_sees ON transition.record USING (true)'
status 'and it is whole' 0 register-check --key="$T/key" "$S"
status 'a second run stores nothing' 0 put intake "$T/load.csv"
like 'and says so' "$(<"$T/err")" 'new 0, same 3500, changed 0'
status 'a third, with other days, all' 0 put intake <(rows 1 3500 2026-03-02)
like 'and says so' "$(<"$T/err")" 'new 0, same 0, changed 3500'
status 'and it is whole' 0 register-check --key="$T/key" "$S"
sql 'ALTER TABLE transition.put DISABLE TRIGGER index_late'
status 'a trigger that does nothing is found' 65 register-check --key="$T/key" "$S"
like 'by its name' "$(<"$T/err")" 'index_late'
finish

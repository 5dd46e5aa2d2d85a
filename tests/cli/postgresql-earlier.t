#!/usr/bin/env bash
# A register on a server that an earlier build made: that is said, by every program, with what to do; the keeper brings it up
# to date, and all is there.
. "${0%/*}/tap.sh"
at_postgresql
register-init --key="$T/key" "$S"
for login in intake:intake frogner:district; do sql "CREATE ROLE ${login%:*} LOGIN IN ROLE transition_${login#*:}"; done
sql "INSERT INTO transition.office VALUES ('frogner', 'district', '030105')"
put() { register-put --key="$T/key" --as-of="$1" "$2" - 2>"$T/err"; }
put 2026-03-02 "$(as intake)" <<'END'
referral_id,received,bydel,person_id,protection,municipality
F-1,2026-03-01,Frogner,10839421953,,0301
F-2,2026-03-01,Frogner,10839421953,fortrolig,0301
S-1,2026-03-01,Sagene,18835345102,,0301
END
printf '%s\n' referral_id,received,bydel,person_id,municipality S-1,2026-03-02,Frogner,18835345102,0301 | put 2026-03-03 "$(as intake)"
printf '%s\n' stay_id,referral_id,institution_id,from,to_expected,to,status O-1,F-1,I-1,2026-03-05,,,moved_in | put 2026-03-05 "$(as intake)"
register-get --key="$T/key" --with-identity --reason=x --id=S-1 "$(as frogner)" referral >/dev/null
given() {
	local login
	for login in keeper intake frogner; do
		for how in '' --as-of=2026-03-02 --bydel=030105; do
			# shellcheck disable=SC2086 # no word where there is none
			register-get $how "$(as $login)" referral
		done
		register-get "$(as $login)" stay
	done 2>&1
	register-log "$S"
}
given >"$T/before"
tables="SELECT string_agg(format('%s %s', t, n), ',' ORDER BY t) FROM (SELECT 'record' AS t, count(*) AS n FROM transition.record UNION ALL
	SELECT 'handed', count(*) FROM transition.handed UNION ALL SELECT 'office', count(*) FROM transition.office UNION ALL
	SELECT 'number', last_value FROM transition.record_number) AS all_tables"
rows=$(sql "$tables")

# As builds left it that did not tell these referrals from others, nor made indexes at the end of a load.
psql -qX "$S" 2>/dev/null <<'END'
UPDATE transition.version SET version = 2;
DROP FUNCTION transition.seen_guarded(text);
ALTER TABLE transition.record DROP COLUMN guarded;
DROP TRIGGER index_late ON transition.put;
DROP FUNCTION transition.index_late(), transition.index_last(bigint);
ALTER TABLE transition.put DROP COLUMN after;
DROP INDEX transition.record_day;
END

older() { # WHAT STATUS COMMAND...
	status "$1" 65 "${@:2}"
	like 'which is said, with what to do' "$(<"$T/err")" 'register-older: .*version 2.*register-key migrate'
}
older 'register-get refuses it' register-get "$S" referral
older 'register-check, too' register-check --key="$T/key" "$S"
older 'and an office' register-get "$(as frogner)" referral
older 'and who puts something in, but is not its keeper' register-put --key="$T/key" "$(as intake)" - <<<$'referral_id,received,bydel\nN-1,2026-03-06,030105'
older 'who cannot bring it up to date, either' register-key --key="$T/key" migrate "$(as intake)"
status 'register-init leaves it alone' 73 register-init --key="$T/other" "$S"
status 'the keeper brings it up to date' 0 register-key --key="$T/key" migrate "$S"
is 'and is told' "$(<"$T/err")" 'register-key: brought up to version 3'
is 'all rows are there' "$(sql "$tables")" "$rows"
is 'and nothing of before' "$(sql "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'transition_%'")" 0
is 'everybody is given what they were' "$(given)" "$(<"$T/before")"
status 'it is whole' 0 register-check --key="$T/key" "$S"
status 'so is its log' 0 register-log --key="$T/key" --verify "$S"
status 'once is enough' 0 register-key --key="$T/key" migrate "$S"
is 'and nothing is said of the second time' "$(<"$T/err")" ''
status 'it goes on' 0 register-put --key="$T/key" "$(as intake)" - <<<$'referral_id,received,bydel\nN-1,2026-03-06,030105'
status 'an office puts in, too' 0 register-put --key="$T/key" "$(as frogner)" - <<<$'referral_id,received,bydel\nN-2,2026-03-06,030105'
status 'and it is whole' 0 register-check --key="$T/key" "$S"

# What cannot be taken over leaves all as it was.
sql 'UPDATE transition.version SET version = 2'
sql 'ALTER TABLE transition.record RENAME COLUMN body TO text'
status 'one that lacks what a register has' 65 register-key --key="$T/key" migrate "$S"
is 'is as it was' "$(sql "SELECT version FROM transition.version"; sql 'SELECT count(*) FROM transition.record')" $'2\n'"$(($(sed 's/.*record //; s/,.*//' <<<"$rows") + 2))"
finish

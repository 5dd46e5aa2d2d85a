#!/usr/bin/env bash
# An institution with a key of its own, at a server: it is given who lives there or is offered a place there as long as that
# is so, each time written down; its key opens that alone, whatever else it comes by.
# shellcheck disable=SC2317 # functions are called by status
. "${0%/*}/tap.sh"
LOG_STATEMENT=all at_postgresql
put() { register-put --key="$T/put.key" "$(as "${by-intake}")" - 2>"$T/err"; }
look() { register-get --with-identity --reason=oppslag --key="$T/$2.key" "${@:3}" "$(as "$1")" "${kind-referral}" 2>"$T/err"; } # LOGIN KEY
names() { grep -o 'Gul Dal\|Lun Eng\|Rund Sti\|Brun Hei' | sort -u | xargs; }
stays() { { echo stay_id,referral_id,institution_id,from,to_expected,to,status; printf '%s\n' "$@"; } | put; }
pass() { register-key --key="$T/$2.key" pass-on "$(as "$1")" 2>"$T/err"; } # LOGIN KEY

register-init --key="$T/all.key" "$S" 2>/dev/null
for login in intake:intake frogner:district sagene:district home:institution away:institution; do
	sql "CREATE ROLE ${login%:*} LOGIN IN ROLE transition_${login#*:}"
done
sql "INSERT INTO transition.office VALUES ('frogner', 'district', '030105'), ('sagene', 'district', '030103'),
	('home', 'institution', 'I-1'), ('away', 'institution', 'I-2')"
number=10839421953 phone='40 00 12 34'
register-key --key="$T/all.key" --name=put --purpose=put make "$S" "$T/put.key"
printf '%s\n' institution_id,name,service_level,capacity,self_referred_places I-1,Huset,omsorg,4, I-2,Heimen,omsorg,4, | put
put <<END
referral_id,received,bydel,person_id,name,contact_phone,comment,consent
F-1,2026-02-01,Frogner,$number,Gul Dal,$phone,hemmelig,ja
F-2,2026-02-01,Frogner,,Brun Hei,,,ja
S-1,2026-02-03,Sagene,,Lun Eng,,,ja
S-2,2026-02-03,Sagene,,Rund Sti,,,ja
END
for office in frogner sagene; do
	register-key --key="$T/all.key" --name=$office --purpose=read --office=$office make "$S" "$T/$office.key"
done
register-key --key="$T/all.key" --name=home --purpose=read --institution=I-1 make "$S" "$T/home.key"
register-key --key="$T/all.key" --name=away --purpose=read --institution=I-2 make "$S" "$T/away.key"
stays O-1,F-1,I-1,2026-02-05,,,moved_in O-2,S-1,I-1,2026-02-05,,,offered O-3,S-2,I-2,2026-02-05,,,moved_in
like 'whoever puts in does not pass on' "$(<"$T/err")" 'not yet passed on to their institutions: 3;'
is 'an institution sees its cases, and not who they are' "$(look home home | names)" ''

# ---- passing on ----

status 'a district passes on its own' 0 pass frogner frogner
is 'of which the institution learns who it is' "$(look home home | names)" 'Gul Dal'
is 'of the others it is the other district'\''s to do so' "$(register-get "$(as intake)" passed_on | sed 1d | cut -d, -f1,2)" F-1,I-1
status 'which does' 0 pass sagene sagene
is 'an institution: who lives there, and who is offered a place' "$(look home home | names)" 'Gul Dal Lun Eng'
is 'another: its own' "$(look away away | names)" 'Rund Sti'
is 'a district sees what of its cases was passed on' "$(register-get "$(as sagene)" passed_on | sed 1d | cut -d, -f1,2 | xargs)" 'S-1,I-1 S-2,I-2'
is 'an institution what was to it' "$(register-get "$(as home)" passed_on | sed 1d | cut -d, -f1,2 | xargs)" 'F-1,I-1 S-1,I-1'
status 'an institution passes nothing on' 77 pass home home

# ---- given, and written down before ----

handed() { sql "SELECT count(*) FROM transition.handed WHERE role = 'home'"; }
n=$(handed) lines=$(register-log "$S" | wc -l)
status 'an institution looks' 0 look home home --id=F-1
like 'and has what it needs' "$(<"$T/out")" "$number.*Gul Dal.*$phone"
is 'and not the comment' "$(grep -c hemmelig "$T/out")" 0
ok 'the server wrote down to whom' test "$(handed)" -gt "$n"
like 'the log has the line' "$(register-log "$S" | tail -n +$((lines + 1)))" ',get,oppslag$'
is 'without that the server gives nothing' "$(psql -qXAt "$(as home)" -c "SELECT transition.seal_of(record) FROM transition.seen('passed_on', NULL, NULL, NULL, false)" 2>&1 | head -n 1)" \
	'ERROR:  a sealed part is given once that is written down'
is 'nor what went to another, written down or not' "$(n=$(sql "SELECT record FROM transition.record WHERE kind = 'passed_on' AND about = 'S-2'")
	psql -qXAt "$(as home)" -c BEGIN -c "SELECT transition.handing(pg_backend_pid(), transaction_timestamp(), '{$n}')" -c "SELECT transition.seal_of($n)" 2>&1 | grep ERROR)" \
	'ERROR:  a sealed part is given once that is written down'
is 'a login of another gets nothing with the key' "$(look away home | names)" ''
is 'nor its own login with the key of another' "$(look home away | names)" ''
is 'an institution adds no such record' "$(psql -qXAt "$(as home)" -c BEGIN -c "SELECT transition.put_start('', '', '', 'passed_on', '')" \
	-c "SELECT transition.records_add(ARRAY[transition.record_numbers(1)], '{passed_on}', '{F-1|I-2}', '{1}', transition.puts_mine(), '{F-1}', '{@I-2}', '{NULL}', '{NULL}', '{\"\"}', '{\"\"}', '{\"\"}', '{NULL}', '{0}')" 2>&1 | grep ERROR)" \
	'ERROR:  a record is added to a case of one'\''s own, in a put of one'\''s own'

# ---- over ----

stays O-1,F-1,I-1,2026-02-05,,2026-03-01,moved_out
is 'who moved out is no longer given' "$(look home home | names)" 'Lun Eng'
is 'nor the record' "$(register-get "$(as home)" passed_on | sed 1d | cut -d, -f1 | xargs)" S-1
stays O-2,S-1,I-1,2026-02-05,,,declined
is 'nor who said no' "$(look home home | names)" ''
stays O-4,S-1,I-2,2026-03-02,,,moved_in
pass sagene sagene
is 'who moves on is given to the next' "$(look away away | names)" 'Lun Eng Rund Sti'
is 'and not to the one before' "$(look home home | names)" ''

# ---- handed over to another district ----

{
	echo referral_id,received,bydel,name,consent
	echo S-2,2026-02-03,Frogner,Brun Hei,ja
} | put
like 'put in anew, it waits' "$(<"$T/err")" 'not yet passed on to their institutions: 1;'
is 'until then the institution has what it had' "$(look away away --id=S-2 | names)" 'Rund Sti'
status 'for the new district' 0 pass frogner frogner
is 'which passes on what is true now' "$(look away away --id=S-2 | names)" 'Brun Hei'
status 'the register is whole' 0 register-check --key="$T/all.key" "$S"

# ---- what a copy tells ----

pg_dump "$S" >"$T/dump"
sql CHECKPOINT
for word in 'Gul Dal' 'Lun Eng' 'Brun Hei' $number "$phone" hemmelig; do
	is "in no file of the server, nor a dump: $(tr 'a-zA-Z' x <<<"$word" | tr 0-9 n)" "$(grep -rlaF -- "$word" "$T/dump" "$T/pg" | head -n 3)" ''
done
status 'moved into a file' 0 register-backup --restore --key="$T/all.key" "$S" "$T/r.db"
status 'it is whole' 0 register-check --key="$T/all.key" "$T/r.db"
opened() { register-get --with-identity --reason=x --key="$T/home.key" "$T/r.db" "$1" 2>/dev/null | sed 1d | cut -d, -f1 | xargs; }
is 'in a file no server keeps back who moved out: the key opens what ever went to it' "$(opened passed_on)" 'F-1 S-1'
is 'and nothing else' "$(opened referral)" 'F-1 S-1'
register-purge --key="$T/all.key" --reason=x --id=S-2 "$S" 2>/dev/null
is 'what was passed on is purged with the case' "$(sql "SELECT count(*) FROM transition.record WHERE kind = 'passed_on' AND about = 'S-2'")" 0
status 'and all is whole' 0 register-check --key="$T/all.key" "$S"

# ---- an institution closes ----

register-key --key="$T/all.key" --name=away retire "$S"
sql "DELETE FROM transition.office WHERE role = 'away'"
status 'its key opens nothing' 77 look away away
stays O-5,F-2,I-2,2026-03-02,,,moved_in
is 'and nobody is passed on to it' "$(cat "$T/err")" 'register-put: new 1, same 0, changed 0'
finish

#!/usr/bin/env bash
# What register-put tells of a put that may be a slip: facts that it emptied, cases and institutions that the
# register does not have.
# shellcheck disable=SC2317 # functions are called by status
. "${0%/*}/tap.sh"

R=$T/r.db
put() { printf '%s\n' "$@" | register-put "$R" 2>"$T/err"; }
register-init --key="$R.key" "$R"

status 'stays before there is any institution' 0 put stay_id,referral_id,institution_id,from,status S-0,R-1,I-9,2025-01-01,moved_in
unlike() { if [[ $2 =~ $3 ]]; then result 1 "$1"; comment "$2"; else result 0 "$1"; fi; }
unlike 'tell of none' "$(<"$T/err")" institution-not-there
like 'but of the case' "$(<"$T/err")" '-:2: case-not-there: .*: 1'

head=referral_id,received,bydel,urgency,wishes,name
put institution_id,name,capacity,owner,service_level,stay_types I-1,Lyngheim,2,kommunal,mestring,lang
status 'whole referrals' 0 put "$head" 'R-1,2026-08-01,Sagene,3,I-1,Gul Dal' 'R-2,2026-08-02,Sagene,2,I-1,Ny Vik'
is 'and no word but the counts' "$(<"$T/err")" 'register-put: new 2, same 0, changed 0'
status 'a file with fewer columns' 0 put referral_id,bydel,urgency R-1,Sagene,1 R-2,Sagene,2
like 'tells which facts are gone' "$(<"$T/err")" 'received: emptied: .*: 2;'
like 'each of them' "$(<"$T/err")" 'wishes: emptied: .*: 2;'
unlike 'not what is there' "$(<"$T/err")" 'urgency: emptied'
ok 'and nothing of what it said' test -z "$(grep -e 'I-1' -e 2026-08 "$T/err")"
status 'the whole once more' 0 put "$head" 'R-1,2026-08-01,Sagene,1,I-1,Gul Dal' 'R-2,2026-08-02,Sagene,2,I-1,Ny Vik'
unlike 'empties nothing' "$(<"$T/err")" emptied
status 'one that empties one cell' 0 put "$head" 'R-2,2026-08-02,Sagene,,I-1,Ny Vik'
is 'is told of that one' "$(grep -c ': emptied:' "$T/err") $(grep -c 'urgency: emptied: .*: 1;' "$T/err")" '1 1'

status 'events with a slip in the id' 0 put case_id,date,type R-1,2026-09-01,other r-2,2026-09-01,withdrawn R-99,2026-09-01,withdrawn
like 'are told' "$(<"$T/err")" '-:4: case-not-there: .*: 2'
status 'the same again' 0 put case_id,date,type r-2,2026-09-01,withdrawn
unlike 'has been told' "$(<"$T/err")" case-not-there
status 'a stay where nobody knows' 0 put stay_id,referral_id,institution_id,from,status S-1,R-1,I-77,2026-09-01,offered
like 'is told' "$(<"$T/err")" '-:2: institution-not-there: .*: 1'

# ---- a referral that travelled, and who it is about ----

put referral_id,received,bydel,urgency H-1,2026-08-01,Sagene,3 H-2,2026-08-01,Sagene,3
put referral_id,own_id,name,birth_year 'H-1,K-7,Gul Dal,1985'
status 'news of one that somebody was joined to' 0 put referral_id,received,bydel,urgency,birth_year H-1,2026-08-01,Sagene,1,1985 H-2,2026-08-01,Sagene,1,
like 'tells that they were parted' "$(<"$T/err")" 'identity-parted: .*: 1;'
unlike 'though no fact is gone' "$(<"$T/err")" emptied
put referral_id,own_id,name,birth_year 'H-1,K-7,Gul Dal,1985'
is 'and they are joined again' "$(register-get --with-identity --reason=test --id=H-1 "$R" referral 2>/dev/null | grep -c 'Gul Dal')" 1
for name in 'Gul Daal' 'Gul Dal' 'Gul Daal'; do
	put referral_id,own_id,name,birth_year "H-1,K-7,$name,1985"
	like "$name is joined in the place of the name before" "$(register-get --with-identity --reason=test --id=H-1 "$R" referral 2>/dev/null)" "$name"
done
status 'what travelled, after that' 0 put referral_id,received,bydel,urgency,birth_year H-1,2026-08-01,Sagene,1,1985
is 'is known again behind all of it' "$(tail -n 1 "$T/err")" 'register-put: new 0, same 1, changed 0'
put referral_id,received,bydel,urgency,birth_year,name 'H-1,2026-08-01,Sagene,2,1985,Gul Dal'
unlike 'one that says who it is about parts nobody' "$(<"$T/err")" identity-parted

# ---- a referral that becomes somebody else's ----

put referral_id,bydel,person_id,sex,birth_year P-1,Sagene,,,1980 P-2,Sagene,K77,mann, P-3,Sagene,,kvinne,1980
status 'what was not known before' 0 put referral_id,bydel,person_id,sex,birth_year P-1,Sagene,K78,mann,1980 P-2,Sagene,,,
unlike 'is nobody else' "$(<"$T/err")" other-person
status 'another number, sex or year' 0 put referral_id,bydel,person_id,sex,birth_year P-1,Sagene,K79,mann,1980 P-3,Sagene,,kvinne,1981
like 'is' "$(<"$T/err")" 'other-person: .*: 2, such as .*P-[13]'

status 'stays of an institution' 0 put stay_id,referral_id,institution_id,from,status 1,R-1,I-1,2026-09-01,moved_in 2,R-2,I-1,2026-09-01,moved_in
status 'of another, by the same numbers' 0 put stay_id,referral_id,institution_id,from,to,status 1,P-1,I-2,2026-09-01,,moved_in 2,R-2,I-1,2026-09-01,2026-10-01,moved_out
like 'are told' "$(<"$T/err")" 'other-case: .*: 1, such as .*1'

# ---- stays that go back ----

stays=stay_id,referral_id,institution_id,from,to,status
status 'stays that go on' 0 put $stays B-1,P-1,I-1,2026-09-01,,accepted B-2,P-2,I-1,2026-08-01,2026-09-20,moved_out B-3,P-3,I-1,2026-09-05,2026-09-06,declined
status 'one that goes further' 0 put $stays B-1,P-1,I-1,2026-09-10,,moved_in
unlike 'is not told' "$(<"$T/err")" stay-back
status 'an older file, once more' 0 put $stays B-1,P-1,I-1,2026-09-01,,offered B-2,P-2,I-1,2026-08-01,2026-12-20,moved_in B-3,P-3,I-1,2026-09-05,,offered
like 'is told' "$(<"$T/err")" 'stay-back: .*: 3, such as .*B-1'
status 'the newer one puts it right' 0 put $stays B-1,P-1,I-1,2026-09-10,,moved_in B-2,P-2,I-1,2026-08-01,2026-09-20,moved_out
unlike 'without a word' "$(<"$T/err")" stay-back
status 'a place that is kept, and an offer that lapsed' 0 put $stays B-4,P-1,I-1,2026-09-01,,kept B-5,P-2,I-1,2026-09-05,2026-09-06,expired
status 'home again, and a late yes' 0 put $stays B-4,P-1,I-1,2026-09-01,,moved_in B-5,P-2,I-1,2026-09-05,,accepted
unlike 'are no steps back' "$(<"$T/err")" stay-back

# ---- what is under seal ----

full=referral_id,received,bydel,birth_year,name,contact_phone,comment
put "$full" 'F-1,2026-08-01,Sagene,1980,Ola,22334455,komm' 'F-2,2026-08-01,Sagene,1980,Ola,22334455,komm'
status 'a file without who it is about' 0 put referral_id,received,bydel,birth_year F-1,2026-08-01,Sagene,1980
like 'changes' "$(<"$T/err")" 'changed 1'
like 'and tells that nothing is under seal any more' "$(<"$T/err")" 'seal-emptied: .*: 1;'
status 'one that has the name alone' 0 put referral_id,received,bydel,birth_year,name F-2,2026-08-01,Sagene,1980,Ola
like 'tells what is gone' "$(<"$T/err")" 'contact_phone: emptied: .*: 1;'
like 'each of it' "$(<"$T/err")" 'comment: emptied: .*: 1;'
is 'and no more' "$(grep -c emptied "$T/err")" 2
ok 'and nothing of what it said' test -z "$(grep -e Ola -e 2233 -e komm "$T/err")"
put "$full,Hund" 'F-3,2026-08-01,Sagene,1980,Ola,22334455,komm,Rex'
status 'one without a column that no field claims' 0 put "$full" 'F-3,2026-08-01,Sagene,1980,Ola,22334455,nytt'
like 'is told' "$(<"$T/err")" 'other: emptied: .*: 1;'

# With a key that does not read: by the mark of what was said.
register-key --name=import --purpose=put make "$R" "$T/put.key"
by_putter() { printf '%s\n' "$@" | register-put --key="$T/put.key" "$R" 2>"$T/err"; }
named=referral_id,received,bydel,urgency,name
by_putter "$named" 'N-1,2026-08-01,Sagene,1,Ola' 'N-2,2026-08-01,Sagene,1,Eva' 'N-3,2026-08-01,Sagene,1,Siv'
status 'a put key, and facts that changed' 0 by_putter "$named" 'N-1,2026-08-01,Sagene,2,Ola' 'N-2,2026-08-01,Frogner,1,Eva'
is 'where nothing more ever was under seal' "$(<"$T/err")" 'register-put: new 0, same 0, changed 2'
status 'a name that changed' 0 by_putter "$named" 'N-3,2026-08-01,Sagene,1,Sivert'
like 'may have come with more' "$(<"$T/err")" 'seal-may-be-emptied: .*: 1 .*contact_name, contact_phone, contact_email, comment'
by_putter "$named,comment" 'N-2,2026-08-01,Frogner,1,Eva,komm'
status 'a comment that does not come again' 0 by_putter "$named" 'N-2,2026-08-01,Frogner,2,Eva' 'N-1,2026-08-01,Sagene,3,Ola'
like 'may be gone' "$(<"$T/err")" 'seal-may-be-emptied: .*: 1 '
unlike 'and not all is' "$(<"$T/err")" seal-emptied
status 'nothing under seal at all' 0 by_putter "${named%,*}" N-1,2026-08-01,Sagene,3
like 'is told as it is' "$(<"$T/err")" 'seal-emptied: .*: 1;'

# ---- records that are no facts of a referral ----

put stay_id,referral_id,institution_id,from,to,status S-2,R-1,I-1,2026-01-01,2026-02-01,moved_in
status 'a stay without its end' 0 put stay_id,referral_id,institution_id,from,status S-2,R-1,I-1,2026-01-01,moved_in
like 'is told' "$(<"$T/err")" 'to: emptied: .*: 1;'
judged=referral_id,judged_group,judged_by,judged_on,judged_reason
put "$judged" 'R-1,6,lege,2026-10-02,Slo til en ansatt' R-2,7,lege,2026-10-02, 'R-3,7,lege,2026-10-02,"To, tre"'
round() { register-get --with-identity --reason=test "$R" judgement 2>/dev/null | register-put "$R" >/dev/null 2>"$T/err"; }
status 'judgements that were got with their reasons' 0 round
like 'are the same' "$(<"$T/err")" 'new 0, same 3, changed 0'
status 'one without its reason' 0 put "${judged%,*}" R-1,6,lege,2026-10-02
like 'is told' "$(<"$T/err")" 'judged_reason: emptied: .*: 1;'

# ---- ids are cells of the input ----

slip=$'case_id,date,type\nOla Nordmann f. 1980,2026-09-01,other'
register-put "$R" <<<"$slip" >/dev/null 2>"$T/err"
ok 'what stands where an id should is not said' test -z "$(grep Ola "$T/err")"
register-put --show-values "$R" <<<"${slip/1980/1981}" >/dev/null 2>"$T/err"
like 'unless asked for' "$(<"$T/err")" 'Ola Nordmann f. 1981'

# ---- a judgement goes with its referral ----

of() { register-get --bydel="$1" "$R" judgement 2>/dev/null | grep -c ^D-1; }
again() { put "$judged" 'D-1,6,lege,2026-10-02,Slo' 2>/dev/null; grep -o 'new.*' "$T/err"; }
is 'a judgement before its referral' "$(again)" 'new 1, same 0, changed 0'
is 'is of no district' "$(of Sagene)" 0
put referral_id,received,bydel D-1,2026-08-01,Sagene
is 'put again it is of one' "$(again) $(of Sagene)" 'new 0, same 0, changed 1 1'
is 'once' "$(again)" 'new 0, same 1, changed 0'
put referral_id,received,bydel D-1,2026-08-01,Frogner
is 'and is handed over with the referral' "$(again) $(of Sagene) $(of Frogner)" 'new 0, same 0, changed 1 0 1'

# ---- what age removes though little is known of it ----

R=$T/old.db
register-init --key="$R.key" "$R"
put "$judged" 'J-1,6,lege,2020-10-02,Slo' 'J-2,6,lege,2020-10-02,Slo' 'J-2,6,lege,2026-10-02,Slo' 'J-3,6,lege,2020-10-02,Slo'
put stay_id,referral_id,institution_id,from,to,status S-1,J-3,I-404,2020-01-01,,moved_in S-2,J-4,I-404,2020-01-01,2020-02-01,moved_out
status 'a purge by age where nobody knows the institution' 0 register-purge --before=2023-01-01 --reason=old "$R"
is 'removes judgements that no referral has, unless they are of a case that goes on' \
	"$(register-get "$R" judgement 2>/dev/null | tail -n +2 | cut -d, -f1 | xargs)" 'J-2 J-2 J-3'
is 'and stays that ended' "$(register-get "$R" stay 2>/dev/null | tail -n +2 | cut -d, -f1 | xargs)" S-1
status 'and the register is whole' 0 register-check "$R"
finish

#!/usr/bin/env bash
# Persons in the register: referrals of one person that came at different times, what was decided about persons, with
# its history, and what all programs make of it.
source "$(dirname "$0")/tap.sh"
one=12838510068 two=04838512076 three=52838565042
head='referral_id,received,bydel,person_id,name,birth_year,sex,wishes'
R=$T/r.db

rows() { printf '%s\n' "$head" "$@" | sed '1s/$/,service_level,stay_type/; 2,$s/$/,omsorg,lang/'; }
links() { printf '%s\n' referral_id,other_id,score,why,link,by,date "$@"; }
said() { sed "s|$T/||g; s/‘//g; s/’//g" "$T/err"; }

new() {
	rm -f "$R"*
	register-init "$R"
}

# ---- referrals that came before ----

new
rows "A-1,2026-11-01,Sagene,$one,Gul Dal,,," "C-3,2026-11-03,Alna,$two,Rund Sti,,," 'D-4,2026-11-03,Alna,,Lun Eng,,,' \
	'P-1,2026-11-03,Alna,kode-17,Lun Eng,1985,mann,' >"$T/first.csv"
status 'the first' 0 register-put "$R" "$T/first.csv"
is 'tell of nobody' "$(said)" 'register-put: new 4, same 0, changed 0'
rows "B-7,2026-11-02,Alna,$one,Gul Dal,,," "F-1,2026-01-02,Alna,$two,Rund Sti,,," \
	'P-2,2026-11-05,Alna,kode-17,Gul Dal,1986,kvinne,' "G-1,2026-01-02,Alna,$three,Stiv Berg,,," >"$T/second.csv"
status 'those of the same persons' 0 register-put "$R" "$T/second.csv"
is 'are told, with what contradicts; names are under seal' "$(said | grep -v ^register-put:)" \
	'r.db: same-person: A-1 is about the same person as B-7 at second.csv:2, which counts
second.csv:3: same-person: F-1 is about the same person as C-3 at r.db, which counts
r.db: same-person: P-1 is about the same person as P-2 at second.csv:4, which counts
r.db: sex: person-differs: P-1 does not agree with P-2 at second.csv:4, which is about the same person and counts
r.db: birth_year: person-differs: P-1 does not agree with P-2 at second.csv:4, which is about the same person and counts'
is 'and all are kept as they were' "$(register-get "$R" referral | cut -d, -f1,7,8 | grep P- | xargs)" 'P-1,mann,1985 P-2,kvinne,1986'
status 'a referral that changes' 0 register-put "$R" - <<<"$(rows "G-1,2026-01-03,Alna,$three,Stiv Berg,,,")"
is 'is not another of its person' "$(said | grep -v seal-may-be-emptied)" 'register-put: new 0, same 0, changed 1'
printf '%s\n' referral_id,own_id,person_id,name "D-4,D-4,$three,Lun Eng" >"$T/identity.csv"
status 'an identity that comes later' 0 register-put "$R" "$T/identity.csv"
like 'tells of the person' "$(said)" 'r.db: same-person: G-1 is about the same person as D-4 at identity.csv:2, which counts'
rows "Z-1,2026-11-02,Alna,$one,,,," "Z-2,,Nowhere,$two,,,," >"$T/bad.csv"
status 'all or nothing' 65 register-put "$R" "$T/bad.csv"
is 'holds of these, too' "$(register-get "$R" referral | grep -c ^Z)" 0

# ---- which of them counts ----

counts() { # NAME PROFILE EVENTS: which referral counts when B-7, the older, comes after A-1
	rm -f "$R"*
	register-init --profile="$2" "$R" 2>/dev/null
	rows "A-1,2026-11-05,Sagene,$one,,,," | register-put --profile="$2" "$R" - 2>/dev/null
	[[ -z $3 ]] || printf '%s\n' case_id,date,type "$3" | register-put --profile="$2" "$R" - 2>/dev/null
	rows "B-7,2026-11-02,Alna,$one,,,," | register-put --as-of=2026-11-21 --profile="$2" "$R" - 2>"$T/err"
	is "$1" "$(said | grep -o '[A-Z]-[0-9] is about.*which counts' | sed 's/ at [^ ]*,/,/')" "$4"
	needs-aggregate --register="$R" --as-of=2026-11-21 --profile="$2" >"$T/out" 2>"$T/err"
	is '- and the survey agrees' "$(said | grep -o '[A-Z]-[0-9] is about.*which counts' | sed 's/ at [^ ]*,/,/')" "$4"
}
cp -r "${TRANSITION_SHARE:-$(dirname "$0")/../../share}/profiles/oslo" "$T/eldest"
sed -i 's/^person_speaks,.*/person_speaks,oldest/' "$T/eldest/profile.csv"
counts 'the newest counts' oslo '' 'B-7 is about the same person as A-1, which counts'
counts 'if its case is open' oslo A-1,2026-11-10,withdrawn 'A-1 is about the same person as B-7, which counts'
counts 'or parked' oslo A-1,2026-11-10,parked 'B-7 is about the same person as A-1, which counts'
counts 'what the profile says decides' "$T/eldest" '' 'A-1 is about the same person as B-7, which counts'
counts 'of those that are open' "$T/eldest" B-7,2026-11-10,closed 'B-7 is about the same person as A-1, which counts'

new
referral-anonymise --key="$R.key" - >"$T/out" 2>"$T/err" <<<"$(rows "A-1,2026-11-05,Sagene,$one,,,,")"
is 'a key named as if it lay beside its register is found where it lies' "$(said | grep -c open:)" 0
status 'for what goes into the register, too' 0 register-put --key="$R.key" "$R" - <<<"$(rows "A-1,2026-11-05,Sagene,$one,,,,")"
status 'but not that of a register that is not there' 66 referral-anonymise --key="$T/other.db.key" - <<<"$(rows "A-1,2026-11-05,Sagene,$one,,,,")"
rm "$T"/keys/*
status 'nor one that is nowhere' 66 referral-anonymise --key="$R.key" - <<<"$(rows "A-1,2026-11-05,Sagene,$one,,,,")"

# ---- referrals that come after the decision ----

told() { said | grep -o '[A-Z]-[0-9] is about.*which counts' | sed 's/ at [^ ]*,/,/'; }
decided() { # PROFILE DISTRICT: X-1 and X-2 have no number, X-3 has one and was decided to be of the same person
	rm -f "$R"*
	register-init --profile="$1" "$R" 2>/dev/null
	put() { printf '%s\n' referral_id,received,bydel,person_id,birth_year "$@" | register-put --as-of=2026-11-21 --profile="$profile" "$R" - 2>"$T/err"; }
	local profile=$1
	put "X-3,2026-11-03,$2,$one,1985" "X-4,2026-11-04,$2,$one," "Y-1,2026-11-01,$2,," "Y-2,2026-11-01,$2,,"
	links 'X-1,X-3,,,same,Kari,2026-11-20' 'X-2,X-1,,,same,Kari,2026-11-20' 'Y-1,Y-2,,,same,Kari,2026-11-20' 'Z-1,X-3,,,not_same,Kari,2026-11-20' |
		register-put --profile="$1" "$R" - 2>/dev/null
	put "X-1,2026-11-05,$2,,1986" "Z-1,2026-11-05,$2,,"
	is "$1: what was decided joins a referral without a number to all of its person" "$(told)" \
		'X-3 is about the same person as X-1, which counts
X-4 is about the same person as X-1, which counts'
	like '- with what contradicts' "$(said)" 'birth_year: person-differs: X-3'
	needs-aggregate --register="$R" --as-of=2026-11-21 --profile="$1" >"$T/out" 2>"$T/err"
	is '- and the survey says the same' "$(told | grep X)" \
		'X-3 is about the same person as X-1, which counts
X-4 is about the same person as X-1, which counts'
	printf '%s\n' case_id,date,type X-1,2026-11-10,withdrawn | register-put --profile="$1" "$R" - 2>/dev/null
	put "X-2,2026-11-02,$2,,"
	is '- the state of the case says which counts' "$(told | sort)" 'X-1 is about the same person as X-4, which counts
X-2 is about the same person as X-4, which counts
X-3 is about the same person as X-4, which counts'
	put "X-5,2026-11-06,$2,$one,"
	is '- one with the number finds those without' "$(told | sort)" "$(printf 'X-%s is about the same person as X-5, which counts\n' 1 2 3 4)"
}
decided oslo Alna
decided sandnes mestring

# ---- what was decided ----

new
rows "A-1,2026-11-01,Sagene,$one,Gul Dal,1985,," "C-3,2026-11-03,Alna,$two,Rund Sti,,," 'D-4,2026-11-04,Alna,,Rund Sti,,,I-1' \
	'E-5,2026-11-05,Bjerke,,Gul Dal,,,I-1' 'H-1,2026-11-05,Bjerke,,Myk Myr,,,I-1' 'H-2,2026-11-06,Bjerke,,Myk Myr,,,I-1' | register-put "$R" - 2>/dev/null
printf '%s\n' institution_id,service_level,stay_types,capacity I-1,omsorg,lang,3 | register-put "$R" - 2>/dev/null
links 'E-5,A-1,120,name|received,same,Kari,2026-11-20' 'C-3,E-5,100,name,,,' 'H-2,H-1,110,name,same,Kari,2026-11-20' >"$T/links.csv"
status 'decisions' 0 register-put --as-of=2026-11-20 "$R" "$T/links.csv"
is 'are put, those that were made' "$(said)" 'register-put: not decided, and not stored: 1
register-put: new 2, same 0, changed 0'
is 'and got again' "$(register-get "$R" person_link)" "$(links 'E-5,A-1,120,name|received,same,Kari,2026-11-20' 'H-2,H-1,110,name,same,Kari,2026-11-20')"
is 'by what they are about' "$(register-get --id='A-1|E-5' "$R" person_link | wc -l)" 2
refused() { # NAME ROW
	status "$1" 65 register-put "$R" - <<<"$(links "$2" 'D-4,H-1,,,not_same,Ola,2026-11-21')"
	like 'is refused' "$(said)" '^-:2: link: link-contradicts: '
	is 'with all that came with it' "$(register-get "$R" person_link | grep -c D-4)" 0
}
refused 'one that joins two numbers' 'A-1,C-3,,,same,Ola,2026-11-21'
refused 'one that joins them by another' 'E-5,C-3,,,same,Ola,2026-11-21'
rows "B-7,2026-11-02,Alna,$one,,,," | register-put "$R" - 2>/dev/null
refused 'one that parts a number' 'B-7,A-1,,,not_same,Ola,2026-11-21'
# Somebody who was given another number, of whom a later referral has the first.
new
rows "N-1,2025-11-01,Sagene,$one,Gul Dal,,," "N-2,2026-11-02,Alna,$two,Gul Dal,,," | register-put "$R" - 2>/dev/null
status 'two numbers of one person' 0 register-put --as-of=2026-11-20 "$R" - <<<"$(links 'N-1,N-2,,,new_number,Kari,2026-11-20')"
is 'are counted once' "$(needs-aggregate --by=bydel --register="$R" 2>/dev/null | tail -n 1 | cut -d, -f2)" 1
status 'a later referral under the first' 0 register-put --as-of=2026-11-20 "$R" - <<<"$(rows "N-3,2026-11-03,Sagene,$one,,,,")"
is 'is told, of both' "$(said | grep -o 'N-[0-9] is about.*which counts' | sed 's/ at [^ ]*,/,/' | sort)" 'N-1 is about the same person as N-3, which counts
N-2 is about the same person as N-3, which counts'
is 'and counted with them' "$(needs-aggregate --by=bydel --register="$R" 2>/dev/null | tail -n 1 | cut -d, -f2)" 1
people=$(register-get "$R" referral | grep -o 'p-[a-z0-9]*' | sort -u)
for person in $people; do
	is 'the insight of each number has all three' "$(register-get --with-identity --person="$person" --reason=innsyn --format=text "$R" person 2>/dev/null | grep -o -w 'N-[123]' | sort -u | xargs)" 'N-1 N-2 N-3'
done
status 'who parts them again' 0 register-put --as-of=2026-11-21 "$R" - <<<"$(links 'N-1,N-2,,,not_same,Kari,2026-11-21')"
is 'is heard' "$(needs-aggregate --by=bydel --register="$R" 2>/dev/null | tail -n 1 | cut -d, -f2)" 2
register-put --as-of=2026-11-22 "$R" - <<<"$(links 'N-1,N-2,,,new_number,Kari,2026-11-22')" 2>/dev/null
status 'to remove the second number' 0 register-purge --person="$(register-get --id=N-2 "$R" referral | tail -n 1 | cut -d, -f4)" --reason=erasure "$R"
is 'removes what is under the first' "$(register-get "$R" referral | tail -n +2 | cut -d, -f1)" ''
new
rows "A-1,2026-11-01,Sagene,$one,Gul Dal,1985,," "C-3,2026-11-03,Alna,$two,Rund Sti,,," 'D-4,2026-11-04,Alna,,Rund Sti,,,I-1' \
	'E-5,2026-11-05,Bjerke,,Gul Dal,,,I-1' 'H-1,2026-11-05,Bjerke,,Myk Myr,,,I-1' 'H-2,2026-11-06,Bjerke,,Myk Myr,,,I-1' | register-put "$R" - 2>/dev/null
printf '%s\n' institution_id,service_level,stay_types,capacity I-1,omsorg,lang,3 | register-put "$R" - 2>/dev/null
register-put --as-of=2026-11-20 "$R" "$T/links.csv" 2>/dev/null
rows "B-7,2026-11-02,Alna,$one,,,," | register-put "$R" - 2>/dev/null
status 'an id with a bar' 65 register-put "$R" - <<<"$(links 'B|7,A-1,,,same,Ola,2026-11-21')"
like 'is refused' "$(said)" 'id-bar'
status 'a decision of nobody' 65 register-put "$R" - <<<"$(links 'D-4,C-3,,,same,,')"

is 'the survey counts persons' "$(needs-aggregate --by=bydel --register="$R" 2>/dev/null | tail -n 1 | cut -d, -f2)" 4
waiting=$(vacancy-list --register="$R" --as-of=2026-11-25 --format=jsonl | grep -o '"waiting":[0-9]*')
is 'so does the list of those waiting' "$waiting" '"waiting":3'
register-get "$R" referral >"$T/referrals.csv"
waiting=$(vacancy-list --institutions=<(register-get "$R" institution) --referrals="$T/referrals.csv" --as-of=2026-11-25 --format=jsonl | grep -o '"waiting":[0-9]*')
is 'which would be' "$waiting" '"waiting":4'
waiting=$(vacancy-list --institutions=<(register-get "$R" institution) --referrals="$T/referrals.csv" --links="$T/links.csv" --as-of=2026-11-25 --format=jsonl | grep -o '"waiting":[0-9]*')
is 'as with files' "$waiting" '"waiting":3'
vacancy-list --register="$R" --as-of=2026-11-25 >"$T/v.csv"
is 'a round places persons' "$(placement-match --register="$R" --places="$T/v.csv" --certificate="$T/c.json" 2>/dev/null | cut -d, -f1,2,6 | grep -c same_person)" 3
placement-match --register="$R" --places="$T/v.csv" >"$T/p.csv" 2>/dev/null
status 'and is verified with the register' 0 placement-verify --register="$R" --places="$T/v.csv" --certificate="$T/c.json" "$T/p.csv"
is 'the chain of a person' "$(register-get --id=E-5 --as-of=2026-11-25 "$R" case | cut -d, -f1 | tail -n +2 | sort -u | xargs)" 'A-1 B-7 E-5'
is 'what is decided is not asked' "$(referral-link --register="$R" "$T/referrals.csv" | wc -l)" 1
status 'the offers of the round' 0 offer-make --register="$R" --certificate="$T/c.json" --as-of=2026-11-25 "$T/p.csv"
vacancy-list --register="$R" --as-of=2026-11-25 >"$T/v.csv"
placement-match --register="$R" --places="$T/v.csv" 2>/dev/null >"$T/next.csv"
is 'stand for all referrals of a person' "$(grep -c ',placed,.*,held,' "$T/next.csv") $(grep -c ',placed,.*,\(wish\|place\),' "$T/next.csv")" '3 0'

# ---- what changes ----

links 'H-1,H-2,110,name,not_same,Ola,2026-11-22' >"$T/other.csv"
status 'another decision of the two' 0 register-put --as-of=2026-11-22 "$R" "$T/other.csv"
like 'takes the place of the first' "$(said)" 'new 0, same 0, changed 1'
is 'which is history' "$(register-get --as-of=2026-11-21 "$R" person_link | tail -n 1)" 'H-2,H-1,110,name,same,Kari,2026-11-20'
is 'and counts no more' "$(needs-aggregate --by=bydel --register="$R" 2>/dev/null | tail -n 1 | cut -d, -f2)" 5
status 'a number that contradicts a decision' 1 register-put "$R" - <<<"$(rows "E-5,2026-11-05,Bjerke,$two,Gul Dal,,,I-1")"
like 'is told' "$(said)" 'link-contradicts'
is 'and kept' "$(register-get --id=E-5 "$R" referral | grep -c p-)" 1

# ---- what is removed ----

new
rows "A-1,2026-11-01,Sagene,$one,,,," 'E-5,2026-11-05,Bjerke,,,,,' 'H-1,2026-11-05,Bjerke,,,,,' "C-3,2012-11-03,Alna,$two,,,," \
	'D-4,2012-11-04,Alna,,,,,' | register-put "$R" - 2>/dev/null
printf '%s\n' case_id,date,type C-3,2012-12-01,closed D-4,2012-12-01,closed H-1,2026-12-01,closed >"$T/events.csv"
register-put "$R" "$T/events.csv" 2>/dev/null
links 'E-5,A-1,,,same,Kari,2026-11-20' 'H-1,A-1,,,not_same,Kari,2026-11-20' 'H-1,C-3,,,not_same,Kari,2026-11-20' 'D-4,C-3,,,same,Kari,2026-11-20' \
	>"$T/links.csv"
register-put "$R" "$T/links.csv" 2>/dev/null
status 'a retention' 0 register-purge --before=2015-01-01 --reason=retention "$R"
is 'removes old cases, whenever they were decided about' "$(register-get "$R" referral | tail -n +2 | cut -d, -f1 | xargs)" 'A-1 E-5 H-1'
is 'with the decisions, either way' "$(register-get "$R" person_link | tail -n +2 | cut -d, -f1,2 | xargs)" 'E-5,A-1 H-1,A-1'
person=$(register-get --id=A-1 "$R" referral | tail -n 1 | cut -d, -f4)
status 'a person' 0 register-purge --person="$person" --reason=erasure "$R"
is 'goes with what was decided to be of the person' "$(said)" \
	'register-purge: also removed, as decided to be of the same person: referrals 1
register-purge: removed: 4'
is 'and others stay' "$(register-get "$R" referral | tail -n +2 | cut -d, -f1)" H-1
is 'without a decision' "$(register-get "$R" person_link | wc -l)" 1
ok 'the register is whole' register-check "$R"

# ---- names in free cells ----

# Whoever holds a copy of the file finds nobody's name in it, wherever somebody wrote one.
new 2>/dev/null
printf '%s\n' referral_id,received,bydel,name,wishes,consent,consent_by,contact_name,comment,judged_group,judged_by,judged_on,judged_reason \
	'R-1,2026-11-01,Sagene,Gul Dal,I-1|Kari Nordmann,ja,Ola Hansen,Per Olsen,Anne Berg ringte,5,"Nina Larsen, ruskonsulent",2026-11-02,Jon Moen så det' \
	'R-2,2026-11-01,Sagene,Lun Eng,Kari,ja,,,,5,Nina,2026-11-02,' | register-put "$R" - 2>/dev/null
printf '%s\n' case_id,date,type,detail,by,note 'R-1,2026-11-03,cooperation_meeting,,Hanne Lie,Møtte Lars Holm' | register-put "$R" - 2>/dev/null
links 'R-1,R-2,,Kari Nordmann sa det,not_same,ruskonsulent,2026-11-20' | register-put "$R" - 2>/dev/null
found=
for name in Gul Kari Nordmann Ola Hansen Olsen Anne Berg Nina Larsen Moen Hanne Lars Holm; do
	if grep -qaw -e "$name" "$R"; then found+=" $name"; fi
done
is 'no name stands in the file, whatever cell it was in' "$found" ''
is 'what is no name stays' "$(register-get --id=R-1 "$R" referral | tail -n 1 | grep -o -e '[|]I-1[^,]*' -e 'I-1[^,]*' -e '"[^"]*"' | xargs -d '\n')" \
	'I-1|[navn] [navn] "[navn] [navn], ruskonsulent"'

finish

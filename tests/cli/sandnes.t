#!/usr/bin/env bash
# The whole chain for a second municipality, which differs from the first in nearly every point: nothing
# but --profile=sandnes.
. "${0%/*}/tap.sh"

demo=share/demo/sandnes
exports=("$demo"/exports/*.csv)
run() { # PROGRAM ARGUMENT...
	"$1" --profile=sandnes "${@:2}"
}
column() { # FILE NAME ...: these columns, by their names
	python3 -c 'import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")): print(*(row[c] for c in sys.argv[2:]))' "$@"
}
today=--as-of=2026-11-21

# ---- a municipality is data ----

ok 'its decision table is whole' run rop-group --check-rules
mkdir "$T/tree"
cp -r lib bin scripts "$T/tree"
mkdir -p "$T/tree/share"
cp -r share/profiles "$T/tree/share"
own() { # what check-layers says of names and codes in that tree
	"$T/tree/scripts/check-layers" "$T/none" | sed -n 's/: what is of one municipality belongs to its profile$//p'
}
own >"$T/before"
{
	printf '%s\n' sandnes tr_sandnes_hours 1108 Mestringsenheten MO-senteret boligtjenesten 'sandnesveien 299'
	tail -n +2 share/profiles/sandnes/districts.csv | cut -d, -f1
} >"$T/tree/lib/base/planted.c"
is 'its names and codes may not stand in the code' "$(own | grep -o 'planted.c:[0-9]*' | sort -u | wc -l)" \
	"$(wc -l <"$T/tree/lib/base/planted.c")"
rm "$T/tree/lib/base/planted.c"
is 'nothing else is found' "$(own)" "$(<"$T/before")"

# ---- from the exports to the needs ----

status 'the exports are read' 0 run referral-import "${exports[@]}"
cp "$T/out" "$T/referrals.csv"
is 'every person in them' "$(column "$T/referrals.csv" referral_id | wc -l)" 62
is 'units instead of districts' "$(column "$T/referrals.csv" bydel | sort | uniq -c | xargs)" \
	'4 boligtjenesten 8 fact_team 26 fagteam_rus 16 hus299 5 mestring 3 nav_sandnes'
run rop-group "$T/referrals.csv" >"$T/grouped.csv"
is 'all but two have a group' "$(column "$T/grouped.csv" rop_group | grep -c .)" 60
run needs-aggregate "$T/grouped.csv" >"$T/needs.csv"
ok 'the needs are what its maker counted' cmp "$T/needs.csv" "$demo/needs.csv"
ok 'straight from the exports, too' cmp <(run needs-aggregate "${exports[@]}") "$demo/needs.csv"

# Counted without the programs: persons, and who has no home, by unit.
counted=$(python3 - "${exports[@]}" <<'END'
import csv, sys, unicodedata
def fold(s):
    return ''.join(c for c in unicodedata.normalize('NFC', s).casefold() if c.isalnum())
def table(name):
    return list(csv.DictReader(open(f'share/profiles/sandnes/{name}.csv', encoding='utf-8', newline='')))
unit, status, header = {}, {}, {}
for row in table('districts'):
    for s in [row['code'], row['name']] + row['aliases'].split('|'):
        unit[fold(s)] = row['code']
for row in table('codes'):
    if row['list'] == 'housing_status':
        for s in [row['code'], row['label_nb']] + row['aliases'].split('|'):
            status[fold(s)] = row['code']
for row in table('fields'):
    if row['field'] in ('bydel', 'housing_status'):
        for s in [row['label_nb']] + row['aliases'].split('|'):
            header[fold(s)] = row['field']
count = {}
for path in sys.argv[1:]:
    text = open(path, encoding='cp1252', newline='').read()
    text = text[text.index('\n') + 1:] if text.startswith('sep=') else text
    for row in csv.DictReader(text.splitlines(True), delimiter=';'):
        row = {header[fold(k)]: v for k, v in row.items() if fold(k) in header}
        n = count.setdefault(unit[fold(row['bydel'])], [0, 0])
        n[0] += 1
        n[1] += row['housing_status'] != '' and status[fold(row['housing_status'])] in ('uten_bolig', 'akutten', 'hospits')
for code in sorted(count):
    print(code, *count[code], sep=',')
END
)
is 'and what somebody else counts' "$(tail -n +2 "$T/needs.csv" | grep -v ^total | cut -d, -f1,12,13 | sort)" "$counted"

# ---- tables in three languages ----

title() { sed -n '1{p;q;}'; }
is 'a table in Bokmål' "$(run table-render "$T/needs.csv" | title)" 'Boligbehov etter enhet og boligtype'
is 'in Nynorsk' "$(run table-render --lang=nn "$T/needs.csv" | title)" 'Bustadbehov etter eining og bustadtype'
is 'in English' "$(run table-render --lang=en "$T/needs.csv" | title)" 'Housing needs by unit and housing type'
like 'a row for each unit' "$(run table-render "$T/needs.csv")" 'Sandnesveien 299 +0 +0 +2 +4 +3 +3 +2 +8'

# ---- places, and who gets one ----

places=(--institutions="$demo/institutions.csv" --stays="$demo/stays.csv" "$today")
run vacancy-list "${places[@]}" --referrals="$demo/waiting.csv" >"$T/vacancies.csv"
is 'places by kind' "$(column "$T/vacancies.csv" institution_id service_level capacity vacant)" 'A-1 akutten 10 3
B-1 bokollektiv 7 1
H-1 smaahus 6 2
H-2 smaahus 4 1
O-1 omsorg 9 2
O-2 omsorg 5 1'
is 'what may be published: not where NAV requisitions' \
	"$(column <(run vacancy-list "${places[@]}" --public) institution_id | xargs)" 'B-1 O-1 H-1 H-2 O-2'
run rop-group "$demo/waiting.csv" >"$T/waiting.csv"
run placement-match --places="$T/vacancies.csv" --stays="$demo/stays.csv" --certificate="$T/cert.json" \
	"$T/waiting.csv" >"$T/placements.csv"
ok 'the placements are proved' run placement-verify --places="$T/vacancies.csv" --stays="$demo/stays.csv" \
	--certificate="$T/cert.json" --referrals="$T/waiting.csv" "$T/placements.csv"
is 'who lives elsewhere gets no place at Akutten, urgent or not; who may live in Sandnes is asked' \
	"$(column "$T/placements.csv" referral_id decision reason detail | sed -n 's/ \(several rules=.*|municipality\|facts ask=municipality\)\( .*\)*$//p' | sort)" \
	"$(column "$demo/waiting.csv" service_level municipality referral_id |
		awk '$1 == "akutten" && $2 != 1108 {print $NF, NF == 3 ? "ineligible" : "ask"}' | sort)"
is 'those are four' "$(grep -c '[,=|]municipality' "$T/placements.csv")" 4
ok 'whoever lives there does' grep -q '^S-2026-0220,placed,A-1,' "$T/placements.csv"
sed 's/^\(S-2026-0218.*\),1103,/\1,1108,/' "$T/waiting.csv" >"$T/moved.csv"
like 'and would, had they moved there' "$(run placement-match --places="$T/vacancies.csv" --stays="$demo/stays.csv" \
	"$T/moved.csv" 2>/dev/null)" 'S-2026-0218,placed,A-1,1,'
explained() { run placement-explain --certificate="$T/cert.json" "$@"; }
like 'it is explained' "$(explained S-2026-0218)" 'Akutten: Stedet er bare for dem som er bostedsregistrert i Sandnes\.'
like 'in Nynorsk' "$(explained --lang=nn S-2026-0218)" 'Akutten: Staden er berre for dei som er bustadregistrerte i Sandnes\.'
like 'in English' "$(explained --lang=en S-2026-0218)" 'Akutten: The place is only for those registered as resident'
explained S-2026-0218 S-2026-0226 S-2026-0215 >"$T/said.explained"

# ---- the register ----

status 'a register' 0 run register-init "$T/reg.db"
put() { run register-put "$today" "$T/reg.db" "$@" 2>&1; }
is 'takes the referrals' "$(put <"$T/referrals.csv")" 'register-put: new 62, same 0, changed 0'
is 'who waits' "$(put "$T/waiting.csv")" 'register-put: new 27, same 0, changed 0'
is 'places' "$(put "$demo/institutions.csv")" 'register-put: new 6, same 0, changed 0'
is 'stays, of whom some came before its referrals' "$(put "$demo/stays.csv")" \
	"$demo/stays.csv:2: case-not-there: cases of which the register has no referral: 40
register-put: new 43, same 0, changed 0"
is 'events' "$(put "$demo/events.csv")" 'register-put: new 68, same 0, changed 0'
ok 'and gives them back' cmp <(run register-get "$T/reg.db" event | cut -d, -f1-4,6-) "$demo/events.csv"
is 'of a unit' "$(run register-get "$T/reg.db" referral --bydel='Hus 299' | tail -n +2 | wc -l)" 16
ok 'vacancies come out the same' cmp <(run vacancy-list --register="$T/reg.db" "$today") "$T/vacancies.csv"

# ---- deadlines ----

is 'the deadlines of the demonstration' \
	"$(column <(run deadline-list "$today" "$demo/events.csv") case_id step due status)" \
	'S-2026-0001 coercion_10_3_review 2026-12-04 upcoming
S-2026-0001 birth_expected 2026-12-10 due
S-2026-0006 music_period 2026-11-24 due
S-2026-0007 call_back 2026-11-23 due
S-2026-0007 first_contact 2026-11-25 upcoming
S-2026-0008 first_contact 2026-11-24 upcoming
S-2026-0009 first_contact 2026-11-12 overdue
S-2026-0010 assessment 2027-02-10 upcoming
S-2026-0011 psychologist 2026-11-23 due
S-2026-0011 assessment 2026-11-25 due
S-2026-0012 assessment 2026-11-01 overdue
S-2026-0014 complaint_by 2026-11-25 due
S-2026-0017 coercion_10_2_limit 2026-12-02 due
S-2026-0032 complaint_service_answer 2026-11-30 upcoming'
# The register has the referrals too, and with them who must be asked for consent.
ok 'the register tells the same' cmp <(run deadline-list "$today" --register="$T/reg.db" | grep -v ',consent,') \
	<(run deadline-list "$today" "$demo/events.csv")
is 'of a unit' "$(column <(run deadline-list "$today" --register="$T/reg.db" --bydel=hus299 | grep -v ',consent,') case_id)" S-2026-0032
ok 'and whom to ask for consent' [ "$(run deadline-list "$today" --register="$T/reg.db" | grep -c ',consent,')" -gt 0 ]
run deadline-list "$today" --format=text "$demo/events.csv" >"$T/said.deadlines"

due() { # DAY STEP EVENT...: what that step of a case with these events is on that day; each DAY:TYPE[:DETAIL]
	{
		echo 'case_id,date,type,detail'
		printf '%s\n' "${@:3}" | sed 's/^\([^:]*\):\([^:]*\):*\(.*\)/T-1,\1,\2,\3/'
	} >"$T/events.csv"
	column <(run deadline-list --all --as-of="$1" "$T/events.csv") step due due_working_day status done_on | sed -n "s/^$2 //p"
}
is 'contact within three working days: over a weekend' "$(due 2026-02-06 first_contact 2026-02-06:contact:open_hours)" \
	'2026-02-11 2026-02-11 upcoming '
is 'over Easter: Maundy Thursday to Easter Monday do not count' \
	"$(due 2026-04-01 first_contact 2026-04-01:contact:open_hours)" '2026-04-09 2026-04-09 upcoming '
is 'nor do Ascension Day and a weekend' "$(due 2026-05-13 first_contact 2026-05-13:contact:open_hours)" '2026-05-19 2026-05-19 upcoming '
is 'asked on Good Friday' "$(due 2026-04-03 first_contact 2026-04-03:contact:after_hours)" '2026-04-09 2026-04-09 upcoming '
is 'and called back on the next working day' "$(due 2026-04-03 call_back 2026-04-03:contact:after_hours)" '2026-04-07 2026-04-07 due '
is 'nobody is called back who came in opening hours' "$(due 2026-04-01 call_back 2026-04-01:contact:open_hours)" ''
is 'the day before, it is due' "$(due 2026-04-08 first_contact 2026-04-01:contact:open_hours)" '2026-04-09 2026-04-09 due '
is 'the day after, overdue' "$(due 2026-04-10 first_contact 2026-04-01:contact:open_hours)" '2026-04-09 2026-04-09 overdue '
is 'until a conversation is offered' "$(due 2026-04-10 first_contact 2026-04-01:contact:open_hours 2026-04-10:assessment_offered)" \
	'2026-04-09 2026-04-09 done 2026-04-10'
is 'a written report is considered within the working days of the profile' "$(due 2026-04-09 coercion_report 2026-04-01:coercion_report)" \
	'2026-04-09 2026-04-09 due '
is 'and then no more' "$(due 2026-04-09 coercion_report 2026-04-01:coercion_report 2026-04-08:coercion_considered)" \
	'2026-04-09 2026-04-09 done 2026-04-08'
is 'three months of assessment' "$(due 2026-05-29 assessment 2025-11-30:assessment_started)" '2026-02-28 2026-02-27 overdue '
is 'a week to the psychologist' "$(due 2027-05-14 psychologist 2027-05-10:psychologist_wanted)" '2027-05-17 2027-05-18 due '
is 'periods of three months, each from the day the last was renewed' "$(due 2026-09-01 music_period \
	2026-01-31:music_started 2026-04-28:music_renewed 2026-07-27:music_renewed)" \
	'2026-04-30 2026-04-30 done 2026-04-28
2026-07-28 2026-07-28 done 2026-07-27
2026-10-27 2026-10-27 upcoming '
is 'until it ends' "$(due 2026-09-01 music_period 2026-01-31:music_started 2026-04-28:music_ended)" '2026-04-30 2026-04-30 moot '
limit() { due "$1" coercion_10_2_limit 2026-02-16:coercion_10_2 "${@:2}" | cut -d' ' -f1,3-; }
is '§ 10-2: at most three months' "$(limit 2026-05-01)" '2026-05-16 upcoming '
is 'warned two weeks before' "$(limit 2026-05-02)" '2026-05-16 due '
is 'the last day, a Saturday' "$(limit 2026-05-16)" '2026-05-16 due '
is 'no weekend makes it longer' "$(limit 2026-05-17)" '2026-05-16 overdue '
is 'once ended it is done' "$(limit 2026-05-17 2026-05-15:coercion_ended)" '2026-05-16 done 2026-05-15'
with_child() { due "$1" "$2" 2026-03-05:pregnancy_dated 2026-10-05:coercion_10_3 "${@:3}"; }
is '§ 10-3: until birth, which is expected' "$(with_child 2026-11-11 birth_expected)" '2026-12-10 2026-12-10 upcoming '
is 'warned four weeks before' "$(with_child 2026-11-12 birth_expected)" '2026-12-10 2026-12-10 due '
is 'with the birth it must end' "$(with_child 2026-11-20 coercion_10_3_limit 2026-11-20:birth:while_detained)" '2026-11-20 2026-11-20 due '
is 'the same day' "$(with_child 2026-11-21 coercion_10_3_limit 2026-11-20:birth:while_detained)" '2026-11-20 2026-11-20 overdue '
for after in birth pregnancy_ended; do
	is "a $after without a detail while § 10-3 is open, too" "$(with_child 2026-11-21 coercion_10_3_limit 2026-11-20:$after)" \
		'2026-11-20 2026-11-20 overdue '
	is "a $after after the detention has ended starts no limit" \
		"$(with_child 2026-11-21 coercion_10_3_limit 2026-11-01:coercion_ended 2026-11-20:$after)" ''
done
is 'nor does one before it' "$(due 2026-11-21 coercion_10_3_limit 2026-03-05:pregnancy_dated 2026-11-20:birth)" ''
for end in withdrawn closed follow_up_ended; do
	is "a detention has its limit after $end" "$(due 2026-12-12 coercion_10_2_limit 2026-11-01:coercion_10_2 "2026-12-01:$end")" \
		'2027-02-01 2027-02-01 upcoming '
	is "§ 10-3 is judged anew after $end" "$(due 2026-12-12 coercion_10_3_review 2026-11-01:coercion_10_3 "2026-12-01:$end" | head -n 1)" \
		'2026-11-22 2026-11-22 overdue '
	is "a complaint is looked at after $end" "$(due 2026-12-12 complaint_review 2026-11-01:decision:refused \
		2026-11-10:complaint_decision:services "2026-11-12:$end")" '2026-12-08 2026-12-08 overdue '
	is "a complaint on a service is answered after $end" "$(due 2026-12-12 complaint_service_answer \
		2026-11-20:complaint_service "2026-12-01:$end")" '2026-12-18 2026-12-18 due '
done
is 'but the limit of a detention that has ended is kept' "$(due 2026-12-12 coercion_10_2_limit 2026-11-01:coercion_10_2 \
	2026-12-01:withdrawn 2026-12-02:coercion_ended)" '2027-02-01 2027-02-01 done 2026-12-02'
is 'and is judged anew every three weeks' "$(with_child 2026-11-01 coercion_10_3_review 2026-10-23:coercion_10_3_reviewed)" \
	'2026-10-26 2026-10-26 done 2026-10-23
2026-11-13 2026-11-13 upcoming '
is 'a complaint: four weeks, to the next working day' "$(due 2026-04-01 complaint_by 2026-03-06:decision:refused)" '2026-04-03 2026-04-07 due '

# ---- the plan ----

status 'a plan with what the register knows' 0 run checklist-export --template=S-2026-0034 --register="$T/reg.db"
cp "$T/out" "$T/plan.json"
like 'the unit, the day of moving in' "$(<"$T/plan.json")" '"bydel": "hus299".*"home_from": "2026-10-15"'
like 'who tells of the terms, and when' "$(<"$T/plan.json")" '"terms_task": \{"responsible":"house299","due":"2026-10-08"'
status 'what is missing' 1 run checklist-export --check "$T/plan.json"
like 'is named' "$(<"$T/out")" 'S-2026-0034,home,special_terms,value,Bolig: Leies boligen ut på særlige vilkår\?'
for lang in nb nn en; do
	run checklist-export --lang="$lang" "$T/plan.json" >"$T/said.plan.$lang" 2>/dev/null
done
is 'it bears its own name' "$(title <"$T/said.plan.nb")" 'Plan for bolig og oppfølging'
sed 's/"special_terms": null/"special_terms": false/' "$T/plan.json" >"$T/no-terms.json"
is 'what does not apply is not missing' "$(run checklist-export --check "$T/no-terms.json" | grep -c terms)" 0

# ---- letters ----

# shellcheck disable=SC2317 # called by status
letters() { # LANGUAGE
	run letter-export --lang="$1" "$today" --from=2026-11-30 --institutions="$demo/institutions.csv" \
		--certificate="$T/cert.json" --output="$T/$1/" "$T/placements.csv"
}
for lang in nb nn en; do
	status "letters in $lang" 0 letters "$lang"
	is 'one each, but for those who hold a place' "$(find "$T/$lang" -type f | wc -l)" 25
done
flat() { tr '\n' ' ' <"$1" | tr -s ' '; }
like 'a refusal says why' "$(flat "$T/nb/S-2026-0217.txt")" 'bare for dem som er bostedsregistrert i Sandnes'
like 'and that it can be put right' "$(flat "$T/nb/S-2026-0217.txt")" 'Etter det vi vet, er du ikke bostedsregistrert i Sandnes. Er det feil, si fra'
for letter in "$T"/nb/*; do
	flat "$letter"
	echo
done >"$T/letters"
has() { # NAME TEXT: every letter has it, but the two that ask for answers and decide nothing
	is "$1" "$(grep -v 'Vi kan ikke svare deg ennå' "$T/letters" | grep -cF -- "$2")" 23
}
has 'every letter says that it is a complaint in writing' 'Skriv under, og send klagen til'
has 'and that it is looked at again' 'De som gjorde vedtaket, ser på det på nytt'
# The law, the time and the instance are those of the kind of place.
of_kind() { # NAME TEXT LEVELS...: the letters with the text are about these places, and no other letters are
	local ids
	ids=$(grep -rlF -- "$2" "$T/flat" | xargs -rn1 basename | sort)
	is "$1" "$ids" "$(sort <"$T/ids.$3")"
}
mkdir "$T/flat"
for letter in "$T"/nb/*; do flat "$letter" >"$T/flat/$(basename "$letter" .txt)"; done
for level in omsorg smaahus bokollektiv akutten; do
	column "$demo/waiting.csv" referral_id service_level 2>/dev/null | awk -v l=$level '$2 == l { print $1 }' | sort >"$T/asked"
	column "$T/placements.csv" referral_id decision | sed -n 's/ \(placed\|waiting\|ineligible\)$//p' | sort >"$T/answered"
	find "$T/flat" -type f -printf '%f\n' | sort | comm -12 - "$T/asked" | comm -12 - "$T/answered" >"$T/ids.$level"
done
sort "$T/ids.smaahus" "$T/ids.bokollektiv" >"$T/ids.home"
ok 'there are letters about each' test -s "$T/ids.omsorg" -a -s "$T/ids.home" -a -s "$T/ids.akutten"
of_kind 'health care: four weeks' 'Siste dag for å klage er 21.12.2026' omsorg
of_kind 'by its law' 'etter pasient- og brukerrettighetsloven' omsorg
of_kind 'whom to turn to about a service' 'Si fra til lederen for den enheten som gir hjelpen' omsorg
of_kind 'a home: the appeals board of the municipality' 'sender de klagen videre til kommunens klagenemnd' home
of_kind 'temporary housing: NAV, by its law' 'NAV Sandnes gjorde det 21.11.2026 etter sosialtjenesteloven § 27' akutten
sort "$T/ids.home" "$T/ids.akutten" >"$T/ids.three"
of_kind 'three weeks for both' 'Siste dag for å klage er 14.12.2026' three
of_kind 'by the Public Administration Act' 'Det står i forvaltningsloven § 29' three
has 'who answers when it is closed' 'Når det er stengt, svarer Sandnesveien 299 på det samme nummeret'
like 'NAV requisitions Akutten' "$(flat "$T/nb/S-2026-0220.txt")" 'NAV Sandnes rekvirerer plassene her'
like 'a small house is rented' "$(flat "$T/nb/S-2026-0209.txt")" 'Du betaler husleie, og kommunen går gjennom vilkårene'
status 'by kind' 0 run letter-export --kind=avslag "$today" --certificate="$T/cert.json" --output="$T/no/" "$T/placements.csv"
is 'five refusals' "$(find "$T/no" -type f | wc -l)" 5

# ---- what is there for me ----

services() { run service-list "$@"; }
ids() { column <(services "$@") service | xargs; }
is 'by need' "$(ids --need='gravid')" pregnancy
is 'by group' "$(ids --need=home --group=2)" municipal_home
is 'by another group' "$(ids --need=home --group=4)" 'municipal_home small_house shared_house'
is 'a place to sleep' "$(ids --need=tonight)" 'mo_centre evening_phone akutten temporary_home'
is 'open on a weekday' "$(ids --open --as-of=2026-11-18T10:30 --need=talk)" 'mo_centre evening_phone counsellor psychologist'
evening='evening_phone'
is 'in the evening' "$(ids --open --as-of=2026-11-18T18:30)" $evening
is 'on a Saturday' "$(ids --open --as-of=2026-11-21T10:30)" $evening
is 'on 17 May, a Monday' "$(ids --open --as-of=2027-05-17T10:30)" $evening
centre() { column <(services --as-of="$1" --need=start) service open after_hours call_back | sed -n 's/^mo_centre //p'; }
is 'a minute before it opens' "$(centre 2026-11-18T08:59)" 'nei evening_phone 2026-11-19'
is 'as it opens' "$(centre 2026-11-18T09:00)" 'ja evening_phone '
is 'as it closes' "$(centre 2026-11-18T15:00)" 'nei evening_phone 2026-11-19'
is 'on Friday evening one is called back on Monday' "$(centre 2026-11-20T18:30)" 'nei evening_phone 2026-11-23'
is 'on Saturday, too' "$(centre 2026-11-21T10:30)" 'nei evening_phone 2026-11-23'
is 'before Easter, on Tuesday after' "$(centre 2026-04-01T18:30)" 'nei evening_phone 2026-04-07'
is 'on 17 May, on the 18th' "$(centre 2027-05-17T10:30)" 'nei evening_phone 2027-05-18'
like 'that is said in words' "$(services --as-of=2026-11-20T18:30 --need=start --format=text | tr -s ' \n' ' ')" \
	'Stengt nå Personalet i Sandnesveien 299 svarer, telefon 468 95 582\. En ruskonsulent ringer deg 23\.11\.2026\.'
like 'in English' "$(services --lang=en --as-of=2026-11-20T18:30 --need=start --format=text | tr -s ' \n' ' ')" \
	'Closed now The staff at Sandnesveien 299 answers?, telephone 468 95 582\. A counsellor calls you on 23 November 2026\.'
for lang in nb nn en; do
	services --lang="$lang" --as-of=2026-11-20T18:30 --format=text >"$T/said.services.$lang"
	run table-render --lang="$lang" "$T/needs.csv" >"$T/said.needs.$lang"
	run table-render --lang="$lang" "$T/vacancies.csv" >"$T/said.vacancies.$lang"
	run vacancy-list "${places[@]}" --public | run table-render --lang="$lang" >"$T/said.public.$lang"
	run table-render --lang="$lang" "$T/placements.csv" >"$T/said.placements.$lang"
done

# ---- nothing of the first municipality ----

is 'nothing that anybody reads is of another municipality' \
	"$(cat "$T"/said.* "$T"/n[bn]/* "$T"/en/* | grep -iE 'oslo|bydel|velferdsetat|felles inntak|district|utflyttingsplan')" ''
is 'no line is longer than a screen' "$(cat "$T"/said.* "$T"/n[bn]/* "$T"/en/* | LC_ALL=C.UTF-8 grep -E '.{81}')" ''

finish

#!/usr/bin/env bash
# What ends an offer or a stay, who is on hold, and who is gone: from whatever source it is known.
. "${0%/*}/tap.sh"

stays() { # ROW ...: stay, referral, institution, from, to expected, to, status
	printf '%s\n' stay_id,referral_id,institution_id,from,to_expected,to,status "$@" >"$T/s.csv"
}
events() { # ROW ...
	printf '%s\n' case_id,date,type,detail "$@" >"$T/e.csv"
}
referrals() { # ROW ...: referral, person, available from
	printf '%s\n' referral_id,person_id,available_from,received,bydel,service_level,stay_type,wishes >"$T/r.csv"
	for row; do printf '%s\n' "$row,2026-10-01,$district,omsorg,$stay,"; done >>"$T/r.csv"
}
list() { # what of the places is vacant, reserved, occupied
	"${vacancy[@]}" 2>"$T/said" | python3 -c 'import csv, sys
print(*(":".join(r[c] for c in ("institution_id", "vacant", "reserved", "occupied")) for r in csv.DictReader(sys.stdin)))'
}
match() { # who gets which place
	"${vacancy[@]}" >"$T/v.csv" 2>/dev/null
	placement-match --profile="$profile" --places="$T/v.csv" --stays="$T/s.csv" --events="$T/e.csv" "$T/r.csv" 2>"$T/said" |
		python3 -c 'import csv, sys
print(*(":".join(filter(None, (r[c] for c in ("referral_id", "decision", "institution_id")))) for r in csv.DictReader(sys.stdin)))'
}
said() { grep -o "$1" "$T/said" | sort -u; }

for profile in oslo sandnes; do
	stay=$(sed -n 's/^stay_type,\(lang\|omsorgsopphold\),.*/\1/p' "share/profiles/$profile/codes.csv")
	district=$(sed -n 2p "share/profiles/$profile/districts.csv" | cut -d, -f1)
	vacancy=(vacancy-list --profile="$profile" --institutions="$T/i.csv" --stays="$T/s.csv" --events="$T/e.csv" --as-of=2026-11-21)
	printf '%s\n' institution_id,name,service_level,stay_types,capacity "I-1,Lyngheim,omsorg,$stay,1" >"$T/i.csv"
	referrals R-1,, R-2,,

	# ---- what a later row or the log says no to ----

	events
	stays S1,R-1,I-1,2026-10-18,,,accepted
	is "$profile: an accepted place is reserved" "$(list)" 'I-1:0:1:0'
	for no in declined expired; do
		stays S1,R-1,I-1,2026-10-18,,,accepted "S2,R-1,I-1,2026-10-19,,,$no"
		is "$profile: a later row that has $no frees it" "$(list)" 'I-1:1:0:0'
		stays "S2,R-1,I-1,2026-10-19,,,$no" S1,R-1,I-1,2026-10-18,,,accepted
		is "$profile: in any order" "$(list)" 'I-1:1:0:0'
	done
	stays S1,R-1,I-1,2026-10-18,,,accepted S2,R-1,I-1,2026-10-19,,,declined
	is "$profile: and the place is not offered to them again" "$(match)" 'R-1:ineligible R-2:placed:I-1'
	stays S1,R-1,I-1,2026-11-18,,,accepted S2,R-1,I-1,2026-10-19,,,declined
	is "$profile: a no before the offer frees nothing" "$(list)" 'I-1:0:1:0'
	stays S1,R-1,I-1,2026-11-14,,,offered S2,R-1,I-1,2026-11-20,,,expired
	is "$profile: a row that says expired begins no new offer" "$(list)" 'I-1:1:0:0'
	stays S1,R-1,I-1,2026-10-18,,,accepted
	for no in place_declined offer_expired; do
		events "R-1,2026-10-19,$no,"
		is "$profile: $no in the log frees it" "$(list)" 'I-1:1:0:0'
	done
	events R-1,2026-10-19,place_declined,
	is "$profile: and closes the place to who said no" "$(match)" 'R-1:ineligible R-2:placed:I-1'
	events R-1,2026-11-22,place_declined,
	is "$profile: what is later than the day does not count" "$(list)" 'I-1:0:1:0'
	stays S1,R-1,I-1,2026-10-18,,,kept
	events R-1,2026-10-20,place_given_up,
	is "$profile: a kept place that was given up is free" "$(list)" 'I-1:1:0:0'
	stays S1,R-1,I-1,2026-08-18,,,moved_in
	events R-1,2026-10-20,moved_out,
	is "$profile: so is that of who has moved out" "$(list)" 'I-1:1:0:0'
	stays S0,R-1,I-1,2026-06-01,,2026-08-18,moved_out S1,R-1,I-1,2026-08-18,,,moved_in
	events R-1,2026-08-18,moved_out, R-1,2026-08-18,moved_in,
	is "$profile: moving out of one stay ends no other" "$(list)" 'I-1:0:0:1'

	# ---- places in two institutions ----

	printf '%s\n' institution_id,name,service_level,stay_types,capacity "I-1,Lyngheim,omsorg,$stay,1" "I-2,Solbakken,omsorg,$stay,1" >"$T/i.csv"
	events
	stays S1,R-1,I-1,2026-10-18,,,accepted S2,R-1,I-2,2026-10-25,,,moved_in
	is "$profile: accepted in one, moved into another" "$(list)" 'I-1:0:1:0 I-2:0:0:1'
	is "$profile: is named, and kept" "$(said accepted-elsewhere)" accepted-elsewhere
	events R-1,2026-10-25,place_declined,
	is "$profile: until somebody says that it is not wanted" "$(list)" 'I-1:1:0:0 I-2:0:0:1'
	is "$profile: then nothing is told" "$(said accepted-elsewhere)" ''
	events
	stays S1,R-1,I-1,2026-10-18,,,moved_in S2,R-1,I-2,2026-10-25,,,accepted
	list >"$T/list"
	is "$profile: moving on is not" "$(said two-places)" ''
	referrals A-1,P-1, A-2,P-1,
	vacancy+=(--referrals="$T/r.csv")
	stays S1,A-1,I-1,2026-10-18,,,accepted S2,A-2,I-2,2026-10-25,,,accepted
	list >"$T/list"
	is "$profile: two accepted by referrals of one person are named" "$(said two-places)" two-places
	printf '%s\n' institution_id,name,service_level,stay_types,capacity "I-1,Lyngheim,omsorg,$stay,1" >"$T/i.csv"

	# ---- an offer that only the log tells of ----

	referrals R-1,, R-2,,
	stays
	events R-1,2026-11-15,place_offered,
	is "$profile: an offer in the log stands for its days" "$(match | tr ' ' '\n' | grep R-1)" 'R-1:out'
	events R-1,2026-11-14,place_offered,
	is "$profile: and then the person waits again" "$(match | cut -d' ' -f1)" 'R-1:placed:I-1'
	events R-1,2026-10-10,place_offered, R-1,2026-10-12,place_accepted,
	is "$profile: one that was accepted does not lapse" "$(match | tr ' ' '\n' | grep R-1)" 'R-1:out'

	# ---- on hold under one referral ----

	referrals A-1,P-1, A-2,P-1,
	events A-1,2026-11-01,parked,
	is "$profile: on hold under one referral, on hold under all" "$(match | grep -c placed)" 0
	referrals A-1,P-1,2027-02-01 A-2,P-1,
	events
	is "$profile: so is who is not available yet" "$(match | grep -c placed)" 0
	events A-1,2026-11-01,parked, A-1,2026-11-10,resumed,
	referrals A-1,P-1, A-2,P-1,
	is "$profile: until they are back" "$(match | grep -c placed)" 1

	# ---- who is gone ----

	referrals A-1,P-1, A-2,P-1, R-2,,
	stays S1,A-1,I-1,2026-10-18,,,moved_in
	for word in Død Dødsfall died; do
		events "A-1,2026-11-01,$word,"
		is "$profile: after ‘$word’ the place is free" "$(list)" 'I-1:1:0:0'
	done
	is "$profile: and nobody is placed under another referral" "$(match | tr ' ' '\n' | grep placed)" 'R-2:placed:I-1'
	stays S1,A-1,I-1,2026-10-18,,,accepted
	for word in Utvandret 'Flyttet fra kommunen' moved_away; do
		events "A-1,2026-11-01,$word,"
		is "$profile: after ‘$word’ an accepted place is free" "$(list)" 'I-1:1:0:0'
	done
	stays S1,A-1,I-1,2026-10-18,,,moved_in
	events A-1,2026-11-01,moved_away,
	is "$profile: and one where they lived, from that day" "$(list) $(said place-freed)" 'I-1:1:0:0 place-freed'
	is "$profile: which goes to others, and not to them" "$(match | tr ' ' '\n' | grep placed)" R-2:placed:I-1
	is "$profile: that is told there, too" "$(said place-freed)" place-freed
	events A-1,2026-11-22,moved_away,
	is "$profile: not before that day" "$(list) $(said place-freed)" 'I-1:0:0:1 '
	events A-1,2026-11-01,moved_away,
	stays S1,A-1,I-1,2026-11-10,,,moved_in
	is "$profile: who moved in after it lives there" "$(list) $(said place-freed)" 'I-1:0:0:1 '
	stays S1,A-1,I-1,2026-10-18,,2026-10-30,moved_out
	events A-1,2026-11-01,moved_away,
	is "$profile: nothing is told of who had moved out" "$(list) $(said place-freed)" 'I-1:1:0:0 '
	stays S1,A-2,I-1,2026-10-18,,,moved_in
	is "$profile: nor freed under another referral" "$(list) $(said place-freed)" 'I-1:0:0:1 '
	events A-1,2026-10-01,referral_received, A-1,2026-10-02,consent_refused, A-1,2026-11-01,died,
	is "$profile: nothing is due after a death" "$(deadline-list --profile="$profile" --as-of=2026-11-21 "$T/e.csv" | grep -c A-1)" 0

	# ---- letters ----

	printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail R-1,placed,I-1,,1,place, R-2,waiting,,,2,full, >"$T/p.csv"
	letters() { # KIND
		rm -rf "$T/letters"
		letter-export --profile="$profile" --as-of=2026-11-23 --from=2026-12-01 --events="$T/e.csv" --institutions="$T/i.csv" \
			--kind="$1" -o "$T/letters/" "$T/p.csv" 2>"$T/said"
		find "$T/letters" -type f 2>/dev/null | wc -l
	}
	events R-1,2026-11-22,consent_withdrawn,
	is "$profile: no letter about a place without consent" "$(letters placed) $(said no-letter)" '0 no-letter'
	for lives in moved_in place_accepted place_offered died; do
		events "R-2,2026-11-22,$lives,"
		is "$profile: none that says that they wait after $lives" "$(letters waiting) $(said no-letter)" '0 no-letter'
	done
done

# ---- what is kept for its age ----

register-init "$T/r.db"
printf '%s\n' institution_id,name,service_level,stay_types,capacity,self_referred I-1,Lyngheim,omsorg,lang,1,1 >"$T/i.csv"
printf '%s\n' referral_id,received,bydel,service_level,stay_type R-1,2020-10-01,030103,omsorg,lang R-2,2020-10-01,030103,omsorg,lang \
	R-3,2020-10-01,030103,omsorg,lang >"$T/r.csv"
stays S1,R-1,I-1,2020-11-01,,,self_referred S2,R-2,I-1,2020-11-01,,,self_agreed S3,R-3,I-1,2020-11-01,,,moved_in
events R-3,2020-12-01,died,
for f in i r s e; do register-put --as-of=2026-11-20 "$T/r.db" "$T/$f.csv" >/dev/null; done
register-purge --before=2022-01-01 --reason=retention "$T/r.db" >/dev/null 2>&1
is 'open self-referred places keep their cases; that of who died goes' \
	"$(register-get --as-of=2026-11-21 "$T/r.db" referral 2>/dev/null | cut -d, -f1 | sort | xargs)" 'R-1 R-2 referral_id'

finish

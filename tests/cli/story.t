#!/usr/bin/env bash
# The story of one person, from the referral to the end, with a register and two institutions; in both profiles.
. "${0%/*}/tap.sh"

col() { # FILE ID COLUMN: a cell of the row that begins with ID
	awk -F, -v id="$2" -v name="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i } $1 == id { print $c }' "$1"
}

story() { # PROFILE DISTRICT MUNICIPALITY PATH EVENT
	export TRANSITION_PROFILE=$1
	local R V=$T/vacancies.csv P=$T/placements.csv C=$T/certificate.json O=$T/offers.csv
	R=$(new_register "story-$1")
	vacancies() { vacancy-list --register="$R" --as-of="$1" >"$V"; }
	round() {
		vacancies "$1"
		placement-match --register="$R" --places="$V" --certificate="$C" >"$P"
	}
	# shellcheck disable=SC2317 # it is called by ok
	offer() { offer-make --register="$R" --certificate="$C" --as-of="$1" "$P" >"$O"; }
	# shellcheck disable=SC2317 # it is called by ok
	answer() { offer-answer --register="$R" --referral=R-1 --as-of="$1" "${@:2}" >"$O"; }
	need() { # DAY: persons in the survey
		register-get "$R" referral | rop-group | needs-aggregate --register="$R" --as-of="$1" >"$T/needs.csv" 2>/dev/null
		col "$T/needs.csv" total persons
	}
	letter() { # DAY: of the last round
		letter-export --register="$R" --certificate="$C" --as-of="$1" --from="$1" --format=text "$P"
	}

	# There are two houses. Each has one bed, and the first has a place that former residents come back to.
	register-init "$R"
	register-put --as-of=2026-01-01 "$R" - 2>/dev/null <<-'END'
		institution_id,name,service_level,capacity,self_referred_places
		A,Huset,omsorg,1,1
		B,Gården,omsorg,1,1
	END

	# A person is referred, and wishes for the first.
	register-put --as-of=2026-01-05 "$R" - 2>/dev/null <<-END
		referral_id,received,bydel,person_id,person_id_kind,service_level,wishes,urgency,municipality,housing_path,hf,substance,mental,behaviour,safety_risk,vulnerable,autonomous,visible_use,personality_disorder,excluded_low_threshold,scattered
		R-1,2026-01-05,$2,kari-1,pseudonym,omsorg,A,1,$3,$4,3,3,2,0,0,0,0,0,1,0,0
	END
	vacancies 2026-02-01
	is "$1: both have a vacant bed, and one person waits for the first" "$(col "$V" A vacant) $(col "$V" B vacant) $(col "$V" A waiting)" '1 1 1'

	# The round places the person, and the place is offered.
	round 2026-02-01
	is "$1: the first round gives the wish" "$(col "$P" R-1 institution_id) $(col "$P" R-1 reason)" 'A wish'
	cp "$P" "$T/first.csv"
	like "$1: a letter says so" "$(letter 2026-02-01 2>&1)" 'Huset'
	status "$1: it is offered" 0 offer-make --register="$R" --certificate="$C" --as-of=2026-02-01 "$P"
	is "$1: as a stay that names its certificate" "$(col "$T/out" R-1-1 status) $(col "$T/out" R-1-1 certificate)" "offered $(sha256sum <"$C" | cut -d' ' -f1)"
	vacancies 2026-02-02
	is "$1: the bed is reserved, and nobody waits" "$(col "$V" A vacant) $(col "$V" A reserved) $(col "$V" A waiting)" '0 1 0'
	status "$1: it is not offered twice" 1 offer-make --register="$R" --as-of=2026-02-02 "$P"

	# The person does not want it, and says why.
	status "$1: a decline needs a reason" 2 answer 2026-02-03 declined
	ok "$1: the person declines" answer 2026-02-03 --reason=wrong_place declined
	vacancies 2026-02-03
	is "$1: the bed is vacant at once, and the person waits" "$(col "$V" A vacant) $(col "$V" A waiting)" '1 1'

	# The next round does not offer the same place.
	round 2026-02-04
	is "$1: the next round gives the other house" "$(col "$P" R-1 institution_id) $(col "$P" R-1 reason)" 'B place'
	ok "$1: it is offered" offer 2026-02-04
	ok "$1: the person accepts" answer 2026-02-06 accepted
	status "$1: who accepted cannot let the offer lapse" 1 answer 2026-02-07 no-answer
	round 2026-02-08
	is "$1: and has a place, in the next round" "$(col "$P" R-1 decision) $(col "$P" R-1 reason)" 'placed held'

	# The person moves in, lives there, and moves out, with an agreement to come back.
	ok "$1: moves in" answer 2026-02-10 moved-in
	register-put --as-of=2026-02-12 "$R" - 2>/dev/null <<<$'case_id,date,type\nR-1,2026-02-12,assessment_started'
	vacancies 2026-03-01
	is "$1: lives there" "$(col "$V" B occupied) $(col "$V" B reserved) $(col "$V" B vacant)" '1 0 0'
	is "$1: and is counted as in need of a home" "$(need 2026-03-01)" 1
	like "$1: and what is due is told" "$(deadline-list --register="$R" --as-of=2026-03-01 --case=R-1)" 'R-1'
	status "$1: nobody moves in twice" 1 answer 2026-03-01 moved-in
	status "$1: nor returns who has not left" 1 answer 2026-03-01 returned
	ok "$1: moves out, and may come back for half a year" answer 2026-06-01 --return-until=2026-12-01 moved-out
	vacancies 2026-06-01
	is "$1: the bed is vacant, and an agreement runs" "$(col "$V" B vacant) $(col "$V" B self_referred_taken) $(col "$V" B self_referred_agreed)" '1 0 1'

	# The person comes back by an own decision.
	ok "$1: comes back" answer 2026-08-01 returned
	vacancies 2026-08-02
	is "$1: on a self-referred place, not in the bed" "$(col "$V" B vacant) $(col "$V" B self_referred_taken)" '1 1'
	status "$1: is not there twice" 1 answer 2026-08-02 returned
	ok "$1: leaves again" answer 2026-08-08 moved-out
	vacancies 2026-08-08
	is "$1: the place is free for the next" "$(col "$V" B self_referred_taken) $(col "$V" B self_referred_agreed)" '0 1'

	# The person finds a home, and the case is closed.
	register-put --as-of=2026-09-01 "$R" - 2>/dev/null <<-END
		case_id,date,type
		R-1,2026-08-20,$5
		R-1,2026-09-01,moved_into_home
		R-1,2026-11-01,closed
	END
	is "$1: who has a home is in no need of one" "$(need 2026-09-02)" 0
	ok "$1: may still come back" answer 2026-11-02 returned
	ok "$1: for a week" answer 2026-11-09 moved-out
	status "$1: until the agreement ends" 1 answer 2026-12-01 returned
	is "$1: nothing is due in a closed case" "$(deadline-list --register="$R" --as-of=2026-11-03 --case=R-1 | grep -v case_id | grep -c R-1)" 0
	status "$1: and it gets no letter about a place" 1 letter-export --register="$R" --as-of=2026-12-02 --from=2026-12-03 "$T/first.csv"
	round 2026-12-02
	is "$1: nobody is placed in the end" "$(awk -F, '$2 == "placed"' "$P")" ''
	is "$1: the whole chain, in order" "$(register-get "$R" case --id=R-1 --as-of=2026-12-02 | cut -d, -f2-5,7)" "date,source,type,institution_id,case_state
2026-01-05,referral,received,,waiting
2026-02-01,stay,offered,A,offered
2026-02-03,stay,declined,A,waiting
2026-02-04,stay,offered,B,offered
2026-02-06,stay,accepted,B,accepted
2026-02-10,stay,moved_in,B,living
2026-02-12,event,assessment_started,,living
2026-06-01,stay,moved_out,B,left
2026-06-01,stay,self_agreed,B,left
2026-08-01,stay,self_referred,B,left
2026-08-08,stay,ended,B,left
2026-08-20,event,$5,,left
2026-09-01,event,moved_into_home,,housed
2026-11-01,event,closed,,closed
2026-11-02,stay,self_referred,B,closed
2026-11-09,stay,ended,B,closed
2026-12-01,stay,ended,B,closed"
	ok "$1: says nothing of who it is" bash -c "! register-get '$R' case --id=R-1 | grep -q kari"
	status "$1: and of nobody when there is no such case" 65 register-get "$R" case --id=R-2
	status "$1: and the register is whole" 0 register-check "$R"
}

story oslo 030101 0301 kommunal home_found
story sandnes mestring 1108 boligtjenesten home_applied
finish

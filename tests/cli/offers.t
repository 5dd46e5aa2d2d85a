#!/usr/bin/env bash
# Offers as acts: who is offered what, when many ask at once, and what the state of a case allows.
. "${0%/*}/tap.sh"
R=$T/reg.db

refer() { # ID PERSON [DAY] ...: referrals
	echo 'referral_id,received,bydel,person_id,person_id_kind,service_level,wishes,urgency,municipality,consent'
	while (($#)); do
		echo "$1,2026-01-05,030101,$2,pseudonym,omsorg,A,1,0301,ja"
		shift 2
	done
}
new() { # BEDS REFERRAL PERSON ...
	rm -f "$R"*
	register-init --key="$R.key" "$R"
	printf 'institution_id,name,service_level,capacity,self_referred_places\nA,Huset,omsorg,%s,1\nB,Gården,omsorg,1,\n' "$1" | register-put "$R" - 2>/dev/null
	shift
	refer "$@" | register-put "$R" - 2>/dev/null
}
placed() { # REFERRAL INSTITUTION ...: a round
	echo 'referral_id,decision,institution_id,wish_rank,priority,reason,detail'
	while (($#)); do
		echo "$1,placed,$2,1,1,wish,"
		shift 2
	done
}
make() { offer-make --register="$R" --as-of=2026-02-01 --timeout=600 "$@"; }
answer() { offer-answer --register="$R" --as-of="$1" "${@:2}"; }
stays() { register-get "$R" stay | tail -n +2 | cut -d, -f1-7; }
said() { sed 's/^[^:]*:[^:]*: //' "$T/err"; }

# ---- what is offered ----

new 1 R-1 p1 R-2 p2 R-3 p3 R-4 p1 R-5 p5
placed R-1 A R-2 A R-3 B R-9 A R-5 C >"$T/p.csv"
status 'what can be offered is' 1 make "$T/p.csv"
is 'as stays' "$(cut -d, -f1-7 <"$T/out")" $'stay_id,referral_id,institution_id,from,to_expected,to,status\nR-1-1,R-1,A,2026-02-01,,,offered\nR-3-1,R-3,B,2026-02-01,,,offered'
is 'and why the rest is not, and who was first' "$(cut -d: -f2,3- <"$T/err" | sed 's/^[0-9]*: //')" "offer-full: ‘R-2’: no place is vacant at A; stay ‘R-1-1’ was first
offer-unknown: the register has no referral ‘R-9’: no offer is made
offer-place: ‘R-5’: the register has no institution ‘C’"
is 'the register has what was said' "$(stays)" $'R-1-1,R-1,A,2026-02-01,,,offered\nR-3-1,R-3,B,2026-02-01,,,offered'
placed R-4 B >"$T/p.csv"
status 'another referral of the person gets none' 1 make "$T/p.csv"
is 'as the person has one' "$(said)" "offer-held: ‘R-4’: the person has stay ‘R-1-1’ at A already"
sed -i 's/,wish,/,held,/' "$T/p.csv"
status 'who held a place before is passed over' 0 make "$T/p.csv"
is 'without a word' "$(cat "$T/err")" ''
new 2 R-1 p1 R-2 p1
placed R-1 A R-2 A >"$T/p.csv"
status 'of two referrals of a person in one round' 1 make "$T/p.csv"
is 'one gets an offer' "$(stays)" 'R-1-1,R-1,A,2026-02-01,,,offered'
new 1 R-1 p1
register-put "$R" - 2>/dev/null <<<$'case_id,date,type\nR-1,2026-01-10,withdrawn'
placed R-1 A >"$T/p.csv"
status 'who withdrew gets none' 1 make "$T/p.csv"
is 'as the state says' "$(said)" "offer-state: ‘R-1’ is not in the queue: its state is ‘withdrawn’"
new 1 R-1 p1 R-2 p1
make - <<<"$(placed R-1 A)" >/dev/null
answer 2026-02-02 --referral=R-1 --reason=wrong_place declined >/dev/null
status 'a declined place is closed to the person' 1 offer-make --register="$R" --as-of=2026-02-03 - <<<"$(placed R-2 A)"
is 'also under another referral' "$(said)" "offer-again: ‘R-2’: A was offered before, in stay ‘R-1-1’, and is not open again"

# ---- the certificate ----

new 1 R-1 p1
vacancy-list --register="$R" --as-of=2026-02-01 >"$T/v.csv"
placement-match --register="$R" --places="$T/v.csv" --certificate="$T/c.json" >"$T/p.csv"
sed 's/,A,/,B,/' "$T/p.csv" >"$T/other.csv"
status 'placements that the certificate does not have' 65 make --certificate="$T/c.json" "$T/other.csv"
like 'are refused' "$(<"$T/err")" "offer-certificate: ‘R-1’ is not placed at B in the certificate"
sed 's/"R-1"/"R-7"/' "$T/c.json" >"$T/broken.json"
status 'so is one that was changed' 65 make --certificate="$T/broken.json" "$T/p.csv"
is 'nothing was offered' "$(stays)" ''
status 'its hash is in the offer' 0 make --certificate="$T/c.json" "$T/p.csv"
is 'as sha256sum has it' "$(tail -n 1 "$T/out" | cut -d, -f9)" "$(sha256sum <"$T/c.json" | cut -d' ' -f1)"

# ---- many at once ----

pairs=()
for i in {1..16}; do pairs+=("R-$i" "p$i"); done
new 1 "${pairs[@]}"
for i in {1..16}; do
	placed "R-$i" A >"$T/p$i.csv"
	{
		make "$T/p$i.csv" >"$T/out$i" 2>"$T/err$i"
		echo $? >"$T/rc$i"
	} &
done
wait
is 'sixteen want the last bed: one gets it' "$(cat "$T"/rc? "$T"/rc?? | sort | uniq -c | xargs)" '1 0 15 1'
first=$(stays | cut -d, -f1)
is 'and the others are told who was first' "$(cat "$T"/err? "$T"/err?? | grep -c "offer-full: .*no place is vacant at A; stay ‘$first’ was first")" 15
is 'one bed is reserved' "$(vacancy-list --register="$R" --as-of=2026-02-02 | awk -F, '$1 == "A" { print $19, $20, $21, $22 }')" '0 1 0 0'
new 16 R-1 p R-2 p R-3 p R-4 p R-5 p R-6 p R-7 p R-8 p
for i in {1..8}; do
	{
		make "$T/p$i.csv" >/dev/null 2>"$T/err$i"
		echo $? >"$T/rc$i"
	} &
done
wait
is 'a person with eight referrals gets one offer' "$(cat "$T"/rc[1-8] | sort | uniq -c | xargs) $(stays | wc -l)" '1 0 7 1 1'

# ---- killed ----

pairs=() round=()
for i in {1..40}; do
	pairs+=("R-$i" "p$i")
	round+=("R-$i" A)
done
new 40 "${pairs[@]}"
placed "${round[@]}" >"$T/p.csv"
cp "$R" "$T/before.db"
cp "$R.key" "$T/before.db.key"
half=0 all=0 nothing=0
for delay in 0 0.005 0.01 0.015 0.02 0.03 0.04 0.06 0.1 0.2; do
	rm -f "$R"*
	cp "$T/before.db" "$R"
	cp "$T/before.db.key" "$R.key"
	offer-make --register="$R" --as-of=2026-02-01 "$T/p.csv" >/dev/null 2>&1 &
	pid=$!
	sleep "$delay"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	case $(stays | wc -l) in
	0) nothing=$((nothing + 1)) ;;
	40) all=$((all + 1)) ;;
	*) half=$((half + 1)) ;;
	esac
	register-check "$R" >/dev/null || half=$((half + 1))
done
is "killed at any moment, all offers are there or none ($all all, $nothing none)" $half 0

pairs=()
for i in {1..16}; do
	pairs+=("R-$i" "p$i")
	placed "R-$i" A >"$T/p$i.csv"
done
new 1 "${pairs[@]}"
cp "$R" "$T/before.db"
cp "$R.key" "$T/before.db.key"
wrong=0
for delay in 0.002 0.02 0.05 0.1; do
	rm -f "$R"*
	cp "$T/before.db" "$R"
	cp "$T/before.db.key" "$R.key"
	pids=()
	for i in {1..16}; do
		offer-make --register="$R" --as-of=2026-02-01 --timeout=600 "$T/p$i.csv" >/dev/null 2>&1 &
		pids+=($!)
	done
	sleep "$delay"
	kill -9 "${pids[@]:0:12}" 2>/dev/null
	wait "${pids[@]}" 2>/dev/null
	[[ $(stays | wc -l) == 1 ]] || wrong=$((wrong + 1))
	register-check "$R" >/dev/null || wrong=$((wrong + 1))
	for i in {1..16}; do make "$T/p$i.csv" >/dev/null 2>&1; done
	[[ $(stays | wc -l) == 1 ]] || wrong=$((wrong + 1))
done
is 'sixteen at once, twelve of them killed: one who was left gets the bed, or one who was killed after' $wrong 0

# ---- answers ----

new 1 R-1 p1 R-2 p2
make - <<<"$(placed R-1 A)" >/dev/null
allows() { # what each answer gives to the stay R-1-1 as it is
	local a got
	for a in accepted "declined --reason=other" no-answer moved-in moved-out "transfer --to=B" returned; do
		cp "$R" "$T/try.db"
		cp "$R.key" "$T/try.db.key"
		got=0
		# shellcheck disable=SC2086 # an answer and its option
		offer-answer --register="$T/try.db" --as-of="$1" --stay=R-1-1 $a >/dev/null 2>&1 || got=$?
		[[ $got == 0 ]] && printf '%s ' "${a%% *}"
		[[ $got -gt 1 ]] && printf '%s=%s ' "${a%% *}" $got
		rm -f "$T"/try.db*
	done
}
is 'an offer can be' "$(allows 2026-02-03)" 'accepted declined no-answer moved-in '
is 'one that has lapsed' "$(allows 2026-02-20)" 'no-answer '
# The last day to answer is one: in the letter, for the desk, in the overview of places and in the next round.
placed R-1 A >"$T/p.csv"
letter() { letter-export --register="$R" --as-of="$1" --lang=en --format=markdown "$T/p.csv" | sed 's/\xc2\xa0/ /g'; }
standing() { # DAY: title of the letter, answers, places reserved, what a round says
	vacancy-list --register="$R" --as-of="$1" >"$T/v.csv"
	echo "$(letter "$1" | head -n 1 | tr -d '#') | $(allows "$1")| $(awk -F, '$1 == "A" { print $20 }' "$T/v.csv") |" \
		"$(placement-match --register="$R" --places="$T/v.csv" | awk -F, '$1 == "R-1" { print $2, $3, $6 }')"
}
is 'the letter of the day of the offer names the last day' "$(letter 2026-02-01 | grep -o 'by 7 February 2026')" 'by 7 February 2026'
is 'so does that of the last day' "$(letter 2026-02-07 | grep -o 'by 7 February 2026')" 'by 7 February 2026'
is 'on which an answer counts, the place is kept, and no round gives it to others' "$(standing 2026-02-07)" \
	' You have a place at Huset | accepted declined no-answer moved-in | 1 | placed A held'
is 'the day after, the offer has lapsed everywhere' "$(standing 2026-02-08)" \
	' The offer of a place at Huset has lapsed | no-answer | 0 | placed B place'
is 'and the letter says what was the last day' "$(letter 2026-02-08 | grep -o 'last day to answer was 7 February 2026')" \
	'last day to answer was 7 February 2026'
is 'not before it was made' "$(allows 2026-01-20)" ''
answer 2026-02-03 --stay=R-1-1 accepted >/dev/null
is 'what was accepted can be' "$(allows 2026-03-03)" 'declined moved-in '
answer 2026-03-03 --stay=R-1-1 moved-in >/dev/null
is 'who lives there can' "$(allows 2026-04-01)" 'moved-out transfer '
is 'the history keeps how it was' "$(register-get --as-of=2026-02-20 "$R" stay | tail -n 1 | cut -d, -f1-7)" 'R-1-1,R-1,A,2026-02-01,,,accepted'
make --as-of=2026-04-01 - <<<"$(placed R-2 B)" >/dev/null
status 'a transfer needs a vacant place' 1 answer 2026-04-02 --stay=R-1-1 --to=B transfer
is 'and says who was first' "$(said)" "stay ‘R-1-1’: no place is vacant at B; stay ‘R-2-1’ was first"
answer 2026-04-03 --referral=R-2 no-answer >/dev/null
status 'then it is done' 0 answer 2026-04-04 --stay=R-1-1 --to=B transfer
is 'in two stays' "$(tail -n +2 "$T/out" | cut -d, -f1-7)" $'R-1-1,R-1,A,2026-03-03,,2026-04-04,moved_out\nR-1-2,R-1,B,2026-04-04,,,moved_in'
is 'the history of before is not changed' "$(vacancy-list --register="$R" --as-of=2026-04-04 | tail -n +2 | cut -d, -f1,19,21 | xargs)" 'A,0,1 B,1,0'
status 'a stay that is not there' 1 answer 2026-04-05 --stay=X accepted
status 'a referral without one' 1 answer 2026-04-05 --referral=R-9 accepted
status 'no such reason' 2 answer 2026-04-05 --stay=R-1-1 --reason=nonsense declined
status 'no such answer' 2 answer 2026-04-05 --stay=R-1-1 perhaps
status 'a reason for another answer' 2 answer 2026-04-05 --stay=R-1-1 --reason=other accepted
status 'where from' 2 answer 2026-04-05 accepted

# Who accepted the last place of another house is transferred to it, and the place was not taken by somebody else.
new 1 R-1 p1 R-2 p2
printf '%s\n' stay_id,referral_id,institution_id,from,to_expected,to,status S-1,R-1,A,2026-02-01,,,moved_in S-2,R-1,B,2026-03-01,2026-03-10,,accepted |
	register-put --as-of=2026-03-01 "$R" - 2>/dev/null
status 'a transfer to the bed that was kept' 0 answer 2026-03-20 --stay=S-1 --to=B transfer
is 'is in the stay that kept it, without what was agreed until a day before' "$(tail -n +2 "$T/out" | cut -d, -f1-7)" \
	$'S-1,R-1,A,2026-02-01,,2026-03-20,moved_out\nS-2,R-1,B,2026-03-20,,,moved_in'
is 'and holds one bed' "$(vacancy-list --register="$R" --as-of=2026-03-20 | tail -n +2 | cut -d, -f1,19-21 | xargs)" 'A,0,0,1 B,1,0,0'
printf '%s\n' stay_id,referral_id,institution_id,from,to_expected,to,status S-3,R-2,A,2026-03-01,2026-03-10,,accepted |
	register-put --as-of=2026-03-01 "$R" - 2>/dev/null
status 'moving in after the day until which it was agreed' 0 answer 2026-03-12 --stay=S-3 moved-in
is 'is a stay that can be read' "$(tail -n +2 "$T/out" | cut -d, -f1-7) $(vacancy-list --register="$R" --as-of=2026-03-20 | wc -l)" \
	'S-3,R-2,A,2026-03-12,,,moved_in 3'
status 'an agreement to return that is over at once' 1 answer 2026-03-20 --stay=S-3 --return-until=2026-03-20 moved-out
like 'is refused' "$(said)" 'ends after the day of moving out'
status 'and one that was over before' 1 answer 2026-03-20 --stay=S-3 --return-until=2026-03-19 moved-out
is 'so that the register can be read' "$(vacancy-list --register="$R" --as-of=2026-03-20 | wc -l)" 3

# A death, or moving away, frees the place, and asks for the end of the stay, which can be written down.
for profile in oslo sandnes; do
	for event in died moved_away; do
		export TRANSITION_PROFILE=$profile
		new 1 R-1 p1 R-2 p2
		printf '%s\n' stay_id,referral_id,institution_id,from,to,status S-0,R-1,B,2026-01-01,2026-12-01,self_agreed S-1,R-1,A,2026-02-01,,moved_in |
			register-put --as-of=2026-02-01 "$R" - 2>/dev/null
		printf '%s\n' case_id,date,type R-1,2026-02-10,$event | register-put --as-of=2026-02-10 "$R" - 2>/dev/null
		vacancy-list --register="$R" --as-of=2026-02-12 >/dev/null 2>"$T/freed"
		like "$profile, $event: the place is free" "$(<"$T/freed")" place-freed
		status "$profile, $event: the stay is ended" 0 answer 2026-02-12 --stay=S-1 moved-out
		vacancy-list --register="$R" --as-of=2026-02-12 >/dev/null 2>"$T/freed"
		is "$profile, $event: and nothing more is asked for" "$(<"$T/freed")" ''
	done
done
unset TRANSITION_PROFILE

# ---- coming back ----

new 2 R-1 p1 R-2 p2
make - <<<"$(placed R-1 A R-2 A)" >/dev/null
for r in R-1 R-2; do
	answer 2026-02-02 --referral=$r moved-in >/dev/null
	answer 2026-03-01 --referral=$r --return-until=2026-09-01 moved-out >/dev/null
done
status 'one comes back' 0 answer 2026-04-01 --referral=R-1 returned
status 'the other finds the place taken' 1 answer 2026-04-02 --referral=R-2 returned
is 'by whom' "$(said)" "stay ‘R-2-2’: no self-referred place is vacant at A; stay ‘R-1-3’ was first"
answer 2026-04-08 --referral=R-1 moved-out >/dev/null
status 'until it is free' 0 answer 2026-04-08 --referral=R-2 returned
status 'no return when the agreement is over' 1 answer 2026-09-01 --referral=R-1 returned
finish

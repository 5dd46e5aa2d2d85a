#!/usr/bin/env bash
# The routine from institution to own home, followed in one case from the referral to its end: each act is a
# line in the log, and then deadline-list says what is to be done next, by when and by whom. Behind it: days
# and exceptions, one by one.
. "${0%/*}/tap.sh"

case=C-2025-031
log=$T/events.csv
referrals=$T/referrals.csv
head=case_id,date,type,detail,by,note,until
demo=share/demo

happens() { # DAY EVENT[:DETAIL][>UNTIL] ...: lines at the end of the log
	local day=$1 event until
	shift
	for event; do
		[[ $event == *'>'* ]] || event+='>'
		until=${event#*>}
		event=${event%>*}
		[[ $event == *:* ]] || event+=:
		echo "$case,$day,${event%%:*},${event#*:},,,$until"
	done >>"$log"
}

# What is to be done on a day: step, day and working day where that is another, who, status. The six areas
# that are assessed are one line as long as they are alike.
to_do() { # DAY [OPTION...]
	local day=$1
	shift
	deadline-list --as-of="$day" "$@" "$log" 2>"$T/err" | awk -F, '
		NR > 1 {
			step = $2; rest = ($3 == "" ? "-" : $3) ($4 == $3 ? "" : ">" $4) " " $5 " " $7 ($8 == "" ? "" : " " $8)
			if (sub(/^area_/, "", step)) {
				if (rest == last) { names = names "+" step; next }
				if (last != "") print "area_" names, last
				last = rest; names = step; next
			}
			if (last != "") { print "area_" names, last; last = "" }
			print step, rest
		}
		END { if (last != "") print "area_" names, last }'
}

on() { # DAY LINE...: no more and no less is to be done on that day
	is "$1" "$(to_do "$1")" "$(printf '%s\n' "${@:2}")"
	is 'and the log is sound' "$(<"$T/err")" ''
}

has() { # DAY LINE...: this is among it
	local line listed
	listed=$(to_do "$1")
	for line in "${@:2}"; do
		is "$1: $line" "$(grep -xF -- "$line" <<<"$listed")" "$line"
	done
}

has_not() { # DAY STEP...
	local step
	for step in "${@:2}"; do
		is "$1: no $step" "$(to_do "$1" | grep "^$step ")" ''
	done
}

six=area_living_support+health+substance+family+economy+other

# ---- application: the district helps, and sends a referral ----

printf '%s\n' referral_id,received,bydel,consent "$case,2025-11-06,030103,ja" >"$referrals"
echo "$head" >"$log"
happens 2025-11-06 referral_received
on 2025-11-06 'answer 2025-11-20 intake upcoming'
on 2025-11-16 'answer 2025-11-20 intake upcoming'
on 2025-11-17 'answer 2025-11-20 intake due'
on 2025-11-20 'answer 2025-11-20 intake due'
on 2025-11-21 'answer 2025-11-20 intake overdue'

# The joint intake answers; so does the letter.
happens 2025-11-18 decision_made:placed
on 2025-11-18 'complaint 2025-12-16 person upcoming'
printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail "$case,placed,I-15,1,7,wish," >"$T/placed.csv"
ok 'the answer is a letter' letter-export --kind=tildeling --as-of=2025-11-18 --from=2025-11-30 --lang=nb \
	--institutions=$demo/institutions.csv "$T/placed.csv" -o "$T/letters/"
is 'under the reference' "$(ls "$T/letters")" "$case.txt"
letter=$(tr '\n' ' ' <"$T/letters/$case.txt" | tr -s ' ')
for text in 'Svaletårnet fra 30.11.2025.' 'Adressen er Svaletårnveien 11.' '00 00 00 15' 'har tatt avgjørelsen 18.11.2025' \
	'Fristen er 16.12.2025.' 'ønske nummer 1' "$case"; do
	like "it says: $text" "$letter" "${text//./\\.}"
done
ok 'and leaves nothing open' bash -c "! grep -q '[{}]' $T/letters/$case.txt"

# ---- moving in: a Sunday, the last of the month ----

# Somebody was named in time; that counts.
happens 2025-11-28 contact_named:institution
happens 2025-11-30 moved_in:lang
on 2025-11-30 'contact_bydel 2025-11-30>2025-12-01 bydel due' 'rights_told 2025-11-30>2025-12-01 institution due' \
	'inventory_signed 2025-11-30>2025-12-01 institution due' 'assessment_started 2025-11-30>2025-12-01 institution due' \
	'complaint 2025-12-16 person upcoming' "$six 2026-02-28>2026-03-02 institution upcoming" \
	'first_meeting 2026-02-28>2026-02-27 institution upcoming' 'stay_plan 2026-02-28>2026-02-27 institution upcoming' \
	'stay_lang 2026-11-30 institution upcoming'
is 'what was done before counts' "$(to_do 2025-11-30 --all | grep contact_institution)" \
	'contact_institution 2025-11-30>2025-12-01 institution done 2025-11-28'
has 2025-12-01 'rights_told 2025-11-30>2025-12-01 institution due'
has 2025-12-02 'rights_told 2025-11-30>2025-12-01 institution overdue' 'contact_bydel 2025-11-30>2025-12-01 bydel overdue'
happens 2025-11-30 rights_told inventory_signed assessment_started
happens 2025-12-02 contact_named:bydel
on 2025-12-02 'complaint 2025-12-16 person upcoming' "$six 2026-02-28>2026-03-02 institution upcoming" \
	'first_meeting 2026-02-28>2026-02-27 institution upcoming' 'stay_plan 2026-02-28>2026-02-27 institution upcoming' \
	'stay_lang 2026-11-30 institution upcoming'
has 2025-12-08 'complaint 2025-12-16 person upcoming'
has 2025-12-16 'complaint 2025-12-16 person due'
has_not 2025-12-17 complaint # the time is up by itself
is 'which is told when all is asked for' "$(to_do 2025-12-17 --all | grep '^complaint')" 'complaint 2025-12-16 person passed'

# ---- assessment: always six areas ----

happens 2026-01-05 area_assessed:health
happens 2026-01-15 area_assessed:substance area_assessed:economy
on 2026-02-12 'area_living_support+family+other 2026-02-28>2026-03-02 institution upcoming' \
	'first_meeting 2026-02-28>2026-02-27 institution upcoming' 'stay_plan 2026-02-28>2026-02-27 institution upcoming' \
	'stay_lang 2026-11-30 institution upcoming'
has 2026-02-14 'area_living_support+family+other 2026-02-28>2026-03-02 institution due'
has 2026-02-13 'first_meeting 2026-02-28>2026-02-27 institution due'
has 2026-02-27 'first_meeting 2026-02-28>2026-02-27 institution due'
has 2026-02-28 'first_meeting 2026-02-28>2026-02-27 institution overdue'
# Assessment belongs to the stay: three months are a reminder.
has 2026-03-03 'area_living_support+family+other 2026-02-28>2026-03-02 institution due'
happens 2026-02-20 area_assessed:living_support area_assessed:family area_assessed:other

# ---- cooperation meetings: the first within three months, then every third ----

is 'person, district and institution must be there' \
	"$(deadline-list --as-of=2026-02-27 "$log" | grep first_meeting | cut -d, -f6)" 'person|bydel|institution'
happens 2026-02-27 cooperation_meeting stay_plan_made
on 2026-02-27 'further_meetings 2026-05-27 institution upcoming' 'stay_lang 2026-11-30 institution upcoming'
has 2026-05-28 'further_meetings 2026-05-27 institution overdue'
# Two days late: the next is counted from the day of the meeting.
happens 2026-05-29 cooperation_meeting
on 2026-05-29 'further_meetings 2026-08-29>2026-08-28 institution upcoming' 'stay_lang 2026-11-30 institution upcoming'

# ---- applying for a home: a housing meeting, and a report with each application ----

happens 2026-06-10 housing_meeting
happens 2026-06-15 housing_application
on 2026-06-15 'report 2026-06-15 institution due' 'further_meetings 2026-08-29>2026-08-28 institution upcoming' \
	'stay_lang 2026-11-30 institution upcoming'
has 2026-06-16 'report 2026-06-15 institution overdue'
happens 2026-06-17 report_sent
has_not 2026-06-17 report housing_meeting
happens 2026-07-06 housing_application
has 2026-07-06 'report 2026-07-06 institution due' 'housing_meeting 2026-07-06 institution due'
happens 2026-07-06 report_sent housing_meeting
# It is too thin to decide on: district and institution assess at once.
happens 2026-07-09 report_too_thin
has 2026-07-09 'joint_assessment 2026-07-09 bydel due'
has 2026-07-10 'joint_assessment 2026-07-09 bydel overdue'
happens 2026-07-13 joint_assessment
on 2026-07-13 'further_meetings 2026-08-29>2026-08-28 institution upcoming' 'stay_lang 2026-11-30 institution upcoming'

# ---- a home is offered, and follow-up is a condition: from that day the district calls ----

happens 2026-08-25 cooperation_meeting
has 2026-11-09 'further_meetings 2026-11-25 institution upcoming'
happens 2026-11-10 home_offered:follow_up_required
on 2026-11-10 'move_out_meeting 2026-11-17 bydel due' 'further_meetings 2026-11-25 bydel upcoming' \
	'stay_lang 2026-11-30 institution upcoming' 'agreement - bydel due'
has 2026-11-11 'move_out_meeting 2026-11-17 bydel due' 'further_meetings 2026-11-25 bydel due'
is 'the day before it was the institution' "$(head -n -1 "$log" | deadline-list --as-of=2026-11-09 | grep -c 'further_meetings,.*,institution,')" 1
is 'what the district is responsible for' "$(to_do 2026-11-10 --responsible=bydel | cut -d' ' -f1 | xargs)" \
	'move_out_meeting further_meetings agreement'
is 'and the institution' "$(to_do 2026-11-10 --responsible=Institusjonen | cut -d' ' -f1)" stay_lang
happens 2026-11-12 move_out_meeting
has 2026-11-12 'move_out_plan 2026-11-13 bydel due'
has_not 2026-11-12 move_out_meeting

# ---- the move-out plan, made at that meeting ----

R=$(new_register routine-reg)
register-init "$R" 2>/dev/null
printf '%s\n' stay_id,referral_id,institution_id,from,expected_to,to,status "O-1,$case,I-15,2025-11-30,2026-11-30,,moved_in" >"$T/stays.csv"
for file in "$referrals" $demo/institutions.csv "$T/stays.csv" "$log"; do
	register-put "$R" "$file" 2>>"$T/put"
done
is 'the register takes all of it' "$(grep -c 'same 0, changed 0' "$T/put") of $(wc -l <"$T/put")" '4 of 4'

# ---- that meeting is called: by the district, which has offered the home ----

# shellcheck disable=SC2317 # called by status
paper() { # WHAT PERL: a paper of the case, as it begins from the register, changed in $_ and put in
	checklist-export --paper="$1" --template="$case" --as-of=2026-11-10 --register="$R" |
		perl -MJSON::PP -0ne '$json = JSON::PP->new->utf8->canonical; $_ = $json->decode($_); '"$2"'; print $json->encode($_)' >"$T/paper.json"
	register-put --kind="$1" --as-of="${3-2026-11-10}" "$R" "$T/paper.json"
}
invited() { # LINES: of the request for calendars that have these words
	meeting-invite --register="$R" --case="$case" --with-identity --reason='calls the meeting' 2>"$T/err" |
		tr -d '\r' | perl -0pe 's/\n //g' | grep -E "^($1)"
}
# shellcheck disable=SC2016 # the dollars are perl's
{
	status 'who the contacts are' 0 paper contacts '@{$_->{points}{institution_contact}}{qw(name email)} = ("Klok Rogn", "klok.rogn\@example.no");
		@{$_->{points}{bydel_contact}}{qw(name email)} = ("Kvikk Bjerk", "kvikk.bjerk\@example.no")'
	meeting='@{$_->{points}{meeting}}{qw(which day starts ends place about)} = ("move_out_meeting", "2026-11-12", "09:00", "10:00", "Rom 2", "Planen")'
	status 'the invitation begins from them' 0 paper invitation "$meeting"
	is 'nothing of it is given without identities' "$(register-get "$R" invitation | grep -c -e example.no -e 'Rom 2')" 0
	is 'calendars are asked: who calls is the district, and the institution must come' \
		"$(invited 'METHOD|SEQUENCE|DTSTART|LOCATION|ORGANIZER|ATTENDEE' | sed 's/;[^:]*:/ /; s/;.*mailto:/ /')" "$(printf '%s\n' METHOD:REQUEST \
			SEQUENCE:0 DTSTART:20261112T080000Z 'LOCATION:Rom 2' 'ORGANIZER mailto:kvikk.bjerk@example.no' \
			'ATTENDEE mailto:klok.rogn@example.no' 'ATTENDEE mailto:kvikk.bjerk@example.no')"
	status 'it begins an hour later' 0 paper invitation "${meeting/09:00/09:30}" 2026-11-11
	is 'which is the next version of the same entry' "$(invited 'SEQUENCE|DTSTART' | xargs)" 'SEQUENCE:1 DTSTART:20261112T083000Z'
}
for format in text html odt; do
	ok "it can be handed out as $format" checklist-export --format=$format -o "$T/invitation.$format" "$T/paper.json"
done
ok 'with the place' grep -q 'Rom 2' "$T/invitation.text"

# ---- the plan ----

ok 'a template' checklist-export --template "$case" --register="$R" -o "$T/plan.json"
value() { perl -MJSON::PP -0ne 'my $v = decode_json($_); binmode STDOUT, ":utf8"; $v = $v->{$_} for split m{/}, $ENV{KEY}; print $v // "null"' "$T/plan.json"; }
is 'knows the district' "$(KEY=bydel value)" 030103
is 'and the institution' "$(KEY=institution value)" Svaletårnet
is 'and the day of the meeting' "$(KEY=meeting value)" 2026-11-12
is 'not when the person moves in' "$(KEY=home_from value) $(KEY=follow_up_meeting value)" 'null null'
is 'nor a name' "$(KEY=name value)" null
status 'it is not complete' 1 checklist-export --check "$T/plan.json"
is 'all seven points lack something' "$(tail -n +2 "$T/out" | cut -d, -f2 | grep . | uniq | xargs)" \
	'institution_contact bydel_contact housing_costs before_moving_in substance_mastery isolation transition_agreement'
is 'and what it is about, too' "$(awk -F, 'NR > 1 && $2 == "" { print $3 }' "$T/out" | xargs)" 'home home_from follow_up_meeting'
status 'it can be shown all the same' 1 checklist-export -o "$T/plan.txt" "$T/plan.json"
ok 'with a blank for what is missing' grep -q 'Ny bolig  *______' "$T/plan.txt"

fill() { # PERL: changes the plan, in $plan and its points, in $p
	perl -MJSON::PP -0i -pe 'BEGIN { $json = JSON::PP->new->utf8->canonical->pretty }
		my $plan = $json->decode($_); my $p = $plan->{points}; '"$1"'; $_ = $json->encode($plan)' "$T/plan.json"
}
# shellcheck disable=SC2016 # the dollars are perl's
fill '@$plan{qw(home home_from follow_up_meeting)} = ("Vindkastveien 2", "2026-11-27", "2026-12-28");
	@{$p->{$_}}{qw(name phone)} = ("Klok Rogn", "00 00 12 34") for qw(institution_contact bydel_contact);
	$p->{housing_costs}{$_} = "Avtalt \x{e5} betale" for qw(costs plan consequences prevention);
	for my $point (qw(housing_costs before_moving_in)) {
		@$_{qw(status due)} = ("done", "2026-11-20") for grep { ref } values %{$p->{$point}};
	}
	$p->{housing_costs}{other_arrangement}{status} = "not_needed";
	@{$p->{before_moving_in}{furnishing}}{qw(status due)} = ("open", "2026-11-26");
	@{$p->{$_}}{qw(assessment need measures)} = ("Snakket om", JSON::PP::true, [{ task => "Samtale hver uke",
		responsible => "bydel", due => "2026-12-11", status => "open" }]) for qw(substance_mastery isolation);
	$p->{isolation}{network} = "En bror";
	$p->{transition_agreement}{need} = JSON::PP::false'
status 'filled in, it is complete' 0 checklist-export --check "$T/plan.json"
is 'and nothing is named' "$(tail -n +2 "$T/out")" ''
for format in text markdown html; do
	ok "it can be handed out as $format" checklist-export --as-of=2026-11-12 --format=$format -o "$T/plan.$format" "$T/plan.json"
	ok 'with the task that is left' grep -q 'Møblere boligen' "$T/plan.$format"
done
ok 'into a folder, under the reference' checklist-export --as-of=2026-11-12 --format=markdown -o "$T/plans/" "$T/plan.json"
is 'and no name' "$(ls "$T/plans")" "$case.md"
happens 2026-11-12 plan_made
on 2026-11-12 'further_meetings 2026-11-25 bydel due' 'stay_lang 2026-11-30 institution upcoming' 'agreement - bydel due'
# The plan says when the person moves in: the agreement is due by then, and so are the tasks.
has_not 2026-11-12 plan/before_moving_in/furnishing
is 'with the plan' "$(to_do 2026-11-12 --plans="$T/plan.json")" "$(cat <<END
further_meetings 2026-11-25 bydel due
plan/before_moving_in/furnishing 2026-11-26 bydel due
agreement 2026-11-27 bydel upcoming
stay_lang 2026-11-30 institution upcoming
plan/substance_mastery/measures/1 2026-12-11 bydel upcoming
plan/isolation/measures/1 2026-12-11 bydel upcoming
END
)"

# ---- the agreement, as follow-up is a condition; the district's own service joins by then ----

happens 2026-11-16 agreement_signed
has 2026-11-16 'follow_up_service 2026-11-16 bydel due'
happens 2026-11-16 follow_up_service:service_joined
on 2026-11-16 'further_meetings 2026-11-25 bydel due' 'stay_lang 2026-11-30 institution due'

# ---- moving out, and in to the own home ----

happens 2026-11-24 cooperation_meeting
happens 2026-11-27 moved_into_home
happens 2026-11-28 moved_out # a Saturday
# Four weeks after moving in is Christmas Day, and then comes a weekend. The institution's four weeks end on
# their day, holiday or not.
on 2026-11-28 'follow_up_meeting 2026-12-25>2026-12-28 bydel upcoming' 'available 2026-12-26 institution upcoming' \
	'further_meetings 2027-02-24 bydel upcoming'
has 2026-12-10 'follow_up_meeting 2026-12-25>2026-12-28 bydel upcoming'
has 2026-12-11 'follow_up_meeting 2026-12-25>2026-12-28 bydel due'
has 2026-12-26 'available 2026-12-26 institution due'
has_not 2026-12-27 available
has 2026-12-28 'follow_up_meeting 2026-12-25>2026-12-28 bydel due'
has 2026-12-29 'follow_up_meeting 2026-12-25>2026-12-28 bydel overdue'
register-put "$R" "$log" 2>"$T/put"
is 'the register knows the acts before, and takes the new ones' "$(<"$T/put")" "register-put: new 6, same 28, changed 0"
ok 'a template after the move' checklist-export --template "$case" --register="$R" -o "$T/later.json"
is 'has the day of moving in, and the working day of the meeting' "$(grep -oE '"(home_from|follow_up_meeting)": "[0-9-]+"' "$T/later.json")" \
	$'"home_from": "2026-11-27"\n"follow_up_meeting": "2026-12-28"'

# ---- the follow-up meeting: each point is closed or continued ----

happens 2026-12-28 follow_up_meeting
has 2026-12-28 'plan_review 2026-12-28 bydel due'
# shellcheck disable=SC2016
fill '$_->{follow_up} = "closed" for grep { ref } values %{$p->{before_moving_in}}; $p->{isolation}{measures}[0]{follow_up} = "continued"'
checklist-export --as-of=2026-12-28 --format=markdown -o "$T/after.md" "$T/plan.json"
is 'five are closed, one goes on' "$(grep -oE '☑ (Avsluttet|Videreført)' "$T/after.md" | sort | uniq -c | xargs)" \
	'5 ☑ Avsluttet 1 ☑ Videreført'
happens 2026-12-28 plan_reviewed
# From now on they meet as they agree.
on 2026-12-28

# ---- the end ----

happens 2027-03-31 closed
on 2027-03-31
on 2028-01-01

# ---- the whole case ----

# Who has done what, and when; nothing was missed.
is 'what was done, and when' "$(to_do 2027-03-31 --all | awk '{ print $1, $4, $5 }')" "$(cat <<END
answer done 2025-11-18
contact_institution done 2025-11-28
contact_bydel done 2025-12-02
rights_told done 2025-11-30
inventory_signed done 2025-11-30
assessment_started done 2025-11-30
complaint passed 
area_living_support done 2026-02-20
area_health done 2026-01-05
area_substance done 2026-01-15
area_family done 2026-02-20
area_economy done 2026-01-15
area_other done 2026-02-20
first_meeting done 2026-02-27
stay_plan done 2026-02-27
further_meetings done 2026-05-29
housing_meeting done 2026-06-10
report done 2026-06-17
housing_meeting done 2026-07-06
report done 2026-07-06
joint_assessment done 2026-07-13
further_meetings done 2026-08-25
move_out_plan done 2026-11-12
follow_up_service done 2026-11-16
move_out_meeting done 2026-11-12
further_meetings done 2026-11-24
stay_lang done 2026-11-28
follow_up_meeting done 2026-12-28
available passed 
plan_review done 2026-12-28
further_meetings moot 
agreement done 2026-11-16
END
)"
deadline-list --as-of=2027-03-31 --all "$log" >"$T/whole.csv"
deadline-list --as-of=2026-07-01 --all "$log" >"$T/half.csv" 2>/dev/null
for seed in 1 2 3 4 5 6 7 8; do
	{
		head -n 1 "$log"
		tail -n +2 "$log" | shuf --random-source=<(yes "$seed")
	} >"$T/shuffled.csv"
	deadline-list --as-of=2027-03-31 --all "$T/shuffled.csv" >"$T/out" 2>"$T/err"
	ok 'lines in another order: the same' cmp "$T/whole.csv" "$T/out"
	is 'and no more said than that' "$(cut -d: -f4 "$T/err" | sort -u)" ' event-order'
	ok 'on another day, too' cmp "$T/half.csv" <(deadline-list --as-of=2026-07-01 --all "$T/shuffled.csv" 2>/dev/null)
done
status 'what comes later than the day is left out' 1 deadline-list --as-of=2026-07-01 --all "$log"
is 'and each is told' "$(grep -c ': event-future: ' "$T/err")" "$(awk -F, '$2 > "2026-07-01" && NR > 1' "$log" | wc -l)"
ok 'it is as if the log ended there' cmp "$T/half.csv" <(awk -F, 'NR == 1 || $2 <= "2026-07-01"' "$log" | deadline-list --as-of=2026-07-01 --all)
status 'before the first line' 1 deadline-list --as-of=2025-11-05 --all "$log"
is 'there is nothing' "$(tail -n +2 "$T/out")" ''

# ---- among others ----

{
	cat "$log"
	printf '%s\n' K-2,2027-03-01,referral_received,,,, K-3,2027-03-02,referral_received,,,, K-2,2027-03-08,moved_in,lang,,, \
		K-3,2027-03-09,moved_in,kort,,,
} >"$T/all.csv"
printf '%s\n' K-2,2027-03-01,030103,ja K-3,2027-03-02,030104,ja >>"$referrals"
cases() { tail -n +2 "$T/out" | cut -d, -f1 | uniq | xargs; }
status 'several cases' 0 deadline-list --as-of=2027-04-15 --all "$T/all.csv"
is 'each by itself' "$(cases)" "$case K-2 K-3"
status 'of which two are open' 0 deadline-list --as-of=2027-04-15 "$T/all.csv"
is 'in their order' "$(cases)" 'K-2 K-3'
status '--case' 0 deadline-list --as-of=2027-04-15 --case=K-3 "$T/all.csv"
is 'is one' "$(cases)" K-3
status 'one that is not there' 0 deadline-list --as-of=2027-04-15 --case=K-4 "$T/all.csv"
is 'is none' "$(cases)" ''
status '--bydel, by the referrals' 0 deadline-list --as-of=2027-04-15 --all --bydel=Sagene --referrals="$referrals" "$T/all.csv"
is 'leaves the district' "$(cases)" "$case K-2"
status 'by its code' 0 deadline-list --as-of=2027-04-15 --bydel=030104 --referrals="$referrals" "$T/all.csv"
is 'does, too' "$(cases)" K-3
status 'it needs the referrals' 2 deadline-list --as-of=2027-04-15 --bydel=Sagene "$T/all.csv"
status 'and a district that is one' 2 deadline-list --as-of=2027-04-15 --bydel=Sagena --referrals="$referrals" "$T/all.csv"
register-put "$R" "$referrals" 2>/dev/null
register-put "$R" "$T/all.csv" 2>/dev/null
status '--register' 0 deadline-list --as-of=2027-04-15 --all --register="$R"
ok 'is the same as the file' cmp "$T/out" <(deadline-list --as-of=2027-04-15 --all "$T/all.csv")
status '--register --bydel' 0 deadline-list --as-of=2027-04-15 --all --register="$R" --bydel=Sagene
ok 'as well' cmp "$T/out" <(deadline-list --as-of=2027-04-15 --all --bydel=Sagene --referrals="$referrals" "$T/all.csv")
status 'a file besides the register' 0 deadline-list --as-of=2027-04-15 --all --register="$R" --bydel=030104 "$T/all.csv"
is 'goes before it' "$(cases)" K-3
is 'a responsible role, with the other options' "$(deadline-list --as-of=2027-03-15 --register="$R" --responsible=bydel --case=K-2 2>/dev/null |
	tail -n +2 | cut -d, -f1,2)" K-2,contact_bydel

# What referrals and stays tell besides is taken from them, where the log has nothing of the kind.
case=K-20
printf '%s\n' referral_id,received,bydel,consent,stay_type K-20,2027-03-01,030103,ja,akutt >"$T/known.csv"
echo "$head" >"$log"
happens 2027-03-03 decision_made:placed
has 2027-03-03 'complaint 2027-03-31 person upcoming'
is 'the log knows of no referral' "$(to_do 2027-03-03 --all)" 'complaint 2027-03-31 person upcoming'
is 'the referral does' "$(to_do 2027-03-03 --all --referrals="$T/known.csv" | head -n 1)" 'answer 2027-03-15 intake done 2027-03-03'
is 'and that is in order' "$(<"$T/err")" ''
known=$(new_register routine-known)
register-init "$known" 2>/dev/null
printf '%s\n' stay_id,referral_id,institution_id,from,expected_to,to,status O-1,K-20,I-01,2027-03-04,,,moved_in >"$T/stays.csv"
for file in "$T/known.csv" $demo/institutions.csv "$T/stays.csv" "$log"; do register-put "$known" "$file" 2>/dev/null; done
status 'and the stay, in the register' 0 deadline-list --as-of=2027-03-04 --register="$known"
is 'gives its own' "$(cut -d, -f2,3,7 "$T/out" | grep stay_akutt)" 'stay_akutt,2027-03-18,upcoming'
is 'nothing is wrong with it' "$(<"$T/err")" ''
case=K-21
happens 2027-02-01 other
sed -i /K-20/d "$log"
status 'a referral that comes later' 0 deadline-list --as-of=2027-02-01 --all --referrals="$T/known.csv" "$log"
is 'is nothing yet, and no fault of the log' "$(tail -n +2 "$T/out"; cat "$T/err")" ''

# ---- days ----

new_case() { # ID
	case=$1
	echo "$head" >"$log"
}

# The follow-up meeting is 28 days after moving in to the home; then the next working day.
follow_up() { # DAY DUE[>WORKING DAY]
	new_case K-4
	happens "$1" home_found moved_into_home
	is "28 days after $1" "$(to_do "$1" | awk '$1 == "follow_up_meeting" { print $2 }')" "$2"
}
follow_up 2026-03-05 '2026-04-02>2026-04-07' # Maundy Thursday
follow_up 2026-03-06 '2026-04-03>2026-04-07' # Good Friday
follow_up 2026-03-08 '2026-04-05>2026-04-07' # Easter Sunday
follow_up 2026-03-09 '2026-04-06>2026-04-07' # Easter Monday
follow_up 2026-03-10 2026-04-07
follow_up 2026-04-03 '2026-05-01>2026-05-04' # 1 May, a Friday
follow_up 2026-04-16 '2026-05-14>2026-05-15' # Ascension Day
follow_up 2026-04-17 2026-05-15
follow_up 2026-04-19 '2026-05-17>2026-05-18' # 17 May, a Sunday
follow_up 2026-04-27 '2026-05-25>2026-05-26' # Whit Monday
follow_up 2027-04-19 '2027-05-17>2027-05-18' # 17 May and Whit Monday
follow_up 2028-04-19 '2028-05-17>2028-05-18' # 17 May, a Wednesday
follow_up 2024-02-26 2024-03-25               # a leap year; early Easter, but a Monday before it
follow_up 2024-02-29 '2024-03-28>2024-04-02'
follow_up 2026-11-26 2026-12-24               # Christmas Eve is a working day
follow_up 2026-11-27 '2026-12-25>2026-12-28'
follow_up 2026-12-03 2026-12-31
follow_up 2026-12-04 '2027-01-01>2027-01-04'

# Months end on the same day number, or on the last day. With a span of our own in the table of steps.
ours=$T/ours
cp -r share/profiles/oslo "$ours"
due_after() { # DAY SPAN DUE[>WORKING DAY]
	awk -F, -v OFS=, -v span="$2" '$1 == "further_meetings" { $6 = span } { print }' \
		share/profiles/oslo/steps.csv >"$ours/steps.csv"
	new_case K-5
	happens "$1" cooperation_meeting
	is "$1 and $2" "$(to_do "$1" --profile="$ours" | awk '{ print $2 }')" "$3"
}
due_after 2027-01-31 P1M '2027-02-28>2027-02-26'
due_after 2028-01-31 P1M 2028-02-29
due_after 2028-01-30 P1M 2028-02-29
due_after 2028-01-28 P1M 2028-02-28
due_after 2026-03-31 P1M 2026-04-30
due_after 2026-08-31 P3M 2026-11-30
due_after 2026-11-29 P3M '2027-02-28>2027-02-26'
due_after 2026-11-28 P3M '2027-02-28>2027-02-26'
due_after 2026-11-27 P3M '2027-02-27>2027-02-26'
due_after 2026-02-28 P1M '2026-03-28>2026-03-27' # not the last day of March
due_after 2028-02-29 P1Y 2029-02-28
due_after 2026-12-31 P2M '2027-02-28>2027-02-26'
due_after 2026-10-31 P1Y1M 2027-11-30
due_after 2026-01-31 P1M1D '2026-03-01>2026-02-27' # first the month, then the day
due_after 2026-12-24 P1W 2026-12-31
due_after 2026-11-20 3wd 2026-11-25               # a Friday: Monday, Tuesday, Wednesday
due_after 2026-04-01 3wd 2026-04-09               # the Wednesday before Easter
due_after 2026-05-13 3wd 2026-05-19               # the day before Ascension Day, and 17 May
due_after 2026-12-23 3wd 2026-12-29               # Christmas Eve counts
due_after 2026-12-24 1wd 2026-12-28
due_after 2026-11-21 1wd 2026-11-23               # from a Saturday

# ---- each duty by itself ----

# Begun on a Saturday, the last of October, so that every span ends on a weekend: when it is due, with the
# last day, the first day on which it is near, the first on which it is late, what it is then, who does it and
# who must be there. "Within" is kept before it ends, "about" may be after. The four weeks after moving out are
# no longer for a weekend. An agreement has no day until that of moving in is known.
all3='person|bydel|institution'
begins() { # STEP EVENT DUE>LAST-DAY NEAR LATE STATUS WHO [ATTENDEES]
	local step=$1 near=$4 late=$5 status=$6 row
	new_case K-12
	happens 2026-10-31 "$2"
	row() { deadline-list --as-of="$1" --all "$log" 2>/dev/null | awk -F, -v step="$step" '$2 == step { print $3 ">" $4, $7, $5, $6 }'; }
	is "$step: begun by $2" "$(row "$near")" "$3 due $7 ${8-}"
	row=$(row "$(date -d "$near - 1 day" +%F)")
	[[ $near == 2026-10-31 ]] || is 'not near on the day before' "$row" "$3 upcoming $7 ${8-}"
	is 'in time on the last day' "$(row "$(date -d "$late - 1 day" +%F)")" "$3 due $7 ${8-}"
	is 'late on the next' "$(row "$late")" "$3 $status $7 ${8-}"
}
steps=()
while read -r line; do
	# shellcheck disable=SC2086 # words
	begins $line
	read -r step begun _ <<<"$line"
	# Begun again on the next day: another of those that every application or the like begins, else still one.
	new_case K-16
	happens 2026-10-31 "$begun"
	happens 2026-11-01 "$begun"
	again=1
	[[ " answer complaint complaint_home complaint_temporary report joint_assessment " != *" $step "* ]] || again=2
	is "$step, begun twice" "$(deadline-list --as-of=2026-11-01 "$log" 2>/dev/null | cut -d, -f2 | grep -cxF "$step")" $again
	[[ ${line%% *} == "${steps[*]: -1}" ]] || steps+=("${line%% *}")
done <<END
consent             consent_missing       2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue bydel
answer              referral_received     2026-11-14>2026-11-16 2026-11-11 2026-11-17 overdue intake
answer_reopened     reopened              2026-11-14>2026-11-16 2026-11-11 2026-11-17 overdue intake
complaint           decision_made:waiting 2026-11-28>2026-11-30 2026-11-21 2026-12-01 passed person
complaint_home      decision_home         2026-11-21>2026-11-23 2026-11-14 2026-11-24 passed person
complaint_temporary decision_temporary    2026-11-21>2026-11-23 2026-11-14 2026-11-24 passed person
parked              parked>2026-11-14     2026-11-14>2026-11-14 2026-11-07 2026-11-15 passed intake
stay_akutt          moved_in:akutt        2026-11-14>2026-11-13 2026-11-10 2026-11-14 overdue institution
stay_kort           moved_in:kort         2027-01-31>2027-01-29 2027-01-15 2027-01-30 overdue institution
stay_lang           moved_in:lang         2027-10-31>2027-10-29 2027-10-15 2027-10-30 overdue institution
stay_extended       stay_extended         2027-01-31>2027-01-29 2027-01-15 2027-01-30 overdue institution
contact_institution moved_in:kort         2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue institution
contact_bydel       moved_in:kort         2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue bydel
rights_told         moved_in:kort         2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue institution
inventory_signed    moved_in:akutt        2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue institution
assessment_started  moved_in              2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue institution
area_living_support moved_in:lang         2027-01-31>2027-02-01 2027-01-17 2027-02-02 due institution
area_health         moved_in:lang         2027-01-31>2027-02-01 2027-01-17 2027-02-02 due institution
area_substance      moved_in:lang         2027-01-31>2027-02-01 2027-01-17 2027-02-02 due institution
area_family         moved_in:lang         2027-01-31>2027-02-01 2027-01-17 2027-02-02 due institution
area_economy        moved_in:lang         2027-01-31>2027-02-01 2027-01-17 2027-02-02 due institution
area_other          moved_in:lang         2027-01-31>2027-02-01 2027-01-17 2027-02-02 due institution
first_meeting       moved_in:lang         2027-01-31>2027-01-29 2027-01-15 2027-01-30 overdue institution $all3
stay_plan           moved_in:lang         2027-01-31>2027-01-29 2027-01-15 2027-01-30 overdue institution
further_meetings    cooperation_meeting   2027-01-31>2027-01-29 2027-01-15 2027-01-30 overdue institution $all3
housing_meeting     housing_application   2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue institution $all3
report              housing_application   2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue institution
joint_assessment    report_too_thin       2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue bydel $all3
move_out_meeting    home_offered          2026-11-06>2026-11-06 2026-10-31 2026-11-07 overdue bydel $all3
move_out_meeting    home_found            2026-11-06>2026-11-06 2026-10-31 2026-11-07 overdue bydel $all3
move_out_plan       move_out_meeting      2026-11-02>2026-11-02 2026-10-31 2026-11-03 overdue bydel
agreement           home_offered:follow_up_required > 2026-10-31 2027-10-31 due bydel $all3
follow_up_service   agreement_signed      2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue bydel
available           moved_out             2026-11-28>2026-11-28 2026-11-21 2026-11-29 passed institution
place_kept          place_kept            2026-11-28>2026-11-27 2026-11-20 2026-11-28 overdue institution
day_place           day_place             2026-11-28>2026-11-27 2026-11-20 2026-11-28 passed institution
follow_up_meeting   moved_into_home       2026-11-28>2026-11-30 2026-11-14 2026-12-01 overdue bydel $all3
plan_review         follow_up_meeting     2026-10-31>2026-11-02 2026-10-31 2026-11-03 overdue bydel
END
is 'there is no other step' "${steps[*]}" "$(tail -n +2 share/profiles/oslo/steps.csv | cut -d, -f1 | xargs)"

# What ends it, three days later: the act that is wanted, "-" where there is none; then others, and what the
# duty is behind them. What may have been done before it began has a star.
ends() { # STEP BEGUN-BY EVENT=STATUS ...
	local step=$1 begun=$2 event
	for event in "${@:3}"; do
		new_case K-13
		happens 2026-10-31 "$begun"
		happens 2026-11-03 "${event%=*}"
		is "$step, after ${event%=*}" "$(deadline-list --as-of=2026-11-03 --all "$log" 2>/dev/null |
			awk -F, -v step="$step" '$2 == step { print $7; exit }')" "${event#*=}"
	done
}
before() { # STEP BEGUN-BY ACT 1|0: whether it counts that this was done the day before
	new_case K-14
	happens 2026-10-30 "$3"
	happens 2026-10-31 "$2"
	is "$1, when $3 came before $2" "$(deadline-list --as-of=2026-10-31 --all "$log" 2>/dev/null |
		awk -F, -v step="$1" '$2 == step && $12 == "2026-10-31" { n += $7 == "done" } END { print n + 0 }')" "$4"
}
while read -r step begun act rest; do
	name=${step%\*}
	if [[ $act != - ]]; then
		ends "$name" "$begun" "$act=done"
		before "$name" "$begun" "$act" "$([[ $step == "$name" ]]; echo $?)"
	fi
	# shellcheck disable=SC2086 # words
	ends "$name" "$begun" $rest
done <<END
answer              referral_received     decision_made               withdrawn=moot moved_in=moot moved_into_home=moot closed=moot complaint_received:place=upcoming
answer_reopened     reopened              decision_made               withdrawn=moot moved_in=moot moved_into_home=moot closed=moot
complaint           decision_made:placed  complaint_received:place          moved_in=upcoming closed=upcoming withdrawn=upcoming
complaint_home      decision_home         complaint_received:home     moved_in=upcoming closed=upcoming withdrawn=upcoming complaint_received:place=upcoming
complaint_temporary decision_temporary    complaint_received:temporary moved_in=upcoming closed=upcoming withdrawn=upcoming complaint_received:home=upcoming
parked              parked>2026-11-14     resumed                     withdrawn=moot moved_in=moot closed=moot
stay_akutt          moved_in:akutt        moved_out                   moved_in:kort=done closed=moot stay_extended=upcoming
stay_kort           moved_in:kort         moved_out                   moved_in:lang=done closed=moot stay_extended=upcoming
stay_lang           moved_in:lang         moved_out                   moved_in:kort=done stay_extended=done closed=moot
stay_extended       stay_extended         moved_out                   moved_in:kort=done closed=moot
contact_institution* moved_in:kort        contact_named:institution   contact_named:bydel=overdue moved_out=missed closed=missed
contact_bydel*      moved_in:kort         contact_named:bydel         contact_named:institution=overdue moved_out=missed closed=missed
rights_told         moved_in:kort         rights_told                 moved_out=missed closed=missed
inventory_signed    moved_in:kort         inventory_signed            moved_out=missed closed=missed
assessment_started  moved_in:kort         assessment_started          moved_out=missed closed=missed
area_living_support moved_in:lang         area_assessed:living_support area_assessed:health=upcoming moved_out=moot closed=moot
area_health         moved_in:lang         area_assessed:health        area_assessed:economy=upcoming moved_out=moot closed=moot
area_substance      moved_in:lang         area_assessed:substance     area_assessed:health=upcoming moved_out=moot closed=moot
area_family         moved_in:lang         area_assessed:family        area_assessed:health=upcoming moved_out=moot closed=moot
area_economy        moved_in:lang         area_assessed:economy       area_assessed:health=upcoming moved_out=moot closed=moot
area_other          moved_in:lang         area_assessed:other         area_assessed:health=upcoming moved_out=moot closed=moot
first_meeting       moved_in:lang         cooperation_meeting         moved_out=moot closed=moot housing_meeting=upcoming
stay_plan           moved_in:lang         stay_plan_made              moved_out=moot closed=moot plan_made=upcoming
further_meetings    cooperation_meeting   cooperation_meeting         follow_up_meeting=moot closed=moot moved_out=upcoming housing_meeting=upcoming
housing_meeting*    housing_application   housing_meeting             home_offered=missed home_found=missed closed=missed cooperation_meeting=overdue
report*             housing_application   report_sent                 home_offered=missed home_found=missed closed=missed
joint_assessment    report_too_thin       joint_assessment            home_fell_through=missed moved_into_home=missed closed=missed
move_out_meeting    home_offered          move_out_meeting            home_fell_through=moot moved_into_home=missed closed=moot moved_out=due
move_out_meeting    home_found            move_out_meeting            home_fell_through=moot move_in_agreed>2026-11-04=due
move_out_plan       move_out_meeting      plan_made                   home_fell_through=missed closed=missed moved_into_home=overdue
agreement           home_offered:follow_up_required agreement_signed  home_fell_through=moot closed=moot moved_into_home=due
follow_up_service*  agreement_signed      follow_up_service:service_joined follow_up_service:no_service=done home_fell_through=missed closed=missed
available           moved_out             -                           moved_in:kort=moot closed=moot moved_into_home=upcoming
place_kept          place_kept            place_given_up              moved_in:kort=done closed=moot
day_place           day_place             moved_in:kort               closed=moot
follow_up_meeting   moved_into_home       follow_up_meeting           closed=moot cooperation_meeting=upcoming moved_out=upcoming
plan_review         follow_up_meeting     plan_reviewed               closed=missed
END

# Who calls the next meeting, from which day.
calls() { # FIRST-MEETING|FURTHER EVENTS... WHO
	local step=$1 who=${*: -1} event
	new_case K-15
	happens 2026-03-02 moved_in:lang
	[[ $step == first_meeting ]] || happens 2026-03-03 cooperation_meeting
	for event in "${@:2:$#-2}"; do happens 2026-04-01 "$event"; done
	is "$step, after ${*:2:$#-2}" "$(deadline-list --as-of=2026-04-01 "$log" 2>/dev/null | awk -F, -v s="$step" '$2 == s { print $5 }')" "$who"
}
for step in first_meeting further_meetings; do
	calls $step other institution
	calls $step home_offered bydel
	calls $step home_offered:follow_up_required bydel
	calls $step home_offered place_kept bydel
	calls $step home_found institution
	calls $step home_found rental_agreed bydel
	calls $step home_offered home_fell_through institution
done
calls further_meetings home_found moved_into_home bydel
calls further_meetings moved_out bydel
calls further_meetings moved_out moved_in:kort institution

# ---- stays by their type ----

length_of() { # TYPE DUE WHO
	new_case K-6
	happens 2026-11-16 "moved_in:$1"
	is "a stay of type $1" "$(to_do 2026-11-16 | grep '^stay_' | grep -v '^stay_plan')" "stay_$1 $2"
}
length_of akutt '2026-11-30 institution upcoming'
length_of kort '2027-02-16 institution upcoming'
length_of lang '2027-11-16 institution upcoming'
new_case K-6
happens 2026-11-16 moved_in:akutt
has 2026-11-26 'stay_akutt 2026-11-30 institution upcoming'
has 2026-11-27 'stay_akutt 2026-11-30 institution due'
has 2026-12-01 'stay_akutt 2026-11-30 institution overdue'
# Straight on to another place: that ends it, and a new stay begins.
happens 2026-11-30 moved_out moved_in:kort
has_not 2026-11-30 stay_akutt available
has 2026-11-30 'stay_kort 2027-02-28>2027-02-26 institution upcoming' 'rights_told 2026-11-30 institution due' \
	'first_meeting 2027-02-28>2027-02-26 institution upcoming'
new_case K-6
happens 2025-11-16 moved_in:lang
has 2026-11-17 'stay_lang 2026-11-16 institution overdue'
happens '2026-11-12' 'stay_extended>2027-05-16'
has_not 2026-11-17 stay_lang
has 2026-11-17 'stay_extended 2027-05-16>2027-05-14 institution upcoming' # Whit Sunday
happens 2027-05-10 stay_extended # for how long is not said: the profile's span
has 2027-05-17 'stay_extended 2027-08-10 institution upcoming'

# ---- a refusal, and the time to complain ----

new_case K-7
happens 2026-11-09 referral_received
happens 2026-11-27 decision_made:ineligible # four weeks later is Christmas Day
on 2026-12-17 'complaint 2026-12-25>2026-12-28 person upcoming'
on 2026-12-18 'complaint 2026-12-25>2026-12-28 person due'
on 2026-12-28 'complaint 2026-12-25>2026-12-28 person due'
on 2026-12-29
printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail K-7,ineligible,,,3,service_level, >"$T/refused.csv"
ok 'the refusal is a letter' letter-export --kind=avslag --as-of=2026-11-27 --lang=nn "$T/refused.csv" -o "$T/refused.txt"
like 'with the same day' "$(tr '\n' ' ' <"$T/refused.txt" | tr -s ' ')" 'Fristen er 28\.12\.2026\.'
like 'the reason, and to whom to complain' "$(tr '\n' ' ' <"$T/refused.txt" | tr -s ' ')" \
	'Dette avgjorde: .*Send klaga til Velferdsetaten, Felles inntak, Postboks'
happens 2026-12-01 complaint_received:place
on 2026-12-18
is 'a complaint in time' "$(to_do 2026-12-18 --all | grep '^complaint')" 'complaint 2026-12-25>2026-12-28 person done 2026-12-01'
# Waiting is answered, too; who withdraws needs no answer.
new_case K-7
happens 2026-11-02 referral_received
happens 2026-11-20 withdrawn
on 2026-11-21
is 'an answer that never came is not forgotten' "$(to_do 2026-11-21 --all)" 'answer 2026-11-16 intake missed'
new_case K-7
happens 2026-11-02 referral_received
happens 2026-11-10 withdrawn
is 'one that was no longer needed' "$(to_do 2026-11-21 --all)" 'answer 2026-11-16 intake moot'
new_case K-7
happens 2026-11-02 referral_received
happens 2026-11-10 decision_made:waiting referral_received
has 2026-11-10 'answer 2026-11-24 intake upcoming' 'complaint 2026-12-08 person upcoming'

# ---- acts before their time, and acts that come too late ----

new_case K-8
happens 2026-05-04 cooperation_meeting # of an earlier stay
happens 2026-08-03 moved_in:lang
happens 2026-08-01 contact_named:bydel
has 2026-08-03 'first_meeting 2026-11-03 institution upcoming'
has_not 2026-08-03 contact_bydel
has 2026-08-03 'contact_institution 2026-08-03 institution due'
# What was never done before moving out is missed, and no longer due.
happens 2026-08-20 moved_out
has_not 2026-08-20 contact_institution rights_told area_health first_meeting
is 'it was too late for some' "$(to_do 2026-08-20 --all | awk '$4 == "missed" { print $1 }' | xargs)" \
	'contact_institution rights_told inventory_signed assessment_started'
is 'and in time for others' "$(to_do 2026-08-20 --all | awk '$4 == "moot" { print $1 }' | sort -u | xargs)" \
	'area_living_support+health+substance+family+economy+other first_meeting stay_plan'

# ---- two applications, one report ----

new_case K-9
happens 2026-11-02 housing_application
happens 2026-11-09 housing_application report_sent
is 'one report lacks' "$(to_do 2026-11-10 | grep report)" 'report 2026-11-09 institution overdue'
happens 2026-11-12 report_sent
has_not 2026-11-12 report

# ---- a home that falls through ----

new_case K-10
happens 2026-03-02 moved_in:lang
happens 2026-05-29 cooperation_meeting
happens 2026-06-01 home_offered:follow_up_required
has 2026-06-02 'further_meetings 2026-08-29>2026-08-28 bydel upcoming' 'agreement - bydel due' \
	'move_out_meeting 2026-06-08 bydel due'
has 2026-06-09 'move_out_meeting 2026-06-08 bydel overdue'
happens 2026-06-02 home_fell_through
has 2026-06-02 'further_meetings 2026-08-29>2026-08-28 institution upcoming'
has_not 2026-06-02 move_out_meeting agreement
happens 2026-06-15 home_offered # without a condition
has 2026-06-15 'move_out_meeting 2026-06-22 bydel due' 'further_meetings 2026-08-29>2026-08-28 bydel upcoming'
has_not 2026-06-15 agreement

# ---- a home of one's own finding, and a place that is kept ----

new_case K-11
happens 2026-03-02 moved_in:lang
happens 2026-05-29 cooperation_meeting
happens 2026-06-01 home_found
has 2026-06-01 'move_out_meeting 2026-06-08 bydel due'
happens 2026-06-02 'move_in_agreed>2026-06-08'
has 2026-06-02 'move_out_meeting 2026-06-07>2026-06-05 bydel due'
happens 2026-06-08 moved_into_home 'place_kept>2026-06-29'
has 2026-06-08 'follow_up_meeting 2026-07-06 bydel upcoming' 'further_meetings 2026-08-29>2026-08-28 bydel upcoming' \
	'stay_lang 2027-03-02 institution upcoming'
has_not 2026-06-08 available # nobody has moved out
has 2026-06-08 'place_kept 2026-06-29 institution upcoming'
is 'a meeting that was never held' "$(to_do 2026-06-08 --all | grep move_out_meeting)" 'move_out_meeting 2026-06-07>2026-06-05 bydel missed'
happens 2026-06-29 moved_out
has 2026-06-29 'available 2026-07-27 institution upcoming'
# Back in the institution: the four weeks are over.
happens 2026-07-13 moved_in:kort
has_not 2026-07-13 available
has 2026-07-13 'rights_told 2026-07-13 institution due' 'further_meetings 2026-08-29>2026-08-28 institution upcoming'

# ---- places that are kept, day places, and being on hold: each until its own day ----

new_case K-12
happens 2026-06-01 parked # nobody has said for how long
has_not 2026-06-01 parked
happens 2026-06-02 'parked>2026-06-27'
has 2026-06-20 'parked 2026-06-27 intake due'
has_not 2026-06-28 parked
happens 2026-06-22 resumed
is 'back before that' "$(to_do 2026-06-28 --all)" 'parked 2026-06-27 intake done 2026-06-22'
kept_until() { # STATUS: the stay tells
	local R
	R=$(new_register "routine-$1")
	register-init "$R" 2>/dev/null
	printf '%s\n' stay_id,referral_id,institution_id,from,expected_to,to,status "O-1,K-12,I-01,2026-07-01,2026-07-31,,$1" >"$T/stays.csv"
	for file in $demo/institutions.csv "$T/stays.csv"; do register-put "$R" "$file" 2>/dev/null; done
	deadline-list --as-of=2026-07-02 --register="$R" | cut -d, -f1-4,7
	deadline-list --as-of=2026-08-03 --all --register="$R" | sed 1d | cut -d, -f2,7,9
}
is 'a kept place, as the stay has it' "$(kept_until kept | sed 1d)" \
	$'K-12,place_kept,2026-07-31,2026-07-31,upcoming\nplace_kept,overdue,3'
is 'a day place' "$(kept_until day_place | sed 1d)" $'K-12,day_place,2026-07-31,2026-07-31,upcoming\nday_place,passed,'

# ---- how late ----

late() { deadline-list --as-of="$1" --all "$log" 2>/dev/null | awk -F, -v step="$2" '$2 == step { print $7, $9, $10 }'; }
new_case K-17
happens 2026-11-03 home_offered
happens 2026-11-14 move_out_meeting # due on Tuesday the 10th; a Saturday
is 'counted in working days, as it is due' "$(late 2026-11-20 move_out_meeting)" 'done 4 4'
happens 2026-11-03 referral_received
happens 2026-11-20 decision_made
is 'counted in days' "$(late 2026-11-20 answer)" 'done 3 '
is 'which the list says in words' "$(deadline-list --as-of=2026-11-20 --all --format=html --lang=nb "$log" 2>/dev/null | grep -oE '4 arbeidsdager for sent|3 dager for sent' | xargs)" \
	'4 arbeidsdager for sent 4 arbeidsdager for sent 3 dager for sent'

# ---- a plan among others ----

ok 'plans of other cases stay out' [ -z "$(deadline-list --as-of=2026-11-12 --plans="$T/plan.json" --case=K-17 "$log" 2>/dev/null | grep plan/)" ]
ok 'of other districts, too' [ -z "$(deadline-list --as-of=2026-11-12 --plans="$T/plan.json" --bydel=Alna --referrals="$referrals" "$log" 2>/dev/null | grep plan/)" ]
ok 'a task in words' grep -q 'Møblere boligen' <(deadline-list --all --as-of=2026-11-12 --plans="$T/plan.json" --format=html "$log" 2>/dev/null)
ok 'one that the plan names' grep -q 'Samtale hver uke' <(deadline-list --as-of=2026-11-12 --plans="$T/plan.json" --format=html "$log" 2>/dev/null)
status 'a plan that is none' 65 deadline-list --as-of=2026-11-12 --plans="$log" "$log"
is 'nothing is written' "$(<"$T/out")" ''

finish

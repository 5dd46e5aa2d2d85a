#!/usr/bin/env bash
# Invitations as requests of iCalendar, read by parsers that are not ours: python3-icalendar, and where they are
# there, vobject and libical.
. "${0%/*}/tap.sh"

python_with icalendar

cat >"$T/read.py" <<'END_PY'
"""read.py PARSER FILE: what the invitation says: method, UID, version, status, start and end, summary, place,
organizer, and each attendee."""
import ctypes, sys
parser, name = sys.argv[1:]
text = open(name, "rb").read()

def say(method, uid, sequence, status, start, end, summary, place, organizer, attendees):
    print(method, uid, sequence, status, start, end, sep="\t")
    print(summary, place, organizer, sep="\t")
    for attendee in sorted(attendees):
        print(*attendee, sep="\t")

def moment(t):
    return t.strftime("%Y-%m-%dT%H:%M:%S%z")

if parser == "icalendar":
    from icalendar import Calendar
    calendar = Calendar.from_ical(text)
    event, = calendar.walk("VEVENT")
    assert not calendar.errors and not event.errors
    people = event["ATTENDEE"]
    say(calendar["METHOD"], event["UID"], event["SEQUENCE"], event["STATUS"], moment(event["DTSTART"].dt), moment(event["DTEND"].dt),
        event["SUMMARY"], event.get("LOCATION", ""), event["ORGANIZER"],
        [(str(p), p.params["CN"], p.params["ROLE"], p.params["PARTSTAT"], p.params["RSVP"]) for p in (people if isinstance(people, list) else [people])])
elif parser == "vobject":
    import vobject
    calendar = vobject.readOne(text.decode())
    event = calendar.vevent
    one = lambda p, name: p.params[name][0]
    say(calendar.method.value, event.uid.value, event.sequence.value, event.status.value, moment(event.dtstart.value), moment(event.dtend.value),
        event.summary.value, event.location.value if hasattr(event, "location") else "", event.organizer.value,
        [(p.value, one(p, "CN"), one(p, "ROLE"), one(p, "PARTSTAT"), one(p, "RSVP")) for p in event.attendee_list])
else:
    lib = ctypes.CDLL("libical.so.3")
    for function in "icalparser_parse_string", "icalcomponent_get_first_component":
        getattr(lib, function).restype = ctypes.c_void_p
    for function in "icalcomponent_get_uid", "icalcomponent_get_summary", "icalcomponent_get_location", "icalcomponent_as_ical_string":
        getattr(lib, function).restype = ctypes.c_char_p
        getattr(lib, function).argtypes = [ctypes.c_void_p]
    lib.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    lib.icalcomponent_get_first_component.argtypes = [ctypes.c_void_p, ctypes.c_int]
    lib.icalcomponent_string_to_kind.argtypes = [ctypes.c_char_p]
    lib.icalcomponent_count_errors.argtypes = [ctypes.c_void_p]
    lib.icalcomponent_get_sequence.argtypes = [ctypes.c_void_p]
    lib.icalrestriction_check = ctypes.CDLL("libical.so.3").icalrestriction_check
    lib.icalrestriction_check.argtypes = [ctypes.c_void_p]
    root = lib.icalparser_parse_string(text)
    good = lib.icalrestriction_check(root) # what RFC 5546 asks of this method
    event = lib.icalcomponent_get_first_component(root, lib.icalcomponent_string_to_kind(b"VEVENT"))
    print("good" if good else "against the restrictions", lib.icalcomponent_count_errors(root), "errors")
    print(lib.icalcomponent_get_uid(event).decode(), lib.icalcomponent_get_sequence(event), lib.icalcomponent_get_summary(event).decode())
END_PY
read_as() { "$python" "$T/read.py" "$@"; }
parsers=icalendar
# The system's own python3 has what Debian packages.
"$python" -c 'import vobject' 2>/dev/null && parsers+=' vobject'
"$python" -c 'import ctypes; ctypes.CDLL("libical.so.3")' 2>/dev/null && libical=yes
comment "read by $parsers${libical:+ libical}"

papers=share/demo/papers.jsonl
moved() { sed -n 2p $papers | sed "$@"; } # the invitation, changed
invite() { meeting-invite "$@" >"$T/it.ics" 2>"$T/err"; }
lines() { tr -d '\r' <"${1:-$T/it.ics}" | perl -0pe 's/\n //g'; } # whole, not folded
tells_not() { # TEXT PATTERN: there is an entry, and it has nothing of the pattern
	is "$1" "$(lines | grep -c '^BEGIN:VEVENT') entry, $(lines | grep -acE "$2") lines" '1 entry, 0 lines'
}
reads() { # TEXT EXPECTED: all parsers read it alike
	local parser
	for parser in $parsers; do
		is "$1, to $parser" "$(read_as "$parser" "$T/it.ics" 2>&1)" "$2"
	done
	[[ -z ${libical-} ]] || like "$1, to libical" "$(read_as libical "$T/it.ics" 2>&1)" 'good 0 errors'
	is "$1: lines are as RFC 5545 has them" "$(LC_ALL=C awk -v RS='\r\n' 'length($0) > 75 || /[\001-\010\013-\037\177\n]/' "$T/it.ics")" ''
}
uid=$(meeting-invite $papers | grep -a ^UID: | tr -d '\r' | cut -d: -f2)

invite $papers
reads 'an invitation' "REQUEST	$uid	0	CONFIRMED	2026-11-25T11:30:00+0000	2026-11-25T13:00:00+0000
Utflyttingsmøte – C-2026-014	Bydelshuset, møterom 2	mailto:vaken.rogn@example.no
mailto:stodig.bekk@example.no	Stødig Bekk	REQ-PARTICIPANT	NEEDS-ACTION	TRUE
mailto:vaken.rogn@example.no	Våken Rogn	CHAIR	ACCEPTED	FALSE"

# It moves, goes to others, and is cancelled: the same entry, in a later version.
{ cat $papers; moved 's/"12:30"/"09:00"/; s/"14:00"/"10.30"/; s/2026-11-25/2026-06-25/'; } >"$T/moved.jsonl"
invite "$T/moved.jsonl"
reads 'moved into summer time' "REQUEST	$uid	1	CONFIRMED	2026-06-25T07:00:00+0000	2026-06-25T08:30:00+0000
Utflyttingsmøte – C-2026-014	Bydelshuset, møterom 2	mailto:vaken.rogn@example.no
mailto:stodig.bekk@example.no	Stødig Bekk	REQ-PARTICIPANT	NEEDS-ACTION	TRUE
mailto:vaken.rogn@example.no	Våken Rogn	CHAIR	ACCEPTED	FALSE"
{ cat "$T/moved.jsonl" "$T/moved.jsonl"; moved 's/"place"/"cancelled":true,"place"/'; } >"$T/off.jsonl"
invite --lang=en "$T/off.jsonl"
reads 'cancelled' "CANCEL	$uid	4	CANCELLED	2026-11-25T11:30:00+0000	2026-11-25T13:00:00+0000
CANCELLED: Move-out meeting – C-2026-014	Bydelshuset, møterom 2	mailto:vaken.rogn@example.no
mailto:stodig.bekk@example.no	Stødig Bekk	REQ-PARTICIPANT	NEEDS-ACTION	TRUE
mailto:vaken.rogn@example.no	Våken Rogn	CHAIR	ACCEPTED	FALSE"
version() { tr -d '\r' <"$T/it.ics" | sed -n 's/^SEQUENCE://p'; }
{ cat $papers; moved 's/Planen for/Alt om/'; } >"$T/about.jsonl"
invite "$T/about.jsonl"
is 'what the meeting is to talk about changes no entry' "$(version)" 0
{ cat $papers; moved 's/"place"/"caller":"institution","place"/'; } >"$T/caller.jsonl"
invite "$T/caller.jsonl"
is 'another caller does' "$(version)" 1
like 'who is the organizer then' "$(cat "$T/it.ics")" 'ORGANIZER;CN="Stødig Bekk"'
ok 'the same papers, the same bytes' cmp <(meeting-invite "$T/off.jsonl") <(TZ=America/Adak LC_ALL=C meeting-invite "$T/off.jsonl")

# Contacts of the day: those who were before it, not those who come later.
{ cat $papers; sed -n 1p $papers | sed 's/2026-08-27/2026-12-01/; s/rogn@/senere@/'; } >"$T/later.jsonl"
invite "$T/later.jsonl"
tells_not 'who is contact later is not invited' senere
is 'and that changes no entry' "$(version)" 0
{ cat $papers; sed -n 1p $papers | sed 's/2026-08-27/2026-11-20/; s/vaken.rogn@/ny@/; s/Våken Rogn/Ny Rogn/'; } >"$T/new.jsonl"
invite "$T/new.jsonl"
like 'who is contact on the day is' "$(cat "$T/it.ics")" 'ORGANIZER;CN="Ny Rogn":mailto:ny@example.no'
is 'a change, when the invitation was there before' "$(version)" 1
sed -n '1p;3p' "$T/new.jsonl" | cat - <(sed -n 2p $papers) >"$T/first.jsonl"
invite "$T/first.jsonl"
is 'and none, when the contacts were' "$(version)" 0
like 'with the same people' "$(lines)" 'ORGANIZER;CN="Ny Rogn":mailto:ny@example.no'
{ sed -n 3p "$T/new.jsonl"; cat "$T/moved.jsonl"; } >"$T/between.jsonl"
invite "$T/between.jsonl"
is 'each version has the contacts that were before it' "$(version)" 1

# The last contacts that say anything of somebody say all of it: nobody's name goes to another's address.
contacts() { # DAY POINTS
	printf '{"schema":"urn:transition:schema:paper:1","paper":"contacts","case_id":"C-2026-014","date":"%s","points":{%s}}\n' "$@"
}
begun() { checklist-export --paper=invitation --template=C-2026-014 --as-of=2026-11-20 --begin="$1"; }
{
	contacts 2026-11-01 '"institution_contact":{"name":"Kari Bekk","phone":"00 00 10 16","email":"kari@example.no"}'
	contacts 2026-11-15 '"institution_contact":{"name":"Per Fjord"}'
	sed -n 2p $papers | sed 's/"points":{/&"bydel_contact":{"name":"Våken Rogn","email":"vaken@example.no"},"person":{"email":"jeg@example.no"},/'
} >"$T/mixed.jsonl"
invite "$T/mixed.jsonl"
tells_not 'who has no address now is not asked at the address of who was before' 'kari@|Per Fjord'
is 'nor does the paper begin so' "$(begun "$T/mixed.jsonl" | grep -cE 'kari@|10 16') $(begun "$T/mixed.jsonl" | grep -c 'Per Fjord')" '0 1'
moved 's/"points":{/&"institution_contact":{"name":"Per Fjord"},"person":{"email":"jeg@example.no"},/' | cat <(sed -n 1p $papers) - >"$T/mixed.jsonl"
invite "$T/mixed.jsonl"
tells_not 'whom the invitation names gets no other address' 'stodig|Per Fjord'

# No more in the calendar than is needed.
invite $papers
tells_not 'not what it is about, nor where the person lives' 'Planen for|Linerletunet|030103|00 00'
moved 's/"bydel"/"name":"Rolig Fjord","protection":"fortrolig","bydel"/; s/"about":"[^"]*"/"about":"Rus"/' | cat <(sed -n 1p $papers) - >"$T/protected.jsonl"
invite "$T/protected.jsonl"
tells_not 'of a protected address not the place, and never a name' 'LOCATION|Bydelshuset|Fjord|fortrolig|Rus'
{ cat $papers; sed -n 2p "$T/protected.jsonl"; } >"$T/since.jsonl"
invite "$T/since.jsonl"
is 'protected since: the calendars forget the place' "$(version)" 1
tells_not 'which is not in the new one' 'LOCATION|Bydelshuset'
for lang in nb nn en; do
	sed -e 's/institution_contact/counsellor/' -e 's/bydel_contact/home_unit/' -e 's/move_out_meeting/network_meeting/' -e 's/"030103"/null/' \
		-e 's/"place"/"caller":"counsellor","place"/' -e 's/"name":"[^"]*",//g' $papers >"$T/sandnes.jsonl"
	invite --profile=sandnes --lang=$lang "$T/sandnes.jsonl"
	tells_not "in $lang, no role tells what the person needs, nor a house" '[Rr]usk|[Ss]ubstance|299|[Vv]eien'
done
like 'roles have neutral names' "$(lines)" 'CN="The staff":mailto:vaken.rogn@example.no'
like 'in a sentence' "$(lines)" 'DESCRIPTION:The municipality calls the meeting\.'
for profile in profiles/oslo profiles/sandnes skeleton; do
	is "$profile: no role tells it" "$(perl -CS -MText::ParseWords -nle 'my @c = parse_line(",", 0, $_); next if $c[0] ne "role";
		print "$c[1]: $_" for grep { /\brus|substance|psyk|psych|music|musikk|FACT|\d|vei/i } map { $c[$_ + 7] || $c[$_ + 2] } 0 .. 2' "share/$profile/codes.csv")" ''
done
moved 's/"points":{/"points":{"person":{"email":"jeg@example.no"},/' | cat <(sed -n 1p $papers) - >"$T/person.jsonl"
invite "$T/person.jsonl"
like 'who wants it in the calendar is invited, without a name' "$(lines)" 'CN="Personen":mailto:jeg@example.no'

# What people write.
sed 's/Våken Rogn/Rogn; \\"Våken\\" ^ æøå\\u202e/; s/vaken.rogn@/v"å%rogn@/' $papers | sed 's/v"å/v\\"å/' >"$T/odd.jsonl"
invite "$T/odd.jsonl"
reads 'odd names and addresses' "REQUEST	$uid	0	CONFIRMED	2026-11-25T11:30:00+0000	2026-11-25T13:00:00+0000
Utflyttingsmøte – C-2026-014	Bydelshuset, møterom 2	mailto:v%22%C3%A5%25rogn@example.no
mailto:stodig.bekk@example.no	Stødig Bekk	REQ-PARTICIPANT	NEEDS-ACTION	TRUE
mailto:v%22%C3%A5%25rogn@example.no	Rogn, 'Våken'   æøå\u{202E}	CHAIR	ACCEPTED	FALSE"

# What cannot be sent.
while IFS='|' read -r change says; do
	moved "$change" | cat <(sed -n 1p $papers) - >"$T/bad.jsonl"
	status "without ($change)" 1 meeting-invite "$T/bad.jsonl"
	like 'it is said' "$(cat "$T/err")" "invite-lacks: .*$says"
	is 'and not written' "$(cat "$T/out")" ''
done <<'END'
s/"day":"[^"]*"/"day":null/|Dag
s/"starts":"[^"]*"/"starts":null/|Fra klokken
s/"which":"[^"]*"/"which":null/|Hva slags møte
s/"ends":"[^"]*"/"ends":"08:00"/|Til klokken
s/"which":"[^"]*"/"which":"other_meeting"/|Den som kaller inn
END
sed 1d $papers >"$T/alone.jsonl"
status 'without contacts' 1 meeting-invite "$T/alone.jsonl"
{ sed -n 1p $papers | sed 's/stodig.bekk@example.no//'; sed -n 2p $papers; } >"$T/alone.jsonl"
status 'with nobody but who calls' 1 meeting-invite "$T/alone.jsonl"
sed -n 1p $papers | sed 's/stodig.bekk@example.no/VAKEN.Rogn@Example.no/' | cat - <(sed -n 2p $papers) >"$T/alone.jsonl"
status 'nor when who calls has two points' 1 meeting-invite "$T/alone.jsonl"
like 'which is said' "$(cat "$T/err")" 'invite-lacks: .*no address but that'
sed 's/"points":{"meeting"/"points":{"person":{"email":"jeg@example.no"},"meeting"/' "$T/alone.jsonl" >"$T/once.jsonl"
invite "$T/once.jsonl"
is 'whoever calls is asked once' "$(lines | grep -ci '^ATTENDEE.*vaken') of $(lines | grep -c ^ATTENDEE)" '1 of 2'
like 'and calls the meeting' "$(lines)" 'ORGANIZER;CN="Stødig Bekk":mailto:VAKEN.Rogn'
while read -r address; do
	sed "s/stodig.bekk@example.no/$address/" $papers >"$T/bad.jsonl"
	status "no address: $address" 1 meeting-invite "$T/bad.jsonl"
	like 'is said' "$(cat "$T/err")" 'invite-lacks: .*C-2026-014/2026-11-20.*Kontakten ved institusjonen: E-post.* is not an e-mail address$'
	is 'without it, and nothing is written' "$(cat "$T/out" "$T/err" | grep -cF -e "$address" -e BEGIN)" 0
done <<'END'
ikke en adresse; x@y.no, z@y.no
x@y.no,z@y.no
x@y.no;z@y.no
x y@example.no
<x@example.no>
x@y@example.no
@example.no
x@
x.example.no
END
for what in starts which; do
	moved "s/\"$what\":\"[^\"]*\"/\"$what\":\"2460\"/" >"$T/wrong.jsonl"
	status "a wrong $what is refused" 65 meeting-invite "$T/wrong.jsonl"
done
sed 's/C-2026-014/C-2/' $papers | cat $papers - >"$T/two.jsonl"
status 'several meetings need a folder' 2 meeting-invite "$T/two.jsonl"
status 'which gets a file each' 0 meeting-invite -o "$T/all/" "$T/two.jsonl"
is 'named after case and day' "$(cd "$T/all" && stat -c '%a %n' ./*)" $'600 ./C-2026-014_2026-11-20_move_out_meeting.ics\n600 ./C-2_2026-11-20_move_out_meeting.ics'
{ cat $papers; moved 's/move_out_meeting/cooperation_meeting/; s/12:30/08:30/'; } >"$T/both.jsonl"
status 'two meetings that papers of one day invite to' 0 meeting-invite -o "$T/both/" "$T/both.jsonl"
is 'are two' "$(cd "$T/both" && ls)" $'C-2026-014_2026-11-20_cooperation_meeting.ics\nC-2026-014_2026-11-20_move_out_meeting.ics'
is 'of two names and first versions' "$(cat "$T"/both/* | grep -a ^UID: | sort -u | wc -l) $(cat "$T"/both/* | grep -c ^SEQUENCE:0)" '2 2'
status 'one case of them does not' 0 meeting-invite --case=C-2 "$T/two.jsonl"
status 'nor what is to come' 0 meeting-invite --as-of=2026-11-26 "$T/two.jsonl"
is 'where nothing is' "$(cat "$T/out")" ''

# Out of a register, with its history, once that is logged.
R=$T/reg.db
register-init "$R" 2>/dev/null
register-put --as-of=2026-11-20 "$R" $papers 2>/dev/null
for step in 's/"12:30"/"13:00"/' 's/"12:30"/"13:00"/; s/Planen/Alt/' 's/"12:30"/"13:00"/; s/"place"/"cancelled":true,"place"/'; do
	moved "$step" >"$T/now.jsonl"
	register-put --kind=invitation --as-of=2026-11-21 "$R" "$T/now.jsonl" 2>/dev/null
done
status 'out of a register' 0 meeting-invite --register="$R" --case=C-2026-014 --with-identity --reason=møte -o "$T/it.ics"
reads 'as it was changed there' "CANCEL	$uid	2	CANCELLED	2026-11-25T12:00:00+0000	2026-11-25T13:00:00+0000
AVLYST: Utflyttingsmøte – C-2026-014	Bydelshuset, møterom 2	mailto:vaken.rogn@example.no
mailto:stodig.bekk@example.no	Stødig Bekk	REQ-PARTICIPANT	NEEDS-ACTION	TRUE
mailto:vaken.rogn@example.no	Våken Rogn	CHAIR	ACCEPTED	FALSE"
like 'it is in the log' "$(register-log "$R")" 'get,møte'
status 'of another case there is none' 0 meeting-invite --register="$R" --case=C-1 --with-identity --reason=møte
is 'and nothing written' "$(cat "$T/out")" ''
status 'a register needs a case' 2 meeting-invite --register="$R" --with-identity --reason=møte
status 'and a reason' 2 meeting-invite --register="$R" --case=C-2026-014
checklist-export --paper=invitation --template=C-2026-014 --as-of=2026-11-28 --begin=$papers >"$T/new.json"
# What the register knows besides: that the address is protected.
printf '%s\n' referral_id,received,bydel,protection C-2026-014,2026-08-01,030103,strengt_fortrolig >"$T/referrals.csv"
register-init "$T/known.db" 2>/dev/null
register-put --as-of=2026-11-20 "$T/known.db" $papers 2>/dev/null
look() { invite --register="$T/known.db" --case=C-2026-014 --with-identity --reason=møte; }
look
like 'before that, with the place' "$(lines)" 'LOCATION:Bydelshuset'
before=$(version)
register-put --as-of=2026-11-21 "$T/known.db" "$T/referrals.csv" 2>"$T/err" || comment "$(cat "$T/err")"
look
tells_not 'of an address that the register protects not the place, whatever the paper says' 'LOCATION|Bydelshuset|fortrolig'
is 'which is a change' "$before $(version)" '0 1'
sed -n 3p "$T/new.jsonl" >"$T/now.jsonl"
register-put --as-of=2026-11-22 "$T/known.db" "$T/now.jsonl" 2>/dev/null
look
like 'other contacts in the register' "$(lines)" 'mailto:ny@example.no'
is 'are a change as well' "$(version)" 2

# Nobody is called to meet somebody who has died or moved away; a meeting of before that, and a cancellation, are written.
over() { # DAY TYPE
	printf '%s\n' case_id,date,type "C-2026-014,$1,$2" | register-put --as-of=2026-11-26 "$T/known.db" - 2>/dev/null
}
over 2026-11-26 moved_away
status 'a meeting before the person moved away' 0 meeting-invite --register="$T/known.db" --case=C-2026-014 --with-identity --reason=møte
over 2026-11-24 died
status 'none after a death' 1 meeting-invite --register="$T/known.db" --case=C-2026-014 --with-identity --reason=møte
is 'nothing is written' "$(cat "$T/out")" ''
like 'and it is told' "$(cat "$T/err")" 'invite-over: .*C-2026-014.*dead'
moved 's/"place"/"cancelled":true,"place"/' >"$T/now.jsonl"
register-put --kind=invitation --as-of=2026-11-26 "$T/known.db" "$T/now.jsonl" 2>/dev/null
look
like 'the cancellation is' "$(lines)" METHOD:CANCEL

# The example of the manual page.
sed -n 1p $papers >"$T/contacts.jsonl"
begun "$T/contacts.jsonl" >"$T/invitation.json"
status 'as it begins, it cannot be sent' 1 meeting-invite "$T/invitation.json"
perl -MJSON::PP -0i -pe '$json = JSON::PP->new->utf8->canonical; $paper = $json->decode($_);
	@{$paper->{points}{meeting}}{qw(which day starts ends place)} = ("move_out_meeting", "2026-11-25", "12:30", "14:00", "Rom 2"); $_ = $json->encode($paper)' "$T/invitation.json"
status 'with meeting, day and time written in, it can' 0 meeting-invite "$T/contacts.jsonl" "$T/invitation.json"
like 'to the contacts' "$(lines "$T/out")" 'ORGANIZER;CN="Våken Rogn":mailto:vaken.rogn@example.no'
is 'a new invitation begins from the contacts' "$(grep -c -e stodig.bekk -e vaken.rogn "$T/new.json")" 2
finish

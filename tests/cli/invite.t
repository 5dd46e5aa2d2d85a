#!/usr/bin/env bash
# Invitations as requests of iCalendar, read by parsers that are not ours: python3-icalendar, and where they are
# there, vobject and libical.
. "${0%/*}/tap.sh"

for python in python3 /usr/bin/python3 ''; do # the package may be that of the system alone
	[[ -n $python ]] && "$python" -c 'import icalendar' 2>/dev/null && break
done
if [[ -z $python ]]; then
	echo '1..0 # SKIP there is no python3 with icalendar (Debian: python3-icalendar)'
	exit 0
fi

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
is 'who is contact later is not invited' "$(grep -ac senere "$T/it.ics")" 0
{ cat $papers; sed -n 1p $papers | sed 's/2026-08-27/2026-11-20/; s/vaken.rogn@/ny@/; s/Våken Rogn/Ny Rogn/'; } >"$T/new.jsonl"
invite "$T/new.jsonl"
like 'who is contact on the day is' "$(cat "$T/it.ics")" 'ORGANIZER;CN="Ny Rogn":mailto:ny@example.no'

# No more in the calendar than is needed.
is 'not what it is about, nor where the person lives' "$(meeting-invite $papers | grep -acE 'Planen for|Linerletunet|030103|00 00')" 0
moved 's/"bydel"/"name":"Rolig Fjord","protection":"fortrolig","bydel"/; s/"place"/"about":"Rus","place"/' | cat <(sed -n 1p $papers) - >"$T/protected.jsonl"
invite "$T/protected.jsonl"
is 'of a protected address not the place, and never a name' "$(grep -acE 'LOCATION|Bydelshuset|Fjord|fortrolig|Rus' "$T/it.ics")" 0
moved 's/"points":{/"points":{"person":{"email":"jeg@example.no"},/' | cat <(sed -n 1p $papers) - >"$T/person.jsonl"
invite "$T/person.jsonl"
like 'who wants it in the calendar is invited, without a name' "$(tr -d '\r' <"$T/it.ics" | perl -0pe 's/\n //g')" 'CN="Personen":mailto:jeg@example.no'

# What people write.
sed 's/Våken Rogn/Rogn; \\"Våken\\" ^ æøå\\u202e/; s/vaken.rogn@/v"å rogn@/' $papers | sed 's/v"å/v\\"å/' >"$T/odd.jsonl"
invite "$T/odd.jsonl"
reads 'odd names and addresses' "REQUEST	$uid	0	CONFIRMED	2026-11-25T11:30:00+0000	2026-11-25T13:00:00+0000
Utflyttingsmøte – C-2026-014	Bydelshuset, møterom 2	mailto:v%22%C3%A5%20rogn@example.no
mailto:stodig.bekk@example.no	Stødig Bekk	REQ-PARTICIPANT	NEEDS-ACTION	TRUE
mailto:v%22%C3%A5%20rogn@example.no	Rogn, 'Våken'   æøå\u{202E}	CHAIR	ACCEPTED	FALSE"

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
for what in starts which; do
	moved "s/\"$what\":\"[^\"]*\"/\"$what\":\"2460\"/" >"$T/wrong.jsonl"
	status "a wrong $what is refused" 65 meeting-invite "$T/wrong.jsonl"
done
sed 's/C-2026-014/C-2/' $papers | cat $papers - >"$T/two.jsonl"
status 'several meetings need a folder' 2 meeting-invite "$T/two.jsonl"
status 'which gets a file each' 0 meeting-invite -o "$T/all/" "$T/two.jsonl"
is 'named after case and day' "$(cd "$T/all" && stat -c '%a %n' ./*)" $'600 ./C-2026-014_2026-11-20.ics\n600 ./C-2_2026-11-20.ics'
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
is 'a new invitation begins from the contacts' "$(grep -c -e stodig.bekk -e vaken.rogn "$T/new.json")" 2
finish

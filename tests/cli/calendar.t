#!/usr/bin/env bash
# Deadlines as a calendar, read by a parser that is not ours (python3-icalendar), and by the rules of
# RFC 5545 about lines.
. "${0%/*}/tap.sh"

python_with icalendar

log=share/demo/events.csv
calendar() { deadline-list --as-of=2026-11-21 --format=ics "$@"; }

cat >"$T/ics.py" <<'END'
"""Checks a calendar's lines; writes what it holds, one line a deadline: UID, day, status, alarms, summary,
description, version."""
import datetime, re, sys, zoneinfo
from icalendar import Calendar

oslo = zoneinfo.ZoneInfo("Europe/Oslo")

text = open(sys.argv[1], "rb").read()

def wrong(*why):
    print("wrong:", *why)

if re.search(rb"(?<!\r)\n|\r(?!\n)", text) or not text.endswith(b"\r\n"):
    wrong("a line does not end with CRLF")
lines = text.split(b"\r\n")[:-1]
for number, line in enumerate(lines, 1):
    if len(line) > 75:
        wrong("line", number, "has", len(line), "octets")
    try:
        line.decode()
    except UnicodeDecodeError:
        wrong("line", number, "cuts a character")
    if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line):
        wrong("line", number, "holds a control character")
    if not line:
        wrong("line", number, "is empty")
unfolded = re.sub(rb"\r\n[ \t]", b"", text).decode().split("\r\n")[:-1]
for line in unfolded:
    if not re.match(r"[A-Z-]+(;[A-Z]+=[A-Z-]+)*:", line):
        wrong("no property:", line)
    if re.search(r"^(SUMMARY|DESCRIPTION|X-WR-CALNAME):(.*[^\\])??(\\\\)*([,;]|\\[^\\,;nN])", line):
        wrong("not escaped:", line)

calendar = Calendar.from_ical(text)
if calendar.errors:
    wrong(calendar.errors)
for name, value in (("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")):
    if calendar.get(name) != value:
        wrong(name, calendar.get(name))
if not calendar.get("PRODID"):
    wrong("no PRODID")
# What the parser reads is what stands there, and it writes the same again.
if sorted(Calendar.from_ical(calendar.to_ical()).to_ical().split(b"\r\n")) != sorted(calendar.to_ical().split(b"\r\n")):
    wrong("read and written, it is another")
uids = set()
for event in calendar.walk("VEVENT"):
    for name in "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "SUMMARY", "STATUS":
        if event.get(name) is None or isinstance(event.get(name), list):
            wrong(name, "not there once")
    if event.errors:
        wrong(event.errors)
    uid, day = str(event["UID"]), event["DTSTART"].dt
    if uid in uids:
        wrong("twice:", uid)
    uids.add(uid)
    if isinstance(day, datetime.datetime) or event["DTSTART"].params.get("VALUE") != "DATE":
        wrong(uid, "is not a whole day")
    if "DTEND" in event and event["DTEND"].dt != day + datetime.timedelta(1):
        wrong(uid, "does not end with its day")
    alarms = event.walk("VALARM")
    for alarm in alarms:
        if not (alarm.get("ACTION") and alarm.get("TRIGGER") and alarm.get("DESCRIPTION")):
            wrong(uid, "an alarm that lacks something")
        if alarm.get("ACTION") != "DISPLAY":
            wrong(uid, "an alarm that", alarm.get("ACTION"))
    # Moments of UTC: hours after a whole day are understood in more than one way.
    triggers = sorted(a["TRIGGER"].dt.astimezone(oslo).strftime("%Y-%m-%dT%H:%M") for a in alarms)
    print("\t".join([uid, day.isoformat(), str(event["STATUS"]), " ".join(triggers), str(event["SUMMARY"]),
                     str(event.get("DESCRIPTION", "")).replace("\n", " / "),
                     "%s %s" % (event["SEQUENCE"], event["DTSTAMP"].dt.date())]))
if not uids and not calendar.subcomponents:
    wrong("no component")
END
# reads NAME FILE: the parser finds nothing wrong; what it holds is then in $T/NAME.
reads() {
	status "$1: it can be read" 0 "$python" "$T/ics.py" "$2"
	cp "$T/out" "$T/$1"
	is 'and is as it must be' "$(grep -a '^wrong:' "$T/out" | head -n 5; cat "$T/err")" ''
}

# ---- as a calendar program sees it ----

for lang in nb nn en; do
	calendar --lang=$lang "$log" >"$T/$lang.ics"
	reads $lang "$T/$lang.ics"
done
deadline-list --as-of=2026-11-21 --all "$log" >"$T/all.csv"
# Of what is over, what came to its end in the last thirty days, as the profile has it.
is 'all that is open is in it' "$(grep -c CONFIRMED "$T/nb")" "$(deadline-list --as-of=2026-11-21 "$log" | awk -F, 'NR > 1 && $4 != ""' | wc -l)"
is 'of what is done, what was done of late' "$(grep -c '	CANCELLED	.*	[0-9]* ' "$T/nb")" "$(awk -F'\t' '$3 == "CANCELLED" && substr($7, index($7, " ") + 1) >= "2026-10-22"' "$T/nb" | wc -l)"
ok 'what was done since is among it' test "$(awk -F, 'NR > 1 && $8 >= "2026-10-22" && $4 != ""' "$T/all.csv" | wc -l)" -le "$(grep -c CANCELLED "$T/nb")"
is 'with --all, too' "$(calendar --all "$log" | cksum)" "$(cksum <"$T/nb.ics")"
calendar --no-cancelled "$log" >"$T/open.ics"
reads open "$T/open.ics"
ok '--no-cancelled leaves what is open' cmp "$T/open" <(grep CONFIRMED "$T/nb")
is 'what is over says so in words' "$(grep -c '	AVLYST: ' "$T/nb")" "$(grep -c '	CANCELLED	' "$T/nb")"
# The day is the last day; of what is overdue, and of a reminder that is past, today.
is 'each on its day' "$(grep CONFIRMED "$T/nb" | cut -f2 | sort | cksum)" \
	"$(awk -F, 'NR > 1 && $7 ~ /^(overdue|due|upcoming)$/ && $4 != "" { print $4 < "2026-11-21" ? "2026-11-21" : $4 }' "$T/all.csv" | sort | cksum)"
is 'what is overdue says so, and since when' "$(grep -c '	Over fristen: .*Fristen var ' "$T/nb")" "$(grep -c ,overdue, "$T/all.csv")"
is 'nothing else does' "$(grep -c 'Over fristen: ' "$T/nb")" "$(grep -c ,overdue, "$T/all.csv")"
is 'in the languages the same days, under the same UIDs' "$(cut -f1-4 "$T/nn" | cksum) $(cut -f1-4 "$T/en" | cksum)" \
	"$(cut -f1-4 "$T/nb" | cksum) $(cut -f1-4 "$T/nb" | cksum)"
for text in 'nb	Kontaktperson i bydelen utpekt' 'nn	Første samarbeidsmøte' 'en	End of a short stay (up to 3 months)' \
	'nb	Slutten på en langtidsplass (inntil 1 år, kan forlenges)'; do
	ok "its words: $text" grep -qF "${text#*$'\t'} – " "$T/${text%%$'\t'*}"
done
ok 'who does it, who must be there, and where it says so' \
	grep -q 'Bydelen har ansvaret. / Skal være med: Personen, Bydelen, Institusjonen. /.*Kilde: Rutinen 2.7.' "$T/nb"
ok 'a weekend is told of' grep -q '15.11.2026 er en helge- eller helligdag. Første arbeidsdag er 16.11.2026.' "$T/nb"
ok 'and of what is kept before it' grep -q '09.01.2027 er en helge- eller helligdag. Siste arbeidsdag før den er 08.01.2027.' "$T/nb"
is 'it rings at eight when the notice begins, and on the day' "$(grep 'Neste samarbeidsmøte – C-2026-014' "$T/nb" | grep CONFIRMED | cut -f4)" \
	'2026-12-30T08:00 2027-01-13T08:00'
is 'in summer time, too' "$(cut -f4 "$T/nb" | tr ' ' '\n' | grep . | grep -cv 'T08:00$')" 0
is 'not for what is over' "$(grep CANCELLED "$T/nb" | cut -f4 | sort -u)" ''

# ---- no name in it ----

# A log may hold names where none belongs; the calendar tells the reference.
perl -ne 's/,[^,]*,[^,"]*$/,Våken Rogn,"Rolig Fjord, 10839421953"\n/ if $. > 1 && !/"/; print' "$log" >"$T/names.csv"
calendar "$T/names.csv" >"$T/names.ics"
is 'who writes the log, and what about, is not in it' "$(grep -acE 'Fjord|Rogn|10839421953' "$T/names.ics")" 0
is 'the cases are' "$(sed 's/^.* – //' <(cut -f5 "$T/open") | sort -u | cksum)" \
	"$(deadline-list --as-of=2026-11-21 "$log" | awk -F, 'NR > 1 && $4 != "" { print $1 }' | sort -u | cksum)"

# ---- again, when more has happened ----

one=$T/one.csv
grep -E '^case_id|^C-2026-014' "$log" >"$one"
calendar "$one" >"$T/before.ics"
reads before "$T/before.ics"
printf '%s\n' C-2026-014,2026-11-23,move_out_meeting,,, C-2026-014,2026-11-24,agreement_signed,,, >>"$one"
deadline-list --as-of=2026-11-24 --format=ics "$one" >"$T/after.ics"
reads after "$T/after.ics"
unmarked() { cut -f1,5 "$1" | sed -E 's/(Over fristen|AVLYST): //' | sort; }
is 'a UID stays with its step and case' "$(join -t $'\t' <(unmarked "$T/before") <(unmarked "$T/after") | awk -F'\t' '$2 == $3' | wc -l)" \
	"$(wc -l <"$T/before")"
is 'what was to be done' "$(grep CONFIRMED "$T/before" | cut -f2,5 | sort)" "$(cat <<END
2026-11-27	Utflyttingsmøte, før innflytting i boligen – C-2026-014
2027-01-13	Neste samarbeidsmøte – C-2026-014
2027-01-26	Slutten på en langtidsplass (inntil 1 år, kan forlenges) – C-2026-014
END
)"
is 'and has been done, is taken out' "$(grep CANCELLED "$T/after" | cut -f1,5 | grep -F -f <(grep CONFIRMED "$T/before" | cut -f1) | cut -f2)" \
	'AVLYST: Utflyttingsmøte, før innflytting i boligen – C-2026-014'
is 'what is new is added' "$(cut -f1 "$T/after" | sort | comm -23 - <(cut -f1 "$T/before" | sort) | while read -r uid; do grep "^$uid" "$T/after" | cut -f5 | sed -E 's/(Over fristen|AVLYST): //'; done | sort)" \
	$'Oppfølgingstjenesten i bydelen koblet inn, der det finnes en – C-2026-014\nUtflyttingsplan – C-2026-014'
is 'what has not changed is the same to the byte' "$(join -t $'\t' <(grep CONFIRMED "$T/before" | sort) <(grep CONFIRMED "$T/after" | sort) | awk -F'\t' '$7 == $13 && $2 == $8' | wc -l)" 2

# A calendar program, from day to day: it knows an entry by its UID, and takes it anew only when SEQUENCE, or
# with the same SEQUENCE DTSTAMP, is higher. What it holds in the end is what is open.
cat >"$T/follow.py" <<'END'
"""follow.py FILE...: imports one calendar after another; writes what is wrong, and what it counted."""
import re, sys
from icalendar import Calendar

held, seen, changed, kept, cancelled = {}, {}, 0, 0, 0
for name in sys.argv[1:]:
    now = {}
    for event in Calendar.from_ical(open(name, "rb").read()).walk("VEVENT"):
        uid = str(event["UID"])
        text = re.sub(rb"DTSTAMP:\S+", b"", event.to_ical()) # that may go back: who was late to write it down
        version = (int(event["SEQUENCE"]), event["DTSTAMP"].dt)
        now[uid] = str(event["STATUS"])
        if uid in seen:
            if text == seen[uid][1]:
                kept += 1
            elif version[0] <= seen[uid][0][0]:
                print("wrong:", name, "changed, and not newer:", seen[uid][0], version, event["SUMMARY"])
            else:
                changed += 1
        seen[uid] = (version, text)
        if uid in held and version <= held[uid][0]:
            continue
        held[uid] = (version, now[uid])
        cancelled += now[uid] == "CANCELLED"
    live = {uid for uid, (_, status) in held.items() if status == "CONFIRMED"}
    if live != {uid for uid, status in now.items() if status == "CONFIRMED"}:
        print("wrong:", name, "holds", len(live), "and there are", list(now.values()).count("CONFIRMED"))
print(len(held), "entries,", "changed" if changed else "none changed,", "kept" if kept else "none kept,",
      "cancelled" if cancelled else "none cancelled")
END
for role in '' institution bydel; do
	for day in {1..61}; do
		day=$(date -u -d "2026-10-01 + $day days" +%F)
		deadline-list --as-of="$day" --format=ics ${role:+--responsible=$role} "$log" >"$T/day-$day.ics" 2>/dev/null
	done
	status "day by day${role:+, of $role}" 0 "$python" "$T/follow.py" "$T"/day-*.ics
	is 'what it holds is what is open' "$(grep -c ^wrong: "$T/out"; grep -m 3 ^wrong: "$T/out"; sed 's/^[0-9]* entries, //' "$T/out" | tail -n 1)" \
		$'0\nchanged kept cancelled'
done
calendar --responsible=institution --no-cancelled "$log" >"$T/role.ics"
reads role "$T/role.ics"
# Lines are written down days after their day, a case is closed and opened again, and the calendar still holds.
{
	cat "$log"
	printf '%s\n' C-2026-014,2026-10-20,closed,,, C-2026-014,2026-11-02,reopened,,, C-2026-014,2026-11-10,closed,,,
} | awk -F, -v OFS=, 'NR == 1 { print "written", $0; next } { split($2, d, "-"); t = mktime(d[1] " " d[2] " " d[3] " 12 0 0") + NR % 4 * NR % 9 * 86400; print strftime("%Y-%m-%d", t), $0 }' >"$T/written.csv"
rm -f "$T"/day-*.ics
for day in {1..61}; do
	day=$(date -u -d "2026-10-01 + $day days" +%F)
	awk -F, -v day="$day" 'NR == 1 || $1 <= day' "$T/written.csv" | cut -d, -f2- >"$T/so-far.csv"
	deadline-list --as-of="$day" --format=ics "$T/so-far.csv" >"$T/day-$day.ics" 2>/dev/null
done
status 'written down late' 0 "$python" "$T/follow.py" "$T"/day-*.ics
is 'it holds what is open' "$(grep -c ^wrong: "$T/out"; grep -m 3 ^wrong: "$T/out")" 0
is 'a role has its own cases alone' "$(cut -f5 "$T/role" | sed 's/^.* – //' | sort -u | cksum)" \
	"$(deadline-list --as-of=2026-11-21 --responsible=institution "$log" | awk -F, 'NR > 1 && $4 != "" { print $1 }' | sort -u | cksum)"
# A log with one case more: the entries of the others are the same to the byte, but for the day of what is late.
{ cat "$log"; echo K-1,2026-11-20,referral_received,,,; } >"$T/more.csv"
calendar "$T/more.csv" >"$T/more.ics"
reads more "$T/more.ics"
is 'another case changes nothing' "$(grep -v K-1 "$T/more" | cksum)" "$(cksum <"$T/nb")"
# Handed over to the district, a meeting leaves the calendar of the institution, and says so.
printf '%s\n' case_id,date,type,detail K-1,2026-10-01,moved_in,lang K-1,2026-11-02,cooperation_meeting, K-1,2026-11-10,home_offered, >"$T/over.csv"
deadline-list --as-of=2026-11-12 --format=ics --responsible=institution "$T/over.csv" >"$T/theirs.ics"
reads theirs "$T/theirs.ics"
is 'handed over' "$(grep samarbeidsmøte "$T/theirs" | cut -f3,5)" $'CANCELLED	AVLYST: Første samarbeidsmøte – K-1\nCANCELLED	AVLYST: Neste samarbeidsmøte – K-1'
deadline-list --as-of=2027-01-12 --format=ics --responsible=institution "$T/over.csv" >"$T/theirs.ics"
is 'and is gone after a while' "$(grep -c 'Neste samarbeids' "$T/theirs.ics")" 0
calendar --case=C-2026-014 "$log" >"$T/part.ics"
is 'a UID is the same in a part' "$(awk -F'\t' 'NR == FNR { uid[$1]; next } $1 in uid' <("$python" "$T/ics.py" "$T/part.ics") "$T/nb" | wc -l)" \
	"$(wc -l <"$T/before")"
shuf --random-source=<(yes) <(tail -n +2 "$one") | cat <(head -n 1 "$one") - >"$T/shuffled.csv"
ok 'and whatever the order of the lines' cmp "$T/after.ics" <(deadline-list --as-of=2026-11-24 --format=ics "$T/shuffled.csv" 2>/dev/null)
ours=$T/ours
cp -r share/profiles/oslo "$ours"
sed -i 's/^municipality,0301$/municipality,1108/' "$ours/profile.csv"
calendar --profile="$ours" "$one" >"$T/other.ics" 2>/dev/null
reads other "$T/other.ics"
is 'another municipality has others' "$(cut -f1 "$T/other" "$T/before" | sort | uniq -d | wc -l)" 0

# ---- the same bytes ----

for zone in Pacific/Kiritimati America/Adak; do
	ok "in $zone" cmp "$T/nb.ics" <(TZ=$zone calendar "$log")
done
ok 'in another locale' cmp "$T/nb.ics" <({ LC_ALL=tr_TR.UTF-8 calendar "$log"; } 2>/dev/null)

# ---- what people write ----

# References and words with all that means something, or is long; a line is folded between characters.
awk -F, -v OFS=, 'NR > 1 { $2 = "\"Møte, ærlig; på \"\"Å\"\" \\ i båten: " substr("æøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøå", 1, 2 * NR) "–\"" } { print }' \
	<(grep -E '^(step|first_meeting|further_meetings|stay_plan|rights_told|report|available|contact_bydel),' "$ours/steps.csv" |
		perl -Mutf8 -CS -pe 's/"[^"]*"/X/g') >"$T/steps.csv"
cp "$T/steps.csv" "$ours/steps.csv"
printf '%s\n' case_id,date,type,detail,by,note "\"K;1,å\"\"\",2026-11-02,moved_in,lang,," $'"K\xe2\x80\xae2",2026-11-02,moved_in,lang,,' \
	K-3-æøåæøåæøåæøåæøåæøåæøåæøåæø,2026-11-02,moved_in,lang,, >"$T/odd.csv"
calendar --profile="$ours" "$T/odd.csv" >"$T/odd.ics"
reads odd "$T/odd.ics"
ok 'commas and the like come through' grep -qF 'Møte, ærlig; på "Å" \ i båten: ' "$T/odd"
ok 'in references, too' grep -qF ' – K;1,å"' "$T/odd"
is 'no mark turns the text round' "$(grep -ac $'\xe2\x80\xae' "$T/odd.ics")" 0
is 'a file of no events is an empty calendar' "$(head -n 1 "$log" | calendar 2>/dev/null | grep -c VEVENT)" 0
head -n 1 "$log" >"$T/none.csv"
calendar "$T/none.csv" >"$T/none.ics" 2>/dev/null
reads none "$T/none.ics"

finish

#!/usr/bin/env bash
# Deadlines as a calendar, read by a parser that is not ours (python3-icalendar), and by the rules of
# RFC 5545 about lines.
. "${0%/*}/tap.sh"

for python in python3 /usr/bin/python3 ''; do # the package may be that of the system alone
	[[ -n $python ]] && "$python" -c 'import icalendar' 2>/dev/null && break
done
if [[ -z $python ]]; then
	echo '1..0 # SKIP there is no python3 with icalendar (Debian: python3-icalendar)'
	exit 0
fi

log=share/demo/events.csv
calendar() { deadline-list --as-of=2026-11-21 --format=ics "$@"; }

cat >"$T/ics.py" <<'END'
"""Checks a calendar's lines; writes what it holds, one line a deadline: UID, day, status, alarms, summary."""
import datetime, re, sys
from icalendar import Calendar

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
    if not re.match(r"[A-Z-]+(;[A-Z]+=[A-Z]+)*:", line):
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
    triggers = sorted(int(a["TRIGGER"].dt.total_seconds() // 3600) for a in alarms)
    print("\t".join([uid, day.isoformat(), str(event["STATUS"]), " ".join(map(str, triggers)), str(event["SUMMARY"]),
                     str(event.get("DESCRIPTION", "")).replace("\n", " / ")]))
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
is 'every deadline is in it, done or not' "$(wc -l <"$T/nb")" "$(tail -n +2 "$T/all.csv" | wc -l)"
is 'with --all, too' "$(calendar --all "$log" | cksum)" "$(cksum <"$T/nb.ics")"
is 'what is open stands, all else is cancelled' "$(cut -f3 "$T/nb" | sort | uniq -c | awk '{ print $2, $1 }')" \
	"$(awk -F, 'NR > 1 { n[$7 ~ /^(overdue|due|upcoming)$/ ? "CONFIRMED" : "CANCELLED"]++ } END { for (s in n) print s, n[s] }' "$T/all.csv" | sort)"
# The day is the working day; where a weekend extends nothing, the day itself; of what is overdue, today.
is 'each on its day' "$(cut -f2 "$T/nb" | sort | cksum)" \
	"$(awk -F, 'NR > 1 { print $7 == "overdue" ? "2026-11-21" : $2 == "available" ? $3 : $4 }' "$T/all.csv" | sort | cksum)"
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
ok 'a weekend is told of' grep -q '13.02.2027 er en helge- eller helligdag. Første arbeidsdag er 15.02.2027.' "$T/nb"
like 'it rings when the notice begins, and at eight on the day' "$(grep 'Neste samarbeidsmøte – C-2026-014' "$T/nb" | grep CONFIRMED | cut -f4)" '^-336 8$'
is 'not for what is over' "$(grep CANCELLED "$T/nb" | cut -f4 | sort -u)" ''

# ---- no name in it ----

# A log may hold names where none belongs; the calendar tells the reference.
perl -ne 's/,[^,]*,[^,"]*$/,Våken Rogn,"Rolig Fjord, 10839421953"\n/ if $. > 1 && !/"/; print' "$log" >"$T/names.csv"
calendar "$T/names.csv" >"$T/names.ics"
is 'who writes the log, and what about, is not in it' "$(grep -acE 'Fjord|Rogn|10839421953' "$T/names.ics")" 0
is 'the cases are' "$(sed 's/^.* – //' <(cut -f5 "$T/nb") | sort -u | cksum)" "$(tail -n +2 "$T/all.csv" | cut -d, -f1 | sort -u | cksum)"

# ---- again, when more has happened ----

one=$T/one.csv
grep -E '^case_id|^C-2026-014' "$log" >"$one"
calendar "$one" >"$T/before.ics"
reads before "$T/before.ics"
printf '%s\n' C-2026-014,2026-11-23,move_out_meeting,,, C-2026-014,2026-11-24,agreement_signed,,, >>"$one"
deadline-list --as-of=2026-11-24 --format=ics "$one" >"$T/after.ics"
reads after "$T/after.ics"
is 'a UID stays with its step and case' "$(join -t $'\t' <(cut -f1,5 "$T/before" | sed 's/Over fristen: //' | sort) <(cut -f1,5 "$T/after" | sed 's/Over fristen: //' | sort) | awk -F'\t' '$2 == $3' | wc -l)" \
	"$(wc -l <"$T/before")"
is 'what was to be done' "$(grep CONFIRMED "$T/before" | cut -f2,5 | sort)" "$(cat <<END
2026-11-21	Over fristen: Samarbeidsavtale om nødvendig oppfølging i boligen – C-2026-014
2026-11-21	Over fristen: Utflyttingsmøte, før innflytting i boligen – C-2026-014
2027-01-13	Neste samarbeidsmøte – C-2026-014
2027-01-26	Slutten på en langtidsplass (inntil 1 år, kan forlenges) – C-2026-014
END
)"
is 'and has been done, is taken out' "$(grep CANCELLED "$T/after" | cut -f1 | sort | comm -12 - <(grep CONFIRMED "$T/before" | cut -f1 | sort) | wc -l)" 2
is 'what is new is added' "$(cut -f1 "$T/after" | sort | comm -23 - <(cut -f1 "$T/before" | sort) | while read -r uid; do grep "^$uid" "$T/after" | cut -f5 | sed 's/Over fristen: //'; done | sort)" \
	$'Oppfølgingstjenesten i bydelen koblet inn, der det finnes en – C-2026-014\nUtflyttingsplan – C-2026-014'
sequence() { sed -n 's/^SEQUENCE:\([0-9]*\)\r$/\1/p' "$1" | sort -u; }
ok 'a later calendar goes before an earlier one' test "$(sequence "$T/after.ics")" -gt "$(sequence "$T/before.ics")"
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

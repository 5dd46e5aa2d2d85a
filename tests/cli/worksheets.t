#!/usr/bin/env bash
# Worksheets of open groups, filled in as documents: read back as the same answers in a table, or refused with what is wrong.
. "${0%/*}/tap.sh"
. "${0%/*}/edit.sh"
in=tests/golden/explain-nb/in
grouped() { rop-group "$@" $in 2>"$T/err"; }

# ---- there and back ----

grouped >"$T/plain.csv"
cp "$T/err" "$T/plain.err"
for lang in nb nn en; do
	for format in docx odt html pdf; do
		case $format in docx | odt) form=() ;; *) form=(--form) ;; esac
		rop-group --worksheet "${form[@]}" --lang=$lang --format=$format -o "$T/$lang-$format/" $in 2>"$T/err"
		ok "as $format in $lang, nobody has answered" cmp <(grouped --answers="$T/$lang-$format/A-2.$format" --answers="$T/$lang-$format/A-5.$format") "$T/plain.csv"
		is 'and nothing is said of it' "$(cat "$T/err")" "$(<"$T/plain.err")"
	done
done

# ---- filled in ----

printf '%s\n' referral_id,field,answer A-2,autonomous,Nei A-2,vulnerable,Ja >"$T/a-2.csv"
printf '%s\n' referral_id,field,answer 'A-5,judged_group,Gruppe 6' A-5,judged_by,ruskonsulent A-5,judged_on,28.11.2026 'A-5,judged_reason,Bor trygt & godt' >"$T/a-5.csv"
grouped --answers="$T/a-2.csv" --answers="$T/a-5.csv" >"$T/expected.csv"
ok 'answers change the groups' test "$(cut -d, -f1,17- "$T/expected.csv" | md5sum)" != "$(cut -d, -f1,17- "$T/plain.csv" | md5sum)"

edit "$T/nb-docx/A-2.docx" "$T/a-2.docx" 's = tick(s, "Selvstendig i bolig", 2); s = tick(s, "Sårbar", 1)'
edit "$T/nb-docx/A-5.docx" "$T/a-5.docx" '
at = s.index("Gruppe 6", s.index("En fagperson må velge"))
box = s.rindex("☐", 0, at)
s = s[:box] + "☒" + s[box + 1:]
s = fill(s, "Vurdert av", "ruskonsulent"); s = fill(s, "Vurdert dato", "28.11.2026"); s = fill(s, "Grunn til vurderingen", "Bor trygt &amp; godt")
'
ok 'in Word' cmp <(grouped --answers="$T/a-2.docx" --answers="$T/a-5.docx") "$T/expected.csv"
is 'nothing is said of it' "$(grep -c 'a-[25].docx' "$T/err")" 0
sed 's|\(>Selvstendig i bolig<.*\)<option>Nei|\1<option selected>Nei|; s|\(>Sårbar<.*\)<option>Ja|\1<option selected>Ja|' "$T/nb-html/A-2.html" >"$T/a-2.html"
ok 'in a browser, beside a table' cmp <(grouped --answers="$T/a-2.html" --answers="$T/a-5.csv") "$T/expected.csv"

# ---- what is refused ----

wrong() { # WHAT CODE PATTERN
	edit "$T/nb-docx/A-2.docx" "$T/wrong.docx" "$2"
	status "$1" 65 rop-group --answers="$T/wrong.docx" $in
	like 'is told by its name' "$(<"$T/err")" "$3"
}
wrong 'two answers' 's = tick(s, "Sårbar", 1); s = tick(s, "Sårbar", 1)' 'wrong.docx: A-2.vulnerable: filled-two: '
wrong 'words that are no choice' 's = tick(s, "Sårbar", 1).replace(">Ja<", ">Ja, men lite<")' 'wrong.docx: A-2.vulnerable: .*not one of'
wrong 'a document of something else' 's = s.replace("Arbeidsark for ", "Brev til ")' 'wrong.docx: filled-none: '
edit "$T/a-5.docx" "$T/wrong.docx" 's = s.replace("28.11.2026", "i går")'
status 'a day in words' 65 rop-group --answers="$T/wrong.docx" $in
like 'is told by its name' "$(<"$T/err")" 'wrong.docx: A-5.judged_on: date: '
status 'another profile' 65 rop-group --profile=sandnes --answers="$T/a-2.docx" $in
like 'is told' "$(<"$T/err")" 'filled-form: the document was made as .*Oslo/nb/'
edit "$T/a-2.docx" "$T/beside.docx" 's = s.replace("<w:sectPr>", "<w:p>" + W % "Ring legen" + "</w:p><w:sectPr>", 1)'
ok 'what stands beside changes nothing' cmp <(grouped --answers="$T/beside.docx" --answers="$T/a-5.docx") "$T/expected.csv"
like 'and is told' "$(<"$T/err")" 'beside.docx: A-2: filled-unread: '
status 'fields are for formats that have none' 2 rop-group --worksheet --form --format=docx -o "$T/no/" $in


# An id that is tidied where it is shown, and words behind it; a remark beneath the box that is ticked.
sed 's/^A-2\([;,]\)/A__2 b\1/' "$in" >"$T/odd.csv"
ok 'an id of blanks and lines' grep -q '^A__2 b' "$T/odd.csv"
rop-group --worksheet --format=docx -o "$T/odd/" "$T/odd.csv" 2>"$T/err"
edit "$T/odd/"A*2*b.docx "$T/odd.docx" 's = tick(s, "Selvstendig i bolig", 2); s = tick(s, "Sårbar", 1); s = s.replace("A__2 b<", "A__2 b (ring henne)<", 1)'
sed 's/^A-2,/A__2 b,/' "$T/a-2.csv" >"$T/odd-answers.csv"
ok 'is known in the document that was made for it' cmp <(rop-group --answers="$T/odd.docx" "$T/odd.csv" 2>"$T/err") \
	<(rop-group --answers="$T/odd-answers.csv" "$T/odd.csv" 2>"$T/said")
edit "$T/a-2.docx" "$T/beneath.docx" 'at = s.index("☒"); at = s.index("</w:p>", at) + 6; s = s[:at] + "<w:p>" + W % "sier hun selv" + "</w:p>" + s[at:]'
ok 'a remark beneath a ticked box changes nothing' cmp <(grouped --answers="$T/beneath.docx" --answers="$T/a-5.docx") "$T/expected.csv"
like 'and is told' "$(<"$T/err")" 'beneath.docx: A-2: filled-unread: '

# Sheets of several people in one document: each answer belongs under its title.
both() { # SECOND: a page with the sheet of A-2, filled in, and that of the second
	sed '/<\/main>/,$d' "$T/a-2.html"
	sed -n '/<main/,/<\/main>/p' "$1" | sed '1d;$d'
	sed -n '/<\/main>/,$p' "$T/a-2.html"
}
both "$T/nb-html/A-5.html" >"$T/two.html"
ok 'two sheets in one page' cmp <(grouped --answers="$T/two.html" --answers="$T/a-5.csv") "$T/expected.csv"
both <(sed 's|<h1[^>]*>[^<]*</h1>||' "$T/nb-html/A-5.html") >"$T/untitled.html"
status 'a sheet whose title is gone is nobody'\''s' 65 rop-group --answers="$T/untitled.html" $in
like 'and is told' "$(<"$T/err")" 'filled-none: '
both "$T/a-2.html" >"$T/twice.html"
status 'nor has anybody two in one document' 65 rop-group --answers="$T/twice.html" $in
like 'which is told' "$(<"$T/err")" 'A-2: filled-two: '
edit "$T/a-2.docx" "$T/typed.docx" 's = s.replace("☐", "x", 1)'
grouped --answers="$T/typed.docx" >"$T/out"
like 'a box that was typed over is told' "$(<"$T/err")" 'typed.docx: A-2: filled-unread: '

# Tables of answers: from standard input, as a sheet, for people who are not there, and of what no rule asks.
ok 'a table on standard input' cmp <(grouped --answers=- --answers="$T/a-5.csv" <"$T/a-2.csv") "$T/expected.csv"
printf '%s\n' referral_id,field,answer X-1,autonomous,Nei X-1,vulnerable,Ja X-2,autonomous,Nei >"$T/x.csv"
grouped --answers="$T/x.csv" >"$T/out"
is 'all who are not there are told' "$(grep -c answer-for "$T/err")" 2
status 'the number in the queue is no answer' 65 rop-group --answers=<(printf '%s\n' referral_id,field,answer A-2,queue_number,7) $in
if command -v soffice >/dev/null; then
	(cd "$T" && soffice "-env:UserInstallation=file://$T/office" --headless --convert-to ods a-2.csv >/dev/null 2>&1)
	ok 'a table in a workbook of LibreOffice' cmp <(grouped --answers="$T/a-2.ods" --answers="$T/a-5.csv") "$T/expected.csv"
else
	lacks 'a table in a workbook of LibreOffice' 'there is no LibreOffice'
fi

# ---- saved by another program ----

if ! command -v soffice >"$T/said" || ! timeout 300 soffice --headless "-env:UserInstallation=file://$T/office" --convert-to odt \
	--outdir "$T/saved" "$T/a-2.docx" "$T/a-5.docx" >"$T/said" 2>&1 || [[ ! -s $T/saved/a-5.odt ]]; then
	lacks 'saved by LibreOffice' 'there is no LibreOffice Writer'
else
	ok 'saved by LibreOffice as its own' cmp <(grouped --answers="$T/saved/a-2.odt" --answers="$T/saved/a-5.odt") "$T/expected.csv"
fi

# ---- a PDF ----

if ! command -v qpdf >"$T/said"; then
	lacks 'in a reader of PDF' 'there is no qpdf'
else
	fields "$T/nb-pdf/A-2.pdf" "$T/a-2.pdf" 'Selvstendig i bolig: Nei=x' 'Sårbar: Ja=x'
	ok 'in a reader of PDF' cmp <(grouped --answers="$T/a-2.pdf" --answers="$T/a-5.csv") "$T/expected.csv"
fi
finish

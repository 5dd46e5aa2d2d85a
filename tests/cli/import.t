#!/usr/bin/env bash
# Plans that were filled in as documents: read back as they were meant, or refused with what is wrong.
. "${0%/*}/tap.sh"
. "${0%/*}/edit.sh"
demo=share/demo

value() { perl -MJSON::PP -e 'local $/; my $p = decode_json(<STDIN>); for (split /\./, $ARGV[0]) { $p = ref $p eq "ARRAY" ? $p->[$_] : $p->{$_} } binmode STDOUT, ":utf8"; print $p // "null"' "$1"; }

# ---- there and back ----

head -n 1 $demo/plans.jsonl >"$T/one.json"
cp $demo/plan.json "$T/two.json"
checklist-export --template C-1 >"$T/three.json"
for plan in one two three; do
	for lang in nb nn en; do
		for format in docx odt html pdf; do
			case $format in docx | odt) form=() ;; *) form=(--form) ;; esac
			checklist-export "${form[@]}" --with-identity --lang=$lang --format=$format -o "$T/$plan-$lang.$format" "$T/$plan.json" 2>"$T/err"
			status "$plan as $format in $lang" 0 checklist-import -o "$T/back.json" "$T/$plan-$lang.$format"
			is 'nothing is said' "$(<"$T/err")" ''
			ok 'it is the same plan' cmp <(checklist-export --with-identity "$T/back.json" 2>"$T/err") <(checklist-export --with-identity "$T/$plan.json" 2>"$T/err")
		done
	done
done
checklist-export --format=docx -o "$T/plan.docx" "$T/two.json" 2>"$T/err"
ok 'what it does not show is taken from the plan before' cmp <(checklist-import --onto="$T/two.json" "$T/plan.docx" | checklist-export --with-identity 2>"$T/err") \
	<(checklist-export --with-identity "$T/two.json" 2>"$T/err")
is 'several documents' "$(checklist-import "$T/one-nb.docx" "$T/two-nb.odt" | grep -c '"schema"')" 2
is 'from standard input' "$(checklist-import <"$T/one-nb.docx" | grep -c '"schema"')" 1

# ---- filled in ----

printf '%s\n' case_id,date,type C-1,2026-10-01,moved_in >"$T/events.csv"
checklist-export --format=docx -o "$T/empty.docx" "$T/three.json" 2>"$T/err"
edit "$T/empty.docx" "$T/filled.docx" '
s = fill(s, "Ny bolig", "Testveien 1")
s = fill(s, "Innflytting i boligen", "1.12.2026")
s = fill(s, "Bydel", "Sagene")
s = fill(s, "Bestille strøm", "24.11.2026")
s = tick(s, "Bestille strøm", 1)
s = tick(s, "Trengs det tiltak?", 1)
a, b = row(s, "Ett tiltak på hver linje: hva, hvem som har ansvaret, og når.")
new = re.sub("<w:sdt><w:sdtPr>(?:(?!</w:sdt>).)*<w:showingPlcHdr/>.*?</w:sdt>", "", s[a:b], flags=re.S).split("</w:p>")
for i, text in enumerate(["Treffe bolig- & miljøtjenesten", "Bydelen", "2027-01-04", "Gjort"]):
    new[i] += W % text.replace("&", "&amp;")
s = s[:b] + "</w:p>".join(new) + s[b:]
'
status 'a document that was filled in' 0 checklist-import -o "$T/filled.json" "$T/filled.docx"
is 'text' "$(value home <"$T/filled.json")" 'Testveien 1'
is 'a day' "$(value home_from <"$T/filled.json")" 2026-12-01
is 'a choice' "$(value bydel <"$T/filled.json")" 030103
is 'a day of a task' "$(value points.before_moving_in.electricity.due <"$T/filled.json")" 2026-11-24
is 'whoever was suggested' "$(value points.before_moving_in.electricity.responsible <"$T/filled.json")" person
is 'a box' "$(value points.before_moving_in.electricity.follow_up <"$T/filled.json")" closed
is 'yes' "$(value points.substance_mastery.need <"$T/filled.json")" 1
is 'a row that was added' "$(value points.substance_mastery.measures.0.task <"$T/filled.json")" 'Treffe bolig- & miljøtjenesten'
is 'with all its cells' "$(for key in responsible due status; do value points.substance_mastery.measures.0.$key <"$T/filled.json"; echo; done | xargs)" \
	'bydel 2027-01-04 done'
is 'its tasks stand in the calendar' "$(deadline-list --as-of=2026-11-21 --plans="$T/filled.json" --format=ics "$T/events.csv" 2>"$T/err" | grep -c 'DTSTART;VALUE=DATE:20261124')" 1

# ---- what people do to documents ----

edit "$T/filled.docx" "$T/beside.docx" '
s = s.replace("<w:sectPr>", "<w:p>" + W % "Ring legen først" + "</w:p><w:sectPr>", 1)
a, b = row(s, "E-post")
s = s[:a] + s[b:]
a, b = row(s, "Trengs det tiltak?")
s = s[:a] + s[a:b].replace("Ja<", "Ja, men ikke med en gang<", 1) + s[b:]
'
status 'what stands beside' 0 checklist-import -o "$T/beside.json" "$T/beside.docx"
like 'is told' "$(<"$T/err")" 'beside.docx: filled-beside'
like 'what was deleted, too' "$(<"$T/err")" 'institution_contact.email: filled-gone'
like 'no text is in a message' "$(grep -c 'legen' "$T/err")" '^0$'
like 'it is kept' "$(value remarks <"$T/beside.json")" 'Ring legen først'
like 'behind an answer, too' "$(value remarks <"$T/beside.json")" 'Trengs det tiltak.: Ja, men ikke med en gang'
is 'which counts all the same' "$(value points.substance_mastery.need <"$T/beside.json")" 1
checklist-export --format=docx -o "$T/again.docx" "$T/beside.json" 2>"$T/err"
ok 'a plan with remarks goes out and in' cmp <(checklist-import "$T/again.docx" 2>"$T/err") "$T/beside.json"

edit "$T/filled.docx" "$T/tracked.docx" '
s = s.replace(W % "Testveien 1", "<w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>Testveien 1</w:delText></w:r></w:del>"
	"<w:ins w:id=\"2\" w:author=\"a\">" + W % "Testveien 2" + "</w:ins>", 1)
a, b = row(s, "Treffe bolig- &amp; miljøtjenesten")
s = s[:a] + s[a:b].replace("<w:trPr>", "<w:trPr><w:del w:id=\"3\" w:author=\"a\"/>", 1) + s[b:]
'
status 'tracked changes' 0 checklist-import -o "$T/tracked.json" "$T/tracked.docx"
is 'are accepted' "$(value home <"$T/tracked.json")" 'Testveien 2'
is 'of rows, too' "$(value points.substance_mastery.measures.0 <"$T/tracked.json")" null

# ---- joined cells, pages ----

edit "$T/filled.docx" "$T/joined.docx" '
a, b = row(s, "Møblere boligen")
above = row(s, "Bestille strøm")
def cell(text, n, mark):
    parts = text.split("<w:tcPr>")
    return "<w:tcPr>".join(parts[:n + 1]) + "<w:tcPr>" + mark + "<w:tcPr>".join(parts[n + 1:])
new = cell(s[a:b], 2, "<w:vMerge/>")
parts = new.split("<w:tc>")
parts[3] = re.sub("<w:sdt>.*</w:sdt>", "", parts[3], flags=re.S)
new = "<w:tc>".join(parts)
s = s[:a] + new + s[b:]
s = s[:above[0]] + cell(s[above[0]:above[1]], 2, "<w:vMerge w:val=\"restart\"/>") + s[above[1]:]
'
checklist-import -o "$T/joined.json" "$T/joined.docx"
is 'cells that were joined downwards all say it' "$(value points.before_moving_in.furnishing.due <"$T/joined.json")" 2026-11-24
edit "$T/filled.docx" "$T/paged.docx" '
s = s.replace("24.11.2026", "i november")
a, b = row(s, "Bestille strøm")
s = s[:a] + s[a:b].replace("<w:t>", "<w:lastRenderedPageBreak/><w:t>", 1) + s[b:]
'
status 'a day in words on a page that Word counted' 65 checklist-import "$T/paged.docx"
like 'is told with the page' "$(<"$T/err")" 'paged.docx:2: before_moving_in.electricity.due: date: '

checklist-export --form --format=pdf -o "$T/empty.pdf" "$T/three.json" 2>"$T/err"
if ! command -v qpdf >"$T/said"; then
	lacks 'a PDF that was filled in' 'there is no qpdf'
else
	fields "$T/empty.pdf" "$T/filled.pdf" 'Ny bolig=Testveien 1' 'Bestille strøm: Når=24.11.2026' 'Bestille strøm: På oppfølgingsmøtet: Avsluttet=x'
	status 'a PDF that was filled in' 0 checklist-import -o "$T/pdf-plan.json" "$T/filled.pdf"
	is 'text of it' "$(value home <"$T/pdf-plan.json")" 'Testveien 1'
	is 'a day of it' "$(value points.before_moving_in.electricity.due <"$T/pdf-plan.json")" 2026-11-24
	is 'a box of it' "$(value points.before_moving_in.electricity.follow_up <"$T/pdf-plan.json")" closed
	fields "$T/filled.pdf" "$T/words.pdf" 'Bestille strøm: Når=i november' 'Bestille strøm: På oppfølgingsmøtet: Videreført=x'
	status 'a day in words in a PDF' 65 checklist-import "$T/words.pdf"
	like 'is told with its page' "$(<"$T/err")" 'words.pdf:[1-9]: before_moving_in.electricity.due: date: '
	like 'as are two boxes' "$(<"$T/err")" 'words.pdf:[1-9]: before_moving_in.electricity.follow_up: filled-two: '
	ok 'others find nothing wrong with its file' qpdf --check "$T/empty.pdf"

	# Forms that were joined into one file: a joiner renames the fields of the second, or lists those of the first alone.
	join() { qpdf "$T/filled.pdf" --pages "$T/filled.pdf" "$1" -- "$T/$2.pdf"; }
	join "$T/empty.pdf" two-forms
	qpdf --object-streams=disable "$T/two-forms.pdf" "$T/plain.pdf" && qpdf --json-output "$T/plain.pdf" "$T/pdf.json"
	python3 - "$T/pdf.json" <<-'END'
		import json, sys
		all = json.load(open(sys.argv[1]))
		changed = {}
		for key, o in all['qpdf'][1].items():
		    v = o.get('value') if isinstance(o, dict) else None
		    if isinstance(v, dict) and isinstance(v.get('/T'), str) and '+' in v['/T']:
		        v['/T'] = v['/T'].split('+')[0]
		        changed[key] = o
		gone = {key[len('obj:'):] for key in changed}
		for key, o in all['qpdf'][1].items():
		    v = o.get('value') if isinstance(o, dict) else None
		    acro = v if isinstance(v, dict) and '/Fields' in v else v.get('/AcroForm') if isinstance(v, dict) else None
		    if isinstance(acro, dict) and '/Fields' in acro:
		        acro['/Fields'] = [field for field in acro['/Fields'] if field not in gone]
		        changed[key] = o
		json.dump({'qpdf': [all['qpdf'][0], changed]}, open(sys.argv[1] + '.new', 'w'))
	END
	qpdf "$T/plain.pdf" --update-from-json="$T/pdf.json.new" "$T/first-listed.pdf"
	for joined in two-forms first-listed; do
		status "two forms in one file: $joined" 65 checklist-import "$T/$joined.pdf"
		like 'is told' "$(<"$T/err")" "$joined.pdf: filled-joined: "
	done
	checklist-export --format=pdf -o "$T/flat.pdf" "$T/two.json" 2>"$T/err"
	join "$T/flat.pdf" and-pages
	ok 'pages without fields behind a form leave it as it is' cmp <(checklist-import "$T/and-pages.pdf") "$T/pdf-plan.json"

	# What is taken out of its fields is nowhere else in the file.
	rest() { # PDF: which answers are somewhere in it
		qpdf --json-output --decode-level=generalized --json-stream-data=inline "$1" "$T/pdf.json" && python3 - "$T/pdf.json" <<-'END'
			import base64, json, re, sys
			text = open(sys.argv[1], encoding='utf-8').read()
			text += ''.join(base64.b64decode(data).decode('latin-1') for data in re.findall('"data": "([^"]*)"', text))
			sought = 'Testveien', 'Treffe bolig', 'Ring legen', '24.11.2026', '2026-11-24', ' checked>', '<option selected>'
			print(*(word for word in sought if word in text), sep=', ')
		END
	}
	sed 's/"remarks": *null/"remarks": "Ring legen"/' "$T/filled.json" >"$T/said.json"
	checklist-export --form --format=pdf -o "$T/said.pdf" "$T/said.json" 2>"$T/err"
	is 'a PDF says what was filled in' "$(rest "$T/said.pdf")" 'Testveien, Treffe bolig, Ring legen, 24.11.2026'
	ok 'and is read as that' cmp <(checklist-import "$T/said.pdf") <(checklist-import <(checklist-export --form --format=html "$T/said.json" 2>"$T/err"))
	qpdf --object-streams=disable "$T/said.pdf" "$T/plain.pdf" && qpdf --json-output "$T/plain.pdf" "$T/pdf.json"
	python3 - "$T/pdf.json" <<-'END'
		import json, sys
		all = json.load(open(sys.argv[1]))
		changed = {}
		for key, o in all['qpdf'][1].items():
		    v = o.get('value') if isinstance(o, dict) else None
		    if isinstance(v, dict) and v.get('/FT') in ('/Tx', '/Ch', '/Btn') and v.get('/V') != 'u:C-1':
		        box = v['/FT'] == '/Btn'
		        v.update({'/V': '/Off', '/AS': '/Off'} if box else {'/V': 'u:', '/AP': {}})
		        changed[key] = o
		json.dump({'qpdf': [all['qpdf'][0], changed]}, open(sys.argv[1] + '.new', 'w'))
	END
	qpdf "$T/plain.pdf" --update-from-json="$T/pdf.json.new" "$T/cleared.pdf"
	is 'what was taken out of its fields is nowhere in it' "$(rest "$T/cleared.pdf")" ''
	status 'nor is it read' 0 checklist-import -o "$T/cleared.json" "$T/cleared.pdf"
	is 'from anywhere' "$(grep -c -e Testveien -e 'Treffe bolig' -e 'Ring legen' -e 2026-11-24 "$T/cleared.json")" 0

	# Long words are divided between letters: what a field shows has no sign for a letter that is none.
	sed 's/"remarks": *null/"remarks": "'"a$(printf 'æ%.0s' {1..400})"'"/' "$T/filled.json" | checklist-export --form --format=pdf -o "$T/long.pdf" 2>"$T/err"
	qpdf --json-output --decode-level=generalized --json-stream-data=inline "$T/long.pdf" "$T/pdf.json"
	is 'each letter is shown' "$(python3 - "$T/pdf.json" <<-'END'
		import base64, re, sys
		looks = [base64.b64decode(data) for data in re.findall('"data": "([^"]*)"', open(sys.argv[1]).read())]
		print(*({(look.count(b'\xe6'), look.count(b'?')) for look in looks if look.startswith(b'/Tx') and b'\xe6\xe6' in look}))
	END
	)" '(400, 0)'

	# What its own part holds may be damaged, or as large as nobody can use.
	own() { # FROM TO PYTHON: the bytes of the page that the file keeps are changed
		qpdf --object-streams=disable --stream-data=uncompress "$1" "$T/plain.pdf" && qpdf --json-output --json-stream-data=inline "$T/plain.pdf" "$T/pdf.json" &&
			python3 - "$T/pdf.json" "$3" <<-'END' && qpdf "$T/plain.pdf" --update-from-json="$T/pdf.json.new" "$2"
				import base64, json, sys, zlib
				all = json.load(open(sys.argv[1]))
				for key, o in all['qpdf'][1].items():
				    if 'stream' in o and base64.b64decode(o['stream'].get('data', '')).startswith(b'<meta name="transition-form"'):
				        data = eval(sys.argv[2], dict(zlib=zlib, data=base64.b64decode(o['stream']['data'])))
				        o['stream']['data'] = base64.b64encode(data).decode()
				        o['stream']['dict']['/Filter'] = '/FlateDecode'
				        json.dump({'qpdf': [all['qpdf'][0], {key: o}]}, open(sys.argv[1] + '.new', 'w'))
			END
	}
	own "$T/filled.pdf" "$T/same.pdf" 'zlib.compress(data)'
	ok 'another program may write it anew' cmp <(checklist-import "$T/same.pdf") "$T/pdf-plan.json"
	own "$T/filled.pdf" "$T/broken.pdf" 'zlib.compress(data)[:200] + b"12345" + bytes(500)'
	status 'a PDF with a damaged part' 65 checklist-import "$T/broken.pdf"
	is 'is told in one line' "$(sed 's/.*broken/broken/; s/: this .*//' "$T/err")" 'broken.pdf: filled-flat'
	own "$T/filled.pdf" "$T/bomb.pdf" 'zlib.compress(data + bytes(65 << 20))'
	status 'a PDF that unpacks to more than anybody fills in' 65 checklist-import "$T/bomb.pdf"
	like 'is told' "$(<"$T/err")" 'bomb.pdf: filled-size: .* 64 MiB'
fi
checklist-export --format=pdf -o "$T/flat.pdf" "$T/two.json" 2>"$T/err"
status 'a PDF without fields' 65 checklist-import "$T/flat.pdf"
like 'is refused with what to do' "$(<"$T/err")" 'flat.pdf: filled-flat: .*--form'
status 'other formats have no form' 2 checklist-export --form --format=docx "$T/two.json"

# ---- a page with much in it ----

checklist-export --form --format=html -o "$T/page.html" "$T/three.json" 2>"$T/err"
long() { head -c "$1" /dev/zero | tr '\0' "$2"; }
field=$(sed -n 's/.*<label for="\(f[0-9]*\)">Ny bolig<.*/\1/p' "$T/page.html")
sed "s|<main>|<main><img alt=\"\" src=\"data:image/png;base64,$(long 70000 A)\">|" "$T/page.html" >"$T/picture.html"
status 'a page that somebody put a picture into' 0 checklist-import -o "$T/picture.json" "$T/picture.html"
ok 'says what it says without' cmp "$T/picture.json" <(checklist-import "$T/page.html")
long 70000 b >"$T/long"
perl -0pe 'BEGIN { open my $f, "<", pop; $long = <$f>; $field = pop } s/(name="$field"[^>]* value=")/$1$long/' "$T/page.html" "$field" "$T/long" >"$T/much.html"
checklist-import "$T/much.html" >"$T/much.json"
is 'a field with very much text is read to its end' "$(value home <"$T/much.json" | wc -c)" 70000

# ---- what is refused ----

wrong() { # WHAT CODE PATTERN
	edit "$T/filled.docx" "$T/wrong.docx" "$2"
	rm -f "$T/wrong.json"
	status "$1" 65 checklist-import -o "$T/wrong.json" "$T/wrong.docx"
	like 'is told by its name' "$(<"$T/err")" "$3"
	ok 'and no plan is written' test ! -e "$T/wrong.json"
}
wrong 'a day in words' 's = s.replace("24.11.2026", "siste uken i november")' 'wrong.docx: before_moving_in.electricity.due: date: '
wrong 'two boxes' 's = tick(s, "Trengs det tiltak?", 1)' 'wrong.docx: substance_mastery.need: filled-two: '
wrong 'two boxes of a task' 's = tick(s, "Bestille strøm", 1)' 'electricity.follow_up: filled-two: '
wrong 'words that are no choice' 'a, b = row(s, "Bestille strøm"); s = s[:a] + s[a:b].replace(">Personen<", ">Mor og far<") + s[b:]' \
	'electricity.responsible: filled-choice: not one of the choices: '
wrong 'a row twice' 'a, b = row(s, "Bestille strøm"); s = s[:b] + s[a:b] + s[b:]' 'before_moving_in.electricity: filled-two: '
wrong 'two choices' 'a, b = row(s, "Bestille strøm"); s = s[:a] + s[a:b].replace(">Personen<", ">Personen, Bydelen<") + s[b:]' 'filled-choice'
wrong 'no case' 's = s.replace(">C-1<", "><", 1)' 'case_id: filled-none: '
wrong 'a document without a plan' 's = re.sub("<w:body>.*</w:body>", "<w:body><w:p/></w:body>", s, flags=re.S)' 'filled-none'
status 'another case' 65 checklist-import --onto="$T/one.json" "$T/filled.docx"
like 'is told' "$(<"$T/err")" 'case_id: filled-case'
cp -r share/profiles/oslo "$T/older" && sed -i 's/Bestille strøm/Tinge strøm/' "$T/older/plan_items.csv"
status 'an older form' 65 checklist-import --profile="$T/older/" "$T/filled.docx"
like 'is told' "$(<"$T/err")" 'filled-form: the document was made as .*Oslo/nb/'
status 'another profile' 65 checklist-import --profile=sandnes "$T/filled.docx"
status 'a table' 65 checklist-import "$T/one.json"
like 'is no document' "$(<"$T/err")" 'filled-kind'
table-render --format=xlsx <(printf 'a\n1\n') >"$T/book.xlsx"
status 'nor is a workbook' 65 checklist-import "$T/book.xlsx"
status 'a file that is not there' 66 checklist-import "$T/none.docx"
status 'no plan by two documents' 2 checklist-import --onto="$T/one.json" a b

# Whatever becomes of its bytes, a document is read or refused.
perl -e '
	local $/; open my $in, "<:raw", $ARGV[0]; my $bytes = <$in>; srand 7;
	for my $i (1 .. 100) {
		my $bad = $bytes;
		substr($bad, rand length $bad, 1) = chr rand 256 for 1 .. 1 + $i % 3;
		$bad = substr $bad, 0, rand length $bad if $i % 5 == 0;
		open my $out, ">:raw", sprintf "%s/bad-%03d", $ARGV[1], $i; print $out $bad;
	}' "$T/filled.docx" "$T"
checklist-export --form --format=html -o "$T/three.html" "$T/three.json" 2>"$T/err"
for file in "$T/three.html" "$T/empty.pdf"; do
	perl -e '
		local $/; open my $in, "<:raw", $ARGV[0]; my $bytes = <$in>; srand 8;
		for my $i (1 .. 40) {
			my $bad = $bytes;
			substr($bad, rand length $bad, 1) = chr rand 256 for 1 .. 1 + 9 * ($i % 3);
			$bad = substr $bad, 0, rand length $bad if $i % 5 == 0;
			open my $out, ">:raw", sprintf "%s/bad-%s-%03d", $ARGV[1], $ARGV[0] =~ /(\w+)$/, $i; print $out $bad;
		}' "$file" "$T"
done
odd=
for file in "$T"/bad-*; do
	timeout 600 checklist-import "$file" >"$T/out" 2>"$T/err"
	case $? in 0 | 65) ;; *) odd+=" ${file##*/}" ;; esac
done
is 'damaged documents are read or refused' "$odd" ''

# ---- saved by another program ----

office() { timeout 300 soffice --headless "-env:UserInstallation=file://$T/office" --convert-to "$1" --outdir "$T/saved" "${@:2}" >"$T/said" 2>&1; }
if ! command -v soffice >"$T/said" || ! office docx "$T/filled.docx" || [[ ! -s $T/saved/filled.docx ]]; then
	lacks 'saved by LibreOffice' 'there is no LibreOffice Writer'
else
	ok 'saved by LibreOffice for Word' cmp <(checklist-import "$T/saved/filled.docx") "$T/filled.json"
	office odt "$T"/filled.docx "$T"/two-nn.docx "$T"/one-en.docx
	ok 'and as its own' cmp <(checklist-import "$T/saved/filled.odt") "$T/filled.json"
	ok 'in Nynorsk' cmp <(checklist-import "$T/saved/two-nn.odt") <(checklist-import "$T/two-nn.docx")
	ok 'in English' cmp <(checklist-import "$T/saved/one-en.odt") <(checklist-import "$T/one-en.docx")
	office docx "$T"/two-nn.odt "$T"/three-en.odt
	ok 'from our ODT for Word' cmp <(checklist-import "$T/saved/two-nn.docx") <(checklist-import "$T/two-nn.docx")
	ok 'an empty one, in English' cmp <(checklist-import "$T/saved/three-en.docx") <(checklist-import "$T/three-en.docx")
fi
finish

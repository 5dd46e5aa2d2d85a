#!/usr/bin/env bash
# Forms of inspections that were filled in as documents: read back as they were meant, or refused.
. "${0%/*}/tap.sh"

# fill FROM TO CODE: the document with its text changed by CODE, Python, which changes s.
fill() {
	python3 - "$@" <<'PY'
import re, sys, zipfile
source, target, code = sys.argv[1:4]
old, new = zipfile.ZipFile(source), zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED)
part = 'word/document.xml' if 'word/document.xml' in old.namelist() else 'content.xml'
def tick(s, *numbers):
    "Ticks the boxes of these numbers, the first is 1"
    at = iter(range(1, 1000))
    return re.sub('>☐<', lambda m: '>☒<' if next(at) in numbers else m[0], s)
for name in old.namelist():
    data = old.read(name)
    if name == part:
        scope = dict(s=data.decode(), re=re, tick=tick)
        exec(code, scope)
        data = scope['s'].encode()
    new.writestr(name, data)
new.close()
PY
}
found() { sed -n 's/^Ly-1,030101,samlok_delvis_skjermet,forsterket,//p' "$1"; }

printf '%s\n' site,bydel,housing_type,units Ly-1,030101,samlok_delvis_skjermet,8 Ly-2,030103,samlok_delvis_ordinaert,10 >"$T/sites.csv"
site-inspect "$T/sites.csv" >"$T/form.csv"
points=$(grep -c ^Ly-1 "$T/form.csv")
yes=$(seq -s , 1 2 $((2 * points - 1)))
for lang in nb nn en; do
	for format in docx odt; do
		site-inspect --lang=$lang --format=$format -o "$T/$lang.$format" "$T/sites.csv"
		status "a blank $format in $lang" 0 site-inspect --filled="$T/$lang.$format" -o "$T/out" "$T/sites.csv"
		is 'nothing is answered' "$(found "$T/out")" "$points,0,0,$points,,,"
		fill "$T/$lang.$format" "$T/met.$format" "s = tick(s, $yes)"
		status 'all is met' 0 site-inspect --filled="$T/met.$format" -o "$T/out" "$T/sites.csv"
		is 'it meets its standard' "$(found "$T/out")" "$points,$points,0,0,ja,,"
		fill "$T/$lang.$format" "$T/unmet.$format" "s = tick(s, 2, ${yes#1,})"
		status 'a point is not met' 1 site-inspect --filled="$T/unmet.$format" -o "$T/out" "$T/sites.csv"
		is 'it is named' "$(found "$T/out")" "$points,$((points - 1)),1,0,nei,full_home,"
	done
done

# ---- what people do to documents ----

odt() { # CODE: changes the ODT form and reads it
	fill "$T/nb.odt" "$T/changed.odt" "$1"
	site-inspect --filled="$T/changed.odt" "$T/sites.csv" >"$T/out" 2>"$T/err"
}
odt 's = re.sub("<loext:content-control(?:(?!content-control>).)*☐.*?</loext:content-control>", "x", s, count=1, flags=re.S)'
is 'an x for a box' "$(found "$T/out")" "$points,1,0,$((points - 1)),,,"
odt 's = re.sub("<loext:content-control(?:(?!content-control>).)*☐.*?</loext:content-control>", "Ja", s, count=1, flags=re.S)'
is 'the word for a box' "$(found "$T/out")" "$points,1,0,$((points - 1)),,,"
odt 's = re.sub("<loext:content-control(?:(?!content-control>).)*☐.*?</loext:content-control>", "kanskje", s, count=1, flags=re.S)'
is 'another word is none' "$(cat "$T/err")" "$T/changed.odt: Ly-1.full_home: filled-choice: not one of the choices: ☒, x"
odt 's = tick(s, 1, 2)'
is 'yes and no' "$(cat "$T/err")" "$T/changed.odt: Ly-1.full_home: filled-two: there are two answers: leave one"
odt 's = tick(s, 2); s = re.sub(r"(>☒<.*?<text:p [^>]*>)(</text:p>)", r"\1uten komfyr\2", s, count=1, flags=re.S)'
is 'a note stands behind its point' "$(found "$T/out")" "$points,0,1,$((points - 1)),nei,full_home,Full bolig med eget kjøkken og bad: uten komfyr"
odt 's = s.replace("</office:text>", "<text:p>Taket lekker</text:p></office:text>")'
ok 'what stands below is kept with its site' grep -q '^Ly-2.*,Taket lekker$' "$T/out"
odt 's = s.replace("Full bolig med eget", "Halv bolig uten eget"); s = tick(s, 1)'
is 'words that are no point are told' "$(grep -c filled-beside "$T/err")" 1
ok 'and are not counted' grep -q "^Ly-1.*,$points,0,0,$points,," "$T/out"
odt 's = re.sub(">Ly-2<", ">Ly-2 (ny)<", s)'
is 'points below a heading that was changed are not those of the site before' "$(grep -c 'Ly-1\.[a-z_]*: row-twice' "$T/err")" \
	"$(comm -12 <(sed -n 's/^Ly-1,[^,]*,[^,]*,\([^,]*\),.*/\1/p' "$T/form.csv" | sort) <(sed -n 's/^Ly-2,[^,]*,[^,]*,\([^,]*\),.*/\1/p' "$T/form.csv" | sort) | wc -l)"
is 'and nothing is written' "$(<"$T/out")" ''
for format in odt docx html; do
	case $format in html) site-inspect --form --format=html -o "$T/whole.html" "$T/sites.csv" ;; *) cp "$T/nb.$format" "$T/whole.$format" ;; esac
	status "a blank $format says nothing" 0 site-inspect --filled="$T/whole.$format" "$T/sites.csv"
	is 'its own words are none' "$(<"$T/err")" ''
done
odt 's = re.sub(">Ly-1<", ">Ly-1 (gammel)<", s); s = tick(s, 1)'
is 'a first heading that was changed, and the points below it, are told' "$(<"$T/err")" \
	"$T/changed.odt: filled-beside: something stands where nothing was to be filled in; it is kept as a remark
$T/changed.odt: site-unknown: there is no such site"
is 'and nothing is written' "$(<"$T/out")" ''
odt 's = re.sub(r"(<text:h [^>]*text:outline-level=.2.)", r"<text:p>Porten er låst</text:p>\1", s, count=1)'
like 'what stands before all sites is told' "$(<"$T/err")" 'changed.odt: filled-beside: '
ok 'and kept with the first' grep -q '^Ly-1,.*,Porten er låst$' "$T/out"

# ---- on the screen ----

site-inspect --form --format=html -o "$T/form.html" "$T/sites.csv"
sed -E '0,/type="checkbox"/s//& checked/' "$T/form.html" >"$T/filled.html"
is 'a page' "$(found <(site-inspect --filled="$T/filled.html" "$T/sites.csv"))" "$points,1,0,$((points - 1)),,,"
site-inspect --form --format=pdf --lang=en -o "$T/fields.pdf" "$T/sites.csv"
if ! command -v qpdf >"$T/said"; then
	lacks 'a PDF with fields' 'there is no qpdf'
else
	qpdf --json-output "$T/fields.pdf" "$T/pdf.json" && python3 - "$T/pdf.json" <<'PY' && qpdf "$T/fields.pdf" --update-from-json="$T/pdf.json.new" "$T/filled.pdf"
import json, sys
wanted = {'The entrance is covered: No': '/Yes', 'The entrance is covered: Remarks': 'u:ramp', 'Date': 'u:12.11.2026'}
all = json.load(open(sys.argv[1]))
changed = {}
for key, o in all['qpdf'][1].items():
    v = o.get('value') if isinstance(o, dict) else None
    label = v.get('/TU', '')[2:] if isinstance(v, dict) else ''
    if label in wanted:
        v['/V'] = wanted.pop(label)
        changed[key] = o
json.dump({'qpdf': [all['qpdf'][0], changed]}, open(sys.argv[1] + '.new', 'w'))
PY
	is 'a PDF with fields' "$(found <(site-inspect --lang=en --filled="$T/filled.pdf" "$T/sites.csv"))" \
		"$points,0,1,$((points - 1)),nei,entrance,Date: 12.11.2026; The entrance is covered: ramp"
	sed -i 's|"/V": "/Off"|"/V": "/Yes"|' "$T/pdf.json" # both boxes of every point
	qpdf "$T/fields.pdf" --update-from-json="$T/pdf.json" "$T/both.pdf"
	status 'yes and no in a PDF' 65 site-inspect --filled="$T/both.pdf" "$T/sites.csv"
	like 'is told with its page' "$(<"$T/err")" 'both.pdf:1: Ly-1.full_home: filled-two: '
	like 'whichever that is' "$(<"$T/err")" 'both.pdf:2: Ly-2'
fi
status 'fields are for HTML and PDF' 2 site-inspect --form --format=odt -o "$T/no.odt" "$T/sites.csv"

# ---- several, and none ----

fill "$T/nb.odt" "$T/one.odt" 's = tick(s, 1)'
fill "$T/nb.docx" "$T/two.docx" 's = tick(s, 4)'
site-inspect --filled="$T/one.odt" --filled="$T/two.docx" "$T/sites.csv" >"$T/out"
is 'several forms' "$(found "$T/out")" "$points,1,1,$((points - 2)),nei,mixed_rooms,"
status 'a point that two answer' 65 site-inspect --filled="$T/one.odt" --filled="$T/one.odt" "$T/sites.csv"
status 'a form of another municipality' 65 site-inspect --profile=sandnes --filled="$T/one.odt" "$T/sites.csv"
status 'of no site that is there' 65 site-inspect --filled="$T/one.odt" <(sed 's/^Ly-/By-/' "$T/sites.csv")
status 'a file that is not there' 66 site-inspect --filled="$T/none.odt" "$T/sites.csv"
site-inspect --format=pdf -o "$T/form.pdf" "$T/sites.csv"
status 'a PDF without fields cannot be read back' 65 site-inspect --filled="$T/form.pdf" "$T/sites.csv"
is 'a table from standard input' "$(sed '2s/,,$/,ja,/' "$T/form.csv" | site-inspect --filled=- "$T/sites.csv" | sed -n 2p)" \
	"Ly-1,030101,samlok_delvis_skjermet,forsterket,$points,1,0,$((points - 1)),,,"

# The blank form as a workbook has columns for what is filled in.
site-inspect --format=xlsx -o "$T/form.xlsx" "$T/sites.csv"
is 'a blank form as a workbook' "$(table-render --format=csv "$T/form.xlsx" 2>"$T/err" | sed -n 1p | tr , '\n' | wc -l)" 5

# ---- through pipes, which can be read once ----

sed '2s/,,$/,ja,/' "$T/form.csv" >"$T/answered.csv"
site-inspect --filled="$T/answered.csv" "$T/sites.csv" >"$T/by-name"
ok 'a table from a pipe' cmp "$T/by-name" <(site-inspect --filled=<(cat "$T/answered.csv") "$T/sites.csv")
sed '2s/,,$/,ja,Heis mangler/' "$T/form.csv" | table-render --format=xlsx -o "$T/answered.xlsx"
is 'a workbook from a pipe' "$(found <(site-inspect --filled=<(cat "$T/answered.xlsx") "$T/sites.csv"))" "$points,1,0,$((points - 1)),,,Full bolig med eget kjøkken og bad: Heis mangler"
is 'a document from a pipe' "$(found <(site-inspect --filled=<(cat "$T/one.odt") "$T/sites.csv"))" "$points,1,0,$((points - 1)),,,"
mkfifo "$T/pipe"
sed '2s/,,$/,kanskje,/' "$T/form.csv" >"$T/pipe" &
status 'a wrong answer from a pipe' 65 site-inspect --filled="$T/pipe" "$T/sites.csv"
like 'is told by the name of the pipe' "$(<"$T/err")" "^$T/pipe:2:[0-9]+: "
wait
: >"$T/pipe" &
status 'a pipe that gives nothing' 65 site-inspect --filled="$T/pipe" "$T/sites.csv"
is 'is said to be empty' "$(<"$T/err")" "$T/pipe: file-empty: the file is empty"
wait

# ---- damaged, and saved by another program ----

perl -e '
	local $/; open my $in, "<:raw", $ARGV[0]; my $bytes = <$in>; srand 7;
	for my $i (1 .. 40) {
		my $bad = $bytes;
		substr($bad, rand length $bad, 1) = chr rand 256 for 1 .. 1 + $i % 3;
		$bad = substr $bad, 0, rand length $bad if $i % 5 == 0;
		open my $out, ">:raw", sprintf "%s/bad-%03d", $ARGV[1], $i; print $out $bad;
	}' "$T/one.odt" "$T"
odd=
for file in "$T"/bad-*; do
	timeout 600 site-inspect --filled="$file" "$T/sites.csv" >"$T/out" 2>"$T/err"
	case $? in 0 | 1 | 65) ;; *) odd+=" ${file##*/}" ;; esac
done
is 'damaged documents are read or refused' "$odd" ''

office() { timeout 300 soffice --headless "-env:UserInstallation=file://$T/office" --convert-to "$1" --outdir "$T/saved" "${@:2}" >"$T/said" 2>&1; }
if ! command -v soffice >"$T/said" || ! office docx "$T/one.odt" || [[ ! -s $T/saved/one.docx ]]; then
	lacks 'saved by LibreOffice' 'there is no LibreOffice Writer'
else
	office odt "$T/two.docx"
	is 'saved by LibreOffice for Word' "$(site-inspect --filled="$T/saved/one.docx" "$T/sites.csv")" "$(site-inspect --filled="$T/one.odt" "$T/sites.csv")"
	is 'and as its own' "$(site-inspect --filled="$T/saved/two.odt" "$T/sites.csv")" "$(site-inspect --filled="$T/two.docx" "$T/sites.csv")"
fi
finish

#!/usr/bin/env bash
# Documents as files: the same bytes again, sound in their formats, no name that was not asked for, a file a
# case in a folder, and nothing half written whatever happens.
. "${0%/*}/tap.sh"
needs pdfinfo qpdf xmllint unzip

formats=(text markdown html odt docx pdf)
name='Áile Testesen-Ødegård' # nobody

# ---- what is written of ----

# plan CODE: a plan with everything in it; CODE changes $p.
plan() {
	checklist-export --template C-2026-014 | perl -MJSON::PP -e '
		local $/;
		my $p = decode_json(<STDIN>);
		my $q = $p->{points};
		@$p{qw(name bydel institution home home_from meeting follow_up_meeting)} = (
			"\x{c1}ile Testesen-\x{d8}deg\x{e5}rd", "030103", "Solbakken", "Testveien 1", "2026-12-01", "2026-11-20",
			"2026-12-29");
		@{ $q->{institution_contact} }{qw(name phone)} = ("\x{160}\x{e1}r\x{e1} \x{14a}uorgg\x{e1}\x{167}", "00 00 00 01");
		@{ $q->{bydel_contact} }{qw(name phone)} = ("\x{c6}r\x{f8}\x{e5}: \x{e1} \x{10d} \x{111} \x{14b} \x{161} \x{167} \x{17e}", "00 00 00 02");
		$q->{housing_costs}{$_} = "Husleien betales den 20." for qw(costs plan consequences prevention);
		for my $point (values %$q) {
			$_->{due} = "2026-12-01" for grep { ref eq "HASH" } values %$point;
			$point->{assessment} = "Det g\x{e5}r bra." if exists $point->{assessment};
		}
		$q->{isolation}{network} = "Ingen n\x{e5}.";
		$q->{$_}{need} = JSON::PP::true for qw(substance_mastery isolation transition_agreement);
		$q->{$_}{measures} = [ map { { task => "Tiltak $_", responsible => "bydel", due => "2027-01-04", status => "open" } } 1 .. 40 ]
			for qw(substance_mastery isolation);
		@{ $q->{transition_agreement} }{qw(extent until)} = ("Samtale hver uke.", "2027-02-01");
		eval $ARGV[0] // ""; die $@ if $@;
		print JSON::PP->new->utf8->canonical->encode($p), "\n"' "${1-}"
}
plan >"$T/plan.json"
checklist-export --template C-2026-015 >"$T/empty.json"
while IFS='|' read -r words why; do
	read -ra words <<<"$words"
	status "checklist-export ${words[*]}" 2 checklist-export "${words[@]}"
	like 'says why not' "$(<"$T/err")" "$why"
done <<'END'
--template C-2026-014 --format=odt|--template writes JSON
--template C-2026-014 --form --format=html|--template writes JSON
--template C-2026-014 --form|--form is for documents
--check --form --format=pdf|--form is for documents
--template C-2026-014 --check|--template makes a plan
END
cat >"$T/events.csv" <<'END'
case_id,date,type,detail,by,note
C-2026-014,2026-01-26,moved_in,lang,Zebulon,Zebulon ringte
C-2026-014,2026-04-20,cooperation_meeting,,,
C-2026-014,2026-11-02,home_offered,follow_up_required,,
END
cat >"$T/placements.csv" <<'END'
referral_id,decision,institution_id,wish_rank,priority,reason,detail
R-2026-0001,ineligible,,,1,municipality,
END
printf '%s\n' referral_id,own_id,person_id,name,birth_year,contact_name,contact_phone,contact_email,comment \
	"R-2026-0001,,,$name,,,,," >"$T/identity.csv"

# make DOCUMENT FORMAT [OPTION...]: on standard output
make_document() {
	local document=$1 format=$2
	shift 2
	case $document in
	plan | empty) checklist-export --format="$format" "$@" "$T/$document.json" ;;
	letter) letter-export --format="$format" --as-of=2026-11-21 "$@" "$T/placements.csv" ;;
	services) service-list --format="$format" --group=4 "$@" ;;
	deadlines) deadline-list --format="$format" --as-of=2026-11-21 "$@" "$T/events.csv" ;;
	esac 2>/dev/null
}
documents=(plan empty letter services deadlines)

status 'a plan with everything in it lacks nothing' 0 checklist-export --check "$T/plan.json"
is 'nothing at all' "$(<"$T/err")$(tail -n +2 "$T/out")" ''

# ---- the same bytes ----

make_all() { # FOLDER
	local document format
	mkdir "$1"
	for document in "${documents[@]}"; do
		for format in "${formats[@]}"; do
			make_document "$document" "$format" >"$1/$document.$format"
		done
	done
	for format in "${formats[@]}"; do
		make_document plan "$format" --as-of=2026-11-21 --with-identity >"$1/named.$format"
	done
}
TZ=Pacific/Kiritimati make_all "$T/one"
sleep 1.1
mkdir "$T/home"
HOME=$T/home TZ=America/Adak LC_ALL=C.UTF-8 make_all "$T/two"
for file in "$T"/one/*; do
	ok "${file##*/}: again in another time zone and second, the same bytes" cmp "$file" "$T/two/${file##*/}"
	ok 'and there are some' test -s "$file"
done

# what TEXT PATTERN...: each is in it
holds() { # NAME TEXT WORD...
	local of=$1 text=$2 word missing=
	shift 2
	for word; do
		[[ $text == *"$word"* ]] || missing+=" ‘$word’"
	done
	is "$of" "${missing:+lacks$missing}" ''
}
letters=('Šárá Ŋuorggáŧ' 'Ærøå: á č đ ŋ š ŧ ž')

# Headings as the Markdown has them, without what is escaped.
headings() { sed -n 's/^\(> \)*##* //p' "$T/one/$1.markdown" | sed 's/\\//g'; }

# ---- PDF ----

for document in "${documents[@]}"; do
	pdf=$T/one/$document.pdf
	ok "$document.pdf: qpdf finds no fault" qpdf --check "$pdf"
	info=$(pdfinfo "$pdf")
	like 'it is tagged' "$info" $'\nTagged: +yes'
	like 'has a title' "$info" "Title: +$(headings "$document" | head -n 1)"
	qpdf --qdf --object-streams=disable "$pdf" "$T/open.pdf"
	is 'and a language' "$(grep -ao '/Lang ([A-Za-z-]*)' "$T/open.pdf" | sort -u)" '/Lang (nb-NO)'
	is 'shows its title, not its name' "$(grep -ac '/DisplayDocTitle true' "$T/open.pdf")" 1
	is 'runs and asks for nothing' "$(grep -aE '/(JavaScript|JS|Launch|URI|EmbeddedFile|OpenAction)\b' "$T/open.pdf")" ''
	meta=$(pdfinfo -meta "$pdf")
	is 'XMP is XML' "$(xmllint --noout - <<<"$meta" 2>&1)" ''
	is 'and has the title' "$(xmllint --xpath 'string(//*[local-name()="title"]//*[local-name()="li"])' - <<<"$meta")" \
		"$(sed -n 's/^Title: *//p' <<<"$info")"
	is 'and the language' "$(xmllint --xpath 'string(//*[local-name()="language"]//*[local-name()="li"])' - <<<"$meta")" nb-NO
	is 'it claims no standard that nobody has proved' "$(grep -ciE 'pdfuaid|pdfaid' <<<"$meta$(<"$T/open.pdf")")" 0
	fonts=$(pdffonts "$pdf" | tail -n +3)
	like 'has fonts' "$fonts" ' yes '
	is 'all of them embedded' "$(awk '$(NF - 4) != "yes"' <<<"$fonts")" ''
	structure=$(pdfinfo -struct-text "$pdf")
	is 'its headings are those of the Markdown' \
		"$(awk '/^ *H[1-6]/ { if (on) print ""; on = 1; next } on && /"/ { gsub(/^ *"|"$/, ""); printf "%s", $0; next } on { print ""; on = 0 }
			END { if (on) print "" }' <<<"$structure" | sed 's/  */ /g; s/^ //; s/ $//')" "$(headings "$document")"
	pages=$(sed -n 's/^Pages: *//p' <<<"$info")
	for ((page = 1; page <= pages; page++)); do
		holds "page $page has its number" "$(pdftotext -f $page -l $page "$pdf" -)" "Side $page av $pages"
	done
done
structure=$(pdfinfo -struct "$T/one/plan.pdf")
for element in H1 H2 P Table TR TH TD; do
	like "plan.pdf has $element" "$structure" "(^|"$'\n'")[ ]*${element}[ :"$'\n'"]"
done
structure=$(pdfinfo -struct "$T/one/letter.pdf")
for element in L LI LBody; do
	like "letter.pdf has $element" "$structure" "(^|"$'\n'")[ ]*${element}[ :"$'\n'"]"
done
holds 'letters of every alphabet here come out of the PDF' "$(pdftotext "$T/one/plan.pdf" -)" "${letters[@]}"
without=
pages=$(pdfinfo "$T/one/plan.pdf" | sed -n 's/^Pages: *//p')
for ((page = 1; page <= pages; page++)); do
	text=$(pdftotext -f $page -l $page "$T/one/plan.pdf" -)
	[[ $text != *'Tiltak '[0-9]* || $text == *'Hvem har'* ]] || without+=" $page"
done
is 'a table has its heads on each of its pages' "$without" ''

# ---- ODT ----

for document in "${documents[@]}"; do
	odt=$T/one/$document.odt
	ok "$document.odt: unzip finds no fault" unzip -tq "$odt"
	is 'its kind comes first' "$(unzip -Z1 "$odt" | head -n 1)" mimetype
	is 'and is not compressed' "$(head -c 77 "$odt" | tail -c +31)" mimetypeapplication/vnd.oasis.opendocument.text
	is 'every part is listed' "$(unzip -p "$odt" META-INF/manifest.xml | grep -o 'full-path="[^/"][^"]*"' | cut -d'"' -f2 | sort)" \
		"$(unzip -Z1 "$odt" | grep -vx -e mimetype -e META-INF/manifest.xml | sort)"
	for part in $(unzip -Z1 "$odt" | grep '\.xml$'); do
		ok "$part is well formed" xmllint --noout --nonet <(unzip -p "$odt" "$part")
	done
	content=$(unzip -p "$odt" content.xml)
	is 'its headings are those of the Markdown' \
		"$(xmllint --xpath '//*[local-name()="h"]' - <<<"$content" | sed 's/<\/text:h>/\n/g' | sed 's/<[^>]*>//g; /^$/d
			s/&amp;/\&/g; s/&lt;/</g; s/&gt;/>/g; s/^ *//; s/ *$//')" "$(headings "$document")"
	is 'with their levels' "$(xmllint --xpath 'count(//*[local-name()="h"][not(@*[local-name()="outline-level"])])' - <<<"$content")" 0
	styles=$(unzip -p "$odt" styles.xml)
	holds 'has a language' "$styles" 'fo:language="nb"' 'fo:country="NO"'
	holds 'and numbers its pages' "$styles" '<text:page-number' '<text:page-count'
	holds 'has a title' "$(unzip -p "$odt" meta.xml)" "<dc:title>$(headings "$document" | head -n 1)</dc:title>"
	is 'asks for nothing' "$(grep -oE 'xlink:href="[^"]*"|<(script|office:script|text:a)\b' <<<"$content$styles")" ''
done
content=$(unzip -p "$T/one/plan.odt" content.xml)
is 'each table of tasks repeats its heads' \
	"$(xmllint --xpath 'count(//*[local-name()="table-header-rows"])' - <<<"$content")" 5
like 'boxes can be ticked' "$content" '<[a-z]+:[a-z-]*(content-control|checkbox)[^>]*checkbox'
holds 'letters of every alphabet here' "$content" "${letters[@]}"
like 'tables have their styles, and text too' "$content" 'text:style-name="(Text_20_body|Table)'

# ---- Word ----

for document in "${documents[@]}"; do
	docx=$T/one/$document.docx
	ok "$document.docx: unzip finds no fault" unzip -tq "$docx"
	for part in $(unzip -Z1 "$docx" | grep -E '\.(xml|rels)$'); do
		ok "$part is well formed" xmllint --noout --nonet <(unzip -p "$docx" "${part//[/\\[}")
	done
	content=$(unzip -p "$docx" word/document.xml)
	is 'its headings are those of the Markdown' \
		"$(xmllint --xpath '//*[local-name()="p"][*/*[local-name()="pStyle" and (@*="Title" or starts-with(@*, "Heading") or @*="FrameHeading")]]' - <<<"$content" |
			sed 's/<\/w:p>/\n/g' | sed 's/<[^>]*>//g; /^$/d; s/&amp;/\&/g; s/&lt;/</g; s/&gt;/>/g; s/^ *//; s/ *$//')" "$(headings "$document")"
	holds 'has a language' "$(unzip -p "$docx" word/styles.xml)" '<w:lang w:val="nb-NO"/>'
	holds 'and numbers its pages' "$(unzip -p "$docx" word/footer1.xml)" 'PAGE' 'NUMPAGES'
	holds 'has a title' "$(unzip -p "$docx" docProps/core.xml)" "<dc:title>$(headings "$document" | head -n 1)</dc:title>"
	is 'asks for nothing' "$(unzip -p "$docx" | grep -aoE 'TargetMode|<w:(altChunk|hyperlink|object)\b')" ''
done
content=$(unzip -p "$T/one/plan.docx" word/document.xml)
is 'the calendar of a date in Word starts from the date that stands there' \
	"$(perl -0ne '$n++, $4 eq "$3.$2.$1" || print "$1-$2-$3: $4\n"
		while /<w:date w:fullDate="(\d+)-(\d+)-(\d+)T.*?<w:t>(.*?)</g; print "none\n" if !$n' <<<"$content")" ''
is 'each table of tasks repeats its heads' "$(grep -o '<w:tblHeader/>' <<<"$content" | wc -l)" 5
for control in w14:checkbox w:date w:dropDownList 'w:text/'; do
	like "it has fields: $control" "$content" "<$control"
done
is 'each with a number of its own' "$(grep -oE '<w:id w:val="[0-9]+"' <<<"$content" | sort | uniq -d)" ''
holds 'letters of every alphabet here' "$content" "${letters[@]}"

# ---- HTML ----

for document in "${documents[@]}"; do
	html=$(<"$T/one/$document.html")
	like "$document.html has a language" "$html" '^<!DOCTYPE html>'$'\n''<html lang="nb">'
	is 'runs nothing and asks for nothing' "$(grep -oiE '<script|<(link|img|iframe|object|base)\b|(src|href)=|url\(|@import|https?:' <<<"$html")" ''
	is 'its headings are those of the Markdown' \
		"$(grep -oE '<h[1-3][^>]*>.*</h[1-3]>' <<<"$html" | sed 's/<[^>]*>//g; s/&amp;/\&/g')" "$(headings "$document")"
done
holds 'letters of every alphabet here' "$(<"$T/one/plan.html")" "${letters[@]}"
holds 'in text, too' "$(<"$T/one/plan.text")" "${letters[@]}"
holds 'and in Markdown' "$(<"$T/one/plan.markdown")" "${letters[@]}"
for lang in nn en; do
	like "--lang=$lang" "$(make_document plan html --lang=$lang)" "<html lang=\"$lang\">"
	make_document plan pdf --lang=$lang >"$T/$lang.pdf"
	qpdf --qdf --object-streams=disable "$T/$lang.pdf" "$T/open.pdf"
	is 'in the PDF as well' "$(grep -ao '/Lang ([a-z]*' "$T/open.pdf" | sort -u)" "/Lang ($lang"
	make_document plan odt --lang=$lang >"$T/$lang.odt"
	holds 'and in the ODT' "$(unzip -p "$T/$lang.odt" styles.xml)" "fo:language=\"$lang\""
done

# ---- names ----

# All that a file holds, unpacked, and as text.
insides() { # FILE
	cat "$1"
	case $1 in
	*.odt | *.docx) unzip -p "$1" ;;
	*.pdf)
		pdftotext "$1" -
		pdfinfo "$1"
		pdfinfo -struct-text "$1"
		qpdf --qdf --object-streams=disable "$1" -
		;;
	esac 2>&1
}
# A line end keeps words apart for those who have it read aloud.
deadline-list --as-of=2026-11-21 --format=pdf --output="$T/due.pdf" share/demo/events.csv
pdfinfo -struct-text "$T/due.pdf" >"$T/due"
ok 'a day that moved is read as two' grep -q '"29\.11\.2026 →' "$T/due"
is 'each of them' "$(grep -cE '[0-9]→' "$T/due")" 0

# The name as UTF-8, UTF-16 as PDF has it, and that in hexadecimal digits.
ways=("$name" Testesen)
utf16=$(printf '%s' Testesen | iconv -t UTF-16BE | od -An -v -tx1 | tr -d ' \n')
named() { # FILE: says whether it holds the name
	local way
	insides "$1" >"$T/insides"
	for way in "${ways[@]}"; do
		grep -aqF -- "$way" "$T/insides" && echo yes && return
	done
	grep -aqi -- "$utf16" "$T/insides" && echo yes && return
	od -An -v -tx1 "$T/insides" | tr -d ' \n' | grep -q "$utf16" && echo yes && return
	echo no
}
for format in "${formats[@]}"; do
	is "a plan as $format has no name" "$(named "$T/one/plan.$format")" no
	is 'but where it was asked for' "$(named "$T/one/named.$format")" yes
	make_document letter "$format" >"$T/letter.$format"
	is "nor has a letter" "$(named "$T/letter.$format")" no
	make_document letter "$format" --identity="$T/identity.csv" >"$T/letter.$format"
	is 'but with --identity' "$(named "$T/letter.$format")" yes
	is 'what is noted in a log stays there' "$(insides "$T/one/deadlines.$format" | grep -ac Zebulon)" 0
done
plan "\$p->{home} = undef" >"$T/lacking.json"
{
	checklist-export --with-identity -o "$T/x.txt" "$T/lacking.json"
	checklist-export --check "$T/lacking.json"
	letter-export --as-of=2026-11-21 --identity="$T/identity.csv" -o "$T/x.txt" "$T/placements.csv"
} >"$T/err" 2>&1
like 'what is missing is told' "$(<"$T/err")" 'Ny bolig'
is 'no diagnostic and no list of what is missing has it' "$(grep -c Testesen "$T/err")" 0

# ---- a folder ----

umask 022
for id in C-1 C-2 'C 3' Ø-4; do
	plan "\$p->{case_id} = Encode::decode('UTF-8', '$id'); use Encode;"
done >"$T/plans.jsonl"
for format in "${formats[@]}"; do
	ending=$format
	case $format in text) ending=txt ;; markdown) ending=md ;; esac
	status "-o DIR/, $format" 0 checklist-export --as-of=2026-11-21 --with-identity --format="$format" -o "$T/dir-$format/" "$T/plans.jsonl"
	is 'makes a file a case, called by its reference' "$(cd "$T/dir-$format" && printf '%s\n' *)" \
		"$(printf '%s\n' "C 3.$ending" "C-1.$ending" "C-2.$ending" "Ø-4.$ending")"
	is 'for the owner alone' "$(stat -c %a "$T/dir-$format" "$T/dir-$format"/* | sort -u | xargs)" '600 700'
	ok 'each like the one written by itself' cmp "$T/dir-$format/C-2.$ending" \
		<(sed -n 2p "$T/plans.jsonl" | checklist-export --as-of=2026-11-21 --with-identity --format="$format")
done
mkdir "$T/there"
chmod 755 "$T/there"
echo kept >"$T/there/other.txt"
status 'a folder that is there' 0 checklist-export -o "$T/there" "$T/plans.jsonl"
is 'is used as it is' "$(stat -c %a "$T/there") $(<"$T/there/other.txt") $(find "$T/there" -type f | wc -l)" '755 kept 5'
status 'several plans need a folder' 2 checklist-export -o "$T/one.txt" "$T/plans.jsonl"
ok 'and leave nothing without one' test ! -e "$T/one.txt"
status 'also on standard output' 2 checklist-export "$T/plans.jsonl"
is 'where nothing comes' "$(<"$T/out")" ''
status 'a folder that cannot be made' 73 checklist-export -o "$T/no/such/" "$T/plans.jsonl"
status 'a folder in place of which there is a file' 73 checklist-export -o "$T/plan.json/" "$T/plans.jsonl"
chmod 500 "$T/there"
if [[ $(id -u) != 0 ]]; then
	status 'a folder that cannot be written to' 73 checklist-export -o "$T/there" "$T/plans.jsonl"
fi
chmod 700 "$T/there"
status 'two plans of one case' 1 checklist-export -o "$T/twice/" <(cat "$T/plans.jsonl"; plan "\$p->{case_id} = 'C-1'; \$p->{home} = 'Annenveien 2'")
like 'are told' "$(<"$T/err")" ':5: case_id: plan-twice: .* 1 '
is 'and the first is kept' "$(grep -c 'Testveien 1' "$T/twice/C-1.txt")" 1
is 'beside the others' "$(find "$T/twice" -type f | wc -l)" 4

mkdir "$T/letters"
printf 'R-2026-0002,nonsense,,,2,full,\n' | cat "$T/placements.csv" - >"$T/two.csv"
status 'a decision that no letter tells of' 1 letter-export --as-of=2026-11-21 -o "$T/letters" "$T/two.csv"
is 'gives none, and no empty one' "$(cd "$T/letters" && echo *)" R-2026-0001.txt

# ---- ids that are no names of files ----

mkdir "$T/in"
hostile() { # NAME ID [STATUS]: as JSON has it
	{ plan "\$p->{case_id} = JSON::PP->new->allow_nonref->decode(q{$2})"; sed -n 1p "$T/plans.jsonl"; } >"$T/hostile.jsonl"
	rm -rf "$T/in/folder"
	status "an id: $1" "${3-1}" bash -c "cd $T/in && checklist-export --format=${4-text} -o folder/ $T/hostile.jsonl"
	is 'is refused, and harms no other' "$(cd "$T/in" && find . -mindepth 1 | sort | xargs)" './folder ./folder/C-1.txt'
}
hostile up '"../x"'
hostile 'further up' '"../../../../../../tmp/transition-test-x"'
ok 'and nothing stands there' test ! -e /tmp/transition-test-x.txt
hostile 'with a slash' '"a/b"'
hostile absolute "\"$T/x\""
hostile empty '""' 65
hostile spaces '"   "' 65
hostile missing null 65
hostile 'a point, which means unknown' '"."' 65
hostile 'two points, the same' '".."' 65
hostile hidden '".bashrc"'
hostile 'an option' '"-rf"'
hostile 'a backslash' '"a\\\\b"'
hostile 'a drive' '"C:x"'
hostile '65 bytes' "\"$(printf 'x%.0s' {1..65})\"" 65
hostile '300 bytes' "\"$(printf 'x%.0s' {1..300})\"" 65
hostile 'a control character' '"a\u0007b"'
hostile 'two lines' '"a\nb"'
hostile 'text turned around' '"a\u202eb"'
hostile 'a star' '"a*"'

# ---- disks that are full ----

for format in "${formats[@]}"; do
	status "$format: a full disk" 74 bash -c "checklist-export --format=$format $T/plan.json >/dev/full"
	like 'has the words of the system' "$(<"$T/err")" 'No space left on device'
	# files of 2 KiB at most; every document is longer
	rm -rf "$T/small"
	status "$format: no room for a file" 74 bash -c "trap '' XFSZ; ulimit -f 2; checklist-export --format=$format -o $T/small/ $T/plans.jsonl"
	like 'is said' "$(<"$T/err")" ': write: .*File too large'
	is 'and leaves nothing' "$(find "$T/small" -type f 2>"$T/said")" ''
	{ bash -c "ulimit -f 2; exec checklist-export --format=$format -o $T/small/ $T/plans.jsonl"; } >/dev/null 2>&1
	is 'nor when the system ends the program' "$(find "$T/small" -type f 2>"$T/said")" ''
	echo old >"$T/small.out"
	status 'a single file' 74 bash -c "trap '' XFSZ; ulimit -f 2; checklist-export --format=$format -o $T/small.out $T/plan.json"
	is 'stays the old one' "$(<"$T/small.out") $(find "$T" -maxdepth 1 -name 'small.out.*')" 'old '
done
if unshare -rm true 2>/dev/null; then
	mkdir "$T/tmpfs"
	# shellcheck disable=SC2016 # for that bash
	unshare -rm bash -c 'mount -t tmpfs -o size=64k none "$1" && checklist-export --format=pdf -o "$1/d/" "$2" 2>"$3"
		echo $?; for file in "$1"/d/*; do qpdf --check "$file" >/dev/null 2>&1 && echo whole || echo broken; done' \
		x "$T/tmpfs" "$T/plans.jsonl" "$T/err" >"$T/out"
	like 'a disk that fills up on the way' "$(xargs <"$T/out")" '^74( whole)+$'
	like 'is told' "$(<"$T/err")" 'No space left on device'
else
	skip 'a disk that fills up on the way' 'no file system can be mounted here'
fi

# ---- killed ----

awk 'NR == 1 { for (i = 1; i <= 60; i++) { line = $0; sub(/"C-1"/, "\"K-" i "\"", line); print line } }' "$T/plans.jsonl" >"$T/many.jsonl"
checklist-export --as-of=2026-11-21 --format=pdf -o "$T/whole/" "$T/many.jsonl"
is 'a folder of many' "$(find "$T/whole" -type f | wc -l)" 60
# Sends the signal when a few documents are written. A fast machine may be done before: then again.
cut_off() { # SIGNAL
	local pid until=$((SECONDS + AWAIT_SECONDS))
	while ((SECONDS < until)); do
		rm -rf "$T/cut"
		# shellcheck disable=SC2016 # for that perl; a background job of a script does not hear INT
		perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' checklist-export --as-of=2026-11-21 --format=pdf -o "$T/cut/" "$T/many.jsonl" &
		pid=$!
		# shellcheck disable=SC2016 # for that bash
		await "$1: documents come" bash -c 'files=("$0"/*.pdf); ((${#files[@]} >= 5))' "$T/cut"
		kill "-$1" $pid 2>/dev/null
		wait $pid 2>/dev/null
		n=$(find "$T/cut" -name '*.pdf' | wc -l)
		((n == 60)) || break
	done
}
for signal in TERM HUP INT KILL; do
	cut_off $signal
	ok "$signal stops it in the middle" test "$n" -gt 0 -a "$n" -lt 60
	broken=
	for file in "$T"/cut/*.pdf; do
		cmp -s "$file" "$T/whole/${file##*/}" || broken+=" ${file##*/}"
	done
	is 'what stands there is whole' "$broken" ''
	[[ $signal == KILL ]] || is 'and nothing else is there' "$(find "$T/cut" -type f ! -name '*.pdf')" ''
done
left=0
for i in {10..69}; do # whatever moment it is, also that in which a file is made
	rm -rf "$T/cut"
	checklist-export --as-of=2026-11-21 --format=text -o "$T/cut/" "$T/many.jsonl" 2>"$T/said" &
	pid=$!
	sleep "0.0$i"
	kill -TERM $pid 2>"$T/said"
	wait $pid 2>"$T/said"
	left=$((left + $(find "$T/cut" -type f ! -name '*.txt' 2>"$T/said" | wc -l)))
done
is 'nothing half written is left at any moment' "$left" 0

# ---- who reads no further ----

for format in text markdown html; do
	checklist-export --as-of=2026-11-21 --format=$format "$T/plan.json" 2>"$T/err" | head -c 1 >/dev/null
	is "$format: a closed pipe is no error to speak of" "$(<"$T/err")" ''
done

finish

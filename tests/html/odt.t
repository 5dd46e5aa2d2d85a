#!/usr/bin/env bash
# The word processor opens the documents, and finds in them what was written: headings, tables, lists, boxes,
# the numbers of pages. Its pictures of them stay in build/html.
. "${0%/*}/../cli/tap.sh"
needs soffice pdftoppm pdftotext pdfinfo xmllint unzip

printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail R-2026-0001,ineligible,,,1,municipality, \
	>"$T/placements.csv"
checklist-export --template=C-2026-015 --output="$T/empty.json"
day=--as-of=2026-11-21

make_document() { # NAME FORMAT
	case $1 in
	plan) checklist-export $day --format="$2" share/demo/plan.json ;;
	empty) checklist-export $day --lang=nn --format="$2" "$T/empty.json" ;;
	letter) letter-export $day --lang=en --format="$2" "$T/placements.csv" ;;
	services) service-list --group=4 --format="$2" ;;
	deadlines) deadline-list $day --format="$2" share/demo/events.csv ;;
	esac 2>/dev/null
}
documents=(plan empty letter services deadlines)
odts=()
for document in "${documents[@]}"; do
	make_document "$document" odt >"$T/$document.odt"
	odts+=("$T/$document.odt")
done

# shellcheck disable=SC2317 # called by ok
convert() { # FORMAT
	soffice --headless --norestore -env:UserInstallation="file://$T/home" --convert-to "$1" --outdir "$T/$1" "${odts[@]}" \
		2>&1
}
ok 'the word processor makes PDF of them' convert pdf
[[ -s $T/pdf/plan.pdf ]] || leave_out 'there is no LibreOffice Writer'
ok 'and its own format' convert fodt

count() { # FILE XPATH
	xmllint --xpath "count($2)" "$1"
}
boxes() { grep -oF -e ☐ -e ☑ -e ☒ "$1" | wc -l; }

for document in "${documents[@]}"; do
	ok "$document: is opened" test -s "$T/pdf/$document.pdf" -a -s "$T/fodt/$document.fodt"
	text=$(pdftotext -layout "$T/pdf/$document.pdf" - | tr -s ' \n' ' ')
	missing=
	while IFS= read -r heading; do
		[[ $text == *"$heading"* ]] || missing+="$heading "
	done < <(make_document "$document" markdown | sed -n 's/^\(> \)*##* //p' | sed 's/\\//g')
	is 'all headings are there' "$missing" ''
	pages=$(pdfinfo "$T/pdf/$document.pdf" | sed -n 's/^Pages: *//p')
	[[ $document == letter ]] && footer="Page $pages of $pages" || footer="Side $pages av $pages"
	like 'pages are numbered' "$text" "$footer"
	unzip -p "$T/$document.odt" content.xml >"$T/content.xml"
	for element in h table list-item table-header-rows; do
		is "as many as were written: $element" \
			"$(count "$T/fodt/$document.fodt" "//*[local-name()='body']//*[local-name()='$element']")" \
			"$(count "$T/content.xml" "//*[local-name()='$element']")"
	done
	is 'boxes too' "$(boxes "$T/fodt/$document.fodt")" "$(boxes "$T/content.xml")"
	mkdir -p build/html
	pdftoppm -r 60 -png "$T/pdf/$document.pdf" "build/html/odt-$document"
done
finish

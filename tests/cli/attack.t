#!/usr/bin/env bash
# Everything that the demonstration publishes is attacked: tables, pages, packages, and lists of a year.
. "${0%/*}/tap.sh"

demo=share/demo
export TRANSITION_PROFILE=oslo

# ---- what hiding the small numbers alone gives away ----

# hide MAX: hides the numbers from 1 to MAX in the housing types of a table, and nothing else.
hide() {
	awk -F, -v OFS=, -v most="$1" 'NR > 1 && $1 != "total" {
		for (i = 2; i <= 8; i++) if ($i >= 1 && $i <= most) $i = ":" } 1'
}
# profile_with NAME FILE EXPRESSION: a copy of the profile with one file edited.
profile_with() {
	mkdir -p "$T/profiles"
	cp -rL share/profiles/oslo "$T/profiles/$1"
	cp share/*.csv "$T"
	sed -i "$3" "$T/profiles/$1/$2"
}
profile_with to-4 disclosure.csv 's/^smallest_shown,4/smallest_shown,5/'

hide 4 < <(cut -d, -f1-15 $demo/needs-2022.csv) >"$T/hidden.csv" # without the sums of groups of types
is '29 numbers of the demonstration are 1 to 4' "$(grep -o : "$T/hidden.csv" | wc -l)" 29
exact() { # OPTION...: how many of the hidden numbers are worked out exactly
	table-attack --all --format=jsonl --profile="$T/profiles/to-4" "$@" "$T/hidden.csv" |
		grep -vE 'Utenfor|de andre' | grep -c '"width":0,'
}
is 'hiding just those gives 6 away' "$(exact)" 6
is 'and 8 when the rule is known' "$(exact --only-small)" 8
status 'the program says so' 1 table-attack --only-small --profile="$T/profiles/to-4" "$T/hidden.csv"

# ---- tables of needs ----

needs-aggregate $demo/exports/*.csv >"$T/needs.csv" 2>/dev/null
status 'a table that nobody looked after is open' 1 table-attack "$T/needs.csv"
table-suppress "$T/needs.csv" >"$T/publish.csv" 2>/dev/null
status 'one that went through table-suppress is not' 0 table-attack "$T/publish.csv"
is 'nothing is listed' "$(tail -n +2 "$T/out")" ''

opened=
while read -r district; do
	grep -e ^bydel -e "^$district" "$T/needs.csv" >"$T/own.csv"
	table-attack --own="$T/own.csv" "$T/publish.csv" >"$T/out" || opened+=" $district"
done < <(cut -d, -f1 "$T/needs.csv" | grep "^[0-9]")
is 'nor can any district with its own numbers' "$opened" ''

# A page as data: the cells of its table. It shows no more than the table did.
cells() {
	perl -CS -0777 -ne 's/.*?<table.*?>//s; s/<\/table>.*//s; s/<caption.*?<\/caption>//s;
		while (/<tr.*?>(.*?)<\/tr>/sg) { my $row = $1; my @cells;
			while ($row =~ /<t[hd][^>]*>(.*?)<\/t[hd]>/sg) { my $cell = $1; $cell =~ s/<[^>]*>//g;
				$cell =~ s/&[a-z]+;|\xad//g; push @cells, qq("$cell") }
			print join(",", @cells), "\n" }' "$1"
}
for lang in nb nn en; do
	table-render --publish --format=html --lang=$lang "$T/publish.csv" >"$T/page.html"
	cells "$T/page.html" >"$T/page.csv"
	is "the page has all rows ($lang)" "$(wc -l <"$T/page.csv")" 17
	status "no number of the page opens ($lang)" 0 table-attack "$T/page.csv"
	status "nor of page and table together ($lang)" 0 table-attack "$T/publish.csv" "$T/page.csv"
done
for format in csv json markdown text; do
	ok "it can be published as $format" table-render --publish --format=$format "$T/publish.csv"
done

for lang in nb nn en; do
	table-render --publish --format=xlsx --lang=$lang "$T/publish.csv" >"$T/book.xlsx"
	status "no number of a workbook opens ($lang)" 0 table-attack "$T/book.xlsx"
	status "nor of workbook and table together ($lang)" 0 table-attack "$T/publish.csv" "$T/book.xlsx"
done

# What a drawing gives away, it gives away in either order: types and a total, with the small ones hidden.
cut -d, -f"$(sed 1q "$T/needs.csv" | tr , '\n' | grep -nxE 'bydel|ordinaer.*|smaahus.*|samlok.*|total' | cut -d: -f1 | paste -sd,)" \
	"$T/needs.csv" | sed '2,$s/,[123]\b/,:/g' >"$T/drawn.csv"
status 'a table and another drawing of it' 1 table-attack "$T/publish.csv" "$T/drawn.csv"
opened=$(tail -n +2 "$T/out" | cut -d, -f2- | sort)
status 'in the other order' 1 table-attack "$T/drawn.csv" "$T/publish.csv"
is 'open the same' "$(tail -n +2 "$T/out" | cut -d, -f2- | sort)" "$opened"
is 'both of one day' "$(grep -c 'another time' "$T/err")" 0


# Another municipality, whose rows are units and whose columns are other types.
status 'its table is open before' 1 table-attack --profile=sandnes $demo/sandnes/needs.csv
table-suppress --profile=sandnes $demo/sandnes/needs.csv >"$T/units.csv" 2>/dev/null
status 'and not after' 0 table-attack --profile=sandnes "$T/units.csv"
table-render --profile=sandnes --publish --format=html "$T/units.csv" >"$T/page.html"
cells "$T/page.html" >"$T/page.csv"
is 'its page has all rows' "$(wc -l <"$T/page.csv")" 8
status 'and does not open' 0 table-attack --profile=sandnes "$T/units.csv" "$T/page.csv"
table-render --profile=sandnes --publish --format=xlsx "$T/units.csv" >"$T/book.xlsx"
status 'nor does its workbook' 0 table-attack --profile=sandnes "$T/units.csv" "$T/book.xlsx"

# ---- the guard ----

status 'a page for the web is drawn with a warning' 0 table-render --format=html "$T/needs.csv"
is 'said once' "$(grep -c ': unprotected: ' "$T/err")" 1
status 'but not published' 1 table-render --publish --format=html "$T/needs.csv"
is 'nothing is written' "$(<"$T/out")" ''
status 'not as another format either' 1 table-render --publish "$T/needs.csv"
status 'a colon in place of one number protects nothing' 1 \
	table-render --publish <(sed '2s/,1,/,:,/' "$T/needs.csv")
status 'text for oneself comes without a warning' 0 table-render "$T/needs.csv"
is 'without a word' "$(<"$T/err")" ''
status 'hashes of persons are not published' 1 \
	table-render --publish <(sed '1s/$/,hashes/; 2,$s/$/,/' "$T/publish.csv")

# ---- lists of vacant places, day after day ----

profile_with exact profile.csv "s/^public_steps.*/public_steps,\"$(seq -s ', ' 99)\"/"
list() { # DAY [OPTION...]
	vacancy-list --institutions=$demo/institutions.csv --stays=$demo/stays.csv --referrals=$demo/waiting.csv \
		--events=$demo/events.csv --public --as-of="$1" "${@:2}" 2>/dev/null
}
day() { date -ud "2026-01-01 + $1 days" +%F; }
for ((n = 0; n < 365; n++)); do
	list "$(day $n)" --output="$T/list-$n.csv"
done
changes=0 opened=
for ((n = 0; n < 365; n += 30)); do
	window=()
	for ((k = n; k <= n + 30 && k < 365; k++)); do window+=("$T/list-$k.csv"); done
	table-attack "${window[@]}" >"$T/out" || opened+=" $(day $n)"
done
for ((n = 1; n < 365; n++)); do
	if ! cmp -s <(cut -d, -f8,9 "$T/list-$((n - 1)).csv") <(cut -d, -f8,9 "$T/list-$n.csv"); then
		changes=$((changes + 1))
	fi
done
is 'no two days of a year tell that one person left, or came' "$opened" ''
ok "though the list changes ($changes times)" test "$changes" -gt 20
for n in 322 323 324; do
	list "$(day $n)" --profile="$T/profiles/exact" --output="$T/exact-$n.csv"
done
status 'exact numbers tell' 1 table-attack "$T"/exact-32[2-4].csv
status 'even rounded ones, if not more than one can come or go' 1 table-attack --change=1 "$T"/list-3[0-3]?.csv

# The package of HSDS has the same numbers.
for n in 320 323; do
	list "$(day $n)" --hsds="$T/hsds-$n"
	awk -F, -v OFS=, 'NR == 1 { print "institution_id,name,vacant,as_of"; for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ sub("T.*", "", $NF); print $at["service_id"], "x", $at["available"], $NF }' \
		"$T/hsds-$n/service_capacity.csv" >"$T/hsds-$n.csv"
done
like 'the package has numbers and a day' "$(tail -n 1 "$T/hsds-320.csv")" ',x,[0-9]+,2026-[0-9-]*$'
status 'nor do the packages of two days' 0 table-attack "$T/hsds-320.csv" "$T/hsds-323.csv"

finish

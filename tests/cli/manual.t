#!/usr/bin/env bash
# The manual says what the programs do: options, synopsis, purpose; its examples and the README's run.
. "${0%/*}/tap.sh"

plain() { mandoc -T ascii "$1" | perl -pe 's/.\x08//g'; } # without overstriking

# The options as --help lists them: "-o, --output=FILE".
help_options() { "$1" --help | sed -e ':more' -e '/|$/{N;s/\n *//;b more' -e '}' | sed -n 's/^  \(-., \|    \)\(--[^ ]*\).*/\1\2/p' | sed 's/^    //'; } # what goes on in the next line is joined

# The same from the mdoc source.
page_options() {
	perl -ne 'next unless /^\.It Fl (?:(\w) (?:Ar \S+ )?, Fl )?-([a-z-]+)(.*)/;
		my ($letter, $long, $rest) = ($1, $2, $3);
		$rest =~ s/ Op (.*)/ [$1]/; $rest =~ s/\b(Ns|Ar|Cm)\b//g; $rest =~ s/ //g;
		print $letter ? "-$letter, " : "", "--$long$rest\n"' "$1"
}

for program in $PROGRAMS; do
	page=man/$program.1
	ok "$program has a page" test -e "$page"
	[[ -e $page ]] || continue
	is "$program: options" "$(page_options "$page")" "$(help_options "$program")"
	is "$program: synopsis" "$(plain "$page" | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d;$d' | xargs)" \
		"$("$program" --help | sed -n '1s/^Usage: //p')"
	is "$program: purpose" "$(sed -n 's/^\.Nd //p' "$page")" "$("$program" --help | sed -n 3p)"
done

# ---- examples ----

# Commands in EXAMPLES: every .Dl line and every .Bd block.
examples() {
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$1" |
		perl -ne 's/\\e/\\/g; s/\\&//g; s/\\-/-/g; s/\\\(aq/\x27/g; s/\\\(dq/"/g; s/\\\(ti/~/g;
			if (/^\.Bd/) { $in = 1 } elsif (/^\.Ed/) { $in = 0; print "\0" } elsif ($in) { print }
			elsif (s/^\.Dl //) { print "$_\0" }'
}

# What each folder has at first; the other has a register, too.
cp -r share/demo "$T/base"
mkdir "$T/base/profiles"
cp -r share/profiles/oslo "$T/base/profiles/ours"
(
	cd "$T/base" || exit
	cp exports/03-sagene.csv export.csv
	cp exports/14-nordstrand.csv export.txt
	cp needs-2022.csv needs.csv
	cp stock.csv homes.csv
	cp attack/square.csv publish.csv
	cp attack/year-before.csv needs-2025-published.csv
	cp attack/own.csv our-numbers.csv
	referral-import exports/*.csv >referrals.csv
	rop-group referrals.csv >grouped.csv
	vacancy-list --institutions=institutions.csv --stays=stays.csv --as-of=2026-11-21 >vacancies.csv
	cp -rp . ../with-register
	cd ../with-register || exit
	register-init --key=reg.db.key reg.db
	for f in referrals.csv waiting.csv cases.csv institutions.csv stays.csv events.csv; do
		register-put --as-of=2026-11-20 reg.db $f
	done 2>/dev/null # counts
)

# fresh_folder PROGRAM: a folder with the demonstration data under the names that examples use. Those who
# are grouped are those who wait, for the programs about placements and what follows from them. The page
# that makes the register finds none.
folder=$T/examples
fresh_folder() {
	local base=$T/base
	[[ $1 == register-init* || $1 == transition.1 ]] || base=$T/with-register
	rm -rf "$folder"
	cp -rp "$base" "$folder"
	(
		cd "$folder" || exit
		if [[ $1 == placement-* || $1 == letter-* || $1 == offer-* ]]; then
			rop-group waiting.csv >grouped.csv
			placement-match --places=vacancies.csv --stays=stays.csv --certificate=cert.json grouped.csv >placements.csv
			cp cert.json certificate.json
			placement-match --places=vacancies.csv --stays=stays.csv --add=I-16:3 grouped.csv >what-if.csv
		fi 2>/dev/null # wishes for I-99
		[[ $1 != needs-aggregate ]] || register-key survey survey.key
		if [[ $1 == meeting-invite* ]]; then
			grep '"paper":"contacts"' papers.jsonl >contacts.jsonl
			grep '"paper":"invitation"' papers.jsonl >filled.json
		fi
		if [[ $1 == checklist-import* ]]; then
			checklist-export --format=docx -o plan.docx plan.json
			checklist-export --format=odt -o filled.odt plan.json
		fi >/dev/null 2>&1 # what is missing
		if [[ $1 == plan-* || $1 == site-* ]]; then
			printf '%s\n' referral_id,site,rop_group R-1,030101-samlok_delvis_ordinaert-1,4 >residents.csv
			needs-plan --certificate=proof.csv needs.csv >plan.csv
			needs-plan --add=030105:samlok_doegn_skjermet:10 needs.csv >what-if.csv
			[[ $1 != site-* ]] || {
				site-inspect plan.csv >filled.csv
				site-inspect --format=odt -o form-1.odt plan.csv
				site-inspect --format=docx -o form-2.docx plan.csv
			}
		fi
		if [[ $1 == offer-answer* ]]; then
			offer-make --register=reg.db --as-of=2026-11-21 placements.csv
		fi >/dev/null 2>&1 # who is no longer in the queue
	)
}

# run NAME COMMANDS: in that folder. Plans to be filled in lack something, and tables are opened, which
# gives 1.
run() {
	local fine=0
	[[ $2 != checklist-e[xd]* && $2 != table-attack* ]] || fine=1
	ok "$1" bash -o pipefail -c "cd $folder && { $2
		} >stdout 2>stderr || [[ \$? == $fine ]] || { cat stderr; exit 1; }"
}

# The examples of a page build on each other.
for page in man/*.[1-8]; do
	fresh_folder "${page#man/}"
	while IFS= read -r -d '' example; do
		example=${example%$'\n'}
		run "${page#man/}: ${example//$'\n'/ }" "$example"
	done < <(examples "$page")
done
for program in $PROGRAMS; do
	fresh_folder "$program"
	while IFS= read -r -d '' example; do
		run "--help: ${example//$'\n'/ }" "$example"
	done < <("$program" --help | sed -n '/^Examples:/,$p' |
		perl -0ne 'print "$1\0" while /^  (\S(?:[^\n]*\\\n)*[^\n]*)$/gm')
done

# ---- diagnostics ----

# Codes that transition(7) lists: ".It Li open , directory".
page_codes() { sed -n '/^\.Sh DIAGNOSTICS/,/^\.Sh [^D]/s/^\.It Li //p' man/transition.7 | tr -d ' ' | tr ',' '\n' | sort; }
is 'transition(7) describes every code there is' "$(page_codes)" \
	"$(perl -0ne 'print "$1\n" while /\[TR_[EW]_[A-Z_0-9]*\] =\s*\{"([a-z-]*)",/g' lib/base/err.c lib/base/err_*_own.h | sort -u)"

# ---- form ----

for page in man/*.[1-8]; do
	ok "mandoc finds no fault in ${page#man/}" mandoc -T lint -W warning "$page"
done
while read -r name section; do
	ok "$name($section) is there to be seen" test -e "man/$name.$section"
done < <(sed -n 's/^\.Xr \([a-z-]*\) \([1-8]\).*/\1 \2/p' man/*.[1-8] | sort -u | grep -E '^(transition|referral|register|rop|needs|table|vacancy|placement|deadline|checklist|letter|service|offer)')

# ---- HACKING ----

# Files and functions that HACKING names exist: `err.c`, `record/seen/seen.c`, `tr_needs_find`.
# shellcheck disable=SC2016 # the backquotes are Markdown
mapfile -t names < <(grep -oE '`[a-z_/-]+\.[ch]`|`tr_[a-z_]+`' HACKING.md | tr -d '`' | sort -u)
for name in "${names[@]}"; do
	case $name in
	*.*) ok "HACKING: $name exists" test -n "$(find lib bin -path "*/$name" -o -path "$name")" ;;
	*) ok "HACKING: $name exists" grep -rqwF "$name" lib bin ;;
	esac
done

# ---- README ----

if [[ -e README.md ]]; then
	mkdir "$T/readme"
	ln -s "$PWD/share" "$T/readme/share"
	ln -s "$PWD/share/demo/exports" "$T/readme/exports"
	# Blocks marked sh hold commands; what sets up the machine is tested elsewhere.
	while IFS= read -r command; do
		ok "README: $command" bash -o pipefail -c "cd $T/readme && { $command
			} >/dev/null"
	done < <(awk '/^```/ { inside = /sh$/; next } inside' README.md | grep -E "^($(xargs <<<"$PROGRAMS" | tr ' ' '|'))")
	# Blocks marked console are transcripts: "$ command", then what it prints.
	perl -0ne 'while (/^```console\n(.*?)^```$/gms) { print map { "$_\0" } grep { length } split /^\$ /m, $1 }' \
		README.md >"$T/transcripts"
	while IFS= read -r -d '' transcript; do
		command=${transcript%%$'\n'*} expected=${transcript#*$'\n'}
		[[ $command != scripts/* ]] || continue
		is "README: \$ $command" "$(cd "$T/readme" && bash -c "$command" 2>&1)" "${expected%$'\n'}"
	done <"$T/transcripts"
else
	result 1 'there is a README'
fi

finish

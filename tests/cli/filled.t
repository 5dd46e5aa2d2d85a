#!/usr/bin/env bash
# Plans go out empty, are filled in by programs that are not ours, every field of them, in three languages,
# and come back as what was filled in. Then one goes from the register to Word, and back into the calendar.
. "${0%/*}/tap.sh"

# The plan that was meant, and the plan that came: what the first says, the second says.
# shellcheck disable=SC2317 # called by ok
same() {
	perl -MJSON::PP -e '
		sub differs { my ($is, $want, $at) = @_;
			return map { differs($is->{$_}, $want->{$_}, "$at.$_") } sort keys %$want if ref $want eq "HASH";
			return map { differs($is->[$_], $want->[$_], "$at.$_") } 0 .. $#$want if ref $want eq "ARRAY";
			return ($is // "") eq ($want // "") ? () : $at }
		my ($is, $want) = map { local (@ARGV, $/) = $_; decode_json(<>) } @ARGV;
		my @differ = differs($is, $want, "");
		print "@differ\n" if @differ;
		exit @differ > 0' "$1" "$2"
}
checklist-export --template C-1 >"$T/empty.json"
# fill HOW: by LibreOffice, or a library for Word of Python or of JavaScript
python=/usr/bin/python3
[[ -x $python ]] || python=python3
for how in docx docx4js office; do
	for lang in nb nn en; do
		checklist-export --lang=$lang --format=docx -o "$T/empty.docx" "$T/empty.json" 2>"$T/said"
		targets=("$T/$how-$lang.docx")
		[[ $how != office ]] || targets+=("$T/$how-$lang.odt")
		timeout 300 "$python" tests/cli/fill.py $how "$T/empty.docx" $lang share/profiles/oslo "$T/meant.json" \
			"${targets[@]}" >"$T/said" 2>&1
		case $? in
		0) ;;
		3) lacks "$how, $lang" 'the program is not here' && continue ;;
		*) ok "$how, $lang: $(tail -n 1 "$T/said")" false && continue ;;
		esac
		for target in "${targets[@]}"; do
			status "$how, $lang, ${target##*.}: what was filled in is read" 0 checklist-import -o "$T/came.json" "$target"
			is 'nothing is said of it' "$(<"$T/err")" ''
			ok 'every answer is what was meant' same "$T/came.json" "$T/meant.json"
		done
	done
done

# ---- from the register to the calendar ----

day=2026-11-21
register-init "$T/r.db"
for table in cases institutions stays events; do
	register-put --as-of=$day "$T/r.db" "share/demo/$table.csv" 2>"$T/said"
done
case=R-2025-1019 # who moves out of an institution
status 'a plan of a case of the register' 0 checklist-export --template "$case" --register="$T/r.db" -o "$T/case.json"
checklist-export --format=docx -o "$T/case.docx" "$T/case.json" 2>"$T/said"
if timeout 300 "$python" tests/cli/fill.py docx "$T/case.docx" nb share/profiles/oslo "$T/meant.json" "$T/met.docx" >"$T/said" 2>&1; then
	status 'it comes back from the meeting' 0 checklist-import --onto="$T/case.json" -o "$T/met.json" "$T/met.docx"
	ok 'as it was filled in' same "$T/met.json" "$T/meant.json"
	deadline-list --register="$T/r.db" --as-of=$day --plans="$T/met.json" --format=ics >"$T/list.ics" 2>"$T/said"
	open=$(perl -MJSON::PP -e '
		local $/; my $p = decode_json(<>)->{points};
		my @tasks = map { ref $_ eq "ARRAY" ? @$_ : ref $_ eq "HASH" ? $_ : () } map { values %$_ } values %$p;
		print "$_\n" for sort map { $_->{due} =~ tr/-//dr } grep { $_->{status} eq "open" } @tasks' "$T/met.json")
	is 'and its tasks stand in the calendar, each on its day' \
		"$(for one in $open; do grep -q "^DTSTART;VALUE=DATE:$one" "$T/list.ics" && echo "$one"; done)" "$open"
else
	lacks 'from the register to the calendar' 'there is no python-docx'
fi
finish

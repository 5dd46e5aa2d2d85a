#!/usr/bin/env bash
# No text of an input reaches a terminal or a page with characters that steer it: escapes, bells, and marks that turn the
# direction of writing. They are planted in every text of every input of what is written for people.
. "${0%/*}/tap.sh"

plant=$'\e[31m\a\302\2335m\342\200\256bakfra\342\201\246'
demo=share/demo
day=--as-of=2026-11-21

# planted FILE: a copy with the plant at the end of every cell that has a letter and a space, or is a comment or name.
planted() {
	PLANT=$plant perl -CSDA -Mutf8 -e 'use utf8; my $plant = $ENV{PLANT}; utf8::decode($plant); binmode STDIN, ":utf8"; my @names;
		while (<STDIN>) { chomp; my (@cells, $more); do { s/^("(?:[^"]|"")*"|[^,]*)(,?)//; push @cells, $1; $more = $2 } while $more;
			@names = @cells unless @names;
			if ($. > 1) { for my $i (0 .. $#cells) { next unless ($names[$i] // "") =~ /^(name|comment|note|contact_name|contact|address|by|detail|judged_reason|wishes_note|responsible_name)$/;
				$cells[$i] =~ /"$/ ? $cells[$i] =~ s/"$/$plant"/ : ($cells[$i] .= $plant) } }
			print join(",", @cells), "\n" }' <"$1"
}

steers() { # FILE...: lines with such characters; those of a calendar end with two
	perl -CSDA -ne 's/\r\n\z/\n/; print "$ARGV:$.: $_" if /[\x00-\x08\x0B-\x1F\x7F-\x9F\x{061C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}]/; close ARGV if eof' "$@" |
		perl -pe 's/([^ -~\n])/sprintf "\\x%02X", ord $1/ge' | head -n 5
}

n=0
shows() { # COMMAND...: what it prints steers nothing, and the plant was there to be shown
	n=$((n + 1))
	"$@" >"$T/$n.out" 2>"$T/$n.err"
	is "${*//"$T"/}" "$(steers "$T/$n.out" "$T/$n.err")" ''
}

for file in institutions stays events waiting; do planted $demo/$file.csv >"$T/$file.csv"; done
ok 'it is planted' grep -qF "$plant" "$T/institutions.csv"
PLANT=$plant perl -CSDA -pe 'BEGIN { $plant = join "", map { sprintf "\\u%04x", ord } split //, do { my $p = $ENV{PLANT}; utf8::decode($p); $p } }
	s/("(?:name|institution|home|phone|email|note|task|assessment|extent)"\s*:\s*"[^"]+)"/$1$plant"/g' $demo/plan.json >"$T/plan.json"
ok 'in the plan, too' grep -q 'u202e' "$T/plan.json"

vacancy-list $day --stays="$T/stays.csv" --institutions="$T/institutions.csv" >"$T/v.csv" 2>/dev/null
rop-group "$T/waiting.csv" >"$T/g.csv" 2>/dev/null
placement-match --places="$T/v.csv" --certificate="$T/c.json" "$T/g.csv" >"$T/p.csv" 2>/dev/null
ok 'places were given' grep -q ,placed, "$T/p.csv"

for format in text markdown html; do
	for file in institutions v p g; do shows table-render --format=$format "$T/$file.csv"; done
	shows deadline-list $day --format=$format "$T/events.csv"
	shows checklist-export $day --format=$format "$T/plan.json"
	shows service-list --group=4 --format=$format
	mkdir "$T/letters-$format"
	shows letter-export $day --from=2026-12-01 --institutions="$T/institutions.csv" --certificate="$T/c.json" --format=$format -o "$T/letters-$format/" "$T/p.csv"
	is "and the letters as $format" "$(steers "$T/letters-$format"/*)" ''
done
shows checklist-export --check "$T/plan.json"
shows deadline-list $day --format=ics "$T/events.csv"
mapfile -t ids < <(cut -d, -f1 "$T/p.csv" | sed -n 2,6p)
for id in "${ids[@]}"; do shows placement-explain --certificate="$T/c.json" "$id"; done
shows rop-group --explain "$T/waiting.csv"
shows placement-match --summary --places="$T/v.csv" "$T/g.csv"

# Diagnostics, where they may say what stood there.
printf 'referral_id,received,bydel,sex,%s\nA%s,i går%s,Sagene%s,mann%s,1\n' "felt$plant" "$plant" "$plant" "$plant" "$plant" >"$T/bad.csv"
for command in referral-import rop-group needs-aggregate table-render referral-link 'referral-import --sniff --format=jsonl'; do
	# shellcheck disable=SC2086 # words
	n=$((n + 1))
	$command --show-values "$T/bad.csv" >"$T/$n.out" 2>"$T/$n.err" # data are as they were
	is "$command: what it says" "$(steers "$T/$n.err")" ''
done
cp "$T/bad.csv" "$T/navn$plant.csv"
n=$((n + 1))
referral-import --show-values "$T/navn$plant.csv" >/dev/null 2>"$T/$n.err"
is 'the name of a file neither' "$(steers "$T/$n.err")" ''
finish

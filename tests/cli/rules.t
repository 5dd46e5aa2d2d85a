#!/usr/bin/env bash
# What --check-rules finds in tables that are broken on purpose.
. "${0%/*}/tap.sh"

ours=$T/ours
fresh() { rm -rf "$ours"; cp -r share/profiles/oslo "$ours"; }

status 'the shipped tables have neither gap nor overlap' 0 rop-group --check-rules
is 'and nothing is said' "$(cat "$T/out" "$T/err")" ''

# Without a rule, what it covered is not covered: it is told in the words of the table.
while IFS= read -r line; do
	rule=${line%%,*}
	fresh
	sed -i "/^$rule,/d" "$ours/rop_rules.csv"
	status "without rule $rule" 65 rop-group --check-rules --profile="$ours"
	is 'there is one gap' "$(<"$T/err")" "$ours/rop_rules.csv: rule-gap: no rule covers: ${line#*,}"
done < <(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
	{ line = ""
	for (i = 7; name[i] != "matrix_cell"; i++) if ($i != "") line = line (line == "" ? "" : ", ") name[i] "=" $i
	print $1 "," line }' share/profiles/oslo/rop_rules.csv)

fresh
sed -i '/^G7A,/{p;s/^G7A/TWICE/}' "$ours/rop_rules.csv"
status 'a rule twice' 65 rop-group --check-rules --profile="$ours"
like 'overlaps' "$(<"$T/err")" ': rule-overlap: rules G7A and TWICE both cover: substance=3, mental=2[|]3, '
is 'and is told once' "$(wc -l <"$T/err")" 1

fresh
sed -i '1s/,vulnerable,/,vulnerabel,/' "$ours/rop_rules.csv"
status 'a condition misspelt in the header would widen every rule' 65 rop-group --check-rules --profile="$ours"
like 'so it is told' "$(<"$T/err")" 'rop_rules.csv.*vulnerabel'

# What a rule gives must be what the matrix has for its group, and no combination may end in silence.
wrong() { # WHAT SED PATTERN
	fresh
	sed -i "$2" "$ours/rop_rules.csv"
	status "$1" 65 rop-group --check-rules --profile="$ours"
	like 'is told' "$(<"$T/err")" "$3"
}
wrong 'a group without a housing type' '/^G4B,/s/samlok_delvis_ordinaert//' ': rule-result: rule G4B: .*housing_type'
wrong 'a housing type of another group' '/^G5A,/s/samlok_delvis_skjermet/samlok_delvis_ordinaert/' ': rule-result: rule G5A: .*housing_type'
wrong 'a standard of another group' '/^G5A,/s/,forsterket,/,ordinaer,/' ': rule-result: rule G5A: .*standard'
wrong 'a location of another group' '/^G7A,/s/,randsone,/,ordinaert,/' ': rule-result: rule G7A: .*location'
wrong 'a judgement without a choice' '/^V3B,/s/,2|6,/,2,/' ': rule-end: no answer and no judgement leads on from: substance=2, .*behaviour=3, safety_risk=0'

fresh
sed -i 's/^1-5S,/1-9S,/; /^S1,/d' "$ours/rop_somatic.csv"
status 'the somatic table is checked too' 65 rop-group --check-rules --profile="$ours"
like 'and named' "$(<"$T/err")" 'rop_somatic.csv'

for table in share/profiles/oslo/*.csv; do
	fresh
	rm "$ours/${table##*/}"
	rop-group --check-rules --profile="$ours" >"$T/out" 2>"$T/err"
	got=$?
	[[ $got == 0 ]] && continue # not every program needs every table
	is "without ${table##*/}" $got 66
	like 'the file is named' "$(<"$T/err")" "${table##*/}"
done

# ---- people ----

# as_expected PROFILE: of the persons made up for an audit, those who do not come out as their column expect says.
as_expected() {
	rop-group --profile="$1" --format=jsonl tests/golden/persons/in | perl -MJSON::PP -ne '
		my $p = decode_json($_);
		my $judge = join " ", @{ $p->{rop_judge} // [] };
		my $open = !defined $p->{rop_group} && (length $judge || defined $p->{rop_ask});
		my ($group, $somatic) = $p->{expect} =~ /^(\d)(?: \+ (\S+))?$/;
		my $between = $p->{expect} =~ /^judgement between (.*)/ ? join " ", $1 =~ /\d/g : undef;
		my $right = defined $group ? ($p->{rop_group} // "") eq $group && ($p->{rop_somatic} // "") eq ($somatic // "")
			: defined $between ? $judge eq $between
			: $p->{expect} =~ /^(\d) or asked$/ ? ($p->{rop_group} // "") eq $1 || $open
			: $p->{expect} =~ /asked|undecided/ ? $open : 0;
		print "$p->{referral_id}\n" unless $right;'
}
for profile in oslo sandnes; do
	is "$profile: each person made up for an audit comes out as expected" "$(as_expected "$profile")" ''
done
referral-import share/demo/exports/*.csv >"$T/survey.csv" 2>"$T/err"
is 'from an empty form, few questions settle the group of each person of the survey, truthfully answered' \
	"$(tests/bench/count-questions "$T/survey.csv" 2>"$T/err")" '994 persons, 5.03 questions, at most 8'
is 'and hardly fewer in the order that is best for just these persons' \
	"$(tests/bench/count-questions --like="$T/survey.csv" "$T/survey.csv" 2>"$T/err")" '994 persons, 5.00 questions, at most 8'

finish

#!/usr/bin/env bash
# What the controller documents: it is filled in from the profile, lacks nothing that the law asks for, cannot
# fall behind the programs, and every place that it points at exists.
. "${0%/*}/tap.sh"

export_() { privacy-export "$@"; }
for lang in nb nn; do
	for document in record assessment requirements; do
		status "$document, $lang" 0 export_ --lang=$lang "$document"
		is 'no blank is left open by its name' "$(grep -c '[{}]' "$T/out")" 0
	done
done
for format in text markdown html odt pdf; do
	for profile in oslo sandnes; do
		for document in record assessment requirements; do
			status "$document of $profile as $format" 0 export_ --profile=$profile --format=$format --output="$T/doc" "$document"
		done
	done
done
cp -r share/skeleton "$T/ours"
sed -i 's/^name,.*/name,Fjordby/; /^dpo/d; $a dpo,Ombudet i Fjordby\ndpo_contact,ombud@example.no' "$T/ours/profile.csv"
status 'of a municipality that begins' 0 export_ --profile="$T/ours" record
like 'with its name' "$(<"$T/out")" 'Utfylt fra profilen til Fjordby'
like 'and whom to ask' "$(<"$T/out")" 'Personvernombud  *Ombudet i Fjordby'
like 'reached so' "$(<"$T/out")" 'ombud@example.no'

# Article 30 no. 1 has points a to g, article 35 no. 7 a to d.
export_ record >"$T/record"
is 'the record has its points' "$(grep -oE '^[a-g]\)' "$T/record" | xargs)" 'a) b) c) d) e) f) g)'
export_ --format=markdown assessment >"$T/assessment"
is 'the assessment has its points' "$(grep -oE 'nr\. 7 bokstav [a-d]( og [a-d])?' "$T/assessment" | cut -d' ' -f4- | xargs)" 'a b c og d'
for key in name municipality agency intake_email retention_days; do
	ok "the record has $key" grep -qF "$(sed -n "s/^$key,//p" share/profiles/oslo/profile.csv)" "$T/record"
done
export_ --format=markdown record >"$T/record.md"
while IFS= read -r field; do
	label=$(awk -F, -v f="$field" '$1 == f { print $2 }' share/profiles/oslo/fields.csv)
	ok "and the field $field" grep -qF -- "$label" "$T/record.md"
done < <(referral-import share/demo/waiting.csv 2>/dev/null | head -1 | tr , '\n')

# ---- everything that is pointed at is there ----

python3 - <<'END' >"$T/places"
import csv
for name in 'assessment', 'requirements':
    for row in csv.DictReader(open(f'share/privacy/{name}.csv')):
        given = [bool(row[c]) for c in ('program', 'manual', 'test')]
        assert all(given) or not any(given), row
        if all(given):
            print('\t'.join((name, row['program'], row['manual'], row['test'])))
END
ok 'there are places' test "$(wc -l <"$T/places")" -gt 35
while IFS=$'\t' read -r document program manual test; do
	read -ra words <<<"$program"
	ok "$document: ${words[0]} is a program" test -x "$BIN/${words[0]}"
	for word in "${words[@]:1}"; do
		case $word in
		--*) ok "with $word" grep -qE -- "^ +(-., )?$word\b" <(LC_ALL=C "${words[0]}" --help) ;;
		*) status "that has $word" 0 "${words[@]}" ;;
		esac
	done
	page=${manual%%:*} heading=${manual#*: }
	page=${page/(/.}
	ok "$manual" grep -qxE "\.S[hs] $heading" "man/${page%)}"
	ok "$test" grep -qF -- "${test#*: }" "${test%%:*}"
done <"$T/places"

# ---- a template that is unfit ----

own() { # NAME WHAT ROW ...: a template with these rows is refused, and it says so
	printf '%s\n' block,of,text_nb,text_nn title,,T,T "${@:3}" >"$T/own.csv"
	status "$1" 1 export_ --template="$T/own.csv" record
	like 'and said' "$(<"$T/err")" "own.csv:$2"
	is 'and nothing is written' "$(<"$T/out")" ''
}
printf '%s\n' block,of,text_nb,text_nn title,,'Vår {name}',T >"$T/own.csv"
status 'a template of our own' 0 export_ --template="$T/own.csv" record
like 'is used' "$(<"$T/out")" 'Vår Oslo'
own 'a block that is none' '3: block: check-kind: ' 'chapter,,x,x'
own 'a block without a text' '3: text_nb: check-empty: ' 'text,,,x'
own 'lines that are no number' '3: of: check-kind: ' 'blank,many,x,x'
own 'a sort of fields that is none' '3: of: check-kind: ' 'fields,secret,x,x'
own 'a kind that is none' '3: of: check-kind: ' 'kind,identity,x,x'
own 'a sort of fields, and not all' '2: of: check-kind: ' 'fields,sealed,x,x'
own 'a row without a head' '3: block: check-kind: ' 'row,,a|b,a|b'
own 'a row with too few cells' '4: text_nb: check-kind: ' 'head,1|1|1,a|b|c,a|b|c' 'row,,a,a'
own 'a row with too many' '4: text_nb: check-kind: ' 'head,1|1,a|b,a|b' 'row,,a|b|c,a|b|c'
printf '%s\n' of,text_nb,text_nn >"$T/own.csv"
printf 'x,y,z\n' >>"$T/own.csv"
status 'a template without blocks' 1 export_ --template="$T/own.csv" record
status 'a document that is none' 2 export_ letter
status 'none' 2 export_
status 'not in English' 2 export_ --lang=en record
status 'a profile in English' 0 export_ --lang=nb record

finish

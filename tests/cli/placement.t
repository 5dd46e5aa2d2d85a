#!/usr/bin/env bash
# A round of placements: the same bytes however its inputs are written, nothing told of others, and
# files that are whole or absent.
. "${0%/*}/tap.sh"

demo=share/demo
vacancy-list --institutions=$demo/institutions.csv --stays=$demo/stays.csv --as-of=2026-11-21 >"$T/vacancies.csv"
rop-group --format=jsonl $demo/waiting.csv >"$T/grouped.jsonl"
cp $demo/stays.csv "$T/stays.csv"

# JSON Lines as rows of a line each.
# shellcheck disable=SC2016 # the dollars are for perl
rows() { # DELIMITER END-OF-LINE
	perl -MJSON::PP -CO -ne 'BEGIN { ($delimiter, $end) = splice @ARGV, 0, 2 } my $row = decode_json($_);
		if (!@names) { @names = sort keys %$row; print join($delimiter, @names), $end }
		print join($delimiter, map { my $v = $row->{$_} // "";
			$v = ref $v eq "ARRAY" ? join("|", @$v) : ref $v ? ($v ? "ja" : "nei") : $v;
			$v =~ s/"/""/g; $v =~ s/\n/ /g; $v =~ /[,;"]/ ? "\"$v\"" : $v } @names), $end' "$@"
}
rows , $'\n' "$T/grouped.jsonl" >"$T/grouped.csv"

# Some of the institutions have an order of their own.
awk -F, 'NR > 1 { for (i = 1; i <= 30; i += 3) if ((NR * i) % 7 < 3) printf "I-%02d,%s,%d\n", i, $1, (NR * 31 + i) % 40 }' \
	<(sed 's/.*"referral_id":"\([^"]*\)".*/\1/; 1s/^/x\n/' "$T/grouped.jsonl") |
	{ echo institution_id,referral_id,rank; cat; } >"$T/own.csv"

# Everything that is made of a round, from the inputs given, in order.
all() { # VACANCIES STAYS OWN REFERRALS...
	local policy places=$1 stays=$2 own=$3
	shift 3
	for policy in placed-first wish-first own-priorities; do
		local options=(--places="$places" --stays="$stays" --policy="$policy")
		[[ $policy != own-priorities ]] || options+=(--priority="$own")
		placement-match "${options[@]}" --certificate="$T/all.json" "$@" >"$T/all.csv" || return
		cat "$T/all.csv" "$T/all.json"
		placement-explain --certificate="$T/all.json" --cutoffs
		placement-explain --certificate="$T/all.json" R-2026-0017 R-2026-0026 R-2026-0006
		[[ $# != 1 ]] || placement-verify --places="$places" --certificate="$T/all.json" --referrals="$1" "$T/all.csv" || return
	done
	placement-match "${options[@]:0:2}" --summary "$@"
	placement-match "${options[@]:0:2}" --marginal "$@"
	placement-match "${options[@]:0:2}" --add=I-16:3 --close=I-28 --certificate="$T/all.json" "$@" >"$T/what-if.csv"
	cat "$T/what-if.csv" "$T/all.json"
	placement-diff "$T/all.csv" "$T/what-if.csv"
}

all "$T"/{vacancies,stays,own,grouped}.csv >"$T/all" 2>"$T/err"
is 'everything comes out' $? 0

# ---- the same bytes: the order of rows ----

shuffled() { # SEED FILE: the header, then the rows
	head -n 1 "$2"
	tail -n +2 "$2" | awk -v seed="$1" 'BEGIN { srand(seed) } { printf "%.9f\t%s\n", rand(), $0 }' | sort | cut -f2-
}
reversed() {
	head -n 1 "$1"
	tail -n +2 "$1" | tac
}
for seed in 1 2 3 4 5; do
	for file in vacancies stays own grouped; do shuffled "$seed$file" "$T/$file.csv" >"$T/s-$file.csv"; done
	ok "rows in another order, $seed" cmp "$T/all" <(all "$T"/s-{vacancies,stays,own,grouped}.csv 2>/dev/null)
done
for file in vacancies stays own grouped; do reversed "$T/$file.csv" >"$T/s-$file.csv"; done
ok 'rows the other way round' cmp "$T/all" <(all "$T"/s-{vacancies,stays,own,grouped}.csv 2>/dev/null)
{ head -n 60 "$T/s-grouped.csv"; } >"$T/s-1.csv"
{ head -n 1 "$T/s-grouped.csv"; tail -n +50 "$T/s-grouped.csv"; } >"$T/s-2.csv"
ok 'two files that overlap' cmp <(all "$T"/{vacancies,stays,own}.csv "$T/s-2.csv" "$T/s-1.csv" 2>/dev/null) "$T/all"

# ---- the same bytes: formats, encodings, languages of headers ----

vacancy-list --format=jsonl --institutions=$demo/institutions.csv --stays="$T/stays.csv" --as-of=2026-11-21 >"$T/vacancies.jsonl"
tail -n +2 "$T/own.csv" | sed 's/\(.*\),\(.*\),\(.*\)/{"rank":\3,"referral_id":"\2","institution_id":"\1"}/' >"$T/own.jsonl"
tail -n +2 "$T/stays.csv" | tr -d '\r' | awk -F';' '
	function day(d, p) { return split(d, p, ".") == 3 ? "\"" p[3] "-" p[2] "-" p[1] "\"" : "null" }
	{ printf "{\"status\":\"%s\",\"stay_id\":\"%s\",\"referral_id\":\"%s\",\"institution_id\":\"%s\",", $7, $1, $2, $3
		printf "\"from\":%s,\"to_expected\":%s,\"to\":%s}\n", day($4), day($5), day($6) }' >"$T/stays.jsonl"
ok 'JSON Lines' cmp "$T/all" <(all "$T"/{vacancies,stays,own,grouped}.jsonl 2>/dev/null)

# Windows-1252 with `;`, CRLF and a line that says so, as a spreadsheet writes it; a header as in an office.
{ printf 'sep=;\r\n'; rows ';' $'\r\n' "$T/grouped.jsonl"; } |
	sed '2{s/urgency/Hastegrad/;s/wishes/Ønsket institusjon/;s/\breceived/Mottatt dato/;s/sex/Kjønn/;s/rop_group/ROP-gruppe/;}' |
	iconv -f UTF-8 -t WINDOWS-1252 >"$T/grouped-office.csv"
sed 's/,/;/g; s/$/\r/; 1{s/institution_id/Institusjons-ID/;s/capacity/Plasser/;}' "$T/vacancies.csv" |
	iconv -f UTF-8 -t WINDOWS-1252 >"$T/vacancies-office.csv"
sed 's/,/;/g; s/$/\r/' "$T/own.csv" >"$T/own-office.csv"
ok 'Windows-1252 with semicolons' cmp "$T/all" \
	<(all "$T/vacancies-office.csv" "$T/stays.csv" "$T/own-office.csv" "$T/grouped-office.csv" 2>/dev/null)
for file in vacancies stays own grouped; do { printf '\377\376'; iconv -f UTF-8 -t UTF-16LE "$T/$file.csv"; } >"$T/u-$file.csv"; done
ok 'UTF-16' cmp "$T/all" <(all "$T"/u-{vacancies,stays,own,grouped}.csv 2>/dev/null)

# ---- the same bytes: where and when ----

for locale in C.UTF-8 nb_NO.UTF-8 tr_TR.UTF-8 de_DE; do
	ok "LC_ALL=$locale" cmp "$T/all" <({ LC_ALL=$locale all "$T"/{vacancies,stays,own,grouped}.csv; } 2>/dev/null)
done
ok 'LANGUAGE=nb' cmp "$T/all" <(LC_ALL=C.UTF-8 LANGUAGE=nb all "$T"/{vacancies,stays,own,grouped}.csv 2>/dev/null)
for zone in Pacific/Kiritimati America/Los_Angeles; do
	ok "TZ=$zone" cmp "$T/all" <(TZ=$zone all "$T"/{vacancies,stays,own,grouped}.csv 2>/dev/null)
done
ok 'another folder' cmp "$T/all" <(cd / && all "$T"/{vacancies,stays,own,grouped}.csv 2>/dev/null)

# ---- standard input ----

match=(placement-match --places="$T/vacancies.csv" --stays="$T/stays.csv" --certificate="$T/c.json")
"${match[@]}" "$T/grouped.csv" >"$T/p.csv" 2>/dev/null
ok 'referrals from standard input' cmp "$T/p.csv" <("${match[@]}" <"$T/grouped.csv" 2>/dev/null)
ok 'places' cmp "$T/p.csv" <("${match[@]}" --places=- "$T/grouped.csv" <"$T/vacancies.csv" 2>/dev/null)
ok 'stays' cmp "$T/p.csv" <("${match[@]}" --stays=- "$T/grouped.csv" <"$T/stays.csv" 2>/dev/null)
verify=(placement-verify --places="$T/vacancies.csv" --referrals="$T/grouped.csv")
status 'a result to verify' 0 "${verify[@]}" --certificate="$T/c.json" <"$T/p.csv"
status 'a certificate to verify' 0 "${verify[@]}" --certificate=- "$T/p.csv" <"$T/c.json"
ok 'a certificate to explain' cmp <(placement-explain --certificate="$T/c.json" R-2026-0017) \
	<(placement-explain --certificate=- R-2026-0017 <"$T/c.json")
cp "$T/p.csv" "$T/again.csv"
ok 'results to compare' cmp <(placement-diff "$T/p.csv" "$T/again.csv") <(placement-diff "$T/p.csv" - <"$T/again.csv")

ok 'own priorities without a table are wish first' cmp <("${match[@]}" --policy=wish-first "$T/grouped.csv" 2>/dev/null) \
	<("${match[@]}" --policy=own-priorities "$T/grouped.csv" 2>/dev/null)
"${match[@]}" "$T/grouped.csv" >"$T/p.csv" 2>/dev/null

# ---- nothing is told of others ----

# Everything that stands in a referral about a person but their wishes: whoever it is about.
# shellcheck disable=SC2016 # the dollars are for perl
perl -MJSON::PP -CO -ne 'my $row = decode_json($_);
	print "$_\n" for grep { defined && length > 3 } @$row{qw(person_id name contact_name contact_phone contact_email comment)}' \
	"$T/grouped.jsonl" | sort -u >"$T/personal"
ok 'there is something to keep' test "$(wc -l <"$T/personal")" -gt 300
ok 'nothing personal is in a certificate' test -z "$(grep -c -F -f "$T/personal" "$T/c.json" | grep -v '^0$')"
told=0 others='' personal=''
mapfile -t ids < <(tail -n +2 "$T/p.csv" | cut -d, -f1)
for lang in nb nn en; do
	for id in "${ids[@]}"; do
		placement-explain --lang=$lang --certificate="$T/c.json" "$id" >"$T/told"
		told=$((told + 1))
		others+=$(grep -oE '\b[RO]-[0-9]{4}' "$T/told" | grep -v '^R-2026$')
		others+=$(grep -oE '\bR-2026-[0-9]+' "$T/told" | grep -vx "$id")
		personal+=$(tr '\n' ' ' <"$T/told" | grep -o -F -f "$T/personal")
	done
done
is "$told explanations name no other referral" "$others" ''
is 'and nothing personal, of anybody' "$personal" ''
"${match[@]}" "$T/grouped.csv" --format=jsonl >"$T/p.jsonl" 2>"$T/err"
is 'no placement holds anything personal' "$(grep -c -F -f "$T/personal" "$T/p.csv" "$T/p.jsonl")" "$T/p.csv:0"$'\n'"$T/p.jsonl:0"
is 'nor does what is said on the way' "$(grep -c -F -f "$T/personal" "$T/err")" 0

# ---- files ----

umask 022
for out in p.csv c.json; do rm -f "$T/$out"; done
"${match[@]}" -o "$T/p.csv" "$T/grouped.csv" 2>/dev/null
is 'placements are for their owner alone' "$(stat -c %a "$T/p.csv")" 600
is 'so is the certificate' "$(stat -c %a "$T/c.json")" 600
echo old >"$T/c.json"
chmod 644 "$T/c.json"
"${match[@]}" -o "$T/p.csv" "$T/grouped.csv" 2>/dev/null
is 'also where it replaces a file' "$(stat -c %a "$T/c.json")" 600
placement-explain --certificate="$T/c.json" -o "$T/told" R-2026-0017
is 'so is what is told' "$(stat -c %a "$T/told")" 600
placement-diff -o "$T/diff.csv" "$T/p.csv" "$T/p.csv"
is 'so are differences' "$(stat -c %a "$T/diff.csv")" 600

printf 'institution_id,service_level,capacity,vacant,as_of\nA,castle,1,1,2026-01-01\n' >"$T/bad.csv"
for bad in "--places=$T/bad.csv" "--places=$T/nowhere.csv" "--stays=$T/bad.csv" "--add=I-99:1" "--close=I-99" \
	"--policy=own-priorities --priority=$T/bad.csv"; do
	echo old | tee "$T/old.csv" >"$T/old.json"
	# shellcheck disable=SC2086 # words
	"${match[@]}" --certificate="$T/old.json" -o "$T/old.csv" $bad "$T/grouped.csv" >/dev/null 2>&1
	ok "$bad fails" test $? -ge 65
	is 'and leaves what was there' "$(cat "$T/old.csv" "$T/old.json")" old$'\n'old
done
is 'nothing is left beside' "$(find "$T" -name 'old.*.*')" ''
status 'a certificate on a full disk' 74 "${match[@]}" --certificate=/dev/full "$T/grouped.csv"
is 'and no placements without it' "$(<"$T/out")" ''
status 'a certificate in no folder' 73 "${match[@]}" --certificate="$T/no/such" "$T/grouped.csv"
is 'nor without this one' "$(<"$T/out")" ''
status 'a certificate that is a folder' 73 "${match[@]}" --certificate="$T" "$T/grouped.csv"
status 'placements on a full disk' 74 bash -c "${match[*]} $T/grouped.csv 2>/dev/null >/dev/full"
status 'a certificate and placements in one file' 2 "${match[@]}" --certificate="$T/both" -o "$T/both" "$T/grouped.csv"
status 'or both on standard output' 2 "${match[@]}" --certificate=- "$T/grouped.csv"
if [[ $(id -u) == 0 ]]; then
	skip 'a certificate that may not be read' 'root may read everything'
else
	chmod 000 "$T/c.json"
	status 'a certificate that may not be read' 66 placement-explain --certificate="$T/c.json" R-2026-0017
	chmod 600 "$T/c.json"
fi
status 'a certificate that is a folder is not read' 66 placement-explain --certificate="$T" R-2026-0017

# The explanation of everybody, to somebody who reads one line.
"${match[@]}" "$T/grouped.csv" >"$T/p.csv" 2>/dev/null
for command in "${match[*]} $T/grouped.csv" "${match[*]} --marginal --certificate= $T/grouped.csv" \
	"placement-explain --certificate=$T/c.json ${ids[*]}" "placement-diff $T/p.csv $T/vacancies.csv"; do
	bash -c "$command 2>$T/err | head -n 1 >/dev/null"
	is "${command%% *}: a closed pipe is no error to speak of" "$(grep -ic 'broken pipe' "$T/err")" 0
done

# Stopped while the referrals trickle in: the old files are as they were.
echo old | tee "$T/old.csv" >"$T/old.json"
mkfifo "$T/slow"
"${match[@]}" --certificate="$T/old.json" -o "$T/old.csv" "$T/slow" 2>/dev/null &
pid=$!
exec 4>"$T/slow"
head -n 50 "$T/grouped.csv" >&4
sleep 0.2
kill -TERM $pid
wait $pid 2>/dev/null
exec 4>&-
is 'stopped half way, the old files are whole' "$(cat "$T/old.csv" "$T/old.json")" old$'\n'old
is 'and nothing is beside them' "$(find "$T" -name 'old.*.*')" ''

# ---- whatever is placed can be verified ----

# verified NAME VACANCIES REFERRALS OPTIONS...: it is refused, or what comes is verified.
verified() {
	local name=$1 status=0
	placement-match --places="$2" --certificate="$T/v.json" "${@:4}" "$3" >"$T/v.csv" 2>"$T/err" || status=$?
	if [[ $status == 65 ]]; then
		result 0 "$name is refused"
	else
		status "$name is verified" 0 placement-verify --places="$2" --certificate="$T/v.json" --referrals="$3" "$T/v.csv"
	fi
}
printf '%s\n' institution_id,service_level,capacity,vacant,as_of A,mestring,1,1,2026-06-01 B,mestring,1,1,2026-06-01 >"$T/2.csv"
{
	echo referral_id,received,bydel,service_level,urgency,wishes,rop_group
	for n in 1 2 3; do echo "R$n,2026-01-0$n,030101,mestring,1,A|B,1"; done
} >"$T/3.csv"
verified 'a small round' "$T/2.csv" "$T/3.csv"
verified 'a hundred thousand places more' "$T/2.csv" "$T/3.csv" --add=A:100000
sed 's/^A,/A|x,/' "$T/2.csv" >"$T/2x.csv"
verified 'an institution called A|x' "$T/2x.csv" "$T/3.csv"
sed 's/^R3/R|3/' "$T/3.csv" >"$T/3x.csv"
verified 'a referral called R|3' "$T/2.csv" "$T/3x.csv"
sed 's/^A,/"A,""\\é",/' "$T/2.csv" >"$T/2x.csv"
verified 'an institution called A,"\\é' "$T/2x.csv" "$T/3.csv"
sed "s/^A,/$(printf 'x%.0s' {1..64}),/" "$T/2.csv" >"$T/2x.csv"
verified 'an institution of 64 letters' "$T/2x.csv" "$T/3.csv"
sed "s/A|B/$(printf 'A|B|x|%.0s' {1..500})A/" "$T/3.csv" >"$T/3x.csv"
verified 'wishes without end' "$T/2.csv" "$T/3x.csv"

# ---- size ----

# 60,000 referrals and 400 institutions: the memory of the graph, not of a table of everybody by everywhere.
awk 'BEGIN { print "institution_id,service_level,capacity,vacant,as_of"
	for (i = 1; i <= 400; i++) printf "I-%d,%s,50,%d,2026-06-01\n", i, i % 2 ? "mestring" : "omsorg", i % 9 }' >"$T/many-places.csv"
awk 'BEGIN { print "referral_id,received,bydel,service_level,urgency,wishes,rop_group"
	for (i = 1; i <= 60000; i++) printf "R-%d,2026-0%d-01,030101,%s,%d,I-%d|I-%d,1\n", i, 1 + i % 5,
		i % 3 ? "mestring" : "omsorg", 1 + i % 3, 1 + i % 400, 1 + i * 7 % 400 }' >"$T/many.csv"
ok '60,000 referrals and 400 institutions' bash -c "ulimit -v 1500000
	placement-match --places=$T/many-places.csv --certificate=$T/many.json $T/many.csv >$T/many-placed.csv"
is 'as many placed as there are places' "$(grep -c ,placed, "$T/many-placed.csv")" \
	"$(awk -F, 'NR > 1 { n += $4 } END { print n }' "$T/many-places.csv")"
ok 'are verified' bash -c "ulimit -v 1500000
	placement-verify --places=$T/many-places.csv --certificate=$T/many.json --referrals=$T/many.csv $T/many-placed.csv"

finish

#!/usr/bin/env bash
# Same input, same bytes: whatever the locale, the time zone, the folder.
. "${0%/*}/tap.sh"

exports=("$PWD"/share/demo/exports/*.csv)

all() { # everything that is written as data
	referral-import "${exports[@]}"
	referral-import "${exports[@]}" | rop-group --format=jsonl
	rop-group --explain "${exports[5]}"
	needs-aggregate "${exports[@]}"
	needs-aggregate --shape=long "${exports[@]}"
	needs-aggregate "${exports[@]}" | table-render
	needs-aggregate "${exports[@]}" | table-render --format=html
	needs-aggregate "${exports[@]}" | table-render --excel
}

all >"$T/all"
for locale in C.UTF-8 nb_NO.UTF-8 tr_TR.UTF-8 de_DE; do
	ok "LC_ALL=$locale" cmp "$T/all" <({ LC_ALL=$locale all; } 2>/dev/null)
done
ok 'LANGUAGE=nb' cmp "$T/all" <(LC_ALL=C.UTF-8 LANGUAGE=nb all)
ok 'another time zone' cmp "$T/all" <(TZ=Pacific/Kiritimati all)
ok 'another folder' cmp "$T/all" <(cd / && all)
ok 'through a link to the program' cmp <(needs-aggregate "${exports[0]}") \
	<(ln -s "$BIN/needs-aggregate" "$T/linked" && "$T/linked" "${exports[0]}")
ok 'a second time' cmp "$T/all" <(all)

# A large input, some of whose rows have faults: as many blocks as threads are at work on it at a time.
tests/bench/make-exports 20000 | sed '97~97s/;0301;/;9;/; 101~101s/^[^;]*/2023-0000001/' >"$T/large.csv"
on() { # PROGRAM N: its output and diagnostics on N processors
	"$1" --threads="$2" "$T/large.csv" 2>&1
}
for program in referral-import needs-aggregate; do
	on $program 1 >"$T/one"
	ok "$program tells of the faults" grep -q ': id-twice: ' "$T/one"
	for n in 2 3 8; do ok "$program on $n processors" cmp "$T/one" <(on $program $n); done
done

# Words for unknown, with marks and Norwegian letters around them, say the same in rows that are read ahead.
words=('<ukjent>' '[' 'ukjent?' 'Ingen.' Ukjent 'vet ikke' .. 'Støtte i huset.' 'Får hjelp' '(tom)' n.a. 'Ukjent fødselsnummer.'
	'– ukjent –' '«Ukjent»' 'Ukjent nå.' '***' 'Ikke oppgitt' 'ikke  kjent!' 'Nær µ' 'Fuß.')
{
	echo 'Henvisnings-ID;Mottatt;Bydel;Navn;Kommentar;Ønsker'
	for i in {1..300}; do
		for w in "${!words[@]}"; do echo "W-$i-$w;01.02.2026;Alna;${words[w]};${words[w]};${words[w]}"; done
	done
} >"$T/words.csv"
referral-import "$T/words.csv" 2>"$T/err" | sed '1d; s/^W-[0-9]*-/W-/' | sort | uniq -c >"$T/counts"
is 'each is read one way' "$(awk '{ print $1 }' "$T/counts" | sort -u)" 300
is 'and all are read' "$(wc -l <"$T/counts")" "${#words[@]}"

# Who is to be placed, or to be known again, in one file that is read ahead and in several that are too small for it. One
# row in a hundred has a cell that cannot be read, one in ninety-seven an id that looks like another.
tests/bench/make-people 3000 20 "$T"
sed -i '100~100s/,\(kvinne\|mann\),/,?!,/; 97~97s/^R-0/R--0/; 89~89s/,p-x/,P-X/; 400s/p-x[0-9]*/P-X0000011/' "$T/waiting.csv"
vacancy-list --as-of=2026-11-21 --institutions="$T/institutions.csv" >"$T/places.csv"
for part in {0..9}; do sed -n "1p; $((part * 300 + 2)),$((part * 300 + 301))p" "$T/waiting.csv" >"$T/part-$part.csv"; done
is 'no row is lost in the parts' "$(sed 1d "$T/waiting.csv" | cksum)" "$(sed -s 1d "$T"/part-?.csv | cksum)"
for file in whole parts; do
	[[ $file == whole ]] && files=("$T/waiting.csv") || files=("$T"/part-?.csv)
	{
		placement-match --places="$T/places.csv" --certificate="$T/$file.json" "${files[@]}"
		referral-import "${files[@]}"
		needs-aggregate "${files[@]}" 2>/dev/null | cut -d, -f1-18 # behind them: how often a district delivered
		referral-link "${files[@]}" 2>&1 | sed 's/[^ ,]*\.csv:[0-9:]*//g; s/[^ ,]*\.csv,[0-9]*//g'
		sed 's/"inputs":.*//' "$T/$file.json" | tail -n +2 | cksum
	} >"$T/$file" 2>"$T/err"
	sed -n 's/.*: \([a-z-]*\): .*/\1/p' "$T/err" | sort | uniq -c >>"$T/$file"
done
ok 'pseudonyms that look alike are told' grep -q '2 person-near' "$T/whole"
ok 'read ahead or not, the same' diff "$T/whole" "$T/parts"

# Columns that no field claims, in another order in each input, and rows that come again far behind: they are the same
# row when each name has the same cell, whoever read them.
extras() { # ORDER: 12,000 rows, then the first 9,000 of them again in that order of cells
	awk -v order="$1" 'BEGIN { print "referral_id,bydel,beta,alfa"
		for (i = 0; i < 21000; i++) { n = i % 12000; b = "b" n % 7; a = "a" n % 5
			turned = (i >= 12000 && order == "other")
			printf("R-%d,030103,%s\n", n, turned ? a "," b : b "," a) } }'
}
printf 'referral_id,bydel,alfa\nX-1,030103,x\n' >"$T/a.csv"
extras same >"$T/same.csv"
extras other >"$T/other.csv"
for n in 1 2 3 3 3; do
	is "repeated rows are known again by $n" "$(referral-import -v --threads=$n "$T/a.csv" "$T/same.csv" 2>&1 >/dev/null | grep -o '[0-9]* rejected, [0-9]* dropped')" \
		'0 rejected, 9000 dropped'
	is "those that differ are not, by $n" "$(referral-import --threads=$n "$T/a.csv" "$T/other.csv" 2>&1 >/dev/null | grep -o '[0-9]* rejected, [0-9]* dropped')" \
		'9000 rejected, 0 dropped'
done

# The diagnostics do follow the language; codes, fields and places do not.
bad=share/demo/bad/values.csv
if [[ -e $BIN/../share/locale/nb/LC_MESSAGES/transition.mo ]]; then
	english=$(referral-import $bad 2>&1 >/dev/null)
	norwegian=$(LC_ALL=nb_NO.UTF-8 referral-import $bad 2>&1 >/dev/null)
	ok 'LC_ALL=nb_NO.UTF-8 translates' test "$english" != "$norwegian"
	is 'where, which field and which code stay' "$(cut -d: -f1-5 <<<"$norwegian" | grep '^share')" \
		"$(cut -d: -f1-5 <<<"$english" | grep '^share')"
	is 'LC_MESSAGES alone chooses' "$(env -u LC_ALL LC_MESSAGES=nb_NO.UTF-8 referral-import $bad 2>&1 >/dev/null)" "$norwegian"
	is 'so does LANG' "$(env -u LC_ALL LANG=nb_NO.UTF-8 referral-import $bad 2>&1 >/dev/null)" "$norwegian"
	is 'LC_ALL=C is English, whatever LANGUAGE' "$(LANGUAGE=nb referral-import $bad 2>&1 >/dev/null)" "$english"
	# Every name of Norwegian, also where the system has no such locale; LANGUAGE goes before the locale.
	said() { { env -u LC_ALL "$@" referral-import $bad >/dev/null; } 2>&1; }
	for locale in {nb,nn,no}{,_NO,_NO.UTF-8,_NO.utf8,_NO.ISO-8859-1,_NO@euro,.UTF-8} NN_no.UTF-8 norwegian bokmal nynorsk; do
		is "LC_ALL=$locale" "$(said LC_ALL="$locale")" "$norwegian"
		is "LANG=$locale" "$(said LANG="$locale")" "$norwegian"
		is "LANGUAGE=$locale" "$(said LANG=en_GB.UTF-8 LANGUAGE="$locale")" "$norwegian"
	done
	for list in nn:en sv:da:no nb_NO:en_US; do
		is "LANGUAGE=$list" "$(said LC_ALL=C.UTF-8 LANGUAGE="$list")" "$norwegian"
	done
	for list in en:nb en_US:nn_NO sv:da; do
		is "LANGUAGE=$list is English" "$(said LANG=nb_NO.UTF-8 LANGUAGE="$list")" "$english"
	done
	is 'an empty LANGUAGE is none' "$(said LANG=nn_NO.UTF-8 LANGUAGE=)" "$norwegian"
	for locale in C C.UTF-8 POSIX en_US.UTF-8 sv_SE.UTF-8 nds_DE non nbx_NO n ''; do
		is "LC_ALL=$locale is English" "$(said LC_ALL="$locale")" "$english"
	done
	for program in $PROGRAMS; do
		ok "$program --help is translated" test "$(LC_ALL=nb_NO.UTF-8 $program --help)" != "$($program --help)"
		is 'its options are not' "$(LC_ALL=nb_NO.UTF-8 $program --list-options)" "$($program --list-options)"
	done
else
	lacks 'translations' 'no catalogue was built'
fi

finish

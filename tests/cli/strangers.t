#!/usr/bin/env bash
# Exports as offices write them: every cell is read right or told as unread, and every row is a record or told.
. "${0%/*}/tap.sh"

# fields NAME...: of each record on standard input, JSON Lines, a line of these fields.
fields() { perl -CSD -MJSON::PP -ne 'BEGIN { @names = splice @ARGV }
	my $r = JSON::PP->new->decode($_);
	print join(" ", map { my $v = $r->{$_}; !defined $v ? "-" : ref $v eq "JSON::PP::Boolean" ? $v ? "ja" : "nei" : $v } @names), "\n"' "$@"; }
import() { referral-import --format=jsonl "$@" 2>"$T/err"; }

# ---- words beside a code ----

cat >"$T/oslo.csv" <<-'END'
	Sak;Mottatt (dd.mm.åååå);Bydel *;Samtykke (ja/nei);Kjønn (M/K);Rus (0-3);Sikkerhet (0-2);Rullestol;Haster
	1;01.02.2026;NAV Sagene;Ja, muntlig;Mann (M);2 - Moderat til alvorlig;0;☒ Ja ☐ Nei;Høy
	2;01.02.2026*;3 Sagene;ja (skriftlig);K;Alvorlig (3);1;[ ] Ja [x] Nei;1 - Haster
	3;01.02.2026¹;Gamle Oslo (0301);Muntlig;K;<3;0;☐ Ja;Ja
	4;ca. 1.2.2026;Bydel 15;nei, ikke ennå;M/K;1½;2;[x] Ja [x] Nei;Nei
END
import --verbose "$T/oslo.csv" >"$T/out"
is 'words beside a code change nothing' "$(fields bydel received consent sex substance safety_risk wheelchair urgency <"$T/out")" \
	'030103 2026-02-01 ja mann 2 0 ja 1
030103 2026-02-01 ja kvinne 3 1 nei 1
030101 2026-02-01 ja kvinne - 0 - -
030115 - - - - 2 - -'
is 'what is not read is told, once for each field' "$(grep -o '[a-z_]*: spelling-[a-z]*: .*' "$T/err")" \
	'bydel: spelling-beside: spellings that were read, with other words beside them: 3
sex: spelling-beside: spellings that were read, with other words beside them: 1
sex: spelling-unread: spellings that were not read: 1
urgency: spelling-beside: spellings that were read, with other words beside them: 1
urgency: spelling-unread: spellings that were not read: 2
wheelchair: spelling-unread: spellings that were not read: 2
consent: spelling-beside: spellings that were read, with other words beside them: 2
consent: spelling-unread: spellings that were not read: 1
substance: spelling-beside: spellings that were read, with other words beside them: 2
substance: spelling-unread: spellings that were not read: 2'
like 'no text of a cell is shown' "$(grep -cE 'NAV Sagene|ikke ennå|Muntlig' "$T/err")" '^0$'
import --verbose --show-values "$T/oslo.csv" >"$T/out"
like 'unless asked for' "$(<"$T/err")" 'bydel: spelling-beside: .* \[3 Sagene; Gamle Oslo \(0301\); NAV Sagene\]'
is 'the same with several threads' "$(for n in 1 2 3; do referral-import --threads=$n -v --show-values "$T/oslo.csv" 2>&1 | cksum; done | sort -u | wc -l)" 1

cat >"$T/strict.csv" <<-'END'
	Sak;Bydel
	1;ikke Sagene
	2;tidl. Sagene
	3;Sagene eller Alna
	4;nei til Sagene
	5;3 Alna
	6;Sagene?
	7;Bydel 1.5
	8;1,5
	9;1 024
	10;Bærum
	11;0301
END
status 'a longer text that has a known word in it' 1 referral-import "$T/strict.csv"
is 'is not that word' "$(grep -c 'bydel: code: ' "$T/err")/$(wc -l <"$T/out")" 11/1
like 'no district is proposed for a number in parts' "$(sed -n '/csv:9:/p' "$T/err")" 'not one of: Gamle Oslo'

cat >"$T/sandnes.csv" <<-'END'
	Sak;Enhet (velg fra liste);Samtykke;Bostedskommune
	1;2 Fagteam rus;Ja, munnleg;K-1108
	2;Team: Fagteam rus (1108);☐ Ja ☒ Nei;Sandnes (1108)
	3;ikke Fagteam rus;Ja;1108
	4;NAV Sandnes;Ja?;1108 Stavanger
END
import --profile=sandnes "$T/sandnes.csv" >"$T/out"
is 'in another municipality, too' "$(fields referral_id bydel consent municipality <"$T/out")" \
	'1 fagteam_rus ja 1108
2 fagteam_rus nei 1108
4 nav_sandnes - -'

# ---- headers ----

printf '%s\n' 'Sak;Bydel;Rus (0-2);Telefon (bruker)' '1;Sagene;2;000' >"$T/scale.csv"
import "$T/scale.csv" >"$T/out"
is 'a note that changes the meaning leaves the column unread' "$(fields substance contact_phone <"$T/out")" '- -'
is 'which is told' "$(grep -c 'column-unread' "$T/err")" 2
printf '%s\n' 'Sak;Bydel;Kjønn (M/K);Kjønn' '1;Sagene;M;K' >"$T/both.csv"
import "$T/both.csv" >"$T/out"
is 'of two columns the one without a note is the field' "$(fields sex <"$T/out")" kvinne
like 'the other is told' "$(<"$T/err")" 'column-unread: .*Kj.*nn \(M/K\)'
printf '%s\n' 'Sak;Bydel;Kjønn (M/K);Brukers kjønn (påkrevd)' '1;Sagene;M;K' >"$T/clash.csv"
status 'two columns with notes clash' 65 referral-import "$T/clash.csv"
like 'and are named' "$(<"$T/err")" 'column-double: .*\(M/K\).*\(p.*krevd\)'

# ---- who ----

cat >"$T/who.csv" <<-'END'
	Sak;Bydel;Fødselsnr. (11 siffer);Etternavn;Fornavn;Født
	1;Sagene;D-nummer;Hemmelsen;Kari;1980
	2;Sagene;klient;Hemmelsen;Kari;01.02.1980
	3;Sagene;fnr kommer;Hemmelsen;Kari;f. 1980
	4;Sagene;DUF;Hemmelsen;Kari;01.02.80
	5;Sagene;16908691134*;Hemmelsen;Kari;
	6;Sagene;fnr. 16908 691134;Hemmelsen;Kari;
	7;Sagene;sperret;Hemmelsen;Kari;
	8;Sagene;født 01.02.1980;Hemmelsen;Kari;
	9;Sagene;P-12;Hemmelsen;Kari;ca 1980
	10;Sagene;010180xxxxx;Hemmelsen;Kari;
	11;Sagene;010180-ukjent;Hemmelsen;Kari;
	12;Sagene;311280KH;Hemmelsen;Kari;
	13;Sagene;321280KH;Hemmelsen;Kari;
	14;Sagene;Grünerløkka;Hemmelsen;Kari;
	15;Sagene;Alna;Hemmelsen;Kari;
	16;Sagene;ja;Hemmelsen;Kari;
	17;Sagene;KH;Hemmelsen;Kari;
END
id=$(perl -e 'for my $i (100 .. 999) { my @d = split //, "169086$i"; my $a = 11 - ($d[0]*3+$d[1]*7+$d[2]*6+$d[3]*1+$d[4]*8+$d[5]*9+$d[6]*4+$d[7]*5+$d[8]*2) % 11; $a %= 11; next if $a == 10; push @d, $a;
	my $b = 11 - ($d[0]*5+$d[1]*4+$d[2]*3+$d[3]*2+$d[4]*7+$d[5]*6+$d[6]*5+$d[7]*4+$d[8]*3+$d[9]*2) % 11; $b %= 11; next if $b == 10; print @d, $b; last }')
sed -i "s/16908691134/$id/; s/16908 691134/${id:0:5} ${id:5}/" "$T/who.csv"
import --rejects="$T/rejects.csv" "$T/who.csv" >"$T/out"
import "$T/who.csv" >"$T/out"
is 'words for an identity are none, a number is read' "$(fields referral_id person_id birth_year <"$T/out")" \
	"1 - 1980
2 - 1980
3 - 1980
4 - -
5 $id 1986
6 $id 1986
7 - -
9 P-12 -
13 321280KH -
17 KH -"
is 'what is no identity is told, be it of another column' "$(grep -c 'person_id: pseudonym' "$T/err")" 4
is 'a word that says who is protected is taken for that' "$(grep -c 'person_id: protection-here' "$T/err")" 1
is 'nor is a day of birth, whatever stands behind it' "$(grep -c 'person_id: idnum-typed' "$T/err")" 3
is 'columns of parts of a name are told' "$(grep -c 'column-left: .*\(Etternavn\|Fornavn\)' "$T/err")" 2
referral-import --format=csv "$T/who.csv" >"$T/out" 2>"$T/err2"
is 'and nothing of them comes out' "$(cat "$T/out" "$T/err" "$T/rejects.csv" | grep -c 'Hemmelsen\|Kari')" 0
referral-import --sniff "$T/who.csv" >"$T/out" 2>"$T/err"
is 'nor with --sniff' "$(grep -c 'left-out' "$T/out")/$(grep -c 'Hemmelsen\|Kari' "$T/out" "$T/err" | cut -d: -f2 | xargs)" '2/0 0'
printf '%s\n' 'Sak;Bydel;Etternavn' '1;Sagene;Hemmelsen' '1;Sagene;Testesen' >"$T/two.csv"
status 'rows that differ in a name only' 1 referral-import "$T/two.csv"
like 'are not the same referral' "$(<"$T/err")" 'id-twice'

# ---- the end of a print-out ----

cat >"$T/foot.csv" <<-'END'
	Nr;Sak;Bydel;Kommentar
	1;A-1;Sagene;Side 1 av 3
	2;Side 2;Alna;
	3;A-3;Alna;* se notat
	4;A-4;;
	Sum;4;;
	;;;
	Utskrift 01.02.2026 kl 12:00;;;
	Antall rader: 15;;;
	Side 1 av 3;;;
	Side 1/3;;;
	Side 2;;;
	;;;Side 3 av 3
	Kilde: Fagsystem;;;
	Utskrift;01.02.2026;;
	* = anslag;;;
	¹ Foreløpig;;;
	Kilde: Fagsystem
END
import "$T/foot.csv" >"$T/out"
is 'a row with an id and more is a record' "$(fields referral_id bydel comment <"$T/out")" 'A-1 030103 Side 1 av 3
Side 2 030112 -
A-3 030112 * se notat'
is 'so is one that lacks what it needs: it is rejected' "$(grep -c 'csv:5:.*value-missing' "$T/err")" 1
is 'remarks below are told, none is rejected' "$(grep -c 'row-note\|row-total' "$T/err")/$(grep -c 'value-missing\|row-short' "$T/err")" 12/1

# Lines of databases and of sheets that count what is above them stand beside a district, too.
cat >"$T/counts.csv" <<-'END'
	Sak;Bydel;Rus
	A-1;Sagene;Moderat
	Sak 12;Sagene;
	12-3 personer;Sagene;
	(2 rader);Sagene;
	2 rows affected;;
	3 personer;Sagene;
	Kilde: Fagsystem;Bydel Sagene;
END
import "$T/counts.csv" >"$T/out"
is 'a count of rows is no person, beside a district either' "$(fields referral_id <"$T/out" | xargs -d '\n')" 'A-1 Sak 12 12-3 personer'
is 'and is told' "$(grep -c 'row-note' "$T/err")" 4

# ---- unknown ----

printf '%s\n' 'Sak;Bydel;Fødselsnummer;Fødselsår;Rus;Rullestol;Mottatt' 'A-1;Sagene;\N;\N;\N;N;\N' >"$T/null.csv"
import "$T/null.csv" >"$T/out"
is 'a cell of \N, as databases write it, is empty; N is no' \
	"$(fields person_id birth_year substance wheelchair received <"$T/out")/$(grep -c : "$T/err")" '- - - nei -/0'

# ---- lists of institutions ----

cat >"$T/houses.csv" <<-'END'
	Institusjoner pr. 21.11.2026;;;;;
	;;;;;
	Institusjons-ID;Tjenestenivå;Tar imot;Oppholdstype;Laveste alder;Antall plasser
	1;Mestringsenhet;Kvinner og menn;Langtidsplasser, korttidsplasser;18 år;10 plasser
	2;Ressurssenter;Begge kjønn;Alle;;8 stk.
	3;Omsorgssenter;Menn;Lang;30;inntil 6
	4;Omsorgssenter;Kvinner;Lang;30;8 (2 KAD)
	SUM;;;;;24
END
places() { vacancy-list --institutions="$T/houses.csv" --as-of=2026-11-21 --format=jsonl 2>"$T/err"; }
places >"$T/out"
is 'a number with other words than its unit is told, or with another number' "$(grep -c 'capacity: number' "$T/err")" 2
sed -i 's/inntil 6/6/; s/ (2 KAD)//' "$T/houses.csv"
places >"$T/out"
is 'plurals, all, and units of numbers are read in a list of institutions' \
	"$(perl -MJSON::PP -ne '$r = decode_json $_; printf "%s %s %s %s %s\n", map { my $v = $r->{$_}; ref $v ? join("|", @$v) : $v // "-" } qw(institution_id sexes stay_types min_age capacity)' "$T/out" | sort)" \
	'1 kvinne|mann kort|lang 18 10
2 kvinne|mann akutt|kort|lang - 8
3 mann lang 30 6
4 kvinne lang 30 8'

# ---- where ----

cat >"$T/where.csv" <<-'END'
	Sak;Bydel;Kommune
	1;Sagene;Bærum
	2;Sagene;K-0301
	3;Sagene;0301 Oslo
	4;Sagene;Bærum (3024)
	5;Sagene;0301 Bærum
	6;Sagene;Utlandet
END
import "$T/where.csv" >"$T/out"
is 'another municipality costs its cell, not the row' "$(fields referral_id municipality <"$T/out")" '1 -
2 0301
3 0301
4 3024
5 -
6 -'
is 'and is told' "$(grep -c 'municipality: municipality' "$T/err")" 3

# ---- spellings without end ----

perl -e 'print "Sak;Bydel;Rus\n"; print "$_;Sagene;Alvorrlig $_\n" for 1 .. 3000; print "4000;Sagene;Alvorrlig\n4001;Sagene;Alvorrlig 7\n"' >"$T/many.csv"
import "$T/many.csv" >"$T/out"
is 'only some unknown spellings of a column are looked up' "$(grep -c 'did you mean' "$T/err")" 501
is 'all are told' "$(grep -c 'substance: code' "$T/err")" 3002

finish

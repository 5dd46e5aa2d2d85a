#!/usr/bin/env bash
# A blank sheet of referrals: filled in with programs that are not ours, it is imported like an export.
. "${0%/*}/tap.sh"

# part NAME FILE: a part of the package
part() { python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[2]).read(sys.argv[1]).decode())' "$1" "$2"; }
made() { referral-import --institutions=share/demo/institutions.csv "--template=$T/$1.xlsx" "${@:2}"; }

status 'a blank sheet' 0 made blank
made again
ok 'the same bytes each time' cmp "$T/blank.xlsx" "$T/again.xlsx"
is 'it holds nobody, so that everybody may read it' "$(umask 022 && made open && stat -c %a "$T/open.xlsx")" 644
sheet=$(part xl/worksheets/sheet1.xml "$T/blank.xlsx")
like 'a district is chosen from a list' "$sheet" \
	'<dataValidation type="list" allowBlank="1" [^>]* errorTitle="Bydel" [^>]* sqref="C2:C1048576"><formula1>.Lister.![$]A[$]2:[$]A[$]16</formula1>'
like 'an institution too, and others may be written behind it' "$sheet" \
	'<dataValidation type="list" errorStyle="warning" [^>]* errorTitle="Ønsket institusjon"'
like 'a day is a day' "$sheet" '<dataValidation type="date" [^>]* errorTitle="Dato for samtykke" [^>]* sqref="U2:U1048576">'
like 'what goes into an identity number is said at its cell' "$sheet" 'promptTitle="Fødselsnummer" prompt="Fødselsnummer eller D-nummer med elleve sifre\."'
status 'imported blank, it has nobody' 1 referral-import "$T/blank.xlsx"
like 'and that is told' "$(<"$T/err")" 'blank.xlsx\[Henvisninger\]: no-rows: '
status 'its CSV is the header' 0 referral-import "--template=$T/blank.csv"
is 'of as many columns' "$(tr -cd ';' <"$T/blank.csv" | wc -c)" "$(grep -o '<dataValidation ' <<<"$sheet" | sed 1d | wc -l)"
for lang in nn en; do
	cp -r share/profiles/oslo "$T/$lang"
	sed -i "s/^language,.*/language,$lang/" "$T/$lang/profile.csv"
	for ending in xlsx csv; do
		referral-import --profile="$T/$lang" "--template=$T/$lang.$ending"
		status "its header is bound in $lang, as $ending" 1 referral-import --profile="$T/$lang" --verbose "$T/$lang.$ending"
		is 'every column of it' "$(grep -cE 'column-(unread|missing)' "$T/err")" 0
	done
done
for profile in oslo sandnes; do
	referral-import --profile=$profile "--template=$T/$profile.xlsx"
	is "every column of $profile is told what goes into it" "$(part xl/worksheets/sheet2.xml "$T/$profile.xlsx" | grep -o '<row ' | wc -l)" \
		"$(part xl/worksheets/sheet1.xml "$T/$profile.xlsx" | grep -o '<c r="[A-Z]*1"' | wc -l | awk '{ print $1 + 1 }')"
done
status 'it reads no export' 2 referral-import "--template=$T/x.xlsx" share/demo/exports/01-gamle-oslo.csv
status 'it needs no threads' 2 referral-import "--template=$T/x.xlsx" --threads=2
status 'institutions are only for it' 2 referral-import --institutions=share/demo/institutions.csv share/demo/exports/01-gamle-oslo.csv

# What is chosen is a word of the sheet itself: of each list the last one.
expected='007,2026-11-21,030115,07915438185,fnr_syntetisk,Kari Synt,'
if ! /usr/bin/python3 -c 'import openpyxl' 2>"$T/said"; then
	lacks 'filled in with openpyxl' 'there is no openpyxl'
else
	/usr/bin/python3 - "$T/blank.xlsx" "$T/filled.xlsx" >"$T/words" <<'END'
import datetime, openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
sheet, lists = book.worksheets[0], book.worksheets[2]
column = {cell.value: cell.column for cell in sheet[1]}
for rule in sheet.data_validations.dataValidation:
    at = next(iter(rule.sqref.ranges))
    if rule.type == 'list':
        words = [cell[0].value for cell in lists[rule.formula1.split('!')[1].replace('$', '')]]
        sheet.cell(2, at.min_col, words[-1])
        print(sheet.cell(1, at.min_col).value, len(words), sep=',')
    elif rule.type == 'date':
        sheet.cell(2, at.min_col, datetime.date(2026, 11, 21))
for head, value in (('Henvisnings-ID', '007'), ('Fødselsnummer', '07915438185'), ('Navn', 'Kari Synt'), ('Telefon', '00 00 00 01')):
    sheet.cell(2, column[head], value)
book.save(sys.argv[2])
END
	status 'filled in with openpyxl, with the last word of each list' 0 referral-import "$T/filled.xlsx"
	like 'it is imported whole' "$(sed 1d "$T/out")" "^$expected"
	is 'and nothing was unknown that was chosen' "$(sed 1d "$T/out" | tr , '\n' | grep -c .)" \
		"$(awk 'END { print NR + 3 + 4 + 2 }' "$T/words")"
fi
if ! command -v soffice >"$T/said" || ! timeout 600 /usr/bin/python3 "${0%/*}/office.py" "$T/office" "$T/blank.xlsx" "$T/office.xlsx" \
	A2=007 B2=2026-11-21 "C2=Søndre Nordstrand" D2=07915438185 "E2=Kari Synt" >"$T/said" 2>&1 || [[ ! -s $T/office.xlsx ]]; then
	lacks 'filled in with LibreOffice' 'there is no LibreOffice Calc with its API'
else
	status 'filled in with LibreOffice' 0 referral-import "$T/office.xlsx"
	like 'it is imported whole, zeros and days as well' "$(sed 1d "$T/out")" "^$expected"
	like 'LibreOffice keeps the lists' "$(part xl/worksheets/sheet1.xml "$T/office.xlsx")" 'type="list"'
fi
finish

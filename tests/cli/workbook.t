#!/usr/bin/env bash
# Workbooks are read as what they hold: by hand-made ones, and by those that LibreOffice and openpyxl save, where they are.
. "${0%/*}/tap.sh"

python3 "${0%/*}/workbook.py" "$T" || exit
# The sheet as our own CSV, by a program that changes nothing of what no field claims.
cells() { table-render --format=csv "$@" 2>"$T/err"; }

is 'values of each kind, days from 1904 among them' "$(cells "$T/values.xlsx")" "$(printf '%s\n' a,b \
	2026-11-01,TRUE 2026-11-01T12:00:00,FALSE 2026-11-02,1500 2026-11-02,0.3 24,0 '7915438185," A "' '#end 3,{x}')"
is 'OpenDocument: days, zeros, repeated rows, spaces, lines, notes' "$(cells "$T/values.ods")" "$(printf '%s\n' a,b \
	2026-11-02,01810812345 2026-11-02,01810812345 '"one  two' 'three","one  two' 'three"' 08:30:00,0.25)"
like 'hidden rows and columns are counted' "$(cat "$T/err")" 'sheet-hidden: 1 rows and 1 columns that are hidden were not read'
is 'cells that do not say of what type they are' "$(cells "$T/untyped.ods")" a,b
like 'fill their sheet' "$(<"$T/err")" 'was read, and not Ark2; --sheet'
is 'a sheet whose formulas give nothing holds nothing' "$(cells "$T/blank.ods")" a,b
is 'and is not named' "$(grep -c -e '--sheet' "$T/err")" 0
is 'a prefix of another program' "$(cells "$T/prefix.xlsx")" $'a\n1'
is 'hidden rows and columns are left out' "$(cells "$T/hidden.xlsx")" $'id,c\n2,2'
like 'the other sheet is named' "$(cat "$T/err")" 'was read, and not Ark2; --sheet'
for program in table-suppress table-attack needs-plan; do
	$program "$T/hidden.xlsx" >"$T/out" 2>"$T/err"
	like "$program names the other sheet, too" "$(<"$T/err")" 'was read, and not Ark2; --sheet'
done
is 'or read' "$(cells --hidden "$T/hidden.xlsx")" $'id,hidden,c\n1,x,1\n2,y,2'
is 'a sheet by its name' "$(cells --sheet=Ark2 "$T/hidden.xlsx")" $'id,d\n9,8'
is 'from standard input' "$(cells - <"$T/hidden.xlsx")" $'id,c\n2,2'
is 'from a pipe' "$(cells - < <(cat "$T/hidden.xlsx"))" $'id,c\n2,2'

status 'a referral that cannot be read' 1 referral-import "$T/excel.xlsx"
like 'is told by sheet and cell' "$(cat "$T/err")" 'excel.xlsx\[Henvisninger\]:B6: bydel: '
like 'a hidden sheet is named' "$(cat "$T/err")" 'was read, and not Skjult; --sheet'
like 'so is an error of a formula' "$(cat "$T/err")" 'excel.xlsx\[Henvisninger\]:C7: received: '
is 'text, days, zeros and lines of a cell' "$(referral-import "$T/excel.xlsx" 2>"$T/err" | head -n 4 | cut -d, -f1-5 | head -n 2)" \
	"$(printf '%s\n' 'referral_id,received,bydel,person_id,person_id_kind' 'R-1,2026-11-01,030103,08815715218,fnr_syntetisk')"

for file in entity broken empty disorder far; do
	status "$file.xlsx is refused" 65 referral-import "$T/$file.xlsx"
done
status 'a workbook with a password' 65 referral-import "$T/locked.xlsx"
like 'is said to have one' "$(cat "$T/err")" 'workbook-locked'
status 'in OpenDocument, too' 65 referral-import "$T/locked.ods"
like 'is said to have one' "$(cat "$T/err")" 'workbook-locked'
status 'a document is no workbook' 65 referral-import "$T/document.docx"
status 'a workbook of 97' 65 referral-import "$T/old.xls"
like 'is to be saved anew' "$(cat "$T/err")" 'save it as'
status 'there is no such sheet' 65 referral-import --sheet=Ark7 "$T/hidden.xlsx"
like 'those that are there are named' "$(cat "$T/err")" 'there are: Ark1, Ark2'

# Of several sheets, the one whose header binds.
for kind in xlsx ods; do
	status "a guide before the sheet of referrals ($kind)" 0 referral-import "$T/one-of-several.$kind"
	like 'the sheet with the header is read, below its title' "$(<"$T/err")" '\[2025\]: title-lines: '
	is 'and no other is like it' "$(grep -c sheets-alike "$T/err")" 0
	status "two sheets of referrals ($kind)" 0 referral-import "$T/two-of-several.$kind"
	like 'the first is read, and the other told' "$(<"$T/err")" 'sheets-alike: sheet .*2025.* was read; .* in 2026, which'
	is 'the other by its name' "$(referral-import --sheet=2026 "$T/two-of-several.$kind" 2>"$T/err" | cut -d, -f1,3)" \
		$'referral_id,bydel\n'"$([[ $kind == ods ]] && echo R-2026 || echo R-2)"',030112'
	is 'and then nothing is told of the rest' "$(grep -c 'sheets' "$T/err")" 0
	is 'as is told of a file' "$(referral-import --sniff "$T/two-of-several.$kind" 2>"$T/err" | grep ',sheet,' | cut -d, -f2-)" 'sheet,2025,header,2026'
	status "a sheet without the header, asked for ($kind)" 65 referral-import --sheet=Veiledning "$T/two-of-several.$kind"
done

# Whatever becomes of its bytes, a workbook is read or refused.
perl -e '
	local $/; open my $in, "<:raw", $ARGV[0]; my $bytes = <$in>; srand 7;
	for my $i (1 .. 200) {
		my $bad = $bytes;
		substr($bad, rand length $bad, 1) = chr rand 256 for 1 .. 1 + $i % 3;
		$bad = substr $bad, 0, rand length $bad if $i % 5 == 0;
		open my $out, ">:raw", sprintf "%s/bad-%03d", $ARGV[1], $i; print $out $bad;
	}' "$T/excel.xlsx" "$T"
odd=
for file in "$T"/bad-*; do
	timeout 600 table-render --format=csv "$file" >"$T/out" 2>"$T/err"
	case $? in 0 | 1 | 65 | 66) ;; *) odd+=" ${file##*/}" ;; esac
done
is 'damaged workbooks are read or refused' "$odd" ''

# The demonstration’s exports, as other programs save them: each row as from the export itself.
office() { timeout 300 soffice --headless "-env:UserInstallation=file://$T/office" "$@" >"$T/said" 2>&1; }
if ! command -v soffice >"$T/said" || ! sed 1d share/demo/exports/01-gamle-oslo.csv >"$T/one.csv" ||
	! office --convert-to xlsx --outdir "$T" --infilter='CSV:59,34,76,1,,1044,false,true' "$T/one.csv" || [[ ! -s $T/one.xlsx ]]; then
	lacks 'saved by LibreOffice' 'there is no LibreOffice Calc'
else
	office --convert-to ods --outdir "$T" --infilter='CSV:59,34,76,1,,1044,false,true' "$T/one.csv"
	# what a spreadsheet takes for a number of its own is another number for it: the income, which no field claims
	plain() { referral-import "$1" 2>"$T/err" | sed -E 's/,"?[0-9]+[.,]?[0-9]*"?$//'; }
	plain "$T/one.csv" >"$T/as.csv"
	for kind in xlsx ods; do
		plain "$T/one.$kind" >"$T/as.$kind"
		is "saved by LibreOffice as $kind" "$(diff "$T/as.csv" "$T/as.$kind" | head -n 20)" ''
	done
fi
finish

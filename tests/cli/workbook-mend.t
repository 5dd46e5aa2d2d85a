#!/usr/bin/env bash
# Rejected rows as a workbook: what is wrong is coloured and has a remark; mended in a spreadsheet, they go through. And
# an export saved as a workbook becomes a workbook of needs with a chart in one line.
. "${0%/*}/tap.sh"

printf '%s\n' 'Saksnr;Bydel;Mottatt;Fødselsnummer;Telefon;Kommentar' '007;030103;31.2.2026;07915438185;+47 22 22 22 22;=1+1' \
	'S-2;Sagen;1.2.2026;07915438185;22222222;3. mai 2026' '1E5;Sagen;2.1.2026;07915438185;815 00 000;"-5 og ""x"""' \
	'S-6;Alna' 'S-7;Alna;2026-02-03;07915438185;1;ok' >"$T/export.csv"
status 'rows are rejected' 1 referral-import --rejects="$T/mend.xlsx" "$T/export.csv"
referral-import --rejects="$T/mend.csv" "$T/export.csv" >"$T/out" 2>"$T/err"
# part NAME FILE: a part of the package
part() { python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[2]).read(sys.argv[1]).decode())' "$1" "$2"; }

like 'a fault has a remark on its cell' "$(part xl/comments1.xml "$T/mend.xlsx")" '<comment ref="C2" [^>]*><text><t [^>]*>not a date: '
like 'what the row lacks is remarked on at the reason' "$(part xl/comments1.xml "$T/mend.xlsx")" 'ref="J5" [^>]*><text><t [^>]*>the row has 2 cells, the header 6<'
is 'no remark tells what stands in a cell' "$(part xl/comments1.xml "$T/mend.xlsx" | grep -cE '31\.2\.2026|07915438185|Sagen<')" 0
bad=$(part xl/worksheets/sheet1.xml "$T/mend.xlsx" | grep -oE '<c r="C2" s="[0-9]+"' | grep -oE '[0-9]+"$')
is 'the cell is coloured' "$(part xl/styles.xml "$T/mend.xlsx" | grep -oE '<xf [^>]*>' | sed -n "$((${bad%\"} + 2))p" | grep -oE 'fillId="[0-9]+"')" 'fillId="3"'
is 'its owner alone can read it' "$(stat -c %a "$T/mend.xlsx")" 600
referral-import --rejects="$T/again.csv" "$T/mend.xlsx" >"$T/out" 2>"$T/err"
is 'read again unmended, they are rejected as they were' "$(cut -d';' -f1-7 "$T/again.csv")" "$(cut -d';' -f1-7 "$T/mend.csv")"

mend() { timeout 600 /usr/bin/python3 "${0%/*}/office.py" "$T/office" "$T/mend.xlsx" "$T/mended.$1" C2=01.02.2026 B3=Sagene B4=Sagene \
	'C5=3.2.2026' 'D5=07915438185' 'E5=1' 'F5=ok' G5= >"$T/said" 2>&1; }
if ! command -v soffice >"$T/said" || ! mend xlsx || [[ ! -s $T/mended.xlsx ]]; then
	lacks 'mended in LibreOffice' 'there is no LibreOffice Calc with its API'
else
	for kind in xlsx ods; do
		[[ $kind == xlsx ]] || mend $kind
		status "mended in LibreOffice, saved as $kind, they go through" 0 referral-import "$T/mended.$kind"
		is 'with all of their cells' "$(cut -d, -f1-5,25,27 "$T/out" | sed 1d)" "$(printf '%s\n' 007,2026-02-01,030103,07915438185,fnr_syntetisk,+47\ 22\ 22\ 22\ 22,=1+1 \
			S-2,2026-02-01,030103,07915438185,fnr_syntetisk,22222222,'3. mai 2026' '1E5,2026-01-02,030103,07915438185,fnr_syntetisk,815 00 000,"-5 og ""x"""' \
			S-6,2026-02-03,030112,07915438185,fnr_syntetisk,1,ok)"
	done
	if ! timeout 300 soffice --headless "-env:UserInstallation=file://$T/office" --convert-to xlsx --outdir "$T" \
		--infilter='CSV:44,34,76,1,,1044,false,true' share/demo/exports/08-nordre-aker.csv >"$T/said" 2>&1; then
		lacks 'needs of an export saved as a workbook' 'LibreOffice saves nothing'
	else
		status 'an export saved as a workbook becomes a workbook of needs in one line' 0 \
			bash -o pipefail -c "needs-aggregate '$T/08-nordre-aker.xlsx' | table-render --format=xlsx -o '$T/needs.xlsx'"
		like 'with a chart of the district' "$(part xl/charts/chart2.xml "$T/needs.xlsx")" '<c:barChart>'
		needs-aggregate share/demo/exports/08-nordre-aker.csv 2>"$T/err" | table-render --format=csv >"$T/one.csv"
		is 'which has the numbers of the export' "$(needs-aggregate "$T/08-nordre-aker.xlsx" 2>"$T/err" | table-render --format=csv)" "$(<"$T/one.csv")"
		status 'or of one program' 0 needs-aggregate --format=xlsx -o "$T/same.xlsx" "$T/08-nordre-aker.xlsx"
		ok 'the same bytes' cmp "$T/needs.xlsx" "$T/same.xlsx"
	fi
fi
finish

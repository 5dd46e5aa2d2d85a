#!/usr/bin/env bash
# Rejected rows go through a spreadsheet and come back whole: LibreOffice opens the file, keeps it as its own, and saves
# it as CSV again.
. "${0%/*}/tap.sh"

printf '%s\n' 'Saksnr;Bydel;Mottatt;Fødselsnummer;Telefon;Kommentar' '007;030103;31.2.2026;07915438185;+47 22 22 22 22;=1+1' \
	'S-2;Sagen;1.2.2026;07915438185;22222222;3. mai 2026' '1E5;Sagen;1/2/2026;07915438185;815 00 000;"-5 og ""x"""' \
	'0x1F;Sagen;2026-02-01;07915438185;1,5;@SUM(A1)' 'S-5;Sagen;3/4;07915438185;12345678901234567890;-' 'S-6;Alna' >"$T/export.csv"
status 'rows are rejected' 1 referral-import --rejects="$T/mend.csv" "$T/export.csv"

office() { # FORMAT FILE
	timeout 300 soffice --headless "-env:UserInstallation=file://$T/office" --convert-to "$1" --outdir "$T" \
		--infilter='CSV:59,34,76,1' "$2" >"$T/said" 2>&1
}
cells() { cut -d';' -f1-7 "$1"; }

referral-import --rejects="$T/again.csv" "$T/mend.csv" >"$T/out" 2>"$T/err"
is 'read again unmended, they are rejected as they were' "$(cells "$T/again.csv")" "$(cells "$T/mend.csv")"

cp "$T/mend.csv" "$T/before.csv"
if ! command -v soffice >"$T/said" || ! office ods "$T/mend.csv" || [[ ! -s $T/mend.ods ]]; then
	lacks 'through LibreOffice' 'there is no LibreOffice Calc'
else
	office 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false' "$T/mend.ods"
	referral-import --rejects="$T/again.csv" "$T/mend.csv" >"$T/out" 2>"$T/err"
	is 'through LibreOffice, they are rejected as they were' "$(cells "$T/again.csv")" "$(cells "$T/before.csv")"
fi
finish

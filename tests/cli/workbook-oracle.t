#!/usr/bin/env bash
# Each of the demonstration's exports as a workbook that openpyxl, SheetJS and LibreOffice saved: ours reads every cell as
# it was meant, and as the others read it.
. "${0%/*}/tap.sh"

exports=(share/demo/exports/*.csv)
python=/usr/bin/python3
[[ -x $python ]] || python=python3
for export in "${exports[@]}"; do
	table-render --format=csv "$export" >"$T/$(basename "$export")" 2>"$T/err" || ok "$export is read" false
done
"$python" "${0%/*}/workbook-oracle.py" save "$T"
if (($? == 3)); then
	lacks 'workbooks of others' 'there is no openpyxl'
	finish
fi
javascript() { NODE_PATH=build/html/node_modules node "${0%/*}/workbook-oracle.js" "$1" "$T" 2>"$T/said"; }
office() { timeout 600 soffice --headless "-env:UserInstallation=file://$T/office" --convert-to "$1" --outdir "$T/$1" "$T"/*-openpyxl.xlsx >"$T/said" 2>&1; }
javascript save || lacks 'saved by SheetJS' 'there is no SheetJS'
if command -v soffice >"$T/said" && office ods && office xlsx; then
	for saved in "$T"/ods/* "$T"/xlsx/*; do
		mv "$saved" "$T/$(basename "${saved%-openpyxl.*}")-office.${saved##*.}"
	done
else
	lacks 'saved by LibreOffice' 'there is no LibreOffice Calc'
fi
"$python" "${0%/*}/workbook-oracle.py" read "$T"
javascript read || lacks 'read by SheetJS' 'there is no SheetJS'

# differ NAME FILE: where the file tells another cell
differ() {
	local blanks='$^'
	[[ $2 == *.ods.sheetjs ]] && blanks=$'\xc2\xa0\\| ' # it drops those at the ends of cells there
	diff <(sed "s/$blanks//g" "$T/$1.want") <(sed "s/$blanks//g" "$2") | sed -n 1,8p
}
for want in "$T"/*.want; do
	name=$(basename "$want" .want)
	for book in "$T/$name"-*.xlsx "$T/$name"-*.ods; do
		[[ -e $book ]] || continue
		how=${book##*-}
		table-render --format=csv "$book" >"$T/ours" 2>"$T/err"
		is "$name, saved by ${how/./ as }: ours" "$(differ "$name" "$T/ours")" ''
		for other in openpyxl sheetjs; do
			[[ -e $book.$other ]] && is "as $other reads it" "$(differ "$name" "$book.$other")" ''
		done
	done
done
finish

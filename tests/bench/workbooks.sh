# Sourced by scripts/bench: a workbook of many rows read and written, in turns with programs that read and
# write such files.
# shellcheck shell=bash

office_runs=1 # it takes longer than all others together

have_openpyxl() { /usr/bin/python3 -c 'import openpyxl' 2>/dev/null; }
have_xlsxwriter() { printf '#include <xlsxwriter.h>\n' | "${CC:-cc}" -E - >/dev/null 2>&1; }

install_workbooks_peers() {
	local packages
	mapfile -t packages < <(lacking soffice libreoffice-calc-nogui mawk mawk)
	need "${build_packages[@]}" python3-openpyxl libxlsxwriter-dev "${packages[@]}"
}

# Referrals of eight columns, without quotes: the same on every run.
make_referrals() {
	local file=$dir/referrals-$rows.csv
	[[ -e $file ]] && return
	say "making $rows referrals"
	mawk -v rows="$rows" '
		function random(n) { seed = (seed * 16807) % 2147483647; return int(seed / 65536) % n }
		BEGIN {
			seed = 20261129
			print "referral_id,received,bydel,substance,mental,behaviour,safety_risk,vulnerable"
			for (i = 1; i <= rows; i++)
				printf "H-%07d,2026-%02d-%02d,0301%02d,%d,%d,%d,%d,%s\n", i, 1 + random(12), 1 + random(28),
					1 + random(15), random(4), random(4), random(4), random(3), random(2) ? "ja" : "nei"
		}' >"$file.new"
	mv "$file.new" "$file"
}

# Sets `command` to what is measured under a name; false when it is not there.
workbooks_command() {
	local csv=$dir/referrals-$rows.csv book=$dir/workbook.xlsx
	case $1 in
	read) command=("$bin/needs-aggregate" "$book") ;;
	read-openpyxl)
		have_openpyxl || return
		command=(/usr/bin/python3 "$src/xlsx-read.py" "$book")
		;;
	read-office)
		have soffice || return
		command=(soffice --headless --norestore "-env:UserInstallation=file://$PWD/$dir/soffice" --convert-to csv
			--outdir "$dir/office" "$book")
		;;
	write) command=("$bin/table-render" --format=xlsx -o "$dir/written.xlsx" "$csv") ;;
	write-xlsxwriter)
		have_xlsxwriter || return
		command=("$dir/xlsx-write" "$csv" "$dir/peer.xlsx")
		;;
	esac
}

run_workbooks() { # NAME: adds a line "name wall peak cpu status" to workbooks-runs.txt
	local result command
	workbooks_command "$1" || return 0
	sync
	result=$(timed "$1" "$dir/workbooks-$1.out" "${command[@]}")
	if ((round > 0)); then printf '%s %s\n' "$1" "$result" >>"$dir/workbooks-runs.txt"; fi
}

# How many of each district, as code,number.
check_workbooks() {
	: >"$dir/checks.txt"
	awk -F, 'NR > 1 { n[$3]++ } END { for (k in n) print k "," n[k] }' "$dir/referrals-$rows.csv" | sort >"$dir/workbooks-meant.txt"
	"$bin/table-render" --format=csv "$dir/workbooks-read.out" | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "persons") c = i }
		NR > 1 && $1 ~ /^[0-9]+$/ && $c > 0 { print $1 "," $c }' | sort >"$dir/workbooks-ours.txt"
	expect 'needs-aggregate counts the rows of each district' "$dir/workbooks-meant.txt" "$dir/workbooks-ours.txt"
	if have_openpyxl; then expect 'so does openpyxl' "$dir/workbooks-meant.txt" "$dir/workbooks-read-openpyxl.out"; fi
	if have soffice; then
		tail -n +2 "$dir/office/workbook.csv" | wc -l >"$dir/workbooks-theirs.txt"
		echo "$rows" >"$dir/workbooks-meant.txt"
		expect 'LibreOffice writes every row' "$dir/workbooks-meant.txt" "$dir/workbooks-theirs.txt"
	fi
	"$bin/table-render" --format=csv "$dir/written.xlsx" 2>/dev/null | cut -d, -f1 | grep -c '^H-' >"$dir/workbooks-ours.txt" || true
	echo "$rows" >"$dir/workbooks-meant.txt"
	expect 'the workbook that table-render wrote has every row' "$dir/workbooks-meant.txt" "$dir/workbooks-ours.txt"
}

measure_workbooks() {
	local round name
	have_xlsxwriter || die 'the workbook that is read is made with libxlsxwriter, which is not there'
	"${CC:-cc}" -O2 -o "$dir/xlsx-write" "$src/xlsx-write.c" -lxlsxwriter
	make_referrals
	"$dir/xlsx-write" "$dir/referrals-$rows.csv" "$dir/workbook.xlsx"
	say "one warm-up and $runs runs of workbooks"
	: >"$dir/workbooks-runs.txt"
	for ((round = 0; round <= runs; round++)); do
		for name in read read-openpyxl write write-xlsxwriter; do run_workbooks $name; done
		if ((round > 0 && round <= office_runs)); then run_workbooks read-office; fi
		say "round $round of $runs done"
	done
	check_workbooks
	{
		facts < <(
			"$bin/table-render" --version | head -n 1
			if have_openpyxl; then /usr/bin/python3 -c 'import openpyxl; print("openpyxl", openpyxl.__version__)'; fi
			if have soffice; then soffice --version | head -n 1 | cut -d' ' -f1,2; fi
			echo "libxlsxwriter $(printf '#include <xlsxwriter.h>\nLXW_VERSION\n' | "${CC:-cc}" -E - | tail -n 1 | tr -d '" ')"
		)
		printf 'rows %s\nbook_mb %s\n' "$rows" "$(megabytes "$dir/workbook.xlsx")"
	} >"$dir/facts.txt"
	"$src/write-workbooks" "$dir/facts.txt" "$dir/workbooks-runs.txt" "$dir/checks.txt" >"$dir/workbooks.md"
	rm -rf "$dir"/workbooks-*.out "$dir"/workbooks-{meant,ours,theirs}.txt "$dir/office" "$dir"/{written,peer}.xlsx
}

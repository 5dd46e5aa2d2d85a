# Sourced by scripts/bench: deadlines of many cases beside programs that group and add months; documents of
# many plans beside programs that make such files, in turns.
# shellcheck shell=bash

cases=100000
plans=1000
peer_plans=10 # peers take so long for each that a few are enough
# shellcheck disable=SC2034 # a format of a plan: its ending
declare -A ending=([html]=html [markdown]=md [odt]=odt [docx]=docx [pdf]=pdf)

install_documents_peers() {
	local packages
	mapfile -t packages < <(lacking sqlite3 sqlite3 mawk mawk pandoc pandoc soffice libreoffice-writer-nogui
		chromium chromium)
	need "${build_packages[@]}" "${packages[@]}"
}

# Ten events a case, by day as a log has them; no day after the 28th, as adding months to others is done in
# more than one way. The same on every run.
make_events() {
	local file=$dir/events-$cases.csv
	[[ -e $file ]] && return
	say "making $cases cases with ten events each"
	{
		echo case_id,date,type,detail,by,note
		mawk -v cases=$cases '
			function day(ahead) { # so many days on, as a number that sorts
				at += ahead
				return sprintf("%04d-%02d-%02d", 2024 + int(at / 336), 1 + int(at / 28) % 12, 1 + at % 28)
			}
			function random(n) { seed = (seed * 16807) % 2147483647; return seed % n }
			BEGIN {
				seed = 20261121
				n = split("referral_received: decision_made:placed moved_in:lang contact_named:institution " \
					"contact_named:bydel area_assessed:health cooperation_meeting: cooperation_meeting: " \
					"housing_application: cooperation_meeting:", events, " ")
				for (c = 1; c <= cases; c++) {
					at = random(400)
					for (i = 1; i <= n; i++) {
						split(events[i], e, ":")
						printf "C-%06d,%s,%s,%s,,\n", c, day(1 + random(50)), e[1], e[2]
					}
				}
			}' | sort -t , -k 2,2 -s
	} >"$file.new"
	mv "$file.new" "$file"
}

# Plans that lack nothing, again and again with an id of their own.
make_plans() {
	"$bin/checklist-export" --check share/demo/plans.jsonl >"$dir/lacking.csv" || true
	perl -e '
		open my $file, "<", $ARGV[0] or die;
		my %lacking = map { /^([^,]*)/ => 1 } <$file>;
		open $file, "<", $ARGV[1] or die;
		my @whole = grep { /"case_id":"([^"]*)"/ && !$lacking{$1} } <$file>;
		for my $i (1 .. $ARGV[2]) {
			(my $line = $whole[$i % @whole]) =~ s/"case_id":"[^"]*"/sprintf "\"case_id\":\"B-%04d\"", $i/e;
			print $line;
		}' "$dir/lacking.csv" share/demo/plans.jsonl $plans >"$dir/plans.jsonl"
}

# Sets `command` to what is measured under a name; false when it is not there.
documents_command() {
	local few=$dir/plans-few
	case $1 in
	deadlines) command=("$bin/deadline-list" --as-of=2026-11-21 "$dir/events-$cases.csv") ;;
	states) command=("$bin/vacancy-list" --as-of=2026-11-21 --institutions=share/demo/institutions.csv "--events=$dir/events-$cases.csv") ;;
	sqlite)
		have sqlite3 || return
		command=(sqlite3 :memory: '.mode csv' ".import '$dir/events-$cases.csv' t" '.headers on'
			"SELECT case_id, max(date) AS since, date(max(date), '+3 months') AS due FROM t
			WHERE type = 'cooperation_meeting' GROUP BY case_id")
		;;
	mawk)
		have mawk || return
		# shellcheck disable=SC2016 # the dollars are for mawk
		command=(mawk '-F,' '$3 == "cooperation_meeting" && $2 > last[$1] { last[$1] = $2 }
			END {
				print "case_id,since,due"
				for (c in last) {
					m = substr(last[c], 6, 2) + 2
					printf "%s,%s,%04d-%02d%s\n", c, last[c], substr(last[c], 1, 4) + int(m / 12), m % 12 + 1, substr(last[c], 8)
				}
			}' "$dir/events-$cases.csv")
		;;
	html | markdown | odt | docx | pdf)
		command=("$bin/checklist-export" --as-of=2026-11-21 --format="$1" -o "$dir/plans-$1/" "$dir/plans.jsonl")
		;;
	pandoc-html | pandoc-odt)
		have pandoc || return
		# shellcheck disable=SC2016 # for that bash
		command=(bash -c 'for file in "$1"/*.md; do pandoc --standalone -f gfm -M lang=nb -o "${file%.md}.$2" "$file" || exit; done'
			x "$few" "${1#pandoc-}")
		;;
	soffice)
		have soffice || return
		command=(soffice --headless --norestore "-env:UserInstallation=file://$PWD/$dir/soffice" --convert-to pdf
			--outdir "$few" "$few"/*.odt)
		;;
	import) command=("$bin/checklist-import" "$dir"/plans-docx/*.docx) ;;
	chromium)
		have chromium || return
		# shellcheck disable=SC2016 # for that bash
		command=(bash -c 'for file in "$1"/*.html; do
			chromium --headless --no-sandbox --disable-gpu --no-first-run --user-data-dir="$2" \
				--print-to-pdf="${file%.html}.pdf" "$file" || exit; done' x "$few" "$PWD/$dir/chromium")
		;;
	esac
}

# run_documents NAME: adds a line "name wall peak cpu status" to documents-runs.txt
run_documents() {
	local result command out=/dev/null
	documents_command "$1" || return 0
	case $1 in
	deadlines | states | sqlite | mawk | import) out=$dir/documents-$1.csv ;;
	*) rm -rf "$dir/plans-$1" ;;
	esac
	sync # or the disk is still busy with what ran before
	result=$(timed "$1" "$out" "${command[@]}")
	if ((round > 0)); then printf '%s %s\n' "$1" "$result" >>"$dir/documents-runs.txt"; fi
}

# A few plans in each format, for the peers.
make_few() {
	local format
	rm -rf "$dir/plans-few"
	head -n $peer_plans "$dir/plans.jsonl" >"$dir/few.jsonl"
	for format in html markdown odt; do
		"$bin/checklist-export" --as-of=2026-11-21 --format=$format -o "$dir/plans-few/" "$dir/few.jsonl"
	done
}

check_documents() {
	local format
	: >"$dir/checks.txt"
	if have sqlite3; then
		# Steps of meetings that go on: since when, and due; as sqlite3 has them.
		mawk '-F,' '$2 == "further_meetings" { print $1 "," $(NF - 1) "," $3 }' "$dir/documents-deadlines.csv" |
			sort >"$dir/documents-ours.txt"
		tail -n +2 "$dir/documents-sqlite.csv" | tr -d '"\r' | sort >"$dir/documents-theirs.txt"
		expect 'deadline-list and sqlite3 have the same next meeting for every case' \
			"$dir/documents-ours.txt" "$dir/documents-theirs.txt"
	fi
	if have sqlite3 && have mawk; then
		tail -n +2 "$dir/documents-mawk.csv" | sort >"$dir/documents-ours.txt"
		expect 'so has mawk' "$dir/documents-ours.txt" "$dir/documents-theirs.txt"
	fi
	for format in html markdown odt docx pdf; do
		find "$dir/plans-$format" -name "*.${ending[$format]}" -size +1k | wc -l >"$dir/documents-ours.txt"
		echo $plans >"$dir/documents-theirs.txt"
		expect "there is a file of each plan as $format" "$dir/documents-ours.txt" "$dir/documents-theirs.txt"
	done
	grep -c '"schema"' "$dir/documents-import.csv" >"$dir/documents-ours.txt"
	echo $plans >"$dir/documents-theirs.txt"
	expect 'every plan comes back from Word' "$dir/documents-ours.txt" "$dir/documents-theirs.txt"
	rm -f "$dir"/documents-{ours,theirs}.txt
}

documents_versions() {
	"$bin/checklist-export" --version | head -n 1
	if have sqlite3; then echo "SQLite $(sqlite3 --version | cut -d' ' -f1)"; fi
	if have mawk; then mawk -W version 2>&1 | head -n 1 | cut -d' ' -f1,2; fi
	if have pandoc; then pandoc --version | head -n 1; fi
	if have soffice; then soffice --version | head -n 1 | cut -d' ' -f1,2; fi
	if have chromium; then chromium --version 2>/dev/null | cut -d' ' -f1,2; fi
	"${CC:-cc}" --version | head -n 1
}

measure_documents() {
	local round name
	make_events
	make_plans
	make_few
	cat "$dir/events-$cases.csv" >/dev/null
	say "one warm-up and $runs runs of documents"
	: >"$dir/documents-runs.txt"
	for ((round = 0; round <= runs; round++)); do
		for name in deadlines states sqlite mawk html pandoc-html markdown odt pandoc-odt docx import pdf; do
			run_documents $name
		done
		if ((round <= 1)); then # they take longer than all others together
			run_documents soffice
			run_documents chromium
		fi
		say "round $round of $runs done"
	done
	check_documents
	{
		facts < <(documents_versions)
		printf 'cases %s\nplans %s\npeer_plans %s\n' "$cases" "$plans" "$peer_plans"
		printf 'events_mb %s\n' "$(megabytes "$dir/events-$cases.csv")"
		printf 'deadlines %s\n' "$(($(wc -l <"$dir/documents-deadlines.csv") - 1))"
		for name in html markdown odt docx pdf; do
			printf '%s_kb %s\n' "$name" "$(find "$dir/plans-$name" -type f -printf '%s\n' | awk '{ n += $1 } END { printf "%.1f", n / NR / 1000 }')"
		done
	} >"$dir/facts.txt"
	"$src/write-documents" "$dir/facts.txt" "$dir/documents-runs.txt" "$dir/checks.txt" >"$dir/documents.md"
	rm -rf "$dir"/plans-{html,markdown,odt,docx,pdf,few} "$dir"/documents-*.csv "$dir/few.jsonl"
}

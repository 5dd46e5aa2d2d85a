#!/usr/bin/env bash
# The reader has threads of its own: a large import, watched for races.
BIN=build/tsan/bin
. "${0%/*}/tap.sh"
export TSAN_OPTIONS=halt_on_error=1

tests/bench/make-exports 30000 >"$T/large.csv"
iconv -f UTF-8 -t UTF-16LE "$T/large.csv" | { printf '\377\376'; cat; } >"$T/large-16.csv"
status 'a large import' 0 referral-import "$T/large.csv"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
mv "$T/out" "$T/records.csv"
is 'gives every row' "$(build/bin/referral-import --format=jsonl "$T/large.csv" | wc -l)" 30000
ok 'as without the watch' cmp "$T/records.csv" <(build/bin/referral-import "$T/large.csv")
status 'the same in four threads' 0 referral-import --threads=4 "$T/large.csv"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
ok 'gives the same' cmp "$T/out" "$T/records.csv"
status 'the same in UTF-16' 0 referral-import "$T/large-16.csv"
ok 'gives the same' cmp "$T/out" "$T/records.csv"
status 'fused, two files at a time' 0 needs-aggregate "$T/large.csv" "$T/records.csv"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
status 'a pipe of four' 0 bash -o pipefail -c \
	"referral-import <$T/large.csv | rop-group | needs-aggregate | table-render"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
BIN=build/bin PATH=$PWD/build/bin:$PATH
rop-group "$T/records.csv" >"$T/grouped.csv"
is 'each row is grouped' "$(wc -l <"$T/grouped.csv")" "$(wc -l <"$T/records.csv")"
for from in 2 9001 29901; do # few rows are not read ahead
	{ head -n 1 "$T/records.csv" && tail -n +$from "$T/records.csv" | head -n 100; } >"$T/few.csv"
	is "as rows from $from are by themselves" "$(tail -n +$from "$T/grouped.csv" | head -n 100)" "$(rop-group "$T/few.csv" | sed 1d)"
done
ok 'the same in four threads' cmp "$T/grouped.csv" <(rop-group --threads=4 "$T/records.csv")
ok 'and counted as when they are grouped while they are counted' \
	cmp <(needs-aggregate "$T/grouped.csv") <(needs-aggregate "$T/records.csv")
BIN=build/tsan/bin PATH=$PWD/build/tsan/bin:$PATH
status 'a reader that is left early' 0 bash -c "referral-import $T/large.csv | head -n 1 >/dev/null"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''

# What the reading thread makes ahead of a row's turn is the same as what is made in it.
tests/bench/make-exports 300 >"$T/few.csv"
for which in tsan plain; do
	[[ $which == tsan ]] || BIN=build/bin PATH=$PWD/build/bin:$PATH
	register-init --key="$T/$which.db.key" "$T/$which.db" 2>/dev/null
	status "$which: a large put" 0 register-put "$T/$which.db" "$T/large.csv"
	is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
	tail -n 1 "$T/err" >"$T/$which.said"
	register-put "$T/$which.db" "$T/few.csv" 2>&1 | tail -n 1 >>"$T/$which.said"
	is 'is known again when it comes in few rows, of which none is read ahead' "$(cat "$T/$which.said")" \
		$'register-put: new 30000, same 0, changed 0\nregister-put: new 0, same 300, changed 0'
done

# Deadlines are written in a thread of their own when there are many.
{
	head -n 1 share/demo/events.csv
	for i in {1..40}; do sed "1d; s/^R-/R-$i-/" share/demo/events.csv; done
} >"$T/events.csv"
BIN=build/bin PATH=$PWD/build/bin:$PATH
status 'the deadlines of many cases' 1 deadline-list --as-of=2026-11-21 "$T/events.csv"
mv "$T/out" "$T/deadlines.csv"
ok 'are many' test "$(wc -l <"$T/deadlines.csv")" -gt 3000
for i in 1 20 40; do
	deadline-list --as-of=2026-11-21 --case=R-$i-2026-1591 "$T/events.csv" >"$T/one" 2>"$T/err"
	is "case $i has the rows that it has alone" "$(grep "^R-$i-2026-1591," "$T/deadlines.csv")" "$(sed 1d "$T/one")"
done
status 'written to somebody who leaves early' 0 bash -c "deadline-list --as-of=2026-11-21 $T/events.csv 2>/dev/null | head -n 1"
BIN=build/tsan/bin PATH=$PWD/build/tsan/bin:$PATH
status 'watched' 1 deadline-list --as-of=2026-11-21 "$T/events.csv"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
ok 'gives the same' cmp "$T/out" "$T/deadlines.csv"

# Rows of records and of the waiting list are read ahead of their turn, but those of which something is to be said.
sed '30~30s/,20/,30/; 70~70s/^[^,]*/Totalt/; 110~110s/,20\(..\)-\(..\)-\(..\),/,\3.\2.20\1,/; 150~150s/^[^,]*,[^,]*,[^,]*/,,/' "$T/events.csv" >"$T/faults.csv"
status 'faults among many events' 65 deadline-list --as-of=2026-11-21 "$T/faults.csv"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
mv "$T/err" "$T/watched"
ok 'are told as without the watch' cmp "$T/watched" <(build/bin/deadline-list --as-of=2026-11-21 "$T/faults.csv" 2>&1 >/dev/null)
is 'each where it stands' "$(awk -F: '/: date: / { print $2 }' "$T/watched" | head -n 3 | xargs)" '30 60 90'
tests/bench/make-people 3000 20 "$T"
sed -i '100~100s/,\(kvinne\|mann\),/,?!,/' "$T/waiting.csv"
build/bin/vacancy-list --as-of=2026-11-21 --institutions="$T/institutions.csv" >"$T/places.csv"
status 'a waiting list' 0 placement-match --places="$T/places.csv" "$T/waiting.csv"
is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
mv "$T/err" "$T/watched"
ok 'is matched as without the watch' cmp "$T/out" <(build/bin/placement-match --places="$T/places.csv" "$T/waiting.csv" 2>"$T/err")
ok 'and what is said is the same' cmp "$T/err" "$T/watched"

# Documents are made in two threads, whatever the format; the libraries of PDF are not watched.
BIN=build/bin PATH=$PWD/build/bin:$PATH
for i in {1..40}; do sed "s/C-2026-014/C-$i/" share/demo/plan.json; done >"$T/plans.jsonl"
for format in text html odt docx pdf; do
	mkdir "$T/$format"
	checklist-export --as-of=2026-11-20 --format=$format -o "$T/$format/" "$T/plans.jsonl"
	is "$format: a file for each plan" "$(find "$T/$format" -type f | wc -l)" 40
	for i in 1 2 40; do
		sed "s/C-2026-014/C-$i/" share/demo/plan.json | checklist-export --as-of=2026-11-20 --format=$format -o "$T/one"
		ok "$format: the same as when it is made alone" cmp "$T/one" "$T/$format"/C-$i.*
	done
done 2>"$T/err"
BIN=build/tsan/bin PATH=$PWD/build/tsan/bin:$PATH
# The C library has a lock round the time zone that is not seen, and mostly no name for what is in it.
printf '%s\n' race:tzset_internal called_from_lib:libc.so.6 >"$T/known"
export TSAN_OPTIONS=halt_on_error=1:suppressions=$T/known
for format in text html odt docx; do
	mkdir "$T/$format.watched"
	status "$format: watched" 1 checklist-export --as-of=2026-11-20 --format=$format -o "$T/$format.watched/" "$T/plans.jsonl"
	is 'without a race' "$(grep -A 20 ThreadSanitizer "$T/err")" ''
	ok 'gives the same' diff -r "$T/$format" "$T/$format.watched"
done

finish

#!/usr/bin/env bash
# Memory stays under 32 MiB and does not grow with the rows.
. "${0%/*}/tap.sh"

gcc -O2 -o "$T/run-timed" tests/bench/run-timed.c
tests/bench/make-exports 100000 >"$T/100000.csv"
tests/bench/make-exports 400000 >"$T/400000.csv"
for rows in 100000 400000; do
	referral-import -o "$T/$rows-records.csv" "$T/$rows.csv"
done

peak() { # COMMAND...: in KiB
	local peak
	read -r _ peak _ <<<"$("$T/run-timed" /dev/null "$@")"
	echo "$peak"
}

for program in referral-import rop-group needs-aggregate; do
	for input in .csv -records.csv; do
		small=$(peak "$program" "$T/100000$input")
		large=$(peak "$program" "$T/400000$input")
		ok "$program, 400000 rows$input: $large KiB are under 32 MiB" test "$large" -lt 32768
		# The ids of all rows are remembered, in little memory and then in a file: that is all that may grow.
		ok "and little more than the $small KiB of 100000 rows" test "$large" -lt $((small + 16384))
	done
done

finish

#!/usr/bin/env bash
# Memory that runs out and calls that fail, in a sample that changes with the commit; scripts/fault-test tries all.
. "${0%/*}/tap.sh"

# Every program is disturbed.
is 'every program has a case' "$(for program in $PROGRAMS; do grep -qE "\[['\"]${program}['\":\$]" tests/faults/Cases.pm || echo "$program"; done)" ''

for part in memory calls; do
	ok "$part: nothing wrong, nothing half, no crash" scripts/fault-test --short "$part"
done

finish

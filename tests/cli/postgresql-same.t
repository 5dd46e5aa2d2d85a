#!/usr/bin/env bash
# What holds for a register in a file holds for one on a server: the golden cases that have a register, the routine of one
# case from the referral to the end, and every paper of it, in all profiles. Of what is more than goldens one is run, which
# the commit chooses; scripts/fault-test server runs all.
. "${0%/*}/tap.sh"
at_postgresql

same() { # NAME TEST...: it says nothing is amiss, and says something
	local name=$1
	shift
	TRANSITION_TEST_POSTGRESQL=$S "$@" >"$T/said" 2>"$T/err"
	is "$name" "$(grep -A 40 '^not ok' "$T/said"; grep -c '^ok' "$T/said" | sed 's/^[1-9][0-9]*$/some/')" some
}

# shellcheck disable=SC2016 # a pattern
mapfile -t cases < <(grep -l '\$REGISTER' tests/golden/*/cmd | xargs -n 1 dirname)
same 'the golden cases' tests/golden/run.t "${cases[@]}"
is 'each of them was run on the server, too' "$(grep -c 'on a server' "$T/said")" "${#cases[@]}"
rest=(story papers register-offices register-institutions routine)
for i in "${!rest[@]}"; do
	((($(tests/seed) + i) % ${SAMPLE:-${#rest[@]}})) || same "${rest[i]}" "tests/cli/${rest[i]}.t"
done
finish

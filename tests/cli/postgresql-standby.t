#!/usr/bin/env bash
# A second server follows the first, and the first waits for it. The first falls again and again while a program stores,
# the second takes over, and what was acknowledged is there. ROUNDS=1000 for as many.
. "${0%/*}/tap.sh"
needs_postgresql

rounds=${ROUNDS-3}
chmod 755 "$T"
writing=
trap 'touch "$T/enough"; wait; scripts/try-postgresql stop "$T/a"; scripts/try-postgresql stop "$T/b"; rm -rf "$T"' EXIT
S=$(scripts/try-postgresql start "$T/a") || exit 1
# The two settings; and a name with both places, of which that is taken which may write.
for set in "synchronous_standby_names = '*'" 'synchronous_commit = on'; do psql -qX "$S" -c "ALTER SYSTEM SET $set"; done
ok 'a second server follows' scripts/try-postgresql follow "$T/b" "$T/a"
psql -qXAt "$S" -c 'SELECT pg_reload_conf()' >/dev/null
both="postgresql:///transition?host=$T/a,$T/b&user=keeper&target_session_attrs=read-write"
register-init --key="$T/key" "$both"

: >"$T/told"
: >"$T/unsure"
: >"$T/not"
write() { # puts one referral after another, and notes which were acknowledged
	local i status
	for ((i = 1; ; i++)); do
		[[ -e $T/enough ]] && return
		printf 'referral_id,received,bydel\nD-%d,2026-03-01,030103\n' "$i" |
			register-put --key="$T/key" --timeout=30 "$both" - 2>"$T/said"
		status=$?
		if [[ $status == 0 ]]; then
			echo "D-$i" >>"$T/told"
		elif grep -q server-unknown "$T/said"; then
			echo "D-$i" >>"$T/unsure"
		else
			echo "D-$i" >>"$T/not"
		fi
	done
}
write &
writing=$!

# shellcheck disable=SC2317 # await calls it
told() { (($(wc -l <"$T/told") >= $1)); }
now=a next=b lost=
for ((round = 1; round <= rounds; round++)); do
	await "some are stored in round $round" told $(($(wc -l <"$T/told") + 2)) || break
	scripts/try-postgresql fall "$T/$now"
	sort "$T/told" >"$T/before"
	scripts/try-postgresql promote "$T/$next"
	lost+=$(register-get "${S/"$T/a"/"$T/$next"}" referral | cut -d, -f1 | sort | comm -13 - "$T/before")
	scripts/try-postgresql follow "$T/$now" "$T/$next"
	[[ $now == a ]] && now=b next=a || now=a next=b
done
touch "$T/enough"
wait "$writing"
comment "$((round - 1)) rounds; stored $(wc -l <"$T/told"), not $(wc -l <"$T/not"), unknown $(wc -l <"$T/unsure")"
is 'what was acknowledged is there after every round' "$lost" ''
is 'and at the end' "$(register-get "$both" referral | cut -d, -f1 | sort | comm -13 - <(sort "$T/told"))" ''
is 'what was said not to be stored is not' "$(register-get "$both" referral | cut -d, -f1 | sort | comm -12 - <(sort "$T/not"))" ''
status 'and all is whole' 0 register-check --key="$T/key" "$both"
finish

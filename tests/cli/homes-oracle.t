#!/usr/bin/env bash
# Plans of homes against an integer programme of somebody else's making: the textbook model, solved by glpsol aim
# after aim, finds no better plan; and plan-verify takes every plan.
. "${0%/*}/tap.sh"

needs glpsol

# Which districts have slots for sites, a slot is used or not, persons go from a district to a slot. The aims that
# come before have become limits.
cat >"$T/homes.mod" <<'END'
param n; param min_units; param max_units; param slots;
param need{1..n};
param least_waiting default -1; param least_outside default -1; param least_sites default -1;
var used{1..n, 1..slots} binary;
var go{1..n, 1..n, 1..slots} integer >= 0;
var size{1..n, 1..slots, min_units..max_units} binary;
minimize aim: if least_waiting < 0 then -sum{e in 1..n, d in 1..n, s in 1..slots} go[e,d,s]
	else if least_outside < 0 then sum{e in 1..n, d in 1..n, s in 1..slots: e <> d} go[e,d,s]
	else if least_sites < 0 then sum{d in 1..n, s in 1..slots} used[d,s]
	else sum{d in 1..n, s in 1..slots, u in min_units..max_units} u * u * size[d,s,u];
s.t. persons{e in 1..n}: sum{d in 1..n, s in 1..slots} go[e,d,s] <= need[e];
s.t. one{d in 1..n, s in 1..slots}: sum{u in min_units..max_units} size[d,s,u] = used[d,s];
s.t. homes{d in 1..n, s in 1..slots}: sum{e in 1..n} go[e,d,s] = sum{u in min_units..max_units} u * size[d,s,u];
s.t. waiting{1..1: least_waiting >= 0}: sum{e in 1..n} need[e] - sum{e in 1..n, d in 1..n, s in 1..slots} go[e,d,s] = least_waiting;
s.t. outside{1..1: least_outside >= 0}: sum{e in 1..n, d in 1..n, s in 1..slots: e <> d} go[e,d,s] = least_outside;
s.t. sites{1..1: least_sites >= 0}: sum{d in 1..n, s in 1..slots} used[d,s] = least_sites;
solve;
printf "reached %d %d %d %d\n", sum{e in 1..n} need[e] - sum{e in 1..n, d in 1..n, s in 1..slots} go[e,d,s],
	sum{e in 1..n, d in 1..n, s in 1..slots: e <> d} go[e,d,s], sum{d in 1..n, s in 1..slots} used[d,s],
	sum{d in 1..n, s in 1..slots, u in min_units..max_units} u * u * size[d,s,u];
end;
END

# best NEED...: waiting, outside, sites and squares that the model reaches.
best() {
	local aims=() names=(least_waiting least_outside least_sites) i
	for ((aim = 0; aim < 4; aim++)); do
		{
			echo "data; param n := $#; param min_units := 6; param max_units := 10; param slots := 2;"
			echo "param need := $(for ((i = 1; i <= $#; i++)); do echo "$i ${!i}"; done | paste -sd ' ');"
			for ((i = 0; i < aim; i++)); do echo "param ${names[i]} := ${aims[i]};"; done
			echo 'end;'
		} >"$T/homes.dat"
		glpsol --tmlim 60 --math "$T/homes.mod" --data "$T/homes.dat" --log "$T/log" |
			awk -v aim=$aim '$1 == "reached" { print $(aim + 2) }' >"$T/aim"
		aims+=("$(<"$T/aim")")
	done
	echo "${aims[*]}"
}

profile=(030101 030102 030103)
seed=16
random() { seed=$(((seed * 16807) % 2147483647)) && n=$((seed % $1)); }
for ((round = 1; round <= 12; round++)); do
	needs=()
	for ((d = 0; d < 3; d++)); do random 13 && needs+=($((n + 1))); done
	{
		echo bydel,housing_type,count
		for d in 0 1 2; do echo "${profile[d]},samlok_delvis_ordinaert,${needs[d]}"; done
	} >"$T/needs.csv"
	needs-plan --join=any --type=samlok_delvis_ordinaert --certificate="$T/proof.csv" "$T/needs.csv" >"$T/plan.csv" 2>/dev/null
	is "needs ${needs[*]}" \
		"$(awk -F, 'NR == 2 { print s[1], $9, $10, $11 }' "$T/proof.csv" | xargs)" \
		"$(best "${needs[@]}" | cut -d' ' -f2-)"
	is 'and as many wait' "$(awk -F, '$3 == "waiting" { n += $9 } END { print n + 0 }' "$T/plan.csv")" \
		"$(best "${needs[@]}" | cut -d' ' -f1)"
	status 'the plan is proved' 0 plan-verify --certificate="$T/proof.csv" --needs="$T/needs.csv" "$T/plan.csv"
done
finish

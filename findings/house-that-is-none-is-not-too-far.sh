#!/usr/bin/env bash
# A person who is placed in a house that does not exist breaks no rule that begins with "not", and every rule that does not.
#
# Where:   minizinc 2.6.4 with the solver Gecode 6.2.0 (Debian 12), the modelling language for constraints.
# Guess:   an index outside its array is an error, as in every programming language, or makes the model without a solution.
# Seen:    where the index is found by the solver, "level[house] <= 2" is false for a house outside the array and
#          "not (level[house] > 2)" is true, with no word of warning: two ways to write one rule differ in who may be where.
#          Division by a house without beds is the same. Where the index is known, it is the same with a warning, and an
#          error only where a number, not a condition, comes out.
# For us:  in the rules of a profile a fact that is missing makes the answer unknown, under "not" as well, and a place that is
#          not in the list is refused when it is read.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get minizinc=2.6.4+dfsg1-1
share=$root/usr/share/minizinc
[[ -d $share ]] || share=/usr/share/minizinc
# ways CONSTRAINT: the houses where one person may live; 0 is none. The levels are 2, 3, 1, the beds 4, 0, 2
ways() {
	cat >model.mzn <<-MZN
		array[1..3] of int: level = [2, 3, 1];
		array[1..3] of int: beds = [4, 0, 2];
		var 0..3: house;
		constraint $1;
		solve satisfy;
	MZN
	minizinc --stdlib-dir "$share" --solver gecode -c --ozn words.ozn --fzn model.fzn model.mzn >words 2>&1
	{ grep -io 'undefined result becomes false' words || true; } | head -n 1
	fzn-gecode -a model.fzn | sed -n 's/^house = \([0-9]*\);$/\1/p' | sort | paste -sd ' '
}
seen 'level at most 2' '1 3' "$(ways 'level[house] <= 2')"
seen 'not above level 2' '0 1 3' "$(ways 'not (level[house] > 2)')"
seen 'no more than 1 for each bed of the house' '0 1 3' "$(ways '(4 div beds[max(house, 1)]) <= 2')"
seen 'not more than 2 for each bed of the house' '0 1 2 3' "$(ways 'not ((4 div beds[max(house, 1)]) > 2)')"
seen 'as a count of broken rules' '0 1 3' "$(ways 'sum([bool2int(level[house] > 2)]) = 0')"
seen 'known to be none, not above level 2' 'undefined result becomes false 0 1 2 3' \
	"$(ways 'not (level[4] > 2)' | paste -sd ' ')"
finish

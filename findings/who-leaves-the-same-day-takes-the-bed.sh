#!/usr/bin/env bash
# Who comes and goes on the same day may not use a bed that is taken, or makes the plan impossible; the same model allows it elsewhere.
#
# Where:   minizinc 2.6.4 with Gecode 6.2.0, and with its own definitions (-G std), SWI-Prolog 9.0.4 with clpfd (all Debian 12).
#          One bed, taken on days 1 and 2; somebody comes on one of the days 0 to 4 for no whole day, or for one.
# Guess:   the constraint for stays and places has one meaning: a stay of no days takes nothing, so each day will do.
# Seen:    the same model has five answers by the standard definition of cumulative, four by Gecode's: not day 2, in the middle of
#          the other's stay. In clpfd cumulative has no answer for such a stay on any day, not with two beds, nor when it is
#          alone: its manual asks for positive lengths, but nothing is said; the plan is just impossible. serialized of clpfd has
#          four answers, disjoint2 three. disjunctive has five in both, disjunctive_strict and diffn four.
# For us:  a stay has a first and a last day and takes both; where a length of 0 can come out of dates it is left out before
#          any other solver gets it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get minizinc=2.6.4+dfsg1-1 swi-prolog-nox=9.0.4+dfsg-2
[[ -d $root/usr/lib/swi-prolog ]] && export SWI_HOME_DIR=$root/usr/lib/swi-prolog
share=$root/usr/share/minizinc
[[ -d $share ]] || share=/usr/share/minizinc
# minizinc_days LIBRARY CONSTRAINT: the days on which the second may come
minizinc_days() {
	printf 'include "%s.mzn";\nvar 0..4: day;\nconstraint %s;\nsolve satisfy;\n' "${2%%(*}" "$2" >model.mzn
	rm -f model.fzn
	minizinc --stdlib-dir "$share" --solver gecode -G "$1" -c --ozn words.ozn --fzn model.fzn model.mzn 2>warnings
	fzn-gecode -a model.fzn | sed -n 's/^day = \([0-9]*\);$/\1/p' | sort | paste -sd ' '
}
clpfd_days() { # CONSTRAINT
	cat >days.pl <<-PROLOG
		:- use_module(library(clpfd)).
		days(Days) :- Day in 0..4, findall(Day, ($1, label([Day])), Days).
		main :- days(Days), atomic_list_concat(Days, ' ', Line), writeln(Line).
	PROLOG
	swipl -q -g main -t halt days.pl
}
while IFS='|' read -r constraint gecode standard; do
	seen "$constraint, Gecode" "$gecode" "$(minizinc_days gecode "$constraint")"
	seen "$constraint, standard" "$standard" "$(minizinc_days std "$constraint")"
done <<'CONSTRAINTS'
cumulative([1, day], [2, 1], [1, 1], 1)|0 3 4|0 3 4
cumulative([1, day], [2, 0], [1, 1], 1)|0 1 3 4|0 1 2 3 4
disjunctive([1, day], [2, 0])|0 1 2 3 4|0 1 2 3 4
disjunctive_strict([1, day], [2, 0])|0 1 3 4|0 1 3 4
diffn([1, day], [0, 0], [2, 0], [1, 1])|0 1 3 4|0 1 3 4
CONSTRAINTS
while IFS='|' read -r what constraint days; do seen "clpfd: $what" "$days" "$(clpfd_days "$constraint")"; done <<'CONSTRAINTS'
cumulative, one day|cumulative([task(1, 2, 3, 1, a), task(Day, 1, _, 1, b)], [limit(1)])|0 3 4
cumulative, none|cumulative([task(1, 2, 3, 1, a), task(Day, 0, _, 1, b)], [limit(1)])|
cumulative, none, two beds|cumulative([task(1, 2, 3, 1, a), task(Day, 0, _, 1, b)], [limit(2)])|
cumulative, none, nobody else|cumulative([task(Day, 0, _, 1, b)], [limit(1)])|
serialized, none|serialized([1, Day], [2, 0])|0 1 3 4
disjoint2, none|disjoint2([r(1, 2, 0, 1), r(Day, 0, 0, 1)])|0 3 4
CONSTRAINTS
finish

#!/usr/bin/env bash
# Three houses with 4, 4 and 6 beds have 10 beds, and two persons who each wait 14 days wait 14 days together.
#
# Where:   gringo 5.4.1 with clasp 3.3.5 (Debian 12), the grounder and solver of answer set programming.
# Guess:   #sum { Beds : beds(House, Beds) } adds the beds of all houses, as a sum over rows does in SQL.
# Seen:    what is summed is a set, so equal numbers count once: 10, not 14; the cost that is minimised, too, so a placing in
#          which two persons move 14 kilometres each passes for as good as one in which one does. #count of that set is 2. Right
#          is { Beds, House : ... }, where the pair is what differs. A body that holds twice for one pair still counts once.
# For us:  plans and placings are worked out by our own programs or GLPK, where each row is a term; a model in such a language
#          counts persons only when each term names the person.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get gringo=5.4.1-3.1+b1 clasp=3.3.5-4.2
cat >houses.lp <<'LP'
beds(a, 4). beds(b, 4). beds(c, 6).
by_sum(N) :- N = #sum { B : beds(H, B) }.
by_pair(N) :- N = #sum { B, H : beds(H, B) }.
houses(N) :- N = #count { B : beds(H, B) }.
#show by_sum/1. #show by_pair/1. #show houses/1.
LP
cat >move.lp <<'LP'
% Each of two persons goes to one of two places; one is 14 km away for both, the other 20 km for one and 0 for the other.
far(anne, near, 14). far(bo, near, 14). far(anne, far, 20). far(bo, far, 0).
1 { at(P, H) : far(P, H, _) } 1 :- far(P, _, _).
#show at/2.
LP
facts() { { grep -A1 '^Answer' || true; } | tail -n 1 | tr ' ' '\n' | sort | paste -sd ' '; }
solve() { { gringo "$@" | clasp --verbose=1 0; } 2>&1 || true; } # clasp ends with 30 when it has found the best
seen 'beds and houses' 'by_pair(14) by_sum(10) houses(2)' "$(solve houses.lp | facts)"
cost() { echo "#minimize { K$1 : at(P, H), far(P, H, K) }." >cost.lp; solve move.lp cost.lp | sed -n 's/^Optimization : //p' | tail -n 1; }
seen 'both to the near one, as terms of distance alone' 14 "$(echo ':- at(P, far).' >>move.lp; cost '')"
seen '  as terms of distance and person' 28 "$(cost ', P')"
finish

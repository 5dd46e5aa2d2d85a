#!/usr/bin/env bash
# Three persons, two places: the plan costs nothing and nobody moves, or it costs 5 and two persons share the second place.
#
# Where:   R lpSolve 5.6.18 (lp, lp.assign, lp.transport), PuLP 2.6.0 with CBC 2.10.8 and javascript-lp-solver 1.0.3 (npm; its
#          result), beside them python3-munkres 1.1.4 (Debian 12 but for npm), on plans that nothing fulfils.
# Guess:   a plan that is impossible has no cost and no values: an error, NA, None; or it is given the places there are.
# Seen:    lpSolve gives 0 as cost, 0 for each variable, and the reason in a number called status, 2; so it does for a person more
#          than there are places, whom an assignment elsewhere leaves out (munkres). A cost that has no end is 0, too, status 3.
#          PuLP gives what CBC last tried: 4 and 6 homes where each has at most 4, for 42, and two persons in the second place,
#          the status in a word. javascript-lp-solver gives 0 and "feasible" false. Whoever looks for the cheapest of several
#          plans by their cost takes the impossible one.
# For us:  what a solver of others answers is taken by its status first, and what it proposes is counted again against the limits.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get javascript-lp-solver@1.0.3
deb_get coinor-cbc=2.10.8+ds1-1 python3-pulp=2.6.0+dfsg-1 python3-munkres=1.1.4-3 r-base-core=4.2.2.20221110-2 \
	r-cran-lpsolve=5.6.18-1
r_here

# Homes: at least 10 of two kinds that cost 3 and 5, at most 4 of each. Persons: what each place is short of what each needs.
cat >plans.R <<'R'
library(lpSolve)
told <- function(what, plan) cat(what, "|", plan$status, " ", plan$objval, " ", paste(plan$solution, collapse = " "), "\n", sep = "")
short <- rbind(c(1, 4), c(2, 3), c(9, 1))
told("homes", lp("min", c(3, 5), rbind(c(1, 1), c(1, 0), c(0, 1)), c(">=", "<=", "<="), c(10, 4, 4)))
told("persons", lp.assign(short))
told("transport", lp.transport(short[1:2, ], "min", rep("<=", 2), c(3, 3), rep("=", 2), c(4, 4)))
told("no end", lp("max", 1, matrix(-1), "<=", 1))
R
cat >plans.py <<'PYTHON'
from munkres import Munkres
from pulp import COIN_CMD, LpMinimize, LpProblem, LpStatus, LpVariable, lpSum, value

short = [[1, 4], [2, 3], [9, 1]]

def told(what, plan, columns):
    status = LpStatus[plan.solve(COIN_CMD(msg=0))]
    print(f"{what}|{status} {value(plan.objective):g}", *(f"{column.value():g}" for column in columns))

homes = LpProblem("homes", LpMinimize)
kinds = [LpVariable("a", 0, 4), LpVariable("b", 0, 4)]
homes += 3 * kinds[0] + 5 * kinds[1]
homes += lpSum(kinds) >= 10
told("homes", homes, kinds)
persons = LpProblem("persons", LpMinimize)
placed = [[LpVariable(f"p{p}h{h}", cat="Binary") for h in range(2)] for p in range(3)]
persons += lpSum(short[p][h] * placed[p][h] for p in range(3) for h in range(2))
for row in placed:
    persons += lpSum(row) == 1
for h in range(2):
    persons += lpSum(row[h] for row in placed) <= 1
told("persons", persons, [column for row in placed for column in row])
print("munkres|" + " ".join(f"{p}-{h}" for p, h in Munkres().compute(short)))
PYTHON
cat >plans.cjs <<'JS'
const kind = (cost, name) => ({ cost, homes: 1, [name]: 1 })
console.log(JSON.stringify(require('javascript-lp-solver').Solve({
  optimize: 'cost', opType: 'min', constraints: { homes: { min: 10 }, a: { max: 4 }, b: { max: 4 } },
  variables: { a: kind(3, 'a'), b: kind(5, 'b') },
})))
JS
"$R_HOME/bin/exec/R" --vanilla --no-echo -f plans.R >r.txt
PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 plans.py >python.txt
of() { sed -n "s/^$2|//p" "$1.txt"; } # FILE PLAN
seen 'lpSolve, homes: status, cost, homes' '2 0 0 0' "$(of r homes)"
seen 'lpSolve, persons: status, cost, nobody anywhere' '2 0 0 0 0 0 0 0' "$(of r persons)"
seen 'lpSolve, transport: status, cost, amounts' '2 0 0 0 0 0' "$(of r transport)"
seen 'lpSolve, a gain without end: status, gain, value' '3 0 0' "$(of r 'no end')"
seen 'PuLP and CBC, homes, at most 4 of each' 'Infeasible 42 4 6' "$(of python homes)"
seen 'PuLP and CBC, persons by places' 'Infeasible 5 1 0 0 1 0 1' "$(of python persons)"
seen 'munkres, persons and places' '0-0 2-1' "$(of python munkres)"
seen 'javascript-lp-solver' '{"feasible":false,"result":0,"bounded":true}' "$(node plans.cjs)"
finish

#!/usr/bin/env bash
# "Between four and eight beds" has no minimum in one solver and no other limit in the next; "4 or 8" is 8, and half of the beds is none.
#
# Where:   PuLP 2.6.0 with CBC 2.10.8, cvxopt 1.3.0 (cvxopt.modeling) and Z3 4.8.12 (all Debian 12), models in Python.
# Guess:   4 <= beds <= 8 is two limits, or an error that says to write two; so is "and"; and beds * 0.5 is half of them.
# Seen:    Python takes such a chain for two comparisons joined by "and", and a limit counts as true, so the first is lost without
#          a word: PuLP and cvxopt keep "at most 8", and the cheapest plan has no bed. With "and" only what stands last is left,
#          too. Z3 refuses the chain of <=, but one of == keeps its first half, of "beds == 4 or beds == 8" only 8 is left, of
#          "beds == 4 and rooms == 2" only beds == 4. A number with decimals that meets whole numbers in Z3 is cut: beds * 0.5 is
#          beds * 0, so that half of the beds are never enough for anything.
# For us:  a limit is one row with one sign in base/linear; a model that others write is read as the solver prints it, before its
#          answer is believed.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get python3-pulp=2.6.0+dfsg-1 coinor-cbc=2.10.8+ds1-1 python3-cvxopt=1.3.0+dfsg-1+b1 python3-z3=4.8.12-3.1 libz3-4=4.8.12-3.1
LD_LIBRARY_PATH=$LD_LIBRARY_PATH:$root/usr/lib/$(uname -m)-linux-gnu/blas:$root/usr/lib/$(uname -m)-linux-gnu/lapack
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
cat >between.py <<'PYTHON'
import pulp
from cvxopt import modeling
from z3 import Ints, Solver

beds = pulp.LpVariable("beds", 0, None, "Integer")
rooms = pulp.LpVariable("rooms", 0)

def pulp_keeps(what, *limits):
    plan = pulp.LpProblem("plan", pulp.LpMinimize)
    plan += beds
    for limit in limits:
        plan += limit
    plan.solve(pulp.COIN_CMD(msg=0))
    print(f"PuLP {what}|{len(plan.constraints)} limit, {beds.value():g} beds")

pulp_keeps("chain", 4 <= beds <= 8)
pulp_keeps("and", beds >= 4 and beds <= 8)
pulp_keeps("two", beds >= 4, beds <= 8)
x = modeling.variable()
limit = 4 <= x <= 8
print(f"cvxopt chain|x {limit._f._constant[0]:+g} {limit.type()}= 0")
beds, rooms = Ints("beds rooms")

def z3_keeps(what, make):
    try:
        print(f"Z3 {what}|{make()}")
    except Exception as error:
        print(f"Z3 {what}|refused")

z3_keeps("chain", lambda: 4 <= beds <= 8)
z3_keeps("equal", lambda: beds == rooms == 4)
z3_keeps("or", lambda: beds == 4 or beds == 8)
z3_keeps("and", lambda: beds == 4 and rooms == 2)
z3_keeps("half", lambda: beds * 0.5 >= 3)
solver = Solver()
solver.add(beds >= 0, beds * 0.5 >= 3)
print(f"Z3 solve|{solver.check()}")
PYTHON
/usr/bin/python3 between.py >out.txt
of() { sed -n "s/^$1|//p" out.txt; }
seen 'PuLP: 4 <= beds <= 8, fewest beds' '1 limit, 0 beds' "$(of 'PuLP chain')"
seen 'PuLP: beds >= 4 and beds <= 8' '1 limit, 0 beds' "$(of 'PuLP and')"
seen 'PuLP: beds >= 4 and beds <= 8, as two' '2 limit, 4 beds' "$(of 'PuLP two')"
seen 'cvxopt: 4 <= x <= 8' 'x -8 <= 0' "$(of 'cvxopt chain')"
seen 'Z3: 4 <= beds <= 8' refused "$(of 'Z3 chain')"
seen 'Z3: beds == rooms == 4' 'beds == rooms' "$(of 'Z3 equal')"
seen 'Z3: beds == 4 or beds == 8' 'beds == 8' "$(of 'Z3 or')"
seen 'Z3: beds == 4 and rooms == 2' 'beds == 4' "$(of 'Z3 and')"
seen 'Z3: beds * 0.5 >= 3' 'beds*0 >= 3' "$(of 'Z3 half')"
seen 'Z3: is there a number of beds whose half is 3' unsat "$(of 'Z3 solve')"
finish

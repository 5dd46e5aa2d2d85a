#!/usr/bin/env bash
# Two persons are sent 1.8 km together where 0.3 would do, and the plan is called the best, at no cost: the limit was written without decimals.
#
# Where:   toulbar2 1.1.1 (Debian 12), a solver of costs and constraints, on a plan in its own format (cfn): two persons, two houses with
#          a place each, and kilometres as costs.
# Guess:   costs with decimals are counted as they are written, or refused; the limit ("mustbe": "<100") only says what cost is too much.
# Seen:    the limit also says how many decimals there are: with "<100" each cost is cut to whole kilometres as it is read, so 0.9 and
#          0.1 are both 0, 3.9 is 3. The answer sends Anne 0.9 km and Per 0.9 km, "Optimum: 0", though each could have gone to the
#          other's house, 0.1 and 0.2 km away. With "<100.0" the plan is that, at 0.3. Costs with two decimals are cut in the same way by
#          "<100.0": 0.19 and 0.19 make 0.0. Nothing is said of it.
# For us:  the allocation's costs are whole numbers; a model handed to such a solver counts metres, or has the limit written with as
#          many decimals as the costs have.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get toulbar2=1.1.1+dfsg-1
plan() { # LIMIT, COSTS OF ANNE, COSTS OF PER: the houses they get (0 or 1) and the cost
	cat >plan.cfn <<-JSON
		{ "problem": {"name": "places", "mustbe": "<$1"},
		  "variables": {"anne": ["fjord", "elv"], "per": ["fjord", "elv"]},
		  "functions": {
		    "km_anne": {"scope": ["anne"], "costs": [$2]},
		    "km_per": {"scope": ["per"], "costs": [$3]},
		    "one_each": {"scope": ["anne", "per"], "costs": [$1, 0, 0, $1]} } }
	JSON
	toulbar2 plan.cfn -s | sed -n '/^New solution/{n;s/^ *//;p}; s/^Optimum: \([^ ]*\) .*/costs \1/p' | paste -sd ' '
}
seen 'limit 100: Anne 0.9 or 0.1, Per 0.2 or 0.9' '0 1 costs 0' "$(plan 100 '0.9, 0.1' '0.2, 0.9')"
seen 'limit 100.0' '1 0 costs 0.3' "$(plan 100.0 '0.9, 0.1' '0.2, 0.9')"
seen 'limit 100: Anne 3.9 or 3.1, Per 3.2 or 3.9' '0 1 costs 6' "$(plan 100 '3.9, 3.1' '3.2, 3.9')"
seen 'limit 100.0' '1 0 costs 6.3' "$(plan 100.0 '3.9, 3.1' '3.2, 3.9')"
seen 'limit 100.0: 0.19 or 0.11, 0.12 or 0.19' '0 1 costs 0.0' "$(plan 100.0 '0.19, 0.11' '0.12, 0.19')"
seen 'limit 100.00' '1 0 costs 0.23' "$(plan 100.00 '0.19, 0.11' '0.12, 0.19')"
finish

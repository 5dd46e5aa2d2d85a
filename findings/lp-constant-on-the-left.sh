#!/usr/bin/env bash
# A constant on the left of an LP row is dropped without a word, and "binary" does not mean 0 or 1.
#
# Where:   HiGHS (npm highs 1.15.3), GLPK 5.0 (glpsol) and CBC 2.10.8 (Debian 12), the CPLEX LP format.
#          The format is how a suppressed table is given to a solver: known cells are constants, hidden
#          ones variables, primary ones binary.
# Guess:   "x + 1 <= 3" means x <= 2, or is refused, by all three. A variable in the Binary section has
#          the bounds 0 and 1, whatever an earlier Bounds section said.
# Seen:    HiGHS reads "x + 1 <= 3" as x <= 3 and calls 3 the optimum; GLPK and CBC refuse it.
#          After "Bounds x <= 5", "Binary x" gives 5 with HiGHS and GLPK, 1 with CBC.
# For us:  write each row with its constants summed on the right, and no bound for a binary variable.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get highs@1.15.3
deb_get glpk-utils=5.0-1 coinor-cbc=2.10.8+ds1-1

printf 'Maximize\n obj: x\nSubject To\n c: x + 1 <= 3\nEnd\n' >constant.lp
printf 'Maximize\n obj: x\nSubject To\n c: x <= 9\nBounds\n x <= 5\nBinary\n x\nEnd\n' >binary.lp
cat >solve.cjs <<'JS'
const solver = require('highs')
solver().then((h) => console.log(h.solve(require('fs').readFileSync(process.argv[2], 'utf8')).ObjectiveValue))
JS
with_highs() { node solve.cjs "$1"; }
with_glpk() { glpsol --lp "$1" -o glpk.txt >glpk.log && sed -n 's/^Objective: *obj = \([0-9]*\).*/\1/p' glpk.txt || echo refused; }
with_cbc() {
	cbc "$1" solve solution cbc.txt >cbc.log || true
	if grep -q 'not valid' cbc.log; then echo refused; else sed -n 's/^ *0 x *\([0-9]*\) .*/\1/p' cbc.txt; fi
}
for one in 'constant 3 refused refused' 'binary 5 5 1'; do
	read -r name highs glpk cbc <<<"$one"
	seen "$name, HiGHS" "$highs" "$(with_highs "$name.lp")"
	seen "$name, GLPK" "$glpk" "$(with_glpk "$name.lp")"
	seen "$name, CBC" "$cbc" "$(with_cbc "$name.lp")"
done
finish

#!/usr/bin/env bash
# One MPS file, five solvers, other optima: an integer without a bound, a negative limit, a constant.
#
# Where:   GLPK 5.0, CBC 2.10.8, CLP 1.17.6, lp_solve 5.5.2.5 (Debian 12) and HiGHS 1.15.3 (npm), reading free MPS.
# Guess:   MPS is the old, settled format; whoever reads it solves the same model. An integer column without
#          bounds may be any whole number; an upper bound below zero leaves the lower bound of zero, so nothing
#          is possible; a right-hand side of the objective row is its constant, with one sign.
# Seen:    (1) as many sites as fit under 7.5: four say 1, for between the markers a column without bounds is
#          binary to them; lp_solve says 7. (2) a change of at most -2: CBC and CLP take the lower bound away and
#          find -50; GLPK and HiGHS call it infeasible. CLP and CBC do so in MPS alone: the same model as an LP file
#          is infeasible to them too. (3) 10 new homes and a right-hand side of 83: 93 with GLPK and lp_solve,
#          -73 with CBC, CLP and HiGHS. No program warns, but HiGHS in (2).
# For us:  a model that goes to another solver as a judge has every bound written out, and its constant as a
#          column that is fixed at one.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"
deb_get glpk-utils=5.0-1 coinor-cbc=2.10.8+ds1-1 coinor-clp=1.17.6-3 lp-solve=5.5.2.5-2
npm_get highs@1.15.3

cat >integer.mps <<'END'
NAME          SITES
ROWS
 N  COST
 L  NEED
COLUMNS
    M1        'MARKER'                 'INTORG'
    SITES     COST             -1   NEED              1
    M2        'MARKER'                 'INTEND'
RHS
    RHS       NEED              7.5
ENDATA
END
cat >limit.mps <<'END'
NAME          CHANGE
ROWS
 N  COST
 G  LEAST
COLUMNS
    CHANGE    COST              1   LEAST             1
RHS
    RHS       LEAST           -50
BOUNDS
 UP BND       CHANGE           -2
ENDATA
END
printf 'Minimize\n cost: change\nSubject To\n least: change >= -50\nBounds\n change <= -2\nEnd\n' >limit.lp
cat >constant.mps <<'END'
NAME          HOMES
ROWS
 N  COST
 G  LEAST
COLUMNS
    HOMES     COST              1   LEAST             1
RHS
    RHS       LEAST            10   COST             83
ENDATA
END
cat >highs.cjs <<'END'
const [file, format] = process.argv.slice(2);
require('highs')().then(highs => highs.withModel(model => {
	model.readModel({ format, data: require('fs').readFileSync(file, 'utf8') });
	model.run();
	console.log(model.exportSolution(true));
}));
END

# SOLVER FILE: the optimum, or "infeasible"
optimum() {
	case $1 in
	glpk) case $2 in *.lp) glpsol --lp "$2" -o out ;; *) glpsol --freemps "$2" -o out ;; esac ;;
	cbc) cbc "$2" solve solu out ;;
	clp) clp "$2" -solve -solution out ;;
	lp_solve) lp_solve -fmps "$2" -S3 >out ;;
	highs) node highs.cjs "$2" "${2##*.}" >out ;;
	esac >log 2>&1
	if grep -qi infeasible out; then echo infeasible; else
		sed -En 's/^(Objective: +[^=]*= |Optimal - objective value +|Value of objective function: +|Objective value: +)(-?[0-9]+).*/\2/p; s/^optimal$/optimal/p' out log | sed -n 1p
	fi
}
all() { for solver in "$@"; do printf '%s ' "$solver" "$(optimum "$solver" "$file")"; done; }

file=integer.mps
seen 'an integer without bounds' 'glpk -1 cbc -1 clp -1 highs -1 lp_solve -7 ' "$(all glpk cbc clp highs lp_solve)"
file=limit.mps
seen 'a negative upper bound' 'glpk infeasible cbc -50 clp -50 highs infeasible ' "$(all glpk cbc clp highs)"
file=limit.lp
seen 'the same as an LP file' 'glpk infeasible cbc infeasible clp infeasible highs infeasible ' "$(all glpk cbc clp highs)"
file=constant.mps
seen 'a right-hand side of the objective' 'glpk 93 cbc -73 clp -73 highs -73 lp_solve 93 ' "$(all glpk cbc clp highs lp_solve)"
finish

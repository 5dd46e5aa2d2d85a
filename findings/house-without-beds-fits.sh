#!/usr/bin/env bash
# A house without beds fits where staff per bed must "not be above" a limit, and not where it must be "at most" that.
#
# Where:   MiniZinc 2.6.4 with its Gecode solver (Debian 12), models in which an index has no entry or a number is divided
#          by 0.
# Guess:   not (a > b) is a <= b, and not (a = b) is a != b; a house with 0 beds, or number 5 of 3, is an error or out of
#          the question in each way of writing.
# Seen:    what is not defined makes the nearest comparison false, and "not" before it makes it true. Of three houses
#          with 2, 0 and 4 beds, "not (100 div beds > 40)" chooses the second, "100 div beds <= 40" the third. Of a list
#          of three, the highest number that is "not (p[i] = 2)" is 5, and that is "p[i] != 2" is 3. A condition "if
#          p[i] >= 1 then i < 3" lets 5 through. No program warns.
# For us:  an oracle in such a language says of each number that it divides by that it is above 0, and of each index that
#          it is in range; in our rules a fact that has no answer is asked for, never false.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get minizinc=2.6.4+dfsg1-1
share=$root/usr/share/minizinc
[[ -d $share ]] || share=/usr/share/minizinc
best() { # MODEL: the last value that the solver finds
	printf '%s\n' "$1" >model.mzn
	minizinc --stdlib-dir "$share" --solver gecode -c --fzn model.fzn --ozn model.ozn model.mzn >minizinc.log 2>&1 || { cat minizinc.log; return; }
	fzn-gecode model.fzn 2>&1 | sed -n 's/;$//p' | tail -1
}
houses='array[1..3] of int: beds = [2, 0, 4]; var 1..3: house; solve minimize house; constraint'
list='array[1..3] of int: p = [1, 2, 3]; var 0..5: i; solve maximize i; constraint'
seen 'not (100 div beds > 40)' 'house = 2' "$(best "$houses not (100 div beds[house] > 40);")"
seen '100 div beds <= 40' 'house = 3' "$(best "$houses 100 div beds[house] <= 40;")"
seen 'not (p[i] = 2)' 'i = 5' "$(best "$list not (p[i] = 2);")"
seen 'p[i] != 2' 'i = 3' "$(best "$list p[i] != 2;")"
seen 'p[i] >= 1 -> i < 3' 'i = 5' "$(best "$list p[i] >= 1 -> i < 3;")"
finish

#!/usr/bin/env bash
# One office gives Anne another house, the other takes her row out: merged, she is out, and no conflict is told; whom both add is there twice.
#
# Where:   daff 1.4.2 (npm), which compares and merges tables by their cells; two offices change copies of one list, merged with the list
#          from which both began ("daff merge", which git can be set to use), with and without a key (--id).
# Guess:   what both changed is a conflict if they differ, a row that one changed and the other took out as well; what both did in the same
#          way is done once, a new row as well.
# Seen:    only a cell to which both gave other values is a conflict, told in the cell and by status 1. A row that one took out is out,
#          whatever the other wrote into it, status 0, whichever file comes first; so is a column. A row that both added is added
#          twice, with the same number, too, and with --id id, and if the two differ in the house, both stand there: one person in
#          two houses. A person whom both changed in the same way is there once.
# For us:  two offices' changes meet in the register, one by one, each under its case; a merged file is checked for numbers that stand
#          twice, and for those that are gone.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get daff@1.4.2
list() { printf '%s\n' id,name,house "$@"; }
list 1,Anne,Fjord 2,Bo,Elv 3,Cam,Fjord >before.csv
merged() { # [--id COLUMN]: of one.csv and two.csv, and the status
	local status=0
	node node_modules/daff/bin/daff.js merge "$@" before.csv one.csv two.csv >out.csv 2>err || status=$?
	echo "$(sed 1d out.csv | tr -d '\r' | paste -sd ' '); $status"
}
list 1,Anne,Elv 2,Bo,Elv 3,Cam,Fjord >one.csv
list 1,Anne,Bakke 2,Bo,Elv 3,Cam,Fjord >two.csv
seen 'two houses for Anne' '1,Anne,((( Fjord ))) Elv /// Bakke 2,Bo,Elv 3,Cam,Fjord; 1' "$(merged)"
list 2,Bo,Elv 3,Cam,Fjord >two.csv
seen 'another house for Anne; taken out' '2,Bo,Elv 3,Cam,Fjord; 0' "$(merged)"
seen '  by id' '2,Bo,Elv 3,Cam,Fjord; 0' "$(merged --id id)"
mv one.csv swap.csv && mv two.csv one.csv && mv swap.csv two.csv
seen '  the other way round' '2,Bo,Elv 3,Cam,Fjord; 0' "$(merged --id id)"
list 1,Anne,Elv 2,Bo,Elv 3,Cam,Fjord | tee one.csv >two.csv
seen 'the same house for Anne, by both' '1,Anne,Elv 2,Bo,Elv 3,Cam,Fjord; 0' "$(merged --id id)"
list 1,Anne,Fjord 2,Bo,Elv 3,Cam,Fjord 4,Dag,Elv | tee one.csv >two.csv
seen 'Dag added by both' '1,Anne,Fjord 2,Bo,Elv 3,Cam,Fjord 4,Dag,Elv 4,Dag,Elv; 0' "$(merged --id id)"
list 1,Anne,Fjord 2,Bo,Elv 3,Cam,Fjord 4,Dag,Bakke >two.csv
seen '  into two houses' '1,Anne,Fjord 2,Bo,Elv 3,Cam,Fjord 4,Dag,Bakke 4,Dag,Elv; 0' "$(merged --id id)"
sed 's/,[^,]*$//' before.csv >one.csv
list 1,Anne,Elv 2,Bo,Elv 3,Cam,Fjord >two.csv
seen 'the column of houses taken out; another house for Anne' '1,Anne 2,Bo 3,Cam; 0' "$(merged --id id)"
finish

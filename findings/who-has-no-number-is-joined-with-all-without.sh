#!/usr/bin/env bash
# Who has no identity number gets the house of everybody else who has none: two persons and two stays without a number become four rows.
#
# Where:   joins of two tables by a number that may be empty: R merge, dplyr 1.0.10 and data.table 1.14.8, pandas 1.5.3, csvkit 1.0.7, Miller
#          6.6.0, join of coreutils 9.1 (Debian 12), alasql 4.19.1 (npm); beside them DuckDB 1.5.6 (npm) and SQLite of Python.
# Guess:   as in SQL, what is not known is equal to nothing, so who has no number gets no house; a program of tables of text may say
#          that an empty key is one.
# Seen:    in all eight the empty number is a number: Per and Åse, who have none, both get Dal and Berg, of whoever lives there. So it is for
#          NA of R and NaN of pandas, which are not equal to themselves when compared, and in alasql, whose language is SQL, for null.
#          Nothing is said but by more rows; with one such person on each side the number of rows is right as well. DuckDB and
#          SQLite join nobody with null.
# For us:  a person is found by a number that is there, or by hand; whoever joins our tables takes out what has no number first.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get alasql@4.19.1 @duckdb/node-api@1.5.6-r.1
deb_get r-base-core=4.2.2.20221110-2 r-cran-dplyr=1.0.10-1 r-cran-data.table=1.14.8+dfsg-1 python3-pandas=1.5.3+dfsg-2 csvkit=1.0.7-1 miller=6.6.0-2+b3 coreutils=9.1-1
r_here
printf 'nr,name\n,Per\n,Åse\n800101,Kari\n' >persons.csv
printf 'nr,house\n,Berg\n,Dal\n800101,Fjord\n' >stays.csv
sorted() { tr -d '"\r' | tail -n +2 | awk -F, '{ print $(NF - 1) "-" $NF }' | sort | paste -sd ' '; }
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages({library(dplyr); library(data.table)}); a <- read.csv('persons.csv'); b <- read.csv('stays.csv')
write.csv($1, row.names = FALSE)" 2>/dev/null | sorted; }
python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 "$@"; }
cat >sql.mjs <<'JS'
import alasql from 'alasql'
import { DuckDBInstance } from '@duckdb/node-api'
const persons = [{ nr: null, name: 'Per' }, { nr: null, name: 'Åse' }, { nr: 800101, name: 'Kari' }]
const stays = [{ nr: null, house: 'Berg' }, { nr: null, house: 'Dal' }, { nr: 800101, house: 'Fjord' }]
const join = (a, b) => `select a.name, b.house from ${a} a join ${b} b on a.nr = b.nr`
const engines = {
    alasql: () => alasql(join('?', '?'), [persons, stays]).map((row) => [row.name, row.house]),
    duckdb: async () => (await (await (await DuckDBInstance.create()).connect()).runAndReadAll(join("'persons.csv'", "'stays.csv'"))).getRowsJson(),
}
console.log(['name,house', ...(await engines[process.argv[2]]()).map((row) => row.join(','))].join('\n'))
JS
all='Kari-Fjord Per-Berg Per-Dal Åse-Berg Åse-Dal'
seen 'R: merge' "$all" "$(r 'merge(a, b)')"
seen 'dplyr: inner_join' "$all" "$(r 'inner_join(a, b, by = "nr")')"
seen 'data.table: merge' "$all" "$(r 'merge(as.data.table(a), as.data.table(b), by = "nr")')"
seen 'pandas: merge' "$all" "$(python -c 'import pandas; print(pandas.read_csv("persons.csv").merge(pandas.read_csv("stays.csv")).to_csv(index=False))' | sed '/^$/d' | sorted)"
seen 'csvkit: csvjoin' "$all" "$(python "$root/usr/bin/csvjoin" -c nr persons.csv stays.csv | sorted)"
seen 'Miller: join' "$all" "$(mlr --csv join -j nr -f persons.csv stays.csv | sorted)"
seen 'coreutils: join' "$all" "$("$root/usr/bin/join" -t , persons.csv stays.csv --header | sorted)"
seen 'alasql' "$all" "$(node sql.mjs alasql | sorted)"
seen 'DuckDB' Kari-Fjord "$(node sql.mjs duckdb | sorted)"
seen 'SQLite' Kari-Fjord "$(python -c 'import sqlite3
table = sqlite3.connect(":memory:")
table.executescript("create table a (nr, name); create table b (nr, house)")
table.executemany("insert into a values (?, ?)", [(None, "Per"), (None, "Åse"), (800101, "Kari")])
table.executemany("insert into b values (?, ?)", [(None, "Berg"), (None, "Dal"), (800101, "Fjord")])
print("name,house", *map(",".join, table.execute("select name, house from a join b using (nr)")), sep="\n")' | sorted)"
one() { printf 'nr,name\n,Per\n800101,Kari\n' >persons.csv; printf 'nr,house\n,Berg\n800101,Fjord\n' >stays.csv; }
one
seen 'R: merge, one on each side' 'Kari-Fjord Per-Berg' "$(r 'merge(a, b)')"
finish

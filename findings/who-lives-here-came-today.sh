#!/usr/bin/env bash
# Of all who live in a house on 31 December everybody came on that day and leaves on that day, and has stayed no day.
#
# Where:   R data.table 1.14.8 (Debian 12), a join of stays to a day of counting, the usual way to say who was in a place on
#          that day: stays[days, on = .(from <= day, to >= day)].
# Guess:   a join adds columns and leaves those that are there: from and to are those of the stay, and day stands beside them.
# Seen:    the right persons come out, but from and to both hold the day of counting, under their old names, and there is no column
#          day: a stay of 360 days is one of 0. Nothing is said. Where columns are picked, from is the day of counting too,
#          and x.from that of the stay; an update by the same join (:=) leaves the stay as it was.
# For us:  whoever counts from our tables who was where on a day picks x.from and x.to, and looks at one row.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-data.table=1.14.8+dfsg-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(data.table)); options(warn = 2)
stays <- data.table(who = c('Kari', 'Ola', 'Per'), from = as.Date(c('2026-01-05', '2026-11-01', '2026-02-01')),
  to = as.Date(c('2027-03-01', '2026-12-31', '2026-06-30')))
days <- data.table(day = as.Date('2026-12-31'))
there <- stays[days, on = .(from <= day, to >= day)]
cat(format($1))"; }
seen 'who is there' 'Kari Ola' "$(r "paste(there\$who, collapse = ' ')")"
seen 'columns' 'who from to' "$(r 'paste(names(there), collapse = " ")')"
seen 'from' '2026-12-31 2026-12-31' "$(r "there\$from")"
seen 'to' '2026-12-31 2026-12-31' "$(r "there\$to")"
seen 'days of the stay until then' '0 0' "$(r "as.integer(as.Date('2026-12-31') - there\$from)")"
on='on = .(from <= day, to >= day)]'
seen 'from, picked' '2026-12-31 2026-12-31' "$(r "stays[days, .(day = from), $on\$day")"
seen 'x.from, picked' '2026-01-05 2026-11-01' "$(r "stays[days, .(day = x.from), $on\$day")"
seen 'from, the stays marked by such a join' '2026-01-05 2026-11-01' "$(r "stays[days, there := TRUE, ${on}[there == TRUE]\$from")"
finish

#!/usr/bin/env bash
# March 2026 is in the third quarter, April in the fourth, and the cases of May to December are in none.
#
# Where:   R zoo 1.8-11 (Debian 12), as.yearqtr, which makes quarters of the column of months or days of a table.
# Guess:   "2026-03" is a month, as it is for as.yearmon of the same package, so it lies in 2026 Q1; or it is refused, as it names no
#          quarter. A day as text, "2026-03-15", is that day.
# Seen:    what follows the year and a hyphen is the number of the quarter, and the rest is not read: "2026-03" and "2026-03-15" are
#          2026 Q3, "2026-04" is Q4, May to December are not known, and nothing is said. Of ten cases a month 120 go in, and a
#          table by quarter has 40, ten in each. By way of as.yearmon, or of as.Date for days, it is right.
# For us:  tables for others have the first day of their period as a day; whoever makes quarters of it in R does so from a date, never
#          from its text, and compares the sum.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-zoo=1.8-11-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(zoo)); options(warn = 2)
month <- sprintf('2026-%02d', 1:12); cases <- rep(10, 12)
by <- function(quarter) { n <- tapply(cases, format(quarter), sum); paste(names(n), n, collapse = ', ') }
cat(format($1))"; }
seen '2026-03' '2026 Q3' "$(r "as.yearqtr('2026-03')")"
seen '2026-03-15, as text' '2026 Q3' "$(r "as.yearqtr('2026-03-15')")"
seen '2026-04' '2026 Q4' "$(r "as.yearqtr('2026-04')")"
seen '2026-05 and 2026-12' 'NA NA' "$(r "as.yearqtr(c('2026-05', '2026-12'))")"
seen '2026-03 as a month' 'Mar 2026' "$(r "as.yearmon('2026-03')")"
seen 'ten cases a month' '2026 Q1 10, 2026 Q2 10, 2026 Q3 10, 2026 Q4 10' "$(r 'by(as.yearqtr(month))')"
seen 'by way of the month' '2026 Q1 30, 2026 Q2 30, 2026 Q3 30, 2026 Q4 30' "$(r 'by(as.yearqtr(as.yearmon(month)))')"
seen 'by way of the day' '2026 Q1' "$(r "as.yearqtr(as.Date('2026-03-15'))")"
finish

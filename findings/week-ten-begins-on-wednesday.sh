#!/usr/bin/env bash
# Week 10 of the calendar is week 9, begins on Wednesday in one package and on Thursday in the next, and New Year's Day is in a week with 31 December.
#
# Where:   R epitools 0.5-10.1 (as.week), data.table 1.14.8 and lubridate 1.9.2 (week), beside them incidence 1.7.3, lubridate's isoweek and
#          R 4.2.2 itself (all Debian 12): the week in which a referral came, for counts by week.
# Guess:   weeks that begin on Monday, when that is asked for, are those of the calendar on the wall (ISO 8601, "uke 10"), and the functions
#          named week agree with each other.
# Seen:    2 to 8 March 2026 are week 10. epitools, asked for Mondays, has 09 for all seven days, and so for the whole year one too few; the
#          first four days of 2026 are week 52, as are the last four of December, so that referrals of a year's two ends are counted
#          together. Its usual weeks begin on Sunday. week of lubridate counts blocks of seven days from 1 January, in 2026 from
#          Thursday to Wednesday, so week 10 begins on 5 March; week of data.table is a day ahead of that: 4 March. isoweek
#          and incidence have 10. 31 December 2026 is a week 53 of one day in both.
# For us:  a week is written with its year (2026-W10) and counts from Monday; a list by week has the first day beside the number.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-epitools=1:0.5-10.1-2 r-cran-data.table=1.14.8+dfsg-1 r-cran-lubridate=1.9.2+dfsg-1 r-cran-incidence=1.7.3-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "march <- as.Date('2026-03-02') + 0:6
ends <- as.Date(c('2026-01-01', '2026-12-31', '2027-01-01'))
epi <- function(day, sunday) epitools::as.week(day, sunday = sunday)\$week
inc <- function(day) unique(as.character(as.data.frame(suppressMessages(incidence::incidence(day, 'week')))\$isoweeks))
cat($1)" 2>/dev/null | tail -1; }
seen 'calendar, Monday 2 to Sunday 8 March 2026' '10 10 10 10 10 10 10' "$(r "format(march, '%V')")"
seen 'epitools, weeks from Monday' '09 09 09 09 09 09 09' "$(r 'epi(march, FALSE)')"
seen 'epitools, as it comes' '09 09 09 09 09 09 10' "$(r 'epi(march, TRUE)')"
seen 'data.table, week' '9 9 10 10 10 10 10' "$(r 'data.table::week(march)')"
seen 'lubridate, week' '9 9 9 10 10 10 10' "$(r 'lubridate::week(march)')"
seen 'lubridate, isoweek' '10 10 10 10 10 10 10' "$(r 'lubridate::isoweek(march)')"
seen 'incidence' 2026-W10 "$(r 'inc(march)')"
seen 'calendar, 1 January, 31 December, 1 January' '2026-01 2026-53 2026-53' "$(r "format(ends, '%G-%V')")"
seen 'epitools, weeks from Monday' '52 52 52' "$(r 'epi(ends, FALSE)')"
seen 'data.table, week' '1 53 1' "$(r 'data.table::week(ends)')"
seen 'lubridate, week' '1 53 1' "$(r 'lubridate::week(ends)')"
finish

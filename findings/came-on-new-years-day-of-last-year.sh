#!/usr/bin/env bash
# Who moved in on 1 January 2027 moved in in 2026, the home lost that day was lost in 2026, and whoever turns 18 today is 17.
#
# Where:   R Epi 2.47 (cal.yr, Lexis, splitLexis, timeBand), which makes follow-up by calendar year and age out of dates; beside it
#          popEpi 0.4.10 (get.yrs) and lubridate 1.9.2 (decimal_date), all Debian 12.
# Guess:   the first of January is the whole number of its year, so that events and person-years of 2027 are those from that day on,
#          and from a birthday to the eighteenth after it are 18.
# Seen:    cal.yr takes days since 1970 by 365.25. Of the ten New Year's Days from 2020 to 2029 five are in the year before: 2020,
#          2023, 2024, 2027 and 2028, by six or twelve hours. A stay that begins on 1 January 2027 gets a row of its own for
#          2026, nobody's day, and an event on that day counts there. From 1 March 2009 to 1 March 2027 are 17.9986 years, so an
#          age group from 18 begins a day late; in other years it is right, and a test with those says nothing. popEpi and lubridate
#          give the whole number.
# For us:  years and ages come from the date's own digits, and the first and last days of a year are tested for each of four years.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-epi=2.47-1 r-cran-popepi=0.4.10+dfsg-1 r-cran-lubridate=1.9.2+dfsg-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages({library(Epi); library(popEpi); library(lubridate)})
new_year <- as.Date(paste0(2020:2029, '-01-01'))
cal <- function(day) as.numeric(cal.yr(as.Date(day)))
stay <- function(to) { l <- suppressMessages(Lexis(list(per = cal('2026-06-01')), list(per = cal(to)), exit.status = 1, entry.status = 0)); s <- splitLexis(l, 2020:2030, 'per'); paste(timeBand(s, 'per', 'left'), s\$lex.Xst, sep = ':') }
begun <- function(from) { l <- suppressMessages(Lexis(list(per = cal(from)), list(per = cal('2027-06-01')), exit.status = 1, entry.status = 0)); timeBand(splitLexis(l, 2020:2030, 'per'), 'per', 'left') }
cat($1)" 2>/dev/null | tail -1; }
seen 'Epi: years of 1 January 2020 to 2029' '2019 2021 2022 2022 2023 2025 2026 2026 2027 2029' "$(r 'floor(cal(new_year))')"
seen 'popEpi' '2020 2021 2022 2023 2024 2025 2026 2027 2028 2029' "$(r 'floor(get.yrs(new_year))')"
seen 'lubridate' '2020 2021 2022 2023 2024 2025 2026 2027 2028 2029' "$(r 'floor(decimal_date(new_year))')"
seen 'Epi: years of a stay from 1 January 2027' '2026 2027' "$(r "begun('2027-01-01')")"
seen 'Epi: years of a stay from 1 January 2026' 2026 "$(r "begun('2026-01-01')[1]")"
seen 'Epi: home lost on 1 January 2027, year:lost' '2026:1' "$(r "stay('2027-01-01')")"
seen 'Epi: home lost on 2 January 2027, year:lost' '2026:0 2027:1' "$(r "stay('2027-01-02')")"
seen 'Epi: age on the eighteenth birthday' 17.9986 "$(r "format(cal('2027-03-01') - cal('2009-03-01'), digits = 6)")"
seen 'Epi: age on the eighteenth birthday, born 2010' 18.0014 "$(r "format(cal('2028-03-01') - cal('2010-03-01'), digits = 6)")"
finish

#!/usr/bin/env bash
# Who got a place on the day of the referral is left out by two packages of R, so that the others seem to wait longer.
#
# Where:   R Epi 2.47, popEpi 0.4.10, etm 1.1.1, cmprsk 2.2-11 and survival 3.5-3 (Debian 12), on four referrals: two
#          placed the same day, one after ten days, one still waiting after twenty.
# Guess:   a wait of 0 days is a wait: half are placed on day 0, wherever curves or rates are made of it.
# Seen:    survival and cmprsk count them as long as a wait is one number (half on day 0). As a start and an end, the same
#          in other words, survival makes them missing; Epi's Lexis() and popEpi's lexpand() drop them, with a note among
#          others: one of two is placed, after ten days. etm and survSplit() end with an error. A count by Epi has one
#          placed in 30 days of waiting, not three.
# For us:  a wait of 0 days counts as a wait, and counts of cases are compared with the records that went in.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-survival=3.5-3-1 r-cran-cmprsk=2.2-11-1 r-cran-epi=2.47-1 r-cran-popepi=0.4.10+dfsg-1 r-cran-etm=1.1.1-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages({library(survival); library(cmprsk); library(Epi); library(popEpi); library(etm)})
d <- data.frame(from = as.Date('2026-03-02') + 0, days = c(0, 0, 10, 20), placed = c(1, 1, 1, 0), born = as.Date('1985-01-01'))
d\$to <- d\$from + d\$days
lexis <- function() suppressMessages(Lexis(entry = list(day = as.numeric(from)), exit = list(day = as.numeric(to)), exit.status = placed, data = d))
x <- suppressWarnings(suppressMessages(try($1, silent = TRUE)))
cat('\n', if (inherits(x, 'try-error')) 'error' else x, sep = '')" 2>/dev/null | tail -1; }
# shellcheck disable=SC2016 # R's own dollar signs
{
seen 'survival: placed on day 0' 0.5 "$(r '1 - summary(survfit(Surv(days, placed) ~ 1, d), times = 0)$surv')"
seen 'cmprsk: placed on day 0' 0.5 "$(r 'timepoints(cuminc(d$days, d$placed), 0)$est[1]')"
seen 'survival, start and end: cases' 2 "$(r 'survfit(Surv(rep(0, 4), days, placed) ~ 1, d)$n')"
seen 'Epi: cases' 2 "$(r 'nrow(lexis())')"
seen 'Epi: placed, in days' '1 30' "$(r 'paste(sum(lexis()$lex.Xst == 1), sum(lexis()$lex.dur))')"
seen 'popEpi: cases' 2 "$(r 'nrow(lexpand(d, birth = born, entry = from, exit = to, status = placed))')"
seen 'etm' error "$(r 'etmCIF(Surv(days, placed) ~ 1, d, etype = placed, failcode = 1)')"
seen 'survSplit' error "$(r 'survSplit(Surv(days, placed) ~ ., d, cut = 5)')"
}
finish

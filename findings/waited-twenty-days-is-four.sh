#!/usr/bin/env bash
# Three who waited 10, 20 and 30 days waited four on average, and four who waited 25 less than one: the model takes days for glances.
#
# Where:   R msm 1.7 (Debian 12), models of persons who go from state to state (waits, has a place, has a home), the mean stay in each by
#          sojourn.msm, on the days on which each state began.
# Guess:   with a row for each day on which something changed, and nobody left out, the mean stay is the mean: 20 days of waiting,
#          40 in the place. Otherwise the call says that it did not come to an end.
# Seen:    rows are taken for glances at a person on arbitrary days, between which anything may have happened, unless exacttimes = TRUE.
#          The mean wait is then 4 days and the stay 31; the optimiser says it converged (0). With two states only, and rows at the
#          start and at the move, any shorter wait fits the rows as well: it comes out as some part of a day, and another one for
#          another first guess. deathexact = TRUE makes the last state exact, and gives 3 and 57 days. With exacttimes they are 20
#          and 40. Who still waits and has but one row is left out, with a warning; a second row on the last day brings the mean
#          from 25 to 50.
# For us:  the routine's events are days on which something happened, and each file of them says up to which day it is known;
#          who models them in R says exacttimes = TRUE and gives who still waits a row on that day.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-msm=1.7-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(msm))
three <- data.frame(id = rep(1:3, each = 3), day = c(0, 10, 40, 0, 20, 50, 0, 30, 90), state = rep(1:3, 3))
four <- data.frame(id = rep(1:4, each = 2), day = as.vector(rbind(0, c(10, 20, 30, 40))), state = rep(1:2, 4))
one <- rbind(four, data.frame(id = 5, day = 0, state = 1))
two <- rbind(one, data.frame(id = 5, day = 100, state = 1))
fit <- function(data, ...) msm(state ~ day, subject = id, data = data, ...)
fit3 <- function(...) fit(three, qmatrix = rbind(c(0, .1, 0), c(0, 0, .1), 0), ...)
fit2 <- function(data, start = .1, ...) fit(data, qmatrix = rbind(c(0, start), 0), ...)
means <- function(model) round(sojourn.msm(model)\$estimates)
cat($1)" 2>/dev/null | tail -1; }
seen 'mean wait and stay, as they are' '20 40' "$(r 'mean(c(10, 20, 30)), mean(c(30, 30, 60))')"
seen 'by msm' '4 31' "$(r 'means(fit3())')"
seen 'optimiser, 0 is well' 0 "$(r "fit3()\$opt\$convergence")"
seen 'the last state exact' '3 57' "$(r 'means(fit3(deathexact = TRUE))')"
seen 'all exact' '20 40' "$(r 'means(fit3(exacttimes = TRUE))')"
seen 'four who waited 25' 0 "$(r 'means(fit2(four))')"
seen 'the same twice, another first guess' FALSE "$(r "isTRUE(all.equal(sojourn.msm(fit2(four))\$estimates, sojourn.msm(fit2(four, .01))\$estimates, tolerance = .1))")"
seen 'all exact' 25 "$(r 'means(fit2(four, exacttimes = TRUE))')"
seen 'a fifth still waits, one row' 25 "$(r 'means(fit2(one, exacttimes = TRUE))')"
seen 'a fifth still waits on day 100' 50 "$(r 'means(fit2(two, exacttimes = TRUE))')"
finish

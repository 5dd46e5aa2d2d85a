#!/usr/bin/env bash
# In three houses in which nobody of 15 lost the home 8 per cent lost it, and where all ten kept it 95 per cent did: half a person is added.
#
# Where:   R metafor 3.8-1 (Debian 12), escalc and rma, which put the figures of several houses or districts together.
# Guess:   a share (measure "PR") is the number divided by all; 0 of 10 is 0. A logarithm of nothing may need help, a share or a rate does
#          not, and a row is reckoned the same way whatever its number.
# Seen:    where a number is 0, or nobody is left, half a person is added to it and to the rest, without a word: 0 of 10 is 0.045,
#          10 of 10 is 0.955, and 1 of 10 stays 0.1, so that one loss looks but twice as bad as none. 0 losses in 120 years are
#          0.0042 a year, and 0 of 10 less 3 of 10 is -0.27. Put together, three houses of 4, 5 and 6 persons without a loss have
#          0.082. to = "none" gives 0, and then rma ends with an error.
# For us:  shares are told as two whole numbers, "0 of 15", and no mean is made of houses' shares: the persons are added.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-metafor=3.8-1-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(metafor))
of <- function(...) cat(round(as.numeric(as.data.frame(escalc(...))\$yi), 4))
all <- function(...) cat(tryCatch(round(as.numeric(coef(rma(...))), 3), error = function(e) 'error'))
$1" 2>"$tmp/said" | tail -1; }
seen '0, 1 and 10 of 10' '0.0455 0.1 0.9545' "$(r "of('PR', xi = c(0, 1, 10), ni = c(10, 10, 10))")"
seen 'said' '' "$(cat said)"
seen '0 losses in 120 years' 0.0042 "$(r "of('IR', xi = 0, ti = 120)")"
seen '0 of 10 less 3 of 10' -0.2727 "$(r "of('RD', ai = 0, bi = 10, ci = 3, di = 7)")"
seen '0 of 4, of 5 and of 6, put together' 0.082 "$(r "all(xi = c(0, 0, 0), ni = 4:6, measure = 'PR')")"
seen 'said' '' "$(cat said)"
seen '0 of 10, nothing added' 0 "$(r "of('PR', xi = 0, ni = 10, to = 'none')")"
seen 'the three, nothing added' error "$(r "all(xi = c(0, 0, 0), ni = 4:6, measure = 'PR', to = 'none')")"
finish

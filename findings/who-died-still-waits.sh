#!/usr/bin/env bash
# Who died while waiting for a place counts as still waiting, and who waits as an outcome: the alphabet decides.
#
# Where:   R survival 3.5-3, cmprsk 2.2-11 and prodlim 2019.11.13 (Debian 12), the share placed of a waiting list whose
#          cases end by a place (plass) or death (død), or go on (venter), told by these words.
# Guess:   words are refused, or it must be said which of them means "goes on"; as with numbers, where 0 does.
# Seen:    no package refuses or asks. survival takes the factor's first level for "goes on", in the order of the
#          alphabet "død": the dead leave the count as if they were still waiting, and "venter" is an outcome with a
#          curve of its own. cmprsk and prodlim look for a 0 among the words, find none, and nobody is still waiting.
#          Of eight cases 0.406, 0.375 and 0.375 are placed; with "goes on" named, all three say 0.465.
# For us:  what ended a case is a column of codes, and "goes on" is an empty cell; whoever hands the words to R names the
#          level: factor(x, c("venter", "plass", "død")), cencode = "venter", cens.code = "venter".
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-survival=3.5-3-1 r-cran-cmprsk=2.2-11-1 r-cran-prodlim=2019.11.13-1+b1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages({library(survival); library(cmprsk); library(prodlim)})
d <- data.frame(day = 1:8 * 10, how = c('plass', 'venter', 'plass', 'død', 'venter', 'plass', 'død', 'venter'))
mstate <- function(ends) { s <- summary(survfit(Surv(d\$day, ends) ~ 1), times = 80); setNames(s\$pstate[1, ], s\$states) }
cif <- function(...) { t <- timepoints(cuminc(d\$day, d\$how, ...), 80)\$est; setNames(t[, 1], sub('1 ', '', rownames(t))) }
pl <- function(f) predict(prodlim(f, d), cause = 'plass', times = 80)
cat(format($1, digits = 3))" 2>/dev/null | tail -1; }
named="factor(d\$how, c('venter', 'plass', 'død'))"
seen 'survival: placed' 0.406 "$(r "mstate(factor(d\$how))['plass']")"
seen 'survival: "outcomes"' '(s0) plass venter' "$(r "names(mstate(factor(d\$how)))" | tr -s ' ' | sed 's/ $//')"
seen 'cmprsk: placed' 0.375 "$(r "cif()['plass']")"
seen 'prodlim: placed' 0.375 "$(r 'pl(Hist(day, how) ~ 1)')"
seen 'survival: placed, the level named' 0.465 "$(r "mstate($named)['plass']")"
seen 'cmprsk: placed, the code named' 0.465 "$(r "cif(cencode = 'venter')['plass']")"
seen 'prodlim: placed, the code named' 0.465 "$(r "pl(Hist(day, how, cens.code = 'venter') ~ 1)")"
finish

#!/usr/bin/env bash
# Who got a place at 50 is compared with somebody of 70, though one of 49 is free: of scores between 0 and 1 none is nearer than another.
#
# Where:   R MatchIt 4.5.1 (Debian 12), matchit with its default settings, which finds for each person with a service the most alike without
#          it, to tell what the service did.
# Guess:   method "nearest" takes the nearest who is free, by any distance, and a caliper leaves out whoever has nobody near.
# Seen:    with the default, a score (the chance of having got the service, between 0 and 1), differences are cut to whole numbers, and so
#          are all 0. Treated persons of 30, 40 and 50 years and others of 31, 41, 49 and 70: 50 gets 70, whose score is 0.20 away,
#          and not 49, 0.01 away, also when others may be used again; a caliper of 0.04 keeps the pair. Of 20 persons who may each
#          have the nearest of 30, 7 get another one. Ages themselves as the distance are whole and right, a hundredth of
#          them is not; Mahalanobis is right. Nothing is said. Later versions have it mended, Debian 12 keeps this one.
# For us:  what became of persons is told as counts beside each other; who compares them in this way looks at the pairs, or gives a
#          distance made by hand: the score times a million.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-matchit=4.5.1-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(MatchIt))
age <- c(30, 40, 50, 31, 41, 49, 70)
few <- data.frame(age, got = rep(1:0, 3:4), row.names = age)
pairs <- function(...) { p <- matchit(got ~ age, few, ...)\$match.matrix; cat(paste0(rownames(p), '-', p[, 1])) }
score <- matchit(got ~ age, few)\$distance
set.seed(1); many <- data.frame(age = sample(18:90, 50), got = rep(1:0, c(20, 30)))
others <- function(scale) {
  taken <- as.integer(matchit(got ~ age, many, distance = many\$age * scale, replace = TRUE)\$match.matrix[, 1])
  nearest <- sapply(1:20, function(one) min(abs(many\$age[one] - many\$age[21:50])))
  cat(sum(abs(many\$age[1:20] - many\$age[taken]) > nearest))
}
$1" 2>/dev/null | tail -1; }
seen 'score' '30-31 40-41 50-70' "$(r 'pairs()')"
seen 'from 50: to 49, to 70' '0.01 0.2' "$(r "cat(round(abs(score['50'] - score[c('49', '70')]), 2))")"
seen 'score, others may be used again' '30-31 40-41 50-70' "$(r 'pairs(replace = TRUE)')"
seen 'score, caliper of 0.04' '30-31 40-41 50-70' "$(r 'pairs(caliper = 0.04, std.caliper = FALSE)')"
seen 'score times a million' '30-31 40-41 50-49' "$(r 'pairs(distance = score * 1e6)')"
seen 'Mahalanobis' '30-31 40-41 50-49' "$(r "pairs(distance = 'mahalanobis')")"
seen 'of 20 by age, another than the nearest' 0 "$(r 'others(1)')"
seen 'of 20 by a hundredth of the age' 7 "$(r 'others(.01)')"
finish

#!/usr/bin/env bash
# Who answered no question of a form scores 8.5 of 12 points by one function and 0 by the next, and 1 turned round on a scale to 4 is 2.
#
# Where:   R psych 2.2.9 (scoreItems, scoreFast, scoreVeryFast, reverse.code) and sjmisc 2.8.9 (row_sums), Debian 12: the sum of
#          three questions with 0 to 4 points, of which some answered one or none.
# Guess:   who answered nothing has no score, and who answered one of three has none, or one that is marked. A question that counts
#          the other way is turned round on its scale, 0 to 4.
# Seen:    scoreItems puts the median of all who answered in place of each answer that is missing, so a person without answers gets
#          8.5, more than one in three who answered, and nothing marks it. scoreFast and scoreVeryFast give the same person 0, and
#          one answer of 2 is a score of 2. sjmisc, asked for one
#          answer at least, says NA and 2. reverse.code turns a question round between the lowest and highest answer that was given: where all
#          answered 1 or 2 of 0 to 4, 1 becomes 2, not 3.
# For us:  a group of need comes from the answers as they are; where one is missing the rule says "not known" and asks for it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-psych=2.2.9-1 r-cran-sjmisc=2.8.9-1
r_here
cat >scores.R <<'R'
suppressMessages({library(psych); library(sjmisc)})
answers <- data.frame(q1 = c(4, 0, 3, NA, 2), q2 = c(4, 1, 3, NA, NA), q3 = c(3, 0, 4, NA, NA))
sum <- list(points = names(answers))
told <- function(what, scores) cat(what, "|", paste(scores, collapse = " "), "\n", sep = "")
told("items", suppressWarnings(scoreItems(sum, answers, totals = TRUE)$scores))
told("fast", scoreFast(sum, answers, totals = TRUE))
told("veryfast", scoreVeryFast(sum, answers, totals = TRUE))
told("sjmisc", row_sums(answers, n = 1, append = FALSE)[[1]])
told("turned", reverse.code(-1, data.frame(q = c(1, 2, 2, 1))))
told("on its scale", reverse.code(-1, data.frame(q = c(1, 2, 2, 1)), mini = 0, maxi = 4))
R
"$R_HOME/bin/exec/R" --vanilla --no-echo -f scores.R >out.txt 2>err.txt || { cat err.txt; exit 2; }
of() { sed -n "s/^$1|//p" out.txt; }
seen 'scoreItems: three who answered all, none, one' '11 1 10 8.5 8' "$(of items)"
seen 'scoreFast' '11 1 10 0 2' "$(of fast)"
seen 'scoreVeryFast' '11 1 10 0 2' "$(of veryfast)"
seen 'row_sums, n = 1' '11 1 10 NA 2' "$(of sjmisc)"
seen 'reverse.code of 1 2 2 1' '2 1 1 2' "$(of turned)"
seen '  told that the scale is 0 to 4' '3 2 2 3' "$(of 'on its scale')"
finish

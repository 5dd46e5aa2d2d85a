#!/usr/bin/env bash
# One to ask in Alna, two in Bjerke, three in Sagene: who is asked how many goes by which district stands first in the file.
#
# Where:   R sampling 2.9 (strata) and survey 4.1-1 (calibrate), Debian 12: a sample of persons by district, and its weights,
#          corrected to known totals.
# Guess:   sizes belong to the districts in the order of the alphabet or of the factor's levels, as with tapply and table, or by
#          their names; weights that are corrected stay above zero, or somebody says so.
# Seen:    sizes go by the first row of each district, also where they have names: with a file that begins in Sagene, Sagene
#          gets one and Alna three, and the probabilities that come along fit it. A factor's levels change nothing.
#          calibrate, with its default, gives one of eight persons a weight of -13.6 where it was 10: her yes takes 13.6 from
#          the total. Nobody warns; with calfun = "raking" the same totals are refused.
# For us:  what is asked of a district is a row with its name, never a place in a list; figures of needs are counts.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-sampling=2.9-2 r-cran-survey=4.1-1-1
r_here
cat >sample.R <<'R'
suppressMessages(library(survey))
names <- c("Alna", "Bjerke", "Sagene")
persons <- data.frame(id = 1:12, district = rep(names, each = 4))
asked <- function(what, rows, sizes) {
    set.seed(1)
    drawn <- sampling::strata(rows, "district", sizes, method = "srswor")
    counts <- table(factor(as.character(drawn$district), names))
    cat(what, "|", paste(counts, collapse = " "), "\n", sep = "")
}
turned <- persons[12:1, ]
named <- c(Alna = 1, Bjerke = 2, Sagene = 3)
asked("sorted", persons, c(1, 2, 3))
asked("turned", turned, c(1, 2, 3))
asked("named", turned, named)
asked("levels", transform(turned, district = factor(district, names)), named)

eight <- data.frame(id = 1:8, weight = c(10, 10, 10, 5, 5, 5, 20, 20), yes = c(1, 0, 1, 1, 1, 0, 0, 1))
design <- svydesign(ids = ~1, weights = ~weight, data = eight)
totals <- c("(Intercept)" = 85, yes = 20, id = 700)
weigh <- function(way) calibrate(design, ~yes + id, totals, calfun = way, maxit = 500)
cat("linear|", paste(sprintf("%.1f", weights(weigh("linear"))), collapse = " "), "\n", sep = "")
raked <- suppressWarnings(try(weigh("raking"), silent = TRUE))
cat("raking|", if (inherits(raked, "try-error")) "refused" else "taken", "\n", sep = "")
R
"$R_HOME/bin/exec/R" --vanilla --no-echo -f sample.R >sample.txt 2>&1
of() { sed -n "s/^$1|//p" sample.txt; }
seen 'sorted by district: Alna, Bjerke, Sagene' '1 2 3' "$(of sorted)"
seen 'the other way about' '3 2 1' "$(of turned)"
seen 'the same, sizes with names' '3 2 1' "$(of named)"
seen 'the same, a factor with levels' '3 2 1' "$(of levels)"
seen 'calibrate: weights, 10 10 10 5 5 5 20 20 before' '-13.6 3.1 -4.6 -0.0 2.2 10.6 51.3 35.9' "$(of linear)"
seen 'calibrate, raking' refused "$(of raking)"
seen 'warnings' 0 "$(grep -cvE '^[a-z]+[|]' sample.txt || true)"
finish

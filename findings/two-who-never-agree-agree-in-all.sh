#!/usr/bin/env bash
# Two who put no person into the same group agree perfectly, and two who agree on five of six agree by chance: kappa goes by position.
#
# Where:   Cohen's kappa of R vcd 1.4-11 (Kappa), epiR 2.0.57 (epi.kappa), psych 2.2.9 (cohen.kappa) and psy 1.2 (ckappa), all
#          Debian 12: two persons of staff who sort the same referrals into groups of need, cross-tabulated by R's table().
# Guess:   a group of the rows is compared with the group of that name among the columns, or tables with other names are refused.
# Seen:    a table is only asked to be square. Where one rater never used group D and the other never A, rows A, B, C meet columns
#          B, C, D, and the diagonal is one group beside the other: kappa is 1 in vcd, epiR and psych, though they never agree;
#          right is -0.31, which psych gives for the two columns of answers, and psy too. When one column is a factor whose levels
#          stand the other way round, 0.75 becomes 0 in all three.
# For us:  which raters agree is not in our figures; who works it out from our lists gives both columns the same levels:
#          factor(x, c("A", "B", "C", "D")), which makes the table square as well.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-vcd=1:1.4-11-1 r-cran-epir=2.0.57+dfsg-1 r-cran-psych=2.2.9-1 r-cran-psy=1.2-1
r_here
cat >agree.R <<'R'
kappas <- function(what, first, second) {
  both <- table(first, second)
  value <- suppressWarnings(c(vcd = vcd::Kappa(both)$Unweighted[["value"]], epiR = epiR::epi.kappa(both)$kappa$est,
                              psych = psych::cohen.kappa(both)$kappa, answers = psych::cohen.kappa(data.frame(first, second))$kappa,
                              psy = psy::ckappa(data.frame(first, second))$kappa))
  cat(what, "|", paste(names(value), round(value, 2), collapse = " "), "\n", sep = "")
}
kappas("never", c("A", "A", "B", "B", "C", "C", "A", "B"), c("B", "B", "C", "C", "D", "D", "B", "C"))
first <- c("A", "A", "B", "B", "C", "C")
second <- c("B", "A", "B", "B", "C", "C")
kappas("once", first, second)
kappas("turned", factor(first, c("C", "B", "A")), second)
kappas("levels", factor(c("A", "A", "B", "B", "C", "C", "A", "B"), LETTERS[1:4]),
       factor(c("B", "B", "C", "C", "D", "D", "B", "C"), LETTERS[1:4]))
R
"$R_HOME/bin/exec/R" --vanilla --no-echo -f agree.R >out.txt
of() { sed -n "s/^$1|//p" out.txt; }
seen 'never the same group, one without D, one without A' 'vcd 1 epiR 1 psych 1 answers -0.31 psy -0.31' "$(of never)"
seen '  both with the levels A to D' 'vcd -0.31 epiR -0.31 psych -0.31 answers -0.31 psy -0.31' "$(of levels)"
seen 'the same group but for one person' 'vcd 0.75 epiR 0.75 psych 0.75 answers 0.75 psy 0.75' "$(of once)"
seen '  the levels of one the other way round' 'vcd 0 epiR 0 psych 0 answers 0.75 psy 0.75' "$(of turned)"
finish

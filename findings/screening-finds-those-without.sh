#!/usr/bin/env bash
# With "ja" and "nei" a screening finds those without a problem, with "yes" and "no" those with one: the alphabet decides again.
#
# Where:   R 4.2.2 (glm), pROC 1.18.0 and caret 6.0-93 (Debian 12), on the points of a form for alcohol and whether a problem was
#          found, in Norwegian words and in English ones; the limit is 8 points.
# Guess:   the answer that says yes is what is looked for, or it must be said which is.
# Seen:    glm and pROC look for the word that comes last: yes after no, but nei after ja. So in Norwegian a point more makes the
#          problem less likely (-1.13 instead of 1.13), and at the same limit 4 of 4 are found and 0.75 rightly not, where the
#          English words give 0.75 and 0.83. The area under the curve is the same in both, 0.96, since pROC turns the direction
#          round too. caret looks for the word that comes first, so it is right with ja and wrong with yes.
# For us:  answers leave as codes of the profile; whoever hands words to R names the order: factor(x, c("nei", "ja")).
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-proc=1.18.0-1+b1 r-cran-caret=6.0-93+dfsg-1
r_here
cat >find.R <<'R'
suppressMessages({library(pROC); library(caret)})
points <- c(20, 15, 9, 7, 8, 6, 5, 3, 2, 1)
told <- function(what, ...) cat(what, "|", paste(..., collapse = " "), "\n", sep = "")
for (words in list(c(no = "nei", yes = "ja"), c(no = "no", yes = "yes"))) {
  problem <- unname(words[rep(c("yes", "no"), c(4, 6))])
  found <- unname(ifelse(points >= 8, words["yes"], words["no"]))
  curve <- suppressMessages(roc(problem, points))
  told(paste(words["yes"], "glm"), round(coef(glm(factor(problem) ~ points, family = binomial))[["points"]], 2))
  told(paste(words["yes"], "pROC"), round(unlist(coords(curve, 8, ret = c("sensitivity", "specificity"))), 2))
  told(paste(words["yes"], "area"), round(as.numeric(auc(curve)), 2))
  told(paste(words["yes"], "caret"), confusionMatrix(factor(found), factor(problem))$positive)
}
R
"$R_HOME/bin/exec/R" --vanilla --no-echo -f find.R >out.txt
of() { sed -n "s/^$1|//p" out.txt; }
seen 'yes and no: glm, for each point' 1.13 "$(of 'yes glm')"
seen 'ja and nei' -1.13 "$(of 'ja glm')"
seen 'yes and no: pROC, found and rightly not found at 8' '0.75 0.83' "$(of 'yes pROC')"
seen 'ja and nei' '1 0.75' "$(of 'ja pROC')"
seen 'yes and no: area under the curve' 0.96 "$(of 'yes area')"
seen 'ja and nei' 0.96 "$(of 'ja area')"
seen 'yes and no: what caret looks for' no "$(of 'yes caret')"
seen 'ja and nei' ja "$(of 'ja caret')"
finish

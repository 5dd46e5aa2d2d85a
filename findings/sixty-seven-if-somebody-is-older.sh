#!/usr/bin/env bash
# Who is 67 belongs to the group of 18 to 66, unless somebody older is in the list; then to the next one.
#
# Where:   R Hmisc 4.8-0 (Debian 12), cut2, which makes groups of ages "[18,67)", closed on the left; beside it cut of R 4.2.2.
# Guess:   with limits 0, 18 and 67 there are groups 0-17, 18-66 and 67 and above. Which group a person is in depends on the age of
#          that person; a group in which nobody is has a count of 0.
# Seen:    the last limit begins a group only when somebody is beyond it. Is the oldest 67, the last group is [18,67] and has that
#          person in it, and there is no third; comes somebody of 80, both are in [67,80]. So of two districts with one person of
#          67 each one has an old person and the other none. A group of a single age is called by that age, so that tables of
#          two districts, or two years, have columns of different names. The bracket at the end of the label is all that tells.
#          cut with right = FALSE and Inf as the last limit is as guessed.
# For us:  limits of age stand in the profile (age_limits), and the last has everybody above; whoever uses cut2 gives it one limit
#          beyond the oldest: 0, 18, 67, 120.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-hmisc=4.8-0-1
r_here
cat >groups.R <<'R'
suppressMessages(library(Hmisc))
groups <- function(age, limits) { n <- table(cut2(age, limits)); paste(gsub(' ', '', names(n)), n, sep = ': ', collapse = ', ') }
limits <- c(0, 18, 67)
say <- function(what, value) cat(what, '|', as.character(value), '\n', sep = '')
say('to 67', groups(c(12, 20, 67), limits))
say('to 80', groups(c(12, 20, 67, 80), limits))
say('67 to 67', cut2(c(12, 20, 67), limits)[3])
say('67 to 80', cut2(c(12, 20, 67, 80), limits)[3])
say('120', groups(c(12, 20, 67), c(limits, 120)))
say('one age', groups(c(18, 18, 70), c(18, 67)))
say('cut', cut(c(12, 20, 67), c(limits, Inf), right = FALSE)[3])
R
"$R_HOME/bin/exec/R" --vanilla --no-echo -f groups.R >out.txt 2>&1
of() { sed -n "s/^$1|//p" out.txt; }
seen 'ages 12, 20, 67' '[0,18): 1, [18,67]: 2' "$(of 'to 67')"
seen 'ages 12, 20, 67, 80' '[0,18): 1, [18,67): 1, [67,80]: 2' "$(of 'to 80')"
seen 'group of 67 among 12, 20, 67' '[18,67]' "$(of '67 to 67')"
seen 'group of 67 among 12, 20, 67, 80' '[67,80]' "$(of '67 to 80')"
seen 'one limit more, 120' '[0,18): 1, [18,67): 1, [67,120]: 1' "$(of 120)"
seen 'two of 18 and one of 70, limits 18 and 67' '18: 2, [67,70]: 1' "$(of 'one age')"
seen 'cut, 67 among 12, 20, 67' '[67,Inf)' "$(of cut)"
seen 'what else was said' '' "$(grep -v '|' out.txt)"
finish

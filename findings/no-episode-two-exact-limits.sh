#!/usr/bin/env bash
# After nobody was admitted in ten years lived in a house, one package gives two "exact" upper limits, two a rate below 0.
#
# Where:   R epitools 0.5-10.1 and epiR 2.0.57 (Debian 12), intervals of 95 % for a rate of events, beside R's own
#          poisson.test.
# Guess:   pois.exact and pois.daly, both "exact", agree; at no event the lower limit is 0 for every method, or the method
#          says that it cannot.
# Seen:    pois.exact and poisson.test have 0.369 above, pois.daly 0.300: it becomes one-sided at no event, and only there,
#          under the same "conf.level 0.95". Byar's method gives -0.00016 below in both packages, without a word.
#          pois.approx is sure that the rate is 0. So the limit of a house without an event depends on the name of the
#          function by a fifth, in the case for which a reader looks it up.
# For us:  one method everywhere, the exact one with both sides, named in the table; tested beside poisson.test at 0.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-cran-epitools=1:0.5-10.1-2 r-cran-epir=2.0.57+dfsg-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(epitools)); x <- $1; cat(signif(unlist(x), 3))" 2>/dev/null; }
limits() { r "$1(0, 10)[c('lower', 'upper')]"; }
# shellcheck disable=SC2016 # R's own dollar sign
seen 'poisson.test' '0 0.369' "$(r 'poisson.test(0, 10)$conf.int')"
seen 'epitools pois.exact' '0 0.369' "$(limits pois.exact)"
seen 'epitools pois.daly' '0 0.3' "$(limits pois.daly)"
seen 'epitools pois.daly, one event' '0.00253 0.557' "$(r "pois.daly(1, 10)[c('lower', 'upper')]")"
seen 'epitools pois.exact, one event' '0.00253 0.557' "$(r "pois.exact(1, 10)[c('lower', 'upper')]")"
seen 'epitools pois.byar' '-0.000156 0.246' "$(limits pois.byar)"
seen 'epiR, byar' '-0.000156 0.246' \
	"$(r 'suppressMessages(epiR::epi.conf(matrix(c(0, 10), nrow = 1), ctype = "inc.rate", method = "byar"))[c("lower", "upper")]')"
seen 'epitools pois.approx' '0 0' "$(limits pois.approx)"
finish

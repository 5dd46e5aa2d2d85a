#!/usr/bin/env bash
# Half of those who wait are housed on day 2: the median wait is 3, or 2.5, or not reached, or 3 again.
#
# Where:   R survival 3.5-3 and statsmodels 0.13.5 (Debian 12), Kaplan-Meier by their own functions.
# Guess:   the median is the first day on which the curve is at one half or below it: day 2, in both.
# Seen:    four persons, two housed on days 1 and 2, two still waiting on days 3 and 4. R gives 3, the middle of
#          the flat stretch from day 2 to day 4, and day 4 is only when somebody was last seen waiting: ask a
#          week later and the median rises, though nothing happened. statsmodels wants the curve below one half
#          and says there is none. When the other two are housed on days 3 and 4, R says 2.5, statsmodels 3.
#          The curve itself is the same in both, so a comparison of curves does not show it.
# For us:  a report says which median it gives (first day on which half or more are housed), and small groups,
#          where the curve is often at just one half, are tested by hand.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-cran-survival=3.5-3-1 python3-statsmodels=0.13.5+dfsg-7
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "library(survival); f <- survfit(Surv(c($1), c($2)) ~ 1); cat($3)"; }
py() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -W ignore -c "
import numpy
from statsmodels.duration.survfunc import SurvfuncRight
f = SurvfuncRight(numpy.array([$1]), numpy.array([$2]))
print($3)"; }
# shellcheck disable=SC2016 # R's own dollar signs
curve='format(f$surv, nsmall = 2)'
# shellcheck disable=SC2016
median='quantile(f, .5)$quantile'

seen 'R: curve, two still waiting' '0.75 0.50 0.50 0.50' "$(r 1,2,3,4 1,1,0,0 "$curve")"
seen 'statsmodels: curve at the two days' '[0.75 0.5 ]' "$(py 1,2,3,4 1,1,0,0 f.surv_prob)"
seen 'R: median' 3 "$(r 1,2,3,4 1,1,0,0 "$median")"
seen 'R: median, the last one asked on day 11' 6.5 "$(r 1,2,3,11 1,1,0,0 "$median")"
seen 'statsmodels: median' nan "$(py 1,2,3,4 1,1,0,0 'f.quantile(.5)')"
seen 'R: median, all housed' 2.5 "$(r 1,2,3,4 1,1,1,1 "$median")"
seen 'statsmodels: median, all housed' 3 "$(py 1,2,3,4 1,1,1,1 'f.quantile(.5)')"
finish

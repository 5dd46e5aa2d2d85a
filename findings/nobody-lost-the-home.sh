#!/usr/bin/env bash
# In a house where nobody lost the home, R counts everybody as having lost it.
#
# Where:   R survival 3.5-3 (Debian 12), Surv with the status written 1 (still there) and 2 (lost), as its manual
#          allows; statsmodels 0.13.5 with the same codes.
# Guess:   codes mean the same in each subset: 1 still there, 2 lost. A library without these codes refuses them.
# Seen:    with both codes in the data, 1 is still there and 2 is lost. In a subset that holds only 1, R takes the
#          codes for 0 and 1: three tenancies that all last become three losses, and the curve falls to 0, without a
#          word. So the best house of a report by house looks the worst. statsmodels adds the codes up as numbers
#          of losses: one person who lost the home counts for two of three.
# For us:  what ended and what goes on are words or empty cells in our tables, and whoever hands figures to R
#          writes TRUE and FALSE.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-cran-survival=3.5-3-1 python3-statsmodels=0.13.5+dfsg-7
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "library(survival); f <- survfit(Surv(c(5, 6, 7), c($1)) ~ 1); cat(sum(f\$n.event), 'lost,', format(min(f\$surv), digits = 2), 'left')" 2>&1; }
py() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -W ignore -c "
import numpy
from statsmodels.duration.survfunc import SurvfuncRight
print(SurvfuncRight(numpy.array([5, 6, 7]), numpy.array([$1])).surv_prob.round(2)[0])"; }

seen 'R: one of three lost it (2, 1, 1)' '1 lost, 0.67 left' "$(r '2, 1, 1')"
seen 'R: nobody lost it (1, 1, 1)' '3 lost, 0 left' "$(r '1, 1, 1')"
seen 'R: nobody lost it (FALSE)' '0 lost, 1 left' "$(r 'FALSE, FALSE, FALSE')"
seen 'statsmodels: one of three lost it first, as 1' 0.67 "$(py '1, 0, 0')"
seen 'statsmodels: one of three lost it first, as 2' 0.33 "$(py '2, 0, 0')"
finish

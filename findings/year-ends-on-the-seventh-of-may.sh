#!/usr/bin/env bash
# A house that is closed on day 5 has no day after 7 May any more, and of the homes 12, 47 and 200 the last is gone.
#
# Where:   GNU Prolog 1.4.5 (Debian 12), its constraints over whole numbers (fd_domain and #\=), for plans of days and homes.
# Guess:   what is taken out of a range leaves the rest of it: day 5 out of 1 to 365 leaves 364 days.
# Seen:    a range with a hole, or a list, is kept as a vector of bits, which ends at 127 unless something else was set. So the last
#          day becomes 127, 7 May, and 126 days are left; without the hole it is 365. Nothing is said of it when the days
#          are listed or the last is asked for (an @ stands behind the printed variable). Only where days are tried or
#          nothing fits, a warning "maybe lost solutions" comes, and the answer is no, or 127. Even numbers of homes end at 126. With
#          fd_set_vector_max(365) before it all is as guessed; after the domains it is too late.
# For us:  days and homes are numbers of rows in placement/ and homes/, with no limit but memory; a plan that somebody makes with such
#          a language sets the limit first, and is tried with the last day and the highest number.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get gprolog=1.4.5.0-3
says() { "$root/usr/lib/gprolog/bin/gprolog" --query-goal "(($1) -> true ; write(answer(no))), nl, halt" 2>&1 </dev/null; }
answer() { says "$1" | sed -n 's/^answer(\(.*\))$/\1/p'; }
warned() { if says "$1" | grep -q 'maybe lost solutions'; then echo yes; else echo no; fi; }
days='fd_domain(Day, 1, 365)'
# shellcheck disable=SC1003 # Prolog's own sign for "not equal"
closed="$days, Day #\\= 5"
last='fd_max(Day, Last), write(answer(Last))'
seen 'last day' 365 "$(answer "$days, $last")"
seen 'last day, day 5 is closed' 127 "$(answer "$closed, $last")"
seen 'days left' 126 "$(answer "$closed, fd_size(Day, Size), write(answer(Size))")"
seen 'warned' no "$(warned "$closed, $last")"
seen 'a day from 150 on' no "$(answer "$closed, Day #>= 150, write(answer(yes))")"
seen 'warned' yes "$(warned "$closed, Day #>= 150, write(answer(yes))")"
seen 'the same without a closed day' yes "$(answer "$days, Day #>= 150, write(answer(yes))")"
seen 'homes 12, 47 and 200' '[12,47]' "$(answer 'fd_domain(Home, [12, 47, 200]), fd_dom(Home, All), write(answer(All))')"
seen 'last even number of 1 to 200' 126 "$(answer 'fd_domain(Home, 1, 200), Home #=# 2 * Half, fd_max(Home, Last), write(answer(Last))')"
seen 'limit set before' 365 "$(answer "fd_set_vector_max(365), $closed, $last")"
seen 'limit set after' 127 "$(answer "$closed, fd_set_vector_max(365), $last")"
finish

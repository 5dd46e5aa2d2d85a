#!/usr/bin/env bash
# A month from 28 February ends on 31 March, and three months from 30 April on 31 July, two days after those from 29 April.
#
# Where:   Boost.Date_Time 1.74 (Debian 12), months, years and month_iterator of boost::gregorian.
# Guess:   a month from 28 February is 28 March; from 31 January it is 28 February, cut because there is no 31st.
# Seen:    the last day of a month leads to the last day of the other month: 28 February + 1 month is 31 March, 30 April + 1 is
#          31 May, and three months, a limit for complaints, from 30 April end on 31 July, from 29 April on 29 July. In a leap year
#          28 February is no last day, so a month on is 28 March. A year from 28 February 2027 is 29 February 2028, twelve months too.
#          What was cut is stretched on the way back: 28 January + 1 - 1 is 31 January. A rent due on the 28th that is walked by
#          month_iterator from February is due on the last of every month.
# For us:  months are added to the day of the month, cut at the end of a shorter one and never stretched, each time from the first day.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libboost1.74-dev=1.74.0+ds1-21
cat >months.cpp <<'CPP'
#include <boost/date_time/gregorian/gregorian.hpp>
#include <iostream>
using namespace boost::gregorian;
static std::string day(const date &of) { return to_iso_extended_string(of); }
int main() {
  std::cout << "february|" << day(date(2026, 2, 28) + months(1)) << "\nleap|" << day(date(2028, 2, 28) + months(1)) << "\nlimit|"
            << day(date(2026, 4, 29) + months(3)) << ' ' << day(date(2026, 4, 30) + months(3)) << "\nyear|"
            << day(date(2027, 2, 28) + years(1)) << ' ' << day(date(2027, 2, 28) + months(12)) << "\nback|"
            << day(date(2026, 1, 28) + months(1) - months(1)) << "\nrent|";
  month_iterator due(date(2026, 2, 28));
  for (int i = 0; i < 4; i++, ++due) std::cout << day(*due) << (i < 3 ? ' ' : '\n');
}
CPP
c++ -I "$root/usr/include" -o months months.cpp
./months >out.txt
of() { sed -n "s/^$1|//p" out.txt; }
seen '28 February 2026 + 1 month' 2026-03-31 "$(of february)"
seen '28 February 2028 + 1 month' 2028-03-28 "$(of leap)"
seen '29 and 30 April + 3 months' '2026-07-29 2026-07-31' "$(of limit)"
seen '28 February 2027 + 1 year, + 12 months' '2028-02-29 2028-02-29' "$(of year)"
seen '28 January + 1 month - 1 month' 2026-01-31 "$(of back)"
seen 'month_iterator from 28 February' '2026-02-28 2026-03-31 2026-04-30 2026-05-31' "$(of rent)"
finish

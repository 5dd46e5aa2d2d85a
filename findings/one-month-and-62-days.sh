#!/usr/bin/env bash
# From 31 January to 1 March are one month and 62 days, to 3 March one month and none, and 31 February is 28 February.
#
# Where:   dateutils 0.4.10 (Debian 12): ddiff, dadd and dconv, which work out days in scripts.
# Guess:   months and days between two days are those that, added to the first, give the second: one month and one day, as
#          dadd, which ends months on their last day, counts. A day that does not exist is refused.
# Seen:    of 44,165 pairs that begin in 2026 and end within 120 days, 487 are otherwise, all that begin on the 29th or later.
#          To 2 March are 1 month and 63 days, to 3 March 1 and none; 7 pairs have two months too many in days, 462 one to three
#          days too few, 18 count a month that dadd calls full as one less and its days. Asked for days alone it is right.
#          dconv makes 28 February of 30 and 31 February, and week 52 of a week 53 that the year lacks, and says nothing.
# For us:  lengths of stay and limits are counted in days, and months added, in one place of our own, tested at the ends of months;
#          a day that does not exist is refused where it is read.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get dateutils=0.4.10-1
between() { dateutils.ddiff "$1" "$2" -f "${3:-%m %d}"; }
seen '31 January to 1 March: months, days' '1 62' "$(between 2026-01-31 2026-03-01)"
seen '31 January to 1 March: days' 29 "$(between 2026-01-31 2026-03-01 %d)"
seen '31 January to 2 March' '1 63' "$(between 2026-01-31 2026-03-02)"
seen '31 January to 3 March' '1 0' "$(between 2026-01-31 2026-03-03)"
seen '31 May to 1 July' '1 0' "$(between 2026-05-31 2026-07-01)"
seen 'dadd, a month from 31 January' 2026-02-28 "$(dateutils.dadd 2026-01-31 +1mo)"
seen '31 January to 28 February' '0 28' "$(between 2026-01-31 2026-02-28)"
# Each pair: the months that dadd can add without passing the second day, and the days that are left.
cat >pairs.py <<'PYTHON'
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from subprocess import run

wrong = Counter()
pairs = 0
for start in (date(2026, 1, 1) + timedelta(n) for n in range(365)):
    ends = [start + timedelta(n) for n in range(121)]
    told = run(["dateutils.ddiff", str(start), "-f", "%m %d"], input="\n".join(map(str, ends)), text=True, capture_output=True)
    for end, line in zip(ends, told.stdout.split("\n")):
        def after(months):
            year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
            return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        months = max(n for n in range(5) if after(n) <= end)
        difference = int(line.split()[1]) - (end - after(months)).days
        pairs += 1
        if int(line.split()[0]) != months:
            wrong["a month less"] += 1
        elif difference:
            wrong["too many" if difference > 0 else "too few"] += 1
        if difference and start.day < 29:
            wrong["before the 29th"] += 1
print(pairs, *(f"{name}: {count}" for name, count in sorted(wrong.items())), sep=", ")
PYTHON
seen 'all pairs' '44165, a month less: 18, too few: 462, too many: 7' "$(python3 pairs.py)"
seen '31 February' 2026-02-28 "$(dateutils.dconv -i %d.%m.%Y 31.02.2026)"
seen 'week 53 of 2025' 2025-W52-1 "$(dateutils.dconv 2025-W53-1)"
finish

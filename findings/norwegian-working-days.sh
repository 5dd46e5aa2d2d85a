#!/usr/bin/env bash
# Three libraries of holidays, asked for Norwegian working days, give three answers.
#
# Where:   python3-holidays 0.10.1 and python3-workalendar 17.0.0 (Debian 12), date-holidays 3.37.0 (npm).
# Guess:   Norway has twelve public holidays in 2026. "Is it a holiday" is no on Christmas Eve and on an
#          ordinary Sunday, and "the next working day" of Maundy Thursday (2 April) is the Tuesday after
#          Easter, 7 April.
# Seen:    python3-holidays lists 61, every Sunday among them, unless told otherwise. date-holidays calls
#          Christmas Eve a holiday, and also Mother's Day. workalendar's find_following_working_day looks at
#          weekends only: it gives Maundy Thursday itself; add_working_days(day, 1) gives 7 April. A number
#          of 0 working days from a Saturday is that Saturday.
# For us:  a deadline is moved by holidays of the law alone, from a table, and its tests name each day.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get date-holidays@3.37.0
deb_get python3-holidays=0.10.1-3 python3-workalendar=17.0.0-1
python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "
from datetime import date
import holidays
from workalendar.europe import Norway
days, calendar = holidays.Norway(years=2026), Norway()
print($1)"; }
cat >is.cjs <<'JS'
const Holidays = require('date-holidays')
const found = new Holidays('NO').isHoliday(new Date(process.argv[2] + 'T12:00:00'))
console.log(found ? found.map((one) => one.type).join(' ') : 'no')
JS
export TZ=Europe/Oslo
seen 'python3-holidays: holidays of 2026' 61 "$(python 'len(days)')"
seen 'python3-holidays: 29 November, a Sunday' True "$(python 'date(2026, 11, 29) in days')"
seen 'python3-holidays: without Sundays' 12 "$(python 'len(holidays.Norway(years=2026, include_sundays=False))')"
seen 'workalendar: holidays of 2026' 12 "$(python 'len(calendar.holidays(2026))')"
seen 'workalendar: following working day of 2 April' 2026-04-02 "$(python 'calendar.find_following_working_day(date(2026, 4, 2))')"
seen 'workalendar: 2 April and one working day' 2026-04-07 "$(python 'calendar.add_working_days(date(2026, 4, 2), 1)')"
seen 'workalendar: Saturday 28 March and none' 2026-03-28 "$(python 'calendar.add_working_days(date(2026, 3, 28), 0)')"
seen 'date-holidays: 17 May' public "$(node is.cjs 2026-05-17)"
seen 'date-holidays: 24 December' bank "$(node is.cjs 2026-12-24)"
seen "date-holidays: 8 February, Mother's Day" observance "$(node is.cjs 2026-02-08)"
finish

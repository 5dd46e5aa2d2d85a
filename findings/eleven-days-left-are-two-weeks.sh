#!/usr/bin/env bash
# Of a time limit that ends in eleven days a letter says two weeks, in six days a week, in 26 a month, and in 45 "strictly" two months.
#
# Where:   Babel 2.10.3 (format_timedelta) and arrow 1.2.3 (humanize), Debian 12; humanize-duration 3.35.1, moment 2.31.0, dayjs 1.11.23, date-fns 4.4.0 (formatDistanceStrict)
#          and luxon 3.7.2 (toRelative), npm: how long it is to a day, in Norwegian words.
# Guess:   what is left is rounded down, as an age is, so that nobody comes too late; strict means so many days; two with the same function
#          and the same words, moment and dayjs, agree.
# Seen:    luxon and arrow round down. The others round to the nearest of their unit, and take the larger unit before it is full: Babel has a week of 6 days, two
#          of 11, three of 18, a month of 26 and two of 45; humanize-duration two weeks of 11; moment a month of 26 days; date-fns two
#          months of 45, also strictly. dayjs calls 76 days three months, moment two. Whoever counts from the letter comes up to
#          a fortnight too late. Nothing says "about".
# For us:  a time limit is told by its day, with the date written out, never by how long it is.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get humanize-duration@3.35.1 moment@2.31.0 dayjs@1.11.23 date-fns@4.4.0 luxon@3.7.2
deb_get python3-babel=2.10.3-1 python3-arrow=1.2.3-1
cat >left.cjs <<'JS'
const moment = require('moment')
require('moment/locale/nb')
const dayjs = require('dayjs')
dayjs.extend(require('dayjs/plugin/relativeTime'))
require('dayjs/locale/nb')
const { formatDistanceStrict } = require('date-fns')
const { nb } = require('date-fns/locale/nb')
const { DateTime } = require('luxon')
const humanize = require('humanize-duration')
const now = new Date(Date.UTC(2026, 2, 1, 10))
const [way, ...days] = process.argv.slice(2)
const ways = {
    'humanize-duration': (end) => humanize(end - now, { language: 'no', largest: 1, round: true }),
    moment: (end) => moment(end).locale('nb').from(now, true),
    dayjs: (end) => dayjs(end).locale('nb').from(dayjs(now), true),
    'date-fns, strict': (end) => formatDistanceStrict(end, now, { locale: nb }),
    luxon: (end) => DateTime.fromJSDate(end).setLocale('nb').toRelative({ base: DateTime.fromJSDate(now) }).replace('om ', ''),
}
console.log(days.map((n) => ways[way](new Date(now.getTime() + n * 864e5))).join(', '))
JS
by_python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c 'import datetime, sys
import arrow, babel.dates
now = arrow.get("2026-03-01")
ways = {"babel": lambda n: babel.dates.format_timedelta(datetime.timedelta(days=n), locale="nb"), "arrow": lambda n: now.shift(days=n).humanize(now, locale="nb", only_distance=True)}
print(", ".join(ways[sys.argv[1]](int(n)) for n in sys.argv[2:]))' "$@"; }
seen 'Babel: 6, 11, 18, 26, 45 days' '1 uke, 2 uker, 3 uker, 1 måned, 2 måneder' "$(by_python babel 6 11 18 26 45)"
seen 'humanize-duration: 11, 18, 46 days' '2 uker, 3 uker, 2 måneder' "$(node left.cjs humanize-duration 11 18 46)"
seen 'moment: 25, 26, 76 days' '25 dager, én måned, 2 måneder' "$(node left.cjs moment 25 26 76)"
seen 'dayjs: 25, 26, 76 days' '25 dager, en måned, 3 måneder' "$(node left.cjs dayjs 25 26 76)"
seen 'date-fns, strict: 29, 45, 76 days' '29 dager, 2 måneder, 3 måneder' "$(node left.cjs 'date-fns, strict' 29 45 76)"
seen 'luxon: 26, 45, 76 days' '26 døgn, 1 måned, 2 måneder' "$(node left.cjs luxon 26 45 76)"
seen 'arrow: 6, 11, 45 days' '6 dager, en uke, en måned' "$(by_python arrow 6 11 45)"
finish

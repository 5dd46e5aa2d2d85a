#!/usr/bin/env bash
# Six months ("6 mnd") are six minutes, 1,5 hours are fifteen, and a limit of P14D is read well, that of P3M as three minutes.
#
# Where:   parse-duration 2.1.9, timestring 7.0.0, @sapphire/duration 1.2.0, enhanced-ms 5.0.0 and @alwatr/parse-duration 5.5.4
#          (npm), python3-pint 0.19.2 and python3-humanfriendly 10.0 (Debian 12): what reads a length of time that somebody
#          typed into a setting or a field, to remind or to delete after it.
# Guess:   words of another language, ISO durations and a decimal comma are understood, or refused.
# Seen:    enhanced-ms knows "14 dager" and "1 dag" by their d, so "6 mnd" and "3 måneder" by their m: minutes; so does
#          @sapphire/duration with "3 måneder", where the letter å ends the word. Four read P14D as 14 days, and P3M as three
#          minutes. Four take the comma out, "1,5 h" is 15 hours. In two -3 d is 3 d; in four "2 w - 1 d" is 15 days.
#          "3 M" is 90 days in one, minutes in four. In pint "2 d 3" is 6 days, a product; a year is 365.25 days there and 364 in
#          humanfriendly.
# For us:  a length of time is P3M, months of the calendar, or 3wd, working days; whatever is written otherwise is refused.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get parse-duration@2.1.9 timestring@7.0.0 @sapphire/duration@1.2.0 enhanced-ms@5.0.0 @alwatr/parse-duration@5.5.4
deb_get python3-pint=0.19.2-1 python3-humanfriendly=10.0-3
cat >read.mjs <<'JS'
import parseDuration from 'parse-duration'
import timestring from 'timestring'
import { Duration } from '@sapphire/duration'
import milliseconds from 'enhanced-ms'
import { parseDuration as alwatr } from '@alwatr/parse-duration'
const readers = {
  'parse-duration': (s) => parseDuration(s, 's'),
  timestring: (s) => timestring(s, 's'),
  sapphire: (s) => new Duration(s).offset / 1000,
  'enhanced-ms': (s) => milliseconds(s) / 1000,
  alwatr: (s) => alwatr(s, 's'),
}
const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]]
const written = (seconds) => {
  if (!seconds) return '-'
  const [name, size] = units.find(([, size]) => Math.abs(seconds) >= size)
  return Math.round(seconds / size * 100) / 100 + name
}
console.log(Object.values(readers).map((read) => { try { return written(read(process.argv[2])) } catch { return '-' } }).join(' '))
JS
python() { PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -c "$@" 2>/dev/null || echo refused; }
pint() { python 'import pint, sys; print(round(pint.UnitRegistry()(sys.argv[1]).to("day").magnitude, 3))' "$1"; }
humanfriendly() { python 'import humanfriendly, sys; print(humanfriendly.parse_timespan(sys.argv[1]) / 86400)' "$1"; }
echo 'parse-duration, timestring, @sapphire/duration, enhanced-ms, @alwatr/parse-duration; - is refused'
while IFS='|' read -r text expected; do seen "$text" "$expected" "$(node read.mjs "$text")"; done <<'TEXTS'
14 dager|- - - 14d -
6 mnd|- - - 6min -
3 måneder|- - 3min 3min -
P14D|14d 14d 14d 14d -
P3M|3min 3min 3min 3min -
3 M|3min 3min 3min 3min 90d
1,5 h|15h 15h 15h - -
-3 d|-3d 3d -3d 3d -3d
2 w - 1 d|15d 15d 15d 15d -
6 months|182.63d 182.63d 182.5d 182.5d -
2 uker|- - - - -
TEXTS
seen 'pint, days: 2 d 3' 6 "$(pint '2 d 3')"
seen 'pint, days: 1,5 h' 0.625 "$(pint '1,5 h')"
seen 'pint, days: 14 dager' refused "$(pint '14 dager')"
seen 'pint, days: 1 year' 365.25 "$(pint '1 year')"
seen 'humanfriendly, days: 1 year' 364.0 "$(humanfriendly '1 year')"
finish

#!/usr/bin/env bash
# A night shelter that is closed on Saturdays puts out Friday's guests at midnight, and opens for nobody on 18 May.
#
# Where:   opening_hours 3.15.0 (npm), the reader of OpenStreetMap's opening hours, as maps of services and shelters
#          use it; asked for Oslo.
# Guess:   a night belongs to the day on which it begins: Friday's "20:00-08:00" ends on Saturday at eight, whatever is
#          said of Saturday; "17 May off" takes the night that begins on 17 May, and leaves the one before it whole.
# Seen:    so it is until a later rule names the next day. "Mo-Fr 20:00-08:00; Sa off", and even "Sa 10:00-14:00" for a
#          day centre in the same house, end Friday's night at midnight. A closed 17 May cuts the night of the 16th at
#          midnight, and opens at 00:00 on the 18th till eight, for a night that never began. With a comma before
#          "Sa 10:00-14:00" the night stays whole. The hints of the library say no more than that a rule overwrites
#          parts of another. Christmas Eve is no holiday; a rule for school holidays (SH) is an error for Norway.
# For us:  a night is counted by the day on which it begins, as a stay is; opening hours leave as words, not as rules.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get opening_hours@3.15.0
cat >at.cjs <<'JS'
const Hours = require('opening_hours')
const oslo = { lat: 59.91, lon: 10.75, address: { country_code: 'no', state: 'Oslo' } }
try {
  const hours = new Hours(process.argv[2], oslo), day = new Date(process.argv[3])
  const next = hours.getNextChange(day)
  const two = (n) => String(n).padStart(2, '0')
  console.log(`${hours.getState(day) ? 'open' : 'closed'} until ${two(next.getDate())}.${two(next.getMonth() + 1)}. ${two(next.getHours())}:00`)
} catch { console.log('error') }
JS
at() { node at.cjs "$@" 2>/dev/null; }
export TZ=Europe/Oslo
friday=2026-07-03T23:00
seen 'Mo-Fr 20:00-08:00' 'open until 04.07. 08:00' "$(at 'Mo-Fr 20:00-08:00' $friday)"
seen 'Mo-Fr 20:00-08:00; Sa off' 'open until 04.07. 00:00' "$(at 'Mo-Fr 20:00-08:00; Sa off' $friday)"
seen 'Mo-Fr 20:00-08:00; Sa 10:00-14:00' 'open until 04.07. 00:00' "$(at 'Mo-Fr 20:00-08:00; Sa 10:00-14:00' $friday)"
seen 'Mo-Fr 20:00-08:00, Sa 10:00-14:00' 'open until 04.07. 08:00' "$(at 'Mo-Fr 20:00-08:00, Sa 10:00-14:00' $friday)"
seen '20:00-08:00; PH off: the night of 16 May' 'open until 17.05. 00:00' "$(at '20:00-08:00; PH off' 2026-05-16T23:00)"
seen '20:00-08:00; PH off: 17 May at 23' 'closed until 18.05. 00:00' "$(at '20:00-08:00; PH off' 2026-05-17T23:00)"
seen '20:00-08:00; PH off: 18 May at 2' 'open until 18.05. 08:00' "$(at '20:00-08:00; PH off' 2026-05-18T02:00)"
seen 'Mo-Fr 08:00-16:00; PH off: Christmas Eve' 'open until 24.12. 16:00' "$(at 'Mo-Fr 08:00-16:00; PH off' 2026-12-24T10:00)"
seen 'Mo-Fr 08:00-16:00; SH off' error "$(at 'Mo-Fr 08:00-16:00; SH off' 2026-07-06T10:00)"
finish

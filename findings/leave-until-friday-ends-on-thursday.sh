#!/usr/bin/env bash
# Anne, on leave until Friday 10 July, is given a visit that Friday, a stay until 31 March is over on the 30th, and six weeks over summer time end an hour into the next day.
#
# Where:   TaskJuggler 3.7.1 (Debian 12 tj3), which plans tasks, staff and their leaves, in the time of Oslo.
# Guess:   a leave from 6 to 10 July is from Monday to Friday, as everybody writes it; a task that ends on 31 March has that day; six weeks are 42
#          days of the calendar, and three months end on the same day of a month.
# Seen:    a day without an hour is the moment at which it begins, as the second of two as well: the leave is over on Friday at 00:00, and the visit
#          is put there. Nothing is said. With the length (+1w) it ends as guessed. Six weeks
#          are 42 times 24 hours, and three months 91.3 days, until seven in the morning of 1 June.
# For us:  a stay, a leave and a period have a first and a last day, and both belong to it; in what goes to programs that take the end as
#          the first day after, such as calendars, it is that day.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get tj3=3.7.1-1 ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1
machine=$(uname -m)-linux-gnu
export RUBYLIB=$root/usr/lib/ruby/3.1.0:$root/usr/lib/$machine/ruby/3.1.0:$root/usr/lib/ruby/vendor_ruby:/usr/lib/ruby/vendor_ruby
cat >plan.tjp <<'TJP'
project plan "Plan" 2026-03-01 - 2026-12-31 {
  timezone "Europe/Oslo"
  timeformat "%Y-%m-%d %H:%M"
}
resource anne "Anne" { leaves annual 2026-07-06 - 2026-07-10 }
resource per "Per" { leaves annual 2026-07-06 +1w }
task by_anne "Visit" { start 2026-07-06 allocate anne effort 1d }
task by_per "Visit" { start 2026-07-06 allocate per effort 1d }
task stay "Stay" { start 2026-03-02 end 2026-03-31 }
task six "Six weeks" { start 2026-03-02 duration 6w }
task three "Three months" { start 2026-03-02 duration 3m }
taskreport list "list" { formats csv columns id, start, end, duration }
TJP
"$root/usr/bin/ruby3.1" -rrubygems "$root/usr/bin/tj3" --silent plan.tjp
column() { awk -F '";?"?' -v id="$1" -v n="$2" '$2 == id { print $n }' list.csv; }
seen "on leave until Friday 10 July: day of the visit" '2026-07-10 09:00' "$(column by_anne 3)"
seen "on leave for a week from 6 July: day of the visit" '2026-07-13 09:00' "$(column by_per 3)"
seen 'a stay from 2 to 31 March: end, days' '2026-03-31 00:00 29.0' "$(column stay 4) $(column stay 5)"
seen 'six weeks from 2 March: end' '2026-04-13 01:00' "$(column six 4)"
seen 'three months from 2 March: end' '2026-06-01 07:00' "$(column three 4)"
finish

#!/usr/bin/env bash
# A reminder for each Monday comes on Tuesdays, one for Sundays on Saturdays, and "the first Monday of the month" is eleven days, one day, or each Monday.
#
# Where:   APScheduler 3.9.1 and croniter 1.3.5 (Debian 12), later 1.2.0, @breejs/later 4.2.0, croner 11.0.1, cron-parser 5.10.6,
#          cronosjs 1.7.1, cron-schedule 6.0.0 and cronstrue 3.39.0 (npm): what sends reminders by the five fields of cron, asked for
#          the days of March 2026, at eight.
# Guess:   the fields mean the same to all: 1 is Monday, 7 Sunday as well as 0, and what one cannot read (1#1, 15W) is an error.
# Seen:    APScheduler's from_crontab counts from Monday as 0, so 1 is Tuesday, 1-5 leaves out Mondays and has Saturdays, 0 is Monday; "mon"
#          is right. In both later 7 is Saturday, and Friday to Monday (5-1) is Saturday too, where croner says that it cannot be.
#          Of "1-7 * 1" both later and APScheduler make the days on which both hold, the others those on which either does, as cron
#          does: eleven days; in Norwegian cronstrue says "mellom dag 1 og 7 av måneden, og på mandag". cron-schedule reads 1#1, the
#          first Monday, as each Monday, and 15W, the weekday next to the 15th, as Sunday the 15th.
# For us:  the programs send nothing; what is due on a day is asked for by whoever works that day, by a date and no pattern.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get later@1.2.0 @breejs/later@4.2.0 croner@11.0.1 cron-parser@5.10.6 cronosjs@1.7.1 cron-schedule@6.0.0 cronstrue@3.39.0
deb_get python3-apscheduler=3.9.1-2 python3-croniter=1.3.5-3
cat >days.cjs <<'JS'
const [who, pattern] = process.argv.slice(2)
const from = new Date('2026-02-28T12:00:00Z'), to = new Date('2026-04-01T00:00:00Z')
const later = (of) => {
  of.date.UTC()
  const schedule = of.schedule(of.parse.cron(pattern))
  return (day) => schedule.next(1, new Date(day.getTime() + 1000))
}
const by = {
  later: () => later(require('later')),
  '@breejs/later': () => later(require('@breejs/later')),
  croner: () => {
    const job = new (require('croner').Cron)(pattern, { timezone: 'UTC', paused: true })
    return (day) => job.nextRun(day)
  },
  'cron-parser': () => {
    const days = require('cron-parser').CronExpressionParser.parse(pattern, { currentDate: from, tz: 'UTC' })
    return () => days.next().toDate()
  },
  cronosjs: () => {
    const days = require('cronosjs').CronosExpression.parse(pattern, { timezone: 'UTC' })
    return (day) => days.nextDate(day)
  },
  'cron-schedule': () => {
    const days = require('cron-schedule').parseCronExpression(pattern)
    return (day) => days.getNextDate(day)
  }
}
try {
  const next = by[who](), found = []
  for (let day = next(from); day && day < to; day = next(day)) found.push(day.getUTCDate())
  console.log(found.join(' ') || 'none')
} catch { console.log('refused') }
JS
cat >days.py <<'PYTHON'
import sys
from datetime import datetime, timedelta, timezone

who, pattern = sys.argv[1:]
day, to, found = datetime(2026, 2, 28, 12, tzinfo=timezone.utc), datetime(2026, 4, 1, tzinfo=timezone.utc), []
try:
    if who == "croniter":
        from croniter import croniter
        days = croniter(pattern, day)
        following = lambda day: days.get_next(datetime)
    else:
        from apscheduler.triggers.cron import CronTrigger
        days = CronTrigger.from_crontab(pattern, timezone="UTC")
        following = lambda day: days.get_next_fire_time(None, day + timedelta(seconds=1))
    day = following(day)
    while day and day < to:
        found.append(str(day.day))
        day = following(day)
    print(" ".join(found) or "none")
except ValueError:
    print("refused")
PYTHON
in_npm() { node days.cjs "$@"; }
in_debian() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 days.py "$@"; }
of() { # PATTERN, AS SEEN by APScheduler, both later, cron-schedule, all others
	seen "$1: APScheduler" "$2" "$(in_debian apscheduler "$1")"
	for who in later @breejs/later; do seen "  $who" "$3" "$(in_npm $who "$1")"; done
	seen '  cron-schedule' "$4" "$(in_npm cron-schedule "$1")"
	for who in croner cron-parser cronosjs; do seen "  $who" "$5" "$(in_npm $who "$1")"; done
	seen '  croniter' "$5" "$(in_debian croniter "$1")"
}
of '0 8 * * 1' '3 10 17 24 31' '2 9 16 23 30' '2 9 16 23 30' '2 9 16 23 30'
of '0 8 * * 7' refused '7 14 21 28' '1 8 15 22 29' '1 8 15 22 29'
of '0 8 1-7 * 1' 3 2 '1 2 3 4 5 6 7 9 16 23 30' '1 2 3 4 5 6 7 9 16 23 30'
of '0 8 * * 1#1' refused 2 '2 9 16 23 30' 2
seen '0 8 * * mon: APScheduler' '2 9 16 23 30' "$(in_debian apscheduler '0 8 * * mon')"
for who in later @breejs/later; do seen "0 8 * * 5-1: $who" '7 14 21 28' "$(in_npm $who '0 8 * * 5-1')"; done
seen '  croner' refused "$(in_npm croner '0 8 * * 5-1')"
seen '0 8 15W * *: cron-schedule' 15 "$(in_npm cron-schedule '0 8 15W * *')"
seen '  croner' 16 "$(in_npm croner '0 8 15W * *')"
seen '0 8 1-7 * 1, in Norwegian' 'Kl.08:00, mellom dag 1 og 7 av måneden, og på mandag' \
	"$(node -p "require('cronstrue/i18n').toString('0 8 1-7 * 1', { locale: 'nb' })")"
finish

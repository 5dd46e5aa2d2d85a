#!/usr/bin/env bash
# The rent of a contract from 18 February is due on 15 February, three days before it, and a duty on Fridays from then on begins on the 13th.
#
# Where:   hledger 1.25 (Debian 12), rules of what comes again (~ every ... from ... to ...), shown by --forecast and compared by --budget.
# Guess:   "from 2026-02-18" lets nothing come before that day: the first rent on the 15th of a month is that of 15 March, the first
#          Friday 20 February. A rule that cannot begin on such a day is refused, as "monthly from 2026-02-18" is.
# Seen:    "every 15th day of month", "every friday", "every weekday" and "every 1st monday" begin before the day they are from,
#          with the day that came last or the Monday of that week. So a rent too many is asked for and counted, and the budget of February has one. "every
#          2 days" begins on the day itself, and "monthly", "every week" and "quarterly" are refused with the reason that it is
#          no first day. Whether it is seen depends on the report: --forecast from the same day on cuts the first one off.
# For us:  a rent or duty that comes again has its first day worked out from its own beginning, and a test begins it between two of
#          its days.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get hledger=1.25-2+b5
rule() { printf '~ %s from 2026-02-18 to 2026-05-01\n    rent  5000 NOK\n    cash\n' "$1" >rent.journal; }
first() { # RULE [FORECAST]: the first days, or that it is refused
	rule "$1"
	hledger -f rent.journal --forecast="${2:-2026-01-01..2026-05-01}" register rent -O csv >days.csv 2>/dev/null || { echo refused; return; }
	sed -n '2,4p' days.csv | cut -d, -f2 | tr -d '"' | paste -sd' '
}
seen 'every 15th day of month' '2026-02-15 2026-03-15 2026-04-15' "$(first 'every 15th day of month')"
seen 'every friday' '2026-02-13 2026-02-20 2026-02-27' "$(first 'every friday')"
seen 'every weekday' '2026-02-16 2026-02-17 2026-02-18' "$(first 'every weekday')"
seen 'every 1st monday' '2026-02-02 2026-03-02 2026-04-06' "$(first 'every 1st monday')"
seen 'every 2 days' '2026-02-18 2026-02-20 2026-02-22' "$(first 'every 2 days')"
seen 'monthly' refused "$(first monthly)"
seen 'every week' refused "$(first 'every week')"
seen 'every 15th, reported from the 18th' '2026-03-15 2026-04-15' "$(first 'every 15th day of month' 2026-02-18..2026-05-01)"
rule 'every 15th day of month'
seen 'rents until May' '15000 NOK' "$(hledger -f rent.journal --forecast=2026-01-01..2026-05-01 balance rent -N | sed 's/^ *//; s/  .*//')"
seen 'budget of February' '5000 NOK' "$(hledger -f rent.journal balance --budget -M rent -O csv | sed -n 's/^"rent","","\([^"]*\)".*/\1/p')"
finish

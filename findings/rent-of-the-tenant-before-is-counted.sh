#!/usr/bin/env bash
# Asked by month for the rent from 15 January on, the accounts count what the tenant before paid on the 5th, too; one day asked by quarter is the quarter.
#
# Where:   hledger 1.25, beside it Ledger 3.3.0 and beancount 2.3.5 (Debian 12): the rents of a flat from which one moved out in the first
#          days of January and into which the next moved on the 15th; what was paid up to 9 March.
# Guess:   --begin and --end say what counts and --monthly only how it is laid out, so that the parts add up to what comes without it; a
#          month of which a part was asked for has that part, or says that it is whole.
# Seen:    with --monthly both days are moved outward to whole months, which the manual says further down: January has 4000 kr, of which
#          1000 are this tenant's, March has the rent of the 20th, and the total is 8000 kr. Without --monthly it is 3000. The
#          heading says 2026Q1, not the days that were asked for. So with a query of days, date:..; by quarter a single day is
#          three months. Months counted from the 15th, "every 15th day of month", give 3000. Ledger and beancount count the days
#          that were asked for.
# For us:  rents are shared out by stays, each with its own first and last day; whoever does it by such reports asks without an
#          interval, tenant by tenant.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get hledger=1.25-2+b5 ledger=3.3.0-3 beancount=2.3.5-2
export LD_LIBRARY_PATH=$root/usr/lib/ledger:$LD_LIBRARY_PATH PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
paid=(2026-01-05 3000 2026-01-20 1000 2026-02-20 2000 2026-03-20 2000)
printf '%s * rent\n    assets:bank  %s kr\n    income:rent\n' "${paid[@]}" >rent.journal
{
	printf '2025-01-01 open Assets:Bank\n2025-01-01 open Income:Rent\n'
	printf '%s * "rent"\n  Assets:Bank  %s NOK\n  Income:Rent\n' "${paid[@]}"
} >rent.beancount
asked=(-b 2026-01-15 -e 2026-03-10)
by_hledger() { hledger -f rent.journal balance assets -T -N -O csv "$@" | tail -1 | cut -d, -f2- | tr -d '"' | sed 's/,/, /g'; }
seen 'hledger, 15 January to 9 March' '3000 kr' "$(by_hledger "${asked[@]}")"
seen '  by month, and the total' '4000 kr, 2000 kr, 2000 kr, 8000 kr' "$(by_hledger "${asked[@]}" -M)"
seen '  the days as a query' '4000 kr, 2000 kr, 2000 kr, 8000 kr' "$(by_hledger date:2026-01-15..2026-03-10 -M)"
seen '  its heading' 'Balance changes in 2026Q1:' "$(hledger -f rent.journal balance assets "${asked[@]}" -M | head -1)"
seen '  by months from the 15th' '1000 kr, 2000 kr, 3000 kr' "$(by_hledger -p 'every 15th day of month from 2026-01-15 to 2026-03-10')"
seen '  20 January alone, by quarter' '8000 kr, 8000 kr' "$(by_hledger -b 2026-01-20 -e 2026-01-21 -Q)"
seen 'Ledger, by month' '1000 kr, 2000 kr' \
	"$(ledger -f rent.journal register assets "${asked[@]}" -M --register-format '%(display_amount)\n' | paste -sd , | sed 's/,/, /g')"
seen 'beancount, by month' '1000 NOK, 2000 NOK' \
	"$(/usr/bin/python3 "$root/usr/bin/bean-query" -f csv rent.beancount "select sum(position) where account = 'Assets:Bank'
		and date >= 2026-01-15 and date < 2026-03-10 group by month" | sed 1d | tr -d '\r' | sed 's/^ *//; s/ *$//' | paste -sd , | sed 's/,/, /g')"
finish

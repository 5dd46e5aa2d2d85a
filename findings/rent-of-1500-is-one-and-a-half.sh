#!/usr/bin/env bash
# In one file a rent of 1.500,50 kr is fifteen hundred and the next of 1.500 kr one and a half; in another programme the order of the lines decides.
#
# Where:   hledger 1.25 and Ledger 3.3.0 (Debian 12), accounts in plain text, on rents written as Norwegian accounts have them.
# Guess:   a currency whose amounts have shown their decimal comma (1.500,50 kr) keeps it in the next line.
# Seen:    hledger judges each amount alone: one point and three digits are decimals, so 1.500,50 kr and 1.500 kr together are
#          1.502 kr. Ledger learns from the line before: after 1.500,50 kr it takes 1.500 kr for fifteen hundred, 3000,50 together; with
#          the two lines exchanged for one and a half. 1.500 kr and 250 kr are 251,50 kr in both, shown as "251.500 kr", which
#          looks like a quarter of a million. Neither says anything; "decimal-mark ," in hledger puts it right.
# For us:  an amount of money is read with a decimal comma only, and its column is checked before a figure leaves.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get hledger=1.25-2+b5 ledger=3.3.0-3
LD_LIBRARY_PATH=$LD_LIBRARY_PATH:$root/usr/lib/ledger
journal() { # AMOUNT...: a month of rent for each
	local month=1
	for amount in "$@"; do
		printf '2026/%02d/01 rent\n  home  %s\n  bank\n\n' $((month++)) "$amount"
	done
}
in_hledger() { hledger -f /dev/stdin balance home --no-total | awk '{ print $1 }'; }
in_ledger() { ledger --args-only -f /dev/stdin balance home --no-total | awk '{ print $1 }'; }
seen 'hledger: 1.500,50 kr and 1.500 kr' 1.502,000 "$(journal '1.500,50 kr' '1.500 kr' | in_hledger)"
seen 'Ledger' 3.000,50 "$(journal '1.500,50 kr' '1.500 kr' | in_ledger)"
seen 'hledger: 1.500 kr and 1.500,50 kr' 1.502,000 "$(journal '1.500 kr' '1.500,50 kr' | in_hledger)"
seen 'Ledger' 1.502,000 "$(journal '1.500 kr' '1.500,50 kr' | in_ledger)"
seen 'hledger: 1.500 kr and 250 kr' 251.500 "$(journal '1.500 kr' '250 kr' | in_hledger)"
seen 'Ledger' 251.500 "$(journal '1.500 kr' '250 kr' | in_ledger)"
seen 'hledger, decimal-mark ,' 3.000,50 "$( (echo 'decimal-mark ,'; journal '1.500,50 kr' '1.500 kr') | in_hledger)"
finish

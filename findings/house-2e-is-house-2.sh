#!/usr/bin/env bash
# Strandgata 2E is Strandgata 2 in a table read by R, so two addresses are one; a B beside them puts it right.
#
# Where:   R 4.2.2 (read.csv, as.numeric) with readr 2.1.4 and data.table 1.14.8, gretl 2022c, Gnumeric 1.12.55 (all Debian 12),
#          on a column of house numbers.
# Guess:   a column with 2E in it is text; a number needs digits after its E.
# Seen:    R takes an E that nothing follows for an exponent of 0: 2, 2E and 4E are the numbers 2, 2 and 4, in read.csv and
#          readr alike, without a word, and nobody is found who lives in 2E. With one 2B in the column all of it is text, so
#          the same script is right in most streets. data.table, gretl and Gnumeric keep 2E.
# For us:  every cell of a table is text until a field says what it is; of R's tables that people hand us, columns of
#          house numbers and codes are to be read as text (colClasses).
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get r-base-core=4.2.2.20221110-2 r-cran-readr=2.1.4-1 r-cran-data.table=1.14.8+dfsg-1 gretl=2022c-1 gnumeric=1.12.55-1
r_here
printf 'street,number\nStrandgata,2\nStrandgata,2E\nStrandgata,4E\n' >street.csv
{ cat street.csv; echo Strandgata,2B; } >more.csv
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "$1" 2>&1; }
numbers() { r "cat(class(t <- $1), t, sep = ' ')"; }
# shellcheck disable=SC2016 # R's own dollar signs
{
	seen 'read.csv: 2, 2E, 4E' 'numeric 2 2 4' "$(numbers 'as.numeric(read.csv("street.csv")$number)')"
	seen 'addresses, of three' 2 "$(r 'cat(nrow(unique(read.csv("street.csv"))))')"
	seen 'who lives in 2E' 0 "$(r 'cat(sum(read.csv("street.csv")$number == "2E"))')"
	seen 'read.csv, with 2B' 'character 2 2E 4E 2B' "$(numbers 'read.csv("more.csv")$number')"
	seen 'readr: 2, 2E, 4E' 'numeric 2 2 4' "$(numbers 'readr::read_csv("street.csv", show_col_types = FALSE)$number')"
	seen 'data.table: 2, 2E, 4E' 'character 2 2E 4E' "$(numbers 'data.table::fread("street.csv")$number')"
}
seen 'Gnumeric: 2, 2E, 4E' '2 2E 4E' "$({ ssconvert street.csv back.csv >gnumeric.log 2>&1; sed 1d back.csv; } | cut -d, -f2 | paste -sd ' ')"
printf 'open street.csv --quiet\nprint number --byobs\n' >street.inp
seen 'gretl: 2, 2E, 4E' '2 2E 4E' "$({ gretlcli -b street.inp 2>&1 || true; } | awk 'NF == 2 && $1 ~ /^[1-3]$/ { print $2 }' | paste -sd ' ')"
finish

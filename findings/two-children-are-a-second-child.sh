#!/usr/bin/env bash
# In a paper put from Swedish into Norwegian "2 barn", two children, is "2. barn", the second; 14 days are the 14th day, a debt is guilt.
#
# Where:   apertium 3.8.3 with apertium-swe-nor 0.4.0 and, beside it, apertium-dan-nor 1.5.0 (Debian 12), for papers that come along
#          when somebody moves from a neighbouring country.
# Guess:   a word that the program knows is translated rightly or to one that is near, the others are left; digits, days and the names
#          of people are left.
# Seen:    a number in digits gets a full stop, which makes it an ordinal in Norwegian: she has the second child, needs the third room,
#          he waited for the 14th day. In words (två barn) it is right. 12 500 kr gets its full stop in place of the space, an ISO date
#          is torn, and the pairs of a telephone number are joined two by two. "skuld", here a debt, is guilt. Who is calm
#          (lugn) is "ro", a noun; Anna Lugn is Anna Ro, and Maria Rolig Maria Gøy. "Han måste inte flytta", he need not move, is what
#          Norwegian has for he must not. Nothing marks any of it. From Danish numbers and days stay as they are, but Bo,
#          a man's name, is Bygding.
# For us:  what comes from abroad is read by somebody; no text is translated on its way in, and names, days, numbers and sums stand in
#          fields of their own.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get apertium=3.8.3-1+b2 apertium-swe-nor=0.4.0-1 apertium-dan-nor=1.5.0-2 cg3=1.3.9-1+b2 lttoolbox=3.7.1-1+b2 apertium-lex-tools=0.4.2-2 \
	apertium-separable=0.6.1-1+b1
pairs=$root/usr/share/apertium
from() { # swe or dan, TEXT; the steps that the package names, on its files where they are unpacked
	echo "$2" | apertium-destxt | eval "$(grep -v '^#' "$pairs/modes/$1-nob.mode" |
		sed "s#/usr/share/apertium#$pairs#g; s/\$1/-n/g; s/\$[23]//g")" | apertium-retxt
}
of() { seen "$2" "$3" "$(from "$1" "$2")"; } # swe or dan, TEXT, AS SEEN
of swe 'Hon har 2 barn.' 'Hun har 2. barn.'
of swe 'Hon har två barn.' 'Hun har to barn.'
of swe 'Hon behöver 3 rum.' 'Hun trenger 3. rom.'
of swe 'Han väntade 14 dagar.' 'Han ventet 14. dager.'
of swe 'Han har en skuld på 12 500 kr.' 'Han har en skyld på 12.500 kr.'
of swe 'Ring 40 00 00 00.' 'Ring 40.00 00.00.'
of swe 'Mottaget 2026-03-01.' 'Mottatt 2026.- 03.-01.'
of swe 'Hon är lugn nu.' 'Hun er ro nå.'
of swe 'Anna Lugn och Maria Rolig har ringt.' 'Anna Ro og Maria Gøy har ringt.'
of swe 'Han måste inte flytta.' 'Han må ikke flytte.'
of dan 'Hun har 2 børn og behøver 3 rum.' 'Hun har 2 barn og behøver 3 rom.'
of dan 'Han har en gæld på 12.500 kr.' 'Han har en gjeld på 12.500 kr.'
of dan 'Modtaget 2026-03-01, ring 40 00 00 00.' 'Mottatt 2026-03-01, ring 40 00 00 00.'
of dan 'Ring til Bo om boligen.' 'Ring til Bygding om boligen.'
finish

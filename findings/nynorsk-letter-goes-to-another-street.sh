#!/usr/bin/env bash
# A letter that is put into the other Norwegian goes from Hjemmeveien 12 to Heimevegen 12, and Kari Vegen becomes Kari Veien.
#
# Where:   apertium 3.8.3 with apertium-nno-nob 1.5.0 (Debian 12), which turns Bokmål into Nynorsk and back, as municipalities have to
#          answer in the form in which they were written to.
# Guess:   streets, houses and names of people begin with a capital and are left alone, or all of a kind are treated alike.
# Seen:    a name that is in no dictionary stays (Kirkeveien, Gamleveien), one that can be put together of words is translated:
#          Bokveien is Bokvegen, Kyrkjevegen is Kirkeveien. So are a house called Veien Videre, the surnames Uke and Vegen (which is
#          Veien in a greeting, and Veid, weighed, in a sentence), and a surname in capitals, HJEM, in a line of a form. Kari Nordheim
#          stays. Nothing marks what was changed.
# For us:  the texts of letters stand in both forms in tables; a name, an address and a house's name come from the data unchanged.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get apertium=3.8.3-1+b2 apertium-nno-nob=1.5.0-1 cg3=1.3.9-1+b2 lttoolbox=3.7.1-1+b2 apertium-lex-tools=0.4.2-2 \
	apertium-separable=0.6.1-1+b1
pairs=$root/usr/share/apertium
into() { # nob-nno or nno-nob, TEXT; the steps that the package names, on its files where they are unpacked
	echo "$2" | apertium-destxt | eval "$(grep -v '^#' "$pairs/modes/$1.mode" |
		sed "s#/usr/share/apertium#$pairs#g; s/\$1/-n/g; s/\$[23]//g")" | apertium-retxt
}
seen 'into Nynorsk: Send svar til Hjemmeveien 12.' 'Send svar til Heimevegen 12.' "$(into nob-nno 'Send svar til Hjemmeveien 12.')"
seen '  Bokveien 5' 'Send svar til Bokvegen 5.' "$(into nob-nno 'Send svar til Bokveien 5.')"
seen '  Kirkeveien 5' 'Send svar til Kirkeveien 5.' "$(into nob-nno 'Send svar til Kirkeveien 5.')"
seen '  the house Veien Videre' 'Ho bur på Vegen Vidare.' "$(into nob-nno 'Hun bor på Veien Videre.')"
seen '  Ola Uke and Kari Nordheim' 'Ola Veke og Kari Nordheim har ringt.' "$(into nob-nno 'Ola Uke og Kari Nordheim har ringt.')"
seen '  in capitals' 'NAMN: HEIM, ANNE' "$(into nob-nno 'NAVN: HJEM, ANNE')"
seen 'into Bokmål: Ho flyttar til Kyrkjevegen 3.' 'Hun flytter til Kirkeveien 3.' "$(into nno-nob 'Ho flyttar til Kyrkjevegen 3.')"
seen '  Gamlevegen 3' 'Hun flytter til Gamlevegen 3.' "$(into nno-nob 'Ho flyttar til Gamlevegen 3.')"
seen '  Hei, Kari Vegen.' 'Hei, Kari Veien.' "$(into nno-nob 'Hei, Kari Vegen.')"
seen '  Kari Vegen har ringt.' 'Kari Veid har ringt.' "$(into nno-nob 'Kari Vegen har ringt.')"
finish

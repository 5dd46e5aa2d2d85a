#!/usr/bin/env bash
# A letter with LIX 50, hard to read, has 27.5, as for children, and a decision of 69 has 14; spelled without æ, ø and å both are right.
#
# Where:   style 1.11 (Debian 12 package diction), which gives the Lix of a text, the figure that was made for Swedish and is used for
#          Norwegian to tell whether a letter is plain: words per sentence, and per cent of words with more than six letters.
# Guess:   Lix needs no dictionary and no language, so it is right for Norwegian; æ, ø and å are letters, in UTF-8 or else in Latin-1.
# Seen:    what is no letter of English ends a word and counts for none: "nåværende" is n, v and rende, "søkerens" s and kerens. The more
#          such words, the plainer the letter: 21 words are 27, and of nine long ones five are left. A sentence that begins with Å or Ø is
#          none. The same in Latin-1. Written with a, o and ae the same letters get the right figures. There is no Norwegian
#          for -L, and no word of all this.
# For us:  letters are checked by people; a figure of Lix beside them counts letters by their Unicode kind, or is left out.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get diction=1.11-1+b1
cat >letter <<'TEXT'
Vi har vurdert søkerens økonomiske forhold, behov for hjelp og nåværende bolig. Påkrevd oppfølging gis av bydelen. Klagen må være begrunnet.
TEXT
cat >decision <<'TEXT'
Søknaden avslås. Økonomiske årsaker gjør nåværende bosituasjon utilfredsstillende. Påklages avgjørelsen, må klagen være begrunnet.
TEXT
plain() { sed 's/æ/ae/g; s/ø/o/g; s/Ø/O/g; s/å/a/g; s/Å/A/g' "$1"; }
figures() { style | sed -n 's/^ *\(Lix: [0-9.]*\) .*/\1/p; s/^ *\([0-9]* words\),.*/\1/p; s/^ *\([0-9]* sentences\),.*/\1/p' | paste -sd ' '; }
right() { # the same by its definition
	perl -CSD -0ne '@words = /\p{L}+/g; $sentences = () = /[.](?=\s)/g; $long = grep { length > 6 } @words;
		printf "Lix: %.1f %d words %d sentences\n", @words / $sentences + 100 * $long / @words, 0 + @words, $sentences' "$1"
}
seen 'letter, by the definition' 'Lix: 49.9 21 words 3 sentences' "$(right letter)"
seen '  by style' 'Lix: 27.5 27 words 3 sentences' "$(figures <letter)"
seen '  in Latin-1' 'Lix: 27.5 27 words 3 sentences' "$(iconv -t latin1 letter | figures)"
seen '  with ae, o and a' 'Lix: 49.9 21 words 3 sentences' "$(plain letter | figures)"
seen 'decision, by the definition' 'Lix: 69.0 14 words 3 sentences' "$(right decision)"
seen '  by style' 'Lix: 14.2 13 words 2 sentences' "$(figures <decision)"
seen '  with ae, o and a' 'Lix: 69.0 14 words 3 sentences' "$(plain decision | figures)"
finish

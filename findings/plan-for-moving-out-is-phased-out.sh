#!/usr/bin/env bash
# The Norwegian dictionary corrects a plan for moving out to one for phasing out, and writes care for substance users in two words.
#
# Where:   hunspell 1.7.1 with hunspell-no 7.5.0 (Debian 12), the dictionaries that LibreOffice and browsers use, for Bokmål and
#          Nynorsk.
# Guess:   a dictionary with rules for compounds takes the words of this field, made of common parts; where it does not, the
#          first suggestion is the same word, mended.
# Seen:    "utflyttingsplan" is unknown and becomes "utfasingsplan" (phasing out), in Nynorsk "utnyttingsplan" (exploitation).
#          "rusomsorg", "lavterskel", "startlån", "sprøyterom", "rusakutt" are to be written in two words, the commonest mistake
#          there is in Norwegian; "boveileder" becomes "overleder" in Nynorsk. Further down the list stands "grusomsorg". Known
#          are "bydel", "enkeltvedtak", "bostøtte", "avrusning", "hjemløs".
# For us:  letters and plans come from texts of the profile, which nobody corrects on the way; whoever reads a document back
#          compares ids and labels, not words that a program may have corrected.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get hunspell=1.7.1-1 hunspell-no=1:7.5.0-1
folder=$root/usr/share/hunspell
[[ -d $folder ]] || folder=/usr/share/hunspell
export DICPATH=$folder
# first DICTIONARY WORD: the first suggestion, or "known"
first() { printf '%s\n' "$2" | hunspell -i UTF-8 -d "$1" -a | sed -n '2{s/^[*+-].*/known/; s/^& [^:]*: \([^,]*\).*/\1/; s/^#.*/none/; p}'; }
while read -r language word expected; do seen "$language: $word" "$expected" "$(first "$language" "$word")"; done <<'WORDS'
nb_NO utflyttingsplan utfasingsplan
nb_NO rusomsorg rus omsorg
nb_NO lavterskel lav terskel
nb_NO startlån start lån
nb_NO sprøyterom sprøyte rom
nb_NO rusakutt rus akutt
nb_NO boveileder bo veileder
nb_NO enkeltvedtak known
nb_NO bostøtte known
nb_NO avrusning known
nb_NO hjemløs known
nn_NO utflyttingsplan utnyttingsplan
nn_NO boveileder overleder
WORDS
finish

#!/usr/bin/env bash
# Read aloud in Norwegian, the paragraph sign is silent, 5–7 is "five seven", and minus is said in English.
#
# Where:   eSpeak NG 1.51 (Debian 12 espeak-ng, espeak-ng-data), the voice "nb", its phonemes (-x).
# Guess:   symbols that stand in every letter of an office are said: "paragraf", "til", "minus". Of a sign that is
#          not said the words beside it remain as they are.
# Seen:    "§ 27" is heard as "27", "§ 7-5" as "7 5", "gruppe 5–7" as "gruppe 5 7", with or without the dash, and a
#          minus sign (U+2212) changes the voice to English for one word. A per cent sign is said.
# For us:  what must be heard stands in words beside the sign: the name of the law, "fra … til …"; nothing in a
#          letter hangs on a sign alone.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"
deb_get espeak-ng=1.51+dfsg-10+deb12u2 espeak-ng-data=1.51+dfsg-10+deb12u2 libespeak-ng1=1.51+dfsg-10+deb12u2

data=$root/usr/lib/$(uname -m)-linux-gnu
say() { espeak-ng --path="$data" -q -v nb -x "$1" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//'; }

same() { if [[ $(say "$1") == "$(say "$2")" ]]; then echo same; else echo "other: $(say "$1") / $(say "$2")"; fi; }
seen '"§ 27" and "27"' same "$(same '§ 27' 27)"
seen '"§ 7-5" and "7 5"' same "$(same '§ 7-5' '7 5')"
seen '"gruppe 5–7" and "gruppe 5 7"' same "$(same 'gruppe 5–7' 'gruppe 5 7')"
seen 'a minus sign before 5' "(en)m'aIn@s(no) f'Em" "$(say '−5')"
seen '"50 %"' "f'Emti: pR'u:s'Ent" "$(say '50 %')"
finish

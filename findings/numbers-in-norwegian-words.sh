#!/usr/bin/env bash
# The first is written "1te" and 21 is two words, where a letter's numbers are spelled out in Norwegian.
#
# Where:   num2words 0.5.10 (Debian 12 python3-num2words), lang='no', as templates of letters use it.
# Guess:   1. for the first, as Norwegian writes ordinals; 21 is "tjueen", 1100 "ett tusen ett hundre" or "elleve hundre".
# Seen:    1te, 2re, 3je: English st, nd, rd carried over to letters that no Norwegian writes. Tens and ones have a hyphen
#          (tjue-en), and hundred and thousand the wrong gender (en hundre, en tusen). Amounts in kroner cannot be
#          written at all: the shared function gives an argument that the Norwegian class does not take.
# For us:  numbers in letters are digits, and dates are written out with the name of the month alone.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get python3-num2words=0.5.10-2
words() {
	PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "
from num2words import num2words
try: print(num2words($1, lang='no', ${2-}))
except TypeError as e: print('TypeError')"
}
seen '1, 2 and 3 as ordinal numbers' '1te 2re 3je' "$(words 1 "to='ordinal_num'") $(words 2 "to='ordinal_num'") $(words 3 "to='ordinal_num'")"
seen '21' tjue-en "$(words 21)"
seen '100' 'en hundre' "$(words 100)"
seen '1100' 'en tusen, en hundre' "$(words 1100)"
seen '1250 kroner' TypeError "$(words 1250 "to='currency', currency='NOK'")"
finish

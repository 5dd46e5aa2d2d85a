#!/usr/bin/env bash
# Whoever was born on 01.03.85 is born in 2085, 03.13.2026 is a day in March, half past eight in the evening is in the morning, and a rent of 1 500,50 is no number.
#
# Where:   Babel 2.10.3 (Debian 12 python3-babel), which reads days, hours and numbers as Norwegian (nb) writes them; forms in Python's web programs
#          go by it.
# Guess:   two digits of a year are of this century or the last, as in Python's own %y; what is not written in the order of the language is refused,
#          above all with "strict", and what the language writes is read.
# Seen:    two digits are always of the 2000s. A month above 12 is taken for the day, without a word, so 03.13.2026 is right and 03.12.2026, the next row
#          of the same American list, is 3 December. Of 8:30 PM the PM is dropped, as nb has no such words. strict refuses 1 500,50, as its own
#          writing drops the last 0, and takes 1.500, an office's way of writing fifteen hundred, for one and a half.
# For us:  two digits of a year are those of 1970 to 2069, and that is told; a day is read in the order of its column, a number in its form, or refused.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get python3-babel=2.10.3-1
babel() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c 'import sys
from babel.dates import parse_date, parse_time
from babel.numbers import parse_decimal
readers = {"date": parse_date, "time": parse_time, "strict": lambda text, locale: parse_decimal(text, locale, strict=True), "number": parse_decimal}
for text in sys.argv[2:]:
    try:
        print(readers[sys.argv[1]](text, locale="nb"), end=" ")
    except Exception:
        print("refused", end=" ")' "$@" | sed 's/ $//'; }
seen 'day: 01.03.1985 01.03.85' '1985-03-01 2085-03-01' "$(babel date 01.03.1985 01.03.85)"
seen 'day: 03.13.2026 03.12.2026' '2026-03-13 2026-12-03' "$(babel date 03.13.2026 03.12.2026)"
seen 'day: 31.02.2026 2026-03-01' 'refused refused' "$(babel date 31.02.2026 2026-03-01)"
seen 'hour: 20.30, 8:30 PM' '20:30:00 08:30:00' "$(babel time 20.30 '8:30 PM')"
nbsp=$'\u00a0'
seen 'strict number: 1 500,5 and 1 500,50' '1500.5 refused' "$(babel strict "1${nbsp}500,5" "1${nbsp}500,50")"
seen 'number: 1 500,50' 1500.50 "$(babel number "1${nbsp}500,50")"
seen 'strict number: 1.500' 1.500 "$(babel strict 1.500)"
finish

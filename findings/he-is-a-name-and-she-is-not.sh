#!/usr/bin/env bash
# With the names taken out of a note by its list, he (han) is a person's name and she (hun) is not; a bed is one too, and so are "or", "after", "out" and May.
#
# Where:   redact-pii 3.4.0 (npm), which puts PERSON_NAME, ZIPCODE and the like in the place of what tells who somebody is, as it comes, on
#          sentences of Norwegian notes.
# Guess:   a list of names finds what is written as a name, with a capital; a word in small letters stays. Sums, days and what happened
#          stay, so that a note can still be counted by what it says.
# Seen:    the names of its list are found in small letters as well, and among them are han, mai, juli, seng (bed), mann (man), lang, ute
#          (out), etter (after), eller (or) and andre (others). "Trenger seng eller bolig", needs a bed or a home, is
#          "Trenger PERSON_NAME bolig", two words for one name. So a note about a man names somebody in each sentence, and one about a
#          woman nobody; hun, juni and bolig stay. A rent of 12500 kr is a ZIPCODE, and 1. mai 2026 "1. PERSON_NAME DIGITS".
# For us:  referral-anonymise hides what its own masks find, and what is left of free text is read by a person before it is sent; what
#          is counted stands in fields.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get redact-pii@3.4.0
cat >redact.cjs <<'JS'
const { SyncRedactor } = require('redact-pii')
console.log(new SyncRedactor().redact(process.argv[2]))
JS
of() { seen "$1" "$2" "$(node redact.cjs "$1")"; }
of 'Han vil flytte.' 'PERSON_NAME vil flytte.'
of 'Hun vil flytte.' 'Hun vil flytte.'
of 'Vi spurte han i juni.' 'Vi spurte PERSON_NAME i juni.'
of 'Flytter 1. mai 2026.' 'Flytter 1. PERSON_NAME DIGITS.'
of 'Flytter i juli, ikke juni.' 'Flytter i PERSON_NAME, ikke juni.'
of 'Trenger seng eller bolig.' 'Trenger PERSON_NAME bolig.'
of 'Sover ute etter utskriving.' 'Sover PERSON_NAME utskriving.'
of 'Bor med andre.' 'Bor med PERSON_NAME.'
of 'Leie 12500 kr.' 'Leie ZIPCODE kr.'
of 'Leie 12 500 kr.' 'Leie 12 500 kr.'
finish

#!/usr/bin/env bash
# A web form's rule for municipality 0301 holds for 301, case 1E5 is case 100000, and consent never asked for is "not no".
#
# Where:   survey-core 3.1.1 (npm): SurveyJS, what a form shows, asks for and counts by its expressions.
# Guess:   a text in quotation marks is compared as text: codes with leading zeros, ids and words are themselves. Perhaps
#          letters' size does not count. A blank makes no rule about a value true.
# Seen:    what looks like a number to JavaScript is one, in quotation marks, too: '0301' = 301, case '007' = '7', '1E5' =
#          '100000', '0x10' = 16, and a blank before an id is nothing. "anyof" a list of codes, too. "contains" asks for
#          a part of a text: 'kvinne' contains 'inn'. A question that was not answered is "not no", and no age at all is
#          neither below 67 nor at least 18.
# For us:  ids and codes are bytes wherever they are compared, and a fact that is missing is asked for.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get survey-core@3.1.1
rule() { node -e 'console.log(new (require("survey-core").ConditionRunner)(process.argv[1]).runValues(JSON.parse(process.argv[2])))' "$1" "$2"; }
seen 'municipality 0301, answered 301' true "$(rule "{municipality} = '0301'" '{"municipality": "301"}')"
seen 'one of 0301, 1108, answered 301' true "$(rule "{municipality} anyof ['0301', '1108']" '{"municipality": "301"}')"
seen 'case 007, answered 7' true "$(rule "{case} = '007'" '{"case": "7"}')"
seen 'case 1E5, answered 100000' true "$(rule "{case} = '1E5'" '{"case": "100000"}')"
seen 'case A-1 after a blank' true "$(rule "{case} = ' A-1'" '{"case": "A-1"}')"
seen 'case A-1, answered a-1' true "$(rule "{case} = 'A-1'" '{"case": "a-1"}')"
seen 'case A-1, answered A-01' false "$(rule "{case} = 'A-1'" '{"case": "A-01"}')"
seen 'kvinne contains inn' true "$(rule "{sex} contains 'inn'" '{"sex": "kvinne"}')"
seen 'consent is not no, never asked' true "$(rule "{consent} <> 'nei'" '{}')"
seen 'below 67, never asked' false "$(rule '{age} < 67' '{}')"
seen '67 or more, never asked' false "$(rule '{age} >= 67' '{}')"
finish

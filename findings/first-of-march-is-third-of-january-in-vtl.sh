#!/usr/bin/env bash
# In the language in which statistical offices check figures, 01.03.2026 is 3 January, 1 500 is 1, 31 April is a day in May, and a name that is not known is "null".
#
# Where:   @inseefr/trevas 0.1.21 (npm), which runs VTL, the language for checking and working out statistics that comes with SDMX.
# Guess:   cast("01.03.2026", date, "DD.MM.YYYY") reads day, month and year where its picture says; what is no such date, and no number,
#          is null or an error. An unknown age makes "if" unknown, and an unknown name leaves no text.
# Seen:    the picture is only used to write: the text is read the American way and 01.03. comes out as 03.01. It is an error from the
#          13th of a month on. 2026-04-31 is 2026-05-01. As a number the digits in front count: "1 500" is 1, "1,5" is 1, "1.500,50"
#          1.5, "2 of 3" 2, "12E" 12; as an integer "1 500" is refused. An age that is not known is an adult by
#          "if AGE < 18" and a minor by "if AGE >= 18", as whatever is not true goes to else. A name that is null
#          becomes the word null in the text that holds it.
# For us:  dates leave as ISO dates and numbers as digits with a point, so that nobody has to cast; a check of our figures in such
#          a language first looks for "not known".
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @inseefr/trevas@0.1.21
cat >vtl.cjs <<'JS'
const { interpret } = require('@inseefr/trevas')
try {
	console.log(String(interpret(process.argv[2], { AGE: null, NAME: null })))
} catch {
	console.log('error')
}
JS
vtl() { node vtl.cjs "$1" 2>/dev/null; }
seen '01.03.2026 as DD.MM.YYYY' 03.01.2026 "$(vtl 'cast("01.03.2026", date, "DD.MM.YYYY")')"
seen '13.03.2026' error "$(vtl 'cast("13.03.2026", date, "DD.MM.YYYY")')"
seen '2026-04-31' 2026-05-01 "$(vtl 'cast("2026-04-31", date, "YYYY-MM-DD")')"
for pair in '1 500=1' '1,5=1' '1.500,50=1.5' '2 of 3=2' '12E=12'; do
	seen "number: ${pair%=*}" "${pair#*=}" "$(vtl "cast(\"${pair%=*}\", number)")"
done
seen 'integer: 1 500' error "$(vtl 'cast("1 500", integer)')"
seen 'no age: AGE < 18' null "$(vtl 'AGE < 18')"
seen 'no age: if AGE < 18' adult "$(vtl 'if AGE < 18 then "minor" else "adult"')"
seen 'no age: if AGE >= 18' minor "$(vtl 'if AGE >= 18 then "adult" else "minor"')"
seen 'no name' 'Hei null' "$(vtl '"Hei " || NAME')"
finish

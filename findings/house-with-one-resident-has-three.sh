#!/usr/bin/env bash
# A house in which Ola alone lives has three residents, one with nobody is not in the answer, and a decision of 1.3.26 is of 1926.
#
# Where:   jsonata 2.2.2 (npm), the language in which messages between systems are turned into others (also in Node-RED), on four persons in two houses,
#          one of them without an age, and a third house with nobody.
# Guess:   who lives in a house is a list, of none, one or more; a sum of nobody's days is 0 or null; an unknown age is neither 17 nor "not 17", or counts as the latter, and
#          an error tells of it; two digits of a year are of this century.
# Seen:    one result is no list but the result itself: residents of Dal are the text "Ola", of length 3, and a loop goes by its letters, where Fjord has a list.
#          None is nothing: the field is not in the answer, and so is a sum, while $count is 0. Who has no age is not in age != 17, though
#          $not(age = 17) has her. 1.3.26 with the year as [Y01] is 1926, 31.02.2026 is 3 March, and 2.5 is rounded to 2. With [] behind an
#          expression one is a list.
# For us:  a list is a list however many it has, and a figure of nobody stands there as 0 or as not known.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get jsonata@2.2.2
cat >ask.cjs <<'JS'
const persons = [{ name: 'Anne', age: 17, house: 'Fjord', waited: 10 }, { name: 'Per', age: 40, house: 'Fjord', waited: 20 }, { name: 'Ola', age: 18, house: 'Dal', waited: 5 }, { name: 'Liv', house: 'Fjord' }]
require('jsonata')(process.argv[2]).evaluate({ persons }).then((found) => console.log(JSON.stringify(found) ?? 'nothing'))
JS
ask() { node ask.cjs "$1"; }
# shellcheck disable=SC2016 # the dollars are for JSONata
{
	seen 'who lives in Fjord' '["Anne","Per","Liv"]' "$(ask 'persons[house="Fjord"].name')"
	seen 'who lives in Dal' '"Ola"' "$(ask 'persons[house="Dal"].name')"
	seen 'their number by $length' 3 "$(ask '$length(persons[house="Dal"].name)')"
	seen 'the same as a list' '["Ola"]' "$(ask 'persons[house="Dal"].name[]')"
	seen 'Berg: number, days waited, names' '{"number":0}' "$(ask '{"number": $count(persons[house="Berg"]), "waited": $sum(persons[house="Berg"].waited), "names": persons[house="Berg"].name}')"
	seen 'age != 17' '["Per","Ola"]' "$(ask 'persons[age != 17].name')"
	seen 'not age = 17' '["Per","Ola","Liv"]' "$(ask 'persons[$not(age = 17)].name')"
	seen '1.3.26' '"1926-03-01T00:00:00.000Z"' "$(ask '$fromMillis($toMillis("1.3.26", "[D].[M].[Y01]"))')"
	seen '31.02.2026' '"2026-03-03T00:00:00.000Z"' "$(ask '$fromMillis($toMillis("31.02.2026", "[D01].[M01].[Y0001]"))')"
	seen '2.5 rounded' 2 "$(ask '$round(2.5)')"
}
finish

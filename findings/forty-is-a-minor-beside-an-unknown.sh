#!/usr/bin/env bash
# Bo, who is 40, is counted among those under 18 because the age of the next in the list is not known; at the end of the list the unknown does no harm.
#
# Where:   crossfilter2 1.5.4 (npm), which counts and filters the persons behind the charts of a page, on seven ages, of which one may be
#          undefined, null, empty, NaN or a word.
# Guess:   who has no age is in no group of ages, or in that of the youngest; everybody else is where he belongs.
# Seen:    ages are sorted by < and > alone, which say nothing of undefined, NaN or a word beside a number; so the order falls apart around
#          it, and whoever lies between two limits is looked up by halving. Under 18 are then Anne, 17, Dag, 16, Bo, 40, and the
#          unknown; from 18 to 66 is one of two. Counts by house go wrong with it: three minors in house F, where one is. With the unknown
#          first or last in the list the others are right. null and an empty cell are 0 years. Of days as text, one that is
#          undefined or null hides a referral of 10 March from March.
# For us:  an age that is not known is asked for before a place is given; whoever draws such charts of our tables gives the unknown a
#          number of its own, such as -1, before anything is filtered.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get crossfilter2@1.5.4
cat >ages.cjs <<'JS'
const crossfilter = require('crossfilter2')
const [what, unknown, where] = process.argv.slice(2)
const missing = { undefined, null: null, NaN, empty: '' }
const value = unknown in missing ? missing[unknown] : isNaN(unknown) ? unknown : Number(unknown)
if (what === 'days') {
  const all = crossfilter(['2026-02-01', '2026-03-10', value, '2026-03-20', '2026-04-02', '2026-01-01'].map((day) => ({ day })))
  all.dimension((one) => one.day).filterRange(['2026-03-01', '2026-04-01'])
  console.log(all.allFiltered().map((one) => one.day).join(' '))
} else {
  const people = [['Anne', 17, 'F'], ['Bo', 40, 'F'], ['Cam', 70, 'E'], ['Dag', 16, 'E'], ['Eli', 40, 'E'], ['Finn', 80, 'E']]
  people.splice(Number(where), 0, ['Unknown', value, 'F'])
  const all = crossfilter(people.map(([name, age, house]) => ({ name, age, house })))
  const ages = all.dimension((one) => one.age)
  const houses = all.dimension((one) => one.house).group().reduceCount()
  const said = [[0, 18], [18, 67], [67, 120]].map((limits) => {
    ages.filterRange(limits)
    return what === 'houses' ? houses.all().map(({ key, value }) => key + value).join(' ') : all.allFiltered().map((one) => one.name).join(' ')
  })
  console.log(said.join(', '))
}
JS
of() { node ages.cjs "$@"; }
seen 'under 18, 18 to 66, past 66; the third is 45' 'Anne Dag, Bo Unknown Eli, Cam Finn' "$(of ages 45 2)"
for unknown in undefined NaN ukjent; do seen "  undefined, NaN, a word: $unknown" 'Anne Bo Unknown Dag, Eli, Cam Finn' "$(of ages $unknown 2)"; done
for unknown in null empty; do seen "  $unknown" 'Anne Unknown Dag, Bo Eli, Cam Finn' "$(of ages $unknown 2)"; done
seen '  -1' 'Anne Dag, Bo Eli, Cam Finn' "$(of ages -1 2)"
seen '  undefined, first in the list' 'Unknown Anne Dag, Bo Eli, Cam Finn' "$(of ages undefined 0)"
seen '  undefined, last in the list' 'Anne Dag, Bo Eli, Cam Finn' "$(of ages undefined 6)"
seen 'of them in houses E and F, the third is -1' 'E1 F1, E1 F1, E2 F0' "$(of houses -1 2)"
seen '  undefined' 'E1 F3, E1 F0, E2 F0' "$(of houses undefined 2)"
seen 'came in March, beside a day that is empty' '2026-03-10 2026-03-20' "$(of days empty)"
for unknown in undefined null; do seen "  $unknown" 2026-03-20 "$(of days $unknown)"; done
finish

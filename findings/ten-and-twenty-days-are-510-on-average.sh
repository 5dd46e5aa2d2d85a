#!/usr/bin/env bash
# Two who waited 10 and 20 days waited 510 days on average, or 1005 in the median, and 10 if there is a third who is not known; of two persons without a number one is left.
#
# Where:   lodash 4.18.1 (mean, sum, uniqBy, keyBy), es-toolkit 1.53.2, remeda 2.62.2 and ramda 0.32.0 (npm), on waits as they come out of a table of
#          text and from JSON; beside them d3-array 3.2.5 (npm).
# Guess:   text that is a number is one, or the mean is NaN; what is not there is left out, or the mean is NaN; who has no number is a person of his
#          own.
# Seen:    the sum of text is text, and that is divided: "10" and "20" are "1020", half of it 510, in lodash and es-toolkit ("01020") and in remeda, whose
#          median adds the two in the middle the same way. ramda and d3 have 15. Undefined is left out of lodash's sum and counts in its number: 10, where
#          d3 has 15 and the others NaN; null is 0 in all but d3. An empty cell beside numbers is 340 days in lodash and 10 in d3. uniqBy and
#          keyBy take "no number" for a number, so of Per and Åse, who have none, one is gone.
# For us:  figures are counted by our programs from cells whose type the profile says, and each says of how many it is.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get lodash@4.18.1 es-toolkit@1.53.2 remeda@2.62.2 ramda@0.32.0 d3-array@3.2.5
cat >mean.mjs <<'JS'
import _ from 'lodash'
import * as toolkit from 'es-toolkit'
import * as remeda from 'remeda'
import * as ramda from 'ramda'
import * as d3 from 'd3-array'
const waits = { text: ['10', '20'], undefined: [10, undefined, 20], null: [10, null, 20], empty: [10, '', 20] }
const means = { lodash: _.mean, 'es-toolkit': toolkit.mean, remeda: remeda.mean, ramda: ramda.mean, d3: d3.mean }
const persons = [{ name: 'Per' }, { name: 'Åse' }, { number: 800101, name: 'Kari' }]
const names = (found) => Object.values(found).map((person) => person.name).join(' ')
const [what, kind] = process.argv.slice(2)
const others = {
    uniqBy: () => names(_.uniqBy(persons, 'number')),
    keyBy: () => names(_.keyBy(persons, 'number')),
    median: () => remeda.median(waits[kind]),
}
console.log(what in others ? others[what]() : Object.values(means).map((mean) => mean(waits[kind])).join(' '))
JS
seen 'lodash es-toolkit remeda ramda d3: of "10", "20"' '510 510 510 15 15' "$(node mean.mjs mean text)"
seen 'with one undefined' '10 NaN NaN NaN 15' "$(node mean.mjs mean undefined)"
seen 'with one null' '10 10 10 10 15' "$(node mean.mjs mean null)"
seen 'with one empty cell' '340 340 340 10 10' "$(node mean.mjs mean empty)"
seen 'remeda: median of "10", "20"' 1005 "$(node mean.mjs median text)"
seen 'lodash: uniqBy of Per, Åse and Kari by number' 'Per Kari' "$(node mean.mjs uniqBy)"
seen 'lodash: keyBy of Per, Åse and Kari by number' 'Kari Åse' "$(node mean.mjs keyBy)"
finish

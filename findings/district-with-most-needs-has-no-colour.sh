#!/usr/bin/env bash
# The district with 44 persons who need a home, where the others have 3 to 6, has no class on the map, and "natural breaks" put 18 with 44, not with 12.
#
# Where:   geostats 2.1.0, which makes the classes of a coloured map; beside it classybrew 0.0.3 and simple-statistics 7.12.1 (ckmeans), all npm.
# Guess:   classes cover all numbers they are made of, the first and the last with whatever lies outside; natural breaks (Jenks) are the
#          classes in which numbers are nearest to each other, so 12 and 18 go together and 44 stands alone.
# Seen:    classes by standard deviation end some deviations from the mean: of 3, 4, 5, 4, 3, 5, 4, 6, 5 and 44 the last has none,
#          getRangeNum is undefined, getClass an English sentence, and so a map has no colour for it. With matchBounds given, even
#          false, the outer limits are the least and the most. getClassJenks takes its limits one place too low: it puts 18 with 44, and of 5, 5, 6, 20, 21 and 30 in three classes 5 and 6 apart. getClassJenks2,
#          classybrew and ckmeans have it right.
# For us:  districts stand in tables, with their numbers; who draws a map of them lists what has no class before it is shown.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get geostats@2.1.0 classybrew@0.0.3 simple-statistics@7.12.1
cat >classes.cjs <<'JS'
const Geostats = require('geostats')
const [method, number, ...values] = process.argv.slice(2).map((word, i) => (i ? Number(word) : word))
const groups = (classOf) => {
  const found = new Map()
  for (const value of values) found.set(classOf(value), [...(found.get(classOf(value)) ?? []), value])
  return [...found].map(([name, of]) => (name === undefined ? 'none: ' : '') + of.join(' ')).join(', ')
}
if (method === 'ckmeans') console.log(require('simple-statistics').ckmeans(values, number).map((of) => of.join(' ')).join(', '))
else if (method === 'classybrew') {
  const brew = new (require('classybrew'))()
  brew.setSeries([...values])
  brew.setNumClasses(number)
  brew.setColorCode('BuGn')
  brew.classify('jenks')
  console.log(groups((value) => brew.getColorInRange(value)))
} else {
  const [name, bounds] = method.split('+')
  const stats = new Geostats([...values])
  stats[name](...(bounds ? [number, bounds === 'true'] : [number]))
  console.log(groups((value) => stats.getRangeNum(value)))
}
JS
of() { node classes.cjs "$@"; }
persons=(3 4 5 4 3 5 4 6 5 44)
for number in 3 4 5; do seen "by standard deviation, $number classes" '3 4 5 4 3 5 4 6 5, none: 44' "$(of getClassStdDeviation $number "${persons[@]}")"; done
seen '  4 classes, with matchBounds = false' '3 4 5 4 3 5 4 6 5, 44' "$(of getClassStdDeviation+false 4 "${persons[@]}")"
wide=(0 1 2 12 18 44)
seen 'natural breaks, 3 classes' '0 1 2, 12, 18 44' "$(of getClassJenks 3 "${wide[@]}")"
for method in getClassJenks2 classybrew ckmeans; do seen "  $method" '0 1 2, 12 18, 44' "$(of $method 3 "${wide[@]}")"; done
two=(5 5 6 20 21 30)
seen 'natural breaks, 3 classes' '5 5, 6, 20 21 30' "$(of getClassJenks 3 "${two[@]}")"
for method in getClassJenks2 classybrew ckmeans; do seen "  $method" '5 5 6, 20 21, 30' "$(of $method 3 "${two[@]}")"; done
finish

#!/usr/bin/env bash
# Of two places for three districts with ten persons each one is given and one is lost, of six for ten districts three; lots fall on the first in the list.
#
# Where:   hare-niemeyer 3.0.0 (npm), which shares out seats, or places, by numbers of persons, the largest remainders first, and draws
#          lots where remainders are the same; beside it sainte-lague 3.0.0, another method by the same hands.
# Guess:   as many are given as there are, and where lots are drawn each of those who have the same has the same chance.
# Seen:    where several places are left for more districts with the same remainder every second one is lost: nothing is said, and nobody
#          has it. So it is in 39 of 2724 ways to give one to six places to three districts of up to twelve persons, also where not all
#          have the same: 1, 4 and 4 persons share five of six. What is given goes to those that stand first, in each of a hundred
#          draws. With draw = false the quotas come out as they are, as the manual says, and add up. sainte-lague says that the
#          result is ambiguous, or, asked to draw, gives all.
# For us:  places go to persons, one by one, each with a reason; whoever shares a number out adds up what was given.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get hare-niemeyer@3.0.0 sainte-lague@3.0.0
cat >share.mjs <<'JS'
import hareNiemeyer from 'hare-niemeyer'
import sainteLague from 'sainte-lague'
const [method, places, draw, ...persons] = process.argv.slice(2)
const sum = (shares) => Object.values(shares).reduce((one, other) => one + other, 0)
const share = (numbers, number) => {
  const of = Object.fromEntries(numbers.map((one, i) => ['ABCDEFGHIJ'[i], one]))
  return method === 'sainte-lague' ? sainteLague(of, number, { draw: draw === 'true' }) : hareNiemeyer(of, number, draw === 'true')
}
if (places === 'all') {
  let ways = 0, lost = 0, more = 0
  for (let a = 0; a <= 12; a++) for (let b = a; b <= 12; b++) for (let c = Math.max(b, 1); c <= 12; c++) for (let number = 1; number <= 6; number++) {
    const given = sum(share([a, b, c], number))
    ways++
    if (given < number) lost++
    if (given > number) more++
  }
  console.log(`${ways} ways, ${lost} with a place lost, ${more} with one too many`)
} else {
  try {
    const drawn = new Set()
    for (let i = 0; i < 100; i++) {
      const shares = Object.values(share(persons.map(Number), Number(places)))
      drawn.add(method === 'sainte-lague' ? `${sum(shares)} given` : `${shares.map((one) => +one.toFixed(2)).join(' ')}: ${+sum(shares).toFixed(6)} given`)
    }
    console.log([...drawn].join(', '))
  } catch (error) { console.log(error.message.split(',')[0]) }
}
JS
of() { node share.mjs "$@"; }
seen '2 places, 10, 10 and 10 persons' '1 0 0: 1 given' "$(of hare-niemeyer 2 true 10 10 10)"
seen '3 places' '1 1 1: 3 given' "$(of hare-niemeyer 3 true 10 10 10)"
seen '4 places' '2 1 1: 4 given' "$(of hare-niemeyer 4 true 10 10 10)"
seen '5 places' '2 1 1: 4 given' "$(of hare-niemeyer 5 true 10 10 10)"
seen '2 places, without lots' '0.67 0.67 0.67: 2 given' "$(of hare-niemeyer 2 false 10 10 10)"
seen '6 places, 1, 4 and 4 persons' '1 2 2: 5 given' "$(of hare-niemeyer 6 true 1 4 4)"
seen '6 places, ten times 10 persons' '1 1 1 0 0 0 0 0 0 0: 3 given' "$(of hare-niemeyer 6 true 10 10 10 10 10 10 10 10 10 10)"
seen '1 to 6 places, 0 to 12 persons in each of three' '2724 ways, 39 with a place lost, 0 with one too many' "$(of hare-niemeyer all true)"
seen 'sainte-lague: 2 places, 10, 10 and 10 persons' 'result is ambiguous' "$(of sainte-lague 2 false 10 10 10)"
seen '  with lots' '2 given' "$(of sainte-lague 2 true 10 10 10)"
finish

#!/usr/bin/env bash
# One rent in ten cannot be paid: the number on the giro (KID) is refused when its control digit is 0, or the hyphen that stands for ten.
#
# Where:   norsk-validator 2.0.0 and @ssfbank/norwegian-id-validators 1.0.0 (npm), which check the number by which a Norwegian payment says
#          what it is for, with a control digit by mod 10 (Luhn) or mod 11; on numbers made by norwegian-numbers 1.0.9 (npm).
# Guess:   a check of such numbers takes each that is made by either rule; 0 is the control digit of one in ten, or one in eleven, and a
#          hyphen stands at the end where mod 11 gives ten.
# Seen:    by mod 10 the digit is worked out as ten less the last digit of a sum, which is 10, not 0, where the sum ends in 0: of 1000
#          numbers in a row 95 of the 100 with 0 are refused, all for which 0 does not fit mod 11 as well. By mod 11 0 is taken, the
#          hyphen never, so one in eleven is refused. Both say no more than false. The package that made them takes each.
# For us:  our letters have no such number; who checks them tries a hundred in a row, so that each control digit comes.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get norsk-validator@2.0.0 @ssfbank/norwegian-id-validators@1.0.0 norwegian-numbers@1.0.9
cat >kid.cjs <<'JS'
const { makeKidNumber, verifyKidNumber } = require('norwegian-numbers')
const [who, rule] = process.argv.slice(2)
const check = {
  norsk: require('norsk-validator').kidnummer,
  ssfbank: require('@ssfbank/norwegian-id-validators').validateKid,
  maker: (number) => verifyKidNumber(number, rule)
}[who]
const counts = {}
for (let i = 20260000; i < 20261000; i++) {
  const number = makeKidNumber(String(i), rule), count = counts[number.at(-1)] ??= { all: 0, refused: 0 }
  count.all++
  if (!check(number)) count.refused++
}
console.log(Object.entries(counts).filter(([, { refused }]) => refused).map(([last, { all, refused }]) => `${refused} of ${all} that end in ${last}`).join(', ') || 'none')
JS
for who in norsk ssfbank; do
	seen "$who, mod 10: refused of 1000" '95 of 100 that end in 0' "$(node kid.cjs $who MOD10)"
	seen "$who, mod 11" '91 of 91 that end in -' "$(node kid.cjs $who MOD11)"
done
for rule in MOD10 MOD11; do seen "norwegian-numbers, $rule" none "$(node kid.cjs maker $rule)"; done
finish

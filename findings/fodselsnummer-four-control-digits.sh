#!/usr/bin/env bash
# The same nine digits of an identity number have four valid endings for one validator, none for others.
#
# Where:   @navikt/fnrvalidator 2.2.1, norwegian-national-id-validator 3.1.3 and stdnum 1.12.0 (npm),
#          python3-stdnum 1.18 (Debian 12), on a synthetic number (month + 80).
# Guess:   modulus 11 gives nine digits at most one pair of control digits, and a validator for the
#          numbers in use takes that pair. Tools know the synthetic series, made for testing them.
# Seen:    NAV's validator already has the rule of 2032, where the first control digit may leave 0 to 3:
#          three endings more pass, each of which is a mistyped number until then. The three others refuse
#          the synthetic series as a wrong date.
# For us:  another system's "valid" is not ours: a number that it let through can be refused here as
#          mistyped, rightly. From 2032 on the rule must follow the year of issue.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @navikt/fnrvalidator@2.2.1 norwegian-national-id-validator@3.1.3 stdnum@1.12.0
deb_get python3-stdnum=1.18-1

nine=128385100 # born 12 March 1985, synthetic
seq -f "$nine%02g" 0 99 >endings
cat >valid.cjs <<'JS'
const { idnr } = require('@navikt/fnrvalidator')
const { validateNorwegianIdNumber } = require('norwegian-national-id-validator')
const { stdnum } = require('stdnum')
const endings = require('fs').readFileSync('endings', 'utf8').trim().split('\n')
const passing = {
  nav: (n) => idnr(n).status === 'valid',
  national: (n) => validateNorwegianIdNumber(n),
  stdnum: (n) => stdnum.NO.fodselsnummer.validate(n).isValid,
}
console.log(endings.filter(passing[process.argv[2]]).map((n) => n.slice(9)).join(' ') || 'none')
JS
modulus() {
	perl -e '
my @digits = split //, shift;
for my $weights ([3, 7, 6, 1, 8, 9, 4, 5, 2], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) {
    my $sum = 0;
    $sum += $digits[$_] * $weights->[$_] for 0 .. $#$weights;
    push @digits, (11 - $sum % 11) % 11;
}
print join "", @digits[9, 10];' "$nine"
}
python() {
	PYTHONPATH=$root/usr/lib/python3/dist-packages python3 -c '
from stdnum.no import fodselsnummer
print(" ".join(n[9:] for n in open("endings").read().split() if fodselsnummer.is_valid(n)) or "none")'
}
seen 'modulus 11, as it is until 2032' 68 "$(modulus)"
seen '@navikt/fnrvalidator' '68 76 84 92' "$(node valid.cjs nav)"
seen 'norwegian-national-id-validator' none "$(node valid.cjs national)"
seen 'stdnum' none "$(node valid.cjs stdnum)"
seen 'python3-stdnum' none "$(python)"
finish

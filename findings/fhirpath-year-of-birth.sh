#!/usr/bin/env bash
# Of whom only the year of birth is known, FHIRPath counts neither as adult nor as minor.
#
# Where:   fhirpath 5.2.2 (npm, with its model for FHIR R4), partial dates as FHIR allows them.
# Guess:   a partial birth date is compared by its first day, or is an error: everybody is on one side of
#          "born on or before" and "born after", and "not equal" holds for a year that cannot be that day.
# Seen:    the year alone gives no answer, and where() takes no answer for no. Four persons, one of them
#          without a date: 1 born by the day, 1 after it, and not() of the first gives 1. iif() calls all
#          three others minors. Compared with a year instead of a day, the partial one is counted.
# For us:  such counts need their third row, "not known"; nothing is decided by what is left over.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get fhirpath@5.2.2
cat >persons.cjs <<'JS'
const fhirpath = require('fhirpath')
const persons = [{ birthDate: '1990-03-15' }, { birthDate: '2008' }, { birthDate: '2012-01' }, {}]
const bundle = { resourceType: 'Bundle', entry: persons.map((one) => ({ resource: { resourceType: 'Patient', ...one } })) }
console.log(fhirpath.evaluate(bundle, process.argv[2], {}, require('fhirpath/fhir-context/r4')).join(' '))
JS
of() { node persons.cjs "$1"; }
seen 'persons' 4 "$(of 'entry.resource.count()')"
seen 'born by 28 November 2008' 1 "$(of 'entry.resource.where(birthDate <= @2008-11-28).count()')"
seen 'born after' 1 "$(of 'entry.resource.where(birthDate > @2008-11-28).count()')"
seen 'not born by' 1 "$(of 'entry.resource.where((birthDate <= @2008-11-28).not()).count()')"
seen 'born on another day' 2 "$(of 'entry.resource.where(birthDate != @2008-11-28).count()')"
seen 'each, by iif' 'adult minor minor minor' "$(of "entry.resource.select(iif(birthDate <= @2008-11-28, 'adult', 'minor'))")"
seen 'born by 2008' 2 "$(of 'entry.resource.where(birthDate <= @2008).count()')"
finish

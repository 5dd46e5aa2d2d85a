#!/usr/bin/env bash
# A validator of FHIR finds a birth date of 03.02.1985 valid, and of 30 February, but tells that "mann" is no sex.
#
# Where:   fhir 4.12.0 (npm), its validate() for resources of FHIR R4.
# Guess:   a validator that knows the types refuses a date that is none, as the specification's pattern for dates does, an
#          id with a blank, an instant without a time, and two values where one is allowed.
# Seen:    codes, booleans, numbers, lists and what is missing are judged; of a date only that it is not a word: 1985-13-01 and
#          03.02.1985 are valid birth dates, "A 1/2" is a valid id, and an observation may say yes and "no".
# For us:  what says that a file is valid FHIR says nothing about its days; a bridge from FHIR reads them by our own rules.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get fhir@4.12.0
valid() { node -e 'console.log(new (require("fhir").Fhir)().validate(JSON.parse(process.argv[1])).valid)' "$1"; }
observation='"resourceType": "Observation", "status": "final", "code": {"text": "moved in"}'
seen 'a birth date' true "$(valid '{"resourceType": "Patient", "birthDate": "1985-02-03"}')"
seen '30 February' true "$(valid '{"resourceType": "Patient", "birthDate": "1985-02-30"}')"
seen 'month 13' true "$(valid '{"resourceType": "Patient", "birthDate": "1985-13-01"}')"
seen '03.02.1985' true "$(valid '{"resourceType": "Patient", "birthDate": "03.02.1985"}')"
seen 'unknown' false "$(valid '{"resourceType": "Patient", "birthDate": "unknown"}')"
seen 'id A 1/2' true "$(valid '{"resourceType": "Patient", "id": "A 1/2"}')"
seen 'an instant without a time' true "$(valid "{$observation, \"issued\": \"2026-03-01\"}")"
seen 'yes, and "no"' true "$(valid "{$observation, \"valueBoolean\": true, \"valueString\": \"no\"}")"
seen 'sex "mann"' false "$(valid '{"resourceType": "Patient", "gender": "mann"}')"
seen 'active "nei"' false "$(valid '{"resourceType": "Patient", "active": "nei"}')"
seen 'a number 1,5' false "$(valid "{$observation, \"valueQuantity\": {\"value\": \"1,5\"}}")"
seen 'no status' false "$(valid '{"resourceType": "Observation"}')"
finish

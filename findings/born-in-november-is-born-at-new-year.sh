#!/usr/bin/env bash
# Who was born in November 2008, the day not known, is born on 1 January, and so 18 ten months early; a visit at ten o'clock is at midnight.
#
# Where:   @medplum/ccda 5.1.10 (npm), which turns clinical documents (CDA of HL7) into FHIR and back, and python3-hl7 0.4.5 (Debian 12), for
#          messages of HL7 version 2. Both write a time as digits, as many as are known: 2008, 200811, 20081128, 2026030110.
# Guess:   what is known stays known: 200811 becomes 2008-11, which FHIR allows, and 2008 stays a year, or an error tells of it.
# Seen:    medplum makes 2008-01-01 of both 2008 and 200811, so the month that was known is lost and a day that nobody knew is there. Of
#          2026030110, ten o'clock, the hour is lost, and the rest is midnight in Greenwich. 20260231 becomes 2026-02-31. The way back
#          keeps 2008-11 as 200811, so a birth date that goes there and back has changed. hl7 makes the first of the month of 200811,
#          1 January of 2008 and ten o'clock of the hour, and refuses 31 February; nothing in what it gives tells how much was known.
# For us:  a birth date is a whole day or is not known; what has only a year or a month is asked for, before an age decides anything.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @medplum/ccda@5.1.10
deb_get python3-hl7=0.4.5-1
cat >cda.cjs <<'JS'
globalThis.WebSocket ??= class {} // one of its parts asks for it when it is read
const cda = require('@medplum/ccda')
console.log(cda[process.argv[2]](process.argv[3]))
JS
cda() { node cda.cjs "$1" "$2"; }
hl7() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "
import hl7
try: print(hl7.parse_datetime('$1').strftime('%Y-%m-%d %H:%M'))
except ValueError: print('refused')"; }
seen 'medplum: 20081128' 2008-11-28 "$(cda mapCcdaToFhirDate 20081128)"
seen 'medplum: 200811' 2008-01-01 "$(cda mapCcdaToFhirDate 200811)"
seen 'medplum: 2008' 2008-01-01 "$(cda mapCcdaToFhirDate 2008)"
seen 'medplum: 2026030110' 2026-03-01T00:00:00Z "$(cda mapCcdaToFhirDateTime 2026030110)"
seen 'medplum: 202603011000' 2026-03-01T10:00:00Z "$(cda mapCcdaToFhirDateTime 202603011000)"
seen 'medplum: 20260231' 2026-02-31 "$(cda mapCcdaToFhirDate 20260231)"
seen 'medplum: 2008-11, back' 200811 "$(cda mapFhirToCcdaDate 2008-11)"
seen 'hl7: 200811' '2008-11-01 00:00' "$(hl7 200811)"
seen 'hl7: 2008' '2008-01-01 00:00' "$(hl7 2008)"
seen 'hl7: 2026030110' '2026-03-01 10:00' "$(hl7 2026030110)"
seen 'hl7: 20260231' refused "$(hl7 20260231)"
finish

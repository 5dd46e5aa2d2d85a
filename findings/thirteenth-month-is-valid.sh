#!/usr/bin/env bash
# Month 13 and 32 February are valid, and a wait of 9 days is longer than the 14 that are allowed, one of 110 is not.
#
# Where:   rdf-validate-shacl 0.6.5 (npm), which checks linked data by rules in SHACL, as catalogues of public bodies are
#          checked: sh:datatype, sh:minInclusive, sh:maxInclusive.
# Guess:   with sh:datatype xsd:date a day that is none is a fault, as the standard asks of a literal that is ill-formed. Durations
#          (xsd:dayTimeDuration) are compared by their length, as SPARQL 1.1 with its functions of XPath does, or cannot be compared,
#          and then it is a fault.
# Seen:    31 and 32 February, month 13 and the time 25:00 are valid; only another form, 01.03.2026, is a fault. 31 February is
#          also after 1 January where a least day is asked for. Durations are compared by their letters: of a limit of P14D P9D is
#          a fault and P110D none, and 9 years are not less than 18. Numbers and real days are as guessed.
# For us:  days are read by our own calendar, and lengths leave as whole days; whoever makes rules in SHACL for them adds a
#          pattern for month and day, and writes lengths as numbers.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get rdf-validate-shacl@0.6.5 n3@1.26.0 @rdfjs/dataset@2.0.3
cat >check.mjs <<'JS'
import sets from '@rdfjs/dataset'
import { Parser } from 'n3'
import Validate from 'rdf-validate-shacl'
const prefixes = `@prefix sh: <http://www.w3.org/ns/shacl#>. @prefix xsd: <http://www.w3.org/2001/XMLSchema#>. @prefix : <http://example.no/>.`
const read = (text) => sets.dataset(new Parser().parse(prefixes + text))
for (const [rule, value] of process.argv.slice(2).map((pair) => pair.split('|'))) {
  const rules = read(`:rule a sh:NodeShape; sh:targetNode :case; sh:property [ sh:path :it; ${rule} ].`), data = read(`:case :it ${value}.`)
  console.log((await new Validate(rules).validate(data)).conforms ? 'valid' : 'fault')
}
JS
what=() expected=() pairs=()
check() { what+=("$1") expected+=("$2") pairs+=("$3|$4"); } # WHAT EXPECTED RULE VALUE: asked in one run at the end
date() { check "$1" "$2" 'sh:datatype xsd:date' "\"$1\"^^xsd:date"; }
date 2026-02-28 valid
date 2026-02-31 valid
date 2026-02-32 valid
date 2026-13-01 valid
date 01.03.2026 fault
check '25:00:00' valid 'sh:datatype xsd:time' '"25:00:00"^^xsd:time'
least='sh:minInclusive "2026-01-01"^^xsd:date'
check 'from 2026-01-01 on: 2026-02-31' valid "$least" '"2026-02-31"^^xsd:date'
check 'from 2026-01-01 on: 2025-12-31' fault "$least" '"2025-12-31"^^xsd:date'
most='sh:maxInclusive "P14D"^^xsd:dayTimeDuration'
check 'at most P14D: P13D' valid "$most" '"P13D"^^xsd:dayTimeDuration'
check 'at most P14D: P9D' fault "$most" '"P9D"^^xsd:dayTimeDuration'
check 'at most P14D: P110D' valid "$most" '"P110D"^^xsd:dayTimeDuration'
check 'at least P18Y: P9Y' valid 'sh:minInclusive "P18Y"^^xsd:yearMonthDuration' '"P9Y"^^xsd:yearMonthDuration'
check 'at least 18: 9' fault 'sh:minInclusive 18' 9
mapfile -t actual < <(node check.mjs "${pairs[@]}")
for one in "${!what[@]}"; do seen "${what[one]}" "${expected[one]}" "${actual[one]}"; done
finish

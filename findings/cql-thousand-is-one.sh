#!/usr/bin/env bash
# "1 000" kroner are 1 and "3-5" places 3 in CQL, which says that both can be numbers, and the latest day is that which comes first.
#
# Where:   cql-execution 3.3.2 (npm), the engine that runs rules in CQL, HL7's language for clinical rules, on its
#          compiled form (ELM).
# Guess:   ToInteger and ToDecimal give null for what is no number in CQL's own notation, as its specification says; of a year
#          and a day in it, neither is the later, so Max is null; what spreads of one number is null or 0.
# Seen:    the digits at the front count and the rest is dropped: "1 000" and "1.000,5" are 1, "1,9" is 1, house "12E" is 12,
#          "2026-03-01" is 2026, and ConvertsToInteger is true for all of these. Max and Min of 2026 and 2026-05-01 both give
#          whichever is first in the list. Only "<" gives null. The standard deviation of one number is NaN.
# For us:  a cell with more than its number in it is refused, with the cell's name; a day of which only the year is known is
#          compared by neither its first nor its last day, but asked for.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get cql-execution@3.3.2
cat >run.cjs <<'JS'
const cql = require('cql-execution')
const literal = (type, value) => ({ type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}' + type, value: String(value) })
const day = (iso) => {
    const parts = iso.split('-').map((n) => literal('Integer', Number(n)))
    return Object.assign({ type: 'Date' }, ...parts.map((part, n) => ({ [['year', 'month', 'day'][n]]: part })))
}
const [operator, ...words] = process.argv.slice(2)
const kinds = {
    list: (make) => ({ type: operator, source: { type: 'List', element: words.map(make) } }),
    pair: (make) => ({ type: operator, operand: words.map(make) }),
    one: (make) => ({ type: operator, operand: make(words[0]) }),
}
const expression = operator.includes('To') ? kinds.one((word) => literal('String', word))
    : operator === 'StdDev' ? kinds.list((word) => literal('Integer', word))
    : operator === 'Less' ? kinds.pair(day) : kinds.list(day)
const library = new cql.Library({ library: {
    identifier: { id: 'Test' }, schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
    usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
    statements: { def: [{ name: 'it', context: 'Unfiltered', expression }] },
} })
new cql.Executor(library, new cql.CodeService({}), {}, new cql.NullMessageListener()).exec(new cql.PatientSource([]))
    .then((done) => console.log(String(done.unfilteredResults.it)))
JS
cql() { node run.cjs "$@"; }
seen 'ToInteger 1 000' 1 "$(cql ToInteger '1 000')"
seen 'ToInteger 3-5' 3 "$(cql ToInteger 3-5)"
seen 'ToInteger 12E' 12 "$(cql ToInteger 12E)"
seen 'ToInteger 2026-03-01' 2026 "$(cql ToInteger 2026-03-01)"
seen 'ToDecimal 1,9' 1 "$(cql ToDecimal 1,9)"
seen 'ToDecimal 1.000,5' 1 "$(cql ToDecimal 1.000,5)"
seen 'ConvertsToInteger 1 000, 3-5, 12E' 'true true true' "$(for word in '1 000' 3-5 12E; do cql ConvertsToInteger "$word"; done | paste -sd ' ')"
seen 'ToInteger <5' null "$(cql ToInteger '<5')"
seen '2026 < 2026-05-01' null "$(cql Less 2026 2026-05-01)"
seen 'Max of 2026, 2026-05-01' 2026 "$(cql Max 2026 2026-05-01)"
seen 'Max of 2026-05-01, 2026' 2026-05-01 "$(cql Max 2026-05-01 2026)"
seen 'Min of 2026, 2026-05-01' 2026 "$(cql Min 2026 2026-05-01)"
seen 'Min of 2026-05-01, 2026' 2026-05-01 "$(cql Min 2026-05-01 2026)"
seen 'StdDev of 5' NaN "$(cql StdDev 5)"
finish

#!/usr/bin/env bash
# Whose day of birth is not known was born on 1 January 2020 and is a child of six, and who was never asked whether to consent does not.
#
# Where:   @dhis2/expression-parser 1.1.0 (npm), which works out the rules of DHIS2 (program rules), a system in which health services keep
#          persons and their visits; a rule's condition, with fields that have no value.
# Guess:   what has no value is null, and so is what is worked out of it, or a comparison with it does not hold; a rule asks
#          hasValue first only to be clear.
# Seen:    a number that is not there is 0, a yes or no is false, a text is empty, and a date is 1 January 2020: from a birth date that is not
#          known to 1 March 2026 are six years, and 2251 days have been waited since a day of referral that is not known. "Under
#          18" holds, "18 or older" does not, and not consenting holds. A number kept as text is taken as one beside a number,
#          and as text beside a text: "9" is below 18 but above "18", and 0301 is 301. Nothing says which was a value, but hasValue.
# For us:  in our rules a fact that has no answer is asked for; whoever writes such rules puts d2:hasValue before each of them.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @dhis2/expression-parser@1.1.0
cat >rule.mjs <<'JS'
import { ExpressionDataJs, ExpressionJs, ExpressionMode, ValueType, VariableValueJs } from '@dhis2/expression-parser'
const field = (type, value) => new VariableValueJs(ValueType[type], value, value === null ? [] : [value], null)
const fields = new Map(Object.entries({
  age: field('NUMBER', null), children: field('NUMBER', null), consent: field('BOOLEAN', null), born: field('DATE', null),
  received: field('DATE', null), house: field('STRING', null), known: field('DATE', '2008-02-29'), nine: field('STRING', '9'), municipality: field('STRING', '0301')
}))
const data = new ExpressionDataJs(fields, new Map(), new Map(), new Map(), new Map())
console.log(String(new ExpressionJs(process.argv[2], ExpressionMode.RULE_ENGINE_CONDITION).evaluate(() => 'unsupported', data)))
JS
of() { seen "$1" "$2" "$(node rule.mjs "$1")"; }
of "d2:yearsBetween(#{known}, '2026-03-01')" 18
of "d2:yearsBetween(#{born}, '2026-03-01')" 6
of 'd2:addDays(#{born}, 0)' 2020-01-01
of "d2:daysBetween(#{received}, '2026-03-01')" 2251
of '#{age} < 18' true
of '#{age} >= 18' false
of 'd2:hasValue(#{age})' false
of '!#{consent}' true
of '#{children} == 0' true
of "#{house} == ''" true
of '#{nine} < 18' true
of "#{nine} < '18'" false
of '#{municipality} == 301' true
finish

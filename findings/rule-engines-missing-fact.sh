#!/usr/bin/env bash
# A fact that is not known makes a person eligible in one rule engine, and refused in another.
#
# Where:   json-logic-js 2.0.5, json-rules-engine 7.3.1 and feelin 8.2.0 (FEEL, the language of DMN decision
#          tables), all npm, for rules as a house has them: an age below 67, at most 0, a sex.
# Guess:   a rule over a missing fact is an error, false, or "unknown" (null); a rule and its opposite are
#          never both true.
# Seen:    json-logic-js: a missing age is below 67 and at most 0, both true, since null counts as 0.
#          json-rules-engine: null is "notIn" and "notEqual", so "not for women" lets an unknown sex in, while
#          "only for men" keeps it out; a fact that is absent, not null, is an error.
#          feelin: comparisons of order give null, but != gives true; "if" takes null for no.
# For us:  a rule has three answers, and the one that is not known asks.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get json-logic-js@2.0.5 json-rules-engine@7.3.1 feelin@8.2.0
cat >rules.mjs <<'JS'
import logic from 'json-logic-js'
import { Engine } from 'json-rules-engine'
import { evaluate } from 'feelin'
const facts = JSON.parse(process.argv[4])
const engines = {
  logic: (rule) => logic.apply(JSON.parse(rule), facts),
  feel: (rule) => evaluate(rule, facts).value,
  rules: async (rule) => {
    const engine = new Engine([{ conditions: { all: [JSON.parse(rule)] }, event: { type: 'eligible' } }])
    return (await engine.run(facts)).events.length === 1
  },
}
try { console.log(String(await engines[process.argv[2]](process.argv[3]))) } catch { console.log('error') }
JS
rule() { node rules.mjs "$@"; }
unknown='{"age":null,"sex":null}'
seen 'json-logic-js: age < 67' true "$(rule logic '{"<":[{"var":"age"},67]}' "$unknown")"
seen 'json-logic-js: age <= 0' true "$(rule logic '{"<=":[{"var":"age"},0]}' "$unknown")"
seen 'json-rules-engine: sex not in (woman)' true "$(rule rules '{"fact":"sex","operator":"notIn","value":["woman"]}' "$unknown")"
seen 'json-rules-engine: sex in (man)' false "$(rule rules '{"fact":"sex","operator":"in","value":["man"]}' "$unknown")"
seen 'json-rules-engine: the fact is absent' error "$(rule rules '{"fact":"sex","operator":"notIn","value":["woman"]}' '{}')"
seen 'feelin: age < 67' null "$(rule feel 'age < 67' "$unknown")"
seen 'feelin: sex != "woman"' true "$(rule feel 'sex != "woman"' "$unknown")"
seen 'feelin: if age < 67 then ...' refused "$(rule feel 'if age < 67 then "eligible" else "refused"' "$unknown")"
finish

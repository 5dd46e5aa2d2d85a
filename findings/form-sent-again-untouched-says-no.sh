#!/usr/bin/env bash
# A form that is opened and sent again without a touch has lost the house that is off the list and the day of birth, and says no to what was never asked.
#
# Where:   @bpmn-io/form-js-viewer 2.0.0 (npm), which shows the forms of processes drawn in BPMN and gives back what they hold; run with jsdom
#          22.1.0. A plan that is there already is opened (importSchema) and sent (submit).
# Guess:   what nobody touched comes back as it was: what the form has no field for, what is not among its choices, and what it cannot
#          show as well; or an error says of which field. What has no answer has none.
# Seen:    a house that is not among the choices any more is null, and so are "JA" for "ja" and a day written 01.03.1985; a list that has one
#          answer as a text is empty. 2026-02-30 comes back as it is. What has no field, and the answer of a question that the form
#          hides, are gone. A box that nobody ever ticked or left comes back false. With an age that is not known, a question
#          that is hidden from those under 18 is hidden as well, so what must be answered is not asked. No error in any of it.
# For us:  of what such a form sends only the fields that somebody changed are taken, and an answer that is not among the choices is
#          kept and told of.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @bpmn-io/form-js-viewer@2.0.0 jsdom@22.1.0
cat >form.cjs <<'JS'
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('<!doctype html><div id="form"></div>', { pretendToBeVisual: true, url: 'http://localhost/' })
globalThis.window = window
for (const name of ['document', 'navigator', 'HTMLElement', 'Element', 'Node', 'MutationObserver', 'getComputedStyle', 'requestAnimationFrame',
  'cancelAnimationFrame', 'Event', 'CustomEvent', 'KeyboardEvent', 'DOMParser', 'SVGElement', 'Document', 'DocumentFragment', 'ShadowRoot', 'Text',
  'File', 'FileReader', 'FormData', 'HTMLInputElement']) Object.defineProperty(globalThis, name, { value: window[name], configurable: true })
globalThis.ResizeObserver = window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} }
const { Form } = require('@bpmn-io/form-js-viewer')
const choices = (...of) => of.map((value) => ({ label: value, value }))
const schema = { type: 'default', schemaVersion: 16, id: 'plan', components: [
  { type: 'number', key: 'age', label: 'Age', id: 'f1' },
  { type: 'checkbox', key: 'consent', label: 'Consent', id: 'f2' },
  { type: 'select', key: 'house', label: 'House', id: 'f3', values: choices('Fjord', 'Elv') },
  { type: 'radio', key: 'children', label: 'Children', id: 'f4', values: choices('ja', 'nei') },
  { type: 'checklist', key: 'needs', label: 'Needs', id: 'f5', values: choices('base', 'natt') },
  { type: 'datetime', subtype: 'date', key: 'born', dateLabel: 'Born', id: 'f6' },
  { type: 'textfield', key: 'reason', label: 'Why not', id: 'f7', conditional: { hide: '=consent = true' } },
  { type: 'textfield', key: 'rent', label: 'Rent paid by', id: 'f8', validate: { required: true }, conditional: { hide: '=age < 18' } }
] }
const [data, key] = [JSON.parse(process.argv[2]), process.argv[3]]
;(async () => {
  const form = new Form({ container: window.document.querySelector('#form') })
  await form.importSchema(schema, data)
  const sent = form.submit()
  const errors = Object.keys(sent.errors).filter((id) => id !== 'f8' || key === 'rent')
  console.log((key in sent.data ? JSON.stringify(sent.data[key]) : 'gone') + (errors.length ? `, error in ${errors}` : ''))
  process.exit()
})()
JS
of() { node form.cjs "$@"; } # PLAN KEY
seen 'house Fjord' '"Fjord"' "$(of '{"house":"Fjord"}' house)"
seen '  Bakke, which is closed' null "$(of '{"house":"Bakke"}' house)"
seen 'children ja' '"ja"' "$(of '{"children":"ja"}' children)"
seen '  JA' null "$(of '{"children":"JA"}' children)"
seen 'needs base and natt' '["base","natt"]' "$(of '{"needs":["base","natt"]}' needs)"
seen '  base alone, as a text' '[]' "$(of '{"needs":"base"}' needs)"
seen 'born 1985-03-01' '"1985-03-01"' "$(of '{"born":"1985-03-01"}' born)"
seen '  01.03.1985' null "$(of '{"born":"01.03.1985"}' born)"
seen '  1985-02-30' '"1985-02-30"' "$(of '{"born":"1985-02-30"}' born)"
seen 'consent never asked' false "$(of '{}' consent)"
seen 'a reason, beside consent' gone "$(of '{"consent":true,"reason":"tenker"}' reason)"
seen 'case number, for which there is no field' gone "$(of '{"case":"H-2026-014"}' case)"
seen 'who pays the rent, age 40' '"", error in f8' "$(of '{"age":40}' rent)"
seen '  age 17' gone "$(of '{"age":17}' rent)"
seen '  age not known' gone "$(of '{}' rent)"
finish

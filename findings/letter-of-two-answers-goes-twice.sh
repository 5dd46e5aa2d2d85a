#!/usr/bin/env bash
# Two of three offices were asked; the letter that waits for their answers goes out after the first, and once more after the second.
#
# Where:   bpmn-engine 25.0.1 (npm), which runs processes drawn in BPMN: an inclusive gateway asks health and economy, not school, a
#          second one joins them, then a letter. Beside it a parallel gateway as the join.
# Guess:   an inclusive gateway that joins waits for all that were begun and goes on once, as BPMN 2.0 says; that is what it
#          is drawn for, since a parallel one would wait for the school too.
# Seen:    the join passes each answer on alone, as an exclusive gateway does: the letter is written before the second office
#          has answered, and again after it. Nothing is said, and the process ends without an error. The parallel gateway writes
#          one letter after both, and one alone when a single office was asked, so that it does what the inclusive one should.
# For us:  a letter is written for a case and a step, not for an answer; whoever draws such a process tries it with two answers and
#          counts the letters.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get bpmn-engine@25.0.1
cat >run.cjs <<'JS'
const { EventEmitter } = require('events'), { Engine } = require('bpmn-engine')
const [join, ...asked] = process.argv.slice(2), offices = ['health', 'economy', 'school']
const flow = (from, to, inner = '') => `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${inner}</sequenceFlow>`
const when = (yes) => `<conditionExpression xsi:type="tFormalExpression" language="javascript">next(null, ${yes})</conditionExpression>`
const source = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  id="definitions" targetNamespace="http://example.no/">
  <process id="case" isExecutable="true">
    <startEvent id="start" /><inclusiveGateway id="ask" /><${join} id="join" /><task id="letter" /><endEvent id="end" />
    ${flow('start', 'ask')}${flow('join', 'letter')}${flow('letter', 'end')}
    ${offices.map((one) => `<task id="${one}" />${flow('ask', one, when(asked.includes(one)))}${flow(one, 'join')}`).join('')}
  </process></definitions>`
const listener = new EventEmitter(), seen = []
listener.on('activity.end', (activity) => { if ([...offices, 'letter'].includes(activity.id)) seen.push(activity.id) })
new Engine({ source }).execute({ listener }, (error) => console.log(error ? 'error' : seen.join(' ')))
JS
run() { node run.cjs "$@"; }
seen 'inclusive join: two were asked' 'health letter economy letter' "$(run inclusiveGateway health economy)"
seen 'inclusive join: one was asked' 'health letter' "$(run inclusiveGateway health)"
seen 'exclusive join: two were asked' 'health letter economy letter' "$(run exclusiveGateway health economy)"
seen 'parallel join: two were asked' 'health economy letter' "$(run parallelGateway health economy)"
seen 'parallel join: one was asked' 'health letter' "$(run parallelGateway health)"
finish

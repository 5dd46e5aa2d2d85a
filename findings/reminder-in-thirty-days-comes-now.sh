#!/usr/bin/env bash
# A case that becomes overdue after thirty days is overdue at once, and the reminder of that day is sent before the letter.
#
# Where:   xstate 5.33.3 (after) and rxjs 7.8.2 (timer), npm: a state machine of a case, and events in time. Beside them bpmn-engine
#          25.0.1 (P30D), node-schedule 2.1.1 and croner 11.0.1.
# Guess:   a wait that is longer than the clock below can count is split up, or refused; 24 days and 30 days differ by six days.
# Seen:    both hand 30 days to the runtime's timer, which counts no further than 24 days and 20 hours and takes what is longer for one
#          thousandth of a second. xstate is in the state "overdue" within the second; rxjs has sent. With 24 days they wait. The runtime
#          writes a warning of a number that does not fit; the state of the case says nothing. bpmn-engine, node-schedule and croner wait.
# For us:  deadlines are days, worked out anew by each run of a program; none is a timer.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get xstate@5.33.3 rxjs@7.8.2 bpmn-engine@25.0.1 node-schedule@2.1.1 croner@11.0.1
cat >wait.cjs <<'JS'
const [who, days] = process.argv.slice(2)
const wait = Number(days) * 86400e3
const then = () => new Date(Date.now() + wait)
let state = 'waits'
const fire = () => { state = 'has come' }
const start = {
  xstate() {
    const { createMachine, createActor } = require('xstate')
    const actor = createActor(createMachine({ initial: 'sent', states: { sent: { after: { [wait]: 'overdue' } }, overdue: {} } }))
    actor.subscribe((now) => { if (now.value === 'overdue') fire() })
    actor.start()
  },
  rxjs() { require('rxjs').timer(wait).subscribe(fire) },
  'node-schedule'() { require('node-schedule').scheduleJob(then(), fire) },
  croner() { new (require('croner').Cron)(then(), fire) },
  'bpmn-engine'() {
    const source = `<definitions id="d" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <process id="case" isExecutable="true"><startEvent id="sent" /><sequenceFlow id="to" sourceRef="sent" targetRef="limit" />
      <intermediateCatchEvent id="limit"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">P${days}D</timeDuration>
      </timerEventDefinition></intermediateCatchEvent></process></definitions>`
    const listener = new (require('node:events'))()
    listener.on('activity.end', (activity) => { if (activity.id === 'limit') fire() })
    new (require('bpmn-engine').Engine)({ name: 'case', source }).execute({ listener })
  },
}
start[who]()
setTimeout(() => { console.log(state); process.exit() }, 1000)
JS
after() { node --no-warnings wait.cjs "$@"; }
for who in xstate rxjs; do
	seen "$who, 24 days" waits "$(after $who 24)"
	seen "$who, 30 days" 'has come' "$(after $who 30)"
done
for who in bpmn-engine node-schedule croner; do seen "$who, 30 days" waits "$(after $who 30)"; done
finish

#!/usr/bin/env bash
# Who undoes what she wrote takes back what another wrote last, and a task brought back has lost the tick that another gave it, a note its last words.
#
# Where:   Yjs 13.6.33 (npm), on which editors that several use at once are built, and its UndoManager, each change a step (captureTimeout 0);
#          a shared plan with a house, a task and a note, changed on two machines, a and b.
# Guess:   undo takes back what was done on this machine, since what arrives by applyUpdate is no change of it (its transaction is not
#          local); a house that b wrote later stays, and a task that comes back has what it had and what b did to it.
# Seen:    unless applyUpdate is told an origin, which nothing asks for, what arrives counts as done here. a wrote Elv for Fjord, b then
#          Bakke; a's undo takes away Bakke, and Elv is back. With an origin Bakke stays; but where b had taken the house out, a's
#          undo puts Fjord there, which neither wanted. With or without it, a task that a took out while b ticked it comes back
#          without any "done", neither true nor false, a name that b gave it is gone, and so are words that b added to a note.
#          Both machines show the same, and nothing says what is lost.
# For us:  nothing is undone in the register: a correction is a new entry, and what was there before is kept as its history.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get yjs@13.6.33
cat >plan.mjs <<'JS'
import * as Y from 'yjs'
const [what, origin] = process.argv.slice(2)
const start = new Y.Doc(), a = new Y.Doc(), b = new Y.Doc()
start.clientID = 1; a.clientID = 10; b.clientID = 20
const task = new Y.Map()
start.getMap('plan').set('house', 'Fjord')
start.getMap('plan').set('task', task)
task.set('what', 'ring')
task.set('done', false)
start.getArray('notes').push([new Y.Text('ring mandag')])
for (const one of [a, b]) Y.applyUpdate(one, Y.encodeStateAsUpdate(start))
const exchange = () => {
  const [ofA, ofB] = [a, b].map((one) => Y.encodeStateAsUpdate(one))
  Y.applyUpdate(a, ofB, origin)
  Y.applyUpdate(b, ofA, origin)
}
const [mine, others] = [a, b].map((one) => one.getMap('plan'))
const undo = new Y.UndoManager([mine, a.getArray('notes')], { captureTimeout: 0 })
const steps = {
  alone: [() => mine.set('house', 'Elv')],
  after: [() => mine.set('house', 'Elv'), exchange, () => others.set('house', 'Bakke')],
  removed: [() => mine.set('house', 'Elv'), exchange, () => others.delete('house')],
  unseen: [() => mine.set('house', 'Elv'), () => others.set('house', 'Bakke')],
  task: [() => mine.delete('task')],
  'task-ticked': [() => mine.delete('task'), () => others.get('task').set('done', true)],
  'task-named': [() => mine.delete('task'), () => others.get('task').set('who', 'Kari')],
  note: [() => a.getArray('notes').delete(0, 1), () => b.getArray('notes').get(0).insert(11, ' kl. 10')]
}
for (const step of steps[what]) step()
exchange()
undo.undo()
exchange()
const shown = (one) => JSON.stringify(what === 'note' ? one.getArray('notes') : one.getMap('plan').get(what.startsWith('task') ? 'task' : 'house') ?? null)
console.log(shown(a) === shown(b) ? shown(a) : 'they differ')
JS
of() { node plan.mjs "$@"; }
seen 'Elv for Fjord, undone' '"Fjord"' "$(of alone)"
seen '  after b saw it and wrote Bakke' '"Elv"' "$(of after)"
seen '  after b took the house out' '"Elv"' "$(of removed)"
seen '  while b wrote Bakke' '"Elv"' "$(of unseen)"
seen 'with an origin: after b wrote Bakke' '"Bakke"' "$(of after network)"
seen '  after b took the house out' '"Fjord"' "$(of removed network)"
seen '  while b wrote Bakke' '"Bakke"' "$(of unseen network)"
for origin in '' network; do
	seen "a task brought back${origin:+, with an origin}" '{"what":"ring","done":false}' "$(of task $origin)"
	seen '  ticked by b meanwhile' '{"what":"ring"}' "$(of task-ticked $origin)"
	seen '  given a name by b meanwhile' '{"what":"ring","done":false}' "$(of task-named $origin)"
	seen '  a note, to which b added kl. 10 meanwhile' '["ring mandag"]' "$(of note $origin)"
done
finish

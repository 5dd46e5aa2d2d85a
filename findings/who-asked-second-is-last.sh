#!/usr/bin/env bash
# Of five persons with the same urgency who asked first comes first, who asked last second, and who asked second last.
#
# Where:   tinyqueue 3.0.0, heap-js 2.7.1, priorityqueuejs 2.0.0, js-priority-queue 0.1.5, fastpriorityqueue 0.8.0 and
#          @datastructures-js/priority-queue 6.4.0 (npm), queues by urgency.
# Guess:   a queue in which urgency comes first is a queue among those of the same urgency.
# Seen:    five are a heap, which keeps no order among equals: Anne, Per, Lin, Kim, Bo for Anne, Bo, Kim, Lin, Per; in
#          priorityqueuejs Anne, Kim, Per, Bo, Lin. The one way of js-priority-queue that keeps a sorted list (ArrayStrategy) puts each new one
#          before its equals, so who asked first is last. With one person of each urgency, as in an example, all are right.
# For us:  who comes first is sorted by urgency, day and id, a full order, in placement/.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get tinyqueue@3.0.0 heap-js@2.7.1 priorityqueuejs@2.0.0 js-priority-queue@0.1.5 fastpriorityqueue@0.8.0 \
	@datastructures-js/priority-queue@6.4.0
cat >queue.cjs <<'JS'
const waiting = ['Anne', 'Bo', 'Kim', 'Lin', 'Per'].map((name, i) => ({ name, urgency: process.argv[3] === 'own' ? i : 1 }))
const byUrgency = (a, b) => a.urgency - b.urgency
const out = (many, next) => { const names = []; while (many()) names.push(next().name); return names.join(' ') }
const queues = {
  async tinyqueue() {
    const q = new (await import('tinyqueue')).default([], byUrgency)
    waiting.forEach((one) => q.push(one))
    return out(() => q.length, () => q.pop())
  },
  async 'heap-js'() {
    const q = new (require('heap-js').Heap)(byUrgency)
    waiting.forEach((one) => q.push(one))
    return out(() => q.length, () => q.pop())
  },
  async priorityqueuejs() { // the greatest first
    const q = new (require('priorityqueuejs'))((a, b) => byUrgency(b, a))
    waiting.forEach((one) => q.enq(one))
    return out(() => q.size(), () => q.deq())
  },
  async 'js-priority-queue'(strategy) {
    const Queue = require('js-priority-queue')
    const q = new Queue({ comparator: byUrgency, ...(strategy && { strategy: Queue[strategy] }) })
    waiting.forEach((one) => q.queue(one))
    return out(() => q.length, () => q.dequeue())
  },
  async fastpriorityqueue() {
    const q = new (require('fastpriorityqueue'))((a, b) => a.urgency < b.urgency)
    waiting.forEach((one) => q.add(one))
    return out(() => !q.isEmpty(), () => q.poll())
  },
  async '@datastructures-js/priority-queue'() {
    const q = new (require('@datastructures-js/priority-queue').PriorityQueue)(byUrgency)
    waiting.forEach((one) => q.enqueue(one))
    return out(() => !q.isEmpty(), () => q.dequeue())
  },
}
queues[process.argv[2]](process.argv[4]).then(console.log)
JS
for who in tinyqueue heap-js js-priority-queue fastpriorityqueue @datastructures-js/priority-queue; do
	seen "$who" 'Anne Per Lin Kim Bo' "$(node queue.cjs $who same)"
done
seen 'priorityqueuejs' 'Anne Kim Per Bo Lin' "$(node queue.cjs priorityqueuejs same)"
seen 'js-priority-queue, ArrayStrategy' 'Per Lin Kim Bo Anne' "$(node queue.cjs js-priority-queue same ArrayStrategy)"
for who in tinyqueue heap-js js-priority-queue priorityqueuejs fastpriorityqueue @datastructures-js/priority-queue; do
	seen "$who, each with an own urgency" 'Anne Bo Kim Lin Per' "$(node queue.cjs $who own)"
done
finish

#!/usr/bin/env bash
# Per is given another house by a patch, and Ola moves: Anne was taken off the list meanwhile. That Per lived in Fjordhuset stands in the patch, and nobody looks.
#
# Where:   jsondiffpatch 0.7.7, fast-json-patch 3.1.1, rfc6902 5.4.0 and deep-diff 1.0.2 (npm), by which changes of a list are sent or kept instead of
#          the list; made from a list of three, put on the list as it is by then.
# Guess:   a change that says what was there before (jsondiffpatch: Fjord to Berg) is refused where that is not there, and one that was told how
#          persons are known (objectHash by id) finds them.
# Seen:    all four keep a place in the list, and write there: Ola, who is second now, is given Per's house, and Per stays. objectHash only serves to find
#          what changed, and the former house is for the way back. When Per is taken out and Liv was put in front, three of five write over others:
#          Ola stands there twice, and Anne is gone with Per; by rfc6902, and by jsondiffpatch with objectHash, Anne is out and Per stays. Only
#          fast-json-patch asked for tests (invertible) refuses the change.
# For us:  a change of the register is an event of one case, known by its id; lists are compared by ids (placement-diff), and nothing is patched.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get jsondiffpatch@0.7.7 fast-json-patch@3.1.1 rfc6902@5.4.0 deep-diff@1.0.2
cat >patch.mjs <<'JS'
import * as jsondiffpatch from 'jsondiffpatch'
import fastJsonPatch from 'fast-json-patch'
import { createPatch, applyPatch } from 'rfc6902'
import deepDiff from 'deep-diff'
const persons = { liv: ['H-0', 'Liv', 'Berg'], anne: ['H-1', 'Anne', 'Fjord'], per: ['H-2', 'Per', 'Fjord'], ola: ['H-3', 'Ola', 'Dal'], moved: ['H-2', 'Per', 'Berg'] }
const list = (...names) => names.map((name) => Object.fromEntries(persons[name].map((value, n) => [['id', 'name', 'house'][n], value])))
const cases = {
    move: [list('anne', 'per', 'ola'), list('anne', 'moved', 'ola'), list('per', 'ola')],
    leave: [list('anne', 'per', 'ola'), list('anne', 'ola'), list('liv', 'anne', 'per', 'ola')],
}
const [way, which] = process.argv.slice(2)
const [before, after, now] = cases[which]
const byDelta = (options) => {
    const differ = jsondiffpatch.create(options)
    return differ.patch(now, differ.diff(before, after))
}
const byFast = (tests) => fastJsonPatch.applyPatch(now, fastJsonPatch.compare(before, after, tests), true).newDocument
const ways = {
    jsondiffpatch: () => byDelta({}),
    'jsondiffpatch with objectHash': () => byDelta({ objectHash: (person) => person.id }),
    'fast-json-patch': () => byFast(false),
    'fast-json-patch, invertible': () => byFast(true),
    rfc6902: () => {
        applyPatch(now, createPatch(before, after))
        return now
    },
    'deep-diff': () => {
        deepDiff.diff(before, after).forEach((change) => deepDiff.applyChange(now, true, change))
        return now
    },
}
try {
    console.log(ways[way]().map((person) => `${person.name}:${person.house}`).join(' '))
} catch {
    console.log('refused')
}
JS
for way in jsondiffpatch 'jsondiffpatch with objectHash' fast-json-patch rfc6902 deep-diff; do
	seen "$way: Per moves to Berg, Anne is out" 'Per:Fjord Ola:Berg' "$(node patch.mjs "$way" move)"
done
for way in jsondiffpatch fast-json-patch deep-diff; do
	seen "$way: Per leaves, Liv is in" 'Liv:Berg Ola:Dal Ola:Dal' "$(node patch.mjs "$way" leave)"
done
for way in 'jsondiffpatch with objectHash' rfc6902; do
	seen "$way: Per leaves, Liv is in" 'Liv:Berg Per:Fjord Ola:Dal' "$(node patch.mjs "$way" leave)"
done
for which in move leave; do
	seen "fast-json-patch, invertible: $which" refused "$(node patch.mjs 'fast-json-patch, invertible' "$which" 2>/dev/null)"
done
finish

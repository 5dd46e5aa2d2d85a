#!/usr/bin/env bash
# Whoever has a former name as well has no name at all, of two addresses the first is all there is, and the house Fjord & Dal is "Fjord \T\ Dal".
#
# Where:   simple-hl7 3.3.0, hl7-standard 1.0.4, node-hl7-client 4.0.0, @medplum/core 4.5.2 and hl7parser 1.0.1 (npm), which read messages of HL7 version 2, as
#          hospitals send them; a person with one name, address and telephone, and one with two of each, parted by ~.
# Guess:   asked for a part of a field that comes twice, a reader gives that of the first, or both, and it says that there are two; what the
#          standard has escaped (\T\ for &) is itself again.
# Seen:    simple-hl7, asked for the family name of who has two names, gives an empty text; so it does for street and town. A patient with one name has it, so
#          a test shows nothing. The other four have the first street, which of the two is the present one (C) being told in a part
#          behind, and hl7-standard and node-hl7-client the first telephone alone. No word that there are two. \T\ stays as it is in
#          simple-hl7, hl7-standard and @medplum/core.
# For us:  a name is one field, taken whole; whoever makes a table of such messages counts the repeated fields, and looks at one person with two.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get simple-hl7@3.3.0 hl7-standard@1.0.4 node-hl7-client@4.0.0 @medplum/core@4.5.2 hl7parser@1.0.1
cat >read.cjs <<'JS'
const head = 'MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5'
const note = 'NTE|1||Fjord \\T\\ Dal'
const messages = {
    one: [head, 'PID|1||80^^^X||Bo^Kari||20081128|F|||Storgata 2^^Oslo^^0181^NO^C||99887766', note].join('\r'),
    two: [head, 'PID|1||80^^^X||Bo^Kari^^^^^L~Lie^Kari^^^^^M||20081128|F|||Storgata 2^^Oslo^^0181^NO^H~Lia 4^^Vik^^3801^NO^C||99887766~99001122', note].join('\r'),
}
const [way, which] = process.argv.slice(2)
const text = messages[which]
const ways = { // family name, street, telephone, note
    'simple-hl7': () => {
        const message = new (require('simple-hl7').Parser)().parse(text)
        const person = message.getSegment('PID')
        return [person.getComponent(5, 1), person.getComponent(11, 1), person.getField(13), message.getSegment('NTE').getField(3)]
    },
    'hl7-standard': () => {
        const message = new (require('hl7-standard'))(text)
        message.transform()
        return ['PID.5.1', 'PID.11.1', 'PID.13.1', 'NTE.3'].map((path) => message.get(path))
    },
    'node-hl7-client': () => {
        const message = new (require('node-hl7-client').Message)({ text })
        return ['PID.5.1', 'PID.11.1', 'PID.13', 'NTE.3'].map((path) => message.get(path).toString())
    },
    '@medplum/core': () => {
        const message = require('@medplum/core').Hl7Message.parse(text)
        const person = message.getSegment('PID')
        return [person.getComponent(5, 1), person.getComponent(11, 1), person.getField(13).toString(), message.getSegment('NTE').getField(3).toString()]
    },
    hl7parser: () => {
        const message = require('hl7parser').create(text)
        return ['PID.5.1', 'PID.11.1', 'PID.13', 'NTE.3'].map((path) => message.get(path).toString())
    },
}
console.log(ways[way]().map((part) => part || 'nothing').join(', '))
JS
raw='Fjord \T\ Dal'
seen 'simple-hl7: one' "Bo, Storgata 2, 99887766, $raw" "$(node read.cjs simple-hl7 one)"
seen 'simple-hl7: two' "nothing, nothing, 99887766~99001122, $raw" "$(node read.cjs simple-hl7 two)"
seen 'hl7-standard: two' "Bo, Storgata 2, 99887766, $raw" "$(node read.cjs hl7-standard two)"
seen 'node-hl7-client: two' 'Bo, Storgata 2, 99887766, Fjord & Dal' "$(node read.cjs node-hl7-client two)"
seen '@medplum/core: two' "Bo, Storgata 2, 99887766~99001122, $raw" "$(node read.cjs @medplum/core two)"
seen 'hl7parser: two' 'Bo, Storgata 2, 99887766~99001122, Fjord & Dal' "$(node read.cjs hl7parser two)"
finish

#!/usr/bin/env bash
# A number with a decimal comma becomes ten times itself, and a minus is lost, where a table is read by its schema.
#
# Where:   tableschema 1.12.6 (npm), for Table Schema of Frictionless Data, by which open data such as packages
#          of HSDS describe their columns.
# Guess:   where the schema says decimal comma and points between thousands, 1.024,5 is 1024.5, or is refused.
#          Text around a number may be allowed (bareNumber false, for units and the like): -3 stays -3. A column
#          of 1,5 and 2,5 of which nothing is said is guessed to be text or numbers.
# Seen:    1.024,5 becomes 10245: the comma is made a point first, and then all points are taken out as signs
#          between thousands. With a space between thousands it is right. Where text is allowed, a minus counts
#          as text: -3 becomes 3. 1,5 is guessed to be a place on the map. Nothing is said of any of it.
# For us:  numbers leave in the form that every reader takes, digits with a point for decimals and nothing
#          between thousands, and no schema of ours allows text around them.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get tableschema@1.12.6
cat >number.js <<'JS'
const { Field, Table } = require('tableschema')
const [how, ...cells] = process.argv.slice(2)
if (how === 'guess')
    Table.load([['n'], ...cells.map((cell) => [cell])]).then(async (table) => {
        await table.infer()
        console.log(table.schema.descriptor.fields[0].type, JSON.stringify(await table.read()))
    })
else
    try {
        console.log(new Field({ name: 'n', ...JSON.parse(how) }).castValue(cells[0]))
    } catch (error) {
        console.log('refused')
    }
JS
comma='"type": "number", "decimalChar": ","'
seen '1024,5 with a decimal comma' 1024.5 "$(node number.js "{$comma}" 1024,5)"
seen '1 024,5 with a space between thousands' 1024.5 "$(node number.js "{$comma, \"groupChar\": \" \"}" '1 024,5')"
seen '1.024,5 with a point between thousands' 10245 "$(node number.js "{$comma, \"groupChar\": \".\"}" 1.024,5)"
seen '-3' -3 "$(node number.js '{"type": "integer"}' -3)"
seen '-3 where text around it is allowed' 3 "$(node number.js '{"type": "integer", "bareNumber": false}' -3)"
seen 'a column of 1,5 and 2,5, guessed' 'geopoint [[[1,5]],[[2,5]]]' "$(node number.js guess 1,5 2,5)"
finish

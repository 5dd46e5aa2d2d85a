#!/usr/bin/env bash
# A district of one square kilometre is nowhere on the map of hexagons, and one in sixteen addresses is in another big hexagon when a small one came first.
#
# Where:   h3-js 4.5.0 (npm), the grid of hexagons by which counts of persons are shown on maps without showing addresses.
# Guess:   a district is covered by at least one cell, and its cells cover it. The cell of level 7 is the same whether an address is put
#          into it directly or by way of its cell of level 8, as squares within squares are.
# Seen:    polygonToCells gives the cells whose centre lies in the district: of level 7 none for a square of 1.1 km by 1.1 km in Oslo,
#          although a cell is 3.7 square kilometres, and no cell of level 8 for one of 560 m. Whoever is counted by the district's
#          cells is not counted. Hexagons do not divide into hexagons: of 400 addresses in a grid over Oslo 25 have another cell of
#          level 7 by cellToParent than by latLngToCell, so counts that were made coarser to hide somebody differ from those that
#          were made coarse, by single persons, which is what was to be hidden.
# For us:  persons are counted by the code of their district; a coarser table is added up from the finer one that is published,
#          or neither is.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get h3-js@4.5.0
cat >cells.cjs <<'JS'
const h3 = require('h3-js')
const square = (lat, lng, size) => [[lat, lng], [lat + size, lng], [lat + size, lng + 2 * size], [lat, lng + 2 * size]]
const cells = (size, level) => h3.polygonToCells(square(59.91, 10.74, size), level).length
let differ = 0
for (let i = 0; i < 400; i++) {
	const [lat, lng] = [59.9 + (i % 20) * 0.004, 10.6 + Math.floor(i / 20) * 0.008]
	if (h3.cellToParent(h3.latLngToCell(lat, lng, 8), 7) !== h3.latLngToCell(lat, lng, 7)) differ++
}
const area = h3.cellArea(h3.latLngToCell(59.91, 10.74, 7), 'km2').toFixed(1)
console.log({ area, differ, small: cells(0.01, 7), smaller: cells(0.005, 8), big: cells(0.05, 7) }[process.argv[2]])
JS
of() { node cells.cjs "$1"; }
seen 'square kilometres of a cell of level 7' 3.7 "$(of area)"
seen 'cells of level 7 in 1.1 km by 1.1 km' 0 "$(of small)"
seen 'cells of level 8 in 560 m by 560 m' 0 "$(of smaller)"
seen 'cells of level 7 in 5.6 km by 5.6 km' 8 "$(of big)"
seen 'of 400 addresses, in another cell of level 7' 25 "$(of differ)"
finish

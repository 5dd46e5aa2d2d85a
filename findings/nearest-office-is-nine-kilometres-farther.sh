#!/usr/bin/env bash
# Whoever lives 21 km from one office and 30 km from another belongs to the farther one, on a map made with kilometres at hand.
#
# Where:   @turf/turf 7.4.0 (npm), voronoi (which divides a map between points) and nearestPoint; beside it d3-geo-voronoi 2.1.0
#          (npm). Two offices near Oslo.
# Guess:   a library that works in degrees of the globe and gives distances in kilometres divides by these: each home belongs to the
#          office that nearestPoint finds for it.
# Seen:    voronoi takes degrees for equal units on a flat sheet. At 60 degrees north one to the east is half as long as one to
#          the north, so the line between two offices runs askew: of 961 homes in a grid around the two, 155 lie in the area of
#          the farther office, one of them by 8.8 km. d3-geo-voronoi, on the globe, agrees with the distances for all 961.
# For us:  who is nearest is worked out by nobody here; a place has the districts that its table says.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @turf/turf@7.4.0 d3-geo-voronoi@2.1.0
cat >near.mjs <<'JS'
import { booleanPointInPolygon, distance, featureCollection, nearestPoint, point, voronoi } from '@turf/turf'
import { geoVoronoi } from 'd3-geo-voronoi'
const offices = [[10.6, 59.9], [10.9, 60.02]]
const flat = voronoi(featureCollection(offices.map((at) => point(at))), { bbox: [10, 59.5, 11.5, 60.5] })
const globe = geoVoronoi(offices)
const wrong = { turf: 0, globe: 0 }
let worst = 0
for (let i = 0; i <= 30; i++) {
  for (let j = 0; j <= 30; j++) {
    const home = [10.4 + i * 0.02, 59.75 + j * 0.01]
    const near = nearestPoint(home, featureCollection(offices.map((at) => point(at)))).properties.featureIndex
    const cell = flat.features.findIndex((area) => booleanPointInPolygon(home, area))
    wrong.globe += globe.find(...home) !== near
    if (cell === near) continue
    wrong.turf++
    worst = Math.max(worst, distance(home, offices[cell]) - distance(home, offices[near]))
  }
}
console.log(`turf|${wrong.turf}`)
console.log(`worst|${worst.toFixed(1)}`)
console.log(`globe|${wrong.globe}`)
JS
node near.mjs >out.txt
of() { sed -n "s/^$1|//p" out.txt; }
seen 'voronoi: of 961 homes, with the farther office' 155 "$(of turf)"
seen '  kilometres too far, at most' 8.8 "$(of worst)"
seen 'd3-geo-voronoi: of 961 homes' 0 "$(of globe)"
finish

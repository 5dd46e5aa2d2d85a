#!/usr/bin/env bash
# By the map of a district as GeoJSON prescribes it, everybody in the world lives in the district but those who live in it.
#
# Where:   d3-geo 3.1.2 (npm), geoContains, geoArea and geoCentroid; beside it @turf/turf 7.4.0 (npm).
# Guess:   GeoJSON (RFC 7946) says that the outer ring of an area runs against the clock, and a reader of GeoJSON takes it so, or
#          takes either.
# Seen:    d3-geo's areas lie to the other hand: the outer ring runs with the clock. A district drawn as the RFC says is the rest of
#          the globe: an address in its middle is outside, Bergen and Sydney are inside, its area is 510 million square
#          kilometres and its centre is on the other side of the earth. The rule of the older GeoJSON left the hand open, so files of both
#          kinds are about; a map only shows a square filled with colour. Turf takes both hands. An address on the
#          line between two districts is in both of them for both libraries.
# For us:  a district is a code in a table, never a place on a map.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get d3-geo@3.1.2 @turf/turf@7.4.0
cat >inside.mjs <<'JS'
import { geoArea, geoCentroid, geoContains } from 'd3-geo'
import { booleanPointInPolygon } from '@turf/turf'
const against = [[10.7, 59.9], [10.8, 59.9], [10.8, 59.95], [10.7, 59.95], [10.7, 59.9]]
const east = against.map(([lon, lat]) => [lon + 0.1, lat]) // the district beside it, on the same line
const area = (ring, way) => ({ type: 'Polygon', coordinates: [way === 'against' ? ring : [...ring].reverse()] })
const places = { middle: [10.75, 59.92], Bergen: [5.3, 60.4], Sydney: [151.2, -33.9] }
const where = (has) => Object.keys(places).filter((name) => has(places[name])).join(' ')
const [what, way] = process.argv.slice(2)
const shape = area(against, way)
const line = [10.8, 59.92]
console.log({
  d3: () => where((place) => geoContains(shape, place)),
  turf: () => where((place) => booleanPointInPolygon(place, shape)),
  area: () => Math.round(geoArea(shape) * 6371 ** 2),
  centre: () => geoCentroid(shape).map(Math.round).join(' '),
  'd3 line': () => [shape, area(east, way)].filter((one) => geoContains(one, line)).length,
  'turf line': () => [shape, area(east, way)].filter((one) => booleanPointInPolygon(line, one)).length,
}[what]())
JS
seen 'd3-geo, as RFC 7946: who is inside' 'Bergen Sydney' "$(node inside.mjs d3 against)"
seen '  square kilometres' 510064441 "$(node inside.mjs area against)"
seen '  centre, degrees' '-169 -60' "$(node inside.mjs centre against)"
seen 'd3-geo, with the clock' middle "$(node inside.mjs d3 with)"
seen '  square kilometres' 31 "$(node inside.mjs area with)"
seen 'Turf, as RFC 7946' middle "$(node inside.mjs turf against)"
seen '  with the clock' middle "$(node inside.mjs turf with)"
seen 'on the line: of how many districts, d3-geo' 2 "$(node inside.mjs 'd3 line' with)"
seen '  Turf' 2 "$(node inside.mjs 'turf line' with)"
finish

#!/usr/bin/env bash
# Whose address is given as the corner of a square of the map, so that it is not shown, lives in four squares, in none, in the first, or in the wrong one.
#
# Where:   @turf/turf 7.4.0, point-in-polygon 1.1.0 and d3-geo 3.1.2 (npm), python3-shapely 1.8.5 and R sf 1.0-9 (Debian 12). Statistics
#          Norway names its squares by their south-west corner; rounding down to 500 m gives such a corner, too.
# Guess:   each point is in one square: where it is on a border all tools have the same rule for all four, such as "west and south are
#          in", or a point on a border is in none and that is told.
# Seen:    turf's collect counts the person in all four squares, and its tag names the first of the file. point-in-polygon has the
#          south-west corner inside, which is right here. d3-geo says the square to the south-west, and a quarter of a degree farther
#          east the one to the north-west. shapely has it in none by within and in four by intersects. sf has four rows for one
#          person by its usual join and none by st_within, as long as the map is in metres; in degrees st_within gives four for a corner,
#          and for a point on a side the square to the east here, to the west a quarter of a degree on.
# For us:  no district comes from a position; who shows persons by squares counts the square's name, and compares the sum of all squares
#          with the number of persons.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @turf/turf@7.4.0 point-in-polygon@1.1.0 d3-geo@3.1.2
deb_get r-base-core=4.2.2.20221110-2 r-cran-sf=1.0-9+dfsg-1+b1 python3-shapely=1.8.5-2+b1
r_here
export PROJ_LIB=$root/usr/share/proj PROJ_DATA=$root/usr/share/proj
# Four squares, from the south-west: a and b, above them c and d; they meet in one corner, that of d
cat >squares.mjs <<'JS'
import * as turf from '@turf/turf'
import inside from 'point-in-polygon'
import { geoContains } from 'd3-geo'
const square = (x, y) => [[[x, y], [x + 0.25, y], [x + 0.25, y + 0.25], [x, y + 0.25], [x, y]]]
const east = Number(process.argv[3])
const squares = { a: square(east - 0.25, 59.75), b: square(east, 59.75), c: square(east - 0.25, 60), d: square(east, 60) }
const point = [east, 60]
const map = turf.featureCollection(Object.entries(squares).map(([name, at]) => turf.polygon(at, { name })))
const person = turf.featureCollection([turf.point(point, { person: 1 })])
const names = (test) => Object.keys(squares).filter((name) => test(squares[name])).join('')
console.log({
	collect: () => turf.collect(map, person, 'person', 'persons').features.filter((one) => one.properties.persons.length).map((one) => one.properties.name).join(''),
	tag: () => turf.tag(person, map, 'name', 'square').features[0].properties.square,
	inside: () => names((at) => inside(point, at[0])),
	d3: () => names((at) => geoContains({ type: 'Polygon', coordinates: [at[0].slice().reverse()] }, point))
}[process.argv[2]]() || 'none')
JS
cat >squares.py <<'PY'
import sys
from shapely.geometry import Point, box
squares = {"a": box(10.5, 59.75, 10.75, 60), "b": box(10.75, 59.75, 11, 60), "c": box(10.5, 60, 10.75, 60.25), "d": box(10.75, 60, 11, 60.25)}
print("".join(name for name in squares if getattr(Point(10.75, 60), sys.argv[1])(squares[name])) or "none")
PY
python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 squares.py "$1"; }
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(sf))
square <- function(x, y) st_polygon(list(rbind(c(x, y), c(x + .25, y), c(x + .25, y + .25), c(x, y + .25), c(x, y))))
squares <- st_sf(name = c('a', 'b', 'c', 'd'), geometry = st_sfc(square($2 - .25, 59.75), square($2, 59.75), square($2 - .25, 60), square($2, 60), crs = $1))
person <- st_sf(person = 1, geometry = st_sfc(st_point(c($2, $3)), crs = $1))
found <- paste(st_join(person, squares, join = $4, left = FALSE)\$name, collapse = ''); cat(if (found == '') 'none' else found)" 2>/dev/null | tail -1; }
seen 'turf, collect' abcd "$(node squares.mjs collect 10.75)"
seen 'turf, tag' a "$(node squares.mjs tag 10.75)"
seen 'point-in-polygon' d "$(node squares.mjs inside 10.75)"
seen 'd3-geo, corner at 10.75 degrees east' a "$(node squares.mjs d3 10.75)"
seen 'd3-geo, corner at 11 degrees east' c "$(node squares.mjs d3 11)"
seen 'shapely, within' none "$(python within)"
seen 'shapely, intersects' abcd "$(python intersects)"
seen 'sf, metres, usual join' abcd "$(r 25832 10.75 60 st_intersects)"
seen 'sf, metres, st_within' none "$(r 25832 10.75 60 st_within)"
seen 'sf, degrees, st_within' abcd "$(r 4326 10.75 60 st_within)"
seen 'sf, degrees, st_within, side at 10.75 degrees' b "$(r 4326 10.75 59.875 st_within)"
seen 'sf, degrees, st_within, side at 11 degrees' a "$(r 4326 11 59.875 st_within)"
finish

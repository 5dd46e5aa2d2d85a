#!/usr/bin/env bash
# An address in Sandnes as the whole country's maps have it is refused by four converters, and one puts it in zone 31.
#
# Where:   utm 1.1.1, utm-latlng 1.0.8, utm-converter 0.1.1, geodesy 2.4.0 and proj4 2.22.0 (npm), GeographicLib's GeoConvert
#          2.1.2 (Debian 12), between degrees and metres of UTM.
# Guess:   data for all of Norway are in zone 33 from Lindesnes to Vardø, so any converter that takes a zone takes those
#          metres; asked for no zone, each says 32 for Sandnes, as the exception for this coast has it.
# Seen:    Sandnes is so far west of zone 33 that its easting is below zero. utm, geodesy and GeoConvert call that out of range
#          or invalid, geodesy on the metres that it made itself; utm's way around the check is 5 metres off. proj4,
#          utm-latlng and utm-converter take it. utm-converter knows no exception: Sandnes is in zone 31, with an easting
#          of 657 km where the others have 311.
# For us:  a district is a code and is never worked out from metres; a position that goes out is in degrees; who reads
#          metres names their zone and lets a minus stand.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get utm@1.1.1 utm-latlng@1.0.8 utm-converter@0.1.1 geodesy@2.4.0 proj4@2.22.0
deb_get geographiclib-tools=2.1.2-1
cat >zone.mjs <<'JS'
import utm from 'utm'
import latlng from 'utm-latlng'
import converter from 'utm-converter'
import Utm, { LatLon } from 'geodesy/utm.js'
import proj4 from 'proj4'
const [lat, lon] = [58.85, 5.73], zone33 = proj4('+proj=utm +zone=33 +ellps=GRS80')
const [x, y] = zone33.forward([lon, lat])
const degrees = (north, east) => `${north.toFixed(4)} ${east.toFixed(4)}`
const ways = {
    metres: () => `${x.toFixed(0)} ${y.toFixed(0)}`,
    proj4: () => degrees(...zone33.inverse([x, y]).reverse()),
    latlng: () => { const at = new latlng().convertUtmToLatLng(x, y, 33, 'N'); return degrees(at.lat, at.lng) },
    converter: () => { const at = new converter().toWgs({ coord: { x, y }, zone: 33, isSouthern: false }).coord; return degrees(at.latitude, at.longitude) },
    utm: () => { const at = utm.toLatLon(x, y, 33, 'N'); return degrees(at.latitude, at.longitude) },
    unchecked: () => {
        const at = utm.toLatLon(x, y, 33, 'N', undefined, false), metre = Math.PI / 180 * 6371000
        return Math.hypot((at.latitude - lat) * metre, (at.longitude - lon) * metre * Math.cos(lat * Math.PI / 180)).toFixed(0) + ' m away'
    },
    geodesy: () => { const at = new Utm(33, 'N', x, y).toLatLon(); return degrees(at.lat, at.lon) },
    own: () => new LatLon(lat, lon).toUtm(33).toString(),
    zones: () => [utm.fromLatLon(lat, lon).zoneNum, new latlng().convertLatLngToUtm(lat, lon, 0).ZoneNumber, new LatLon(lat, lon).toUtm().zone, new converter().toUtm({ coord: [lon, lat] }).zone].join(' '),
    eastings: () => [utm.fromLatLon(lat, lon).easting, new converter().toUtm({ coord: { longitude: lon, latitude: lat } }).coord.x].map((km) => (km / 1000).toFixed(0)).join(' '),
}
try { console.log(ways[process.argv[2]]()) } catch (error) { console.log(error.message.replace(/‘.*’/, 'METRES')) }
JS
seen 'Sandnes in metres of zone 33' '-33806 6560430' "$(node zone.mjs metres)"
for who in proj4 latlng converter; do seen "  back by $who" '58.8500 5.7300' "$(node zone.mjs $who)"; done
seen '  back by utm' 'easting out of range (must be between 100 000 m and 999 999 m)' "$(node zone.mjs utm)"
seen '  back by utm, unchecked' '5 m away' "$(node zone.mjs unchecked)"
seen '  back by geodesy' 'invalid UTM easting METRES' "$(node zone.mjs geodesy)"
seen '  there by geodesy' 'invalid UTM easting METRES' "$(node zone.mjs own)"
seen '  back by GeoConvert' 'ERROR: Easting -33.806km not in UTM range for N hemisphere [0km, 1000km]' "$(echo 33n -33806 6560430 | GeoConvert -g 2>&1 || true)"
seen 'zone by utm, utm-latlng, geodesy, utm-converter' '32 32 32 31' "$(node zone.mjs zones)"
seen 'easting in km by utm, utm-converter' '311 657' "$(node zone.mjs eastings)"
finish

#!/usr/bin/env bash
# Trøndelag is no county but Trööndelage is, Akershus is 02, Viken, or none, and Agder has the number of Aust-Agder: no list has the counties of 2024.
#
# Where:   iso-codes 4.15.0 (Debian 12; what pycountry reads), iso-3166 4.4.0, iso-3166-2 1.0.0, country-region-data 4.1.0 and
#          country-state-city 3.2.1 (npm), from which forms and reports take the parts of a country; asked for Norway's.
# Guess:   a list that is still given out has the fifteen counties of 2024 or at least the eleven of 2020, under their Norwegian names and
#          numbers, since the number of a municipality begins with that of its county.
# Seen:    of the fifteen names the five have 7, 8, 10, 8 and 12, and with today's number 7, 8, 4, 7 and 5. iso-codes has Trøndelag and
#          Troms og Finnmark in Sami alone, iso-3166-2 so Troms, Romsa. Akershus, 32, is 02 in two lists and a part of Viken in the
#          others. In country-region-data Agder, 42, is 09, which was Aust-Agder. country-state-city has Trøndelag beside the two of
#          which it was made. A municipality whose number begins with 31 to 33, 39, 40, 55 or 56 has no county in any.
# For us:  districts and municipalities are those of the exports and of the profile's own tables, never of such a list.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get iso-3166@4.4.0 iso-3166-2@1.0.0 country-region-data@4.1.0 country-state-city@3.2.1
deb_get iso-codes=4.15.0-1
cat >counties.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const by = {
  'iso-codes': () => JSON.parse(readFileSync(process.env.ISO_CODES + '/iso_3166-2.json'))['3166-2'].filter(({ code }) => code.startsWith('NO-'))
    .map(({ code, name }) => [code, name]),
  'iso-3166': async () => (await import('iso-3166')).iso31662.filter(({ parent }) => parent === 'NO').map(({ code, name }) => [code, name]),
  'iso-3166-2': () => Object.entries(require('iso-3166-2').country('NO').sub).map(([code, { name }]) => [code, name]),
  'country-region-data': () => require('country-region-data').allCountries.find(([, code]) => code === 'NO')[2].map(([name, code]) => [code, name]),
  'country-state-city': () => require('country-state-city').State.getStatesOfCountry('NO').map(({ isoCode, name }) => [isoCode, name])
}
const now = { Oslo: '03', Rogaland: '11', 'Møre og Romsdal': '15', Nordland: '18', Østfold: '31', Akershus: '32', Buskerud: '33', Innlandet: '34',
  Vestfold: '39', Telemark: '40', Agder: '42', Vestland: '46', Trøndelag: '50', Troms: '55', Finnmark: '56' }
const [who, what] = process.argv.slice(2)
const list = (await by[who]()).map(([code, name]) => [code.replace('NO-', ''), name])
const code = (name) => list.filter((one) => one[1] === name).map(([number]) => number).join() || 'none'
if (what === 'count') {
  const names = Object.keys(now)
  console.log(`${list.length} in all; ${names.filter((name) => code(name) !== 'none').length} of 15 names, ${names.filter((name) => code(name) === now[name]).length} with their number`)
} else if (/^\d/.test(what)) console.log(list.filter(([number]) => number === what).map(([, name]) => name).join() || 'none')
else console.log(code(what))
JS
export ISO_CODES=$root/usr/share/iso-codes/json
[[ -d $ISO_CODES ]] || ISO_CODES=/usr/share/iso-codes/json
of() { # WHO, COUNTS, NUMBERS, NAMES AS SEEN
	seen "$1" "$2" "$(node counties.mjs "$1" count)"
	seen '  Akershus, Trøndelag, Agder' "$3" "$(for name in Akershus Trøndelag Agder; do node counties.mjs "$1" $name; done | paste -sd ' ')"
	seen '  30, 50, 54, 19, 32' "$4" "$(for number in 30 50 54 19 32; do node counties.mjs "$1" $number; done | paste -sd , | sed 's/,/, /g')"
}
of iso-codes '13 in all; 7 of 15 names, 7 with their number' 'none none 42' 'Viken, Trööndelage, Romssa ja Finnmárkku, none, none'
of iso-3166 '13 in all; 8 of 15 names, 8 with their number' 'none 50 42' 'Viken, Trøndelag, Troms og Finnmark, none, none'
of iso-3166-2 '21 in all; 10 of 15 names, 4 with their number' '02 none none' 'none, none, none, Romsa, none'
of country-region-data '13 in all; 8 of 15 names, 7 with their number' 'none 50 09' 'Viken, Trøndelag, Troms og Finnmark, none, none'
of country-state-city '21 in all; 12 of 15 names, 5 with their number' '02 50 none' 'none, Trøndelag, none, Troms, none'
for who in iso-codes iso-3166 iso-3166-2 country-region-data country-state-city; do
	seen "$who: 31, 33, 39, 40, 55, 56" 'none none none none none none' "$(for number in 31 33 39 40 55 56; do node counties.mjs $who $number; done | paste -sd ' ')"
done
finish

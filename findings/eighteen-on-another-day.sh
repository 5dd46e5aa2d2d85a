#!/usr/bin/env bash
# On the day of turning 18 one in four is 17 by YEARFRAC with real days; with months of 30 days some are 18 the day before.
#
# Where:   YEARFRAC of LibreOffice 7.4.7 (Debian 12), HyperFormula 3.5.0 and @formulajs/formulajs 4.6.1 (npm), the usual
#          formula for ages, INT(YEARFRAC(born; day)), on limits of age.
# Guess:   from a birthday to a birthday are whole years, most of all with basis 1, "actual"; the day before there are fewer.
# Seen:    all three agree: basis 1 divides by the mean year of all calendar years touched, the last one whole. Born
#          29.11.2008 one is 17.998 on 29.11.2026, and 18 a day later; so for 2,861 of the 10,593 days of birth from 1980
#          to 2008. The default, basis 0, is right on the day, but says 18 the day before for 406 of them, all at the end
#          or the first of a month: born 31.01.2008, on 30.01.2026.
# For us:  an age is counted by year, month and day, and the tests have birthdays, days before, and 29 February.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get hyperformula@3.5.0 @formulajs/formulajs@4.6.1
deb_get libreoffice-calc=4:7.4.7-1+deb12u14
export HOME=$tmp
office=$root/usr/lib/libreoffice/program/soffice
[[ -x $office ]] || office=/usr/lib/libreoffice/program/soffice
cat >ages.mjs <<'JS'
import { HyperFormula } from 'hyperformula'
import { YEARFRAC } from '@formulajs/formulajs'
const [who, born, day, basis] = process.argv.slice(2)
const date = (text) => new Date(...text.split('-').map((n, i) => n - (i === 1)))
const later = (d, years, days) => new Date(d.getFullYear() + years, d.getMonth(), d.getDate() + days)
const ways = {
    HyperFormula: () => HyperFormula.buildFromArray([[`=YEARFRAC(DATE(${born.split('-')}), DATE(${day.split('-')}), ${basis})`]],
        { licenseKey: 'gpl-v3' }).getCellValue({ sheet: 0, row: 0, col: 0 }),
    formulajs: () => YEARFRAC(date(born), date(day), +basis),
}
if (who === 'count') {
    let all = 0, late = 0, early = 0
    for (let d = date('1980-1-1'); d < date('2009-1-1'); d = later(d, 0, 1), all++) {
        late += YEARFRAC(d, later(d, 18, 0), 1) < 18
        early += YEARFRAC(d, later(d, 18, -1), 0) >= 18
    }
    console.log(all, late, early)
} else console.log(ways[who]().toFixed(3))
JS
calc() {
	echo "\"=ROUND(YEARFRAC(DATE(${1//-/,}),DATE(${2//-/,}),$3),3)\"" >f.csv
	"$office" -env:UserInstallation="file://$tmp/office" --headless --infilter='CSV:44,34,76,1,,0,false,true,false,false,false,0,true' \
		--convert-to csv:'Text - txt - csv (StarCalc)':44,34,76 --outdir out f.csv >/dev/null 2>&1
	cat out/f.csv
}
for who in HyperFormula formulajs; do
	seen "$who: born 29.11.2008, on 29.11.2026, basis 1" 17.998 "$(node ages.mjs $who 2008-11-29 2026-11-29 1)"
	seen "$who: the same, basis 0" 18.000 "$(node ages.mjs $who 2008-11-29 2026-11-29 0)"
	seen "$who: born 31.1.2008, on 30.1.2026, basis 0" 18.000 "$(node ages.mjs $who 2008-1-31 2026-1-30 0)"
done
seen 'LibreOffice: born 29.11.2008, on 29.11.2026, basis 1' 17.998 "$(calc 2008-11-29 2026-11-29 1)"
seen 'LibreOffice: a day later, basis 1' 18.001 "$(calc 2008-11-29 2026-11-30 1)"
seen 'LibreOffice: the same, basis 0' 18 "$(calc 2008-11-29 2026-11-29 0)"
seen 'LibreOffice: born 31.1.2008, on 30.1.2026, basis 0' 18 "$(calc 2008-1-31 2026-1-30 0)"
seen 'days of birth, 17 on the day, 18 the day before' '10593 2861 406' "$(node ages.mjs count)"
finish

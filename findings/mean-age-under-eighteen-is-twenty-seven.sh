#!/usr/bin/env bash
# The mean age of those under 18 is 27, three of two are under 18, the youngest is 0, and the median of 3 and 61 is 3: one age is not known.
#
# Where:   @formulajs/formulajs 4.6.1 (npm), the formulas of spreadsheets as functions, behind tables in web pages; beside it HyperFormula
#          3.5.0 (npm), on ages 17, 40, one that is not there, 3 and 61.
# Guess:   an empty cell counts in none of AVERAGE, MEDIAN, SMALL and COUNTIF with a limit, as in every spreadsheet, or is 0 in all of them alike.
# Seen:    it depends on the function. AVERAGE, MIN, COUNT and STDEV leave it out. It is 0 in MEDIAN, SMALL, PERCENTILE, MODE and COUNTIF, so three are under 18
#          and the youngest is 0, where MIN says 3. AVERAGEIF takes the empty cell out of the ages and not out of the list of whom they
#          belong to, so everybody behind it has the age of the next: under 18 are 17, 3 and 61, 27 on average. Without the empty cell all are right.
#          COUNTIF also tells capitals apart, which spreadsheets do not: of nei, NEI and Nei it counts one. HyperFormula has all of it right.
# For us:  figures are counted by our programs and leave as numbers; how many are not known is a row of its own.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @formulajs/formulajs@4.6.1 hyperformula@3.5.0
cat >ages.cjs <<'JS'
const formulas = require('@formulajs/formulajs')
const { HyperFormula } = require('hyperformula')
const [program, cells, name, ...rest] = process.argv.slice(2)
const values = JSON.parse(cells)
const programs = {
    formulajs: () => name.split('.').reduce((at, key) => at[key], formulas)(values, ...rest.map((text) => (isNaN(text) ? text : Number(text)))),
    hyperformula: () => {
        const sheet = HyperFormula.buildFromArray([values, [`=${[name + '(A1:E1', ...rest.map((text) => (isNaN(text) ? `"${text}"` : text))].join(',')})`]], { licenseKey: 'gpl-v3' })
        return sheet.getCellValue({ sheet: 0, row: 1, col: 0 })
    },
}
console.log(programs[program]())
JS
ages='[17, 40, null, 3, 61]'
both() { # FORMULA FORMULAJS HYPERFORMULA
	local words
	read -ra words <<<"$1"
	seen "formulajs: $1" "$2" "$(node ages.cjs formulajs "$ages" "${words[@]}")"
	seen "HyperFormula: $1" "$3" "$(node ages.cjs hyperformula "$ages" "${words[@]}")"
}
both 'COUNTIF <18' 3 2
both 'AVERAGEIF <18' 27 10
both 'AVERAGE' 30.25 30.25
both 'MEDIAN' 17 28.5
both 'SMALL 1' 0 3
both 'MIN' 3 3
seen 'formulajs: PERCENTILE.INC 0.5' 17 "$(node ages.cjs formulajs "$ages" PERCENTILE.INC 0.5)"
seen 'formulajs: MODE.SNGL of 3, 5 and two not known' 0 "$(node ages.cjs formulajs '[3, null, null, 5]' MODE.SNGL)"
seen 'formulajs: AVERAGEIF <18 without the empty one' 10 "$(node ages.cjs formulajs '[17, 40, 3, 61]' AVERAGEIF '<18')"
seen 'formulajs: MEDIAN of 3, 61 and one not known' 3 "$(node ages.cjs formulajs '[3, null, 61]' MEDIAN)"
seen 'formulajs: COUNTIF nei' 1 "$(node ages.cjs formulajs '["nei", "NEI", "Nei"]' COUNTIF nei)"
finish

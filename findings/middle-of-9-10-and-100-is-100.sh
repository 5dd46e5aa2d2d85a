#!/usr/bin/env bash
# In a decision table the middle of waits of 9, 10 and 100 days is 100, the later of two days is none, and three months and a day are more than three months.
#
# Where:   feelin 8.2.0 (npm), which runs FEEL, the language of decision tables (DMN), on functions that DMN gives for numbers and days.
# Guess:   median, max and years and months duration do what DMN says: the middle by size, the later of two days, whole months, so that
#          three months and a day are three.
# Seen:    median puts the numbers in the order of their digits as text, so of 9, 10 and 100 it is 100, of 3, 5, 14 and 61 it is 4, not 9.5;
#          sort, with a function, has them right. max and min of two days or two words are null, of numbers right. years and
#          months duration keeps the days: 1 January to 2 April is P3M1D and not "<= duration("P3M")", though its .months are 3; a
#          day beside a time of that day is neither before nor after nor the same, null, and so in no range.
# For us:  rules of ours compare days with days, and a figure in a decision table is worked out before it is handed in.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get feelin@8.2.0
cat >feel.mjs <<'JS'
import { evaluate } from 'feelin'
const { value } = evaluate(process.argv[2], {})
console.log(Array.isArray(value) || value === null ? JSON.stringify(value) : String(value))
JS
of() { seen "$1" "$2" "$(node feel.mjs "$1")"; }
of 'median([9, 10, 100])' 100
of 'median([3, 5, 14, 61])' 4
of 'median([3, 5, 6])' 5
of 'sort([100, 9, 10], function(a, b) a < b)' '[9,10,100]'
of 'max([9, 10, 100])' 100
of 'max([date("2026-03-01"), date("2026-11-01")])' null
of 'min(["Elv", "Fjord"])' null
of 'date("2026-03-01") < date("2026-11-01")' true
for day in 2026-04-01 2026-04-02; do
	months="years and months duration(date(\"2026-01-01\"), date(\"$day\"))"
	case $day in *1) of "$months" P3M ;; *) of "$months" P3M1D ;; esac
	of "$months <= duration(\"P3M\")" "$([[ $day == *1 ]] && echo true || echo false)"
	of "$months.months" 3
done
of 'date("2026-03-01") < date and time("2026-03-02T10:00:00")' null
finish

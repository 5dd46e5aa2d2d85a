#!/usr/bin/env bash
# Two names exchanged are alike by 0.43, 0.68 or 0.78, and two persons without a name by 0, 0.4 or 1: all "Jaro-Winkler".
#
# Where:   jaro-winkler 0.2.8, natural 8.1.1, talisman 1.1.4, clj-fuzzy 0.4.1, @skyra/jaro-winkler 1.1.1 and
#          string-comparison 1.3.0 (npm), R stringdist 0.9.10 (Debian 12): what finds probable doubles.
# Guess:   one measure with two published constants: a limit of 0.9 means the same in each, up to rounding; two empty
#          texts are a case of their own, 0 or 1.
# Seen:    of given and family name exchanged string-comparison thinks 0.78, @skyra 0.68, the others 0.43: the first two
#          look further for the same letter. Short names that share little but their first letter gain by it in natural,
#          clj-fuzzy and @skyra; the others add that only from 0.7 on. string-comparison does not see capitals.
#          Nobody and nobody are alike by 0 (jaro-winkler, @skyra), 0.4 (clj-fuzzy) or 1. R's "jw" is a distance, without
#          the bonus of Winkler unless p is given.
# For us:  referral-link scores facts by a table of the profile, not texts by a measure, and a name that is missing links
#          nobody.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get jaro-winkler@0.2.8 natural@8.1.1 talisman@1.1.4 clj-fuzzy@0.4.1 @skyra/jaro-winkler@1.1.1 string-comparison@1.3.0
cat >alike.cjs <<'JS'
const [who, a, b] = process.argv.slice(2)
const ways = {
    'jaro-winkler': () => require('jaro-winkler')(a, b),
    natural: () => require('natural/lib/natural/distance/jaro-winkler_distance')(a, b),
    talisman: () => require('talisman/metrics/jaro-winkler').similarity(a, b),
    'clj-fuzzy': () => require('clj-fuzzy').metrics.jaro_winkler(a, b),
    '@skyra': () => require('@skyra/jaro-winkler').jaroWinkler(a, b),
    'string-comparison': () => require('string-comparison').default.jaroWinkler.similarity(a, b),
}
console.log(ways[who]().toFixed(2))
JS
alike() { # TEXT TEXT: what all of them say
	local who said=()
	for who in jaro-winkler natural talisman clj-fuzzy @skyra string-comparison; do said+=("$(node alike.cjs "$who" "$1" "$2")"); done
	echo "${said[*]}"
}
echo 'jaro-winkler natural talisman clj-fuzzy @skyra string-comparison'
seen 'Gul Dal, Gul Dahl' '0.97 0.97 0.97 0.97 0.98 0.97' "$(alike 'Gul Dal' 'Gul Dahl')"
seen 'Ny Rogn, Rogn Ny' '0.43 0.43 0.43 0.43 0.68 0.78' "$(alike 'Ny Rogn' 'Rogn Ny')"
seen 'Per, Pål' '0.56 0.60 0.56 0.60 0.60 0.56' "$(alike Per Pål)"
seen 'Lun Eng, lun eng' '0.81 0.81 0.81 0.81 0.81 1.00' "$(alike 'Lun Eng' 'lun eng')"
seen 'nobody, nobody' '0.00 1.00 1.00 0.40 0.00 1.00' "$(alike '' '')"
deb_get r-base-core=4.2.2.20221110-2 r-cran-stringdist=0.9.10-1
r_here
r() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e 'a <- commandArgs(TRUE); library(stringdist); cat(sprintf("%.2f", stringdist(a[1], a[2], "jw")), sprintf("%.2f", stringdist(a[1], a[2], "jw", p = 0.1)), "\n")' --args "$@" | xargs; }
seen 'R, Gul Dal and Gul Dahl: as it is, with p' '0.04 0.03' "$(r 'Gul Dal' 'Gul Dahl')"
finish

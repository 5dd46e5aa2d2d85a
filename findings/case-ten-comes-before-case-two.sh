#!/usr/bin/env bash
# In natural order case H-10 comes before H-2 and H-1, December before March, and house 2E1 after house 10.
#
# Where:   R gtools 3.9.4 (mixedsort, Debian 12); javascript-natural-sort 0.7.1, natsort 2.0.3 and natural-orderby 5.0.0 (npm). Beside
#          them natural-compare 1.4.0, string-natural-compare 3.0.1 and alphanum-sort 1.1.0 (npm), Sort::Naturally 1.03 (Debian 12).
# Guess:   natural order is that of the alphabet, in which digits that stand together are a number: H-1, H-2, H-10; paragraphs 3.2,
#          3.10; houses 2D, 2E1, 9, 10. What was in order by the alphabet alone, as days are, stays so.
# Seen:    for gtools a hyphen before a digit is a minus: H-10, H-2, H-1, and of the days of a year written as ISO has them the
#          last month comes first, under years that are right. There is no option against the sign. It and three of npm take what looks
#          like a number whole: 3.10 is 3.1 and comes before 3.2, and 2E1 is 20 and comes after 10 (gtools: 12E1 is 120, also inside an
#          address). With a word before it the three are right. The other four are as guessed.
# For us:  a list that others sort has a column of whole numbers for its order, or ids of one width (H-001); whoever sorts house
#          numbers takes digits and letter apart first.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get javascript-natural-sort@0.7.1 natsort@2.0.3 natural-orderby@5.0.0 natural-compare@1.4.0 string-natural-compare@3.0.1 alphanum-sort@1.1.0
deb_get r-base-core=4.2.2.20221110-2 r-cran-gtools=3.9.4-1 libsort-naturally-perl=1.03-4
r_here
cat >order.cjs <<'JS'
const by = {
  'javascript-natural-sort': (all) => all.sort(require('javascript-natural-sort')),
  natsort: (all) => all.sort(require('natsort').default()),
  'natural-orderby': (all) => require('natural-orderby').orderBy(all),
  'natural-compare': (all) => all.sort(require('natural-compare')),
  'string-natural-compare': (all) => all.sort(require('string-natural-compare')),
  'alphanum-sort': (all) => require('alphanum-sort')(all),
}
console.log(by[process.argv[2]](process.argv.slice(3)).join(', '))
JS
order() { # WHO WHAT...
	case $1 in
	gtools) "$R_HOME/bin/exec/R" --vanilla --no-echo -e 'cat(gtools::mixedsort(commandArgs(TRUE)), sep = ", ")' --args "${@:2}" ;;
	Sort::Naturally) perl -I"$root/usr/share/perl5" -MSort::Naturally -e 'print join ", ", nsort(@ARGV)' "${@:2}" ;;
	*) node order.cjs "$@" ;;
	esac
}
seen 'gtools: cases' 'H-10, H-2, H-1' "$(order gtools H-1 H-2 H-10)"
seen 'gtools: days' '2025-01-01, 2026-12-01, 2026-03-01, 2026-02-01' "$(order gtools 2025-01-01 2026-02-01 2026-03-01 2026-12-01)"
seen 'gtools: homes of an address' 'Vei 2-4, Vei 2, Vei 13, Vei 12E1' "$(order gtools 'Vei 2' 'Vei 2-4' 'Vei 12E1' 'Vei 13')"
for who in gtools javascript-natural-sort natsort natural-orderby; do
	seen "$who: houses" '2D, 9, 10, 2E1' "$(order $who 2D 2E1 9 10)"
	seen "$who: paragraphs" '3.10, 3.2, 3.9' "$(order $who 3.2 3.9 3.10)"
done
for who in javascript-natural-sort natsort natural-orderby; do
	seen "$who: with a word before" 'Vei 2D, Vei 2E1, Vei 9, Vei 10' "$(order $who 'Vei 2D' 'Vei 2E1' 'Vei 9' 'Vei 10')"
done
for who in natural-compare string-natural-compare alphanum-sort Sort::Naturally; do
	seen "$who: cases" 'H-1, H-2, H-10' "$(order $who H-1 H-2 H-10)"
	seen "$who: houses" '2D, 2E1, 9, 10' "$(order $who 2D 2E1 9 10)"
	seen "$who: paragraphs" '3.2, 3.9, 3.10' "$(order $who 3.2 3.9 3.10)"
done
finish

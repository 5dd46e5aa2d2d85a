#!/usr/bin/env bash
# Two who waited 3 and 61 days waited 61, 32 or 3 in the median, and four who waited 3, 5, 14 and 61 days 14, 9.5, 5 or 4.
#
# Where:   Miller 6.6.0, GNU datamash 1.7, ministat 20150715, num-utils 0.5 (numaverage -M), gnuplot 5.4.4 (stats) and Statistics::Descriptive
#          3.08 of Perl (Debian 12); math-stats 0.3.1, percentile 1.6.0, ml-array-median 2.0.0 and jstat 1.9.6 (npm).
# Guess:   the median of an even number is the middle of the two in the middle: 32, and 9.5; so is the 50th percentile beside it.
# Seen:    datamash, gnuplot, Perl's median and jstat's have it so. Miller's median, ministat and numaverage take the later of the two, 61
#          and 14 (Miller with -i as guessed); percentile, ml-array-median and Perl's percentile(50) the earlier one, 3 and 5.
#          jstat's percentile of half is 3 for two, but 9.5 for four. math-stats sorts numbers as words (14, 3, 5, 61) and has 4, of
#          3, 5, 14, 20 and 61 it has 3. With an odd number all others agree.
# For us:  the programs' figures say "first day on which half or more are placed"; small groups get their days, or nothing.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get miller=6.6.0-2+b3 datamash=1.7-2 ministat=20150715-1+b1 num-utils=0.5-15 gnuplot-nox=5.4.4+dfsg1-2+b2 libstatistics-descriptive-perl=3.0800-1
npm_get math-stats@0.3.1 percentile@1.6.0 ml-array-median@2.0.0 jstat@1.9.6
printf '%s\n' 3 61 >two
printf '%s\n' 3 5 14 61 >four
printf '%s\n' 3 5 14 20 61 >five
cat >median.cjs <<'JS'
const waits = require('fs').readFileSync(process.argv[3], 'utf8').trim().split('\n').map(Number)
const jstat = require('jstat').jStat
const percentile = require('percentile')
console.log({
	'math-stats': () => require('math-stats').median(waits),
	percentile: () => (percentile.default || percentile)(50, waits),
	ml: () => { const m = require('ml-array-median'); return (m.default || m.xMedian || m)(waits) },
	jstat: () => jstat.median(waits),
	'jstat-half': () => jstat.percentile(waits, 0.5)
}[process.argv[2]]())
JS
cat >median.pl <<'PL'
use Statistics::Descriptive;
my $waits = Statistics::Descriptive::Full->new;
open(my $file, '<', $ARGV[1]);
$waits->add_data(map { $_ + 0 } <$file>);
print $ARGV[0] eq 'median' ? $waits->median : scalar($waits->percentile(50));
PL
perls() { for file in two four five; do PERL5LIB=$root/usr/share/perl5 perl median.pl "$1" $file; echo; done | xargs; }
all() { for file in two four five; do "$@" <$file; done | xargs; }
npms() { for file in two four five; do node median.cjs "$1" $file; done | xargs; }
plotted() { for file in two four five; do gnuplot-nox -e "stats '$file' nooutput; print STATS_median" 2>&1; done | xargs; }
seen 'datamash' '32 9.5 14' "$(all datamash median 1)"
seen 'gnuplot' '32.0 9.5 14.0' "$(plotted)"
seen 'Perl, median' '32 9.5 14' "$(perls median)"
seen 'Perl, percentile(50)' '3 5 14' "$(perls percentile)"
seen 'Miller' '61 14 14' "$(all mlr --inidx --onidx stats1 -a median -f 1)"
seen 'Miller, -i' '32 9.5 14' "$(all mlr --inidx --onidx stats1 -i -a median -f 1)"
seen 'numaverage' '61 14 14' "$(all numaverage -M)"
seen 'ministat, four' 14 "$(ministat -n four | awk '$1 == "x" && NF > 2 { print $5 }')"
seen 'math-stats' '32 4 3' "$(npms math-stats)"
seen 'percentile' '3 5 14' "$(npms percentile)"
seen 'ml-array-median' '3 5 14' "$(npms ml)"
seen 'jstat, median' '32 9.5 14' "$(npms jstat)"
seen 'jstat, percentile' '3 9.5 14' "$(npms jstat-half)"
finish

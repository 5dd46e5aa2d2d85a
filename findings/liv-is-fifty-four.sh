#!/usr/bin/env bash
# Out of capitals Liv Hansen stays LIV, the Roman number 54, Ben Berg becomes ben Berg, and Maciej Nowak is MacIej Nowak.
#
# Where:   Lingua::EN::NameCase 1.21 (Debian 12), and its likes @foundernest/namecase 1.0.5 and namecase 1.1.2 (npm), which write names
#          right that registers keep in capitals, before they go into a letter.
# Guess:   KARI HANSEN is Kari Hansen, as is every Norwegian name; only what looks like MacDonald or O'Brien has another rule. It is
#          made for English names, so "van" or "de" inside a name may differ; the first letter of a first name is a capital.
# Seen:    words of the letters of Roman numbers are kings' numbers wherever they stand: LIV, LI and VI stay in capitals, also as a
#          first name (not in namecase). Maciej and Macody are Scots, MacIej and MacOdy, in all three. Ben is "son of", so
#          Ole Ben Ali is Ole ben Ali in all three, and Ben Berg is ben Berg in @foundernest/namecase; Lo and Al are articles in
#          two. In Perl $ROMAN and $HEBREW turn the first and the third off, but no switch the Scots; in @foundernest/namecase "irish"
#          turns off the Scots.
# For us:  names stay as they came; whoever must take them out of capitals makes the first letter of each part one, and has no rule
#          beyond it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @foundernest/namecase@1.0.5 namecase@1.1.2
deb_get liblingua-en-namecase-perl=1.21-2
cat >names.pl <<'PERL'
use Lingua::EN::NameCase;
($Lingua::EN::NameCase::ROMAN, $Lingua::EN::NameCase::HEBREW) = (0, 0) if $ARGV[1];
print nc($ARGV[0]);
PERL
perl_says() { perl -CSA -I"$root/usr/share/perl5" names.pl "$@"; }
nest_says() { node -p "require('@foundernest/namecase').nameCase('$1', { irish: ${2:-true} })"; }
namecase_says() { node -p "require('namecase')('$1')"; }
of() { # NAME PERL FOUNDERNEST NAMECASE
	seen "$1: Lingua::EN::NameCase" "$2" "$(perl_says "$1")"
	seen "$1: @foundernest/namecase" "$3" "$(nest_says "$1")"
	seen "$1: namecase" "$4" "$(namecase_says "$1")"
}
of 'LIV HANSEN' 'LIV Hansen' 'LIV Hansen' 'Liv Hansen'
of 'ANNE LIV BERG' 'Anne LIV Berg' 'Anne LIV Berg' 'Anne Liv Berg'
of 'LI DAL' 'LI Dal' 'LI Dal' 'Li Dal'
of 'VI DAL' 'VI Dal' 'VI Dal' 'Vi Dal'
of 'MACIEJ NOWAK' 'MacIej Nowak' 'MacIej Nowak' 'MacIej Nowak'
of 'MACODY LUND' 'MacOdy Lund' 'MacOdy Lund' 'MacOdy Lund'
of 'OLE BEN ALI' 'Ole ben Ali' 'Ole ben Ali' 'Ole ben Ali'
of 'BEN BERG' 'Ben Berg' 'ben Berg' 'Ben Berg'
of 'LO BERG' 'lo Berg' 'lo Berg' 'Lo Berg'
of 'AL NASSER' 'al Nasser' 'al Nasser' 'Al Nasser'
of 'ÅSE BERG-DAL' 'Åse Berg-Dal' 'Åse Berg-Dal' 'Åse Berg-Dal'
seen 'LIV HANSEN: Perl, without numbers and Hebrew' 'Liv Hansen' "$(perl_says 'LIV HANSEN' off)"
seen 'OLE BEN ALI: Perl, without numbers and Hebrew' 'Ole Ben Ali' "$(perl_says 'OLE BEN ALI' off)"
seen 'MACODY LUND: @foundernest/namecase, not Irish' 'Macody Lund' "$(nest_says 'MACODY LUND' false)"
finish

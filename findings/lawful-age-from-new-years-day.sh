#!/usr/bin/env bash
# Born on 28 November 2008 one is 18 from New Year's Day of 2026, and in Norwegian 1. mars 2026 is 1 March, 01.03.2026 3 January and no Saturday a day.
#
# Where:   Date::Calc 6.4 (Delta_YMD, Add_Delta_YMD), TimeDate 2.3300 (Date::Language, told that the language is Norwegian) and Time::Piece of Perl 5.36
#          (all Debian 12), by which scripts work out ages and limits.
# Guess:   the years between two days are the full ones; who knows the months in Norwegian reads days in digits in Norwegian order, and knows the days of the
#          week; 31 February is refused, and a month from 31 January ends in February, in whichever way it is asked for.
# Seen:    Delta_YMD takes the years from each other, the months and the days: 18 -10 -27 on 1 January, so that an age by its first number is up to
#          a year too high; N_Delta_YMD has 17. TimeDate reads 01.03.2026 in the American order, in Norwegian as well, and dies of 13.03.2026, as it does of
#          31.02.; lørdag and søndag, of which it has the letter in Latin-1, are no days. Time::Piece makes 3 March of 31.02.2026.
#          A month from 31 January is 3 March by Add_Delta_YMD and 28 February by Add_Delta_YM of the same module.
# For us:  an age is counted by year, month and day in one place, with tests of the day before; a day is read in the order of its column.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libdate-calc-perl=6.4-2 libtimedate-perl=2.3300-2
machine=$(uname -m)-linux-gnu
export PERL5LIB=$root/usr/share/perl5:$root/usr/lib/$machine/perl5/5.36
# shellcheck disable=SC2016 # the dollars are for Perl
calc() { perl -MDate::Calc=:all -e 'my ($function, @numbers) = @ARGV; print join(" ", &{\&{$function}}(@numbers))' "$@"; }
# shellcheck disable=SC2016
by_language() { perl -MDate::Language -e 'my $time = eval { Date::Language->new("Norwegian")->str2time($ARGV[0], "GMT") };
my @day = gmtime($time // 0); print $@ ? "dies" : defined $time ? sprintf("%d-%02d-%02d", $day[5] + 1900, $day[4] + 1, $day[3]) : "refused"' "$1"; }
seen 'Date::Calc: from 28.11.2008 to 1.1.2026' '18 -10 -27' "$(calc Delta_YMD 2008 11 28 2026 1 1)"
seen 'Date::Calc, N_Delta_YMD: the same' '17 1 4' "$(calc N_Delta_YMD 2008 11 28 2026 1 1)"
seen 'Date::Calc, Add_Delta_YMD: a month from 31.1.2026' '2026 3 3' "$(calc Add_Delta_YMD 2026 1 31 0 1 0)"
seen 'Date::Calc, Add_Delta_YM: the same' '2026 2 28' "$(calc Add_Delta_YM 2026 1 31 0 1)"
seen 'TimeDate, Norwegian: 1. mars 2026' 2026-03-01 "$(by_language '1. mars 2026')"
seen 'TimeDate, Norwegian: 01.03.2026' 2026-01-03 "$(by_language 01.03.2026)"
seen 'TimeDate, Norwegian: 13.03.2026' dies "$(by_language 13.03.2026)"
seen 'TimeDate, Norwegian: fredag 6 mars 2026' 2026-03-06 "$(by_language 'fredag 6 mars 2026')"
seen 'TimeDate, Norwegian: lørdag 7 mars 2026' refused "$(by_language 'lørdag 7 mars 2026')"
# shellcheck disable=SC2016
seen 'Time::Piece: 31.02.2026' 2026-03-03 "$(perl -MTime::Piece -e 'print Time::Piece->strptime("31.02.2026", "%d.%m.%Y")->ymd')"
finish

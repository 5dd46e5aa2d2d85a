#!/usr/bin/env bash
# Asked in Norwegian, a meeting at 8.30 is at 8.18, one on 9 March "kl. 14.15" at 14.09, and moving in "mars 2026" is on the 20th.
#
# Where:   Date::Manip 6.91 (Debian 12 libdate-manip-perl), with Language Norwegian and DateFormat non-US, on what people write into a
#          plan; the clock set to noon on 2 March 2026.
# Guess:   hours and minutes with a full stop, as Norwegians write them, are read, or refused as no time; a month and its year have no
#          day, or the first; eight digits are a day, written one way or the other, or refused.
# Seen:    what stands behind the full stop is a part of an hour: 8.30 is 18 minutes past eight, 14.15 nine past two, also behind a day
#          or behind "kl."; 8:30 is right. Where no year follows, 15.12. is 15:07:12 today. "mars 2026" and "mars 2027" are the
#          twentieth of March of 26 and 27. 20260309 is 9 March, and 09032026 so many seconds from now, in June.
#          090326 is 2009. Nothing is marked.
# For us:  times are read as hh:mm or hh.mm, days in two forms, whole or not at all; whatever else stands there is refused by the name of
#          its field.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libdate-manip-perl=6.91-1
cat >when.pl <<'PERL'
use utf8; use Date::Manip::Date;
my $base = Date::Manip::Date->new;
$base->config(Language => 'Norwegian', DateFormat => 'non-US', ForceDate => '2026-03-02-12:00:00,Europe/Oslo');
my $date = $base->new_date;
print $date->parse($ARGV[0]) ? 'refused' : $date->printf('%Y-%m-%d %H:%M:%S');
PERL
says() { perl -I"$root/usr/share/perl5" when.pl "$1" 2>/dev/null; }
seen '8.30' '2026-03-02 08:18:00' "$(says 8.30)"
seen '8:30' '2026-03-02 08:30:00' "$(says 8:30)"
seen '9.3.2026 kl. 14.15' '2026-03-09 14:09:00' "$(says '9.3.2026 kl. 14.15')"
seen '9.3.2026 kl. 14:15' '2026-03-09 14:15:00' "$(says '9.3.2026 kl. 14:15')"
seen 'i morgen 8.30' '2026-03-03 08:18:00' "$(says 'i morgen 8.30')"
seen '15.12.' '2026-03-02 15:07:12' "$(says 15.12.)"
seen '15.12.2026' '2026-12-15 00:00:00' "$(says 15.12.2026)"
seen '15. desember' '2026-12-15 00:00:00' "$(says '15. desember')"
seen 'mars 2026' '2026-03-20 00:00:00' "$(says 'mars 2026')"
seen 'mars 2027' '2027-03-20 00:00:00' "$(says 'mars 2027')"
seen '20260309' '2026-03-09 00:00:00' "$(says 20260309)"
seen '09032026' '2026-06-15 01:53:46' "$(says 09032026)"
seen '090326' '2009-03-26 00:00:00' "$(says 090326)"
seen 'uke 11' refused "$(says 'uke 11')"
finish

#!/usr/bin/env bash
# In a Norwegian map file (SOSI) municipality 0301 is 301 or "0301", post code 0181 is 181, 31 February is a day, and the second name is lost.
#
# Where:   GDAL 3.6.2 (Debian 12, ogrinfo and ogr2ogr, on which QGIS and R's sf read), its driver for SOSI, the format in which Norwegian
#          municipalities keep addresses and districts.
# Guess:   codes with a zero in front stay as written, under the names that the file gives them; a date that is none is empty or an
#          error, and an element that stands twice is a list. The character set that the file names, UTF-8 too, is read.
# Seen:    the driver has a table of short names: KOMM becomes the whole number kommunenummer (301) and POSTNR postnummer (181);
#          KOMMUNENUMMER, written out, stays the text "0301", so do BYDEL and TLF. Two files with the same municipality do not join.
#          MATRIKKELADRESSEID comes as matrikkelnummer, which is something else. 20260231 is a day. Of two NAVN the second is
#          dropped without a word. A file in UTF-8 is refused, the same in ISO 8859-1 is read.
# For us:  codes of districts and municipalities are text, and a table made of a map is compared with the
#          profile's list before anybody is counted by it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get gdal-bin=3.6.2+dfsg-1+b2 gdal-data=3.6.2+dfsg-1 proj-data=9.1.1-1
export PROJ_LIB=$root/usr/share/proj GDAL_DATA=$root/usr/share/gdal
LD_LIBRARY_PATH=$LD_LIBRARY_PATH:$root/usr/lib/$(uname -m)-linux-gnu/blas:$root/usr/lib/$(uname -m)-linux-gnu/lapack
cat >address.txt <<'SOSI'
.HODE
..TEGNSETT CHARSET
..OMRÅDE
...MIN-NØ 6640000 590000
...MAX-NØ 6650000 600000
..TRANSPAR
...KOORDSYS 22
...ORIGO-NØ 0 0
...ENHET 0.01
..SOSI-VERSJON 4.0
..SOSI-NIVÅ 2
.PUNKT 1:
..OBJTYPE Adresse
..KOMM 0301
..KOMMUNENUMMER 0301
..BYDEL 0301
..POSTNR 0181
..TLF 0181
..MATRIKKELADRESSEID 0012
..VERIFISERINGSDATO 20260231
..NAVN "Fjordhuset"
..NAVN "Rehabilitering"
..NØ
664500012 59500034
.SLUTT
SOSI
sed 's/CHARSET/ISO8859-1/; /KOMM /d' address.txt | iconv -f UTF-8 -t ISO8859-1 >long.sos
sed 's/CHARSET/ISO8859-1/; /KOMMUNENUMMER/d' address.txt | iconv -f UTF-8 -t ISO8859-1 >short.sos
sed 's/CHARSET/UTF-8/' address.txt >utf8.sos
of() { ogrinfo -al "$1" 2>/dev/null | sed -n "s/^  $2 (\(.*\)) = \(.*\)/\1 \2/p"; }
seen 'KOMM 0301' 'Integer 301' "$(of short.sos kommunenummer)"
seen 'KOMMUNENUMMER 0301' 'String 0301' "$(of long.sos KOMMUNENUMMER)"
seen 'BYDEL 0301' 'String 0301' "$(of long.sos BYDEL)"
seen 'POSTNR 0181' 'Integer 181' "$(of long.sos postnummer)"
seen 'TLF 0181' 'String 0181' "$(of long.sos TLF)"
seen 'MATRIKKELADRESSEID 0012 is' 'matrikkelnummer 0012' "$(ogrinfo -al long.sos 2>/dev/null | sed -n 's/^  \(.*\) (.*) = 0012$/\1 0012/p')"
seen '31 February' 'DateTime 2026/02/31 00:00:00' "$(of long.sos verifiseringsdato)"
seen 'NAVN, and NAVN' 'String Fjordhuset' "$(of long.sos navn)"
seen 'reads UTF-8' no "$(if ogrinfo utf8.sos >/dev/null 2>&1; then echo yes; else echo no; fi)"
finish

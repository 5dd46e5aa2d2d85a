#!/usr/bin/env bash
# Whoever came on 1 March is refused by a form for March, when the day is written as Java writes it, and on the last day there is no such trouble.
#
# Where:   libxml2 2.9.14 (xmllint, Debian 12), also in xmlstarlet and lxml, and python3-xmlschema 1.10.0: an XML schema whose element is
#          an xs:date from 2026-03-01 to 2026-03-31, as forms and messages between public services have it.
# Guess:   an xs:date is a day, and a zone behind it (2026-03-01+01:00, as Java's XML classes write a day unless told otherwise) changes nothing in
#          which day it is; or a zone where the schema has none is refused on each day alike.
# Seen:    a day with a zone is compared as the moment at which it begins. 1 March at +01:00 begins in February, and is refused by
#          both; 1 April at +01:00 begins on 31 March and is refused, too, so the month has 30 days. 1 March of Greenwich (Z) is
#          refused by xmllint, as a day without a zone could be fourteen hours off, and taken by xmlschema. The last day is taken
#          with +01:00 and refused by both with -01:00. All other days pass, so that a test with the fifteenth shows nothing.
# For us:  days leave without a zone in every format, and the first and last day of a period are tested.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libxml2-utils=2.9.14+dfsg-1.3~deb12u6 python3-xmlschema=1.10.0-6
cat >march.xsd <<'XSD'
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="came"><xs:simpleType><xs:restriction base="xs:date">
    <xs:minInclusive value="2026-03-01"/><xs:maxInclusive value="2026-03-31"/>
  </xs:restriction></xs:simpleType></xs:element>
</xs:schema>
XSD
cat >valid.py <<'PY'
import sys, xmlschema
print("valid" if xmlschema.XMLSchema("march.xsd").is_valid(sys.argv[1]) else "refused")
PY
both() { # DAY: what xmllint and xmlschema say
	echo "<came>$1</came>" >came.xml
	if xmllint --noout --schema march.xsd came.xml 2>/dev/null; then printf 'valid '; else printf 'refused '; fi
	PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 valid.py came.xml
}
seen 'xmllint, xmlschema: 2026-03-01' 'valid valid' "$(both 2026-03-01)"
seen '2026-03-01+01:00' 'refused refused' "$(both 2026-03-01+01:00)"
seen '2026-03-01Z' 'refused valid' "$(both 2026-03-01Z)"
seen '2026-03-02+01:00' 'valid valid' "$(both 2026-03-02+01:00)"
seen '2026-03-15+01:00' 'valid valid' "$(both 2026-03-15+01:00)"
seen '2026-03-31+01:00' 'valid valid' "$(both 2026-03-31+01:00)"
seen '2026-03-31-01:00' 'refused refused' "$(both 2026-03-31-01:00)"
seen '2026-04-01+01:00' 'refused refused' "$(both 2026-04-01+01:00)"
finish

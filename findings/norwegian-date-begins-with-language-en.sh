#!/usr/bin/env bash
# A letter asked for in Norwegian is dated "[Language: en]1. march 2026", and a date in digits alone "[Language: en]01.03.2026".
#
# Where:   SaxonJS 2.7.0 with xslt3 2.7.0 (npm), XSLT 3.0, in which templates of letters and forms are written: format-date and
#          format-integer with a language.
# Guess:   a language that is not there gives English words, or an error that can be seen in a test; what has no words, such as
#          01.03.2026, is the same in each language.
# Seen:    the answer itself begins with "[Language: en]", also of a date in digits and of a clock, and it goes into the letter; the
#          standard lets it. Norwegian is missing as nb, nn and no, as are Swedish, Danish and German. Without a language it is
#          English with nothing before it, and a number in words is English with nothing said ("three").
# For us:  months in words come from our own tables of both languages; a template in XSLT writes digits, and names no language.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get saxon-js@2.7.0 xslt3@2.7.0
says() { # EXPRESSION
	cat >letter.xsl <<-XSL
		<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema">
		<xsl:output method="text"/>
		<xsl:template name="xsl:initial-template"><xsl:value-of select="$1"/></xsl:template>
		</xsl:stylesheet>
	XSL
	node node_modules/.bin/xslt3 -xsl:letter.xsl -it 2>&1
}
day="xs:date('2026-03-01')"
for language in nb nn no sv da de; do
	seen "1. [Mn] 2026, $language" '[Language: en]1. march 2026' "$(says "format-date($day, '[D]. [Mn] [Y]', '$language', (), ())")"
done
seen '[D01].[M01].[Y], nb' '[Language: en]01.03.2026' "$(says "format-date($day, '[D01].[M01].[Y]', 'nb', (), ())")"
seen '[H01].[m01], nb' '[Language: en]12.30' "$(says "format-time(xs:time('12:30:00'), '[H01].[m01]', 'nb', (), ())")"
seen '[D01].[M01].[Y], no language' '01.03.2026' "$(says "format-date($day, '[D01].[M01].[Y]')")"
seen '[D]. [Mn] [Y], no language' '1. march 2026' "$(says "format-date($day, '[D]. [Mn] [Y]')")"
seen '[D]. [Mn] [Y], en' '1. march 2026' "$(says "format-date($day, '[D]. [Mn] [Y]', 'en', (), ())")"
seen '3 in words, nb' 'three' "$(says "format-integer(3, 'w', 'nb')")"
finish

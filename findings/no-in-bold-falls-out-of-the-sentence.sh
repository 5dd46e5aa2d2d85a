#!/usr/bin/env bash
# "Kari har ikke samtykket" is "Kari har samtykket" to four readers of XML when the word "ikke" is in bold, "Kari har" to two more, and "ikke" to one.
#
# Where:   PHP 8.2.36 (SimpleXML, as text and as JSON), xmltodict 0.13.0, and ElementTree and lxml.objectify of Python 3.11.2 with lxml 4.9.2
#          (Debian 12), fast-xml-parser 5.12.1, xml2js 0.6.2 and txml 6.0.3 (npm), on a note with two words in bold, as journals
#          (CDA), letters and forms in XML have them.
# Guess:   what a reader calls the text of an element is its words in their order; or an element with others in it has no plain text.
# Seen:    SimpleXML, xmltodict, fast-xml-parser and xml2js put together what is not in bold: "Kari har samtykket til .", the words in bold are
#          in a list of their own, which SimpleXML's JSON has not. ElementTree and objectify give what stands before the first: "Kari har".
#          txml has the words in bold alone. Nothing is said; itertext() of ElementTree has the sentence.
# For us:  what decides, such as consent, is a field with a code, never a word in a note; a note is read with all that is within it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get fast-xml-parser@5.12.1 xml2js@0.6.2 txml@6.0.3
deb_get php8.2-cli=8.2.36-1~deb12u1 php8.2-xml=8.2.36-1~deb12u1 python3-xmltodict=0.13.0-1.1~deb12u1 python3-lxml=4.9.2-1+deb12u1
echo '<plan><note>Kari har <b>ikke</b> samtykket til <b>flytting</b>.</note></plan>' >plan.xml
php() { "$root/usr/bin/php8.2" -n -d extension="$root/usr/lib/php/20220829/simplexml.so" -r "\$plan = simplexml_load_file('plan.xml'); echo $1;"; }
python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "import json, xmltodict
from lxml import objectify
from xml.etree import ElementTree
note = ElementTree.parse('plan.xml').find('note')
print($1)"; }
js() { node --input-type=module -e "import { readFileSync } from 'fs'
import { XMLParser } from 'fast-xml-parser'
import xml2js from 'xml2js'
import { parse, simplify } from 'txml'
const text = readFileSync('plan.xml', 'utf8')
console.log(JSON.stringify($1))"; }
rest='Kari har  samtykket til .'
# shellcheck disable=SC2016 # the dollar is for PHP
seen 'SimpleXML, as text' "$rest" "$(php '$plan->note')"
# shellcheck disable=SC2016
seen 'SimpleXML, as JSON' "{\"note\":\"$rest\"}" "$(php 'json_encode($plan)')"
seen 'xmltodict' "{\"b\": [\"ikke\", \"flytting\"], \"#text\": \"$rest\"}" "$(python 'json.dumps(xmltodict.parse(open("plan.xml").read())["plan"]["note"])')"
seen 'fast-xml-parser' '{"b":["ikke","flytting"],"#text":"Kari harsamtykket til."}' "$(js 'new XMLParser().parse(text).plan.note')"
seen 'xml2js' "{\"_\":\"$rest\",\"b\":[\"ikke\",\"flytting\"]}" "$(js '(await xml2js.parseStringPromise(text)).plan.note[0]')"
seen 'txml' '{"b":["ikke","flytting"]}' "$(js 'simplify(parse(text)).plan.note')"
seen 'ElementTree: text' 'Kari har ' "$(python note.text)"
seen 'lxml.objectify' 'Kari har ' "$(python 'str(objectify.parse("plan.xml").getroot().note)')"
seen 'ElementTree: itertext' 'Kari har ikke samtykket til flytting.' "$(python '"".join(note.itertext())')"
finish

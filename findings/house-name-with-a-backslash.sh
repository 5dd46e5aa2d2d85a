#!/usr/bin/env bash
# In a contact card the house is called "Fjordhuset\; avdeling 2", and its door code has a backslash too many.
#
# Where:   vcf 2.1.2, ical.js 2.2.1, vcard-parser 1.0.0 and vcard4 4.0.5 (npm), python3-vobject 0.9.6.1 (Debian
#          12), on a card of a house (vCard 4.0, RFC 6350; for vobject 3.0).
# Guess:   what a card has to escape (comma, semicolon, backslash, line break) is itself again in what a reader gives; the
#          parts of an address stay apart at the semicolons that are not escaped.
# Seen:    vcard4 and vobject do so. vcf leaves all as it stands in the file, in the name, the note and the address. ical.js
#          leaves "\;" in a name, not in an address. vcard-parser leaves the second of two backslashes:
#          the door code 12\34 is 12\\34.
# For us:  houses and offices leave as HSDS and as tables, never as cards.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get vcf@2.1.2 ical.js@2.2.1 vcard-parser@1.0.0 vcard4@4.0.5
deb_get python3-vobject=0.9.6.1-2
card() { printf '%s\r\n' BEGIN:VCARD "VERSION:$1" 'FN:Fjordhuset\; avdeling 2' 'ORG:Storby kommune;Rus\; psykisk helse' \
	'NOTE:Kode 12\\34' 'ADR;TYPE=work:;;Storgata 1\; inngang B;Storby;;0301;Norge' END:VCARD; }
card 4.0 >card.vcf
card 3.0 >card3.vcf
cat >read.mjs <<'JS'
import fs from 'fs'
import { createRequire } from 'module'
const require = createRequire(import.meta.url), text = fs.readFileSync('card.vcf', 'utf8')
const [by, field] = process.argv.slice(2)
const ways = {
  vcf: () => { const Card = require('vcf'); return new Card().parse(text).get(field).valueOf() },
  'ical.js': async () => {
    const { default: ICAL } = await import('ical.js')
    return new ICAL.Component(ICAL.parse(text)).getFirstProperty(field).getFirstValue()
  },
  'vcard-parser': () => require('vcard-parser').parse(text)[field][0].value,
  vcard4: () => { const [one] = require('vcard4').parse(text).getProperty(field.toUpperCase()); return one.value ?? one.valueObj },
}
let value = await ways[by]()
if (value?.streetAddress) value = value.streetAddress
if (Array.isArray(value)) value = value[2]
process.stdout.write(typeof value === 'string' ? value : JSON.stringify(value))
JS
read_by() { node read.mjs "$@" 2>/dev/null; }
vobject() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import sys, vobject
print(eval("vobject.readOne(open(\"card3.vcf\", newline=\"\").read())." + sys.argv[1]))' "$1"; }
name='Fjordhuset; avdeling 2' escaped='Fjordhuset\; avdeling 2'
for by in vcard4 vcard-parser; do seen "$by: name" "$name" "$(read_by $by fn)"; done
seen 'vobject: name' "$name" "$(vobject fn.value)"
for by in vcf ical.js; do seen "$by: name" "$escaped" "$(read_by $by fn)"; done
seen 'vcard4: note' 'Kode 12\34' "$(read_by vcard4 note)"
seen 'vcard-parser: note' 'Kode 12\\34' "$(read_by vcard-parser note)"
seen 'vcf: note' 'Kode 12\\34' "$(read_by vcf note)"
seen 'ical.js: street' 'Storgata 1; inngang B' "$(read_by ical.js adr)"
seen 'vcf: address' ';;Storgata 1\; inngang B;Storby;;0301;Norge' "$(read_by vcf adr)"
seen 'vobject: street' 'Storgata 1; inngang B' "$(vobject adr.value.street)"
finish

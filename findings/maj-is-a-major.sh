#!/usr/bin/env bash
# Maj Britt is a major by name of Britt, Per V is Per the Fifth, and Li Do has no surname: "Hei Britt" to somebody else.
#
# Where:   nameparser 1.1.2 (Debian 12), humanparser 2.7.0, another-name-parser 0.1.0 and parse-full-name 1.2.7 (npm),
#          which split a name into parts for the greeting of a letter.
# Guess:   a name of two or three words without a comma has its first name first, and its surname last; titles are known
#          by a point, or stand before at least two names.
# Seen:    nameparser and another-name-parser take Maj and Gen for ranks, so that the first name is another's or none is
#          left; nameparser takes Do (a Vietnamese surname) for a title, another-name-parser takes it for a doctor's
#          degree behind the name. humanparser takes a surname V or Ma for a degree, and leaves the surname empty;
#          parse-full-name takes Van Nguyen for one surname with no first name.
# For us:  a name is one field and is written whole; no program of ours splits it, and a letter begins "Hei" with all of it.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get humanparser@2.7.0 another-name-parser@0.1.0 parse-full-name@1.2.7
deb_get python3-nameparser=1.1.2-1
python() {
	PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "
import sys; from nameparser import HumanName
n = HumanName(sys.argv[1]); print('%s|%s|%s|%s' % (n.title, n.first, n.last, n.suffix))" "$1"
}
cat >name.js <<'JS'
const [who, name] = process.argv.slice(2)
const parts = (...all) => console.log(all.map((part) => part || '').join('|'))
if (who === 'human') { const n = require('humanparser').parseName(name); parts(n.salutation, n.firstName, n.lastName, n.suffix) }
if (who === 'another') { const n = require('another-name-parser')(name); parts(n.prefix, n.first, n.last, n.suffix) }
if (who === 'full') { const n = require('parse-full-name').parseFullName(name); parts(n.title, n.first, n.last, n.suffix) }
JS
echo '(title|first name|surname|behind the name)'
seen 'nameparser: Kari Moe' '|Kari|Moe|' "$(python 'Kari Moe')"
seen 'nameparser: Maj Britt Moe' 'Maj|Britt|Moe|' "$(python 'Maj Britt Moe')"
seen 'nameparser: Do Thi Mai' 'Do|Thi|Mai|' "$(python 'Do Thi Mai')"
seen 'another-name-parser: Maj Britt Moe' 'Maj|Britt|Moe|' "$(node name.js another 'Maj Britt Moe')"
seen 'another-name-parser: Gen Li' 'Gen|Li||' "$(node name.js another 'Gen Li')"
seen 'another-name-parser: Li Do' '|Li||Do' "$(node name.js another 'Li Do')"
seen 'humanparser: Per V' '|Per||V' "$(node name.js human 'Per V')"
seen 'humanparser: Siv Ma' '|Siv||Ma' "$(node name.js human 'Siv Ma')"
seen 'parse-full-name: Van Nguyen' '||Van Nguyen|' "$(node name.js full 'Van Nguyen')"
finish

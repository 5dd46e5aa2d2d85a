#!/usr/bin/env bash
# In a merged letter a house without a telephone has the municipality's, 1 March is 3 January, and consent "nei" is given.
#
# Where:   docxtemplater 3.71.0 (with pizzip 3.3.0), easy-template-x 7.2.8 and carbone 3.8.2 (npm), which fill a Word
#          template from data, as letters to people are made.
# Guess:   what a house in a list does not have is empty, or an error; a day that cannot be read is left as it is; what is
#          not there at all is empty.
# Seen:    docxtemplater and easy-template-x take what a row lacks from what stands around the list: the house has the
#          telephone of the municipality. A day that is missing is the word "undefined" in docxtemplater. carbone's formatD
#          reads 01.03.2026 as 3 January and writes 03.01.2026; who has no age is not below 67, so "over"; 1,5 is NaN, and
#          one more than 1,5 is 2. A section for consent shows for the answer "nei" in both that have sections.
# For us:  letters take each item from one record, and say by name what is missing.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get docxtemplater@3.71.0 pizzip@3.3.0 easy-template-x@7.2.8 carbone@3.8.2
cat >letter.cjs <<'JS'
const Zip = require('pizzip')
const [who, words, data] = [process.argv[2], process.argv[3], JSON.parse(process.argv[4])]
const office = 'http://schemas.openxmlformats.org/'
const zip = new Zip()
zip.file('[Content_Types].xml', `<Types xmlns="${office}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
zip.file('_rels/.rels', `<Relationships xmlns="${office}package/2006/relationships"><Relationship Id="r1" Type="${office}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
zip.file('word/document.xml', `<w:document xmlns:w="${office}wordprocessingml/2006/main"><w:body><w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p></w:body></w:document>`)
const template = zip.generate({ type: 'nodebuffer' })
const show = (file) => console.log(new Zip(file).file('word/document.xml').asText().replace(/<[^>]*>/g, '').trim())
const ways = {
    docxtemplater: () => {
        const letter = new (require('docxtemplater'))(zip)
        letter.render(data)
        show(letter.getZip().generate({ type: 'nodebuffer' }))
    },
    'easy-template-x': () => new (require('easy-template-x').TemplateHandler)().process(template, data).then(show),
    carbone: () => {
        require('fs').writeFileSync('t.docx', template)
        require('carbone').render(process.cwd() + '/t.docx', data, (e, file) => show(file))
    },
}
ways[who]()
JS
letter() { node letter.cjs "$@"; }
houses='{"phone": "22 00 00 00 (kommunen)", "house": [{"name": "A", "phone": "11 11 11 11"}, {"name": "B"}]}'
for who in docxtemplater easy-template-x; do
	seen "$who: B has no telephone" 'A: 11 11 11 11. B: 22 00 00 00 (kommunen).' "$(letter $who '{#house}{name}: {phone}. {/house}' "$houses")"
	seen "$who: consent nei" 'Samtykke er gitt.' "$(letter $who '{#consent}Samtykke er gitt.{/consent}' '{"consent": "nei"}')"
done
seen 'docxtemplater: no day' 'Du flytter undefined.' "$(letter docxtemplater 'Du flytter {day}.' '{}')"
seen 'easy-template-x: no day' 'Du flytter .' "$(letter easy-template-x 'Du flytter {day}.' '{}')"
seen 'carbone: 01.03.2026' 03.01.2026 "$(letter carbone '{d.day:formatD(DD.MM.YYYY)}' '{"day": "01.03.2026"}')"
seen 'carbone: no age' over "$(letter carbone '{d.age:ifLT(67):show(under):elseShow(over)}' '{}')"
seen 'carbone: 1,5, and one more' 'NaN 2' "$(letter carbone '{d.n:formatN(1)} {d.n:add(1)}' '{"n": "1,5"}')"
finish

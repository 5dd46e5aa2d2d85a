#!/usr/bin/env bash
# What a meeting fills in in a Word form is lost by most readers, each losing something else.
#
# Where:   mammoth 1.13.0, officeparser 7.8.0 and word-extractor 1.0.4 (npm), pandoc 2.17.1.1 and
#          docx2txt 1.4 (Debian 12), on a document of two generations of Word's form fields.
# Guess:   readers that take text out of .docx give the words that Word shows: the chosen entry of a
#          drop-down list, which box is ticked, all cells of a table, a text box; not what is formatted as
#          hidden.
# Seen:    the entry chosen in a drop-down field of the older kind is in none of them: it is stored as a
#          number. Older tick boxes are told by mammoth's HTML only, newer ones not by its text. officeparser
#          drops table cells and whole rows that are in a content control. Text boxes come out of three of six.
#          Hidden text comes out of all of them.
# For us:  a filled-in plan is read from its fields, by name, never from a reader's text; and what is
#          formatted as hidden is no way of keeping something back.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get mammoth@1.13.0 officeparser@7.8.0 word-extractor@1.0.4 jszip@3.10.2
deb_get pandoc=2.17.1.1-2~deb12u1 docx2txt=1.4-5
cat >write.cjs <<'JS'
const Zip = require('jszip')
const office = 'http://schemas.openxmlformats.org'
const text = (words) => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`
const line = (...runs) => `<w:p>${runs.join('')}</w:p>`
const control = (inside, properties = '') => `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${inside}</w:sdtContent></w:sdt>`
const field = (name, data) =>
  `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="${name}"/><w:enabled/>${data}</w:ffData></w:fldChar></w:r>` +
  `<w:r><w:instrText> ${name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
const newer = (on) => control(text(on ? '\u2612' : '\u2610'), `<w14:checkbox><w14:checked w14:val="${on}"/></w14:checkbox>`)
const older = (on) => field('FORMCHECKBOX', `<w:checkBox><w:sizeAuto/><w:default w:val="0"/>${on ? '<w:checked/>' : ''}</w:checkBox>`)
const list = field('FORMDROPDOWN', '<w:ddList><w:result w:val="1"/><w:listEntry w:val="first"/><w:listEntry w:val="chosen"/></w:ddList>')
const cell = (words) => `<w:tc>${line(text(words))}</w:tc>`
const box = `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${line(text('boxed'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`
const body = [
  line(text('newer '), newer(1), text('|'), newer(0), text('.')),
  line(text('older '), older(1), text('|'), older(0), text('.')),
  line(list),
  `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid><w:tr>${cell('cell')}${control(cell('held'))}</w:tr>` +
    `${control(`<w:tr>${cell('lined')}${cell('cell')}</w:tr>`)}</w:tbl>`,
  line(box),
  line('<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>'),
]
const zip = new Zip()
zip.file('[Content_Types].xml', `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
zip.file('_rels/.rels', `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
zip.file('word/document.xml', `<w:document xmlns:w="${office}/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>${body.join('')}</w:body></w:document>`)
zip.generateAsync({ type: 'nodebuffer' }).then((bytes) => require('fs').writeFileSync('form.docx', bytes))
JS
node write.cjs
cat >read.cjs <<'JS'
const readers = {
  text: async () => (await require('mammoth').extractRawText({ path: 'form.docx' })).value,
  html: async () => (await require('mammoth').convertToHtml({ path: 'form.docx' })).value,
  officeparser: async () => (await require('officeparser').parseOffice('form.docx')).toText(),
  extractor: async () => (await new (require('word-extractor'))().extract('form.docx')).getBody(),
}
readers[process.argv[2]]().then((text) => process.stdout.write(text))
JS
# The facts that can be told from a reader's text, in a fixed order. A pair of boxes is told when the
# two sides of "|" differ.
facts() {
	perl -CS -0777 -ne '
my @told;
for my $kind (qw(newer older)) { push @told, $kind if /$kind (.*?)\|(.*?)\./s && $1 ne $2 }
for my $word (qw(chosen held lined boxed hidden)) { push @told, $word if /$word/ }
print "@told"'
}
seen 'mammoth, text' 'held lined boxed hidden' "$(node read.cjs text | facts)"
seen 'mammoth, HTML' 'newer older held lined boxed hidden' "$(node read.cjs html | facts)"
seen 'officeparser' 'newer hidden' "$(node read.cjs officeparser | facts)"
seen 'word-extractor' 'newer held lined hidden' "$(node read.cjs extractor | facts)"
seen 'pandoc' 'newer held lined hidden' "$(pandoc --data-dir="$root/usr/share/pandoc/data" -t plain form.docx | facts)"
seen 'docx2txt' 'newer held lined boxed hidden' "$(docx2txt form.docx - | facts)"
finish

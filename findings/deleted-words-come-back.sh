#!/usr/bin/env bash
# Words that were deleted under tracked changes come back, unmarked, when LibreOffice saves the document as text or page.
#
# Where:   LibreOffice 7.4.7, odt2txt 0.5 and pandoc 2.17.1.1 (Debian 12), mammoth 1.13.0, word-extractor 1.0.4 and
#          officeparser 7.8.0 (npm), on a .docx with a deletion, a deleted paragraph and words that were moved, and on
#          an .odt with a deletion and a comment.
# Guess:   without marks of its own a format gets the text as it is when the changes are accepted; that is what pandoc
#          and mammoth give. If deletions go along they are struck through, in HTML as <del>.
# Seen:    LibreOffice writes the deleted words into .txt and .html like all others, a deleted paragraph too, and words
#          that were moved stand in both places; nothing tells them apart. In the PDF they have their strike, but who
#          takes the text out of it gets plain words. odt2txt begins with what was deleted, before the first line, and
#          puts the comment and its author into the sentence; officeparser begins so, too. word-extractor and
#          officeparser give what was moved twice.
# For us:  plans and worksheets are read from the .docx or .odt, where deleted words are known as such, not from a page,
#          text or PDF that was saved of it while the changes were pending; checklist-import(1) says so.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get mammoth@1.13.0 word-extractor@1.0.4 officeparser@7.8.0
deb_get libreoffice-writer=4:7.4.7-1+deb12u14 odt2txt=0.5-7 pandoc=2.17.1.1-2~deb12u1 poppler-utils=22.12.0-2+deb12u3
cat >make.py <<'PY'
import zipfile
def pack(name, parts):
    with zipfile.ZipFile(name, 'w') as to:
        for part, text in parts: to.writestr(part, text)
head = '<?xml version="1.0" encoding="UTF-8"?>'
def change(kind, n, words, tag='t'):
    return f'<w:{kind} w:id="{n}" w:author="Nora" w:date="2026-03-01T10:00:00Z"><w:r><w:{tag}>{words}</w:{tag}></w:r></w:{kind}>'
run = lambda words: f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'
office = 'http://schemas.openxmlformats.org/'
pack('plan.docx', [
    ('[Content_Types].xml', f'''{head}<Types xmlns="{office}package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'''),
    ('_rels/.rels', f'''{head}<Relationships xmlns="{office}package/2006/relationships">
<Relationship Id="r1" Type="{office}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'''),
    ('word/document.xml', f'''{head}<w:document xmlns:w="{office}wordprocessingml/2006/main"><w:body>
<w:p>{run('Move in ')}{change('del', 1, 'RELAPSE', 'delText')}{change('moveFrom', 2, 'MAY')}{run(' agreed')}</w:p>
<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="Nora" w:date="2026-03-01T10:00:00Z"/></w:rPr></w:pPr>{change('del', 4, 'DIAGNOSIS', 'delText')}</w:p>
<w:p>{change('moveTo', 5, 'MAY')}</w:p></w:body></w:document>''')])
spaces = ' '.join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ('office', 'text'))
who = '<dc:creator>Nora</dc:creator><dc:date>2026-03-01T10:00:00</dc:date>'
kind = 'application/vnd.oasis.opendocument.text'
pack('plan.odt', [
    ('mimetype', kind),
    ('content.xml', f'''{head}<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info>{who}</office:change-info><text:p>RELAPSE</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>Move in <text:change text:change-id="c"/>agreed<office:annotation>{who}<text:p>ASK</text:p></office:annotation>.</text:p></office:text></office:body></office:document-content>'''),
    ('META-INF/manifest.xml', f'''{head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>''')])
PY
python3 make.py
cat >text.cjs <<'JS'
const [file, by] = process.argv.slice(2)
const ways = {
  mammoth: async () => (await require('mammoth').extractRawText({ path: file })).value,
  'word-extractor': async () => (await new (require('word-extractor'))().extract(file)).getBody(),
  officeparser: async () => (await require('officeparser').parseOffice(file)).toText(),
}
ways[by]().then((text) => console.log(text))
JS
office=$root/usr/lib/libreoffice/program/soffice
[[ -x $office ]] || office=/usr/lib/libreoffice/program/soffice
for as in txt:Text html pdf; do
	"$office" -env:UserInstallation="file://$tmp/office" --headless --convert-to $as --outdir docx plan.docx >office.log 2>&1
done
"$office" -env:UserInstallation="file://$tmp/office" --headless --convert-to txt:Text --outdir odt plan.odt >office.log 2>&1
data=$root/usr/share/pandoc/data
[[ -d $data ]] || data=/usr/share/pandoc/data
words() { tr -d '\357\273\277\r' | tr -s ' \t\n' ' ' | sed 's/^ //; s/ $//'; }
seen 'LibreOffice: .docx as text' 'Move in RELAPSEMAY agreed DIAGNOSIS MAY' "$(words <docx/plan.txt)"
seen 'LibreOffice: .docx as HTML' 'Move in RELAPSEMAY agreed DIAGNOSIS MAY' "$(sed '1,/<body/d; s/<[^>]*>//g' docx/plan.html | words)"
seen 'LibreOffice: marks of deletion in the HTML' 0 "$(grep -ciE '<(del|s|strike)[ >]|line-through' docx/plan.html || :)"
seen 'LibreOffice: .docx as PDF, its text' 'Move in RELAPSEMAY agreed DIAGNOSIS MAY' "$(pdftotext docx/plan.pdf - | tr '\f' ' ' | words)"
seen 'LibreOffice: .odt as text' 'Move in RELAPSEagreed.' "$(words <odt/plan.txt)"
seen 'pandoc: .docx' 'Move in agreed MAY' "$(pandoc --data-dir="$data" -t plain plan.docx | words)"
seen 'mammoth: .docx' 'Move in agreed MAY' "$(node text.cjs plan.docx mammoth | words)"
seen 'word-extractor: .docx' 'Move in MAY agreed MAY' "$(node text.cjs plan.docx word-extractor | words)"
seen 'officeparser: .docx' 'Move in MAY agreed MAY' "$(node text.cjs plan.docx officeparser | words)"
seen 'officeparser: .odt' 'RELAPSE Move in agreed.' "$(node text.cjs plan.odt officeparser | words)"
seen 'odt2txt: .odt, before the first line' 'Nora2026-03-01T10:00:00RELAPSE' "$(odt2txt.odt2txt plan.odt | words | cut -d' ' -f1)"
seen 'odt2txt: the comment in the sentence' yes "$(odt2txt.odt2txt plan.odt | words | grep -q 'agreedNora2026-03-01T10:00:00ASK' && echo yes || echo no)"
finish

#!/usr/bin/env bash
# Letter c of a decision is 3, 1, a or nothing at all in the text that is made of its letter, and point 7 is point 1.
#
# Where:   a list of HTML that is lettered from c (type and start), and a point numbered 7 (value), as text by html-to-text
#          10.0.1, mailparser 3.14.2, turndown 7.2.5, node-html-markdown 2.0.0, html-to-md 0.8.8 and html-to-formatted-text
#          2.7.0 (npm), html2text 1.3.2a, python3-html2text 2020.1.16, Pandoc 2.17.1.1 and w3m 0.5.3 (Debian 12); the same
#          list in a Word document by mammoth 1.13.0 (npm), docx2txt 1.4 and Pandoc.
# Guess:   what makes text of a letter keeps what its points are called, or warns; a start that is read goes with its kind.
# Seen:    w3m alone keeps both. html-to-text, mailparser (the text of an HTML mail) and Pandoc keep c but make 1 of point 7;
#          turndown, html-to-md and Python's html2text say 3, node-html-markdown 1, html2text a, html-to-formatted-text
#          nothing. Of the Word document mammoth makes a list that begins with 1, in HTML and in Markdown, with no message;
#          docx2txt leaves the letters out; Pandoc keeps them.
# For us:  a letter names its points in its own words, not as items of a list that something else numbers.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get html-to-text@10.0.1 mailparser@3.14.2 turndown@7.2.5 node-html-markdown@2.0.0 html-to-md@0.8.8 html-to-formatted-text@2.7.0 \
	mammoth@1.13.0 pizzip@3.3.0
deb_get html2text=1.3.2a-28 python3-html2text=2020.1.16-2 pandoc=2.17.1.1-2~deb12u1 w3m=0.5.3+git20230121-2 docx2txt=1.4-5
cat >letter.html <<'HTML'
<meta charset="utf-8"><ol type="a" start="3"><li>home</li><li>support</li></ol><p>and</p><ol><li value="7">rent</li></ol>
HTML
cat >text.mjs <<'JS'
import { readFileSync, writeFileSync } from 'fs'
const html = readFileSync('letter.html', 'utf8').replace(/^<meta[^>]*>/, '')
const own = async (name) => { const all = await import(name); return all.default?.default ?? all.default ?? all }
const office = 'http://schemas.openxmlformats.org/', main = `xmlns:w="${office}wordprocessingml/2006/main"`
const ways = {
    'html-to-text': async () => (await own('html-to-text')).convert(html),
    mailparser: async () => (await (await own('mailparser')).simpleParser('Content-Type: text/html\r\n\r\n' + html)).text,
    turndown: async () => new (await own('turndown'))().turndown(html),
    'node-html-markdown': async () => (await own('node-html-markdown')).NodeHtmlMarkdown.translate(html),
    'html-to-md': async () => (await own('html-to-md'))(html),
    'html-to-formatted-text': async () => (await own('html-to-formatted-text'))(html),
    'letter.docx': async () => { // a list lettered from c
        const zip = new (await own('pizzip'))()
        const type = (part, kind) => `<Override PartName="/word/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`
        const point = (words) => `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${words}</w:t></w:r></w:p>`
        zip.file('[Content_Types].xml', `<Types xmlns="${office}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('document', 'document.main')}${type('numbering', 'numbering')}</Types>`)
        const to = (kind, target) => `<Relationships xmlns="${office}package/2006/relationships"><Relationship Id="r1" Type="${office}officeDocument/2006/relationships/${kind}" Target="${target}"/></Relationships>`
        zip.file('_rels/.rels', to('officeDocument', 'word/document.xml'))
        zip.file('word/_rels/document.xml.rels', to('numbering', 'numbering.xml'))
        zip.file('word/numbering.xml', `<w:numbering ${main}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`)
        zip.file('word/document.xml', `<w:document ${main}><w:body>${point('home')}${point('support')}</w:body></w:document>`)
        writeFileSync('letter.docx', zip.generate({ type: 'nodebuffer' }))
        return ''
    },
    mammoth: async () => { const made = await (await own('mammoth')).convertToHtml({ path: 'letter.docx' }); return made.value + made.messages.join() },
    'mammoth, Markdown': async () => (await own('mammoth')).convertToMarkdown({ path: 'letter.docx' }).then((made) => made.value),
}
console.log(await ways[process.argv[2]]())
JS
line() { tr -s ' \n' ' ' | sed 's/^ //; s/ $//'; }
by() { node text.mjs "$1" | line; }
plain() { pandoc --data-dir="$data" -f "$1" -t plain "$2"; }
data=$root/usr/share/pandoc/data
[[ -d $data ]] || data=/usr/share/pandoc/data
seen w3m 'c. home d. support and 7. rent' "$(w3m -dump letter.html | line)"
for who in html-to-text mailparser; do seen $who 'c. home d. support and 1. rent' "$(by $who)"; done
seen Pandoc 'c. home d. support and 1. rent' "$(plain html letter.html | line)"
seen html2text 'a. home b. support and 7. rent' "$(html2text -utf8 letter.html | line)"
for who in turndown html-to-md; do seen $who '3. home 4. support and 1. rent' "$(by $who)"; done
seen "Python's html2text" '3. home 4. support and 1. rent' \
	"$(PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -m html2text letter.html | line)"
seen node-html-markdown '1. home 2. support and 1. rent' "$(by node-html-markdown)"
seen html-to-formatted-text 'home support and rent' "$(by html-to-formatted-text)"
by letter.docx >/dev/null
seen 'Word, by Pandoc' 'c) home d) support' "$(plain docx letter.docx | line)"
seen 'Word, by mammoth' '<ol><li>home</li><li>support</li></ol>' "$(by mammoth)"
seen 'Word, by mammoth, Markdown' '1. home 2. support' "$(by 'mammoth, Markdown')"
seen 'Word, by docx2txt' 'home support' "$(docx2txt letter.docx - | line)"
finish

#!/usr/bin/env bash
# The place that was chosen in a form is "akuttlang" in its text, and a box that was ticked for consent is shown as unticked.
#
# Where:   a filled-in HTML form, as forms are mailed and kept, as text by ELinks 0.13.2, Links 2.28, html2text 1.3.2a, Pandoc
#          2.17.1.1, python3-html2text 2020.1.16 and w3m 0.5.3 (Debian 12), html-to-text 10.0.1, mailparser 3.14.2, turndown
#          7.2.5 and html2plaintext 2.1.4 (npm).
# Guess:   a browser in a terminal shows a form as a browser does; what makes text of pages shows the chosen option and the
#          ticked box, or leaves the fields out.
# Seen:    ELinks and Links print an empty box for the ticked one, and ELinks an empty line for what was chosen, though the page
#          says checked and selected. html2text has both options and not which. Pandoc, Python's html2text, html-to-text,
#          mailparser (so the text of a mail), turndown and html2plaintext write the options as one word, akuttlang, "Ja Nei"
#          without boxes, and no name. w3m alone shows what was filled in.
# For us:  answers are read from the own fields of a document, by name, never from the text that was made of a page.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get html-to-text@10.0.1 mailparser@3.14.2 turndown@7.2.5 html2plaintext@2.1.4
deb_get elinks=0.13.2-1+b4 links2=2.28-1+b2 html2text=1.3.2a-28 pandoc=2.17.1.1-2~deb12u1 python3-html2text=2020.1.16-2 \
	w3m=0.5.3+git20230121-2
cat >form.html <<'HTML'
<p>Samtykke: <input type="checkbox" checked> Ja <input type="checkbox"> Nei</p>
<p>Plass: <select><option>akutt</option><option selected>lang</option></select></p>
<p>Navn: <input value="Nora Test"></p>
HTML
cat >text.mjs <<'JS'
import { readFileSync } from 'fs'
const html = readFileSync('form.html', 'utf8')
const own = async (name) => { const all = await import(name); return all.default?.default ?? all.default ?? all }
const ways = {
    'html-to-text': async () => (await own('html-to-text')).convert(html),
    mailparser: async () => (await (await own('mailparser')).simpleParser('Content-Type: text/html\r\n\r\n' + html)).text,
    turndown: async () => new (await own('turndown'))().turndown(html),
    html2plaintext: async () => (await own('html2plaintext'))(html),
}
console.log(await ways[process.argv[2]]())
JS
line() { sed 's/\xc2\xa0/ /g' | tr -s ' \n_' ' ' | sed 's/^ //; s/ $//'; }
data=$root/usr/share/pandoc/data
[[ -d $data ]] || data=/usr/share/pandoc/data
seen w3m 'Samtykke: [*] Ja [ ] Nei Plass: [lang ] Navn: [Nora Test ]' "$(w3m -dump form.html | line)"
seen ELinks 'Samtykke: [ ] Ja [ ] Nei Plass: [ ] Navn:' \
	"$(elinks -config-dir "$tmp" -no-numbering -no-references -dump form.html | line)"
seen Links 'Samtykke: [ ] Ja [ ] Nei Plass: akutt lang Navn:' "$(HOME=$tmp links2 -dump form.html | line)"
seen html2text 'Samtykke: * Ja ⁰ Nei Plass: [One of: akutt/lang] Navn: [Nora Test ]' "$(html2text -utf8 form.html | line)"
seen Pandoc 'Samtykke: Ja Nei Plass: akuttlang Navn:' "$(pandoc --data-dir="$data" -f html -t plain form.html | line)"
seen "Python's html2text" 'Samtykke: Ja Nei Plass: akuttlang Navn:' \
	"$(PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -m html2text form.html | line)"
for who in html-to-text mailparser turndown html2plaintext; do
	seen $who 'Samtykke: Ja Nei Plass: akuttlang Navn:' "$(node text.mjs $who | line)"
done
finish

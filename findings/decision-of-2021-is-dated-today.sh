#!/usr/bin/env bash
# A decision of 3 February 2021 that is made a PDF today is dated today, and where a condition decided what it says it says nothing.
#
# Where:   LibreOffice 7.4.7 (Debian 12), from a .docx with fields as Word writes them, each with the text it last showed, to PDF and
#          to text; beside it Pandoc 2.17.1.1 (Debian 12) and mammoth 1.13.0 (npm).
# Guess:   who converts a document shows what it showed when it was saved; only who opens it to write may make a field new.
# Seen:    DATE is today, without a word. SAVEDATE is empty where the file does not say when it was saved. The answer of a condition
#          (IF) stands in the text, and in the PDF of the same document there is nothing; a reference whose mark is gone has its
#          day in the text, and "Error: Reference source not found" in the PDF. CREATEDATE and a merged name keep what they
#          showed. Pandoc and mammoth show all as it was stored.
# For us:  our letters hold no fields: a day is text. A letter of a case system is archived as the PDF of the day it was sent.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get mammoth@1.13.0
deb_get libreoffice-writer=4:7.4.7-1+deb12u14 pandoc=2.17.1.1-2~deb12u1 pandoc-data=2.17.1.1-2~deb12u1 \
	poppler-utils=22.12.0-2+deb12u3
export HOME=$tmp
office=$root/usr/lib/libreoffice/program/soffice
[[ -x $office ]] || office=/usr/lib/libreoffice/program/soffice
cat >make.py <<'PYTHON'
import zipfile

head = '<?xml version="1.0" encoding="UTF-8"?>'
office = "http://schemas.openxmlformats.org/"
word = office + "wordprocessingml/2006/main"

def field(code, shown):
    parts = ('<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
             '<w:fldChar w:fldCharType="separate"/>', f"<w:t>{shown}</w:t>", '<w:fldChar w:fldCharType="end"/>')
    return (f'<w:p><w:r><w:t xml:space="preserve">{code.split()[0]}: </w:t></w:r>'
            + "".join(f"<w:r>{part}</w:r>" for part in parts) + "</w:p>")

fields = "".join(field(*pair) for pair in (
    ('DATE \\@ "dd.MM.yyyy"', "03.02.2021"), ('CREATEDATE \\@ "dd.MM.yyyy"', "01.02.2021"),
    ('SAVEDATE \\@ "dd.MM.yyyy"', "03.02.2021"), ("REF frist", "24.02.2021"), ('IF 1 = 1 "innvilget" "ikke innvilget"', "innvilget"),
    ("MERGEFIELD navn", "Anne Bo")))
with zipfile.ZipFile("decision.docx", "w") as to:
    to.writestr("[Content_Types].xml", f'''{head}<Types xmlns="{office}package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>''')
    to.writestr("_rels/.rels", f'''{head}<Relationships xmlns="{office}package/2006/relationships">
<Relationship Id="r1" Type="{office}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>''')
    to.writestr("word/document.xml", f'{head}<w:document xmlns:w="{word}"><w:body>{fields}</w:body></w:document>')
PYTHON
/usr/bin/python3 make.py
"$office" --headless --convert-to pdf decision.docx >convert.log 2>&1
"$office" --headless --convert-to txt:Text decision.docx >>convert.log 2>&1
pdftotext -layout decision.pdf pdf.txt
pandoc --data-dir="$root/usr/share/pandoc/data" -t plain decision.docx >pandoc.txt
node -e "require('mammoth').extractRawText({ path: 'decision.docx' }).then((text) => console.log(text.value))" >mammoth.txt
mv decision.txt text.txt
shown() { # FIELD: what each shows of it
	for who in pdf text pandoc mammoth; do
		printf '%s %s, ' "$who" "$(tr -d '\r\357\273\277' <"$who.txt" | sed -n "s/^$1: *//p" | sed "s/^$(date +%d.%m.%Y)$/today/")"
	done | sed 's/, $//'
}
seen 'DATE' 'pdf today, text today, pandoc 03.02.2021, mammoth 03.02.2021' "$(shown DATE)"
seen 'CREATEDATE' 'pdf 01.02.2021, text 01.02.2021, pandoc 01.02.2021, mammoth 01.02.2021' "$(shown CREATEDATE)"
seen 'SAVEDATE' 'pdf , text , pandoc 03.02.2021, mammoth 03.02.2021' "$(shown SAVEDATE)"
lost='Error: Reference source not found'
seen 'REF' "pdf $lost, text 24.02.2021, pandoc 24.02.2021, mammoth 24.02.2021" "$(shown REF)"
seen 'IF' 'pdf , text innvilget, pandoc innvilget, mammoth innvilget' "$(shown IF)"
seen 'MERGEFIELD' 'pdf Anne Bo, text Anne Bo, pandoc Anne Bo, mammoth Anne Bo' "$(shown MERGEFIELD)"
finish

#!/usr/bin/env bash
# A Word form that is saved once in LibreOffice has fields without names: nobody can tell which date was filled in.
#
# Where:   LibreOffice 7.4.7 (Debian 12), content controls of Word (w:sdt), each with a title (w:alias) and a tag (w:tag),
#          which programs read answers by; saved as .docx again, and as .odt and back.
# Guess:   LibreOffice shows the fields, keeps their lists and dates, and so keeps what they are called; if something gets
#          lost it is the same for all kinds.
# Seen:    no field keeps its tag. Text keeps its title; a date, a list and a box lose that, too, but keep the day, the
#          choices and the tick. By way of .odt the fields for text are gone altogether, the others are there, nameless.
# For us:  checklist-import knows a field by its row and its words, never by a tag.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libreoffice-writer=4:7.4.7-1+deb12u14
export HOME=$tmp
office=$root/usr/lib/libreoffice/program/soffice
[[ -x $office ]] || office=/usr/lib/libreoffice/program/soffice
python3 - <<'PY'
import zipfile
office = 'http://schemas.openxmlformats.org/'
def field(tag, title, text, kind):
    return (f'<w:p><w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:tag w:val="{tag}"/>{kind}</w:sdtPr><w:sdtContent><w:r><w:t>{text}'
            '</w:t></w:r></w:sdtContent></w:sdt></w:p>')
body = (field('home', 'Ny bolig', 'Testveien 1', '<w:text/>')
    + field('from', 'Innflytting', '01.03.2026', '<w:date w:fullDate="2026-03-01T00:00:00Z"><w:dateFormat w:val="dd.MM.yyyy"/></w:date>')
    + field('status', 'Status', 'Ferdig', '<w:dropDownList><w:listItem w:displayText="Ferdig" w:value="done"/></w:dropDownList>')
    + field('power', 'Strøm', '☒', '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'))
with zipfile.ZipFile('form.docx', 'w') as z:
    z.writestr('[Content_Types].xml', f'<Types xmlns="{office}package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    z.writestr('_rels/.rels', f'<Relationships xmlns="{office}package/2006/relationships"><Relationship Id="r1" '
        f'Type="{office}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
    z.writestr('word/document.xml', f'<w:document xmlns:w="{office}wordprocessingml/2006/main" '
        f'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{body}</w:body></w:document>')
PY
save() { # FILE FORMAT FOLDER
	"$office" -env:UserInstallation="file://$tmp/office" --headless --convert-to "$2" --outdir "$3" "$1" >/dev/null 2>&1
}
fields() { # FILE: of each field its title, its tag, and what it is
	python3 - "$1" <<'PY'
import re, sys, zipfile
text = zipfile.ZipFile(sys.argv[1]).read('word/document.xml').decode()
said = []
for marks in re.findall('<w:sdtPr>(.*?)</w:sdtPr>', text, re.S):
    title, tag = (re.search(f'<w:{name} w:val="([^"]*)"', marks) for name in ('alias', 'tag'))
    kind = re.search('<w1?4?:(text|date|dropDownList|checkbox)', marks)[1]
    said.append(f'{title[1] if title else "-"}/{tag[1] if tag else "-"}/{kind}')
print(*said)
PY
}
seen 'title, tag and kind of each field' 'Ny bolig/home/text Innflytting/from/date Status/status/dropDownList Strøm/power/checkbox' "$(fields form.docx)"
save form.docx 'docx:MS Word 2007 XML' saved
seen 'saved by LibreOffice' 'Ny bolig/-/text -/-/date -/-/dropDownList -/-/checkbox' "$(fields saved/form.docx)"
seen 'its day is there' 1 "$(unzip -p saved/form.docx word/document.xml | grep -c 'w:fullDate="2026-03-01T00:00:00Z"')"
seen 'its choice is there' 1 "$(unzip -p saved/form.docx word/document.xml | grep -c 'w:value="done"')"
save form.docx odt odt
save odt/form.odt 'docx:MS Word 2007 XML' back
seen 'by way of .odt' '-/-/date -/-/dropDownList -/-/checkbox' "$(fields back/form.docx)"
finish

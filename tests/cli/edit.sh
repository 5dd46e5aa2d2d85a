# Sourced by tests that fill in documents, after tap.sh.
# shellcheck shell=bash

# edit FROM TO CODE: the document with its text changed by CODE, Python, which changes s.
edit() {
	python3 - "$@" <<'END'
import re, sys, zipfile
source, target, code = sys.argv[1:4]
old, new = zipfile.ZipFile(source), zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED)
part = 'word/document.xml' if 'word/document.xml' in old.namelist() else 'content.xml'
W = '<w:r><w:t xml:space="preserve">%s</w:t></w:r>'
def row(s, label):
    "Where the row with the label stands"
    at = s.index('>' + label + '<')
    return s.rindex('<w:tr>', 0, at), s.index('</w:tr>', at) + 7
def fill(s, label, *texts, row=row):
    "Puts the texts into the placeholders of the row, as Word does"
    a, b = row(s, label)
    cells = s[a:b]
    for text in texts:
        cells = re.sub(r'<w:showingPlcHdr/>(.*?)<w:sdtContent>.*?</w:sdtContent>',
                       lambda m: m[1] + '<w:sdtContent>' + W % text + '</w:sdtContent>', cells, count=1, flags=re.S)
    return s[:a] + cells + s[b:]
def tick(s, label, n):
    "Ticks the box number n of the row"
    a, b = row(s, label)
    cells = s[a:b].split('w14:val="0"')
    boxes = s[a:b].split('☐')
    return s[:a] + '☐'.join(boxes[:n]) + '☒' + '☐'.join(boxes[n:]) + s[b:]
for name in old.namelist():
    data = old.read(name)
    if name == part:
        scope = dict(s=data.decode(), re=re, W=W, row=row, fill=fill, tick=tick)
        exec(code, scope)
        data = scope['s'].encode()
    new.writestr(name, data)
new.close()
END
}
# fields FROM TO NAME=VALUE...: the PDF with values in its fields, as another program puts them there.
fields() {
	qpdf --json-output "$1" "$T/pdf.json" && python3 - "$T/pdf.json" "${@:3}" <<'END' &&
import json, sys
all = json.load(open(sys.argv[1]))
objects, changed = all['qpdf'][1], {}
for pair in sys.argv[2:]:
    label, text = pair.split('=')
    for key, o in objects.items():
        v = o.get('value') if isinstance(o, dict) else None
        if isinstance(v, dict) and v.get('/TU', '') == 'u:' + label:
            v['/V'] = '/Yes' if text == 'x' else 'u:' + text
            changed[key] = o
json.dump({'qpdf': [all['qpdf'][0], changed]}, open(sys.argv[1] + '.new', 'w'))
END
	qpdf "$1" --update-from-json="$T/pdf.json.new" "$2"
}

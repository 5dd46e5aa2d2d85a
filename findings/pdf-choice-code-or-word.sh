#!/usr/bin/env bash
# A choice filled in in a PDF form is stored as its code by one program and as its words by another.
#
# Where:   a drop-down field whose options are pairs of code and words ("done", "Ferdig"), filled by pdf-lib 1.17.1,
#          pdfjs-dist 4.10.38 (npm; what Firefox does) and pdftk-java 3.3.2 (Debian 12), read by qpdf 11.3.0
#          and PyPDF2 2.12.1.
# Guess:   the field's value is the code, as ISO 32000 has it, whoever fills the form in; whoever reads it finds
#          the codes that may stand there.
# Seen:    pdf-lib knows the words alone: it lists them, takes them, and stores "Ferdig" where pdf.js stores
#          "done" and pdftk a list of one, "done". The page shows "Ferdig" in all of them. pdf-lib's getSelected()
#          of a form that another program filled gives the code, which is none of its getOptions(). qpdf's JSON
#          has an empty list of choices: it keeps those without a code only. PyPDF2 gives pairs and what stands.
# For us:  a filled form is read back with codes and words of the three languages alike, and an answer that is
#          neither is refused by the field's name.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"
npm_get pdf-lib@1.17.1 pdfjs-dist@4.10.38
deb_get pdftk-java=3.3.2-1 qpdf=11.3.0-1+deb12u1 python3-pypdf2=2.12.1-3+deb12u1 poppler-utils=22.12.0-2+deb12u3

cat >blank.cjs <<'END'
const { PDFDocument, PDFName, PDFHexString } = require('pdf-lib');
(async () => {
	const pdf = await PDFDocument.create();
	const field = pdf.getForm().createDropdown('status');
	const pair = words => words.map(word => PDFHexString.fromText(word));
	field.addToPage(pdf.addPage([300, 300]), { x: 20, y: 200, width: 200, height: 20 });
	field.acroField.dict.set(PDFName.of('Opt'), pdf.context.obj([
		pair(['not_started', 'Ikke begynt']), pair(['in_progress', 'Under arbeid']), pair(['done', 'Ferdig'])]));
	require('fs').writeFileSync('blank.pdf', await pdf.save({ updateFieldAppearances: false }));
})();
END
cat >pdf-lib.cjs <<'END'
const { PDFDocument } = require('pdf-lib');
const [file, word, to] = process.argv.slice(2);
(async () => {
	const pdf = await PDFDocument.load(require('fs').readFileSync(file));
	const field = pdf.getForm().getDropdown('status');
	if (!to) return console.log(`${field.getSelected()} of ${field.getOptions().join(', ')}`);
	field.select(word);
	require('fs').writeFileSync(to, await pdf.save());
})();
END
cat >pdfjs.mjs <<'END'
import fs from 'fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
const pdf = await getDocument({ data: new Uint8Array(fs.readFileSync('blank.pdf')), verbosity: 0 }).promise;
const field = (await (await pdf.getPage(1)).getAnnotations()).find(one => one.combo);
const option = field.options.find(one => one.displayValue === 'Ferdig');
pdf.annotationStorage.setValue(field.id, { value: option.exportValue }); // what its own page does with a chosen option
fs.writeFileSync('by-pdfjs.pdf', await pdf.saveDocument());
END
python=$root/usr/lib/python3/dist-packages
[[ -d $python ]] || python=/usr/lib/python3/dist-packages
pypdf() {
	PYTHONPATH=$python python3 -W ignore -c 'import sys, PyPDF2
field = PyPDF2.PdfReader(sys.argv[1]).get_fields()["status"]
print(field["/V"], "of", ", ".join("/".join(pair) for pair in field["/Opt"]))' "$1"
}
pdftk() {
	local java=$root/usr/share
	[[ -d $java/pdftk ]] || java=/usr/share
	java -cp "$java/java/bcprov.jar:$java/java/commons-lang3.jar:$java/pdftk/pdftk.jar" com.gitlab.pdftk_java.pdftk "$@"
}
choices() { qpdf --json --json-key=acroform "$1" | python3 -c 'import json, sys
print([field["choices"] for field in json.load(sys.stdin)["acroform"]["fields"]])'; }

node blank.cjs
node pdf-lib.cjs blank.pdf Ferdig by-pdf-lib.pdf
node pdfjs.mjs 2>/dev/null >&2
pdftk blank.pdf generate_fdf output blank.fdf
sed -E 's/^\/V .*/\/V (done)/' -s blank.fdf >done.fdf
pdftk blank.pdf fill_form done.fdf output by-pdftk.pdf
for by in pdf-lib pdfjs pdftk; do
	seen "the page filled by $by" Ferdig "$(pdftotext "by-$by.pdf" - | sed -n 1p)"
done
pairs='not_started/Ikke begynt, in_progress/Under arbeid, done/Ferdig'
seen 'PyPDF2: filled by pdf-lib' "Ferdig of $pairs" "$(pypdf by-pdf-lib.pdf)"
seen 'PyPDF2: filled by pdf.js' "done of $pairs" "$(pypdf by-pdfjs.pdf)"
seen 'PyPDF2: filled by pdftk' "['done'] of $pairs" "$(pypdf by-pdftk.pdf)"
seen 'pdf-lib: filled by pdf.js' 'done of Ikke begynt, Under arbeid, Ferdig' "$(node pdf-lib.cjs by-pdfjs.pdf)"
seen 'qpdf: the choices' '[[]]' "$(choices by-pdftk.pdf)"
finish

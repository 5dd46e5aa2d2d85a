"""workbook.py DIR: workbooks as programs save them, and some that none would, each a few parts of XML in a zip."""
import sys
import zipfile
from pathlib import Path

out = Path(sys.argv[1])
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def pack(name, parts):
    with zipfile.ZipFile(out / name, "w", zipfile.ZIP_DEFLATED) as z:
        for part, text in parts.items():
            z.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def xlsx(name, sheets, shared="", styles="", book="", wrap=None):
    """sheets: (name, attributes, XML of the sheet) each."""
    parts = {
        "_rels/.rels": f'<Relationships {PACKAGE}><Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}>"
        + "".join(f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i, _ in enumerate(sheets, 1))
        + f'<Relationship Id="s" Type="{REL}/styles" Target="/xl/styles.xml"/>'
        + f'<Relationship Id="t" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{REL}">{book}<sheets>'
        + "".join(f'<sheet name="{n}" sheetId="{i}" {a} r:id="rId{i}"/>' for i, (n, a, _) in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{shared}</sst>",
    }
    for i, (_, _, xml) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f"<worksheet {MAIN}>{xml}</worksheet>"
    if wrap:
        parts.update(wrap)
    pack(name, parts)


def rows(*lines):
    return "<sheetData>" + "".join(lines) + "</sheetData>"


def inline(*cells):
    return "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{c}</t></is></c>' for c in cells)


HEADER = "<row r='{}'>" + inline("Henvisnings-ID", "Bydel", "Mottatt", "Fødselsnummer", "Kommentar") + "</row>"
# 0 general, 1 a date, 2 a date with a time, 3 eleven digits, 4 a date of its own code, 5 red below zero
STYLES = (
    "<numFmts count='3'><numFmt numFmtId='164' formatCode='00000000000'/><numFmt numFmtId='165' formatCode='[$-414]d/\\ mmmm\\ yyyy;@'/>"
    "<numFmt numFmtId='166' formatCode='[Red]0;\"d\"0'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
    "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/></cellXfs>"
)
SHARED = (
    "<si><t>R-1</t></si><si><r><t>Sa</t></r><r><rPr><b/></rPr><t xml:space='preserve'>gene</t></r><rPh sb='0' eb='1'><t>nei</t></rPh></si>"
    "<si><t xml:space='preserve'>en linje\nog en til, med &quot;tegn&quot;_x000D_\nslutt</t></si>"
)

# As Excel saves it: shared, rich and phonetic text, a wrong dimension, empty styled cells, lines in a cell.
xlsx(
    "excel.xlsx",
    [
        ("Notater", "", "<dimension ref='A1'/>" + rows()),
        (
            "Henvisninger",
            "",
            "<dimension ref='A1:B2'/>"
            + rows(
                "<row r='1'>" + inline("Henvisninger 2026") + "</row>",
                HEADER.format(3),
                "<row r='4'><c r='A4' t='s'><v>0</v></c><c r='B4' t='s'><v>1</v></c><c r='C4' s='1'><v>46327</v></c>"
                "<c r='D4' s='3'><v>8815715218</v></c><c r='E4' t='s'><v>2</v></c><c r='F4' s='1'/><c r='XFD4' s='1'/></row>",
                "<row r='6'><c r='A6' t='inlineStr'><is><t>R-2</t></is></c><c r='B6' t='inlineStr'><is><t>Sagen</t></is></c>"
                "<c r='C6' s='4'><f>C4+1</f><v>46328</v></c><c r='E6' t='str'><f>\"a\"&amp;1</f><v>a1</v></c></row>",
                "<row r='7'><c r='A7' t='inlineStr'><is><t>R-3</t></is></c><c r='B7' t='inlineStr'><is><t>Alna</t></is></c>"
                "<c r='C7' t='e'><v>#REF!</v></c></row>",
                "<row r='8' s='1'><c r='B8' s='1'/></row>",
            ),
        ),
        ("Skjult", "state='veryHidden'", rows("<row>" + inline("a") + "</row>")),
    ],
    SHARED,
    STYLES,
)
# Values, one a row; days are counted from 1904.
xlsx(
    "values.xlsx",
    [
        (
            "Ark1",
            "",
            rows(
                "<row>" + inline("a", "b") + "</row>",
                "<row><c s='1'><v>44865</v></c><c t='b'><v>1</v></c></row>",
                "<row><c s='2'><v>44865.5</v></c><c t='b'><v>0</v></c></row>",
                "<row><c t='d'><v>2026-11-02T00:00:00.000</v></c><c><v>1.5E3</v></c></row>",
                "<row><c t='d'><v>2026-11-02</v></c><c><v>0.30000000000000004</v></c></row>",
                "<row><c s='5'><v>24</v></c><c><v>-0</v></c></row>",
                "<row><c><v>7915438185</v></c>" + inline(" _x0041_ ") + "</row>",
                "<row>" + inline("#end 3", "{x}") + "</row>",
            ),
        )
    ],
    "",
    STYLES,
    "<workbookPr date1904='1'/>",
)
# What is hidden.
xlsx(
    "hidden.xlsx",
    [
        (
            "Ark1",
            "",
            "<cols><col min='2' max='2' hidden='1'/></cols>"
            + rows(
                "<row>" + inline("id", "hidden", "c") + "</row>",
                "<row hidden='1'>" + inline("1", "x", "1") + "</row>",
                "<row>" + inline("2", "y", "2") + "</row>",
            ),
        ),
        ("Ark2", "", rows("<row>" + inline("id", "d") + "</row><row>" + inline("9", "8") + "</row>")),
    ],
)
# Another program's prefix, and a sheet whose rows and cells have no places.
xlsx(
    "prefix.xlsx",
    [("Ark1", "", "")],
    wrap={
        "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="str"><x:v>a</x:v></x:c>'
        "</x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    },
)
DEEP = "<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>"
xlsx("entity.xlsx", [("A", "", "")], wrap={"xl/worksheets/sheet1.xml": f"{DEEP}<worksheet><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>"})
xlsx("broken.xlsx", [("A", "", "<sheetData><row><c><v>1</v></c></row>")])
xlsx("empty.xlsx", [("A", "", "<sheetData/>")])
xlsx("disorder.xlsx", [("A", "", rows("<row><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>"))])
xlsx("far.xlsx", [("A", "", rows("<row r='99999999'><c><v>1</v></c></row>"))])
pack("document.docx", {"_rels/.rels": f'<Relationships {PACKAGE}><Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>', "word/document.xml": "<document/>"})
(out / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16le") + bytes(500))
(out / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = (
    f'<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" xmlns:style="{OFFICE}style:1.0">'
    '<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
    '<table:table table:name="Gjemt" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    '<table:table table:name="Ark1"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>b</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>c</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date" office:date-value="2026-11-02"><text:p>2. nov</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="1810812345"><text:p>01810812345</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:number-rows-repeated="3"/>'
    '<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><text:p>away</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell table:number-columns-repeated="2" office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
    '<text:p>one<text:s text:c="2"/>two</text:p><text:p>three</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>SANN</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="time" office:time-value="PT08H30M00S"><text:p>8:30</text:p></table:table-cell>'
    '<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25 %</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
pack("values.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS, "META-INF/manifest.xml": MANIFEST.format("")})
pack("locked.ods", {"content.xml": "\x01\x02", "META-INF/manifest.xml": MANIFEST.format("<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")})


# Which sheet: the one with the header, below a title, whatever stands before it; a hidden one is none.
REFERRALS = "<row><c/></row><row r='2'>" + inline("Henvisninger, uttrekk") + "</row>" + HEADER.format(4) + "<row r='5'>" + inline("R-{}", "Alna", "02.11.2026") + "</row>"
GUIDE = "".join("<row>" + inline("Felt", "Forklaring") + "</row>" for _ in range(50))
SEVERAL = [("Veiledning", "", rows(GUIDE)), ("Gammel", "state='hidden'", rows(REFERRALS.format(0))), ("2025", "", rows(REFERRALS.format(1)))]
xlsx("one-of-several.xlsx", SEVERAL)
xlsx("two-of-several.xlsx", SEVERAL + [("2026", "", rows(REFERRALS.format(2)))])


def ods(name, *sheets):
    """sheets: (name, cells of its only row) each."""
    tables = "".join(f'<table:table table:name="{n}"><table:table-row>{cells}</table:table-row></table:table>' for n, cells in sheets)
    head = ODS[: ODS.index("<office:automatic-styles>")] + "<office:body><office:spreadsheet>"
    pack(name, {"content.xml": f"{head}{tables}</office:spreadsheet></office:body></office:document-content>", "META-INF/manifest.xml": MANIFEST.format("")})


def cell(text, attributes=""):
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


# Cells that do not say of what type they are; a formula that gives nothing, and nothing but a note.
STRING = 'office:value-type="string"'
NOTE = f"<table:table-cell {STRING}><office:annotation><text:p>note</text:p></office:annotation></table:table-cell>"
ods("untyped.ods", ("Ark1", cell("a") + cell("b")), ("Ark2", cell("c")))
ods("blank.ods", ("Ark1", cell("", f'{STRING} office:string-value="" table:formula="of:=&quot;&quot;"') + NOTE), ("Ark2", cell("a", STRING) + cell("b", STRING)))

# Which sheet, where all of them are in one part; repeated cells and rows before the header are read as often as is needed.
NEXT = "</table:table-row><table:table-row table:number-rows-repeated='{}'>"
HEAD = NEXT.format(1) + "".join(cell(name, STRING) for name in ("Henvisnings-ID", "Bydel", "Mottatt")) + NEXT.format(1)
GUIDE = cell("Felt", f"{STRING} table:number-columns-repeated='16384'") + NEXT.format(1000000) + cell("Bydel", STRING)
SEVERAL = [(year, cell(f"Uttrekk {year}", STRING) + HEAD + "".join(cell(text, STRING) for text in (f"R-{year}", "Alna", "02.11.2026"))) for year in ("2025", "2026")]
ods("one-of-several.ods", ("Veiledning", GUIDE), SEVERAL[0])
ods("two-of-several.ods", ("Veiledning", GUIDE), *SEVERAL)

/* A document for Word: XML files in a ZIP archive, ECMA-376. What it says is in docx_content.c; how
 * it looks, and what there is about the file, is here. */
#include "base/date.h"
#include "doc/document/document_writer.h"
#include "doc/document/docx_own.h"

enum { FOOT_MOST = 160 }; /* bytes at the foot of a page */

#define OFFICE "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char content_types[] = WORD_DECLARATION
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"" OFFICE "document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"" OFFICE "styles+xml\"/>"
    "<Override PartName=\"/word/settings.xml\" ContentType=\"" OFFICE "settings+xml\"/>"
    "<Override PartName=\"/word/numbering.xml\" ContentType=\"" OFFICE "numbering+xml\"/>"
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"" OFFICE "footer+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" "
    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    "<Override PartName=\"/docProps/custom.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/>"
    "</Types>\n";

#define RELATIONSHIPS                                                                              \
    WORD_DECLARATION "<Relationships "                                                             \
                     "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static const char relations[] = RELATIONSHIPS
    "<Relationship Id=\"text\" Type=\"" WORD_RELATIONS "/officeDocument\" "
    "Target=\"word/document.xml\"/><Relationship Id=\"core\" "
    "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
    "core-properties\" Target=\"docProps/core.xml\"/><Relationship Id=\"custom\" "
    "Type=\"" WORD_RELATIONS "/custom-properties\" Target=\"docProps/custom.xml\"/>"
    "</Relationships>\n";

static const char document_relations[] = RELATIONSHIPS
    "<Relationship Id=\"styles\" Type=\"" WORD_RELATIONS "/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"settings\" Type=\"" WORD_RELATIONS "/settings\" Target=\"settings.xml\"/>"
    "<Relationship Id=\"list\" Type=\"" WORD_RELATIONS "/numbering\" Target=\"numbering.xml\"/>"
    "<Relationship Id=\"foot\" Type=\"" WORD_RELATIONS "/footer\" Target=\"footer1.xml\"/>"
    "</Relationships>\n";

static const char numbering[] = WORD_DECLARATION
    "<w:numbering" WORD_NAMESPACES "><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType "
    "w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>"
    "<w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"340\" "
    "w:hanging=\"284\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId "
    "w:val=\"0\"/></w:num></w:numbering>\n";

#define ACCENT "12335C"
#define GREY "545454"
#define PALE "BDBDBD"
#define SPACE(before, after) "<w:spacing w:before=\"" before "\" w:after=\"" after "\"/>"
#define KEEP "<w:keepNext/>"
#define SIZE(half_points) "<w:sz w:val=\"" half_points "\"/>"
#define COLOUR(colour) "<w:color w:val=\"" colour "\"/>"

/* What is NULL is as in the parent. The elements are in the order that the schema wants. */
static const struct {
    const char *kind, *id, *name, *parent, *block, *text;
} looks[] = {
    {"paragraph", "BodyText", "Body Text", "Normal", SPACE("0", "140"), NULL},
    {"paragraph", "Introduction", "Introduction", "BodyText", KEEP, NULL},
    {"paragraph", "Title", "Title", "Normal", KEEP SPACE("0", "280"), "<w:b/>" COLOUR(ACCENT) SIZE("40")},
    {"paragraph", "Heading2", "heading 2", "Normal",
     KEEP "<w:keepLines/>" SPACE("420", "110") "<w:outlineLvl w:val=\"1\"/>",
     "<w:b/>" COLOUR(ACCENT) SIZE("27")},
    {"paragraph", "Heading3", "heading 3", "Normal",
     KEEP "<w:keepLines/>" SPACE("220", "80") "<w:outlineLvl w:val=\"2\"/>", "<w:b/>" SIZE("22")},
    {"paragraph", "ListBullet", "List Bullet", "Normal",
     "<w:numPr><w:numId w:val=\"1\"/></w:numPr>" SPACE("0", "60"), NULL},
    {"paragraph", "ListBulletLast", "List Bullet Last", "ListBullet", SPACE("0", "140"), NULL},
    {"paragraph", "FrameText", "Frame Text", "Normal", SPACE("0", "80"), NULL},
    {"paragraph", "FrameHeading", "Frame Heading", "Normal", KEEP SPACE("0", "80"), "<w:b/>"},
    {"paragraph", "TableContents", "Table Contents", "Normal", SPACE("50", "70"), SIZE("19")},
    {"paragraph", "TableHeading", "Table Heading", "TableContents", KEEP,
     "<w:b/>" COLOUR(ACCENT) SIZE("18")},
    {"paragraph", "PairValue", "Pair Value", "Normal", SPACE("40", "40"), SIZE("21")},
    {"paragraph", "PairLabel", "Pair Label", "PairValue", NULL, "<w:b/>"},
    {"paragraph", "Apart", "Apart", "Normal", SPACE("40", "40"), SIZE("8")},
    {"paragraph", "Footer", "footer", "Normal",
     "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"" PALE "\"/></w:pBdr>"
     "<w:tabs><w:tab w:val=\"right\" w:pos=\"9411\"/></w:tabs>",
     COLOUR(GREY) SIZE("16")},
    {"character", "Strong", "Strong", NULL, NULL, "<w:b/>"},
    {"character", "Placeholder", "Placeholder Text", NULL, NULL, COLOUR(GREY)},
    {"character", "Box", "Box", NULL, NULL,
     "<w:rFonts w:ascii=\"MS Gothic\" w:eastAsia=\"MS Gothic\" w:hAnsi=\"MS Gothic\"/>"},
};

#define NO_LINE(side) "<w:" side " w:val=\"nil\"/>"
#define A_LINE(side, eighths, colour)                                                              \
    "<w:" side " w:val=\"single\" w:sz=\"" eighths "\" w:space=\"0\" w:color=\"" colour "\"/>"
#define SIDE(side, width) "<w:" side " w:w=\"" width "\" w:type=\"dxa\"/>"
#define PADDING(left, right)                                                                       \
    "<w:tblCellMar>" SIDE("left", left) SIDE("right", right) "</w:tblCellMar>"
#define PADDING_ROUND(top, sides, bottom)                                                          \
    "<w:tblCellMar>" SIDE("top", top) SIDE("left", sides) SIDE("bottom", bottom)                   \
    SIDE("right", sides) "</w:tblCellMar>"

static const struct {
    const char *id, *table, *rest;
} tables[] = {
    {"Pairs", PADDING("0", "170"), ""},
    {"Rows",
     "<w:tblBorders>" A_LINE("bottom", "4", PALE) A_LINE("insideH", "4", PALE) "</w:tblBorders>"
     PADDING("0", "170"),
     "<w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:tcBorders>" A_LINE("bottom", "8", ACCENT)
     "</w:tcBorders><w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr>"},
    {"Frame",
     "<w:tblBorders>" A_LINE("top", "4", PALE) A_LINE("left", "24", ACCENT)
     A_LINE("bottom", "4", PALE) A_LINE("right", "4", PALE) "</w:tblBorders>" PADDING_ROUND("140", "283", "60"),
     "<w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F5F7\"/></w:tcPr>"},
};

static void put_between(struct tr_buf *to, const char *before, const char *what, const char *after)
{
    if (!what)
        return;
    put(to, before);
    put(to, what);
    put(to, after);
}

static void make_styles(const struct tr_document *d, struct tr_buf *to)
{
    put(to, WORD_DECLARATION "<w:styles" WORD_NAMESPACES
            "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Open Sans\" "
            "w:hAnsi=\"Open Sans\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/>" SIZE("21")
            "<w:lang w:val=\"");
    put(to, tr_lang_tags[d->lang]);
    put(to, "\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"0\"/></w:pPr>"
            "</w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" "
            "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\n");
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        put_between(to, "<w:style w:type=\"", looks[i].kind, "\" w:styleId=\"");
        put_between(to, "", looks[i].id, "\">");
        put_between(to, "<w:name w:val=\"", looks[i].name, "\"/>");
        put_between(to, "<w:basedOn w:val=\"", looks[i].parent, "\"/>");
        put(to, "<w:qFormat/>");
        put_between(to, "<w:pPr>", looks[i].block, "</w:pPr>");
        put_between(to, "<w:rPr>", looks[i].text, "</w:rPr>");
        put(to, "</w:style>\n");
    }
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        put_between(to, "<w:style w:type=\"table\" w:styleId=\"", tables[i].id, "\"><w:name w:val=\"");
        put_between(to, "", tables[i].id, "\"/><w:tblPr>");
        put_between(to, "", tables[i].table, "</w:tblPr>");
        put_between(to, "", tables[i].rest, "</w:style>\n");
    }
    put(to, "</w:styles>\n");
}

static void make_settings(const struct tr_document *d, struct tr_buf *to)
{
    put(to, WORD_DECLARATION "<w:settings" WORD_NAMESPACES
            "><w:defaultTabStop w:val=\"709\"/><w:compat><w:compatSetting "
            "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
            "w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"");
    put(to, tr_lang_tags[d->lang]);
    put(to, "\"/></w:settings>\n");
}

/* A number of a page, which the word processor fills in. */
static void put_field(struct tr_buf *to, const char *name)
{
    put(to, "<w:fldSimple w:instr=\" ");
    put(to, name);
    put(to, " \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
}

static void make_foot(const struct tr_document *d, struct tr_buf *to)
{
    struct tr_str rest = tr_document_word(d, "document.page"), part;
    struct tr_buf text = {0};

    tr_document_foot(d, &text);
    put(to, WORD_DECLARATION "<w:ftr" WORD_NAMESPACES "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    tr_docx_put_run(to, NULL, tr_first_bytes(tr_buf_slice(&text), FOOT_MOST));
    put(to, "<w:r><w:tab/></w:r>");
    while (tr_str_part(&rest, '{', &part)) {
        tr_docx_put_run(to, NULL, part);
        if (rest.p && tr_str_part(&rest, '}', &part))
            put_field(to, tr_str_is(part, "pages") ? "NUMPAGES" : "PAGE");
    }
    put(to, "</w:p></w:ftr>\n");
    to->failed |= text.failed;
    tr_buf_clear(&text);
}

static void put_element(struct tr_buf *to, const char *name, struct tr_str s)
{
    if (s.len == 0)
        return;
    put_between(to, "<", name, ">");
    tr_xml_put(to, s);
    put(to, "</");
    tr_buf_add(to, name, strcspn(name, " "));
    put(to, ">");
}

static void make_core(const struct tr_document *d, struct tr_buf *to)
{
    struct tr_date date;
    char day[TR_DATE_LEN + 10] = "yyyy-mm-ddT00:00:00Z";

    put(to, WORD_DECLARATION
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
        "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    put_element(to, "dc:title", d->title.len > 0 ? d->title : tr_document_word(d, "document.untitled"));
    put_element(to, "dc:subject", d->reference);
    put_element(to, "dc:creator", d->author);
    put_element(to, "dc:language", tr_str(tr_lang_tags[d->lang]));
    if (tr_date_parse(d->day, &date)) {
        tr_date_iso(date, day);
        put_element(to, "dcterms:created xsi:type=\"dcterms:W3CDTF\"", (struct tr_str){day, sizeof day});
    }
    put(to, "</cp:coreProperties>\n");
}

/* Which form it is, for those who read it when it is filled in. */
static void make_custom(const struct tr_document *d, struct tr_buf *to)
{
    put(to, WORD_DECLARATION
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "docPropsVTypes\">");
    if (d->form.len > 0) {
        put(to, "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" "
                "name=\"transition-form\"><vt:lpwstr>");
        tr_xml_put(to, d->form);
        put(to, "</vt:lpwstr></property>");
    }
    put(to, "</Properties>\n");
}

/* One of the two makes the part. stored: to compress it would take longer than it is worth. */
static const struct {
    const char *name, *text;
    void (*make)(const struct tr_document *d, struct tr_buf *to);
    bool stored;
} parts[] = {
    {"[Content_Types].xml", content_types, NULL, false},
    {"_rels/.rels", relations, NULL, false},
    {"docProps/core.xml", NULL, make_core, false},
    {"docProps/custom.xml", NULL, make_custom, false},
    {"word/_rels/document.xml.rels", document_relations, NULL, false},
    {"word/document.xml", NULL, tr_docx_content, false},
    {"word/styles.xml", NULL, make_styles, true},
    {"word/settings.xml", NULL, make_settings, false},
    {"word/numbering.xml", numbering, NULL, false},
    {"word/footer1.xml", NULL, make_foot, false},
};
enum { N_PARTS = sizeof parts / sizeof *parts };

int tr_document_docx(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    struct tr_archive_part part[N_PARTS];
    int status;

    for (int i = 0; i < N_PARTS; i++) {
        part[i] = (struct tr_archive_part){.name = parts[i].name, .stored = parts[i].stored};
        if (parts[i].make)
            parts[i].make(d, &part[i].text);
        else
            put(&part[i].text, parts[i].text);
    }
    status = tr_archive_write(part, N_PARTS, d->day, out, err);
    out->buf.failed |= d->failed;
    for (int i = 0; i < N_PARTS; i++) {
        out->buf.failed |= part[i].text.failed;
        tr_buf_clear(&part[i].text);
    }
    return status < 0 && !out->buf.failed ? -1 : 0;
}

/* What a package needs besides cells: how they look, what parts there are, how a sheet is printed. */
#include "record/book/book_own.h"

/* ---- styles ---- */

/* Groups of digits from five digits on, so that a year stays one. A point and a backslash are as all
 * programs understand them. */
static const struct {
    int id;
    const char *code;
} forms[TR_N_BOOK_FORMS] = {
    [TR_BOOK_AS_ANY] = {0, NULL},
    [TR_BOOK_AS_TEXT] = {49, NULL},
    [TR_BOOK_AS_NUMBER] = {170, "[&gt;=10000]#,##0;[&lt;=-10000]-#,##0;0"},
    [TR_BOOK_AS_NUMBER + 1] = {171, "#,##0.0"},
    [TR_BOOK_AS_NUMBER + 2] = {172, "#,##0.00"},
    [TR_BOOK_AS_NUMBER + 3] = {173, "#,##0.000"},
    [TR_BOOK_AS_NUMBER + 4] = {174, "#,##0.0000"},
    [TR_BOOK_AS_PERCENT] = {175, "0.0%"},
    [TR_BOOK_AS_DAY] = {176, "dd\\.mm\\.yyyy"},
};

enum { FONT, BOLD, LARGE };
enum { NO_FILL, HEAD_FILL = 2, BAD_FILL };
enum { NO_LINE, BELOW, ABOVE };

static const struct {
    int font, fill, line;
    const char *alignment; /* attributes */
    bool quoted;
} looks[TR_N_LOOKS] = {
    [TR_LOOK_PLAIN] = {FONT, NO_FILL, NO_LINE, NULL, false},
    [TR_LOOK_HEAD] = {BOLD, HEAD_FILL, BELOW, "wrapText=\"1\" vertical=\"top\"", false},
    [TR_LOOK_HEAD_RIGHT] = {BOLD, HEAD_FILL, BELOW,
                            "wrapText=\"1\" vertical=\"top\" horizontal=\"right\"", false},
    [TR_LOOK_SUM] = {BOLD, NO_FILL, ABOVE, NULL, false},
    [TR_LOOK_TITLE] = {LARGE, NO_FILL, NO_LINE, NULL, false},
    [TR_LOOK_NOTE] = {FONT, NO_FILL, NO_LINE, "wrapText=\"1\" vertical=\"top\"", false},
    [TR_LOOK_RIGHT] = {FONT, NO_FILL, NO_LINE, "horizontal=\"right\"", false},
    [TR_LOOK_SUM_RIGHT] = {BOLD, NO_FILL, ABOVE, "horizontal=\"right\"", false},
    [TR_LOOK_BAD] = {FONT, BAD_FILL, NO_LINE, NULL, true},
    [TR_LOOK_QUOTED] = {FONT, NO_FILL, NO_LINE, NULL, true},
};

static const char fonts[] =
    "<fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"14\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
    "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7EBEF\"/></patternFill></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFD9CC\"/></patternFill></fill>"
    "</fills><borders count=\"3\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    "<border><left/><right/><top/><bottom style=\"medium\"><color rgb=\"FF1A1A1A\"/></bottom>"
    "<diagonal/></border><border><left/><right/><top style=\"thin\"><color rgb=\"FF1A1A1A\"/></top>"
    "<bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
    "</cellStyleXfs>";

static void put_attribute(struct tr_buf *to, const char *name, long long n)
{
    put(to, " ");
    put(to, name);
    put(to, "=\"");
    tr_buf_num(to, n);
    put(to, "\"");
}

void tr_book_styles(const struct tr_book *b, struct tr_buf *to)
{
    put(to, BOOK_DECLARATION "<styleSheet xmlns=\"" BOOK_MAIN "\"><numFmts");
    put_attribute(to, "count", TR_N_BOOK_FORMS - TR_BOOK_AS_NUMBER);
    put(to, ">");
    for (int f = TR_BOOK_AS_NUMBER; f < TR_N_BOOK_FORMS; f++) {
        put(to, "<numFmt");
        put_attribute(to, "numFmtId", forms[f].id);
        put(to, " formatCode=\"");
        put(to, f == TR_BOOK_AS_DAY && b->english ? "d mmmm yyyy" : forms[f].code);
        put(to, "\"/>");
    }
    put(to, "</numFmts>");
    put(to, fonts);
    put(to, "<cellXfs");
    put_attribute(to, "count", TR_N_LOOKS * TR_N_BOOK_FORMS);
    put(to, ">");
    for (int i = 0; i < TR_N_LOOKS * TR_N_BOOK_FORMS; i++) {
        int look = i / TR_N_BOOK_FORMS;

        put(to, "<xf");
        put_attribute(to, "numFmtId", forms[i % TR_N_BOOK_FORMS].id);
        put_attribute(to, "fontId", looks[look].font);
        put_attribute(to, "fillId", looks[look].fill);
        put_attribute(to, "borderId", looks[look].line);
        put(to, " xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" "
                "applyBorder=\"1\"");
        put(to, looks[look].quoted ? " quotePrefix=\"1\"" : "");
        if (looks[look].alignment || i % TR_N_BOOK_FORMS == TR_BOOK_AS_DAY) {
            put(to, " applyAlignment=\"1\"><alignment ");
            put(to, looks[look].alignment ? looks[look].alignment : "horizontal=\"left\"");
            put(to, "/></xf>");
        } else {
            put(to, "/>");
        }
    }
    put(to, "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
            "builtinId=\"0\"/></cellStyles></styleSheet>\n");
}

/* ---- the book ---- */

static const char office[] = "application/vnd.openxmlformats-officedocument.";

static void put_type(struct tr_buf *to, const char *before, int i, const char *after,
                     const char *type)
{
    put(to, "<Override PartName=\"/");
    put(to, before);
    if (i >= 0)
        tr_buf_num(to, i + 1);
    put(to, after);
    put(to, "\" ContentType=\"");
    put(to, office);
    put(to, type);
    put(to, "+xml\"/>");
}

void tr_book_content_types(const struct tr_book *b, struct tr_buf *to)
{
    put(to, BOOK_DECLARATION
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
        "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"vml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/><Override "
        "PartName=\"/docProps/core.xml\" "
        "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
    put_type(to, "xl/workbook.xml", -1, "", "spreadsheetml.sheet.main");
    put_type(to, "xl/styles.xml", -1, "", "spreadsheetml.styles");
    for (int i = 0; i < b->n; i++) {
        put_type(to, "xl/worksheets/sheet", i, ".xml", "spreadsheetml.worksheet");
        if (b->sheet[i].table.len > 0)
            put_type(to, "xl/tables/table", i, ".xml", "spreadsheetml.table");
        if (b->sheet[i].n_remarks > 0)
            put_type(to, "xl/comments", i, ".xml", "spreadsheetml.comments");
        if (b->sheet[i].chart.len > 0) {
            put_type(to, "xl/drawings/drawing", i, ".xml", "drawing");
            put_type(to, "xl/charts/chart", i, ".xml", "drawingml.chart");
        }
    }
    put(to, "</Types>\n");
}

void tr_book_workbook(const struct tr_book *b, struct tr_buf *to)
{
    put(to, BOOK_DECLARATION "<workbook xmlns=\"" BOOK_MAIN "\" xmlns:r=\"" BOOK_RELATIONS
                             "\"><bookViews><workbookView/></bookViews><sheets>");
    for (int i = 0; i < b->n; i++) {
        put(to, "<sheet name=\"");
        tr_xml_put(to, tr_buf_slice(&b->sheet[i].name));
        put(to, "\"");
        put_attribute(to, "sheetId", i + 1);
        put(to, " r:id=\"rId");
        tr_buf_num(to, i + 1);
        put(to, "\"/>");
    }
    put(to, "</sheets><definedNames>");
    for (int i = 0; i < b->n; i++) {
        if (b->sheet[i].head == 0)
            continue;
        put(to, "<definedName name=\"_xlnm.Print_Titles\"");
        put_attribute(to, "localSheetId", i);
        put(to, ">'");
        tr_xml_put(to, tr_buf_slice(&b->sheet[i].name));
        put(to, "'!$");
        tr_buf_num(to, b->sheet[i].head);
        put(to, ":$");
        tr_buf_num(to, b->sheet[i].head);
        put(to, "</definedName>");
    }
    /* an empty list is no list */
    if (to->len >= 14 && memcmp(to->p + to->len - 14, "<definedNames>", 14) == 0)
        to->len -= 14;
    else
        put(to, "</definedNames>");
    put(to, "</workbook>\n");
}

static void put_relation(struct tr_buf *to, const char *id, int n, const char *kind,
                         const char *before, const char *after)
{
    put(to, "<Relationship Id=\"");
    put(to, id);
    tr_buf_num(to, n + 1);
    put(to, "\" Type=\"" BOOK_RELATIONS "/");
    put(to, kind);
    put(to, "\" Target=\"");
    put(to, before);
    tr_buf_num(to, n + 1);
    put(to, after);
    put(to, "\"/>");
}

static const char relations_start[] = BOOK_DECLARATION
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

void tr_book_workbook_relations(const struct tr_book *b, struct tr_buf *to)
{
    put(to, relations_start);
    for (int i = 0; i < b->n; i++)
        put_relation(to, "rId", i, "worksheet", "worksheets/sheet", ".xml");
    put(to, "<Relationship Id=\"styles\" Type=\"" BOOK_RELATIONS "/styles\" "
            "Target=\"styles.xml\"/></Relationships>\n");
}

void tr_book_core(const struct tr_book *b, struct tr_buf *to)
{
    put(to, BOOK_DECLARATION
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
        "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
    tr_xml_put(to, tr_buf_slice(&b->title));
    put(to, "</dc:title><dc:creator>");
    tr_xml_put(to, tr_buf_slice(&b->author));
    put(to, "</dc:creator><dc:language>");
    put(to, b->language ? b->language : "");
    put(to, "</dc:language></cp:coreProperties>\n");
}

/* ---- a sheet ---- */

/* Text at the head or foot of a page, in which & is a sign. */
static void put_page_text(struct tr_buf *to, struct tr_str s)
{
    struct tr_str part;

    for (bool first = true; tr_str_part(&s, '&', &part); first = false) {
        put(to, first ? "" : "&amp;&amp;");
        tr_xml_put(to, part);
    }
}

static void put_foot(const struct tr_book *b, struct tr_buf *to)
{
    struct tr_str rest = tr_buf_slice(&b->page), part;

    while (tr_str_part(&rest, '{', &part)) {
        put_page_text(to, part);
        if (!rest.p || !tr_str_part(&rest, '}', &part))
            break;
        put(to, tr_str_is(part, "pages") ? "&amp;N" : "&amp;P");
    }
}

static void put_page(const struct tr_book *b, const struct tr_book_sheet *s, struct tr_buf *to)
{
    put(to, "<pageMargins left=\"0.6\" right=\"0.6\" top=\"0.8\" bottom=\"0.8\" header=\"0.4\" "
            "footer=\"0.4\"/><pageSetup paperSize=\"9\" orientation=\"");
    put(to, s->across ? "landscape" : "portrait");
    put(to, "\" fitToWidth=\"");
    tr_buf_num(to, s->pages_across > 0 ? s->pages_across : 1);
    put(to, "\" fitToHeight=\"0\"/><headerFooter><oddHeader>&amp;L&amp;B");
    put_page_text(to, tr_buf_slice(&b->title));
    put(to, "</oddHeader><oddFooter>&amp;R");
    put_foot(b, to);
    put(to, "</oddFooter></headerFooter>");
}

/* The rows down to the head stay in sight. */
static void put_view(const struct tr_book_sheet *s, bool first, struct tr_buf *to)
{
    put(to, "<sheetViews><sheetView workbookViewId=\"0\"");
    put(to, first ? " tabSelected=\"1\">" : ">");
    if (s->head > 0) {
        put(to, "<pane");
        put_attribute(to, "ySplit", s->head);
        put(to, " topLeftCell=\"");
        tr_book_place(to, s->head, 0);
        put(to, "\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/>");
    }
    put(to, "</sheetView></sheetViews>");
}

void tr_book_sheet_start(const struct tr_book *b, int i, struct tr_buf *to)
{
    const struct tr_book_sheet *s = &b->sheet[i];

    put(to, BOOK_DECLARATION "<worksheet xmlns=\"" BOOK_MAIN "\" xmlns:r=\"" BOOK_RELATIONS
                             "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    put_view(s, i == 0, to);
    put(to, "<sheetFormatPr defaultRowHeight=\"15\"/>");
    if (s->columns.len > 0) {
        put(to, "<cols>");
        tr_buf_str(to, tr_buf_slice(&s->columns));
        put(to, "</cols>");
    }
    put(to, "<sheetData>");
    to->failed |= s->columns.failed | s->name.failed;
}

void tr_book_sheet_end(const struct tr_book *b, int i, struct tr_buf *to)
{
    const struct tr_book_sheet *s = &b->sheet[i];

    put(to, "</sheetData>");
    if (s->rules.len > 0) {
        put(to, "<dataValidations>");
        tr_buf_str(to, tr_buf_slice(&s->rules));
        put(to, "</dataValidations>");
    }
    put_page(b, s, to);
    if (s->drawing.len > 0)
        put(to, "<drawing r:id=\"drawing\"/>");
    if (s->n_remarks > 0)
        put(to, "<legacyDrawing r:id=\"shapes\"/>");
    if (s->table.len > 0)
        put(to, "<tableParts count=\"1\"><tablePart r:id=\"table\"/></tableParts>");
    put(to, "</worksheet>\n");
    to->failed |= s->rules.failed;
}

static void put_named_relation(struct tr_buf *to, const char *id, int i, const char *kind,
                               const char *before, const char *after)
{
    put(to, "<Relationship Id=\"");
    put(to, id);
    put(to, "\" Type=\"" BOOK_RELATIONS "/");
    put(to, kind);
    put(to, "\" Target=\"../");
    put(to, before);
    tr_buf_num(to, i + 1);
    put(to, after);
    put(to, "\"/>");
}

void tr_book_sheet_relations(const struct tr_book *b, int i, struct tr_buf *to)
{
    const struct tr_book_sheet *s = &b->sheet[i];

    if (s->table.len == 0 && s->n_remarks == 0 && s->drawing.len == 0)
        return;
    put(to, relations_start);
    if (s->table.len > 0)
        put_named_relation(to, "table", i, "table", "tables/table", ".xml");
    if (s->n_remarks > 0) {
        put_named_relation(to, "remarks", i, "comments", "comments", ".xml");
        put_named_relation(to, "shapes", i, "vmlDrawing", "drawings/vmlDrawing", ".vml");
    }
    if (s->drawing.len > 0)
        put_named_relation(to, "drawing", i, "drawing", "drawings/drawing", ".xml");
    put(to, "</Relationships>\n");
}

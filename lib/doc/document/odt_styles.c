/* Looks are those of named styles, so that whoever fills a form in can change them in one place. */
#include "doc/document/odt_own.h"

enum { REFERENCE_MOST = 160 }; /* bytes at the foot of a page */

static const char font_faces[] =
    "<office:font-face-decls>"
    "<style:font-face style:name=\"Open Sans\" svg:font-family=\"'Open Sans'\" "
    "style:font-family-generic=\"swiss\" style:font-pitch=\"variable\"/>"
    "<style:font-face style:name=\"Symbols\" svg:font-family=\"'DejaVu Sans', 'Segoe UI Symbol'\" "
    "style:font-family-generic=\"swiss\" style:font-pitch=\"variable\"/>"
    "</office:font-face-decls>\n";

#define ACCENT "#12335c"
#define GREY "#545454"
#define PALE "#bdbdbd"
#define MARGINS(top, bottom) "fo:margin-top=\"" top "cm\" fo:margin-bottom=\"" bottom "cm\""
#define KEEP " fo:keep-with-next=\"always\""
#define SIZE(points) "fo:font-size=\"" points "pt\""
#define BOLD " fo:font-weight=\"bold\""
#define COLOUR(colour) " fo:color=\"" colour "\""
#define CELL(top, bottom)                                                                          \
    "fo:padding-left=\"0cm\" fo:padding-right=\"0.3cm\" fo:padding-top=\"" top                     \
    "cm\" fo:padding-bottom=\"" bottom "cm\" fo:border=\"none\""

static const char foot_tab[] = "<style:tab-stops><style:tab-stop style:position=\"16.6cm\" "
                               "style:type=\"right\"/></style:tab-stops>";

/* A style; what is NULL is as in its parent. */
struct look {
    const char *family, *name, *shown, *parent;
    const char *block; /* attributes of the paragraph, row or cell */
    const char *text;  /* attributes of its text */
    int outline;       /* level of the heading, or 0 */
    const char *tabs;
};

static const struct look named_looks[] = {
    {"paragraph", "Standard", NULL, NULL, NULL, NULL, 0, NULL},
    {"paragraph", "Text_20_body", "Text body", "Standard", MARGINS("0", "0.25"), NULL, 0, NULL},
    {"paragraph", "Heading", NULL, "Standard",
     MARGINS("0.5", "0.2") KEEP " fo:keep-together=\"always\"", SIZE("11") BOLD COLOUR(ACCENT), 0,
     NULL},
    {"paragraph", "Title", NULL, "Heading", MARGINS("0", "0.5"), SIZE("20"), 0, NULL},
    {"paragraph", "Heading_20_2", "Heading 2", "Heading", MARGINS("0.75", "0.2"), SIZE("13.5"), 2,
     NULL},
    {"paragraph", "Heading_20_3", "Heading 3", "Heading", MARGINS("0.4", "0.15"),
     SIZE("11") COLOUR("#1a1a1a"), 3, NULL},
    {"paragraph", "List", NULL, "Text_20_body", MARGINS("0", "0.1"), NULL, 0, NULL},
    {"paragraph", "Frame_20_contents", "Frame contents", "Text_20_body", MARGINS("0", "0.15"), NULL,
     0, NULL},
    {"paragraph", "Frame_20_heading", "Frame heading", "Heading_20_3", MARGINS("0", "0.15"), NULL,
     0, NULL},
    {"paragraph", "Table_20_Contents", "Table Contents", "Standard", MARGINS("0", "0"), SIZE("9.5"),
     0, NULL},
    {"paragraph", "Table_20_Heading", "Table Heading", "Table_20_Contents", MARGINS("0", "0") KEEP,
     SIZE("9") BOLD COLOUR(ACCENT), 0, NULL},
    {"paragraph", "Pair_20_value", "Pair value", "Table_20_Contents", NULL, SIZE("10.5"), 0, NULL},
    {"paragraph", "Pair_20_label", "Pair label", "Pair_20_value", NULL, SIZE("10.5") BOLD, 0, NULL},
    {"paragraph", "Apart", NULL, "Standard", MARGINS("0", "0"), SIZE("4"), 0, NULL},
    {"paragraph", "Footer", NULL, "Standard",
     MARGINS("0", "0") " fo:border-top=\"0.5pt solid " PALE "\" fo:padding-top=\"0.15cm\"",
     SIZE("8") COLOUR(GREY), 0, foot_tab},
    {"text", "Strong_20_Emphasis", "Strong Emphasis", NULL, NULL, BOLD, 0, NULL},
    {"text", "Box", NULL, NULL, NULL, "style:font-name=\"Symbols\" fo:font-size=\"110%\"", 0, NULL},
    {"text", "Blank", NULL, NULL, NULL,
     "style:text-underline-style=\"solid\" style:text-underline-width=\"auto\" "
     "style:text-underline-color=\"" GREY "\"",
     0, NULL},
    {"text", "Blank_20_prompt", "Blank prompt", "Blank", NULL, COLOUR(GREY), 0, NULL},
    {"text", "Prompt", NULL, NULL, NULL, SIZE("8") COLOUR(GREY), 0, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL},
};

/* Styles without a name that people see: variants of named ones, rows, cells. */
static const struct look automatic_looks[] = {
    {"paragraph", "Introduction", NULL, "Text_20_body", MARGINS("0", "0.25") KEEP, NULL, 0, NULL},
    {"paragraph", "Above", NULL, "Text_20_body", MARGINS("0", "0") KEEP, NULL, 0, NULL},
    {"paragraph", "ListEnd", NULL, "List", MARGINS("0", "0.25"), NULL, 0, NULL},
    {"paragraph", "PairLow", NULL, "Pair_20_label", MARGINS("0.3", "0"), NULL, 0, NULL},
    {"table-row", "Row", NULL, NULL, "fo:keep-together=\"always\"", NULL, 0, NULL},
    {"table-row", "Loose", NULL, NULL, "fo:keep-together=\"auto\"", NULL, 0, NULL},
    {"table-cell", "Head", NULL, NULL,
     CELL("0.1", "0.12") " fo:border-bottom=\"1pt solid " ACCENT "\" "
                         "style:vertical-align=\"bottom\"",
     NULL, 0, NULL},
    {"table-cell", "Cell", NULL, NULL,
     CELL("0.12", "0.14") " fo:border-bottom=\"0.5pt solid " PALE "\"", NULL, 0, NULL},
    {"table-cell", "Pair", NULL, NULL, CELL("0.06", "0.08"), NULL, 0, NULL},
    {"table-cell", "Frame", NULL, NULL,
     "fo:padding-left=\"0.5cm\" fo:padding-right=\"0.5cm\" fo:padding-top=\"0.3cm\" "
     "fo:padding-bottom=\"0.2cm\" fo:border=\"0.5pt solid " PALE "\" "
     "fo:border-left=\"3pt solid " ACCENT "\" fo:background-color=\"#f4f5f7\"",
     NULL, 0, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL},
};

static const char list_style[] =
    "<text:list-style style:name=\"List_20_1\" style:display-name=\"List 1\">"
    "<text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"•\">"
    "<style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\">"
    "<style:list-level-label-alignment text:label-followed-by=\"listtab\" "
    "text:list-tab-stop-position=\"0.6cm\" fo:text-indent=\"-0.5cm\" fo:margin-left=\"0.6cm\"/>"
    "</style:list-level-properties></text:list-level-style-bullet></text:list-style>\n";

static const char page_styles[] =
    "<office:automatic-styles><style:page-layout style:name=\"Page\">"
    "<style:page-layout-properties fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" "
    "style:print-orientation=\"portrait\" fo:margin-top=\"2cm\" fo:margin-bottom=\"1.3cm\" "
    "fo:margin-left=\"2.2cm\" fo:margin-right=\"2.2cm\"/><style:footer-style>"
    "<style:header-footer-properties fo:min-height=\"1cm\" fo:margin-top=\"0.5cm\"/>"
    "</style:footer-style></style:page-layout></office:automatic-styles>\n";

/* The attributes of one side of a style (paragraph, text …), as an element; nothing without any. */
static void put_properties(struct tr_buf *to, const char *side, const char *attributes,
                           const char *inner)
{
    if (!attributes)
        return;
    put(to, "<style:");
    put(to, side);
    put(to, "-properties ");
    put(to, attributes);
    put(to, ">");
    put(to, inner ? inner : "");
    put(to, "</style:");
    put(to, side);
    put(to, "-properties>");
}

static void put_looks(struct tr_buf *to, const struct look *look)
{
    static const char *const levels[] = {NULL, "1", "2", "3"};

    for (; look->name; look++) {
        put(to, "<style:style");
        tr_odt_put_attribute(to, "style:name", look->name);
        tr_odt_put_attribute(to, "style:display-name", look->shown);
        tr_odt_put_attribute(to, "style:family", look->family);
        tr_odt_put_attribute(to, "style:parent-style-name", look->parent);
        tr_odt_put_attribute(to, "style:default-outline-level", levels[look->outline]);
        if (look->outline > 0)
            tr_odt_put_attribute(to, "style:next-style-name", "Text_20_body");
        put(to, ">");
        put_properties(to, look->family, look->block, look->tabs);
        put_properties(to, "text", look->text, NULL);
        put(to, "</style:style>\n");
    }
}

void tr_odt_put_fonts(struct tr_buf *to)
{
    put(to, font_faces);
}

void tr_odt_put_variants(struct tr_buf *to)
{
    put_looks(to, automatic_looks);
}

/* ---- the part styles.xml ---- */

/* The text of the foot with page numbers, which the word processor fills in. */
static void put_page(const struct tr_document *d, struct tr_buf *to)
{
    static const struct {
        struct tr_str name;
        const char *field;
    } fields[] = {
        {{"{page}", 6}, "<text:page-number text:select-page=\"current\">1</text:page-number>"},
        {{"{pages}", 7}, "<text:page-count>1</text:page-count>"},
    };
    struct tr_str s = tr_document_word(d, "document.page");

    for (size_t i = 0, n; i < s.len; i += n) {
        n = 1;
        for (size_t f = 0; f < 2; f++)
            if (s.len - i >= fields[f].name.len &&
                memcmp(s.p + i, fields[f].name.p, fields[f].name.len) == 0) {
                put(to, fields[f].field);
                n = fields[f].name.len;
            }
        if (n == 1)
            tr_xml_put(to, (struct tr_str){s.p + i, 1});
    }
}

static void put_foot(const struct tr_document *d, struct tr_buf *to)
{
    struct tr_buf text = {0};
    struct tr_str s;

    tr_document_foot(d, &text);
    s = tr_first_bytes(tr_buf_slice(&text), REFERENCE_MOST);
    tr_odt_put_text(to, s);
    put(to, s.len < text.len ? "…" : "");
    to->failed |= text.failed;
    tr_buf_clear(&text);
}

void tr_odt_styles(const struct tr_document *d, struct tr_buf *to)
{
    const char *language = tr_lang_tags[d->lang]; /* nb-NO */

    put(to, DECLARATION "<office:document-styles" NAMESPACES ">");
    put(to, font_faces);
    put(to, "<office:styles>\n<style:default-style style:family=\"paragraph\">"
            "<style:paragraph-properties fo:orphans=\"2\" fo:widows=\"2\" "
            "style:tab-stop-distance=\"1.25cm\" style:writing-mode=\"lr-tb\"/>"
            "<style:text-properties style:font-name=\"Open Sans\" fo:font-size=\"10.5pt\" "
            "fo:color=\"#1a1a1a\" fo:hyphenate=\"false\" fo:language=\"");
    tr_buf_add(to, language, 2);
    put(to, "\" fo:country=\"");
    put(to, language + 3);
    put(to, "\"/></style:default-style>\n<style:default-style style:family=\"table\"/>\n"
            "<style:default-style style:family=\"table-row\"/>\n");
    put_looks(to, named_looks);
    put(to, list_style);
    put(to, "</office:styles>\n");
    put(to, page_styles);
    put(to, "<office:master-styles><style:master-page style:name=\"Standard\" "
            "style:page-layout-name=\"Page\"><style:footer><text:p text:style-name=\"Footer\">");
    put_foot(d, to);
    put(to, "<text:tab/>");
    put_page(d, to);
    put(to, "</text:p></style:footer></style:master-page></office:master-styles>\n"
            "</office:document-styles>\n");
}

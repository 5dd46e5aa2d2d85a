/* OpenDocument text, version 1.3: a few XML files in a ZIP archive. Looks are those of named
 * styles, so that whoever fills a form in can change them in one place. Boxes and blanks are
 * content controls, of which the standard has none: LibreOffice's extension, whose content other
 * programs show as text. Lengths are in hundredths of a millimetre. */
#include "doc/document/document_writer.h"

#include <stdio.h>
#include <stdlib.h>

#include <zip.h>

#include "base/date.h"
#include "doc/document/document_own.h"

enum {
    TEXT_WIDTH = 16600,
    LABEL_SHARE = 32, /* per cent */
    CELL_RIGHT = 300, /* padding */
    FRAME_SIDE = 500,
    LIST_INDENT = 600,
    LENGTH_LEAST = 10,
    ROW_MOST = 1500, /* bytes of a row that is not parted: more may be higher than a page */
    LETTERS = 32,    /* of a blank in a line */
    LETTERS_ALONE = 64,
    PROMPT_MOST = 200,   /* bytes of one that matter for its width */
    LETTER = 185,        /* about the width of one, in a table */
    REFERENCE_MOST = 160 /* bytes at the foot of a page */
};

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMESPACES                                                                                 \
    " xmlns:office=\"" NS "office:1.0\" xmlns:style=\"" NS "style:1.0\" xmlns:text=\"" NS          \
    "text:1.0\" xmlns:table=\"" NS "table:1.0\" xmlns:fo=\"" NS                                    \
    "xsl-fo-compatible:1.0\" xmlns:svg=\"" NS "svg-compatible:1.0\" xmlns:meta=\"" NS              \
    "meta:1.0\" xmlns:config=\"" NS "config:1.0\" "                                                \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                               \
    "xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\" "        \
    "office:version=\"1.3\""

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

/* A style; NULL for what it leaves to its parent. */
struct look {
    const char *family, *name, *shown, *parent;
    const char *block; /* attributes of the block */
    const char *text;  /* attributes of its text */
    int outline;       /* level, or 0 */
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

/* Variants of named ones, and what never has a name that people see. */
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

static const char settings[] = DECLARATION
    "<office:document-settings" NAMESPACES "><office:settings><config:config-item-set "
    "config:name=\"ooo:configuration-settings\">"
    "<config:config-item config:name=\"AddParaTableSpacing\" config:type=\"boolean\">true"
    "</config:config-item>"
    "<config:config-item config:name=\"AddParaTableSpacingAtStart\" config:type=\"boolean\">true"
    "</config:config-item>"
    "<config:config-item config:name=\"TabsRelativeToIndent\" config:type=\"boolean\">true"
    "</config:config-item>"
    "<config:config-item config:name=\"UseFormerLineSpacing\" config:type=\"boolean\">false"
    "</config:config-item>"
    "</config:config-item-set></office:settings></office:document-settings>\n";

static const char manifest[] = DECLARATION
    "<manifest:manifest xmlns:manifest=\"" NS "manifest:1.0\" manifest:version=\"1.3\">\n"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\n"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>\n"
    "</manifest:manifest>\n";

/* A document on its way into content.xml. */
struct odt {
    const struct tr_document *d;
    struct tr_buf styles; /* automatic ones */
    struct tr_buf body;
    int n_styles;
    int width;            /* of what blocks stand in */
    int frames;           /* around what is written now */
    bool after_table;     /* one stands right above */
    int line;             /* width of the runs in hand */
    struct tr_str label;  /* what stands beside them, or above */
    bool alone;           /* there is one */
    const char *style;    /* of the paragraph that they are in */
    bool open, heading;   /* it is open; it is a heading */
    bool in_line;         /* something stands before the run to come in its line */
    int breaks;           /* before it */
    enum tr_node_kind at; /* kind of the run before */
};

/* ---- text ---- */

static void put(struct tr_buf *to, const char *xml)
{
    tr_buf_text(to, xml);
}

/* A character that XML does not allow, of those that a document can hold: U+FFFE and U+FFFF. */
static bool is_refused(const char *p, size_t n)
{
    return n >= 3 && memcmp(p, "\xEF\xBF", 2) == 0 && (unsigned char)p[2] >= 0xBE;
}

static void put_char(struct tr_buf *to, char c)
{
    static const char *const entity[128] = {
        ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;"};
    unsigned char u = (unsigned char)c;

    if (u < 128 && entity[u])
        put(to, entity[u]);
    else
        tr_buf_char(to, c);
}

/* Outside of paragraphs. */
static void put_plain(struct tr_buf *to, struct tr_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (is_refused(s.p + i, s.len - i)) {
            put(to, "\uFFFD");
            i += 2;
        } else {
            put_char(to, s.p[i]);
        }
}

/* In a paragraph, where spaces that XML would take away are elements. */
static void put_text(struct tr_buf *to, struct tr_str s)
{
    for (size_t i = 0, n; i < s.len; i += n) {
        const char *space = memchr(s.p + i, ' ', s.len - i);

        n = space ? (size_t)(space - s.p) - i : s.len - i;
        put_plain(to, (struct tr_str){s.p + i, n});
        if (!space)
            continue;
        put(to, n > 0 && i + n + 1 < s.len ? " " : "<text:s/>");
        n++;
    }
}

static void put_element(struct tr_buf *to, const char *name, struct tr_str s)
{
    if (s.len == 0)
        return;
    put(to, "<");
    put(to, name);
    put(to, ">");
    put_plain(to, s);
    put(to, "</");
    put(to, name);
    put(to, ">\n");
}

static void put_span(struct tr_buf *to, const char *style, struct tr_str s)
{
    put(to, "<text:span text:style-name=\"");
    put(to, style);
    put(to, "\">");
    put_text(to, s);
    put(to, "</text:span>");
}

static void put_length(struct tr_buf *to, int length)
{
    char text[32];

    length = length < LENGTH_LEAST ? LENGTH_LEAST : length;
    tr_buf_add(to, text,
               (size_t)snprintf(text, sizeof text, "%d.%03dcm", length / 1000, length % 1000));
}

static void put_attribute(struct tr_buf *to, const char *name, const char *value)
{
    if (!value)
        return;
    put(to, " ");
    put(to, name);
    put(to, "=\"");
    put(to, value);
    put(to, "\"");
}

/* An element of a style with the attributes of one side of it; nothing without any. */
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
        put_attribute(to, "style:name", look->name);
        put_attribute(to, "style:display-name", look->shown);
        put_attribute(to, "style:family", look->family);
        put_attribute(to, "style:parent-style-name", look->parent);
        put_attribute(to, "style:default-outline-level", levels[look->outline]);
        if (look->outline > 0)
            put_attribute(to, "style:next-style-name", "Text_20_body");
        put(to, ">");
        put_properties(to, look->family, look->block, look->tabs);
        put_properties(to, "text", look->text, NULL);
        put(to, "</style:style>\n");
    }
}

/* ---- runs ---- */

static void put_run_text(struct odt *o, struct tr_str s, const char *style)
{
    if (o->at == TR_D_BOX) {
        while (s.len > 0 && *s.p == ' ')
            s = (struct tr_str){s.p + 1, s.len - 1};
        put(&o->body, "\u00A0");
    }
    if (style)
        put_span(&o->body, style, s);
    else
        put_text(&o->body, s);
}

static void put_box(struct odt *o, bool ticked)
{
    if (o->in_line)
        put(&o->body, "\u2002");
    put(&o->body, "<loext:content-control loext:checkbox=\"true\" loext:checked=\"");
    put(&o->body, ticked ? "true" : "false");
    put(&o->body, "\" loext:checked-state=\"☒\" loext:unchecked-state=\"☐\">");
    put_span(&o->body, "Box", ticked ? TR_STR("☒") : TR_STR("☐"));
    put(&o->body, "</loext:content-control>");
}

/* What is typed takes the place of all that stands in the control, in the look of its start. */
static void open_control(struct odt *o, struct tr_str prompt)
{
    put(&o->body, "<loext:content-control loext:showing-place-holder=\"true\" loext:alias=\"");
    put_plain(&o->body, prompt);
    put(&o->body, "\">");
}

static void put_blank(struct odt *o, struct tr_str prompt)
{
    int letters = o->line / 100, most = o->alone ? LETTERS_ALONE : LETTERS;

    if (o->at == TR_D_BOX)
        put(&o->body, "\u00A0");
    open_control(o, prompt);
    put_span(&o->body, "Blank", TR_STR("\u00A0"));
    if (prompt.len > 0 && !tr_blank_is_said(prompt, o->label, &o->body.failed)) {
        put_span(&o->body, "Blank_20_prompt", prompt);
        letters -= 2 * (int)tr_text_width(tr_first_bytes(prompt, PROMPT_MOST));
    }
    letters = letters < most ? letters : most;
    put(&o->body, "<text:span text:style-name=\"Blank\">");
    for (int i = 0; i < letters || i < 2; i++)
        put(&o->body, "\u00A0");
    put(&o->body, "</text:span></loext:content-control>");
}

/* Opens the paragraph in hand, when it is not open. */
static void open_paragraph(struct odt *o, const char *style)
{
    if (o->open)
        return;
    put(&o->body, "<text:p text:style-name=\"");
    put(&o->body, style);
    put(&o->body, "\">");
    o->open = true;
    o->in_line = false;
}

static void close_paragraph(struct odt *o)
{
    if (o->open)
        put(&o->body, "</text:p>\n");
    o->open = false;
}

/* The name of the next automatic style. */
static void name_style(struct odt *o, char name[16])
{
    snprintf(name, 16, "A%d", ++o->n_styles);
}

/* A style for lines to write on: a ruled tab up to the right edge. */
static void add_line_style(struct odt *o, char name[16])
{
    struct tr_buf *to = &o->styles;

    name_style(o, name);
    put(to, "<style:style style:name=\"");
    put(to, name);
    put(to, "\" style:family=\"paragraph\" style:parent-style-name=\"");
    put(to, o->style);
    put(to, "\"><style:paragraph-properties fo:line-height=\"0.85cm\" "
            "fo:keep-together=\"always\"><style:tab-stops><style:tab-stop style:position=\"");
    put_length(to, o->line - 10);
    put(to, "\" style:type=\"right\" style:leader-style=\"solid\" style:leader-text=\"_\"/>"
            "</style:tab-stops></style:paragraph-properties></style:style>\n");
}

/* Lines to write on, a paragraph of their own. */
static void put_lines(struct odt *o, const struct tr_node *blank)
{
    char name[16];

    if (blank->text.len > 0 && !tr_blank_is_said(blank->text, o->label, &o->body.failed)) {
        if (o->open && o->in_line)
            put(&o->body, "<text:line-break/>");
        open_paragraph(o, strcmp(o->style, "Text_20_body") == 0 ? "Above" : o->style);
        put_span(&o->body, "Prompt", blank->text);
    }
    close_paragraph(o);
    add_line_style(o, name);
    open_paragraph(o, name);
    open_control(o, blank->text);
    for (int i = 0; i < blank->level && i < TR_BLANK_LINES_MOST; i++)
        put(&o->body, i > 0 ? "<text:line-break/><text:tab/>" : "<text:tab/>");
    put(&o->body, "</loext:content-control>");
    close_paragraph(o);
}

static void put_breaks(struct odt *o)
{
    for (; o->breaks > 0; o->breaks--) {
        put(&o->body, "<text:line-break/>");
        o->in_line = false;
    }
}

static void put_run(struct odt *o, const struct tr_node *run)
{
    bool lines = run->kind == TR_D_BLANK && run->level > 0 && !o->heading;

    if (run->kind == TR_D_BREAK) { /* lines to write on end with one themselves */
        o->breaks += o->open;
        return;
    }
    if (!lines || o->open) {
        open_paragraph(o, o->style);
        put_breaks(o);
    }
    if (run->kind == TR_D_BOX)
        put_box(o, run->level);
    else if (lines)
        put_lines(o, run);
    else if (run->kind == TR_D_BLANK)
        put_blank(o, run->text);
    else
        put_run_text(o, run->text, run->kind == TR_D_STRONG ? "Strong_20_Emphasis" : NULL);
    o->in_line = o->open;
    o->at = run->kind;
}

static void put_runs(struct odt *o, uint32_t block, struct tr_str label)
{
    const struct tr_node *node = o->d->node;

    o->label = label;
    o->alone = node[block].end == block + 2;
    o->in_line = false;
    o->breaks = 0;
    o->at = TR_D_TEXT;
    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (tr_node_is_run(node[i].kind))
            put_run(o, &node[i]);
    o->after_table = false;
}

/* ---- paragraphs ---- */

/* A paragraph with the runs of the block, as wide as o->line. */
static void put_paragraph(struct odt *o, uint32_t block, const char *style, struct tr_str label)
{
    o->style = style;
    if (!tr_block_has_lines(o->d->node, block))
        open_paragraph(o, style);
    put_runs(o, block, label);
    close_paragraph(o);
}

static void put_block(struct odt *o, uint32_t block, const char *style)
{
    o->line = o->width;
    put_paragraph(o, block, style, TR_STR(""));
}

static void put_text_paragraph(struct odt *o, uint32_t at)
{
    put_block(o, at,
              o->frames > 0                   ? "Frame_20_contents"
              : tr_block_introduces(o->d, at) ? "Introduction"
                                              : "Text_20_body");
}

static void put_heading(struct odt *o, uint32_t at)
{
    static const char *const styles[] = {"Title", "Heading_20_2", "Heading_20_3"};
    static const char *const levels[] = {"1", "2", "3"};
    const struct tr_node *node = o->d->node;
    int level = node[at].level <= 1 ? 0 : node[at].level == 2 ? 1 : 2;

    put(&o->body, "<text:h text:style-name=\"");
    put(&o->body, o->frames > 0 ? "Frame_20_heading" : styles[level]);
    put(&o->body, "\" text:outline-level=\"");
    put(&o->body, levels[level]);
    put(&o->body, "\">");
    o->open = o->heading = true;
    put_runs(o, at, TR_STR(""));
    o->open = o->heading = false;
    put(&o->body, "</text:h>\n");
}

static void put_list(struct odt *o, uint32_t at)
{
    const struct tr_node *node = o->d->node;

    if (node[at].end == at + 1)
        return;
    put(&o->body, "<text:list text:style-name=\"List_20_1\">\n");
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end) {
        put(&o->body, "<text:list-item>");
        o->line = o->width - LIST_INDENT;
        put_paragraph(o, i, node[i].end < node[at].end ? "List" : "ListEnd", TR_STR(""));
        put(&o->body, "</text:list-item>\n");
    }
    put(&o->body, "</text:list>\n");
}

/* ---- tables ---- */

/* Tables that meet would become one, and a cell must not end with one. */
static void put_apart(struct odt *o)
{
    if (o->after_table)
        put(&o->body, "<text:p text:style-name=\"Apart\"/>\n");
    o->after_table = false;
}

static void add_column_style(struct odt *o, const char *name, int width)
{
    struct tr_buf *to = &o->styles;

    put(to, "<style:style style:name=\"");
    put(to, name);
    put(to, "\" style:family=\"table-column\"><style:table-column-properties "
            "style:column-width=\"");
    put_length(to, width);
    put(to, "\"/></style:style>\n");
}

/* A table as wide as what it stands in, whose columns have these widths; whole: on one page. */
static void open_table(struct odt *o, const struct tr_share *column, uint32_t n, bool whole)
{
    struct tr_buf *to = &o->styles;
    char name[16];

    put_apart(o);
    name_style(o, name);
    put(to, "<style:style style:name=\"");
    put(to, name);
    put(to, "\" style:family=\"table\"><style:table-properties style:width=\"");
    put_length(to, o->width);
    put(to, "\" table:align=\"margins\" fo:margin-top=\"0.15cm\" fo:margin-bottom=\"0.3cm\" "
            "table:border-model=\"collapsing\" style:may-break-between-rows=\"");
    put(to, whole ? "false\"/></style:style>\n" : "true\"/></style:style>\n");
    put(&o->body, "<table:table table:name=\"");
    put(&o->body, name);
    put(&o->body, "\" table:style-name=\"");
    put(&o->body, name);
    put(&o->body, "\">\n");
    for (uint32_t i = 0; i < n; i++) {
        name_style(o, name);
        add_column_style(o, name, (int)column[i].width);
        put(&o->body, "<table:table-column table:style-name=\"");
        put(&o->body, name);
        put(&o->body, "\"/>");
    }
    put(&o->body, "\n");
}

static void close_table(struct odt *o)
{
    put(&o->body, "</table:table>\n");
    o->after_table = true;
}

static void open_row(struct odt *o, uint32_t from, uint32_t end)
{
    const struct tr_node *node = o->d->node;
    size_t bytes = 0;

    for (uint32_t i = from; i < end; i++)
        bytes += node[i].text.len;
    put(&o->body, bytes > ROW_MOST ? "<table:table-row table:style-name=\"Loose\">\n"
                                   : "<table:table-row table:style-name=\"Row\">\n");
}

static void open_cell(struct odt *o, const char *style)
{
    put(&o->body, "<table:table-cell table:style-name=\"");
    put(&o->body, style);
    put(&o->body, "\" office:value-type=\"string\">");
    o->after_table = false;
}

static void close_cell(struct odt *o)
{
    put_apart(o);
    put(&o->body, "</table:table-cell>\n");
}

/* Whether the value of the pair is lines to write on, and no words above them. */
static bool starts_with_lines(struct odt *o, uint32_t at)
{
    const struct tr_node *node = o->d->node, *run = &node[at + 1];

    return node[at].end > at + 1 && run->kind == TR_D_BLANK && run->level > 0 &&
           (run->text.len == 0 || tr_blank_is_said(run->text, node[at].text, &o->body.failed));
}

static void put_pair(struct odt *o, uint32_t at, int width)
{
    const struct tr_node *node = o->d->node;

    open_row(o, at, node[at].end);
    open_cell(o, "Pair");
    open_paragraph(o, starts_with_lines(o, at) ? "PairLow" : "Pair_20_label");
    put_text(&o->body, node[at].text);
    close_paragraph(o);
    close_cell(o);
    open_cell(o, "Pair");
    o->line = width - CELL_RIGHT;
    put_paragraph(o, at, "Pair_20_value", node[at].text);
    close_cell(o);
    put(&o->body, "</table:table-row>\n");
}

/* A few pairs stay on one page: a place for signatures is not torn. */
static bool is_small(const struct tr_node *node, uint32_t pairs)
{
    enum { LINES = 12, LETTERS_A_LINE = 50 };
    size_t lines = 0;

    for (uint32_t i = pairs + 1; i < node[pairs].end; i++) {
        bool ruled = node[i].kind == TR_D_BLANK && node[i].level > 0;

        lines += node[i].kind == TR_D_PAIR || node[i].kind == TR_D_BREAK;
        lines += node[i].text.len / LETTERS_A_LINE;
        lines += ruled ? 2 * (size_t)node[i].level : 0;
    }
    return lines <= LINES;
}

static void put_pairs(struct odt *o, uint32_t at)
{
    const struct tr_node *node = o->d->node;
    int label = o->width * LABEL_SHARE / 100;
    const struct tr_share column[] = {{.width = label}, {.width = o->width - label}};

    if (node[at].end == at + 1)
        return;
    open_table(o, column, 2, is_small(node, at));
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        put_pair(o, i, o->width - label);
    close_table(o);
}

/* About what the longest word of the cell takes; a box belongs to the word behind it. */
static int longest_word(const struct tr_node *node, uint32_t cell)
{
    size_t most = 0;

    for (uint32_t i = cell + 1; i < node[cell].end; i++) {
        struct tr_str rest = tr_first_bytes(node[i].text, ROW_MOST), word;
        size_t box = node[i - 1].kind == TR_D_BOX ? 3 : 0;

        for (; tr_node_is_words(node[i].kind) && tr_str_part(&rest, ' ', &word); box = 0) {
            size_t width = tr_text_width(word) + box;

            most = width > most ? width : most;
        }
    }
    return (int)(most < 100 ? most : 100) * LETTER + CELL_RIGHT;
}

static void measure_columns(const struct odt *o, uint32_t table, struct tr_share *column,
                            uint32_t n)
{
    const struct tr_node *node = o->d->node;
    struct tr_str weights = node[table].text;

    for (uint32_t i = 0; i < n; i++)
        column[i] = (struct tr_share){.weight = tr_columns_weight(&weights)};
    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end)
        for (uint32_t c = r + 1, i = 0; c < node[r].end; c = node[c].end, i++) {
            int least = longest_word(node, c);

            column[i].least = least > column[i].least ? least : column[i].least;
        }
    tr_columns_share(column, n, o->width);
}

static void put_row(struct odt *o, uint32_t row, struct tr_share *column, uint32_t n)
{
    const struct tr_node *node = o->d->node;
    bool head = node[row].level == 1;
    uint32_t i = 0;

    open_row(o, row, node[row].end);
    for (uint32_t c = row + 1; c < node[row].end; c = node[c].end, i++) {
        open_cell(o, head ? "Head" : "Cell");
        o->line = (int)column[i].width - CELL_RIGHT;
        put_paragraph(o, c, head ? "Table_20_Heading" : "Table_20_Contents",
                      head ? TR_STR("") : column[i].head);
        close_cell(o);
        if (head)
            column[i].head = node[c].end > c + 1 ? node[c + 1].text : TR_STR("");
    }
    for (; i < n; i++)
        put(&o->body, "<table:table-cell table:style-name=\"Cell\"><text:p "
                      "text:style-name=\"Table_20_Contents\"/></table:table-cell>\n");
    put(&o->body, "</table:table-row>\n");
}

/* The heads that come first come again on each page. */
static void put_rows(struct odt *o, uint32_t table, struct tr_share *column, uint32_t n)
{
    const struct tr_node *node = o->d->node;
    uint32_t r = table + 1;

    if (node[r].level == 1) {
        put(&o->body, "<table:table-header-rows>\n");
        for (; r < node[table].end && node[r].level == 1; r = node[r].end)
            put_row(o, r, column, n);
        put(&o->body, "</table:table-header-rows>\n");
    }
    for (; r < node[table].end; r = node[r].end)
        put_row(o, r, column, n);
}

static void put_table(struct odt *o, uint32_t at)
{
    uint32_t n = tr_columns_count(o->d->node, at);
    struct tr_share *column = n > 0 ? malloc(n * sizeof *column) : NULL;

    if (column) {
        measure_columns(o, at, column, n);
        open_table(o, column, n, false);
        put_rows(o, at, column, n);
        close_table(o);
    }
    o->body.failed |= n > 0 && !column;
    free(column);
}

/* ---- blocks ---- */

static void put_blocks(struct odt *o, uint32_t from, uint32_t end);

/* A table of one cell: the only frame that may hold anything, and go over pages. */
static void put_frame(struct odt *o, uint32_t at)
{
    const struct tr_node *node = o->d->node;

    open_table(o, &(struct tr_share){.width = o->width}, 1, false);
    open_row(o, at, node[at].end);
    open_cell(o, "Frame");
    o->frames++;
    o->width -= 2 * FRAME_SIDE;
    if (node[at].end == at + 1)
        put(&o->body, "<text:p text:style-name=\"Frame_20_contents\"/>");
    put_blocks(o, at + 1, node[at].end);
    o->width += 2 * FRAME_SIDE;
    o->frames--;
    close_cell(o);
    put(&o->body, "</table:table-row>\n");
    close_table(o);
}

static void put_blocks(struct odt *o, uint32_t from, uint32_t end)
{
    static void (*const write[TR_N_BLOCK_KINDS])(struct odt *, uint32_t) = {
        [TR_D_HEADING] = put_heading, [TR_D_PARAGRAPH] = put_text_paragraph,
        [TR_D_LIST] = put_list,       [TR_D_PAIRS] = put_pairs,
        [TR_D_TABLE] = put_table,     [TR_D_FRAME] = put_frame};
    const struct tr_node *node = o->d->node;

    for (uint32_t i = from; i < end; i = node[i].end)
        if (!tr_node_is_run(node[i].kind) && write[node[i].kind])
            write[node[i].kind](o, i);
}

/* ---- parts of the archive ---- */

static void make_content(const struct tr_document *d, struct tr_buf *to)
{
    struct odt o = {.d = d, .width = TEXT_WIDTH};

    put_blocks(&o, 0, d->n);
    put_apart(&o);
    put(to, DECLARATION "<office:document-content" NAMESPACES ">");
    put(to, font_faces);
    put(to, "<office:automatic-styles>\n");
    put_looks(to, automatic_looks);
    tr_buf_str(to, tr_buf_slice(&o.styles));
    put(to, "</office:automatic-styles>\n<office:body><office:text>\n");
    tr_buf_str(to, tr_buf_slice(&o.body));
    put(to, "</office:text></office:body></office:document-content>\n");
    to->failed |= o.styles.failed | o.body.failed;
    tr_buf_clear(&o.styles);
    tr_buf_clear(&o.body);
}

/* The words of the foot, in which the program counts. */
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
            put_char(to, s.p[i]);
    }
}

static void put_foot(const struct tr_document *d, struct tr_buf *to)
{
    struct tr_buf text = {0};
    struct tr_str s;

    tr_document_foot(d, &text);
    s = tr_first_bytes(tr_buf_slice(&text), REFERENCE_MOST);
    put_text(to, s);
    put(to, s.len < text.len ? "…" : "");
    to->failed |= text.failed;
    tr_buf_clear(&text);
}

static const struct language {
    const char *language, *country, *both;
} languages[] = {{"nb", "NO", "nb-NO"}, {"nn", "NO", "nn-NO"}, {"en", "GB", "en-GB"}};

static void make_styles(const struct tr_document *d, struct tr_buf *to)
{
    const struct language *l = &languages[d->lang];

    put(to, DECLARATION "<office:document-styles" NAMESPACES ">");
    put(to, font_faces);
    put(to, "<office:styles>\n<style:default-style style:family=\"paragraph\">"
            "<style:paragraph-properties fo:orphans=\"2\" fo:widows=\"2\" "
            "style:tab-stop-distance=\"1.25cm\" style:writing-mode=\"lr-tb\"/>"
            "<style:text-properties style:font-name=\"Open Sans\" fo:font-size=\"10.5pt\" "
            "fo:color=\"#1a1a1a\" fo:hyphenate=\"false\" fo:language=\"");
    put(to, l->language);
    put(to, "\" fo:country=\"");
    put(to, l->country);
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

static void make_meta(const struct tr_document *d, struct tr_buf *to)
{
    struct tr_date date;
    struct tr_str title = d->title.len > 0 ? d->title : tr_document_word(d, "document.untitled");
    char day[TR_DATE_LEN + 9] = "yyyy-mm-ddT00:00:00";

    put(to, DECLARATION "<office:document-meta" NAMESPACES "><office:meta>\n");
    put_element(to, "dc:title", title);
    put_element(to, "dc:subject", d->reference);
    put_element(to, "meta:initial-creator", d->author);
    put_element(to, "dc:creator", d->author);
    put_element(to, "dc:language", tr_str(languages[d->lang].both));
    if (tr_date_parse(d->day, &date)) {
        tr_date_iso(date, day);
        put_element(to, "meta:creation-date", (struct tr_str){day, sizeof day});
        put_element(to, "dc:date", (struct tr_str){day, sizeof day});
    }
    put(to, "</office:meta></office:document-meta>\n");
}

static void make_settings(const struct tr_document *d, struct tr_buf *to)
{
    (void)d;
    put(to, settings);
}

static void make_manifest(const struct tr_document *d, struct tr_buf *to)
{
    (void)d;
    put(to, manifest);
}

static void make_type(const struct tr_document *d, struct tr_buf *to)
{
    (void)d;
    put(to, "application/vnd.oasis.opendocument.text");
}

/* The type stands first, as it is, so that programs find it at a fixed place. */
static const struct part {
    const char *name;
    zip_int32_t method;
    void (*make)(const struct tr_document *d, struct tr_buf *to);
} parts[] = {
    {"mimetype", ZIP_CM_STORE, make_type},
    {"META-INF/manifest.xml", ZIP_CM_DEFLATE, make_manifest},
    {"meta.xml", ZIP_CM_DEFLATE, make_meta},
    {"settings.xml", ZIP_CM_DEFLATE, make_settings},
    {"styles.xml", ZIP_CM_DEFLATE, make_styles},
    {"content.xml", ZIP_CM_DEFLATE, make_content},
};
enum { N_PARTS = sizeof parts / sizeof *parts };

/* ---- the archive ---- */

/* A day as the archive has it: from 1980 on, at midnight, of no time zone. */
static zip_uint16_t dos_day(struct tr_str day)
{
    struct tr_date date;

    if (!tr_date_parse(day, &date) || date.year < 1980 || date.year > 2107)
        date = (struct tr_date){1980, 1, 1};
    return (zip_uint16_t)((date.year - 1980) << 9 | date.month << 5 | date.day);
}

/* The part's text stays with the caller. -1: archive has the error. */
static int add_part(zip_t *archive, const struct part *part, const struct tr_buf *text,
                    zip_uint16_t day)
{
    zip_source_t *source = zip_source_buffer(archive, text->p, text->len, 0);
    zip_int64_t at = source ? zip_file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8) : -1;

    if (at < 0) {
        zip_source_free(source);
        return -1;
    }
    if (zip_set_file_compression(archive, (zip_uint64_t)at, part->method, 6) < 0)
        return -1;
    return zip_file_set_dostime(archive, (zip_uint64_t)at, 0, day, 0);
}

/* Makes the parts, and from them the archive in store; -1 with error. */
static int fill_archive(const struct tr_document *d, zip_source_t *store, struct tr_buf *text,
                        zip_error_t *error)
{
    zip_t *archive = zip_open_from_source(store, ZIP_TRUNCATE, error);
    int status = archive ? 0 : -1;

    if (!archive)
        return -1;
    zip_source_keep(store);
    for (int i = 0; status == 0 && i < N_PARTS; i++) {
        parts[i].make(d, &text[i]);
        status = add_part(archive, &parts[i], &text[i], dos_day(d->day));
    }
    if (status == 0)
        status = zip_close(archive);
    if (status == 0)
        return 0;
    zip_error_set(error, zip_error_code_zip(zip_get_error(archive)),
                  zip_error_code_system(zip_get_error(archive)));
    zip_discard(archive);
    return -1;
}

/* The bytes of the archive, added to out. */
static int copy_archive(zip_source_t *store, struct tr_out *out)
{
    char bytes[16384];
    zip_int64_t n;

    if (zip_source_open(store) < 0)
        return -1;
    while ((n = zip_source_read(store, bytes, sizeof bytes)) > 0)
        tr_out_add(out, bytes, (size_t)n);
    zip_source_close(store);
    return n < 0 ? -1 : 0;
}

static int write_archive(const struct tr_document *d, struct tr_out *out, struct tr_buf *text,
                         zip_error_t *error)
{
    zip_source_t *store = zip_source_buffer_create(NULL, 0, 0, error);
    int status = store ? fill_archive(d, store, text, error) : -1;

    if (status == 0 && copy_archive(store, out) < 0) {
        zip_error_set(error, ZIP_ER_READ, 0);
        status = -1;
    }
    zip_source_free(store);
    return status;
}

int tr_document_odt(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    struct tr_buf text[N_PARTS] = {0};
    zip_error_t error;
    int status;

    zip_error_init(&error);
    status = write_archive(d, out, text, &error);
    for (int i = 0; i < N_PARTS; i++) {
        out->buf.failed |= text[i].failed;
        tr_buf_clear(&text[i]);
    }
    if (status < 0 && zip_error_code_zip(&error) == ZIP_ER_MEMORY)
        out->buf.failed = true;
    else if (status < 0)
        tr_err_set(err, TR_E_DOCUMENT_FORMAT, "ODT", zip_error_strerror(&error), NULL);
    out->buf.failed |= d->failed;
    zip_error_fini(&error);
    return status < 0 && !out->buf.failed ? -1 : 0;
}

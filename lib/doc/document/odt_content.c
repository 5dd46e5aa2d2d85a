/* The text of the document. Boxes and blanks are content controls: the standard has none, they are
 * LibreOffice's extension, and other programs show what they hold as text. */
#include "doc/document/odt_own.h"

#include <stdio.h>

#include "doc/document/walk_own.h"

enum {
    TEXT_WIDTH = 16600,
    LETTERS = 32, /* of a blank in a line */
    LETTERS_ALONE = 64,
    PROMPT_MOST = 200 /* bytes of a prompt that count for its width */
};

/* A document on its way into content.xml. */
struct odt {
    struct tr_walk w;
    struct tr_buf styles; /* automatic ones */
    int n_styles;

    /* the current runs */
    bool alone;         /* there is one run only */
    const char *style;  /* of their paragraph */
    bool open, heading; /* the paragraph is open; it is a heading */
    bool in_line;       /* the next run is not the first of its line */
    int breaks;         /* to write before the next run */
};

static struct odt *odt_of(struct tr_walk *w)
{
    return (struct odt *)(void *)w;
}

/* ---- runs ---- */

static void put_run_text(struct odt *o, struct tr_str s, const char *style)
{
    if (o->w.at == TR_D_BOX) {
        while (s.len > 0 && *s.p == ' ')
            s = (struct tr_str){s.p + 1, s.len - 1};
        put(&o->w.body, "\u00A0");
    }
    if (style)
        tr_odt_put_span(&o->w.body, style, s);
    else
        tr_odt_put_text(&o->w.body, s);
}

static void put_box(struct odt *o, bool ticked)
{
    if (o->in_line)
        put(&o->w.body, "\u2002");
    put(&o->w.body, "<loext:content-control loext:checkbox=\"true\" loext:checked=\"");
    put(&o->w.body, ticked ? "true" : "false");
    put(&o->w.body, "\" loext:checked-state=\"☒\" loext:unchecked-state=\"☐\">");
    tr_odt_put_span(&o->w.body, "Box", ticked ? TR_STR("☒") : TR_STR("☐"));
    put(&o->w.body, "</loext:content-control>");
}

/* Opens a control. What is typed replaces all of its content and looks like the start of it. */
static void open_control(struct odt *o, struct tr_str prompt)
{
    put(&o->w.body, "<loext:content-control loext:showing-place-holder=\"true\" loext:alias=\"");
    tr_xml_put(&o->w.body, prompt);
    put(&o->w.body, "\">");
}

static void put_blank(struct odt *o, struct tr_str prompt)
{
    int letters = o->w.line / 100, most = o->alone ? LETTERS_ALONE : LETTERS;

    if (o->w.at == TR_D_BOX)
        put(&o->w.body, "\u00A0");
    open_control(o, prompt);
    tr_odt_put_span(&o->w.body, "Blank", TR_STR("\u00A0"));
    if (prompt.len > 0 && !tr_blank_is_said(prompt, o->w.label, &o->w.body.failed)) {
        tr_odt_put_span(&o->w.body, "Blank_20_prompt", prompt);
        letters -= 2 * (int)tr_text_width(tr_first_bytes(prompt, PROMPT_MOST));
    }
    letters = letters < most ? letters : most;
    put(&o->w.body, "<text:span text:style-name=\"Blank\">");
    for (int i = 0; i < letters || i < 2; i++)
        put(&o->w.body, "\u00A0");
    put(&o->w.body, "</text:span></loext:content-control>");
}

/* Opens the paragraph unless it is open. */
static void open_paragraph(struct odt *o, const char *style)
{
    if (o->open)
        return;
    put(&o->w.body, "<text:p text:style-name=\"");
    put(&o->w.body, style);
    put(&o->w.body, "\">");
    o->open = true;
    o->in_line = false;
}

static void close_paragraph(struct odt *o)
{
    if (o->open)
        put(&o->w.body, "</text:p>\n");
    o->open = false;
}

/* Makes a name for one more automatic style. */
static void name_style(struct odt *o, char name[16])
{
    snprintf(name, 16, "A%d", ++o->n_styles);
}

/* Adds a style for ruled lines: a tab with a line as leader, up to the right edge. */
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
    tr_odt_put_length(to, o->w.line - 10);
    put(to, "\" style:type=\"right\" style:leader-style=\"solid\" style:leader-text=\"_\"/>"
            "</style:tab-stops></style:paragraph-properties></style:style>\n");
}

/* Ruled lines are a paragraph of their own. */
static void put_lines(struct odt *o, const struct tr_node *blank)
{
    char name[16];

    if (blank->text.len > 0 && !tr_blank_is_said(blank->text, o->w.label, &o->w.body.failed)) {
        if (o->open && o->in_line)
            put(&o->w.body, "<text:line-break/>");
        open_paragraph(o, strcmp(o->style, "Text_20_body") == 0 ? "Above" : o->style);
        tr_odt_put_span(&o->w.body, "Prompt", blank->text);
    }
    close_paragraph(o);
    add_line_style(o, name);
    open_paragraph(o, name);
    open_control(o, blank->text);
    for (int i = 0; i < blank->level && i < TR_BLANK_LINES_MOST; i++)
        put(&o->w.body, i > 0 ? "<text:line-break/><text:tab/>" : "<text:tab/>");
    put(&o->w.body, "</loext:content-control>");
    close_paragraph(o);
}

static void put_breaks(struct odt *o)
{
    for (; o->breaks > 0; o->breaks--) {
        put(&o->w.body, "<text:line-break/>");
        o->in_line = false;
    }
}

static void put_run(struct odt *o, const struct tr_node *run)
{
    bool lines = run->kind == TR_D_BLANK && run->level > 0 && !o->heading;

    if (run->kind == TR_D_BREAK) { /* ruled lines bring their own last break */
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
    o->w.at = run->kind;
}

static void put_runs(struct odt *o, uint32_t block)
{
    const struct tr_node *node = o->w.d->node;

    o->alone = node[block].end == block + 2;
    o->in_line = false;
    o->breaks = 0;
    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (tr_node_is_run(node[i].kind))
            put_run(o, &node[i]);
}

/* ---- marks ---- */

static const struct {
    const char *style;
    bool heading;
} looks[TR_N_WALK_PARTS] = {
    [TR_WALK_TITLE] = {"Title", true},
    [TR_WALK_HEADING_2] = {"Heading_20_2", true},
    [TR_WALK_HEADING_3] = {"Heading_20_3", true},
    [TR_WALK_FRAME_HEADING] = {"Frame_20_heading", true},
    [TR_WALK_TEXT] = {"Text_20_body", false},
    [TR_WALK_INTRODUCTION] = {"Introduction", false},
    [TR_WALK_FRAME_TEXT] = {"Frame_20_contents", false},
    [TR_WALK_ITEM] = {"List", false},
    [TR_WALK_LAST_ITEM] = {"ListEnd", false},
    [TR_WALK_LABEL] = {"Pair_20_label", false},
    [TR_WALK_LABEL_LOW] = {"PairLow", false},
    [TR_WALK_VALUE] = {"Pair_20_value", false},
    [TR_WALK_HEAD] = {"Table_20_Heading", false},
    [TR_WALK_CELL] = {"Table_20_Contents", false},
};

static void put_heading(struct odt *o, uint32_t block, enum tr_walk_part part)
{
    static const char *const levels[] = {"1", "2", "3"};
    int level = o->w.d->node[block].level;

    put(&o->w.body, "<text:h text:style-name=\"");
    put(&o->w.body, looks[part].style);
    put(&o->w.body, "\" text:outline-level=\"");
    put(&o->w.body, levels[level <= 1 ? 0 : level == 2 ? 1 : 2]);
    put(&o->w.body, "\">");
    o->open = o->heading = true;
    put_runs(o, block);
    o->open = o->heading = false;
    put(&o->w.body, "</text:h>\n");
}

static void put_paragraph(struct tr_walk *w, uint32_t block, enum tr_walk_part part)
{
    struct odt *o = odt_of(w);

    if (looks[part].heading) {
        put_heading(o, block, part);
        return;
    }
    o->style = looks[part].style;
    if (!tr_block_has_lines(w->d->node, block))
        open_paragraph(o, o->style);
    put_runs(o, block);
    close_paragraph(o);
}

static void put_words(struct tr_walk *w, enum tr_walk_part part, struct tr_str words)
{
    open_paragraph(odt_of(w), looks[part].style);
    tr_odt_put_text(&w->body, words);
    close_paragraph(odt_of(w));
}

static void add_column_style(struct odt *o, const char *name, int width)
{
    struct tr_buf *to = &o->styles;

    put(to, "<style:style style:name=\"");
    put(to, name);
    put(to, "\" style:family=\"table-column\"><style:table-column-properties "
            "style:column-width=\"");
    tr_odt_put_length(to, width);
    put(to, "\"/></style:style>\n");
}

static void open_table(struct tr_walk *w, enum tr_walk_table table, const struct tr_share *column, uint32_t n,
                       bool whole)
{
    struct odt *o = odt_of(w);
    struct tr_buf *to = &o->styles;
    char name[16];

    (void)table; /* its cells tell */
    name_style(o, name);
    put(to, "<style:style style:name=\"");
    put(to, name);
    put(to, "\" style:family=\"table\"><style:table-properties style:width=\"");
    tr_odt_put_length(to, w->width);
    put(to, "\" table:align=\"margins\" fo:margin-top=\"0.15cm\" fo:margin-bottom=\"0.3cm\" "
            "table:border-model=\"collapsing\" style:may-break-between-rows=\"");
    put(to, whole ? "false\"/></style:style>\n" : "true\"/></style:style>\n");
    put(&w->body, "<table:table table:name=\"");
    put(&w->body, name);
    put(&w->body, "\" table:style-name=\"");
    put(&w->body, name);
    put(&w->body, "\">\n");
    for (uint32_t i = 0; i < n; i++) {
        name_style(o, name);
        add_column_style(o, name, (int)column[i].width);
        put(&w->body, "<table:table-column table:style-name=\"");
        put(&w->body, name);
        put(&w->body, "\"/>");
    }
    put(&w->body, "\n");
}

static void open_row(struct tr_walk *w, enum tr_walk_table table, uint32_t at, bool head, size_t bytes)
{
    (void)table, (void)at, (void)head; /* rows that are repeated stand in an element of their own */
    put(&w->body, bytes > TR_WALK_ROW_MOST ? "<table:table-row table:style-name=\"Loose\">\n"
                                           : "<table:table-row table:style-name=\"Row\">\n");
}

static void open_cell(struct tr_walk *w, enum tr_walk_table table, bool head, int width)
{
    static const char *const styles[TR_N_WALK_TABLES] = {
        [TR_WALK_PAIRS] = "Pair", [TR_WALK_ROWS] = "Cell", [TR_WALK_FRAME] = "Frame"};

    (void)width; /* the column has it */
    put(&w->body, "<table:table-cell table:style-name=\"");
    put(&w->body, head ? "Head" : styles[table]);
    put(&w->body, "\" office:value-type=\"string\">");
}

static const struct tr_walk_marks marks = {
    .paragraph = put_paragraph,
    .words = put_words,
    .open_table = open_table,
    .open_row = open_row,
    .open_cell = open_cell,
    .close_cell = "</table:table-cell>\n",
    .close_row = "</table:table-row>\n",
    .close_table = "</table:table>\n",
    .open_heads = "<table:table-header-rows>\n",
    .close_heads = "</table:table-header-rows>\n",
    .open_list = "<text:list text:style-name=\"List_20_1\">\n",
    .open_item = "<text:list-item>",
    .close_item = "</text:list-item>\n",
    .close_list = "</text:list>\n",
    .apart = "<text:p text:style-name=\"Apart\"/>\n",
};

/* ---- the part content.xml ---- */

void tr_odt_content(const struct tr_document *d, struct tr_buf *to)
{
    struct odt o = {.w = {.d = d, .marks = &marks, .width = TEXT_WIDTH}};

    tr_walk_document(&o.w);
    put(to, DECLARATION "<office:document-content" NAMESPACES ">");
    tr_odt_put_fonts(to);
    put(to, "<office:automatic-styles>\n");
    tr_odt_put_variants(to);
    tr_buf_str(to, tr_buf_slice(&o.styles));
    put(to, "</office:automatic-styles>\n<office:body><office:text>\n");
    tr_buf_str(to, tr_buf_slice(&o.w.body));
    put(to, "</office:text></office:body></office:document-content>\n");
    to->failed |= o.styles.failed | o.w.body.failed;
    tr_buf_clear(&o.styles);
    tr_buf_clear(&o.w.body);
}

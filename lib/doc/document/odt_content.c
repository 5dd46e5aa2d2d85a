/* The text of the document. Boxes and blanks are content controls: the standard has none, they are
 * LibreOffice's extension, and other programs show what they hold as text. */
#include "doc/document/odt_own.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    TEXT_WIDTH = 16600,
    LABEL_SHARE = 32, /* per cent of the width */
    CELL_RIGHT = TR_CELL_RIGHT,
    FRAME_SIDE = 500,
    LIST_INDENT = 600,
    ROW_MOST =
        1500,     /* bytes of a row that is kept on one page; a longer row may be higher than one */
    LETTERS = 32, /* of a blank in a line */
    LETTERS_ALONE = 64,
    PROMPT_MOST = 200 /* bytes of a prompt that count for its width */
};

/* A document on its way into content.xml. */
struct odt {
    const struct tr_document *d;
    struct tr_buf styles; /* automatic ones */
    struct tr_buf body;
    int n_styles;
    int width;        /* that blocks have */
    int frames;       /* how many are around the current block */
    bool after_table; /* a table is right above */

    /* the current runs */
    int line;             /* width that they have */
    struct tr_str label;  /* what stands beside them, or above */
    bool alone;           /* there is one run only */
    const char *style;    /* of their paragraph */
    bool open, heading;   /* the paragraph is open; it is a heading */
    bool in_line;         /* the next run is not the first of its line */
    int breaks;           /* to write before the next run */
    enum tr_node_kind at; /* kind of the run before */
};

/* ---- runs ---- */

static void put_run_text(struct odt *o, struct tr_str s, const char *style)
{
    if (o->at == TR_D_BOX) {
        while (s.len > 0 && *s.p == ' ')
            s = (struct tr_str){s.p + 1, s.len - 1};
        put(&o->body, "\u00A0");
    }
    if (style)
        tr_odt_put_span(&o->body, style, s);
    else
        tr_odt_put_text(&o->body, s);
}

static void put_box(struct odt *o, bool ticked)
{
    if (o->in_line)
        put(&o->body, "\u2002");
    put(&o->body, "<loext:content-control loext:checkbox=\"true\" loext:checked=\"");
    put(&o->body, ticked ? "true" : "false");
    put(&o->body, "\" loext:checked-state=\"☒\" loext:unchecked-state=\"☐\">");
    tr_odt_put_span(&o->body, "Box", ticked ? TR_STR("☒") : TR_STR("☐"));
    put(&o->body, "</loext:content-control>");
}

/* Opens a control. What is typed replaces all of its content and looks like the start of it. */
static void open_control(struct odt *o, struct tr_str prompt)
{
    put(&o->body, "<loext:content-control loext:showing-place-holder=\"true\" loext:alias=\"");
    tr_xml_put(&o->body, prompt);
    put(&o->body, "\">");
}

static void put_blank(struct odt *o, struct tr_str prompt)
{
    int letters = o->line / 100, most = o->alone ? LETTERS_ALONE : LETTERS;

    if (o->at == TR_D_BOX)
        put(&o->body, "\u00A0");
    open_control(o, prompt);
    tr_odt_put_span(&o->body, "Blank", TR_STR("\u00A0"));
    if (prompt.len > 0 && !tr_blank_is_said(prompt, o->label, &o->body.failed)) {
        tr_odt_put_span(&o->body, "Blank_20_prompt", prompt);
        letters -= 2 * (int)tr_text_width(tr_first_bytes(prompt, PROMPT_MOST));
    }
    letters = letters < most ? letters : most;
    put(&o->body, "<text:span text:style-name=\"Blank\">");
    for (int i = 0; i < letters || i < 2; i++)
        put(&o->body, "\u00A0");
    put(&o->body, "</text:span></loext:content-control>");
}

/* Opens the paragraph unless it is open. */
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
    tr_odt_put_length(to, o->line - 10);
    put(to, "\" style:type=\"right\" style:leader-style=\"solid\" style:leader-text=\"_\"/>"
            "</style:tab-stops></style:paragraph-properties></style:style>\n");
}

/* Ruled lines are a paragraph of their own. */
static void put_lines(struct odt *o, const struct tr_node *blank)
{
    char name[16];

    if (blank->text.len > 0 && !tr_blank_is_said(blank->text, o->label, &o->body.failed)) {
        if (o->open && o->in_line)
            put(&o->body, "<text:line-break/>");
        open_paragraph(o, strcmp(o->style, "Text_20_body") == 0 ? "Above" : o->style);
        tr_odt_put_span(&o->body, "Prompt", blank->text);
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

/* Writes a paragraph with the runs of the block, as wide as o->line. */
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

/* Two tables in a row would become one, and a cell must not end with a table: an empty paragraph
 * comes between. */
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
    tr_odt_put_length(to, width);
    put(to, "\"/></style:style>\n");
}

/* Opens a table as wide as o->width whose columns have these widths. whole: keep it on one page. */
static void open_table(struct odt *o, const struct tr_share *column, uint32_t n, bool whole)
{
    struct tr_buf *to = &o->styles;
    char name[16];

    put_apart(o);
    name_style(o, name);
    put(to, "<style:style style:name=\"");
    put(to, name);
    put(to, "\" style:family=\"table\"><style:table-properties style:width=\"");
    tr_odt_put_length(to, o->width);
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

/* Whether the value of the pair starts with ruled lines, with no words above them. */
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
    tr_odt_put_text(&o->body, node[at].text);
    close_paragraph(o);
    close_cell(o);
    open_cell(o, "Pair");
    o->line = width - CELL_RIGHT;
    put_paragraph(o, at, "Pair_20_value", node[at].text);
    close_cell(o);
    put(&o->body, "</table:table-row>\n");
}

/* Whether there are few pairs: they stay on one page, so that places for signatures are together.
 */
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

/* The heads at the start of the table are repeated on each page. */
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
        tr_columns_measure(o->d->node, at, column, n);
        tr_columns_share(column, n, o->width);
        open_table(o, column, n, false);
        put_rows(o, at, column, n);
        close_table(o);
    }
    o->body.failed |= n > 0 && !column;
    free(column);
}

/* ---- blocks ---- */

static void put_blocks(struct odt *o, uint32_t from, uint32_t end);

/* A frame is a table of one cell: only that may hold every kind of block and run over pages. */
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

/* ---- the part content.xml ---- */

void tr_odt_content(const struct tr_document *d, struct tr_buf *to)
{
    struct odt o = {.d = d, .width = TEXT_WIDTH};

    put_blocks(&o, 0, d->n);
    put_apart(&o);
    put(to, DECLARATION "<office:document-content" NAMESPACES ">");
    tr_odt_put_fonts(to);
    put(to, "<office:automatic-styles>\n");
    tr_odt_put_variants(to);
    tr_buf_str(to, tr_buf_slice(&o.styles));
    put(to, "</office:automatic-styles>\n<office:body><office:text>\n");
    tr_buf_str(to, tr_buf_slice(&o.body));
    put(to, "</office:text></office:body></office:document-content>\n");
    to->failed |= o.styles.failed | o.body.failed;
    tr_buf_clear(&o.styles);
    tr_buf_clear(&o.body);
}

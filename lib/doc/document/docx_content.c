/* The text of the document. Boxes and blanks are content controls, which Word shows as fields to fill
 * in: ECMA-376 part 1, 17.5.2, and [MS-DOCX] 2.5.1.5 for boxes. */
#include "doc/document/docx_own.h"

#include <stdlib.h>

#include "base/date.h"

enum {
    LABEL_SHARE = 32, /* per cent of the width */
    FRAME_SIDE = 500,
    LINE = 850,       /* height of a line to write on */
    ROW_MOST = 1500   /* bytes of a row that is kept on one page */
};

struct docx {
    const struct tr_document *d;
    struct tr_buf body;
    int width;            /* that blocks have */
    int frames;           /* how many are around the current block */
    int n_controls;
    bool after_table;     /* a table is right above */
    struct tr_str label;  /* what stands beside the current runs, or above */
    enum tr_node_kind at; /* kind of the run before */
};

/* ---- runs ---- */

/* Whether all of its spaces are kept without saying so: none at its ends, and no two in a row. */
static bool keeps_spaces(struct tr_str s)
{
    bool after = true;

    for (size_t i = 0; i < s.len; i++) {
        bool space = s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r';

        if (space && after)
            return false;
        after = space;
    }
    return !after;
}

void tr_docx_put_run(struct tr_buf *to, const char *style, struct tr_str text)
{
    put(to, "<w:r>");
    if (style) {
        put(to, "<w:rPr><w:rStyle w:val=\"");
        put(to, style);
        put(to, "\"/></w:rPr>");
    }
    put(to, keeps_spaces(text) ? "<w:t>" : "<w:t xml:space=\"preserve\">");
    tr_xml_put(to, text);
    put(to, "</w:t></w:r>");
}

/* Opens a control as far as its kind. */
static void open_control(struct docx *o, struct tr_str name, bool empty)
{
    struct tr_buf *to = &o->body;

    put(to, "<w:sdt><w:sdtPr>");
    if (name.len > 0) {
        put(to, "<w:alias w:val=\"");
        tr_xml_put(to, tr_first_bytes(name, 60));
        put(to, "\"/>");
    }
    put(to, "<w:id w:val=\"");
    tr_buf_num(to, 1000 + ++o->n_controls);
    put(to, empty ? "\"/><w:showingPlcHdr/>" : "\"/>");
}

static void put_choices(struct docx *o, const struct tr_list *list)
{
    put(&o->body, "<w:dropDownList>");
    for (int i = 0; i < list->n; i++) {
        put(&o->body, "<w:listItem w:displayText=\"");
        tr_xml_put(&o->body, list->entry[i].label[o->d->lang]);
        put(&o->body, "\" w:value=\"");
        tr_xml_put(&o->body, list->entry[i].code);
        put(&o->body, "\"/>");
    }
    put(&o->body, "</w:dropDownList>");
}

static void put_day(struct docx *o)
{
    put(&o->body, "<w:date><w:dateFormat w:val=\"");
    put(&o->body, o->d->lang == TR_EN ? "d MMMM yyyy" : "dd.MM.yyyy");
    put(&o->body, "\"/><w:lid w:val=\"");
    put(&o->body, tr_lang_tags[o->d->lang]);
    put(&o->body, "\"/><w:storeMappedDataAs w:val=\"dateTime\"/><w:calendar w:val=\"gregorian\"/>"
                  "</w:date>");
}

/* A field: what is in it, or words that go when something is typed. */
static void put_control(struct docx *o, const struct tr_node *run)
{
    bool empty = run->kind == TR_D_BLANK;
    struct tr_str name = empty && run->text.len > 0 ? run->text : o->label, shown = run->text;

    if (empty && (shown.len == 0 || tr_blank_is_said(shown, o->label, &o->body.failed)))
        shown = tr_document_word(o->d, "document.blank");
    open_control(o, name, empty);
    if (run->control == TR_C_CHOICE && run->choices)
        put_choices(o, run->choices);
    else if (run->control == TR_C_DATE)
        put_day(o);
    else
        put(&o->body, run->control == TR_C_LINES || run->level > 0 ? "<w:text w:multiLine=\"1\"/>"
                                                                   : "<w:text/>");
    put(&o->body, "</w:sdtPr><w:sdtContent>");
    tr_docx_put_run(&o->body, empty ? "Placeholder" : NULL, shown);
    put(&o->body, "</w:sdtContent></w:sdt>");
}

static void put_box(struct docx *o, bool ticked)
{
    open_control(o, TR_STR(""), false);
    put(&o->body, "<w14:checkbox><w14:checked w14:val=\"");
    put(&o->body, ticked ? "1" : "0");
    put(&o->body, "\"/><w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/>"
                  "<w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox>"
                  "</w:sdtPr><w:sdtContent>");
    tr_docx_put_run(&o->body, "Box", ticked ? TR_STR("☒") : TR_STR("☐"));
    put(&o->body, "</w:sdtContent></w:sdt>");
}

static void put_run(struct docx *o, const struct tr_node *run, bool first)
{
    bool words = tr_node_is_words(run->kind);

    if (run->kind == TR_D_BREAK) {
        put(&o->body, "<w:r><w:br/></w:r>");
    } else if (run->kind == TR_D_BOX) {
        if (!first && o->at != TR_D_BREAK)
            tr_docx_put_run(&o->body, NULL, TR_STR("\u2002"));
        put_box(o, run->level == 1);
    } else {
        if (o->at == TR_D_BOX)
            tr_docx_put_run(&o->body, NULL, TR_STR("\u00A0"));
        if (!first && run->kind == TR_D_BLANK && run->level > 0 && o->at != TR_D_BREAK)
            put(&o->body, "<w:r><w:br/></w:r>"); /* lines bring their own break */
        if (!words || run->control != TR_C_NONE)
            put_control(o, run);
        else
            tr_docx_put_run(&o->body, run->kind == TR_D_STRONG ? "Strong" : NULL, run->text);
    }
    o->at = run->kind;
}

/* A paragraph with the runs of the block. */
static void put_paragraph(struct docx *o, uint32_t block, const char *style, struct tr_str label)
{
    const struct tr_node *node = o->d->node;
    bool first = true;

    o->label = label;
    o->at = TR_D_TEXT;
    put(&o->body, "<w:p><w:pPr><w:pStyle w:val=\"");
    put(&o->body, style);
    put(&o->body, "\"/></w:pPr>");
    for (uint32_t i = block + 1; i < node[block].end; i++) {
        if (!tr_node_is_run(node[i].kind))
            continue;
        put_run(o, &node[i], first);
        first = false;
    }
    put(&o->body, "</w:p>\n");
    o->after_table = false;
}

static void put_text(struct docx *o, const char *style, struct tr_str text)
{
    put(&o->body, "<w:p><w:pPr><w:pStyle w:val=\"");
    put(&o->body, style);
    put(&o->body, "\"/></w:pPr>");
    tr_docx_put_run(&o->body, NULL, text);
    put(&o->body, "</w:p>");
}

/* ---- blocks ---- */

static void put_heading(struct docx *o, uint32_t at)
{
    int level = o->d->node[at].level;

    put_paragraph(o, at,
                  o->frames > 0 ? "FrameHeading"
                  : level <= 1  ? "Title"
                  : level == 2  ? "Heading2"
                                : "Heading3",
                  TR_STR(""));
}

static void put_text_block(struct docx *o, uint32_t at)
{
    put_paragraph(o, at,
                  o->frames > 0                      ? "FrameText"
                  : tr_block_introduces(o->d, at) ? "Introduction"
                                                     : "BodyText",
                  TR_STR(""));
}

static void put_list(struct docx *o, uint32_t at)
{
    const struct tr_node *node = o->d->node;

    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        put_paragraph(o, i, "ListBullet", TR_STR(""));
}

/* Two tables in a row would become one, and a cell must end with a paragraph. */
static void put_apart(struct docx *o)
{
    if (o->after_table)
        put(&o->body, "<w:p><w:pPr><w:pStyle w:val=\"Apart\"/></w:pPr></w:p>\n");
    o->after_table = false;
}

static void open_table(struct docx *o, const struct tr_share *column, uint32_t n, const char *style)
{
    put_apart(o);
    put(&o->body, "<w:tbl><w:tblPr><w:tblStyle w:val=\"");
    put(&o->body, style);
    put(&o->body, "\"/><w:tblW w:w=\"");
    tr_docx_put_length(&o->body, o->width);
    put(&o->body, "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook "
                  "w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" "
                  "w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>");
    for (uint32_t i = 0; i < n; i++) {
        put(&o->body, "<w:gridCol w:w=\"");
        tr_docx_put_length(&o->body, (int)column[i].width);
        put(&o->body, "\"/>");
    }
    put(&o->body, "</w:tblGrid>\n");
}

static void close_table(struct docx *o)
{
    put(&o->body, "</w:tbl>\n");
    o->after_table = true;
}

/* head: repeated on each page. */
static void open_row(struct docx *o, uint32_t at, bool head)
{
    const struct tr_node *node = o->d->node;
    size_t bytes = 0;
    int lines = 0;

    for (uint32_t i = at; i < node[at].end; i++) {
        bytes += node[i].text.len;
        if (node[i].kind == TR_D_BLANK && node[i].level > lines)
            lines = node[i].level < TR_BLANK_LINES_MOST ? node[i].level : TR_BLANK_LINES_MOST;
    }
    put(&o->body, "<w:tr><w:trPr>");
    put(&o->body, bytes <= ROW_MOST ? "<w:cantSplit/>" : "");
    if (lines > 0) {
        put(&o->body, "<w:trHeight w:val=\"");
        tr_docx_put_length(&o->body, lines * LINE);
        put(&o->body, "\" w:hRule=\"atLeast\"/>");
    }
    put(&o->body, head ? "<w:tblHeader/></w:trPr>" : "</w:trPr>");
}

static void open_cell(struct docx *o, double width)
{
    put(&o->body, "<w:tc><w:tcPr><w:tcW w:w=\"");
    tr_docx_put_length(&o->body, (int)width);
    put(&o->body, "\" w:type=\"dxa\"/></w:tcPr>");
    o->after_table = false;
}

static void close_cell(struct docx *o)
{
    put_apart(o);
    put(&o->body, "</w:tc>");
}

static void put_pairs(struct docx *o, uint32_t at)
{
    const struct tr_node *node = o->d->node;
    int label = o->width * LABEL_SHARE / 100;
    const struct tr_share column[] = {{.width = label}, {.width = o->width - label}};

    if (node[at].end == at + 1)
        return;
    open_table(o, column, 2, "Pairs");
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end) {
        open_row(o, i, false);
        open_cell(o, column[0].width);
        put_text(o, "PairLabel", node[i].text);
        close_cell(o);
        open_cell(o, column[1].width);
        put_paragraph(o, i, "PairValue", node[i].text);
        close_cell(o);
        put(&o->body, "</w:tr>\n");
    }
    close_table(o);
}

static void put_row(struct docx *o, uint32_t row, struct tr_share *column, uint32_t n)
{
    const struct tr_node *node = o->d->node;
    bool head = node[row].level == 1;
    uint32_t i = 0;

    open_row(o, row, head);
    for (uint32_t c = row + 1; c < node[row].end; c = node[c].end, i++) {
        open_cell(o, column[i].width);
        put_paragraph(o, c, head ? "TableHeading" : "TableContents",
                      head ? TR_STR("") : column[i].head);
        close_cell(o);
        if (head)
            column[i].head = node[c].end > c + 1 ? node[c + 1].text : TR_STR("");
    }
    for (; i < n; i++) {
        open_cell(o, column[i].width);
        put_text(o, "TableContents", TR_STR(""));
        close_cell(o);
    }
    put(&o->body, "</w:tr>\n");
}

static void put_table(struct docx *o, uint32_t at)
{
    const struct tr_node *node = o->d->node;
    uint32_t n = tr_columns_count(node, at);
    struct tr_share *column = n > 0 ? malloc(n * sizeof *column) : NULL;

    if (column) {
        tr_columns_measure(node, at, column, n);
        tr_columns_share(column, n, o->width);
        open_table(o, column, n, "Rows");
        for (uint32_t r = at + 1; r < node[at].end; r = node[r].end)
            put_row(o, r, column, n);
        close_table(o);
    }
    o->body.failed |= n > 0 && !column;
    free(column);
}

static void put_blocks(struct docx *o, uint32_t from, uint32_t end);

/* A frame is a table of one cell: that may run over pages. */
static void put_frame(struct docx *o, uint32_t at)
{
    const struct tr_node *node = o->d->node;
    const struct tr_share column = {.width = o->width};

    open_table(o, &column, 1, "Frame");
    put(&o->body, "<w:tr>");
    open_cell(o, o->width);
    o->frames++;
    o->width -= 2 * FRAME_SIDE;
    if (node[at].end == at + 1)
        put_text(o, "FrameText", TR_STR(""));
    put_blocks(o, at + 1, node[at].end);
    o->width += 2 * FRAME_SIDE;
    o->frames--;
    close_cell(o);
    put(&o->body, "</w:tr>\n");
    close_table(o);
}

static void put_blocks(struct docx *o, uint32_t from, uint32_t end)
{
    static void (*const write[TR_N_BLOCK_KINDS])(struct docx *, uint32_t) = {
        [TR_D_HEADING] = put_heading, [TR_D_PARAGRAPH] = put_text_block,
        [TR_D_LIST] = put_list,       [TR_D_PAIRS] = put_pairs,
        [TR_D_TABLE] = put_table,     [TR_D_FRAME] = put_frame};
    const struct tr_node *node = o->d->node;

    for (uint32_t i = from; i < end; i = node[i].end)
        if (!tr_node_is_run(node[i].kind) && write[node[i].kind])
            write[node[i].kind](o, i);
}

void tr_docx_content(const struct tr_document *d, struct tr_buf *to)
{
    struct docx o = {.d = d, .width = TR_DOCX_TEXT_WIDTH};

    put_blocks(&o, 0, d->n);
    put_apart(&o);
    put(to, WORD_DECLARATION "<w:document" WORD_NAMESPACES "><w:body>\n");
    tr_buf_str(to, tr_buf_slice(&o.body));
    put(to, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"foot\"/><w:pgSz w:w=\"11906\" "
            "w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1247\" w:bottom=\"1134\" "
            "w:left=\"1247\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
            "</w:body></w:document>\n");
    to->failed |= o.body.failed;
    tr_buf_clear(&o.body);
}

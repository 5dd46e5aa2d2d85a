/* The text of the document. Boxes and blanks are content controls, which Word shows as fields to fill
 * in: ECMA-376 part 1, 17.5.2, and [MS-DOCX] 2.5.1.5 for boxes. */
#include "doc/document/docx_own.h"

#include "base/date.h"
#include "doc/document/walk_own.h"

enum { LINE = 850 }; /* height of a line to write on */

struct docx {
    struct tr_walk w;
    int n_controls;
};

static struct docx *docx_of(struct tr_walk *w)
{
    return (struct docx *)(void *)w;
}

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
    struct tr_buf *to = &o->w.body;

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
    put(&o->w.body, "<w:dropDownList>");
    for (int i = 0; i < list->n; i++) {
        put(&o->w.body, "<w:listItem w:displayText=\"");
        tr_xml_put(&o->w.body, list->entry[i].label[o->w.d->lang]);
        put(&o->w.body, "\" w:value=\"");
        tr_xml_put(&o->w.body, list->entry[i].code);
        put(&o->w.body, "\"/>");
    }
    put(&o->w.body, "</w:dropDownList>");
}

/* What Word shows is the text; the calendar that it opens starts from fullDate. */
static void put_day(struct docx *o, int32_t day)
{
    char iso[TR_DATE_LEN + 1] = "";

    put(&o->w.body, "<w:date");
    if (day != TR_NO_DAY) {
        tr_date_iso(tr_date_of(day), iso);
        put(&o->w.body, " w:fullDate=\"");
        put(&o->w.body, iso);
        put(&o->w.body, "T00:00:00Z\"");
    }
    put(&o->w.body, "><w:dateFormat w:val=\"");
    put(&o->w.body, o->w.d->lang == TR_EN ? "d MMMM yyyy" : "dd.MM.yyyy");
    put(&o->w.body, "\"/><w:lid w:val=\"");
    put(&o->w.body, tr_lang_tags[o->w.d->lang]);
    put(&o->w.body, "\"/><w:storeMappedDataAs w:val=\"dateTime\"/><w:calendar w:val=\"gregorian\"/>"
                  "</w:date>");
}

/* A field: what is in it, or words that go when something is typed. */
static void put_control(struct docx *o, const struct tr_node *run)
{
    bool empty = run->kind == TR_D_BLANK;
    struct tr_str name = empty && run->text.len > 0 ? run->text : o->w.label, shown = run->text;

    if (empty && (shown.len == 0 || tr_blank_is_said(shown, o->w.label, &o->w.body.failed)))
        shown = tr_document_word(o->w.d, "document.blank");
    open_control(o, name, empty);
    if (run->control == TR_C_CHOICE && run->choices)
        put_choices(o, run->choices);
    else if (run->control == TR_C_DATE)
        put_day(o, empty ? TR_NO_DAY : run->day);
    else
        put(&o->w.body, run->control == TR_C_LINES || run->level > 0 ? "<w:text w:multiLine=\"1\"/>"
                                                                   : "<w:text/>");
    put(&o->w.body, "</w:sdtPr><w:sdtContent>");
    tr_docx_put_run(&o->w.body, empty ? "Placeholder" : NULL, shown);
    put(&o->w.body, "</w:sdtContent></w:sdt>");
}

static void put_box(struct docx *o, bool ticked)
{
    open_control(o, TR_STR(""), false);
    put(&o->w.body, "<w14:checkbox><w14:checked w14:val=\"");
    put(&o->w.body, ticked ? "1" : "0");
    put(&o->w.body, "\"/><w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/>"
                  "<w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox>"
                  "</w:sdtPr><w:sdtContent>");
    tr_docx_put_run(&o->w.body, "Box", ticked ? TR_STR("☒") : TR_STR("☐"));
    put(&o->w.body, "</w:sdtContent></w:sdt>");
}

static void put_run(struct docx *o, const struct tr_node *run, bool first)
{
    bool words = tr_node_is_words(run->kind);

    if (run->kind == TR_D_BREAK) {
        put(&o->w.body, "<w:r><w:br/></w:r>");
    } else if (run->kind == TR_D_BOX) {
        if (!first && o->w.at != TR_D_BREAK)
            tr_docx_put_run(&o->w.body, NULL, TR_STR("\u2002"));
        put_box(o, run->level == 1);
    } else {
        if (o->w.at == TR_D_BOX)
            tr_docx_put_run(&o->w.body, NULL, TR_STR("\u00A0"));
        if (!first && run->kind == TR_D_BLANK && run->level > 0 && o->w.at != TR_D_BREAK)
            put(&o->w.body, "<w:r><w:br/></w:r>"); /* lines bring their own break */
        if (!words || run->control != TR_C_NONE)
            put_control(o, run);
        else
            tr_docx_put_run(&o->w.body, run->kind == TR_D_STRONG ? "Strong" : NULL, run->text);
    }
    o->w.at = run->kind;
}

/* ---- marks ---- */

static const char *const styles[TR_N_WALK_PARTS] = {
    [TR_WALK_TITLE] = "Title",
    [TR_WALK_HEADING_2] = "Heading2",
    [TR_WALK_HEADING_3] = "Heading3",
    [TR_WALK_FRAME_HEADING] = "FrameHeading",
    [TR_WALK_TEXT] = "BodyText",
    [TR_WALK_INTRODUCTION] = "Introduction",
    [TR_WALK_FRAME_TEXT] = "FrameText",
    [TR_WALK_ITEM] = "ListBullet",
    [TR_WALK_LAST_ITEM] = "ListBulletLast",
    [TR_WALK_LABEL] = "PairLabel",
    [TR_WALK_LABEL_LOW] = "PairLabel",
    [TR_WALK_VALUE] = "PairValue",
    [TR_WALK_HEAD] = "TableHeading",
    [TR_WALK_CELL] = "TableContents",
};

/* Tables have no room of their own below them; headings bring theirs. */
static void open_paragraph(struct tr_walk *w, enum tr_walk_part part)
{
    bool apart = w->after_table && part > TR_WALK_HEADING_3;

    put(&w->body, "<w:p><w:pPr><w:pStyle w:val=\"");
    put(&w->body, styles[part]);
    put(&w->body, apart ? "\"/><w:spacing w:before=\"200\"/></w:pPr>" : "\"/></w:pPr>");
}

static void put_paragraph(struct tr_walk *w, uint32_t block, enum tr_walk_part part)
{
    const struct tr_node *node = w->d->node;
    bool first = true;

    open_paragraph(w, part);
    for (uint32_t i = block + 1; i < node[block].end; i++) {
        if (!tr_node_is_run(node[i].kind))
            continue;
        put_run(docx_of(w), &node[i], first);
        first = false;
    }
    put(&w->body, "</w:p>\n");
}

static void put_words(struct tr_walk *w, enum tr_walk_part part, struct tr_str words)
{
    open_paragraph(w, part);
    tr_docx_put_run(&w->body, NULL, words);
    put(&w->body, "</w:p>");
}

static void open_table(struct tr_walk *w, enum tr_walk_table table, const struct tr_share *column, uint32_t n,
                       bool whole)
{
    static const char *const looks[TR_N_WALK_TABLES] = {
        [TR_WALK_PAIRS] = "Pairs", [TR_WALK_ROWS] = "Rows", [TR_WALK_FRAME] = "Frame"};

    (void)whole; /* Word keeps rows whole, not tables */
    put(&w->body, "<w:tbl><w:tblPr><w:tblStyle w:val=\"");
    put(&w->body, looks[table]);
    put(&w->body, "\"/><w:tblW w:w=\"");
    tr_docx_put_length(&w->body, w->width);
    put(&w->body, "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook "
                  "w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" "
                  "w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>");
    for (uint32_t i = 0; i < n; i++) {
        put(&w->body, "<w:gridCol w:w=\"");
        tr_docx_put_length(&w->body, (int)column[i].width);
        put(&w->body, "\"/>");
    }
    put(&w->body, "</w:tblGrid>\n");
}

static void open_row(struct tr_walk *w, enum tr_walk_table table, uint32_t at, bool head, size_t bytes)
{
    const struct tr_node *node = w->d->node;
    int lines = 0;

    if (table == TR_WALK_FRAME) {
        put(&w->body, "<w:tr>");
        return;
    }
    for (uint32_t i = at; i < node[at].end; i++)
        if (node[i].kind == TR_D_BLANK && node[i].level > lines)
            lines = node[i].level < TR_BLANK_LINES_MOST ? node[i].level : TR_BLANK_LINES_MOST;
    put(&w->body, "<w:tr><w:trPr>");
    put(&w->body, bytes <= TR_WALK_ROW_MOST ? "<w:cantSplit/>" : "");
    if (lines > 0) {
        put(&w->body, "<w:trHeight w:val=\"");
        tr_docx_put_length(&w->body, lines * LINE);
        put(&w->body, "\" w:hRule=\"atLeast\"/>");
    }
    put(&w->body, head ? "<w:tblHeader/></w:trPr>" : "</w:trPr>");
}

static void open_cell(struct tr_walk *w, enum tr_walk_table table, bool head, int width)
{
    (void)table, (void)head; /* the table's style tells */
    put(&w->body, "<w:tc><w:tcPr><w:tcW w:w=\"");
    tr_docx_put_length(&w->body, width);
    put(&w->body, "\" w:type=\"dxa\"/></w:tcPr>");
}

static const struct tr_walk_marks marks = {
    .paragraph = put_paragraph,
    .words = put_words,
    .open_table = open_table,
    .open_row = open_row,
    .open_cell = open_cell,
    .close_cell = "</w:tc>",
    .close_row = "</w:tr>\n",
    .close_table = "</w:tbl>\n",
    .open_heads = "",
    .close_heads = "",
    .open_list = "",
    .open_item = "",
    .close_item = "",
    .close_list = "",
    .apart = "<w:p><w:pPr><w:pStyle w:val=\"Apart\"/></w:pPr></w:p>\n",
};

void tr_docx_content(const struct tr_document *d, struct tr_buf *to)
{
    struct docx o = {.w = {.d = d, .marks = &marks, .width = TR_DOCX_TEXT_WIDTH}};

    tr_walk_document(&o.w);
    put(to, WORD_DECLARATION "<w:document" WORD_NAMESPACES "><w:body>\n");
    tr_buf_str(to, tr_buf_slice(&o.w.body));
    put(to, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"foot\"/><w:pgSz w:w=\"11906\" "
            "w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1247\" w:bottom=\"1134\" "
            "w:left=\"1247\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
            "</w:body></w:document>\n");
    to->failed |= o.w.body.failed;
    tr_buf_clear(&o.w.body);
}

#include "doc/document/document_writer.h"

#include <stdio.h>

#include "base/text.h"
#include "doc/document/html_own.h"

enum { LONG_WORD = 24 };

/* Text has a contrast of at least 7:1, boxes and lines to write on at least 3:1. Words are cut only
 * when they are too long for any column. Wide tables scroll, and can be reached by keyboard. On
 * paper (A4, portrait) heads are repeated on every page and no row is divided. */
static const char style_sheet[] =
    "body{margin:0;background:#fff;color:#1a1a1a;overflow-wrap:anywhere;"
    "font:1rem/1.5 \"Source Sans 3\",\"Segoe UI\",\"Noto Sans\",Roboto,Arial,sans-serif}\n"
    "main,footer{max-width:50rem;margin:0 auto;padding:0 1rem}\n"
    "main{padding-top:2rem;padding-bottom:1rem}\n"
    "footer{padding-bottom:2rem;color:#444;font-size:.875rem}\n"
    "footer p{max-width:none;border-top:1px solid #c4c9ce;padding-top:.5rem}\n"
    "h1{font-size:1.75rem;line-height:1.25;margin:0 0 1rem}\n"
    "h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .5rem}\n"
    "h3{font-size:1.0625rem;margin:1.5rem 0 .25rem}\n"
    "p{max-width:42rem;margin:.5rem 0}\n"
    "ul{margin:.5rem 0;padding-left:1.25rem}\n"
    "li{margin:.15rem 0}\n"
    "dl{display:grid;grid-template-columns:fit-content(15rem) 1fr;gap:.25rem 1.25rem;"
    "align-items:baseline;margin:.75rem 0}\n"
    "dt{font-weight:600}\n"
    "dd{margin:0}\n"
    ".frame>:first-child{margin-top:0}\n"
    ".frame{margin:1rem 0;padding:.5rem 1rem;border:1px solid #6b7785;border-left-width:.3rem;"
    "background:#f4f6f8}\n"
    ".scroll{overflow-x:auto;margin:1rem 0}\n"
    ".scroll:focus-visible{outline:3px solid #0b57d0;outline-offset:3px}\n"
    "table{border-collapse:collapse;width:100%;line-height:1.35;overflow-wrap:normal;"
    "font-variant-numeric:tabular-nums lining-nums}\n"
    "th,td{padding:.4rem .6rem;border-bottom:1px solid #c4c9ce;text-align:left;"
    "vertical-align:top}\n"
    "th:first-child,td:first-child{padding-left:0}\n"
    "tbody th{font-weight:400}\n"
    "thead th,thead td{vertical-align:bottom;border-bottom:2px solid #1a1a1a}\n"
    ".long{overflow-wrap:anywhere}\n"
    ".box{font-family:\"Segoe UI Symbol\",\"Apple Symbols\",\"Noto Sans Symbols 2\","
    "\"DejaVu Sans\",sans-serif;font-size:1.15em;line-height:1}\n"
    ".tick{list-style:none;text-indent:-1.4em}\n"
    "li.tick{margin-left:-1.25rem}\n"
    ".tick,th.tick:first-child,td.tick:first-child{padding-left:1.4em}\n"
    ".blank{display:inline-block;min-width:7em;height:1.2em;border-bottom:1px solid #555;"
    "vertical-align:baseline}\n"
    "dd>.blank{min-width:14em;height:1.6em}\n"
    "td>.blank{min-width:min(5em,100%)}\n"
    ".lines,.lines span{display:block;text-indent:0}\n"
    ".lines span{height:2.1em;border-bottom:1px solid #555}\n"
    "td .lines{padding-bottom:.35rem}\n"
    "small{font-size:.875em;color:#444}\n"
    "@media (max-width:40rem){dl{display:block}dd{margin:0 0 .5rem}table{min-width:36rem}}\n"
    "@page{size:A4;margin:18mm 18mm 20mm;@bottom-left{font:8pt Arial,sans-serif;color:#444}"
    "@bottom-right{font:8pt Arial,sans-serif;color:#444;"
    "content:counter(page) \" / \" counter(pages)}}\n"
    "@media print{body{font-size:10.5pt;line-height:1.4}"
    "main,footer{max-width:none;padding:0}footer{font-size:8.5pt;margin-top:1.5rem}p{max-width:"
    "none;orphans:3;widows:3}"
    ".scroll{overflow:visible}table{min-width:0;font-size:.95em}th,td{padding:.3rem .45rem}"
    "thead{display:table-header-group}tr,dt,dd,li,.lines span{break-inside:avoid}"
    ".frame{break-inside:avoid}h1,h2,h3,dt{break-after:avoid}h2{margin-top:1.75rem}}\n";

/* ---- runs ---- */

/* Starts a box or ruled lines: a picture with a name, for those who do not see it. */
static void start_picture(struct tr_page *page, const char *class, struct tr_str name)
{
    tr_out_text(page->out, "<span class=\"");
    tr_out_text(page->out, class);
    tr_page_element(page, "\" role=\"img\" aria-label=\"", name, "\">");
}

static void write_box(struct tr_page *page, const struct tr_node *box)
{
    bool ticked = box->level > 0;

    start_picture(page, "box", page->box[ticked]);
    tr_out_text(page->out, ticked ? "☑</span>" : "☐</span>");
}

/* A space in the line, or ruled lines. The name says what is to be written there. */
static void write_blank(struct tr_page *page, const struct tr_node *blank)
{
    const struct tr_fill fills[] = {{"value", blank->text}, {NULL, {NULL, 0}}};
    struct tr_buf name = {0};

    if (blank->text.len > 0)
        tr_text_fill(tr_document_word(page->d, "document.blank.what"), fills, &name);
    start_picture(page, blank->level > 0 ? "lines" : "blank",
                  blank->text.len > 0 ? tr_buf_slice(&name) : page->blank);
    for (int i = 0; i < blank->level && i < TR_BLANK_LINES_MOST; i++)
        tr_out_text(page->out, "<span></span>");
    tr_out_text(page->out, "</span>");
    page->out->buf.failed |= name.failed;
    tr_buf_clear(&name);
}

/* Boxes are set apart from the text before; what follows a box stays on its line. */
static void write_run(struct tr_page *page, const struct tr_node *run, const struct tr_node *before)
{
    struct tr_str s = run->text;

    if (before && before->kind == TR_D_BOX && run->kind != TR_D_BREAK) {
        tr_out_text(page->out, "&nbsp;");
        while (s.len > 0 && *s.p == ' ')
            s = (struct tr_str){s.p + 1, s.len - 1};
    }
    if (run->kind == TR_D_TEXT) {
        tr_escape_html(s, page->out);
    } else if (run->kind == TR_D_STRONG) {
        tr_page_element(page, "<strong>", s, "</strong>");
    } else if (run->kind == TR_D_BOX) {
        tr_out_text(page->out,
                    before && before->kind != TR_D_BOX && before->kind != TR_D_BREAK ? " " : "");
        write_box(page, run);
    } else if (run->kind == TR_D_BLANK) {
        write_blank(page, run);
    } else if (!before || before->kind != TR_D_BLANK || before->level <= 0) {
        tr_out_text(page->out, "<br>"); /* ruled lines bring their own last break */
    }
}

static void write_runs(struct tr_page *page, uint32_t block)
{
    const struct tr_node *node = page->d->node;
    const struct tr_node *before = NULL;
    bool fields = page->d->fields;

    for (uint32_t i = block + 1, next; i < node[block].end; i = next) {
        next = i + 1;
        if (!tr_node_is_run(node[i].kind))
            continue;
        if (fields && tr_node_is_field(&node[i]))
            next = tr_html_field(page, i, node[block].end);
        else
            write_run(page, &node[i], before);
        before = fields && tr_node_is_field(&node[i]) ? NULL : &node[i];
    }
}

/* ---- blocks ---- */

/* Whether the block starts with a box and has no other below it: its text is then aligned after the
 * box. */
static bool ticks(const struct tr_node *node, uint32_t block)
{
    if (node[block].end == block + 1 || node[block + 1].kind != TR_D_BOX)
        return false;
    for (uint32_t i = block + 2; i < node[block].end; i++)
        if (node[i].kind == TR_D_BOX && node[i - 1].kind == TR_D_BREAK)
            return false;
    return true;
}

static bool long_word(struct tr_str s)
{
    struct tr_str word;

    while (s.len > LONG_WORD && tr_str_part(&s, ' ', &word))
        if (word.len > LONG_WORD)
            return true;
    return false;
}

static bool has_long_word(const struct tr_node *node, uint32_t block)
{
    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (long_word(node[i].text))
            return true;
    return false;
}

/* Whether the block holds words; with pictures: words, boxes or blanks. */
static bool says(const struct tr_node *node, uint32_t block, bool pictures)
{
    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (node[i].kind == TR_D_BOX || node[i].kind == TR_D_BLANK
                ? pictures
                : tr_text_trim(node[i].text).len > 0)
            return true;
    return false;
}

/* Writes the runs of a block between <name attributes> and </name>. */
static void write_element(struct tr_page *page, const char *name, const char *attributes,
                          uint32_t block)
{
    static const char *const classes[] = {"", " class=\"tick\"", " class=\"long\"",
                                          " class=\"tick long\""};
    const struct tr_node *node = page->d->node;
    bool cell = node[block].kind == TR_D_CELL;

    tr_out_char(page->out, '<');
    tr_out_text(page->out, name);
    tr_out_text(page->out, attributes);
    tr_out_text(page->out, classes[ticks(node, block) + 2 * (cell && has_long_word(node, block))]);
    tr_out_char(page->out, '>');
    write_runs(page, block);
    tr_out_text(page->out, "</");
    tr_out_text(page->out, name);
    tr_out_char(page->out, '>');
}

static void write_paragraph(struct tr_page *page, uint32_t at)
{
    if (!says(page->d->node, at, true))
        return;
    write_element(page, "p", "", at);
    tr_out_char(page->out, '\n');
}

/* A heading is at most one level below the one before: no level is skipped. */
static void write_heading(struct tr_page *page, uint32_t at)
{
    static const char *const names[] = {"h1", "h2", "h3"};
    int level = page->d->node[at].level;
    char id[24];

    if (!says(page->d->node, at, false))
        return;
    level = level > page->level ? page->level + 1 : level;
    page->level = level < 1 ? 1 : level > 3 ? 3 : level;
    snprintf(id, sizeof id, " id=\"s%u\"", ++page->headings);
    write_element(page, names[page->level - 1], id, at);
    tr_out_char(page->out, '\n');
}

/* The first words of the block. */
static struct tr_str words_of(const struct tr_page *page, uint32_t block)
{
    const struct tr_node *node = page->d->node;

    return node[block].end > block + 1 && tr_node_is_words(node[block + 1].kind)
               ? tr_text_trim(node[block + 1].text)
               : TR_STR("");
}

static void write_list(struct tr_page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;

    tr_out_text(page->out, "<ul>\n");
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end) {
        page->row = words_of(page, i);
        write_element(page, "li", "", i);
        tr_out_char(page->out, '\n');
    }
    page->row = TR_STR("");
    tr_out_text(page->out, "</ul>\n");
}

/* The label of a pair is that of its first field. */
static void write_pair_label(struct tr_page *page, uint32_t pair)
{
    struct tr_buf name = {0};

    page->labelled = page->d->fields ? tr_html_first_field(page, pair) : 0;
    page->row = page->d->node[pair].text;
    if (page->labelled == 0) {
        tr_page_element(page, "<dt>", page->row, "</dt>");
        return;
    }
    tr_html_field_name(page->labelled, &name);
    tr_page_element(page, "<dt><label for=\"", tr_buf_slice(&name), "\">");
    tr_page_element(page, "", page->row, "</label></dt>");
    page->out->buf.failed |= name.failed;
    tr_buf_clear(&name);
}

static void write_pairs(struct tr_page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;

    tr_out_text(page->out, "<dl>\n");
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end) {
        write_pair_label(page, i);
        write_element(page, "dd", "", i);
        tr_out_char(page->out, '\n');
    }
    page->labelled = 0;
    page->row = TR_STR("");
    tr_out_text(page->out, "</dl>\n");
}

/* ---- tables ---- */

/* What the cell below number c of the heads is called. */
static struct tr_str head_of(const struct tr_page *page, uint32_t table, uint32_t c)
{
    const struct tr_node *node = page->d->node;
    uint32_t at = table + 2;

    if (node[table + 1].level == 0)
        return TR_STR("");
    while (c-- > 0 && at < node[table + 1].end)
        at = node[at].end;
    return at < node[table + 1].end ? words_of(page, at) : TR_STR("");
}

static void write_row(struct tr_page *page, uint32_t table, uint32_t row, bool keyed)
{
    const struct tr_node *node = page->d->node;
    bool head = node[row].level > 0;
    uint32_t n = 0;

    page->row = node[row].end > row + 1 ? words_of(page, row + 1) : TR_STR("");
    tr_out_text(page->out, "<tr>");
    for (uint32_t c = row + 1; c < node[row].end; c = node[c].end) {
        bool key = keyed && c == row + 1;

        page->column = head ? TR_STR("") : head_of(page, table, n++);
        if ((head || key) && says(node, c, false))
            write_element(page, "th", head ? " scope=\"col\"" : " scope=\"row\"", c);
        else
            write_element(page, "td", "", c);
    }
    page->row = page->column = TR_STR("");
    tr_out_text(page->out, "</tr>\n");
}

static void write_widths(struct tr_page *page, struct tr_str weights)
{
    struct tr_str rest = weights;
    unsigned sum = 0;
    char column[40];

    if (weights.len == 0)
        return;
    while (rest.p)
        sum += (unsigned)tr_columns_weight(&rest);
    tr_out_text(page->out, "<colgroup>");
    for (rest = weights; rest.p;) {
        snprintf(column, sizeof column, "<col style=\"width:%u%%\">",
                 100 * (unsigned)tr_columns_weight(&rest) / sum);
        tr_out_text(page->out, column);
    }
    tr_out_text(page->out, "</colgroup>\n");
}

static struct tr_str title_of(const struct tr_document *d)
{
    return d->title.len > 0 ? d->title : tr_document_word(d, "document.untitled");
}

/* Names a table by the heading above it, else by the title of the document. */
static void write_name(struct tr_page *page)
{
    char name[40];

    if (page->headings == 0) {
        tr_page_element(page, " aria-label=\"", title_of(page->d), "\"");
        return;
    }
    snprintf(name, sizeof name, " aria-labelledby=\"s%u\"", page->headings);
    tr_out_text(page->out, name);
}

static void write_table(struct tr_page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;
    uint32_t r = at + 1, end = node[at].end;
    bool headed = node[r].level > 0;

    tr_out_text(page->out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
    write_name(page);
    tr_out_text(page->out, ">\n<table");
    write_name(page);
    tr_out_text(page->out, ">\n");
    write_widths(page, node[at].text);
    tr_out_text(page->out, headed ? "<thead>\n" : "");
    for (; r < end && node[r].level > 0; r = node[r].end)
        write_row(page, at, r, false);
    tr_out_text(page->out, headed ? "</thead>\n" : "");
    tr_out_text(page->out, "<tbody>\n");
    for (; r < end; r = node[r].end)
        write_row(page, at, r, headed);
    tr_out_text(page->out, "</tbody>\n</table>\n");
    if (page->d->fields)
        tr_html_more_rows(page, at);
    tr_out_text(page->out, "</div>\n");
}

/* ---- the page ---- */

static void write_blocks(struct tr_page *page, uint32_t at, uint32_t end);

static void write_frame(struct tr_page *page, uint32_t at)
{
    tr_out_text(page->out, "<div class=\"frame\" role=\"note\">\n");
    write_blocks(page, at + 1, page->d->node[at].end);
    tr_out_text(page->out, "</div>\n");
}

static void write_blocks(struct tr_page *page, uint32_t at, uint32_t end)
{
    static void (*const write[TR_N_BLOCK_KINDS])(struct tr_page *, uint32_t) = {
        [TR_D_HEADING] = write_heading, [TR_D_PARAGRAPH] = write_paragraph,
        [TR_D_LIST] = write_list,       [TR_D_PAIRS] = write_pairs,
        [TR_D_TABLE] = write_table,     [TR_D_FRAME] = write_frame};
    const struct tr_node *node = page->d->node;

    for (; at < end; at = node[at].end)
        if (!tr_node_is_run(node[at].kind) && write[node[at].kind] && node[at].end > at + 1)
            write[node[at].kind](page, at);
}

/* Writes a string of a style sheet: all but letters, digits and spaces by their numbers. */
static void write_style_string(struct tr_str s, struct tr_out *out)
{
    char number[8];

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == ' ' || c >= 0x80 || (c >= '0' && c <= '9') ||
            ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
            tr_out_char(out, (char)c);
            continue;
        }
        snprintf(number, sizeof number, "\\%x ", c);
        tr_out_text(out, number);
    }
}

/* The foot of each printed page, in browsers that can print one. */
static void write_page_foot(const struct tr_document *d, struct tr_out *out)
{
    const struct tr_fill fills[] = {{"value", d->reference}, {NULL, {NULL, 0}}};
    struct tr_buf foot = {0};

    if (d->reference.len > 0)
        tr_text_fill(tr_document_word(d, "document.reference"), fills, &foot);
    tr_out_text(out, "@page{@bottom-left{content:\"");
    write_style_string(tr_buf_slice(&foot), out);
    tr_out_text(out, "\"}}\n");
    out->buf.failed |= foot.failed;
    tr_buf_clear(&foot);
}

static void write_head(struct tr_page *page)
{
    struct tr_out *out = page->out;

    tr_out_text(out, "<!DOCTYPE html>\n<html lang=\"");
    tr_out_text(out, tr_lang_names[page->d->lang]);
    tr_page_element(page,
            "\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
            title_of(page->d), "</title>\n<style>\n");
    tr_out_text(out, style_sheet);
    write_page_foot(page->d, out);
    tr_out_text(out, "</style>\n");
    if (page->d->fields)
        tr_html_form_head(page);
    tr_out_text(out, "</head>\n<body>\n");
}

static void write_foot(struct tr_page *page)
{
    struct tr_buf foot = {0};

    tr_document_foot(page->d, &foot);
    if (foot.len > 0)
        tr_page_element(page, "<footer>\n<p>", tr_buf_slice(&foot), "</p>\n</footer>\n");
    page->out->buf.failed |= foot.failed;
    tr_buf_clear(&foot);
}

static struct tr_page start_page(const struct tr_document *d, struct tr_out *out)
{
    out->buf.failed |= d->failed;
    return (struct tr_page){
        .d = d,
        .out = out,
        .blank = tr_document_word(d, "document.blank"),
        .box = {tr_document_word(d, "document.box"), tr_document_word(d, "document.box.ticked")}};
}

void tr_document_html_bare(const struct tr_document *d, struct tr_out *out)
{
    struct tr_page page = start_page(d, out);

    page.bare = true;
    if (d->failed)
        return;
    tr_page_element(&page, "<meta name=\"transition-form\" content=\"", d->form, "\">\n");
    write_blocks(&page, 0, d->n);
}

int tr_document_html(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    struct tr_page page = start_page(d, out);

    (void)err;
    if (d->failed)
        return 0;
    write_head(&page);
    tr_out_text(out, "<main>\n");
    if (d->fields)
        tr_html_form_start(&page);
    write_blocks(&page, 0, d->n);
    if (d->fields)
        tr_html_form_end(&page);
    tr_out_text(out, "</main>\n");
    write_foot(&page);
    tr_out_text(out, "</body>\n</html>\n");
    return 0;
}

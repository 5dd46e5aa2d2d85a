#include "doc/document/document_writer.h"

#include "base/text.h"
#include "doc/document/document_own.h"

/* Where runs are written. */
enum place {
    IN_BLOCK, /* may take several lines */
    IN_ITEM,  /* the same; a box at its start makes it an item of a task list */
    IN_LINE,  /* a heading: always one line */
    IN_CELL   /* one line, in which <br> breaks */
};

struct page {
    const struct tr_document *d;
    struct tr_out *out;
    int frames;   /* how many are around the current block */
    bool started; /* there is something above to set the next block apart from */
    char bullet;  /* of the current list or of the one right above; else 0 */

    /* the current runs */
    enum place place;
    bool begun;           /* some of them is written */
    bool fresh;           /* at the start of a line, where more characters act as markup */
    bool space;           /* write one before the next run */
    size_t breaks;        /* line ends to write before the next run */
    char last;            /* the last character written */
    enum tr_node_kind at; /* kind of the run before */
};

/* ---- text ---- */

/* Escapes for what would act as markup: a backslash for punctuation; an entity for HTML, mentions
 * and formulas. */
static const char *const escapes[256] = {
    ['\\'] = "\\\\", ['`'] = "\\`",   ['*'] = "\\*",   ['_'] = "\\_",  ['['] = "\\[",
    [']'] = "\\]",   ['|'] = "\\|",   ['~'] = "\\~",   ['#'] = "\\#",  ['<'] = "&lt;",
    ['>'] = "&gt;",  ['&'] = "&amp;", ['@'] = "&#64;", ['$'] = "&#36;"};

static void escape(struct tr_str s, struct tr_out *out)
{
    const char *at = s.p, *end = s.p + s.len;

    for (const char *p = at; p < end; p++) {
        const char *instead = escapes[(unsigned char)*p];

        if (!instead)
            continue;
        tr_out_add(out, at, (size_t)(p - at));
        tr_out_text(out, instead);
        at = p + 1;
    }
    tr_out_add(out, at, (size_t)(end - at));
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The place in s of a character that would make the line a list, a heading or a rule; s.len: none.
 */
static size_t find_mark(const struct page *page, struct tr_str s)
{
    size_t n = 0;

    if (page->fresh && strchr("-+=:", *s.p))
        return 0;
    while (page->fresh && n < s.len && digit(s.p[n]))
        n++;
    if (n < s.len && (s.p[n] == '.' || s.p[n] == ')') && (n > 0 || digit(page->last)))
        return n;
    return s.len;
}

static void start_line(struct page *page)
{
    for (int i = 0; i < page->frames; i++)
        tr_out_text(page->out, "> ");
}

static void write_break(struct page *page)
{
    if (page->place == IN_LINE || page->place == IN_CELL) {
        tr_out_text(page->out, page->place == IN_LINE ? " " : "<br>");
        return;
    }
    tr_out_text(page->out, "\\\n");
    start_line(page);
    tr_out_text(page->out, page->place == IN_ITEM ? "  " : "");
    page->fresh = true;
}

/* Writes the space or line ends between two runs. */
static void join(struct page *page)
{
    if (page->begun) {
        for (size_t i = 0; i < page->breaks; i++)
            write_break(page);
        if (page->space && page->breaks == 0) {
            tr_out_char(page->out, ' ');
            page->last = ' ';
        }
    }
    page->breaks = 0;
    page->space = false;
    page->begun = true;
}

/* Writes text between two marks. Spaces at its ends go outside: marks work only next to words. */
static void write_text(struct page *page, struct tr_str s, const char *before, const char *behind)
{
    struct tr_str text = tr_text_trim(s);
    size_t mark;

    page->space |= text.len < s.len && (text.len == 0 || text.p > s.p);
    if (text.len == 0)
        return;
    join(page);
    tr_out_text(page->out, before);
    page->fresh &= *before == '\0';
    mark = find_mark(page, text);
    if (mark < text.len) {
        tr_out_add(page->out, text.p, mark);
        tr_out_char(page->out, '\\');
        text = (struct tr_str){text.p + mark, text.len - mark};
    }
    escape(text, page->out);
    tr_out_text(page->out, behind);
    page->space = text.p + text.len < s.p + s.len;
    page->fresh = false;
    page->last = *behind ? '*' : text.p[text.len - 1];
}

/* ---- runs ---- */

/* Asterisks work only beside a space or the end of a line; elsewhere the HTML element is used. */
static void write_strong(struct page *page, const struct tr_node *run, const struct tr_node *next)
{
    struct tr_str s = run->text;
    bool before = !page->begun || page->space || page->breaks > 0 || (s.len > 0 && *s.p == ' ');
    bool behind = (s.len > 0 && s.p[s.len - 1] == ' ') || !next || !tr_node_is_words(next->kind) ||
                  (next->text.len > 0 && strchr(" .,:;!?)", *next->text.p));

    if (before && behind)
        write_text(page, s, "**", "**");
    else
        write_text(page, s, "<strong>", "</strong>");
}

static void write_box(struct page *page, const struct tr_node *box)
{
    bool task = page->place == IN_ITEM && !page->begun;

    page->space = true;
    join(page);
    if (task)
        tr_out_text(page->out, box->level ? "[x]" : "[ ]");
    else
        tr_out_text(page->out, box->level ? "☑" : "☐");
    page->fresh = false;
    page->space = true;
}

static void fill(struct page *page, int n)
{
    join(page);
    while (n-- > 0)
        tr_out_text(page->out, "\\_");
    page->fresh = false;
    page->last = '_';
}

static void write_blank(struct page *page, const struct tr_node *blank)
{
    if (blank->level <= 0) {
        fill(page, 6);
        return;
    }
    page->breaks += page->breaks == 0;
    for (int i = 0; i < blank->level && i < TR_BLANK_LINES_MOST; i++) {
        page->breaks += page->breaks == 0;
        fill(page, page->place == IN_CELL ? 12 : 40);
    }
    page->breaks = 1;
}

static void write_run(struct page *page, const struct tr_node *run, const struct tr_node *next)
{
    if (run->kind == TR_D_TEXT)
        write_text(page, run->text, "", "");
    else if (run->kind == TR_D_STRONG)
        write_strong(page, run, next);
    else if (run->kind == TR_D_BOX)
        write_box(page, run);
    else if (run->kind == TR_D_BLANK)
        write_blank(page, run);
    else if (run->kind == TR_D_BREAK) /* ruled lines bring their own last break */
        page->breaks += page->at != TR_D_BLANK || page->breaks == 0;
    page->at = run->kind;
}

static void start_runs(struct page *page, enum place place)
{
    page->place = place;
    page->fresh = place == IN_BLOCK || place == IN_ITEM;
    page->begun = page->space = false;
    page->breaks = 0;
    page->last = '\0';
    page->at = TR_D_TEXT;
}

static void write_runs(struct page *page, uint32_t block)
{
    const struct tr_node *node = page->d->node, *end = node + node[block].end;

    for (const struct tr_node *run = node + block + 1; run < end; run++)
        write_run(page, run, run + 1 < end ? run + 1 : NULL);
}

/* ---- blocks ---- */

static void set_apart(struct page *page)
{
    if (page->started) {
        for (int i = 0; i < page->frames; i++)
            tr_out_text(page->out, i > 0 ? " >" : ">");
        tr_out_char(page->out, '\n');
    }
    page->started = true;
}

/* Whether a block holds anything but spaces. */
static bool says(const struct tr_node *node, uint32_t block)
{
    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (node[i].kind == TR_D_BOX || node[i].kind == TR_D_BLANK ||
            tr_text_trim(node[i].text).len > 0)
            return true;
    return false;
}

/* A heading or paragraph. */
static void write_block(struct page *page, uint32_t at)
{
    static const char *const marks[] = {"", "# ", "## ", "### "};
    const struct tr_node *node = &page->d->node[at];
    int level = node->kind == TR_D_HEADING ? node->level : 0;

    if (!says(page->d->node, at))
        return;
    set_apart(page);
    start_line(page);
    tr_out_text(page->out, marks[level < 0 || level > 3 ? 3 : level]);
    start_runs(page, level ? IN_LINE : IN_BLOCK);
    write_runs(page, at);
    tr_out_char(page->out, '\n');
}

static void write_label(struct page *page, struct tr_str label)
{
    label = tr_text_trim(label);
    if (label.len == 0)
        return;
    write_text(page, label, "**", strchr(":?!", label.p[label.len - 1]) ? "**" : ":**");
    page->space = true;
}

/* A list of items, or of pairs with their labels in bold. */
static void write_list(struct page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;

    page->bullet = page->bullet == '-'
                       ? '*'
                       : '-'; /* right below another list: the other bullet starts a new one */
    set_apart(page);
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end) {
        if (!says(node, i) && node[i].text.len == 0)
            continue;
        start_line(page);
        tr_out_char(page->out, page->bullet);
        tr_out_char(page->out, ' ');
        start_runs(page, IN_ITEM);
        write_label(page, node[i].text);
        write_runs(page, i);
        tr_out_char(page->out, '\n');
    }
}

/* least: cells to write at least. Readers of Markdown fill up short rows, but not short heads. */
static void write_row(struct page *page, uint32_t row, uint32_t least)
{
    const struct tr_node *node = page->d->node;
    uint32_t n = 0;

    start_line(page);
    for (uint32_t c = row + 1; c < node[row].end; c = node[c].end, n++) {
        tr_out_text(page->out, "| ");
        start_runs(page, IN_CELL);
        write_runs(page, c);
        tr_out_text(page->out, page->begun ? " " : "");
    }
    for (; n < least; n++)
        tr_out_text(page->out, "| ");
    tr_out_text(page->out, "|\n");
}

static void write_empty(struct page *page, const char *cell, uint32_t n)
{
    start_line(page);
    while (n-- > 0)
        tr_out_text(page->out, cell);
    tr_out_text(page->out, "|\n");
}

static void write_table(struct page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;
    uint32_t columns = tr_columns_count(node, at), r = at + 1;

    set_apart(page);
    if (node[r].level > 0) {
        write_row(page, r, columns);
        r = node[r].end;
    } else {
        write_empty(page, "| ", columns);
    }
    write_empty(page, "| --- ", columns);
    for (; r < node[at].end; r = node[r].end)
        write_row(page, r, 0);
}

static void write_blocks(struct page *page, uint32_t at, uint32_t end);

static void write_frame(struct page *page, uint32_t at)
{
    set_apart(page);
    page->frames++;
    page->started = false;
    write_blocks(page, at + 1, page->d->node[at].end);
    page->frames--;
    page->started = true;
}

static void write_blocks(struct page *page, uint32_t at, uint32_t end)
{
    static void (*const write[TR_N_BLOCK_KINDS])(struct page *, uint32_t) = {
        [TR_D_HEADING] = write_block, [TR_D_PARAGRAPH] = write_block, [TR_D_LIST] = write_list,
        [TR_D_PAIRS] = write_list,    [TR_D_TABLE] = write_table,     [TR_D_FRAME] = write_frame};
    const struct tr_node *node = page->d->node;

    for (; at < end; at = node[at].end) {
        if (tr_node_is_run(node[at].kind) || !write[node[at].kind] || node[at].end == at + 1)
            continue;
        if (node[at].kind != TR_D_LIST && node[at].kind != TR_D_PAIRS)
            page->bullet = '\0';
        write[node[at].kind](page, at);
    }
}

/* ---- the page ---- */

static void write_foot(struct page *page)
{
    struct tr_buf foot = {0};

    tr_document_foot(page->d, &foot);
    if (foot.len > 0) {
        set_apart(page);
        tr_out_text(page->out, "---\n\n");
        start_runs(page, IN_BLOCK);
        write_text(page, tr_buf_slice(&foot), "", "");
        tr_out_char(page->out, '\n');
    }
    page->out->buf.failed |= foot.failed;
    tr_buf_clear(&foot);
}

int tr_document_markdown(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    struct page page = {.d = d, .out = out};

    (void)err;
    out->buf.failed |= d->failed;
    if (!d->failed) {
        write_blocks(&page, 0, d->n);
        write_foot(&page);
    }
    return 0;
}

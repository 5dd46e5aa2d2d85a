#include "doc/document/document_writer.h"

#include <stdlib.h>

#include "base/text.h"
#include "doc/document/document_own.h"
#include "doc/text/wrap.h"

/* RULED stands for a ruled line in text. No text of a document holds this byte. */
enum {
    WIDTH = 80,
    GAP = 2, /* between lanes */
    LABEL_MOST = 30,
    WORD_MOST = 20,
    BOX = 4, /* columns of a box with the space after it */
    RULED = '\x01'
};

/* Text that may stand beside other text: a column of a table, a label, a paragraph. */
struct lane {
    size_t at, width; /* where it starts, in columns */
    size_t weight;
    size_t need, most; /* width of its longest word, of its longest line */
    struct tr_str rest,
        segment; /* still to draw: the text; and of it, what comes before the next \n */
    size_t hang; /* indent of the further lines of the segment */
};

struct page {
    const struct tr_document *d;
    struct tr_out *out;
    size_t width;
    int frames;           /* how many are around the current block */
    bool started;         /* there is something above to set the next block apart from */
    struct tr_buf text;   /* of the current row, lane after lane */
    struct tr_buf line;   /* the current line */
    size_t start;         /* where the current lane starts in text */
    size_t breaks;        /* to add before the next run */
    enum tr_node_kind at; /* kind of the run before */
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ---- runs ---- */

/* Adds a space before a box, unless there is one: a box is no part of a word. */
static void set_apart(struct page *page)
{
    const struct tr_buf *b = &page->text;

    if (b->len > page->start && b->p[b->len - 1] != ' ' && b->p[b->len - 1] != '\n')
        tr_buf_char(&page->text, ' ');
}

static void add_box(struct page *page, const struct tr_node *box)
{
    set_apart(page);
    tr_buf_text(&page->text, box->level ? "[x]" : "[\u00A0]");
}

/* What follows a box stays on its line. */
static void add_text(struct page *page, struct tr_str s)
{
    if (page->at == TR_D_BOX) {
        while (s.len > 0 && *s.p == ' ')
            s = (struct tr_str){s.p + 1, s.len - 1};
        tr_buf_text(&page->text, "\u00A0");
    }
    tr_buf_str(&page->text, s);
}

static void add_blank(struct page *page, const struct tr_node *blank)
{
    struct tr_buf *b = &page->text;

    if (blank->level == 0) {
        add_text(page, TR_STR("______"));
        return;
    }
    if (b->len > page->start && b->p[b->len - 1] != '\n')
        tr_buf_char(b, '\n');
    for (int i = 0; i < blank->level && i < TR_BLANK_LINES_MOST; i++) {
        tr_buf_text(b, i > 0 ? "\n" : "");
        tr_buf_char(b, RULED);
    }
    page->breaks = 1;
}

static void add_run(struct page *page, const struct tr_node *run)
{
    if (!tr_node_is_run(run->kind))
        return;
    if (run->kind == TR_D_BREAK) { /* ruled lines bring their own last break */
        page->breaks += page->at != TR_D_BLANK || page->breaks == 0;
        page->at = TR_D_BREAK;
        return;
    }
    for (; page->breaks > 0; page->breaks--)
        if (page->text.len > page->start)
            tr_buf_char(&page->text, '\n');
    if (run->kind == TR_D_BOX)
        add_box(page, run);
    else if (run->kind == TR_D_BLANK)
        add_blank(page, run);
    else
        add_text(page, run->text);
    page->at = run->kind;
}

/* Adds the runs of a block to page->text; returns the number of bytes. */
static size_t add_runs(struct page *page, uint32_t block)
{
    const struct tr_node *node = page->d->node;

    page->start = page->text.len;
    page->breaks = 0;
    page->at = TR_D_TEXT;
    for (uint32_t i = block + 1; i < node[block].end; i++)
        add_run(page, &node[i]);
    return page->text.len - page->start;
}

/* ---- lines ---- */

static void fill(struct tr_buf *b, const char *text, size_t n)
{
    while (n-- > 0)
        tr_buf_text(b, text);
}

static void start_line(struct page *page)
{
    page->line.len = 0;
    fill(&page->line, "│ ", (size_t)page->frames);
}

/* No line ends with a space. */
static void end_line(struct page *page)
{
    struct tr_buf *b = &page->line;

    while (b->len > 0 && b->p[b->len - 1] == ' ')
        b->len--;
    tr_out_str(page->out, tr_buf_slice(b));
    tr_out_char(page->out, '\n');
}

static void draw_rule(struct page *page, const char *corner, const char *text, size_t width)
{
    start_line(page);
    tr_buf_text(&page->line, corner);
    fill(&page->line, text, width - tr_text_width(tr_str(corner)));
    end_line(page);
}

/* Adds the line with plain spaces: the text is broken already, and plain spaces are easier to
 * search. */
static void add_line(struct page *page, const struct tr_line *line)
{
    for (size_t i = 0; i < line->text.len; i++) {
        bool held = i + 1 < line->text.len && memcmp(line->text.p + i, "\u00A0", 2) == 0;

        tr_buf_char(&page->line, held ? ' ' : line->text.p[i]);
        i += held;
    }
    tr_buf_text(&page->line, line->hyphen ? "-" : "");
}

/* The indent of further lines: text after a box is aligned after the box. */
static size_t hang_of(struct tr_str s, size_t width)
{
    static const struct tr_str boxes[] = {{"[\u00A0]", 4}, {"[x]", 3}};

    for (int i = 0; i < 2 && width >= 3 * BOX; i++)
        if (s.len > boxes[i].len && memcmp(s.p, boxes[i].p, boxes[i].len) == 0)
            return BOX;
    return 0;
}

/* Adds the next line of the lane to a line of *column columns; false when there is none. */
static bool draw_lane(struct page *page, struct lane *lane, size_t *column)
{
    size_t indent = lane->segment.len > 0 ? lane->hang : 0;
    struct tr_line line = {.width = lane->width};

    if (lane->segment.len == 0) {
        if (!tr_str_part(&lane->rest, '\n', &lane->segment))
            return false;
        lane->hang = hang_of(lane->segment, lane->width);
    }
    if (lane->segment.len > 0 && *lane->segment.p == RULED)
        lane->segment.len = 0;
    else if (!tr_wrap_next(&lane->segment, lane->width - indent, false, &line)) {
        lane->segment.len = 0;
        return true;
    }
    fill(&page->line, " ", lane->at + indent - least(lane->at + indent, *column));
    if (line.text.p)
        add_line(page, &line);
    else
        fill(&page->line, "_", lane->width);
    *column = lane->at + indent + line.width;
    return true;
}

/* Draws the lanes beside each other, down to the end of the longest. */
static void draw_lanes(struct page *page, struct lane *lane, uint32_t n)
{
    for (;;) {
        size_t column = 0;
        bool more = false;

        start_line(page);
        for (uint32_t i = 0; i < n; i++)
            more |= draw_lane(page, &lane[i], &column);
        if (!more)
            return;
        end_line(page);
    }
}

static void set_apart_block(struct page *page)
{
    if (page->started) {
        start_line(page);
        end_line(page);
    }
    page->started = true;
}

/* ---- blocks ---- */

static struct tr_str take_runs(struct page *page, uint32_t block)
{
    page->text.len = 0;
    add_runs(page, block);
    return tr_buf_slice(&page->text);
}

/* A heading or paragraph. */
static void draw_block(struct page *page, uint32_t at)
{
    static const char *const rules[] = {[1] = "═", [2] = "─"};
    const struct tr_node *node = &page->d->node[at];
    struct lane lane = {.width = page->width, .rest = take_runs(page, at)};
    size_t width = least(tr_text_width(lane.rest), page->width);
    int level = node->kind == TR_D_HEADING ? node->level : 0;

    if (tr_text_trim(lane.rest).len == 0)
        return;
    if (level == 2)
        set_apart_block(page);
    set_apart_block(page);
    draw_lanes(page, &lane, 1);
    if (level == 1 || level == 2)
        draw_rule(page, "", rules[level], width);
}

/* Draws a label or a mark, and beside it, from column at on, the runs of the node. */
static void draw_marked(struct page *page, struct tr_str mark, size_t at, uint32_t node)
{
    struct lane lane[] = {{.rest = mark, .width = most(at, GAP + 1) - GAP},
                          {.at = at, .width = page->width - at, .rest = take_runs(page, node)}};

    draw_lanes(page, lane, 2);
}

static void draw_list(struct page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;

    set_apart_block(page);
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        if (node[i].end > i + 1)
            draw_marked(page, TR_STR("-"), 2, i);
}

static void draw_pairs(struct page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;
    size_t label = 1;

    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        label = most(label, tr_text_width(node[i].text));
    set_apart_block(page);
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        draw_marked(page, node[i].text, least(label, LABEL_MOST) + GAP, i);
}

/* ---- tables ---- */

/* Puts the cells of a row into lanes; returns their number. */
static uint32_t take_cells(struct page *page, uint32_t row, struct lane *lane)
{
    const struct tr_node *node = page->d->node;
    const char *at;
    uint32_t n = 0;

    page->text.len = 0;
    for (uint32_t c = row + 1; c < node[row].end; c = node[c].end)
        lane[n++].rest.len = add_runs(page, c);
    if (page->text.failed)
        return 0;
    at = page->text.p;
    for (uint32_t i = 0; i < n; i++) {
        lane[i].segment.len = 0;
        lane[i].rest.p = lane[i].rest.len > 0 ? at : NULL;
        at += lane[i].rest.len;
    }
    return n;
}

static void measure(struct page *page, uint32_t row, struct lane *lane)
{
    for (uint32_t n = take_cells(page, row, lane); n-- > 0; lane++) {
        struct tr_str text = lane->rest, line;

        while (tr_str_part(&text, '\n', &line)) {
            size_t need = tr_wrap_least(line, false) + hang_of(line, page->width);

            lane->need = most(lane->need, least(need, WORD_MOST));
            lane->most = most(lane->most, text.p ? SIZE_MAX : tr_text_width(line));
        }
    }
}

/* Moves width from lanes that have more than they need to those that would have to cut words. */
static void balance(struct lane *lane, uint32_t n)
{
    for (;;) {
        struct lane *poor = NULL, *rich = NULL;

        for (struct lane *l = lane; l < lane + n; l++) {
            if (l->width < l->need && (!poor || l->need - l->width > poor->need - poor->width))
                poor = l;
            if (l->width > l->need && (!rich || l->width - l->need > rich->width - rich->need))
                rich = l;
        }
        if (!poor || !rich)
            return;
        poor->width++;
        rich->width--;
    }
}

static void share_width(const struct page *page, struct tr_str weights, struct lane *lane,
                        uint32_t n)
{
    size_t least_width = n + (size_t)(n - 1) * GAP, sum = 0, used = 0, at = 0;
    size_t room = page->width - least(least_width, page->width); /* beyond a column each */

    for (uint32_t i = 0; i < n; i++)
        sum += lane[i].weight = (size_t)tr_columns_weight(&weights);
    for (uint32_t i = 0; i < n; i++)
        used += lane[i].width = room * lane[i].weight / sum;
    for (uint32_t i = 0; i < n; i++)
        lane[i].width += 1 + (i < room - used);
    balance(lane, n);
    for (uint32_t i = 0; i < n; i++) {
        lane[i].at = at;
        at += lane[i].width + GAP;
    }
}

/* loose: some rows take several lines, so rows are set apart from each other. */
static void draw_rows(struct page *page, uint32_t table, struct lane *lane, bool loose)
{
    const struct tr_node *node = page->d->node;

    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end) {
        bool head = node[r].level > 0, more = node[r].end < node[table].end;

        draw_lanes(page, lane, take_cells(page, r, lane));
        if (head && (!more || node[node[r].end].level == 0))
            draw_rule(page, "", "─", page->width);
        else if (loose && more)
            set_apart_block(page);
    }
}

static void draw_table(struct page *page, uint32_t at)
{
    const struct tr_node *node = page->d->node;
    uint32_t n = tr_columns_count(node, at);
    struct lane *lane = n > 0 ? calloc(n, sizeof *lane) : NULL;
    bool loose = false;

    page->out->buf.failed |= n > 0 && !lane;
    if (!lane)
        return;
    for (uint32_t r = at + 1; r < node[at].end; r = node[r].end)
        measure(page, r, lane);
    share_width(page, node[at].text, lane, n);
    for (uint32_t i = 0; i < n; i++)
        loose |= lane[i].most > lane[i].width;
    set_apart_block(page);
    draw_rows(page, at, lane, loose);
    free(lane);
}

/* ---- the page ---- */

static void draw_blocks(struct page *page, uint32_t at, uint32_t end);

static void draw_frame(struct page *page, uint32_t at)
{
    set_apart_block(page);
    draw_rule(page, "┌", "─", page->width);
    page->frames++;
    page->width -= 2;
    page->started = false;
    draw_blocks(page, at + 1, page->d->node[at].end);
    page->frames--;
    page->width += 2;
    page->started = true;
    draw_rule(page, "└", "─", page->width);
}

static void draw_blocks(struct page *page, uint32_t at, uint32_t end)
{
    static void (*const draw[TR_N_BLOCK_KINDS])(struct page *, uint32_t) = {
        [TR_D_HEADING] = draw_block, [TR_D_PARAGRAPH] = draw_block, [TR_D_LIST] = draw_list,
        [TR_D_PAIRS] = draw_pairs,   [TR_D_TABLE] = draw_table,     [TR_D_FRAME] = draw_frame};

    const struct tr_node *node = page->d->node;

    for (; at < end; at = node[at].end)
        if (!tr_node_is_run(node[at].kind) && draw[node[at].kind] && node[at].end > at + 1)
            draw[node[at].kind](page, at);
}

static void draw_foot(struct page *page)
{
    struct lane lane = {.width = page->width};

    page->text.len = 0;
    tr_document_foot(page->d, &page->text);
    lane.rest = tr_buf_slice(&page->text);
    if (lane.rest.len == 0)
        return;
    set_apart_block(page);
    draw_rule(page, "", "─", page->width);
    draw_lanes(page, &lane, 1);
}

int tr_document_text(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    struct page page = {.d = d, .out = out, .width = WIDTH};

    (void)err;
    if (!d->failed) {
        draw_blocks(&page, 0, d->n);
        draw_foot(&page);
    }
    out->buf.failed |= d->failed | page.text.failed | page.line.failed;
    tr_buf_clear(&page.text);
    tr_buf_clear(&page.line);
    return 0;
}

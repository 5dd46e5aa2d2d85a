#include "doc/table/table_own.h"

#include <stdlib.h>

#include "base/text.h"
#include "doc/text/wrap.h"

/* Two spaces stand before a column of text, and at least one before numbers, which are seldom as
 * wide as their heads. INDENT: of the further lines of a key. CUT_TO: the narrowest that a cell is
 * cut. */
enum { TEXT_GAP = 2, INDENT = 2, CUT_TO = 6 };

/* A column as it is laid out. */
struct lane {
    uint32_t column; /* of the grid */
    bool numeric, key;
    size_t head_least; /* width at which no word of the head is cut */
    size_t cell_least; /* the same of the cells */
    size_t cell_most;  /* the widest cell on one line */
    size_t width;
    struct tr_str rest; /* of the current cell, not yet drawn */
};

/* Ways to fit a table, the best first. */
struct fit {
    size_t gap; /* before a number */
    bool wrap;  /* cells of text may take several lines */
    bool cut;   /* words of heads may be cut */
    bool force; /* words of cells too: the last resort */
};
static const struct fit fits[] = {{.gap = 2},
                                  {.gap = 1},
                                  {.gap = 2, .wrap = true},
                                  {.gap = 1, .wrap = true},
                                  {.gap = 1, .wrap = true, .cut = true},
                                  {.gap = 1, .wrap = true, .cut = true, .force = true}};
enum { N_FITS = sizeof fits / sizeof *fits };

struct page {
    const struct tr_doc_table *doc;
    struct tr_doc_grid grid;
    struct lane *lane; /* the columns drawn beside each other */
    size_t n_lanes;
    size_t gap, width, limit;
    struct tr_out *out;
};

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void fill(struct tr_out *out, const char *text, size_t n)
{
    while (n-- > 0)
        tr_out_text(out, text);
}

/* ---- widths ---- */

static struct lane measure(const struct tr_doc_grid *g, uint32_t c)
{
    struct lane lane = {.column = c, .numeric = g->column[c]->numeric, .key = c == 0};

    lane.head_least = tr_wrap_least(tr_doc_grid_cell(g, 0, c), true);
    for (uint32_t r = 1; r < g->n_rows; r++) {
        struct tr_str cell = tr_doc_grid_cell(g, r, c);

        lane.cell_most = most(lane.cell_most, tr_text_width(cell));
        lane.cell_least = most(lane.cell_least, tr_wrap_least(cell, false));
    }
    if (lane.numeric)
        lane.cell_least = lane.cell_most;
    else if (lane.key) /* further lines are indented */
        lane.cell_least = least(lane.cell_least + INDENT, lane.cell_most);
    return lane;
}

static size_t gap_before(const struct page *page, size_t i)
{
    return i == 0 ? 0 : page->lane[i].numeric ? page->gap : TEXT_GAP;
}

static size_t page_width(const struct page *page)
{
    size_t width = 0;

    for (size_t i = 0; i < page->n_lanes; i++)
        width += gap_before(page, i) + page->lane[i].width;
    return width;
}

/* The least width that the lane's cells can have. */
static size_t cells_need(const struct lane *lane, const struct fit *fit)
{
    if (lane->numeric || !fit->wrap)
        return lane->cell_most;
    return fit->force ? least(lane->cell_least, CUT_TO + (lane->key ? INDENT : 0))
                      : lane->cell_least;
}

/* Narrows the widest lanes until the page fits. Words of their heads are then cut, as few as
 * possible. */
static void cut_heads(struct page *page, const struct fit *fit)
{
    size_t width;

    while ((width = page_width(page)) > page->limit) {
        struct lane *widest = NULL;
        size_t floor = 0;

        for (size_t i = 0; i < page->n_lanes; i++) {
            struct lane *lane = &page->lane[i];
            size_t need = most(cells_need(lane, fit), CUT_TO);

            if (lane->width > need && (!widest || lane->width > widest->width)) {
                widest = lane;
                floor = need;
            }
        }
        if (!widest)
            return;
        widest->width -= least(width - page->limit, widest->width - floor);
    }
}

/* Gives each lane the least width that fit allows; true when the lanes then fit the page. */
static bool try_fit(struct page *page, const struct fit *fit)
{
    page->gap = fit->gap;
    for (size_t i = 0; i < page->n_lanes; i++) {
        struct lane *lane = &page->lane[i];

        lane->width = most(most(lane->head_least, cells_need(lane, fit)), 1);
    }
    if (fit->cut)
        cut_heads(page, fit);
    return page_width(page) <= page->limit;
}

/* While there is room, widens the lane that lacks most of what its cells, or its head, could use.
 */
static void widen(struct page *page, bool cells)
{
    for (size_t room = page->limit - least(page_width(page), page->limit); room > 0; room--) {
        struct lane *poorest = NULL;
        size_t want, lack = 0;

        for (size_t i = 0; i < page->n_lanes; i++) {
            struct lane *lane = &page->lane[i];

            want = cells ? lane->cell_most : lane->head_least;
            if (want > lane->width && want * 1000 / lane->width > lack) {
                lack = want * 1000 / lane->width;
                poorest = lane;
            }
        }
        if (!poorest)
            return;
        poorest->width++;
    }
}

static size_t head_lines(const struct page *page, const struct lane *lane)
{
    return tr_wrap_lines(tr_doc_grid_cell(&page->grid, 0, lane->column), lane->width, true);
}

/* While there is room, widens the lanes with the tallest heads, so that the row of heads gets
 * lower. */
static void lower_heads(struct page *page)
{
    for (;;) {
        size_t tallest = 0, room = page->limit - least(page_width(page), page->limit);

        for (size_t i = 0; i < page->n_lanes; i++)
            tallest = most(tallest, head_lines(page, &page->lane[i]));
        for (size_t i = 0; tallest > 1 && i < page->n_lanes; i++) {
            struct lane trial = page->lane[i];

            while (head_lines(page, &trial) == tallest && room > 0) {
                trial.width++;
                room--;
            }
            if (head_lines(page, &trial) == tallest)
                tallest = 0; /* no room: leave it */
        }
        if (tallest <= 1)
            return;
        for (size_t i = 0; i < page->n_lanes; i++)
            while (head_lines(page, &page->lane[i]) == tallest)
                page->lane[i].width++;
    }
}

/* ---- rows ---- */

static void draw_line(struct page *page, size_t i, const struct tr_line *line, size_t indent,
                      size_t *pending)
{
    const struct lane *lane = &page->lane[i];
    size_t space = lane->width - least(line->width + indent, lane->width);

    *pending += gap_before(page, i) + indent + (lane->numeric ? space : 0);
    if (line->text.len > 0) { /* no line ends with spaces */
        fill(page->out, " ", *pending);
        tr_out_str(page->out, line->text);
        tr_out_text(page->out, line->hyphen ? "-" : "");
        *pending = 0;
    }
    *pending += lane->numeric ? 0 : space;
}

static void draw_heads(struct page *page)
{
    size_t height = 0;

    for (size_t i = 0; i < page->n_lanes; i++) {
        page->lane[i].rest = tr_doc_grid_cell(&page->grid, 0, page->lane[i].column);
        height = most(height, head_lines(page, &page->lane[i]));
    }
    for (size_t left = height; left > 0; left--) {
        size_t pending = 0;

        for (size_t i = 0; i < page->n_lanes; i++) {
            struct lane *lane = &page->lane[i];
            struct tr_line line = {0};

            if (tr_wrap_lines(lane->rest, lane->width, true) ==
                left) /* heads are aligned at the bottom */
                tr_wrap_next(&lane->rest, lane->width, true, &line);
            draw_line(page, i, &line, 0, &pending);
        }
        tr_out_char(page->out, '\n');
    }
}

static void draw_row(struct page *page, uint32_t r)
{
    bool more = true;

    for (size_t i = 0; i < page->n_lanes; i++)
        page->lane[i].rest = tr_doc_grid_cell(&page->grid, r, page->lane[i].column);
    for (bool first = true; more; first = false) {
        size_t pending = 0;

        more = false;
        for (size_t i = 0; i < page->n_lanes; i++) {
            struct lane *lane = &page->lane[i];
            size_t indent = lane->key && !first && lane->width > INDENT ? INDENT : 0;
            struct tr_line line;

            tr_wrap_next(&lane->rest, lane->width - indent, false, &line);
            draw_line(page, i, &line, indent, &pending);
            more |= lane->rest.len > 0;
        }
        tr_out_char(page->out, '\n');
    }
}

static void draw_rule(const struct page *page)
{
    fill(page->out, "─", page_width(page));
    tr_out_char(page->out, '\n');
}

static void draw_lanes(struct page *page)
{
    bool was_total = false;

    draw_heads(page);
    draw_rule(page);
    for (uint32_t r = 1; r < page->grid.n_rows; r++) {
        bool total = page->doc->row[r - 1].total;

        if (total && !was_total && r > 1)
            draw_rule(page);
        draw_row(page, r);
        was_total = total;
    }
}

/* ---- the page ---- */

/* Takes the first column, and n others from column at on. */
static void choose_lanes(struct page *page, const struct lane *all, uint32_t at, uint32_t n)
{
    page->lane[0] = all[0];
    for (uint32_t i = 0; i < n; i++)
        page->lane[1 + i] = all[at + i];
    page->n_lanes = 1 + n;
}

/* Takes as many columns from at on as fit beside the first, at least one. Words of heads are cut
 * only when that keeps the table in one piece, words of cells only when a single column would not
 * fit. */
static uint32_t fit_lanes(struct page *page, const struct lane *all, uint32_t at)
{
    uint32_t left = page->grid.n_columns - at;

    for (uint32_t n = (uint32_t)least(left, page->limit);; n--) { /* none is narrower than 1 */
        choose_lanes(page, all, at, n);
        for (int i = 0; i < N_FITS; i++) {
            bool allowed = n <= 1 || (!fits[i].force && (!fits[i].cut || (at == 1 && n == left)));

            if (allowed && try_fit(page, &fits[i]))
                return n;
        }
        if (n <= 1)
            return n;
    }
}

static int draw_table(struct page *page)
{
    uint32_t n_columns = page->grid.n_columns, at = 1;
    struct lane *all = calloc(2 * (size_t)n_columns, sizeof *all);

    if (!all)
        return -1;
    page->lane = all + n_columns;
    for (uint32_t c = 0; c < n_columns; c++)
        all[c] = measure(&page->grid, c);
    do {
        uint32_t n = fit_lanes(page, all, at);

        widen(page, false);
        widen(page, true);
        lower_heads(page);
        if (at > 1)
            tr_out_char(page->out, '\n');
        draw_lanes(page);
        at += n;
    } while (at < n_columns);
    free(all);
    return 0;
}

static void draw_text(struct tr_str s, size_t width, struct tr_out *out)
{
    struct tr_buf shown = {0};
    struct tr_line line;
    struct tr_str rest;

    tr_show_text(tr_text_trim(s), &shown);
    rest = tr_buf_slice(&shown);
    while (rest.len > 0 && tr_wrap_next(&rest, width, false, &line)) {
        tr_out_str(out, line.text);
        tr_out_text(out, line.hyphen ? "-\n" : "\n");
    }
    out->buf.failed |= shown.failed;
    tr_buf_clear(&shown);
}

void tr_doc_draw_text(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                      struct tr_out *out)
{
    struct page page = {.doc = doc, .limit = style->width, .out = out};
    struct tr_str notes = tr_buf_slice(&doc->notes), paragraph;

    draw_text(doc->title, style->width, out);
    if (doc->title.len > 0)
        tr_out_char(out, '\n');
    if (tr_doc_grid_make(&page.grid, doc, NULL) < 0 || draw_table(&page) < 0)
        out->buf.failed = true;
    if (doc->notes.len + doc->source.len > 0)
        tr_out_char(out, '\n');
    for (bool first = true; tr_doc_paragraph(&notes, &paragraph); first = false) {
        tr_out_text(out, first ? "" : "\n");
        draw_text(paragraph, style->width, out);
    }
    draw_text(doc->source, style->width, out);
    tr_doc_grid_clear(&page.grid);
}

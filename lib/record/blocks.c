#include "record/reader_own.h"

/* Excel leaves out the separators behind the last filled cell, not row by row but by blocks of sixteen rows of the
 * sheet: where a column at the end is empty in all rows of a block, none of them goes so far; where one cell far to the
 * right is filled, all do. So rows may be shorter or longer than the header and nothing is lost. A line that is broken
 * in two is short as well, and something is. What tells them apart: every block so far, title lines and blank rows
 * counted, is as long in all its rows, the last cell of the block is filled in one of them, and the header's own block
 * is as long as the header. A broken line makes its block uneven, and moves the blocks below it; but where a last
 * block has few rows, the halves of one may be as long as each other. Then each must end as Excel ends lines, with a
 * carriage return, which hardly anybody has within a cell. */
enum {
    BLOCK_ROWS = 16,
    CELLS_MOST = TR_SIZE_CELLS /* written again in one batch: a header may have a hundred thousand columns, rows two */
};

static uint32_t block_of(const struct tr_split *row)
{
    return row->nth / BLOCK_ROWS;
}

/* Whether something stands in the row's last cell, which is not its first. */
static bool ends_filled(const struct tr_batch *b, const struct tr_split *row)
{
    const uint32_t *sep = tr_split_seps(b, row);
    const char *p = tr_split_base(b, row) + sep[row->n - 2] + 1, *end = tr_split_base(b, row) + sep[row->n - 1];

    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '"'))
        p++;
    return p < end;
}

/* Writes the row again, with empty cells behind its last up to n. */
static void lengthen(struct tr_batch *b, struct tr_split *row, uint32_t n)
{
    uint32_t from, last = tr_split_seps(b, row)[row->n - 1], len, moved, first;

    last -= !row->judged && last > row->start && b->text[last - 1] == '\r';
    len = last - row->start;
    first = (uint32_t)(b->plain_seps.len / sizeof(uint32_t));
    if (tr_buf_room(&b->plain, 1 + len + n + TR_CELL_SLACK) < 0 || tr_buf_room(&b->plain_seps, n * sizeof(uint32_t)) < 0)
        return;
    if (b->plain.len == 0)
        tr_buf_char(&b->plain, ' '); /* the byte before a cell may be looked at */
    from = (uint32_t)b->plain.len;
    moved = from - row->start;
    tr_buf_add(&b->plain, tr_split_base(b, row) + row->start, len);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i + 1 < row->n ? tr_split_seps(b, row)[i] + moved : from + len + (i + 1 - row->n);

        tr_buf_add(&b->plain_seps, &at, sizeof at);
    }
    for (uint32_t i = row->n; i <= n; i++)
        tr_buf_char(&b->plain, ' ');
    row->judged = true;
    row->start = from;
    row->first_sep = first;
    row->n = n;
}

/* Leaves rows from the i-th on to the next batch. */
static void leave(struct tr_reader *r, struct tr_batch *b, size_t i)
{
    const struct tr_split *row = (const struct tr_split *)(const void *)b->rows.p + i;

    r->line = b->line + row->line;
    r->blocks.nth = b->nth = row->nth;
    r->tail.len = 0;
    tr_buf_add(&r->tail, b->text + row->raw, b->len - row->raw);
    b->rows.len = i * sizeof *row;
    b->n_rows = i;
    b->last = false;
}

/* Whether rows of so many cells need nothing: they are as long as the header, or every row is as much longer. */
static bool fits(const struct tr_reader *r, uint32_t width)
{
    return width >= r->n_header && width <= r->n_header + r->tail_cells;
}

static bool ends_with_return(const struct tr_reader *r, const struct tr_batch *b, const struct tr_split *row)
{
    return r->dialect.cr || b->text[row->raw + row->raw_len] == '\r';
}

/* The same for a block of n rows, width cells each, which is whole. false: Excel did not write it. */
static bool settle_block(const struct tr_reader *r, struct tr_batch *b, struct tr_split *row, size_t n)
{
    uint32_t width = row->n;
    bool filled = false, returns = true;

    if (fits(r, width))
        return true;
    for (size_t i = 0; i < n && width > 1; i++) {
        filled |= ends_filled(b, row + i);
        returns &= ends_with_return(r, b, row + i);
    }
    if (n < BLOCK_ROWS && !returns)
        return false;
    for (size_t i = 0; i < n && filled; i++) {
        row[i].cut = true;
        if (width < r->n_header && !row[i].bad)
            lengthen(b, row + i, r->n_header);
    }
    return filled;
}

/* Whether n rows more are too many to be lengthened in this batch, which has some already. */
static bool is_full(const struct tr_reader *r, size_t *cells, size_t n)
{
    bool full = *cells > 0 && *cells + n * r->n_header > CELLS_MOST;

    *cells += n * r->n_header;
    return full;
}

/* Where the header ends with columns that have no name, a row need not have cells for them. */
static void fill_unnamed(struct tr_reader *r, struct tr_batch *b)
{
    struct tr_split *row = (struct tr_split *)(void *)b->rows.p;
    size_t cells = 0;

    for (size_t i = 0; i < b->n_rows; i++) {
        if (row[i].n < 2 || row[i].n < r->n_named || row[i].n >= r->n_header || row[i].bad)
            continue;
        if (is_full(r, &cells, 1))
            leave(r, b, i);
        else
            lengthen(b, row + i, r->n_header);
    }
}

void tr_blocks_settle(struct tr_reader *r, struct tr_batch *b)
{
    struct tr_split *row = (struct tr_split *)(void *)b->rows.p;
    size_t i = 0, next, cells = 0;

    if (r->dialect.format != TR_FORMAT_CSV || r->n_header == UINT32_MAX || tr_source_sheet(r->source))
        return;
    if (r->n_named < r->n_header)
        fill_unnamed(r, b);
    for (; i < b->n_rows && !r->blocks.uneven; i = next) {
        uint32_t number = block_of(row + i), width = row[i].n;
        bool goes_on = r->blocks.width > 0 && r->blocks.number == number, whole;

        for (next = i + 1; next < b->n_rows && block_of(row + next) == number && row[next].n == width;)
            next++;
        if ((next < b->n_rows && block_of(row + next) == number) || (goes_on && r->blocks.width != width)) {
            r->blocks.uneven = true;
            return;
        }
        whole = next < b->n_rows || b->nth / BLOCK_ROWS != number || (b->last && !r->bare_end);
        if ((!whole && !b->last && !fits(r, width)) || (width < r->n_header && is_full(r, &cells, next - i))) {
            leave(r, b, i);
            return;
        }
        r->blocks.number = number;
        r->blocks.width = width;
        r->blocks.uneven = whole && !settle_block(r, b, row + i, next - i);
    }
}

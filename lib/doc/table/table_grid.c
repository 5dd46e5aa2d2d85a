#include "doc/table/table_own.h"

#include <stdlib.h>

/* Appends the text of one cell; row NULL: the column's head. */
static void add_cell(struct tr_doc_grid *g, const struct tr_doc_table *doc,
                     const struct tr_doc_row *row, const struct tr_doc_column *column,
                     void (*dress)(struct tr_str s, bool strong, struct tr_buf *out))
{
    struct tr_buf shown = {0}, *to = dress ? &shown : &g->text;

    if (row)
        tr_doc_show_cell(doc, row, (uint32_t)(column - doc->column), to);
    else
        tr_show_text(column->head, to);
    if (dress)
        dress(tr_buf_slice(&shown), row && (row->total || row->subtotal), &g->text);
    g->text.failed |= shown.failed;
    tr_buf_clear(&shown);
}

int tr_doc_grid_make(struct tr_doc_grid *g, const struct tr_doc_table *doc,
                     void (*dress)(struct tr_str s, bool strong, struct tr_buf *out))
{
    size_t n, at = 0;

    *g = (struct tr_doc_grid){.n_columns = doc->n_drawn, .n_rows = doc->n_rows + 1};
    g->column = calloc(doc->n_columns, sizeof *g->column);
    for (uint32_t i = 0; g->column && i < doc->n_drawn; i++)
        g->column[i] = &doc->column[doc->drawn[i]];
    n = (size_t)g->n_rows * g->n_columns;
    g->cell = calloc(n, sizeof *g->cell);
    if (!g->column || !g->cell)
        return -1;
    for (size_t i = 0; i < n; i++) { /* lengths now, slices when the text no longer moves */
        const struct tr_doc_row *row = i < g->n_columns ? NULL : &doc->row[i / g->n_columns - 1];

        at = g->text.len;
        add_cell(g, doc, row, g->column[i % g->n_columns], dress);
        g->cell[i].len = g->text.len - at;
    }
    if (!tr_buf_z(&g->text))
        return -1;
    at = 0;
    for (size_t i = 0; i < n; i++) {
        g->cell[i].p = g->text.p ? g->text.p + at : "";
        at += g->cell[i].len;
    }
    return 0;
}

void tr_doc_grid_clear(struct tr_doc_grid *g)
{
    free(g->column);
    free(g->cell);
    tr_buf_clear(&g->text);
    *g = (struct tr_doc_grid){0};
}

/* The formats of doc/table/table_format.h, each in the file table_NAME.c, and
 * what they share. Not for others. */
#ifndef TR_DOC_TABLE_TABLE_OWN_H
#define TR_DOC_TABLE_TABLE_OWN_H

#include "doc/table/table_chart.h"
#include "doc/table/table_format.h"

void tr_doc_draw_text(const struct tr_doc_table *, const struct tr_doc_style *, struct tr_out *);
void tr_doc_draw_csv(const struct tr_doc_table *, const struct tr_doc_style *, struct tr_out *);
void tr_doc_draw_json(const struct tr_doc_table *, const struct tr_doc_style *, struct tr_out *);
void tr_doc_draw_markdown(const struct tr_doc_table *, const struct tr_doc_style *,
                          struct tr_out *);
void tr_doc_draw_html(const struct tr_doc_table *, const struct tr_doc_style *, struct tr_out *);

int tr_doc_pack_xlsx(const struct tr_doc_table *, struct tr_out *, struct tr_err *);

/* table_grid.c: the drawn cells as text ready to be shown. Row 0 holds the heads. */
struct tr_doc_grid {
    uint32_t n_columns, n_rows; /* n_rows counts the heads */
    const struct tr_doc_column **column;
    struct tr_str *cell;
    struct tr_buf text;
};

/* dress, unless NULL, turns each shown text into what the format writes; strong: the cell is in a
 * row of totals. -1: out of memory. */
int tr_doc_grid_make(struct tr_doc_grid *g, const struct tr_doc_table *doc,
                     void (*dress)(struct tr_str s, bool strong, struct tr_buf *out));
void tr_doc_grid_clear(struct tr_doc_grid *g);

static inline struct tr_str tr_doc_grid_cell(const struct tr_doc_grid *g, uint32_t row,
                                             uint32_t column)
{
    return g->cell[(size_t)row * g->n_columns + column];
}

#endif

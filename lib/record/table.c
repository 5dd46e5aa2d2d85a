#include "record/table.h"

#include <stdlib.h>

/* Cells are one after another in text, which may move: where they begin is set when all is read. */
static void add_cell(struct tr_str cell, struct tr_buf *text, struct tr_buf *cells)
{
    struct tr_str at_its_length = {"", cell.len};

    tr_buf_str(text, cell);
    tr_buf_add(cells, &at_its_length, sizeof at_its_length);
}

static int read_rows(struct tr_reader *r, struct tr_table *t,
                     bool (*aside)(void *, const struct tr_row *), void *cookie,
                     struct tr_buf *text, struct tr_buf *cells, struct tr_buf *lines,
                     struct tr_err *err)
{
    struct tr_row row;
    int rc;

    while ((rc = tr_reader_next(r, &row, err)) > 0) {
        if (aside && aside(cookie, &row))
            continue;
        if (row.bad) {
            *err = row.fault;
            return -1;
        }
        for (uint32_t i = 0; i < row.n; i++)
            add_cell(tr_row_cell(&row, i), text, cells);
        tr_buf_add(lines, &row.line, sizeof row.line);
        t->n_rows++;
    }
    return rc;
}

int tr_table_load(struct tr_table *t, const char *path, const struct tr_reader_options *options,
                  struct tr_err *err)
{
    struct tr_reader *r = tr_reader_open(path, options, err);
    int rc;

    *t = (struct tr_table){0};
    if (!r)
        return -1;
    rc = tr_table_read(t, r, err);
    tr_reader_close(r);
    return rc;
}

int tr_table_read(struct tr_table *t, struct tr_reader *r, struct tr_err *err)
{
    return tr_table_read_but(t, r, NULL, NULL, err);
}

int tr_table_read_but(struct tr_table *t, struct tr_reader *r,
                      bool (*aside)(void *, const struct tr_row *), void *cookie,
                      struct tr_err *err)
{
    struct tr_buf text = {0}, cells = {0}, lines = {0};
    const struct tr_str *header;
    size_t at = 0;
    int rc = -1;

    *t = (struct tr_table){.source = tr_reader_name(r), .header_line = tr_reader_header_line(r)};
    header = tr_reader_header(r, &t->n_columns);
    tr_buf_room(&text, tr_reader_in_hand(r));
    for (uint32_t i = 0; i < t->n_columns; i++)
        add_cell(header[i], &text, &cells);
    if (read_rows(r, t, aside, cookie, &text, &cells, &lines, err) < 0)
        goto out;
    if (!tr_buf_z(&text) || cells.failed || lines.failed) {
        tr_err_memory(err);
        goto out;
    }
    t->header = (struct tr_str *)(void *)cells.p;
    for (size_t i = 0; i < cells.len / sizeof *t->header; at += t->header[i++].len)
        t->header[i].p = text.p + at;
    t->cells = t->header + t->n_columns;
    t->text = text.p;
    t->lines = (uint64_t *)(void *)lines.p;
    text = cells = lines = TR_BUF_INIT;
    rc = 0;
out:
    tr_buf_clear(&text);
    tr_buf_clear(&cells);
    tr_buf_clear(&lines);
    if (rc < 0)
        tr_table_clear(t);
    return rc;
}

void tr_table_clear(struct tr_table *t)
{
    free(t->header);
    free(t->lines);
    free(t->text);
    tr_arena_clear(&t->more);
    *t = (struct tr_table){0};
}

int tr_table_column_str(const struct tr_table *t, struct tr_str name)
{
    return tr_str_among(name, t->header, t->n_columns);
}

int tr_table_column(const struct tr_table *t, const char *name)
{
    return tr_table_column_str(t, tr_str(name));
}

struct tr_str tr_table_cell(const struct tr_table *t, uint32_t row, int column)
{
    return column < 0 ? (struct tr_str){"", 0}
                      : t->cells[(size_t)row * t->n_columns + (uint32_t)column];
}

int tr_table_fault(const struct tr_table *t, uint32_t row, int column, enum tr_code code,
                   const char *a, struct tr_err *err)
{
    tr_err_set(err, code, a, NULL, NULL);
    err->source = t->source;
    err->line = t->lines && row < t->n_rows ? t->lines[row] : t->header_line ? t->header_line : 1;
    if (column >= 0)
        tr_err_field(err, tr_header_shown(t->header, t->n_columns, t->header[column]));
    return -1;
}

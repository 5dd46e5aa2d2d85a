#include "cli/rejects.h"

#include <stdio.h>
#include <stdlib.h>

#include "record/writer.h"

static const char *const own_columns[] = {"reject_rest", "reject_source", "reject_line",
                                          "reject_reason"};

static void put(struct tr_rejects *r, struct tr_str cell, bool first)
{
    if (!first)
        tr_out_char(&r->output.out, ';');
    tr_sheet_cell(&r->output.out, cell, ';');
}

/* Columns meet by the field that they mean, else by their name. */
static struct tr_str column_key(const struct tr_binding *b, uint32_t c)
{
    return b->field[c] >= 0 ? tr_str(tr_fields[b->field[c]].name) : b->header[c];
}

int tr_rejects_open(struct tr_app *app, struct tr_rejects *r, const char *path,
                    const struct tr_binding *bindings, int n)
{
    *r = (struct tr_rejects){.open = path != NULL};
    if (!path)
        return 0;
    if (tr_output_open(app, &r->output, path, false) < 0) {
        r->open = false;
        return -1;
    }
    tr_out_text(&r->output.out, "\xEF\xBB\xBF");
    for (int i = 0; i < n; i++)
        for (uint32_t c = 0; c < bindings[i].n_columns; c++) {
            int column = r->n_columns;

            if (bindings[i].field[c] == TR_COLUMN_SKIP || bindings[i].field[c] == TR_COLUMN_REST ||
                tr_dict_add(&r->columns, column_key(&bindings[i], c), &column) != 0)
                continue;
            put(r, bindings[i].header[c], r->n_columns++ == 0);
        }
    for (int i = 0; i < 4; i++)
        put(r, tr_str(own_columns[i]), false);
    tr_out_text(&r->output.out, "\r\n");
    return 0;
}

/* The cells of a row that cannot be read: cut at every delimiter, quotes or not. */
static uint32_t cut(const struct tr_binding *b, struct tr_str raw, struct tr_str **cells)
{
    uint32_t n = 1, i = 0;

    for (size_t k = 0; k < raw.len; k++)
        n += raw.p[k] == b->delimiter;
    *cells = calloc(n, sizeof **cells);
    while (*cells && i < n)
        if (!tr_str_part(&raw, b->delimiter, &(*cells)[i++]))
            break;
    return *cells ? n : 0;
}

static uint32_t read_cells(const struct tr_binding *b, const struct tr_row *row,
                           struct tr_str **cells)
{
    if (row->bad)
        return cut(b, row->raw, cells);
    *cells = calloc(row->n, sizeof **cells);
    for (uint32_t c = 0; *cells && c < row->n; c++)
        (*cells)[c] = tr_row_cell(row, c);
    return *cells ? row->n : 0;
}

static void add_reasons(const struct tr_referral *referral, struct tr_buf *out)
{
    for (int i = 0; i < referral->n_faults; i++) {
        const struct tr_err *e = &referral->fault[i];

        tr_buf_text(out, i ? ", " : "");
        tr_buf_text(out, e->field);
        tr_buf_text(out, e->field[0] ? ": " : "");
        tr_buf_text(out, tr_code_name(e->code));
    }
}

void tr_rejects_add(struct tr_rejects *r, const struct tr_binding *b, const struct tr_row *row,
                    const struct tr_referral *referral)
{
    struct tr_str *place, *cells = NULL;
    struct tr_buf text = {0};
    char line[24];
    uint32_t n;

    if (!r->open)
        return;
    n = read_cells(b, row, &cells);
    place = calloc((size_t)r->n_columns + 1, sizeof *place);
    for (uint32_t c = 0; place && c < n && c < b->n_columns; c++) {
        int column = tr_dict_find(&r->columns, column_key(b, c));

        if (column >= 0 && b->field[c] != TR_COLUMN_SKIP)
            place[column] = cells[c];
        else if (b->field[c] == TR_COLUMN_REST)
            tr_buf_str(&text, cells[c]);
    }
    for (uint32_t c = b->n_columns; c < n; c++) { /* beyond the header */
        if (text.len)
            tr_buf_char(&text, ';');
        tr_buf_str(&text, cells[c]);
    }
    if (row->bad && text.len == 0)
        tr_buf_text(&text, "..."); /* unmended, what may not be its cells must not pass for them */
    for (int c = 0; place && c < r->n_columns; c++)
        put(r, place[c], c == 0);
    put(r, tr_buf_slice(&text), r->n_columns == 0);
    put(r, tr_str(b->source), false);
    snprintf(line, sizeof line, "%llu", (unsigned long long)row->line);
    put(r, tr_str(line), false);
    text.len = 0;
    add_reasons(referral, &text);
    put(r, tr_buf_slice(&text), false);
    tr_out_text(&r->output.out, "\r\n");
    if (text.failed || !place || !cells)
        r->output.out.buf.failed = true;
    tr_buf_clear(&text);
    free(place);
    free(cells);
}

int tr_rejects_close(struct tr_app *app, struct tr_rejects *r, bool keep)
{
    tr_dict_clear(&r->columns);
    return r->open ? tr_output_close(app, &r->output, keep) : 0;
}

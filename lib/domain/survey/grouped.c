#include "domain/survey/grouped.h"

#include <stdlib.h>

/* What grouping writes: replaced, not doubled. */
static bool is_own(int field)
{
    return field >= TR_N_REFERRAL_FIELDS;
}

bool tr_grouped_before(const struct tr_binding *b)
{
    for (uint32_t c = 0; c < b->n_columns; c++)
        if (is_own(b->field[c]))
            return true;
    return false;
}

struct tr_column *tr_grouped_columns(const struct tr_binding *b, size_t *n)
{
    struct tr_column *columns = calloc(b->n_columns + TR_N_FIELDS, sizeof *columns);

    *n = 0;
    for (uint32_t c = 0; columns && c < b->n_columns; c++) {
        int field = b->field[c];

        if (is_own(field))
            continue;
        columns[*n] = field < 0 ? (struct tr_column){.name = b->header[c]}
                                : tr_field_column((enum tr_field)field);
        columns[(*n)++].plain = false; /* it comes from outside */
    }
    for (int f = TR_N_REFERRAL_FIELDS; columns && f < TR_N_FIELDS; f++)
        columns[(*n)++] = tr_field_column((enum tr_field)f);
    return columns;
}

void tr_grouped_cells(const struct tr_binding *b, const struct tr_row *row,
                      const struct tr_value v[], bool skip_input, struct tr_str *cells)
{
    for (uint32_t c = 0; c < row->n && !skip_input; c++)
        if (!is_own(b->field[c]))
            *cells++ = tr_row_cell(row, c);
    cells += skip_input ? row->n : 0;
    for (int f = TR_N_REFERRAL_FIELDS; f < TR_N_FIELDS; f++)
        *cells++ = v[f].text;
}

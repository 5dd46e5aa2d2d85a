#include "cli/register/register_own.h"

int tr_register_each(struct tr_register *r, const struct tr_store_query *query,
                     int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                     struct tr_err *err)
{
    *err = (struct tr_err){.code = TR_OK};
    return tr_store_get(r->store, query, take, cookie, err) < 0 || err->code != TR_OK ? -1 : 0;
}

int tr_register_cut(struct tr_register *r, const struct tr_store_found *found, struct tr_buf *columns,
                    struct tr_buf *body, struct tr_str name[TR_CUT_MAX], struct tr_str cell[TR_CUT_MAX], size_t *n,
                    struct tr_err *err)
{
    size_t n_cells = TR_CUT_MAX;

    *n = TR_CUT_MAX;
    columns->len = body->len = 0;
    if (tr_store_columns(r->store, found->layout, columns, err) < 0)
        return -1;
    tr_buf_str(body, found->body);
    if (columns->failed || body->failed)
        return tr_err_memory(err);
    tr_csv_cut(columns->p, columns->len, name, n);
    tr_csv_cut(body->p, body->len, cell, &n_cells);
    *n = n_cells < *n ? n_cells : *n;
    return 0;
}

int tr_register_cells(struct tr_register *r, const struct tr_store_found *found,
                      struct tr_buf *columns, struct tr_buf *old,
                      struct tr_str cells[TR_N_REFERRAL_FIELDS], struct tr_err *err)
{
    struct tr_str name[TR_CUT_MAX], cell[TR_CUT_MAX];
    size_t n;

    if (tr_register_cut(r, found, columns, old, name, cell, &n, err) < 0)
        return -1;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        cells[f] = (struct tr_str){"", 0};
    for (size_t i = 0; i < n; i++) {
        int field = tr_field_find(name[i]);

        if (field >= 0 && field < TR_N_REFERRAL_FIELDS)
            cells[field] = cell[i];
    }
    return 0;
}

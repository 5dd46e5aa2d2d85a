#include "cli/register/register_own.h"

enum { COLUMNS_MAX = 256 };

int tr_register_each(struct tr_register *r, const struct tr_store_query *query,
                     int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                     struct tr_err *err)
{
    *err = (struct tr_err){.code = TR_OK};
    return tr_store_get(r->store, query, take, cookie, err) < 0 || err->code != TR_OK ? -1 : 0;
}

int tr_register_cells(struct tr_register *r, const struct tr_store_found *found,
                      struct tr_buf *columns, struct tr_buf *old,
                      struct tr_str cells[TR_N_REFERRAL_FIELDS], struct tr_err *err)
{
    struct tr_str name[COLUMNS_MAX], cell[COLUMNS_MAX];
    size_t n_names = COLUMNS_MAX, n = COLUMNS_MAX;

    columns->len = old->len = 0;
    if (tr_store_columns(r->store, found->layout, columns, err) < 0)
        return -1;
    tr_buf_str(old, found->body);
    if (columns->failed || old->failed)
        return tr_err_memory(err);
    tr_csv_cut(columns->p, columns->len, name, &n_names);
    tr_csv_cut(old->p, old->len, cell, &n);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        cells[f] = (struct tr_str){"", 0};
    for (size_t i = 0; i < n && i < n_names; i++) {
        int field = tr_field_find(name[i]);

        if (field >= 0 && field < TR_N_REFERRAL_FIELDS)
            cells[field] = cell[i];
    }
    return 0;
}

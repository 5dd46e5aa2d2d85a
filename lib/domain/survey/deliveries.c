#include "domain/survey/deliveries.h"

#include "domain/survey/needs_own.h"

bool tr_deliveries_known(const struct tr_needs *needs)
{
    return needs->row_field == TR_F_BYDEL && !needs->by_sector;
}

void tr_deliveries_start(struct tr_deliveries *d, const struct tr_needs *needs)
{
    *d = (struct tr_deliveries){.needs = needs};
}

static uint64_t counted(const struct tr_needs *n, int row)
{
    uint64_t all = 0;

    for (int c = 0; c < n->n_columns; c++)
        all += n->count[tr_needs_cell(n, row, c)];
    return all;
}

static void tell(const struct tr_deliveries *d, int row, enum tr_code code, const char *source,
                 const struct tr_listener *listener)
{
    char code_of[64], name[160];
    struct tr_err err;

    tr_err_copy(code_of, sizeof code_of, d->needs->rows->entry[row].code);
    tr_err_copy(name, sizeof name, d->needs->rows->entry[row].label[TR_NB]);
    tr_err_set(&err, code, name, code_of, d->by[row]);
    err.source = source;
    tr_err_field(&err, tr_str(tr_fields[TR_F_BYDEL].name));
    listener->say(listener->cookie, &err);
}

int tr_deliveries_only(const struct tr_deliveries *d)
{
    int only = -1;

    for (int row = 0; tr_deliveries_known(d->needs) && row < d->needs->rows->n; row++) {
        if (counted(d->needs, row) == d->counted[row])
            continue;
        if (only >= 0)
            return -1;
        only = row;
    }
    return only;
}

void tr_deliveries_note(struct tr_deliveries *d, const char *source,
                        const struct tr_listener *listener)
{
    for (int row = 0; tr_deliveries_known(d->needs) && row < d->needs->rows->n; row++) {
        uint64_t now = counted(d->needs, row);

        if (now == d->counted[row])
            continue;
        d->counted[row] = now;
        if (!d->by[row]) {
            d->by[row] = source;
            continue;
        }
        d->n_twice += !d->twice[row];
        d->twice[row] = true;
        tell(d, row, TR_W_DELIVERY_TWICE, source, listener);
    }
}

void tr_deliveries_end(struct tr_deliveries *d, bool all, const struct tr_listener *listener)
{
    int delivered = 0, awaited = 0, rows = tr_deliveries_known(d->needs) ? d->needs->rows->n : 0;

    for (int row = 0; row < rows; row++) {
        delivered += d->by[row] != NULL;
        awaited += d->needs->only >> row & 1;
    }
    for (int row = 0; row < rows && (all || 2 * delivered > awaited); row++) {
        if (d->by[row] || !(d->needs->only >> row & 1))
            continue;
        d->missing[row] = true;
        d->n_missing++;
        tell(d, row, TR_W_DELIVERY_MISSING, NULL, listener);
    }
}

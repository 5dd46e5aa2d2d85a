#include "domain/survey/deliveries.h"

#include "base/number.h"
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

/* A table that was read may have said so of itself. */
static void note_twice(struct tr_deliveries *d)
{
    for (int row = 0; row < d->needs->rows->n; row++) {
        if (d->twice[row] || !(d->needs->delivered.twice >> row & 1))
            continue;
        d->twice[row] = true;
        d->n_twice++;
    }
}

void tr_deliveries_end(struct tr_deliveries *d, struct tr_deliveries_awaited awaited,
                       const struct tr_listener *listener)
{
    int delivered = 0, chosen = 0, rows = tr_deliveries_known(d->needs) ? d->needs->rows->n : 0;
    uint64_t said = awaited.districts | (d->needs->delivered.missing & ~d->needs->delivered.told);

    for (int row = 0; row < rows; row++) {
        delivered += d->by[row] != NULL;
        chosen += d->needs->only >> row & 1;
    }
    for (int row = 0; row < rows; row++) {
        bool looked_for = awaited.all || 2 * delivered > chosen || said >> row & 1;

        if (d->by[row] || !looked_for || !(d->needs->only >> row & 1))
            continue;
        d->missing[row] = true;
        d->n_missing++;
        tell(d, row, TR_W_DELIVERY_MISSING, NULL, listener);
    }
    if (rows > 0)
        note_twice(d);
}

uint64_t tr_deliveries_of(const struct tr_needs *earlier)
{
    uint64_t districts = 0;

    for (int row = 0; tr_deliveries_known(earlier) && row < earlier->rows->n; row++)
        districts |= counted(earlier, row) > 0 ? UINT64_C(1) << row : 0;
    return districts;
}

static void tell_untold(const struct tr_needs_year *earlier, const struct tr_needs *now,
                        const struct tr_listener *listener)
{
    const struct tr_deliveries none = {.needs = &earlier->needs};
    uint64_t untold = tr_needs_untold(&earlier->needs);

    for (int row = 0; tr_deliveries_known(&earlier->needs) && row < earlier->needs.rows->n; row++)
        if ((untold >> row & 1) && (!now || counted(now, row) > 0))
            tell(&none, row, TR_W_DELIVERY_MISSING, earlier->path, listener);
}

void tr_deliveries_lacking(const struct tr_needs_year *earlier, const struct tr_listener *listener)
{
    tell_untold(earlier, NULL, listener);
}

void tr_deliveries_untold(const struct tr_deliveries *d, const struct tr_needs_year *earlier,
                          const struct tr_listener *listener)
{
    tell_untold(earlier, d->needs, listener);
}

/* ---- what tables say of themselves ---- */

/* The districts that a row counts. */
static uint64_t districts_of(const struct tr_needs *n, int row)
{
    uint64_t districts = 0;

    for (int d = 0; n->row_field == TR_F_BYDEL && d < n->profile->of_field[TR_F_BYDEL]->n; d++)
        districts |= tr_needs_row(n, d) == row ? UINT64_C(1) << d : 0;
    return districts;
}

static bool says(const struct tr_table *t, uint32_t r, const char *column)
{
    long long districts = 0;

    return tr_number_read(tr_table_cell(t, r, tr_table_column(t, column)), &districts) && districts > 0;
}

/* A sector's row does not say of which of its districts it speaks. */
void tr_needs_note_delivery(struct tr_needs *n, const struct tr_table *t, uint32_t r, int row)
{
    uint64_t districts = row < n->rows->n ? districts_of(n, row) : 0;

    if (says(t, r, tr_not_delivered))
        n->delivered.missing |= districts;
    else
        n->delivered.told |= districts;
    if (says(t, r, tr_delivered_twice) && !n->by_sector)
        n->delivered.twice |= districts;
}

uint64_t tr_needs_untold(const struct tr_needs *n)
{
    uint64_t untold = n->delivered.missing | (n->row_field == TR_F_BYDEL ? n->delivered.unlisted : 0);

    return untold & ~n->delivered.told & n->only;
}

void tr_needs_note_unlisted(struct tr_needs *n)
{
    for (int row = 0; row < n->rows->n; row++)
        n->delivered.unlisted |= n->rows_told >> row & 1 ? 0 : districts_of(n, row);
}

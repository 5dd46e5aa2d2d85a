/* What professionals judged, as records of their own, put into the referrals that they are about. */
#include <string.h>

#include "cli/register/register_own.h"
#include "domain/profile/field.h"

static const enum tr_field fields[TR_JUDGED_FIELDS] = {TR_F_JUDGED_GROUP, TR_F_JUDGED_HOUSING_TYPE,
                                                       TR_F_JUDGED_BY, TR_F_JUDGED_ON};
enum { ON = 3 }; /* the day, among them: yyyy-mm-dd, so that text tells what is later */

struct taking {
    struct tr_register *r;
    struct tr_judged *judged;
    struct tr_buf columns, row;
    int64_t layout;
    int id, at[TR_JUDGED_FIELDS]; /* columns of the layout, or -1 */
    struct tr_err *err;
};

enum { COLUMNS_MAX = 64 };

static int column_of(const struct tr_str *names, size_t n, const char *name)
{
    for (size_t c = 0; c < n; c++)
        if (tr_str_is(names[c], name))
            return (int)c;
    return -1;
}

static int use_layout(struct taking *t, int64_t layout)
{
    struct tr_str names[COLUMNS_MAX];
    size_t n = COLUMNS_MAX;

    t->columns.len = 0;
    if (tr_store_columns(t->r->store, layout, &t->columns, t->err) < 0)
        return -1;
    tr_csv_cut(t->columns.p, t->columns.len, names, &n);
    t->id = column_of(names, n, tr_fields[TR_F_REFERRAL_ID].name);
    for (int f = 0; f < TR_JUDGED_FIELDS; f++)
        t->at[f] = column_of(names, n, tr_fields[fields[f]].name);
    t->layout = layout;
    return 0;
}

static struct tr_str cell_at(const struct tr_str *cells, size_t n, int at)
{
    return at >= 0 && (size_t)at < n ? cells[at] : (struct tr_str){"", 0};
}

/* Keeps the latest of each referral; of one day, the one that came in last. */
static int take(void *cookie, const struct tr_store_found *found)
{
    struct taking *t = cookie;
    struct tr_judged *judged = t->judged;
    int number = (int)judged->referrals.n;
    struct tr_str cells[COLUMNS_MAX];
    struct tr_judgement_cells one;
    size_t n = COLUMNS_MAX;

    if (found->layout != t->layout && use_layout(t, found->layout) < 0)
        return -1;
    t->row.len = 0;
    tr_buf_str(&t->row, found->body);
    tr_csv_cut(t->row.p, t->row.len, cells, &n);
    for (int f = 0; f < TR_JUDGED_FIELDS; f++)
        one.cell[f] = tr_arena_copy(&judged->text, cell_at(cells, n, t->at[f]));
    if (tr_dict_add(&judged->referrals, cell_at(cells, n, t->id), &number) < 0 || judged->text.failed ||
        t->row.failed)
        return tr_err_memory(t->err);
    if ((size_t)number == judged->list.len / sizeof one) {
        tr_buf_add(&judged->list, &one, sizeof one);
    } else {
        struct tr_judgement_cells *last = (struct tr_judgement_cells *)(void *)judged->list.p + number;

        if (tr_str_cmp(one.cell[ON], last->cell[ON]) >= 0)
            *last = one;
    }
    return judged->list.failed ? tr_err_memory(t->err) : 0;
}

int tr_register_judged(struct tr_register *r, struct tr_str as_of, struct tr_judged *out,
                       struct tr_err *err)
{
    const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[TR_RECORD_JUDGEMENT]),
                                         .as_of = as_of,
                                         .whole = r->keys != NULL};
    struct taking t = {.r = r, .judged = out, .layout = -1, .err = err};
    int rc;

    *err = (struct tr_err){.code = TR_OK};
    rc = tr_store_get(r->store, &query, take, &t, err);
    tr_buf_clear(&t.columns);
    tr_buf_clear(&t.row);
    return rc < 0 || err->code != TR_OK ? -1 : 0;
}

void tr_judged_clear(struct tr_judged *judged)
{
    tr_dict_clear(&judged->referrals);
    tr_buf_clear(&judged->list);
    tr_arena_clear(&judged->text);
}

bool tr_judged_has(const struct tr_judged *judged, struct tr_str referral)
{
    return judged->referrals.n > 0 && tr_dict_find(&judged->referrals, referral) >= 0;
}

void tr_judged_put(const struct tr_judged *judged, struct tr_str referral, const struct tr_column *columns,
                   size_t n, struct tr_str *cells)
{
    int number = judged->referrals.n > 0 ? tr_dict_find(&judged->referrals, referral) : -1;
    const struct tr_judgement_cells *one;
    struct tr_str *to[TR_JUDGED_FIELDS] = {NULL};

    if (number < 0)
        return;
    one = (const struct tr_judgement_cells *)(const void *)judged->list.p + number;
    for (size_t c = 0; c < n; c++)
        for (int f = 0; f < TR_JUDGED_FIELDS; f++)
            if (tr_str_is(columns[c].name, tr_fields[fields[f]].name))
                to[f] = &cells[c];
    if (to[ON] && tr_str_cmp(*to[ON], one->cell[ON]) > 0)
        return; /* the referral tells of a later one */
    for (int f = 0; f < TR_JUDGED_FIELDS; f++)
        if (to[f])
            *to[f] = one->cell[f];
}

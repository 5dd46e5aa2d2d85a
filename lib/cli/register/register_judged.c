/* What professionals judged, as records of their own, put into the referrals that they are about. */
#include "cli/register/register_own.h"

static const enum tr_field fields[TR_JUDGED_FIELDS] = {TR_F_JUDGED_GROUP, TR_F_JUDGED_HOUSING_TYPE,
                                                       TR_F_JUDGED_BY, TR_F_JUDGED_ON};
enum { ON = 3 }; /* the day, among them: yyyy-mm-dd, so that text tells what is later */

struct taking {
    struct tr_register *r;
    struct tr_judged *judged;
    struct tr_buf columns, row;
    struct tr_err *err;
};

/* Keeps the latest of each referral; of one day, the one that came in last. */
static int take_judged(void *cookie, const struct tr_store_found *found)
{
    struct taking *t = cookie;
    struct tr_judged *judged = t->judged;
    int number = (int)judged->referrals.n;
    struct tr_str cells[TR_N_REFERRAL_FIELDS]; /* its columns are those of a referral */
    struct tr_judgement_cells one, *last;

    if (tr_register_cells(t->r, found, &t->columns, &t->row, cells, t->err) < 0)
        return -1;
    for (int f = 0; f < TR_JUDGED_FIELDS; f++)
        one.cell[f] = tr_arena_copy(&judged->text, cells[fields[f]]);
    if (tr_dict_add(&judged->referrals, cells[TR_F_REFERRAL_ID], &number) < 0 || judged->text.failed)
        return tr_err_memory(t->err);
    if ((size_t)number == judged->list.len / sizeof one)
        tr_buf_add(&judged->list, &one, sizeof one);
    last = (struct tr_judgement_cells *)(void *)judged->list.p + number;
    if (!judged->list.failed && tr_str_cmp(one.cell[ON], last->cell[ON]) >= 0)
        *last = one;
    return judged->list.failed ? tr_err_memory(t->err) : 0;
}

int tr_register_judged(struct tr_register *r, struct tr_str as_of, struct tr_judged *out,
                       struct tr_err *err)
{
    const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[TR_RECORD_JUDGEMENT]),
                                         .as_of = as_of, .few = true, .whole = r->keys != NULL};
    struct taking t = {.r = r, .judged = out, .err = err};
    int rc = tr_register_each(r, &query, take_judged, &t, err);

    tr_buf_clear(&t.columns);
    tr_buf_clear(&t.row);
    return rc;
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

/* ---- whose they are ---- */

static int take_district(void *cookie, const struct tr_store_found *found)
{
    tr_buf_str(cookie, found->bydel);
    return -1; /* there is but one */
}

/* Asks for the referral's district, once. It is held against its mark. */
static int ask_district(struct tr_register *r, struct tr_districts *d, struct tr_str referral, struct tr_buf *text,
                        struct tr_err *err)
{
    const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]),
                                         .id = referral,
                                         .whole = true};
    int number = (int)d->referrals.n, known = tr_dict_add(&d->referrals, referral, &number);
    struct tr_str code = {"", 0};

    if (known != 0)
        return known < 0 ? tr_err_memory(err) : 0;
    text->len = 0;
    if (tr_store_get(r->store, &query, take_district, text, err) < 0)
        return -1;
    if (text->len > 0)
        code = tr_arena_copy(&d->text, tr_buf_slice(text));
    tr_buf_add(&d->code, &code, sizeof code);
    return text->failed || d->code.failed || d->text.failed ? tr_err_memory(err) : 0;
}

int tr_register_districts(struct tr_register *r, const struct tr_records *records, int about,
                          struct tr_districts *out)
{
    struct tr_buf text = {0};
    struct tr_err err;
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < records->n; i++)
        rc = ask_district(r, out, tr_record_text(records, i, about), &text, &err);
    tr_buf_clear(&text);
    return rc < 0 ? tr_app_fail(r->app, &err) : 0;
}

struct tr_str tr_district_of(const struct tr_districts *d, struct tr_str referral)
{
    int number = d->referrals.n > 0 ? tr_dict_find(&d->referrals, referral) : -1;

    return number < 0 ? (struct tr_str){"", 0} : ((const struct tr_str *)(const void *)d->code.p)[number];
}

void tr_districts_clear(struct tr_districts *d)
{
    tr_dict_clear(&d->referrals);
    tr_buf_clear(&d->code);
    tr_arena_clear(&d->text);
}

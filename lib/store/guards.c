/* Finding the referrals that say that an address is protected, without reading all.
 *
 * That a referral says so stands in its body, under its mark. Beside it the engine keeps which ones do: whatever puts a
 * record in asks here, by its columns and its body alone, so that no program can forget it, and a check asks again.
 * More than do may be among them; none that does may be missing. */
#include "domain/profile/field.h"
#include "record/writer.h"
#include "store/store_own.h"

enum { COLUMNS_MAX = 256 };

/* Finds which cell says it, of the layout's columns. */
static int use_layout(struct tr_store *s, int64_t layout, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_layout_columns, err);
    struct tr_str name[COLUMNS_MAX];
    size_t n = COLUMNS_MAX;
    int rc;

    s->guard_layout = 0;
    s->guard.len = 0;
    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, layout);
    rc = tr_rows_next(s, st, err);
    if (rc > 0)
        tr_buf_str(&s->guard, tr_rows_text(st, 0));
    tr_rows_reset(st);
    if (rc < 0)
        return -1;
    if (s->guard.failed)
        return tr_err_memory(err);
    tr_csv_cut(s->guard.p, s->guard.len, name, &n);
    s->guard_column = -1;
    for (size_t c = 0; c < n; c++)
        if (tr_str_is(name[c], tr_fields[TR_F_PROTECTION].name))
            s->guard_column = (int)c;
    s->guard_layout = layout;
    return 0;
}

int tr_store_guards(struct tr_store *s, struct tr_str kind, int64_t layout, struct tr_str body, bool *is,
                    struct tr_err *err)
{
    *is = false;
    if (!tr_str_is(kind, "referral"))
        return 0;
    if (layout != s->guard_layout && use_layout(s, layout, err) < 0)
        return -1;
    *is = s->guard_column >= 0 && tr_says_protected(tr_csv_find(body, s->guard_column));
    return 0;
}

int tr_store_guard(struct tr_store *s, const struct tr_proof_record *r, struct tr_err *err)
{
    struct tr_rows *st;
    bool is;

    if (tr_store_guards(s, r->kind, r->layout, r->body, &is, err) < 0)
        return -1;
    if (!is)
        return 0;
    st = tr_rows_ready(s, Q_guard_add, err);
    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, r->record);
    return tr_rows_finish(s, st, err);
}

int tr_store_guard_each(struct tr_store *s, int (*take)(void *cookie, int64_t record, bool is, bool kept), void *cookie,
                        struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_guard_all, err);
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        const int64_t record = tr_rows_number(st, 0);
        const bool kept = tr_rows_number(st, 3) != 0;
        bool is;

        if (tr_store_guards(s, TR_STR("referral"), tr_rows_number(st, 1), tr_rows_text(st, 2), &is, err) < 0 ||
            take(cookie, record, is, kept) < 0)
            rc = -1;
    }
    if (st)
        tr_rows_reset(st);
    return rc;
}

struct filling {
    struct tr_store *s;
    struct tr_err *err;
};

static int fill(void *cookie, int64_t record, bool is, bool kept)
{
    const struct filling *f = cookie;
    struct tr_rows *st = is && !kept ? tr_rows_ready(f->s, Q_guard_add, f->err) : NULL;

    if (!is || kept)
        return 0;
    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, record);
    return tr_rows_finish(f->s, st, f->err);
}

int tr_store_guard_all(struct tr_store *s, struct tr_err *err)
{
    struct filling f = {s, err};

    return tr_store_guard_each(s, fill, &f, err);
}

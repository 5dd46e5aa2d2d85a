#include "store/batch_own.h"

int tr_store_put_start(struct tr_store *s, const struct tr_store_put *put, struct tr_err *err)
{
    if (tr_store_put_end(s, err) < 0 || (s->put && tr_store_bind_put(s, s->put, &s->held, err) < 0))
        return -1; /* the one before in this transaction is complete */
    if (s->batch)
        s->batch->alone = false;
    return tr_store_add_put(s, 0, put, err) < 0 ? -1 : tr_store_start_run(s, s->put, err);
}

int tr_store_layout(struct tr_store *s, struct tr_str kind, struct tr_str columns, int64_t *layout,
                    struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_layout_find, err);
    int rc;

    if (!st)
        return -1;
    tr_rows_bind_text(st, 1, kind);
    tr_rows_bind_text(st, 2, columns);
    rc = tr_rows_next(s, st, err);
    if (rc == 0) {
        st = tr_rows_ready(s, Q_layout_next, err);
        rc = st ? tr_rows_next(s, st, err) : -1;
        if (rc > 0) {
            *layout = tr_rows_number(st, 0);
            tr_rows_reset(st);
            return tr_store_bind_layout(s, *layout, kind, columns, err);
        }
    }
    if (rc > 0)
        *layout = tr_rows_number(st, 0);
    if (st)
        tr_rows_reset(st);
    return rc < 0 ? -1 : 0;
}

int tr_store_put(struct tr_store *s, const struct tr_store_record *r, uint64_t *news,
                 struct tr_err *err)
{
    return tr_batch_add(s, r, news, err);
}

int tr_store_put_end(struct tr_store *s, struct tr_err *err)
{
    return s->batch ? tr_batch_settle(s, err) : 0;
}

void tr_store_on_change(struct tr_store *s,
                        int (*take)(void *cookie, const struct tr_store_change *change, struct tr_err *err),
                        void *cookie)
{
    s->take_change = take;
    s->change_cookie = cookie;
}

int tr_store_put_about(struct tr_store *s, int (*take)(void *cookie, struct tr_str id),
                       void *cookie, struct tr_err *err)
{
    struct tr_rows *st =
        tr_store_put_end(s, err) < 0 ? NULL : tr_rows_ready(s, Q_put_about, err);
    int rc = -1;

    if (st) {
        tr_rows_bind_number(st, 1, s->put);
        tr_rows_bind_number(st, 2, s->held.n ? s->held.first : INT64_MAX);
    }
    while (st && (rc = tr_rows_next(s, st, err)) > 0)
        if (take(cookie, tr_rows_text(st, 0)) < 0) {
            tr_rows_reset(st);
            return 0;
        }
    return rc;
}

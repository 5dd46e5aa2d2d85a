/* What held before, and its end. */
#include "store/store_own.h"

int tr_store_was(struct tr_store *s, struct tr_str kind, struct tr_str id,
                 const unsigned char content[TR_MARK_LEN], int64_t joined, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_was, err);
    bool same = false;
    int rc = st ? 1 : -1;

    while (rc > 0 && joined) { /* back to what came without an identity: one of before is no longer true */
        tr_rows_bind_text(st, 1, kind);
        tr_rows_bind_text(st, 2, id);
        tr_rows_bind_number(st, 3, joined);
        rc = tr_rows_next(s, st, err);
        joined = rc > 0 ? tr_rows_number(st, 1) : 0;
        same = rc > 0 && !joined && tr_rows_is_blob(st, 0, content);
        tr_rows_reset(st);
    }
    return rc < 0 ? -1 : same;
}

/* Tells who wants to know what takes the place of the record. */
static int tell(struct tr_store *s, const struct tr_proof_record *old,
                struct tr_store_change *change, struct tr_err *err)
{
    if (!s->take_change)
        return 0;
    s->opened.len = 0;
    change->old_layout = old->layout;
    change->old = old->body;
    change->content = old->content;
    change->was_sealed = old->sealed.len;
    change->opened = s->keys->has[TR_SECRET_READ];
    if (change->opened && old->sealed.len > 0 &&
        tr_store_open_sealed(s, old, &s->opened, err) < 0)
        return -1;
    change->was_open = tr_buf_slice(&s->opened);
    return s->take_change(s->change_cookie, change, err);
}

int tr_store_end(struct tr_store *s, int64_t record, struct tr_store_change *change,
                 struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_one, err), *set;
    struct tr_proof_record proof;
    uint64_t n = 0;
    int rc;

    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, record);
    rc = tr_rows_next(s, st, err);
    if (rc < 0)
        return -1;
    if (rc > 0)
        tr_store_row_record(st, &proof);
    if (rc == 0 || !tr_store_record_holds(s, st, &proof)) {
        rc = tr_store_changed(s, "record", record, err);
    } else if ((rc = tell(s, &proof, change, err)) == 0) {
        proof.gone = s->put;
        rc = tr_store_bind_end(s, &proof, err);
    }
    tr_rows_reset(st);
    set = rc < 0 ? NULL : tr_rows_ready(s, Q_record_end, err);
    if (!set)
        return -1;
    tr_rows_bind_number(set, 1, record);
    tr_rows_bind_number(set, 2, s->put);
    if (s->engine->finish(s, set, &n, err) < 0)
        return -1;
    return n == 1 ? 0 : tr_store_refuse(s->path, TR_E_DENIED, NULL, NULL, err);
}

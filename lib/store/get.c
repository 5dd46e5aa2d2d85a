#include "store/store_own.h"

/* Whether the engine tells the referrals that protect an address from the others. Who holds records against their marks
 * sees all: in one that was changed so that it protects nothing, nothing else tells. */
static bool tells_guarded(const struct tr_store *s, const struct tr_store_query *q)
{
    return q->guarded && !q->whole && s->version == TR_STORE_VERSION;
}

static enum tr_query statement_of(const struct tr_store *s, const struct tr_store_query *q)
{
    if (tells_guarded(s, q))
        return Q_get_guarded;
    if (q->history)
        return q->whole ? Q_whole_history : Q_get_history;
    if (q->as_of.len)
        return q->whole ? Q_whole_as_of : Q_get_as_of;
    if (q->id.len)
        return q->whole ? Q_whole_one : Q_get_one;
    if (q->few)
        return q->whole ? Q_whole_few : Q_get_few;
    if (q->before)
        return Q_get_before;
    return q->whole ? Q_whole : Q_get;
}

static void bind_query(const struct tr_store *s, struct tr_rows *st, const struct tr_store_query *q)
{
    tr_rows_bind_text(st, 1, q->kind);
    if (tells_guarded(s, q)) {
        tr_rows_bind(st, 2, q->as_of);
        return;
    }
    if (q->before) {
        tr_rows_bind_number(st, 2, s->held.n ? s->held.first : INT64_MAX);
        return;
    }
    if (q->few && !q->as_of.len)
        return;
    tr_rows_bind(st, 2, q->bydel);
    tr_rows_bind(st, 3, q->since);
    if (q->id.len || q->as_of.len)
        tr_rows_bind(st, 4, q->id);
    if (q->as_of.len)
        tr_rows_bind_text(st, 5, q->as_of);
}

/* Finds whole records, and refuses one that is not what was put in. */
static int get_whole(struct tr_store *s, const struct tr_store_query *q,
                     int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                     struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, statement_of(s, q), err);
    int rc;

    if (!st || tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return -1;
    bind_query(s, st, q);
    while ((rc = tr_rows_next(s, st, err)) > 0) {
        struct tr_proof_record r;

        tr_store_row_record(st, &r);
        if (!tr_store_record_holds(s, st, &r)) {
            tr_rows_reset(st);
            return tr_store_changed(s, "record", r.record, err);
        }
        if (take(cookie, &(struct tr_store_found){.record = r.record,
                                                  .layout = r.layout,
                                                  .put = r.put,
                                                  .kind = q->kind,
                                                  .id = r.id,
                                                  .bydel = r.bydel,
                                                  .person = r.person,
                                                  .body = r.body,
                                                  .whole = true,
                                                  .sealed = r.sealed}) < 0) {
            tr_rows_reset(st);
            return 0;
        }
    }
    return rc;
}

/* The record in the row: its first columns are the same in all statements that give records. */
static struct tr_store_found found_in(struct tr_rows *st, struct tr_str kind)
{
    return (struct tr_store_found){.record = tr_rows_number(st, 0),
                                   .layout = tr_rows_number(st, 2),
                                   .put = tr_rows_number(st, 5),
                                   .kind = kind,
                                   .id = tr_rows_text(st, 1),
                                   .person = tr_rows_text(st, 4),
                                   .body = tr_rows_text(st, 3)};
}

int tr_store_get(struct tr_store *s, const struct tr_store_query *q,
                 int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                 struct tr_err *err)
{
    struct tr_rows *st;
    int rc = tr_store_put_end(s, err);

    if (rc < 0 || q->whole)
        return rc < 0 ? -1 : get_whole(s, q, take, cookie, err);
    st = tr_rows_ready(s, statement_of(s, q), err);
    if (!st)
        return -1;
    bind_query(s, st, q);
    while ((rc = tr_rows_next(s, st, err)) > 0) {
        const struct tr_store_found found = found_in(st, q->kind);

        if (take(cookie, &found) < 0) {
            tr_rows_reset(st);
            return 0;
        }
    }
    return rc;
}

int tr_store_about(struct tr_store *s, struct tr_str person, struct tr_str ids,
                   int (*take)(void *cookie, const struct tr_store_form *form), void *cookie,
                   struct tr_err *err)
{
    struct tr_rows *st =
        tr_store_put_end(s, err) < 0 ? NULL : tr_rows_ready(s, Q_about_person, err);
    int rc;

    if (!st)
        return -1;
    tr_rows_bind(st, 1, person);
    tr_rows_bind_text(st, 2, ids);
    while ((rc = tr_rows_next(s, st, err)) > 0) {
        const struct tr_store_form form = {.found = found_in(st, tr_rows_text(st, 6)),
                                           .about = tr_rows_text(st, 7),
                                           .day = tr_rows_text(st, 8),
                                           .at = tr_rows_text(st, 9),
                                           .who = tr_rows_text(st, 10),
                                           .gone = tr_rows_text(st, 11)};

        if (take(cookie, &form) < 0) {
            tr_rows_reset(st);
            return 0;
        }
    }
    return rc;
}

/* Adds the one value that a statement about a number gives. */
static int one_value(struct tr_store *s, enum tr_query which, int64_t number, struct tr_buf *out,
                     struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, which, err);
    int rc;

    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, number);
    rc = tr_rows_next(s, st, err);
    if (rc > 0)
        tr_buf_str(out, tr_rows_blob(st, 0));
    tr_rows_reset(st);
    return rc < 0 ? -1 : 0;
}

int tr_store_columns(struct tr_store *s, int64_t layout, struct tr_buf *out, struct tr_err *err)
{
    return one_value(s, Q_layout_columns, layout, out, err);
}

/* Reads the sealed part of a record, which must be what was put in. */
static int hold(struct tr_store *s, const struct tr_store_found *found, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_one, err);
    struct tr_proof_record r;
    int rc;

    s->sealed.len = s->bydel.len = 0;
    if (!st || tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return -1;
    tr_rows_bind_number(st, 1, found->record);
    rc = tr_rows_next(s, st, err);
    if (rc < 0)
        return -1;
    if (rc > 0) {
        tr_store_row_record(st, &r);
        rc = tr_store_record_holds(s, st, &r);
        tr_buf_str(&s->sealed, r.sealed);
        tr_buf_str(&s->bydel, r.bydel);
    }
    tr_rows_reset(st);
    return rc > 0 ? 0 : tr_store_changed(s, "record", found->record, err);
}

int tr_store_unseal(struct tr_store *s, const struct tr_store_found *found, struct tr_buf *out,
                    struct tr_err *err)
{
    struct tr_proof_record r = {.record = found->record,
                                .put = found->put,
                                .kind = found->kind,
                                .id = found->id,
                                .bydel = found->bydel,
                                .sealed = found->sealed};

    if (!found->whole && hold(s, found, err) < 0)
        return -1;
    if (s->sealed.failed || s->bydel.failed)
        return tr_err_memory(err);
    if (!found->whole) {
        r.sealed = tr_buf_slice(&s->sealed);
        r.bydel = tr_buf_slice(&s->bydel);
    }
    if (r.sealed.len == 0 && r.bydel.len == 0)
        return 0;
    if (s->office.len > 0 && !tr_str_eq(tr_buf_slice(&s->office), r.bydel))
        return tr_store_refuse(s->path, TR_E_OTHER_OFFICE, NULL, NULL, err);
    if (r.sealed.len == 0)
        return 0;
    return tr_store_need(s, TR_SECRET_READ, err) < 0 ? -1 : tr_store_open_sealed(s, &r, out, err);
}

/* Putting in one record: with its seal, in place of the form that held until now. */
#include "store/batch_own.h"

/* Adds the record unless its id is there; *added tells. */
static int add(struct tr_store *s, const struct tr_store_record *r, bool *added, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_add, err);
    const struct tr_str text[] = {r->about, r->bydel, r->day, r->person};
    struct tr_proof_record proof = tr_store_proof_of(s, r);

    if (!st)
        return -1;
    tr_rows_bind_text(st, 1, r->kind);
    tr_rows_bind_text(st, 2, r->id);
    tr_rows_bind_number(st, 3, r->layout);
    tr_rows_bind_number(st, 4, s->put);
    for (int i = 0; i < 4; i++)
        tr_rows_bind(st, 5 + i, text[i]);
    tr_rows_bind_text(st, 9, r->body);
    if (s->engine->add(s, st, &proof.record, err) < 0)
        return -1;
    *added = proof.record > 0;
    if (!*added)
        return 0;
    tr_proof_hold(&s->held, proof.record);
    return tr_store_guard(s, &proof, err) < 0 || tr_store_seal(s, &proof, r->open, err) < 0
               ? -1
               : tr_store_bind_record(s, Q_seal_add, &proof, err);
}

int tr_store_put_one(struct tr_store *s, const struct tr_store_record *r, enum tr_store_news *news,
                     struct tr_err *err)
{
    struct tr_store_change change;
    bool added;
    struct tr_rows *st;
    int64_t old, joined;
    int rc;

    *news = TR_STORE_NEW;
    if (add(s, r, &added, err) < 0)
        return -1;
    if (added)
        return 0;
    st = tr_rows_ready(s, Q_record_now, err);
    if (!st)
        return -1;
    tr_rows_bind_text(st, 1, r->kind);
    tr_rows_bind_text(st, 2, r->id);
    rc = tr_rows_next(s, st, err);
    if (rc <= 0)
        return rc < 0 ? -1 : tr_store_changed(s, "seal", 0, err);
    old = tr_rows_number(st, 0);
    *news = tr_rows_is_blob(st, 1, r->content) ? TR_STORE_SAME : TR_STORE_CHANGED;
    joined = tr_rows_number(st, 2);
    tr_rows_reset(st);
    if (*news == TR_STORE_CHANGED && joined) {
        rc = tr_store_was(s, r->kind, r->id, r->content, joined, err);
        if (rc < 0)
            return -1;
        *news = rc > 0 ? TR_STORE_SAME : TR_STORE_CHANGED;
    }
    if (*news == TR_STORE_SAME)
        return 0;
    change = (struct tr_store_change){
        .id = r->id, .layout = r->layout, .body = r->body, .open = r->open, .joined = joined > 0};
    return tr_store_end(s, old, &change, err) < 0 ? -1 : add(s, r, &added, err);
}

/* The keys of runs, and what is sealed under them.
 *
 * A put is sealed under a key of its own, made for it and forgotten. The register keeps that key
 * sealed for the public half of everybody who may read, so to put needs no secret that reads, and
 * one costly operation a put and reader is enough.
 *
 * What is about a case of a district is sealed under a key made of the run's and the district's
 * code: whoever has the first makes the second, and an office is given the second alone, of each
 * put. So it opens what is its own, whatever file or server it comes by, and nothing else; and to
 * put needs to know no office. */
#include <stdlib.h>

#include "base/hash.h"
#include "store/store_own.h"

int tr_store_find_readers(struct tr_store *s, struct tr_store_reader **out, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    struct tr_proof_key k;
    struct tr_store_reader *more;
    int rc = st ? 1 : -1, n = 0;

    *out = NULL;
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        if (!tr_store_key_holds(s, st, &k)) { /* it may have come since the register was opened */
            rc = tr_store_changed(s, "key", k.key, err);
            tr_rows_reset(st);
            break;
        }
        if (k.retired.len || k.public.len != TR_KEY_LEN)
            continue;
        more = realloc(*out, (size_t)(n + 1) * sizeof *more);
        if (!more) {
            rc = tr_err_memory(err);
            tr_rows_reset(st);
            break;
        }
        *out = more;
        more[n].key = k.key;
        tr_err_copy(more[n].office, sizeof more[n].office, tr_proof_office_of(k.purpose));
        memcpy(more[n++].public, k.public.p, TR_KEY_LEN);
    }
    if (rc == 0)
        return n;
    free(*out);
    *out = NULL;
    return -1;
}

int tr_store_keep_run_key(struct tr_store *s, int64_t put, const struct tr_key *key,
                          const struct tr_store_reader *r, struct tr_err *err)
{
    unsigned char sealed[TR_KEY_SEALED_LEN], mark[TR_MARK_LEN];
    struct tr_rows *st = tr_rows_ready(s, Q_put_key_add, err);
    struct tr_key own = *key;
    int rc;

    if (*r->office)
        tr_proof_office(key, tr_str(r->office), &own);
    rc = tr_key_seal(r->public, &own, sealed);
    tr_wipe(&own, sizeof own);
    if (!st)
        return -1;
    if (rc < 0)
        return tr_store_changed(s, "key", r->key, err);
    tr_proof_put_key(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), put, r->key,
                     (struct tr_str){(const char *)sealed, sizeof sealed}, mark);
    tr_rows_bind_number(st, 1, put);
    tr_rows_bind_number(st, 2, r->key);
    tr_rows_bind_blob(st, 3, sealed, sizeof sealed);
    tr_rows_bind_blob(st, 4, mark, sizeof mark);
    return tr_rows_finish(s, st, err);
}

int tr_store_start_run(struct tr_store *s, int64_t put, struct tr_err *err)
{
    struct tr_store_reader *readers = NULL;
    int n = tr_store_check_vouched(s, err) < 0 ? -1 : tr_store_find_readers(s, &readers, err);
    int rc = n < 0 ? -1 : 0;

    if (rc == 0 && !s->run && !(s->run = tr_secret_alloc(sizeof *s->run)))
        rc = tr_err_memory(err);
    if (rc == 0 && tr_key_make(s->run) < 0)
        rc = tr_err_memory(err);
    s->count = 0;
    for (int i = 0; rc == 0 && i < n; i++)
        rc = tr_store_keep_run_key(s, put, s->run, &readers[i], err);
    free(readers);
    return rc;
}

/* Room for the keys of so many runs. */
static int make_room(struct tr_store *s, int64_t n, struct tr_err *err)
{
    struct tr_run_key *runs;

    if (n <= s->n_runs)
        return 0;
    n += n / 2 + 64;
    runs = tr_secret_alloc((size_t)n * sizeof *runs);
    if (!runs)
        return tr_err_memory(err);
    if (s->n_runs)
        memcpy(runs, s->runs, (size_t)s->n_runs * sizeof *runs);
    tr_secret_free(s->runs);
    s->runs = runs;
    s->n_runs = n;
    return 0;
}

int tr_store_run_key(struct tr_store *s, int64_t put, const struct tr_key **out, struct tr_err *err)
{
    struct tr_rows *st;
    struct tr_str sealed;
    int rc;

    if (put < 1 || make_room(s, put + 1, err) < 0)
        return put < 1 ? tr_store_changed(s, "put", put, err) : -1;
    *out = &s->runs[put].key;
    if (s->runs[put].known)
        return 0;
    st = tr_rows_ready(s, Q_put_key_of, err);
    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, put);
    tr_rows_bind_number(st, 2, s->reader);
    rc = tr_rows_next(s, st, err);
    if (rc < 0)
        return -1;
    sealed = rc > 0 ? tr_rows_blob(st, 0) : (struct tr_str){NULL, 0};
    if (sealed.len != TR_KEY_SEALED_LEN ||
        tr_key_unseal(tr_store_secret(s, TR_SECRET_READ), (const unsigned char *)sealed.p,
                      &s->runs[put].key) < 0)
        rc = tr_store_changed(s, "put_key", put, err);
    tr_rows_reset(st);
    s->runs[put].known = rc > 0;
    return rc > 0 ? 0 : -1;
}

/* ---- what is sealed under them ---- */

/* The key under which what is of a district is sealed: the last ones stay at hand, as records of few
 * districts come in any order. own: where it goes when it cannot stay. NULL: memory. */
static const struct tr_key *district_key(struct tr_store *s, const struct tr_key *run,
                                         struct tr_str office, struct tr_key *own)
{
    struct tr_office_key *k;

    if (office.len > sizeof k->office) {
        tr_proof_office(run, office, own);
        return own;
    }
    if (!s->offices && !(s->offices = tr_secret_alloc(TR_OFFICE_KEYS * sizeof *s->offices)))
        return NULL;
    k = &s->offices[tr_hash(office.p, office.len, run->bytes[0]) % TR_OFFICE_KEYS];
    if (k->len != office.len || memcmp(k->office, office.p, office.len) != 0 ||
        !tr_same_bytes(&k->run, run, sizeof *run)) {
        k->run = *run;
        k->len = office.len;
        memcpy(k->office, office.p, office.len);
        tr_proof_office(run, office, &k->key);
    }
    return &k->key;
}

int tr_store_seal(struct tr_store *s, struct tr_proof_record *r, struct tr_str open,
                  struct tr_err *err)
{
    const struct tr_key *key = s->run;
    struct tr_key own;
    int rc = 0;

    s->sealed.len = 0;
    if (open.len > 0) {
        tr_proof_about(tr_store_id(s), r->kind, r->id, r->put, &s->about);
        if (r->bydel.len > 0)
            key = district_key(s, s->run, r->bydel, &own);
        if (!key || s->about.failed ||
            tr_seal(key, &s->count, tr_buf_slice(&s->about), open, &s->sealed) < 0)
            rc = tr_err_memory(err);
        if (key == &own)
            tr_wipe(&own, sizeof own);
    }
    r->sealed = tr_buf_slice(&s->sealed);
    return rc;
}

int tr_store_open_sealed(struct tr_store *s, const struct tr_proof_record *r, struct tr_buf *out,
                         struct tr_err *err)
{
    const bool all = s->office.len == 0;
    const struct tr_key *run, *key;
    struct tr_key own;
    int rc = -1;

    if (tr_store_run_key(s, r->put, &run, err) < 0)
        return -1;
    tr_proof_about(tr_store_id(s), r->kind, r->id, r->put, &s->about);
    if (all && r->bydel.len > 0) {
        key = district_key(s, run, r->bydel, &own);
        if (!key)
            return tr_err_memory(err);
        rc = tr_unseal(key, tr_buf_slice(&s->about), r->sealed, out);
        if (key == &own)
            tr_wipe(&own, sizeof own);
    }
    if (rc < 0) /* of no district, or from before offices had keys */
        rc = tr_unseal(run, tr_buf_slice(&s->about), r->sealed, out);
    if (rc < 0 && !all) /* or from before offices had keys: a matter for who may seal it anew */
        return tr_store_refuse(s->path, TR_E_SEALED, NULL, NULL, err);
    return rc < 0 ? tr_store_changed(s, "record", r->record, err) : 0;
}

int tr_store_closed_to(struct tr_store *s, struct tr_str office, uint64_t *n, struct tr_err *err)
{
    struct tr_rows *st = tr_store_need(s, TR_SECRET_READ, err) < 0
                             ? NULL
                             : tr_rows_ready(s, Q_record_all, err);
    struct tr_buf opened = {0};
    struct tr_proof_record r;
    int rc = st ? 1 : -1;

    *n = 0;
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        const struct tr_key *run, *key;
        struct tr_key own;

        tr_store_row_record(st, &r);
        if (r.sealed.len == 0 || !tr_str_eq(r.bydel, office))
            continue;
        if (tr_store_run_key(s, r.put, &run, err) < 0) {
            rc = -1;
            break;
        }
        key = district_key(s, run, office, &own);
        if (!key) {
            rc = tr_err_memory(err);
            break;
        }
        opened.len = 0;
        tr_proof_about(tr_store_id(s), r.kind, r.id, r.put, &s->about);
        *n += tr_unseal(key, tr_buf_slice(&s->about), r.sealed, &opened) < 0;
        tr_wipe(&own, sizeof own);
    }
    if (st)
        tr_rows_reset(st);
    tr_buf_wipe(&opened);
    return rc;
}

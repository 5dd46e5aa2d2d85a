/* Keeping the marks that bind a register together, and comparing them.
 *
 * Problem: whoever can write the file, but has no key, can change, move or remove any row of it.
 * Idea: each row that matters has a keyed hash of all of itself and its place, a put says which
 * records it has, and the state, one hash, says which puts, keys, layouts and settings there are
 * and where the log ends. So every row is bound to itself, its absence to the state, and a row that
 * was right once does not pass for what is right now. What was changed is not bound anew, whatever
 * is to be done with it. What no mark can
 * tell is a file that was put back as a whole: that is what a witness is for. */
#include "store/store_own.h"

/* ---- settings ---- */

static int mark_settings(struct tr_store *s, unsigned char mark[TR_MARK_LEN], struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_setting_bound, err);
    struct tr_buf all = {0};
    int64_t n = 0;
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0)
        for (int c = 0; c < 2; c++, n++) {
            tr_buf_str(&all, tr_rows_text(st, c));
            tr_buf_char(&all, '\n');
        }
    if (rc == 0 && all.failed)
        rc = tr_err_memory(err);
    if (rc == 0)
        tr_proof_settings(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), tr_buf_slice(&all), n,
                          mark);
    tr_buf_clear(&all);
    return rc;
}

int tr_store_bind_settings(struct tr_store *s, struct tr_err *err)
{
    unsigned char mark[TR_MARK_LEN];

    if (tr_store_need(s, TR_SECRET_BIND, err) < 0 || mark_settings(s, mark, err) < 0)
        return -1;
    return tr_store_set_mark(s, "bound", mark, err);
}

int tr_store_check_settings(struct tr_store *s, struct tr_err *err)
{
    unsigned char mark[TR_MARK_LEN];
    bool same;

    if (mark_settings(s, mark, err) < 0 || tr_store_is_mark(s, "bound", mark, &same, err) < 0)
        return -1;
    return same ? 0 : tr_store_changed(s, "setting", 0, err);
}

/* ---- the state ---- */

int tr_store_last_line(struct tr_store *s, int64_t *line, unsigned char hash[TR_HASH_LEN],
                       struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_access_last, err);
    int rc = st ? tr_rows_next(s, st, err) : -1;

    *line = 0;
    memset(hash, 0, TR_HASH_LEN);
    if (rc > 0) {
        *line = tr_rows_number(st, 0);
        if (tr_rows_blob(st, 1).len == TR_HASH_LEN)
            memcpy(hash, tr_rows_blob(st, 1).p, TR_HASH_LEN);
        tr_rows_reset(st);
    }
    return rc < 0 ? -1 : 0;
}

/* Adds the marks of all keys, layouts and puts. */
static int gather_marks(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_state_marks, err);
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0)
        tr_buf_str(out, tr_rows_blob(st, 0));
    return rc < 0 ? -1 : out->failed ? tr_err_memory(err) : 0;
}

static int make_state(struct tr_store *s, const struct tr_buf *marks, const struct tr_buf *bound,
                      unsigned char mark[TR_MARK_LEN], struct tr_err *err)
{
    unsigned char hash[TR_HASH_LEN];
    struct tr_proof_state state = {.hash = {(const char *)hash, sizeof hash},
                                   .bound = tr_buf_slice(bound),
                                   .marks = tr_buf_slice(marks)};
    struct tr_rows *st = tr_rows_ready(s, Q_put_sums, err);
    int rc = st ? tr_rows_next(s, st, err) : -1;

    if (rc <= 0)
        return -1;
    state.puts = tr_rows_number(st, 0);
    state.last_put = tr_rows_number(st, 1);
    state.records = tr_rows_number(st, 2);
    state.keys = tr_rows_number(st, 3);
    state.layouts = tr_rows_number(st, 4);
    state.put_keys = tr_rows_number(st, 5);
    tr_rows_reset(st);
    if (tr_store_last_line(s, &state.line, hash, err) < 0)
        return -1;
    tr_proof_state(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), &state, mark);
    return 0;
}

static int mark_state(struct tr_store *s, unsigned char mark[TR_MARK_LEN], struct tr_err *err)
{
    struct tr_buf marks = {0}, bound = {0};
    int rc = gather_marks(s, &marks, err) < 0 || tr_store_setting(s, "bound", &bound, err) < 0
                 ? -1
                 : make_state(s, &marks, &bound, mark, err);

    tr_buf_clear(&marks);
    tr_buf_clear(&bound);
    return rc;
}

int tr_store_bind_state(struct tr_store *s, struct tr_err *err)
{
    unsigned char mark[TR_MARK_LEN];

    if (tr_store_need(s, TR_SECRET_BIND, err) < 0 || mark_state(s, mark, err) < 0)
        return -1;
    return tr_store_set_mark(s, "state", mark, err);
}

int tr_store_check_state(struct tr_store *s, struct tr_err *err)
{
    unsigned char mark[TR_MARK_LEN];
    bool same;

    if (mark_state(s, mark, err) < 0 || tr_store_is_mark(s, "state", mark, &same, err) < 0)
        return -1;
    return same ? 0 : tr_store_changed(s, "state", 0, err);
}

/* ---- keys ---- */

void tr_store_row_key(struct tr_rows *st, struct tr_proof_key *out)
{
    *out = (struct tr_proof_key){tr_rows_number(st, 0), tr_rows_text(st, 1), tr_rows_text(st, 2),
                                 tr_rows_text(st, 3),   tr_rows_text(st, 4), tr_rows_blob(st, 5)};
}

bool tr_store_key_holds(const struct tr_store *s, struct tr_rows *st, struct tr_proof_key *out)
{
    unsigned char mark[TR_MARK_LEN];

    tr_store_row_key(st, out);
    tr_proof_key(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), out, mark);
    return tr_rows_is_blob(st, 6, mark);
}

int tr_store_check_keys(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    struct tr_proof_key k;
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0)
        if (!tr_store_key_holds(s, st, &k)) {
            rc = tr_store_changed(s, "key", k.key, err);
            tr_rows_reset(st);
        }
    return rc;
}

/* ---- puts, layouts, records ---- */

struct tr_proof_record tr_store_proof_of(const struct tr_store *s, const struct tr_store_record *r)
{
    return (struct tr_proof_record){.layout = r->layout,
                                    .put = s->put,
                                    .kind = r->kind,
                                    .id = r->id,
                                    .about = r->about,
                                    .bydel = r->bydel,
                                    .day = r->day,
                                    .person = r->person,
                                    .body = r->body,
                                    .content = {(const char *)r->content, sizeof r->content}};
}

int tr_store_add_put(struct tr_store *s, int64_t put, const struct tr_store_put *what,
                     struct tr_err *err)
{
    const struct tr_str text[] = {what->day, what->at, what->who, what->kind};
    struct tr_rows *st = tr_rows_ready(s, Q_put_start, err);
    struct tr_key salt;

    if (!st || tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return -1;
    if (tr_key_make(&salt) < 0)
        return tr_err_memory(err);
    if (put)
        tr_rows_bind_number(st, 1, put);
    for (int i = 0; i < 4; i++)
        tr_rows_bind_text(st, 2 + i, text[i]);
    tr_rows_bind_blob(st, 6, salt.bytes, TR_MARK_LEN);
    if (s->engine->add(s, st, &s->put, err) < 0)
        return -1;
    s->held.n = 0;
    s->held.runs.len = 0;
    return 0;
}

const struct tr_key *tr_store_binding(struct tr_store *s, int64_t put, struct tr_err *err)
{
    struct tr_rows *st;
    int rc;

    if (s->binding && s->binding->put == put)
        return &s->binding->key;
    if (!s->binding && !(s->binding = tr_secret_alloc(sizeof *s->binding))) {
        tr_err_memory(err);
        return NULL;
    }
    st = tr_rows_ready(s, Q_put_one, err);
    if (!st || tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return NULL;
    tr_rows_bind_number(st, 1, put);
    rc = tr_rows_next(s, st, err);
    if (rc < 0)
        return NULL;
    /* Of a put that is gone: a key with which nothing fits. */
    tr_proof_put_records(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), put,
                         rc > 0 ? tr_rows_blob(st, 7) : (struct tr_str){NULL, 0}, &s->binding->key);
    tr_rows_reset(st);
    s->binding->put = put;
    return &s->binding->key;
}

/* Reads the row of put_one or put_all. */
static struct tr_proof_put put_of(struct tr_rows *st, const struct tr_proof_held *held)
{
    return (struct tr_proof_put){tr_rows_number(st, 0), tr_rows_number(st, 5), tr_rows_text(st, 1),
                                 tr_rows_text(st, 2),   tr_rows_text(st, 3),   tr_rows_text(st, 4),
                                 tr_rows_blob(st, 7),   tr_proof_runs(held)};
}

bool tr_store_put_holds(struct tr_store *s, struct tr_rows *st, const struct tr_proof_held *held)
{
    const struct tr_proof_put p = put_of(st, held);
    unsigned char mark[TR_MARK_LEN];

    tr_proof_put(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), &p, mark);
    return p.records == held->n && tr_rows_is_blob(st, 6, mark);
}

int tr_store_bind_put(struct tr_store *s, int64_t put, const struct tr_proof_held *held,
                      struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_put_one, err);
    unsigned char mark[TR_MARK_LEN];
    struct tr_proof_put p;
    int rc;

    if (!st || tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return -1;
    if (held->runs.failed)
        return tr_err_memory(err);
    tr_rows_bind_number(st, 1, put);
    rc = tr_rows_next(s, st, err);
    if (rc <= 0)
        return rc < 0 ? -1 : tr_store_changed(s, "put", put, err);
    p = put_of(st, held);
    p.records = held->n;
    tr_proof_put(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), &p, mark);
    tr_rows_reset(st);
    st = tr_rows_ready(s, Q_put_end, err);
    if (!st)
        return -1;
    s->changed = true;
    tr_rows_bind_number(st, 1, put);
    tr_rows_bind_number(st, 2, held->n);
    tr_rows_bind_blob(st, 3, mark, sizeof mark);
    return tr_rows_finish(s, st, err);
}

int tr_store_walk_start(struct tr_store *s, struct tr_store_walk *w, struct tr_err *err)
{
    *w = (struct tr_store_walk){.st = tr_rows_ready(s, Q_put_held, err)};
    w->rc = w->st ? tr_rows_next(s, w->st, err) : -1;
    return w->rc < 0 ? -1 : 0;
}

int tr_store_walk_to(struct tr_store *s, struct tr_store_walk *w, int64_t put, struct tr_err *err)
{
    w->held.n = 0;
    w->held.runs.len = 0;
    while (w->rc > 0 && tr_rows_number(w->st, 0) <= put) {
        if (tr_rows_number(w->st, 0) == put)
            tr_proof_hold(&w->held, tr_rows_number(w->st, 1));
        w->rc = tr_rows_next(s, w->st, err);
    }
    return w->rc < 0 ? -1 : w->held.runs.failed ? tr_err_memory(err) : 0;
}

void tr_store_walk_end(struct tr_store_walk *w)
{
    if (w->st)
        tr_rows_reset(w->st);
    tr_buf_clear(&w->held.runs);
}

int tr_store_bind_layout(struct tr_store *s, int64_t layout, struct tr_str kind,
                         struct tr_str columns, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_layout_add, err);
    unsigned char mark[TR_MARK_LEN];

    if (!st || tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return -1;
    tr_proof_layout(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), layout, kind, columns,
                    mark);
    s->changed = true;
    tr_rows_bind_number(st, 1, layout);
    tr_rows_bind_text(st, 2, kind);
    tr_rows_bind_text(st, 3, columns);
    tr_rows_bind_blob(st, 4, mark, sizeof mark);
    return tr_rows_finish(s, st, err);
}

int tr_store_bind_layouts(struct tr_store *s, enum tr_query which, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, which, err);
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0)
        rc = tr_store_bind_layout(s, tr_rows_number(st, 0), tr_rows_text(st, 1),
                                  tr_rows_text(st, 2), err) < 0
                 ? -1
                 : 1;
    if (st)
        tr_rows_reset(st);
    return rc;
}

void tr_store_row_record(struct tr_rows *st, struct tr_proof_record *out)
{
    *out = (struct tr_proof_record){
        .record = tr_rows_number(st, 0),
        .kind = tr_rows_text(st, 1),
        .id = tr_rows_text(st, 2),
        .layout = tr_rows_number(st, 3),
        .put = tr_rows_number(st, 4),
        .gone = tr_rows_number(st, 5),
        .about = tr_rows_text(st, 6),
        .bydel = tr_rows_text(st, 7),
        .day = tr_rows_text(st, 8),
        .person = tr_rows_text(st, 9),
        .body = tr_rows_text(st, 10),
        .content = tr_rows_blob(st, 11),
        .sealed = tr_rows_blob(st, 13),
    };
}

bool tr_store_record_holds(struct tr_store *s, struct tr_rows *st, const struct tr_proof_record *r)
{
    struct tr_err err;
    const struct tr_key *binding = tr_store_binding(s, r->put, &err);
    unsigned char mark[TR_MARK_LEN];

    if (!binding || r->record < 1 || r->record > TR_RECORD_MAX)
        return false;
    tr_proof_record(binding, r, mark);
    return tr_rows_is_blob(st, 12, mark);
}

int tr_store_bind_record(struct tr_store *s, enum tr_query how, const struct tr_proof_record *r,
                         struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, how, err);
    const struct tr_key *binding = tr_store_binding(s, r->put, err);
    unsigned char mark[TR_MARK_LEN];

    if (!st || !binding)
        return -1;
    tr_proof_record(binding, r, mark);
    tr_rows_bind_number(st, 1, r->record);
    tr_rows_bind_blob(st, 2, r->content.p, r->content.len);
    tr_rows_bind_blob(st, 3, mark, sizeof mark);
    tr_rows_bind_blob(st, 4, r->sealed.p, r->sealed.len);
    return tr_rows_finish(s, st, err);
}

int tr_store_bind_end(struct tr_store *s, const struct tr_proof_record *r, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_seal_end, err);
    const struct tr_key *binding = tr_store_binding(s, r->put, err);
    unsigned char mark[TR_MARK_LEN];

    if (!st || !binding)
        return -1;
    tr_proof_record(binding, r, mark);
    tr_rows_bind_number(st, 1, r->record);
    tr_rows_bind_blob(st, 2, mark, sizeof mark);
    return tr_rows_finish(s, st, err);
}

#include "store/sqlite_own.h"

int tr_store_begin(struct tr_store *s, struct tr_err *err)
{
    return tr_sqlite_run(s, "BEGIN IMMEDIATE", err);
}

int tr_store_commit(struct tr_store *s, struct tr_err *err)
{
    return tr_sqlite_run(s, "COMMIT", err);
}

void tr_store_rollback(struct tr_store *s)
{
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

int tr_store_put_start(struct tr_store *s, const struct tr_store_put *put, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, PUT_START, err);

    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, put->day);
    tr_sqlite_bind_text(st, 2, put->at);
    tr_sqlite_bind_text(st, 3, put->who);
    tr_sqlite_bind_text(st, 4, put->kind);
    if (tr_sqlite_finish(s, st, err) < 0)
        return -1;
    s->put = sqlite3_last_insert_rowid(s->db);
    return 0;
}

int tr_store_layout(struct tr_store *s, struct tr_str kind, struct tr_str columns, int64_t *layout,
                    struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, LAYOUT_FIND, err);
    int rc;

    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, kind);
    tr_sqlite_bind_text(st, 2, columns);
    rc = tr_sqlite_next(s, st, err);
    if (rc > 0)
        *layout = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    if (rc != 0)
        return rc < 0 ? -1 : 0;
    st = tr_sqlite_ready(s, LAYOUT_ADD, err);
    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, kind);
    tr_sqlite_bind_text(st, 2, columns);
    if (tr_sqlite_finish(s, st, err) < 0)
        return -1;
    *layout = sqlite3_last_insert_rowid(s->db);
    return 0;
}

/* Adds the record unless its id is there; *added tells. */
static int add(struct tr_store *s, const struct tr_store_record *r, bool *added, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, RECORD_ADD, err);
    const struct tr_str text[] = {r->about, r->bydel, r->day, r->person};

    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, r->kind);
    tr_sqlite_bind_text(st, 2, r->id);
    sqlite3_bind_int64(st, 3, (int64_t)r->content);
    sqlite3_bind_int64(st, 4, r->layout);
    sqlite3_bind_int64(st, 5, s->put);
    for (int i = 0; i < 4; i++)
        tr_sqlite_bind(st, 6 + i, text[i]);
    tr_sqlite_bind_text(st, 10, r->body);
    if (tr_sqlite_finish(s, st, err) < 0)
        return -1;
    *added = sqlite3_changes64(s->db) > 0;
    if (!*added || r->sealed.len == 0)
        return 0;
    st = tr_sqlite_ready(s, IDENTITY_ADD, err);
    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, sqlite3_last_insert_rowid(s->db));
    sqlite3_bind_blob(st, 2, r->sealed.p, (int)r->sealed.len, SQLITE_STATIC);
    return tr_sqlite_finish(s, st, err);
}

/* Whether the record said the same before who it is about was joined to it. */
static int was(struct tr_store *s, const struct tr_store_record *r, int64_t joined,
               struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, RECORD_WAS, err);
    int rc;

    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, r->kind);
    tr_sqlite_bind_text(st, 2, r->id);
    sqlite3_bind_int64(st, 3, (int64_t)r->content);
    sqlite3_bind_int64(st, 4, joined);
    rc = tr_sqlite_next(s, st, err);
    sqlite3_reset(st);
    return rc;
}

int tr_store_put(struct tr_store *s, const struct tr_store_record *r, enum tr_store_news *news,
                 struct tr_err *err)
{
    bool added;
    sqlite3_stmt *st;
    int64_t old, content, joined;
    int rc;

    *news = TR_STORE_NEW;
    if (add(s, r, &added, err) < 0)
        return -1;
    if (added)
        return 0;
    st = tr_sqlite_ready(s, RECORD_NOW, err);
    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, r->kind);
    tr_sqlite_bind_text(st, 2, r->id);
    rc = tr_sqlite_next(s, st, err);
    if (rc <= 0)
        return rc < 0 ? -1 : tr_sqlite_refuse(s->path, TR_E_REGISTER, "record", NULL, err);
    old = sqlite3_column_int64(st, 0);
    content = sqlite3_column_int64(st, 1);
    joined = sqlite3_column_int64(st, 2);
    sqlite3_reset(st);
    *news = (uint64_t)content == r->content ? TR_STORE_SAME : TR_STORE_CHANGED;
    if (*news == TR_STORE_CHANGED && joined) {
        rc = was(s, r, joined, err);
        if (rc < 0)
            return -1;
        *news = rc > 0 ? TR_STORE_SAME : TR_STORE_CHANGED;
    }
    if (*news == TR_STORE_SAME)
        return 0;
    st = tr_sqlite_ready(s, RECORD_END, err);
    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, old);
    sqlite3_bind_int64(st, 2, s->put);
    return tr_sqlite_finish(s, st, err) < 0 ? -1 : add(s, r, &added, err);
}

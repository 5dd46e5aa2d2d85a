#include "store/sqlite_own.h"

int tr_sqlite_purge_begin(struct tr_store *s, struct tr_err *err)
{
    return tr_sqlite_run(s,
                         "CREATE TEMP TABLE purge (record INTEGER PRIMARY KEY);"
                         "CREATE TEMP TABLE purge_case (id TEXT PRIMARY KEY) WITHOUT ROWID",
                         err);
}

/* Brings the journal into the file and empties it; others who read keep it from that. */
static int checkpoint(struct tr_store *s, struct tr_err *err)
{
    int busy;

    if (tr_sqlite_number(s, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err) < 0)
        return -1;
    return busy ? tr_store_refuse(s->path, TR_E_BUSY, NULL, NULL, err) : 0;
}

int tr_sqlite_wipe(struct tr_store *s, bool *shrunk, struct tr_err *err)
{
    /* What was deleted is zeros in its pages already; they reach the file here. */
    if (checkpoint(s, err) < 0)
        return -1;
    *shrunk = tr_sqlite_run(s, "VACUUM", err) == 0;
    if (!*shrunk && err->code != TR_E_WRITE)
        return -1;
    return checkpoint(s, err) < 0 && *shrunk && err->code != TR_E_WRITE ? -1 : 0;
}

static struct tr_str text_of(sqlite3_stmt *st)
{
    return tr_str((const char *)sqlite3_column_text(st, 0));
}

/* Tells each line of what the engine finds, but for the one that names the database. */
static void found_lines(struct tr_checking *c, struct tr_str lines)
{
    struct tr_str line;
    char text[160];

    while (tr_str_part(&lines, '\n', &line)) {
        if (line.len == 0 || line.p[0] == '*')
            continue;
        tr_err_copy(text, sizeof text, line);
        tr_checking_found(c, TR_E_REGISTER_DAMAGED, text);
    }
}

/* What the engine itself finds. */
static int check_form(struct tr_checking *c, struct tr_err *err)
{
    struct tr_store *s = c->s;
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(20)", -1, &st, NULL);

    while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        if (tr_str_is(text_of(st), "ok"))
            continue;
        if (tr_sqlite_unread(s, err) < 0) {
            sqlite3_finalize(st);
            return -1;
        }
        found_lines(c, text_of(st));
    }
    sqlite3_finalize(st);
    return rc == SQLITE_DONE ? 0 : tr_sqlite_failed(s, rc, err);
}

/* Adds what a database consists of. */
static int list_schema(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_check_schema, err);
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        tr_buf_str(out, tr_rows_text(st, 0));
        tr_buf_char(out, '\n');
    }
    return rc < 0 ? -1 : out->failed ? tr_err_memory(err) : 0;
}

/* Compares what it consists of with what a register consists of: no trigger, no view, no index
 * more. */
static int check_schema(struct tr_checking *c, struct tr_err *err)
{
    struct tr_store plain = {.engine = c->s->engine, .path = c->s->path};
    sqlite3 *db = NULL;
    struct tr_buf is = {0}, should = {0};
    int rc = sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    plain.db = db;
    rc = rc == SQLITE_OK ? 0 : tr_sqlite_failed(&plain, rc, err);
    if (rc == 0)
        rc = tr_sqlite_make(&plain, c->s->version, err);
    if (rc == 0)
        rc = list_schema(&plain, &should, err);
    if (rc == 0)
        rc = list_schema(c->s, &is, err);
    if (rc == 0 && !tr_str_eq(tr_buf_slice(&is), tr_buf_slice(&should)))
        tr_checking_found_at(c, "sqlite_schema", 0);
    tr_sqlite_forget(&plain);
    sqlite3_close(db);
    tr_buf_clear(&is);
    tr_buf_clear(&should);
    return rc;
}

int tr_sqlite_check(struct tr_checking *c, struct tr_err *err)
{
    return check_schema(c, err) < 0 ? -1 : check_form(c, err);
}

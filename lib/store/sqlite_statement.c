#include <errno.h>
#include <stdio.h>

#include "store/sqlite_own.h"

#define TR_QUERY(name, text) [Q_##name] = text,
static const char *const texts[N_QUERIES] = {TR_QUERIES};
#undef TR_QUERY

enum { LOST = SQLITE_ABORT_ROLLBACK };

static enum tr_code code_of(int rc)
{
    switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return TR_E_BUSY;
    case SQLITE_NOMEM:
        return TR_E_MEMORY;
    case SQLITE_FULL:
    case SQLITE_IOERR:
        return TR_E_WRITE;
    case SQLITE_CANTOPEN:
        return TR_E_OPEN;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return TR_E_DENIED;
    case SQLITE_NOTADB:
        return TR_E_NO_REGISTER;
    default:
        return TR_E_REGISTER;
    }
}

/* The last errno of the database's file or its journal; 0: none. The engine calls a file damaged
 * that could not be read: of EIO, ENXIO and ERANGE it makes SQLITE_CORRUPT. */
static int unread(sqlite3 *db)
{
    sqlite3_file *journal = NULL;
    int main = 0, other = 0;

    sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &main);
    sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (journal && journal->pMethods)
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &other);
    return main ? main : other;
}

int tr_sqlite_unread(const struct tr_store *s, struct tr_err *err)
{
    int lost = s->db ? unread(s->db) : 0;

    if (lost != EIO && lost != ENXIO && lost != ERANGE)
        return 0;
    errno = lost;
    return tr_err_sys(err, TR_E_READ, s->path);
}

int tr_sqlite_failed(const struct tr_store *s, int rc, struct tr_err *err)
{
    int now = errno, sys = s->db ? sqlite3_system_errno(s->db) : 0;

    if ((rc & 0xFF) == SQLITE_CORRUPT && tr_sqlite_unread(s, err) < 0)
        return -1;
    tr_err_set(err, code_of(rc), s->db && rc != LOST ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc), NULL, NULL);
    if ((rc & 0xFF) == SQLITE_FULL)
        err->sys = ENOSPC;
    else if ((rc & 0xFF) == SQLITE_IOERR || (rc & 0xFF) == SQLITE_CANTOPEN)
        err->sys = sys ? sys : now ? now : EIO; /* the engine forgets some */
    err->source = s->path;
    return -1;
}

/* Want of memory or of disk ends a transaction, though only a reading met it, and what came next would be kept, each by
 * itself. So nothing goes on in a transaction that is not there any more. */
static bool is_lost(const struct tr_store *s)
{
    return s->begun && sqlite3_get_autocommit(s->db);
}

static int step(const struct tr_store *s, struct tr_rows *st)
{
    return is_lost(s) ? LOST : sqlite3_step(st->statement);
}

int tr_sqlite_run(struct tr_store *s, const char *sql, struct tr_err *err)
{
    int rc = is_lost(s) ? LOST : sqlite3_exec(s->db, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? 0 : tr_sqlite_failed(s, rc, err);
}

int tr_sqlite_number(struct tr_store *s, const char *pragma, int *out, struct tr_err *err)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(s->db, pragma, -1, &st, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    *out = rc == SQLITE_ROW ? sqlite3_column_int(st, 0) : 0;
    sqlite3_finalize(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : tr_sqlite_failed(s, rc, err);
}

int tr_sqlite_ready(struct tr_store *s, struct tr_rows *st, enum tr_query which, struct tr_err *err)
{
    sqlite3_stmt *statement = st->statement;
    int rc;

    if (statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return 0;
    }
    rc = sqlite3_prepare_v3(s->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    st->statement = statement;
    return rc == SQLITE_OK ? 0 : tr_sqlite_failed(s, rc, err);
}

void tr_sqlite_forget(struct tr_store *s)
{
    for (int i = 0; i < N_QUERIES; i++) {
        sqlite3_finalize(s->rows[i].statement);
        s->rows[i].statement = NULL;
    }
}

void tr_sqlite_bind_number(struct tr_rows *st, int i, int64_t number)
{
    sqlite3_bind_int64(st->statement, i, number);
}

void tr_sqlite_bind_text(struct tr_rows *st, int i, struct tr_str text)
{
    sqlite3_bind_text(st->statement, i, text.p, (int)text.len, SQLITE_STATIC);
}

void tr_sqlite_bind_blob(struct tr_rows *st, int i, struct tr_str bytes)
{
    sqlite3_bind_blob(st->statement, i, bytes.p, (int)bytes.len, SQLITE_STATIC);
}

int tr_sqlite_next(struct tr_store *s, struct tr_rows *st, struct tr_err *err)
{
    int rc = step(s, st);

    if (rc == SQLITE_ROW)
        return 1;
    sqlite3_reset(st->statement);
    return rc == SQLITE_DONE ? 0 : tr_sqlite_failed(s, rc, err);
}

void tr_sqlite_reset(struct tr_rows *st)
{
    sqlite3_reset(st->statement);
}

int64_t tr_sqlite_column_number(struct tr_rows *st, int column)
{
    return sqlite3_column_int64(st->statement, column);
}

struct tr_str tr_sqlite_column_text(struct tr_rows *st, int column)
{
    const char *p = (const char *)sqlite3_column_text(st->statement, column);

    return (struct tr_str){p ? p : "", (size_t)sqlite3_column_bytes(st->statement, column)};
}

struct tr_str tr_sqlite_column_blob(struct tr_rows *st, int column)
{
    return (struct tr_str){sqlite3_column_blob(st->statement, column),
                           (size_t)sqlite3_column_bytes(st->statement, column)};
}

int tr_sqlite_finish(struct tr_store *s, struct tr_rows *st, uint64_t *n, struct tr_err *err)
{
    int rc = step(s, st);

    sqlite3_reset(st->statement);
    if (rc != SQLITE_DONE)
        return tr_sqlite_failed(s, rc, err);
    if (n)
        *n = (uint64_t)sqlite3_changes64(s->db);
    return 0;
}

int tr_sqlite_add(struct tr_store *s, struct tr_rows *st, int64_t *added, struct tr_err *err)
{
    if (tr_sqlite_finish(s, st, NULL, err) < 0)
        return -1;
    *added = sqlite3_changes64(s->db) > 0 ? sqlite3_last_insert_rowid(s->db) : 0;
    return 0;
}

int tr_sqlite_look(struct tr_store *s, struct tr_err *err)
{
    if (!sqlite3_get_autocommit(s->db))
        return 0;
    return tr_sqlite_run(s, "BEGIN", err) < 0 ? -1 : 1;
}

void tr_sqlite_look_end(struct tr_store *s)
{
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

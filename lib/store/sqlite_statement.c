#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/sqlite_own.h"

enum { TEXT_MAX = 1 << 20 };

#define TR_STATEMENT(constant, name) [constant] = name,
const char *const tr_sqlite_names[N_STATEMENTS] = {TR_STATEMENTS(TR_STATEMENT)};

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

int tr_sqlite_failed(const struct tr_store *s, int rc, struct tr_err *err)
{
    int now = errno, sys = s->db ? sqlite3_system_errno(s->db) : 0;

    tr_err_set(err, code_of(rc), s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc), NULL, NULL);
    if ((rc & 0xFF) == SQLITE_FULL)
        err->sys = ENOSPC;
    else if ((rc & 0xFF) == SQLITE_IOERR || (rc & 0xFF) == SQLITE_CANTOPEN)
        err->sys = sys ? sys : now ? now : EIO; /* the engine forgets some */
    err->source = s->path;
    return -1;
}

int tr_sqlite_refuse(const char *path, enum tr_code code, const char *a, const char *b,
                     struct tr_err *err)
{
    tr_err_set(err, code, a, b, NULL);
    err->source = path;
    return -1;
}

int tr_sqlite_run(struct tr_store *s, const char *sql, struct tr_err *err)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? 0 : tr_sqlite_failed(s, rc, err);
}

char *tr_sqlite_read(const char *folder, const char *name, struct tr_err *err)
{
    char *path = NULL, *text = calloc(1, TEXT_MAX);
    FILE *f = NULL;
    size_t n;

    if (!text || asprintf(&path, "%s/sqlite/%s", folder, name) < 0) {
        free(text);
        tr_err_memory(err);
        return NULL;
    }
    f = fopen(path, "re");
    n = f ? fread(text, 1, TEXT_MAX - 1, f) : 0;
    if (n == 0) {
        tr_err_set(err, TR_E_REGISTER, path, NULL, NULL);
        err->sys = errno;
        free(text);
        text = NULL;
    }
    if (f)
        fclose(f);
    free(path);
    return text;
}

sqlite3_stmt *tr_sqlite_ready(struct tr_store *s, enum statement which, struct tr_err *err)
{
    char head[64];
    const char *at;
    int rc;

    if (s->statement[which]) {
        sqlite3_reset(s->statement[which]);
        sqlite3_clear_bindings(s->statement[which]);
        return s->statement[which];
    }
    snprintf(head, sizeof head, "-- name: %s\n", tr_sqlite_names[which]);
    at = strstr(s->sql, head);
    rc = at ? sqlite3_prepare_v3(s->db, at + strlen(head), -1, SQLITE_PREPARE_PERSISTENT,
                                 &s->statement[which], NULL)
            : SQLITE_ERROR;
    if (rc == SQLITE_OK && s->statement[which])
        return s->statement[which];
    if (at)
        tr_sqlite_failed(s, rc, err);
    else
        tr_sqlite_refuse(s->path, TR_E_REGISTER, tr_sqlite_names[which], NULL, err);
    return NULL;
}

int tr_sqlite_finish(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err)
{
    int rc = sqlite3_step(st);

    sqlite3_reset(st);
    return rc == SQLITE_DONE ? 0 : tr_sqlite_failed(s, rc, err);
}

int tr_sqlite_next(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err)
{
    int rc = sqlite3_step(st);

    if (rc == SQLITE_ROW)
        return 1;
    sqlite3_reset(st);
    return rc == SQLITE_DONE ? 0 : tr_sqlite_failed(s, rc, err);
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

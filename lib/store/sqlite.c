#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite_own.h"

enum {
    APPLICATION = 0x54526567, /* "TReg": in the file's head, so that it is known as a register */
    VERSION = 1               /* the newest migration */
};

/* Runs the migrations after version, each in the one transaction. */
static int migrate(struct tr_store *s, const char *folder, int version, struct tr_err *err)
{
    static const char *const migrations[VERSION] = {"001-start.sql"};
    char mark[96];

    if (tr_sqlite_run(s, "BEGIN IMMEDIATE", err) < 0)
        return -1;
    for (int v = version; v < VERSION; v++) {
        char *sql = tr_sqlite_read(folder, migrations[v], err);
        int rc = sql ? tr_sqlite_run(s, sql, err) : -1;

        free(sql);
        if (rc < 0)
            goto back;
    }
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION,
             VERSION);
    if (tr_sqlite_run(s, mark, err) == 0 && tr_sqlite_run(s, "COMMIT", err) == 0)
        return 0;
back:
    tr_store_rollback(s);
    return -1;
}

/* Whether path is something that may be opened. */
static int look(const char *path, struct tr_err *err)
{
    struct stat st;

    if (lstat(path, &st) < 0)
        return tr_err_sys(err, TR_E_OPEN, path);
    if (S_ISLNK(st.st_mode))
        return tr_sqlite_refuse(path, TR_E_LINK, NULL, NULL, err);
    if (S_ISDIR(st.st_mode))
        return tr_sqlite_refuse(path, TR_E_DIRECTORY, NULL, NULL, err);
    if (!S_ISREG(st.st_mode))
        return tr_sqlite_refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
    return 0;
}

static int set_up(struct tr_store *s, int timeout, struct tr_err *err)
{
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, timeout);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return tr_sqlite_run(
        s,
        "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; "
        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA cell_size_check = ON",
        err);
}

struct tr_store *tr_store_open(const char *path, const char *sql, enum tr_store_mode mode,
                               int timeout, struct tr_err *err)
{
    struct tr_store *s;
    int application, version, rc;
    char text[2][16];

    if (look(path, err) < 0)
        return NULL;
    s = calloc(1, sizeof *s);
    if (!s) {
        tr_err_memory(err);
        return NULL;
    }
    s->path = path;
    rc = sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK) {
        tr_sqlite_failed(s, rc, err);
        goto out;
    }
    if (set_up(s, timeout, err) < 0 ||
        tr_sqlite_number(s, "PRAGMA application_id", &application, err) < 0 ||
        tr_sqlite_number(s, "PRAGMA user_version", &version, err) < 0)
        goto out;
    if (application != APPLICATION) {
        tr_sqlite_refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
        goto out;
    }
    if (version > VERSION) {
        snprintf(text[0], sizeof text[0], "%d", version);
        snprintf(text[1], sizeof text[1], "%d", VERSION);
        tr_sqlite_refuse(path, TR_E_REGISTER_NEWER, text[0], text[1], err);
        goto out;
    }
    if (version < VERSION && mode == TR_STORE_WRITE && migrate(s, sql, version, err) < 0)
        goto out;
    s->sql = tr_sqlite_read(sql, "queries.sql", err);
    if (s->sql)
        return s;
out:
    tr_store_close(s);
    return NULL;
}

int tr_store_create(const char *path, const char *sql, struct tr_err *err)
{
    struct tr_store s = {.path = path};
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600), rc;

    if (fd < 0)
        return tr_err_sys(err, TR_E_CREATE, path);
    close(fd);
    rc = sqlite3_open_v2(path, &s.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    rc = rc == SQLITE_OK ? set_up(&s, 0, err) : tr_sqlite_failed(&s, rc, err);
    if (rc == 0)
        rc = tr_sqlite_run(&s, "PRAGMA journal_mode = WAL", err);
    if (rc == 0)
        rc = migrate(&s, sql, 0, err);
    sqlite3_close(s.db);
    if (rc < 0)
        unlink(path);
    return rc;
}

void tr_store_remove(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char name[4096];

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

void tr_store_close(struct tr_store *s)
{
    if (!s)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(s->statement[i]);
    sqlite3_close(s->db);
    free(s->sql);
    free(s);
}

int tr_store_setting(struct tr_store *s, const char *name, struct tr_buf *out, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, SETTING, err);
    int rc;

    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, tr_str(name));
    rc = tr_sqlite_next(s, st, err);
    if (rc > 0)
        tr_buf_str(out, tr_sqlite_text(st, 0));
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}

int tr_store_set(struct tr_store *s, const char *name, struct tr_str value, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, SETTING_SET, err);

    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, tr_str(name));
    tr_sqlite_bind_text(st, 2, value);
    return tr_sqlite_finish(s, st, err);
}

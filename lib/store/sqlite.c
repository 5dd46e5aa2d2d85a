#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite_own.h"

enum {
    APPLICATION = 0x54526567
}; /* "TReg": in the file's head, so that it is known as a register */

/* What may stand beside a database: its journals. */
static const char *const journals[] = {"-wal", "-shm", "-journal"};
enum { WAL, SHM, JOURNAL, N_JOURNALS };

/* ---- files ---- */

/* Refuses a journal beside path that cannot be its own: a link, another's, or one of the other way
 * to keep a journal. in_wal: the database's head says that it keeps its journal so. */
static int look_beside(const char *path, const struct stat *db, bool in_wal, struct tr_err *err)
{
    char name[4096];
    struct stat st;

    for (int i = 0; i < N_JOURNALS; i++) {
        snprintf(name, sizeof name, "%s%s", path, journals[i]);
        if (lstat(name, &st) < 0)
            continue;
        if (!db || !S_ISREG(st.st_mode) || st.st_nlink > 1 || st.st_uid != db->st_uid ||
            in_wal != (i != JOURNAL))
            return tr_store_refuse(path, TR_E_STRAY, journals[i], NULL, err);
    }
    return 0;
}

/* Whether path is something that may be opened. */
static int look(const char *path, struct tr_err *err)
{
    unsigned char head[20] = {0};
    struct stat st;
    size_t have = 0;
    ssize_t n = 0;
    int fd;

    if (lstat(path, &st) < 0)
        return tr_err_sys(err, TR_E_OPEN, path);
    if (S_ISLNK(st.st_mode))
        return tr_store_refuse(path, TR_E_LINK, NULL, NULL, err);
    if (S_ISDIR(st.st_mode))
        return tr_store_refuse(path, TR_E_DIRECTORY, NULL, NULL, err);
    if (!S_ISREG(st.st_mode))
        return tr_store_refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
    fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return tr_err_sys(err, TR_E_OPEN, path);
    while (have < sizeof head &&
           ((n = read(fd, head + have, sizeof head - have)) > 0 || (n < 0 && errno == EINTR)))
        have += n > 0 ? (size_t)n : 0;
    if (n < 0)
        tr_err_sys(err, TR_E_READ, path);
    close(fd);
    if (have < sizeof head)
        return n < 0 ? -1 : tr_store_refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
    return look_beside(path, &st, head[18] == 2, err); /* the version of who may write: 2 is WAL */
}

int tr_sqlite_place(const char *path, struct tr_err *err)
{
    struct stat st;

    if (lstat(path, &st) < 0)
        return look_beside(path, NULL, false, err);
    errno = EEXIST;
    return tr_err_sys(err, TR_E_CREATE, path);
}

void tr_sqlite_remove(const char *path)
{
    char name[4096];

    unlink(path);
    for (int i = 0; i < N_JOURNALS; i++) {
        snprintf(name, sizeof name, "%s%s", path, journals[i]);
        unlink(name);
    }
}

int tr_sqlite_tidy(const char *path, struct tr_err *err)
{
    char name[4096];
    struct stat st;

    for (int i = 0; i < N_JOURNALS; i++) {
        snprintf(name, sizeof name, "%s%s", path, journals[i]);
        if (lstat(name, &st) < 0)
            continue;
        errno = EIO;
        if ((i != SHM && st.st_size > 0) || unlink(name) < 0)
            return tr_err_sys(err, TR_E_WRITE, path);
    }
    return 0;
}

/* ---- opening ---- */

int tr_sqlite_set_up(struct tr_store *s, int timeout, struct tr_err *err)
{
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, timeout);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    return tr_sqlite_run(
        s,
        "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; "
        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2048; PRAGMA cell_size_check = ON",
        err);
}

/* Whether it is a register, and of which version. */
static int identify(struct tr_store *s, struct tr_err *err)
{
    int application;

    if (tr_sqlite_number(s, "PRAGMA application_id", &application, err) < 0 ||
        tr_sqlite_number(s, "PRAGMA user_version", &s->version, err) < 0)
        return -1;
    return application == APPLICATION && s->version >= 1
               ? 0
               : tr_store_refuse(s->path, TR_E_NO_REGISTER, NULL, NULL, err);
}

int tr_sqlite_open(struct tr_store *s, int timeout, struct tr_err *err)
{
    sqlite3 *db = NULL;
    int rc;

    if (look(s->path, err) < 0)
        return -1;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks, and each allocation locks for it */
    rc = sqlite3_open_v2(s->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    s->db = db;
    if (rc != SQLITE_OK)
        return tr_sqlite_failed(s, rc, err);
    return tr_sqlite_set_up(s, timeout, err) < 0 ? -1 : identify(s, err);
}

void tr_sqlite_close(struct tr_store *s)
{
    tr_sqlite_forget(s);
    sqlite3_close(s->db);
}

/* ---- making ---- */

/* What version 3 has more than version 2. */
static int make_guarded(struct tr_store *s, struct tr_err *err)
{
    return tr_sqlite_run(s, TR_SCHEMA_GUARDED, err);
}

int tr_sqlite_make(struct tr_store *s, int version, struct tr_err *err)
{
    char mark[96];

    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION,
             version);
    return tr_sqlite_run(s, TR_SCHEMA, err) < 0 || (version > 2 && make_guarded(s, err) < 0)
               ? -1
               : tr_sqlite_run(s, mark, err);
}

int tr_sqlite_create(const char *path, struct tr_err *err)
{
    struct tr_store s = {.path = path};
    sqlite3 *db = NULL;
    int fd, rc, busy;

    if (tr_sqlite_place(path, err) < 0)
        return -1;
    fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return tr_err_sys(err, TR_E_CREATE, path);
    close(fd);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    s.db = db;
    rc = rc == SQLITE_OK ? tr_sqlite_set_up(&s, 0, err) : tr_sqlite_failed(&s, rc, err);
    if (rc == 0)
        rc = tr_sqlite_run(
            &s, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE", err);
    if (rc == 0)
        rc = tr_sqlite_make(&s, TR_STORE_VERSION, err);
    if (rc == 0)
        rc = tr_sqlite_run(&s, "COMMIT", err);
    if (rc == 0)
        rc = tr_sqlite_number(&s, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err);
    sqlite3_close(s.db);
    if (rc == 0)
        rc = tr_sqlite_tidy(path, err);
    if (rc < 0)
        tr_sqlite_remove(path);
    return rc;
}

/* ---- transactions ---- */

/* Brings a register of version 2 up to date, unless others did meanwhile. */
static int bring_up(struct tr_store *s, struct tr_err *err)
{
    if (tr_sqlite_number(s, "PRAGMA user_version", &s->version, err) < 0)
        return -1;
    if (s->version != 2)
        return 0;
    if (make_guarded(s, err) < 0 || tr_store_guard_all(s, err) < 0 ||
        tr_sqlite_run(s, "PRAGMA user_version = 3", err) < 0)
        return -1;
    s->version = 3;
    return 0;
}

int tr_sqlite_begin(struct tr_store *s, struct tr_err *err)
{
    /* Nothing of what is put in is written twice; who reads goes through the file once. */
    if (tr_sqlite_run(s, "PRAGMA cache_size = -65536; BEGIN IMMEDIATE", err) < 0)
        return -1;
    if (s->version != 2 || bring_up(s, err) == 0)
        return 0;
    tr_sqlite_rollback(s);
    return -1;
}

int tr_sqlite_commit(struct tr_store *s, struct tr_err *err)
{
    return tr_sqlite_run(s, "COMMIT", err);
}

void tr_sqlite_rollback(struct tr_store *s)
{
    struct tr_err err;
    int version;

    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    if (tr_sqlite_number(s, "PRAGMA user_version", &version, &err) == 0)
        s->version = version;
}

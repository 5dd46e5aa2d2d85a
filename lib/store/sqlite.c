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
            return tr_sqlite_refuse(path, TR_E_STRAY, journals[i], NULL, err);
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
        return tr_sqlite_refuse(path, TR_E_LINK, NULL, NULL, err);
    if (S_ISDIR(st.st_mode))
        return tr_sqlite_refuse(path, TR_E_DIRECTORY, NULL, NULL, err);
    if (!S_ISREG(st.st_mode))
        return tr_sqlite_refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
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
        return n < 0 ? -1 : tr_sqlite_refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
    return look_beside(path, &st, head[18] == 2, err); /* the version of who may write: 2 is WAL */
}

int tr_store_place(const char *path, struct tr_err *err)
{
    struct stat st;

    if (lstat(path, &st) < 0)
        return look_beside(path, NULL, false, err);
    errno = EEXIST;
    return tr_err_sys(err, TR_E_CREATE, path);
}

void tr_store_remove(const char *path)
{
    char name[4096];

    unlink(path);
    for (int i = 0; i < N_JOURNALS; i++) {
        snprintf(name, sizeof name, "%s%s", path, journals[i]);
        unlink(name);
    }
}

int tr_store_tidy(const char *path, struct tr_err *err)
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
        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA cell_size_check = ON",
        err);
}

/* Whether it is a register, and of which version. */
static int identify(struct tr_store *s, struct tr_err *err)
{
    char text[2][16];
    int application;

    if (tr_sqlite_number(s, "PRAGMA application_id", &application, err) < 0 ||
        tr_sqlite_number(s, "PRAGMA user_version", &s->version, err) < 0)
        return -1;
    if (application != APPLICATION || s->version < 1)
        return tr_sqlite_refuse(s->path, TR_E_NO_REGISTER, NULL, NULL, err);
    if (s->version <= TR_STORE_VERSION)
        return 0;
    snprintf(text[0], sizeof text[0], "%d", s->version);
    snprintf(text[1], sizeof text[1], "%d", TR_STORE_VERSION);
    return tr_sqlite_refuse(s->path, TR_E_REGISTER_NEWER, text[0], text[1], err);
}

struct tr_store *tr_store_open(const char *path, enum tr_store_mode mode, int timeout,
                               struct tr_err *err)
{
    struct tr_store *s;
    int rc;

    (void)mode; /* a reader, too, takes part in the journal's shared memory */
    if (look(path, err) < 0)
        return NULL;
    s = calloc(1, sizeof *s);
    if (!s) {
        tr_err_memory(err);
        return NULL;
    }
    s->path = path;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks, and each allocation locks for it */
    rc = sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    rc = rc == SQLITE_OK ? 0 : tr_sqlite_failed(s, rc, err);
    if (rc == 0 && tr_sqlite_set_up(s, timeout, err) == 0 && identify(s, err) == 0)
        return s;
    tr_store_close(s);
    return NULL;
}

void tr_store_close(struct tr_store *s)
{
    if (!s)
        return;
    for (int i = 0; i < N_QUERIES; i++)
        sqlite3_finalize(s->statement[i]);
    sqlite3_close(s->db);
    tr_secret_free(s->run);
    tr_secret_free(s->purged);
    tr_secret_free(s->binding);
    tr_secret_free(s->runs);
    tr_buf_clear(&s->held.runs);
    tr_buf_clear(&s->about);
    tr_buf_clear(&s->sealed);
    free(s);
}

int tr_store_version(const struct tr_store *s)
{
    return s->version;
}

/* ---- making ---- */

int tr_sqlite_make(struct tr_store *s, struct tr_err *err)
{
    char mark[96];

    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION,
             TR_STORE_VERSION);
    return tr_sqlite_run(s, TR_SCHEMA, err) < 0 ? -1 : tr_sqlite_run(s, mark, err);
}

int tr_store_create(const char *path, struct tr_err *err)
{
    struct tr_store s = {.path = path};
    int fd, rc, busy;

    if (tr_store_place(path, err) < 0)
        return -1;
    fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return tr_err_sys(err, TR_E_CREATE, path);
    close(fd);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    rc = sqlite3_open_v2(path, &s.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    rc = rc == SQLITE_OK ? tr_sqlite_set_up(&s, 0, err) : tr_sqlite_failed(&s, rc, err);
    if (rc == 0)
        rc = tr_sqlite_run(
            &s, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE", err);
    if (rc == 0)
        rc = tr_sqlite_make(&s, err);
    if (rc == 0)
        rc = tr_sqlite_run(&s, "COMMIT", err);
    if (rc == 0)
        rc = tr_sqlite_number(&s, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err);
    sqlite3_close(s.db);
    if (rc == 0)
        rc = tr_store_tidy(path, err);
    if (rc < 0)
        tr_store_remove(path);
    return rc;
}

/* ---- transactions ---- */

int tr_store_begin(struct tr_store *s, struct tr_err *err)
{
    s->changed = s->set = false;
    s->put = 0;
    s->never_purged = false; /* others may have, since */
    if (s->binding)
        s->binding->put = 0; /* a put that was rolled back had another */
    return tr_sqlite_run(s, "BEGIN IMMEDIATE", err);
}

int tr_store_commit(struct tr_store *s, struct tr_err *err)
{
    if (s->put && tr_sqlite_bind_put(s, s->put, &s->held, err) < 0)
        return -1;
    if (s->set && tr_sqlite_bind_settings(s, err) < 0)
        return -1;
    if ((s->changed || s->set) && tr_sqlite_bind_state(s, err) < 0)
        return -1;
    s->put = 0;
    return tr_sqlite_run(s, "COMMIT", err);
}

void tr_store_rollback(struct tr_store *s)
{
    s->put = 0;
    tr_secret_free(s->purged); /* it may have been made in this transaction */
    s->purged = NULL;
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

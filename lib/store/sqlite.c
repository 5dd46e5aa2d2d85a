#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

enum {
    APPLICATION = 0x54526567, /* "TReg": in the file's head, so that it is known as a register */
    VERSION = 1,              /* the newest migration */
    TEXT_MAX = 1 << 20
};

/* The statements of queries.sql. */
enum statement {
    PUT_START,
    LAYOUT_FIND,
    LAYOUT_ADD,
    LAYOUT_COLUMNS,
    RECORD_ADD,
    RECORD_NOW,
    RECORD_WAS,
    RECORD_END,
    IDENTITY_ADD,
    GET,
    GET_ONE,
    GET_AS_OF,
    IDENTITY_OF,
    SETTING,
    SETTING_SET,
    ACCESS_LAST,
    ACCESS_ADD,
    ACCESS_ABOUT,
    ACCESS_ALL,
    ACCESS_OF,
    ACCESS_PERSONS,
    PURGE_PERSON,
    PURGE_OLDER,
    PURGE_IDENTITY,
    PURGE_RECORD,
    PURGE_END,
    CHECK_IDENTITY,
    CHECK_PUT,
    CHECK_LAYOUT,
    N_STATEMENTS
};

static const char *const names[N_STATEMENTS] = {
    [PUT_START] = "put_start",
    [LAYOUT_FIND] = "layout_find",
    [LAYOUT_ADD] = "layout_add",
    [LAYOUT_COLUMNS] = "layout_columns",
    [RECORD_ADD] = "record_add",
    [RECORD_NOW] = "record_now",
    [RECORD_WAS] = "record_was",
    [RECORD_END] = "record_end",
    [IDENTITY_ADD] = "identity_add",
    [GET] = "get",
    [GET_ONE] = "get_one",
    [GET_AS_OF] = "get_as_of",
    [IDENTITY_OF] = "identity_of",
    [SETTING] = "setting",
    [SETTING_SET] = "setting_set",
    [ACCESS_LAST] = "access_last",
    [ACCESS_ADD] = "access_add",
    [ACCESS_ABOUT] = "access_about",
    [ACCESS_ALL] = "access_all",
    [ACCESS_OF] = "access_of",
    [ACCESS_PERSONS] = "access_persons",
    [PURGE_PERSON] = "purge_person",
    [PURGE_OLDER] = "purge_older",
    [PURGE_IDENTITY] = "purge_identity",
    [PURGE_RECORD] = "purge_record",
    [PURGE_END] = "purge_end",
    [CHECK_IDENTITY] = "check_identity",
    [CHECK_PUT] = "check_put",
    [CHECK_LAYOUT] = "check_layout",
};

struct tr_store {
    sqlite3 *db;
    const char *path;
    char *sql; /* the text of queries.sql */
    sqlite3_stmt *statement[N_STATEMENTS];
    int64_t put;
};

/* ---- errors ---- */

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

/* What SQLite says went wrong, with the system's own words where it has them. */
static int failed(const struct tr_store *s, int rc, struct tr_err *err)
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

static int refuse(const char *path, enum tr_code code, const char *a, const char *b,
                  struct tr_err *err)
{
    tr_err_set(err, code, a, b, NULL);
    err->source = path;
    return -1;
}

static int run(struct tr_store *s, const char *sql, struct tr_err *err)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? 0 : failed(s, rc, err);
}

/* ---- statements ---- */

/* All of a file of SQL; NULL with err. */
static char *read_sql(const char *folder, const char *name, struct tr_err *err)
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

/* The statement, ready to be bound; prepared when it is first wanted. */
static sqlite3_stmt *ready(struct tr_store *s, enum statement which, struct tr_err *err)
{
    char head[64];
    const char *at;
    int rc;

    if (s->statement[which]) {
        sqlite3_reset(s->statement[which]);
        sqlite3_clear_bindings(s->statement[which]);
        return s->statement[which];
    }
    snprintf(head, sizeof head, "-- name: %s\n", names[which]);
    at = strstr(s->sql, head);
    rc = at ? sqlite3_prepare_v3(s->db, at + strlen(head), -1, SQLITE_PREPARE_PERSISTENT,
                                 &s->statement[which], NULL)
            : SQLITE_ERROR;
    if (rc == SQLITE_OK && s->statement[which])
        return s->statement[which];
    if (at)
        failed(s, rc, err);
    else
        refuse(s->path, TR_E_REGISTER, names[which], NULL, err);
    return NULL;
}

/* Binds text; empty is NULL. The text must live until the statement has run. */
static void bind(sqlite3_stmt *st, int i, struct tr_str text)
{
    if (text.len > 0)
        sqlite3_bind_text(st, i, text.p, (int)text.len, SQLITE_STATIC);
}

/* The same where there must be text, if only an empty one. */
static void bind_text(sqlite3_stmt *st, int i, struct tr_str text)
{
    sqlite3_bind_text(st, i, text.len ? text.p : "", (int)text.len, SQLITE_STATIC);
}

static struct tr_str text_of(sqlite3_stmt *st, int column)
{
    const char *p = (const char *)sqlite3_column_text(st, column);

    return (struct tr_str){p ? p : "", (size_t)sqlite3_column_bytes(st, column)};
}

static struct tr_str blob_of(sqlite3_stmt *st, int column)
{
    return (struct tr_str){sqlite3_column_blob(st, column),
                           (size_t)sqlite3_column_bytes(st, column)};
}

/* Runs a statement that gives no rows. */
static int finish(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err)
{
    int rc = sqlite3_step(st);

    sqlite3_reset(st);
    return rc == SQLITE_DONE ? 0 : failed(s, rc, err);
}

/* 1 and a row, 0 at the end, -1. */
static int next(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err)
{
    int rc = sqlite3_step(st);

    if (rc == SQLITE_ROW)
        return 1;
    sqlite3_reset(st);
    return rc == SQLITE_DONE ? 0 : failed(s, rc, err);
}

/* ---- opening ---- */

static int number_of(struct tr_store *s, const char *pragma, int *out, struct tr_err *err)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(s->db, pragma, -1, &st, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    *out = rc == SQLITE_ROW ? sqlite3_column_int(st, 0) : 0;
    sqlite3_finalize(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : failed(s, rc, err);
}

/* Runs the migrations after version, each in the one transaction. */
static int migrate(struct tr_store *s, const char *folder, int version, struct tr_err *err)
{
    static const char *const migrations[VERSION] = {"001-start.sql"};
    char mark[96];

    if (run(s, "BEGIN IMMEDIATE", err) < 0)
        return -1;
    for (int v = version; v < VERSION; v++) {
        char *sql = read_sql(folder, migrations[v], err);
        int rc = sql ? run(s, sql, err) : -1;

        free(sql);
        if (rc < 0)
            goto back;
    }
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION,
             VERSION);
    if (run(s, mark, err) == 0 && run(s, "COMMIT", err) == 0)
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
        return refuse(path, TR_E_LINK, NULL, NULL, err);
    if (S_ISDIR(st.st_mode))
        return refuse(path, TR_E_DIRECTORY, NULL, NULL, err);
    if (!S_ISREG(st.st_mode))
        return refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
    return 0;
}

static int set_up(struct tr_store *s, int timeout, struct tr_err *err)
{
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, timeout);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return run(
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
        failed(s, rc, err);
        goto out;
    }
    if (set_up(s, timeout, err) < 0 ||
        number_of(s, "PRAGMA application_id", &application, err) < 0 ||
        number_of(s, "PRAGMA user_version", &version, err) < 0)
        goto out;
    if (application != APPLICATION) {
        refuse(path, TR_E_NO_REGISTER, NULL, NULL, err);
        goto out;
    }
    if (version > VERSION) {
        snprintf(text[0], sizeof text[0], "%d", version);
        snprintf(text[1], sizeof text[1], "%d", VERSION);
        refuse(path, TR_E_REGISTER_NEWER, text[0], text[1], err);
        goto out;
    }
    if (version < VERSION && mode == TR_STORE_WRITE && migrate(s, sql, version, err) < 0)
        goto out;
    s->sql = read_sql(sql, "queries.sql", err);
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
    rc = rc == SQLITE_OK ? set_up(&s, 0, err) : failed(&s, rc, err);
    if (rc == 0)
        rc = run(&s, "PRAGMA journal_mode = WAL", err);
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
    sqlite3_stmt *st = ready(s, SETTING, err);
    int rc;

    if (!st)
        return -1;
    bind_text(st, 1, tr_str(name));
    rc = next(s, st, err);
    if (rc > 0)
        tr_buf_str(out, text_of(st, 0));
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}

int tr_store_set(struct tr_store *s, const char *name, struct tr_str value, struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, SETTING_SET, err);

    if (!st)
        return -1;
    bind_text(st, 1, tr_str(name));
    bind_text(st, 2, value);
    return finish(s, st, err);
}

/* ---- putting in ---- */

int tr_store_begin(struct tr_store *s, struct tr_err *err)
{
    return run(s, "BEGIN IMMEDIATE", err);
}

int tr_store_commit(struct tr_store *s, struct tr_err *err)
{
    return run(s, "COMMIT", err);
}

void tr_store_rollback(struct tr_store *s)
{
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

int tr_store_put_start(struct tr_store *s, const struct tr_store_put *put, struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, PUT_START, err);

    if (!st)
        return -1;
    bind_text(st, 1, put->day);
    bind_text(st, 2, put->at);
    bind_text(st, 3, put->who);
    bind_text(st, 4, put->kind);
    if (finish(s, st, err) < 0)
        return -1;
    s->put = sqlite3_last_insert_rowid(s->db);
    return 0;
}

int tr_store_layout(struct tr_store *s, struct tr_str kind, struct tr_str columns, int64_t *layout,
                    struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, LAYOUT_FIND, err);
    int rc;

    if (!st)
        return -1;
    bind_text(st, 1, kind);
    bind_text(st, 2, columns);
    rc = next(s, st, err);
    if (rc > 0)
        *layout = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    if (rc != 0)
        return rc < 0 ? -1 : 0;
    st = ready(s, LAYOUT_ADD, err);
    if (!st)
        return -1;
    bind_text(st, 1, kind);
    bind_text(st, 2, columns);
    if (finish(s, st, err) < 0)
        return -1;
    *layout = sqlite3_last_insert_rowid(s->db);
    return 0;
}

/* Adds the record unless its id is there; *added tells. */
static int add(struct tr_store *s, const struct tr_store_record *r, bool *added, struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, RECORD_ADD, err);
    const struct tr_str text[] = {r->about, r->bydel, r->day, r->person};

    if (!st)
        return -1;
    bind_text(st, 1, r->kind);
    bind_text(st, 2, r->id);
    sqlite3_bind_int64(st, 3, (int64_t)r->content);
    sqlite3_bind_int64(st, 4, r->layout);
    sqlite3_bind_int64(st, 5, s->put);
    for (int i = 0; i < 4; i++)
        bind(st, 6 + i, text[i]);
    bind_text(st, 10, r->body);
    if (finish(s, st, err) < 0)
        return -1;
    *added = sqlite3_changes64(s->db) > 0;
    if (!*added || r->sealed.len == 0)
        return 0;
    st = ready(s, IDENTITY_ADD, err);
    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, sqlite3_last_insert_rowid(s->db));
    sqlite3_bind_blob(st, 2, r->sealed.p, (int)r->sealed.len, SQLITE_STATIC);
    return finish(s, st, err);
}

/* Whether the record said the same before who it is about was joined to it. */
static int was(struct tr_store *s, const struct tr_store_record *r, int64_t joined,
               struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, RECORD_WAS, err);
    int rc;

    if (!st)
        return -1;
    bind_text(st, 1, r->kind);
    bind_text(st, 2, r->id);
    sqlite3_bind_int64(st, 3, (int64_t)r->content);
    sqlite3_bind_int64(st, 4, joined);
    rc = next(s, st, err);
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
    st = ready(s, RECORD_NOW, err);
    if (!st)
        return -1;
    bind_text(st, 1, r->kind);
    bind_text(st, 2, r->id);
    rc = next(s, st, err);
    if (rc <= 0)
        return rc < 0 ? -1 : refuse(s->path, TR_E_REGISTER, "record", NULL, err);
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
    st = ready(s, RECORD_END, err);
    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, old);
    sqlite3_bind_int64(st, 2, s->put);
    return finish(s, st, err) < 0 ? -1 : add(s, r, &added, err);
}

/* ---- getting out ---- */

int tr_store_get(struct tr_store *s, const struct tr_store_query *q,
                 int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                 struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, q->as_of.len ? GET_AS_OF : q->id.len ? GET_ONE : GET, err);
    int rc;

    if (!st)
        return -1;
    bind_text(st, 1, q->kind);
    bind(st, 2, q->bydel);
    bind(st, 3, q->since);
    if (q->id.len || q->as_of.len)
        bind(st, 4, q->id);
    if (q->as_of.len)
        bind_text(st, 5, q->as_of);
    while ((rc = next(s, st, err)) > 0) {
        const struct tr_store_found found = {sqlite3_column_int64(st, 0),
                                             sqlite3_column_int64(st, 2), text_of(st, 1),
                                             text_of(st, 4), text_of(st, 3)};

        if (take(cookie, &found) < 0) {
            sqlite3_reset(st);
            return 0;
        }
    }
    return rc;
}

/* Adds the one value that a statement about a number gives. */
static int one_value(struct tr_store *s, enum statement which, int64_t number, struct tr_buf *out,
                     struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, which, err);
    int rc;

    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, number);
    rc = next(s, st, err);
    if (rc > 0)
        tr_buf_str(out, blob_of(st, 0));
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}

int tr_store_columns(struct tr_store *s, int64_t layout, struct tr_buf *out, struct tr_err *err)
{
    return one_value(s, LAYOUT_COLUMNS, layout, out, err);
}

int tr_store_sealed(struct tr_store *s, int64_t record, struct tr_buf *out, struct tr_err *err)
{
    return one_value(s, IDENTITY_OF, record, out, err);
}

/* ---- who looked ---- */

/* What a line says, for its hash. */
static void line_text(const struct tr_access *a, struct tr_buf *out)
{
    const struct tr_str part[] = {a->at, a->who, a->what, a->why};

    tr_buf_num(out, a->line);
    for (int i = 0; i < 4; i++) {
        tr_buf_char(out, '\0');
        tr_buf_str(out, part[i]);
    }
}

static void add_person(struct tr_str person, struct tr_buf *out)
{
    tr_buf_char(out, '\0');
    tr_buf_str(out, person);
}

static int add_access(struct tr_store *s, const struct tr_access *a, const unsigned char *hash,
                      struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, ACCESS_ADD, err);
    const struct tr_str part[] = {a->at, a->who, a->what, a->why};

    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, a->line);
    for (int i = 0; i < 4; i++)
        bind_text(st, 2 + i, part[i]);
    sqlite3_bind_blob(st, 6, hash, TR_CHAIN_LEN, SQLITE_STATIC);
    return finish(s, st, err);
}

/* What the setting access_head says of the last line's hash: only the key can make it. */
static void head_text(const struct tr_key *key, const unsigned char last[TR_CHAIN_LEN],
                      char out[2 * TR_CHAIN_LEN])
{
    unsigned char hash[TR_CHAIN_LEN];

    tr_chain(key, last, TR_STR("head"), hash);
    for (int i = 0; i < TR_CHAIN_LEN; i++) {
        out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
    }
}

/* Whether the log ends where it was said to. */
static int ends_well(struct tr_store *s, const struct tr_key *key,
                     const unsigned char last[TR_CHAIN_LEN], bool any, bool *well,
                     struct tr_err *err)
{
    struct tr_buf head = {0};
    char text[2 * TR_CHAIN_LEN];
    int rc = tr_store_setting(s, "access_head", &head, err);

    head_text(key, last, text);
    *well =
        any ? tr_str_eq(tr_buf_slice(&head), (struct tr_str){text, sizeof text}) : head.len == 0;
    tr_buf_clear(&head);
    return rc;
}

static int add_about(struct tr_store *s, int64_t line, struct tr_str person, struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, ACCESS_ABOUT, err);

    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, line);
    bind_text(st, 2, person);
    return finish(s, st, err);
}

int tr_store_log(struct tr_store *s, const struct tr_key *key, const struct tr_access *line,
                 struct tr_str persons, struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, ACCESS_LAST, err);
    unsigned char before[TR_CHAIN_LEN] = {0}, hash[TR_CHAIN_LEN];
    char head[2 * TR_CHAIN_LEN];
    struct tr_str rest, person;
    struct tr_access a = *line;
    struct tr_buf text = {0};
    char number[24];
    bool well;
    int rc = st ? next(s, st, err) : -1;

    a.line = 1;
    if (rc > 0) {
        a.line = sqlite3_column_int64(st, 0) + 1;
        if (blob_of(st, 1).len == TR_CHAIN_LEN)
            memcpy(before, blob_of(st, 1).p, TR_CHAIN_LEN);
        sqlite3_reset(st);
    }
    if (rc < 0 || ends_well(s, key, before, a.line > 1, &well, err) < 0)
        return -1;
    if (!well) { /* what is lost at the end must not be covered up */
        snprintf(number, sizeof number, "%lld", (long long)a.line);
        return refuse(s->path, TR_E_LOG_ENDS, number, NULL, err);
    }
    line_text(&a, &text);
    for (rest = persons; tr_str_part(&rest, '\n', &person) && person.len > 0;)
        add_person(person, &text);
    tr_chain(key, before, tr_buf_slice(&text), hash);
    head_text(key, hash, head);
    rc = text.failed ? tr_err_memory(err) : add_access(s, &a, hash, err);
    if (rc == 0)
        rc = tr_store_set(s, "access_head", (struct tr_str){head, sizeof head}, err);
    for (rest = persons; rc == 0 && tr_str_part(&rest, '\n', &person) && person.len > 0;)
        rc = add_about(s, a.line, person, err);
    tr_buf_clear(&text);
    return rc;
}

/* Adds the persons that a line is about, as its hash has them. */
static int add_persons(struct tr_store *s, int64_t line, struct tr_buf *text, struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, ACCESS_PERSONS, err);
    int rc;

    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, line);
    while ((rc = next(s, st, err)) > 0)
        add_person(text_of(st, 0), text);
    return rc;
}

int tr_store_log_read(struct tr_store *s, const struct tr_key *key, struct tr_str person,
                      int (*take)(void *cookie, const struct tr_access *line, bool broken),
                      void *cookie, struct tr_err *err)
{
    sqlite3_stmt *st = ready(s, person.len ? ACCESS_OF : ACCESS_ALL, err);
    unsigned char before[TR_CHAIN_LEN] = {0}, hash[TR_CHAIN_LEN];
    struct tr_buf text = {0};
    int64_t expected = 0;
    int rc = st ? 1 : -1;
    bool well;

    if (st && person.len)
        bind_text(st, 1, person);
    while (rc > 0 && (rc = next(s, st, err)) > 0) {
        const struct tr_access a = {sqlite3_column_int64(st, 0), text_of(st, 1), text_of(st, 2),
                                    text_of(st, 3), text_of(st, 4)};
        struct tr_str stands = blob_of(st, 5);
        bool broken = false;

        expected++;
        if (key && !person.len) {
            text.len = 0;
            line_text(&a, &text);
            if (add_persons(s, a.line, &text, err) < 0) {
                rc = -1;
                break;
            }
            tr_chain(key, before, tr_buf_slice(&text), hash);
            broken = a.line != expected || stands.len != TR_CHAIN_LEN ||
                     memcmp(hash, stands.p, TR_CHAIN_LEN) != 0;
            memcpy(before, stands.len == TR_CHAIN_LEN ? (const unsigned char *)stands.p : hash,
                   TR_CHAIN_LEN);
            expected = a.line;
        }
        if (take(cookie, &a, broken) < 0)
            break;
    }
    if (st)
        sqlite3_reset(st);
    if (rc == 0 && key && !person.len) {
        rc = ends_well(s, key, before, expected > 0, &well, err);
        if (rc == 0 && !well)
            take(cookie, &(struct tr_access){.line = expected + 1}, true);
    }
    tr_buf_clear(&text);
    return rc < 0 ? -1 : 0;
}

/* ---- taking away ---- */

int tr_store_purge(struct tr_store *s, struct tr_str person, struct tr_str before, uint64_t *n,
                   struct tr_err *err)
{
    sqlite3_stmt *st;

    *n = 0;
    if (run(s, "CREATE TEMP TABLE purge (record INTEGER PRIMARY KEY)", err) < 0)
        return -1;
    st = ready(s, person.len ? PURGE_PERSON : PURGE_OLDER, err);
    if (!st)
        return -1;
    bind_text(st, 1, person.len ? person : before);
    if (finish(s, st, err) < 0)
        return -1;
    for (enum statement which = PURGE_IDENTITY; which <= PURGE_END; which++) {
        st = ready(s, which, err);
        if (!st || finish(s, st, err) < 0)
            return -1;
        if (which == PURGE_RECORD)
            *n = (uint64_t)sqlite3_changes64(s->db);
    }
    return 0;
}

/* Brings the journal into the file and empties it; others who read keep it from that. */
static int checkpoint(struct tr_store *s, struct tr_err *err)
{
    int busy;

    if (number_of(s, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err) < 0)
        return -1;
    return busy ? refuse(s->path, TR_E_BUSY, NULL, NULL, err) : 0;
}

int tr_store_wipe(struct tr_store *s, struct tr_err *err)
{
    return checkpoint(s, err) < 0 || run(s, "VACUUM", err) < 0 ? -1 : checkpoint(s, err);
}

/* ---- looking after ---- */

int tr_store_check(struct tr_store *s, void (*say)(void *cookie, const struct tr_err *err),
                   void *cookie, uint64_t *n, struct tr_err *err)
{
    sqlite3_stmt *st = NULL;
    struct tr_err fault;
    char text[160];
    int rc = sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(20)", -1, &st, NULL);

    *n = 0;
    while (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
        if (!tr_str_is(text_of(st, 0), "ok")) {
            tr_err_copy(text, sizeof text, text_of(st, 0));
            refuse(s->path, TR_E_REGISTER_DAMAGED, text, NULL, &fault);
            say(cookie, &fault);
            ++*n;
        }
    sqlite3_finalize(st);
    if (rc != SQLITE_OK)
        return failed(s, rc, err);
    for (enum statement which = CHECK_IDENTITY; which <= CHECK_LAYOUT; which++) {
        st = ready(s, which, err);
        if (!st || next(s, st, err) < 0)
            return -1;
        if (sqlite3_column_int64(st, 0) > 0) {
            refuse(s->path, TR_E_REGISTER_DAMAGED, names[which], NULL, &fault);
            say(cookie, &fault);
            ++*n;
        }
        sqlite3_reset(st);
    }
    return 0;
}

int tr_store_copy(struct tr_store *s, const char *to, struct tr_err *err)
{
    struct tr_store target = {.path = to};
    sqlite3_backup *backup;
    int rc, fd = open(to, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return tr_err_sys(err, TR_E_CREATE, to);
    close(fd);
    rc = sqlite3_open_v2(to, &target.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK) {
        failed(&target, rc, err);
    } else {
        backup = sqlite3_backup_init(target.db, "main", s->db, "main");
        rc = backup ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
        sqlite3_backup_finish(backup);
        if (rc != SQLITE_DONE)
            failed(&target, rc, err);
        else if (run(&target, "PRAGMA journal_mode = DELETE", err) == 0)
            rc = SQLITE_OK;
    }
    sqlite3_close(target.db);
    if (rc == SQLITE_OK)
        return 0;
    unlink(to);
    return -1;
}

int tr_store_image(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    sqlite3_int64 size = 0;
    unsigned char *image = sqlite3_serialize(s->db, "main", &size, 0);

    if (!image)
        return refuse(s->path, TR_E_MEMORY, NULL, NULL, err);
    tr_buf_add(out, image, (size_t)size);
    sqlite3_free(image);
    return out->failed ? refuse(s->path, TR_E_MEMORY, NULL, NULL, err) : 0;
}

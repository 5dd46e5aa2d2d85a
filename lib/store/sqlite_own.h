/* What the files of the register's engine share. The only place that includes SQLite. */
#ifndef TR_STORE_SQLITE_OWN_H
#define TR_STORE_SQLITE_OWN_H

#include <sqlite3.h>

#include "store/proof_own.h"
#include "store/sql_own.h"
#include "store/store.h"

/* A statement of queries.sql is Q_ and its name. */
#define TR_QUERY(name, text) Q_##name,
enum tr_query { TR_QUERIES N_QUERIES };
#undef TR_QUERY

extern const char *const tr_sqlite_names[N_QUERIES];

struct tr_store {
    sqlite3 *db;
    const char *path;
    int version;
    sqlite3_stmt *statement[N_QUERIES];
    const struct tr_keys *keys; /* in use; NULL: none */
    char id[TR_REGISTER_ID_LEN + 1];
    int64_t reader; /* the key in use, among those that read; 0: none */
    bool changed;   /* since begin */
    bool set;       /* a setting was */

    /* the put that is going on */
    int64_t put;
    struct tr_proof_held held; /* what it has so far */
    struct tr_key *run; /* in secret memory; NULL before the first put */
    uint64_t count;     /* of what was sealed under it */
    struct tr_buf about, sealed;

    struct tr_binding_key {
        int64_t put;
        struct tr_key key;
    } * binding; /* of records of the put last asked for; in secret memory */

    struct tr_key *purged; /* makes the marks of who was purged; in secret memory; NULL: not known */
    bool never_purged;     /* there is none */

    /* reading: the keys of puts, by their numbers, as they were needed; in secret memory */
    struct tr_run_key {
        bool known;
        struct tr_key key;
    } * runs;
    int64_t n_runs;
};

/* What SQLite says went wrong, with the system's own words where it has them; -1. */
int tr_sqlite_failed(const struct tr_store *s, int rc, struct tr_err *err);

/* -1 with err when what the engine calls damaged could not be read; else 0. */
int tr_sqlite_unread(const struct tr_store *s, struct tr_err *err);

/* What we say went wrong with the file at path; -1. */
int tr_sqlite_refuse(const char *path, enum tr_code code, const char *a, const char *b,
                     struct tr_err *err);

/* The same of what was changed: a table, and a number in it unless that is 0. */
int tr_sqlite_changed(const struct tr_store *s, const char *table, int64_t number,
                      struct tr_err *err);

/* 0 when the keys in use have this secret, else TR_E_KEY_PURPOSE. */
int tr_sqlite_need(const struct tr_store *s, enum tr_secret secret, struct tr_err *err);

/* Runs statements that give no rows and take no values. */
int tr_sqlite_run(struct tr_store *s, const char *sql, struct tr_err *err);

/* The number that a pragma gives; 0 when it gives none. */
int tr_sqlite_number(struct tr_store *s, const char *pragma, int *out, struct tr_err *err);

/* The statement, ready to be bound; prepared when it is first wanted. NULL with err. */
sqlite3_stmt *tr_sqlite_ready(struct tr_store *s, enum tr_query which, struct tr_err *err);

/* Runs a statement that gives no rows. */
int tr_sqlite_finish(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err);

/* 1 and a row, 0 at the end, -1. */
int tr_sqlite_next(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err);

/* Reads from now on see one moment, until the end; nothing within a transaction. Gives whether
 * there is something to end, -1 with err. */
int tr_sqlite_look(struct tr_store *s, struct tr_err *err);
void tr_sqlite_look_end(struct tr_store *s, int looking);

/* What every connection to a register is set to. */
int tr_sqlite_set_up(struct tr_store *s, int timeout, struct tr_err *err);

/* Makes the tables of the newest version, and marks the file as a register of that version. */
int tr_sqlite_make(struct tr_store *s, struct tr_err *err);

/* ---- what binds ---- */

/* The record in the row of record_one or record_all. */
void tr_sqlite_record(sqlite3_stmt *st, struct tr_proof_record *out);

/* Sets the settings' mark, and the state. Part of the transaction. */
int tr_sqlite_bind_settings(struct tr_store *s, struct tr_err *err);
int tr_sqlite_bind_state(struct tr_store *s, struct tr_err *err);

/* Whether settings, keys and sums are as they were left: 0, or TR_E_REGISTER_CHANGED. */
int tr_sqlite_check_settings(struct tr_store *s, struct tr_err *err);
int tr_sqlite_check_keys(struct tr_store *s, struct tr_err *err);
int tr_sqlite_check_state(struct tr_store *s, struct tr_err *err);

/* The last line of the log and its hash; 0 and zeros when there is none. */
int tr_sqlite_last_line(struct tr_store *s, int64_t *line, unsigned char hash[TR_HASH_LEN],
                        struct tr_err *err);

/* Sets a setting to the hexadecimal digits of a mark; compares it with one. */
int tr_sqlite_set_mark(struct tr_store *s, const char *name, const unsigned char mark[TR_MARK_LEN],
                       struct tr_err *err);
int tr_sqlite_is_mark(struct tr_store *s, const char *name, const unsigned char mark[TR_MARK_LEN],
                      bool *same, struct tr_err *err);

/* Makes the key of a put and seals it for all who may read; where it is kept; the put's own mark.
 */
int tr_sqlite_start_run(struct tr_store *s, int64_t put, struct tr_err *err);
int tr_sqlite_run_key(struct tr_store *s, int64_t put, const struct tr_key **out,
                      struct tr_err *err);
int tr_sqlite_add_put(struct tr_store *s, int64_t put, const struct tr_store_put *what,
                      struct tr_err *err); /* put 0: the next number; s->put becomes it */
int tr_sqlite_bind_put(struct tr_store *s, int64_t put, const struct tr_proof_held *held,
                       struct tr_err *err);

/* Whether the row of put_one or put_all is what was bound, and has these records. */
bool tr_sqlite_put_holds(struct tr_store *s, sqlite3_stmt *st, const struct tr_proof_held *held);

/* Walks through the records of all puts: each call gives those of a put, and puts come in their
 * order. */
struct tr_sqlite_walk {
    sqlite3_stmt *st;
    int rc;
    struct tr_proof_held held; /* of the put asked for */
};
int tr_sqlite_walk_start(struct tr_store *s, struct tr_sqlite_walk *w, struct tr_err *err);
int tr_sqlite_walk_to(struct tr_store *s, struct tr_sqlite_walk *w, int64_t put,
                      struct tr_err *err);
void tr_sqlite_walk_end(struct tr_sqlite_walk *w);

/* The key that binds the records of a put. NULL: see err. */
const struct tr_key *tr_sqlite_binding(struct tr_store *s, int64_t put, struct tr_err *err);

/* Seals what a record is about under the key of the put that goes on, into s->sealed; with its mark
 * both go into the table; update: they are there. r->sealed is set. */
int tr_sqlite_seal(struct tr_store *s, struct tr_proof_record *r, struct tr_str open,
                   struct tr_err *err);
/* Whether the row of record_one or record_all, read into r, is what was bound. */
bool tr_sqlite_record_holds(struct tr_store *s, sqlite3_stmt *st, const struct tr_proof_record *r);

int tr_sqlite_bind_record(struct tr_store *s, enum tr_query how, const struct tr_proof_record *r,
                          struct tr_err *err);

/* Binds the columns of a layout. */
int tr_sqlite_bind_layout(struct tr_store *s, int64_t layout, struct tr_str kind,
                          struct tr_str columns, struct tr_err *err);

/* Adds the marks of all cases that a purge has gathered. */
int tr_sqlite_purge_marks(struct tr_store *s, struct tr_buf *marks, struct tr_err *err);

/* Goes over to fresh keys, and seals the key of marks anew. */
int tr_sqlite_purged_rekey(struct tr_store *s, const struct tr_keys *fresh, struct tr_err *err);

/* Moves the log to the secret and the id of the register. Part of migrating. */
int tr_sqlite_rehash(struct tr_store *s, struct tr_err *err);

static inline struct tr_str tr_sqlite_id(const struct tr_store *s)
{
    return (struct tr_str){s->id, TR_REGISTER_ID_LEN};
}

static inline const struct tr_key *tr_sqlite_secret(const struct tr_store *s, enum tr_secret which)
{
    return &s->keys->secret[which];
}

/* Binds text; empty is NULL. The text must live until the statement has run. */
static inline void tr_sqlite_bind(sqlite3_stmt *st, int i, struct tr_str text)
{
    if (text.len > 0)
        sqlite3_bind_text(st, i, text.p, (int)text.len, SQLITE_STATIC);
}

/* The same where there must be text, if only an empty one. */
static inline void tr_sqlite_bind_text(sqlite3_stmt *st, int i, struct tr_str text)
{
    sqlite3_bind_text(st, i, text.len ? text.p : "", (int)text.len, SQLITE_STATIC);
}

/* Bytes; none is NULL. */
static inline void tr_sqlite_bind_blob(sqlite3_stmt *st, int i, const void *p, size_t n)
{
    if (n > 0)
        sqlite3_bind_blob(st, i, p, (int)n, SQLITE_STATIC);
}

static inline struct tr_str tr_sqlite_text(sqlite3_stmt *st, int column)
{
    const char *p = (const char *)sqlite3_column_text(st, column);

    return (struct tr_str){p ? p : "", (size_t)sqlite3_column_bytes(st, column)};
}

static inline struct tr_str tr_sqlite_blob(sqlite3_stmt *st, int column)
{
    return (struct tr_str){sqlite3_column_blob(st, column),
                           (size_t)sqlite3_column_bytes(st, column)};
}

static inline bool tr_sqlite_is_blob(sqlite3_stmt *st, int column,
                                     const unsigned char mark[TR_MARK_LEN])
{
    struct tr_str is = tr_sqlite_blob(st, column);

    return is.len == TR_MARK_LEN && tr_same_bytes(is.p, mark, TR_MARK_LEN);
}

/* Adds the value that a statement finds under a name; nothing when there is none. */
int tr_sqlite_setting(struct tr_store *s, enum tr_query which, const char *name,
                      struct tr_buf *out, struct tr_err *err);

#endif

/* What an engine does for the register: where it lies, transactions, and statements by their names.
 * All that is promised in store.h is made of these, the same for every engine; what binds and seals
 * is not the engine's. */
#ifndef TR_STORE_ENGINE_OWN_H
#define TR_STORE_ENGINE_OWN_H

#include "store/sql_own.h"
#include "store/store.h"

/* A statement of queries.sql is Q_ and its name; the engines know the same names. */
#define TR_QUERY(name, text) Q_##name,
enum tr_query { TR_QUERIES N_QUERIES };
#undef TR_QUERY

/* A statement, and the row that it has come to. */
struct tr_rows {
    const struct tr_engine *engine; /* NULL: not wanted yet */
    void *statement;                /* the engine's */
};

struct tr_batch; /* see batch_own.h */

/* What is looked after, and who is told what is found; the n-th. */
struct tr_checking {
    struct tr_store *s;
    void (*say)(void *cookie, const struct tr_err *err);
    void *cookie;
    uint64_t n;
};

/* Functions as store.h and store_own.h describe them, under the same names. */
struct tr_engine {
    int oldest; /* version that it works with as it is */

    /* the place; nothing is open */
    int (*place)(const char *path, struct tr_err *err);
    int (*create)(const char *path, struct tr_err *err);
    void (*remove)(const char *path);
    int (*tidy)(const char *path, struct tr_err *err);

    /* Opens s->path, and sets s->db and s->version. close follows, also when it failed. */
    int (*open)(struct tr_store *s, int timeout, struct tr_err *err);
    void (*close)(struct tr_store *s);

    int (*begin)(struct tr_store *s, struct tr_err *err);
    int (*commit)(struct tr_store *s, struct tr_err *err);
    void (*rollback)(struct tr_store *s);
    int (*look)(struct tr_store *s, struct tr_err *err);
    void (*look_end)(struct tr_store *s);

    /* Makes the statement ready to be bound, with nothing bound. Parameters count from 1, columns
     * from 0; what is bound must live until the statement has run. */
    int (*ready)(struct tr_store *s, struct tr_rows *st, enum tr_query which, struct tr_err *err);
    void (*bind_number)(struct tr_rows *st, int i, int64_t number);
    void (*bind_text)(struct tr_rows *st, int i, struct tr_str text);
    void (*bind_blob)(struct tr_rows *st, int i, struct tr_str bytes);
    int (*next)(struct tr_store *s, struct tr_rows *st, struct tr_err *err);
    void (*reset)(struct tr_rows *st);
    int64_t (*number)(struct tr_rows *st, int column); /* 0: NULL, too */
    struct tr_str (*text)(struct tr_rows *st, int column);
    struct tr_str (*blob)(struct tr_rows *st, int column);

    /* Run to their end: *n rows were changed; *added is the number of the row that came in, 0 when
     * none did. */
    int (*finish)(struct tr_store *s, struct tr_rows *st, uint64_t *n, struct tr_err *err);
    int (*add)(struct tr_store *s, struct tr_rows *st, int64_t *added, struct tr_err *err);

    /* Of an engine to which each question is a way to go, records are put in many at once; NULL:
     * a few with one statement, as batch.c has it. The numbers of n records to come, one after another, from *first; which of the
     * batch are there; adding those that are not. */
    int (*reserve)(struct tr_store *s, uint32_t n, int64_t *first, struct tr_err *err);
    int (*find_many)(struct tr_store *s, struct tr_batch *b, struct tr_err *err);
    int (*add_many)(struct tr_store *s, const struct tr_batch *b, struct tr_err *err);

    int (*purge_begin)(struct tr_store *s, struct tr_err *err);
    int (*wipe)(struct tr_store *s, bool *shrunk, struct tr_err *err);

    /* Finds what needs no key: what the engine finds itself, and tables that are others. */
    int (*check)(struct tr_checking *c, struct tr_err *err);

    int (*copy)(struct tr_store *s, const char *to, struct tr_str at, struct tr_err *err);
    int (*image)(struct tr_store *s, struct tr_buf *out, struct tr_err *err);
    int (*migrate)(struct tr_store *s, const struct tr_keys *keys, const struct tr_access *line,
                   int (*content)(void *cookie, const struct tr_store_old *old), void *cookie,
                   uint64_t *records, struct tr_err *err);
};

extern const struct tr_engine tr_sqlite_engine;
extern const struct tr_engine tr_pg_engine;

#endif

/* What the files of the engine PostgreSQL share. The only place that includes libpq. */
#ifndef TR_STORE_PG_OWN_H
#define TR_STORE_PG_OWN_H

#include <libpq-fe.h>

#include "store/store_own.h"

enum { TR_PG_TOKEN_LEN = 32, TR_PG_PARAMETERS = 16 };

/* A connection. */
struct tr_pg {
    PGconn *conn;
    PGconn *aside;    /* over which is written down, and committed, what is handed out; or NULL */
    int timeout;      /* milliseconds */
    unsigned life;    /* grows when the connection is made anew: statements are prepared again */
    bool sees_all;    /* the login does: intake, keeper; others ask for what is their own */
    bool sent;        /* a statement was, and its answer has not been fetched */
    PGresult *failed; /* that it did, and nobody was told; NULL: it did not */
    char token[TR_PG_TOKEN_LEN + 1]; /* of the transaction: there when it was committed */
    char begun[64]; /* when the server says that it began, and its process; empty: not asked */
    char process[24];
    struct tr_pg_rows *alone;  /* the statement for which a transaction was begun; NULL: none */
    struct tr_pg_rows *ahead;  /* of which the next part was sent for; NULL: none */
    struct tr_pg_rows *latest; /* that last fetched records; NULL: none */
    const PGresult *handed;    /* rows that were written down */
    int64_t handed_one;
};

/* A statement. Many rows are fetched by a cursor, a part at a time. */
struct tr_pg_rows {
    struct tr_store *s;
    enum tr_query which;
    unsigned life; /* of the connection for which it was prepared; 0: for none */
    bool started, cursor;
    PGresult *part, *sealed; /* and what is sealed of its records */
    PGresult *ahead;         /* the next part; NULL: not there yet */
    int row;
    const char *value[TR_PG_PARAMETERS];
    int length[TR_PG_PARAMETERS], format[TR_PG_PARAMETERS];
    char number[TR_PG_PARAMETERS][24];
};

static inline struct tr_pg *tr_pg(const struct tr_store *s)
{
    return s->db;
}

/* What the server says went wrong, in its own words where they hold no value; clears the result;
 * -1.
 */
int tr_pg_failed(const struct tr_store *s, PGresult *res, struct tr_err *err);

/* Sends a statement that gives no rows, and does not wait for its answer; whatever is asked next
 * first looks at it, and fails when it did. */
int tr_pg_send(struct tr_store *s, struct tr_rows *st, struct tr_err *err);
int tr_pg_answered(struct tr_store *s, struct tr_err *err);
void tr_pg_unanswered(struct tr_pg *pg); /* whatever it is */

/* Asks which version the register has, and whether the login sees all records, and asks the tables. */
int tr_pg_identify(struct tr_store *s, struct tr_err *err);
int tr_pg_know_login(struct tr_store *s, struct tr_err *err);

/* Whether the login is the keeper; -1. */
int tr_pg_is_keeper(struct tr_store *s, struct tr_err *err);

/* Runs statements that give no rows and take no values. */
int tr_pg_run(struct tr_store *s, const char *sql, struct tr_err *err);

/* The connection once more, set up; -1 with err. */
PGconn *tr_pg_connect(const char *path, int timeout, struct tr_err *err);

/* Functions of the engine; see engine_own.h. */
int tr_pg_place(const char *path, struct tr_err *err);
int tr_pg_create(const char *path, struct tr_err *err);
void tr_pg_remove(const char *path);
int tr_pg_tidy(const char *path, struct tr_err *err);
int tr_pg_open(struct tr_store *s, int timeout, struct tr_err *err);
void tr_pg_close(struct tr_store *s);
int tr_pg_begin(struct tr_store *s, struct tr_err *err);
int tr_pg_commit(struct tr_store *s, struct tr_err *err);
void tr_pg_rollback(struct tr_store *s);
int tr_pg_look(struct tr_store *s, struct tr_err *err);
void tr_pg_look_end(struct tr_store *s);
int tr_pg_ready(struct tr_store *s, struct tr_rows *st, enum tr_query which, struct tr_err *err);
void tr_pg_bind_number(struct tr_rows *st, int i, int64_t number);
void tr_pg_bind_text(struct tr_rows *st, int i, struct tr_str text);
void tr_pg_bind_blob(struct tr_rows *st, int i, struct tr_str bytes);
int tr_pg_next(struct tr_store *s, struct tr_rows *st, struct tr_err *err);
void tr_pg_reset(struct tr_rows *st);
int64_t tr_pg_column_number(struct tr_rows *st, int column);
struct tr_str tr_pg_column_text(struct tr_rows *st, int column);
int tr_pg_finish(struct tr_store *s, struct tr_rows *st, uint64_t *n, struct tr_err *err);
int tr_pg_add(struct tr_store *s, struct tr_rows *st, int64_t *added, struct tr_err *err);
int tr_pg_reserve(struct tr_store *s, uint32_t n, int64_t *first, struct tr_err *err);
int tr_pg_find_many(struct tr_store *s, struct tr_batch *b, struct tr_err *err);
int tr_pg_add_many(struct tr_store *s, const struct tr_batch *b, struct tr_err *err);

int tr_pg_migrate(struct tr_store *s, const struct tr_keys *keys, const struct tr_access *line,
                  int (*content)(void *cookie, const struct tr_store_old *old), void *cookie,
                  uint64_t *records, struct tr_err *err);

/* Frees what statements hold. */
void tr_pg_forget(struct tr_store *s);

#endif

/* What the files of the register's engine share. The only place that includes SQLite. */
#ifndef TR_STORE_SQLITE_OWN_H
#define TR_STORE_SQLITE_OWN_H

#include <sqlite3.h>

#include "store/store.h"

/* The statements of queries.sql, a row each. */
#define TR_STATEMENTS(X)                                                                           \
    X(PUT_START, "put_start")                                                                      \
    X(LAYOUT_FIND, "layout_find")                                                                  \
    X(LAYOUT_ADD, "layout_add")                                                                    \
    X(LAYOUT_COLUMNS, "layout_columns")                                                            \
    X(RECORD_ADD, "record_add")                                                                    \
    X(RECORD_NOW, "record_now")                                                                    \
    X(RECORD_WAS, "record_was")                                                                    \
    X(RECORD_END, "record_end")                                                                    \
    X(IDENTITY_ADD, "identity_add")                                                                \
    X(GET, "get")                                                                                  \
    X(GET_ONE, "get_one")                                                                          \
    X(GET_AS_OF, "get_as_of")                                                                      \
    X(IDENTITY_OF, "identity_of")                                                                  \
    X(SETTING, "setting")                                                                          \
    X(SETTING_SET, "setting_set")                                                                  \
    X(ACCESS_LAST, "access_last")                                                                  \
    X(ACCESS_ADD, "access_add")                                                                    \
    X(ACCESS_ABOUT, "access_about")                                                                \
    X(ACCESS_ALL, "access_all")                                                                    \
    X(ACCESS_OF, "access_of")                                                                      \
    X(ACCESS_PERSONS, "access_persons")                                                            \
    X(PURGE_PERSON, "purge_person")                                                                \
    X(PURGE_OLDER, "purge_older")                                                                  \
    X(PURGE_IDENTITY, "purge_identity")                                                            \
    X(PURGE_RECORD, "purge_record")                                                                \
    X(PURGE_END, "purge_end")                                                                      \
    X(CHECK_IDENTITY, "check_identity")                                                            \
    X(CHECK_PUT, "check_put")                                                                      \
    X(CHECK_LAYOUT, "check_layout")

#define TR_STATEMENT(constant, name) constant,
enum statement { TR_STATEMENTS(TR_STATEMENT) N_STATEMENTS };
#undef TR_STATEMENT

extern const char *const tr_sqlite_names[N_STATEMENTS];

struct tr_store {
    sqlite3 *db;
    const char *path;
    char *sql; /* the text of queries.sql */
    sqlite3_stmt *statement[N_STATEMENTS];
    int64_t put;
};

/* What SQLite says went wrong, with the system's own words where it has them; -1. */
int tr_sqlite_failed(const struct tr_store *s, int rc, struct tr_err *err);

/* What we say went wrong with the file at path; -1. */
int tr_sqlite_refuse(const char *path, enum tr_code code, const char *a, const char *b,
                     struct tr_err *err);

/* Runs statements that give no rows and take no values. */
int tr_sqlite_run(struct tr_store *s, const char *sql, struct tr_err *err);

/* The number that a pragma gives; 0 when it gives none. */
int tr_sqlite_number(struct tr_store *s, const char *pragma, int *out, struct tr_err *err);

/* All of a file of SQL; NULL with err. */
char *tr_sqlite_read(const char *folder, const char *name, struct tr_err *err);

/* The statement, ready to be bound; prepared when it is first wanted. NULL with err. */
sqlite3_stmt *tr_sqlite_ready(struct tr_store *s, enum statement which, struct tr_err *err);

/* Runs a statement that gives no rows. */
int tr_sqlite_finish(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err);

/* 1 and a row, 0 at the end, -1. */
int tr_sqlite_next(struct tr_store *s, sqlite3_stmt *st, struct tr_err *err);

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

#endif

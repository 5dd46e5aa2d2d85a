/* What the files of the engine SQLite share. The only place that includes it. */
#ifndef TR_STORE_SQLITE_OWN_H
#define TR_STORE_SQLITE_OWN_H

#include <sqlite3.h>

#include "store/store_own.h"

/* What SQLite says went wrong, with the system's own words where it has them; -1. */
int tr_sqlite_failed(const struct tr_store *s, int rc, struct tr_err *err);

/* -1 with err when what the engine calls damaged could not be read; else 0. */
int tr_sqlite_unread(const struct tr_store *s, struct tr_err *err);

/* Runs statements that give no rows and take no values. */
int tr_sqlite_run(struct tr_store *s, const char *sql, struct tr_err *err);

/* The number that a pragma gives; 0 when it gives none. */
int tr_sqlite_number(struct tr_store *s, const char *pragma, int *out, struct tr_err *err);

/* What every connection to a register is set to. */
int tr_sqlite_set_up(struct tr_store *s, int timeout, struct tr_err *err);

/* Makes the tables of a version, and marks the file as a register of that version. */
int tr_sqlite_make(struct tr_store *s, int version, struct tr_err *err);

/* Statements are prepared anew when they are next wanted. */
void tr_sqlite_forget(struct tr_store *s);

/* Functions of the engine; see engine_own.h. */
int tr_sqlite_place(const char *path, struct tr_err *err);
int tr_sqlite_create(const char *path, struct tr_err *err);
void tr_sqlite_remove(const char *path);
int tr_sqlite_tidy(const char *path, struct tr_err *err);
int tr_sqlite_open(struct tr_store *s, int timeout, struct tr_err *err);
void tr_sqlite_close(struct tr_store *s);
int tr_sqlite_begin(struct tr_store *s, struct tr_err *err);
int tr_sqlite_commit(struct tr_store *s, struct tr_err *err);
void tr_sqlite_rollback(struct tr_store *s);
int tr_sqlite_ready(struct tr_store *s, struct tr_rows *st, enum tr_query which,
                    struct tr_err *err);
void tr_sqlite_bind_number(struct tr_rows *st, int i, int64_t number);
void tr_sqlite_bind_text(struct tr_rows *st, int i, struct tr_str text);
void tr_sqlite_bind_blob(struct tr_rows *st, int i, struct tr_str bytes);
int tr_sqlite_next(struct tr_store *s, struct tr_rows *st, struct tr_err *err);
void tr_sqlite_reset(struct tr_rows *st);
int64_t tr_sqlite_column_number(struct tr_rows *st, int column);
struct tr_str tr_sqlite_column_text(struct tr_rows *st, int column);
struct tr_str tr_sqlite_column_blob(struct tr_rows *st, int column);
int tr_sqlite_finish(struct tr_store *s, struct tr_rows *st, uint64_t *n, struct tr_err *err);
int tr_sqlite_add(struct tr_store *s, struct tr_rows *st, int64_t *added, struct tr_err *err);
int tr_sqlite_look(struct tr_store *s, struct tr_err *err);
void tr_sqlite_look_end(struct tr_store *s);
int tr_sqlite_purge_begin(struct tr_store *s, struct tr_err *err);
int tr_sqlite_wipe(struct tr_store *s, bool *shrunk, struct tr_err *err);
int tr_sqlite_check(struct tr_checking *c, struct tr_err *err);
int tr_sqlite_copy(struct tr_store *s, const char *to, struct tr_str at, struct tr_err *err);
int tr_sqlite_image(struct tr_store *s, struct tr_buf *out, struct tr_err *err);
int tr_sqlite_migrate(struct tr_store *s, const struct tr_keys *keys, const struct tr_access *line,
                      int (*content)(void *cookie, const struct tr_store_old *old), void *cookie,
                      uint64_t *records, struct tr_err *err);

#endif

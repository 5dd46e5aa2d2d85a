/* The register: records of all kinds with their history, who they are about under seal, and who
 * looked. One file, embedded SQLite behind these functions; another engine can stand behind the
 * same ones. Its statements are files under share/register; transition-register(5) has the tables.
 *
 * Every function fills err and returns -1 when it fails; TR_E_BUSY when others kept the register
 * longer than the time that was given. */
#ifndef TR_STORE_STORE_H
#define TR_STORE_STORE_H

#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"

struct tr_store; /* opaque */

enum tr_store_mode { TR_STORE_READ, TR_STORE_WRITE };

/* Makes a register at path, where nothing may be. sql: the folder share/register. */
int tr_store_create(const char *path, const char *sql, struct tr_err *err);

/* Removes a register that was just made, and what stands beside it. */
void tr_store_remove(const char *path);

/* Opens one; brings an older one up to date when it is opened for writing. timeout: milliseconds to
 * wait for others. path is borrowed. NULL: see err. */
struct tr_store *tr_store_open(const char *path, const char *sql, enum tr_store_mode mode,
                               int timeout, struct tr_err *err);
void tr_store_close(struct tr_store *s);

/* A value of the register itself, such as its profile; empty when there is none. */
int tr_store_setting(struct tr_store *s, const char *name, struct tr_buf *out, struct tr_err *err);
int tr_store_set(struct tr_store *s, const char *name, struct tr_str value, struct tr_err *err);

/* ---- putting in ---- */

/* All that is put until commit is one transaction: durable after it, nothing without it. */
int tr_store_begin(struct tr_store *s, struct tr_err *err);
int tr_store_commit(struct tr_store *s, struct tr_err *err);
void tr_store_rollback(struct tr_store *s);

/* Who puts in what, when: day as the register counts it, at the moment. */
struct tr_store_put {
    struct tr_str day, at, who, kind;
};
int tr_store_put_start(struct tr_store *s, const struct tr_store_put *put, struct tr_err *err);

/* The number of a layout: the columns of bodies, as a header of CSV. */
int tr_store_layout(struct tr_store *s, struct tr_str kind, struct tr_str columns, int64_t *layout,
                    struct tr_err *err);

/* Empty texts are unknown. */
struct tr_store_record {
    struct tr_str kind, id;
    uint64_t content; /* the same for what says the same */
    int64_t layout;
    struct tr_str about; /* the referral or case that it belongs to */
    struct tr_str bydel, day, person;
    struct tr_str body;   /* one row of CSV */
    struct tr_str sealed; /* who it is about */
};

enum tr_store_news { TR_STORE_NEW, TR_STORE_SAME, TR_STORE_CHANGED };

/* Puts a record in; one that is there and says something else goes into history. */
int tr_store_put(struct tr_store *s, const struct tr_store_record *record, enum tr_store_news *news,
                 struct tr_err *err);

/* ---- getting out ---- */

/* Which records; empty texts do not choose. as_of: as the register was known at the end of that
 * day; empty: now. */
struct tr_store_query {
    struct tr_str kind, bydel, since, id, as_of;
};

/* Gives each record to take, in the order in which they came in; only id, layout, person, body and
 * record, its number, are filled. take returns -1 to stop. */
struct tr_store_found {
    int64_t record, layout;
    struct tr_str id, person, body;
};
int tr_store_get(struct tr_store *s, const struct tr_store_query *query,
                 int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                 struct tr_err *err);

/* Adds the columns of a layout, the sealed part of a record; nothing when there is none. */
int tr_store_columns(struct tr_store *s, int64_t layout, struct tr_buf *out, struct tr_err *err);
int tr_store_sealed(struct tr_store *s, int64_t record, struct tr_buf *out, struct tr_err *err);

/* ---- who looked ---- */

struct tr_access {
    int64_t line;
    struct tr_str at, who, what, why;
};

/* Adds a line to the access log, chained under the key, with the persons that it is about: their
 * pseudonyms in byte order, none twice, each followed by a line feed. Part of the transaction in
 * hand. */
int tr_store_log(struct tr_store *s, const struct tr_key *key, const struct tr_access *line,
                 struct tr_str persons, struct tr_err *err);

/* Gives every line to take, or those about one person; broken: the chain does not fit here. With a
 * key and lines missing at the end, one line more, which is broken and says nothing. */
int tr_store_log_read(struct tr_store *s, const struct tr_key *key, struct tr_str person,
                      int (*take)(void *cookie, const struct tr_access *line, bool broken),
                      void *cookie, struct tr_err *err);

/* ---- taking away ---- */

/* Removes all of a person, or all records but institutions of before a day, with their history;
 * *n: how many. Part of the transaction in hand; call tr_store_wipe after commit. */
int tr_store_purge(struct tr_store *s, struct tr_str person, struct tr_str before, uint64_t *n,
                   struct tr_err *err);

/* Leaves no trace of what was removed: in free pages, in the journal. */
int tr_store_wipe(struct tr_store *s, struct tr_err *err);

/* ---- looking after ---- */

/* Gives each fault found to say; *n: how many. */
int tr_store_check(struct tr_store *s, void (*say)(void *cookie, const struct tr_err *err),
                   void *cookie, uint64_t *n, struct tr_err *err);

/* Copies the register, as it is at one moment, to a new file; or adds that file's bytes to out. */
int tr_store_copy(struct tr_store *s, const char *to, struct tr_err *err);
int tr_store_image(struct tr_store *s, struct tr_buf *out, struct tr_err *err);

#endif

/* What the parts of the register share, whichever engine has it. */
#ifndef TR_STORE_STORE_OWN_H
#define TR_STORE_STORE_OWN_H

#include "store/engine_own.h"
#include "store/proof_own.h"

extern const char *const tr_query_names[N_QUERIES];

enum { TR_OFFICE_KEYS = 64 };

struct tr_store {
    const struct tr_engine *engine;
    void *db; /* the engine's connection */
    const char *path;
    int version;
    struct tr_rows rows[N_QUERIES];
    const struct tr_keys *keys; /* in use; NULL: none */
    char id[TR_REGISTER_ID_LEN + 1];
    int64_t reader; /* the key in use, among those that read; 0: none */
    struct tr_buf office; /* whose it is, when it opens what is of one office alone; empty: of all */
    bool begun;     /* a transaction was, and neither committed nor rolled back */
    bool changed;   /* since begin */
    bool set;       /* a setting was */
    bool listed;    /* the list of keys was: somebody has to vouch for it */

    /* the put that is going on */
    int64_t put;
    struct tr_proof_held held; /* what it has so far */
    struct tr_key *run;        /* in secret memory; NULL before the first put */
    uint64_t count;            /* of what was sealed under it */
    struct tr_buf about, sealed, bydel;
    struct tr_batch *batch; /* what waits to be put in; NULL: nothing ever did */
    int (*take_change)(void *cookie, const struct tr_store_change *change, struct tr_err *err); /* NULL: nobody does */
    void *change_cookie;
    struct tr_buf opened; /* for that */

    int64_t guard_layout; /* the layout last asked for, and which of its cells protects; see guards.c; 0: none yet */
    int guard_column;     /* -1: none does */
    struct tr_buf guard;

    struct tr_binding_key {
        int64_t put;
        struct tr_key key;
    } * binding; /* of records of the put last asked for; in secret memory */

    struct tr_key
        *purged;       /* makes the marks of who was purged; in secret memory; NULL: not known */
    bool never_purged; /* there is none */

    /* reading: the keys of puts, by their numbers, as they were needed; in secret memory */
    struct tr_run_key {
        bool known;
        struct tr_key key;
    } * runs;
    int64_t n_runs;

    struct tr_office_key {
        struct tr_key run, key;
        size_t len; /* of the code; 0: none yet */
        char office[24];
    } * offices; /* keys of districts, made of those of runs: TR_OFFICE_KEYS; in secret memory */
};

/* What we say went wrong with the file at path; -1. */
int tr_store_refuse(const char *path, enum tr_code code, const char *a, const char *b,
                    struct tr_err *err);

/* The same of what was changed: a table, and a number in it unless that is 0. */
int tr_store_changed(const struct tr_store *s, const char *table, int64_t number,
                     struct tr_err *err);

/* 0 when the keys in use have this secret, else TR_E_KEY_PURPOSE. */
int tr_store_need(const struct tr_store *s, enum tr_secret secret, struct tr_err *err);

/* The statement, ready to be bound; prepared when it is first wanted. NULL with err. */
struct tr_rows *tr_rows_ready(struct tr_store *s, enum tr_query which, struct tr_err *err);

/* Reads from now on see one moment, until the end; nothing within a transaction. Gives whether
 * there is something to end, -1 with err. */
int tr_store_look(struct tr_store *s, struct tr_err *err);
void tr_store_look_end(struct tr_store *s, int looking);

/* ---- what binds ---- */

/* The key in the row of key_all; the record in that of record_one or record_all. */
void tr_store_row_key(struct tr_rows *st, struct tr_proof_key *out);
/* The same, and whether its mark holds. */
bool tr_store_key_holds(const struct tr_store *s, struct tr_rows *st, struct tr_proof_key *out);
void tr_store_row_record(struct tr_rows *st, struct tr_proof_record *out);

/* Sets the settings' mark, and the state. Part of the transaction. */
int tr_store_bind_settings(struct tr_store *s, struct tr_err *err);
int tr_store_bind_state(struct tr_store *s, struct tr_err *err);

/* Whether settings, keys and sums are as they were left: 0, or TR_E_REGISTER_CHANGED. */
int tr_store_check_settings(struct tr_store *s, struct tr_err *err);
int tr_store_check_keys(struct tr_store *s, struct tr_err *err);

/* Vouches for the list of keys; whether somebody did, whom the key in use knows. See vouch.c. */
int tr_store_vouch(struct tr_store *s, struct tr_err *err);
int tr_store_check_vouched(struct tr_store *s, struct tr_err *err);
int tr_store_check_state(struct tr_store *s, struct tr_err *err);

/* The last line of the log and its hash; 0 and zeros when there is none. */
int tr_store_last_line(struct tr_store *s, int64_t *line, unsigned char hash[TR_HASH_LEN],
                       struct tr_err *err);

/* Sets a setting to the hexadecimal digits of a mark; compares it with one. */
int tr_store_set_mark(struct tr_store *s, const char *name, const unsigned char mark[TR_MARK_LEN],
                      struct tr_err *err);
int tr_store_is_mark(struct tr_store *s, const char *name, const unsigned char mark[TR_MARK_LEN],
                     bool *same, struct tr_err *err);

/* A record of the put that goes on, as it will be marked; its texts are r's. No number, nothing sealed yet. */
struct tr_proof_record tr_store_proof_of(const struct tr_store *s, const struct tr_store_record *r);

/* Those who read: their numbers and public halves, active ones; n of them, -1. Free *out. Keeps the
 * key of a run, sealed for one of them. */
struct tr_store_reader {
    int64_t key;
    unsigned char public[TR_KEY_LEN];
    char office[80]; /* the code of the district, or other name, of which alone it opens records; empty: all */
};
int tr_store_find_readers(struct tr_store *s, struct tr_store_reader **out, struct tr_err *err);
int tr_store_keep_run_key(struct tr_store *s, int64_t put, const struct tr_key *key,
                          const struct tr_store_reader *r, struct tr_err *err);

/* Makes the key of a put and seals it for all who may read; where it is kept; the put's own mark.
 */
int tr_store_start_run(struct tr_store *s, int64_t put, struct tr_err *err);
int tr_store_run_key(struct tr_store *s, int64_t put, const struct tr_key **out,
                     struct tr_err *err);
int tr_store_add_put(struct tr_store *s, int64_t put, const struct tr_store_put *what,
                     struct tr_err *err); /* put 0: the next number; s->put becomes it */
int tr_store_bind_put(struct tr_store *s, int64_t put, const struct tr_proof_held *held,
                      struct tr_err *err);

/* Whether the row of put_one or put_all is what was bound, and has these records. */
bool tr_store_put_holds(struct tr_store *s, struct tr_rows *st, const struct tr_proof_held *held);

/* Walks through the records of all puts: each call gives those of a put, and puts come in their
 * order. */
struct tr_store_walk {
    struct tr_rows *st;
    int rc;
    struct tr_proof_held held; /* of the put asked for */
};
int tr_store_walk_start(struct tr_store *s, struct tr_store_walk *w, struct tr_err *err);
int tr_store_walk_to(struct tr_store *s, struct tr_store_walk *w, int64_t put, struct tr_err *err);
void tr_store_walk_end(struct tr_store_walk *w);

/* The key that binds the records of a put. NULL: see err. */
const struct tr_key *tr_store_binding(struct tr_store *s, int64_t put, struct tr_err *err);

/* Seals what a record is about under the key of the put that goes on, into s->sealed; with its mark
 * both go into the table; update: they are there. r->sealed is set. */
int tr_store_seal(struct tr_store *s, struct tr_proof_record *r, struct tr_str open,
                  struct tr_err *err);
/* Adds what is sealed of a record, opened. */
int tr_store_open_sealed(struct tr_store *s, const struct tr_proof_record *r, struct tr_buf *out,
                         struct tr_err *err);

/* Whether the row of record_one or record_all, read into r, is what was bound. */
bool tr_store_record_holds(struct tr_store *s, struct tr_rows *st, const struct tr_proof_record *r);

int tr_store_bind_record(struct tr_store *s, enum tr_query how, const struct tr_proof_record *r,
                         struct tr_err *err);

/* Whether the record that holds, which says something else, said this before who it is about was joined to it, once
 * or again and again; the last time by the put joined. */
int tr_store_was(struct tr_store *s, struct tr_str kind, struct tr_str id,
                 const unsigned char content[TR_MARK_LEN], int64_t joined, struct tr_err *err);

/* Ends what held until now, and binds it to its end; what somebody changed is not bound anew.
 * change: what comes in its place, and whether an identity was joined to it; the rest is filled in
 * for who is told of changes. */
int tr_store_end(struct tr_store *s, int64_t record, struct tr_store_change *change,
                 struct tr_err *err);

/* Binds a record to its end. */
int tr_store_bind_end(struct tr_store *s, const struct tr_proof_record *r, struct tr_err *err);

/* Whether the body of a record says that an address is protected; keeps it where such referrals are found, if it does; the same of all
 * referrals. Gives each, whether it does, and whether it is found there. */
int tr_store_guards(struct tr_store *s, struct tr_str kind, int64_t layout, struct tr_str body, bool *is,
                    struct tr_err *err);
int tr_store_guard(struct tr_store *s, const struct tr_proof_record *r, struct tr_err *err);
int tr_store_guard_all(struct tr_store *s, struct tr_err *err);
int tr_store_guard_each(struct tr_store *s, int (*take)(void *cookie, int64_t record, bool is, bool kept), void *cookie,
                        struct tr_err *err);

/* Binds the columns of a layout. */
int tr_store_bind_layout(struct tr_store *s, int64_t layout, struct tr_str kind,
                         struct tr_str columns, struct tr_err *err);
/* Those of each layout that a query gives: its number, kind and columns. */
int tr_store_bind_layouts(struct tr_store *s, enum tr_query which, struct tr_err *err);

/* Adds the marks of all cases that a purge has gathered. */
int tr_store_purge_mark_cases(struct tr_store *s, struct tr_buf *marks, struct tr_err *err);

/* Goes over to fresh keys, and seals the key of marks anew. */
int tr_store_purged_rekey(struct tr_store *s, const struct tr_keys *fresh, struct tr_err *err);

/* Moves the log to the secret and the id of the register. Part of migrating. */
int tr_store_rehash(struct tr_store *s, struct tr_err *err);

static inline struct tr_str tr_store_id(const struct tr_store *s)
{
    return (struct tr_str){s->id, TR_REGISTER_ID_LEN};
}

static inline const struct tr_key *tr_store_secret(const struct tr_store *s, enum tr_secret which)
{
    return &s->keys->secret[which];
}

/* ---- rows ---- */

/* 1 and a row, 0 at the end, -1. */
static inline int tr_rows_next(struct tr_store *s, struct tr_rows *st, struct tr_err *err)
{
    return s->engine->next(s, st, err);
}

/* Runs a statement that gives no rows. */
static inline int tr_rows_finish(struct tr_store *s, struct tr_rows *st, struct tr_err *err)
{
    return s->engine->finish(s, st, NULL, err);
}

/* Nothing more is wanted of it. */
static inline void tr_rows_reset(struct tr_rows *st)
{
    if (st)
        st->engine->reset(st);
}

static inline void tr_rows_bind_number(struct tr_rows *st, int i, int64_t number)
{
    st->engine->bind_number(st, i, number);
}

/* Binds text; empty is NULL. The text must live until the statement has run. */
static inline void tr_rows_bind(struct tr_rows *st, int i, struct tr_str text)
{
    if (text.len > 0)
        st->engine->bind_text(st, i, text);
}

/* The same where there must be text, if only an empty one. */
static inline void tr_rows_bind_text(struct tr_rows *st, int i, struct tr_str text)
{
    st->engine->bind_text(st, i, text.len ? text : (struct tr_str){"", 0});
}

/* Bytes; none is NULL. */
static inline void tr_rows_bind_blob(struct tr_rows *st, int i, const void *p, size_t n)
{
    if (n > 0)
        st->engine->bind_blob(st, i, (struct tr_str){p, n});
}

static inline int64_t tr_rows_number(struct tr_rows *st, int column)
{
    return st->engine->number(st, column);
}

static inline struct tr_str tr_rows_text(struct tr_rows *st, int column)
{
    return st->engine->text(st, column);
}

static inline struct tr_str tr_rows_blob(struct tr_rows *st, int column)
{
    return st->engine->blob(st, column);
}

static inline bool tr_rows_is_blob(struct tr_rows *st, int column,
                                   const unsigned char mark[TR_MARK_LEN])
{
    struct tr_str is = tr_rows_blob(st, column);

    return is.len == TR_MARK_LEN && tr_same_bytes(is.p, mark, TR_MARK_LEN);
}

/* ---- looking after ---- */

/* Says what was found: words, or a table and a number in it unless that is 0. */
void tr_checking_found(struct tr_checking *c, enum tr_code code, const char *what);
void tr_checking_found_at(struct tr_checking *c, const char *table, int64_t number);

/* Adds the value that a statement finds under a name; nothing when there is none. */
int tr_store_setting_by(struct tr_store *s, enum tr_query which, const char *name,
                        struct tr_buf *out, struct tr_err *err);

#endif

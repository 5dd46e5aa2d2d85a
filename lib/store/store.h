/* The register: records of all kinds with their history, who they are about under seal, and who
 * looked. One file, embedded SQLite behind these functions, or PostgreSQL for many offices. Its
 * statements are built in from share/register; transition-register(5) has the tables, and what each
 * of them tells to whom.
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

/* A line of the access log. */
struct tr_access {
    int64_t line;
    struct tr_str at, who, what, why;
};

enum tr_store_mode { TR_STORE_READ, TR_STORE_WRITE };

/* Whether path names a register on a server, as a URI of PostgreSQL or settings of libpq do, and no
 * file. */
bool tr_store_is_server(const char *path);

/* Makes a register at path, where nothing may be, nor a journal beside it. It is empty, and no
 * register before tr_store_settle. */
int tr_store_create(const char *path, struct tr_err *err);

/* Whether a register can be made at path: nothing is there, nor a journal beside it. */
int tr_store_place(const char *path, struct tr_err *err);

/* Removes a register that was just made, and what stands beside it. */
void tr_store_remove(const char *path);

/* Removes an empty journal beside the register at path, which nobody has open; -1 with err when
 * something stays: it is not whole without it, or would be refused. */
int tr_store_tidy(const char *path, struct tr_err *err);

/* Opens one. timeout: milliseconds to wait for others. path is borrowed. Refused: what is no
 * regular file, and a journal beside it that is not its own. NULL: see err. */
struct tr_store *tr_store_open(const char *path, enum tr_store_mode mode, int timeout,
                               struct tr_err *err);
void tr_store_close(struct tr_store *s);

/* Its version; TR_STORE_VERSION when it is up to date. One that is too old can only be migrated; another gets up to date
 * with the first transaction that writes. */
enum { TR_STORE_VERSION = 3 };
int tr_store_version(const struct tr_store *s);
bool tr_store_is_too_old(const struct tr_store *s);

/* A value of the register itself, such as its profile; empty when there is none. */
int tr_store_setting(struct tr_store *s, const char *name, struct tr_buf *out, struct tr_err *err);
int tr_store_set(struct tr_store *s, const char *name, struct tr_str value, struct tr_err *err);

/* ---- keys ---- */

/* Makes a new register know its keys, and gives it an id; once, in a transaction. at: the moment.
 */
int tr_store_settle(struct tr_store *s, const struct tr_keys *keys, struct tr_str at,
                    struct tr_err *err);

/* Works with these keys from now on; they are borrowed. TR_E_WRONG_KEY: they are of another
 * register, or were replaced; TR_E_KEY_RETIRED. With check_all, the settings, the keys and the sums
 * of the register must be as the programs left them, or TR_E_REGISTER_CHANGED. */
int tr_store_use(struct tr_store *s, const struct tr_keys *keys, bool check_all,
                 struct tr_err *err);

/* Who was given a key. */
struct tr_store_key {
    int64_t key;
    struct tr_str name, purpose, made, retired;
};
/* Whose alone the key in use opens, as tr_store_key_add was told; empty: it opens all, or nothing. */
struct tr_str tr_store_office(const struct tr_store *s);

/* How many records of an office a key of it does not open: they are sealed as they were before there were
 * such keys. Needs the secret to read. */
int tr_store_closed_to(struct tr_store *s, struct tr_str office, uint64_t *n, struct tr_err *err);

int tr_store_key_list(struct tr_store *s,
                      void (*take)(void *cookie, const struct tr_store_key *key), void *cookie,
                      struct tr_err *err);

/* Notes a key that was handed out; one that reads is given what was put so far, too, for which the
 * keys in use must read. office: the district of which alone it opens records; empty: all. Part of
 * the transaction. TR_E_KEY_NAME: the name is taken. */
int tr_store_key_add(struct tr_store *s, struct tr_str name, enum tr_purpose purpose,
                     struct tr_str office, struct tr_str at, const struct tr_keys *made,
                     struct tr_err *err);

/* Retires a key by its name: nothing is sealed for it any more. TR_E_KEY_NAME: there is none. */
int tr_store_key_retire(struct tr_store *s, struct tr_str name, struct tr_str at,
                        struct tr_err *err);

/* The same of all but the key in use. */
int tr_store_key_retire_others(struct tr_store *s, struct tr_str at, struct tr_err *err);

/* Seals all anew, under fresh keys of each run, for those who may read now; with the secrets of
 * fresh instead of those in use, where it has others, and uses fresh from then on. After
 * tr_store_whole. */
int tr_store_reseal(struct tr_store *s, const struct tr_keys *fresh, struct tr_err *err);

/* Brings one that is too old up to date, in one transaction; *records: how many. One of version 1 with the key that it had: content computes what a record says, see struct tr_store_record, from its
 * columns, its body and its opened part; for an event also its new id, else id is left alone. Before the
 * commit it is asked once more, with old NULL: -1 when something failed unseen, and nothing is kept. line,
 * of which at and who are set, goes into the log. */
struct tr_store_old {
    struct tr_str kind, columns, body, open;
    struct tr_buf *id;
    unsigned char *content;
};
int tr_store_migrate(struct tr_store *s, const struct tr_keys *keys, const struct tr_access *line,
                     int (*content)(void *cookie, const struct tr_store_old *old), void *cookie,
                     uint64_t *records, struct tr_err *err);

/* ---- putting in ---- */

/* All that is put until commit is one transaction: durable after it, nothing without it. Whatever
 * changes the register needs tr_store_use before. */
int tr_store_begin(struct tr_store *s, struct tr_err *err);
int tr_store_commit(struct tr_store *s, struct tr_err *err);

/* What commit does first: marks what was changed. Where a failure of memory is only remembered, ask
 * after it: a mark could be of less than is there. */
int tr_store_ready(struct tr_store *s, struct tr_err *err);
void tr_store_rollback(struct tr_store *s);

/* Who puts in what, when: day as the register counts it, at the moment. A transaction may hold
 * several, one after another. */
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
    unsigned char content[TR_MARK_LEN]; /* a keyed hash, the same for what says the same */
    int64_t layout;
    struct tr_str about; /* the referral or case that it belongs to */
    struct tr_str bydel, day, person;
    struct tr_str body; /* one row of CSV */
    struct tr_str open; /* who it is about; it is sealed */
};

enum tr_store_news { TR_STORE_NEW, TR_STORE_SAME, TR_STORE_CHANGED, TR_N_STORE_NEWS };

/* Puts a record in; one that is there and says something else goes into history. What became of it
 * is counted in news, TR_N_STORE_NEWS counts, which must live until tr_store_put_end: an engine may
 * wait for more records. It has happened before anything is read, or put in by tr_store_put_start. */
int tr_store_put(struct tr_store *s, const struct tr_store_record *record, uint64_t *news,
                 struct tr_err *err);
int tr_store_put_end(struct tr_store *s, struct tr_err *err);

/* A record that takes the place of what it said before. */
struct tr_store_change {
    struct tr_str id;
    int64_t old_layout, layout;
    struct tr_str old, body;
    struct tr_str content; /* of the one before, see tr_store_record */
    size_t was_sealed;     /* bytes under seal before; 0: nothing was */
    bool opened;           /* the keys read, so was_open is what these said */
    struct tr_str was_open, open;
    bool joined; /* an identity was, last before */
};

/* Has the changes of puts that follow told, each as it is made; take may ask for the columns of
 * layouts, and nothing else, and fails with err. NULL: no longer. */
void tr_store_on_change(struct tr_store *s,
                        int (*take)(void *cookie, const struct tr_store_change *change, struct tr_err *err),
                        void *cookie);

/* Gives the cases that the put in hand tells of and of which there is no referral, in order. */
int tr_store_put_about(struct tr_store *s, int (*take)(void *cookie, struct tr_str id),
                       void *cookie, struct tr_err *err);

/* ---- getting out ---- */

/* Which records; empty texts do not choose. as_of: as the register was known at the end of that
 * day; empty: now. before: only what was there before the put that goes on, by kind alone. */
struct tr_store_query {
    struct tr_str kind, bydel, since, id, as_of;
    bool before;
    bool history; /* also those in whose place others came; without id and as_of */
    bool few;     /* of a kind that has few; with as_of, or by kind alone */
    bool guarded; /* referrals that say that an address is protected, those that person_links of now name, and maybe
                   * others; with as_of, or alone */
    bool whole; /* give what is as it was put in, by its mark; else TR_E_REGISTER_CHANGED. Needs the
                 * secret that binds */
};

/* Gives each record to take, in the order in which they came in; take returns -1 to stop. */
struct tr_store_found {
    int64_t record, layout, put;
    struct tr_str kind, id, person, body;
    bool whole;                  /* it is as it was put in, and these are */
    struct tr_str sealed, bydel; /* who it is about, and of which district */
};
int tr_store_get(struct tr_store *s, const struct tr_store_query *query,
                 int (*take)(void *cookie, const struct tr_store_found *found), void *cookie,
                 struct tr_err *err);

/* Gives every form of every record about a person, of the cases of which a referral ever had the
 * pseudonym or one of the ids, each with a line feed after it, case after case; also forms that
 * have another's pseudonym. A decision about two of them comes with each. */
struct tr_store_form {
    struct tr_store_found found;
    struct tr_str about;              /* the case */
    struct tr_str day, at, who, gone; /* gone: the moment; empty when it holds */
};
int tr_store_about(struct tr_store *s, struct tr_str person, struct tr_str ids,
                   int (*take)(void *cookie, const struct tr_store_form *form), void *cookie,
                   struct tr_err *err);

/* Adds the columns of a layout. */
int tr_store_columns(struct tr_store *s, int64_t layout, struct tr_buf *out, struct tr_err *err);

/* Adds who a record is about, unsealed, when it is what was put in; nothing when nothing is known.
 * Needs the secret to read: TR_E_KEY_PURPOSE, TR_E_SEALED. */
int tr_store_unseal(struct tr_store *s, const struct tr_store_found *found, struct tr_buf *out,
                    struct tr_err *err);

/* ---- who looked ---- */

/* Adds a line to the access log, chained under the key, with the persons that it is about: their
 * pseudonyms, or codes of records without one, in byte order, none twice, each followed by a line
 * feed. Part of the transaction. TR_E_LOG_ENDS: the log is not as the programs left it. */
int tr_store_log(struct tr_store *s, const struct tr_access *line, struct tr_str persons,
                 struct tr_err *err);

/* Gives every line to take, or those about one person; broken: the chain does not fit here. With
 * verify and lines missing at the end, one line more, which is broken and says nothing. */
int tr_store_log_read(struct tr_store *s, bool verify, struct tr_str person,
                      int (*take)(void *cookie, const struct tr_access *line, bool broken),
                      void *cookie, struct tr_err *err);

/* Where the register stands: what a witness is told. */
struct tr_store_stand {
    char reg[33]; /* the register's id */
    int64_t line, put;
    char mark[2 * TR_HASH_LEN + 1]; /* the hash of the line */
};
int tr_store_stand(struct tr_store *s, struct tr_store_stand *stand, struct tr_err *err);

/* The mark of what is told to a witness, in hexadecimal digits. */
int tr_store_entry_proof(struct tr_store *s, struct tr_str entry, char proof[2 * TR_MARK_LEN + 1],
                         struct tr_err *err);

/* The hash of a line, as above; empty when there is no such line. */
int tr_store_line_mark(struct tr_store *s, int64_t line, char mark[2 * TR_HASH_LEN + 1],
                       struct tr_err *err);

/* ---- taking away ---- */

/* A purge gathers records, then removes them with their history, and all that is known of them.
 * Part of the transaction; call tr_store_wipe after commit. */
int tr_store_purge_begin(struct tr_store *s, struct tr_err *err);
int tr_store_purge_person(struct tr_store *s, struct tr_str person, struct tr_err *err);
int tr_store_purge_parted(struct tr_store *s, struct tr_str person, uint64_t *n,
                          struct tr_err *err); /* referrals that were about the person, and are about others now */
int tr_store_purge_case(struct tr_store *s, struct tr_str id, struct tr_err *err);
int tr_store_purge_loose(struct tr_store *s, struct tr_err *err); /* cases of no referral, stay or event */
int tr_store_purge_recent(struct tr_store *s, struct tr_str day,
                          struct tr_err *err); /* not the cases of which anything is of that day or
                                                  later; call before the end */

/* *n: how many. Adds to marks those of the cases that are gone, by which they are known when they
 * come again, each followed by a line feed; tr_store_purge_mark adds that of a pseudonym. They
 * belong to the persons of the line of the log: put them in order. */
int tr_store_purge_end(struct tr_store *s, struct tr_buf *marks, uint64_t *n, struct tr_err *err);

int tr_store_purge_mark(struct tr_store *s, struct tr_str what, struct tr_buf *marks,
                        struct tr_err *err);

/* Whether a pseudonym or the id of a case was purged, and not brought back since. */
int tr_store_was_purged(struct tr_store *s, struct tr_str what, bool *was, struct tr_err *err);

/* Leaves no trace of what was removed: in free pages, in the journal. Then makes the file smaller,
 * which needs room for a second copy of it; *shrunk: whether there was room. */
int tr_store_wipe(struct tr_store *s, bool *shrunk, struct tr_err *err);

/* ---- looking after ---- */

/* Gives each fault found to say; *n: how many. With keys in use, also what was changed by other
 * means than these programs: TR_E_REGISTER_CHANGED. */
int tr_store_check(struct tr_store *s, void (*say)(void *cookie, const struct tr_err *err),
                   void *cookie, uint64_t *n, struct tr_err *err);

/* The same before all is bound anew, as what somebody changed must not become right by that: -1
 * with the first fault. */
int tr_store_whole(struct tr_store *s, struct tr_err *err);

/* Copies the register, as it is at one moment, to a new file, which says from when it is in its
 * setting `copy`; or adds the bytes of a file to out. */
int tr_store_copy(struct tr_store *s, const char *to, struct tr_str at, struct tr_err *err);
int tr_store_image(struct tr_store *s, struct tr_buf *out, struct tr_err *err);

/* Puts all of a register into another, which is empty and may be of the other engine, in one
 * transaction. at: the moment of which it is a copy; empty: it is the register from now on. */
int tr_store_move(struct tr_store *from, struct tr_store *to, struct tr_str at, struct tr_err *err);

/* Seals an image for all who may read now; opens one, sealed by this version or the first. */
int tr_store_image_seal(struct tr_store *s, struct tr_str image, struct tr_buf *out,
                        struct tr_err *err);
int tr_store_image_unseal(const struct tr_keys *keys, struct tr_str sealed, struct tr_buf *out,
                          struct tr_err *err);

#endif

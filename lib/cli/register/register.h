/* The register as programs use it: opening it with its key, the moment and the person at work, and
 * its records as tables. Only here does the toolkit look at the clock: a register knows when. */
#ifndef TR_CLI_REGISTER_REGISTER_H
#define TR_CLI_REGISTER_REGISTER_H

#include "cli/app/output.h"
#include "base/date.h"
#include "domain/profile/kind.h"
#include "domain/routine/plan.h"
#include "store/store.h"

enum { TR_MOMENT_LEN = 20, TR_TABLES_MAX = 16 };

struct tr_register {
    struct tr_app *app;
    struct tr_store *store;
    struct tr_keys *keys;           /* after tr_register_key; in secret memory */
    char day[TR_DATE_LEN + 1];      /* today, UTC */
    char moment[TR_MOMENT_LEN + 1]; /* now, UTC: 2026-11-21T08:00:00Z */
    char who[64];                   /* the user at work */
    char key_path[4096];
    bool key_beside; /* it lies beside the register, where whoever copies the folder has both */
    char copy[TR_MOMENT_LEN + 1]; /* the register is a copy, of this moment; empty: it is not */
    char *table[TR_TABLES_MAX];   /* the names of tables in memory, of tr_register_table */
    int n_tables;
    char witness[4096]; /* as it was when something was committed; empty: it has none */
    bool remembering;   /* memory that runs out is remembered, until it is closed */
};

/* Opens the register at path. timeout: text of seconds to wait for others, NULL: 10. An older one
 * must be opened for writing, and its key given, which brings it up to date. -1 in this and the
 * others: said, status raised. */
int tr_register_open(struct tr_app *app, struct tr_register *r, const char *path,
                     enum tr_store_mode mode, const char *timeout);
void tr_register_close(struct tr_register *r);

/* The same but for its tables, which stay. */
void tr_register_done(struct tr_register *r);

/* For a program that reads other files before it opens the register at path: keeps it to the files
 * that are named, now. -1: cannot, said. What is wrong with the register, its opening will say. */
int tr_register_expect(struct tr_app *app, const char *path);

/* Codes mean what the municipality means by them. Also learns whether it is a copy. */
int tr_register_check_profile(struct tr_register *r, const char *path);

/* The moment and the person alone, for a register that is yet to be made. */
void tr_register_init(struct tr_app *app, struct tr_register *r);

/* ---- keys ---- */

/* Reads the key of an open register from path, and uses it; NULL: the file in the folder of keys that
 * is named after the register's id, or else the one beside the register, with .key after its name.
 * whole: nothing may be done before settings, keys and sums are as they
 * were left. An older register that is open for writing is brought up to date. */
int tr_register_key(struct tr_register *r, const char *path, bool whole);

/* The same when the key may be missing: 1, and r->keys NULL, when there is none. */
int tr_register_key_if_any(struct tr_register *r, const char *path, bool whole);

/* The same to read with: what is read is held against its marks when a key is at hand; without one,
 * that it is not is said when asked for. 0; -1: said. */
int tr_register_key_at_hand(struct tr_register *r, const char *path);

/* Tells a new register its profile, its keys and its witness, which may be NULL. */
int tr_register_settle(struct tr_register *r, const char *witness);

/* Puts into out where the key of an open register is by default; nothing when no folder for keys is
 * known. -1: said. */
int tr_register_key_home(struct tr_register *r, char *out, size_t size);

/* From now on this process holds secrets: no core dump, no debugger of the same user, and what is
 * freed is wiped. */
void tr_key_guard(void);

/* Makes a key file of mode 0600, which must not be there. */
int tr_key_create(struct tr_app *app, const char *path, const struct tr_keys *keys,
                  enum tr_purpose purpose);

/* Reads a key file into secret memory, and lets nobody take this process's memory from then on:
 * neither as a core dump, nor by tracing it. Refused: what others can read, write or have put
 * there. Free *keys with tr_keys_free. */
int tr_key_read(struct tr_app *app, const char *path, struct tr_keys **keys);

/* The same of a key that must hold the secret. A path REGISTER.key at which nothing is, beside a
 * register, stands for the register's key, which lies in the folder of keys. */
int tr_key_read_for(struct tr_app *app, const char *path, enum tr_secret secret,
                    struct tr_keys **keys);

/* Commits what tr_store_begin began; after this, memory that runs out changes nothing more. Commits
 * nothing when it ran out before. Rolls back, and throws outputs away, when it fails. */
int tr_register_commit(struct tr_register *r);

/* ---- what is written down ---- */

/* A line of the log for what is done now; NULL: said. Persons as tr_store_log wants them. */
int tr_register_log(struct tr_register *r, const char *what, const char *why,
                    struct tr_str persons);

/* Puts persons, a line each, in order, and each once, as a line of the log wants them. */
void tr_register_order(struct tr_buf *persons);

/* A reason may not hold control characters, which a terminal would obey; a usage error. */
void tr_register_check_reason(const struct tr_app *app, const char *reason);

/* An identity number is no pseudonym: nobody would be found, as if the register knew nothing of the
 * person, and others on the machine see a command line; a usage error. NULL is none. */
void tr_register_check_person(const struct tr_app *app, const char *person);

/* Whether the register is not older than its witness knows; before anything is done with it. 0 when
 * it has none. */
int tr_register_ask_witness(struct tr_register *r);

/* The same before another witness takes its place: that it knows nothing does not matter. */
int tr_register_leave_witness(struct tr_register *r);

/* Tells the witness where the register stands, after a commit. how: NULL, or
 * what sets an end to what the witness knew: "restored", it was put back from a copy and later
 * lines are gone; "anew", the log is under another key. */
int tr_register_tell_witness(struct tr_register *r, const char *how);

/* Makes a witness able to be told: its file, unless that is there. The setting it gets is added to
 * out: the path from the root, or syslog. */
int tr_register_make_witness(struct tr_app *app, const char *given, struct tr_buf *out);

/* Compares the log with all that a file of a witness says of this register: 1 when it differs. */
int tr_register_compare_witness(struct tr_register *r, const char *path);

/* The kinds of record that are put in and kept; the last are the papers of the routine. Then what programs
 * alone make of others: see register_passing.h. */
#define TR_PUT_KINDS(X)                                                                            \
    X(REFERRAL, "referral")                                                                        \
    X(INSTITUTION, "institution")                                                                  \
    X(STAY, "stay")                                                                                \
    X(EVENT, "event")                                                                              \
    X(DECISION, "decision")                                                                        \
    X(LINK, "person_link")                                                                         \
    X(EPISODE, "episode")                                                                          \
    X(JUDGEMENT, "judgement")                                                                      \
    TR_PAPERS(X)
#define TR_KEPT_KINDS(X) TR_PUT_KINDS(X) X(PASSED_ON, "passed_on")

#define TR_RECORD_KIND(constant, name) TR_RECORD_##constant,
enum tr_record_kind {
    TR_KEPT_KINDS(TR_RECORD_KIND)
        TR_RECORD_IDENTITY, /* joined to the referral that is there; never kept as such */
    TR_N_RECORD_KINDS
};
#undef TR_RECORD_KIND

/* Whether it is a paper: a document, given and taken as JSON, one a line. Its id is that of its case,
 * which may have more than one. What was written freely in it is under seal. */
static inline bool tr_record_is_paper(int kind)
{
    return kind >= TR_RECORD_ASSESSMENT && kind <= TR_RECORD_PLAN;
}

/* The kind of this name, or -1. */
int tr_record_kind_find(struct tr_str name);

/* Names of kinds, and NULL. */
extern const char *const tr_record_kind_names[TR_N_RECORD_KINDS + 1];
extern const char *const tr_kept_kind_names[TR_RECORD_IDENTITY + 1]; /* the same without identity */
extern const char *const tr_put_kind_names[TR_N_RECORD_KINDS]; /* and without what programs alone make */

/* The columns of a kind; NULL: a referral, see field.h. */
const struct tr_kind *tr_record_kind(enum tr_record_kind kind);

/* Adds the header of a kind's bodies, as they are put today. */
void tr_record_header(struct tr_str kind, struct tr_buf *out);

/* Reads a file of records into the register: one transaction. kind -1: recognise it. path NULL: the
 * arguments behind the first. */
struct tr_register_put {
    const char *path;
    int kind;
    const char *day; /* the day they count as known; NULL: today */
    bool end;        /* want an end marker */
    const char *bring_back; /* why what was purged is put in again; NULL: it is left out */
    uint64_t news[3], purged;
};
int tr_register_put(struct tr_register *r, struct tr_register_put *put);

/* Whether the input, or what it must be, is papers. */
bool tr_register_puts_papers(const struct tr_register_put *put);

/* Puts records that a program made, known from the day, in a transaction that it began. */
int tr_register_put_made(struct tr_register *r, enum tr_record_kind kind,
                         const struct tr_records *records, const char *day);

/* A short number for the name of a column. */
uint32_t tr_register_tag(struct tr_str name);

/* A keyed hash of what a record says: of its cells with the tags of their columns, those that are
 * not empty, and of the fields of open, the sealed text, but not of columns that no field claims.
 * Other columns than before, as long as they are empty, leave it as it was. */
void tr_register_content(const struct tr_key *key, const uint32_t *tags, const struct tr_str *cells,
                         size_t n, struct tr_str open, struct tr_buf *scratch,
                         unsigned char out[TR_MARK_LEN]);

/* The id of an event, which has none of its own: made of its content. */
enum { TR_EVENT_ID_LEN = 2 * TR_MARK_LEN };
void tr_register_event_id(const unsigned char content[TR_MARK_LEN], char out[TR_EVENT_ID_LEN]);

/* For tr_store_migrate; cookie: struct tr_register. */
int tr_register_content_of_old(void *cookie, const struct tr_store_old *old);

/* How much of a record is written. */
enum tr_register_view {
    TR_VIEW_TABLE,   /* for programs: pseudonyms, and all else */
    TR_VIEW_SHOWN,   /* for people: not where somebody with a protected address lives */
    TR_VIEW_IDENTITY /* all, and who it is about */
};

/* Writes the records that a query finds. Adds
 * to persons, when that is set, whom or what each record is about: its person, or a code of its id.
 */
int tr_register_get(struct tr_register *r, const struct tr_store_query *query,
                    enum tr_format format, enum tr_register_view view, struct tr_buf *persons,
                    struct tr_out *out);

/* Writes who they are, of the kind of the query and those up to the last, and into the log who looked at
 * whom and why: one transaction, and the witness is told, so that nobody is shown who is not written
 * down. -1: said; out is to be thrown away. */
int tr_register_look(struct tr_register *r, const struct tr_store_query *query,
                     enum tr_record_kind last, enum tr_format format, const char *why,
                     struct tr_out *out);

/* Writes what a query finds to path, for people; with a reason, who the records are about too, once the log says who
 * looked, and why. */
int tr_register_show(struct tr_register *r, const struct tr_store_query *query,
                     enum tr_format format, const char *reason, const char *path);

/* Opens a register to look at what is under seal, with the key that this needs; asks its witness. */
int tr_register_open_to_look(struct tr_app *app, struct tr_register *r, const char *path,
                             const char *key_path);

/* The papers of a case, of the kinds from first to last, opened, as a file of documents in memory, which
 * goes with the register; the look is logged. history: also those in whose place others came, each kind in
 * the order in which they came in. NULL: said. */
const char *tr_register_opened_papers(struct tr_register *r, const char *case_id,
                                      enum tr_record_kind first, enum tr_record_kind last,
                                      bool history, const char *reason);

/* For programs that take --register=REGISTER in place of files: opens it for reading, and sets each
 * path that is wanted and NULL to the table of its kind; of papers that it has none of, it stays
 * NULL. The tables stay until tr_register_close. */
typedef const char **tr_wanted_tables[TR_N_RECORD_KINDS];
int tr_register_tables(struct tr_app *app, struct tr_register *r, const char *path,
                       const tr_wanted_tables wanted);

/* The same of a register that is open, which stays so. */
int tr_register_read_tables(struct tr_register *r, const tr_wanted_tables wanted);

/* An empty table in memory that out writes to and can be opened under the name given; both go as
 * those of tr_register_table. NULL: said. */
const char *tr_register_new_table(struct tr_register *r, const char *label, struct tr_out *out);

/* All records of a kind as a table that can be opened under the name given; it is in memory, and
 * goes with the program; its name goes with tr_register_close. Papers are documents, without what is
 * under seal. NULL: said. */
const char *tr_register_table(struct tr_register *r, enum tr_record_kind kind);

/* The same as they were known at the end of a day. */
const char *tr_register_table_on(struct tr_register *r, enum tr_record_kind kind, const char *day);

#endif

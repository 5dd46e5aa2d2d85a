/* The register as programs use it: opening it with its key, the moment and the person at work, and
 * its records as tables. Only here does the toolkit look at the clock: a register knows when. */
#ifndef TR_CLI_REGISTER_REGISTER_H
#define TR_CLI_REGISTER_REGISTER_H

#include "cli/output.h"
#include "base/date.h"
#include "domain/profile/kind.h"
#include "store/store.h"

enum { TR_MOMENT_LEN = 20 };

struct tr_register {
    struct tr_app *app;
    struct tr_store *store;
    char day[TR_DATE_LEN + 1];      /* today, UTC */
    char moment[TR_MOMENT_LEN + 1]; /* now, UTC: 2026-11-21T08:00:00Z */
    char who[64];                   /* the user at work */
    char sql[4096], key_path[4096];
};

/* Opens the register at path. timeout: text of seconds to wait for others, NULL: 10. -1 in this and
 * the others: said, status raised. */
int tr_register_open(struct tr_app *app, struct tr_register *r, const char *path,
                     enum tr_store_mode mode, const char *timeout);
void tr_register_close(struct tr_register *r);

/* The moment and the person alone, for a register that is yet to be made. */
void tr_register_init(struct tr_app *app, struct tr_register *r);

/* Reads the key from path; NULL: the file beside the register, with .key behind its name. Refused
 * when others than its owner can read it. */
int tr_register_key(struct tr_register *r, const char *register_path, const char *path,
                    struct tr_key *key);

/* Tells a new register its profile and its key. */
int tr_register_settle(struct tr_register *r, const char *key_path);

/* Makes a key file of mode 0600, which must not be there. */
int tr_key_create(struct tr_app *app, const char *path);
int tr_key_read(struct tr_app *app, const char *path, struct tr_key *key);

/* The kinds of record that are kept. */
#define TR_KEPT_KINDS(X)                                                                           \
    X(REFERRAL, "referral")                                                                        \
    X(INSTITUTION, "institution")                                                                  \
    X(STAY, "stay")                                                                                \
    X(EVENT, "event")                                                                              \
    X(DECISION, "decision")

#define TR_RECORD_KIND(constant, name) TR_RECORD_##constant,
enum tr_record_kind {
    TR_KEPT_KINDS(TR_RECORD_KIND)
        TR_RECORD_IDENTITY, /* joined to the referral that is there; never kept as such */
    TR_N_RECORD_KINDS
};
#undef TR_RECORD_KIND

/* Names of kinds, and NULL. */
extern const char *const tr_record_kind_names[TR_N_RECORD_KINDS + 1];
extern const char *const tr_kept_kind_names[TR_RECORD_IDENTITY + 1]; /* the same without identity */

/* Adds the header of a kind's bodies, as they are put today. */
void tr_record_header(struct tr_str kind, struct tr_buf *out);

/* Reads a file of records into the register: one transaction. kind -1: recognise it. path NULL: the
 * arguments behind the first. */
struct tr_register_put {
    const char *path;
    int kind;
    const char *day; /* the day they count as known; NULL: today */
    bool end;        /* want an end marker */
    uint64_t news[3];
};
int tr_register_put(struct tr_register *r, const struct tr_key *key, struct tr_register_put *put);

/* Writes the records that a query finds. identity: unsealed with this key; NULL: pseudonyms. Adds
 * the persons found to persons, when that is set. */
int tr_register_get(struct tr_register *r, const struct tr_store_query *query,
                    enum tr_format format, const struct tr_key *identity, struct tr_buf *persons,
                    struct tr_out *out);

/* For programs that take --register=REGISTER in place of files: opens it for reading, and sets each
 * path that is wanted and NULL to the table of its kind. r stays open until tr_register_close. */
typedef const char **tr_wanted_tables[TR_N_RECORD_KINDS];
int tr_register_tables(struct tr_app *app, struct tr_register *r, const char *path,
                       const tr_wanted_tables wanted);

/* All records of a kind as a table that can be opened under the name given; it is in memory, and
 * goes with the program. NULL: said. */
const char *tr_register_table(struct tr_register *r, enum tr_record_kind kind);

#endif

/* The way every program takes in referrals: all inputs opened and their headers understood before
 * the first row; every fault said; rejected rows kept; what became of the rows counted. The program
 * gets the good rows. */
#ifndef TR_CLI_REFERRALS_H
#define TR_CLI_REFERRALS_H

#include "cli/input/inputs.h"
#include "cli/input/rejects.h"
#include "cli/input/stray_marks.h"
#include "domain/referral/alike.h"
#include "domain/referral/persons.h"
#include "domain/survey/rop.h"

struct tr_referrals {
    struct tr_app *app;
    struct tr_inputs inputs;
    struct tr_import *import;
    struct tr_binding *binding; /* of each input */
    bool all_columns;           /* report columns that come near to no field, too */
    struct tr_dict unread;      /* names of columns that were said to belong to no field */
    struct tr_rejects rejects;
    uint64_t rows[TR_IMPORT_REJECTED + 1]; /* index: enum tr_import_result */
    uint64_t unread_cells;                 /* whose facts count as unknown, in good rows */
    void (*rejected)(void *cookie, const struct tr_value v[]); /* told of each rejected row; v NULL:
                                                    it has no cells. May be NULL */
    void *rejected_cookie;

    struct tr_twins twins; /* ids of good rows */
    struct tr_alike alike; /* and pseudonyms */
    bool alike_told;       /* which of them look alike is said elsewhere */

    struct tr_persons *persons;                           /* NULL: nobody asked for them */
    void (*judge)(void *cookie, struct tr_person_at *at); /* how much each has to say, told when all
                                                             are read; NULL: as take said */
    void (*meet)(void *cookie, const struct tr_person_at *at,
                 bool first); /* each referral of a person, before any is judged; may be NULL */
    void *judge_cookie;
    uint64_t same; /* referrals for whose persons another speaks */
    struct tr_stray_marks *strays; /* gets the notes of good rows; borrowed, may be NULL */
    uint32_t silent;               /* note of what is about a person, and no referral: it is not told; 0: none */

    /* for the row in hand */
    const struct tr_binding *now;
    struct tr_referral referral;
    uint32_t note;    /* take may set it: comes back from tr_referrals_settle */
    bool closed;      /* take may set it: the case does not go on, and another speaks first */
};

/* What a program wants of a referral that is plainly good, so short that it can be made ahead of its turn,
 * by another thread; texts of the referral do not live as long as the digest, but those of the profile do.
 * make returns false to have the referral given to take instead. use returns -1 to stop. */
struct tr_digest {
    size_t size; /* in bytes */
    bool shared; /* make is called in every thread, see tr_prepare; else by worker 1 alone */
    bool (*make)(void *cookie, int worker, const struct tr_binding *b, const struct tr_row *row,
                 struct tr_value v[], void *digest);
    int (*use)(void *cookie, const void *digest);
};

/* Opens path, or the arguments when it is NULL. -1: said, status raised. */
int tr_referrals_open(struct tr_app *app, struct tr_referrals *r, const char *path);

/* The same for what need not be referrals: of workbooks, the sheets that have what is sought. */
int tr_referrals_seek(struct tr_app *app, struct tr_referrals *r, const char *path,
                      const struct tr_sought *sought);

/* What --ids can say; index 1 tells the ids of deliveries apart, see tr_import_by_delivery. */
extern const char *const tr_ids_choices[];
int tr_referrals_name_ids(struct tr_referrals *r, int choice); /* before headers are bound; 0 */

/* Understands the header of input i, looking for the wanted fields (bit: enum tr_field); -1: said.
 */
int tr_referrals_bind(struct tr_referrals *r, int i, uint64_t wanted);
int tr_referrals_bind_all(struct tr_referrals *r, uint64_t wanted);

/* Keeps rejected rows from now on, which then are all rows with a cell that cannot be read, so that
 * none of what they say is lost; call when all headers are bound. path NULL: keeps none. */
int tr_referrals_keep_rejects(struct tr_referrals *r, const char *path);

/* Reads input i. wanted: fields to read; once: the same referral_id counts once. take gets each
 * good row, with its values in r->referral; it returns -1 to stop. */
int tr_referrals_read(struct tr_referrals *r, int i, uint64_t wanted, bool once,
                      int (*take)(void *cookie, const struct tr_row *row), void *cookie);

/* The same with digests: of each good referral either take or the digest's use is called. */
int tr_referrals_digest(struct tr_referrals *r, int i, uint64_t wanted, bool once,
                        const struct tr_digest *digest,
                        int (*take)(void *cookie, const struct tr_row *row), void *cookie);

/* Looks out for referrals of one person from now on. */
int tr_referrals_persons(struct tr_referrals *r);

/* Notes a rejected row for the sake of its mark: its id for r->strays, and whom it is about, with the note
 * r->silent. -1: said. */
int tr_referrals_note_stray(struct tr_referrals *r, const struct tr_value v[]);

/* Lets what was decided of referrals count; path NULL: nothing was. Before the first row. */
int tr_referrals_links(struct tr_referrals *r, const char *path);

/* Says that two referrals are of one person, and in what they differ. */
void tr_app_say_same(struct tr_app *app, const struct tr_person_at *other,
                     const struct tr_person_at *speaks);

/* Tells which referrals are of one person, when all are read. same: called for each for whom
 * another speaks, persons one after another; may be NULL. */
int tr_referrals_settle(struct tr_referrals *r,
                        void (*same)(void *cookie, const struct tr_person_at *other,
                                     const struct tr_person_at *speaks),
                        void *cookie);

/* Groups the referral in hand: sets its coded fields from TR_F_ROP_GROUP on, and warns when hf
 * contradicts. */
void tr_referrals_group(struct tr_referrals *r, const struct tr_rop *rop, const struct tr_row *row,
                        struct tr_rop_result *result);

/* Rows so far of which no referral could be made, here or, as end markers tell, in programs before. */
uint64_t tr_referrals_refused(const struct tr_referrals *r);

/* Says what became of the rows when some were dropped or rejected, or when verbose. The numbers add
 * up: read = kept + dropped + rejected + blank. Then frees everything; keep: the rejects file
 * stays. */
int tr_referrals_close(struct tr_referrals *r, bool keep);

#endif

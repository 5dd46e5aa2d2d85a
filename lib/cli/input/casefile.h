/* The state of every case, as the programs take it from their files or from a register. */
#ifndef TR_CLI_CASEFILE_H
#define TR_CLI_CASEFILE_H

#include "cli/input/records.h"
#include "domain/cases/cases.h"
#include "domain/referral/guarded.h"

struct tr_casefile {
    struct tr_case_states states;
    struct tr_records referrals, events; /* of tr_case_kind and tr_event_kind */
    struct tr_cases cases;
    struct tr_guarded guarded; /* whose addresses the referrals protect */
    struct tr_dict bad; /* cases a row of which cannot be read: each stands for itself */
    bool whole;         /* a referral counts as such a row when it has a cell that cannot be read */
    bool each;          /* one that is rejected and does not tell whose it is refuses the file */
    bool alike;         /* which ids and pseudonyms of referrals look alike is said elsewhere */
    bool in_part;       /* one that is rejected for who the person is, or where, tells of its case */
};

/* Loads the profile's states and starts an empty set of referrals, to be filled with tr_case_take
 * or from a file. -1 in this and the others: said, status raised. */
int tr_casefile_start(struct tr_app *app, struct tr_casefile *f);

/* Takes the referrals in path, and of them what states need and the fields (bit: enum tr_field). */
int tr_casefile_referrals(struct tr_app *app, struct tr_casefile *f, const char *path,
                          uint64_t fields);

/* Lets the decisions in path count of the referrals taken: those of one person get one number, and the
 * strictest mark of a protected address. path NULL: nothing was decided. */
int tr_casefile_links(struct tr_app *app, struct tr_casefile *f, const char *path);

/* The same; person becomes the number or pseudonym that referrals of theirs have then. */
int tr_casefile_person(struct tr_app *app, struct tr_casefile *f, const char *path, struct tr_str *person);

/* Reads the events (path NULL: there are none) and derives the states on the day. stays: settled,
 * or NULL. each: see tr_case_paths. */
int tr_casefile_find(struct tr_app *app, struct tr_casefile *f, const char *events,
                     struct tr_records *stays, int32_t as_of);
int tr_casefile_find_each(struct tr_app *app, struct tr_casefile *f, const char *events,
                          struct tr_records *stays, int32_t as_of);

/* The files that tell of cases; each may be NULL. */
struct tr_case_paths {
    const char *referrals, *institutions, *stays, *events, *links;
    bool silent; /* what is wrong with stays and events is said elsewhere */
    bool alike;  /* which ids and pseudonyms of referrals look alike, too */
    bool each;   /* each case stands for itself, see bad */
};

/* All of it: reads the files and derives the states on the day. institutions and stays, which start
 * empty, are the caller's to clear; institutions: NULL where none matters. */
int tr_casefile_read(struct tr_app *app, struct tr_casefile *f, const struct tr_case_paths *paths,
                     struct tr_records *institutions, struct tr_records *stays, int32_t as_of);

/* Derives the states from a log in which referrals and stays stand as events; the referrals taken
 * tell which cases are of one person. tell: events that no state allows. */
int tr_casefile_from(struct tr_app *app, struct tr_casefile *f, const struct tr_records *events,
                     int32_t as_of, bool tell);

/* The states on another day, from what was read; events that no state allows are not told. */
int tr_casefile_on(struct tr_app *app, struct tr_casefile *f, const struct tr_records *stays,
                   int32_t as_of);

void tr_casefile_clear(struct tr_casefile *f);

#endif

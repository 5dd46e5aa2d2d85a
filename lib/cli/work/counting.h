/* Counting persons of referrals and of tables of needs: by which fields, of which districts, leaving
 * out whom, and beside what. */
#ifndef TR_CLI_COUNTING_H
#define TR_CLI_COUNTING_H

#include "cli/input/casefile.h"
#include "cli/input/surveys.h"
#include "domain/survey/deliveries.h"
#include "domain/survey/doubles.h"

struct tr_counting {
    struct tr_rop rop;
    struct tr_needs needs, stock;
    struct tr_surveys years;
    struct tr_deliveries deliveries;
    struct tr_doubles doubles;
    struct tr_casefile cases;
    bool cases_known;              /* else all referrals count */
    struct tr_needs_beside beside; /* for tr_needs_write, when all is read */
};

/* Starts an empty count. by: ROW[,COLUMN]; only: districts, or NULL for all; what cannot be counted
 * by, a district that is none, and complete without rows of districts are usage errors. key: of
 * hashes, or NULL for none. c is zeroed. -1 in this and the others: said, status raised. */
int tr_counting_start(struct tr_app *app, struct tr_counting *c, const char *by, const char *only,
                      bool complete, const struct tr_key *key);

/* Reads what tells of the cases, so that those whose case has no need are left out. */
int tr_counting_cases(struct tr_app *app, struct tr_counting *c, const struct tr_case_paths *paths,
                      int32_t as_of);

/* Reads existing homes, or NULL, and tables of earlier years, to stand beside the count. */
int tr_counting_beside(struct tr_app *app, struct tr_counting *c, const char *stock,
                       const struct tr_texts *years);

/* What is counted. */
struct tr_counted {
    const char *referrals; /* NULL: the arguments */
    const char *links;     /* decisions about persons; NULL: none */
    int ids;               /* see tr_ids_choices */
    bool complete;         /* a district that has not delivered, or twice, is something found */
};

/* Understands every input's header, then counts every input, and says who was counted twice and who
 * has not delivered. */
int tr_counting_read(struct tr_app *app, struct tr_counting *c, const struct tr_counted *what);

void tr_counting_clear(struct tr_counting *c);

#endif

/* The chance that a place comes free by a day, from how long those who live there have stayed so far, and
 * how long people stayed before them: the curves that a simulation draws lengths of stay from. */
#ifndef TR_DOMAIN_FLOW_EXPECT_H
#define TR_DOMAIN_FLOW_EXPECT_H

#include "domain/flow/figures.h"
#include "domain/places/vacancy.h"

/* What is known on the day as_of. */
struct tr_expecting {
    const struct tr_profile *profile;
    const struct tr_institution *row;   /* of each institution, counted for the day */
    const struct tr_records *stays;     /* settled */
    const struct tr_span *holds;        /* of each stay */
    uint32_t n;
    int32_t as_of, until;
};

/* Chances, from 0 to 1, that each of n beds is left; the chance that at least so many are. room: n + 1
 * numbers. */
double tr_expect_at_least(const double *chance, uint32_t n, uint32_t wanted, double *room);

/* A row for each institution: free_chance, in per cent, that a place is or comes free until the day,
 * before anybody is given it. few: service levels with too few ended stays of their own. -1 with err:
 * memory, or no stay has ended. */
int tr_expect_table(struct tr_figures *out, const struct tr_expecting *e, uint32_t *few,
                    struct tr_err *err);

#endif

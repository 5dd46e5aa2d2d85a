/* Which questions to whom would let most people be placed. */
#ifndef TR_DOMAIN_PLACEMENT_ASKING_H
#define TR_DOMAIN_PLACEMENT_ASKING_H

#include "domain/placement/round.h"

/* What to ask about one person, for one institution. Rows of one rank belong together: with these
 * answers, and those of the ranks before, one person more has a place. */
struct tr_asking {
    int32_t rank;                 /* from 1, in the order to ask */
    struct tr_str id;             /* the referral's */
    int32_t priority;             /* its place in the queue */
    struct tr_str ask;            /* rules that take an answer, joined with |; with institution.
                                     before it one that an institution must give */
    struct tr_str institution_id; /* where the person could go then */
    int32_t placed;               /* so many have a place then, of all who seek one */
};
extern const struct tr_kind tr_asking_kind;

/* The most that answers can do for the number of people placed, with the fewest questions to people
 * that can do it, each taken to be answered as it must; those that take fewer questions come first.
 * Then those who must be asked, and have no place even so. Call after tr_round_link. Takes time in
 * proportion to steps times pairs of people and institutions that are open. */
int tr_askings_find(struct tr_records *out, const struct tr_round *r, struct tr_err *err);

/* Adds the names of rules to a list joined with | that begins at from, each with `before` before
 * it.
 */
void tr_asking_rules(struct tr_buf *list, size_t from, uint32_t rules, const char *before);

#endif

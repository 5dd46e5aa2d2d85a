/* Pseudonyms that look alike: P-17, p17 and P017 are three persons for the programs, and one for people. */
#ifndef TR_DOMAIN_REFERRAL_ALIKE_H
#define TR_DOMAIN_REFERRAL_ALIKE_H

#include "domain/referral/person.h"
#include "record/seen/twins.h"

/* Starts zeroed. */
struct tr_alike {
    struct tr_twins twins;
    struct tr_buf places; /* where each pseudonym was met first */
};

void tr_alike_clear(struct tr_alike *n);

/* Whether somebody made up the pseudonym and typed it; an identity number has check digits, and those
 * that our programs make are copied. */
bool tr_alike_is_typed(struct tr_str person_id);

/* Notes the pseudonym of a referral. 1: it looks like another one, and err is filled with the warning,
 * which names both referrals and not what is in the cells; -1: memory. at->source is borrowed. */
int tr_alike_add(struct tr_alike *n, struct tr_str pseudonym, const struct tr_person_at *at,
                struct tr_err *err);

#endif

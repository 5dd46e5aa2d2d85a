/* The referrals of a long row of them that are about one person: noted as they come by, told at the
 * end. Memory is bounded as tr_repeats is. */
#ifndef TR_DOMAIN_REFERRAL_PERSONS_H
#define TR_DOMAIN_REFERRAL_PERSONS_H

#include "domain/profile/kind.h"
#include "domain/referral/person.h"
#include "record/seen/spool.h"

struct tr_persons; /* opaque */

/* scratch: for temporary files; borrowed. NULL when memory is out. */
struct tr_persons *tr_persons_new(const struct tr_profile *p, struct tr_scratch *scratch);
void tr_persons_free(struct tr_persons *p);

/* Lets decisions count: of tr_link_kind. Before the first referral. -1: memory. */
int tr_persons_link(struct tr_persons *p, const struct tr_records *decided);

/* Whether the referral noted last was decided to be of somebody with another number: it was not
 * joined. */
bool tr_persons_refused(const struct tr_persons *p);

/* Notes a referral, unless nobody knows the person. at->source is borrowed. -1 with err. */
int tr_persons_add(struct tr_persons *p, const struct tr_person_at *at, struct tr_err *err);

/* What becomes of referrals of one person. */
struct tr_persons_use {
    void (*judge)(void *cookie, struct tr_person_at *at); /* sets the standing; NULL: as noted */
    void (*same)(void *cookie, const struct tr_person_at *other,
                 const struct tr_person_at *speaks); /* another speaks for this one's person */
    void *cookie;
    void (*meet)(void *cookie, const struct tr_person_at *at,
                 bool first); /* each referral of a person, before one is judged; may be NULL */
};

/* Calls use->same for each referral of a person for whom another speaks, persons in the order of
 * their first referrals. What it is given is valid until it returns. -1 with err. */
int tr_persons_settle(struct tr_persons *p, const struct tr_persons_use *use, struct tr_err *err);

#endif

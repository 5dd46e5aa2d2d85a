/* What a move-out plan can say before anybody has written in it: the records of its case tell. */
#ifndef TR_DOMAIN_ROUTINE_PLAN_KNOWN_H
#define TR_DOMAIN_ROUTINE_PLAN_KNOWN_H

#include "domain/places/stay.h"
#include "domain/routine/event.h"
#include "domain/routine/plan.h"

struct tr_known_cases {
    struct tr_records cases, institutions, stays, events; /* stays settled */
};

/* Fills in the head of the plan whose case_id is set; not the district where the address is
 * protected. Texts are borrowed from the records. false:
 * there is no such case. */
bool tr_plan_head_fill(struct tr_plan_head *head, const struct tr_profile *profile,
                       const struct tr_known_cases *known);

#endif

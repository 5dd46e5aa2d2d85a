/* What is known of one person's cases, in the order of days, and the state of the case after each
 * day. */
#ifndef TR_DOMAIN_CASES_CHAIN_H
#define TR_DOMAIN_CASES_CHAIN_H

#include "domain/cases/cases.h"

/* Texts are borrowed. */
struct tr_chain_link {
    struct tr_str id; /* the referral's */
    int32_t date;     /* TR_NO_DAY: not told; then it comes first */
    struct tr_str record, type, institution_id, detail;
    struct tr_str state; /* of the case, at the end of the day */
};

extern const struct tr_kind tr_chain_kind;

/* The chain of the person whom the referral id is about, up to the day as_of. in: referrals, stays
 * (settled) and events; all but the person's are taken out of them. decisions: of
 * tr_placement_kind; may be NULL. -1: memory; 1: there is no such referral. */
int tr_chain_make(struct tr_records *out, const struct tr_case_states *states,
                  struct tr_records *referrals, struct tr_records *stays, struct tr_records *events,
                  struct tr_str id, int32_t as_of, struct tr_err *err);

/* Adds what a round decided; before tr_chain_order. -1: memory. */
int tr_chain_decided(struct tr_records *out, const struct tr_records *referrals,
                     struct tr_str referral, struct tr_str decision, struct tr_str institution,
                     struct tr_str reason);

/* Adds what was decided about two referrals up to the day, of which one is among the person's; before
 * tr_chain_order. links: of tr_link_kind. -1: memory. */
int tr_chain_linked(struct tr_records *out, const struct tr_records *referrals,
                    const struct tr_records *links, int32_t as_of);

/* Puts it in order. -1: memory. */
int tr_chain_order(struct tr_records *out, struct tr_err *err);

#endif

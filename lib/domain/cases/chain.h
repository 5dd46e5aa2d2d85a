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

/* Takes all but what is about the person of the referral id out of referrals, stays (settled) and
 * events, as they are known on the day as_of. -1: memory; 1: there is no such referral. */
int tr_chain_start(const struct tr_case_states *states, struct tr_records *referrals,
                   struct tr_records *stays, struct tr_records *events, struct tr_str id,
                   int32_t as_of, struct tr_err *err);

/* What a stay was said to be, and from which day. */
struct tr_stay_form {
    int32_t status, begins;
};

/* Adds to stays what stay number now was before it became next, when that was an offer, or one that
 * was accepted; what went back is a slip that was corrected. A stay that was declined or expired
 * tells of its offer itself. -1: memory. */
int tr_chain_former(struct tr_records *stays, uint32_t now, const struct tr_stay_form *was,
                    const struct tr_stay_form *next);

/* The chain of what tr_chain_start left, up to the day as_of. Stays from number former on are what
 * others were before. -1: memory. */
int tr_chain_make(struct tr_records *out, const struct tr_case_states *states,
                  const struct tr_records *referrals, const struct tr_records *stays,
                  uint32_t former, const struct tr_records *events, int32_t as_of,
                  struct tr_err *err);

/* Adds what a round decided; before tr_chain_order. -1: memory. */
int tr_chain_decided(struct tr_records *out, const struct tr_records *referrals,
                     struct tr_str referral, struct tr_str decision, struct tr_str institution,
                     struct tr_str reason);

/* Adds what was decided about two referrals up to the day, of which one is among the person's; before
 * tr_chain_order. links: of tr_link_kind. -1: memory. */
int tr_chain_linked(struct tr_records *out, const struct tr_records *referrals,
                    const struct tr_records *links, int32_t as_of);

/* Adds a paper of the day, where it is of one of the referrals, whose id it takes; before
 * tr_chain_order. -1: memory. */
int tr_chain_paper(struct tr_records *out, const struct tr_records *referrals, struct tr_str id,
                   int32_t day, struct tr_str paper);

/* Puts it in order. -1: memory. */
int tr_chain_order(struct tr_records *out, struct tr_err *err);

#endif

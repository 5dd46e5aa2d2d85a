/* Proving a plan from its certificate. Nothing here is shared with what made the plan: the shapes
 * of records are, and the rules of the profile. */
#ifndef TR_DOMAIN_HOMES_HOMES_VERIFY_H
#define TR_DOMAIN_HOMES_HOMES_VERIFY_H

#include "domain/homes/homes.h"

struct tr_homes_claim {
    const struct tr_records *sites, *proofs; /* tr_site_kind, tr_site_proof_kind */
    const struct tr_site_rules *rules;
    const struct tr_table *districts; /* code, and perhaps sector and municipality */
    const struct tr_demand *needs;    /* NULL: the needs of the certificate are taken as they are */
};

/* Reports every fault. Returns how many there were, or -1 with err. */
int tr_homes_verify(const struct tr_homes_claim *claim, const struct tr_listener *listener,
                    struct tr_err *err);

#endif

/* What the two files of verification share: a certificate as numbers, and how faults are told. */
#ifndef TR_DOMAIN_PLACEMENT_VERIFY_OWN_H
#define TR_DOMAIN_PLACEMENT_VERIFY_OWN_H

#include "domain/placement/verify.h"

/* The claim, as numbers. */
struct claim {
    const struct tr_certificate *certificate;
    const struct tr_round *round;
    const struct tr_listener *listener;
    int faults;
    uint32_t n_seeking, n_institutions;
    uint32_t *where; /* of each referral */
    uint32_t *count; /* of each institution: who is placed there */
    uint32_t *last;  /* the last of them in the institution's order */
    uint32_t *level; /* of each institution */
    uint32_t *since; /* of each level but the highest: from whose turn on it is closed */
    bool *placing;   /* found while placing: closed to all */
    uint32_t
        *closing; /* of each level: the nearest, this or higher, found while placing; or NONE */
    uint32_t levels;
    uint32_t *least; /* levels x steps: the least since of 2^step levels from here */
    uint32_t steps;
    struct own_rank {
        uint32_t person, institution, rank;
    } * own;
    uint32_t n_own;
    struct tr_rulings answers;
    uint32_t *options; /* of the current referral; in the last: how many */
    int32_t *wish; /* of each institution: its place among the wishes of the current referral, from
                      1; what is not wished comes after them all */
    uint32_t *waits_for; /* of each referral: the highest level among its options, when it waits */
};

void tr_claim_fault(struct claim *claim, enum tr_code code, struct tr_str a, struct tr_str b,
                    struct tr_str d);

/* Reads which institutions each level has, each of them once, and when its boundary was found. */
void tr_claim_read_levels(struct claim *claim);

/* Builds a sparse table: the minimum `since` of any run of levels in two look-ups. */
void tr_claim_find_least(struct claim *claim);

/* Whether a boundary between level from and level to above it was closed by the turn of the person.
 */
bool tr_claim_closed_between(const struct claim *claim, uint32_t from, uint32_t to,
                             uint32_t person);

#endif

/* Whether any way to divide persons into sites is better than one that is known. */
#ifndef TR_DOMAIN_HOMES_BOUND_H
#define TR_DOMAIN_HOMES_BOUND_H

#include <stdint.h>
#include "base/err.h"

struct tr_site_bound {
    const uint32_t *need; /* of each of n districts, any of which may be joined */
    uint32_t n;
    uint32_t min, max;                        /* homes of a site */
    uint64_t housed, outside, sites, squares; /* of the plan that is known */
    int64_t multiplier;
};

/* 1: none is better; 0: one is; -1 with err. The result does not depend on the multiplier, only
 * the time does. */
int tr_site_bound_holds(const struct tr_site_bound *b, struct tr_err *err);

#endif

/* What differs between two plans of homes. */
#ifndef TR_DOMAIN_HOMES_COMPARE_H
#define TR_DOMAIN_HOMES_COMPARE_H

#include "domain/homes/homes.h"

/* A site that is not the same in both; a row of plan-diff. */
struct tr_homes_change {
    struct tr_str site, bydel;
    int32_t housing_type;
    int32_t change; /* entry of plan_change: added, removed, changed */
    int32_t units_before, units_after, residents_before, residents_after;
    struct tr_str from_before, from_after;
};
extern const struct tr_kind tr_homes_change_kind;

/* Sites in the order of before, then those that only after has. */
int tr_homes_compare(struct tr_records *out, const struct tr_records *before,
                     const struct tr_records *after, struct tr_err *err);

#endif

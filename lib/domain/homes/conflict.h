/* Why not everybody can have a site: the fewest rules that, with the needs, contradict each other.
 */
#ifndef TR_DOMAIN_HOMES_CONFLICT_H
#define TR_DOMAIN_HOMES_CONFLICT_H

#include "domain/homes/homes.h"

/* Persons of a district who wait, and the rules for which they do: to give up any one of them gives
 * all of them a home. */
struct tr_homes_conflict {
    struct tr_str bydel;
    int32_t housing_type, waiting;
    struct tr_str rules; /* list of units_min, units_max and join */
};
extern const struct tr_kind tr_homes_conflict_kind;

int tr_homes_conflicts(struct tr_records *out, const struct tr_homes *plan,
                       const struct tr_demand *d, const struct tr_homes_choice *choice,
                       struct tr_err *err);

#endif

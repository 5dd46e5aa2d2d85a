/* What can be done for those who can have no site, and where one more site would help most. */
#ifndef TR_DOMAIN_HOMES_HOMES_OPTIONS_H
#define TR_DOMAIN_HOMES_HOMES_OPTIONS_H

#include "domain/homes/homes.h"

/* One way out for the persons of a district who wait; a row of needs-plan --choices. */
struct tr_homes_option {
    struct tr_str bydel;
    int32_t housing_type, waiting;
    int32_t option;       /* entry of plan_option: join, wait, standard */
    struct tr_str with;   /* join: the districts to join with */
    int32_t persons_more; /* wait: so many more must need such a home before all can have one */
    struct tr_str outside_more,
        sites_more;     /* join, standard: what it costs, below zero if it saves */
    int32_t other_type; /* standard: live in a site of this type */
    struct tr_str warnings;
};
extern const struct tr_kind tr_homes_option_kind;

int tr_homes_options(struct tr_records *out, const struct tr_homes *plan, const struct tr_demand *d,
                     const struct tr_homes_choice *choice, struct tr_err *err);

/* What one more site, that somebody else builds, would change in the plan; needs-plan --marginal.
 */
struct tr_homes_gain {
    struct tr_str bydel;
    int32_t housing_type, units;
    int64_t waiting, outside, sites; /* so many less; below zero: more */
    struct tr_str waiting_less, outside_less, sites_less;
};
extern const struct tr_kind tr_homes_gain_kind;

/* Best first. */
int tr_homes_gains(struct tr_records *out, const struct tr_demand *d,
                   const struct tr_homes_choice *choice, struct tr_err *err);

#endif

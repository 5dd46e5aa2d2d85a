/* Sites that are being built, or are decided: they house people before any new site is planned. */
#ifndef TR_DOMAIN_HOMES_UNDERWAY_H
#define TR_DOMAIN_HOMES_UNDERWAY_H

#include "domain/homes/homes.h"

/* A row of needs-plan --sites. */
struct tr_underway {
    struct tr_str site, bydel;
    int32_t housing_type, units;
    int32_t year;   /* in which it stands; -1: soon */
    int32_t chance; /* per cent; -1: it is certain */
};
extern const struct tr_kind tr_underway_kind;

/* One more, as it is written in an option: DISTRICT:TYPE:HOMES. false: it is no such thing. */
bool tr_underway_add(struct tr_records *sites, struct tr_str given);

/* Gives homes to those who need them: of the district, then of others that may be joined with it,
 * in their order. Adds a row of the plan for each site, and takes the persons off d. */
int tr_underway_fill(struct tr_homes *plan, struct tr_demand *d, const struct tr_records *sites,
                     const struct tr_homes_choice *choice, struct tr_err *err);

#endif

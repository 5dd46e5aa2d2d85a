/* Who needs a home in a site: persons by district and kind of site, from a table of needs; and the
 * districts themselves, which may be more than a list of codes can hold. */
#ifndef TR_DOMAIN_HOMES_DEMAND_H
#define TR_DOMAIN_HOMES_DEMAND_H

#include "domain/homes/site_rule.h"

struct tr_demand {
    const struct tr_site_rules *rules;
    const struct tr_table *districts; /* columns code, and perhaps sector, neighbourhood and
                                         municipality */
    int code;                         /* column of districts */
    struct tr_dict number;            /* code to row of districts */
    uint32_t n;                       /* of districts */
    uint32_t *need;                   /* [district][rule] */
    uint32_t *somatic;  /* the same: of them, those with a somatic extension */
    bool somatic_known; /* every table told it */
    bool *missing;      /* [district]: a table says that it has not delivered */
    uint64_t nowhere;   /* persons of no known district: no site can be found for them */
    uint64_t blended;   /* bit: rule with persons of another type among its own */
    uint64_t undecided; /* persons whose housing type is open */
};

/* rules and districts are borrowed. */
int tr_demand_start(struct tr_demand *d, const struct tr_site_rules *rules,
                    const struct tr_table *districts, struct tr_err *err);
void tr_demand_clear(struct tr_demand *d);

/* Adds a table of needs, wide or long. -1 with err, at the cell that is at fault. */
int tr_demand_add(struct tr_demand *d, const struct tr_table *t, struct tr_err *err);

static inline uint32_t *tr_demand_cell(const struct tr_demand *d, uint32_t district, int rule)
{
    return &d->need[(size_t)district * (size_t)d->rules->n + (size_t)rule];
}

/* Persons with a somatic extension among those who need a home; 0 where it is not known. */
static inline uint32_t tr_demand_somatic(const struct tr_demand *d, uint32_t district, int rule)
{
    uint32_t n = d->somatic[(size_t)district * (size_t)d->rules->n + (size_t)rule];
    uint32_t need = *tr_demand_cell(d, district, rule);

    return !d->somatic_known ? 0 : n < need ? n : need;
}

/* Whether the table tells nothing of a district: its zeros are no count. */
bool tr_demand_untold(const struct tr_demand *d, uint32_t district);

/* As if all who need one kind of site needed another. */
void tr_demand_move(struct tr_demand *d, int from, int to);

struct tr_str tr_demand_district(const struct tr_demand *d, uint32_t district);

/* Number of the district of this code, or -1. */
int tr_demand_find(const struct tr_demand *d, struct tr_str code);

/* Whether any district says what it may be joined by: its sector, its neighbourhood. */
bool tr_demand_has_join(const struct tr_demand *d, enum tr_join join);

/* Which districts may be joined: of each district the first one of its group. Homes of one
 * municipality never stand in another. group: room for n. */
int tr_demand_groups(const struct tr_demand *d, enum tr_join join, uint32_t *group,
                     struct tr_err *err);

#endif

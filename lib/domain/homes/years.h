/* A plan over the years: which site stands when, and how many still wait. */
#ifndef TR_DOMAIN_HOMES_YEARS_H
#define TR_DOMAIN_HOMES_YEARS_H

#include "domain/homes/homes.h"

/* A year of one housing type, or of all, whose type is total. */
struct tr_homes_year {
    int32_t year;
    struct tr_str housing_type;
    int32_t persons;    /* who need a home when the year begins */
    struct tr_str more; /* who come to need one during it; below zero: fewer do */
    int32_t built;      /* homes that stand at its end, and did not when it began */
    int32_t remaining,
        remaining_expected; /* who still need one; the same by the chances of sites */
};
extern const struct tr_kind tr_homes_year_kind;

struct tr_homes_pace {
    int32_t from;                    /* the year of the needs; building begins in the year after */
    int32_t per_year;                /* homes; what is not used is kept for the next year */
    const struct tr_demand *earlier; /* of an earlier survey, or NULL: no more come to need one */
    int32_t earlier_year;
};

/* Gives each new site the year in which it stands: the site first that houses most of a district
 * where most wait. met: the year in which all have a home, 0: never. */
int tr_homes_years(struct tr_records *out, struct tr_homes *plan, const struct tr_demand *needs,
                   uint64_t rules, const struct tr_homes_pace *pace, int32_t *met,
                   struct tr_err *err);

#endif

/* A plan: which sites are to be built, of how many homes, where and for whom; and what proves that
 * no plan is better. Shapes: transition-formats(5). */
#ifndef TR_DOMAIN_HOMES_HOMES_H
#define TR_DOMAIN_HOMES_HOMES_H

#include "domain/homes/demand.h"
#include "domain/profile/kind.h"

/* One site; or, waiting, the persons of one district for whom there is none. */
struct tr_site {
    struct tr_str site, bydel;
    int32_t status; /* entry of site_status */
    int32_t housing_type, standard;
    uint64_t locations, groups;
    int32_t units, residents;
    int32_t outside;    /* of the residents, from other districts */
    struct tr_str from; /* list of district:persons */
    int32_t one_room, two_room;
    struct tr_str building;
    int32_t base;
    struct tr_str staffing; /* as the source prints it */
    int32_t staffing_doubtful;
    struct tr_str modules; /* list of model:number */
    struct tr_str module_count, area_m2, home_m2, technical_m2, bra_m2, bta_m2;
    struct tr_str specification, requirements;
    int32_t requirements_doubtful;
    int32_t somatic;                   /* of the residents, with a somatic extension; -1: not told */
    struct tr_str somatic_requirements; /* what they need besides */
    struct tr_str warnings; /* list of codes of plan_warning */
    int32_t year;           /* in which it stands; -1: not told */
    int32_t chance;         /* per cent, of a site under way; -1: it is certain */
    int32_t cost, cost_year,
        price_year; /* kroner, once and a year; the year of the prices; -1: not told */
};
extern const struct tr_kind tr_site_kind;

/* The same without what only describes a site: faster to read. */
extern const struct tr_kind tr_site_brief_kind;

/* What is proved of the districts that may be joined, for one kind of site: a row of a certificate.
 */
struct tr_site_proof {
    int32_t join;        /* entry of join */
    struct tr_str bydel; /* the first of the districts */
    int32_t housing_type;
    struct tr_str districts, needs; /* lists, side by side */
    int32_t units_min, units_max;
    int32_t housed, outside, sites;
    struct tr_str squares, multiplier; /* whole numbers, which may be large */
};
extern const struct tr_kind tr_site_proof_kind;

struct tr_homes {
    struct tr_records sites, proofs;
    uint64_t waiting; /* persons */
};

/* What a plan adds up to: a row for each housing type, and one for all, whose type is total. */
struct tr_homes_sum {
    struct tr_str housing_type;
    int32_t persons, housed, waiting, outside, sites;
    int32_t sites_least; /* so many at least, were the districts no matter */
    int32_t smallest, largest;
    int32_t planned; /* of those housed, in new sites; no column */
};
extern const struct tr_kind tr_homes_sum_kind;
int tr_homes_sum_up(struct tr_records *out, const struct tr_homes *plan, struct tr_err *err);

struct tr_homes_choice {
    uint64_t rules; /* bit: rule of the profile that is planned */
    int join;       /* enum tr_join; -1: each rule's own */
    enum tr_lang lang;
};

/* Starts an empty plan. */
void tr_homes_start(struct tr_homes *plan, const struct tr_profile *profile);

/* Adds the best plan for all that d counts. */
int tr_homes_make(struct tr_homes *plan, const struct tr_demand *d,
                  const struct tr_homes_choice *choice, struct tr_err *err);
void tr_homes_clear(struct tr_homes *plan);

#endif

/* Sites that exist: whether they are as they must be, and whether those live there for whom they
 * were made. */
#ifndef TR_DOMAIN_HOMES_INSPECTION_H
#define TR_DOMAIN_HOMES_INSPECTION_H

#include "domain/homes/homes.h"
#include "domain/homes/site_point.h"

/* A site to be inspected: also a row of a plan. */
struct tr_inspected {
    struct tr_str site, bydel;
    int32_t status;                 /* entry of site_status; waiting is no site; -1: it exists */
    int32_t housing_type, standard; /* -1: that of the housing type */
    int32_t units;                  /* -1: not told */
};
extern const struct tr_kind tr_inspected_kind;

bool tr_inspected_is_site(const struct tr_profile *p, const struct tr_inspected *s);

/* A point of a form: to be filled in, or filled in. */
struct tr_form_point {
    struct tr_str site, bydel;
    int32_t housing_type;
    struct tr_str point; /* empty: the note is about the site */
    struct tr_str text, source;
    int32_t met; /* whether it is so; -1: not answered */
    struct tr_str note;
};
extern const struct tr_kind tr_form_point_kind;

/* The blank forms of all sites. */
int tr_inspection_blank(struct tr_records *out, const struct tr_records *sites,
                        const struct tr_site_rules *rules, enum tr_lang lang, struct tr_err *err);

/* What an inspection of one site found. */
struct tr_inspection {
    struct tr_str site, bydel;
    int32_t housing_type, standard, points, met, unmet, open;
    int32_t meets; /* the standard: all points are met; -1: some are open, and none is unmet */
    struct tr_str lacking; /* list of points */
    struct tr_str remarks; /* what was noted, behind what it is about */
};
extern const struct tr_kind tr_inspection_kind;

/* Adds a row for each site, from n sets of points. A site or point that is not there, or twice, is an
 * error at its row. */
int tr_inspection_find(struct tr_records *out, const struct tr_records *sites,
                       const struct tr_records *filled, int n, const struct tr_site_rules *rules,
                       enum tr_lang lang, struct tr_err *err);

/* Who lives in a site. */
struct tr_resident {
    struct tr_str referral_id, site;
    int32_t group, standard; /* what is needed; standard -1: that of the group */
    int32_t from, to;        /* days; to: when somebody moved out */
};
extern const struct tr_kind tr_resident_kind;

/* Who lives in a home meant for others. */
struct tr_mismatch {
    struct tr_str site, bydel; /* site total: all of them */
    int32_t housing_type, standard, units, residents;
    int32_t other_group, other_standard; /* of the residents */
    int32_t unknown;                     /* whose group is not known */
    int32_t blended, crowded; /* those of several standards live together; more than the rule has.
                                 In the row of all: sites for which it is so */
};
extern const struct tr_kind tr_mismatch_kind;

/* Adds a row for each site, and one for all; each person counts once, and rows that do not count are told. as_of:
 * the day; TR_NO_DAY: whoever has not moved out. */
int tr_mismatch_find(struct tr_records *out, const struct tr_records *sites,
                     const struct tr_records *residents, const struct tr_site_rules *rules,
                     int32_t as_of, const struct tr_listener *listener, struct tr_err *err);

#endif

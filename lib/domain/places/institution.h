/* Institutions, and how full they are on a day. */
#ifndef TR_DOMAIN_PLACES_INSTITUTION_H
#define TR_DOMAIN_PLACES_INSTITUTION_H

#include "domain/profile/kind.h"

/* A limit - ages, sexes, groups, municipality, somatic level - that is empty is no limit. */
struct tr_institution {
    struct tr_str id, name;
    int32_t owner, service_level;
    uint64_t stay_types;
    int32_t substance_policy;
    uint64_t sexes;
    int32_t min_age, max_age, wheelchair, somatic_max;
    uint64_t rop_groups;
    struct tr_str municipality; /* where people must live to get in */
    int32_t bydel, capacity;    /* places */
    struct tr_str address, phone;
    int32_t self_referred_places;

    /* on the day as_of */
    int32_t occupied, reserved;
    int32_t vacant, over;  /* one of them is 0 */
    int32_t past_expected; /* of the occupied: the stay should have ended by then */
    int32_t waiting;       /* referrals that wish for it; -1: not asked */
    int32_t next_vacant, next_places;
    int32_t self_referred_taken;  /* of self_referred_places */
    int32_t self_referred_agreed; /* agreements that run: who may return */
    int32_t as_of;

    int32_t institutions; /* in a row of a group: how many it sums up */
};

/* The columns of a file of institutions, of vacancies as they are read and as they are listed, and
 * of vacancies to be published. */
extern const struct tr_kind tr_institution_kind;
extern const struct tr_kind tr_vacancy_kind;
extern const struct tr_kind tr_listed_kind;
extern const struct tr_kind tr_public_kind;

/* What rows of vacancies are about: single institutions, or groups of them. */
enum tr_vacancy_by {
    TR_BY_INSTITUTION,
    TR_BY_SERVICE_LEVEL,
    TR_BY_STAY_TYPE,
    TR_BY_OWNER,
    TR_N_BY
};
extern const char *const tr_vacancy_by_names[TR_N_BY + 1]; /* and NULL */
const struct tr_kind *tr_vacancy_kind_by(enum tr_vacancy_by by);

static inline struct tr_institution *tr_institution(const struct tr_records *r, uint32_t i)
{
    return (struct tr_institution *)(void *)r->record + i;
}

#endif

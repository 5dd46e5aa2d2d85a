/* What became of people before and after they moved into a home: how often things happened to them
 * in a year, with exact intervals, and how long homes were kept.
 *
 * The same persons are compared with themselves. Before is a span of time up to the day before moving
 * in, after is one from the day after it; the day itself is in neither, since a move on it is the move.
 * Who loses the home is still watched: leaving them out would flatter the homes. Who has died or moved
 * away is not: years in which nothing could happen to them, or nobody would know, would flatter them, too.
 * What happened under another referral of the person is the person's. */
#ifndef TR_DOMAIN_FLOW_EFFECT_H
#define TR_DOMAIN_FLOW_EFFECT_H

#include "base/calendar.h"
#include "domain/flow/episode.h"
#include "domain/flow/figures.h"
#include "domain/routine/event.h"

/* What is known of a person besides the log, by a referral; the caller reads these. */
struct tr_tenant {
    struct tr_str id; /* the case's */
    int32_t bydel;
    struct tr_str person_id;
    int32_t protection;
    struct tr_str housing_type, rop_group;
};
extern const struct tr_kind tr_tenant_kind;

/* Lets decisions (of tr_link_kind) count, which of the referrals are of one person, and forgets the
 * districts of those whose addresses are protected. -1: memory. */
int tr_tenants_settle(struct tr_records *tenants, const struct tr_records *decided);

/* Which home it was. */
struct tr_tenant_site {
    struct tr_str id, site;
};
extern const struct tr_kind tr_tenant_site_kind;

enum tr_effect_by {
    TR_EFFECT_ALL,
    TR_EFFECT_SITE,
    TR_EFFECT_HOUSING_TYPE,
    TR_EFFECT_ROP_GROUP,
    TR_EFFECT_BYDEL,
    TR_N_EFFECT_BY
};
extern const char *const tr_effect_by_names[TR_N_EFFECT_BY + 1]; /* and NULL */

struct tr_effect_choice {
    enum tr_effect_by by;
    int32_t as_of;
    int32_t since; /* no episode was recorded before; TR_NO_DAY: they always were */
    struct tr_duration span; /* how long before, and after, at most */
    int32_t moved_in;        /* event type */
    uint64_t lost;           /* bit: event types */
    uint64_t parts, returns; /* the same: that end the watching, as a death; that take this back */
    bool whole;
};

/* The events of the profile: home_from and home_lost of profile.csv, and those that lead to states of
 * case_states.csv in which the person is gone or the places are free. -1 with err. */
int tr_effect_load(struct tr_effect_choice *choice, const struct tr_profile *p, struct tr_err *err);

struct tr_effect_data {
    const struct tr_records *events, *episodes;
    const struct tr_records *tenants, *sites; /* may be empty */
};

struct tr_effect_told {
    uint32_t persons;  /* who have moved in */
    uint32_t elsewhere; /* episodes of cases that have not */
    uint32_t twice;    /* episodes that another row has told of */
    uint32_t few;      /* rows that stand on few episodes or losses */
};

/* A row for each group and kind of episode. -1 with err, in this and the other. */
int tr_effect_table(struct tr_figures *out, const struct tr_effect_data *data,
                    const struct tr_effect_choice *choice, struct tr_effect_told *told,
                    struct tr_err *err);

/* A row for each group: how many homes were lost, and the share still kept after one to five years. */
int tr_effect_tenancies(struct tr_figures *out, const struct tr_effect_data *data,
                        const struct tr_effect_choice *choice, struct tr_effect_told *told,
                        struct tr_err *err);

#endif

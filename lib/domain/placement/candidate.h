/* What of a referral decides about places, and the rules that must hold for one. No name, no
 * identity number: this is what a certificate shows. */
#ifndef TR_DOMAIN_PLACEMENT_CANDIDATE_H
#define TR_DOMAIN_PLACEMENT_CANDIDATE_H

#include "domain/places/institution.h"

struct tr_candidate {
    struct tr_str id; /* the referral's */
    int32_t received; /* day */
    int32_t urgency, service_level, stay_type, substance_policy, sex;
    int32_t age_from, age_to; /* whole years on the day of the match; from a year of birth alone,
                                 two ages are possible */
    struct tr_str municipality;
    int32_t wheelchair, somatic;
    uint64_t rop_groups; /* groups possible; 0: nobody knows, or outside */
    int32_t rop_outside; /* 1: for certain of no group */
    int32_t housing_status;
    struct tr_str wishes; /* institutions, best first, joined with | */
    int32_t queue_number; /* among those of its delivery that its days do not tell apart */

    /* what stays say */
    struct tr_str declined; /* institutions that were offered, and are not open again */
    struct tr_str again;    /* those of them that open on a day that is known: ID=DAY, joined with | */
    struct tr_str held;     /* where a place is held already; then no other is sought */
    int32_t ended;          /* 1: the referral has had its stay */
    struct tr_str state;    /* of the case, when it takes the referral out of the queue */
    int32_t parked, until;  /* 1: it keeps its place in the queue, until this day if one is known */
    struct tr_str same_person; /* another referral, which counts for the person of this one */
    bool unasked; /* nobody has written down whether the person consents; in no certificate */

    /* The same in a certificate, see tr_certificate_persons: a token that the referrals of a person
     * share, and whether this one counts. Only of those who have several. */
    struct tr_str person;
    int32_t counts;
};

/* What the referral says, and what stays say of it. */
extern const struct tr_kind tr_candidate_kind;
extern const struct tr_kind tr_standing_kind;

static inline struct tr_candidate *tr_candidate(const struct tr_records *r, uint32_t i)
{
    return (struct tr_candidate *)(void *)r->record + i;
}

/* Who holds a place, has had one, is out of the queue or on hold, or counts under another referral,
 * seeks none. */
static inline bool tr_candidate_seeks(const struct tr_candidate *c)
{
    return c->held.len == 0 && c->ended != 1 && c->state.len == 0 && c->same_person.len == 0;
}

/* Closes an institution to the candidate, for good or (open not TR_NO_DAY) until that day; of several
 * closings the strictest counts. */
void tr_candidate_close(struct tr_candidate *c, struct tr_str id, int32_t open,
                        struct tr_arena *text);

/* The day on which an institution that is closed to the candidate opens again; TR_NO_DAY: not known,
 * or never. */
int32_t tr_candidate_again(const struct tr_candidate *c, struct tr_str id);

/* The candidate of a referral with values v (index: enum tr_field), on the day. unread: fields whose
 * cells could not be read (bit: enum tr_field). Texts are borrowed. */
void tr_candidate_from(struct tr_candidate *c, const struct tr_profile *p,
                       const struct tr_value v[], uint64_t unread, int32_t as_of);

/* ---- rules ---- */

/* The rules, in the order in which they are told. Which of them apply, and which hold when what
 * they need is not known, is the profile's placement_rules.csv. */
enum tr_rule_of_place {
    TR_R_DATES,
    TR_R_SERVICE_LEVEL,
    TR_R_STAY_TYPE,
    TR_R_SUBSTANCE_POLICY,
    TR_R_SEX,
    TR_R_AGE,
    TR_R_WHEELCHAIR,
    TR_R_SOMATIC,
    TR_R_ROP_GROUP,
    TR_R_MUNICIPALITY,
    TR_R_DECLINED,
    TR_N_PLACE_RULES
};
extern const char *const tr_place_rule_names[TR_N_PLACE_RULES + 1]; /* and NULL */

/* What a rule says of a candidate and an institution: three answers, as long as facts are missing.
 * What is missing would decide: where every answer gives the same, it is not missing. */
enum tr_place_verdict {
    TR_HOLDS,
    TR_BROKEN,
    TR_NOT_KNOWN, /* the referral does not say enough */
    TR_NOT_SAID   /* the institution does not */
};

struct tr_place_rules {
    uint32_t applies; /* bit: enum tr_rule_of_place */
    uint32_t lenient; /* of these, which hold when the referral does not say enough */
    const struct tr_list *levels, *stay_types, *policies, *sexes, *somatic, *groups;
    int32_t as_of;
};

void tr_place_rules_init(struct tr_place_rules *rules, const struct tr_profile *p, int32_t as_of);

/* Reads the profile's table. */
int tr_place_rules_load(struct tr_place_rules *rules, const struct tr_profile *p, int32_t as_of,
                        struct tr_err *err);

/* What one rule says of the two. One that does not apply holds. */
enum tr_place_verdict tr_place_rule_judge(const struct tr_place_rules *rules,
                                          enum tr_rule_of_place rule, const struct tr_candidate *c,
                                          const struct tr_institution *i);

/* Whether all rules hold: the candidate may have a place there. */
bool tr_place_rules_hold(const struct tr_place_rules *rules, const struct tr_candidate *c,
                         const struct tr_institution *i);

/* What all rules say of the two (bit: enum tr_rule_of_place). */
struct tr_place_answer {
    uint32_t broken, not_known, not_said;
};
struct tr_place_answer tr_place_rules_judge(const struct tr_place_rules *rules,
                                            const struct tr_candidate *c,
                                            const struct tr_institution *i);

/* Whether the candidate might have a place there, and it takes an answer to know. */
static inline bool tr_place_answer_open(struct tr_place_answer a)
{
    return a.broken == 0 && (a.not_known | a.not_said) != 0;
}

/* Whether one rule alone keeps the candidate from the institution, for certain. */
static inline bool tr_place_answer_alone(struct tr_place_answer a)
{
    return a.broken != 0 && (a.broken & (a.broken - 1)) == 0 && (a.not_known | a.not_said) == 0;
}

/* What of the candidate the rule looks at, so that two with the same value are the same to every
 * institution; a hash. */
uint64_t tr_place_rule_value(enum tr_rule_of_place rule, const struct tr_candidate *c);
bool tr_place_rule_same(enum tr_rule_of_place rule, const struct tr_candidate *a,
                        const struct tr_candidate *b); /* whether they have the same value */

/* The place of id among the parts of a list joined with |, from 1; 0 when it is none. */
int32_t tr_list_place(struct tr_str joined, struct tr_str id);

/* The first day on which an institution opens again that suits the candidate but for a former offer of
 * its place; TR_NO_DAY: there is none. */
int32_t tr_candidate_opens(const struct tr_candidate *c, const struct tr_place_rules *r,
                           const struct tr_records *institutions);

#endif

/* What became of each referral: one row a referral, in order of priority. */
#ifndef TR_DOMAIN_PLACEMENT_PLACEMENT_H
#define TR_DOMAIN_PLACEMENT_PLACEMENT_H

#include "domain/placement/round.h"

struct tr_placement {
    struct tr_str id; /* the referral's */
    struct tr_str decision, institution_id;
    int32_t wish_rank; /* the place among the wishes, from 1; -1: none of them */
    int32_t priority;  /* the place in the queue, from 1; -1 for those who hold a place or had it */
    struct tr_str reason, detail;
};

extern const struct tr_kind tr_placement_kind;

static inline struct tr_placement *tr_placement(const struct tr_records *r, uint32_t i)
{
    return (struct tr_placement *)(void *)r->record + i;
}

/* The row of referral p when the institution numbered where, or TR_NOWHERE, is what it gets.
 * options: how many institutions it could go to; answers: of the round. Texts are borrowed, or kept
 * in arena. */
void tr_placement_of(const struct tr_round *r, uint32_t p, uint32_t where, uint32_t options,
                     struct tr_rulings *answers, struct tr_arena *arena, struct tr_placement *out);

/* All rows. -1: memory. */
int tr_placements_make(struct tr_records *out, const struct tr_round *r, const struct tr_match *m,
                       struct tr_err *err);

/* Decided in this round: the person neither held a place before nor had left one. */
bool tr_placement_is_new(const struct tr_placement *p);

/* What a policy would do for how many. */
struct tr_policy_summary {
    struct tr_str policy;
    int32_t seeking, placed, waiting, ask, ineligible, first_wish, any_wish;
    int32_t rejected; /* rows of referrals that could not be read, and seek nothing */
};
extern const struct tr_kind tr_policy_summary_kind;
int tr_policy_summarise(const struct tr_round *r, enum tr_policy policy,
                        struct tr_policy_summary *out, struct tr_err *err);

/* The same of every policy, a row each. */
int tr_policies_summarise(struct tr_records *out, const struct tr_round *r, struct tr_err *err);

/* How many more people get a place with so many extra places, at one institution or anywhere in a
 * service level where they help most. */
struct tr_marginal {
    struct tr_str scope, code; /* institution_id or service_level, and which */
    int32_t extra, more;
};
extern const struct tr_kind tr_marginal_kind;
int tr_marginals_find(struct tr_records *out, struct tr_round *r, struct tr_err *err);

/* The last in the queue who got in, an institution a row. */
struct tr_cutoff {
    struct tr_str institution_id, name;
    int32_t places, placed, last_priority;
};
extern const struct tr_kind tr_cutoff_kind;
int tr_cutoffs_find(struct tr_records *out, const struct tr_round *r,
                    const struct tr_records *placements, struct tr_err *err);

/* Who is not where they were: in either of two results, by referral. */
struct tr_difference {
    struct tr_str id, before, after; /* institution, or decision when there is none */
    struct tr_str change;            /* placed lost moved decided new gone */
    int32_t wish_before, wish_after;
};
extern const struct tr_kind tr_difference_kind;
int tr_placements_compare(struct tr_records *out, const struct tr_records *a,
                          const struct tr_records *b, struct tr_err *err);

#endif

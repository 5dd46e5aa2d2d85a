/* What the rules say of a candidate and of every institution at once.
 *
 * A rule looks at a few facts of a candidate, and many candidates share them: its answers are
 * worked out once for each value of these facts, as sets of institutions, a bit each. The answers
 * for a candidate are then a few operations on words, and equal those of candidate.h asked pair by
 * pair. */
#ifndef TR_DOMAIN_PLACEMENT_RULINGS_H
#define TR_DOMAIN_PLACEMENT_RULINGS_H

#include "domain/placement/candidate.h"

struct tr_ruling_table; /* opaque */

struct tr_rulings {
    const struct tr_place_rules *rules; /* borrowed, as are places, of tr_institution */
    const struct tr_records *places;
    struct tr_ruling_table *table;
    size_t words;

    /* of the candidate asked about last */
    uint64_t *options; /* where all rules hold */
    uint64_t *scratch; /* words for each step of an outlook */
    uint32_t broken;   /* rules that are broken somewhere (bit: enum tr_rule_of_place) */
    const struct tr_ruling *answer[TR_N_PLACE_RULES]; /* NULL: the rule does not apply */
};

/* -1: memory; tr_rulings_clear is needed all the same. */
int tr_rulings_init(struct tr_rulings *a, const struct tr_place_rules *rules,
                    const struct tr_records *places);
void tr_rulings_clear(struct tr_rulings *a);

/* Asks about c, which outlives the answers; -1: memory. */
int tr_rulings_ask(struct tr_rulings *a, const struct tr_candidate *c);

static inline bool tr_rulings_option(const struct tr_rulings *a, uint32_t institution)
{
    return a->options[institution / 64] >> (institution % 64) & 1;
}

/* What stands between a referral without options and all institutions. */
struct tr_outlook {
    uint32_t n_open;              /* institutions that it might go to, if the answers are right */
    uint32_t first_open;          /* the first of them */
    uint32_t not_known, not_said; /* what those take (bit: enum tr_rule_of_place): facts of the
                                     referral, and of institutions */
    uint32_t openers; /* rules that are the only obstacle at some institution: without one, the
                         referral could go there */
    uint32_t decides; /* rules that together keep the referral from every institution, see
                         tr_outlook_decides; only without n_open */
};

/* Which rules decide a refusal. One decides by itself where it is broken everywhere and, somewhere, is
 * the only one that is: without it nobody would be refused. Else these do together: the rules that are
 * the only one broken at some institution, and all that are broken where none of those is. alone: the
 * first; rest: those of institutions where none of the first is broken.
 * The rule on dates looks at no institution, so where it is broken nothing else counts. */
static inline uint32_t tr_outlook_decides(uint32_t alone, uint32_t rest)
{
    uint32_t all = alone | rest, dates = UINT32_C(1) << TR_R_DATES;

    return all & dates ? dates : all;
}

/* Whether one rule decides by itself. */
static inline bool tr_outlook_one_decides(uint32_t decides)
{
    return decides != 0 && (decides & (decides - 1)) == 0;
}

/* Of the candidate asked about last. */
struct tr_outlook tr_rulings_outlook(struct tr_rulings *a);

#endif

/* How many persons share what is sent of a referral, and what is done when they are too few.
 *
 * Problem. Without names, somebody is still known again who is the only one of a district, an age
 * and a month. What others may know of a person (the fields that count, see tr_travels) must be the
 * same in referrals of at least k persons.
 *
 * Method. All referrals of a delivery take the same step of the ladder, so that what is made
 * coarser does not change the order among them. The step is the finest at which the fewest must be
 * held back: a coarser one would help nobody, and at a finer one somebody would stay who could go.
 * Whoever has too few to share with even so is held back. Whole combinations go or stay, so what
 * remains is shared by k. A person with several referrals counts once.
 *
 * Days that do not tell referrals apart any more leave their order open. A number within such a day
 * or month, in the order in which they were, tells no more than that order. */
#ifndef TR_DOMAIN_REFERRAL_SHARES_H
#define TR_DOMAIN_REFERRAL_SHARES_H

#include "base/err.h"
#include "domain/referral/part.h"

/* A referral, held until it is known in which form it goes. */
struct tr_share {
    size_t at; /* of its cells, in text */
    const char *source;
    uint64_t line, person; /* person: a hash; 0: nobody knows */
    uint32_t number;       /* in the queue of its day; 0: no other has the day */
    uint32_t combination;  /* at the step chosen: which; from 0 */
    bool held;
    struct tr_str mark; /* borrowed: of the person's protected address; empty: it is not */
    struct tr_str known_as; /* borrowed: the pseudonym of the person as it was decided; empty: the referral's own */
};

struct tr_combination {
    uint32_t first, referrals, persons; /* first: one of its referrals */
};

struct tr_shares {
    const struct tr_travels *travels;
    struct tr_buf text;
    struct tr_share *share;
    uint32_t n, room;

    /* what tr_shares_settle finds */
    int step;
    uint32_t n_held, n_combinations;
    struct tr_combination *combination;
};

void tr_shares_start(struct tr_shares *s, const struct tr_travels *travels);
void tr_shares_clear(struct tr_shares *s);

/* Takes a referral that may go. v: its fields; n_stays: cells of the part that stays. source is
 * borrowed. -1: memory. */
int tr_shares_add(struct tr_shares *s, const struct tr_part_cells *cells, size_t n_stays,
                  const struct tr_value v[], const char *source, uint64_t line);

/* Says that referral i is of the person with this number or pseudonym; known_as is borrowed. */
void tr_shares_join(struct tr_shares *s, uint32_t i, struct tr_str person, struct tr_str known_as);

/* Chooses the step, holds back and gives numbers. k 0 or 1: nobody is held back. -1: memory. */
int tr_shares_settle(struct tr_shares *s, uint32_t k);

/* The cells of a referral, in the form in which they go; valid until the next call with out. */
void tr_shares_cells(const struct tr_shares *s, uint32_t i, size_t n_stays,
                     struct tr_part_cells *out);

#endif

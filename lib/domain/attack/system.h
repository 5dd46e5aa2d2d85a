/* Whole numbers that are not told, and what is known of them: limits of each, and sums that hold
 * between them. What lies between these, and nothing else, is possible. */
#ifndef TR_DOMAIN_ATTACK_SYSTEM_H
#define TR_DOMAIN_ATTACK_SYSTEM_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Beyond every number: a limit of this size is none. */
#define TR_UNLIMITED INT64_C(1000000000000)

struct tr_unknown {
    int64_t low, high; /* equal: it is known */
};

/* Of a sum: the unknown is in it with this sign, 1 or -1. */
struct tr_addend {
    uint32_t x;
    int32_t sign;
};

/* All terms together are `equals`. */
struct tr_sum {
    size_t from, to; /* of the terms */
    int64_t equals;
};

struct tr_system {
    struct tr_unknown *x;
    uint32_t n, room_x;
    struct tr_sum *sum;
    uint32_t n_sums, room_sums;
    struct tr_addend *term;
    size_t n_terms, room_terms;
    bool failed; /* memory ran out since the start */
};

void tr_system_clear(struct tr_system *s);

/* The number of a new unknown. */
uint32_t tr_system_unknown(struct tr_system *s, int64_t low, int64_t high);

/* Starts a sum, to which terms are added; its number. */
uint32_t tr_system_sum(struct tr_system *s, int64_t equals);
void tr_system_term(struct tr_system *s, uint32_t x, int sign);

/* What can be worked out of one unknown. Where there is no limit it is TR_UNLIMITED, or minus that. */
struct tr_reach {
    int64_t low, high;       /* of whole numbers */
    double low_any, high_any; /* of numbers of any kind: never narrower */
};

/* Fills range[i] for every unknown that is wanted; others are left as they are. -1 with
 * TR_E_CONTRADICTION when nothing is possible: *fault is then a sum that shares in it; or memory. */
int tr_system_ranges(const struct tr_system *s, const bool wanted[], struct tr_reach range[],
                     uint32_t *fault, struct tr_err *err);

/* The sums that prove a limit when they are added up, each with its sign: number + 1, or minus that.
 * Nothing is added when the unknown's own limit is the proof, or no set of sums proves it alone. */
int tr_system_proof(const struct tr_system *s, uint32_t x, bool high, struct tr_buf *sums,
                    struct tr_err *err);

#endif

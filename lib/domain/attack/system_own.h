/* What finds the ranges of a system: system_ranges.c cuts it into parts that have no unknown in common, and
 * gives each to flow.c, when it is a network, or else to whole.c. Not for others. */
#ifndef TR_DOMAIN_ATTACK_SYSTEM_OWN_H
#define TR_DOMAIN_ATTACK_SYSTEM_OWN_H

#include "domain/attack/system.h"

/* Unknowns that sums connect, and these sums. Known ones are in none. */
struct tr_part {
    const struct tr_system *s;
    const uint32_t *x, *sum; /* numbers in s */
    uint32_t n, n_sums;
    const uint32_t *at; /* of each unknown of s: its place in x */
};

static inline bool tr_is_known(const struct tr_system *s, uint32_t x)
{
    return s->x[x].low == s->x[x].high;
}

/* What a sum leaves for its unknowns: less all that is known. */
int64_t tr_sum_left(const struct tr_system *s, uint32_t sum);

enum tr_part_end { TR_PART_DONE, TR_PART_NOT, TR_PART_NONE, TR_PART_MEMORY, TR_PART_FAILED };

struct tr_flow; /* a part as a network, with numbers that fit */

/* TR_PART_NOT: it is none, and *out is NULL. TR_PART_NONE: nothing fits. */
enum tr_part_end tr_flow_new(const struct tr_part *part, struct tr_flow **out);
void tr_flow_free(struct tr_flow *f);
/* x: place in the part. */
void tr_flow_range(struct tr_flow *f, uint32_t x, struct tr_reach *range);
void tr_flow_proof(struct tr_flow *f, uint32_t x, bool high, struct tr_buf *sums);

/* The ranges of all wanted unknowns of a part. */
enum tr_part_end tr_whole_ranges(const struct tr_part *part, const bool wanted[],
                                 struct tr_reach range[]);
enum tr_part_end tr_whole_proof(const struct tr_part *part, uint32_t x, bool high,
                                struct tr_buf *sums);

#endif

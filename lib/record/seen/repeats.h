/* Which keys of a long row of them come more than once: in bounded memory, at a few nanoseconds a
 * key, told at the end.
 *
 * Every key is written down, and a filter of at most 2 MiB says of nearly each new one that it is new. The
 * few that the filter knows already, rightly or not, are suspects: at the end the keys are read
 * through once for 131,072 suspects. A key is known by its 64 bits. */
#ifndef TR_RECORD_REPEATS_H
#define TR_RECORD_REPEATS_H

#include "record/seen/spool.h"

struct tr_repeats; /* opaque */

/* scratch: for temporary files; borrowed. NULL when memory is out. */
struct tr_repeats *tr_repeats_new(struct tr_scratch *scratch);
void tr_repeats_free(struct tr_repeats *r);

/* Adds the next item, numbered from 0. key: a hash. -1 with err. */
int tr_repeats_add(struct tr_repeats *r, uint64_t key, struct tr_err *err);
uint64_t tr_repeats_count(const struct tr_repeats *r);

/* Says that two keys are one. Items of both come in one group. -1: memory. */
int tr_repeats_join(struct tr_repeats *r, uint64_t a, uint64_t b, struct tr_err *err);

/* Gives each group of two items or more that have the same key: n of them, ascending. Groups come
 * in the order of their first items; of more than 131,072 suspects, in parts. group returns -1 to
 * stop, with err filled. */
int tr_repeats_settle(struct tr_repeats *r,
                      int (*group)(void *cookie, const uint64_t *item, size_t n,
                                   struct tr_err *err),
                      void *cookie, struct tr_err *err);

#endif

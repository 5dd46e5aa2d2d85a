/* What the parts of counts share: counts.c reads tables, counts_sums.c finds the sums. */
#ifndef TR_DOMAIN_DISCLOSURE_COUNTS_OWN_H
#define TR_DOMAIN_DISCLOSURE_COUNTS_OWN_H

#include "domain/disclosure/counts.h"

/* Codes of a field that a column has, and that are none: all that have a code; those that have none. */
#define TR_COUNT_ALL "+"
#define TR_COUNT_UNDECIDED "undecided"
#define TR_COUNT_OUTSIDE "outside"
#define TR_COUNT_UNKNOWN "unknown"

/* The number of the name; -1: memory. */
int tr_counts_name(struct tr_counts *k, struct tr_str name);

/* Puts a code into the key, in the order of fields. */
void tr_counts_add_dim(struct tr_count_key *key, int field, int code);

/* The cell of the key, or -1. */
int tr_counts_find(const struct tr_counts *k, const struct tr_count_key *key);

/* Adds a cell for the key, which has none. -1: memory. */
int tr_counts_new(struct tr_counts *k, const struct tr_count_key *key, int64_t value,
                  struct tr_count_place place);

#endif

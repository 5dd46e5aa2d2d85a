/* What the parts of counts share: counts.c reads tables, counts_columns.c
 * their columns, counts_sums.c finds the sums, counts_before.c what was published before adds to them. */
#ifndef TR_DOMAIN_DISCLOSURE_COUNTS_OWN_H
#define TR_DOMAIN_DISCLOSURE_COUNTS_OWN_H

#include <limits.h>

#include "domain/disclosure/counts.h"

/* Codes of a field that a column has, and that are none: all that have a code; those that have none. */
#define TR_COUNT_ALL "+"
#define TR_COUNT_UNDECIDED "undecided"
#define TR_COUNT_OUTSIDE "outside"
#define TR_COUNT_UNKNOWN "unknown"

/* Part of cells that count nobody: how far a number is from the most that it may have changed. */
enum { TR_COUNT_SLACK = INT_MIN };

/* Reads the names of the table's columns. -1 with err: one means nothing, or none has counts. */
int tr_counts_columns(struct tr_counts *k, const struct tr_table *t, struct tr_count_table *to,
                      struct tr_err *err);

/* counts_before.c: adds by how much numbers differ from those of other times; -1: memory. And gives those numbers
 * that nobody tells values that fit; -1 with err: there are none. */
int tr_counts_changes(struct tr_counts *k);
int tr_counts_made_up(struct tr_counts *k, struct tr_err *err);

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

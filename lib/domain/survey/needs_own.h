/* What counting, reading and writing of needs share. Not for others. */
#ifndef TR_DOMAIN_SURVEY_NEEDS_OWN_H
#define TR_DOMAIN_SURVEY_NEEDS_OWN_H

#include "domain/survey/needs.h"

/* Place of a cell in count. */
size_t tr_needs_cell(const struct tr_needs *n, int row, int column);

/* Place among the columns of an extra one (TR_NEEDS_UNDECIDED, TR_NEEDS_OUTSIDE); the codes' places
 * are below tr_needs_extra(n, 0). */
int tr_needs_extra(const struct tr_needs *n, int which);

/* The row of a code of row_field (of a district, when by sector); of -1, the row of unknown. */
int tr_needs_row(const struct tr_needs *n, int code);

/* What the column of rows' names is called. */
struct tr_str tr_needs_row_name(const struct tr_needs *n);

/* Whether the group sums up rows, or columns. */
bool tr_needs_group_rows(const struct tr_needs *n, const struct tr_group *g);
bool tr_needs_group_columns(const struct tr_needs *n, const struct tr_group *g);

/* The row that sums up all housing types, when rows are these. */
extern const char tr_needs_all_types[];

/* Makes t a table by the fields that the header says, to read it into. -1 with err: it has none, or
 * what it counts by has nothing to do with n. by_column: the column with its second code, or -1. */
int tr_needs_like(struct tr_needs *t, const struct tr_needs *n, const struct tr_table *table,
                  int *by_column, struct tr_err *err);

/* Adds t, which tr_needs_like made, to n. */
void tr_needs_fold(struct tr_needs *n, const struct tr_needs *t);

/* The columns of deliveries. */
extern const char tr_not_delivered[];
extern const char tr_delivered_twice[];

/* Notes what a row of a table says of its districts' deliveries; and which have no row in a wide one. */
void tr_needs_note_delivery(struct tr_needs *n, const struct tr_table *t, uint32_t r, int row);
void tr_needs_note_unlisted(struct tr_needs *n);

/* The columns of asides. */
extern const char *const tr_aside_names[TR_N_ASIDES];

#endif

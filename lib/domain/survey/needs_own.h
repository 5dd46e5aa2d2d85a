/* What counting, reading and writing of needs share. Not for others. */
#ifndef TR_DOMAIN_SURVEY_NEEDS_OWN_H
#define TR_DOMAIN_SURVEY_NEEDS_OWN_H

#include "domain/survey/needs.h"

/* Place of a cell in count. */
size_t tr_needs_cell(const struct tr_needs *n, int row, int column);

/* Place among the columns of an extra one (TR_NEEDS_UNDECIDED, TR_NEEDS_OUTSIDE); the codes' places
 * are below tr_needs_extra(n, 0). */
int tr_needs_extra(const struct tr_needs *n, int which);

/* What a column is called: a code, undecided, outside, unknown, or persons. */
struct tr_str tr_needs_column_key(const struct tr_needs *n, int column);

/* The columns of asides. */
extern const char *const tr_aside_names[TR_N_ASIDES];

#endif

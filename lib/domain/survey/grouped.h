/* The table that grouping makes of a table of referrals: its columns in their order, but for those
 * of an earlier grouping, and then the fields of grouping. */
#ifndef TR_DOMAIN_SURVEY_GROUPED_H
#define TR_DOMAIN_SURVEY_GROUPED_H

#include "domain/referral/import.h"

/* Whether the input has been grouped before: some of its columns are left out. */
bool tr_grouped_before(const struct tr_binding *b);

/* The columns of the output, n of them; the caller frees them. NULL when memory is out. */
struct tr_column *tr_grouped_columns(const struct tr_binding *b, size_t *n);

/* The cells of a row of the output. v: all fields of the referral, grouped. skip_input: leave the
 * cells of the input's columns as they are. */
void tr_grouped_cells(const struct tr_binding *b, const struct tr_row *row,
                      const struct tr_value v[], bool skip_input, struct tr_str *cells);

#endif

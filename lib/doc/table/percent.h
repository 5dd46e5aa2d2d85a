/* What numbers of a table of needs are of others: per cent of row, column or total, and
 * persons per 1,000 inhabitants. */
#ifndef TR_DOC_TABLE_PERCENT_H
#define TR_DOC_TABLE_PERCENT_H

#include "domain/profile/profile.h"

enum tr_percent {
    TR_PERCENT_NONE,
    TR_PERCENT_ROW,    /* each number: of its row's total */
    TR_PERCENT_COLUMN, /* of its column's total */
    TR_PERCENT_ALL     /* of the total of all */
};
extern const char *const tr_percent_names[]; /* none row column total, NULL */

/* Replaces the numbers of t by per cent with one decimal. The row of
 * totals stays as it is, and so do the sums of each row in TR_PERCENT_ROW. A share of nothing is
 * empty; a hidden number stays hidden, and shares of it are empty. -1 with err: t has no row of
 * totals. */
int tr_percent_make(struct tr_table *t, const struct tr_profile *p, enum tr_percent share,
                    struct tr_err *err);

/* Adds the columns inhabitants and per_1000 to a table by district, or sector. people: columns
 * bydel, inhabitants, year and source, which must be the same in all rows; *said becomes
 * "Inhabitants: source, year.", which t
 * keeps, ended by a NUL. -1 with err. */
int tr_percent_inhabitants(struct tr_table *t, const struct tr_profile *p,
                           const struct tr_table *people, enum tr_lang lang, struct tr_str *said,
                           struct tr_err *err);

#endif

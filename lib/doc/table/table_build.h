/* Builds the table to draw from a table that was read: finds out what each column holds, applies
 * the row of the profile's tables.csv that fits, and sorts the rows. */
#ifndef TR_DOC_TABLE_TABLE_BUILD_H
#define TR_DOC_TABLE_TABLE_BUILD_H

#include "doc/table/doc_table.h"

/* What the user chose. lang must be set; what is NULL or false leaves it to the profile. */
struct tr_doc_choice {
    enum tr_lang lang;
    const char *sort; /* a column's name or label, "-" before it for downwards; or "input" */
    const char *title, *source;
    const char *note; /* added to the profile's */
    bool no_chart;
    bool empty; /* keep columns in which nothing stands: they may be there to be filled in */
};

/* The first row of tables.csv whose `requires` are all columns of t gives title, source, notes,
 * chart and choice of columns. Without choice->sort, rows are sorted by the coded keys that come
 * first: districts by the alphabet, other codes in the profile's order (table_order.c).
 * doc borrows from t, p and choice. -1 with TR_E_COLUMN_MISSING when no column is called
 * choice->sort; arg 0 is then the nearest name, or empty. */
int tr_doc_table_build(struct tr_doc_table *doc, const struct tr_table *t,
                       const struct tr_profile *p, const struct tr_doc_choice *choice,
                       struct tr_err *err);

#endif

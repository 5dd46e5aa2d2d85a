/* The order of a table's rows. */
#ifndef TR_DOC_TABLE_TABLE_ORDER_H
#define TR_DOC_TABLE_TABLE_ORDER_H

#include "doc/table/doc_table.h"

/* Sorts the rows as sort says (see struct tr_doc_choice); rows of totals go last in any order,
 * empty cells after others, and rows that are alike stay as they were. */
int tr_doc_order(struct tr_doc_table *doc, const char *sort, struct tr_err *err);

#endif

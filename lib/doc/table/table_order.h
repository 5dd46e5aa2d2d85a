/* The order of a table's rows. */
#ifndef TR_DOC_TABLE_TABLE_ORDER_H
#define TR_DOC_TABLE_TABLE_ORDER_H

#include "doc/table/doc_table.h"

/* Sorts the rows as sort says (see struct tr_doc_choice; NULL: by the coded keys that come first).
 * Rows of totals always go last, and empty and hidden cells after others; equal rows keep their order. -1 with
 * TR_E_COLUMN_MISSING as tr_doc_table_build has it. */
int tr_doc_order(struct tr_doc_table *doc, const char *sort, struct tr_err *err);

#endif

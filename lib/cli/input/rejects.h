/* The rows that were refused, as they were, in a table that opens in a spreadsheet: the inputs'
 * columns, then reject_rest (cells beyond the header), reject_source, reject_line and
 * reject_reason. Cells that a spreadsheet would change are guarded. Mended there, it can be
 * imported again.
 *
 * A file whose name ends with .xlsx is a workbook: every cell a text, what is at fault coloured, with
 * the reason as a remark. */
#ifndef TR_CLI_REJECTS_H
#define TR_CLI_REJECTS_H

#include "cli/app/output.h"
#include "domain/referral/import.h"
#include "record/book/book.h"

struct tr_rejects {
    struct tr_output output;
    bool open;
    bool is_book;
    struct tr_book book;
    struct tr_app *app;
    int n_columns;
    struct tr_dict columns; /* header or field name to column */
};

/* Starts the file for inputs of these bindings. path NULL: keep nothing. */
int tr_rejects_open(struct tr_app *app, struct tr_rejects *r, const char *path,
                    const struct tr_binding *bindings, int n);
void tr_rejects_add(struct tr_rejects *r, const struct tr_binding *b, const struct tr_row *row,
                    const struct tr_referral *referral);
int tr_rejects_close(struct tr_app *app, struct tr_rejects *r, bool keep);

#endif

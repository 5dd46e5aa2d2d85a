/* A sheet of a workbook as CSV: Excel's .xlsx and OpenDocument's .ods, told by their content.
 *
 * Each row of the sheet is a line of its own, separated by commas, as wide as the header at least,
 * so that what reads CSV reads it, with the same checks. A cell is what it holds: a date as
 * yyyy-mm-dd, a number in digits, a formula as the value that was stored with it. Rows and columns
 * that are hidden are left out, and counted. Memory does not grow with rows; what .xlsx keeps as
 * shared text is held.
 *
 * Sources: ECMA-376 part 1, chapter 18; OpenDocument 1.3 part 3, chapters 9 and 19. */
#ifndef TR_RECORD_SHEET_H
#define TR_RECORD_SHEET_H

#include <stdint.h>
#include "base/err.h"

/* The header that is looked for: whether a row is it, by its cells that hold something, trimmed and
 * composed. fits NULL: any row is. Both live as long as what is opened with them. */
struct tr_sought {
    bool (*fits)(const void *cookie, const struct tr_str *cell, uint32_t n);
    const void *cookie;
};

struct tr_sheet_options {
    const char *name;        /* of the sheet; NULL: the first that is not hidden and has the header that is
                                sought near its start, or else holds something */
    bool hidden;             /* read what is hidden, too */
    struct tr_sought sought;
};

enum tr_sheet_why { TR_SHEET_FIRST, TR_SHEET_FITS, TR_SHEET_NAMED };

/* What a reader should know of it. */
struct tr_sheet_facts {
    const char *name;      /* of the sheet */
    enum tr_sheet_why why; /* it is this one */
    struct tr_str alike;   /* others that have such a header, with commas; empty: there are none */
    struct tr_str other;   /* the rest that is not empty, likewise */
    bool macros;           /* it has some, which are not looked at */
    uint64_t formulas;     /* so far, without a value that was saved with them; they are empty */
    uint64_t gap;          /* first row below the header that stands under an empty one; 0: none so far */
    uint64_t hidden_rows, hidden_columns; /* so far, that hold something and were left out */
};

struct tr_sheet; /* opaque */

/* Whether the first bytes are those of a workbook that can be read, or could be if it is one. */
bool tr_sheet_is(struct tr_str start);

/* fd stays the caller's. NULL with err: no workbook, encrypted, damaged, no such sheet. */
struct tr_sheet *tr_sheet_open(int fd, struct tr_str start, const struct tr_sheet_options *options,
                               struct tr_err *err);
void tr_sheet_close(struct tr_sheet *s);

/* The next bytes of CSV; *n is 0 only at the end. */
int tr_sheet_read(struct tr_sheet *s, char *p, size_t size, size_t *n, struct tr_err *err);

/* The row of the sheet, from 1, that a line of the CSV is of: they differ where cells hold line
 * ends. */
uint64_t tr_sheet_row(const struct tr_sheet *s, uint64_t line);

/* The column of the sheet, from 1, that a cell of the CSV is of. */
uint32_t tr_sheet_column(const struct tr_sheet *s, uint32_t i);

const struct tr_sheet_facts *tr_sheet_facts(const struct tr_sheet *s);

#endif

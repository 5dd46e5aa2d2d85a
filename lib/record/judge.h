/* The judge of rows that are not plainly well-formed: libcsv in strict mode. The only user of
 * csv.h.
 *
 * It reads one row, and either writes it again plainly (every cell quoted, separated by commas) or
 * tells what is wrong and where. A cell ="0123", which a spreadsheet shows as text, is taken as the
 * quoted text. Fuzzing holds the scanner against it: on rows both accept, the
 * cells are the same. */
#ifndef TR_RECORD_JUDGE_H
#define TR_RECORD_JUDGE_H

#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"

enum {
    TR_CELL_MAX = 1 << 20, /* bytes of one cell */
    TR_LINE_MAX = 1 << 23  /* bytes of one row */
};

struct tr_judge; /* opaque; kept between rows */

struct tr_judge *tr_judge_new(char delimiter); /* NULL when memory is out */
void tr_judge_free(struct tr_judge *judge);

struct tr_verdict {
    enum tr_code code; /* TR_OK, or the row's fault */
    size_t at;         /* offset of the fault */
    size_t used;       /* bytes of the row with its line end; 0: the row does not end in this text
                          and at_end was false */
    uint32_t cells;    /* 0 for a blank line */
};

/* Judges the row at the start of text. at_end: no more text follows, and text ends with a line
 * feed. The plain row is appended to plain, and to seps the offset in plain of the byte behind each
 * cell (uint32_t each). */
struct tr_verdict tr_judge_row(struct tr_judge *judge, struct tr_str text, bool at_end,
                               struct tr_buf *plain, struct tr_buf *seps);

#endif

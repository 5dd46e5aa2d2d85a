/* Rows of a table written ahead of their turn, in whichever thread has time; see tr_digest. Each thread writes to a
 * text of its own. A row that is too long waits for its turn. */
#ifndef TR_CLI_WORK_MADE_H
#define TR_CLI_WORK_MADE_H

#include "record/reader.h"
#include "record/writer.h"

/* The digest of a row. */
struct tr_made {
    uint16_t len;
    char text[502];
};

/* What a thread makes rows with. */
struct tr_maker {
    struct tr_writer writer;
    struct tr_str *cells; /* room for those of a row */
    struct tr_out text;
};

/* Starts the makers of all threads, for tables of these columns, which are borrowed; false: memory is out. Clear them
 * in any case. */
bool tr_makers_start(struct tr_maker m[TR_THREADS_MAX], enum tr_format format, const struct tr_column *columns, size_t n);
void tr_makers_clear(struct tr_maker m[TR_THREADS_MAX]);

/* Keeps the row that the maker's writer wrote, and empties its text; false: memory is out, or it is too long. */
bool tr_made_keep(struct tr_maker *m, struct tr_made *made);

#endif

/* Tables that are drawn when all of their rows are there: as one JSON document, or as a workbook. They come
 * as table-render makes them of the same records. */
#ifndef TR_CLI_DRAWING_H
#define TR_CLI_DRAWING_H

#include "cli/app/app.h"

static inline bool tr_format_is_drawn(enum tr_format format)
{
    return format == TR_FORMAT_JSON || format == TR_FORMAT_XLSX;
}

/* Adds the table, which text is the CSV of. -1: said, status raised. */
int tr_app_draw(struct tr_app *app, enum tr_format format, struct tr_str text, struct tr_out *out);

#endif

/* Charts of a table. What is hidden in the table has no place in a chart: no piece, no point, no share. */
#ifndef TR_DOC_TABLE_TABLE_CHART_H
#define TR_DOC_TABLE_TABLE_CHART_H

#include "doc/picture/picture.h"
#include "doc/table/doc_table.h"

enum tr_doc_chart {
    TR_CHART_BAR,   /* a bar for each row, divided into the parts */
    TR_CHART_LINE,  /* a line for each part, over the rows; or the table's curves */
    TR_CHART_SHARE, /* as bars, each in per cent of its row */
    TR_CHART_MAP,   /* a tile for each district, darker with larger totals */
    TR_N_CHARTS
};
extern const char *const tr_doc_chart_names[TR_N_CHARTS + 1]; /* bar line share map, and NULL */

/* Draws a chart as a picture that stands alone, with title and source; height: for a width of
 * TR_CHART_ALL, 0 for as much as it takes. p is cleared by the caller. -1 with TR_E_CHART: nothing in the
 * table can be drawn so. */
enum { TR_CHART_WIDTH = 960, TR_CHART_MARGIN = 20, TR_CHART_ALL = TR_CHART_WIDTH + 2 * TR_CHART_MARGIN };
int tr_doc_chart(const struct tr_doc_table *doc, enum tr_doc_chart kind, double height,
                 struct tr_picture *p, struct tr_err *err);

/* Whether a page shows a chart of its own accord; draws it into the page. */
bool tr_doc_has_chart(const struct tr_doc_table *doc);
void tr_doc_draw_chart(const struct tr_doc_table *doc, struct tr_out *out);

#endif

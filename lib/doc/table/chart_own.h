/* What the kinds of chart share: table_chart.c lays the picture out and draws bars and shares, table_lines.c
 * lines, table_curve.c curves, table_map.c tiles. Not for others. */
#ifndef TR_DOC_TABLE_CHART_OWN_H
#define TR_DOC_TABLE_CHART_OWN_H

#include "doc/table/table_chart.h"

/* Sizes in units of the picture. */
enum { CHART_BASE = 5, CHART_LINE = 24, CHART_SWATCH = 22, CHART_TICKS = 8 };

/* So many numbers at the ends of lines keep off each other; the others stand where their lines end. */
enum { CHART_ENDS = 64 };

struct tr_charting {
    const struct tr_doc_table *doc;
    struct tr_picture *p;
    uint32_t *part; /* columns that are drawn */
    uint32_t n_parts;
    uint32_t from, to;  /* rows of the picture */
    uint32_t n_rows;    /* of them, that are no sums */
    double top, bottom; /* between which the chart stands; bottom 0: as it comes */
    struct tr_buf name; /* of the row in hand */
    struct tr_charting_end {
        double x, y, width;
    } end[CHART_ENDS]; /* numbers that stand already */
    uint32_t n_ends;
    double foot; /* below it, no number of a line stands */
};

/* A row that is drawn; sums are not. */
static inline bool tr_charting_draws(const struct tr_doc_table *doc, uint32_t r)
{
    return !doc->row[r].total && !doc->row[r].subtotal;
}

/* The width that words take, about: a letter is the average in the widest of the usual fonts. */
double tr_charting_width(struct tr_str s, double size);

/* The row's keys, with commas between; valid until the next. */
struct tr_str tr_charting_name(struct tr_charting *c, uint32_t row);

/* The number in a cell; -1: it is hidden. What is below zero, or nothing, is 0. */
double tr_charting_value(const struct tr_doc_row *row, uint32_t column);

/* What stands for the whole row: the total that the table tells, or the sum of parts of which none is
 * hidden; -1: it is not told. */
double tr_charting_total(const struct tr_charting *c, const struct tr_doc_row *row);

/* The step from tick to tick: 1, 2 or 5 times a power of ten, so that there are few. */
double tr_charting_tick(double longest);

void tr_charting_number(struct tr_charting *c, double x, double y, double number, const char *unit,
                        enum tr_picture_anchor anchor, bool bold, double size, const char *ink);

/* The number of a line, behind its end at x, y: at the height that is nearest among those where no other
 * number stands, with a thin line to the end where it is another. */
void tr_charting_end(struct tr_charting *c, double x, double y, uint32_t number, const char *ink);

/* Each draws between top and bottom, and sets bottom when it is 0. False: nothing can be drawn. */
bool tr_chart_lines(struct tr_charting *c);
bool tr_chart_curves(struct tr_charting *c);
bool tr_chart_map(struct tr_charting *c);

#endif

/* A table of figures in the making: cells are text, ready to be written as CSV or JSON Lines and read
 * by table-render. */
#ifndef TR_DOMAIN_FLOW_FIGURES_H
#define TR_DOMAIN_FLOW_FIGURES_H

#include "base/arena.h"
#include "domain/disclosure/disclosure.h"
#include "record/writer.h"

struct tr_figures {
    struct tr_column column[24];
    uint32_t n_columns;
    struct tr_str *cell; /* row after row */
    uint32_t n_rows, room;
    struct tr_arena text;
    bool failed; /* memory ran out */
};

/* names: of the columns, and NULL. One whose name begins with = holds numbers. Empty names are
 * passed over, so that a choice can leave out a column. */
void tr_figures_start(struct tr_figures *f, const char *const *names);
void tr_figures_clear(struct tr_figures *f);

/* Begins a row of empty cells; the others set a cell of the last row. A column that is not there is
 * passed over. */
void tr_figures_row(struct tr_figures *f);
void tr_figures_text(struct tr_figures *f, const char *column, struct tr_str text);
void tr_figures_day(struct tr_figures *f, const char *column, int32_t day);
void tr_figures_count(struct tr_figures *f, const char *column, int64_t count);

/* With so many decimals, zeros at the end left out; empty for what is no finite number. */
void tr_figures_number(struct tr_figures *f, const char *column, double number, int decimals);

/* Puts the sign of what is not told. */
void tr_figures_hide(struct tr_figures *f, const char *column);

void tr_figures_write(const struct tr_figures *f, enum tr_format format, struct tr_out *out);

/* Sorts n numbers, of which there is one at least. The band outside which the part lies on each side:
 * its limits are among the numbers. */
struct tr_figures_band {
    double low, high;
};
struct tr_figures_band tr_figures_band_of(double *number, uint32_t n, double outside);

/* ---- holding back ---- */

/* A part of a row: what it counts, and how many persons that is about. */
struct tr_part_count {
    int64_t count;
    uint32_t persons;
    bool hidden; /* set by tr_hold_back */
};

/* Rows of n_parts parts each and a last one that is their sum; behind the rows one more of sums. part
 * is (n_rows + 1) * (n_parts + 1) long. Hides what counts few persons by the rules, and what it could
 * be worked out from. Everything, where that cannot be had. -1: memory. */
int tr_hold_back(struct tr_part_count *part, uint32_t n_rows, uint32_t n_parts,
                 const struct tr_disclosure *rules, struct tr_err *err);

#endif

/* Linear and integer programmes: the least or the greatest of a sum over columns (unknowns), under
 * rows (limits of sums). The only user of GLPK.
 *
 * The same programme and the same calls give the same answer on every machine: work is limited by
 * steps, never by time. Numbers are doubles; a whole column's value is rounded to the whole number
 * that it is within 1e-5 of. Whoever needs a proof checks the answer in whole numbers.
 *
 * Columns and rows are numbered from 0 in the order in which they were added; limits may be
 * -TR_LINEAR_FREE and TR_LINEAR_FREE. Memory that runs out is remembered until tr_linear_solve. */
#ifndef TR_BASE_LINEAR_H
#define TR_BASE_LINEAR_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define TR_LINEAR_FREE INFINITY

enum tr_linear_end {
    TR_LINEAR_OPTIMAL,
    TR_LINEAR_LIMIT,     /* so much work was not enough; tr_linear_found tells whether there is a
                            solution */
    TR_LINEAR_NONE,      /* no solution */
    TR_LINEAR_UNBOUNDED, /* as good as one likes */
    TR_LINEAR_FAILED,    /* memory, or the solver gave up; nothing is known */
};

struct tr_linear; /* opaque */

struct tr_linear_work {
    int steps; /* of the simplex method in one call; 0: no limit */
    int nodes; /* of the search for whole numbers; 0: no limit */
};

struct tr_linear *tr_linear_new(void); /* NULL: memory */
void tr_linear_free(struct tr_linear *l);

int tr_linear_column(struct tr_linear *l, double low, double high, double cost, bool whole);
/* low <= sum of value[i] * column[i] <= high. A column may stand in it once. */
int tr_linear_row(struct tr_linear *l, double low, double high, size_t n, const int *column,
                  const double *value);

/* Changes from the next solve on, which goes on from where the last ended: quick for many questions
 * to the same rows. */
void tr_linear_cost(struct tr_linear *l, int column, double cost);
void tr_linear_column_range(struct tr_linear *l, int column, double low, double high);
void tr_linear_row_range(struct tr_linear *l, int row, double low, double high);

/* Asked for at every node of the search with what solves it so far (tr_linear_value); adds rows
 * that it breaks, if any, with tr_linear_row. For rows that are too many to be written down. Every
 * row must hold in all solutions that count. */
void tr_linear_lazy(struct tr_linear *l, void (*rows)(struct tr_linear *l, void *context),
                    void *context);

/* The least sum of cost, or the greatest. Whole columns are taken as such if whole; else all are
 * real. */
enum tr_linear_end tr_linear_solve(struct tr_linear *l, bool greatest, bool whole,
                                   struct tr_linear_work work);

/* After solve gave OPTIMAL, or LIMIT and a solution was found: */
bool tr_linear_found(const struct tr_linear *l);
double tr_linear_sum(const struct tr_linear *l);
double tr_linear_value(const struct tr_linear *l, int column);
/* No solution is better than this; as sum, when it is optimal. */
double tr_linear_bound(const struct tr_linear *l);
/* After a solve with real numbers: what one more of the row's limit changes the sum by, and one
 * more of the column. */
double tr_linear_row_price(const struct tr_linear *l, int row);
double tr_linear_column_price(const struct tr_linear *l, int column);

#endif

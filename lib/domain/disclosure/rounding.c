/* The multiples that a number may become are a lowest one and up to two steps of a base above it. Each step
 * is a column from 0 to 1; as the distance is convex, the second is never taken before the first. In tables
 * of two ways the best steps are whole already (Cox, JASA 82, 1987). */
#include "domain/disclosure/rounding.h"

#include <stdlib.h>

#include "base/linear.h"

enum { STEPS = 1000000, NODES = 5000, STEPS_MAX = 2 };

struct rounder {
    const struct tr_cells *c;
    int64_t base;
    const double *weight;
    struct tr_linear *linear;
    int64_t *low;  /* of each cell: the least multiple it may become, in bases */
    int *column;   /* of each cell: its first step; -1: none */
    int *n_steps;
};

static int64_t distance(const struct rounder *r, size_t cell, int64_t multiple)
{
    return llabs(multiple * r->base - r->c->cell[cell].value);
}

/* The cell's steps. Those that are untold are what others leave: they may be anything. */
static bool add_steps(struct rounder *r, size_t i, bool zeros_move)
{
    const struct tr_cell *x = &r->c->cell[i];
    int64_t low = x->value / r->base, high = low + (x->value % r->base != 0);

    if (x->value % r->base == 0 && (x->value > 0 || zeros_move)) {
        low -= low > 0;
        high++;
    }
    if (x->value < 0)
        return false;
    r->low[i] = x->state == TR_CELL_UNTOLD ? 0 : low;
    r->n_steps[i] = x->state == TR_CELL_UNTOLD ? 1 : (int)(high - low);
    r->column[i] = -1;
    if (x->state == TR_CELL_UNTOLD)
        r->column[i] = tr_linear_column(r->linear, 0, TR_LINEAR_FREE, 0, true);
    for (int s = 0; x->state != TR_CELL_UNTOLD && s < r->n_steps[i]; s++) {
        double cost = (double)(distance(r, i, low + s + 1) - distance(r, i, low + s));
        int column = tr_linear_column(r->linear, 0, 1, cost * r->weight[i], true);

        r->column[i] = s == 0 ? column : r->column[i];
    }
    return r->n_steps[i] == 0 || r->column[i] >= 0;
}

static bool add_sums(struct rounder *r)
{
    int *column = calloc(STEPS_MAX * r->c->n + 1, sizeof *column);
    double *sign = calloc(STEPS_MAX * r->c->n + 1, sizeof *sign);
    bool good = column && sign;

    for (size_t s = 0; good && s < r->c->sum.n; s++) {
        double known = 0;
        size_t n = 0;

        for (size_t k = r->c->sum.start[s]; k < r->c->sum.start[s + 1]; k++) {
            struct tr_term t = r->c->sum.term[k];

            known += t.sign * (double)r->low[t.at];
            for (int i = 0; i < r->n_steps[t.at]; i++) {
                column[n] = r->column[t.at] + i;
                sign[n++] = t.sign;
            }
        }
        good = tr_linear_row(r->linear, -known, -known, n, column, sign) >= 0;
    }
    free(column);
    free(sign);
    return good;
}

static bool holds(const struct tr_cells *c, const int64_t *rounded)
{
    for (size_t s = 0; s < c->sum.n; s++) {
        int64_t off = 0;

        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++)
            off += c->sum.term[k].sign * rounded[c->sum.term[k].at];
        if (off != 0)
            return false;
    }
    return true;
}

/* 1: done; 0: nothing fits; -1: memory. */
static int solve(struct rounder *r, bool zeros_move, int64_t *rounded)
{
    bool good = (r->linear = tr_linear_new()) != NULL;
    int rc = -1;

    for (size_t i = 0; good && i < r->c->n; i++)
        good = add_steps(r, i, zeros_move);
    if (good && add_sums(r)) {
        tr_linear_solve(r->linear, false, true, (struct tr_linear_work){STEPS, NODES});
        rc = tr_linear_found(r->linear);
    }
    for (size_t i = 0; rc == 1 && i < r->c->n; i++) {
        int64_t multiple = r->low[i];

        for (int s = 0; s < r->n_steps[i]; s++)
            multiple += (int64_t)llround(tr_linear_value(r->linear, r->column[i] + s));
        rounded[i] = multiple * r->base;
    }
    tr_linear_free(r->linear);
    return rc == 1 && !holds(r->c, rounded) ? 0 : rc;
}

int tr_rounding_make(const struct tr_cells *c, int64_t base, const double *weight, int64_t *rounded,
                     int64_t *most, struct tr_err *err)
{
    struct rounder r = {.c = c,
                        .base = base,
                        .weight = weight,
                        .low = calloc(c->n + 1, sizeof *r.low),
                        .column = calloc(c->n + 1, sizeof *r.column),
                        .n_steps = calloc(c->n + 1, sizeof *r.n_steps)};
    int rc = r.low && r.column && r.n_steps ? solve(&r, false, rounded) : -1;

    if (rc == 0)
        rc = solve(&r, true, rounded);
    *most = 0;
    for (size_t i = 0; rc == 1 && i < c->n; i++) {
        int64_t moved = llabs(rounded[i] - c->cell[i].value);

        if (c->cell[i].state != TR_CELL_UNTOLD && moved > *most)
            *most = moved;
    }
    free(r.low);
    free(r.column);
    free(r.n_steps);
    if (rc == 1)
        return 0;
    return rc < 0 ? tr_err_memory(err) : tr_err_set(err, TR_E_NO_ROUNDING, NULL, NULL, NULL);
}

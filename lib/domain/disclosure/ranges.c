#include "domain/disclosure/ranges.h"

#include <stdlib.h>

#include "base/linear.h"

enum { STEPS = 100000 };

static const double slack = 1e-6;

struct ask {
    const struct tr_cells *c;
    struct tr_linear *linear;
    int *column; /* of each cell; -1: it is shown */
    int *list;
    double *sign;
};

static bool add_columns(struct ask *a)
{
    for (size_t i = 0; i < a->c->n; i++) {
        const struct tr_cell *x = &a->c->cell[i];

        a->column[i] = x->hidden ? tr_linear_column(a->linear, (double)x->least, TR_LINEAR_FREE, 0,
                                                    false)
                                 : -1;
        if (x->hidden && a->column[i] < 0)
            return false;
    }
    return true;
}

static bool add_rows(struct ask *a)
{
    for (size_t s = 0; s < a->c->sum.n; s++) {
        double known = 0;
        size_t n = 0;

        for (size_t k = a->c->sum.start[s]; k < a->c->sum.start[s + 1]; k++) {
            struct tr_term t = a->c->sum.term[k];

            if (a->column[t.at] < 0) {
                known += t.sign * (double)a->c->cell[t.at].value;
            } else {
                a->list[n] = a->column[t.at];
                a->sign[n++] = t.sign;
            }
        }
        if (n > 0 && tr_linear_row(a->linear, -known, -known, n, a->list, a->sign) < 0)
            return false;
    }
    return true;
}

static void ask(struct ask *a, size_t cell, struct tr_range *out)
{
    const struct tr_linear_work work = {STEPS, 0};

    tr_linear_cost(a->linear, a->column[cell], 1);
    out->low = a->c->cell[cell].least;
    out->high = -1;
    if (tr_linear_solve(a->linear, false, false, work) == TR_LINEAR_OPTIMAL)
        out->low = (int64_t)ceil(tr_linear_sum(a->linear) - slack);
    if (tr_linear_solve(a->linear, true, false, work) == TR_LINEAR_OPTIMAL)
        out->high = (int64_t)floor(tr_linear_sum(a->linear) + slack);
    tr_linear_cost(a->linear, a->column[cell], 0);
}

struct tr_range *tr_ranges_find(const struct tr_cells *c)
{
    struct tr_range *range = calloc(c->n + 1, sizeof *range);
    struct ask a = {.c = c,
                    .linear = tr_linear_new(),
                    .column = calloc(c->n + 1, sizeof *a.column),
                    .list = calloc(c->n + 1, sizeof *a.list),
                    .sign = calloc(c->n + 1, sizeof *a.sign)};
    bool good = range && a.linear && a.column && a.list && a.sign && add_columns(&a) && add_rows(&a);

    for (size_t i = 0; good && i < c->n; i++) {
        range[i] = (struct tr_range){c->cell[i].value, c->cell[i].value};
        if (c->cell[i].hidden && c->cell[i].state != TR_CELL_UNTOLD)
            ask(&a, i, &range[i]);
    }
    tr_linear_free(a.linear);
    free(a.column);
    free(a.list);
    free(a.sign);
    if (!good) {
        free(range);
        range = NULL;
    }
    return range;
}

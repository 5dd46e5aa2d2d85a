/* What the search by repair does not find is asked of integer programming: a column for how much more each
 * cell is, one for how much less, and a row for each sum. What it answers is checked in whole numbers. */
#include <stdlib.h>

#include "base/linear.h"
#include "domain/disclosure/protect_own.h"

/* Work in one question. More cells than that, and it is not asked. */
enum { STEPS = 20000, NODES = 400, CELLS_MAX = 20000 };

struct tr_whole {
    struct tr_linear *linear;
    int *more, *less; /* columns of each cell */
    int64_t *off;     /* of each sum, for the check */
};

void tr_whole_free(struct tr_whole *w)
{
    if (!w)
        return;
    tr_linear_free(w->linear);
    free(w->more);
    free(w->less);
    free(w->off);
    free(w);
}

static int add_sum(struct tr_whole *w, const struct tr_cells *c, size_t s, int *column, double *value)
{
    size_t n = 0;

    for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++) {
        const struct tr_term *t = &c->sum.term[k];

        column[n] = w->more[t->at];
        value[n++] = t->sign;
        column[n] = w->less[t->at];
        value[n++] = -t->sign;
    }
    return tr_linear_row(w->linear, 0, 0, n, column, value);
}

static struct tr_whole *make(const struct tr_cells *c)
{
    struct tr_whole *w = calloc(1, sizeof *w);
    int *column = calloc(2 * c->n + 1, sizeof *column);
    double *value = calloc(2 * c->n + 1, sizeof *value);
    bool good = w && column && value;

    if (good) {
        w->linear = tr_linear_new();
        w->more = calloc(c->n + 1, sizeof *w->more);
        w->less = calloc(c->n + 1, sizeof *w->less);
        w->off = calloc(c->sum.n + 1, sizeof *w->off);
        good = w->linear && w->more && w->less && w->off;
    }
    for (size_t i = 0; good && i < c->n; i++) {
        w->more[i] = tr_linear_column(w->linear, 0, 0, 0, true);
        w->less[i] = tr_linear_column(w->linear, 0, 0, 0, true);
        good = w->more[i] >= 0 && w->less[i] >= 0;
    }
    for (size_t s = 0; good && s < c->sum.n; s++)
        good = add_sum(w, c, s, column, value) >= 0;
    free(column);
    free(value);
    if (good)
        return w;
    tr_whole_free(w);
    return NULL;
}

/* How far each cell can go, and what hiding it costs. */
static void set_ranges(struct tr_protector *p, const struct tr_wish *wish, bool hide)
{
    const struct tr_cells *c = p->c;
    struct tr_linear *l = p->whole->linear;

    for (size_t i = 0; i < c->n; i++) {
        const struct tr_cell *x = &c->cell[i];
        bool moves = (x->hidden || (hide && x->state != TR_CELL_SHOWN)) &&
                     !tr_shift_knows(c, wish, (uint32_t)i);
        double down = moves && x->value > x->least ? (double)(x->value - x->least) : 0,
               cost = x->hidden ? 0.001 : x->weight;

        if (i == wish->cell) {
            tr_linear_column_range(l, p->whole->more[i], wish->by > 0 ? (double)wish->by : 0,
                                   wish->by > 0 ? (double)wish->by : 0);
            tr_linear_column_range(l, p->whole->less[i], wish->by < 0 ? (double)-wish->by : 0,
                                   wish->by < 0 ? (double)-wish->by : 0);
            continue;
        }
        tr_linear_column_range(l, p->whole->more[i], 0, moves ? 1000 : 0);
        tr_linear_column_range(l, p->whole->less[i], 0, down);
        tr_linear_cost(l, p->whole->more[i], cost);
        tr_linear_cost(l, p->whole->less[i], cost);
    }
}

/* Takes the answer, and sees that all sums hold and nobody falls below what is known. */
static bool read_answer(struct tr_protector *p)
{
    const struct tr_cells *c = p->c;
    struct tr_whole *w = p->whole;
    struct tr_move *step = calloc(c->n + 1, sizeof *step);
    size_t n = 0;
    bool right = step != NULL;

    memset(w->off, 0, c->sum.n * sizeof *w->off);
    for (size_t i = 0; right && i < c->n; i++) {
        int64_t by = (int64_t)llround(tr_linear_value(w->linear, w->more[i]) -
                                      tr_linear_value(w->linear, w->less[i]));

        if (by == 0)
            continue;
        step[n++] = (struct tr_move){(uint32_t)i, by};
        for (size_t k = c->sums.start[i]; k < c->sums.start[i + 1]; k++)
            w->off[c->sums.term[k].at] += by * c->sums.term[k].sign;
        right = c->cell[i].value + by >= c->cell[i].least;
    }
    for (size_t s = 0; s < c->sum.n && right; s++)
        right = w->off[s] == 0;
    if (right) {
        free(p->step);
        p->step = step;
        p->n_steps = n;
        p->room = c->n + 1;
        return true;
    }
    free(step);
    return false;
}

bool tr_whole_find(struct tr_protector *p, const struct tr_wish *wish, bool hide)
{
    const struct tr_linear_work work = {STEPS, NODES};

    if (p->c->n > CELLS_MAX)
        return false;
    if (!p->whole && !(p->whole = make(p->c))) {
        p->no_memory = true;
        return false;
    }
    set_ranges(p, wish, hide);
    tr_linear_solve(p->whole->linear, false, true, work);
    return tr_linear_found(p->whole->linear) && read_answer(p);
}

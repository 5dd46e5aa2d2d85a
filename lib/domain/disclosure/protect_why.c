/* Why a small cell cannot be kept, whatever is hidden: everything that may be hidden is, and still the linear
 * programme of the attacker does not reach as far as it must. Its prices tell which of the cells that stay
 * shown hold it back; those, and that no hidden number is below its least, are the proof. */
#include <stdlib.h>

#include "base/linear.h"
#include "domain/disclosure/protect_own.h"

static const double tiny = 1e-6;

static void set_ranges(struct tr_linear *l, const struct tr_cells *c, const struct tr_wish *wish)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct tr_cell *x = &c->cell[i];
        bool moves = x->state != TR_CELL_SHOWN && !tr_shift_knows(c, wish, (uint32_t)i);
        double down = moves && x->value > x->least ? (double)(x->value - x->least) : 0;

        tr_linear_column(l, -down, moves ? TR_LINEAR_FREE : 0, i == wish->cell, false);
    }
    if (wish->by < 0)
        tr_linear_column_range(l, (int)wish->cell, (double)wish->by, 0);
    else
        tr_linear_column_range(l, (int)wish->cell, 0, (double)wish->by);
}

static bool add_sums(struct tr_linear *l, const struct tr_cells *c, int *column, double *sign)
{
    for (size_t s = 0; s < c->sum.n; s++) {
        size_t n = 0;

        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++) {
            column[n] = (int)c->sum.term[k].at;
            sign[n++] = c->sum.term[k].sign;
        }
        if (tr_linear_row(l, 0, 0, n, column, sign) != (int)s)
            return false;
    }
    return true;
}

static bool holds_back(const struct tr_linear *l, const struct tr_cells *c, uint32_t cell)
{
    double worth = 0;

    for (size_t k = c->sums.start[cell]; k < c->sums.start[cell + 1]; k++)
        worth += c->sums.term[k].sign * tr_linear_row_price(l, (int)c->sums.term[k].at);
    return fabs(worth) > tiny;
}

void tr_protector_explain(const struct tr_protector *p, struct tr_protected *out)
{
    const struct tr_cells *c = p->c;
    struct tr_linear *l = tr_linear_new();
    int *column = calloc(c->n + 1, sizeof *column);
    double *sign = calloc(c->n + 1, sizeof *sign);

    out->insider = p->failed.insider;
    out->known = p->failed.known;
    if (l && column && sign)
        set_ranges(l, c, &p->failed);
    if (l && column && sign && add_sums(l, c, column, sign) &&
        tr_linear_solve(l, p->failed.by > 0, false, (struct tr_linear_work){0, 0}) == TR_LINEAR_OPTIMAL)
        out->proven = fabs(tr_linear_sum(l)) < fabs((double)p->failed.by) - tiny;
    for (uint32_t i = 0; out->proven && i < c->n && out->n_shown < TR_PROTECT_SHOWN; i++)
        if (c->cell[i].state == TR_CELL_SHOWN && c->cell[i].value > 0 && holds_back(l, c, i))
            out->shown[out->n_shown++] = i;
    tr_linear_free(l);
    free(column);
    free(sign);
}

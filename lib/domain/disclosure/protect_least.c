/* The fewest cells to hide, by integer programming. A master programme has a column for each cell that may be
 * hidden. What it proposes is searched for needs that are not met; for each, the linear programme of an
 * attacker says why: its prices give a row that every safe choice keeps and this one breaks (Fischetti and
 * Salazar, 2000). Proposals are also mended by the search, which gives better choices early. Whatever the
 * master finds least is a bound. */
#include <stdlib.h>

#include "base/linear.h"
#include "domain/disclosure/protect_own.h"

enum { CELLS_MAX = 2000, USUAL = 220, MASTER_STEPS = 20000, MASTER_NODES = 300, ATTACK_STEPS = 5000 };

static const double tiny = 1e-6;

struct tr_least {
    struct tr_linear *master, *attack;
    int *hide;   /* the master's column of each cell; -1: none */
    int *row;    /* the attack's row of each sum */
    int *column; /* scratch for rows, and their values */
    double *value;
    bool *best;
    int n_cuts;
    uint32_t aimed; /* the cell that the attack aims at; UINT32_MAX: none */
};

void tr_least_free(struct tr_least *l)
{
    if (!l)
        return;
    tr_linear_free(l->master);
    tr_linear_free(l->attack);
    free(l->hide);
    free(l->row);
    free(l->column);
    free(l->value);
    free(l->best);
    free(l);
}

static bool is_choice(const struct tr_cell *x)
{
    return x->state == TR_CELL_FREE && !x->small;
}

/* Whether nothing better is left: nothing that costs less, or, where all cells cost as much but for one to break
 * ties, nothing that hides fewer. */
static bool is_least(const struct tr_cells *c, struct tr_protected *out)
{
    uint32_t least = UINT32_MAX, most = 1;

    for (size_t i = 0; i < c->n; i++)
        if (is_choice(&c->cell[i])) {
            least = c->cell[i].weight < least ? c->cell[i].weight : least;
            most = c->cell[i].weight > most ? c->cell[i].weight : most;
        }
    out->fewest = (size_t)((out->bound + most - 1) / most);
    return out->bound >= out->cost ||
           (most > 1 && most - least <= 1 && out->fewest >= out->more);
}

static bool build(struct tr_least *l, const struct tr_cells *c)
{
    for (size_t i = 0; i < c->n; i++) {
        l->hide[i] = is_choice(&c->cell[i])
                         ? tr_linear_column(l->master, 0, 1, c->cell[i].weight, true)
                         : -1;
        if (tr_linear_column(l->attack, 0, 0, 0, false) != (int)i ||
            (is_choice(&c->cell[i]) && l->hide[i] < 0))
            return false;
    }
    for (size_t s = 0; s < c->sum.n; s++) {
        size_t n = 0;

        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++) {
            l->column[n] = (int)c->sum.term[k].at;
            l->value[n++] = c->sum.term[k].sign;
        }
        l->row[s] = tr_linear_row(l->attack, 0, 0, n, l->column, l->value);
        if (l->row[s] < 0)
            return false;
    }
    return true;
}

static struct tr_least *make(const struct tr_cells *c)
{
    struct tr_least *l = calloc(1, sizeof *l);

    if (!l)
        return NULL;
    l->aimed = UINT32_MAX;
    l->master = tr_linear_new();
    l->attack = tr_linear_new();
    l->hide = calloc(c->n + 1, sizeof *l->hide);
    l->row = calloc(c->sum.n + 1, sizeof *l->row);
    l->column = calloc(c->n + 1, sizeof *l->column);
    l->value = calloc(c->n + 1, sizeof *l->value);
    l->best = calloc(c->n + 1, sizeof *l->best);
    if (l->master && l->attack && l->hide && l->row && l->column && l->value && l->best &&
        build(l, c))
        return l;
    tr_least_free(l);
    return NULL;
}

/* How far each cell can go in the attack. */
static void set_attack(struct tr_least *l, const struct tr_cells *c, const struct tr_wish *wish)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct tr_cell *x = &c->cell[i];
        bool moves = x->hidden && !tr_shift_knows(c, wish, (uint32_t)i);
        double down = moves && x->value > x->least ? (double)(x->value - x->least) : 0;

        if (i == wish->cell)
            tr_linear_column_range(l->attack, (int)i, wish->by < 0 ? (double)wish->by : 0,
                                   wish->by > 0 ? (double)wish->by : 0);
        else
            tr_linear_column_range(l->attack, (int)i, -down, moves ? TR_LINEAR_FREE : 0);
    }
    if (l->aimed != UINT32_MAX)
        tr_linear_cost(l->attack, (int)l->aimed, 0);
    l->aimed = wish->cell;
    tr_linear_cost(l->attack, (int)wish->cell, 1);
}

/* What one more of the cell would do for the attack, by the prices of its sums. */
static double worth(const struct tr_least *l, const struct tr_cells *c, size_t i)
{
    double w = i == l->aimed ? 1 : 0;

    for (size_t k = c->sums.start[i]; k < c->sums.start[i + 1]; k++)
        w -= c->sums.term[k].sign * tr_linear_row_price(l->attack, l->row[c->sums.term[k].at]);
    return w;
}

/* The most that the cell can add to the attack, when it is hidden; INFINITY: as much as one likes. */
static double most(const struct tr_cell *x, double w, bool up)
{
    double down = x->value > x->least ? (double)(x->value - x->least) : 0;

    if (fabs(w) < tiny)
        return 0;
    if ((w > 0) == up)
        return INFINITY;
    return fabs(w) * down;
}

bool tr_least_cut(struct tr_protector *p, const struct tr_wish *wish)
{
    struct tr_least *l = p->least;
    const struct tr_cells *c = p->c;
    double rest = (double)llabs(wish->by);
    bool up = wish->by > 0;
    size_t n = 0;

    set_attack(l, c, wish);
    if (tr_linear_solve(l->attack, up, false, (struct tr_linear_work){ATTACK_STEPS, 0}) !=
            TR_LINEAR_OPTIMAL ||
        fabs(tr_linear_sum(l->attack)) > rest - 1e-4)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        const struct tr_cell *x = &c->cell[i];
        double more;

        if (i == wish->cell || (!is_choice(x) && !x->hidden) || tr_shift_knows(c, wish, (uint32_t)i))
            continue;
        more = most(x, worth(l, c, i), up);
        if (more > 0 && is_choice(x)) {
            l->column[n] = l->hide[i];
            l->value[n++] = more;
        } else {
            rest -= more;
        }
    }
    if (worth(l, c, wish->cell) < 0)
        rest -= (double)llabs(wish->by) * worth(l, c, wish->cell);
    if (rest < 1e-4)
        return false;
    for (size_t i = 0; i < n; i++)
        l->value[i] = l->value[i] > rest ? 1 : l->value[i] / rest;
    if (n == 0 || tr_linear_row(l->master, 1, TR_LINEAR_FREE, n, l->column, l->value) < 0)
        return false;
    l->n_cuts++;
    return true;
}

/* Another cell must be hidden: for what whole numbers alone show. */
static void cut_whole(struct tr_protector *p)
{
    struct tr_least *l = p->least;
    size_t n = 0;

    for (size_t i = 0; i < p->c->n; i++)
        if (is_choice(&p->c->cell[i]) && !p->c->cell[i].hidden) {
            l->column[n] = l->hide[i];
            l->value[n++] = 1;
        }
    if (n > 0 && tr_linear_row(l->master, 1, TR_LINEAR_FREE, n, l->column, l->value) >= 0)
        l->n_cuts++;
}

/* Hides what the master proposes. */
static void propose(struct tr_protector *p)
{
    for (size_t i = 0; i < p->c->n; i++)
        if (is_choice(&p->c->cell[i]))
            p->c->cell[i].hidden = tr_linear_value(p->least->master, p->least->hide[i]) > 0.5;
}

/* Adds rows for the needs that are not met. Returns how many are not. */
static size_t find_cuts(struct tr_protector *p)
{
    size_t broken = 0;

    p->cutting = true;
    for (size_t i = 0; i < p->n_needs && !p->no_memory; i++) {
        struct tr_need *need = &p->need[i];
        int before = p->least->n_cuts;

        if (need->by == 0 || !need->met || tr_protector_meets(p, need, false))
            continue;
        broken++;
        if (p->least->n_cuts == before)
            cut_whole(p);
    }
    p->cutting = false;
    return broken;
}

static void keep_better(struct tr_protector *p, struct tr_protected *out)
{
    uint64_t cost = tr_protector_cost(p->c);

    if (cost >= out->cost)
        return;
    tr_protector_count(p->c, out);
    for (size_t i = 0; i < p->c->n; i++)
        p->least->best[i] = p->c->cell[i].hidden;
}

static void search(struct tr_protector *p, struct tr_protected *out, uint32_t work)
{
    struct tr_least *l = p->least;

    for (uint32_t round = 0; round < work && !out->exact && !p->no_memory; round++) {
        enum tr_linear_end end = round == 0
                                     ? TR_LINEAR_OPTIMAL
                                     : tr_linear_solve(l->master, false, true,
                                                       (struct tr_linear_work){MASTER_STEPS,
                                                                               MASTER_NODES});
        double bound = round == 0 ? 0 : tr_linear_bound(l->master) - tiny;

        if ((end != TR_LINEAR_OPTIMAL && end != TR_LINEAR_LIMIT) ||
            (round > 0 && !tr_linear_found(l->master)))
            return;
        if (bound > (double)out->bound)
            out->bound = (uint64_t)ceil(bound);
        out->exact = is_least(p->c, out);
        if (out->exact)
            return;
        for (size_t i = 0; i < p->c->n && round == 0; i++)
            if (is_choice(&p->c->cell[i]))
                p->c->cell[i].hidden = false;
        if (round > 0)
            propose(p);
        if (find_cuts(p) == 0) {
            keep_better(p, out);
            out->exact = is_least(p->c, out);
            return;
        }
        if (tr_protector_mend(p))
            keep_better(p, out);
    }
}

/* A bound that is quick: in a sum with one small cell and no other hidden one, another must be hidden. Sums that share none of those
 * that could be are counted. -1: memory. */
static int64_t count_lonely(const struct tr_cells *c)
{
    bool *used = calloc(c->n + 1, sizeof *used);
    int64_t bound = 0;

    for (size_t s = 0; used && s < c->sum.n; s++) {
        const struct tr_term *from = c->sum.term + c->sum.start[s],
                             *to = c->sum.term + c->sum.start[s + 1];
        uint32_t least = UINT32_MAX;
        int hidden = 0, small = 0;
        bool taken = false;

        for (const struct tr_term *t = from; t < to; t++) {
            const struct tr_cell *x = &c->cell[t->at];

            hidden += x->small || x->state == TR_CELL_UNTOLD;
            small += x->small && x->low < x->high;
            taken |= used[t->at];
            if (is_choice(x) && x->weight < least)
                least = x->weight;
        }
        if (hidden != 1 || small != 1 || taken || least == UINT32_MAX)
            continue;
        bound += least;
        for (const struct tr_term *t = from; t < to; t++)
            used[t->at] = is_choice(&c->cell[t->at]);
    }
    if (!used)
        return -1;
    free(used);
    return bound;
}

/* Rounds of the master: fewer for more cells, as each takes longer. */
static uint32_t rounds(const struct tr_protector *p)
{
    uint32_t n = (uint32_t)p->c->n, work = p->choice.work;

    if (work > 0 || n <= USUAL)
        return work > 0 ? work : TR_PROTECT_WORK;
    return TR_PROTECT_WORK * USUAL / n;
}

void tr_protect_least(struct tr_protector *p, struct tr_protected *out)
{
    const struct tr_cells *c = p->c;
    int64_t bound = count_lonely(c);

    tr_protector_count(c, out);
    out->bound = bound > 0 ? (uint64_t)bound : 0;
    out->exact = is_least(c, out);
    if (c->n > CELLS_MAX || out->exact || !(p->least = make(c)))
        return;
    for (size_t i = 0; i < c->n; i++)
        p->least->best[i] = c->cell[i].hidden;
    search(p, out, rounds(p));
    for (size_t i = 0; i < c->n; i++)
        p->c->cell[i].hidden = p->least->best[i];
}

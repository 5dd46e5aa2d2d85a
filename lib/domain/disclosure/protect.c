/* Every need of a small cell is met by tables that fit what is shown (shift.h): one for everybody, and one
 * for each row and lone person whose own numbers the first one moves. Hiding what these tables move makes
 * a safe whole; then whatever can be shown again without a need being lost is. Several orders are tried,
 * the cheapest is kept. */
#include <stdlib.h>

#include "domain/disclosure/protect_own.h"

/* Steps that one search may try: to hide something, to show it again, to be sure. */
enum { NODES = 2000, NODES_AGAIN = 300, NODES_SURE = 20000, ORDERS = 4, ORDERS_CELLS = 3000, NEAR_CELLS = 400 };

/* ---- one need ---- */

static bool keep_steps(struct tr_protector *p, const struct tr_move *step, size_t n)
{
    if (n > p->room) {
        struct tr_move *bigger = realloc(p->step, n * sizeof *bigger);

        if (!bigger) {
            p->no_memory = true;
            return false;
        }
        p->step = bigger;
        p->room = n;
    }
    memcpy(p->step, step, n * sizeof *step);
    p->n_steps = n;
    return true;
}

static void hide_steps(struct tr_protector *p)
{
    for (size_t i = 0; i < p->n_steps; i++)
        p->c->cell[p->step[i].cell].hidden = true;
}

bool tr_protector_find(struct tr_protector *p, const struct tr_wish *wish, bool hide)
{
    static const uint64_t levels[] = {0, 101, 202, 303, 404, 606, 909, 1400, 2500, 10000, 100000};
    const uint32_t tries[] = {p->sure ? NODES_SURE : NODES_AGAIN, NODES};
    size_t n = hide ? sizeof levels / sizeof *levels : 1;

    for (size_t i = 0; i < (hide ? 2 * n : n); i++) { /* quickly at first, for most are found so */
        if (tr_shift_find(&p->shifter, wish, levels[i % n], tries[i / n])) {
            if (!keep_steps(p, p->shifter.step, p->shifter.n_steps))
                return false;
            if (hide)
                hide_steps(p);
            return true;
        }
        if (p->shifter.failed)
            return false;
    }
    if (p->cutting && tr_least_cut(p, wish))
        return false;
    if (!(hide || p->sure || p->cutting) || !tr_whole_find(p, wish, hide)) {
        p->failed = *wish;
        return false;
    }
    if (hide)
        hide_steps(p);
    return true;
}

static void note_used(struct tr_protector *p, struct tr_need *need)
{
    for (size_t i = 0; i < p->n_steps && !p->no_memory; i++) {
        uint32_t cell = p->step[i].cell;

        if (p->mark[cell] == p->marks)
            continue;
        p->mark[cell] = p->marks;
        if (need->n_used == need->room) {
            size_t room = need->room ? 2 * need->room : 8;
            uint32_t *bigger = realloc(need->used, room * sizeof *bigger);

            if (!bigger) {
                p->no_memory = true;
                return;
            }
            need->used = bigger;
            need->room = room;
        }
        need->used[need->n_used++] = cell;
    }
}

/* Whether the insider is among those whom the cell counts. Then what is new to them in it are the numbers
 * of the others, and those are protected themselves. */
static bool counts_insider(const struct tr_cells *c, uint32_t cell, const struct tr_wish *wish)
{
    if (tr_shift_knows(c, wish, cell))
        return true;
    for (size_t k = c->sums.start[cell]; k < c->sums.start[cell + 1]; k++) {
        size_t s = c->sums.term[k].at;

        for (size_t i = c->sum.start[s]; c->sums.term[k].sign < 0 && i < c->sum.start[s + 1]; i++) {
            struct tr_term part = c->sum.term[i];

            if (part.sign > 0 && c->cell[part.at].value > 0 && counts_insider(c, part.at, wish))
                return true;
        }
    }
    return false;
}

static bool meet_insider(struct tr_protector *p, struct tr_need *need, enum tr_insider insider,
                         int32_t known, bool hide)
{
    const struct tr_wish wish = {need->cell, need->by, insider, known};

    if (counts_insider(p->c, need->cell, &wish))
        return true;
    if (!tr_protector_find(p, &wish, hide))
        return false;
    note_used(p, need);
    return true;
}

/* Asks for whoever knows something of what the first table moves. */
static bool meet_insiders(struct tr_protector *p, struct tr_need *need, bool hide)
{
    const struct tr_cell *cell = p->c->cell;
    size_t first = need->n_used;

    for (size_t i = 0; i < first; i++) {
        const struct tr_cell *x = &cell[need->used[i]];
        bool asked = x->owner < 0;

        for (size_t j = 0; j < i && !asked; j++)
            asked = cell[need->used[j]].owner == x->owner;
        if (p->choice.own_row && !asked &&
            !meet_insider(p, need, TR_KNOWS_ROW, x->owner, hide))
            return false;
        if (p->choice.own_cell && x->person >= 0 && x->state != TR_CELL_UNTOLD &&
            !meet_insider(p, need, TR_KNOWS_PERSON, x->person, hide))
            return false;
    }
    return true;
}

bool tr_protector_meets(struct tr_protector *p, struct tr_need *need, bool hide)
{
    struct tr_need was = *need;
    bool met;

    need->used = NULL;
    need->n_used = need->room = 0;
    p->marks++;
    met = tr_protector_find(p, &(struct tr_wish){need->cell, need->by, TR_KNOWS_NOTHING, -1}, hide);
    if (met) {
        note_used(p, need);
        met = meet_insiders(p, need, hide) && !p->no_memory;
    }
    free(met ? was.used : need->used);
    if (!met)
        *need = was;
    return met;
}

/* ---- all needs ---- */

/* The least that the cell can be for who sees the zeros: of each part that is not zero, 1 or what it can be
 * least. */
static int64_t floor_of(const struct tr_cells *c, uint32_t cell)
{
    int64_t most = c->cell[cell].least;

    for (size_t k = c->sums.start[cell]; k < c->sums.start[cell + 1]; k++) {
        size_t s = c->sums.term[k].at;
        int64_t sum = 0;

        if (c->sums.term[k].sign > 0)
            continue;
        for (size_t i = c->sum.start[s]; i < c->sum.start[s + 1]; i++) {
            struct tr_term part = c->sum.term[i];

            if (part.sign > 0 && c->cell[part.at].value > 0)
                sum += c->cell[part.at].state == TR_CELL_SHOWN ? c->cell[part.at].value
                                                               : floor_of(c, part.at);
        }
        most = sum > most ? sum : most;
    }
    return most;
}

/* A number is as wide open as it would be, but higher up, when it cannot be as low as the rule has it. */
static void raise_ranges(struct tr_cells *c)
{
    for (size_t i = 0; i < c->n; i++) {
        struct tr_cell *x = &c->cell[i];
        int64_t floor = x->small ? floor_of(c, (uint32_t)i) : 0;

        if (x->small && floor > x->low) {
            x->high += floor - x->low;
            x->low = floor;
        }
    }
}

static int list_needs(struct tr_protector *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->c->n; i++)
        n += p->c->cell[i].small;
    p->need = calloc(2 * n + 1, sizeof *p->need);
    p->mark = calloc(p->c->n + 1, sizeof *p->mark);
    if (!p->need || !p->mark)
        return -1;
    for (size_t i = 0; i < p->c->n; i++) {
        const struct tr_cell *x = &p->c->cell[i];

        if (x->small) { /* down, then up; by 0: it needs nothing */
            p->need[p->n_needs++] = (struct tr_need){.cell = (uint32_t)i, .by = x->low - x->value};
            p->need[p->n_needs++] = (struct tr_need){.cell = (uint32_t)i, .by = x->high - x->value};
        }
    }
    return 0;
}

static void start_hidden(struct tr_cells *c)
{
    for (size_t i = 0; i < c->n; i++)
        c->cell[i].hidden = c->cell[i].small || c->cell[i].state == TR_CELL_UNTOLD;
}

uint64_t tr_protector_cost(const struct tr_cells *c)
{
    uint64_t cost = 0;

    for (size_t i = 0; i < c->n; i++)
        if (c->cell[i].hidden && !c->cell[i].small && c->cell[i].state != TR_CELL_UNTOLD)
            cost += c->cell[i].weight;
    return cost;
}

/* Whether no need is lost when the cell is shown; then it stays so. */
static bool show_again(struct tr_protector *p, uint32_t cell)
{
    p->c->cell[cell].hidden = false;
    for (size_t i = 0; i < p->n_needs; i++) {
        struct tr_need *need = &p->need[i];
        bool touched = false;

        for (size_t k = 0; k < need->n_used && !touched; k++)
            touched = need->used[k] == cell;
        if (touched && need->met && need->by != 0 && !tr_protector_meets(p, need, false)) {
            p->c->cell[cell].hidden = true;
            return false;
        }
    }
    return true;
}

/* Shows again what need not be hidden, the dearest first. Needs met without a cell before it came back
 * stay met: hiding more closes nothing. */
static void show_all_again(struct tr_protector *p, bool backwards)
{
    for (size_t k = 0; k < p->c->n && !p->no_memory; k++) {
        size_t i = backwards ? p->c->n - 1 - k : k;
        const struct tr_cell *x = &p->c->cell[i];

        if (x->hidden && !x->small && x->state == TR_CELL_FREE)
            show_again(p, (uint32_t)i);
    }
}

/* The i-th need to meet, in one of several orders. */
static size_t ordered(const struct tr_protector *p, int order, size_t i)
{
    static const size_t strides[] = {1, 1, 7, 11, 13, 17};
    size_t n = p->n_needs, stride = strides[order];

    while (stride > 1 && n % stride == 0)
        stride++;
    if (order > 1 && n % 2 == 0 && stride % 2 == 0)
        stride = 1;
    return order == 1 ? n - 1 - i : i * stride % n;
}

/* Meets a need. A cell that cannot be as low as the rule has it, whatever is hidden, as the zeros of another
 * table tell, is as wide open higher up. */
static bool meet(struct tr_protector *p, struct tr_need *need)
{
    struct tr_cell *x = &p->c->cell[need->cell];
    struct tr_need *up = need + 1; /* when need is downwards: see list_needs */
    bool raised = false;

    need->met = need->by == 0 || tr_protector_meets(p, need, true);
    while (!need->met && need->by < 0 && !x->unsure && !p->no_memory) {
        raised = true;
        x->low++;
        x->high++;
        up->by++;
        need->by++;
        need->met = need->by == 0 || tr_protector_meets(p, need, true);
    }
    if (raised && up->met)
        up->met = tr_protector_meets(p, up, true);
    return x->unsure || (need->met && (!raised || up->met || up->n_used == 0));
}

/* Meets all needs in one order. false: one cannot be met, and is in *open. */
static bool meet_all(struct tr_protector *p, int order, uint32_t *open)
{
    start_hidden(p->c);
    for (size_t i = 0; i < p->n_needs; i++)
        p->need[i].met = false;
    for (size_t i = 0; i < p->n_needs; i++) {
        struct tr_need *need = &p->need[ordered(p, order, i)];

        if (!meet(p, need)) {
            *open = need->cell;
            return false;
        }
    }
    show_all_again(p, order % 2);
    return true;
}

bool tr_protector_mend(struct tr_protector *p)
{
    for (size_t i = 0; i < p->n_needs; i++)
        if (p->need[i].met && p->need[i].by != 0 && !tr_protector_meets(p, &p->need[i], true))
            return false;
    show_all_again(p, false);
    return !p->no_memory;
}

static void keep(const struct tr_cells *c, bool *best)
{
    for (size_t i = 0; i < c->n; i++)
        best[i] = c->cell[i].hidden;
}

static void take(struct tr_cells *c, const bool *best)
{
    for (size_t i = 0; i < c->n; i++)
        c->cell[i].hidden = best[i];
}

/* Tries the orders and leaves the cheapest result. false: a need cannot be met. */
static bool choose(struct tr_protector *p, bool *best, uint32_t *open)
{
    uint64_t least = UINT64_MAX;
    int orders = p->c->n > ORDERS_CELLS ? 1 : p->c->n > ORDERS_CELLS / 6 ? ORDERS / 2 : ORDERS;

    for (int order = 0; order < orders && !p->no_memory; order++) {
        if (!meet_all(p, order, open))
            return false;
        if (tr_protector_cost(p->c) < least) {
            least = tr_protector_cost(p->c);
            keep(p->c, best);
        }
    }
    take(p->c, best);
    return true;
}

/* Looks for a cheaper choice near the best one: shows each cell that it hides, mends without it what that
 * opens, and goes on from what is cheaper. Of tables that are small enough for it to be quick. */
static void look_near(struct tr_protector *p, bool *best)
{
    uint64_t least = tr_protector_cost(p->c);
    bool better = p->c->n <= NEAR_CELLS;

    while (better && !p->no_memory) {
        better = false;
        for (size_t i = 0; i < p->c->n && !p->no_memory; i++) {
            struct tr_cell *x = &p->c->cell[i];

            if (!best[i] || x->small || x->state != TR_CELL_FREE)
                continue;
            take(p->c, best);
            x->hidden = false;
            x->state = TR_CELL_SHOWN;
            if (tr_protector_mend(p) && tr_protector_cost(p->c) < least) {
                least = tr_protector_cost(p->c);
                keep(p->c, best);
                better = true;
            }
            x->state = TR_CELL_FREE;
        }
    }
    take(p->c, best);
}

static void clear(struct tr_protector *p)
{
    for (size_t i = 0; i < p->n_needs; i++)
        free(p->need[i].used);
    free(p->need);
    free(p->mark);
    free(p->step);
    tr_shifter_clear(&p->shifter);
    tr_whole_free(p->whole);
    tr_least_free(p->least);
}

void tr_protector_count(const struct tr_cells *c, struct tr_protected *out)
{
    out->small = out->more = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct tr_cell *x = &c->cell[i];

        if (x->hidden && x->state != TR_CELL_UNTOLD)
            ++*(x->small ? &out->small : &out->more);
    }
    out->cost = tr_protector_cost(c);
}

int tr_protect(struct tr_cells *c, const struct tr_protect_choice *choice, struct tr_protected *out,
               struct tr_err *err)
{
    struct tr_protector p = {.c = c, .choice = *choice};
    bool *best = calloc(c->n + 1, sizeof *best), chosen = false, met = false;

    *out = (struct tr_protected){0};
    raise_ranges(c);
    if (best && list_needs(&p) == 0 && tr_shifter_init(&p.shifter, c) == 0) {
        chosen = choose(&p, best, &out->open);
        if (chosen) {
            look_near(&p, best);
            tr_protect_least(&p, out);
        }
        met = chosen && tr_protect_holds(c, choice, &out->open);
        tr_protector_count(c, out);
        if (!met && !p.no_memory && !p.shifter.failed) {
            if (!chosen) /* else what failed in the search is another cell */
                tr_protector_explain(&p, out);
            tr_err_set(err, TR_E_UNSAFE, NULL, NULL, NULL);
        } else if (!met) {
            tr_err_memory(err);
        }
    } else {
        tr_err_memory(err);
    }
    clear(&p);
    free(best);
    return met ? 0 : -1;
}

bool tr_protect_holds(const struct tr_cells *c, const struct tr_protect_choice *choice,
                      uint32_t *open)
{
    struct tr_protector p = {.c = (struct tr_cells *)(uintptr_t)c, .choice = *choice, .sure = true};
    bool holds = list_needs(&p) == 0 && tr_shifter_init(&p.shifter, c) == 0;

    for (size_t i = 0; i < p.n_needs && holds; i++) {
        holds = p.need[i].by == 0 || c->cell[p.need[i].cell].unsure ||
                tr_protector_meets(&p, &p.need[i], false);
        *open = p.need[i].cell;
    }
    for (size_t i = 0; i < c->n && holds; i++)
        if (c->cell[i].small && !c->cell[i].hidden) {
            holds = false;
            *open = (uint32_t)i;
        }
    clear(&p);
    return holds;
}

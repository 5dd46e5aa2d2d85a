/* A search by repair. The wish puts the sums of its cell off; as long as a sum is off, some other cell of
 * it is moved so that it holds, which may put that cell's other sums off. Moves that leave less off come
 * first; in a table of two ways the moves make a circle through rows and columns. */
#include "domain/disclosure/shift.h"

#include <stdlib.h>

struct tr_choice {
    int64_t score;
    int64_t by;
    uint32_t cell;
};

int tr_shifter_init(struct tr_shifter *s, const struct tr_cells *c)
{
    *s = (struct tr_shifter){.c = c};
    s->shift = calloc(c->n + 1, sizeof *s->shift);
    s->off = calloc(c->sum.n + 1, sizeof *s->off);
    s->open = calloc(c->sum.n + 1, sizeof *s->open);
    s->place = calloc(c->sum.n + 1, sizeof *s->place);
    s->step = calloc(TR_STEPS_MAX, sizeof *s->step);
    return s->shift && s->off && s->open && s->place && s->step ? 0 : -1;
}

void tr_shifter_clear(struct tr_shifter *s)
{
    free(s->shift);
    free(s->off);
    free(s->open);
    free(s->place);
    free(s->step);
    free(s->choice);
    *s = (struct tr_shifter){0};
}

static void put_off(struct tr_shifter *s, uint32_t sum, int64_t by)
{
    s->off[sum] += by;
    if (s->off[sum] != 0 && !s->place[sum]) {
        s->open[s->n_open++] = sum;
        s->place[sum] = (uint32_t)s->n_open;
    } else if (s->off[sum] == 0 && s->place[sum]) {
        uint32_t last = s->open[--s->n_open];

        s->open[s->place[sum] - 1] = last;
        s->place[last] = s->place[sum];
        s->place[sum] = 0;
    }
}

static void move(struct tr_shifter *s, uint32_t cell, int64_t by)
{
    const struct tr_terms *sums = &s->c->sums;

    s->shift[cell] += by;
    for (size_t k = sums->start[cell]; k < sums->start[cell + 1]; k++)
        put_off(s, sums->term[k].at, by * sums->term[k].sign);
}

static uint64_t price(const struct tr_shifter *s, uint32_t cell)
{
    const struct tr_cell *x = &s->c->cell[cell];

    return x->hidden || s->shift[cell] != 0 ? 0 : x->weight;
}

/* How far the cell can go towards by. */
static int64_t room(const struct tr_shifter *s, uint32_t cell, int64_t by)
{
    const struct tr_cell *x = &s->c->cell[cell];
    int64_t down = x->value + s->shift[cell] - x->least;

    if ((s->shift[cell] > 0 && by < 0) || (s->shift[cell] < 0 && by > 0))
        return 0;
    if (by > 0 || -by <= down)
        return by;
    return down > 0 ? -down : 0;
}

/* How much more is off when the cell moves. */
static int64_t worse(const struct tr_shifter *s, uint32_t cell, int64_t by)
{
    const struct tr_terms *sums = &s->c->sums;
    int64_t more = 0;

    for (size_t k = sums->start[cell]; k < sums->start[cell + 1]; k++) {
        int64_t off = s->off[sums->term[k].at], then = off + by * sums->term[k].sign;

        more += llabs(then) - llabs(off);
    }
    return more;
}

static bool add_choice(struct tr_shifter *s, struct tr_choice choice)
{
    if (s->n_choices == s->room) {
        size_t room = s->room ? 2 * s->room : 256;
        struct tr_choice *bigger = realloc(s->choice, room * sizeof *bigger);

        if (!bigger) {
            s->failed = true;
            return false;
        }
        s->choice = bigger;
        s->room = room;
    }
    s->choice[s->n_choices++] = choice;
    return true;
}

static void list_choices(struct tr_shifter *s, uint32_t sum)
{
    const struct tr_terms *t = &s->c->sum;

    for (size_t k = t->start[sum]; k < t->start[sum + 1]; k++) {
        uint32_t cell = t->term[k].at;
        const struct tr_cell *x = &s->c->cell[cell];
        int64_t by = -s->off[sum] * t->term[k].sign;

        if ((!x->hidden && x->state == TR_CELL_SHOWN) || cell == s->wish->cell ||
            price(s, cell) > s->cost || tr_shift_knows(s->c, s->wish, cell))
            continue;
        by = room(s, cell, by);
        if (by != 0 &&
            !add_choice(s, (struct tr_choice){worse(s, cell, by) * 16 + (price(s, cell) > 0 ? 9 : 0),
                                              by, cell}))
            return;
    }
}

/* The sum to mend: the one with the fewest cells. */
static uint32_t choose_sum(const struct tr_shifter *s)
{
    const struct tr_terms *t = &s->c->sum;
    uint32_t best = s->open[0];

    for (size_t i = 1; i < s->n_open; i++) {
        uint32_t sum = s->open[i];
        size_t mine = t->start[sum + 1] - t->start[sum],
               least = t->start[best + 1] - t->start[best];

        if (mine < least || (mine == least && sum < best))
            best = sum;
    }
    return best;
}

static int by_score(const void *one, const void *other)
{
    const struct tr_choice *a = one, *b = other;

    if (a->score != b->score)
        return a->score < b->score ? -1 : 1;
    return a->cell < b->cell ? -1 : a->cell > b->cell;
}

static bool repair(struct tr_shifter *s)
{
    size_t from = s->n_choices, to;
    bool found = false;

    if (s->n_open == 0)
        return true;
    if (s->n_steps + s->n_open / 2 >= s->steps_max || s->nodes == 0) {
        s->cut_off = true;
        return false;
    }
    list_choices(s, choose_sum(s));
    to = s->n_choices;
    if (to > from)
        qsort(s->choice + from, to - from, sizeof *s->choice, by_score);
    for (size_t i = from; i < to && !found && s->nodes > 0 && !s->failed; i++) {
        struct tr_choice x = s->choice[i];
        uint64_t paid = price(s, x.cell);

        s->nodes--;
        s->cost -= paid;
        move(s, x.cell, x.by);
        s->step[s->n_steps++] = (struct tr_move){x.cell, x.by};
        found = repair(s);
        if (!found) {
            s->n_steps--;
            move(s, x.cell, -x.by);
            s->cost += paid;
        }
    }
    s->n_choices = from;
    return found;
}

static bool find_within(struct tr_shifter *s, const struct tr_wish *wish, size_t steps)
{
    bool found;

    s->steps_max = steps;
    s->n_steps = s->n_choices = 0;
    s->step[s->n_steps++] = (struct tr_move){wish->cell, wish->by};
    move(s, wish->cell, wish->by);
    found = repair(s);
    for (size_t i = 0; found && i < s->n_steps; i++)
        move(s, s->step[i].cell, -s->step[i].by);
    if (!found)
        move(s, wish->cell, -wish->by);
    return found;
}

bool tr_shift_find(struct tr_shifter *s, const struct tr_wish *wish, uint64_t cost, uint32_t nodes)
{
    static const size_t steps[] = {8, 16, 32, TR_STEPS_MAX};
    bool found = false;

    s->wish = wish;
    s->cost = cost;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !found && !s->failed; i++) {
        s->nodes = nodes;
        found = find_within(s, wish, steps[i]);
        if (s->nodes > 0 && !found && !s->cut_off)
            break; /* nothing was left untried */
        s->cut_off = false;
    }
    s->cut_off = false;
    return found;
}

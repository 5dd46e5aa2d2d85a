/* Those who wait in a simulation. A match looks at who stands in front of a line only, so that it takes as
 * long as there are people to place, however many wait. */
#define _GNU_SOURCE
#include <stdlib.h>

#include "domain/flow/simulate_own.h"

/* Who stands in front of a line, or is asked next in a mixed one. */
struct tr_sim_front {
    uint64_t turn;  /* and the number of the front, in the lower half; DONE: nobody is left */
    uint32_t *link; /* to the person */
    bool mixed;
};
static const uint64_t DONE = UINT64_MAX;

/* ---- lines ---- */

static int by_line(const void *a, const void *b, void *cookie)
{
    const struct tr_sim_type *type = cookie, *x = &type[*(const uint16_t *)a],
                             *y = &type[*(const uint16_t *)b];

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->options < y->options ? -1 : x->options > y->options;
}

static struct tr_sim_line *add_line(struct tr_sim_queue *q, uint64_t options, uint32_t rank, bool mixed)
{
    q->line[q->n_lines] = (struct tr_sim_line){options, rank, TR_SIM_NOBODY, TR_SIM_NOBODY, mixed};
    return &q->line[q->n_lines++];
}

/* The mixed line of a rank stands behind its others. */
static void make_lines(struct tr_sim_queue *q, const struct tr_sim *sim, const uint16_t *sorted)
{
    const struct tr_sim_line *last = NULL;

    for (uint32_t i = 0; i < sim->n_types; i++) {
        const struct tr_sim_type *t = &sim->type[sorted[i]];

        if (last && last->rank != t->rank)
            add_line(q, UINT64_MAX, last->rank, true);
        if (!last || last->rank != t->rank || last->options != t->options)
            last = add_line(q, t->options, t->rank, false);
        q->line_of[sorted[i]] = q->n_lines - 1;
    }
    if (last)
        add_line(q, UINT64_MAX, last->rank, true);
    add_line(q, 0, UINT32_MAX, true);
}

int tr_sim_queue_start(struct tr_sim_queue *q, const struct tr_sim *sim)
{
    size_t n = 2 * (size_t)sim->n_types + 1;
    uint16_t *sorted = calloc(n, sizeof *sorted);

    *q = (struct tr_sim_queue){.last_first = sim->last_first, .unused = TR_SIM_NOBODY};
    q->line = calloc(n, sizeof *q->line);
    q->front = calloc(n, sizeof *q->front);
    q->line_of = calloc(n, sizeof *q->line_of);
    if (sorted && q->line && q->front && q->line_of) {
        for (uint32_t i = 0; i < sim->n_types; i++)
            sorted[i] = (uint16_t)i;
        qsort_r(sorted, sim->n_types, sizeof *sorted, by_line, (void *)(uintptr_t)sim->type);
        make_lines(q, sim, sorted);
    }
    free(sorted);
    return q->n_lines > 0 ? 0 : -1;
}

void tr_sim_queue_clear(struct tr_sim_queue *q)
{
    free(q->at);
    free(q->line);
    free(q->front);
    free(q->line_of);
    *q = (struct tr_sim_queue){0};
}

static void chain_unused(struct tr_sim_queue *q, uint32_t from)
{
    for (uint32_t i = q->room; i-- > from;) {
        q->at[i].next = q->unused;
        q->unused = i;
    }
}

void tr_sim_queue_empty(struct tr_sim_queue *q)
{
    for (uint32_t k = 0; k < q->n_lines; k++)
        q->line[k].first = TR_SIM_NOBODY;
    q->n = 0;
    q->unused = TR_SIM_NOBODY;
    chain_unused(q, 0);
}

/* ---- coming and going ---- */

static void join_by_turn(struct tr_sim_queue *q, struct tr_sim_line *line, uint32_t person)
{
    uint32_t *at = &line->first;

    while (*at != TR_SIM_NOBODY && q->at[*at].turn < q->at[person].turn)
        at = &q->at[*at].next;
    q->at[person].next = *at;
    *at = person;
}

static void join(struct tr_sim_queue *q, struct tr_sim_line *line, uint32_t person)
{
    bool empty = line->first == TR_SIM_NOBODY, front = empty || q->last_first;

    q->at[person].next = front ? line->first : TR_SIM_NOBODY;
    *(front ? &line->first : &q->at[line->last].next) = person;
    if (empty || !front)
        line->last = person;
}

void tr_sim_queue_again(struct tr_sim_queue *q, uint32_t person)
{
    struct tr_sim_line *line = &q->line[q->line_of[q->at[person].type]];

    if (!q->at[person].options)
        line = &q->line[q->n_lines - 1];
    while (!line->mixed)
        line++;
    join_by_turn(q, line, person);
}

uint32_t tr_sim_queue_room(struct tr_sim_queue *q)
{
    uint32_t person = q->unused, before = q->room;

    if (person == TR_SIM_NOBODY) {
        uint32_t room = before ? 2 * before : 1024;
        struct tr_sim_seeker *at = realloc(q->at, room * sizeof *at);

        if (!at)
            return TR_SIM_NOBODY;
        q->at = at;
        q->room = room;
        chain_unused(q, before);
        person = q->unused;
    }
    q->unused = q->at[person].next;
    return person;
}

void tr_sim_queue_come(struct tr_sim_queue *q, uint32_t person)
{
    struct tr_sim_line *line = &q->line[q->line_of[q->at[person].type]];

    q->n++;
    if (q->at[person].options == line->options)
        join(q, line, person);
    else
        tr_sim_queue_again(q, person);
}

void tr_sim_queue_go(struct tr_sim_queue *q, uint32_t person)
{
    q->at[person].next = q->unused;
    q->unused = person;
    q->n--;
}

/* ---- a match ---- */

static uint64_t turn_of(const struct tr_sim_queue *q, uint32_t person, uint32_t front)
{
    return person == TR_SIM_NOBODY ? DONE : (uint64_t)q->at[person].turn << 32 | front;
}

/* The lines of one rank, of which so many have somebody to ask; the first line of the next rank. */
static uint32_t take_rank(struct tr_sim_queue *q, const struct tr_sim_match *m, uint32_t k, uint32_t *n)
{
    uint32_t rank = q->line[k].rank;

    for (*n = 0; q->line[k].rank == rank; k++) {
        struct tr_sim_line *line = &q->line[k];

        if (line->first == TR_SIM_NOBODY || !(line->options & (m->open | ~m->closed)))
            continue;
        q->front[*n] = (struct tr_sim_front){turn_of(q, line->first, *n), &line->first, line->mixed};
        ++*n;
    }
    return k;
}

void tr_sim_queue_match(struct tr_sim_queue *q, struct tr_sim_match *m)
{
    uint32_t n;

    for (uint32_t k = 0; m->open && k + 1 < q->n_lines;) {
        k = take_rank(q, m, k, &n);
        while (n > 0 && m->open) {
            uint64_t first = DONE;
            struct tr_sim_front *f;
            struct tr_sim_seeker *w;
            bool placed;

            for (uint32_t i = 0; i < n; i++)
                first = q->front[i].turn < first ? q->front[i].turn : first;
            f = &q->front[(uint32_t)first];
            w = &q->at[*f->link];
            placed = tr_sim_match_take(m, *f->link, w->options, w->wishes);
            if (placed)
                *f->link = w->next;
            else
                f->link = &w->next;
            f->turn = placed || f->mixed ? turn_of(q, *f->link, (uint32_t)first) : DONE;
            while (n > 0 && q->front[n - 1].turn == DONE)
                n--;
        }
    }
}

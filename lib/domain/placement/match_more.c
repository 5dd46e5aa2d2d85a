/* How many more people extra places would house.
 *
 * Everybody who can have a place has one. An extra place at an institution houses one more person
 * when there is a chain of moves that begins with somebody who waits and ends there; taking such
 * chains one by one loses nothing, as the sets of places that are all used form a matroid, where
 * being greedy is best. So no placing is done again: each chain is one search, as in
 * match_placed.c, from the options of those who wait to the institutions in question. Whoever moves
 * to the extra place moves out of sight, since nobody has to move on from there. Then all moves are
 * taken back.
 *
 * Cost. A search and its moves for each extra place; none where enough people wait for the very
 * place. Memory: `most` people for each institution. */
#include "domain/placement/match_search_own.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = TR_NOWHERE };

struct move {
    uint32_t person, from, to; /* NONE: from those who wait; to the extra place */
};

struct tr_more {
    struct tr_search search;
    uint32_t *where;
    uint32_t most;
    uint32_t *asking, *n_asking; /* of each institution: the first `most` who wait and have it as an
                                    option, so that one is left as long as some are used */
    bool *used;                  /* of each person */
    struct move *move;           /* to be taken back */
    size_t n_moves, room_moves;
};

void tr_more_free(struct tr_more *m)
{
    if (!m)
        return;
    tr_search_clear(&m->search);
    free(m->where);
    free(m->asking);
    free(m->n_asking);
    free(m->used);
    free(m->move);
    free(m);
}

static void find_asking(struct tr_more *m, const struct tr_graph *graph)
{
    for (uint32_t p = 0; p < graph->n_people; p++)
        for (uint32_t e = graph->from[p]; m->where[p] == NONE && e < graph->from[p + 1]; e++) {
            uint32_t i = graph->option[e];

            if (m->n_asking[i] < m->most)
                m->asking[(size_t)i * m->most + m->n_asking[i]++] = p;
        }
}

struct tr_more *tr_more_new(const struct tr_graph *graph, uint32_t most)
{
    struct tr_more *m = calloc(1, sizeof *m);
    size_t people = graph->n_people + (size_t)1, n = graph->n_institutions + (size_t)1;

    if (!m)
        return NULL;
    m->most = most;
    m->where = malloc(people * sizeof *m->where);
    m->used = calloc(people, sizeof *m->used);
    m->asking = malloc(n * most * sizeof *m->asking);
    m->n_asking = calloc(n, sizeof *m->n_asking);
    if (m->where && m->used && m->asking && m->n_asking) {
        for (uint32_t p = 0; p < graph->n_people; p++)
            m->where[p] = NONE;
        if (tr_search_init(&m->search, graph, m->where) == 0) {
            tr_search_place_all(&m->search);
            find_asking(m, graph);
            if (!m->search.failed)
                return m;
        }
    }
    tr_more_free(m);
    return NULL;
}

/* Somebody unused who waits and has the institution as an option, or NONE. */
static uint32_t find_unused(const struct tr_more *m, uint32_t institution)
{
    const uint32_t *asking = m->asking + (size_t)institution * m->most;

    for (uint32_t k = 0; k < m->n_asking[institution]; k++)
        if (!m->used[asking[k]])
            return asking[k];
    return NONE;
}

/* The end of a chain to a wanted institution, or NONE. */
static uint32_t find_end(struct tr_more *m, const bool *in)
{
    struct tr_search *s = &m->search;
    uint32_t n = s->graph->n_institutions;

    memset(s->wanted, 0, s->words * sizeof *s->wanted);
    memset(s->left, 0, s->words * sizeof *s->left);
    s->n_queue = 0;
    for (uint32_t i = 0; i < n; i++) {
        tr_search_set(s->left, i);
        if (in[i])
            tr_search_set(s->wanted, i);
    }
    for (uint32_t i = 0; i < n; i++)
        if (m->n_asking[i] > 0 && find_unused(m, i) != NONE) {
            tr_search_reach(s, i, NONE);
            if (in[i])
                return i;
        }
    return tr_search_follow(s);
}

static int note(struct tr_more *m, uint32_t person, uint32_t from, uint32_t to)
{
    if (m->n_moves == m->room_moves) {
        size_t room = m->room_moves ? 2 * m->room_moves : 64;
        struct move *longer = realloc(m->move, room * sizeof *longer);

        if (!longer)
            return -1;
        m->move = longer;
        m->room_moves = room;
    }
    m->move[m->n_moves++] = (struct move){person, from, to};
    return 0;
}

/* Moves people along the chain that was found, from its end to its beginning. */
static int follow_back(struct tr_more *m, uint32_t end)
{
    struct tr_search *s = &m->search;
    uint32_t institution = end, to = NONE, person;

    for (; s->by[institution] != NONE; to = institution) {
        uint32_t from = s->by[institution];

        person = tr_search_mover(s, from, institution);
        if (note(m, person, from, to) < 0)
            return -1;
        tr_search_leave(s, person);
        if (to != NONE)
            tr_search_enter(s, person, to);
        institution = from;
    }
    person = find_unused(m, institution);
    if (note(m, person, NONE, to) < 0)
        return -1;
    m->used[person] = true;
    if (to != NONE)
        tr_search_enter(s, person, to);
    return s->failed ? -1 : 0;
}

static void take_back(struct tr_more *m)
{
    while (m->n_moves > 0) {
        struct move move = m->move[--m->n_moves];

        if (move.to != NONE)
            tr_search_leave(&m->search, move.person);
        if (move.from != NONE)
            tr_search_enter(&m->search, move.person, move.from);
        else
            m->used[move.person] = false;
    }
}

int tr_more_find(struct tr_more *m, const bool *in, uint32_t *more)
{
    uint32_t end;
    int rc = 0;

    *more = 0;
    for (uint32_t i = 0; i < m->search.graph->n_institutions; i++)
        if (in[i] && m->n_asking[i] == m->most) {
            *more = m->most;
            return 0;
        }
    while (rc == 0 && *more < m->most && (end = find_end(m, in)) != NONE) {
        rc = follow_back(m, end);
        ++*more;
    }
    take_back(m);
    return rc < 0 || m->search.failed ? -1 : 0;
}

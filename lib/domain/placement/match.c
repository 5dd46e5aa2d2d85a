#include "domain/placement/match_own.h"

#include <stdlib.h>

const char *const tr_policy_names[TR_N_POLICIES + 1] = {"placed-first", "wish-first",
                                                        "own-priorities", NULL};

enum { NONE = TR_NOWHERE };

void tr_match_clear(struct tr_match *match)
{
    free(match->where);
    free(match->level_of);
    free(match->level);
    *match = (struct tr_match){0};
}

/* ---- wish first ---- */

static int wish_first(const struct tr_graph *graph, struct tr_match *out)
{
    uint32_t *room = malloc((graph->n_institutions + (size_t)1) * sizeof *room);

    if (!room)
        return -1;
    for (uint32_t institution = 0; institution < graph->n_institutions; institution++)
        room[institution] = graph->room[institution];
    for (uint32_t person = 0; person < graph->n_people; person++) {
        uint32_t institution = tr_match_free_option(graph, room, person);

        out->where[person] = institution;
        if (institution != NONE)
            room[institution]--;
    }
    free(room);
    return 0;
}

/* ---- own priorities ---- */

/* A person whom an institution holds for now; own: their place in its own order. */
struct held {
    uint32_t own, person;
};

static bool after(struct held a, struct held b)
{
    return a.own != b.own ? a.own > b.own : a.person > b.person;
}

/* The heaps of this section have the person who stands last on top. Replaces the top by newest. */
static void sink(struct held *heap, uint32_t n, struct held newest)
{
    uint32_t at = 0, child;

    while ((child = 2 * at + 1) < n) {
        if (child + 1 < n && after(heap[child + 1], heap[child]))
            child++;
        if (!after(heap[child], newest))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = newest;
}

static void rise(struct held *heap, uint32_t n, struct held newest)
{
    uint32_t at = n;

    while (at > 0 && after(newest, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = newest;
}

static uint32_t own_order(const struct tr_graph *graph, uint32_t person, uint32_t institution)
{
    return graph->own ? graph->own[tr_graph_option_at(graph, person, institution)] : 0;
}

/* Choice number *turn of the person: first the wishes, then the other options; NONE when there are
 * no more. *turn skips options that were wishes. */
static uint32_t choice(const struct tr_graph *graph, uint32_t person, uint32_t *turn)
{
    uint32_t wishes = graph->wish_from[person + 1] - graph->wish_from[person];

    if (*turn < wishes)
        return graph->wish[graph->wish_from[person] + *turn];
    for (; graph->from[person] + (*turn - wishes) < graph->from[person + 1]; ++*turn) {
        uint32_t institution = graph->option[graph->from[person] + (*turn - wishes)];

        if (tr_graph_wish(graph, person, institution) == NONE)
            return institution;
    }
    return NONE;
}

/* Whom each institution holds for now: a heap each, one after another in one list. */
struct offers {
    struct held *held;
    size_t *at;       /* of each institution: where its heap begins; n_institutions + 1 */
    uint32_t *n_held; /* of each institution */
    uint32_t *turn;   /* of each person: the next choice, see choice() */
};

/* The person asks one institution after another. Whoever has to give way for them asks on in turn,
 * until somebody finds a free place or has nowhere left to ask. */
static void ask(const struct tr_graph *graph, struct offers *offers, uint32_t person)
{
    uint32_t institution;

    while ((institution = choice(graph, person, &offers->turn[person])) != NONE) {
        struct held *heap = offers->held + offers->at[institution];
        struct held asking = {own_order(graph, person, institution), person}, last;
        uint32_t most = (uint32_t)(offers->at[institution + 1] - offers->at[institution]);

        offers->turn[person]++;
        if (offers->n_held[institution] < most) {
            rise(heap, offers->n_held[institution]++, asking);
            return;
        }
        if (most > 0 && after(last = heap[0], asking)) {
            sink(heap, most, asking);
            person = last.person;
        }
    }
}

static int own_priorities(const struct tr_graph *graph, struct tr_match *out)
{
    struct offers offers = {
        .at = tr_match_share_list(graph),
        .n_held = calloc(graph->n_institutions + (size_t)1, sizeof *offers.n_held),
        .turn = calloc(graph->n_people + (size_t)1, sizeof *offers.turn),
    };
    bool memory;

    if (offers.at)
        offers.held = malloc((offers.at[graph->n_institutions] + 1) * sizeof *offers.held);
    memory = offers.held && offers.n_held && offers.turn;
    for (uint32_t person = 0; memory && person < graph->n_people; person++)
        ask(graph, &offers, person);
    for (uint32_t institution = 0; memory && institution < graph->n_institutions; institution++)
        for (uint32_t k = 0; k < offers.n_held[institution]; k++)
            out->where[offers.held[offers.at[institution] + k].person] = institution;
    free(offers.turn);
    free(offers.n_held);
    free(offers.at);
    free(offers.held);
    return memory ? 0 : -1;
}

/* ---- all ---- */

/* What others rely on: people are placed at their options and nowhere else, no institution is over
 * full, and every institution has a level. */
static int check(const struct tr_graph *graph, const struct tr_match *match, struct tr_err *err)
{
    uint32_t *count = calloc(graph->n_institutions + (size_t)1, sizeof *count);
    bool options_only = true, none_over_full = true, levels_known = true;

    if (!count)
        return tr_err_memory(err);
    for (uint32_t person = 0; person < graph->n_people; person++) {
        uint32_t institution = match->where[person];

        if (institution == NONE)
            continue;
        options_only &= tr_graph_is_option(graph, person, institution);
        if (options_only)
            none_over_full &= ++count[institution] <= graph->room[institution];
    }
    for (uint32_t institution = 0; institution < graph->n_institutions; institution++)
        levels_known &= !match->level || match->level_of[institution] < match->n_levels;
    for (uint32_t level = 0; level + 1 < match->n_levels; level++)
        levels_known &= match->level[level].since < graph->n_people;
    free(count);
    return tr_must(options_only, err) < 0 || tr_must(none_over_full, err) < 0
               ? -1
               : tr_must(levels_known, err);
}

static int run(const struct tr_graph *graph, enum tr_policy policy, bool wishes,
               struct tr_match *out, struct tr_err *err)
{
    int rc = -1;

    *out = (struct tr_match){
        .where = malloc((graph->n_people + (size_t)1) * sizeof *out->where),
        .level_of = calloc(graph->n_institutions + (size_t)1, sizeof *out->level_of),
    };
    for (uint32_t person = 0; out->where && person < graph->n_people; person++)
        out->where[person] = NONE;
    if (out->where && out->level_of)
        rc = policy == TR_PLACED_FIRST ? tr_match_placed_first(graph, wishes, out)
             : policy == TR_WISH_FIRST ? wish_first(graph, out)
                                       : own_priorities(graph, out);
    rc = rc < 0 ? tr_err_memory(err) : check(graph, out, err);
    if (rc < 0)
        tr_match_clear(out);
    return rc;
}

int tr_match_run(const struct tr_graph *graph, enum tr_policy policy, struct tr_match *out,
                 struct tr_err *err)
{
    return run(graph, policy, true, out, err);
}

int tr_match_place(const struct tr_graph *graph, struct tr_match *out, struct tr_err *err)
{
    return run(graph, TR_PLACED_FIRST, false, out, err);
}

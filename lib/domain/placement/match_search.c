#include "domain/placement/match_search_own.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = TR_NOWHERE, DENSE = 8 };

void tr_search_clear(struct tr_search *search)
{
    void *each[] = {search->room,    search->roomy,   search->block_of, search->block,
                    search->word,    search->spare,   search->at,       search->slot,
                    search->n_slots, search->slot_of, search->left,     search->wanted,
                    search->queue,   search->by};

    for (uint32_t i = 0; search->ways && i < search->graph->n_institutions; i++) {
        free(search->ways[i].list);
        free(search->ways[i].n_to);
        free(search->ways[i].looked);
        free(search->ways[i].to);
    }
    free(search->ways);
    for (size_t e = 0; e < sizeof each / sizeof *each; e++)
        free(each[e]);
}

int tr_search_init(struct tr_search *search, const struct tr_graph *graph, uint32_t *where)
{
    size_t n = graph->n_institutions + (size_t)1, people = graph->n_people + (size_t)1;
    size_t words = (n + TR_SEARCH_BITS - 1) / TR_SEARCH_BITS;

    *search = (struct tr_search){
        .graph = graph, .where = where, .words = words, .at = tr_match_share_list(graph)};
    search->room = malloc(n * sizeof *search->room);
    search->roomy = calloc(words, sizeof *search->roomy);
    search->block_of = calloc(n, sizeof *search->block_of);
    search->block = malloc(n * sizeof *search->block);
    search->word = malloc(n * sizeof *search->word);
    search->spare = malloc(n * sizeof *search->spare);
    search->n_slots = calloc(n, sizeof *search->n_slots);
    search->slot_of = malloc(people * sizeof *search->slot_of);
    search->ways = calloc(n, sizeof *search->ways);
    search->left = malloc(words * sizeof *search->left);
    search->wanted = malloc(words * sizeof *search->wanted);
    search->queue = malloc(n * sizeof *search->queue);
    search->by = malloc(n * sizeof *search->by);
    if (!search->room || !search->roomy || !search->block_of || !search->block || !search->word ||
        !search->spare || !search->at || !search->n_slots || !search->slot_of || !search->ways ||
        !search->left || !search->wanted || !search->queue || !search->by)
        return -1;
    for (uint32_t institution = 0; institution < graph->n_institutions; institution++) {
        search->room[institution] = graph->room[institution];
        if (search->room[institution] > 0)
            tr_search_set(search->roomy, institution);
    }
    for (uint32_t institution = 0; institution <= graph->n_institutions; institution++)
        search->at[institution] *= 2;
    search->slot = malloc((search->at[graph->n_institutions] + 1) * sizeof *search->slot);
    if (!search->slot)
        return -1;
    return 0;
}

/* ---- where people could go ---- */

/* The place in the list of the first way that does not lead below the institution. */
static uint32_t way_at(const struct tr_ways *ways, uint32_t institution)
{
    uint32_t low = 0, high = ways->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (ways->list[middle].to < institution)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Makes a row of the list. */
static int widen(const struct tr_search *search, struct tr_ways *ways)
{
    uint32_t n = search->graph->n_institutions;

    ways->n_to = calloc(n, sizeof *ways->n_to);
    ways->looked = calloc(n, sizeof *ways->looked);
    ways->to = calloc(search->words, sizeof *ways->to);
    if (!ways->n_to || !ways->looked || !ways->to)
        return -1;
    for (uint32_t w = 0; w < ways->n; w++) {
        ways->n_to[ways->list[w].to] = ways->list[w].n;
        ways->looked[ways->list[w].to] = ways->list[w].looked;
        if (ways->list[w].n > 0)
            tr_search_set(ways->to, ways->list[w].to);
    }
    free(ways->list);
    ways->list = NULL;
    ways->n = ways->room = 0;
    return 0;
}

/* Drops the ways that nobody has, and makes room for more. */
static int make_room(struct tr_ways *ways, uint32_t more)
{
    uint32_t n = 0, room;
    struct tr_way *longer;

    for (uint32_t w = 0; w < ways->n; w++)
        if (ways->list[w].n > 0)
            ways->list[n++] = ways->list[w];
    ways->n = n;
    room = 2 * n + more;
    if (room <= ways->room)
        return 0;
    longer = realloc(ways->list, room * sizeof *longer);
    if (!longer)
        return -1;
    ways->list = longer;
    ways->room = room;
    return 0;
}

/* Adds the options of one person to the list, which has room for them. Both are ascending: they are
 * merged from their ends. */
static void merge(struct tr_ways *ways, const uint32_t *option, uint32_t n)
{
    uint32_t old = ways->n, here, fresh = 0;

    for (uint32_t e = 0, w = 0; e < n; e++) {
        while (w < old && ways->list[w].to < option[e])
            w++;
        fresh += w == old || ways->list[w].to != option[e];
    }
    ways->n = here = old + fresh;
    for (uint32_t e = n; e-- > 0;) {
        while (old > 0 && ways->list[old - 1].to > option[e])
            ways->list[--here] = ways->list[--old];
        if (old > 0 && ways->list[old - 1].to == option[e]) {
            ways->list[--here] = ways->list[--old];
            ways->list[here].n++;
        } else {
            ways->list[--here] = (struct tr_way){.to = option[e], .n = 1};
        }
    }
}

static void count_up(uint32_t *restrict n_to, uint64_t *restrict to, const uint32_t *option,
                     uint32_t n)
{
    for (uint32_t e = 0; e < n; e++)
        if (n_to[option[e]]++ == 0)
            tr_search_set(to, option[e]);
}

static void count_down(uint32_t *restrict n_to, uint64_t *restrict to, const uint32_t *option,
                       uint32_t n)
{
    for (uint32_t e = 0; e < n; e++)
        if (--n_to[option[e]] == 0)
            tr_search_unset(to, option[e]);
}

static int add_ways(struct tr_search *search, uint32_t institution, uint32_t person)
{
    const struct tr_graph *graph = search->graph;
    struct tr_ways *ways = &search->ways[institution];
    const uint32_t *option = graph->option + graph->from[person];
    uint32_t n = graph->from[person + 1] - graph->from[person];

    if (!ways->n_to && ways->room - ways->n < n && make_room(ways, n) < 0)
        return -1;
    if (!ways->n_to && (uint64_t)DENSE * (ways->n + n) >= graph->n_institutions &&
        widen(search, ways) < 0)
        return -1;
    if (ways->n_to)
        count_up(ways->n_to, ways->to, option, n);
    else
        merge(ways, option, n);
    return 0;
}

static void take_ways(struct tr_search *search, uint32_t institution, uint32_t person)
{
    const struct tr_graph *graph = search->graph;
    struct tr_ways *ways = &search->ways[institution];
    const uint32_t *option = graph->option + graph->from[person];
    uint32_t n = graph->from[person + 1] - graph->from[person];

    if (ways->n_to) {
        count_down(ways->n_to, ways->to, option, n);
        return;
    }
    for (uint32_t e = 0, w = n ? way_at(ways, option[0]) : 0; e < n; e++) {
        while (ways->list[w].to < option[e])
            w++;
        ways->list[w].n--;
    }
}

/* The mark of how far the slots were looked through for somebody who could go there. */
static uint32_t *looked_at(const struct tr_search *search, uint32_t from, uint32_t institution)
{
    struct tr_ways *ways = &search->ways[from];

    return ways->n_to ? &ways->looked[institution] : &ways->list[way_at(ways, institution)].looked;
}

/* ---- people at institutions ---- */

void tr_search_leave(struct tr_search *search, uint32_t person)
{
    uint32_t institution = search->where[person];

    search->slot[search->at[institution] + search->slot_of[person]] = NONE;
    take_ways(search, institution, person);
}

/* Closes up the slots of the institution. */
static void tidy(struct tr_search *search, uint32_t institution)
{
    uint32_t *slot = search->slot + search->at[institution], n = 0;
    struct tr_ways *ways = &search->ways[institution];

    for (uint32_t k = 0; k < search->n_slots[institution]; k++)
        if (slot[k] != NONE) {
            search->slot_of[slot[k]] = n;
            slot[n++] = slot[k];
        }
    search->n_slots[institution] = n;
    for (uint32_t w = 0; w < ways->n; w++)
        ways->list[w].looked = 0;
    if (ways->looked)
        memset(ways->looked, 0, search->graph->n_institutions * sizeof *ways->looked);
}

void tr_search_enter(struct tr_search *search, uint32_t person, uint32_t institution)
{
    if (search->n_slots[institution] == search->at[institution + 1] - search->at[institution])
        tidy(search, institution);
    search->where[person] = institution;
    search->slot_of[person] = search->n_slots[institution];
    search->slot[search->at[institution] + search->n_slots[institution]++] = person;
    search->failed |= add_ways(search, institution, person) < 0;
}

void tr_search_reach(struct tr_search *search, uint32_t institution, uint32_t by)
{
    tr_search_unset(search->left, institution);
    search->by[institution] = by;
    search->queue[search->n_queue++] = institution;
}

/* Reaches all that people at one institution could move to, lowest first; the wanted one that it
 * comes to, or NONE. */
static uint32_t follow_list(struct tr_search *search, uint32_t from)
{
    const struct tr_ways *ways = &search->ways[from];

    for (uint32_t w = 0; w < ways->n; w++) {
        uint32_t institution = ways->list[w].to;

        if (ways->list[w].n == 0 || !tr_search_is_set(search->left, institution))
            continue;
        tr_search_reach(search, institution, from);
        if (tr_search_is_set(search->wanted, institution))
            return institution;
    }
    return NONE;
}

static uint32_t follow_row(struct tr_search *search, uint32_t from)
{
    const uint64_t *to = search->ways[from].to;
    size_t words = search->words;

    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = to[w] & search->left[w]; bits; bits &= bits - 1) {
            uint32_t institution = (uint32_t)(w * TR_SEARCH_BITS) + (uint32_t)__builtin_ctzll(bits);

            tr_search_reach(search, institution, from);
            if (tr_search_is_set(search->wanted, institution))
                return institution;
        }
    return NONE;
}

uint32_t tr_search_follow(struct tr_search *search)
{
    uint32_t end = NONE;

    for (uint32_t q = 0; end == NONE && q < search->n_queue; q++)
        end = search->ways[search->queue[q]].to ? follow_row(search, search->queue[q])
                                                : follow_list(search, search->queue[q]);
    return end;
}

uint32_t tr_search_mover(struct tr_search *search, uint32_t from, uint32_t institution)
{
    uint32_t *looked = looked_at(search, from, institution), mover;

    while ((mover = search->slot[search->at[from] + *looked]) == NONE ||
           !tr_graph_is_option(search->graph, mover, institution))
        ++*looked;
    return mover;
}

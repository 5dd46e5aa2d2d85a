/* Placed first: everybody who can have a place gets one, then wishes are met in order of priority.
 *
 * Problem. People are placed by augmenting paths: for a newcomer, somebody already placed moves to
 * another option, whose place somebody else leaves, until a free place is reached. With n people
 * and m institutions a new search through all people for each of them costs too much; and when a
 * search fails, the person is owed a proof that no way of moving others would have helped.
 *
 * Idea. A search goes from institution to institution: i leads to j when somebody at i has j as an
 * option. A search that fails has reached a set of institutions that is closed: all are full, and
 * nobody in them has an option outside. No later step can open it: whoever is inside must stay
 * inside, so nobody else gets in. The set is cut off as a block of its own, below the block that it
 * was part of, and no search crosses the boundary again. The order of blocks, lowest first, is what
 * others call levels, and each boundary, with the person who met it, is one line of the proof.
 *
 * Invariant. Nobody below a boundary who may still move has an option above it. When wishes are
 * met, everybody may move until their wish is met and never after, so a boundary found then says
 * nothing of people whose wish was met before.
 *
 * Example. A and B have one place each, C has two. Per may go to A or B, Kari to A or B, Ola to A
 * or B, Eva to C. Per gets A, Kari gets B. Ola's search reaches A and B, finds no free place, and
 * fails: {A, B} becomes the lower block, found placing, since Ola. Eva gets C. Now Kari wishes for
 * A: the search starts at A, ends at B, which Kari leaves, and Per moves to B.
 *
 * Cost. Each person: one failed or successful search, at most m * m / 64 words, and after a failed
 * one its institutions are never searched again for a place. Memory: 8 bytes for each pair of
 * institutions.
 *
 * Source. Greedy on a transversal matroid: Edmonds and Fulkerson 1965. Closed sets: the condition
 * of Hall 1935, and Dulmage and Mendelsohn 1958, who order them. */
#include "domain/placement/match_own.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = TR_NOWHERE };

/* Institutions with no boundary between them yet. */
struct block {
    uint32_t above, below; /* the next blocks up and down, or NONE */
    struct tr_level level;
};

/* Sets of institutions are rows of bits, `words` words each. */
struct search {
    const struct tr_graph *graph;
    size_t words;
    uint32_t *where, *room; /* at this moment */
    uint64_t *roomy;        /* those with room > 0 */
    uint32_t *block_of;     /* of each institution */
    struct block *block;
    uint64_t *in_block; /* of each block: its institutions */
    uint32_t n_blocks;

    /* The people at an institution who may still move, each in a slot, the latest last; the slot of
     * somebody who left holds NONE. There are twice as many slots as there can be people, so that
     * slots need closing up seldom. */
    size_t *at; /* of each institution: its first slot; n_institutions + 1 */
    uint32_t *slot, *n_slots;
    uint32_t *slot_of; /* of each person, counted from the first of the institution */
    uint32_t *n_to;    /* [i][j]: how many people at institution i have j as an option */
    uint64_t *to;      /* of each i: the set of j with n_to[i][j] > 0 */
    uint32_t *looked;  /* [i][j]: nobody in the first so many slots of i has j as an option */

    /* the current search */
    uint64_t *left, *wanted;  /* institutions not reached yet; those that end it */
    uint32_t *queue, n_queue; /* institutions reached */
    uint32_t
        *by; /* of an institution reached: the institution that somebody would come from, or NONE */
};

enum { BITS = 64 };

static void set(uint64_t *row, uint32_t institution)
{
    row[institution / BITS] |= UINT64_C(1) << institution % BITS;
}

static void unset(uint64_t *row, uint32_t institution)
{
    row[institution / BITS] &= ~(UINT64_C(1) << institution % BITS);
}

static bool is_set(const uint64_t *row, uint32_t institution)
{
    return row[institution / BITS] >> institution % BITS & 1;
}

static void search_clear(struct search *search)
{
    void *each[] = {search->room,     search->roomy,  search->block_of, search->block,
                    search->in_block, search->at,     search->slot,     search->n_slots,
                    search->slot_of,  search->looked, search->n_to,     search->to,
                    search->left,     search->wanted, search->queue,    search->by};

    for (size_t e = 0; e < sizeof each / sizeof *each; e++)
        free(each[e]);
}

static int search_init(struct search *search, const struct tr_graph *graph, uint32_t *where)
{
    size_t n = graph->n_institutions + (size_t)1, people = graph->n_people + (size_t)1;
    size_t words = (n + BITS - 1) / BITS;

    *search = (struct search){
        .graph = graph, .where = where, .words = words, .at = tr_match_share_list(graph)};
    search->room = malloc(n * sizeof *search->room);
    search->roomy = calloc(words, sizeof *search->roomy);
    search->block_of = calloc(n, sizeof *search->block_of);
    search->block = malloc(n * sizeof *search->block);
    search->in_block = calloc(n * words, sizeof *search->in_block);
    search->n_slots = calloc(n, sizeof *search->n_slots);
    search->slot_of = malloc(people * sizeof *search->slot_of);
    search->looked = calloc(n, n * sizeof *search->looked);
    search->n_to = calloc(n, n * sizeof *search->n_to);
    search->to = calloc(n * words, sizeof *search->to);
    search->left = malloc(words * sizeof *search->left);
    search->wanted = malloc(words * sizeof *search->wanted);
    search->queue = malloc(n * sizeof *search->queue);
    search->by = malloc(n * sizeof *search->by);
    if (!search->room || !search->roomy || !search->block_of || !search->block ||
        !search->in_block || !search->at || !search->n_slots || !search->slot_of ||
        !search->looked || !search->n_to || !search->to || !search->left || !search->wanted ||
        !search->queue || !search->by)
        return -1;
    for (uint32_t institution = 0; institution < graph->n_institutions; institution++) {
        search->room[institution] = graph->room[institution];
        if (search->room[institution] > 0)
            set(search->roomy, institution);
        set(search->in_block, institution);
    }
    for (uint32_t institution = 0; institution <= graph->n_institutions; institution++)
        search->at[institution] *= 2;
    search->slot = malloc((search->at[graph->n_institutions] + 1) * sizeof *search->slot);
    if (!search->slot)
        return -1;
    search->block[0] = (struct block){.above = NONE, .below = NONE};
    search->n_blocks = 1;
    return 0;
}

static void leave(struct search *search, uint32_t person)
{
    const struct tr_graph *graph = search->graph;
    uint32_t institution = search->where[person],
             *n_to = search->n_to + (size_t)institution * graph->n_institutions;

    search->slot[search->at[institution] + search->slot_of[person]] = NONE;
    for (uint32_t e = graph->from[person]; e < graph->from[person + 1]; e++)
        if (--n_to[graph->option[e]] == 0)
            unset(search->to + institution * search->words, graph->option[e]);
}

/* Closes up the slots of the institution. */
static void tidy(struct search *search, uint32_t institution)
{
    uint32_t *slot = search->slot + search->at[institution], n = 0;

    for (uint32_t k = 0; k < search->n_slots[institution]; k++)
        if (slot[k] != NONE) {
            search->slot_of[slot[k]] = n;
            slot[n++] = slot[k];
        }
    search->n_slots[institution] = n;
    memset(search->looked + (size_t)institution * search->graph->n_institutions, 0,
           search->graph->n_institutions * sizeof *search->looked);
}

static void enter(struct search *search, uint32_t person, uint32_t institution)
{
    const struct tr_graph *graph = search->graph;
    uint32_t *n_to = search->n_to + (size_t)institution * graph->n_institutions;

    if (search->n_slots[institution] == search->at[institution + 1] - search->at[institution])
        tidy(search, institution);
    search->where[person] = institution;
    search->slot_of[person] = search->n_slots[institution];
    search->slot[search->at[institution] + search->n_slots[institution]++] = person;
    for (uint32_t e = graph->from[person]; e < graph->from[person + 1]; e++)
        if (n_to[graph->option[e]]++ == 0)
            set(search->to + institution * search->words, graph->option[e]);
}

static void start(struct search *search, uint32_t block, uint32_t target)
{
    search->n_queue = 0;
    memcpy(search->left, search->in_block + block * search->words,
           search->words * sizeof *search->left);
    memcpy(search->wanted, search->roomy, search->words * sizeof *search->wanted);
    if (target != NONE)
        set(search->wanted, target);
}

static void reach(struct search *search, uint32_t institution, uint32_t by)
{
    unset(search->left, institution);
    search->by[institution] = by;
    search->queue[search->n_queue++] = institution;
}

/* Follows the moves that people could make inside one block, from the institutions reached, until
 * it reaches a wanted one; gives that, or NONE when there is none to reach. */
static uint32_t follow(struct search *search)
{
    for (uint32_t q = 0; q < search->n_queue; q++) {
        uint32_t from = search->queue[q];
        const uint64_t *to = search->to + from * search->words;

        for (size_t w = 0; w < search->words; w++)
            for (uint64_t bits = to[w] & search->left[w]; bits; bits &= bits - 1) {
                uint32_t institution = (uint32_t)(w * BITS) + (uint32_t)__builtin_ctzll(bits);

                reach(search, institution, from);
                if (is_set(search->wanted, institution))
                    return institution;
            }
    }
    return NONE;
}

/* Follows the path found back from its end: one person moves along each step, and at the beginning,
 * where there is room now, the person comes in. */
static void move(struct search *search, uint32_t institution, uint32_t person)
{
    while (search->by[institution] != NONE) {
        uint32_t from = search->by[institution], mover;
        uint32_t *looked =
            &search->looked[(size_t)from * search->graph->n_institutions + institution];

        while ((mover = search->slot[search->at[from] + *looked]) == NONE ||
               !tr_graph_is_option(search->graph, mover, institution))
            ++*looked;
        leave(search, mover);
        enter(search, mover, institution);
        institution = from;
    }
    enter(search, person, institution);
}

/* Parts the institutions reached from their block: they become the block just below it. */
static void split(struct search *search, uint32_t block, struct tr_level level)
{
    uint32_t lower = search->n_blocks++, below = search->block[block].below;

    search->block[lower] = (struct block){.above = block, .below = below, .level = level};
    search->block[block].below = lower;
    if (below != NONE)
        search->block[below].above = lower;
    for (uint32_t q = 0; q < search->n_queue; q++) {
        search->block_of[search->queue[q]] = lower;
        unset(search->in_block + block * search->words, search->queue[q]);
        set(search->in_block + lower * search->words, search->queue[q]);
    }
}

static void take(struct search *search, uint32_t institution)
{
    if (--search->room[institution] == 0)
        unset(search->roomy, institution);
}

/* Places the person, moving others if need be. Block 0 has the institutions that are still open; it
 * stays the highest. */
static void place(struct search *search, uint32_t person)
{
    const struct tr_graph *graph = search->graph;
    uint32_t institution = tr_match_free_option(graph, search->room, person);

    if (institution != NONE) {
        take(search, institution);
        enter(search, person, institution);
        return;
    }
    start(search, 0, NONE);
    for (uint32_t e = graph->from[person]; institution == NONE && e < graph->from[person + 1]; e++)
        if (search->block_of[graph->option[e]] == 0)
            reach(search, graph->option[e], NONE);
    institution = follow(search);
    if (institution != NONE) {
        take(search, institution);
        move(search, institution, person);
    } else if (search->n_queue > 0) {
        split(search, 0, (struct tr_level){.placing = true, .since = person});
    }
}

/* Gives the person the wished institution if others can make room by moving. Returns whether it
 * did. */
static bool grant(struct search *search, uint32_t person, uint32_t wish)
{
    uint32_t here = search->where[person], block = search->block_of[here], end;

    if (search->block_of[wish] != block)
        return false; /* below, and closed */
    start(search, block, here);
    reach(search, wish, NONE);
    end = search->room[wish] > 0 ? wish : follow(search);
    if (end == NONE) {
        split(search, block, (struct tr_level){.since = person});
        return false;
    }
    leave(search, person);
    if (end != here) {
        take(search, end);
        search->room[here]++;
        set(search->roomy, here);
    }
    move(search, end, person);
    return true;
}

static void meet_wishes(struct search *search, uint32_t person)
{
    const struct tr_graph *graph = search->graph;

    if (search->where[person] == NONE)
        return;
    for (uint32_t w = graph->wish_from[person]; w < graph->wish_from[person + 1]; w++)
        if (search->where[person] == graph->wish[w] || grant(search, person, graph->wish[w])) {
            leave(search, person); /* and stays for good */
            return;
        }
}

/* Numbers the blocks from the lowest. */
static int give_levels(const struct search *search, struct tr_match *out)
{
    uint32_t *number = malloc(search->n_blocks * sizeof *number), n_numbered = 0, block = 0;

    out->level = malloc(search->n_blocks * sizeof *out->level);
    if (!number || !out->level) {
        free(number);
        return -1;
    }
    while (search->block[block].below != NONE)
        block = search->block[block].below;
    for (; block != NONE; block = search->block[block].above) {
        number[block] = n_numbered;
        out->level[n_numbered++] = search->block[block].level;
    }
    out->n_levels = n_numbered;
    for (uint32_t institution = 0; institution < search->graph->n_institutions; institution++)
        out->level_of[institution] = number[search->block_of[institution]];
    free(number);
    return 0;
}

int tr_match_placed_first(const struct tr_graph *graph, bool wishes, struct tr_match *out)
{
    struct search search;
    int rc = search_init(&search, graph, out->where);

    for (uint32_t person = 0; rc == 0 && person < graph->n_people; person++)
        place(&search, person);
    for (uint32_t person = 0; rc == 0 && wishes && person < graph->n_people; person++)
        meet_wishes(&search, person);
    if (rc == 0)
        rc = give_levels(&search, out);
    search_clear(&search);
    return rc;
}

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
 * Cost. Each person: one failed or successful search, which looks at each institution once, and at
 * what people there have as options; after a failed one its institutions are never searched again
 * for a place. Memory: in proportion to the edges, see struct tr_ways.
 *
 * Source. Greedy on a transversal matroid: Edmonds and Fulkerson 1965. Closed sets: the condition
 * of Hall 1935, and Dulmage and Mendelsohn 1958, who order them. */
#include "domain/placement/match_search_own.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = TR_NOWHERE };

/* All institutions in one block. */
static void init_block(struct tr_search *search)
{
    uint32_t n = search->graph->n_institutions;

    for (uint32_t w = 0; w * TR_SEARCH_BITS < n; w++)
        search->word[w] = (struct tr_word){w, n - w * TR_SEARCH_BITS < TR_SEARCH_BITS
                                                  ? (UINT64_C(1) << (n - w * TR_SEARCH_BITS)) - 1
                                                  : UINT64_MAX};
    search->block[0] = (struct tr_block){
        .above = NONE, .below = NONE, .n_words = (n + TR_SEARCH_BITS - 1) / TR_SEARCH_BITS};
    search->n_blocks = 1;
}

static void start(struct tr_search *search, uint32_t block, uint32_t target)
{
    const struct tr_word *word = search->word + search->block[block].first;

    search->n_queue = 0;
    memset(search->left, 0, search->words * sizeof *search->left);
    for (uint32_t w = 0; w < search->block[block].n_words; w++)
        search->left[word[w].at] = word[w].bits;
    memcpy(search->wanted, search->roomy, search->words * sizeof *search->wanted);
    if (target != NONE)
        tr_search_set(search->wanted, target);
}

/* Follows the path found back from its end: one person moves along each step, and at the beginning,
 * where there is room now, the person comes in. */
static void move(struct tr_search *search, uint32_t institution, uint32_t person)
{
    while (search->by[institution] != NONE) {
        uint32_t from = search->by[institution], mover = tr_search_mover(search, from, institution);

        tr_search_leave(search, mover);
        tr_search_enter(search, mover, institution);
        institution = from;
    }
    tr_search_enter(search, person, institution);
}

/* Lists the words of a block that are among those of another: those that were reached, or were not.
 * All institutions of the block are in `left`, but for those reached. */
static uint32_t pick(const struct tr_search *search, uint32_t n_words, bool reached,
                     struct tr_word *to)
{
    uint32_t n = 0;

    for (uint32_t w = 0; w < n_words; w++) {
        struct tr_word word = search->spare[w];

        word.bits &= reached ? ~search->left[word.at] : search->left[word.at];
        if (word.bits)
            to[n++] = word;
    }
    return n;
}

/* Parts the institutions reached from their block: they become the block just below it. */
static void split(struct tr_search *search, uint32_t block, struct tr_level level)
{
    struct tr_block *upper = &search->block[block], *lower = &search->block[search->n_blocks];
    uint32_t n_words = upper->n_words;

    *lower = (struct tr_block){
        .above = block, .below = upper->below, .level = level, .first = upper->first};
    upper->below = search->n_blocks;
    if (lower->below != NONE)
        search->block[lower->below].above = search->n_blocks;
    memcpy(search->spare, search->word + upper->first, n_words * sizeof *search->spare);
    upper->first += search->n_queue;
    lower->n_words = pick(search, n_words, true, search->word + lower->first);
    upper->n_words = pick(search, n_words, false, search->word + upper->first);
    for (uint32_t q = 0; q < search->n_queue; q++)
        search->block_of[search->queue[q]] = search->n_blocks;
    search->n_blocks++;
}

static void take(struct tr_search *search, uint32_t institution)
{
    if (--search->room[institution] == 0)
        tr_search_unset(search->roomy, institution);
}

/* Places the person, moving others if need be. Block 0 has the institutions that are still open; it
 * stays the highest. */
static void place(struct tr_search *search, uint32_t person)
{
    const struct tr_graph *graph = search->graph;
    uint32_t institution = tr_match_free_option(graph, search->room, person);

    if (institution != NONE) {
        take(search, institution);
        tr_search_enter(search, person, institution);
        return;
    }
    start(search, 0, NONE);
    for (uint32_t e = graph->from[person]; institution == NONE && e < graph->from[person + 1]; e++)
        if (search->block_of[graph->option[e]] == 0)
            tr_search_reach(search, graph->option[e], NONE);
    institution = tr_search_follow(search);
    if (institution != NONE) {
        take(search, institution);
        move(search, institution, person);
    } else if (search->n_queue > 0) {
        split(search, 0, (struct tr_level){.placing = true, .since = person});
    }
}

/* Gives the person the wished institution if others can make room by moving. Returns whether it
 * did. */
static bool grant(struct tr_search *search, uint32_t person, uint32_t wish)
{
    uint32_t here = search->where[person], block = search->block_of[here], end;

    if (search->block_of[wish] != block)
        return false; /* below, and closed */
    start(search, block, here);
    tr_search_reach(search, wish, NONE);
    end = search->room[wish] > 0 ? wish : tr_search_follow(search);
    if (end == NONE) {
        split(search, block, (struct tr_level){.since = person});
        return false;
    }
    tr_search_leave(search, person);
    if (end != here) {
        take(search, end);
        search->room[here]++;
        tr_search_set(search->roomy, here);
    }
    move(search, end, person);
    return true;
}

static void meet_wishes(struct tr_search *search, uint32_t person)
{
    const struct tr_graph *graph = search->graph;

    if (search->where[person] == NONE)
        return;
    for (uint32_t w = graph->wish_from[person]; w < graph->wish_from[person + 1]; w++)
        if (search->where[person] == graph->wish[w] || grant(search, person, graph->wish[w])) {
            tr_search_leave(search, person); /* and stays for good */
            return;
        }
}

/* Numbers the blocks from the lowest. */
static int give_levels(const struct tr_search *search, struct tr_match *out)
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

void tr_search_place_all(struct tr_search *search)
{
    init_block(search);
    for (uint32_t person = 0; !search->failed && person < search->graph->n_people; person++)
        place(search, person);
}

int tr_match_placed_first(const struct tr_graph *graph, bool wishes, struct tr_match *out)
{
    struct tr_search search;
    int rc = tr_search_init(&search, graph, out->where);

    if (rc == 0)
        tr_search_place_all(&search);
    for (uint32_t person = 0; rc == 0 && !search.failed && wishes && person < graph->n_people;
         person++)
        meet_wishes(&search, person);
    if (search.failed)
        rc = -1;
    if (rc == 0)
        rc = give_levels(&search, out);
    tr_search_clear(&search);
    return rc;
}

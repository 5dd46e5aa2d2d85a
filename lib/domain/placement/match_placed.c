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
 * for a place. Memory: in proportion to the edges, see struct ways.
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
    uint32_t first, n_words; /* its institutions: so many of search.words from there */
};

/* 64 institutions, of which those of one block. */
struct word {
    uint32_t at; /* the first of them, divided by 64 */
    uint64_t bits;
};

/* Where the people at an institution could go: how many have each as an option. Few are kept in a
 * list, ascending by `to`; as soon as they are more than one in DENSE of all institutions, the list
 * becomes a row with a number for each. Either takes memory in proportion to the options of the
 * people there, and gives the same in the same order. */
struct ways {
    struct way {
        uint32_t to, n;  /* n may be 0 */
        uint32_t looked; /* nobody in the first so many slots has it as an option */
    } * list;
    uint32_t n, room;
    uint32_t *n_to, *looked; /* the row; NULL as long as there is a list */
    uint64_t *to;            /* bits: those with n_to > 0 */
};

/* Sets of institutions are rows of bits, `words` words each. */
struct search {
    const struct tr_graph *graph;
    size_t words;
    bool failed;            /* memory; then nothing is searched any more */
    uint32_t *where, *room; /* at this moment */
    uint64_t *roomy;        /* those with room > 0 */
    uint32_t *block_of;     /* of each institution */
    struct block *block;
    uint32_t n_blocks;
    struct word *word, *spare; /* of all blocks, one after another; a block has room there for as
                                  many as it has institutions */

    /* The people at an institution who may still move, each in a slot, the latest last; the slot of
     * somebody who left holds NONE. There are twice as many slots as there can be people, so that
     * slots need closing up seldom. */
    size_t *at; /* of each institution: its first slot; n_institutions + 1 */
    uint32_t *slot, *n_slots;
    uint32_t *slot_of; /* of each person, counted from the first of the institution */
    struct ways *ways; /* of each institution */

    /* the current search */
    uint64_t *left, *wanted;  /* institutions not reached yet; those that end it */
    uint32_t *queue, n_queue; /* institutions reached */
    uint32_t
        *by; /* of an institution reached: the institution that somebody would come from, or NONE */
};

enum { BITS = 64, DENSE = 8 };

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

/* All institutions in one block. */
static void init_block(struct search *search)
{
    uint32_t n = search->graph->n_institutions;

    for (uint32_t w = 0; w * BITS < n; w++)
        search->word[w] = (struct word){w, n - w * BITS < BITS ? (UINT64_C(1) << (n - w * BITS)) - 1
                                                               : UINT64_MAX};
    search->block[0] =
        (struct block){.above = NONE, .below = NONE, .n_words = (n + BITS - 1) / BITS};
    search->n_blocks = 1;
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
            set(search->roomy, institution);
    }
    for (uint32_t institution = 0; institution <= graph->n_institutions; institution++)
        search->at[institution] *= 2;
    search->slot = malloc((search->at[graph->n_institutions] + 1) * sizeof *search->slot);
    if (!search->slot)
        return -1;
    init_block(search);
    return 0;
}

/* ---- where people could go ---- */

/* The place in the list of the first way that does not lead below the institution. */
static uint32_t way_at(const struct ways *ways, uint32_t institution)
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
static int widen(const struct search *search, struct ways *ways)
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
            set(ways->to, ways->list[w].to);
    }
    free(ways->list);
    ways->list = NULL;
    ways->n = ways->room = 0;
    return 0;
}

/* Drops the ways that nobody has, and makes room for more. */
static int make_room(struct ways *ways, uint32_t more)
{
    uint32_t n = 0, room;
    struct way *longer;

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
static void merge(struct ways *ways, const uint32_t *option, uint32_t n)
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
            ways->list[--here] = (struct way){.to = option[e], .n = 1};
        }
    }
}

static void count_up(uint32_t *restrict n_to, uint64_t *restrict to, const uint32_t *option,
                     uint32_t n)
{
    for (uint32_t e = 0; e < n; e++)
        if (n_to[option[e]]++ == 0)
            set(to, option[e]);
}

static void count_down(uint32_t *restrict n_to, uint64_t *restrict to, const uint32_t *option,
                       uint32_t n)
{
    for (uint32_t e = 0; e < n; e++)
        if (--n_to[option[e]] == 0)
            unset(to, option[e]);
}

static int add_ways(struct search *search, uint32_t institution, uint32_t person)
{
    const struct tr_graph *graph = search->graph;
    struct ways *ways = &search->ways[institution];
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

static void take_ways(struct search *search, uint32_t institution, uint32_t person)
{
    const struct tr_graph *graph = search->graph;
    struct ways *ways = &search->ways[institution];
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
static uint32_t *looked_at(const struct search *search, uint32_t from, uint32_t institution)
{
    struct ways *ways = &search->ways[from];

    return ways->n_to ? &ways->looked[institution] : &ways->list[way_at(ways, institution)].looked;
}

/* ---- people at institutions ---- */

static void leave(struct search *search, uint32_t person)
{
    uint32_t institution = search->where[person];

    search->slot[search->at[institution] + search->slot_of[person]] = NONE;
    take_ways(search, institution, person);
}

/* Closes up the slots of the institution. */
static void tidy(struct search *search, uint32_t institution)
{
    uint32_t *slot = search->slot + search->at[institution], n = 0;
    struct ways *ways = &search->ways[institution];

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

static void enter(struct search *search, uint32_t person, uint32_t institution)
{
    if (search->n_slots[institution] == search->at[institution + 1] - search->at[institution])
        tidy(search, institution);
    search->where[person] = institution;
    search->slot_of[person] = search->n_slots[institution];
    search->slot[search->at[institution] + search->n_slots[institution]++] = person;
    search->failed |= add_ways(search, institution, person) < 0;
}

static void start(struct search *search, uint32_t block, uint32_t target)
{
    const struct word *word = search->word + search->block[block].first;

    search->n_queue = 0;
    memset(search->left, 0, search->words * sizeof *search->left);
    for (uint32_t w = 0; w < search->block[block].n_words; w++)
        search->left[word[w].at] = word[w].bits;
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

/* Reaches all that people at one institution could move to, lowest first; the wanted one that it
 * comes to, or NONE. */
static uint32_t follow_list(struct search *search, uint32_t from)
{
    const struct ways *ways = &search->ways[from];

    for (uint32_t w = 0; w < ways->n; w++) {
        uint32_t institution = ways->list[w].to;

        if (ways->list[w].n == 0 || !is_set(search->left, institution))
            continue;
        reach(search, institution, from);
        if (is_set(search->wanted, institution))
            return institution;
    }
    return NONE;
}

static uint32_t follow_row(struct search *search, uint32_t from)
{
    const uint64_t *to = search->ways[from].to;
    size_t words = search->words;

    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = to[w] & search->left[w]; bits; bits &= bits - 1) {
            uint32_t institution = (uint32_t)(w * BITS) + (uint32_t)__builtin_ctzll(bits);

            reach(search, institution, from);
            if (is_set(search->wanted, institution))
                return institution;
        }
    return NONE;
}

/* Follows the moves that people could make inside one block, from the institutions reached, until
 * it reaches a wanted one; gives that, or NONE when there is none to reach. */
static uint32_t follow(struct search *search)
{
    uint32_t end = NONE;

    for (uint32_t q = 0; end == NONE && q < search->n_queue; q++)
        end = search->ways[search->queue[q]].to ? follow_row(search, search->queue[q])
                                                : follow_list(search, search->queue[q]);
    return end;
}

/* Follows the path found back from its end: one person moves along each step, and at the beginning,
 * where there is room now, the person comes in. */
static void move(struct search *search, uint32_t institution, uint32_t person)
{
    while (search->by[institution] != NONE) {
        uint32_t from = search->by[institution], mover;
        uint32_t *looked = looked_at(search, from, institution);

        while ((mover = search->slot[search->at[from] + *looked]) == NONE ||
               !tr_graph_is_option(search->graph, mover, institution))
            ++*looked;
        leave(search, mover);
        enter(search, mover, institution);
        institution = from;
    }
    enter(search, person, institution);
}

/* Lists the words of a block that are among those of another: those that were reached, or were not.
 * All institutions of the block are in `left`, but for those reached. */
static uint32_t pick(const struct search *search, uint32_t n_words, bool reached, struct word *to)
{
    uint32_t n = 0;

    for (uint32_t w = 0; w < n_words; w++) {
        struct word word = search->spare[w];

        word.bits &= reached ? ~search->left[word.at] : search->left[word.at];
        if (word.bits)
            to[n++] = word;
    }
    return n;
}

/* Parts the institutions reached from their block: they become the block just below it. */
static void split(struct search *search, uint32_t block, struct tr_level level)
{
    struct block *upper = &search->block[block], *lower = &search->block[search->n_blocks];
    uint32_t n_words = upper->n_words;

    *lower = (struct block){
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

    for (uint32_t person = 0; rc == 0 && !search.failed && person < graph->n_people; person++)
        place(&search, person);
    for (uint32_t person = 0; rc == 0 && !search.failed && wishes && person < graph->n_people;
         person++)
        meet_wishes(&search, person);
    if (search.failed)
        rc = -1;
    if (rc == 0)
        rc = give_levels(&search, out);
    search_clear(&search);
    return rc;
}

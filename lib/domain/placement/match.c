#include "domain/placement/match.h"

#include <stdlib.h>
#include <string.h>

const char *const tr_policy_names[TR_N_POLICIES + 1] = {"placed-first", "wish-first",
                                                        "own-priorities", NULL};

enum { NONE = TR_NOWHERE };

uint32_t tr_graph_wish(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    for (uint32_t w = g->wish_from[p]; w < g->wish_from[p + 1]; w++)
        if (g->wish[w] == i)
            return w - g->wish_from[p];
    return NONE;
}

void tr_match_clear(struct tr_match *m)
{
    free(m->where);
    free(m->level_of);
    free(m->level);
    *m = (struct tr_match){0};
}

/* How many people have each institution as an option: it never takes more. NULL: memory. */
static uint32_t *count_asking(const struct tr_graph *g)
{
    uint32_t *asking = calloc(g->n_institutions + (size_t)1, sizeof *asking);

    for (uint32_t e = 0; asking && e < g->from[g->n_people]; e++)
        asking[g->option[e]]++;
    return asking;
}

/* Where the people of each institution are kept, one institution after another, when all of them
 * share one list: of each, and behind the last the length of the list. NULL: memory. */
static size_t *share_list(const struct tr_graph *g)
{
    uint32_t *asking = count_asking(g);
    size_t *at = malloc((g->n_institutions + (size_t)1) * sizeof *at), n = 0;

    for (uint32_t i = 0; at && asking && i < g->n_institutions; i++) {
        at[i] = n;
        n += g->room[i] < asking[i] ? g->room[i] : asking[i];
    }
    if (at && asking)
        at[g->n_institutions] = n;
    if (!asking) {
        free(at);
        at = NULL;
    }
    free(asking);
    return at;
}

/* The last of p's options that is not above i; p has some. */
static uint32_t option_at(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    uint32_t low = g->from[p], high = g->from[p + 1];

    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;

        if (g->option[middle] <= i)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool is_option(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    return g->option[option_at(g, p, i)] == i;
}

/* ---- placed first ---- */

/* A run of levels with no boundary between them yet. */
struct block {
    uint32_t above, below; /* the blocks next to it, or NONE */
    struct tr_level level;
};

/* Sets of institutions are rows of bits, `words` words each. A search goes from institution to
 * institution, not from person to person, so that it costs no more with more people: to[i] says
 * where somebody at i may go, and only along the way found is a person looked for. */
struct search {
    const struct tr_graph *g;
    size_t words;
    uint32_t *where, *room; /* as it stands */
    uint64_t *roomy;        /* those with room > 0 */
    uint32_t *block_of;     /* of each institution */
    struct block *block;
    uint64_t *in_block; /* of each block: its institutions */
    uint32_t n_blocks;

    /* People at an institution who may still move, in slots, the newest last; NONE: has left.
     * There are twice as many slots as there can be people, so that tidying up is seldom. */
    size_t *at; /* of each institution: its first slot; n_institutions + 1 */
    uint32_t *slot, *n_slots;
    uint32_t *slot_of; /* of each person, from the first of the institution */
    uint32_t *n_to;    /* [i][j]: how many people at i have j as an option */
    uint64_t *to;      /* of each institution i: the j with n_to[i][j] > 0 */
    uint32_t *looked;  /* [i][j]: in so many slots of i is nobody who has j as an option */

    /* the search in hand */
    uint64_t *left, *wanted;  /* institutions not reached yet; those that end it */
    uint32_t *queue, n_queue; /* institutions reached */
    uint32_t *by; /* of an institution reached: where somebody would come from, or NONE */
};

enum { BITS = 64 };

static void set(uint64_t *row, uint32_t i)
{
    row[i / BITS] |= UINT64_C(1) << i % BITS;
}

static void unset(uint64_t *row, uint32_t i)
{
    row[i / BITS] &= ~(UINT64_C(1) << i % BITS);
}

static bool is_set(const uint64_t *row, uint32_t i)
{
    return row[i / BITS] >> i % BITS & 1;
}

static void search_clear(struct search *s)
{
    void *each[] = {s->room, s->roomy,   s->block_of, s->block,  s->in_block, s->at,
                    s->slot, s->n_slots, s->slot_of,  s->looked, s->n_to,     s->to,
                    s->left, s->wanted,  s->queue,    s->by};

    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        free(each[i]);
}

static int search_init(struct search *s, const struct tr_graph *g, uint32_t *where)
{
    size_t n = g->n_institutions + (size_t)1, people = g->n_people + (size_t)1;
    size_t words = (n + BITS - 1) / BITS;

    *s = (struct search){.g = g, .where = where, .words = words, .at = share_list(g)};
    s->room = malloc(n * sizeof *s->room);
    s->roomy = calloc(words, sizeof *s->roomy);
    s->block_of = calloc(n, sizeof *s->block_of);
    s->block = malloc(n * sizeof *s->block);
    s->in_block = calloc(n * words, sizeof *s->in_block);
    s->n_slots = calloc(n, sizeof *s->n_slots);
    s->slot_of = malloc(people * sizeof *s->slot_of);
    s->looked = calloc(n, n * sizeof *s->looked);
    s->n_to = calloc(n, n * sizeof *s->n_to);
    s->to = calloc(n * words, sizeof *s->to);
    s->left = malloc(words * sizeof *s->left);
    s->wanted = malloc(words * sizeof *s->wanted);
    s->queue = malloc(n * sizeof *s->queue);
    s->by = malloc(n * sizeof *s->by);
    if (!s->room || !s->roomy || !s->block_of || !s->block || !s->in_block || !s->at ||
        !s->n_slots || !s->slot_of || !s->looked || !s->n_to || !s->to || !s->left || !s->wanted ||
        !s->queue || !s->by)
        return -1;
    for (uint32_t i = 0; i < g->n_institutions; i++) {
        s->room[i] = g->room[i];
        if (s->room[i] > 0)
            set(s->roomy, i);
        set(s->in_block, i);
    }
    for (uint32_t i = 0; i <= g->n_institutions; i++)
        s->at[i] *= 2;
    s->slot = malloc((s->at[g->n_institutions] + 1) * sizeof *s->slot);
    if (!s->slot)
        return -1;
    s->block[0] = (struct block){.above = NONE, .below = NONE};
    s->n_blocks = 1;
    return 0;
}

static void leave(struct search *s, uint32_t p)
{
    const struct tr_graph *g = s->g;
    uint32_t i = s->where[p], *n_to = s->n_to + (size_t)i * g->n_institutions;

    s->slot[s->at[i] + s->slot_of[p]] = NONE;
    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++)
        if (--n_to[g->option[e]] == 0)
            unset(s->to + i * s->words, g->option[e]);
}

/* Takes the slots of i together that are in use. */
static void tidy(struct search *s, uint32_t i)
{
    uint32_t *slot = s->slot + s->at[i], n = 0;

    for (uint32_t k = 0; k < s->n_slots[i]; k++)
        if (slot[k] != NONE) {
            s->slot_of[slot[k]] = n;
            slot[n++] = slot[k];
        }
    s->n_slots[i] = n;
    memset(s->looked + (size_t)i * s->g->n_institutions, 0,
           s->g->n_institutions * sizeof *s->looked);
}

static void enter(struct search *s, uint32_t p, uint32_t i)
{
    const struct tr_graph *g = s->g;
    uint32_t *n_to = s->n_to + (size_t)i * g->n_institutions;

    if (s->n_slots[i] == s->at[i + 1] - s->at[i])
        tidy(s, i);
    s->where[p] = i;
    s->slot_of[p] = s->n_slots[i];
    s->slot[s->at[i] + s->n_slots[i]++] = p;
    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++)
        if (n_to[g->option[e]]++ == 0)
            set(s->to + i * s->words, g->option[e]);
}

static void start(struct search *s, uint32_t block, uint32_t target)
{
    s->n_queue = 0;
    memcpy(s->left, s->in_block + block * s->words, s->words * sizeof *s->left);
    memcpy(s->wanted, s->roomy, s->words * sizeof *s->wanted);
    if (target != NONE)
        set(s->wanted, target);
}

static void reach(struct search *s, uint32_t i, uint32_t by)
{
    unset(s->left, i);
    s->by[i] = by;
    s->queue[s->n_queue++] = i;
}

/* Follows moves inside one block from the institutions reached, until one is wanted; gives it, or
 * NONE when the search is exhausted. */
static uint32_t follow(struct search *s)
{
    for (uint32_t q = 0; q < s->n_queue; q++) {
        uint32_t from = s->queue[q];
        const uint64_t *to = s->to + from * s->words;

        for (size_t w = 0; w < s->words; w++)
            for (uint64_t bits = to[w] & s->left[w]; bits; bits &= bits - 1) {
                uint32_t i = (uint32_t)(w * BITS) + (uint32_t)__builtin_ctzll(bits);

                reach(s, i, from);
                if (is_set(s->wanted, i))
                    return i;
            }
    }
    return NONE;
}

/* Moves everybody along the way to institution i, back to where the search began, and person p
 * there. A person who had no place before has none to leave. */
static void move(struct search *s, uint32_t i, uint32_t p)
{
    while (s->by[i] != NONE) {
        uint32_t from = s->by[i], mover;
        uint32_t *looked = &s->looked[(size_t)from * s->g->n_institutions + i];

        while ((mover = s->slot[s->at[from] + *looked]) == NONE || !is_option(s->g, mover, i))
            ++*looked;
        leave(s, mover);
        enter(s, mover, i);
        i = from;
    }
    enter(s, p, i);
}

/* Makes the institutions reached a level of their own, below the rest of their block. */
static void split(struct search *s, uint32_t block, struct tr_level level)
{
    uint32_t b = s->n_blocks++, below = s->block[block].below;

    s->block[b] = (struct block){.above = block, .below = below, .level = level};
    s->block[block].below = b;
    if (below != NONE)
        s->block[below].above = b;
    for (uint32_t q = 0; q < s->n_queue; q++) {
        s->block_of[s->queue[q]] = b;
        unset(s->in_block + block * s->words, s->queue[q]);
        set(s->in_block + b * s->words, s->queue[q]);
    }
}

/* The first wish with room, else the first option with room, or NONE. */
static uint32_t free_option(const struct search *s, uint32_t p)
{
    const struct tr_graph *g = s->g;

    for (uint32_t w = g->wish_from[p]; w < g->wish_from[p + 1]; w++)
        if (s->room[g->wish[w]] > 0)
            return g->wish[w];
    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++)
        if (s->room[g->option[e]] > 0)
            return g->option[e];
    return NONE;
}

static void take(struct search *s, uint32_t i)
{
    if (--s->room[i] == 0)
        unset(s->roomy, i);
}

/* Places p, moving others if that helps. The open institutions are block 0, which stays highest. */
static void place(struct search *s, uint32_t p)
{
    const struct tr_graph *g = s->g;
    uint32_t i = free_option(s, p);

    if (i != NONE) {
        take(s, i);
        enter(s, p, i);
        return;
    }
    start(s, 0, NONE);
    for (uint32_t e = g->from[p]; i == NONE && e < g->from[p + 1]; e++)
        if (s->block_of[g->option[e]] == 0)
            reach(s, g->option[e], NONE);
    i = follow(s);
    if (i != NONE) {
        take(s, i);
        move(s, i, p);
    } else if (s->n_queue > 0) {
        split(s, 0, (struct tr_level){.placing = true, .since = p});
    }
}

/* Whether p can have wish w, its others moving; then it does. */
static bool grant(struct search *s, uint32_t p, uint32_t w)
{
    uint32_t here = s->where[p], block = s->block_of[here], end;

    if (s->block_of[w] != block)
        return false; /* below, and closed */
    start(s, block, here);
    reach(s, w, NONE);
    end = s->room[w] > 0 ? w : follow(s);
    if (end == NONE) {
        split(s, block, (struct tr_level){.since = p});
        return false;
    }
    leave(s, p);
    if (end != here) {
        take(s, end);
        s->room[here]++;
        set(s->roomy, here);
    }
    move(s, end, p);
    return true;
}

static void meet_wishes(struct search *s, uint32_t p)
{
    const struct tr_graph *g = s->g;

    if (s->where[p] == NONE)
        return;
    for (uint32_t w = g->wish_from[p]; w < g->wish_from[p + 1]; w++)
        if (s->where[p] == g->wish[w] || grant(s, p, g->wish[w])) {
            leave(s, p); /* and stays for good */
            return;
        }
}

/* Numbers the blocks from the lowest. */
static int give_levels(const struct search *s, struct tr_match *out)
{
    uint32_t *number = malloc(s->n_blocks * sizeof *number), n = 0, b = 0;

    out->level = malloc(s->n_blocks * sizeof *out->level);
    if (!number || !out->level) {
        free(number);
        return -1;
    }
    while (s->block[b].below != NONE)
        b = s->block[b].below;
    for (; b != NONE; b = s->block[b].above) {
        number[b] = n;
        out->level[n++] = s->block[b].level;
    }
    out->n_levels = n;
    for (uint32_t i = 0; i < s->g->n_institutions; i++)
        out->level_of[i] = number[s->block_of[i]];
    free(number);
    return 0;
}

static int placed_first(const struct tr_graph *g, bool wishes, struct tr_match *out)
{
    struct search s;
    int rc = search_init(&s, g, out->where);

    for (uint32_t p = 0; rc == 0 && p < g->n_people; p++)
        place(&s, p);
    for (uint32_t p = 0; rc == 0 && wishes && p < g->n_people; p++)
        meet_wishes(&s, p);
    if (rc == 0)
        rc = give_levels(&s, out);
    search_clear(&s);
    return rc;
}

/* ---- wish first ---- */

static int wish_first(const struct tr_graph *g, struct tr_match *out)
{
    struct search s = {.g = g, .room = malloc((g->n_institutions + (size_t)1) * sizeof *s.room)};

    if (!s.room)
        return -1;
    for (uint32_t i = 0; i < g->n_institutions; i++)
        s.room[i] = g->room[i];
    for (uint32_t p = 0; p < g->n_people; p++) {
        uint32_t i = free_option(&s, p);

        out->where[p] = i;
        if (i != NONE)
            s.room[i]--;
    }
    free(s.room);
    return 0;
}

/* ---- own priorities ---- */

/* Somebody held for now, as the institution sees them. */
struct held {
    uint32_t own, person;
};

static bool after(struct held a, struct held b)
{
    return a.own != b.own ? a.own > b.own : a.person > b.person;
}

/* Puts x at the top of a heap whose last is on top, and lets it sink. */
static void sink(struct held *heap, uint32_t n, struct held x)
{
    uint32_t at = 0, child;

    while ((child = 2 * at + 1) < n) {
        if (child + 1 < n && after(heap[child + 1], heap[child]))
            child++;
        if (!after(heap[child], x))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = x;
}

static void rise(struct held *heap, uint32_t n, struct held x)
{
    uint32_t at = n;

    while (at > 0 && after(x, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = x;
}

static uint32_t own_order(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    return g->own ? g->own[option_at(g, p, i)] : 0;
}

/* The k-th choice of p: the wishes, then the other options; NONE when there are no more. *k steps
 * over options that were wishes. */
static uint32_t choice(const struct tr_graph *g, uint32_t p, uint32_t *k)
{
    uint32_t wishes = g->wish_from[p + 1] - g->wish_from[p];

    if (*k < wishes)
        return g->wish[g->wish_from[p] + *k];
    for (; g->from[p] + (*k - wishes) < g->from[p + 1]; ++*k) {
        uint32_t i = g->option[g->from[p] + (*k - wishes)];

        if (tr_graph_wish(g, p, i) == NONE)
            return i;
    }
    return NONE;
}

static int own_priorities(const struct tr_graph *g, struct tr_match *out)
{
    uint32_t *next = calloc(g->n_people + (size_t)1, sizeof *next);
    uint32_t *n = calloc(g->n_institutions + (size_t)1, sizeof *n);
    size_t *at = share_list(g);
    struct held *held = at ? malloc((at[g->n_institutions] + 1) * sizeof *held) : NULL;
    bool memory = next && n && held;

    for (uint32_t p = 0; memory && p < g->n_people; p++)
        for (uint32_t one = p, i; one != NONE && (i = choice(g, one, &next[one])) != NONE;) {
            struct held *heap = held + at[i], x = {own_order(g, one, i), one}, last;
            uint32_t most = (uint32_t)(at[i + 1] - at[i]);

            next[one]++;
            if (n[i] < most) {
                rise(heap, n[i]++, x);
                one = NONE;
            } else if (most > 0 && after(last = heap[0], x)) {
                sink(heap, most, x);
                one = last.person;
            }
        }
    for (uint32_t i = 0; memory && i < g->n_institutions; i++)
        for (uint32_t k = 0; k < n[i]; k++)
            out->where[held[at[i] + k].person] = i;
    free(next);
    free(n);
    free(at);
    free(held);
    return memory ? 0 : -1;
}

/* ---- all ---- */

static int run(const struct tr_graph *g, enum tr_policy policy, bool wishes, struct tr_match *out,
               struct tr_err *err)
{
    int rc = -1;

    *out = (struct tr_match){
        .where = malloc((g->n_people + (size_t)1) * sizeof *out->where),
        .level_of = calloc(g->n_institutions + (size_t)1, sizeof *out->level_of),
    };
    for (uint32_t p = 0; out->where && p < g->n_people; p++)
        out->where[p] = NONE;
    if (out->where && out->level_of)
        rc = policy == TR_PLACED_FIRST ? placed_first(g, wishes, out)
             : policy == TR_WISH_FIRST ? wish_first(g, out)
                                       : own_priorities(g, out);
    if (rc == 0)
        return 0;
    tr_match_clear(out);
    return tr_err_memory(err);
}

int tr_match_run(const struct tr_graph *g, enum tr_policy policy, struct tr_match *out,
                 struct tr_err *err)
{
    return run(g, policy, true, out, err);
}

int tr_match_place(const struct tr_graph *g, struct tr_match *out, struct tr_err *err)
{
    return run(g, TR_PLACED_FIRST, false, out, err);
}

/* The method.
 *
 * What a district costs depends on nothing but the number h of homes that lie there, of which sites
 * are made: h can be made if k sites of min to max units hold it; the fewest are h / max, rounded
 * up, and they are evenest when their sizes differ by one at most. If h exceeds the need n, h - n
 * persons come from other districts; if not, n - h persons go to others, or have no home. No
 * district of a best plan does both: swapping the two persons would leave one more at home. As
 * every district may be joined with every other, whoever goes finds a place wherever one is left,
 * so the districts are bound by their sum only: the homes of all are as many as can be housed,
 * tr_siting_most.
 *
 * So a plan is a walk through the districts whose state is the balance: homes less need, of the
 * districts passed. The least cost to go from each state is found from the last district back to
 * the first; the order of aims is kept by weights, each greater than all that the aims below can
 * add up to.
 *
 * Two bounds make the walk short, and lose nothing:
 * - No best plan brings max persons or more into a district. Were there two sites or more, one of
 *   them could be filled with incomers alone, and would be better placed where one of them is from;
 * a single site holds max at most, all of them incomers, and the same is true.
 * - Let a plan with `out` persons outside be known. A better one has no more; so its balance is
 * never above out, nor below -(out + those without a home). The window of balances starts small,
 * and a result that fits in its own window is therefore best of all. If not, it tells the next
 * window. */
#include "domain/homes/siting.h"

#include <stdlib.h>

#define NEVER INT64_MAX

struct walk {
    struct tr_siting *s;
    int64_t low, high; /* of the balance */
    size_t width;
    int64_t weight_outside, weight_site;
    int64_t *now, *next; /* cost to go of each balance, before and behind a district */
    uint32_t *choice;    /* [district][balance]: homes there */
};

uint64_t tr_siting_most(uint64_t n, uint32_t min, uint32_t max)
{
    uint64_t sites = n / min;

    return sites * max < n ? sites * max : n;
}

static uint64_t least_sites(const struct tr_siting *s, uint64_t homes)
{
    return (homes + s->max - 1) / s->max;
}

static bool can_be(const struct tr_siting *s, uint64_t homes)
{
    return least_sites(s, homes) * s->min <= homes;
}

static uint64_t squares_of(const struct tr_siting *s, uint64_t homes)
{
    uint64_t sites = least_sites(s, homes), size, larger;

    if (sites == 0)
        return 0;
    size = homes / sites;
    larger = homes % sites;
    return larger * (size + 1) * (size + 1) + (sites - larger) * size * size;
}

/* Of so many homes where so many need one; only where they can be. */
static int64_t cost_of(const struct walk *w, uint64_t homes, uint64_t need)
{
    int64_t outside = homes > need ? (int64_t)(homes - need) : 0;

    return outside * w->weight_outside + (int64_t)least_sites(w->s, homes) * w->weight_site +
           (int64_t)squares_of(w->s, homes);
}

static uint32_t most_homes(const struct tr_siting *s, uint32_t need)
{
    uint64_t most = (uint64_t)need + s->max - 1;

    return (uint32_t)(most < s->housed ? most : s->housed);
}

/* One district, from the cost behind it to the cost before it. cost: room for its homes. */
static void step_back(struct walk *w, uint32_t d, int64_t *cost)
{
    uint32_t need = w->s->need[d], most = most_homes(w->s, need);
    uint32_t *choice = w->choice + (size_t)d * w->width;

    for (size_t b = 0; b < w->width; b++) {
        w->now[b] = NEVER;
        choice[b] = 0;
    }
    for (uint32_t h = 0; h <= most; h++)
        cost[h] = can_be(w->s, h) ? cost_of(w, h, need) : NEVER;
    for (uint32_t h = 0; h <= most; h++) {
        int64_t move = (int64_t)h - need;
        size_t from = move < 0 ? (size_t)-move : 0; /* balances before, such that both are inside */
        size_t to = move > 0 ? ((size_t)move < w->width ? w->width - (size_t)move : 0) : w->width;

        if (cost[h] == NEVER)
            continue;
        for (size_t b = from; b < to; b++) {
            int64_t rest = w->next[(size_t)((int64_t)b + move)];

            if (rest == NEVER || rest + cost[h] > w->now[b])
                continue;
            w->now[b] = rest + cost[h]; /* of equals, the most homes: h grows */
            choice[b] = h;
        }
    }
}

/* The best walk inside the window. 1: found; 0: none; -1: memory. */
static int walk_back(struct walk *w)
{
    struct tr_siting *s = w->s;
    uint32_t largest = 0;
    int64_t *cost;
    size_t at = (size_t)-w->low;
    int found;

    for (uint32_t d = 0; d < s->n; d++)
        largest = s->need[d] > largest ? s->need[d] : largest;
    w->width = (size_t)(w->high - w->low) + 1;
    cost = malloc(((size_t)largest + s->max + 1) * sizeof *cost);
    w->now = malloc(w->width * sizeof *w->now);
    w->next = malloc(w->width * sizeof *w->next);
    w->choice = malloc((size_t)s->n * w->width * sizeof *w->choice);
    found = cost && w->now && w->next && w->choice ? 0 : -1;
    for (size_t b = 0; found == 0 && b < w->width; b++)
        w->now[b] = (int64_t)b + w->low == (int64_t)s->housed - (int64_t)s->persons ? 0 : NEVER;
    for (uint32_t d = s->n; found == 0 && d-- > 0;) {
        int64_t *swap = w->now;

        w->now = w->next;
        w->next = swap;
        step_back(w, d, cost);
    }
    if (found == 0 && w->now[at] != NEVER) {
        found = 1;
        for (uint32_t d = 0; d < s->n; d++) {
            s->homes[d] = w->choice[(size_t)d * w->width + at];
            at = (size_t)((int64_t)at + s->homes[d] - s->need[d]);
        }
    }
    free(cost);
    free(w->now);
    free(w->next);
    free(w->choice);
    return found;
}

static void measure(struct tr_siting *s)
{
    s->outside = s->sites = s->squares = 0;
    for (uint32_t d = 0; d < s->n; d++) {
        s->outside += s->homes[d] > s->need[d] ? s->homes[d] - s->need[d] : 0;
        s->sites += least_sites(s, s->homes[d]);
        s->squares += squares_of(s, s->homes[d]);
    }
}

/* ---- the multiplier ---- */

/* The balance that districts choose by themselves when a home more is worth the multiplier. */
static int64_t balance_at(const struct walk *w, int64_t multiplier)
{
    int64_t balance = 0;

    for (uint32_t d = 0; d < w->s->n; d++) {
        uint32_t need = w->s->need[d], most = most_homes(w->s, need), best = 0;
        int64_t least = NEVER;

        for (uint32_t h = 0; h <= most; h++) {
            int64_t cost = can_be(w->s, h)
                               ? cost_of(w, h, need) - multiplier * ((int64_t)h - (int64_t)need)
                               : NEVER;

            if (cost < least) {
                least = cost;
                best = h;
            }
        }
        balance += (int64_t)best - need;
    }
    return balance;
}

/* The bound that a multiplier gives is highest where the districts' own choice changes sides. */
static int64_t find_multiplier(const struct walk *w)
{
    int64_t low = 0, high = 2 * w->weight_outside;
    int64_t wanted = (int64_t)w->s->housed - (int64_t)w->s->persons;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if (balance_at(w, middle) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int tr_siting_solve(struct tr_siting *s, struct tr_err *err)
{
    struct walk w = {.s = s};
    int64_t left, reach = 2 * (int64_t)s->max;

    s->persons = s->outside = s->sites = s->squares = 0;
    for (uint32_t d = 0; d < s->n; d++)
        s->persons += s->need[d];
    if (tr_must(s->min >= 1 && s->min <= s->max && s->max <= TR_SITING_UNITS_MAX, err) < 0 ||
        tr_must(s->persons <= TR_SITING_PERSONS_MAX, err) < 0)
        return -1;
    s->housed = tr_siting_most(s->persons, s->min, s->max);
    left = (int64_t)(s->persons - s->housed);
    w.weight_site = (int64_t)(s->housed * s->max) + 1;
    w.weight_outside = w.weight_site * (int64_t)(s->housed / s->min + 2);
    if (tr_must(w.weight_outside < INT64_MAX / 4 / (int64_t)(s->housed + 1), err) < 0)
        return -1;
    for (;;) {
        int found;

        w.low = -(reach + left);
        w.high = reach;
        found = walk_back(&w);
        if (found < 0)
            return tr_err_memory(err);
        if (found > 0) {
            measure(s);
            if ((int64_t)s->outside <= reach)
                break;
        }
        reach = found > 0 ? (int64_t)s->outside : 2 * reach;
        if (tr_must(reach <= 4 * (int64_t)TR_SITING_PERSONS_MAX, err) < 0)
            return -1;
    }
    s->multiplier = find_multiplier(&w);
    return 0;
}

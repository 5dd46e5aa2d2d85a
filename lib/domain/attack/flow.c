/* In a table with rows and columns every number stands in two sums, its row's and its column's. Then
 * the sums are the nodes of a network and the numbers its arcs: a number goes out of one sum and into
 * the other. Numbers that fit are a flow; the greatest that one number can be is that flow and as
 * much as can go round back by others (Gusfield 1988). All limits are whole numbers, so the range of
 * whole numbers is the range of all.
 *
 * A sum of sums that follows from others is left out first: it would be a third one for its numbers. */
#include <stdlib.h>

#include "domain/attack/system_own.h"

enum { NOT = -1 };

struct arc {
    int32_t from, to; /* nodes; that of the ground is n_nodes - 1 */
    int64_t flow, low, high;
};

struct tr_flow {
    const struct tr_part *part;
    struct arc *arc;        /* one per unknown of the part */
    uint32_t n_nodes;
    uint32_t *sum;          /* of each node but the ground: number in the system */
    int8_t *sign;           /* and the sign that it is taken with */
    uint32_t *start, *near; /* arcs at a node: near[start[node]] ... */
    int32_t *came;          /* of a search: the arc by which a node was reached; NOT */
    uint32_t *queue;
};

/* ---- which sums are kept ---- */

/* How deep sums of sums lie: 0 for a number that is no sum. Few rounds do. */
static void find_depths(const struct tr_part *part, uint8_t depth[])
{
    const struct tr_system *s = part->s;

    for (int round = 0; round < 8; round++)
        for (uint32_t i = 0; i < part->n_sums; i++) {
            const struct tr_sum *sum = &s->sum[part->sum[i]];
            uint8_t deep = 0;

            for (size_t t = sum->from; t < sum->to; t++)
                if (s->term[t].sign > 0 && !tr_is_known(s, s->term[t].x) &&
                    depth[part->at[s->term[t].x]] >= deep)
                    deep = depth[part->at[s->term[t].x]] + 1;
            for (size_t t = sum->from; t < sum->to; t++)
                if (s->term[t].sign < 0 && !tr_is_known(s, s->term[t].x) &&
                    depth[part->at[s->term[t].x]] < deep && deep < 8)
                    depth[part->at[s->term[t].x]] = deep;
        }
}

static uint8_t depth_of(const struct tr_part *part, uint32_t i, const uint8_t depth[])
{
    const struct tr_system *s = part->s;
    const struct tr_sum *sum = &s->sum[part->sum[i]];
    uint8_t deep = 0;

    for (size_t t = sum->from; t < sum->to; t++)
        if (s->term[t].sign > 0 && !tr_is_known(s, s->term[t].x) &&
            depth[part->at[s->term[t].x]] > deep)
            deep = depth[part->at[s->term[t].x]];
    return deep;
}

enum { PRIME = 2147483647 };

static int64_t inverse(int64_t a)
{
    int64_t result = 1;

    for (int64_t e = PRIME - 2; e; e >>= 1, a = a * a % PRIME)
        if (e & 1)
            result = result * a % PRIME;
    return result;
}

/* A row of the elimination: pivot has the value 1. */
struct pivot {
    uint32_t column, n;
    struct {
        uint32_t column;
        int64_t value;
    } cell[];
};

enum { FOLLOWS, STANDS, CONTRADICTS, NO_MEMORY };

/* Takes all pivots from the dense row; what is left becomes another, unless nothing is: then the sum
 * follows from those before, or contradicts them. row[n]: what the sum equals. */
static int eliminate(struct pivot **pivot, uint32_t *n_pivots, int64_t row[], uint32_t n)
{
    uint32_t left = 0, first = n;
    struct pivot *made;
    int64_t by;

    for (uint32_t p = 0; p < *n_pivots; p++) {
        int64_t times = row[pivot[p]->column];

        for (uint32_t c = 0; times && c < pivot[p]->n; c++) {
            int64_t *cell = &row[pivot[p]->cell[c].column];

            *cell = (*cell + (PRIME - times) * pivot[p]->cell[c].value) % PRIME;
        }
    }
    for (uint32_t c = n; c-- > 0;)
        if (row[c]) {
            left++;
            first = c;
        }
    if (left == 0)
        return row[n] ? CONTRADICTS : FOLLOWS;
    made = malloc(sizeof *made + (left + (size_t)1) * sizeof made->cell[0]);
    if (!made)
        return NO_MEMORY;
    by = inverse(row[first]);
    *made = (struct pivot){.column = first};
    for (uint32_t c = first; c <= n; c++)
        if (row[c]) {
            made->cell[made->n].column = c;
            made->cell[made->n++].value = row[c] * by % PRIME;
        }
    pivot[(*n_pivots)++] = made;
    return STANDS;
}

/* Writes the sum as a dense row. */
static void spread(const struct tr_part *part, uint32_t sum, int64_t row[])
{
    const struct tr_system *s = part->s;

    memset(row, 0, part->n * sizeof *row);
    for (size_t t = s->sum[sum].from; t < s->sum[sum].to; t++)
        if (!tr_is_known(s, s->term[t].x)) {
            int64_t *cell = &row[part->at[s->term[t].x]];

            *cell = (*cell + PRIME + s->term[t].sign) % PRIME;
        }
    row[part->n] = (tr_sum_left(s, sum) % PRIME + PRIME) % PRIME;
}

/* Marks the sums that follow from others, lower ones being kept first. */
static enum tr_part_end drop_followers(const struct tr_part *part, bool dropped[])
{
    uint8_t *depth = calloc(part->n, 1);
    int64_t *row = malloc((part->n + (size_t)1) * sizeof *row);
    struct pivot **pivot = calloc(part->n_sums, sizeof *pivot);
    uint32_t n_pivots = 0;
    int what = depth && row && pivot ? STANDS : NO_MEMORY;

    if (what == STANDS)
        find_depths(part, depth);
    for (uint8_t deep = 0; what <= STANDS && deep <= 8; deep++)
        for (uint32_t i = 0; what <= STANDS && i < part->n_sums; i++) {
            if (depth_of(part, i, depth) != deep)
                continue;
            spread(part, part->sum[i], row);
            what = eliminate(pivot, &n_pivots, row, part->n);
            dropped[i] = what == FOLLOWS;
        }
    for (uint32_t p = 0; p < n_pivots; p++)
        free(pivot[p]);
    free(pivot);
    free(row);
    free(depth);
    return what == NO_MEMORY ? TR_PART_MEMORY : what == CONTRADICTS ? TR_PART_NONE : TR_PART_DONE;
}

/* ---- from sums to nodes ---- */

/* Sums that must be taken with the same sign, or with opposite ones, belong together. */
struct family {
    uint32_t *head;
    int8_t *sign; /* against that of head */
};

static uint32_t head_of(struct family *f, uint32_t i, int8_t *sign)
{
    uint32_t at = i, head = i;
    int8_t to_head = 1, next;

    while (f->head[head] != head) {
        to_head = (int8_t)(to_head * f->sign[head]);
        head = f->head[head];
    }
    *sign = to_head;
    for (int8_t rest = to_head; f->head[at] != head && at != head; at = i) {
        i = f->head[at];
        next = (int8_t)(rest * f->sign[at]);
        f->head[at] = head;
        f->sign[at] = rest;
        rest = next;
    }
    return head;
}

/* Where an unknown stands: at most in two sums of a network. */
struct place {
    int32_t node[2];
    int8_t sign[2];
    int n;
};

/* The places of all unknowns in the sums kept; false: one stands in a third. */
static bool find_places(const struct tr_part *part, const bool dropped[], struct place place[])
{
    const struct tr_system *s = part->s;
    int32_t node = 0;

    memset(place, 0, part->n * sizeof *place);
    for (uint32_t i = 0; i < part->n_sums; i++) {
        const struct tr_sum *sum = &s->sum[part->sum[i]];

        if (dropped[i])
            continue;
        for (size_t t = sum->from; t < sum->to; t++) {
            struct place *p = &place[part->at[s->term[t].x]];

            if (tr_is_known(s, s->term[t].x))
                continue;
            if (p->n == 2 || (p->n == 1 && p->node[0] == node))
                return false;
            p->node[p->n] = node;
            p->sign[p->n++] = (int8_t)s->term[t].sign;
        }
        node++;
    }
    return true;
}

/* Gives every node a sign, so that each unknown goes out of one and into the other; false: there are
 * none. */
static bool find_signs(const struct place place[], uint32_t n, struct family *family)
{
    for (uint32_t x = 0; x < n; x++) {
        const struct place *p = &place[x];
        int8_t sign[2], wanted;
        uint32_t head[2];

        if (p->n < 2)
            continue;
        wanted = (int8_t)(-p->sign[0] * p->sign[1]);
        head[0] = head_of(family, (uint32_t)p->node[0], &sign[0]);
        head[1] = head_of(family, (uint32_t)p->node[1], &sign[1]);
        if (head[0] == head[1] && sign[0] * sign[1] != wanted)
            return false;
        if (head[0] != head[1]) {
            family->head[head[1]] = head[0];
            family->sign[head[1]] = (int8_t)(wanted * sign[0] * sign[1]);
        }
    }
    return true;
}

static void make_arcs(struct tr_flow *f, const struct place place[])
{
    const struct tr_system *s = f->part->s;
    int32_t ground = (int32_t)f->n_nodes - 1;

    for (uint32_t x = 0; x < f->part->n; x++) {
        const struct tr_unknown *u = &s->x[f->part->x[x]];
        struct arc *arc = &f->arc[x];

        *arc = (struct arc){ground, ground, u->low, u->low, u->high};
        if (u->low <= -TR_UNLIMITED)
            arc->flow = u->high >= TR_UNLIMITED ? 0 : u->high;
        for (int k = 0; k < place[x].n; k++)
            if (f->sign[place[x].node[k]] * place[x].sign[k] > 0)
                arc->from = place[x].node[k];
            else
                arc->to = place[x].node[k];
        f->start[arc->from + 1]++;
        f->start[arc->to + 1] += arc->to != arc->from;
    }
    for (uint32_t node = 0; node < f->n_nodes; node++)
        f->start[node + 1] += f->start[node];
    for (uint32_t x = 0; x < f->part->n; x++) {
        const struct arc *arc = &f->arc[x];

        f->near[f->start[arc->from] + f->queue[arc->from]++] = x;
        if (arc->to != arc->from)
            f->near[f->start[arc->to] + f->queue[arc->to]++] = x;
    }
}

/* ---- flow ---- */

/* How much more can go over the arc from the node, forwards or back. */
static int64_t room(const struct arc *arc, int32_t node, bool back)
{
    return (arc->from == node) != back ? arc->high - arc->flow : arc->flow - arc->low;
}

static int32_t other(const struct arc *arc, int32_t node)
{
    return arc->from == node ? arc->to : arc->from;
}

/* Reaches all nodes from one by arcs with room, but not by the arc `without`; ends early at a node
 * that has the goal, or need below 0 when there is no goal: that node, or NOT. back: what can reach
 * the node. */
static int32_t search(struct tr_flow *f, int32_t from, int32_t goal, const int64_t need[],
                      uint32_t without, bool back)
{
    uint32_t at = 0, n = 0;

    for (uint32_t node = 0; node < f->n_nodes; node++)
        f->came[node] = NOT;
    f->came[from] = (int32_t)f->part->n;
    f->queue[n++] = (uint32_t)from;
    while (at < n) {
        int32_t node = (int32_t)f->queue[at++];

        for (uint32_t k = f->start[node]; k < f->start[node + 1]; k++) {
            const struct arc *arc = &f->arc[f->near[k]];
            int32_t next = other(arc, node);

            if (f->near[k] == without || f->came[next] != NOT || room(arc, node, back) <= 0)
                continue;
            f->came[next] = (int32_t)f->near[k];
            f->queue[n++] = (uint32_t)next;
            if (next == goal || (need && need[next] < 0))
                return next;
        }
    }
    return NOT;
}

/* Sends at most `most` along the way that was found to the node; how much. */
static int64_t send(struct tr_flow *f, int32_t from, int32_t to, int64_t most)
{
    int64_t amount = most;

    for (int32_t node = to; node != from;) {
        const struct arc *arc = &f->arc[f->came[node]];
        int32_t before = other(arc, node);
        int64_t fits = room(arc, before, false);

        amount = fits < amount ? fits : amount;
        node = before;
    }
    if (amount >= TR_UNLIMITED / 2)
        return amount;
    for (int32_t node = to; node != from;) {
        struct arc *arc = &f->arc[f->came[node]];
        int32_t before = other(arc, node);

        arc->flow += arc->from == before ? amount : -amount;
        node = before;
    }
    return amount;
}

/* Finds numbers that fit; false: there are none. need: how much more goes out of a node than now. */
static bool settle(struct tr_flow *f, int64_t need[])
{
    uint32_t ground = f->n_nodes - 1;

    for (uint32_t node = 0; node < ground; node++) {
        int64_t left = f->sign[node] * tr_sum_left(f->part->s, f->sum[node]);

        need[node] += left;
        need[ground] -= left;
    }
    for (uint32_t x = 0; x < f->part->n; x++) {
        need[f->arc[x].from] -= f->arc[x].flow;
        need[f->arc[x].to] += f->arc[x].flow;
    }
    for (uint32_t node = 0; node < f->n_nodes; node++)
        while (need[node] > 0) {
            int32_t to = search(f, (int32_t)node, NOT, need, UINT32_MAX, false);
            int64_t most, sent;

            if (to == NOT)
                return false;
            most = need[node] < -need[to] ? need[node] : -need[to];
            sent = send(f, (int32_t)node, to, most);
            need[node] -= sent;
            need[to] += sent;
        }
    return true;
}

void tr_flow_free(struct tr_flow *f)
{
    if (!f)
        return;
    free(f->arc);
    free(f->sum);
    free(f->sign);
    free(f->start);
    free(f->near);
    free(f->came);
    free(f->queue);
    free(f);
}

static struct tr_flow *allocate(const struct tr_part *part, uint32_t n_nodes)
{
    struct tr_flow *f = calloc(1, sizeof *f);

    if (!f)
        return NULL;
    f->part = part;
    f->n_nodes = n_nodes;
    f->arc = calloc(part->n, sizeof *f->arc);
    f->sum = calloc(n_nodes, sizeof *f->sum);
    f->sign = calloc(n_nodes, sizeof *f->sign);
    f->start = calloc(n_nodes + (size_t)2, sizeof *f->start);
    f->near = calloc(2 * (size_t)part->n, sizeof *f->near);
    f->came = calloc(n_nodes, sizeof *f->came);
    f->queue = calloc(n_nodes, sizeof *f->queue);
    if (f->arc && f->sum && f->sign && f->start && f->near && f->came && f->queue)
        return f;
    tr_flow_free(f);
    return NULL;
}

/* The network of the sums that are kept. */
static enum tr_part_end build(const struct tr_part *part, const bool dropped[],
                              const struct place place[], struct tr_flow **out)
{
    uint32_t n = 1;
    struct family family = {calloc(part->n_sums + (size_t)1, sizeof *family.head),
                            calloc(part->n_sums + (size_t)1, 1)};
    int64_t *need = NULL;
    enum tr_part_end end = TR_PART_MEMORY;

    for (uint32_t i = 0; i < part->n_sums; i++)
        n += !dropped[i];
    *out = allocate(part, n);
    need = calloc(n, sizeof *need);
    if (!*out || !need || !family.head || !family.sign)
        goto out;
    for (uint32_t i = 0, node = 0; i < part->n_sums; i++)
        if (!dropped[i])
            (*out)->sum[node++] = part->sum[i];
    for (uint32_t node = 0; node < n; node++) {
        family.head[node] = node;
        family.sign[node] = 1;
    }
    end = TR_PART_NOT;
    if (!find_signs(place, part->n, &family))
        goto out;
    for (uint32_t node = 0; node + 1 < n; node++)
        head_of(&family, node, &(*out)->sign[node]);
    make_arcs(*out, place);
    end = settle(*out, need) ? TR_PART_DONE : TR_PART_NONE;
out:
    free(need);
    free(family.head);
    free(family.sign);
    if (end != TR_PART_DONE) {
        tr_flow_free(*out);
        *out = NULL;
    }
    return end;
}

enum tr_part_end tr_flow_new(const struct tr_part *part, struct tr_flow **out)
{
    bool *dropped = calloc(part->n_sums + (size_t)1, sizeof *dropped);
    struct place *place = malloc((part->n + (size_t)1) * sizeof *place);
    enum tr_part_end end = TR_PART_MEMORY;

    *out = NULL;
    if (!dropped || !place)
        goto out;
    end = find_places(part, dropped, place) ? build(part, dropped, place, out) : TR_PART_NOT;
    if (end != TR_PART_NOT)
        goto out;
    end = drop_followers(part, dropped);
    if (end == TR_PART_DONE)
        end = find_places(part, dropped, place) ? build(part, dropped, place, out) : TR_PART_NOT;
out:
    free(dropped);
    free(place);
    return end;
}

/* ---- ranges and proofs ---- */

/* Makes the arc's flow as great as it can be, or as small; false: there is no limit. */
static bool push(struct tr_flow *f, uint32_t x, bool high)
{
    struct arc *arc = &f->arc[x];
    int32_t from = high ? arc->to : arc->from, to = high ? arc->from : arc->to;

    if (from == to) {
        arc->flow = high ? arc->high : arc->low;
        return arc->flow > -TR_UNLIMITED && arc->flow < TR_UNLIMITED;
    }
    for (;;) {
        int64_t most = high ? arc->high - arc->flow : arc->flow - arc->low, sent;

        if (most <= 0)
            return true;
        if (search(f, from, to, NULL, x, false) == NOT)
            return true;
        sent = send(f, from, to, most);
        if (sent >= TR_UNLIMITED / 2)
            return false;
        arc->flow += high ? sent : -sent;
    }
}

void tr_flow_range(struct tr_flow *f, uint32_t x, struct tr_reach *range)
{
    range->high = push(f, x, true) ? f->arc[x].flow : TR_UNLIMITED;
    range->low = push(f, x, false) ? f->arc[x].flow : -TR_UNLIMITED;
    range->low_any = (double)range->low;
    range->high_any = (double)range->high;
}

/* Adds the sums of the nodes reached, or of those not reached when the ground was; how many, when
 * sums is NULL. sign: what the unknown has in the sum of the nodes reached. */
static uint32_t add_reached(const struct tr_flow *f, int sign, struct tr_buf *sums)
{
    uint32_t ground = f->n_nodes - 1, n = 0;
    bool reached = f->came[ground] == NOT;

    for (uint32_t node = 0; node < ground; node++)
        if ((f->came[node] != NOT) == reached) {
            int32_t number = (int32_t)f->sum[node] + 1;

            number *= f->sign[node] * (reached ? sign : -sign);
            if (sums)
                tr_buf_add(sums, &number, sizeof number);
            n++;
        }
    return n;
}

void tr_flow_proof(struct tr_flow *f, uint32_t x, bool high, struct tr_buf *sums)
{
    const struct arc *arc = &f->arc[x];
    int32_t from = high ? arc->to : arc->from, to = high ? arc->from : arc->to;
    uint32_t forwards;

    if (from == to || !push(f, x, high) || arc->flow == (high ? arc->high : arc->low))
        return;
    search(f, from, NOT, NULL, x, false);
    forwards = add_reached(f, high ? -1 : 1, NULL);
    search(f, to, NOT, NULL, x, true);
    if (add_reached(f, high ? 1 : -1, NULL) >= forwards)
        search(f, from, NOT, NULL, x, false);
    else
        high = !high;
    add_reached(f, high ? -1 : 1, sums);
}

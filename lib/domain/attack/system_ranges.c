#include <stdlib.h>

#include "domain/attack/system_own.h"

int64_t tr_sum_left(const struct tr_system *s, uint32_t sum)
{
    int64_t left = s->sum[sum].equals;

    for (size_t t = s->sum[sum].from; t < s->sum[sum].to; t++)
        if (tr_is_known(s, s->term[t].x))
            left -= s->term[t].sign * s->x[s->term[t].x].low;
    return left;
}

/* The parts: unknowns and sums, each in the order of its part. */
struct parts {
    uint32_t *head; /* of each unknown, an unknown of its part */
    uint32_t *x, *sum, *at;
    uint32_t *x_start, *sum_start; /* of each part */
    uint32_t n;
};

static uint32_t head_of(uint32_t head[], uint32_t i)
{
    while (head[i] != i)
        i = head[i] = head[head[i]];
    return i;
}

/* Whether the sum has an unknown that is not known; *x is one. */
static bool has_unknown(const struct tr_system *s, uint32_t sum, uint32_t *x)
{
    for (size_t t = s->sum[sum].from; t < s->sum[sum].to; t++)
        if (!tr_is_known(s, s->term[t].x)) {
            *x = s->term[t].x;
            return true;
        }
    return false;
}

static void parts_clear(struct parts *p)
{
    free(p->head);
    free(p->x);
    free(p->sum);
    free(p->at);
    free(p->x_start);
    free(p->sum_start);
}

static void connect(const struct tr_system *s, uint32_t head[])
{
    uint32_t first = 0;

    for (uint32_t i = 0; i < s->n; i++)
        head[i] = i;
    for (uint32_t e = 0; e < s->n_sums; e++)
        for (size_t t = s->sum[e].from; has_unknown(s, e, &first) && t < s->sum[e].to; t++)
            if (!tr_is_known(s, s->term[t].x))
                head[head_of(head, s->term[t].x)] = head_of(head, first);
}

/* Numbers the parts in the order of their first unknowns, and sorts unknowns and sums by part. */
static void sort_parts(const struct tr_system *s, struct parts *p)
{
    uint32_t x = 0, *part = p->at; /* of heads, for now */

    for (uint32_t i = 0; i < s->n; i++)
        part[i] = UINT32_MAX;
    for (uint32_t i = 0; i < s->n; i++)
        if (!tr_is_known(s, i)) {
            uint32_t *number = &part[head_of(p->head, i)];

            *number = *number == UINT32_MAX ? p->n++ : *number;
            p->x_start[*number + 1]++;
        }
    for (uint32_t e = 0; e < s->n_sums; e++)
        if (has_unknown(s, e, &x))
            p->sum_start[part[head_of(p->head, x)] + 1]++;
    for (uint32_t k = 0; k < p->n; k++) {
        p->x_start[k + 1] += p->x_start[k];
        p->sum_start[k + 1] += p->sum_start[k];
    }
    for (uint32_t e = s->n_sums; e-- > 0;)
        if (has_unknown(s, e, &x))
            p->sum[--p->sum_start[part[head_of(p->head, x)] + 1]] = e;
    for (uint32_t i = s->n; i-- > 0;)
        if (!tr_is_known(s, i))
            p->x[--p->x_start[part[head_of(p->head, i)] + 1]] = i;
    /* each start was moved to that of the part before: move back */
    memmove(p->x_start, p->x_start + 1, p->n * sizeof *p->x_start);
    memmove(p->sum_start, p->sum_start + 1, p->n * sizeof *p->sum_start);
}

static int parts_find(const struct tr_system *s, struct parts *p, struct tr_err *err)
{
    size_t n = s->n + (size_t)2, sums = s->n_sums + (size_t)2;
    uint32_t n_x = 0, n_sums = 0, x;

    *p = (struct parts){malloc(n * 4),  malloc(n * 4),  malloc(sums * 4),
                        malloc(n * 4), calloc(n, 4), calloc(n, 4), 0};
    if (s->failed || !p->head || !p->x || !p->sum || !p->at || !p->x_start || !p->sum_start) {
        parts_clear(p);
        return tr_err_memory(err);
    }
    connect(s, p->head);
    sort_parts(s, p);
    for (uint32_t i = 0; i < s->n; i++)
        n_x += !tr_is_known(s, i);
    for (uint32_t e = 0; e < s->n_sums; e++)
        n_sums += has_unknown(s, e, &x);
    p->x_start[p->n] = n_x;
    p->sum_start[p->n] = n_sums;
    for (uint32_t k = 0; k < p->n; k++)
        for (uint32_t i = p->x_start[k]; i < p->x_start[k + 1]; i++)
            p->at[p->x[i]] = i - p->x_start[k];
    return 0;
}

static struct tr_part part_of(const struct tr_system *s, const struct parts *p, uint32_t k)
{
    return (struct tr_part){s,
                            p->x + p->x_start[k],
                            p->sum + p->sum_start[k],
                            p->x_start[k + 1] - p->x_start[k],
                            p->sum_start[k + 1] - p->sum_start[k],
                            p->at};
}

static enum tr_part_end part_ranges(const struct tr_part *part, const bool wanted[],
                                    struct tr_reach range[])
{
    struct tr_flow *flow;
    enum tr_part_end end = tr_flow_new(part, &flow);

    if (end == TR_PART_NOT)
        return tr_whole_ranges(part, wanted, range);
    for (uint32_t i = 0; end == TR_PART_DONE && i < part->n; i++)
        if (wanted[part->x[i]])
            tr_flow_range(flow, i, &range[part->x[i]]);
    tr_flow_free(flow);
    return end;
}

static int fail(enum tr_part_end end, struct tr_err *err)
{
    if (end == TR_PART_MEMORY)
        return tr_err_memory(err);
    return tr_err_set(err, end == TR_PART_FAILED ? TR_E_INTERNAL : TR_E_CONTRADICTION, NULL, NULL,
                      NULL);
}

int tr_system_ranges(const struct tr_system *s, const bool wanted[], struct tr_reach range[],
                     uint32_t *fault, struct tr_err *err)
{
    struct parts parts;
    uint32_t x;
    int rc = 0;

    *fault = 0;
    for (uint32_t e = 0; e < s->n_sums; e++)
        if (!has_unknown(s, e, &x) && tr_sum_left(s, e) != 0) {
            *fault = e;
            return fail(TR_PART_NONE, err);
        }
    if (parts_find(s, &parts, err) < 0)
        return -1;
    for (uint32_t i = 0; i < s->n; i++)
        if (wanted[i] && tr_is_known(s, i))
            range[i] = (struct tr_reach){s->x[i].low, s->x[i].high, (double)s->x[i].low,
                                         (double)s->x[i].high};
    for (uint32_t k = 0; rc == 0 && k < parts.n; k++) {
        const struct tr_part part = part_of(s, &parts, k);
        enum tr_part_end end = part_ranges(&part, wanted, range);

        *fault = part.n_sums ? part.sum[0] : 0;
        rc = end == TR_PART_DONE ? 0 : fail(end, err);
    }
    parts_clear(&parts);
    return rc;
}

int tr_system_proof(const struct tr_system *s, uint32_t x, bool high, struct tr_buf *sums,
                    struct tr_err *err)
{
    struct parts parts;
    struct tr_flow *flow = NULL;
    enum tr_part_end end = TR_PART_DONE;

    if (tr_is_known(s, x))
        return 0;
    if (parts_find(s, &parts, err) < 0)
        return -1;
    for (uint32_t k = 0; k < parts.n; k++) {
        const struct tr_part part = part_of(s, &parts, k);

        if (parts.at[x] >= part.n || part.x[parts.at[x]] != x)
            continue;
        end = tr_flow_new(&part, &flow);
        if (end == TR_PART_DONE)
            tr_flow_proof(flow, parts.at[x], high, sums);
        else if (end == TR_PART_NOT)
            end = tr_whole_proof(&part, parts.at[x], high, sums);
        break;
    }
    tr_flow_free(flow);
    parts_clear(&parts);
    return end == TR_PART_DONE ? 0 : fail(end, err);
}

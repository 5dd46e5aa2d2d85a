/* What is no network - numbers that stand in three sums - is asked of linear and integer programmes.
 * A limit of all numbers is rounded inwards; where a solution in whole numbers reaches that, it is
 * the limit of whole numbers too, and else a search finds it. */
#include <math.h>
#include <stdlib.h>

#include "base/linear.h"
#include "domain/attack/system_own.h"

/* Of one search. What is not finished keeps the limit that is proven so far, which is never too
 * narrow. */
enum { NODES_MAX = 20000 };

#define NEAR 1e-6

struct programme {
    const struct tr_part *part;
    struct tr_linear *linear;
    int64_t *least, *most; /* of each unknown, in the solutions of whole numbers seen */
};

static double limit(int64_t n)
{
    return n >= TR_UNLIMITED ? TR_LINEAR_FREE : n <= -TR_UNLIMITED ? -TR_LINEAR_FREE : (double)n;
}

static void programme_clear(struct programme *p)
{
    tr_linear_free(p->linear);
    free(p->least);
    free(p->most);
}

static int add_rows(struct programme *p)
{
    const struct tr_system *s = p->part->s;
    int *column = malloc((p->part->n + (size_t)1) * sizeof *column);
    double *value = malloc((p->part->n + (size_t)1) * sizeof *value);

    for (uint32_t i = 0; column && value && i < p->part->n_sums; i++) {
        const struct tr_sum *sum = &s->sum[p->part->sum[i]];
        double left = (double)tr_sum_left(s, p->part->sum[i]);
        size_t n = 0;

        for (size_t t = sum->from; t < sum->to; t++)
            if (!tr_is_known(s, s->term[t].x)) {
                column[n] = (int)p->part->at[s->term[t].x];
                value[n++] = s->term[t].sign;
            }
        tr_linear_row(p->linear, left, left, n, column, value);
    }
    free(value);
    free(column);
    return column && value ? 0 : -1;
}

static enum tr_part_end programme_make(struct programme *p, const struct tr_part *part)
{
    *p = (struct programme){part, tr_linear_new(), malloc(part->n * sizeof *p->least),
                            malloc(part->n * sizeof *p->most)};
    if (!p->linear || !p->least || !p->most) {
        programme_clear(p);
        return TR_PART_MEMORY;
    }
    for (uint32_t i = 0; i < part->n; i++) {
        const struct tr_unknown *x = &part->s->x[part->x[i]];

        tr_linear_column(p->linear, limit(x->low), limit(x->high), 0, true);
        p->least[i] = INT64_MAX;
        p->most[i] = INT64_MIN;
    }
    if (add_rows(p) < 0) {
        programme_clear(p);
        return TR_PART_MEMORY;
    }
    return TR_PART_DONE;
}

/* Keeps the solution in hand when its numbers are whole. */
static void note_solution(struct programme *p)
{
    for (uint32_t i = 0; i < p->part->n; i++) {
        double value = tr_linear_value(p->linear, (int)i);

        if (fabs(value - round(value)) > NEAR)
            return;
    }
    for (uint32_t i = 0; i < p->part->n; i++) {
        int64_t value = llround(tr_linear_value(p->linear, (int)i));

        p->least[i] = value < p->least[i] ? value : p->least[i];
        p->most[i] = value > p->most[i] ? value : p->most[i];
    }
}

static enum tr_part_end end_of(enum tr_linear_end end)
{
    return end == TR_LINEAR_NONE ? TR_PART_NONE : TR_PART_FAILED;
}

/* One limit of one unknown: *any of all numbers, *whole of whole ones. */
static enum tr_part_end find_limit(struct programme *p, uint32_t x, bool high, double *any,
                                   int64_t *whole)
{
    const struct tr_linear_work work = {.nodes = NODES_MAX};
    const int64_t *seen = high ? p->most : p->least;
    enum tr_linear_end end = tr_linear_solve(p->linear, high, false, work);

    *whole = high ? TR_UNLIMITED : -TR_UNLIMITED;
    *any = (double)*whole;
    if (end == TR_LINEAR_UNBOUNDED)
        return TR_PART_DONE;
    if (end != TR_LINEAR_OPTIMAL)
        return end_of(end);
    note_solution(p);
    *any = tr_linear_sum(p->linear);
    *any = fabs(*any - round(*any)) < NEAR ? round(*any) : *any;
    *whole = (int64_t)(high ? floor(*any + NEAR) : ceil(*any - NEAR));
    if (seen[x] == *whole)
        return TR_PART_DONE;
    end = tr_linear_solve(p->linear, high, true, work);
    if (end == TR_LINEAR_OPTIMAL) {
        note_solution(p);
        *whole = llround(tr_linear_value(p->linear, (int)x));
    } else if (end == TR_LINEAR_LIMIT) {
        double bound = tr_linear_bound(p->linear);

        if (isfinite(bound))
            *whole = (int64_t)(high ? floor(bound + NEAR) : ceil(bound - NEAR));
    } else if (end != TR_LINEAR_UNBOUNDED) {
        return end_of(end);
    }
    return TR_PART_DONE;
}

enum tr_part_end tr_whole_ranges(const struct tr_part *part, const bool wanted[],
                                 struct tr_reach range[])
{
    struct programme p;
    enum tr_part_end end = programme_make(&p, part);

    if (end != TR_PART_DONE)
        return end;
    for (uint32_t i = 0; end == TR_PART_DONE && i < part->n; i++) {
        struct tr_reach *r = &range[part->x[i]];

        if (!wanted[part->x[i]])
            continue;
        tr_linear_cost(p.linear, (int)i, 1);
        end = find_limit(&p, i, false, &r->low_any, &r->low);
        if (end == TR_PART_DONE)
            end = find_limit(&p, i, true, &r->high_any, &r->high);
        tr_linear_cost(p.linear, (int)i, 0);
    }
    programme_clear(&p);
    return end;
}

enum tr_part_end tr_whole_proof(const struct tr_part *part, uint32_t x, bool high,
                                struct tr_buf *sums)
{
    struct programme p;
    enum tr_part_end end = programme_make(&p, part);
    bool plain = true; /* each sum is taken once at most */

    if (end != TR_PART_DONE)
        return end;
    tr_linear_cost(p.linear, (int)x, 1);
    if (tr_linear_solve(p.linear, high, false, (struct tr_linear_work){0}) != TR_LINEAR_OPTIMAL)
        goto out;
    for (uint32_t i = 0; i < part->n_sums; i++) {
        double price = fabs(tr_linear_row_price(p.linear, (int)i));

        plain &= price < NEAR || fabs(price - 1) < NEAR;
    }
    for (uint32_t i = 0; plain && i < part->n_sums; i++) {
        double price = tr_linear_row_price(p.linear, (int)i);
        int32_t number = (int32_t)part->sum[i] + 1;

        number = price > 0 ? number : -number;
        if (fabs(price) > NEAR)
            tr_buf_add(sums, &number, sizeof number);
    }
out:
    programme_clear(&p);
    return TR_PART_DONE;
}

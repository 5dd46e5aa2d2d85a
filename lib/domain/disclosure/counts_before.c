/* What was published before: numbers of other years, which differ from those of now by no more than an attacker
 * takes for granted, and numbers that are hidden there. */
#include <stdlib.h>

#include "base/linear.h"
#include "domain/disclosure/counts_own.h"

/* ---- other times ---- */

static int add_slack(struct tr_counts *k, uint32_t of, uint32_t then, int64_t value)
{
    int cell = tr_counts_new(k, &(struct tr_count_key){.part = TR_COUNT_SLACK}, value, k->place[of]);

    if (cell < 0)
        return -1;
    k->cells.cell[cell].state = TR_CELL_UNTOLD;
    k->cells.cell[cell].apart = true;
    k->unknown[cell] = k->unknown[then];
    return cell;
}

/* No number of a time changed by more than that since another: it is so much above the least that it can be, and
 * below the most. The signs are such that it is no sum of the other. -1: memory. */
static int add_change(struct tr_counts *k, uint32_t now, uint32_t then, uint32_t most)
{
    int64_t change = k->cells.cell[now].value - k->cells.cell[then].value;
    int above, below;

    if (!k->unknown[then] && llabs(change) > k->change) {
        k->n_over++;
        return 0;
    }
    above = add_slack(k, now, then, k->change + change);
    below = above < 0 ? -1 : add_slack(k, now, then, k->change - change);
    if (below < 0)
        return -1;
    tr_cells_sum(&k->cells, (struct tr_term[]){{then, -1}, {now, 1}, {most, 1}, {(uint32_t)above, -1}}, 4);
    tr_cells_sum(&k->cells, (struct tr_term[]){{then, -1}, {now, 1}, {most, -1}, {(uint32_t)below, 1}}, 4);
    return 0;
}

int tr_counts_changes(struct tr_counts *k)
{
    size_t n = k->cells.n;
    int most;

    if (k->n_times < 2)
        return 0;
    most = tr_counts_new(k, &(struct tr_count_key){.part = TR_COUNT_SLACK}, k->change,
                         (struct tr_count_place){0});
    if (most < 0)
        return -1;
    k->cells.cell[most].state = TR_CELL_SHOWN;
    k->cells.cell[most].apart = true;
    for (size_t i = 0; i < n; i++)
        for (int time = 1; time < k->n_times && k->key[i].time == 0; time++) {
            struct tr_count_key key = k->key[i];
            int then;

            key.time = time;
            then = key.part < 0 ? -1 : tr_counts_find(k, &key);
            if (then >= 0 && add_change(k, (uint32_t)i, (uint32_t)then, (uint32_t)most) < 0)
                return -1;
        }
    return 0;
}

/* ---- what was hidden before ---- */

/* Makes up numbers that fit for those that nobody tells: as small as can be. -1: there are none. */
static int make_up(struct tr_counts *k)
{
    struct tr_linear *l = tr_linear_new();
    int *column = calloc(k->cells.n + 1, sizeof *column), *list;
    double *sign = calloc(k->cells.n + 1, sizeof *sign);
    bool right = l && column && sign;

    list = calloc(k->cells.n + 1, sizeof *list);
    right = right && list;
    for (size_t i = 0; i < k->cells.n && right; i++)
        column[i] = k->unknown[i]
                        ? tr_linear_column(l, k->cells.cell[i].state == TR_CELL_UNTOLD ? 0 : 1,
                                           TR_LINEAR_FREE, 1, true)
                        : -1;
    for (size_t s = 0; s < k->cells.sum.n && right; s++) {
        double known = 0;
        size_t n = 0;

        for (size_t t = k->cells.sum.start[s]; t < k->cells.sum.start[s + 1]; t++) {
            struct tr_term term = k->cells.sum.term[t];

            if (column[term.at] < 0) {
                known += term.sign * (double)k->cells.cell[term.at].value;
            } else {
                list[n] = column[term.at];
                sign[n++] = term.sign;
            }
        }
        if (n > 0)
            tr_linear_row(l, -known, -known, n, list, sign);
    }
    if (right) {
        tr_linear_solve(l, false, true, (struct tr_linear_work){100000, 2000});
        right = tr_linear_found(l);
    }
    for (size_t i = 0; i < k->cells.n && right; i++)
        if (column[i] >= 0) {
            k->cells.cell[i].value = (int64_t)llround(tr_linear_value(l, column[i]));
            k->cells.cell[i].state = TR_CELL_UNTOLD;
        }
    tr_linear_free(l);
    free(column);
    free(list);
    free(sign);
    return right ? 0 : -1;
}

int tr_counts_made_up(struct tr_counts *k, struct tr_err *err)
{
    for (size_t i = 0; i < k->cells.n; i++)
        if (k->unknown[i])
            return make_up(k) < 0 ? tr_counts_fault(k, (uint32_t)i, TR_E_NOTHING_FITS, err) : 0;
    return 0;
}

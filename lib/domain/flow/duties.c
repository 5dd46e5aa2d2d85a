#include "domain/flow/duties.h"

#include <math.h>
#include <stdlib.h>

enum { IN_TIME, LATE, NOT_DONE, N_PARTS };

static const char *const part_names[N_PARTS + 1] = {"done_in_time", "done_late", "not_done", "total"};

/* What came of a duty once. */
struct tr_duty {
    uint32_t step, group, part, of; /* of: the case */
    int32_t late;
};

struct counting {
    struct tr_figures *out;
    const struct tr_routine *routine;
    struct tr_flow_groups *groups;
    const struct tr_duties_choice *choice;
    struct tr_disclosure rules;
    struct tr_duty *duty;
    uint32_t n;
};

static int by_late(const void *a, const void *b)
{
    const struct tr_duty *x = a, *y = b;

    return (x->late > y->late) - (x->late < y->late);
}

/* The part that the deadline belongs to; -1: none. */
static int part_of(const struct tr_deadline *d, const struct tr_duties_choice *choice)
{
    int32_t last = d->due_working_day != TR_NO_DAY ? d->due_working_day : d->due;

    if (d->passes || last == TR_NO_DAY || last > choice->as_of ||
        (choice->since != TR_NO_DAY && last < choice->since))
        return -1;
    switch (d->is) {
    case TR_DEADLINE_DONE:
        return d->late > 0 ? LATE : IN_TIME;
    case TR_DEADLINE_OVERDUE:
    case TR_DEADLINE_MISSED:
        return NOT_DONE;
    default:
        return -1;
    }
}

static int add_duty(struct tr_duties *d, const struct tr_duty *duty)
{
    if (d->n == d->room) {
        uint32_t room = d->room ? 2 * d->room : 1024;
        void *bigger = realloc(d->duty, room * sizeof *d->duty);

        if (!bigger)
            return -1;
        d->duty = bigger;
        d->room = room;
    }
    d->duty[d->n++] = *duty;
    return 0;
}

int tr_duties_take(struct tr_duties *all, const struct tr_records *deadlines)
{
    struct tr_flow_groups *g = all->groups;
    int of = -1;

    for (uint32_t i = 0; i < deadlines->n; i++) {
        const struct tr_deadline *d = tr_deadline(deadlines, i);
        int part = part_of(d, all->choice), group;

        if (part < 0 || d->number >= all->routine->n_steps)
            continue;
        if (of < 0 && (of = tr_flow_case(g, d->case_id)) < 0)
            return -1;
        group = tr_flow_group(g, of, d->case_id,
                              g->by == TR_FLOW_MONTH ? d->due_working_day : d->since);
        if (group < 0 || add_duty(all, &(struct tr_duty){d->number, (uint32_t)group, (uint32_t)part,
                                                         (uint32_t)of, part == LATE ? d->late : 0}) < 0)
            return -1;
    }
    return 0;
}

void tr_duties_clear(struct tr_duties *d)
{
    free(d->duty);
    *d = (struct tr_duties){0};
}

static uint32_t cell_of(const struct counting *k, const struct tr_duty *d)
{
    return (d->step * k->groups->n + d->group) * N_PARTS + d->part;
}

/* Puts the duties in order of step, group, part and lateness: dealt out to the cells of the table
 * first, as these are few. */
static int deal_out(struct counting *k)
{
    uint32_t n_groups = k->groups->n, cells = k->routine->n_steps * n_groups * N_PARTS, at = 0;
    struct tr_duty *dealt = calloc(k->n + (size_t)1, sizeof *dealt);
    uint32_t *first = calloc(cells + (size_t)1, sizeof *first);
    int rc = dealt && first ? 0 : -1;

    for (uint32_t i = 0; rc == 0 && i < k->n; i++)
        first[cell_of(k, &k->duty[i])]++;
    for (uint32_t c = 0, here; rc == 0 && c < cells; c++, at += here) {
        here = first[c];
        first[c] = at;
    }
    for (uint32_t i = 0; rc == 0 && i < k->n; i++)
        dealt[first[cell_of(k, &k->duty[i])]++] = k->duty[i];
    for (uint32_t c = LATE; rc == 0 && c < cells; c += N_PARTS)
        qsort(dealt + first[c - 1], first[c] - first[c - 1], sizeof *dealt, by_late);
    free(first);
    if (rc < 0) {
        free(dealt);
        return -1;
    }
    free(k->duty);
    k->duty = dealt;
    return 0;
}

static int sort_out(struct counting *k)
{
    struct tr_flow_groups *g = k->groups;
    uint32_t *rank = NULL;
    int rc = -1;

    if (tr_flow_groups_order(g) == 0 && (rank = calloc(g->n + (size_t)1, sizeof *rank))) {
        for (uint32_t i = 0; i < g->n; i++)
            rank[g->order[i]] = i;
        for (uint32_t i = 0; i < k->n; i++)
            k->duty[i].group = rank[k->duty[i].group];
        rc = deal_out(k);
    }
    free(rank);
    return rc;
}

/* Counts duties [from, to), which are in order, into cells of one row; persons are those of each
 * cell, once. last: of each case, a stamp. */
static void count_row(const struct counting *k, uint32_t from, uint32_t to,
                      struct tr_part_count *row, uint32_t *seen, uint32_t *stamp)
{
    for (uint32_t part = 0; part <= N_PARTS; part++) {
        ++*stamp;
        for (uint32_t i = from; i < to; i++) {
            const struct tr_duty *d = &k->duty[i];

            if (part < N_PARTS && d->part != part)
                continue;
            row[part].count++;
            row[part].persons += seen[d->of] != *stamp;
            seen[d->of] = *stamp;
        }
    }
}

/* The days of lateness that the part p of those late stay within: of the ordered list, the mean of
 * the two in the middle. */
static double late_quantile(const struct tr_duty *late, uint32_t n, double p)
{
    double at = p * n;
    uint32_t i = (uint32_t)at;

    if (n == 0)
        return NAN;
    if (at == i && i > 0)
        return (late[i - 1].late + (double)late[i < n ? i : n - 1].late) / 2;
    return late[i].late;
}

static void write_row(struct counting *k, uint32_t from, uint32_t to,
                      const struct tr_part_count *row)
{
    const struct tr_duty *d = &k->duty[from], *late = d;
    uint32_t n = 0;

    tr_figures_row(k->out);
    tr_figures_text(k->out, "duty", k->routine->step[d->step].label[k->choice->lang]);
    tr_figures_text(k->out, "step", k->routine->step[d->step].code);
    if (k->groups->by != TR_FLOW_ALL)
        tr_figures_text(k->out, tr_flow_by_columns[k->groups->by],
                        k->groups->name[k->groups->order[d->group]]);
    for (uint32_t p = 0; p <= N_PARTS; p++) {
        if (row[p].hidden)
            tr_figures_hide(k->out, part_names[p]);
        else
            tr_figures_count(k->out, part_names[p], row[p].count);
    }
    while (late < &k->duty[to] && late->part != LATE)
        late++;
    while (late + n < &k->duty[to] && late[n].part == LATE)
        n++;
    if (n == 0)
        return;
    if (row[LATE].hidden) {
        tr_figures_hide(k->out, "late_median");
        tr_figures_hide(k->out, "late_quartile3");
        return;
    }
    tr_figures_number(k->out, "late_median", late_quantile(late, n, 0.5), 1);
    tr_figures_number(k->out, "late_quartile3", late_quantile(late, n, 0.75), 1);
}

/* One step: duties [from, to). */
static int count_step(struct counting *k, uint32_t from, uint32_t to, uint32_t *seen,
                      uint32_t *stamp, struct tr_err *err)
{
    bool split = k->groups->by != TR_FLOW_ALL;
    uint32_t n = 0, wide = N_PARTS + 1;
    struct tr_part_count *part;
    int rc = 0;

    for (uint32_t i = from; i < to; i++)
        n += i == from || k->duty[i].group != k->duty[i - 1].group;
    part = calloc((size_t)wide * (n + 1), sizeof *part);
    if (!part)
        return tr_err_memory(err);
    for (uint32_t i = from, r = 0, end; i < to && split; i = end, r++) {
        for (end = i; end < to && k->duty[end].group == k->duty[i].group;)
            end++;
        count_row(k, i, end, part + (size_t)r * wide, seen, stamp);
    }
    count_row(k, from, to, part + (split ? (size_t)n * wide : 0), seen, stamp);
    if (!k->choice->whole)
        rc = tr_hold_back(part, split ? n : 0, N_PARTS, &k->rules, err);
    for (uint32_t i = from, r = 0, end; rc == 0 && i < to; i = end, r++) {
        for (end = i; end < to && k->duty[end].group == k->duty[i].group;)
            end++;
        write_row(k, i, end, part + (size_t)r * wide);
    }
    free(part);
    return rc;
}

int tr_duties_count(struct tr_figures *out, struct tr_duties *all, struct tr_err *err)
{
    const char *const names[] = {"duty",   tr_flow_by_columns[all->groups->by],
                                 "=done_in_time", "=done_late",
                                 "=not_done", "=total",
                                 "=late_median", "=late_quartile3",
                                 "step", NULL};
    struct counting k = {.out = out, .routine = all->routine, .groups = all->groups,
                         .choice = all->choice, .duty = all->duty, .n = all->n};
    uint32_t *seen = NULL, stamp = 0;
    int rc = tr_disclosure_load(&k.rules, all->routine->profile, err);

    all->duty = NULL; /* put in order, it is another */
    tr_figures_start(out, names);
    if (rc == 0 && (sort_out(&k) < 0 || !(seen = calloc(k.groups->cases.n + 1, sizeof *seen))))
        rc = tr_err_memory(err);
    for (uint32_t i = 0, end; rc == 0 && i < k.n; i = end) {
        for (end = i; end < k.n && k.duty[end].step == k.duty[i].step;)
            end++;
        rc = count_step(&k, i, end, seen, &stamp, err);
    }
    if (rc == 0 && out->failed)
        rc = tr_err_memory(err);
    free(seen);
    free(k.duty);
    return rc;
}

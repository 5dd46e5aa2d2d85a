#include <stdlib.h>

#include "domain/cases/cases_own.h"

/* What begins a level, and what ends it. */
static const struct {
    enum tr_case_fact begins, ends;
} levels[TR_N_LEVELS] = {
    [TR_LEVEL_PARKED] = {TR_FACT_PARKED, TR_FACT_RESUMED},
    [TR_LEVEL_OFFERED] = {TR_FACT_OFFERED, TR_FACT_EXPIRED},
    [TR_LEVEL_ACCEPTED] = {TR_FACT_ACCEPTED, TR_FACT_EXPIRED},
    [TR_LEVEL_KEPT] = {TR_FACT_KEPT, TR_FACT_GIVEN_UP},
    [TR_LEVEL_LIVES] = {TR_FACT_MOVED_IN, TR_FACT_MOVED_OUT},
};

/* The end of a level, or its beginning. */
struct edge {
    uint32_t number;
    int32_t day;
    enum tr_case_level level;
    int step; /* 1: begins; -1: ends */
    bool declined;
    const struct tr_held *held;
};

static int by_edge(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->level < y->level ? -1 : x->level > y->level;
}

static int strongest(const int *count)
{
    int level = TR_N_LEVELS - 1;

    while (level > TR_LEVEL_NONE && count[level] <= 0)
        level--;
    return level;
}

/* The strongest level changes on a day; edge: the last of those that changed it, which tells of it. Living that turns into a kept place is one event. */
static void change(struct tr_finding *f, const struct edge *edge, int before, int after,
                   bool declined)
{
    const struct tr_held *held = edge->held;

    if (after < before && !(before == TR_LEVEL_LIVES && after == TR_LEVEL_KEPT)) {
        enum tr_case_fact ends = declined && before != TR_LEVEL_LIVES && before != TR_LEVEL_KEPT
                                     ? TR_FACT_DECLINED
                                     : levels[before].ends;

        tr_case_mark(f, edge->number, edge->day, f->states->type_of[ends], held->by, held->index);
    }
    if (after != TR_LEVEL_NONE && after != before)
        tr_case_mark(f, edge->number, edge->day, f->states->type_of[levels[after].begins],
                     held->by, held->index);
}

/* The changes of one case; gives the number of edges that were its. */
static size_t change_case(struct tr_finding *f, const struct edge *edge, size_t n)
{
    int count[TR_N_LEVELS] = {0}, now = TR_LEVEL_NONE;
    size_t i = 0;

    while (i < n && edge[i].number == edge->number) {
        int32_t day = edge[i].day;
        bool declined = false;
        int after;

        for (; i < n && edge[i].number == edge->number && edge[i].day == day; i++) {
            count[edge[i].level] += edge[i].step;
            declined |= edge[i].declined && edge[i].step < 0;
        }
        after = strongest(count);
        if (after != now)
            change(f, &edge[i - 1], now, after, declined);
        now = after;
    }
    return i;
}

void tr_case_levels_tell(struct tr_finding *f)
{
    struct edge *edge = malloc((2 * f->n_held + 1) * sizeof *edge);
    size_t n = 0;

    if (!edge) {
        f->failed = true;
        return;
    }
    for (size_t h = 0; h < f->n_held; h++) {
        const struct tr_held *held = &f->held[h];

        edge[n++] = (struct edge){held->number, held->from, held->level, 1, held->declined,
                                held};
        if (held->end != TR_NO_DAY)
            edge[n++] = (struct edge){held->number, held->end,      held->level,
                                      -1,           held->declined, held};
    }
    qsort(edge, n, sizeof *edge, by_edge);
    for (size_t i = 0; i < n;)
        i += change_case(f, edge + i, n - i);
    free(edge);
}

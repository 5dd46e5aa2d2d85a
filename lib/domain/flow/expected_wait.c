#include "domain/flow/expected_wait.h"

#include <math.h>
#include <stdlib.h>

enum { YEAR = 365 };

double tr_expected_arrivals(const struct tr_records *stays, int32_t as_of)
{
    int32_t first = as_of;
    uint32_t n = 0;

    for (uint32_t i = 0; i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);

        if (!tr_stay_lived(s) || s->from > as_of || s->from <= as_of - YEAR)
            continue;
        first = s->from < first ? s->from : first;
        n++;
    }
    return n / (double)(as_of - first + 1);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int tr_expected_waits(struct tr_scenario *s, struct tr_expected_wait *range)
{
    uint32_t n = s->start.n_waiting, runs = s->sim.runs;
    double *result = calloc((size_t)runs * tr_sim_results(&s->sim), sizeof *result);
    double *placed = calloc((size_t)runs * n + 1, sizeof *placed);
    double *sorted = calloc(runs, sizeof *sorted);
    int rc = -1;

    s->start.placed = placed;
    if (result && placed && sorted)
        rc = tr_sim_run(&s->sim, result);
    s->start.placed = NULL;
    for (uint32_t i = 0; rc == 0 && i < n; i++) {
        for (uint32_t r = 0; r < runs; r++)
            sorted[r] = placed[(size_t)r * n + i];
        qsort(sorted, runs, sizeof *sorted, ascending);
        range[i] = (struct tr_expected_wait){sorted[(uint32_t)(0.1 * (runs - 1))],
                                             sorted[(uint32_t)ceil(0.9 * (runs - 1))]};
    }
    free(result);
    free(placed);
    free(sorted);
    return rc;
}

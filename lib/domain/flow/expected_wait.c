#include "domain/flow/expected_wait.h"

#include <stdlib.h>

enum { YEAR = 365 };

double tr_expected_arrivals(const struct tr_records *stays, int32_t as_of, int32_t *known)
{
    int32_t first = as_of + 1;
    uint32_t n = 0;

    for (uint32_t i = 0; i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);

        if (!tr_stay_lived(s) || s->from > as_of)
            continue;
        first = s->from < first ? s->from : first;
        n += s->from > as_of - YEAR;
    }
    *known = as_of - first + 1 < YEAR ? as_of - first + 1 : YEAR;
    return n / (double)(*known > TR_ARRIVALS_DAYS ? *known : TR_ARRIVALS_DAYS);
}

int tr_expected_waits(struct tr_scenario *s, struct tr_expected_wait *range)
{
    uint32_t n = s->start.n_waiting, runs = s->sim.runs;
    double *result = calloc((size_t)runs * tr_sim_results(&s->sim), sizeof *result);
    double *placed = calloc((size_t)runs * n + 1, sizeof *placed);
    double *of_one = calloc(runs, sizeof *of_one);
    struct tr_figures_band band;
    int rc = -1;

    s->start.placed = placed;
    if (result && placed && of_one)
        rc = tr_sim_run(&s->sim, result);
    s->start.placed = NULL;
    for (uint32_t i = 0; rc == 0 && i < n; i++) {
        for (uint32_t r = 0; r < runs; r++)
            of_one[r] = placed[(size_t)r * n + i];
        band = tr_figures_band_of(of_one, runs, 0.1);
        range[i] = (struct tr_expected_wait){band.low, band.high};
    }
    free(result);
    free(placed);
    free(of_one);
    return rc;
}

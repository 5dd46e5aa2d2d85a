/* The figures of a scenario, and of another one beside it, as a table. */
#include <math.h>
#include <stdlib.h>

#include "domain/flow/scenario.h"

static const char *const measures[TR_N_SIM_MEASURES] = {
    [TR_SIM_WAIT_MEAN] = "wait_mean", [TR_SIM_WAIT_MEDIAN] = "wait_median",
    [TR_SIM_WAITING] = "waiting",     [TR_SIM_PLACED] = "placed_a_year",
    [TR_SIM_OCCUPANCY] = "occupied",
};

struct telling {
    struct tr_figures *out;
    const struct tr_scenario *s;
    enum tr_scenario_by by;
    const double *now, *then; /* results; then may be NULL */
    double *number; /* scratch: of each run */
};

static void start_row(struct telling *t, const char *scenario, uint32_t group, int measure)
{
    tr_figures_row(t->out);
    tr_figures_text(t->out, tr_scenario_by_names[t->by],
                    group == t->s->sim.n_groups ? TR_STR("total") : t->s->group[group]);
    tr_figures_text(t->out, "scenario", tr_str(scenario));
    tr_figures_text(t->out, "measure", tr_str(measures[measure]));
}

static void tell(struct telling *t, const char *scenario, const double *result, uint32_t group,
                 int measure)
{
    uint32_t n = 0, wide = tr_sim_results(&t->s->sim);
    double sum = 0;
    struct tr_figures_band band;

    for (uint32_t r = 0; r < t->s->sim.runs; r++) {
        double x = result[(size_t)r * wide + group * TR_N_SIM_MEASURES + (uint32_t)measure];

        if (!isnan(x)) {
            t->number[n++] = x;
            sum += x;
        }
    }
    if (n == 0)
        return;
    band = tr_figures_band_of(t->number, n, 0.05);
    start_row(t, scenario, group, measure);
    tr_figures_number(t->out, "value", sum / n, 1);
    tr_figures_number(t->out, "band_low", band.low, 1);
    tr_figures_number(t->out, "band_high", band.high, 1);
}

/* The mean of the differences, run by run: both scenarios had the same chances. */
static void tell_difference(struct telling *t, uint32_t group, int measure)
{
    uint32_t n = 0, wide = tr_sim_results(&t->s->sim);
    double sum = 0, squares = 0, error;

    for (uint32_t r = 0; r < t->s->sim.runs; r++) {
        size_t at = (size_t)r * wide + group * TR_N_SIM_MEASURES + (uint32_t)measure;
        double x = t->then[at] - t->now[at];

        if (isnan(x))
            continue;
        n++;
        sum += x;
        squares += x * x;
    }
    if (n < 2)
        return;
    error = 1.959963984540054 * sqrt(fmax(0, squares / n - sum / n * (sum / n)) / (n - 1));
    start_row(t, "difference", group, measure);
    tr_figures_number(t->out, "value", sum / n, 2);
    tr_figures_number(t->out, "band_low", sum / n - error, 2);
    tr_figures_number(t->out, "band_high", sum / n + error, 2);
    tr_figures_text(t->out, "beyond_chance", fabs(sum / n) > error ? TR_STR("ja") : TR_STR("nei"));
}

static void tell_all(struct telling *t)
{
    uint32_t groups = t->s->sim.n_groups;

    for (uint32_t g = t->by == TR_SCENARIO_ALL ? groups : 0; g <= groups; g++)
        for (int m = 0; m < TR_N_SIM_MEASURES; m++) {
            if (!measures[m] || (m == TR_SIM_OCCUPANCY && g < groups))
                continue;
            tell(t, "as_is", t->now, g, m);
            if (!t->then)
                continue;
            tell(t, "changed", t->then, g, m);
            tell_difference(t, g, m);
        }
}

/* The other scenario: the same people and chances. */
static struct tr_sim changed(const struct tr_scenario *s, const struct tr_scenario_change *change,
                             struct tr_sim_start *start, uint32_t beds[TR_SIM_HOUSES])
{
    struct tr_sim sim = s->sim;

    for (uint32_t h = 0; h < s->sim.n_houses; h++) {
        int64_t more = (int64_t)s->beds[h] + change->more[h];

        beds[h] = more > 0 ? (uint32_t)more : 0;
    }
    *start = s->start;
    start->waiting = s->queue;
    sim.start = s->sim.start ? start : NULL;
    sim.beds = beds;
    sim.type = s->other;
    sim.last_first = s->other_last_first;
    sim.shorter = change->shorter;
    return sim;
}

int tr_scenario_run(struct tr_figures *out, const struct tr_scenario *s,
                    const struct tr_scenario_choice *choice,
                    const struct tr_scenario_change *change, struct tr_err *err)
{
    const char *const names[] = {choice->by == TR_SCENARIO_ALL ? ""
                                                               : tr_scenario_by_names[choice->by],
                                 "scenario",
                                 "measure",
                                 "=value",
                                 "=band_low",
                                 "=band_high",
                                 change ? "beyond_chance" : "",
                                 NULL};
    size_t n = (size_t)s->sim.runs * tr_sim_results(&s->sim);
    double *now = calloc(n, sizeof *now), *then = calloc(n, sizeof *then),
           *sorted = calloc(s->sim.runs, sizeof *sorted);
    struct tr_sim_start start;
    uint32_t beds[TR_SIM_HOUSES];
    int rc = now && then && sorted ? tr_sim_run(&s->sim, now) : -1;

    tr_figures_start(out, names);
    if (rc == 0 && change) {
        struct tr_sim other = changed(s, change, &start, beds);

        rc = tr_sim_run(&other, then);
    }
    if (rc == 0) {
        struct telling t = {out, s, choice->by, now, change ? then : NULL, sorted};

        tell_all(&t);
    }
    free(now);
    free(then);
    free(sorted);
    return rc < 0 || out->failed ? tr_err_memory(err) : 0;
}

#include "domain/flow/scenario.h"

#include <math.h>
#include <stdlib.h>

#include "domain/flow/survival.h"
#include "domain/routine/event.h"

enum { STEPS = 101, FEW = 10 };

const char *const tr_scenario_by_names[] = {
    [TR_SCENARIO_ALL] = "all",
    [TR_SCENARIO_SERVICE_LEVEL] = "service_level",
    [TR_SCENARIO_BYDEL] = "bydel",
    [TR_N_SCENARIO_BY] = NULL,
};

/* ---- how long people stay ---- */

/* Takes the days of stays at a service level (-1: any). */
static uint32_t take_stays(const struct tr_round *round, const struct tr_records *stays, int32_t level,
                           struct tr_watch *watch, uint32_t *open)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        int32_t end = s->to != TR_NO_DAY && s->to <= round->as_of ? s->to : round->as_of;

        if (!tr_stay_lived(s) || s->from > round->as_of ||
            (level >= 0 &&
             tr_institution(&round->places, (uint32_t)s->institution)->service_level != level))
            continue;
        watch[n++] = (struct tr_watch){end - s->from, s->to != TR_NO_DAY && s->to <= round->as_of};
        *open += !watch[n - 1].reached;
    }
    return n;
}

/* Steps through the quantiles of the curve. Beyond its end, stays end at the rate at which they did. */
static void fill_quantiles(const struct tr_curve *c, double days_watched, double *quantile)
{
    double rate = c->reached / (days_watched > 0 ? days_watched : 1), last = 0, share = 1;

    for (uint32_t i = 0; i < c->n; i++)
        if (c->point[i].reached > 0 && c->point[i].share > 0) {
            last = c->point[i].days;
            share = c->point[i].share;
        }
    for (uint32_t k = 0; k < STEPS; k++) {
        double p = ((double)k + 0.5) / STEPS, at = tr_curve_quantile(c, p);

        quantile[k] = !isnan(at) ? at : last + log(share / (1 - p)) / rate;
        quantile[k] = quantile[k] < 0.5 ? 0.5 : quantile[k];
        if (k > 0 && quantile[k] < quantile[k - 1])
            quantile[k] = quantile[k - 1];
    }
}

static double mean_of(const struct tr_sim_stay *s)
{
    double sum = 0;

    for (uint32_t i = 0; i < s->n; i++)
        sum += s->quantile[i];
    return sum / s->n;
}

static int fit_stays(struct tr_scenario *s, const struct tr_round *round,
                     const struct tr_records *stays, double mean)
{
    const struct tr_list *levels = tr_profile_list(round->profile, "service_level");
    struct tr_watch *watch = calloc(stays->n + (size_t)1, sizeof *watch);
    int rc = watch ? 0 : -1;

    s->quantiles = calloc((size_t)(levels->n + 1) * STEPS, sizeof *s->quantiles);
    rc = s->quantiles ? rc : -1;
    for (int k = levels->n; rc == 0 && k >= 0; k--) { /* all of them first: others borrow it */
        struct tr_curve c = {0};
        double days = 0, *quantile = s->quantiles + (size_t)k * STEPS;
        uint32_t open = 0, n = take_stays(round, stays, k < levels->n ? k : -1, watch, &open);

        for (uint32_t i = 0; i < n; i++)
            days += watch[i].days;
        rc = tr_curve_make(&c, watch, n, 0.95);
        s->stay[k] = (struct tr_sim_stay){quantile, STEPS};
        if (mean > 0) {
            *quantile = mean;
            s->stay[k].n = 1;
        } else if (k == levels->n) {
            s->stays = c.reached;
            s->open_stays = open;
            fill_quantiles(&c, days, quantile);
        } else if (c.reached < FEW) {
            s->stay[k] = s->stay[levels->n];
            s->levels_few += n > 0;
        } else {
            fill_quantiles(&c, days, quantile);
        }
        tr_curve_clear(&c);
    }
    free(watch);
    return rc;
}

/* ---- who comes ---- */

/* Ranks by what the order of priority says before the day of receipt, which the simulation makes. */
static uint32_t rank_types(const struct tr_round *round, uint32_t i)
{
    struct tr_candidate a = *tr_candidate(&round->referrals, i);
    uint32_t rank = 0;

    a.received = 0;
    a.queue_number = 0;
    a.id = (struct tr_str){"", 0};
    for (uint32_t j = 0; j < round->referrals.n; j++) {
        struct tr_candidate b = *tr_candidate(&round->referrals, j);

        b.received = 0;
        b.queue_number = 0;
        b.id = a.id;
        rank += tr_priority_compare(&round->priority, &b, &a) < 0;
    }
    return rank;
}

static uint32_t group_of(struct tr_scenario *s, struct tr_str code)
{
    uint32_t g = 0;

    while (g < s->sim.n_groups && !tr_str_eq(s->group[g], code))
        g++;
    if (g == TR_SIM_GROUPS)
        return g - 1;
    s->group[g] = code;
    s->sim.n_groups += g == s->sim.n_groups;
    return g;
}

static struct tr_str code_of(const struct tr_round *round, const struct tr_records *cases,
                             uint32_t i, enum tr_scenario_by by)
{
    const struct tr_candidate *c = tr_candidate(&round->referrals, i);
    const struct tr_list *list =
        tr_profile_list(round->profile, by == TR_SCENARIO_BYDEL ? "bydel" : "service_level");
    int of = tr_records_find(cases, c->id);
    int32_t code = by == TR_SCENARIO_ALL             ? -1
                   : by == TR_SCENARIO_SERVICE_LEVEL ? c->service_level
                   : of >= 0                         ? tr_case(cases, (uint32_t)of)->bydel
                                                     : -1;

    return code >= 0 ? list->entry[code].code : (struct tr_str){"", 0};
}

/* A type of people for each referral. Those who fit nowhere stay out: they would wait for ever. */
static int make_types(struct tr_scenario *s, const struct tr_round *round,
                      const struct tr_records *cases, enum tr_scenario_by by)
{
    const struct tr_list *levels = tr_profile_list(round->profile, "service_level");

    s->type = calloc(round->referrals.n + (size_t)1, sizeof *s->type);
    if (!s->type)
        return -1;
    for (uint32_t i = 0; i < round->referrals.n && s->sim.n_types < UINT16_MAX; i++) {
        const struct tr_candidate *c = tr_candidate(&round->referrals, i);
        struct tr_sim_type t = {.rank = rank_types(round, i)};

        for (uint32_t h = 0; h < round->places.n; h++) {
            const struct tr_institution *place = tr_institution(&round->places, h);

            if (!tr_place_rules_hold(&round->rules, c, place))
                continue;
            t.options |= UINT64_C(1) << h;
            if (tr_list_place(c->wishes, place->id) > 0)
                t.wishes |= UINT64_C(1) << h;
        }
        t.stay = (uint32_t)(c->service_level >= 0 ? c->service_level : levels->n);
        t.group = group_of(s, code_of(round, cases, i, by));
        if (t.options)
            s->type[s->sim.n_types++] = t;
    }
    return 0;
}

static double rate_of(const struct tr_round *round)
{
    int32_t first = INT32_MAX, last = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < round->referrals.n; i++) {
        int32_t day = tr_candidate(&round->referrals, i)->received;

        if (day == TR_NO_DAY)
            continue;
        first = day < first ? day : first;
        last = day > last ? day : last;
        n++;
    }
    return n ? (double)n / (last - first + 1) : 0;
}

static double declined_of(const struct tr_records *stays)
{
    uint32_t offers = 0, declined = 0;

    for (uint32_t i = 0; i < stays->n; i++) {
        int32_t is = tr_stay(stays, i)->status;

        declined += is == TR_STAY_DECLINED || is == TR_STAY_EXPIRED;
        offers += is == TR_STAY_DECLINED || is == TR_STAY_EXPIRED || is == TR_STAY_ACCEPTED ||
                  tr_stay_lived(tr_stay(stays, i));
    }
    return offers ? (double)declined / offers : 0;
}

int tr_scenario_make(struct tr_scenario *s, const struct tr_round *round,
                     const struct tr_records *cases, const struct tr_records *stays,
                     const struct tr_scenario_choice *choice, struct tr_err *err)
{
    double days = 0, beds = 0;

    *s = (struct tr_scenario){0};
    if (round->places.n > TR_SIM_HOUSES)
        return tr_err_set(err, TR_E_SIMULATE, N_("more than 64 institutions"), NULL, NULL);
    if (make_types(s, round, cases, choice->by) < 0 || fit_stays(s, round, stays, choice->stay) < 0)
        return tr_err_memory(err);
    s->sim.arrivals = choice->arrivals > 0 ? choice->arrivals : rate_of(round);
    s->sim.declined = choice->declined >= 0 ? choice->declined : declined_of(stays);
    if (s->sim.n_types == 0 || s->sim.arrivals <= 0)
        return tr_err_set(err, TR_E_SIMULATE, N_("nobody fits anywhere, or comes on any day"), NULL,
                          NULL);
    if (choice->stay <= 0 && s->stays == 0)
        return tr_err_set(err, TR_E_SIMULATE, N_("no stay has ended: give --stay"), NULL, NULL);
    for (uint32_t h = 0; h < round->places.n; h++) {
        int32_t capacity = tr_institution(&round->places, h)->capacity;

        s->beds[h] = capacity > 0 ? (uint32_t)capacity : 0;
        beds += s->beds[h];
    }
    for (uint32_t t = 0; t < s->sim.n_types; t++)
        days += mean_of(&s->stay[s->type[t].stay]) / s->sim.n_types;
    s->load = beds > 0 ? s->sim.arrivals * days / beds : INFINITY;
    s->sim.beds = s->beds;
    s->sim.n_houses = round->places.n;
    s->sim.type = s->type;
    s->sim.stay = s->stay;
    s->sim.every = choice->every;
    s->sim.warm_up = choice->warm_up;
    s->sim.days = choice->days;
    s->sim.seed = choice->seed;
    s->sim.runs = choice->runs;
    s->sim.threads = choice->threads;
    return 0;
}

void tr_scenario_clear(struct tr_scenario *s)
{
    free(s->type);
    free(s->quantiles);
    *s = (struct tr_scenario){0};
}

/* ---- figures ---- */

static const char *const measures[TR_N_SIM_MEASURES] = {
    [TR_SIM_WAIT_MEAN] = "wait_mean", [TR_SIM_WAIT_MEDIAN] = "wait_median",
    [TR_SIM_WAITING] = "waiting",     [TR_SIM_PLACED] = "placed_a_year",
    [TR_SIM_OCCUPANCY] = "occupied",
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

struct telling {
    struct tr_figures *out;
    const struct tr_scenario *s;
    enum tr_scenario_by by;
    const double *now, *then; /* results; then may be NULL */
    double *sorted;
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

    for (uint32_t r = 0; r < t->s->sim.runs; r++) {
        double x = result[(size_t)r * wide + group * TR_N_SIM_MEASURES + (uint32_t)measure];

        if (!isnan(x)) {
            t->sorted[n++] = x;
            sum += x;
        }
    }
    if (n == 0)
        return;
    qsort(t->sorted, n, sizeof *t->sorted, ascending);
    start_row(t, scenario, group, measure);
    tr_figures_number(t->out, "value", sum / n, 1);
    tr_figures_number(t->out, "band_low", t->sorted[(uint32_t)(0.05 * (n - 1))], 1);
    tr_figures_number(t->out, "band_high", t->sorted[(uint32_t)ceil(0.95 * (n - 1))], 1);
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
    tr_figures_text(t->out, "beyond_chance",
                    fabs(sum / n) > error ? TR_STR("ja") : TR_STR("nei"));
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

int tr_scenario_run(struct tr_figures *out, struct tr_scenario *s, const struct tr_profile *p,
                    const struct tr_scenario_choice *choice,
                    const struct tr_scenario_change *change, struct tr_err *err)
{
    const char *const names[] = {choice->by == TR_SCENARIO_ALL ? "" : tr_scenario_by_names[choice->by],
                                 "scenario", "measure", "=value", "=band_low", "=band_high",
                                 change ? "beyond_chance" : "", NULL};
    size_t n = (size_t)s->sim.runs * tr_sim_results(&s->sim);
    double *now = calloc(n, sizeof *now), *then = calloc(n, sizeof *then),
           *sorted = calloc(s->sim.runs, sizeof *sorted);
    struct tr_sim other = s->sim;
    uint32_t beds[TR_SIM_HOUSES];
    int rc = now && then && sorted ? tr_sim_run(&s->sim, now) : -1;

    (void)p;
    tr_figures_start(out, names);
    for (uint32_t h = 0; change && h < s->sim.n_houses; h++) {
        int64_t more = (int64_t)s->beds[h] + change->more[h];

        beds[h] = more > 0 ? (uint32_t)more : 0;
    }
    other.beds = change ? beds : s->beds;
    other.shorter = change ? change->shorter : 0;
    if (rc == 0 && change)
        rc = tr_sim_run(&other, then);
    if (rc == 0) {
        struct telling t = {out, s, choice->by, now, change ? then : NULL, sorted};

        tell_all(&t);
    }
    free(now);
    free(then);
    free(sorted);
    return rc < 0 || out->failed ? tr_err_memory(err) : 0;
}

#include "cli/work/simulating.h"

#include <stdlib.h>

#include "base/chance.h"
#include "base/number.h"
#include "cli/input/inputs.h"
#include "cli/writing/reporting.h"
#include "domain/flow/survival.h"

enum { BEDS_MAX = 100000, ALL_BEDS = -1000000 };

/* ---- what differs ---- */

/* The place that is called so; a usage error when there is none. */
static uint32_t find_place(const struct tr_app *app, const struct tr_round *round, struct tr_str id)
{
    int at = tr_records_find(&round->places, id);
    char name[TR_ID_MAX + 1];

    tr_err_copy(name, sizeof name, id);
    if (at < 0)
        tr_app_usage(app, N_("there is no institution ‘%1’"), name, NULL);
    return (uint32_t)at;
}

static void read_beds(const struct tr_app *app, const struct tr_round *round,
                      const struct tr_simulating *in, struct tr_scenario_change *change)
{
    for (int i = 0; i < in->add.n; i++) {
        struct tr_str rest = tr_str(in->add.at[i]), id;
        long long more;

        tr_str_part(&rest, ':', &id);
        if (!rest.p || !tr_number_read(rest, &more) || more < -BEDS_MAX || more > BEDS_MAX)
            tr_app_usage(app, N_("--add is INSTITUTION:K, not ‘%1’"), in->add.at[i], NULL);
        change->more[find_place(app, round, id)] += (int32_t)more;
    }
    for (int i = 0; i < in->close.n; i++)
        change->more[find_place(app, round, tr_str(in->close.at[i]))] = ALL_BEDS;
}

static void read_order(const struct tr_app *app, const char *text, struct tr_priority *order)
{
    if (tr_priority_parse(order, tr_str(text)) < 0)
        tr_app_usage(app, N_("--order is an order of priority such as urgency|received, not ‘%1’"),
                     text, NULL);
}

/* ---- the two scenarios ---- */

struct work {
    struct tr_round round, rules;
    struct tr_records stays;
    struct tr_span *holds;
    struct tr_casefile cases;
    struct tr_app other; /* of the other rules: its profile outlives the round */
    struct tr_priority order;
};

static int read_places(struct tr_app *app, const struct tr_simulating *in, struct tr_round *round)
{
    return in->places ? tr_placing_places(app, in->places, round)
                      : tr_placing_institutions(app, in->institutions, in->as_of, round);
}

/* The same places and referrals by the rules of the other profile. */
static int read_rules(struct tr_app *app, const struct tr_simulating *in, struct work *w)
{
    struct tr_app *other = &w->other;
    struct tr_casefile cases = {0};
    struct tr_profile profile;
    int rc = -1;

    if (tr_app_other_profile(app, in->rules, &profile) < 0)
        return -1;
    *other = *app;
    other->profile = profile;
    if (read_places(other, in, &w->rules) == 0 &&
        tr_casefile_start(other, &cases) == 0)
        rc = tr_placing_referrals(other, in->referrals, in->links, false, &cases, &w->rules);
    tr_app_raise(app, other->status);
    tr_casefile_clear(&cases);
    return rc;
}

static int read_all(struct tr_app *app, const struct tr_simulating *in, struct work *w)
{
    if (read_places(app, in, &w->round) < 0 ||
        tr_casefile_start(app, &w->cases) < 0 ||
        tr_placing_referrals(app, in->referrals, in->links, false, &w->cases, &w->round) < 0)
        return -1;
    if (in->rules && read_rules(app, in, w) < 0)
        return -1;
    if (in->from_today)
        return tr_placing_stays_history(app, in->stays, in->events, &w->cases, &w->round, &w->stays,
                                        &w->holds) < 0
                   ? -1
                   : tr_placing_persons(app, false, &w->round);
    return tr_app_stays_history(app, in->stays, &w->round.places, w->round.as_of, &w->stays);
}

/* As many as came, as a Poisson count, in the days in which they did. */
static void say_arrivals(struct tr_app *app, const struct tr_scenario *s)
{
    struct tr_interval seen = tr_poisson_interval(s->arrived, 0.95);
    double years = s->arrived / s->sim.arrivals / 365.25;
    char number[24], low[24], high[24];
    struct tr_err err;

    snprintf(number, sizeof number, "%lu", (unsigned long)s->arrived);
    snprintf(low, sizeof low, "%.1f", seen.low / years);
    snprintf(high, sizeof high, "%.1f", seen.high / years);
    tr_err_set(&err, TR_W_ARRIVALS_FEW, number, low, high);
    tr_app_say(app, &err);
}

void tr_simulating_say_doubts(struct tr_app *app, const struct tr_scenario *s)
{
    char number[24];
    struct tr_err err;

    tr_report_say_few(app, s->levels_few);
    if (s->open_stays > s->stays && s->stays > 0) {
        snprintf(number, sizeof number, "%lu", (unsigned long)s->open_stays);
        tr_err_set(&err, TR_W_STAYS_OPEN, number, NULL, NULL);
        tr_app_say(app, &err);
    }
    if (s->endless > 0) {
        snprintf(number, sizeof number, "%lu", (unsigned long)s->endless);
        tr_err_set(&err, TR_W_STAYS_ENDLESS, number, NULL, NULL);
        tr_app_say(app, &err);
    }
    if (s->arrived > 0 && s->arrived < TR_CURVE_FEW)
        say_arrivals(app, s);
    if (s->load >= 1) {
        snprintf(number, sizeof number, "%.0f", 100 * s->load);
        tr_err_set(&err, TR_W_OVERLOAD, number, NULL, NULL);
        tr_app_say(app, &err);
    }
}

static void try(struct tr_app *app, const struct tr_simulating *in, struct work *w,
                struct tr_figures *out)
{
    struct tr_scenario_change change = {.shorter = in->shorter};
    const struct tr_scenario_input input = {.round = &w->round,
                                            .cases = &w->cases.referrals,
                                            .stays = &w->stays,
                                            .holds = w->holds,
                                            .persons = &w->cases.cases,
                                            .rules = in->rules ? &w->rules : NULL,
                                            .order = in->order ? &w->order : NULL,
                                            .choice = &in->choice};
    bool changed = in->add.n > 0 || in->close.n > 0 || in->shorter > 0 || in->rules || in->order;
    struct tr_scenario s = {0};
    struct tr_err err;

    read_beds(app, &w->round, in, &change);
    if (tr_scenario_make(&s, &input, &err) < 0 ||
        tr_scenario_run(out, &s, &in->choice, changed ? &change : NULL, &err) < 0)
        tr_app_fail(app, &err);
    else
        tr_simulating_say_doubts(app, &s);
    if (s.no_lengths)
        tr_app_note(app, N_("give --stays with stays that have ended, or a mean length with --stay"), NULL);
    tr_scenario_clear(&s);
}

void tr_simulating_run(struct tr_app *app, const struct tr_simulating *in, enum tr_format format,
                       const char *path)
{
    struct tr_figures out = {0};
    struct tr_twice twice = {0};
    struct tr_dict said = {0};
    struct work w = {0};

    if (in->rules) {
        app->twice = &twice;
        app->said = &said;
    }
    if (in->order)
        read_order(app, in->order, &w.order);
    if (read_all(app, in, &w) == 0) {
        try(app, in, &w, &out);
        if (out.n_columns > 0)
            tr_report_write(app, &out, format, path);
    }
    tr_figures_clear(&out);
    tr_round_clear(&w.rules);
    tr_round_clear(&w.round);
    tr_records_clear(&w.stays);
    tr_casefile_clear(&w.cases);
    tr_profile_clear(&w.other.profile);
    free(w.holds);
    app->twice = NULL;
    app->said = NULL;
    tr_twice_clear(&twice);
    tr_dict_clear(&said);
}

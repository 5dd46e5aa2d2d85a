#include "cli/work/waiting.h"

#include <math.h>
#include <stdlib.h>

#include "cli/work/simulating.h"
#include "domain/flow/expected_wait.h"

enum { RUNS = 400, DAYS = 730, ROUND = 7 };

/* Nobody is told a range, and all else is explained. */
static int say_unknown(struct tr_app *app, const char *why)
{
    struct tr_err err;

    tr_err_set(&err, TR_W_WAITS_UNKNOWN, why, NULL, NULL);
    tr_app_say(app, &err);
    return 0;
}

static void say_short(struct tr_app *app, int32_t days)
{
    char number[24];
    struct tr_err err;

    snprintf(number, sizeof number, "%ld", (long)days);
    tr_err_set(&err, TR_W_ARRIVALS_SHORT, number, NULL, NULL);
    tr_app_say(app, &err);
}

static int find_ranges(struct tr_app *app, struct tr_scenario *s, struct tr_waiting *out)
{
    struct tr_expected_wait *range = calloc(s->start.n_waiting + (size_t)1, sizeof *range);
    int rc = range && tr_expected_waits(s, range) == 0 ? 0 : tr_app_no_memory(app);

    for (uint32_t i = 0; rc == 0 && i < s->start.n_waiting; i++)
        out->of[s->person[i]] = range[i];
    if (rc == 0)
        tr_simulating_say_doubts(app, s);
    free(range);
    return rc;
}

static int look_ahead(struct tr_app *app, const struct tr_scenario_input *in,
                      struct tr_waiting *out)
{
    struct tr_scenario s = {0};
    struct tr_err err;
    int rc;

    if (tr_scenario_make(&s, in, &err) == 0)
        rc = find_ranges(app, &s, out);
    else
        rc = err.code == TR_E_SIMULATE ? say_unknown(app, err.arg[0]) : tr_app_fail(app, &err);
    tr_scenario_clear(&s);
    return rc;
}

/* By how many moved in, where nobody has said how many come. */
static int look_by_stays(struct tr_app *app, const struct tr_scenario_input *in,
                         struct tr_scenario_choice *choice, struct tr_waiting *out)
{
    int32_t known = TR_ARRIVALS_DAYS;

    if (choice->arrivals <= 0)
        choice->arrivals = tr_expected_arrivals(in->stays, in->round->as_of, &known);
    if (choice->arrivals <= 0)
        return say_unknown(app, N_("nobody moved in in the last year: give --arrivals"));
    if (known < TR_ARRIVALS_DAYS)
        say_short(app, known);
    return look_ahead(app, in, out);
}

static int start_unknown(struct tr_app *app, uint32_t n, struct tr_waiting *out)
{
    out->of = calloc(n + (size_t)1, sizeof *out->of);
    for (uint32_t i = 0; out->of && i < n; i++)
        out->of[i] = (struct tr_expected_wait){INFINITY, INFINITY};
    return out->of ? 0 : tr_app_no_memory(app);
}

int tr_waiting_find(struct tr_app *app, const struct tr_certificate *c, const char *path,
                    double arrivals, struct tr_waiting *out)
{
    struct tr_scenario_choice choice = {.arrivals = arrivals / 7,
                                        .declined = -1,
                                        .every = ROUND,
                                        .days = DAYS,
                                        .seed = 1,
                                        .runs = RUNS,
                                        .threads = 2,
                                        .doubts = true};
    struct tr_scenario_input in = {.round = &c->round, .choice = &choice};
    struct tr_casefile cases = {0};
    struct tr_records stays = {0};
    struct tr_span *holds = NULL;
    int rc = -1;

    if (start_unknown(app, c->round.referrals.n, out) == 0 &&
        tr_app_stays_history(app, path, &c->round.places, c->round.as_of, &stays) == 0 &&
        tr_casefile_start(app, &cases) == 0 &&
        tr_casefile_find(app, &cases, NULL, &stays, c->round.as_of) == 0 &&
        (rc = (holds = tr_cases_holds(&cases.cases, &stays)) ? 0 : tr_app_no_memory(app)) == 0) {
        in.cases = &cases.referrals;
        in.stays = &stays;
        in.holds = holds;
        in.persons = &cases.cases;
        rc = look_by_stays(app, &in, &choice, out);
    }
    free(holds);
    tr_records_clear(&stays);
    tr_casefile_clear(&cases);
    return rc;
}

void tr_waiting_clear(struct tr_waiting *w)
{
    free(w->of);
    *w = (struct tr_waiting){0};
}

#include "cli/waiting.h"

#include <stdlib.h>

#include "cli/simulating.h"
#include "domain/flow/expected_wait.h"

enum { RUNS = 400, DAYS = 730, ROUND = 7 };

static int look_ahead(struct tr_app *app, const struct tr_scenario_input *in,
                      struct tr_waiting *out)
{
    struct tr_scenario s = {0};
    struct tr_expected_wait *range = NULL;
    struct tr_err err;
    int rc = tr_scenario_make(&s, in, &err);

    if (rc < 0)
        tr_app_fail(app, &err);
    if (rc == 0) {
        range = calloc(s.start.n_waiting + (size_t)1, sizeof *range);
        out->of = calloc(in->round->referrals.n + (size_t)1, sizeof *out->of);
        out->known = calloc(in->round->referrals.n + (size_t)1, sizeof *out->known);
        rc = range && out->of && out->known && tr_expected_waits(&s, range) == 0
                 ? 0
                 : tr_app_no_memory(app);
    }
    for (uint32_t i = 0; rc == 0 && i < s.start.n_waiting; i++) {
        out->of[s.person[i]] = range[i];
        out->known[s.person[i]] = true;
    }
    if (rc == 0)
        tr_simulating_say_doubts(app, &s);
    free(range);
    tr_scenario_clear(&s);
    return rc;
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

    if (tr_app_stays(app, path, &c->round.places, &stays) == 0 &&
        tr_casefile_start(app, &cases) == 0 &&
        tr_casefile_find(app, &cases, NULL, &stays, c->round.as_of) == 0 &&
        (rc = (holds = tr_cases_holds(&cases.cases, &stays)) ? 0 : tr_app_no_memory(app)) == 0) {
        in.cases = &cases.referrals;
        in.stays = &stays;
        in.holds = holds;
        if (choice.arrivals <= 0)
            choice.arrivals = tr_expected_arrivals(&stays, c->round.as_of);
        rc = look_ahead(app, &in, out);
    }
    free(holds);
    tr_records_clear(&stays);
    tr_casefile_clear(&cases);
    return rc;
}

void tr_waiting_clear(struct tr_waiting *w)
{
    free(w->of);
    free(w->known);
    *w = (struct tr_waiting){0};
}

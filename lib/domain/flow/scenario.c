#define _GNU_SOURCE
#include "domain/flow/scenario.h"

#include <math.h>
#include <stdlib.h>

#include "domain/flow/survival.h"
#include "domain/routine/event.h"

enum { STEPS = 101 };

const char *const tr_scenario_by_names[] = {
    [TR_SCENARIO_ALL] = "all",
    [TR_SCENARIO_SERVICE_LEVEL] = "service_level",
    [TR_SCENARIO_BYDEL] = "bydel",
    [TR_SCENARIO_ROP_GROUP] = "rop_group",
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
             (s->institution < 0 ||
              tr_institution(&round->places, (uint32_t)s->institution)->service_level != level)))
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

/* Those that go on longer than any has lasted that ended. */
static uint32_t endless(const struct tr_curve *c, const struct tr_watch *watch, uint32_t n)
{
    int32_t last = 0;
    uint32_t longer = 0;

    for (uint32_t i = 0; i < c->n; i++)
        last = c->point[i].reached > 0 ? c->point[i].days : last;
    for (uint32_t i = 0; i < n; i++)
        longer += !watch[i].reached && watch[i].days > last;
    return longer;
}

static double mean_of(const struct tr_sim_stay *s)
{
    double sum = 0;

    for (uint32_t i = 0; i < s->n; i++)
        sum += s->quantile[i];
    return sum / s->n;
}

static int fit_stays(struct tr_scenario *s, const struct tr_round *round,
                     const struct tr_records *stays, double mean, bool doubts)
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
        s->stay[k] = (struct tr_sim_stay){
            quantile, STEPS, doubts && c.reached > 0 ? 1 / sqrt(c.reached) : 0};
        if (mean > 0) {
            *quantile = mean;
            s->stay[k].n = 1;
        } else if (k == levels->n) {
            s->stays = c.reached;
            s->open_stays = open;
            s->endless = endless(&c, watch, n);
            fill_quantiles(&c, days, quantile);
        } else if (c.reached < TR_CURVE_FEW) {
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

struct ranking {
    const struct tr_round *round;
    struct tr_priority order; /* the keys in front of the day of receipt, which the simulation makes */
};

/* Who comes in the simulation has neither number nor id. */
static struct tr_candidate unnumbered(const struct tr_candidate *c)
{
    struct tr_candidate made = *c;

    made.queue_number = 0;
    made.id = (struct tr_str){"", 0};
    return made;
}

static int by_rank(const void *a, const void *b, void *cookie)
{
    const struct ranking *k = cookie;
    struct tr_candidate x = unnumbered(tr_candidate(&k->round->referrals, *(const uint32_t *)a));
    struct tr_candidate y = unnumbered(tr_candidate(&k->round->referrals, *(const uint32_t *)b));

    return tr_priority_compare(&k->order, &x, &y);
}

/* The rank of each referral: how many come before it, whenever they come. Time parts those of one rank,
 * so that no key behind the day of receipt is ever asked. NULL: memory. */
static uint32_t *ranks_of(const struct tr_round *round, const struct tr_priority *order)
{
    struct ranking k = {round, tr_priority_before(order, offsetof(struct tr_candidate, received))};
    uint32_t n = round->referrals.n, *sorted = calloc(n + (size_t)1, sizeof *sorted),
             *rank = calloc(n + (size_t)1, sizeof *rank);

    for (uint32_t i = 0; sorted && i < n; i++)
        sorted[i] = i;
    if (sorted && rank)
        qsort_r(sorted, n, sizeof *sorted, by_rank, &k);
    for (uint32_t i = 1; sorted && rank && i < n; i++)
        rank[sorted[i]] =
            by_rank(&sorted[i - 1], &sorted[i], &k) == 0 ? rank[sorted[i - 1]] : i;
    free(sorted);
    return sorted ? rank : NULL;
}

/* Whether who came last comes first. */
static bool is_last_first(const struct tr_priority *order)
{
    for (int k = 0; k < order->n; k++)
        if (tr_candidate_kind.member[order->member[k]].at == offsetof(struct tr_candidate, received))
            return order->down[k];
    return false;
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

/* The one group that is possible; -1: several are. */
static int32_t rop_group_of(const struct tr_candidate *c)
{
    uint64_t groups = c->rop_groups;

    return groups && !(groups & (groups - 1)) ? __builtin_ctzll(groups) : -1;
}

static int32_t bydel_of(const struct tr_candidate *c, const struct tr_records *cases)
{
    int of = tr_records_find(cases, c->id);

    return of >= 0 ? tr_case_district(cases, (uint32_t)of) : -1;
}

static struct tr_str code_of(const struct tr_round *round, const struct tr_records *cases,
                             uint32_t i, enum tr_scenario_by by)
{
    const struct tr_candidate *c = tr_candidate(&round->referrals, i);
    int32_t code = by == TR_SCENARIO_SERVICE_LEVEL ? c->service_level
                   : by == TR_SCENARIO_BYDEL       ? bydel_of(c, cases)
                   : by == TR_SCENARIO_ROP_GROUP   ? rop_group_of(c)
                                                   : -1;

    return code >= 0 ? tr_profile_list(round->profile, tr_scenario_by_names[by])->entry[code].code
                     : (struct tr_str){"", 0};
}

/* Whether it had come by the day of the round: what came later is not known on it. */
static bool is_known(const struct tr_round *round, const struct tr_candidate *c)
{
    return c->received == TR_NO_DAY || c->received <= round->as_of;
}

/* Where the rules of the round let the candidate go. */
static void find_options(const struct tr_round *round, const struct tr_candidate *c,
                         uint64_t *options, uint64_t *wishes)
{
    *options = *wishes = 0;
    for (uint32_t h = 0; h < round->places.n; h++) {
        const struct tr_institution *place = tr_institution(&round->places, h);

        if (!tr_place_rules_hold(&round->rules, c, place))
            continue;
        *options |= UINT64_C(1) << h;
        if (tr_list_place(c->wishes, place->id) > 0)
            *wishes |= UINT64_C(1) << h;
    }
}

/* Adds the type of a referral, and the same one in the other scenario. Those who fit nowhere in
 * either stay out: they would wait for ever. Who seeks a place now waits. */
static void add_type(struct tr_scenario *s, const struct tr_scenario_input *in, uint32_t i,
                     const uint32_t *rank, const uint32_t *other_rank)
{
    const struct tr_round *other = in->rules ? in->rules : in->round;
    const struct tr_candidate *c = tr_candidate(&in->round->referrals, i);
    int j = in->rules ? tr_records_find(&other->referrals, c->id) : (int)i;
    struct tr_candidate one = *c, two = j < 0 ? *c : *tr_candidate(&other->referrals, (uint32_t)j);
    struct tr_sim_type *t = &s->type[s->sim.n_types], *u = &s->other[s->sim.n_types];
    const struct tr_list *levels = tr_profile_list(in->round->profile, "service_level");
    struct tr_sim_waiting *w = &s->waiting[s->start.n_waiting], *v = &s->queue[s->start.n_waiting];

    one.declined = two.declined = (struct tr_str){"", 0};
    find_options(in->round, &one, &t->options, &t->wishes);
    find_options(other, &two, &u->options, &u->wishes);
    if (!is_known(in->round, c))
        return;
    if (j < 0) /* under the other rules nobody could read it */
        u->options = u->wishes = 0;
    if (!(t->options | u->options))
        return;
    t->stay = u->stay = (uint32_t)(c->service_level >= 0 ? c->service_level : levels->n);
    t->group = u->group = group_of(s, code_of(in->round, in->cases, i, in->choice->by));
    t->rank = rank[i];
    u->rank = j < 0 ? 0 : other_rank[j];
    if (in->holds && tr_candidate_seeks(c) && c->parked != 1) {
        two.declined = c->declined;
        *w = (struct tr_sim_waiting){
            .since = c->received == TR_NO_DAY ? 0 : c->received - in->round->as_of,
            .number = s->start.n_waiting++,
            .type = (uint16_t)s->sim.n_types};
        *v = *w;
        find_options(in->round, c, &w->options, &w->wishes);
        find_options(other, &two, &v->options, &v->wishes);
        v->options = j < 0 ? 0 : v->options;
        s->person[w->number] = i;
    }
    s->sim.n_types++;
}

static int make_types(struct tr_scenario *s, const struct tr_scenario_input *in)
{
    const struct tr_round *round = in->round, *other = in->rules ? in->rules : round;
    size_t n = round->referrals.n + (size_t)1;
    const struct tr_priority *order = in->order ? in->order : &other->priority;
    uint32_t *rank = ranks_of(round, &round->priority), *other_rank = ranks_of(other, order);
    int rc = -1;

    s->sim.last_first = is_last_first(&round->priority);
    s->other_last_first = is_last_first(order);
    s->type = calloc(n, sizeof *s->type);
    s->other = calloc(n, sizeof *s->other);
    s->waiting = calloc(n, sizeof *s->waiting);
    s->queue = calloc(n, sizeof *s->queue);
    s->person = calloc(n, sizeof *s->person);
    if (s->type && s->other && s->waiting && s->queue && s->person && rank && other_rank) {
        for (int pass = 0; pass < 2; pass++) /* those who seek first, if there are too many */
            for (uint32_t i = 0; i < round->referrals.n && s->sim.n_types < UINT16_MAX; i++)
                if (tr_candidate_seeks(tr_candidate(&round->referrals, i)) == (pass == 0))
                    add_type(s, in, i, rank, other_rank);
        rc = 0;
    }
    free(rank);
    free(other_rank);
    return rc;
}

/* As many a day as came, of n whose day is known. */
static double rate_of(const struct tr_round *round, uint32_t *n)
{
    int32_t first = INT32_MAX, last = 0;

    for (uint32_t i = 0; i < round->referrals.n; i++) {
        int32_t day = tr_candidate(&round->referrals, i)->received;

        if (day == TR_NO_DAY || day > round->as_of)
            continue;
        first = day < first ? day : first;
        last = day > last ? day : last;
        ++*n;
    }
    return *n ? (double)*n / (last - first + 1) : 0;
}

static void take_choice(struct tr_scenario *s, const struct tr_scenario_input *in)
{
    const struct tr_scenario_choice *choice = in->choice;
    double days = 0, beds = 0;

    for (uint32_t h = 0; h < in->round->places.n; h++) {
        int32_t capacity = tr_institution(&in->round->places, h)->capacity;

        s->beds[h] = capacity > 0 ? (uint32_t)capacity : 0;
        beds += s->beds[h];
    }
    for (uint32_t t = 0; t < s->sim.n_types; t++)
        days += mean_of(&s->stay[s->type[t].stay]) / s->sim.n_types;
    s->load = beds > 0 ? s->sim.arrivals * days / beds : INFINITY;
    s->sim.beds = s->beds;
    s->sim.n_houses = in->round->places.n;
    s->sim.type = s->type;
    s->sim.stay = s->stay;
    s->sim.every = choice->every;
    s->sim.warm_up = in->holds ? 0 : choice->warm_up;
    s->sim.days = choice->days;
    s->sim.seed = choice->seed;
    s->sim.runs = choice->runs;
    s->sim.threads = choice->threads;
}

int tr_scenario_make(struct tr_scenario *s, const struct tr_scenario_input *in, struct tr_err *err)
{
    const struct tr_scenario_choice *choice = in->choice;

    *s = (struct tr_scenario){0};
    if (in->round->places.n > TR_SIM_HOUSES)
        return tr_err_set(err, TR_E_SIMULATE, N_("more than 64 institutions"), NULL, NULL);
    if (make_types(s, in) < 0 || fit_stays(s, in->round, in->stays, choice->stay, choice->doubts) < 0)
        return tr_err_memory(err);
    s->sim.arrivals = choice->arrivals > 0 ? choice->arrivals : rate_of(in->round, &s->arrived);
    s->sim.arrivals_error = choice->doubts ? 1 / sqrt(s->sim.arrivals * 365) : 0;
    s->sim.declined = choice->declined >= 0 ? choice->declined : tr_stays_declined(in->stays, in->round->as_of);
    if (s->sim.n_types == 0 || s->sim.arrivals <= 0)
        return tr_err_set(err, TR_E_SIMULATE, N_("nobody fits anywhere, or comes on any day"), NULL,
                          NULL);
    s->no_lengths = choice->stay <= 0 && s->stays == 0;
    if (s->no_lengths)
        return tr_err_set(err, TR_E_SIMULATE,
                          N_("no stay has ended: nothing tells how long people stay"), NULL, NULL);
    take_choice(s, in);
    return in->holds && tr_scenario_begin(s, in) < 0 ? tr_err_memory(err) : 0;
}

void tr_scenario_clear(struct tr_scenario *s)
{
    free(s->type);
    free(s->other);
    free(s->waiting);
    free(s->queue);
    free(s->person);
    free(s->resident);
    free(s->quantiles);
    *s = (struct tr_scenario){0};
}

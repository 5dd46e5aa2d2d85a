/* A range of waiting time is right as often as it says. Houses live in a world of their own, made
 * here and not by the simulation: people come, wait by urgency, get the first bed that is free,
 * stay and leave. Half of each history is known; the waits of the other half are compared with what
 * was said. */
#include "made.h"

#include <math.h>

#include "base/philox.h"
#include "domain/flow/expected_wait.h"

enum { HOUSES = 4, BEDS = 12, LEVELS = 2, TODAY = 1000, DAYS = 1600, PEOPLE = 3000, SEEDS = 100, RUNS = 100 };

static struct tr_profile profile;
static uint64_t seed;

static double chance(uint32_t number, uint32_t what)
{
    const struct tr_philox at = {{number, what, (uint32_t)seed, 0}};

    return ((double)tr_philox(at, 7, 11).at[0] + 0.5) * 0x1p-32;
}

struct person {
    int32_t came, placed, left; /* days; placed INT32_MAX: never */
    int32_t urgency, level, house;
};

static struct person person[PEOPLE];
static uint32_t n_people;

static void come(double a_day)
{
    double at = 0;

    for (n_people = 0; n_people < PEOPLE; n_people++) {
        struct person *p = &person[n_people];

        at -= log(chance(n_people, 0)) / a_day;
        if (at >= DAYS)
            break;
        *p = (struct person){.came = (int32_t)at, .placed = INT32_MAX, .left = INT32_MAX};
        p->urgency = (int32_t)(3 * chance(n_people, 1));
        p->level = (int32_t)(LEVELS * chance(n_people, 2));
    }
}

/* Lives through all days; shape and scale: of the lengths of stay, which are Weibull's. */
static void live(double shape, double scale)
{
    int32_t taken[HOUSES] = {0};

    for (int32_t day = 0; day < DAYS; day++) {
        for (uint32_t i = 0; i < n_people && person[i].came <= day; i++)
            if (person[i].left == day)
                taken[person[i].house]--;
        for (int32_t urgency = 0; urgency < 3; urgency++)
            for (uint32_t i = 0; i < n_people && person[i].came <= day; i++) {
                struct person *p = &person[i];

                for (int32_t h = p->level; h < HOUSES && p->placed == INT32_MAX; h += LEVELS)
                    if (p->urgency == urgency && taken[h] < BEDS) {
                        taken[h]++;
                        p->house = h;
                        p->placed = day;
                        p->left = day + 1 + (int32_t)(scale * pow(-log(chance(i, 3)), 1 / shape));
                    }
            }
    }
}

/* What is known on the day, before anybody is given a place on it. */
struct known {
    struct tr_round round;
    struct tr_records cases, stays;
    struct tr_span *holds;
};

static void know_person(struct known *k, uint32_t i)
{
    const struct person *p = &person[i];
    struct tr_candidate *c = tr_records_add(&k->round.referrals, 0);
    char id[16];

    snprintf(id, sizeof id, "R-%04u", i);
    c->id = tr_arena_copy(&k->round.referrals.text, tr_str(id));
    c->received = p->came;
    c->urgency = p->urgency;
    c->service_level = p->level;
    c->age_from = c->age_to = 40;
    c->ended = c->parked = c->counts = -1;
    if (p->placed >= TODAY)
        return;
    if (p->left <= TODAY)
        c->ended = 1;
    else
        c->held = TR_STR("somewhere");
    k->holds[k->stays.n] =
        (struct tr_span){TR_HOLD_OCCUPIED, p->placed, p->left <= TODAY ? p->left : TR_NO_DAY};
    *(struct tr_stay *)tr_records_add(&k->stays, 0) =
        (struct tr_stay){.institution = p->house,
                         .from = p->placed,
                         .to = p->left <= TODAY ? p->left : TR_NO_DAY,
                         .to_expected = TR_NO_DAY,
                         .status = p->left <= TODAY ? TR_STAY_MOVED_OUT : TR_STAY_MOVED_IN};
}

static void know(struct known *k)
{
    static const char *const ids[HOUSES] = {"H-0", "H-1", "H-2", "H-3"};
    struct tr_err err;

    tr_records_start(&k->round.places, &tr_vacancy_kind, &profile, "made");
    for (int32_t h = 0; h < HOUSES; h++) {
        struct tr_institution *at = tr_records_add(&k->round.places, 0);

        at->id = tr_str(ids[h]);
        at->service_level = h % LEVELS;
        at->capacity = BEDS;
        at->as_of = TODAY;
    }
    ck_assert_int_eq(tr_round_start(&k->round, &profile, &err), 0);
    k->round.rules.applies = UINT32_C(1) << TR_R_SERVICE_LEVEL;
    ck_assert_int_eq(tr_priority_parse(&k->round.priority, TR_STR("urgency|received|referral_id")),
                     0);
    tr_records_start(&k->round.referrals, &tr_candidate_kind, &profile, "made");
    tr_records_start(&k->cases, &tr_case_kind, &profile, "made");
    tr_records_start(&k->stays, &tr_stay_kind, &profile, "made");
    k->holds = calloc(PEOPLE, sizeof *k->holds);
    for (uint32_t i = 0; i < n_people && person[i].came <= TODAY; i++)
        know_person(k, i);
}

struct tally {
    double said, came; /* eight in ten; who waited so long */
    uint32_t shorter, longer;
};

/* Makes the scenario from what is known; arrivals 0: as in the referrals. */
static void foresee(struct tr_scenario *s, const struct known *k, double arrivals, double every)
{
    const struct tr_scenario_choice choice = {.arrivals = arrivals,
                                              .every = every,
                                              .days = DAYS - TODAY - 1,
                                              .seed = seed,
                                              .runs = RUNS,
                                              .threads = 1,
                                              .doubts = true};
    const struct tr_scenario_input in = {.round = &k->round,
                                         .cases = &k->cases,
                                         .stays = &k->stays,
                                         .holds = k->holds,
                                         .choice = &choice};
    struct tr_err err;

    ck_assert_int_eq(tr_scenario_make(s, &in, &err), 0);
}

static void compare(const struct known *k, struct tally *t)
{
    struct tr_expected_wait range[PEOPLE];
    struct tr_scenario s;
    int32_t known;

    foresee(&s, k, tr_expected_arrivals(&k->stays, TODAY, &known), 1);
    ck_assert_int_eq(tr_expected_waits(&s, range), 0);
    for (uint32_t w = 0; w < s.start.n_waiting; w++) {
        double waited = person[s.person[w]].placed - TODAY;

        if (range[w].high <= 0) /* a bed is free: the person is given it, and told so */
            continue;
        t->said++;
        t->came += waited >= range[w].low && waited <= range[w].high;
        t->shorter += waited < range[w].low;
        t->longer += waited > range[w].high;
    }
    tr_scenario_clear(&s);
}

/* One history after another, of which the first half is known. */
static void each_history(double shape, void (*compare_with)(const struct known *, struct tally *),
                         struct tally *t)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    for (seed = 1; seed <= SEEDS; seed++) {
        struct known k = {0};

        come(HOUSES * BEDS / 150.0);
        live(shape, 150 / tgamma(1 + 1 / shape));
        know(&k);
        compare_with(&k, t);
        free(k.holds);
        tr_records_clear(&k.stays);
        tr_records_clear(&k.cases);
        tr_round_clear(&k.round);
    }
    tr_profile_clear(&profile);
}

START_TEST(eight_in_ten)
{
    static const double shape[] = {0.8, 1, 2};
    struct tally t = {0};

    each_history(shape[_i], compare, &t);
    ck_assert_msg(t.said > 500, "only %g were told anything", t.said);
    ck_assert_msg(t.came >= 0.75 * t.said && t.came <= 0.85 * t.said,
                  "shape %g: of %g told, %g waited as long as said, %u shorter, %u longer",
                  shape[_i], t.said, t.came, t.shorter, t.longer);
}
END_TEST

/* ---- the second half as a whole ---- */

static const enum tr_sim_measure measured[] = {TR_SIM_WAIT_MEAN, TR_SIM_WAITING, TR_SIM_PLACED,
                                           TR_SIM_OCCUPANCY};

/* What came to pass in it. */
static void sum_up(double *happened)
{
    const int32_t end = DAYS - 1;
    double waits = 0, waiting = 0, placed = 0, inside = 0, days = end - TODAY;

    for (uint32_t i = 0; i < n_people; i++) {
        const struct person *p = &person[i];
        int32_t from = p->came > TODAY ? p->came : TODAY, to = p->placed < end ? p->placed : end;
        int32_t in = p->placed > TODAY ? p->placed : TODAY, out = p->left < end ? p->left : end;

        waiting += to > from ? to - from : 0;
        inside += p->placed < end && out > in ? out - in : 0;
        if (p->placed >= TODAY && p->placed < end) {
            waits += p->placed - p->came;
            placed++;
        }
    }
    happened[TR_SIM_WAIT_MEAN] = waits / placed;
    happened[TR_SIM_WAITING] = waiting / days;
    happened[TR_SIM_PLACED] = placed / days * 365.25;
    happened[TR_SIM_OCCUPANCY] = inside / days;
}

static void compare_measures(const struct known *k, struct tally *t)
{
    double happened[TR_N_SIM_MEASURES], number[RUNS], *result;
    struct tr_scenario s;

    foresee(&s, k, 0, 0);
    result = calloc((size_t)RUNS * tr_sim_results(&s.sim), sizeof *result);
    ck_assert(result && tr_sim_run(&s.sim, result) == 0);
    sum_up(happened);
    for (size_t m = 0; m < COUNT(measured); m++) {
        struct tr_figures_band band;

        for (uint32_t r = 0; r < RUNS; r++)
            number[r] = result[r * tr_sim_results(&s.sim) + s.sim.n_groups * TR_N_SIM_MEASURES +
                               (uint32_t)measured[m]];
        band = tr_figures_band_of(number, RUNS, 0.1);
        t[m].said++;
        t[m].came += happened[measured[m]] >= band.low && happened[measured[m]] <= band.high;
        t[m].shorter += happened[measured[m]] < band.low;
        t[m].longer += happened[measured[m]] > band.high;
    }
    free(result);
    tr_scenario_clear(&s);
}

/* The band in which eight of ten runs lie, when arrivals and lengths are doubted, has what came to pass
 * in as many histories. */
START_TEST(bands)
{
    static const double shape[] = {0.8, 1, 2};
    struct tally t[COUNT(measured)] = {{0}};

    for (size_t i = 0; i < COUNT(shape); i++)
        each_history(shape[i], compare_measures, t);
    for (size_t m = 0; m < COUNT(measured); m++)
        ck_assert_msg(t[m].came >= 0.75 * t[m].said && t[m].came <= 0.85 * t[m].said,
                      "measure %zu: of %g histories, %g lie in the band, %u below, %u above", m, t[m].said,
                      t[m].came, t[m].shorter, t[m].longer);
}
END_TEST

static void move_in(struct tr_records *stays, uint32_t n, int32_t day)
{
    while (n-- > 0)
        *(struct tr_stay *)tr_records_add(stays, 0) = (struct tr_stay){
            .from = day, .to = TR_NO_DAY, .to_expected = TR_NO_DAY, .status = TR_STAY_MOVED_IN};
}

/* As many as moved in over a year, or since the first stay; of a short time nothing great is made. */
START_TEST(arrivals)
{
    struct tr_records stays;
    struct tr_err err;
    int32_t known;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    tr_records_start(&stays, &tr_stay_kind, &profile, "made");
    ck_assert(tr_expected_arrivals(&stays, TODAY, &known) == 0);
    move_in(&stays, 1, TODAY + 1); /* not yet */
    ck_assert(tr_expected_arrivals(&stays, TODAY, &known) == 0);
    move_in(&stays, 24, TODAY - 11);
    ck_assert(tr_expected_arrivals(&stays, TODAY, &known) == 24 / 90.0);
    ck_assert_int_eq(known, 12);
    move_in(&stays, 6, TODAY - 99);
    ck_assert(tr_expected_arrivals(&stays, TODAY, &known) == 30 / 100.0);
    ck_assert_int_eq(known, 100);
    move_in(&stays, 50, TODAY - 600);
    ck_assert(tr_expected_arrivals(&stays, TODAY, &known) == 30 / 365.0);
    ck_assert_int_eq(known, 365);
    tr_records_clear(&stays);
    tr_profile_clear(&profile);
}
END_TEST

/* The sentence that a range is told by, and its weeks. */
START_TEST(weeks)
{
    static const struct {
        struct tr_expected_wait wait;
        const char *key;
        uint64_t low, high;
    } told[] = {
        {{0, 0}, "outlook.expected.week", 0, 1},
        {{7, 7}, "outlook.expected.week", 1, 1},
        {{0, 15}, "outlook.expected.soon", 0, 3},
        {{21, 21}, "outlook.expected.about", 3, 3},
        {{20, 21}, "outlook.expected", 2, 3},
        {{14, INFINITY}, "outlook.expected.long", 2, 1},
        {{13, INFINITY}, "outlook.expected.unknown", 0, 1},
        {{INFINITY, INFINITY}, "outlook.expected.unknown", 0, 1},
    };
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    for (size_t i = 0; i < COUNT(told); i++) {
        struct tr_expected_weeks in = tr_expected_weeks(told[i].wait);

        ck_assert_str_eq(in.key, told[i].key);
        ck_assert_uint_eq(in.low, told[i].low);
        ck_assert_uint_eq(in.high, told[i].high);
        for (int lang = 0; lang < TR_N_LANGS; lang++)
            ck_assert(tr_profile_text(&profile, in.key, (enum tr_lang)lang).len > 0);
    }
    tr_profile_clear(&profile);
}
END_TEST

MAIN("expected_wait", {eight_in_ten, 3}, {bands}, {arrivals}, {weeks})

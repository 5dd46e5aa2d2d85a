/* The simulation against what is known in closed form, at many loads, against the exact distribution of a
 * small system, and its match against the one of placement-match. Seeds are fixed: a result is the same
 * on every run. */
#include "unit.h"

#include <math.h>

#include "domain/flow/simulate.h"
#include "domain/placement/match.h"

static double mean(const struct tr_sim *s, const double *result, int measure, double *error)
{
    double sum = 0, squares = 0;

    for (uint32_t i = 0; i < s->runs; i++) {
        double x = result[(size_t)i * tr_sim_results(s) + s->n_groups * TR_N_SIM_MEASURES +
                          (uint32_t)measure];

        sum += x;
        squares += x * x;
    }
    sum /= s->runs;
    *error = sqrt(fmax(0, squares / s->runs - sum * sum) / (s->runs - 1));
    return sum;
}

/* Within four standard errors: once in 15,000 by chance, and the seeds are fixed. */
static void check_near(const char *what, const struct tr_sim *s, const double *result, int measure,
                       double exact)
{
    double error, got = mean(s, result, measure, &error);

    ck_assert_msg(fabs(got - exact) <= 4 * error + 1e-9, "%s: %g, not %g (error %g)", what, got,
                  exact, error);
    ck_assert_msg(error < 0.1 * exact + 0.01, "%s: the error %g says little about %g", what, error,
                  exact);
}

static double *simulate(struct tr_sim *s)
{
    double *result = calloc((size_t)s->runs * tr_sim_results(s), sizeof *result);

    ck_assert(result && tr_sim_run(s, result) == 0);
    return result;
}

static const double ten_days = 10;
static const struct tr_sim_stay exponential = {&ten_days, 1};
static const struct tr_sim_type anybody = {.options = 1};

/* Erlang C: the mean wait at c beds. Erlang B: the part that finds none. L. Kleinrock, Queueing Systems
 * I, 3.5 and 3.6. */
START_TEST(beds_and_queue)
{
    static const uint32_t beds[] = {1, 3, 8};

    for (size_t i = 0; i < COUNT(beds); i++)
        for (double rho = 0.35; rho < 0.9; rho += 0.15) {
            double c = beds[i], a = rho * c, sum = 0, term = 1, delayed, lost = 1;
            struct tr_sim s = {.beds = &beds[i], .n_houses = 1, .type = &anybody, .n_types = 1,
                               .n_groups = 1, .stay = &exponential, .arrivals = a / ten_days,
                               .warm_up = 3000, .days = 15000, .seed = 11, .runs = 60, .threads = 2};
            double *result = simulate(&s);

            for (uint32_t k = 0; k < beds[i]; k++) {
                sum += term;
                term *= a / (k + 1);
            }
            delayed = term / (1 - rho) / (sum + term / (1 - rho));
            check_near("wait", &s, result, TR_SIM_WAIT_MEAN, delayed * ten_days / (c * (1 - rho)));
            check_near("waiting", &s, result, TR_SIM_WAITING, delayed * rho / (1 - rho));
            check_near("occupied", &s, result, TR_SIM_OCCUPANCY, a);
            free(result);
            s.last_first = true; /* as many wait, but others do */
            result = simulate(&s);
            check_near("waiting, last come first", &s, result, TR_SIM_WAITING,
                       delayed * rho / (1 - rho));
            free(result);
            s.loss = true;
            result = simulate(&s);
            for (uint32_t k = 1; k <= beds[i]; k++)
                lost = a * lost / (k + a * lost);
            check_near("lost", &s, result, TR_SIM_LOST, lost);
            check_near("occupied", &s, result, TR_SIM_OCCUPANCY, a * (1 - lost));
            free(result);
        }
}
END_TEST

/* With beds for all, persons inside are arrivals times the mean stay, whatever the stays; so is Erlang's
 * loss, for any stays with that mean. */
START_TEST(any_stays)
{
    static const double lengths[] = {1, 2, 2, 5, 30, 40}, mean_days = (1.5 + 2 + 3.5 + 17.5 + 35) / 5;
    static const struct tr_sim_stay stay = {lengths, COUNT(lengths)};
    const uint32_t many = 500, four = 4;
    double a = 0.3 * mean_days, lost = 1, *result;
    struct tr_sim s = {.beds = &many, .n_houses = 1, .type = &anybody, .n_types = 1, .n_groups = 1,
                       .stay = &stay, .arrivals = 0.3, .warm_up = 500, .days = 10000, .seed = 3,
                       .runs = 60, .threads = 2};

    result = simulate(&s);
    check_near("inside", &s, result, TR_SIM_OCCUPANCY, a);
    free(result);
    s.beds = &four;
    s.loss = true;
    for (int k = 1; k <= 4; k++)
        lost = a * lost / (k + a * lost);
    result = simulate(&s);
    check_near("lost", &s, result, TR_SIM_LOST, lost);
    free(result);
}
END_TEST

/* Two houses of one bed; half of those who come may go to the first alone. Who finds no bed leaves. The
 * distribution of the four states by power iteration. */
START_TEST(small_system)
{
    const uint32_t beds[] = {1, 1};
    const struct tr_sim_type types[] = {{.options = 1}, {.options = 3}};
    const double rate = 0.15, end = 1 / ten_days, step = 0.5;
    struct tr_sim s = {.beds = beds, .n_houses = 2, .type = types, .n_types = 2, .n_groups = 1,
                       .stay = &exponential, .arrivals = rate, .loss = true, .warm_up = 500,
                       .days = 20000, .seed = 5, .runs = 80, .threads = 2};
    double p[4] = {1}, *result = simulate(&s); /* bit: the bed is taken */

    for (int i = 0; i < 20000; i++) {
        double flow[5] = {rate * p[0], rate / 2 * p[1], rate * p[2], 0, 0};

        p[0] += step * (-flow[0] + end * (p[1] + p[2]));
        p[1] += step * (flow[0] - flow[1] - end * p[1] + end * p[3]);
        p[2] += step * (-flow[2] - end * p[2] + end * p[3]);
        p[3] = 1 - p[0] - p[1] - p[2];
    }
    check_near("occupied", &s, result, TR_SIM_OCCUPANCY, p[1] + p[2] + 2 * p[3]);
    check_near("lost", &s, result, TR_SIM_LOST, p[3] + p[1] / 2);
    free(result);
}
END_TEST

static uint64_t chance_state = 88172645463325252u;

static uint32_t chance(uint32_t n)
{
    chance_state ^= chance_state << 13;
    chance_state ^= chance_state >> 7;
    chance_state ^= chance_state << 17;
    return (uint32_t)(chance_state >> 33) % n;
}

enum { PEOPLE = 40, HOUSES = 6 };

/* Whoever placement-match places under placed-first, and nobody else. */
START_TEST(same_people)
{
    for (int round = 0; round < 5000; round++) {
        struct tr_sim_seeker seeker[PEOPLE] = {0};
        uint32_t n = 1 + chance(PEOPLE), from[PEOPLE + 1], option[PEOPLE * HOUSES], edges = 0;
        uint32_t none[PEOPLE + 1] = {0}, room[HOUSES], left[HOUSES], chain[PEOPLE], seen;
        uint8_t where[PEOPLE];
        struct tr_match m = {0};
        struct tr_err err;
        struct tr_graph g = {.n_people = n, .n_institutions = HOUSES, .from = from,
                             .option = option, .wish_from = none, .wish = none, .room = room};

        for (uint32_t h = 0; h < HOUSES; h++)
            left[h] = room[h] = chance(4);
        for (uint32_t i = 0; i < n; i++) {
            seeker[i].options = chance(1 << HOUSES) & chance(1 << HOUSES);
            seeker[i].wishes = seeker[i].options & chance(1 << HOUSES);
            from[i] = edges;
            for (uint32_t h = 0; h < HOUSES; h++)
                if (seeker[i].options >> h & 1)
                    option[edges++] = h;
        }
        from[n] = edges;
        ck_assert_int_eq(tr_match_place(&g, &m, &err), 0);
        seen = tr_sim_match(seeker, n, left, HOUSES, where, chain);
        for (uint32_t i = 0; i < n; i++) {
            bool placed = i < seen && where[i] < HOUSES;

            ck_assert_msg(placed == (m.where[i] != TR_NOWHERE), "round %d, person %u", round, i);
            ck_assert(!placed || seeker[i].options >> where[i] & 1);
        }
        for (uint32_t h = 0; h < HOUSES; h++) {
            uint32_t in = 0;

            for (uint32_t i = 0; i < seen; i++)
                in += where[i] == h;
            ck_assert_uint_eq(in + left[h], room[h]);
        }
        tr_match_clear(&m);
    }
}
END_TEST

/* The same bytes with any number of threads; other chances with another seed. */
START_TEST(threads)
{
    const uint32_t beds[] = {3, 2, 4};
    const struct tr_sim_type types[] = {{.options = 3, .rank = 1}, {.options = 6, .wishes = 4, .group = 1},
                                        {.options = 5}};
    struct tr_sim s = {.beds = beds, .n_houses = 3, .type = types, .n_types = 3, .n_groups = 2,
                       .stay = &exponential, .arrivals = 1, .every = 7, .declined = 0.2, .warm_up = 50,
                       .days = 500, .seed = 9, .runs = 23, .threads = 1};
    size_t size = (size_t)s.runs * tr_sim_results(&s) * sizeof(double);
    double *one = simulate(&s), *more, *other;

    for (s.threads = 2; s.threads < 6; s.threads++) {
        more = simulate(&s);
        ck_assert_int_eq(memcmp(one, more, size), 0);
        free(more);
    }
    s.seed = 10;
    other = simulate(&s);
    ck_assert_int_ne(memcmp(one, other, size), 0);
    free(one);
    free(other);
}
END_TEST

/* The mean number of people in beds over 100 days of a house with 24, all taken on the first day by
 * people who have stayed as long, and nobody else comes. */
static double occupied(const struct tr_sim_stay *stay, struct tr_sim_resident resident, double every,
                       double shorter)
{
    const uint32_t beds = 24;
    struct tr_sim_resident residents[24];
    const struct tr_sim_start start = {.resident = residents, .n_residents = beds};
    struct tr_sim s = {.start = &start, .beds = &beds, .n_houses = 1, .type = &anybody, .n_types = 1,
                       .n_groups = 1, .stay = stay, .arrivals = 1e-9, .every = every,
                       .shorter = shorter, .days = 100, .seed = 4, .runs = 200, .threads = 1};
    double error, *result, got;

    for (uint32_t i = 0; i < beds; i++)
        residents[i] = resident;
    result = simulate(&s);
    got = mean(&s, result, TR_SIM_OCCUPANCY, &error);
    free(result);
    return got;
}

/* Who leaves on a certain day does so on that day, however short stays have been. */
START_TEST(certain_days)
{
    static const double lengths[] = {60, 65, 70};
    static const struct tr_sim_stay stay = {lengths, COUNT(lengths)};

    for (double every = 0; every <= 7; every += 7) {
        ck_assert_double_eq_tol(occupied(&stay, (struct tr_sim_resident){.until = 1800}, every, 0), 24,
                                1e-9);
        ck_assert_double_eq_tol(occupied(&stay, (struct tr_sim_resident){.until = 90}, every, 0),
                                24 * 0.9, 1e-9);
        ck_assert_double_eq_tol(occupied(&stay, (struct tr_sim_resident){.until = 100}, every, 0), 24,
                                1e-9);
    }
}
END_TEST

/* Stays are shorter also of those who live there: of one mean length, of lengths as they were, and
 * beyond the longest of them. */
START_TEST(shorter_for_residents)
{
    static const double lengths[] = {50, 60, 70, 80, 90}, mean_days = 80;
    static const struct tr_sim_stay as_were = {lengths, COUNT(lengths)}, one_mean = {&mean_days, 1};
    const struct tr_sim_resident fresh = {.until = -1}, old = {.until = -1, .days = 95};

    ck_assert_double_eq_tol(occupied(&as_were, fresh, 0, 0), 24 * 0.7, 0.1);
    ck_assert_double_eq_tol(occupied(&as_were, fresh, 0, 30), 24 * 0.4, 0.1);
    ck_assert_double_eq_tol(occupied(&one_mean, fresh, 0, 0), 24 * 0.8 * (1 - exp(-1.25)), 0.15);
    ck_assert_double_eq_tol(occupied(&one_mean, fresh, 0, 30),
                            24 * 0.8 * (exp(-0.375) - exp(-1.625)) + 24 * 0.01 * (1 - exp(-0.375)), 0.15);
    ck_assert_double_gt(occupied(&as_were, old, 0, 0), 24 * 0.1);
    ck_assert_double_lt(occupied(&as_were, old, 0, 30), 24 * 0.06);
}
END_TEST

MAIN("simulate", {beds_and_queue}, {any_stays}, {small_system}, {same_people}, {threads}, {certain_days},
     {shorter_for_residents})

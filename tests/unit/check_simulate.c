/* The simulation against what is known in closed form, at many loads, against the exact distribution of a
 * small system, and its match against the one of placement-match. Seeds are fixed: a result is the same
 * on every run. */
#include "unit.h"

#include <math.h>

#include "domain/flow/simulate_own.h"
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
        uint64_t options[PEOPLE], wishes[PEOPLE];
        uint32_t n = 1 + chance(PEOPLE), from[PEOPLE + 1], option[PEOPLE * HOUSES], edges = 0;
        uint32_t none[PEOPLE + 1] = {0}, room[HOUSES], left[HOUSES];
        struct tr_sim_placed in[PEOPLE + 1];
        struct tr_sim_match sim;
        struct tr_match m = {0};
        struct tr_err err;
        struct tr_graph g = {.n_people = n, .n_institutions = HOUSES, .from = from,
                             .option = option, .wish_from = none, .wish = none, .room = room};

        for (uint32_t h = 0; h < HOUSES; h++)
            left[h] = room[h] = chance(4);
        for (uint32_t i = 0; i < n; i++) {
            options[i] = chance(1 << HOUSES) & chance(1 << HOUSES);
            wishes[i] = options[i] & chance(1 << HOUSES);
            from[i] = edges;
            for (uint32_t h = 0; h < HOUSES; h++)
                if (options[i] >> h & 1)
                    option[edges++] = h;
        }
        from[n] = edges;
        ck_assert_int_eq(tr_match_place(&g, &m, &err), 0);
        tr_sim_match_start(&sim, left, HOUSES, in);
        for (uint32_t i = 0; i < n; i++)
            ck_assert_msg(tr_sim_match_take(&sim, i, options[i], wishes[i]) == (m.where[i] != TR_NOWHERE),
                          "round %d, person %u", round, i);
        for (uint32_t k = 0; k < sim.n_placed; k++) {
            ck_assert(options[in[k].person] >> in[k].house & 1);
            left[in[k].house]++;
        }
        ck_assert_mem_eq(left, room, sizeof room);
        tr_match_clear(&m);
    }
}
END_TEST

/* Puts those who wait into one row, by rank and turn. */
static uint32_t in_a_row(const struct tr_sim_queue *q, const struct tr_sim *sim, uint32_t *row)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < q->n_lines; k++)
        for (uint32_t i = q->line[k].first; i != TR_SIM_NOBODY; i = q->at[i].next) {
            uint32_t at = n++, rank = sim->type[q->at[i].type].rank;

            for (; at > 0; at--) {
                const struct tr_sim_seeker *w = &q->at[row[at - 1]];

                if (sim->type[w->type].rank < rank ||
                    (sim->type[w->type].rank == rank && w->turn < q->at[i].turn))
                    break;
                row[at] = row[at - 1];
            }
            row[at] = i;
        }
    return n;
}

static void let_come(struct tr_sim_queue *q, const struct tr_sim *sim, uint32_t number)
{
    uint16_t type = (uint16_t)chance(sim->n_types);
    uint64_t options = sim->type[type].options;
    uint32_t person = tr_sim_queue_room(q);

    options &= chance(4) ? options : chance(1 << HOUSES); /* has declined some */
    q->at[person] = (struct tr_sim_seeker){.options = options,
                                           .wishes = options & chance(1 << HOUSES),
                                           .number = number,
                                           .turn = sim->last_first ? UINT32_MAX - number : number,
                                           .type = type};
    tr_sim_queue_come(q, person);
}

/* Lines let the same people in, into the same houses, as one row in which everybody is asked in turn. */
START_TEST(lines)
{
    struct tr_sim_type types[9];
    struct tr_sim sim = {.type = types, .n_types = COUNT(types), .last_first = _i};

    for (int round = 0; round < 500; round++) {
        struct tr_sim_queue q;
        uint32_t number = 0, row[400], n;

        for (uint32_t t = 0; t < COUNT(types); t++)
            types[t] = (struct tr_sim_type){.options = chance(1 << HOUSES), .rank = 3 * chance(3)};
        ck_assert_int_eq(tr_sim_queue_start(&q, &sim), 0);
        for (int week = 0; week < 8; week++) {
            struct tr_sim_placed one[40], two[40];
            struct tr_sim_match in_lines, asked;
            uint32_t room[HOUSES], same[HOUSES];

            for (uint32_t k = chance(PEOPLE); k > 0; k--)
                let_come(&q, &sim, number++);
            for (uint32_t h = 0; h < HOUSES; h++)
                same[h] = room[h] = chance(5);
            n = in_a_row(&q, &sim, row);
            tr_sim_match_start(&in_lines, room, HOUSES, one);
            tr_sim_match_start(&asked, same, HOUSES, two);
            for (uint32_t i = 0; i < n && asked.open; i++)
                tr_sim_match_take(&asked, row[i], q.at[row[i]].options, q.at[row[i]].wishes);
            tr_sim_queue_match(&q, &in_lines);
            ck_assert_uint_eq(in_lines.n_placed, asked.n_placed);
            for (uint32_t i = 0; i < in_lines.n_placed; i++) {
                ck_assert_uint_eq(one[i].person, two[i].person);
                ck_assert_uint_eq(one[i].house, two[i].house);
                if (i % 3)
                    tr_sim_queue_go(&q, one[i].person);
                else {
                    q.at[one[i].person].options &= ~(UINT64_C(1) << one[i].house);
                    tr_sim_queue_again(&q, one[i].person);
                }
            }
            ck_assert_uint_eq(in_a_row(&q, &sim, row), q.n);
        }
        tr_sim_queue_clear(&q);
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

/* Today's queue is placed in its order; where who came last comes first, the list has it so already. */
START_TEST(queue_of_today)
{
    const uint32_t one = 1;
    const struct tr_sim_waiting waiting[] = {
        {.options = 1, .since = -30}, {.options = 1, .since = -20, .number = 1},
        {.options = 1, .since = -10, .number = 2}};
    const struct tr_sim_waiting turned[] = {waiting[2], waiting[1], waiting[0]};
    double placed[COUNT(waiting)];
    const struct tr_sim_start start = {.waiting = _i ? turned : waiting, .n_waiting = COUNT(waiting),
                                       .placed = placed};
    struct tr_sim s = {.start = &start, .beds = &one, .n_houses = 1, .type = &anybody, .n_types = 1,
                       .n_groups = 1, .stay = &exponential, .arrivals = 1e-9, .last_first = _i,
                       .days = 1000, .seed = 2, .runs = 1, .threads = 1};

    free(simulate(&s));
    ck_assert_double_lt(placed[_i ? 2 : 0], placed[1]);
    ck_assert_double_lt(placed[1], placed[_i ? 0 : 2]);
}
END_TEST

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

MAIN("simulate", {beds_and_queue}, {any_stays}, {small_system}, {same_people}, {lines, 2}, {threads}, {queue_of_today, 2}, {certain_days},
     {shorter_for_residents})

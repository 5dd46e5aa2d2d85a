/* Need in the years ahead: by hand, and whether bands hold on made panels whose truth is known. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "domain/survey/forecast.h"

enum { ROWS = 15, COLUMNS = 7, CELLS = ROWS * COLUMNS, PANELS = 150 };

static double random_part(void)
{
    return (random_below(1000000) + 0.5) / 1e6;
}

static uint64_t poisson(double mean)
{
    double limit = exp(-mean), product = random_part();
    uint64_t n = 0;

    if (mean > 200) /* in parts, as exp has its end */
        return poisson(mean / 2) + poisson(mean / 2);
    for (; product > limit; n++)
        product *= random_part();
    return n;
}

/* Counts of this mean, whose variance is 1 or 2.5 times it: then one of five stands for four. */
static uint64_t draw(double mean, bool heaped)
{
    return mean <= 0 ? 0 : heaped ? poisson(mean / 2) + 4 * poisson(mean / 8) : poisson(mean);
}

/* A panel: the mean of each cell grows along a line, as fast as its column, or for itself too. */
struct made {
    const char *name;
    int n, year[8];
    double size, growth, own; /* persons a cell; a year, parts of it */
    bool heaped;
};

static const struct made made[] = {
    {"two surveys, no growth", 2, {2020, 2022}, 8, 0, 0, false},
    {"two surveys, growth", 2, {2020, 2022}, 8, 0.08, 0, false},
    {"two surveys, fall", 2, {2020, 2022}, 30, -0.05, 0, false},
    {"two surveys, heaped", 2, {2020, 2022}, 12, 0.05, 0, true},
    {"three surveys", 3, {2018, 2020, 2022}, 8, 0.05, 0.03, false},
    {"three surveys, heaped", 3, {2018, 2020, 2022}, 20, 0.05, 0.02, true},
    {"five surveys", 5, {2018, 2019, 2020, 2021, 2022}, 8, 0.05, 0.03, false},
    {"five surveys, heaped", 5, {2018, 2019, 2020, 2021, 2022}, 12, 0, 0.02, true},
    {"eight surveys, large",
     8,
     {2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022},
     60,
     0.03,
     0.01,
     false},
};

struct truth {
    double base[CELLS], growth[CELLS];
};

static double mean_in(const struct truth *t, const struct made *m, int cell, int year)
{
    return fmax(0, t->base[cell] * (1 + t->growth[cell] * (year - m->year[0])));
}

static void make_truth(struct truth *t, const struct made *m)
{
    double column[COLUMNS];

    for (int c = 0; c < COLUMNS; c++)
        column[c] = m->growth * (0.5 + random_part());
    for (int i = 0; i < CELLS; i++) {
        t->base[i] = m->size * (0.2 - 0.8 * log(random_part()));
        t->growth[i] = column[i % COLUMNS] + m->own * (2 * random_part() - 1);
    }
}

static bool holds(struct tr_band b, uint64_t n)
{
    return (uint64_t)b.low <= n && n <= (uint64_t)b.high;
}

/* Per cent of the cells, and of the sums of columns, whose counts came to lie in their bands. */
static void cover(const struct made *m, int ahead, double *cells, double *sums)
{
    uint64_t count[8][CELLS], hit = 0, hit_sum = 0;

    for (int k = 0; k < PANELS; k++) {
        struct tr_panel p = {.n = m->n, .rows = ROWS, .columns = COLUMNS, .stride = COLUMNS};
        uint64_t sum[COLUMNS] = {0};
        struct tr_prospect o;
        struct truth t;

        make_truth(&t, m);
        for (int y = 0; y < m->n; y++) {
            p.year[y] = m->year[y];
            p.count[y] = count[y];
            for (int i = 0; i < CELLS; i++)
                count[y][i] = draw(mean_in(&t, m, i, m->year[y]), m->heaped);
        }
        ck_assert_int_eq(tr_prospect_from_panel(&o, &p), 0);
        for (int i = 0; i < CELLS; i++) {
            uint64_t n = draw(mean_in(&t, m, i, 2022 + ahead), m->heaped);

            hit += holds(tr_prospect_at(&o, i / COLUMNS, i % COLUMNS, 2022 + ahead), n);
            sum[i % COLUMNS] += n;
        }
        for (int c = 0; c < COLUMNS; c++)
            hit_sum += holds(tr_prospect_at(&o, -1, c, 2022 + ahead), sum[c]);
        tr_prospect_clear(&o);
    }
    *cells = 100.0 * (double)hit / (PANELS * CELLS);
    *sums = 100.0 * (double)hit_sum / (PANELS * COLUMNS);
}

START_TEST(bands_hold)
{
    const struct made *m = &made[_i];

    for (int ahead = 1; ahead <= 6; ahead++) {
        double cells, sums;

        cover(m, ahead, &cells, &sums);
        ck_assert_msg(cells >= 75 && cells <= 85 && sums >= 75 && sums <= 85,
                      "%s, %d years ahead: %.1f %% of cells, %.1f %% of sums", m->name, ahead,
                      cells, sums);
    }
}
END_TEST

/* Years in which some come and some leave, as a register sees them. */
START_TEST(flow_bands_hold)
{
    const int seen[] = {2, 5, 10};
    const double came = 6, left = 4;
    int n = seen[_i];

    for (int ahead = 1; ahead <= 5; ahead++) {
        uint64_t hit = 0;

        for (int k = 0; k < PANELS; k++) {
            uint64_t in[10 * CELLS], out[10 * CELLS], now[CELLS];
            struct tr_flows f = {n, ROWS, COLUMNS, 2026, in, out, now};
            struct tr_prospect o;

            for (int i = 0; i < n * CELLS; i++) {
                in[i] = poisson(came);
                out[i] = poisson(left);
            }
            for (int i = 0; i < CELLS; i++)
                now[i] = 40 + random_below(20);
            ck_assert_int_eq(tr_prospect_from_flows(&o, &f), 0);
            for (int i = 0; i < CELLS; i++)
                hit += holds(tr_prospect_at(&o, i / COLUMNS, i % COLUMNS, 2026 + ahead),
                             now[i] + poisson(came * ahead) - poisson(left * ahead));
            tr_prospect_clear(&o);
        }
        ck_assert_msg(hit >= 75 * PANELS * CELLS / 100 && hit <= 85 * PANELS * CELLS / 100,
                      "%d years seen, %d ahead: %.1f %%", n, ahead,
                      100.0 * (double)hit / (PANELS * CELLS));
    }
}
END_TEST

/* Two surveys of two districts, by hand: 20 and 10 became 30 and 10. The line goes on: 40 and 10.
 */
START_TEST(by_hand)
{
    const uint64_t first[] = {20, 10}, second[] = {30, 10};
    struct tr_panel p = {2, 2, 1, {2020, 2022}, {first, second}, {0}, 1};
    struct tr_prospect o;
    struct tr_band b;

    ck_assert_int_eq(tr_prospect_from_panel(&o, &p), 0);
    /* The means are 25 and 10, of 35; the change of both is 10, so that 50/7 and 20/7 are expected.
     * Both changes are 20/7 off: 2 × (20/7)² = 16.33, by 2 × (35 - 725/35) = 28.57. */
    ck_assert_int_eq(o.freedom, 1);
    ck_assert(fabs(o.dispersion - 1) < 1e-9); /* 0.57, and never below one */
    /* 2024 is three years from the middle of the line: 25 × (1/2 + 9/2) + 40 = 165. */
    b = tr_prospect_at(&o, 0, 0, 2024);
    ck_assert_int_eq(b.middle, 40);
    ck_assert_int_eq(b.low, 1); /* 40 - 3.078 × 12.845 = 0.46 */
    ck_assert_int_eq(b.high, 79);
    b = tr_prospect_at(&o, 1, 0, 2024);
    ck_assert_int_eq(b.middle, 10);
    ck_assert_int_eq(b.low, 0);
    b = tr_prospect_at(&o, -1, -1, 2024);
    ck_assert_int_eq(b.middle, 50);
    tr_prospect_clear(&o);
}
END_TEST

/* The same, and a survey between them to which the second has not delivered: its zero is no point of
 * its line, which has the middle 2021 and by_square 1/2, as before. */
START_TEST(one_is_untold)
{
    const uint64_t first[] = {20, 10}, between[] = {25, 0}, second[] = {30, 10};
    struct tr_panel p = {3, 2, 1, {2020, 2021, 2022}, {first, between, second}, {0, 2, 0}, 1};
    struct tr_prospect o;

    ck_assert_int_eq(tr_prospect_from_panel(&o, &p), 0);
    ck_assert_int_eq(o.line[0].n, 3);
    ck_assert_int_eq(o.line[1].n, 2);
    ck_assert_int_eq(o.freedom, 1); /* of the first: the second has nothing beside its line */
    ck_assert(fabs(o.line[1].by_square - 0.5) < 1e-9);
    ck_assert_int_eq(tr_prospect_at(&o, 0, 0, 2024).middle, 40);
    ck_assert_int_eq(tr_prospect_at(&o, 1, 0, 2024).middle, 10);
    tr_prospect_clear(&o);
}
END_TEST

MAIN("forecast", {bands_hold, COUNT(made)}, {flow_bands_hold, 3}, {by_hand}, {one_is_untold})

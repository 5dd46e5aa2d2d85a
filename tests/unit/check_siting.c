/* Homes divided into sites: the best of all ways, against every way there is. */
#include "unit.h"

#include <stdlib.h>

#include "domain/homes/bound.h"
#include "domain/homes/siting.h"

enum { DISTRICTS_MAX = 5, HOMES_MAX = 64, AIMS = 4 };

/* A generator of its own, so that every machine tries the same. */
static uint32_t next_random(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

/* Least sum of squares of so many homes in sites of min to max, with the fewest sites, told by
 * trying every first site. 0 sites for no homes; -1: they cannot be made. */
static int fewest[HOMES_MAX + 1], squares[HOMES_MAX + 1];

static void make_sites(int min, int max)
{
    fewest[0] = squares[0] = 0;
    for (int h = 1; h <= HOMES_MAX; h++) {
        fewest[h] = squares[h] = -1;
        for (int size = min; size <= max && size <= h; size++) {
            int rest = h - size;

            if (fewest[rest] < 0)
                continue;
            if (fewest[h] < 0 || fewest[rest] + 1 < fewest[h] ||
                (fewest[rest] + 1 == fewest[h] && squares[rest] + size * size < squares[h])) {
                fewest[h] = fewest[rest] + 1;
                squares[h] = squares[rest] + size * size;
            }
        }
    }
}

/* The aims of a plan, most important first, all to be small. */
static int compare(const int a[AIMS], const int b[AIMS])
{
    for (int i = 0; i < AIMS; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* Tries all numbers of homes in districts d and behind. */
static void try_all(const struct tr_siting *s, uint32_t d, int left, int aims[AIMS], int best[AIMS])
{
    if (d == s->n) {
        int end[AIMS] = {left, aims[1], aims[2], aims[3]};

        if (left >= 0 && compare(end, best) < 0)
            memcpy(best, end, sizeof end);
        return;
    }
    for (int h = 0; h <= left; h++) {
        int with[AIMS] = {0, aims[1], aims[2] + fewest[h], aims[3] + squares[h]};

        if (fewest[h] < 0)
            continue;
        with[1] += h > (int)s->need[d] ? h - (int)s->need[d] : 0;
        try_all(s, d + 1, left - h, with, best);
    }
}

static struct tr_site_bound bound_of(const struct tr_siting *s)
{
    return (struct tr_site_bound){s->need,    s->n,     s->min,     s->max,       s->housed,
                                  s->outside, s->sites, s->squares, s->multiplier};
}

static void check_one(struct tr_siting *s)
{
    int best[AIMS] = {INT32_MAX, 0, 0, 0}, none[AIMS] = {0}, persons = 0;
    struct tr_site_bound bound;
    struct tr_err err;

    for (uint32_t d = 0; d < s->n; d++)
        persons += (int)s->need[d];
    ck_assert_int_eq(tr_siting_solve(s, &err), 0);
    make_sites((int)s->min, (int)s->max);
    try_all(s, 0, persons, none, best);
    ck_assert_uint_eq(s->persons - s->housed, (uint64_t)best[0]);
    ck_assert_uint_eq(s->outside, (uint64_t)best[1]);
    ck_assert_uint_eq(s->sites, (uint64_t)best[2]);
    ck_assert_uint_eq(s->squares, (uint64_t)best[3]);

    bound = bound_of(s);
    ck_assert_int_eq(tr_site_bound_holds(&bound, &err), 1);
    bound.multiplier = 0; /* the proof does not hang on it */
    ck_assert_int_eq(tr_site_bound_holds(&bound, &err), 1);
    bound.multiplier = s->multiplier;
    bound.squares++;
    ck_assert_int_eq(tr_site_bound_holds(&bound, &err), 0);
    bound = bound_of(s);
    bound.sites++;
    ck_assert_int_eq(tr_site_bound_holds(&bound, &err), 0);
    bound = bound_of(s);
    bound.outside++;
    ck_assert_int_eq(tr_site_bound_holds(&bound, &err), 0);
}

START_TEST(best_of_all)
{
    uint64_t state = 438;
    uint32_t need[DISTRICTS_MAX], homes[DISTRICTS_MAX];

    for (int i = 0; i < 1500; i++) {
        struct tr_siting s = {.need = need, .homes = homes};

        s.n = 1 + next_random(&state, DISTRICTS_MAX);
        s.min = 1 + next_random(&state, 8);
        s.max = s.min + next_random(&state, 6);
        for (uint32_t d = 0; d < s.n; d++)
            need[d] = 1 + next_random(&state, s.n > 3 ? 8 : 18);
        check_one(&s);
    }
}
END_TEST

/* The survey of 2022: 182, 126 and 130 persons, every district with every other. */
START_TEST(survey)
{
    static const struct {
        uint32_t need[15], n;
        uint64_t persons, outside, sites, squares;
    } kinds[] = {
        {{27, 16, 5, 13, 16, 8, 14, 11, 7, 7, 8, 14, 6, 17, 13}, 15, 182, 1, 24, 1408},
        {{16, 4, 18, 2, 6, 10, 1, 15, 4, 17, 6, 12, 12, 3}, 14, 126, 6, 17, 962},
        {{20, 8, 31, 1, 10, 8, 2, 10, 3, 16, 1, 9, 1, 10}, 14, 130, 5, 15, 1142},
    };
    struct tr_err err;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint32_t homes[15];
        struct tr_siting s = {
            .need = kinds[i].need, .n = kinds[i].n, .min = 6, .max = 10, .homes = homes};
        struct tr_site_bound bound;

        ck_assert_int_eq(tr_siting_solve(&s, &err), 0);
        ck_assert_uint_eq(s.housed, kinds[i].persons);
        ck_assert_uint_eq(s.outside, kinds[i].outside);
        ck_assert_uint_eq(s.sites, kinds[i].sites);
        ck_assert_uint_eq(s.squares, kinds[i].squares);
        bound = bound_of(&s);
        ck_assert_int_eq(tr_site_bound_holds(&bound, &err), 1);
    }
}
END_TEST

START_TEST(most)
{
    static const struct {
        uint64_t n, most;
    } cases[] = {{0, 0}, {5, 0}, {6, 6}, {10, 10}, {11, 10}, {12, 12}, {17, 17}, {1000, 1000}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_uint_eq(tr_siting_most(cases[i].n, 6, 10), cases[i].most);
    ck_assert_uint_eq(tr_siting_most(23, 10, 11), 22);
}
END_TEST

MAIN("siting", {best_of_all}, {survey}, {most})

/* The chance of a free place: known cases, and whether what was said happened as often. */
#include "unit.h"

#include <math.h>

#include "base/philox.h"
#include "domain/flow/expect.h"

START_TEST(at_least)
{
    const double half[] = {0.5, 0.5, 0.5}, sure[] = {1, 0, 0.25};
    double room[4];

    ck_assert_double_eq_tol(tr_expect_at_least(half, 3, 0, room), 1, 1e-12);
    ck_assert_double_eq_tol(tr_expect_at_least(half, 3, 1, room), 0.875, 1e-12);
    ck_assert_double_eq_tol(tr_expect_at_least(half, 3, 2, room), 0.5, 1e-12);
    ck_assert_double_eq_tol(tr_expect_at_least(half, 3, 3, room), 0.125, 1e-12);
    ck_assert_double_eq_tol(tr_expect_at_least(half, 3, 4, room), 0, 1e-12);
    ck_assert_double_eq_tol(tr_expect_at_least(sure, 3, 1, room), 1, 1e-12);
    ck_assert_double_eq_tol(tr_expect_at_least(sure, 3, 2, room), 0.25, 1e-12);
    ck_assert_double_eq_tol(tr_expect_at_least(sure, 0, 1, room), 0, 1e-12);
}
END_TEST

/* ---- histories that are made ---- */

enum { HOUSES = 60, BEDS = 4, DAYS = 3000, TODAY = 2000, STAYS_MAX = HOUSES * BEDS * 120, SEEDS = 12 };

static struct tr_profile profile;
static struct tr_institution row[HOUSES];
static struct tr_records stays;
static struct tr_span *holds;
static int32_t *left; /* the day each stay ends in truth */
static uint32_t seed;

/* Of what was said, in fifths. */
static struct tally {
    double said, came, n;
} fifths[5];

static double chance(uint32_t number, uint32_t which)
{
    struct tr_philox c = tr_philox((struct tr_philox){{number, which}}, seed, 0);

    return tr_philox_unit(c.at[0], c.at[1]);
}

/* Each bed is lived in by one after another. Lengths are Weibull, long ones rarer than with an
 * exponential distribution. */
static void live(double shape, double scale)
{
    uint32_t number = 0;

    tr_records_start(&stays, &tr_stay_kind, &profile, "made");
    left = calloc(STAYS_MAX, sizeof *left);
    holds = calloc(STAYS_MAX, sizeof *holds);
    for (int32_t bed = 0; bed < HOUSES * BEDS; bed++)
        for (int32_t day = 0; day < DAYS; number++) {
            double u = chance(number, (uint32_t)bed);
            int32_t length = 1 + (int32_t)(scale * pow(-log(u), 1 / shape));

            if (day <= TODAY) {
                struct tr_stay *s = tr_records_add(&stays, 0);

                s->institution = bed / BEDS;
                s->from = day;
                s->status = TR_STAY_MOVED_IN;
                s->to = s->to_expected = TR_NO_DAY;
                if (day + length <= TODAY) {
                    s->to = day + length;
                    s->status = TR_STAY_MOVED_OUT;
                }
                left[stays.n - 1] = day + length;
                holds[stays.n - 1] = (struct tr_span){TR_HOLD_OCCUPIED, day, s->to};
            }
            day += length;
        }
    for (int h = 0; h < HOUSES; h++)
        row[h] = (struct tr_institution){.service_level = h % 2, .capacity = BEDS};
}

/* Says a chance for each house and several horizons, and counts how often it came true. */
static void compare(void)
{
    for (int32_t until = TODAY + 5; until < TODAY + 300; until += 30) {
        const struct tr_expecting e = {&profile, row, &stays, holds, HOUSES, TODAY, until};
        struct tr_figures out = {0};
        struct tr_err err;
        uint32_t few = 0;

        ck_assert_int_eq(tr_expect_table(&out, &e, &few, &err), 0);
        ck_assert_uint_eq(few, 0);
        for (int h = 0; h < HOUSES; h++) {
            char cell[8];
            struct tally *t;
            bool free = false;
            double p;

            tr_err_copy(cell, sizeof cell, out.cell[(size_t)h * out.n_columns + out.n_columns - 1]);
            p = atof(cell) / 100;
            t = &fifths[p >= 1 ? 4 : (int)(5 * p)];
            for (uint32_t s = 0; s < stays.n; s++)
                free |= tr_stay(&stays, s)->institution == h && tr_stay(&stays, s)->to == TR_NO_DAY &&
                        left[s] <= until;
            t->said += p;
            t->came += free;
            t->n++;
        }
        tr_figures_clear(&out);
    }
}

START_TEST(said_and_happened)
{
    static const double shape[] = {0.8, 1, 1.5, 3};
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    for (seed = 1; seed <= SEEDS; seed++) {
        live(shape[_i], 150);
        compare();
        tr_records_clear(&stays);
        free(holds);
        free(left);
    }
    for (int k = 0; k < 5; k++) {
        const struct tally *t = &fifths[k];

        ck_assert_msg(t->n < 300 || fabs(t->said - t->came) / t->n < 0.05,
                      "%g: %d: said %g, came %g of %g", shape[_i], k, t->said / t->n, t->came / t->n,
                      t->n);
    }
    tr_profile_clear(&profile);
}
END_TEST

/* What is sure: a day that is agreed on, and a house where nobody ever left. */
START_TEST(known_ends)
{
    struct tr_institution one = {.service_level = -1, .capacity = 1};
    struct tr_span span[2] = {{TR_HOLD_OCCUPIED, 0, 10}, {TR_HOLD_OCCUPIED, 10, 40}};
    struct tr_expecting e = {&profile, &one, &stays, span, 1, 20, 30};
    struct tr_figures out = {0};
    struct tr_err err;
    uint32_t few = 0;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    tr_records_start(&stays, &tr_stay_kind, &profile, "made");
    *(struct tr_stay *)tr_records_add(&stays, 0) = (struct tr_stay){
        .from = 10, .to = 40, .to_expected = TR_NO_DAY, .status = TR_STAY_KEPT};
    ck_assert_int_lt(tr_expect_table(&out, &e, &few, &err), 0);
    ck_assert_int_eq(err.code, TR_E_SIMULATE);
    tr_figures_clear(&out);
    *(struct tr_stay *)tr_records_add(&stays, 0) = (struct tr_stay){
        .from = 0, .to = 10, .to_expected = TR_NO_DAY, .status = TR_STAY_MOVED_OUT};
    e.holds = (struct tr_span[]){span[1], span[0]};
    for (int k = 0; k < 2; k++) {
        e.until = k ? 40 : 39;
        ck_assert_int_eq(tr_expect_table(&out, &e, &few, &err), 0);
        ck_slice_eq(out.cell[out.n_columns - 1], k ? "100" : "0");
        tr_figures_clear(&out);
    }
    tr_records_clear(&stays);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("expect", {at_least}, {said_and_happened, 4}, {known_ends})

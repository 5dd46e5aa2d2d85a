/* Distributions and exact intervals against published numbers; random numbers against the vectors of
 * their makers; the curve of Kaplan and Meier against a trial in every textbook. */
#include "unit.h"

#include <math.h>

#include "base/chance.h"
#include "base/philox.h"
#include "domain/flow/survival.h"

#define NEAR(got, expected, within)                                                                \
    ck_assert_msg(fabs((got) - (expected)) <= (within), "%s is %.12g, not %.12g", #got, (got),     \
                  (double)(expected))

/* Garwood 1936; as in C. Lentner, Geigy Scientific Tables 2 (1982), and R's poisson.test. */
START_TEST(poisson)
{
    static const struct {
        uint64_t n;
        double low, high;
    } known[] = {{0, 0, 3.688879454}, {1, 0.025317808, 5.571643390}, {2, 0.242209279, 7.224687667},
                 {10, 4.795388748, 18.390356260}, {100, 81.363991, 121.626794}};

    for (size_t i = 0; i < COUNT(known); i++) {
        struct tr_interval got = tr_poisson_interval(known[i].n, 0.95);

        NEAR(got.low, known[i].low, 1e-5);
        NEAR(got.high, known[i].high, 1e-5);
    }
}
END_TEST

/* Clopper and Pearson 1934: of 10, 0 and 3; of 20, 1. */
START_TEST(binomial)
{
    struct tr_interval none = tr_binomial_interval(0, 10, 0.95), three = tr_binomial_interval(3, 10, 0.95),
                       all = tr_binomial_interval(10, 10, 0.95);

    NEAR(none.low, 0, 0);
    NEAR(none.high, 0.308497108, 1e-8);
    NEAR(three.low, 0.066739515, 1e-8);
    NEAR(three.high, 0.652452854, 1e-8);
    NEAR(all.low, 0.691502892, 1e-8);
    NEAR(all.high, 1, 0);
}
END_TEST

START_TEST(ratio)
{
    /* R: poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)), from its own manual */
    struct tr_interval got = tr_rate_ratio_interval(11, 800, 21, 3011, 0.95), none;

    NEAR(got.low, 0.8584264, 1e-6);
    NEAR(got.high, 4.2772659, 1e-6);
    NEAR(tr_rate_ratio_chance(11, 800, 21, 3011), 0.07967, 1e-5);
    none = tr_rate_ratio_interval(0, 1, 0, 1, 0.95);
    NEAR(none.low, 0, 0);
    ck_assert(isinf(none.high));
}
END_TEST

START_TEST(quantiles)
{
    NEAR(tr_normal_quantile(0.975), 1.959963984540054, 1e-14);
    NEAR(tr_normal_quantile(0.25), -0.6744897501960817, 1e-14);
    NEAR(tr_normal_quantile(1e-10), -6.361340902404056, 1e-12);
    for (double a = 0.25; a < 600; a *= 3)
        for (double p = 0.001; p < 1; p += 0.0997) {
            NEAR(tr_gamma_below(a, tr_gamma_quantile(a, p)), p, 1e-11);
            NEAR(tr_beta_below(a, 2.5, tr_beta_quantile(a, 2.5, p)), p, 1e-11);
        }
}
END_TEST

/* kat_vectors of Random123, philox4x32 10 */
START_TEST(philox)
{
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };

    for (size_t i = 0; i < COUNT(known); i++) {
        struct tr_philox c, got;

        memcpy(c.at, known[i].counter, sizeof c.at);
        got = tr_philox(c, known[i].key[0], known[i].key[1]);
        for (int j = 0; j < 4; j++)
            ck_assert_uint_eq(got.at[j], known[i].out[j]);
    }
    ck_assert(tr_philox_unit(0, 0) > 0 && tr_philox_unit(UINT32_MAX, UINT32_MAX) < 1);
}
END_TEST

/* Weeks in remission under 6-mercaptopurine: Freireich et al., Blood 21 (1963) 699, as Cox and Oakes,
 * Analysis of Survival Data, 1984, and R have its curve. */
START_TEST(remission)
{
    struct tr_watch w[] = {{6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},
                           {10, true},  {10, false}, {11, false}, {13, true},  {16, true},  {17, false},
                           {19, false}, {20, false}, {22, true},  {23, true},  {25, false}, {32, false},
                           {32, false}, {34, false}, {35, false}};
    static const struct {
        int32_t days;
        double share, low, high;
    } known[] = {{6, 0.857, 0.720, 1.000},  {7, 0.807, 0.653, 0.996},  {10, 0.753, 0.586, 0.968},
                 {13, 0.690, 0.510, 0.935}, {16, 0.627, 0.439, 0.896}, {22, 0.538, 0.337, 0.858},
                 {23, 0.448, 0.249, 0.807}};
    struct tr_curve c;
    double low, high;

    ck_assert_int_eq(tr_curve_make(&c, w, COUNT(w), 0.95), 0);
    ck_assert_uint_eq(c.reached, 9);
    for (size_t i = 0; i < COUNT(known); i++) {
        ck_assert_int_eq(c.point[i].days, known[i].days);
        NEAR(c.point[i].share, known[i].share, 0.0005);
        NEAR(c.point[i].low, known[i].low, 0.0005);
        NEAR(c.point[i].high, known[i].high, 0.0005);
    }
    NEAR(tr_curve_quantile(&c, 0.5), 23, 0);
    ck_assert(isnan(tr_curve_quantile(&c, 0.75)));
    tr_curve_quantile_interval(&c, 0.5, &low, &high);
    NEAR(low, 16, 0);
    ck_assert(isnan(high));
    tr_curve_clear(&c);
    ck_assert_int_eq(tr_curve_make(&c, w, 0, 0.95), 0);
    ck_assert(isnan(tr_curve_quantile(&c, 0.5)));
    tr_curve_clear(&c);
}
END_TEST

MAIN("chance", {poisson}, {binomial}, {ratio}, {quantiles}, {philox}, {remission})

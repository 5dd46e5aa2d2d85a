/* Linear and integer programmes against answers that are known, and against every point of small ones. */
#include "unit.h"

#include "base/linear.h"

static const struct tr_linear_work any = {0};

/* Two kinds of homes from what there is: 3a + 2b <= 12, a + 2b <= 8, the greatest 3a + 4b. */
static struct tr_linear *homes(void)
{
    struct tr_linear *l = tr_linear_new();
    int a = tr_linear_column(l, 0, TR_LINEAR_FREE, 3, true), b = tr_linear_column(l, 0, 3, 4, true);

    tr_linear_row(l, -TR_LINEAR_FREE, 12, 2, (int[]){a, b}, (double[]){3, 2});
    tr_linear_row(l, -TR_LINEAR_FREE, 8, 2, (int[]){a, b}, (double[]){1, 2});
    return l;
}

START_TEST(real_numbers)
{
    struct tr_linear *l = homes();

    ck_assert_int_eq(tr_linear_solve(l, true, false, any), TR_LINEAR_OPTIMAL);
    ck_assert_double_eq_tol(tr_linear_sum(l), 18, 1e-9); /* a = 2, b = 3 */
    ck_assert_double_eq_tol(tr_linear_value(l, 0), 2, 1e-9);
    ck_assert_double_eq_tol(tr_linear_row_price(l, 1) * 8 + tr_linear_row_price(l, 0) * 12
                                + tr_linear_column_price(l, 1) * 3,
                            18, 1e-9); /* prices add up to the sum */
    tr_linear_row_range(l, 0, -TR_LINEAR_FREE, 6); /* asked again, with less */
    ck_assert_int_eq(tr_linear_solve(l, true, false, any), TR_LINEAR_OPTIMAL);
    ck_assert_double_eq_tol(tr_linear_sum(l), 12, 1e-9);
    tr_linear_cost(l, 1, 0);
    tr_linear_column_range(l, 0, 0, 1);
    ck_assert_int_eq(tr_linear_solve(l, true, false, any), TR_LINEAR_OPTIMAL);
    ck_assert_double_eq_tol(tr_linear_sum(l), 3, 1e-9);
    tr_linear_free(l);
}
END_TEST

START_TEST(whole_numbers)
{
    struct tr_linear *l = homes();

    tr_linear_row_range(l, 0, -TR_LINEAR_FREE, 11); /* a = 5/3, b = 3 if they need not be whole */
    ck_assert_int_eq(tr_linear_solve(l, true, false, any), TR_LINEAR_OPTIMAL);
    ck_assert_double_eq_tol(tr_linear_sum(l), 17, 1e-9);
    ck_assert_int_eq(tr_linear_solve(l, true, true, any), TR_LINEAR_OPTIMAL);
    ck_assert_double_eq(tr_linear_value(l, 0), 1);
    ck_assert_double_eq(tr_linear_value(l, 1), 3);
    ck_assert_double_eq_tol(tr_linear_sum(l), 15, 1e-9);
    ck_assert_double_eq_tol(tr_linear_bound(l), 15, 1e-9);
    tr_linear_free(l);
}
END_TEST

START_TEST(no_answer)
{
    struct tr_linear *l = tr_linear_new();
    int a = tr_linear_column(l, 0, TR_LINEAR_FREE, 1, true);

    ck_assert_int_eq(tr_linear_solve(l, true, true, any), TR_LINEAR_UNBOUNDED);
    ck_assert(!tr_linear_found(l));
    tr_linear_row(l, 0.25, 0.75, 1, &a, (double[]){1});
    ck_assert_int_eq(tr_linear_solve(l, true, false, any), TR_LINEAR_OPTIMAL);
    ck_assert_int_eq(tr_linear_solve(l, true, true, any), TR_LINEAR_NONE);
    tr_linear_row(l, 2, TR_LINEAR_FREE, 1, &a, (double[]){1});
    ck_assert_int_eq(tr_linear_solve(l, true, false, any), TR_LINEAR_NONE);
    tr_linear_column_range(l, a, 3, 2);
    ck_assert_int_eq(tr_linear_solve(l, false, false, any), TR_LINEAR_NONE);
    tr_linear_free(l);
}
END_TEST

/* A sack: weights and values of chance that are alike, so that it must search. */
START_TEST(limited_work)
{
    enum { N = 40 };
    struct tr_linear *l = tr_linear_new();
    int column[N];
    double weight[N];

    for (int k = 0; k < 5; k++) {
        for (int i = 0; i < N; i++) {
            weight[i] = 50 + (i * 37 + k * 11) % 23;
            if (!k)
                column[i] = tr_linear_column(l, 0, 1, 60 + i * 29 % 17, true);
        }
        tr_linear_row(l, 0, 1000 + 7 * k, N, column, weight);
    }
    ck_assert_int_eq(tr_linear_solve(l, true, true, (struct tr_linear_work){.nodes = 3}), TR_LINEAR_LIMIT);
    if (tr_linear_found(l))
        ck_assert_double_le(tr_linear_sum(l), tr_linear_bound(l) + 1e-9);
    ck_assert_int_eq(tr_linear_solve(l, true, false, (struct tr_linear_work){.steps = 1}), TR_LINEAR_OPTIMAL);
    ck_assert_int_eq(tr_linear_solve(l, true, true, any), TR_LINEAR_OPTIMAL);
    tr_linear_free(l);
    l = homes();
    ck_assert_int_eq(tr_linear_solve(l, true, false, (struct tr_linear_work){.steps = 1}), TR_LINEAR_LIMIT);
    tr_linear_free(l);
}
END_TEST

/* Rows that are too many to write down: no two neighbours in a ring, told only when both are taken. */
static void forbid_neighbours(struct tr_linear *l, void *context)
{
    int n = *(int *)context;

    for (int i = 0; i < n; i++) {
        int next = (i + 1) % n;

        if (tr_linear_value(l, i) + tr_linear_value(l, next) > 1 + 1e-6)
            tr_linear_row(l, 0, 1, 2, (int[]){i, next}, (double[]){1, 1});
    }
}

START_TEST(lazy_rows)
{
    int n = 9;
    struct tr_linear *l = tr_linear_new();

    for (int i = 0; i < n; i++)
        tr_linear_column(l, 0, 1, 1, true);
    tr_linear_lazy(l, forbid_neighbours, &n);
    ck_assert_int_eq(tr_linear_solve(l, true, true, any), TR_LINEAR_OPTIMAL);
    ck_assert_double_eq_tol(tr_linear_sum(l), 4, 1e-9);
    for (int i = 0; i < n; i++)
        ck_assert(tr_linear_value(l, i) + tr_linear_value(l, (i + 1) % n) <= 1);
    tr_linear_free(l);
}
END_TEST

static unsigned next_random(unsigned *seed)
{
    return *seed = *seed * 1664525u + 1013904223u;
}

/* Four unknowns of 0 to 3: every point of each of some hundred programmes. */
START_TEST(against_every_point)
{
    unsigned seed = 7;
    int solved = 0;

    for (int round = 0; round < 400; round++) {
        struct tr_linear *l = tr_linear_new();
        int cost[4], factor[3][4], high[3], best = -1000;

        for (int i = 0; i < 4; i++)
            tr_linear_column(l, 0, 3, cost[i] = (int)(next_random(&seed) >> 16) % 11 - 5, true);
        for (int k = 0; k < 3; k++) {
            double value[4];

            for (int i = 0; i < 4; i++)
                value[i] = factor[k][i] = (int)(next_random(&seed) >> 16) % 9 - 4;
            high[k] = (int)(next_random(&seed) >> 16) % 10 - 4;
            tr_linear_row(l, -TR_LINEAR_FREE, high[k], 4, (int[]){0, 1, 2, 3}, value);
        }
        for (int point = 0; point < 256; point++) {
            int sum = 0, bad = 0, x[4] = {point & 3, point >> 2 & 3, point >> 4 & 3, point >> 6};

            for (int k = 0; k < 3; k++) {
                int left = 0;

                for (int i = 0; i < 4; i++)
                    left += factor[k][i] * x[i];
                bad |= left > high[k];
            }
            for (int i = 0; i < 4; i++)
                sum += cost[i] * x[i];
            if (!bad && sum > best)
                best = sum;
        }
        if (tr_linear_solve(l, true, true, any) == TR_LINEAR_OPTIMAL) {
            ck_assert_double_eq_tol(tr_linear_sum(l), best, 1e-6);
            solved++;
        } else {
            ck_assert_int_eq(best, -1000);
        }
        tr_linear_free(l);
    }
    ck_assert_int_gt(solved, 200);
    ck_assert_int_lt(solved, 400);
}
END_TEST

MAIN("linear", {real_numbers}, {whole_numbers}, {no_answer}, {limited_work}, {lazy_rows}, {against_every_point})

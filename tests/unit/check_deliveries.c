/* Who delivered to a count by district. */
#include "unit.h"

#include "domain/survey/deliveries.h"

static int told[TR_N_CODES];

static void hear(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    told[err->code]++;
}

static const struct tr_listener listener = {hear, NULL};

/* Counts one person in each of n districts from first on, as source's. */
static void deliver(struct tr_needs *n, struct tr_deliveries *d, int first, int districts,
                    const char *source)
{
    for (int r = first; r < first + districts; r++)
        tr_needs_count(n, (struct tr_needs_place){.row = r});
    tr_deliveries_note(d, source, &listener);
}

START_TEST(who_is_missing)
{
    static const struct {
        int districts; /* of 15 that deliver */
        bool all;
        int missing;
    } row[] = {{15, false, 0}, {14, false, 1}, {8, false, 7}, {7, false, 0},
               {1, false, 0},  {1, true, 14},  {0, true, 15}, {15, true, 0}};
    struct tr_profile profile;
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    for (size_t i = 0; i < COUNT(row); i++) {
        struct tr_needs n;
        struct tr_deliveries d;

        memset(told, 0, sizeof told);
        ck_assert_int_eq(tr_needs_init(&n, &profile, TR_F_BYDEL, TR_F_HOUSING_TYPE, &err), 0);
        ck_assert(tr_deliveries_known(&n));
        tr_deliveries_start(&d, &n);
        for (int r = 0; r < row[i].districts; r++)
            deliver(&n, &d, r, 1, "one");
        tr_deliveries_end(&d, (struct tr_deliveries_awaited){row[i].all, 0}, &listener);
        ck_assert_int_eq(d.n_missing, row[i].missing);
        ck_assert_int_eq(told[TR_W_DELIVERY_MISSING], row[i].missing);
        ck_assert_int_eq(d.n_twice, 0);
        tr_needs_clear(&n);
    }
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(who_came_twice)
{
    struct tr_profile profile;
    struct tr_needs n;
    struct tr_deliveries d;
    struct tr_err err;

    memset(told, 0, sizeof told);
    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    ck_assert_int_eq(tr_needs_init(&n, &profile, TR_F_BYDEL, -1, &err), 0);
    tr_deliveries_start(&d, &n);
    deliver(&n, &d, 0, 3, "a");
    deliver(&n, &d, 2, 2, "b");
    deliver(&n, &d, 2, 1, "c");
    deliver(&n, &d, 0, 0, "nobody");
    ck_assert_int_eq(d.n_twice, 1);
    ck_assert_int_eq(told[TR_W_DELIVERY_TWICE], 2);
    ck_assert(d.twice[2] && !d.twice[0]);
    ck_assert_str_eq(d.by[2], "a");
    tr_needs_clear(&n);
    ck_assert_int_eq(tr_needs_init(&n, &profile, TR_F_SEX, -1, &err), 0);
    ck_assert(!tr_deliveries_known(&n));
    tr_needs_clear(&n);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("deliveries", {who_is_missing}, {who_came_twice})

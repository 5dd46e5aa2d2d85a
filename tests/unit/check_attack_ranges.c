/* Ranges of hidden numbers: as all tables that fit what is shown have them, one by one. */
#include "unit.h"

#include "domain/attack/system.h"

enum { UNKNOWNS_MAX = 400, TABLES_MAX = 200000 };

/* What enumerating finds. */
struct found {
    int64_t value[UNKNOWNS_MAX], least[UNKNOWNS_MAX], most[UNKNOWNS_MAX];
    bool set[UNKNOWNS_MAX];
    uint32_t last[UNKNOWNS_MAX]; /* of each sum: its last unknown in the order of trying */
    long tables, steps;
};

static int64_t partial(const struct tr_system *s, uint32_t sum, const struct found *f, bool *whole)
{
    int64_t total = 0;

    *whole = true;
    for (size_t t = s->sum[sum].from; t < s->sum[sum].to; t++) {
        *whole &= f->set[s->term[t].x];
        total += f->set[s->term[t].x] ? s->term[t].sign * f->value[s->term[t].x] : 0;
    }
    return total;
}

/* Whether all sums that x is in and that have all their numbers hold. */
static bool fits(const struct tr_system *s, uint32_t x, const struct found *f)
{
    for (uint32_t e = 0; e < s->n_sums; e++)
        for (size_t t = s->sum[e].from; t < s->sum[e].to; t++) {
            bool whole;

            if (s->term[t].x != x)
                continue;
            if (partial(s, e, f, &whole) != s->sum[e].equals && whole)
                return false;
        }
    return true;
}

static void try(const struct tr_system *s, uint32_t x, struct found *f)
{
    if (f->tables > TABLES_MAX || ++f->steps > 3000000)
        return;
    if (x == s->n) {
        f->tables++;
        for (uint32_t i = 0; i < s->n; i++) {
            f->least[i] = f->tables == 1 || f->value[i] < f->least[i] ? f->value[i] : f->least[i];
            f->most[i] = f->tables == 1 || f->value[i] > f->most[i] ? f->value[i] : f->most[i];
        }
        return;
    }
    f->set[x] = true;
    for (f->value[x] = s->x[x].low; f->value[x] <= s->x[x].high; f->value[x]++)
        if (fits(s, x, f))
            try(s, x + 1, f);
    f->set[x] = false;
}

/* Both ways give the same; false: there are too many tables to try. */
static bool compare(const struct tr_system *s)
{
    struct found *f = calloc(1, sizeof *f);
    bool wanted[UNKNOWNS_MAX];
    struct tr_reach range[UNKNOWNS_MAX];
    struct tr_err err;
    uint32_t fault;
    bool done;
    int rc;

    ck_assert_uint_le(s->n, UNKNOWNS_MAX);
    memset(wanted, true, sizeof wanted);
    try(s, 0, f);
    done = f->tables <= TABLES_MAX && f->steps <= 3000000;
    rc = tr_system_ranges(s, wanted, range, &fault, &err);
    if (done && f->tables == 0) {
        ck_assert_int_eq(rc, -1);
        ck_assert_int_eq(err.code, TR_E_CONTRADICTION);
    } else if (done) {
        ck_assert_int_eq(rc, 0);
        for (uint32_t i = 0; i < s->n; i++) {
            ck_assert_int_eq(range[i].low, f->least[i]);
            ck_assert_int_eq(range[i].high, f->most[i]);
            ck_assert(range[i].low_any <= (double)range[i].low && range[i].high_any >= (double)range[i].high);
        }
    }
    free(f);
    return done;
}

/* A table of up to three ways with numbers of at most `most`; every second sum of a line is shown, small
 * numbers are hidden, and some others. wrong: a sum is changed. */
static void make(struct tr_system *s, int ways, int most, bool wrong)
{
    int size[3] = {2 + (int)random_below(2), 2 + (int)random_below(2), ways > 2 ? 2 : 1};
    int value[3][3][3];
    uint32_t x[3][3][3], cells = 0;

    *s = (struct tr_system){0};
    for (int i = 0; i < size[0]; i++)
        for (int j = 0; j < size[1]; j++)
            for (int k = 0; k < size[2]; k++) {
                int v = value[i][j][k] = (int)random_below((uint32_t)most + 1);
                bool hidden = v > 0 && (v < 3 || random_below(2));

                x[i][j][k] = tr_system_unknown(s, hidden ? 1 : v, hidden ? 2 * most : v);
                cells++;
            }
    for (int way = 0; way < ways; way++)
        for (int line = 0; line < (int)cells / size[way]; line++) {
            int64_t sum = 0;
            int a = way == 0 ? 1 : 0, b = way == 2 ? 1 : 2;

            tr_system_sum(s, 0);
            for (int i = 0; i < size[way]; i++) {
                int at[3];

                at[way] = i;
                at[a] = line % size[a];
                at[b] = line / size[a];
                tr_system_term(s, x[at[0]][at[1]][at[2]], 1);
                sum += value[at[0]][at[1]][at[2]];
            }
            if (random_below(6) > 0)
                s->sum[s->n_sums - 1].equals = sum;
            else /* the sum is hidden, too */
                tr_system_term(s, tr_system_unknown(s, 0, sum + 2), -1);
        }
    if (wrong)
        s->sum[random_below(s->n_sums)].equals += random_below(2) ? 1 : -1;
}

START_TEST(two_ways)
{
    int tried = 0;

    for (int i = 0; i < 400; i++) {
        struct tr_system s;

        make(&s, 2, 4, i % 10 == 0);
        tried += compare(&s);
        tr_system_clear(&s);
    }
    ck_assert_int_ge(tried, 300);
}
END_TEST

START_TEST(three_ways)
{
    int tried = 0;

    for (int i = 0; i < 200; i++) {
        struct tr_system s;

        make(&s, 3, 3, i % 10 == 0);
        tried += compare(&s);
        tr_system_clear(&s);
    }
    ck_assert_int_ge(tried, 100);
}
END_TEST

/* Two rows and two columns of one county, two of another, and a sum of both. */
START_TEST(sums_of_sums)
{
    for (int i = 0; i < 300; i++) {
        struct tr_system s = {0};
        uint32_t x[4][2], county[2][2];
        int v[4][2];

        for (int r = 0; r < 4; r++)
            for (int c = 0; c < 2; c++) {
                bool hidden = (v[r][c] = (int)random_below(4)) > 0 && random_below(5) > 0;

                x[r][c] = tr_system_unknown(&s, hidden ? 1 : v[r][c], hidden ? 6 : v[r][c]);
            }
        for (int k = 0; k < 2; k++)
            for (int c = 0; c < 2; c++) {
                int sum = v[2 * k][c] + v[2 * k + 1][c];
                bool hidden = random_below(2);

                county[k][c] = tr_system_unknown(&s, hidden ? 0 : sum, hidden ? 9 : sum);
                tr_system_sum(&s, 0);
                tr_system_term(&s, x[2 * k][c], 1);
                tr_system_term(&s, x[2 * k + 1][c], 1);
                tr_system_term(&s, county[k][c], -1);
            }
        for (int c = 0; c < 2; c++) {
            tr_system_sum(&s, v[0][c] + v[1][c] + v[2][c] + v[3][c]);
            tr_system_term(&s, county[0][c], 1);
            tr_system_term(&s, county[1][c], 1);
        }
        for (int r = 0; r < 4; r++) {
            tr_system_sum(&s, v[r][0] + v[r][1]);
            tr_system_term(&s, x[r][0], 1);
            tr_system_term(&s, x[r][1], 1);
        }
        for (int k = 0; k < 2; k++) {
            tr_system_sum(&s, v[2 * k][0] + v[2 * k][1] + v[2 * k + 1][0] + v[2 * k + 1][1]);
            tr_system_term(&s, county[k][0], 1);
            tr_system_term(&s, county[k][1], 1);
        }
        compare(&s);
        tr_system_clear(&s);
    }
}
END_TEST

/* Three sums of two each that make 1 together: by halves, the numbers are all 0.5. */
START_TEST(halves)
{
    struct tr_system s = {0};
    bool wanted[] = {true, true, true, true};
    struct tr_reach range[4];
    struct tr_err err;
    uint32_t fault;

    for (int i = 0; i < 4; i++)
        tr_system_unknown(&s, 0, i < 3 ? TR_UNLIMITED : 1);
    for (uint32_t i = 0; i < 3; i++) {
        tr_system_sum(&s, 2);
        tr_system_term(&s, i, 1);
        tr_system_term(&s, (i + 1) % 3, 1);
        tr_system_term(&s, 3, i ? -1 : 1);
    }
    ck_assert_int_eq(tr_system_ranges(&s, wanted, range, &fault, &err), 0);
    ck_assert(range[3].low_any == 0 && range[3].high_any == 1);
    ck_assert_int_eq(range[0].low, range[0].high);
    ck_assert(range[0].high_any > range[0].low_any);
    tr_system_clear(&s);
}
END_TEST

/* What the sums of a proof give, with every other number at its limit, is the limit that was found. */
static void check_proof(const struct tr_system *s, uint32_t x, bool high, int64_t limit)
{
    struct tr_buf sums = {0};
    int64_t sign[UNKNOWNS_MAX] = {0}, left = 0;
    struct tr_err err;

    ck_assert_int_eq(tr_system_proof(s, x, high, &sums, &err), 0);
    for (size_t k = 0; k < sums.len / sizeof(int32_t); k++) {
        int32_t number = ((int32_t *)(void *)sums.p)[k];
        const struct tr_sum *sum = &s->sum[abs(number) - 1];

        left += (number > 0 ? 1 : -1) * sum->equals;
        for (size_t t = sum->from; t < sum->to; t++)
            sign[s->term[t].x] += (number > 0 ? 1 : -1) * s->term[t].sign;
    }
    if (sums.len == 0) {
        ck_assert_int_eq(limit, high ? s->x[x].high : s->x[x].low);
    } else {
        ck_assert_int_eq(sign[x], 1);
        for (uint32_t i = 0; i < s->n; i++)
            if (i != x)
                left -= sign[i] * ((sign[i] > 0) == high ? s->x[i].low : s->x[i].high);
        ck_assert_int_eq(left, limit);
    }
    tr_buf_clear(&sums);
}

START_TEST(proofs)
{
    for (int k = 0; k < 200; k++) {
        bool wanted[UNKNOWNS_MAX];
        struct tr_reach range[UNKNOWNS_MAX];
        struct tr_system s;
        struct tr_err err;
        uint32_t fault;

        make(&s, 2, 4, false);
        memset(wanted, true, sizeof wanted);
        ck_assert_int_eq(tr_system_ranges(&s, wanted, range, &fault, &err), 0);
        for (uint32_t x = 0; x < s.n; x++)
            if (s.x[x].low < s.x[x].high) {
                check_proof(&s, x, true, range[x].high);
                check_proof(&s, x, false, range[x].low);
            }
        tr_system_clear(&s);
    }
}
END_TEST

MAIN("attack_ranges", {two_ways}, {three_ways}, {sums_of_sums}, {halves}, {proofs})

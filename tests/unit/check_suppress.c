/* Random tables are protected, and an attacker that shares nothing with the protection tries to open them:
 * integer programming over the numbers themselves, for everybody, for whoever knows a row, and for whoever
 * is alone in a number. Small tables are tried by going through every table that fits. */
#include "unit.h"

#include <math.h>

#include "base/linear.h"
#include "domain/disclosure/protect.h"
#include "domain/disclosure/rounding.h"

enum { SMALL = 3, TABLES = 200, LONG = 50 };

static const struct tr_protect_choice careful = {true, true, 0}, plain = {false, false, 0};

/* ---- tables ---- */

static uint32_t add(struct tr_cells *c, int64_t value, int owner, bool always)
{
    struct tr_cell x = {.value = value, .least = 1, .weight = 100, .owner = owner};

    if (value >= 1 && value <= SMALL) {
        x.small = true;
        x.low = 1;
        x.high = SMALL;
    } else if (value == 0 || always) {
        x.state = TR_CELL_SHOWN;
    }
    return tr_cells_add(c, &x);
}

/* A number as surveys have them: many small ones, some zeros. */
static int64_t number(int zeros)
{
    if ((int)random_below(10) < zeros)
        return 0;
    return random_below(3) == 0 ? 1 + random_below(4) : 1 + random_below(30);
}

/* Adds rows x columns with totals. Rows have the totals of before, when there are any, as linked tables have.
 * groups: rows in a group, whose sums are told too; 0: none. */
static void add_table(struct tr_cells *c, int rows, int columns, int groups, int zeros,
                      uint32_t *total_of_row)
{
    enum { MAX = 32 };
    uint32_t cell[MAX][MAX] = {{0}}, group[MAX][MAX] = {{0}};
    int64_t value[MAX][MAX] = {{0}};
    struct tr_term term[MAX + 1];

    for (int r = 0; r < rows; r++) {
        int64_t left = 0, sum = 0;

        if (total_of_row[r] != UINT32_MAX)
            left = c->cell[total_of_row[r]].value;
        for (int k = 0; k < columns; k++) {
            value[r][k] = number(zeros);
            if (total_of_row[r] != UINT32_MAX) {
                value[r][k] = k == columns - 1 ? left : value[r][k] % (left + 1);
                left -= value[r][k];
            }
            sum += value[r][k];
            cell[r][k] = add(c, value[r][k], r, false);
            term[k + 1] = (struct tr_term){cell[r][k], 1};
        }
        if (total_of_row[r] == UINT32_MAX)
            total_of_row[r] = add(c, sum, r, false);
        term[0] = (struct tr_term){total_of_row[r], -1};
        tr_cells_sum(c, term, (size_t)columns + 1);
    }
    for (int k = 0; k <= columns; k++) {
        int n = 0;
        int64_t all = 0;

        for (int r = 0; r < rows;) {
            int64_t sum = 0;
            int m = 0;

            for (int end = groups ? r + groups : rows; r < rows && r < end; r++) {
                uint32_t x = k < columns ? cell[r][k] : total_of_row[r];

                term[++m] = (struct tr_term){x, 1};
                sum += c->cell[x].value;
            }
            all += sum;
            group[n][k] = add(c, sum, -1, false);
            term[0] = (struct tr_term){group[n++][k], -1};
            tr_cells_sum(c, term, (size_t)m + 1);
        }
        if (groups) {
            for (int g = 0; g < n; g++)
                term[g + 1] = (struct tr_term){group[g][k], 1};
            group[MAX - 1][k] = add(c, all, -1, false);
            term[0] = (struct tr_term){group[MAX - 1][k], -1};
            tr_cells_sum(c, term, (size_t)n + 1);
        } else {
            group[MAX - 1][k] = group[0][k];
        }
    }
    for (int k = 0; k < columns; k++)
        term[k + 1] = (struct tr_term){group[MAX - 1][k], 1};
    term[0] = (struct tr_term){group[MAX - 1][columns], -1};
    tr_cells_sum(c, term, (size_t)columns + 1);
}

static void make_random(struct tr_cells *c, int rows, int columns, int linked)
{
    uint32_t total[32];
    size_t wrong;

    *c = (struct tr_cells){0};
    for (int r = 0; r < 32; r++)
        total[r] = UINT32_MAX;
    for (int t = 0; t <= linked; t++)
        add_table(c, rows, columns, random_below(2) && rows > 5 ? 4 : 0, (int)random_below(5), total);
    ck_assert_int_eq(tr_cells_close(c), 0);
    ck_assert(tr_cells_add_up(c, &wrong));
}

/* ---- the attacker ---- */

/* The tables that fit for who knows the cells for which knows[] is set. */
struct attacker {
    const struct tr_cells *c;
    struct tr_linear *linear;
    int *column; /* of each cell; -1: it is known */
};

static struct attacker attacker(const struct tr_cells *c, const bool *knows)
{
    struct attacker a = {c, tr_linear_new(), calloc(c->n, sizeof *a.column)};
    int *list = calloc(c->n, sizeof *list);
    double *sign = calloc(c->n, sizeof *sign);

    for (size_t i = 0; i < c->n; i++)
        a.column[i] = c->cell[i].hidden && !knows[i]
                          ? tr_linear_column(a.linear, (double)c->cell[i].least, 100000, 0, true)
                          : -1;
    for (size_t s = 0; s < c->sum.n; s++) {
        double known = 0;
        size_t n = 0;

        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++) {
            struct tr_term t = c->sum.term[k];

            if (a.column[t.at] < 0)
                known += t.sign * (double)c->cell[t.at].value;
            else {
                list[n] = a.column[t.at];
                sign[n++] = t.sign;
            }
        }
        if (n)
            tr_linear_row(a.linear, -known, -known, n, list, sign);
    }
    free(list);
    free(sign);
    return a;
}

static void clear_attacker(struct attacker *a)
{
    tr_linear_free(a->linear);
    free(a->column);
}

/* The least or the most that the cell can be, in whole numbers. Real ones that come out whole are quicker, and
 * as good. */
static double reach(struct attacker *a, uint32_t target, bool most)
{
    const struct tr_linear_work work = {0, 0};
    bool whole = true;
    double sum;

    tr_linear_cost(a->linear, a->column[target], 1);
    ck_assert_int_eq(tr_linear_solve(a->linear, most, false, work), TR_LINEAR_OPTIMAL);
    for (size_t i = 0; i < a->c->n && whole; i++)
        if (a->column[i] >= 0) {
            double value = tr_linear_value(a->linear, a->column[i]);

            whole = fabs(value - round(value)) < 1e-6;
        }
    if (!whole)
        ck_assert_int_eq(tr_linear_solve(a->linear, most, true, work), TR_LINEAR_OPTIMAL);
    sum = tr_linear_sum(a->linear);
    tr_linear_cost(a->linear, a->column[target], 0);
    return sum;
}

static bool narrow(struct attacker *a, uint32_t target)
{
    const struct tr_cell *x = &a->c->cell[target];

    return reach(a, target, false) > (double)x->low + 0.5 || reach(a, target, true) < (double)x->high - 0.5;
}

/* Whether the cell counts somebody of a cell that is known. */
static bool counts_known(const struct tr_cells *c, uint32_t cell, const bool *knows)
{
    if (knows[cell])
        return true;
    for (size_t s = 0; s < c->sum.n; s++) {
        const struct tr_term *t = c->sum.term + c->sum.start[s];
        size_t n = c->sum.start[s + 1] - c->sum.start[s];

        for (size_t k = 1; t->at == cell && k < n; k++)
            if (c->cell[t[k].at].value > 0 && counts_known(c, t[k].at, knows))
                return true;
    }
    return false;
}

/* Attacks every small cell by who knows something; owner: but those of the row. */
static void attack_knowing(const struct tr_cells *c, const bool *knows, int32_t owner, const char *who, int number)
{
    struct attacker a = attacker(c, knows);

    for (uint32_t i = 0; i < c->n; i++)
        if (c->cell[i].small && (owner < 0 || c->cell[i].owner != owner) && !counts_known(c, i, knows))
            ck_assert_msg(!narrow(&a, i), "cell %u opens to %s %d", i, who, number);
    clear_attacker(&a);
}

/* By everybody, and by those who know something. */
static void attack(const struct tr_cells *c, bool insiders)
{
    bool *knows = calloc(c->n, sizeof *knows);

    for (uint32_t i = 0; i < c->n; i++)
        ck_assert(!c->cell[i].small || c->cell[i].hidden);
    attack_knowing(c, knows, -1, "everybody", 0);
    for (int32_t owner = 0; owner < 32 && insiders; owner++) {
        bool some = false;

        for (uint32_t j = 0; j < c->n; j++)
            some |= knows[j] = c->cell[j].owner == owner && c->cell[j].hidden;
        if (some)
            attack_knowing(c, knows, owner, "row", owner);
    }
    for (uint32_t j = 0; j < c->n && insiders; j++) {
        if (c->cell[j].person != (int32_t)j) /* one of those who are the same */
            continue;
        for (uint32_t k = 0; k < c->n; k++)
            knows[k] = c->cell[k].person == c->cell[j].person;
        attack_knowing(c, knows, -1, "the one in cell", (int)j);
    }
    free(knows);
}

static void protect_and_attack(int number)
{
    struct tr_cells c;
    struct tr_protected result;
    struct tr_err err;
    int rows, columns;
    bool big = number % 8 == 7, biggest = number % 100 == 99;

    random_state = 88172645463325252ULL + (uint64_t)number * 1000003;
    for (int i = 0; i < 20; i++)
        random_below(2);
    rows = 2 + (int)random_below(biggest ? 19 : big ? 12 : 5);
    columns = 2 + (int)random_below(biggest ? 11 : big ? 8 : 4);
    make_random(&c, rows, columns, number % 5 == 4 ? 1 : 0);
    if (tr_protect(&c, number % 2 ? &careful : &plain, &result, &err) < 0)
        ck_abort_msg("table %d, %d x %d: cell %u of %zu cannot be protected", number, rows, columns,
                     result.open, c.n);
    ck_assert_uint_le(result.bound, result.cost);
    attack(&c, number % 2);
    tr_cells_clear(&c);
}

/* SUPPRESS_LONG=1: ten thousand tables. */
START_TEST(nobody_opens)
{
    for (int more = 0; more < (getenv("SUPPRESS_LONG") ? LONG : 1); more++)
        protect_and_attack(_i + more * TABLES);
}
END_TEST

/* ---- every table that fits ---- */

/* Goes through the numbers of the hidden cells from at on, and notes what each can be. The tables are of one
 * kind: the inner cells come first in each row, and each sum's total stands before its parts. */
static void go_through(struct tr_cells *c, uint32_t at, int64_t *value, int64_t *low, int64_t *high)
{
    if (at < c->n) {
        const struct tr_cell *x = &c->cell[at];
        bool total = false;

        for (size_t k = c->sums.start[at]; k < c->sums.start[at + 1]; k++)
            total |= c->sums.term[k].sign < 0;
        value[at] = x->value;
        if (!x->hidden || total) {
            go_through(c, at + 1, value, low, high);
            return;
        }
        for (value[at] = x->least; value[at] <= x->value + 4; value[at]++)
            go_through(c, at + 1, value, low, high);
        return;
    }
    for (size_t round = 0; round < 2; round++) /* totals of totals come out in the second */
        for (size_t s = 0; s < c->sum.n; s++) {
            uint32_t total = c->sum.term[c->sum.start[s]].at;
            int64_t sum = 0;

            for (size_t k = c->sum.start[s] + 1; k < c->sum.start[s + 1]; k++)
                sum += value[c->sum.term[k].at];
            if (round == 1 && (sum != value[total] || (c->cell[total].hidden && sum < 1)))
                return;
            if (c->cell[total].hidden)
                value[total] = sum;
        }
    for (size_t i = 0; i < c->n; i++) {
        low[i] = value[i] < low[i] ? value[i] : low[i];
        high[i] = value[i] > high[i] ? value[i] : high[i];
    }
}

START_TEST(every_table)
{
    struct tr_cells c;
    struct tr_protected result;
    struct tr_err err;
    int64_t value[64], low[64], high[64];
    size_t inner = 0;

    random_state = 98172645463325252ULL + (uint64_t)_i * 1000003;
    for (int i = 0; i < 20; i++)
        random_below(2);
    make_random(&c, 2, 2 + (int)random_below(2), 0);
    ck_assert_uint_le(c.n, 64);
    ck_assert_int_eq(tr_protect(&c, &plain, &result, &err), 0);
    for (size_t i = 0; i < c.n; i++) {
        low[i] = INT64_MAX;
        high[i] = -1;
        inner += c.cell[i].hidden && c.cell[i].owner >= 0 && c.cell[i].value > 12;
    }
    if (inner <= 2) {
        go_through(&c, 0, value, low, high);
        for (size_t i = 0; i < c.n; i++)
            ck_assert(!c.cell[i].small || (low[i] <= c.cell[i].low && high[i] >= c.cell[i].high));
    }
    tr_cells_clear(&c);
}
END_TEST

/* ---- published patterns of others ---- */

/* Tables of which others print what they hide, with the least and the most that is hidden as small.
 * Totals are in the last row and column; before that one is the sum of a group of columns, if there is one. A
 * number that is printed twice counts once. Zeros that are shown are so in both. */
static const struct pattern {
    const char *source;
    int rows, columns, least, most, hidden;
    int value[16];
    unsigned group; /* bit: column */
    bool zeros_shown;
} patterns[] = {
    {"GaussSuppression, vignette Small count frequency table suppression, table 1", 2, 3, 0, 1, 4,
     {2, 0, 5, 3, 4, 6}, 0, false},
    {"the same, table 2", 2, 3, 0, 2, 6, {2, 0, 5, 3, 4, 6}, 6, false},
    {"the same, table 4", 2, 3, 1, 4, 8, {2, 0, 5, 3, 4, 6}, 6, true},
    {"the same, table 5", 2, 3, 1, 3, 6, {2, 0, 5, 3, 4, 6}, 6, false},
    {"the same, table 7", 2, 3, 0, 2, 8, {0, 0, 5, 3, 4, 6}, 6, false},
};

/* The number where row r, or all, meets column k, or the group, or all. */
static int64_t pattern_value(const struct pattern *p, int r, int k)
{
    unsigned all = (1u << p->columns) - 1,
             columns = k < p->columns ? 1u << k : k == p->columns && p->group ? p->group : all;
    int64_t sum = 0;

    for (int i = 0; i < p->rows; i++)
        for (int j = 0; j < p->columns; j++)
            sum += (i == r || r == p->rows) && columns >> j & 1 ? p->value[i * p->columns + j] : 0;
    return sum;
}

static void make_pattern(struct tr_cells *c, const struct pattern *p)
{
    int wide = p->columns + (p->group != 0) + 1;
    struct tr_term at[8][8];

    for (int r = 0; r <= p->rows; r++)
        for (int k = 0; k < wide; k++) {
            struct tr_cell x = {.weight = 100, .owner = -1, .low = p->least, .high = p->most};

            x.value = pattern_value(p, r, k);
            x.small = x.value >= p->least && x.value <= p->most;
            if (p->zeros_shown && x.value == 0)
                x.state = TR_CELL_SHOWN;
            at[r][k] = (struct tr_term){tr_cells_add(c, &x), 1};
        }
    for (int r = 0; r <= p->rows; r++) {
        struct tr_term row[8], group[8];
        size_t n = 1, m = 1;

        row[0] = (struct tr_term){at[r][wide - 1].at, -1};
        group[0] = (struct tr_term){at[r][p->columns].at, -1};
        for (int k = 0; k < p->columns; k++) {
            row[n++] = at[r][k];
            if (p->group >> k & 1)
                group[m++] = at[r][k];
        }
        tr_cells_sum(c, row, n);
        if (p->group)
            tr_cells_sum(c, group, m);
    }
    for (int k = 0; k < wide; k++) {
        struct tr_term column[8];
        size_t n = 1;

        column[0] = (struct tr_term){at[p->rows][k].at, -1};
        for (int r = 0; r < p->rows; r++)
            column[n++] = at[r][k];
        tr_cells_sum(c, column, n);
    }
}

START_TEST(no_more_than_others)
{
    const struct pattern *p = &patterns[_i];
    struct tr_cells c = {0};
    struct tr_protected result;
    struct tr_err err;

    make_pattern(&c, p);
    ck_assert_int_eq(tr_cells_close(&c), 0);
    ck_assert_msg(tr_protect(&c, &plain, &result, &err) == 0, "%s: cannot be protected", p->source);
    if (getenv("SUPPRESS_TELL"))
        fprintf(stderr, "%s: %zu hidden, there %d\n", p->source, tr_cells_hidden(&c), p->hidden);
    ck_assert_msg((int)tr_cells_hidden(&c) <= p->hidden, "%s: %zu are hidden, there %d", p->source,
                  tr_cells_hidden(&c), p->hidden);
    tr_cells_clear(&c);
}
END_TEST

/* ---- rounding ---- */

enum { BASE = 3 };

static bool may_be(int64_t value, int64_t rounded)
{
    if (value == 0)
        return rounded == 0;
    return rounded >= 0 && llabs(rounded - value) <= (value % BASE ? BASE - 1 : BASE);
}

/* The least cost of all roundings of rows x 3 with totals; values: rows and columns, totals last. */
static double least_cost(int rows, int64_t value[4][4], const double weight[4][4])
{
    int64_t rounded[4][4];
    double best = INFINITY;
    int cells = rows * 3, combinations = 1;

    for (int i = 0; i < cells; i++)
        combinations *= 3;
    for (int n = 0; n < combinations; n++) {
        double cost = 0;
        bool right = true;

        memset(rounded, 0, sizeof rounded);
        for (int i = 0, rest = n; i < cells && right; i++, rest /= 3) {
            int64_t v = value[i / 3][i % 3], x = (v / BASE - 1 + rest % 3 + (v % BASE != 0)) * BASE;

            right = may_be(v, x);
            rounded[i / 3][i % 3] = x;
            rounded[i / 3][3] += x;
            rounded[rows][i % 3] += x;
            rounded[rows][3] += x;
        }
        for (int r = 0; r <= rows && right; r++)
            for (int k = 0; k <= 3 && right; k++) {
                right = may_be(value[r][k], rounded[r][k]);
                cost += (double)llabs(rounded[r][k] - value[r][k]) * weight[r][k];
            }
        if (right && cost < best)
            best = cost;
    }
    return best;
}

START_TEST(rounds_best)
{
    int64_t value[4][4] = {{0}}, rounded[16], most;
    double weight[4][4], flat[16], cost = 0;
    uint32_t cell[4][4];
    struct tr_cells c = {0};
    struct tr_err err;
    int rows = 2 + _i % 2;

    random_state = 78172645463325252ULL + (uint64_t)_i * 1000003;
    for (int r = 0; r < rows; r++)
        for (int k = 0; k < 3; k++) {
            int64_t v = (int64_t)random_below(3) ? random_below(9) : 0;

            value[r][k] = v;
            value[r][3] += v;
            value[rows][k] += v;
            value[rows][3] += v;
        }
    for (int r = 0; r <= rows; r++)
        for (int k = 0; k <= 3; k++) {
            weight[r][k] = r == rows && k == 3 ? 10000 : r == rows || k == 3 ? 100 : 1;
            flat[c.n] = weight[r][k];
            cell[r][k] = tr_cells_add(&c, &(struct tr_cell){.value = value[r][k], .owner = -1});
        }
    for (int r = 0; r <= rows; r++)
        tr_cells_sum(&c, (struct tr_term[]){{cell[r][3], -1}, {cell[r][0], 1}, {cell[r][1], 1}, {cell[r][2], 1}},
                     4);
    for (int k = 0; k <= 3; k++) {
        struct tr_term term[4] = {{cell[rows][k], -1}};

        for (int r = 0; r < rows; r++)
            term[r + 1] = (struct tr_term){cell[r][k], 1};
        tr_cells_sum(&c, term, (size_t)rows + 1);
    }
    ck_assert_int_eq(tr_cells_close(&c), 0);
    ck_assert_int_eq(tr_rounding_make(&c, BASE, flat, rounded, &most, &err), 0);
    ck_assert_int_le(most, BASE);
    for (uint32_t i = 0; i < c.n; i++) {
        ck_assert_int_eq(rounded[i] % BASE, 0);
        cost += (double)llabs(rounded[i] - c.cell[i].value) * flat[i];
    }
    for (size_t s = 0; s < c.sum.n; s++) {
        int64_t off = 0;

        for (size_t k = c.sum.start[s]; k < c.sum.start[s + 1]; k++)
            off += c.sum.term[k].sign * rounded[c.sum.term[k].at];
        ck_assert_int_eq(off, 0);
    }
    ck_assert_msg(cost <= least_cost(rows, value, weight) + 0.5, "%g, best is %g", cost,
                  least_cost(rows, value, weight));
    tr_cells_clear(&c);
}
END_TEST

MAIN("suppress", {nobody_opens, TABLES}, {every_table, 100}, {no_more_than_others, COUNT(patterns)},
     {rounds_best, 60})

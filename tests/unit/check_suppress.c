/* Random tables are protected, and an attacker that shares nothing with the protection tries to open them:
 * integer programming over the numbers themselves, for everybody, for whoever knows a row, and for whoever
 * is alone in a number. Small tables are tried by going through every table that fits. */
#include "unit.h"

#include <math.h>

#include "base/linear.h"
#include "domain/disclosure/protect.h"
#include "domain/disclosure/rounding.h"

enum { SMALL = 3, ROUNDS = 40 };

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

/* What can be worked out of one cell by who knows the cells for which knows[] is set. */
static bool narrow(const struct tr_cells *c, uint32_t target, const bool *knows)
{
    struct tr_linear *l = tr_linear_new();
    int *column = calloc(c->n, sizeof *column), *list = calloc(c->n, sizeof *list);
    double *sign = calloc(c->n, sizeof *sign);
    const struct tr_linear_work work = {0, 0};
    double least, most;
    bool is;

    for (size_t i = 0; i < c->n; i++)
        column[i] = c->cell[i].hidden && !knows[i]
                        ? tr_linear_column(l, (double)c->cell[i].least, 100000, 0, true)
                        : -1;
    for (size_t s = 0; s < c->sum.n; s++) {
        double known = 0;
        size_t n = 0;

        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++) {
            struct tr_term t = c->sum.term[k];

            if (column[t.at] < 0)
                known += t.sign * (double)c->cell[t.at].value;
            else {
                list[n] = column[t.at];
                sign[n++] = t.sign;
            }
        }
        if (n)
            tr_linear_row(l, -known, -known, n, list, sign);
    }
    tr_linear_cost(l, column[target], 1);
    ck_assert_int_eq(tr_linear_solve(l, false, true, work), TR_LINEAR_OPTIMAL);
    least = tr_linear_sum(l);
    ck_assert_int_eq(tr_linear_solve(l, true, true, work), TR_LINEAR_OPTIMAL);
    most = tr_linear_sum(l);
    is = least > (double)c->cell[target].low + 0.5 || most < (double)c->cell[target].high - 0.5;
    tr_linear_free(l);
    free(column);
    free(list);
    free(sign);
    return is;
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

/* Attacks every small cell by everybody, and by some of those who know something. */
static void attack(const struct tr_cells *c, bool insiders)
{
    bool *knows = calloc(c->n, sizeof *knows);

    for (uint32_t i = 0; i < c->n; i++) {
        if (!c->cell[i].small)
            continue;
        ck_assert(c->cell[i].hidden);
        memset(knows, 0, c->n);
        ck_assert_msg(!narrow(c, i, knows), "cell %u opens", i);
        for (int32_t owner = 0; owner < 32 && insiders; owner++) {
            bool some = false;

            if (owner == c->cell[i].owner || random_below(3) > 0)
                continue;
            for (uint32_t j = 0; j < c->n; j++)
                some |= knows[j] = c->cell[j].owner == owner && c->cell[j].hidden;
            ck_assert_msg(!some || counts_known(c, i, knows) || !narrow(c, i, knows), "cell %u opens to row %d", i, owner);
        }
        for (uint32_t j = 0; j < c->n && insiders; j++) {
            if (c->cell[j].value != 1)
                continue;
            memset(knows, 0, c->n);
            for (uint32_t k = 0; k < c->n; k++)
                knows[k] = c->cell[k].person == c->cell[j].person;
            ck_assert_msg(counts_known(c, i, knows) || !narrow(c, i, knows), "cell %u opens to the one in %u", i, j);
        }
    }
    free(knows);
}

START_TEST(nobody_opens)
{
    struct tr_cells c;
    struct tr_protected result;
    struct tr_err err;
    bool big = _i % 8 == 7;
    int rows, columns;

    random_state = 88172645463325252ULL + (uint64_t)_i * 1000003;
    for (int i = 0; i < 20; i++)
        random_below(2);
    rows = 2 + (int)random_below(big ? 12 : 5);
    columns = 2 + (int)random_below(big ? 8 : 4);
    make_random(&c, rows, columns, _i % 5 == 4 ? 1 : 0);
    if (tr_protect(&c, _i % 2 ? &careful : &plain, &result, &err) < 0) {
        ck_assert_int_eq(err.code, TR_E_UNSAFE);
        ck_abort_msg("%d x %d: cell %u of %zu cannot be protected", rows, columns, result.open, c.n);
    }
    ck_assert_uint_le(result.bound, result.cost);
    attack(&c, _i % 2);
    tr_cells_clear(&c);
}
END_TEST

MAIN("suppress", {nobody_opens, 300})

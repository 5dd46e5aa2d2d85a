/* Tables that are attacked: what is found is what all tables have in common that give the published
 * numbers. They are tried one by one, and counted here anew. */
#include "unit.h"

#include "domain/attack/attack.h"

enum { ROWS_MAX = 3, LEAVES = 4, MEASURE = LEAVES, PER_ROW = LEAVES + 1, COLUMNS = 7 };

static struct tr_profile profile;

static void load(void)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
}

/* A survey of few: of each row, two types, undecided, outside, and how many are without a home. */
struct survey {
    int rows;
    int v[ROWS_MAX][PER_ROW];
};

/* The columns of the wide table, as sums of what is above; the last row is that of totals. */
static const struct {
    const char *head;
    int from, to;
} columns[COLUMNS] = {{"ordinaer", 0, 1}, {"ordinaer_heleid", 1, 2}, {"total", 0, 2},
                      {"undecided", 2, 3}, {"outside", 3, 4}, {"persons", 0, 4},
                      {"no_home", 4, 5}};
static const char *const districts[ROWS_MAX] = {"030101", "030102", "030103"};

static int number(const struct survey *s, int row, int column)
{
    int n = 0;

    for (int r = row < s->rows ? row : 0; r < (row < s->rows ? row + 1 : s->rows); r++)
        for (int k = columns[column].from; k < columns[column].to; k++)
            n += s->v[r][k];
    return n;
}

struct published {
    struct survey true_one;
    bool hidden[ROWS_MAX + 1][COLUMNS];
    bool long_shows[ROWS_MAX][LEAVES]; /* a long table, published too, shows the cell */
    int least[ROWS_MAX + 1][COLUMNS], most[ROWS_MAX + 1][COLUMNS];
    long tables, steps;
};

/* Whether the numbers of a row, or of the totals, are those published. */
static bool fits(const struct published *p, const struct survey *s, int row)
{
    for (int c = 0; c < COLUMNS; c++)
        if (p->hidden[row][c] ? number(s, row, c) < 1
                              : number(s, row, c) != number(&p->true_one, row, c))
            return false;
    return row == s->rows || s->v[row][MEASURE] <= number(s, row, 5);
}

static void note(struct published *p, const struct survey *s)
{
    p->tables++;
    for (int r = 0; r <= s->rows; r++)
        for (int c = 0; c < COLUMNS; c++) {
            int n = number(s, r, c);

            p->least[r][c] = p->tables == 1 || n < p->least[r][c] ? n : p->least[r][c];
            p->most[r][c] = p->tables == 1 || n > p->most[r][c] ? n : p->most[r][c];
        }
}

static int column_of(int k)
{
    return k < 2 ? k : k < LEAVES ? k + 1 : COLUMNS - 1;
}

static void try(struct published *p, struct survey *s, int at)
{
    int row = at / PER_ROW, k = at % PER_ROW, most = number(&p->true_one, s->rows, 5);
    bool known;

    if (++p->steps > 2000000)
        return;
    if (at > 0 && k == 0 && !fits(p, s, row - 1))
        return;
    if (row == s->rows) {
        if (fits(p, s, row))
            note(p, s);
        return;
    }
    known = !p->hidden[row][column_of(k)] || (k < LEAVES && p->long_shows[row][k]);
    for (int n = known ? p->true_one.v[row][k] : 1; n <= (known ? p->true_one.v[row][k] : most); n++) {
        s->v[row][k] = n;
        try(p, s, at + 1);
    }
}

static void make(struct published *p)
{
    struct survey *s = &p->true_one;

    *p = (struct published){.true_one.rows = 2 + (int)random_below(2)};
    for (int r = 0; r < s->rows; r++) {
        for (int k = 0; k < LEAVES; k++)
            s->v[r][k] = random_below(3) ? (int)random_below(4) : 0;
        s->v[r][MEASURE] = (int)random_below((uint32_t)number(s, r, 5) + 1);
    }
    for (int r = 0; r <= s->rows; r++)
        for (int c = 0; c < COLUMNS; c++)
            p->hidden[r][c] = number(s, r, c) > 0 && random_below(r < s->rows ? 2 : 4) == 0 &&
                              !(r == s->rows && c == 5);
    for (int r = 0; r < s->rows; r++)
        for (int k = 0; k < LEAVES; k++)
            p->long_shows[r][k] = random_below(4) == 0;
}

static void write_wide(const struct published *p, struct tr_buf *out)
{
    tr_buf_text(out, "bydel");
    for (int c = 0; c < COLUMNS; c++) {
        tr_buf_char(out, ',');
        tr_buf_text(out, columns[c].head);
    }
    for (int r = 0; r <= p->true_one.rows; r++) {
        tr_buf_char(out, '\n');
        tr_buf_text(out, r < p->true_one.rows ? districts[r] : "total");
        for (int c = 0; c < COLUMNS; c++) {
            tr_buf_char(out, ',');
            if (p->hidden[r][c])
                tr_buf_char(out, ':');
            else
                tr_buf_num(out, number(&p->true_one, r, c));
        }
    }
    tr_buf_char(out, '\n');
}

static void write_long(const struct published *p, struct tr_buf *out)
{
    static const int of[LEAVES] = {0, 1, 3, 4};

    tr_buf_text(out, "bydel,housing_type,count\n");
    for (int r = 0; r < p->true_one.rows; r++)
        for (int k = 0; k < LEAVES; k++) {
            if (p->true_one.v[r][k] == 0)
                continue;
            tr_buf_text(out, districts[r]);
            tr_buf_char(out, ',');
            tr_buf_text(out, columns[of[k]].head);
            tr_buf_char(out, ',');
            if (p->long_shows[r][k])
                tr_buf_num(out, p->true_one.v[r][k]);
            else
                tr_buf_char(out, ':');
            tr_buf_char(out, '\n');
        }
}

static void read_table(struct tr_attack *a, struct tr_table *t, struct tr_buf *text)
{
    struct tr_reader_options options = {.no_thread = true};
    struct tr_err err;

    ck_assert_int_eq(tr_table_load(t, file_of(text->p, text->len), &options, &err), 0);
    ck_assert_int_eq(tr_attack_add(a, t, false, &err), 0);
}

static void compare(struct published *p, bool with_long)
{
    const struct tr_attack_knows knows = {.change = -1};
    struct survey s = {.rows = p->true_one.rows};
    struct tr_attack a;
    struct tr_table t[2] = {{0}};
    struct tr_buf text[2] = {{0}}, why = {0};
    struct tr_err err;

    if (!with_long)
        memset(p->long_shows, 0, sizeof p->long_shows);
    try(p, &s, 0);
    if (p->steps > 2000000)
        return;
    ck_assert_int_gt(p->tables, 0);
    ck_assert_int_eq(tr_attack_start(&a, &profile, &knows, &err), 0);
    write_wide(p, &text[0]);
    read_table(&a, &t[0], &text[0]);
    if (with_long) {
        write_long(p, &text[1]);
        read_table(&a, &t[1], &text[1]);
    }
    ck_assert_int_eq(tr_attack_run(&a, &err), 0);
    for (uint32_t i = 0; i < a.n_cells; i++) {
        const struct tr_attack_cell *cell = &a.cell[i];
        uint32_t r = cell->place.row, c = cell->place.column - 1;

        if (!cell->rest && cell->place.table == 0)
            ck_assert_msg(cell->range.low == p->least[r][c] && cell->range.high == p->most[r][c],
                          "row %u column %u: %d to %d, not %d to %d in\n%s%s", r, c,
                          (int)cell->range.low, (int)cell->range.high, p->least[r][c], p->most[r][c],
                          tr_buf_z(&text[0]), with_long ? tr_buf_z(&text[1]) : "");
        ck_assert_int_eq(tr_attack_why(&a, cell, TR_EN, &why, &err), 0);
        ck_assert(why.len > 0 || cell->range.high - cell->range.low > 0);
    }
    tr_attack_clear(&a);
    for (int i = 0; i < 2; i++) {
        tr_table_clear(&t[i]);
        tr_buf_clear(&text[i]);
    }
    tr_buf_clear(&why);
}

/* TABLES in the environment: so many, for the long form. */
static int how_many(int otherwise)
{
    const char *many = getenv("TABLES");

    return many ? atoi(many) : otherwise;
}

START_TEST(all_tables)
{
    load();
    for (int i = 0; i < how_many(300); i++) {
        struct published p;

        make(&p);
        compare(&p, i % 3 == 0);
    }
    tr_profile_clear(&profile);
}
END_TEST

MAIN("attack", {all_tables})

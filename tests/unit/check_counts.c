/* Tables with numbers of persons: what their cells count, which make up which, and what the rules of a profile
 * hide in them. */
#include "made.h"

#include "domain/disclosure/counts.h"
#include "domain/disclosure/protect.h"
#include "domain/profile/plain.h"

#define RULES "rule,value,source,text_nb,text_nn,text_en\n"

static const struct tr_reader_options reading = {.no_thread = true};

struct made {
    struct tr_profile profile;
    struct tr_counts counts;
    struct tr_table table[3];
    int n;
    struct tr_err err;
};

/* Reads the tables, the last as published when before is set. Gives what tr_counts_close gives, or -1. */
static int read_tables(struct made *m, const char *rules, const char *const *texts, bool before)
{
    char all[4096];
    int rc;

    *m = (struct made){.n = 0};
    snprintf(all, sizeof all, RULES "%s", rules);
    ck_assert_int_eq(made_profile(&m->profile, (struct made_table[]){{"disclosure", all}, {NULL, NULL}}, &m->err),
                     0);
    ck_assert_int_eq(tr_counts_init(&m->counts, &m->profile, &m->err), 0);
    rc = tr_counts_add_groups(&m->counts, &m->profile.table[TR_T_DISTRICTS], &m->err);
    for (; texts[m->n] && rc == 0; m->n++) {
        ck_assert_int_eq(tr_table_load(&m->table[m->n], file_z(texts[m->n]), &reading, &m->err), 0);
        rc = tr_counts_add(&m->counts, &m->table[m->n], before && !texts[m->n + 1], &m->err);
    }
    return rc == 0 ? tr_counts_close(&m->counts, &m->err) : -1;
}

static void clear(struct made *m)
{
    tr_counts_clear(&m->counts);
    for (int i = 0; i < m->n; i++)
        tr_table_clear(&m->table[i]);
    tr_profile_clear(&m->profile);
}

/* Whether the cell in this place is hidden. */
static bool hidden(const struct made *m, uint32_t table, uint32_t row, const char *column)
{
    const struct tr_count_table *t = &m->counts.table[table];
    int c = tr_table_column(t->table, column);
    int32_t cell = t->cell[row * t->table->n_columns + (uint32_t)c];

    ck_assert_int_ge(cell, 0);
    return m->counts.cells.cell[cell].hidden;
}

static struct tr_protected protect(struct made *m)
{
    const struct tr_protect_choice choice = {m->counts.rules.own_row, m->counts.rules.own_cell, 0};
    struct tr_protected result;

    ck_assert_int_eq(tr_protect(&m->counts.cells, &choice, &result, &m->err), 0);
    return result;
}

#define HEAD "bydel,ordinaer,smaahus_uten_base,total,undecided,outside,persons,no_home\n"

static const char wide[] = HEAD "030101,10,12,22,0,5,27,20\n"
                                "030102,9,7,16,0,6,22,15\n"
                                "030103,8,9,17,0,7,24,22\n"
                                "total,27,28,55,0,18,73,57\n";

/* 24 persons, 22 without a home: two have one. */
START_TEST(left_over)
{
    struct made m;

    ck_assert_int_eq(read_tables(&m, "", (const char *[]){wide, NULL}, false), 0);
    ck_assert_uint_gt(protect(&m).more, 0);
    ck_assert(hidden(&m, 0, 2, "no_home") || hidden(&m, 0, 2, "persons"));
    clear(&m);
    ck_assert_int_eq(read_tables(&m, "rest_counts,nei,,x,x,x\n", (const char *[]){wide, NULL}, false), 0);
    ck_assert_uint_eq(protect(&m).more, 0);
    clear(&m);
}
END_TEST

/* The same persons in two tables are one number. */
START_TEST(linked)
{
    static const char small[] = HEAD "030101,10,2,12,0,5,17,9\n"
                                     "030102,9,7,16,0,6,22,15\n"
                                     "030103,8,9,17,0,7,24,15\n"
                                     "total,27,18,45,0,18,63,39\n",
                      rows[] = "bydel,persons,no_home\n030101,17,9\n030102,22,15\n030103,24,15\ntotal,63,39\n",
                      other[] = "bydel,persons,no_home\n030101,18,9\n030102,22,15\n030103,24,15\ntotal,64,39\n";
    struct made m;

    ck_assert_int_eq(read_tables(&m, "own_row,nei,,x,x,x\n", (const char *[]){small, rows, NULL}, false), 0);
    protect(&m);
    ck_assert(hidden(&m, 0, 0, "smaahus_uten_base"));
    for (uint32_t r = 0; r < 4; r++) {
        ck_assert_int_eq(hidden(&m, 0, r, "persons"), hidden(&m, 1, r, "persons"));
        ck_assert_int_eq(hidden(&m, 0, r, "no_home"), hidden(&m, 1, r, "no_home"));
    }
    clear(&m);
    ck_assert_int_eq(read_tables(&m, "", (const char *[]){small, other, NULL}, false), -1);
    ck_assert_int_eq(m.err.code, TR_E_COUNT_DIFFERS);
    ck_assert_uint_eq(m.err.line, 2);
    clear(&m);
}
END_TEST

/* What was published is not hidden now, and what it hides need not be known. */
START_TEST(published)
{
    static const char now[] = HEAD "030101,10,2,12,0,5,17,9\n"
                                   "030102,9,7,16,0,6,22,15\n"
                                   "030103,8,9,17,0,7,24,15\n"
                                   "total,27,18,45,0,18,63,39\n",
                      before[] = "bydel,standard=a,standard=b,total,unknown,persons\n"
                                 "030101,:,:,17,0,17\n"
                                 "030102,:,:,22,0,22\n"
                                 "030103,14,10,24,0,24\n"
                                 "total,40,23,63,0,63\n";
    struct made m;

    ck_assert_int_eq(read_tables(&m, "", (const char *[]){now, before, NULL}, true), 0);
    protect(&m);
    for (uint32_t r = 0; r < 4; r++)
        ck_assert(!hidden(&m, 0, r, "persons"));
    clear(&m);
}
END_TEST

static const struct {
    const char *rules, *column;
    uint32_t row;
    bool hidden;
} choices[] = {
    {"", "ordinaer", 0, false},
    {"zero_shown,nei,,x,x,x\n", "ordinaer", 0, true},
    {"smallest_shown,10,,x,x,x\n", "smaahus_uten_base", 1, true},
    {"", "smaahus_uten_base", 1, false},
    {"whole_group,ja,,x,x,x\n", "smaahus_uten_base", 0, true},
    {"", "smaahus_uten_base", 0, false},
};

START_TEST(rules)
{
    static const char text[] = "bydel,ordinaer,smaahus_uten_base,total,undecided,outside,persons\n"
                               "030101,0,12,12,0,0,12\n"
                               "030102,19,7,26,0,6,32\n"
                               "030103,18,19,37,0,7,44\n"
                               "030104,28,39,67,0,9,76\n"
                               "total,65,77,142,0,22,164\n";
    struct made m;

    ck_assert_int_eq(read_tables(&m, choices[_i].rules, (const char *[]){text, NULL}, false), 0);
    protect(&m);
    ck_assert_int_eq(hidden(&m, 0, choices[_i].row, choices[_i].column), choices[_i].hidden);
    ck_assert(!hidden(&m, 0, 4, "persons"));
    clear(&m);
}
END_TEST

static const struct {
    const char *text;
    enum tr_code code;
    uint64_t line;
} bad[] = {
    {"bydel,ordinaer,total,persons\n030101,5,6,6\ntotal,5,6,6\n", TR_E_TOTAL, 2},
    {"bydel,ordinaer,total,persons\n030101,5,5,5\ntotal,5,5,6\n", TR_E_TOTAL, 3},
    {"bydel,ordinaer,total,persons\n030101,-5,-5,-5\n", TR_E_COUNT, 2},
    {"bydel,ordinaer,total,persons\n030101,:,5,5\n", TR_E_HIDDEN, 2},
    {"bydel,ordinaer,total,persons\n030101,5,5,5\n030101,5,5,5\n", TR_E_ROW_TWICE, 3},
    {"bydel,ordinaer,ordiner,persons\n030101,5,5,5\n", TR_E_COLUMN_UNKNOWN, 1},
    {"bydel,ordinaer,ordinaer,persons\n030101,5,5,5\n", TR_E_COLUMN_DOUBLE, 1},
    {"bydel,persons,no_home\n030101,5,6\n", TR_E_TOTAL, 2},
    {"bydel,stock\n030101,5\n", TR_E_NO_COUNTS, 1},
};

START_TEST(refused)
{
    struct made m;

    ck_assert_int_eq(read_tables(&m, "", (const char *[]){bad[_i].text, NULL}, false), -1);
    ck_assert_int_eq(m.err.code, bad[_i].code);
    ck_assert_uint_eq(m.err.line, bad[_i].line);
    clear(&m);
}
END_TEST

static const char *const bad_rules[] = {"smallest_shown,x,,x,x,x\n", "range_width,9,,x,x,x\n",
                                        "zero_shown,yes,,x,x,x\n", "cost,euro,,x,x,x\n",
                                        "totals_shown,all|some,,x,x,x\n"};

START_TEST(refused_rules)
{
    struct tr_profile profile;
    struct tr_disclosure d;
    struct tr_err err;
    char all[512];

    snprintf(all, sizeof all, RULES "%s", bad_rules[_i]);
    ck_assert_int_eq(made_profile(&profile, (struct made_table[]){{"disclosure", all}, {NULL, NULL}}, &err), 0);
    ck_assert_int_eq(tr_disclosure_load(&d, &profile, &err), -1);
    ck_assert_int_eq(err.code, TR_E_TABLE_CELL);
    ck_assert_uint_eq(err.line, 2);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("counts", {left_over}, {linked}, {published}, {rules, COUNT(choices)}, {refused, COUNT(bad)},
     {refused_rules, COUNT(bad_rules)})

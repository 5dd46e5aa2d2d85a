/* Counting: tables of parts add up to the table of the whole in every shape, and totals are held
 * against the rows. */
#include "unit.h"

#include "domain/survey/needs.h"

static struct tr_profile profile;

static void load(void)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
}

static void init(struct tr_needs *n, int row_field, int column_field)
{
    struct tr_err err;

    ck_assert_int_eq(tr_needs_init(n, &profile, (enum tr_field)row_field, column_field, &err), 0);
}

static void set(struct tr_value v[], enum tr_field f, int code)
{
    v[f] = code < 0 ? (struct tr_value){.num = -1}
                    : (struct tr_value){.text = profile.of_field[f]->entry[code].code, .num = code};
}

static int code(enum tr_field f, const char *name)
{
    int found = tr_list_code(profile.of_field[f], tr_str(name));

    ck_assert_msg(found >= 0, "%s", name);
    return found;
}

static void count(struct tr_needs *n, const struct tr_value v[], bool outside)
{
    tr_needs_count(n, tr_needs_find(n, v, outside));
}

static int random_code(enum tr_field f)
{
    return (int)random_below((uint32_t)profile.of_field[f]->n + 1) - 1;
}

static bool random_person(struct tr_value v[])
{
    static const enum tr_field fields[] = {TR_F_BYDEL, TR_F_HOUSING_STATUS, TR_F_SOMATIC, TR_F_HOUSING_TYPE,
                                           TR_F_ROP_GROUP, TR_F_URGENCY};

    for (int f = 0; f < TR_N_FIELDS; f++)
        v[f] = (struct tr_value){.num = -1};
    for (size_t i = 0; i < COUNT(fields); i++)
        set(v, fields[i], random_code(fields[i]));
    set(v, TR_F_HOUSING_PATH, random_below(3) ? code(TR_F_HOUSING_PATH, "kommunal") : random_code(TR_F_HOUSING_PATH));
    return random_below(20) == 0;
}

static void write_table(const struct tr_needs *n, bool as_long, enum tr_format format, struct tr_out *out)
{
    static const struct tr_needs_beside nothing;

    tr_out_init(out, -1, "test");
    tr_needs_write(n, &nothing, as_long, format, out);
    ck_assert(!out->buf.failed);
}

static int add_text(struct tr_needs *n, struct tr_str text, struct tr_err *err)
{
    struct tr_reader_options options = {.no_thread = true};
    struct tr_table t;
    int rc;

    ck_assert_int_eq(tr_table_load(&t, file_of(text.p, text.len), &options, err), 0);
    ck_assert_int_eq(tr_needs_recognise(n, t.header, t.n_columns), TR_NEEDS_TABLE);
    rc = tr_needs_add_table(n, &t, err);
    tr_table_clear(&t);
    return rc;
}

static void same_text(const struct tr_needs *a, const struct tr_needs *b, bool as_long)
{
    struct tr_out x, y;

    write_table(a, as_long, TR_FORMAT_CSV, &x);
    write_table(b, as_long, TR_FORMAT_CSV, &y);
    ck_assert_msg(tr_str_eq(tr_buf_slice(&x.buf), tr_buf_slice(&y.buf)), "%s\nnot:\n%s", tr_buf_z(&y.buf),
                  tr_buf_z(&x.buf));
    tr_buf_clear(&x.buf);
    tr_buf_clear(&y.buf);
}

static const struct {
    int row, column;
} shapes[] = {{TR_F_BYDEL, TR_F_HOUSING_TYPE}, {TR_F_BYDEL, -1},          {TR_F_BYDEL, TR_F_URGENCY},
              {TR_F_BYDEL, TR_F_ROP_GROUP},    {TR_F_HOUSING_TYPE, -1},   {TR_F_HOUSING_STATUS, TR_F_HOUSING_TYPE},
              {TR_F_ROP_GROUP, TR_F_STANDARD}, {TR_F_URGENCY, TR_F_BYDEL}};

/* Persons counted whole, and in three parts that are written (wide, long, JSON Lines) and added. */
START_TEST(parts_add_up)
{
    struct tr_needs whole, part[3], sum;
    struct tr_err err;

    load();
    for (int forms = 0; forms < 4; forms++) { /* all long, all wide, mixed */
        init(&whole, shapes[_i].row, shapes[_i].column);
        init(&sum, shapes[_i].row, shapes[_i].column);
        for (int p = 0; p < 3; p++)
            init(&part[p], shapes[_i].row, shapes[_i].column);
        for (int k = 0; k < 1000; k++) {
            struct tr_value v[TR_N_FIELDS];
            bool outside = random_person(v);

            count(&whole, v, outside);
            count(&part[random_below(2 + (uint32_t)(k % 2))], v, outside);
        }
        for (int p = 0; p < 3; p++) {
            struct tr_out out;
            bool as_long = forms == 0 || (forms > 1 && p == 1);

            write_table(&part[p], as_long, forms == 3 ? TR_FORMAT_JSONL : TR_FORMAT_CSV, &out);
            if (forms < 3 || !as_long || out.buf.len > 0)
                ck_assert_msg(add_text(&sum, tr_buf_slice(&out.buf), &err) == 0, "%s:%d: %s: %s %s %s", "part",
                              (int)err.line, err.field, tr_code_name(err.code), err.arg[0], err.arg[1]);
            tr_buf_clear(&out.buf);
        }
        same_text(&whole, &sum, false);
        if (forms == 0)
            same_text(&whole, &sum, true);
        tr_needs_clear(&whole);
        tr_needs_clear(&sum);
        for (int p = 0; p < 3; p++)
            tr_needs_clear(&part[p]);
    }
    tr_profile_clear(&profile);
}
END_TEST

/* Where one person stands, field by field; -1: outside, -2: undecided. */
START_TEST(places)
{
    static const struct {
        const char *path, *type;
        bool outside;
        int place;
    } table[] = {
        {"kommunal", "ordinaer", .place = 0},
        {"kommunal", "samlok_doegn_skjermet", .place = 6},
        {"kommunal", NULL, .place = -2},
        {NULL, NULL, .place = -2},
        {"kommunal", NULL, .outside = true, .place = -1},
        {"privat_leie", "ordinaer", .place = -1},
        {"eie", NULL, .place = -1},
        {"behandling", NULL, .place = -1},
        {"annet", "ordinaer", .place = -1},
        {NULL, NULL, .outside = true, .place = -1},
    };

    load();
    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_value v[TR_N_FIELDS];
        struct tr_needs n;
        int types, place;

        init(&n, TR_F_BYDEL, TR_F_HOUSING_TYPE);
        types = n.n_columns - TR_NEEDS_EXTRA;
        for (int f = 0; f < TR_N_FIELDS; f++)
            set(v, (enum tr_field)f, -1);
        set(v, TR_F_BYDEL, 2);
        if (table[i].path)
            set(v, TR_F_HOUSING_PATH, code(TR_F_HOUSING_PATH, table[i].path));
        if (table[i].type) {
            set(v, TR_F_HOUSING_TYPE, code(TR_F_HOUSING_TYPE, table[i].type));
            set(v, TR_F_ROP_GROUP, 0);
        }
        set(v, TR_F_HOUSING_STATUS, code(TR_F_HOUSING_STATUS, "uten_bolig"));
        count(&n, v, table[i].outside);
        place = table[i].place == -1   ? types + TR_NEEDS_OUTSIDE
                : table[i].place == -2 ? types + TR_NEEDS_UNDECIDED
                                       : table[i].place;
        for (int c = 0; c < n.n_columns; c++)
            ck_assert_msg(n.count[2 * n.n_columns + c] == (c == place), "case %zu, column %d", i, c);
        ck_assert_uint_eq(n.of_row[2 * n.profile->n_measures], 1);
        tr_needs_clear(&n);
    }
    tr_profile_clear(&profile);
}
END_TEST

/* Tables that are refused: what, where, and both numbers. */
static const struct {
    const char *text;
    enum tr_code code;
    uint64_t line;
    const char *field, *says, *adds;
} refused[] = {
    {"bydel,ordinaer,total\n030101,2,3\n", TR_E_TOTAL, 2, "total", "3", "2"},
    {"bydel,ordinaer,ordinaer_heleid,total,undecided,outside,persons\n030101,1,2,3,4,5,11\n", TR_E_TOTAL, 2,
     "persons", "11", "12"},
    {"bydel,ordinaer,total\n030101,2,2\n030102,3,3\ntotal,6,6\n", TR_E_TOTAL, 4, "ordinaer", "6", "5"},
    {"bydel,ordinaer,total,persons\n030101,2,2,2\ntotal,2,2,3\n", TR_E_TOTAL, 3, "persons", "3", "2"},
    {"bydel,ordinaer,no_home\n030101,2,1\ntotal,2,2\n", TR_E_TOTAL, 3, "no_home", "2", "1"},
    {"bydel,ordinaer\n030101,2\n030101,1\n", TR_E_ROW_TWICE, 3, "bydel"},
    {"bydel,ordinaer\nSagene,2\n030103,1\n", TR_E_ROW_TWICE, 3, "bydel"},
    {"bydel,ordinaer\ntotal,0\ntotal,0\n", TR_E_ROW_TWICE, 3, "bydel"},
    {"bydel,ordinaer\nNowhere,2\n", TR_E_CODE, 2, "bydel"},
    {"bydel,ordinaer\n030101,\n", TR_E_COUNT, 2, "ordinaer"},
    {"bydel,ordinaer\n030101,-1\n", TR_E_COUNT, 2, "ordinaer"},
    {"bydel,ordinaer\n030101,1.5\n", TR_E_COUNT, 2, "ordinaer"},
    {"bydel,ordinaer\n030101,1234567890\n", TR_E_COUNT, 2, "ordinaer"},
    {"urgency,ordinaer\n1,2\n", TR_E_KIND_MIXED},
    {"bydel,housing_type,count\n030101,castle,2\n", TR_E_CODE, 2, "housing_type"},
    {"bydel,housing_type,count\n030101,ordinaer,x\n", TR_E_COUNT, 2, "count"},
    {"bydel,housing_type,count,no_home\n030101,ordinaer,1,x\n", TR_E_COUNT, 2, "no_home"},
    {"bydel,urgency,count\n030101,1,2\n", TR_E_KIND_MIXED},
    {"bydel,count\n030101,2\n", TR_E_KIND_MIXED},
    {"count\n2\n", TR_E_KIND_MIXED},
    /* a column that stands twice would be counted twice */
    {"bydel,ordinaer,ordinaer\n030101,2,2\n", TR_E_COLUMN_DOUBLE, 1},
    {"bydel,ordinaer,no_home,no_home\n030101,2,1,1\n", TR_E_COLUMN_DOUBLE, 1},
};

START_TEST(refusal)
{
    struct tr_needs n;
    struct tr_err err = {0};

    load();
    init(&n, TR_F_BYDEL, TR_F_HOUSING_TYPE);
    ck_assert_msg(add_text(&n, tr_str(refused[_i].text), &err) == -1, "taken: %s", refused[_i].text);
    ck_assert_msg(err.code == refused[_i].code, "%s", tr_code_name(err.code));
    if (refused[_i].line)
        ck_assert_uint_eq(err.line, refused[_i].line);
    if (refused[_i].field)
        ck_assert_str_eq(err.field, refused[_i].field);
    if (refused[_i].says) {
        ck_assert_str_eq(err.arg[0], refused[_i].says);
        ck_assert_str_eq(err.arg[1], refused[_i].adds);
    }
    tr_needs_clear(&n);
    tr_profile_clear(&profile);
}
END_TEST

/* Tables that are taken, and what a second writing says. */
START_TEST(taken)
{
    static const struct {
        const char *text;
        uint64_t ordinaer, persons;
    } table[] = {
        {"bydel,ordinaer\nSagene,2\nBydel Bjerke,3\n", 5, 5},
        {"bydel,ordinaer,undecided,outside\n3,2,3,4\n", 2, 9},
        {"bydel,ordinaer,total,persons\n030101,2,2,2\nunknown,1,1,1\ntotal,3,3,3\n", 3, 3},
        {"bydel,housing_type,count\n030101,ordinaer,2\n030101,undecided,1\n030102,outside,7\n", 2, 10},
        {"bydel,housing_type,count,no_home,somatic_extensive\n030101,ordinaer,2,1,\n", 2, 2},
        /* as somebody may have put the columns in another order */
        {"bydel,persons,total,ordinaer,undecided\n030101,5,2,2,3\ntotal,5,2,2,3\n", 2, 5},
        {"bydel,ordinaer\n", 0, 0},
    };

    load();
    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_needs n;
        struct tr_err err = {0};
        uint64_t ordinaer = 0, persons = 0;

        init(&n, TR_F_BYDEL, TR_F_HOUSING_TYPE);
        ck_assert_msg(add_text(&n, tr_str(table[i].text), &err) == 0, "case %zu: %d: %s %s %s %s", i, (int)err.line,
                      err.field, tr_code_name(err.code), err.arg[0], err.arg[1]);
        for (int r = 0; r < n.n_rows; r++)
            for (int c = 0; c < n.n_columns; c++) {
                ordinaer += c == 0 ? n.count[r * n.n_columns + c] : 0;
                persons += n.count[r * n.n_columns + c];
            }
        ck_assert_uint_eq(ordinaer, table[i].ordinaer);
        ck_assert_uint_eq(persons, table[i].persons);
        tr_needs_clear(&n);
    }
    tr_profile_clear(&profile);
}
END_TEST

/* Measures that one part did not tell are left empty, not made up. */
START_TEST(measures_not_known)
{
    struct tr_needs n;
    struct tr_err err;
    struct tr_out out;

    load();
    init(&n, TR_F_BYDEL, TR_F_HOUSING_TYPE);
    ck_assert_int_eq(add_text(&n, TR_STR("bydel,ordinaer,no_home,somatic_extensive\n030101,2,1,1\n"), &err), 0);
    ck_assert_uint_eq(n.rows_known & 7, 3); /* each measure by itself: nobody told who was judged */
    ck_assert_uint_eq(n.cells_known & 7, 0);
    ck_assert_int_eq(add_text(&n, TR_STR("bydel,ordinaer\n030102,2\n"), &err), 0);
    ck_assert_uint_eq(n.rows_known & 7, 0);
    write_table(&n, false, TR_FORMAT_CSV, &out);
    ck_assert_ptr_nonnull(strstr(tr_buf_z(&out.buf), "\ntotal,4,0,0,0,0,0,0,4,0,0,4,,,,0\n"));
    tr_buf_clear(&out.buf);
    tr_needs_clear(&n);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(stock_and_earlier)
{
    struct tr_needs n, stock;
    struct tr_needs_year years[2] = {{2020}, {2021}};
    struct tr_needs_beside beside = {.stock = &stock, .year = years, .n_years = 1};
    struct tr_err err;
    struct tr_out out;

    load();
    init(&n, TR_F_BYDEL, TR_F_HOUSING_TYPE);
    init(&stock, TR_F_BYDEL, TR_F_HOUSING_TYPE);
    init(&years[0].needs, TR_F_BYDEL, TR_F_HOUSING_TYPE);
    ck_assert_int_eq(add_text(&n, TR_STR("bydel,ordinaer,undecided\n030101,5,9\n"), &err), 0);
    ck_assert_int_eq(add_text(&stock, TR_STR("bydel,housing_type,count\n030101,ordinaer,7\n030102,ordinaer,1\n"), &err), 0);
    ck_assert_int_eq(add_text(&years[0].needs, TR_STR("bydel,ordinaer\n030101,4\n"), &err), 0);
    tr_out_init(&out, -1, "test");
    tr_needs_write(&n, &beside, false, TR_FORMAT_CSV, &out);
    ck_assert_ptr_nonnull(strstr(tr_buf_z(&out.buf), ",lacking,existing,needed,earlier,change,earlier.samlok_med_base,change.samlok_med_base\n"));
    ck_assert_ptr_nonnull(strstr(tr_buf_z(&out.buf), "\n030101,5,0,0,0,0,0,0,5,9,0,14,,,,0,5,7,12,4,1,0,0\n"));
    ck_assert_ptr_nonnull(strstr(tr_buf_z(&out.buf), "\ntotal,5,0,0,0,0,0,0,5,9,0,14,,,,0,5,8,13,4,1,0,0\n"));
    out.buf.len = 0;
    tr_needs_write(&n, &beside, true, TR_FORMAT_CSV, &out);
    ck_assert_ptr_nonnull(strstr(tr_buf_z(&out.buf), "\n030102,ordinaer,0,,,,0,1,1,,\n"));
    tr_buf_clear(&out.buf);
    tr_needs_clear(&n);
    tr_needs_clear(&stock);
    tr_needs_clear(&years[0].needs);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(kinds_of_input)
{
    static const struct {
        const char *header;
        enum tr_needs_kind kind;
    } table[] = {
        {"referral_id;bydel\n", TR_NEEDS_EXPORT},
        {"Henvisnings-ID;Bydel;Antall\n", TR_NEEDS_EXPORT},
        {"referral_id,bydel,rop_group,housing_type,rop_rule\n", TR_NEEDS_GROUPED},
        {"bydel,ordinaer\n", TR_NEEDS_TABLE},
        {"bydel,housing_type,count\n", TR_NEEDS_TABLE},
        {"bydel,persons\n", TR_NEEDS_TABLE},
    };

    load();
    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_needs n;
        struct tr_err err;
        struct tr_reader *r = tr_reader_open(file_z(table[i].header), &(struct tr_reader_options){0}, &err);
        const struct tr_str *header;
        uint32_t columns;

        ck_assert_ptr_nonnull(r);
        header = tr_reader_header(r, &columns);
        init(&n, TR_F_BYDEL, TR_F_HOUSING_TYPE);
        ck_assert_msg(tr_needs_recognise(&n, header, columns) == table[i].kind, "%s", table[i].header);
        tr_needs_clear(&n);
        tr_reader_close(r);
    }
    tr_profile_clear(&profile);
}
END_TEST

MAIN("needs",
     {parts_add_up, COUNT(shapes)},
     {refusal, COUNT(refused)},
     {places},
     {taken},
     {measures_not_known},
     {stock_and_earlier},
     {kinds_of_input})

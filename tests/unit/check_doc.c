/* doc/: numbers as people write them, breaking lines, what a table becomes, what each format makes of
 * hostile cells. */
#include "unit.h"

#include "doc/format.h"
#include "doc/wrap.h"

static const struct tr_profile no_profile;

/* A table of literals; the first row is the header. */
static struct tr_table table_of(struct tr_str *cells, uint32_t columns, uint32_t rows)
{
    return (struct tr_table){.source = "test",
                             .header = cells,
                             .n_columns = columns,
                             .cells = cells + columns,
                             .n_rows = rows};
}

static void draw(struct tr_str *cells, uint32_t columns, uint32_t rows, const char *format,
                 struct tr_doc_choice choice, struct tr_doc_style style, struct tr_buf *out)
{
    struct tr_table t = table_of(cells, columns, rows);
    struct tr_doc_table doc;
    struct tr_out to;
    struct tr_err err;

    tr_out_init(&to, -1, "test");
    ck_assert_int_eq(tr_doc_table_from(&doc, &t, &no_profile, &choice, &err), 0);
    tr_doc_format_find(format)->draw(&doc, &style, &to);
    ck_assert(!to.buf.failed);
    tr_buf_str(out, tr_buf_slice(&to.buf));
    tr_doc_table_clear(&doc);
    tr_out_close(&to, &err);
}

static void check_number(const char *cell, enum tr_lang lang, const char *shown)
{
    struct tr_buf b = {0};

    tr_doc_add_number(tr_str(cell), lang, &b);
    ck_assert_str_eq(tr_buf_z(&b), shown);
    tr_buf_clear(&b);
}

START_TEST(numbers)
{
    ck_assert(tr_doc_is_number(TR_STR("0")));
    ck_assert(tr_doc_is_number(TR_STR("-3.25")));
    ck_assert(!tr_doc_is_number(TR_STR("")));
    ck_assert(!tr_doc_is_number(TR_STR("-")));
    ck_assert(!tr_doc_is_number(TR_STR("0301")));
    ck_assert(!tr_doc_is_number(TR_STR("1.")));
    ck_assert(!tr_doc_is_number(TR_STR("+1")));
    ck_assert(!tr_doc_is_number(TR_STR("1234567890123456789")));
    ck_assert_double_eq(tr_doc_number(TR_STR("-12.5")), -12.5);
    check_number("9999", TR_NB, "9999");
    check_number("10000", TR_NB, "10\u00A0000");
    check_number("-1234567.5", TR_NN, "\u22121\u00A0234\u00A0567,5");
    check_number("1234567.5", TR_EN, "1,234,567.5");
    check_number("ten", TR_NB, "ten");
}
END_TEST

static void check_wrap(const char *text, size_t limit, bool head, const char *lines)
{
    struct tr_str rest = tr_str(text);
    struct tr_buf b = {0};
    struct tr_line line;

    while (tr_wrap_next(&rest, limit, head, &line)) {
        ck_assert_uint_le(line.width, limit);
        tr_buf_str(&b, line.text);
        tr_buf_text(&b, line.hyphen ? "-/" : "/");
    }
    ck_assert_str_eq(tr_buf_z(&b), lines);
    tr_buf_clear(&b);
}

START_TEST(wrapping)
{
    check_wrap("", 5, false, "");
    check_wrap("to ord", 6, false, "to ord/");
    check_wrap("to ord", 5, false, "to/ord/");
    check_wrap("Ordinær, ikke heleid (1)", 7, true, "Ordinær/ikke/heleid/(1)/");
    check_wrap("a, b", 4, true, "a, b/");
    check_wrap("a,", 2, true, "a,/");
    check_wrap("ROP-gruppe", 8, false, "ROP-/gruppe/");
    check_wrap("2022-11-28", 10, false, "2022-11-28/");
    check_wrap("skjermet", 7, true, "skjer-/met/");
    check_wrap("ordinært", 6, true, "ordi-/nært/");
    check_wrap("xxxxxxxx", 4, false, "xxx-/xxx-/xx/");
    ck_assert_uint_eq(tr_wrap_least(TR_STR("Samlok. delvis, ordinært (4)"), true), 8);
    ck_assert_uint_eq(tr_wrap_lines(TR_STR("a b c"), 1, false), 3);
}
END_TEST

START_TEST(order)
{
    struct tr_str cells[] = {TR_STR("who"),   TR_STR("n"),  TR_STR("Ås"),    TR_STR("2"),
                             TR_STR("total"), TR_STR("13"), TR_STR("Zoe"),   TR_STR("10"),
                             TR_STR("Ærlig"), TR_STR("1"),  TR_STR("Empty"), TR_STR("")};
    static const struct {
        const char *sort, *rows;
    } cases[] = {
        {NULL, "who,n\nÅs,2\nZoe,10\nÆrlig,1\nEmpty,\ntotal,13\n"},
        {"input", "who,n\nÅs,2\nZoe,10\nÆrlig,1\nEmpty,\ntotal,13\n"},
        {"who", "who,n\nEmpty,\nZoe,10\nÆrlig,1\nÅs,2\ntotal,13\n"},
        {"N", "who,n\nÆrlig,1\nÅs,2\nZoe,10\nEmpty,\ntotal,13\n"},
        {"-n", "who,n\nZoe,10\nÅs,2\nÆrlig,1\nEmpty,\ntotal,13\n"},
    };
    struct tr_buf b = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        b.len = 0;
        draw(cells, 2, 5, "csv", (struct tr_doc_choice){.sort = cases[i].sort},
             (struct tr_doc_style){0}, &b);
        ck_assert_str_eq(tr_buf_z(&b), cases[i].rows);
    }
    tr_buf_clear(&b);
}
END_TEST

START_TEST(order_unknown)
{
    struct tr_str cells[] = {TR_STR("bydel"), TR_STR("count")};
    struct tr_table t = table_of(cells, 2, 0);
    struct tr_doc_choice choice = {.sort = "-conut"};
    struct tr_doc_table doc;
    struct tr_err err;

    ck_assert_int_eq(tr_doc_table_from(&doc, &t, &no_profile, &choice, &err), -1);
    ck_assert_int_eq(err.code, TR_E_COLUMN_MISSING);
    ck_assert_str_eq(err.field, "conut");
    ck_assert_str_eq(err.arg[0], "count");
}
END_TEST

START_TEST(text)
{
    struct tr_str cells[] = {TR_STR("who"),   TR_STR("n"),     TR_STR("\x1B[31mred"),
                             TR_STR("10000"), TR_STR("total"), TR_STR("10000")};
    struct tr_buf b = {0};

    draw(cells, 2, 2, "text", (struct tr_doc_choice){.title = "T", .note = "N"},
         (struct tr_doc_style){.width = 80}, &b);
    ck_assert_str_eq(tr_buf_z(&b), "T\n\n"
                                   "who               n\n"
                                   "───────────────────\n"
                                   "\\x1B[31mred  10\u00A0000\n"
                                   "───────────────────\n"
                                   "total        10\u00A0000\n\n"
                                   "N\n");
    tr_buf_clear(&b);
}
END_TEST

START_TEST(hostile)
{
    struct tr_str cells[] = {TR_STR("=a"), TR_STR("b"), TR_STR("<i>|\n\u202E"), TR_STR("@x")};
    static const struct {
        const char *format;
        bool excel;
        const char *holds, *lacks;
    } cases[] = {
        {"csv", true, "'=a;b\r\n\"<i>|\n\u202E\";'@x\r\n", ";@"},
        {"html", false, "&lt;i&gt;| \\u{202E}", "<i>"},
        {"markdown", false, "&lt;i&gt;\\| \\\\u{202E}", "<i>"},
        {"json", false, "\"<i>|\\u000a", "\n\u202E"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tr_buf b = {0};

        draw(cells, 2, 1, cases[i].format, (struct tr_doc_choice){0},
             (struct tr_doc_style){.excel = cases[i].excel}, &b);
        ck_assert_ptr_nonnull(strstr(tr_buf_z(&b), cases[i].holds));
        ck_assert_ptr_null(strstr(tr_buf_z(&b), cases[i].lacks));
        tr_buf_clear(&b);
    }
}
END_TEST

START_TEST(excel_numbers)
{
    struct tr_str cells[] = {TR_STR("a"), TR_STR("b"), TR_STR("-3.5"), TR_STR("-3.5"),
                             TR_STR("1"), TR_STR("-x")};
    struct tr_buf b = {0};

    draw(cells, 2, 2, "csv", (struct tr_doc_choice){0}, (struct tr_doc_style){.excel = true}, &b);
    ck_assert_str_eq(tr_buf_z(&b), "\xEF\xBB\xBF" "a;b\r\n-3,5;-3.5\r\n1;'-x\r\n");
    tr_buf_clear(&b);
}
END_TEST

MAIN("doc", {numbers}, {wrapping}, {order}, {order_unknown}, {text}, {hostile}, {excel_numbers})

/* doc/: numbers as people write them, breaking lines, what a table becomes, what each format makes of
 * hostile cells. */
#include "unit.h"

#include "doc/document/document_own.h"
#include "doc/table/table_build.h"
#include "doc/table/table_format.h"
#include "doc/text/escape.h"
#include "doc/text/wrap.h"

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

static void draw_with(const struct tr_profile *profile, struct tr_str *cells, uint32_t columns,
                      uint32_t rows, const char *format, struct tr_doc_choice choice,
                      struct tr_doc_style style, struct tr_buf *out)
{
    struct tr_table t = table_of(cells, columns, rows);
    struct tr_doc_table doc;
    struct tr_out to;
    struct tr_err err;

    tr_out_init(&to, -1, "test");
    ck_assert_int_eq(tr_doc_table_build(&doc, &t, profile, &choice, &err), 0);
    ck_assert_int_eq(0, tr_doc_draw(tr_doc_format_find(format), &doc, &style, &to, &err));
    ck_assert(!to.buf.failed);
    tr_buf_str(out, tr_buf_slice(&to.buf));
    tr_doc_table_clear(&doc);
    tr_out_close(&to, &err);
}

static void draw(struct tr_str *cells, uint32_t columns, uint32_t rows, const char *format,
                 struct tr_doc_choice choice, struct tr_doc_style style, struct tr_buf *out)
{
    draw_with(&no_profile, cells, columns, rows, format, choice, style, out);
}

static void check_number(const char *cell, enum tr_lang lang, const char *shown)
{
    struct tr_buf b = {0};

    tr_show_number(tr_str(cell), lang, &b);
    ck_assert_str_eq(tr_buf_z(&b), shown);
    tr_buf_clear(&b);
}

START_TEST(numbers)
{
    ck_assert(tr_show_is_number(TR_STR("0")));
    ck_assert(tr_show_is_number(TR_STR("-3.25")));
    ck_assert(!tr_show_is_number(TR_STR("")));
    ck_assert(!tr_show_is_number(TR_STR("-")));
    ck_assert(!tr_show_is_number(TR_STR("0301")));
    ck_assert(!tr_show_is_number(TR_STR("1.")));
    ck_assert(!tr_show_is_number(TR_STR("+1")));
    ck_assert(!tr_show_is_number(TR_STR("1234567890123456789")));
    ck_assert_double_eq(tr_show_number_of(TR_STR("-12.5")), -12.5);
    check_number("9999", TR_NB, "9999");
    check_number("10000", TR_NB, "10\u00A0000");
    check_number("-1234567.5", TR_NN, "\u22121\u00A0234\u00A0567,5");
    check_number("1234567.5", TR_EN, "1,234,567.5");
    check_number("ten", TR_NB, "ten");
}
END_TEST

static void check_date(const char *cell, enum tr_lang lang, const char *shown)
{
    struct tr_buf b = {0};

    tr_show_date(tr_str(cell), lang, &b);
    ck_assert_str_eq(tr_buf_z(&b), shown);
    tr_buf_clear(&b);
}

START_TEST(dates)
{
    struct tr_str cells[] = {TR_STR("day"),        TR_STR("not"), TR_STR("2026-11-01"),
                             TR_STR("2026-11-01"), TR_STR(""),    TR_STR("2026-02-29")};
    struct tr_buf b = {0};

    check_date("2026-11-01", TR_NB, "01.11.2026");
    check_date("2026-11-01", TR_NN, "01.11.2026");
    check_date("2026-11-01", TR_EN, "1\u00A0November\u00A02026");
    check_date("2026-02-29", TR_NB, "2026-02-29");
    check_date("01.11.2026", TR_EN, "01.11.2026");
    draw(cells, 2, 2, "text", (struct tr_doc_choice){0}, (struct tr_doc_style){.width = 80}, &b);
    ck_assert_str_eq(tr_buf_z(&b), "day         not\n"
                                   "──────────────────────\n"
                                   "01.11.2026  2026-11-01\n"
                                   "            2026-02-29\n");
    tr_buf_clear(&b);
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
    check_wrap(" ", 1, false, "");
    check_wrap("  a  ", 3, false, "a/");
    for (size_t limit = 1; limit < 6; limit++) { /* every line takes something, whatever it is */
        struct tr_str rest = TR_STR(" \u200b\u0301 a\u2060-b/c \u3042\u3044 \xf0\x9f\x98\x80,  ");
        struct tr_line line;

        while (rest.len > 0) {
            size_t before = rest.len;

            ck_assert(tr_wrap_next(&rest, limit, limit & 1, &line) || rest.len == 0);
            ck_assert_uint_lt(rest.len, before);
        }
    }
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

    ck_assert_int_eq(tr_doc_table_build(&doc, &t, &no_profile, &choice, &err), -1);
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
    ck_assert_str_eq(tr_buf_z(&b), "\xEF\xBB\xBF" "a;b\r\n-3,5;\"=\"\"-3.5\"\"\"\r\n1;'-x\r\n");
    tr_buf_clear(&b);
}
END_TEST

/* A profile that knows two codes, and the tables that its tables.csv has. */
static void start_profile(struct tr_profile *p, struct tr_str *known, uint32_t columns)
{
    static struct tr_list_entry entries[] = {{.code = {"a", 1}, .label = {{"Anna", 4}}},
                                             {.code = {"b", 1}, .label = {{"Bo", 2}}}};
    static struct tr_str fields[] = {TR_STR("field"), TR_STR("label_nb"), TR_STR("list"),
                                     TR_STR("who"),   TR_STR("Hvem"),     TR_STR("person")};
    static struct tr_str values[] = {TR_STR("key"), TR_STR("value"), TR_STR("phone"),
                                     TR_STR("22334455")};

    entries[0].short_label[TR_NB] = entries[0].label[TR_NB];
    entries[1].short_label[TR_NB] = entries[1].label[TR_NB];
    *p = (struct tr_profile){.list = {{.name = TR_STR("person"), .entry = entries, .n = 2}},
                             .n_lists = 1};
    p->table[TR_T_FIELDS] = table_of(fields, 3, 1);
    p->table[TR_T_PROFILE] = table_of(values, 2, 1);
    p->table[TR_T_TABLES] = table_of(known, columns, 1);
}

START_TEST(codes)
{
    struct tr_str known[] = {TR_STR("requires"), TR_STR("none")};
    struct tr_str cells[] = {TR_STR("who"), TR_STR("x"), TR_STR("b|a"), TR_STR("b|a"),
                             TR_STR("a|c"), TR_STR("2"), TR_STR("b"),   TR_STR("3"),
                             TR_STR(""),    TR_STR("4"), TR_STR("a"),   TR_STR("5"),
                             TR_STR("|"),   TR_STR("6")};
    struct tr_str others[] = {TR_STR("who"), TR_STR("7"), TR_STR("10000")};
    static const struct {
        const char *format;
        bool labels;
        const char *rows;
    } cases[] = {
        {"csv", false, "who,x\na,5\nb,3\nb|a,b|a\na|c,2\n|,6\n,4\n"},
        {"csv", true, "Hvem,x\nAnna,5\nBo,3\n\"Anna, Bo\",b|a\na|c,2\n|,6\n,4\n"},
        {"text", false,
         "Hvem      x\n─────────────\nAnna      5\nBo        3\nAnna, Bo  b|a\n"
         "a|c       2\n|         6\n          4\n"},
    };
    struct tr_profile p;
    struct tr_buf b = {0};

    start_profile(&p, known, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        b.len = 0;
        draw_with(&p, cells, 2, 6, cases[i].format, (struct tr_doc_choice){0},
                  (struct tr_doc_style){.width = 80, .labels = cases[i].labels}, &b);
        ck_assert_str_eq(tr_buf_z(&b), cases[i].rows);
    }
    b.len = 0; /* another table's column of that name */
    draw_with(&p, others, 1, 2, "text", (struct tr_doc_choice){0},
              (struct tr_doc_style){.width = 80}, &b);
    ck_assert_str_eq(tr_buf_z(&b), "  Hvem\n──────\n     7\n10\u00A0000\n");
    tr_buf_clear(&b);
}
END_TEST

/* Columns shown, in their order; sentences said and not said. */
START_TEST(known_table)
{
    struct tr_str known[] = {
        TR_STR("requires"),
        TR_STR("show"),
        TR_STR("note_nb"),
        TR_STR("who|day"),
        TR_STR("n|gone|who|void"),
        TR_STR("Per {day}. || {who} alone. || || || {n} in all. || Call {profile.phone}, "
               "{head.who}. || {profile.fax} || {head.day} || {head.void} || {head.n}|| ")};
    struct tr_str cells[] = {TR_STR("day"),        TR_STR("who"), TR_STR("void"), TR_STR("n"),
                             TR_STR("2026-11-21"), TR_STR("a"),   TR_STR(""),     TR_STR("7"),
                             TR_STR("2026-11-21"), TR_STR("b"),   TR_STR(""),     TR_STR("7")};
    static const struct {
        const char *format, *drawn;
    } cases[] = {
        {"text", "n  Hvem\n───────\n7  Anna\n7  Bo\n\nPer 21.11.2026.\n\n"
                 "Call 22334455, Hvem. n\n"},
        {"markdown", "|   n | Hvem |\n| --: | ---- |\n|   7 | Anna |\n|   7 | Bo   |\n\n"
                     "Per 21.11.2026.\n\nCall 22334455, Hvem. n\n"},
        {"csv", "day,who,void,n\n2026-11-21,a,,7\n2026-11-21,b,,7\n"},
    };
    struct tr_profile p;
    struct tr_buf b = {0};

    start_profile(&p, known, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        b.len = 0;
        draw_with(&p, cells, 4, 2, cases[i].format, (struct tr_doc_choice){0},
                  (struct tr_doc_style){.width = 80}, &b);
        ck_assert_str_eq(tr_buf_z(&b), cases[i].drawn);
    }
    b.len = 0;
    draw_with(&p, cells, 4, 0, "text", (struct tr_doc_choice){0},
              (struct tr_doc_style){.width = 80}, &b);
    ck_assert_str_eq(tr_buf_z(&b), "n  Hvem  void\n─────────────\n\n"
                                   "Call 22334455, Hvem. void n\n");
    b.len = 0; /* where it is to be filled in, an empty column stays */
    draw_with(&p, cells, 4, 2, "text", (struct tr_doc_choice){.empty = true},
              (struct tr_doc_style){.width = 80}, &b);
    ck_assert_ptr_eq(strstr(tr_buf_z(&b), "n  Hvem  void\n"), b.p);
    tr_buf_clear(&b);
}
END_TEST

/* Columns share the width by weight. One that would break a word takes from those with room, at most
 * two fifths of the width; without room enough, no one takes anything. */
START_TEST(column_widths)
{
    struct tr_str weights = TR_STR("2|x|1");
    struct tr_share fair[] = {{.weight = 3, .least = 10}, {.weight = 1, .least = 35}};
    struct tr_share poor[] = {{.weight = 1, .least = 90}, {.weight = 9, .least = 10}};
    struct tr_share full[] = {{.weight = 1, .least = 40}, {.weight = 1, .least = 30}, {.weight = 2, .least = 48}};

    ck_assert_int_eq(tr_columns_weight(&weights), 2);
    ck_assert_int_eq(tr_columns_weight(&weights), 1);
    ck_assert_int_eq(tr_columns_weight(&weights), 1);
    ck_assert_int_eq(tr_columns_weight(&weights), 1);
    tr_columns_share(fair, 2, 100);
    ck_assert_double_eq(fair[0].width, 65);
    ck_assert_double_eq(fair[1].width, 35);
    tr_columns_share(poor, 2, 100);
    ck_assert_double_eq(poor[0].width, 40);
    ck_assert_double_eq(poor[1].width, 60);
    tr_columns_share(full, 3, 100);
    ck_assert_double_eq(full[0].width, 25);
    ck_assert_double_eq(full[1].width, 25);
    ck_assert_double_eq(full[2].width, 50);
}
END_TEST

/* What would act in HTML or end an attribute is escaped; text from the input is made harmless first. */
START_TEST(html)
{
    struct tr_out out;

    tr_out_init(&out, -1, "-");
    tr_escape_html(TR_STR("<b> & \"x\" 'y' æ"), &out);
    tr_escape_html(TR_STR(""), &out);
    tr_escape_html_input(TR_STR(" <\n\t>"), &out);
    ck_assert_str_eq(tr_buf_z(&out.buf), "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39; æ &lt; &gt;");
    tr_buf_clear(&out.buf);
}
END_TEST

MAIN("doc", {numbers}, {dates}, {column_widths}, {html}, {wrapping}, {order}, {order_unknown}, {text}, {hostile},
     {excel_numbers}, {codes}, {known_table})

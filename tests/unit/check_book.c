/* Workbooks that we write: the cells, and what cannot be in them. Whole ones are in cli/workbook-out.t. */
#include "unit.h"

#include "base/archive.h"
#include "record/book/book_own.h"

static const char *rows_of(struct tr_book *b)
{
    const char *rows = tr_buf_z(&b->sheet[b->n - 1].rows);

    return rows + strlen("<row r=\"1\">");
}

START_TEST(cells)
{
    struct tr_book b = {0};

    tr_book_sheet(&b, TR_STR("Ark"));
    tr_book_row(&b, 0);
    tr_book_number(&b, TR_LOOK_PLAIN, 0, TR_STR("-24"));
    tr_book_number(&b, TR_LOOK_PLAIN, 0, TR_STR(""));
    tr_book_number(&b, TR_LOOK_PLAIN, 2, TR_STR("18980.50"));
    tr_book_day(&b, TR_LOOK_PLAIN, TR_STR("2026-11-01"));
    tr_book_formula(&b, TR_LOOK_PLAIN, 0, TR_STR("SUM(A1:C1)<2"), TR_STR("1"));
    ck_assert_str_eq(rows_of(&b), "<c r=\"A1\" s=\"2\"><v>-24</v></c><c r=\"C1\" s=\"4\"><v>18980.50</v></c>"
                                  "<c r=\"D1\" s=\"8\"><v>46327</v></c>"
                                  "<c r=\"E1\" s=\"2\"><f>SUM(A1:C1)&lt;2</f><v>1</v></c>");
    tr_book_clear(&b);
}
END_TEST

START_TEST(texts)
{
    static const struct {
        struct tr_str text;
        const char *kept;
        bool quoted;
    } table[] = {
        {{"a<b>&\"c\"", 8}, "a&lt;b&gt;&amp;&quot;c&quot;", false},
        {{"=1+1", 4}, "=1+1", true},
        {{"@x", 2}, "@x", true},
        {{"a\x01"
          "b\rc",
          5},
         "a_x0001_b_x000D_c", false},
        {{"_x0041_", 7}, "_x005F_x0041_", false},
        {{"_xyz0_", 6}, "_xyz0_", false},
        {{"a\xEF\xBF\xBF", 4}, "a\uFFFD", false},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_book b = {0};
        char expected[200];

        snprintf(expected, sizeof expected,
                 "<c r=\"A1\" s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">%s</t></is></c>",
                 (table[i].quoted ? TR_LOOK_QUOTED : TR_LOOK_PLAIN) * TR_N_BOOK_FORMS + TR_BOOK_AS_TEXT,
                 table[i].kept);
        tr_book_sheet(&b, TR_STR("Ark"));
        tr_book_row(&b, 0);
        tr_book_text(&b, TR_LOOK_PLAIN, table[i].text);
        ck_assert_str_eq(rows_of(&b), expected);
        tr_book_clear(&b);
    }
}
END_TEST

START_TEST(percents)
{
    static const struct {
        struct tr_str number;
        const char *kept;
    } table[] = {
        {{"12.5", 4}, "<v>0.125</v>"}, {{"-0.5", 4}, "<v>-0.005</v>"}, {{"100", 3}, "<v>1.00</v>"},
        {{"7", 1}, "<v>0.07</v>"},     {{"1234.56", 7}, "<v>12.3456</v>"},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_book b = {0};

        tr_book_sheet(&b, TR_STR("Ark"));
        tr_book_row(&b, 0);
        tr_book_percent(&b, TR_LOOK_PLAIN, table[i].number);
        ck_assert_msg(strstr(rows_of(&b), table[i].kept), "%s", rows_of(&b));
        tr_book_clear(&b);
    }
}
END_TEST

START_TEST(places)
{
    struct tr_buf b = {0};

    tr_book_place(&b, 0, 0);
    tr_book_place(&b, 9, 25);
    tr_book_place(&b, 0, 26);
    tr_book_place(&b, 1048575, 16383);
    ck_assert_str_eq(tr_buf_z(&b), "A1Z10AA1XFD1048576");
    tr_buf_clear(&b);
}
END_TEST

START_TEST(sheet_names)
{
    static const struct {
        struct tr_str name;
        const char *kept;
    } table[] = {
        {{"Boligbehov etter bydel og boligtype", 35}, "Boligbehov etter bydel og"},
        {{"a/b:c'd", 7}, "a b c d"},
        {{"Enordsomerlengerennenogetarknavn", 32}, "Enordsomerlengerennenogetarknav"},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_book b = {0};

        ck_assert_str_eq(tr_buf_z(&tr_book_sheet(&b, table[i].name)->name), table[i].kept);
        tr_book_clear(&b);
    }
}
END_TEST

/* What may be typed: words of a list, which stand on a sheet that came later; a day, other words asked about;
 * anything. What is too long for a spreadsheet is cut between characters. */
START_TEST(rules)
{
    struct tr_book b = {0};
    struct tr_book_sheet *sheet;
    struct tr_buf list = {0};
    const char *xml;

    sheet = tr_book_sheet(&b, TR_STR("Ark"));
    tr_book_column(&b, 12, TR_BOOK_AS_TEXT);
    ck_assert_ptr_nonnull(strstr(tr_buf_z(&sheet->columns), " style=\"1\"/>"));
    tr_book_sheet(&b, TR_STR("Å & Ø"));
    tr_book_range(&b, 1, &list, 1, 27, 3, 27);
    ck_assert_str_eq(tr_buf_z(&list), "'Å & Ø'!$AB$2:$AB$4");
    tr_book_rule(sheet, 1, 2, &(struct tr_book_rule){.list = tr_buf_slice(&list), .title = TR_STR("T<")});
    xml = tr_buf_z(&sheet->rules);
    ck_assert_ptr_nonnull(strstr(xml, " type=\"list\" allowBlank"));
    ck_assert_ptr_nonnull(strstr(xml, " sqref=\"C2:C1048576\"><formula1>'Å &amp; Ø'!$AB$2:$AB$4</formula1>"));
    ck_assert_ptr_nonnull(strstr(xml, " errorTitle=\"T&lt;\""));
    ck_assert_ptr_null(strstr(xml, "errorStyle"));
    sheet->rules.len = 0;
    tr_book_rule(sheet, 1, 0,
                 &(struct tr_book_rule){.day = true, .asks = true,
                                        .title = TR_STR("ååååååååååååååååååååååååååååååååååååå")});
    xml = tr_buf_z(&sheet->rules);
    ck_assert_ptr_nonnull(strstr(xml, " type=\"date\" operator=\"greaterThan\" errorStyle=\"warning\""));
    ck_assert_ptr_nonnull(strstr(xml, "\"åååååååååååååååååååååååååååååååå\""));
    sheet->rules.len = 0;
    tr_book_rule(sheet, 1, 0, &(struct tr_book_rule){.hint = TR_STR("x")});
    ck_assert_str_eq(tr_buf_z(&sheet->rules),
                     "<dataValidation allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" "
                     "error=\"x\" prompt=\"x\" sqref=\"A2:A1048576\"/>");
    tr_buf_clear(&list);
    tr_book_clear(&b);
}
END_TEST

struct later {
    struct tr_book *book;
    int left;
};

static bool write_later(void *cookie)
{
    struct later *l = cookie;

    if (l->left == 0)
        return false;
    tr_book_row(l->book, 0);
    tr_book_number(l->book, TR_LOOK_PLAIN, 0, TR_STR("1"));
    l->left--;
    return true;
}

/* Rows that are made while the workbook is written go to their own sheet, below those that were there. */
START_TEST(later)
{
    struct tr_book b = {0};
    struct later l = {&b, 20000};
    struct tr_out out;
    struct tr_err err;

    tr_out_init(&out, -1, "test");
    tr_book_sheet(&b, TR_STR("Many"));
    tr_book_row(&b, 0);
    tr_book_later(&b, write_later, &l);
    tr_book_sheet(&b, TR_STR("Few"));
    tr_book_row(&b, 0);
    ck_assert_int_eq(0, tr_book_write(&b, &out, &err));
    ck_assert_int_eq(l.left, 0);
    ck_assert_int_eq(b.sheet[0].row, 20001);
    ck_assert_int_eq(b.sheet[1].row, 1);
    ck_assert(b.sheet[0].rows.cap < 1 << 18); /* all of them would be half a million bytes */
    tr_book_clear(&b);
    tr_out_close(&out, &err);
}
END_TEST

/* A longer cell, or one more row, would be lost: the workbook is not made. */
START_TEST(full)
{
    enum { MOST = 32767 };
    static char text[MOST + 1];
    struct tr_book b = {0};
    struct tr_out out;
    struct tr_err err;

    memset(text, 'a', sizeof text);
    tr_out_init(&out, -1, "test");
    tr_book_sheet(&b, TR_STR("Ark"));
    tr_book_row(&b, 0);
    tr_book_text(&b, TR_LOOK_PLAIN, (struct tr_str){text, MOST});
    ck_assert_int_eq(0, tr_book_write(&b, &out, &err));
    tr_book_clear(&b);
    tr_book_sheet(&b, TR_STR("Ark"));
    tr_book_row(&b, 0);
    tr_book_text(&b, TR_LOOK_PLAIN, (struct tr_str){text, MOST + 1});
    ck_assert_int_eq(-1, tr_book_write(&b, &out, &err));
    ck_assert_int_eq(TR_E_BOOK_FULL, err.code);
    tr_book_clear(&b);
    tr_out_close(&out, &err);
}
END_TEST


MAIN("book", {cells}, {texts}, {percents}, {places}, {sheet_names}, {rules}, {later}, {full})

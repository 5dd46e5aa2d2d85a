/* What numbers in spreadsheets mean. The workbooks themselves are in cli/workbook.t. */
#include "unit.h"

#include "record/sheet_own.h"

START_TEST(format_codes)
{
    static const struct {
        const char *code;
        enum tr_number_form form;
        int digits;
    } table[] = {
        {"General", TR_FORM_PLAIN},
        {"0", TR_FORM_PLAIN},
        {"0.00", TR_FORM_PLAIN},
        {"#,##0", TR_FORM_PLAIN},
        {"00000000000", TR_FORM_ZEROS, 11},
        {"0000", TR_FORM_ZEROS, 4},
        {"0000 00", TR_FORM_PLAIN},
        {"dd/mm/yyyy", TR_FORM_DATE},
        {"[$-414]d/ mmmm yyyy;@", TR_FORM_DATE},
        {"mmm yy", TR_FORM_DATE},
        {"mmmm", TR_FORM_DATE},
        {"yyyy\\-mm\\-dd\\ hh:mm", TR_FORM_BOTH},
        {"hh:mm:ss", TR_FORM_TIME},
        {"mm:ss", TR_FORM_TIME},
        {"[h]:mm", TR_FORM_TIME},
        {"[Red]0;[Blue]-0", TR_FORM_PLAIN},
        {"0\" dager\"", TR_FORM_PLAIN},
        {"\\d0", TR_FORM_PLAIN},
        {"_-* #,##0.00_-;d", TR_FORM_PLAIN},
        {"\"unfinished d", TR_FORM_PLAIN},
        {"[unfinished d", TR_FORM_PLAIN},
        {"", TR_FORM_PLAIN},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_number_style style = tr_number_style_of(table[i].code);

        ck_assert_msg(style.form == table[i].form && style.digits == table[i].digits, "%s: %d, %d", table[i].code,
                      (int)style.form, style.digits);
    }
}
END_TEST

START_TEST(numbers)
{
    static const struct {
        const char *number;
        enum tr_number_form form;
        int digits;
        bool from_1904;
        const char *expected;
    } table[] = {
        {"46327", TR_FORM_DATE, 0, false, "2026-11-01"},
        {"44865", TR_FORM_DATE, 0, true, "2026-11-01"},
        {"1", TR_FORM_DATE, 0, false, "1900-01-01"},
        {"59", TR_FORM_DATE, 0, false, "1900-02-28"},
        {"61", TR_FORM_DATE, 0, false, "1900-03-01"},
        {"46327.75", TR_FORM_BOTH, 0, false, "2026-11-01T18:00:00"},
        {"46327", TR_FORM_BOTH, 0, false, "2026-11-01"},
        {"46327.999999999", TR_FORM_BOTH, 0, false, "2026-11-02"},
        {"0.35416666666666669", TR_FORM_TIME, 0, false, "08:30:00"},
        {"1.5", TR_FORM_TIME, 0, false, "36:00:00"},
        {"-1", TR_FORM_DATE, 0, false, "-1"},
        {"99999999", TR_FORM_DATE, 0, false, "99999999"},
        {"8815715218", TR_FORM_ZEROS, 11, false, "08815715218"},
        {"301", TR_FORM_ZEROS, 4, false, "0301"},
        {"1.5", TR_FORM_ZEROS, 4, false, "1.5"},
        {"24", TR_FORM_PLAIN, 0, false, "24"},
        {"24.0", TR_FORM_PLAIN, 0, false, "24"},
        {"1.2345678901E10", TR_FORM_PLAIN, 0, false, "12345678901"},
        {"0.1", TR_FORM_PLAIN, 0, false, "0.1"},
        {"0.30000000000000004", TR_FORM_PLAIN, 0, false, "0.3"},
        {"-0", TR_FORM_PLAIN, 0, false, "0"},
        {"-7", TR_FORM_PLAIN, 0, false, "-7"},
        {"1e999", TR_FORM_PLAIN, 0, false, "1e999"},
        {"what", TR_FORM_DATE, 0, false, "what"},
        {"", TR_FORM_PLAIN, 0, false, ""},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_buf out = {0};
        struct tr_number_style style = {table[i].form, table[i].digits};

        tr_number_show(tr_str(table[i].number), style, table[i].from_1904, &out);
        ck_slice_eq(tr_buf_slice(&out), table[i].expected);
        tr_buf_clear(&out);
    }
}
END_TEST

MAIN("sheet", {format_codes}, {numbers})

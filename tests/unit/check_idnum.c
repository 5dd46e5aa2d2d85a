/* Dates and identity numbers; the numbers are built here by a generator of their own. */
#include "unit.h"

#include "base/date.h"
#include "base/idnum.h"
#include "base/number.h"

/* ---- dates ---- */

static const struct {
    const char *text;
    int year, month, day; /* year 0: no date */
} dates[] = {
    {"2022-11-28", 2022, 11, 28}, {"28.11.2022", 2022, 11, 28}, {"1.2.2022", 2022, 2, 1},  {"01.2.2022", 2022, 2, 1},
    {"1.02.2022", 2022, 2, 1},    {"29.02.2024", 2024, 2, 29},  {"29.2.2000", 2000, 2, 29}, {"29.02.1900"},
    {"29.02.2023"},               {"2023-02-29"},               {"31.4.2022"},             {"31.04.2022"},
    {"0.1.2022"},                 {"00.01.2022"},               {"1.13.2022"},             {"01.13.2022"},
    {"2022-00-10"},               {"0000-01-01"},               {"0001-01-01", 1, 1, 1},   {"9999-12-31", 9999, 12, 31},
    {"2022-1-1"},                 {"2022-01-1"},                {"1.1.22"},                {"1.1.20222"},
    {"111.1.2022"},               {"1.1.2022 "},                {" 1.1.2022"},             {"1/1/2022"},
    {"2022/01/01"},               {"2022.01.01"},               {"01-01-2022"},            {""},
    {"."},                        {"2022"},                     {"20220101"},              {"2022-01-01T"},
    {"+1.1.2022"},                {"1.1.-022"},                 {"2022-0a-01"},            {"-022-01-01"},
    {"1..2022"},                  {"..2022"},                   {"1.1."},                  {"12.12.202"},
};

START_TEST(date)
{
    struct tr_date d = {-1, -1, -1};
    bool read = tr_date_parse(tr_str(dates[_i].text), &d);
    char iso[TR_DATE_LEN + 1] = "";

    ck_assert_msg(read == (dates[_i].year > 0), "%s", dates[_i].text);
    if (!read)
        return;
    ck_assert(d.year == dates[_i].year && d.month == dates[_i].month && d.day == dates[_i].day);
    tr_date_iso(d, iso);
    read = tr_date_parse(tr_str(iso), &d);
    ck_assert(read && d.year == dates[_i].year && d.month == dates[_i].month && d.day == dates[_i].day);
}
END_TEST

START_TEST(time_of_day)
{
    static const struct {
        const char *text, *shown; /* shown NULL: none */
    } times[] = {{"09:30", "09:30"}, {"9.05", "09:05"},  {"23:59", "23:59"}, {"0:00", "00:00"}, {"24:00"}, {"09:60"},
                 {"9"},              {"09:3"},           {"009:30"},         {"09:30 "},        {""},      {"-1:30"},
                 {"09-30"},          {"09:30:00"},       {":30"},            {"kl. 9.30"}};

    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        int32_t minutes = -1;
        char shown[TR_TIME_LEN + 1] = "";
        bool read = tr_time_parse(tr_str(times[i].text), &minutes);

        ck_assert_msg(read == (times[i].shown != NULL), "%s", times[i].text);
        if (read)
            tr_time_text(minutes, ':', shown);
        ck_assert(!read || strcmp(shown, times[i].shown) == 0);
    }
}
END_TEST

static const struct {
    const char *text;
    int year, month, day; /* year 0: no date */
    unsigned forms;
    enum tr_date_order order;
} written[] = {
    {"2026-03-25", 2026, 3, 25},
    {"25.3.2026", 2026, 3, 25},
    {"20260325", 2026, 3, 25, TR_DATE_OTHER},
    {"18490325"},
    {"20261325"},
    {"2026/3/5", 2026, 3, 5, TR_DATE_OTHER},
    {"2026-3-5"},
    {"2026.03.25", 2026, 3, 25, TR_DATE_OTHER},
    {"2026-3/5"},
    {"25-03-2026", 2026, 3, 25, TR_DATE_OTHER | TR_DATE_DAY},
    {"03-25-2026", 2026, 3, 25, TR_DATE_OTHER | TR_DATE_MONTH},
    {"03-25-2026", .order = TR_ORDER_DAY_FIRST},
    {"03-04-2026"},
    {"03-04-2026", 2026, 4, 3, TR_DATE_OTHER | TR_DATE_DASH, TR_ORDER_DAY_FIRST},
    {"03-04-2026", 2026, 3, 4, TR_DATE_OTHER | TR_DATE_DASH, TR_ORDER_MONTH_FIRST},
    {"25. mars 2026", 2026, 3, 25, TR_DATE_WORDS},
    {"25 MARS 2026", 2026, 3, 25, TR_DATE_WORDS},
    {"onsdag 25. mars 2026", 2026, 3, 25, TR_DATE_WORDS},
    {"Onsdag, 25. mars 2026 kl. 10.15", 2026, 3, 25, TR_DATE_WORDS | TR_DATE_TIME},
    {"torsdag 25. mars 2026"},
    {"L\xC3\x98" "RDAG 28. mars 2026", 2026, 3, 28, TR_DATE_WORDS},
    {"1. september 2026", 2026, 9, 1, TR_DATE_WORDS},
    {"25-mar-26", 2026, 3, 25, TR_DATE_WORDS | TR_DATE_SHORT_YEAR},
    {"25.mai.2026", 2026, 5, 25, TR_DATE_WORDS},
    {"25. okt. 2026", 2026, 10, 25, TR_DATE_WORDS},
    {"Mar 25, 2026", 2026, 3, 25, TR_DATE_WORDS},
    {"25. marsj 2026"},
    {"25. m 2026"},
    {"31. februar 2026"},
    {"mars 2026"},
    {"25. mars"},
    {"mandag"},
    {"25-03-26"},
    {"25. 3. 2026", 2026, 3, 25, TR_DATE_OTHER},
    {"25.\xC2\xA0" "3.\xE2\x80\xAF" "2026", 2026, 3, 25, TR_DATE_OTHER},
    {"25.03.26", 2026, 3, 25, TR_DATE_SHORT_YEAR},
    {"1.2.69", 2069, 2, 1, TR_DATE_SHORT_YEAR},
    {"1.2.70", 1970, 2, 1, TR_DATE_SHORT_YEAR},
    {"1.2.026"},
    {"3/4-2026", 2026, 4, 3, TR_DATE_OTHER},
    {"25/3/2026", 2026, 3, 25, TR_DATE_DAY},
    {"3/25/2026", 2026, 3, 25, TR_DATE_MONTH},
    {"3/25/26", 2026, 3, 25, TR_DATE_MONTH | TR_DATE_SHORT_YEAR},
    {"3/25/2026", .order = TR_ORDER_DAY_FIRST},
    {"25/3/2026", .order = TR_ORDER_MONTH_FIRST},
    {"3/4/2026"},
    {"3/4/2026", 2026, 4, 3, TR_DATE_SLASH, TR_ORDER_DAY_FIRST},
    {"3/4/2026", 2026, 3, 4, TR_DATE_SLASH, TR_ORDER_MONTH_FIRST},
    {"4/4/2026", 2026, 4, 4},
    {"30/2/2026"},
    {"2026-03-25 00:00", 2026, 3, 25, TR_DATE_TIME},
    {"2026-03-25T23:59:59.123", 2026, 3, 25, TR_DATE_TIME},
    {"25.03.2026 kl. 08.15", 2026, 3, 25, TR_DATE_TIME},
    {"25.03.2026, 8:15", 2026, 3, 25, TR_DATE_TIME},
    {"2026-03-25T23:00:00Z", 2026, 3, 26, TR_DATE_TIME}, /* midnight in Norway, in winter */
    {"2026-03-25T22:59:59Z", 2026, 3, 25, TR_DATE_TIME},
    {"2026-06-30T22:00:00.000Z", 2026, 7, 1, TR_DATE_TIME}, /* and in summer */
    {"2026-06-30T21:59:00Z", 2026, 6, 30, TR_DATE_TIME},
    {"2026-03-29T22:00:00Z", 2026, 3, 30, TR_DATE_TIME}, /* summer time began that day */
    {"2026-03-28T22:00:00Z", 2026, 3, 28, TR_DATE_TIME},
    {"2026-10-24T22:00:00Z", 2026, 10, 25, TR_DATE_TIME},
    {"2026-10-25T22:00:00Z", 2026, 10, 25, TR_DATE_TIME},
    {"2026-12-31T23:30:00+00:00", 2027, 1, 1, TR_DATE_TIME},
    {"2026-01-01T00:30:00+01:00", 2026, 1, 1, TR_DATE_TIME},
    {"2026-01-01T00:30:00+0500", 2025, 12, 31, TR_DATE_TIME},
    {"2025-12-31T20:00:00-05", 2026, 1, 1, TR_DATE_TIME},
    {"3/4 2026", 2026, 4, 3, TR_DATE_OTHER},
    {"3.4 2026", 2026, 4, 3, TR_DATE_OTHER},
    {"3/ 4 2026 kl. 10", .year = 0},
    {"3/4 26"}, /* it may be an hour */
    {"3/4 0826"},
    {"3/42026"},
    {"3-4 2026"},
    {"25,03,2026", 2026, 3, 25, TR_DATE_OTHER},
    {"25,03,26"},
    {"25,3.2026"},
    {"03,25,2026"},
    {"ons 25.03.2026", 2026, 3, 25},
    {"Onsdag 25/3-26", 2026, 3, 25, TR_DATE_OTHER | TR_DATE_SHORT_YEAR},
    {"onsdag 2026-03-25", 2026, 3, 25},
    {"ons. 25.3.2026 kl. 10:15", 2026, 3, 25, TR_DATE_TIME},
    {"tor 25.03.2026"},
    {"Wed 25/3/2026", 2026, 3, 25, TR_DATE_DAY},
    {"2026-03-25 25:00"},
    {"2026-03-25 12"},
    {"2026-03-25 12:61"},
    {"2026-03-25x"},
    {"25.3.2026."},
    {"i morgen"},
    {""},
};

START_TEST(date_in_a_cell)
{
    struct tr_date d = {0};
    unsigned forms;
    bool read = tr_date_read(tr_str(written[_i].text), written[_i].order, &d, &forms);

    ck_assert_msg(read == (written[_i].year > 0), "%s", written[_i].text);
    if (!read)
        return;
    ck_assert_msg(d.year == written[_i].year && d.month == written[_i].month && d.day == written[_i].day,
                  "%s: %d-%d-%d", written[_i].text, d.year, d.month, d.day);
    ck_assert_msg(forms == written[_i].forms, "%s: %u", written[_i].text, forms);
}
END_TEST

START_TEST(numbers)
{
    static const struct {
        const char *text;
        long long value; /* -999: none */
    } table[] = {
        {"0", 0}, {"24", 24}, {"+5", 5}, {"-24", -24}, {"\xE2\x88\x92" "24", -24}, {"24,0", 24}, {"24.00", 24},
        {"1 024", 1024}, {"1\xC2\xA0" "024", 1024}, {"1\xE2\x80\xAF" "024\xE2\x80\xAF" "000", 1024000},
        {"1'024", 1024}, {"1 024,0", 1024}, {"007", 7}, {"123456789012345", 123456789012345},
        {"1.000", -999}, {"45,000", -999}, {"0.000", 0}, {"1980.000", 1980}, {"24.0000", 24}, {"1 024.000", 1024},
        {"1234567890123456", -999}, {"1.024", -999}, {"1,5", -999}, {"24,", -999}, {"24.", -999}, {"1 02", -999},
        {"10 24", -999}, {"1234 567", -999}, {"1 0245", -999}, {"--1", -999}, {"", -999}, {"-", -999}, {"a", -999},
        {"1a", -999}, {"1e3", -999}, {"1 234 567 890 123 456", -999}};

    for (size_t i = 0; i < COUNT(table); i++) {
        long long n = -999;

        if (!tr_number_read(tr_str(table[i].text), &n))
            n = -999;
        ck_assert_msg(n == table[i].value, "%s: %lld", table[i].text, n);
    }
}
END_TEST

START_TEST(every_day_exists)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    for (int y = 1600; y <= 2400; y++)
        for (int m = 0; m <= 13; m++)
            for (int d = 0; d <= 32; d++) {
                bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);
                bool is = m >= 1 && m <= 12 && d >= 1 && d <= lengths[m - 1] + (m == 2 && leap);

                ck_assert_int_eq(tr_date_valid((struct tr_date){y, m, d}), is);
            }
}
END_TEST

/* ---- identity numbers ---- */

/* The number whose first check digit leaves this remainder: in digit[0..11). False when there is none,
 * as its check digit would be 10. Each digit is weighed by its place, unlike in the library. */
static bool build(int day, int month, int yy, int individual, int remainder, char digit[12])
{
    int first = 0, second = 0, k1, k2;

    snprintf(digit, 12, "%02u%02u%02u%03u", (unsigned)day % 100, (unsigned)month % 100,
             (unsigned)yy % 100, (unsigned)individual % 1000);
    for (int i = 0; i < 9; i++) {
        first += (digit[i] - '0') * "376189452"[i] - (digit[i] - '0') * '0';
        second += (digit[i] - '0') * "543276543"[i] - (digit[i] - '0') * '0';
    }
    k1 = ((remainder - first) % 11 + 11) % 11;
    second += k1 * 2;
    k2 = (11 - second % 11) % 11;
    digit[9] = (char)('0' + k1);
    digit[10] = (char)('0' + k2);
    digit[11] = '\0';
    return k1 < 10 && k2 < 10;
}

/* The next number from individual on that can be built. */
static int build_from(int day, int month, int yy, int individual, int remainder, char digit[12])
{
    while (!build(day, month, yy, individual, remainder, digit))
        individual++;
    return individual;
}

START_TEST(kinds)
{
    static const struct {
        int day, month;
        bool d_number, synthetic;
        enum tr_code code;
    } table[] = {
        {24, 12, false, false, TR_OK}, {64, 12, true, false, TR_OK},  {24, 52, false, true, TR_OK},
        {24, 77, false, true, TR_OK},  {24, 92, false, true, TR_OK},  {64, 92, true, true, TR_OK},
        {41, 41, true, true, TR_OK},   {71, 81, true, true, TR_OK},   {1, 66, false, true, TR_OK},
        {0, 1, .code = TR_E_IDNUM_DATE},  {32, 1, .code = TR_E_IDNUM_DATE},  {40, 1, .code = TR_E_IDNUM_DATE},
        {72, 1, .code = TR_E_IDNUM_DATE}, {1, 0, .code = TR_E_IDNUM_DATE},   {1, 13, .code = TR_E_IDNUM_DATE},
        {1, 40, .code = TR_E_IDNUM_DATE}, {1, 53, .code = TR_E_IDNUM_DATE},  {1, 65, .code = TR_E_IDNUM_DATE},
        {1, 78, .code = TR_E_IDNUM_DATE}, {1, 80, .code = TR_E_IDNUM_DATE},  {1, 93, .code = TR_E_IDNUM_DATE},
        {31, 44, .code = TR_E_IDNUM_DATE}, {30, 82, .code = TR_E_IDNUM_DATE},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_idnum n;
        char digit[12];
        enum tr_code code;

        build_from(table[i].day, table[i].month, 80, 0, 0, digit);
        code = tr_idnum_parse(tr_str(digit), &n);
        ck_assert_msg(code == table[i].code, "%s: %s", digit, tr_code_name(code));
        if (code == TR_OK) {
            ck_assert_int_eq(n.d_number, table[i].d_number);
            ck_assert_int_eq(n.synthetic, table[i].synthetic);
            ck_assert(!n.reform && n.birth_year == 1980);
        }
    }
}
END_TEST

START_TEST(remainders)
{
    for (int remainder = 0; remainder <= 10; remainder++) {
        struct tr_idnum n;
        char digit[12];
        enum tr_code code;

        build_from(24, 12, 80, 100, remainder, digit);
        code = tr_idnum_parse(tr_str(digit), &n);
        ck_assert_int_eq(code, remainder <= 3 ? TR_OK : TR_E_IDNUM_CHECK);
        if (code)
            continue;
        ck_assert_int_eq(n.reform, remainder > 0);
        ck_assert_int_eq(n.birth_year, remainder ? 0 : 1980);
    }
}
END_TEST

/* Every change of one digit, and every swap of two neighbours that differ, is refused, or read as a
 * number of the reform when the first remainder says so. */
START_TEST(typing_errors)
{
    for (int k = 0; k < 200; k++) {
        char digit[12], wrong[12];
        struct tr_idnum n;
        int sum;

        build_from(1 + k % 28, 1 + k % 12, k % 100, 5 * k % 500, 0, digit);
        for (int i = 0; i < 11; i++)
            for (char c = '0'; c <= '9'; c++) {
                if (c == digit[i])
                    continue;
                memcpy(wrong, digit, sizeof wrong);
                wrong[i] = c;
                sum = 0;
                for (int w = 0; w < 10; w++)
                    sum += (wrong[w] - '0') * ("3761894521"[w] - '0');
                if (tr_idnum_parse(tr_str(wrong), &n) == TR_OK)
                    ck_assert_msg(n.reform && sum % 11 >= 1 && sum % 11 <= 3, "%s for %s", wrong, digit);
            }
    }
}
END_TEST

START_TEST(centuries)
{
    static const struct {
        int from, to, yy_from, yy_to, century;
    } table[] = {{0, 499, 0, 99, 1900},    {500, 749, 54, 99, 1800}, {500, 999, 0, 39, 2000},
                 {900, 999, 40, 99, 1900}, {500, 899, 40, 53, 0},    {750, 899, 54, 99, 0}};
    int n = 0;

    for (size_t i = 0; i < COUNT(table); i++)
        for (int yy = table[i].yy_from; yy <= table[i].yy_to; yy++)
            for (int individual = table[i].from; individual <= table[i].to; individual++) {
                struct tr_idnum id;
                char digit[12];

                if (!build(15, 6, yy, individual, 0, digit))
                    continue;
                n++;
                ck_assert_int_eq(tr_idnum_parse(tr_str(digit), &id), TR_OK);
                ck_assert_int_eq(id.birth_year, table[i].century ? table[i].century + yy : 0);
            }
    ck_assert_int_gt(n, 70000);
}
END_TEST

/* Every pair of individual digits and year of a D-number that can be built, against a grid that says what each
 * stands for: years up to 39 and from 40 across, hundreds of the individual digits down. */
START_TEST(d_number_centuries)
{
    static const int century[10][2] = {{1900, 1900}, {1900, 1900}, {2000, 1900}, {2000, 1900}, {2000, 1900},
                                       {2000, 1800}, {2000, 1900}, {2000, 1900}, {2000, 1900}, {2000, 1900}};
    int n = 0;

    for (int yy = 0; yy <= 99; yy++)
        for (int individual = 0; individual <= 999; individual++) {
            int expected = century[individual / 100][yy >= 40] + yy;
            struct tr_idnum id;
            char digit[12];

            if (!build(41 + yy % 28, 86, yy, individual, 0, digit))
                continue;
            n++;
            ck_assert_int_eq(tr_idnum_parse(tr_str(digit), &id), TR_OK);
            ck_assert(id.d_number && id.month == 0 && id.day == 0);
            ck_assert_int_eq(id.birth_year, expected >= 1840 && expected < 1858 ? 0 : expected);
        }
    ck_assert_int_gt(n, 70000);
}
END_TEST

START_TEST(leap_days)
{
    static const struct {
        int yy, individual, remainder;
        enum tr_code code;
    } table[] = {
        {0, 100, 0, TR_E_IDNUM_DATE}, /* 1900 */
        {0, 600, 0, TR_OK},           /* 2000 */
        {4, 100, 0, TR_OK},           /* 1904 */
        {3, 100, 0, TR_E_IDNUM_DATE}, {96, 100, 0, TR_OK},
        {60, 600, 0, TR_OK}, /* 1860 */
        {99, 600, 0, TR_E_IDNUM_DATE},
        {0, 100, 2, TR_OK}, /* the reform: 1900 or 2000 */
        {3, 100, 2, TR_E_IDNUM_DATE},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_idnum n;
        char digit[12];

        build_from(29, 2, table[i].yy, table[i].individual, table[i].remainder, digit);
        ck_assert_msg(tr_idnum_parse(tr_str(digit), &n) == table[i].code, "%s", digit);
    }
}
END_TEST

/* FH-numbers: any of eleven digits that can be built and begins with 8 or 9; a change of one digit is found. */
START_TEST(fh_numbers)
{
    char digit[12];
    int n = 0;

    for (int k = 0; k < 4000; k++) {
        bool fits = build(80 + k % 20, k % 100, (7 * k) % 100, k % 1000, 0, digit);
        struct tr_idnum id;

        if (!fits)
            continue;
        n++;
        ck_assert(tr_idnum_is_fh(tr_str(digit)));
        ck_assert_int_ne(tr_idnum_parse(tr_str(digit), &id), TR_OK);
        digit[k % 11] = (char)('0' + (digit[k % 11] - '0' + 1) % 10);
        ck_assert(!tr_idnum_is_fh(tr_str(digit)));
    }
    ck_assert_int_gt(n, 2000);
    build_from(24, 12, 80, 0, 0, digit);
    ck_assert(!tr_idnum_is_fh(tr_str(digit)));
}
END_TEST

/* DUF-numbers: the weight of each digit by its place, from the left. */
START_TEST(duf_numbers)
{
    static const int weight[] = {4, 6, 3, 2, 4, 6, 3, 2, 7, 5};
    char digit[40];

    for (int k = 0; k < 2000; k++) {
        int sum = 0;

        snprintf(digit, sizeof digit, "%04u%06u", 1990u + (unsigned)k % 40, (unsigned)k * 7919 % 1000000);
        for (int i = 0; i < 10; i++)
            sum += weight[i] * (digit[i] - '0');
        digit[10] = (char)('0' + sum % 11 / 10);
        digit[11] = (char)('0' + sum % 11 % 10);
        digit[12] = '\0';
        ck_assert(tr_idnum_is_duf(tr_str(digit)));
        digit[k % 12] = (char)('0' + (digit[k % 12] - '0' + 1) % 10);
        ck_assert_msg(!tr_idnum_is_duf(tr_str(digit)), "%s", digit);
    }
}
END_TEST

START_TEST(lengths)
{
    static const struct {
        const char *text;
        enum tr_code code;
    } table[] = {{"", TR_E_IDNUM_LENGTH},           {"1", TR_E_IDNUM_LENGTH},           {"123456789", TR_E_IDNUM_LENGTH},
                 {"1234567890", TR_E_IDNUM_ZERO},   {"12345 67890", TR_E_IDNUM_ZERO},   {"123456789012", TR_E_IDNUM_LENGTH},
                 {"123456 789012", TR_E_IDNUM_LENGTH}};
    char digit[12], spaced[16];
    struct tr_idnum n;

    for (size_t i = 0; i < COUNT(table); i++)
        ck_assert_msg(tr_idnum_parse(tr_str(table[i].text), &n) == table[i].code, "%s", table[i].text);
    build_from(24, 12, 80, 0, 0, digit);
    snprintf(spaced, sizeof spaced, "%.6s %s", digit, digit + 6);
    ck_assert_int_eq(tr_idnum_parse(tr_str(spaced), &n), TR_OK);
}
END_TEST

START_TEST(as_an_id)
{
    static const char *const in[] = {"10839421953", "H-10839421953", "10839421953/2", "sak 108394 21953",
                                     "108394-21953-x", "108394.21953"};
    static const char *const not_in[] = {"", "H-10839421954", "H-108394219530", "1108394 21953", "2026-0000123",
                                         "108394 2195", "x108394x21953"};
    static const char *const is[] = {"10839421953", "108394 21953", "10.83.94-21953", "1 0 8 3 9 4 2 1 9 5 3"};
    static const char *const is_not[] = {"", "1083942195", "108394219530", "10839421954", "R-10839421953",
                                         "10839421953a", "00000000000", "R-2026-0001"};

    for (size_t i = 0; i < COUNT(is); i++)
        ck_assert_msg(tr_idnum_is_one(tr_str(is[i])), "%s", is[i]);
    for (size_t i = 0; i < COUNT(is_not); i++)
        ck_assert_msg(!tr_idnum_is_one(tr_str(is_not[i])), "%s", is_not[i]);
    for (size_t i = 0; i < COUNT(in); i++)
        ck_assert_msg(tr_idnum_is_in(tr_str(in[i])), "%s", in[i]);
    for (size_t i = 0; i < COUNT(not_in); i++)
        ck_assert_msg(!tr_idnum_is_in(tr_str(not_in[i])), "%s", not_in[i]);
}
END_TEST

MAIN("idnum",
     {date, COUNT(dates)},
     {date_in_a_cell, COUNT(written)},
     {time_of_day},
     {numbers},
     {every_day_exists},
     {kinds},
     {remainders},
     {typing_errors},
     {centuries},
     {d_number_centuries},
     {fh_numbers},
     {duf_numbers},
     {leap_days},
     {lengths},
     {as_an_id})

/* Holidays and working days of every year there is, against a list made another way; spans of time:
 * what is read, what is refused, where months end and the calendar ends. */
#include "made.h"

#include "base/calendar.h"

static int32_t day_of(int year, int month, int day)
{
    return tr_date_number((struct tr_date){year, month, day});
}

/* ---- the same calendar, made another way ---- */

static bool leap(int year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int month_days(int year, int month)
{
    return month == 2 ? 28 + leap(year) : 30 + (month + month / 8) % 2;
}

/* Easter Sunday as a day of March, 1 to 56, by the tables of the moon of Clavius: the Sunday behind
 * the 14th day of the moon, which is never before 21 March. See D. Knuth, The Art of Computer
 * Programming, 1.3.2, exercise 14. */
static int easter_in_march(int year)
{
    int golden = year % 19 + 1, century = year / 100 + 1;
    int lost_leap_days = 3 * century / 4 - 12, moon_shift = (8 * century + 5) / 25 - 5;
    int sunday = 5 * year / 4 - lost_leap_days - 10;
    int epact = (11 * golden + 20 + moon_shift - lost_leap_days) % 30, full;

    epact += epact == 24 || (epact == 25 && golden > 11);
    full = 44 - epact;
    full += full < 21 ? 30 : 0;
    return full + 7 - (sunday + full) % 7;
}

/* The days off of a year: off[month][day]. */
static void list_holidays(int year, bool off[13][32])
{
    static const int moved[] = {-3, -2, 0, 1, 39, 49, 50};

    memset(off, 0, 13 * 32 * sizeof off[0][0]);
    off[1][1] = off[5][1] = off[5][17] = off[12][25] = off[12][26] = true;
    for (size_t i = 0; i < COUNT(moved); i++) {
        int month = 3, day = easter_in_march(year) + moved[i];

        for (; day > month_days(year, month); month++)
            day -= month_days(year, month);
        off[month][day] = true;
    }
}

START_TEST(every_day)
{
    bool off[13][32];
    int32_t day = day_of(1, 1, 1);
    int weekday = 0; /* 1 January of the year 1 was a Monday */

    for (int year = 1; year <= 9999; year++) {
        list_holidays(year, off);
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= month_days(year, month); d++, day++, weekday = (weekday + 1) % 7)
                if (tr_weekday(day) != weekday || tr_holiday(day) != off[month][d] ||
                    tr_working_day(day) != (weekday < 5 && !off[month][d]))
                    ck_abort_msg("%04d-%02d-%02d: weekday %d, holiday %d, working day %d", year,
                                 month, d, tr_weekday(day), tr_holiday(day), tr_working_day(day));
    }
    ck_assert_int_eq(day - 1, day_of(9999, 12, 31));
    ck_assert_int_eq(tr_weekday(day_of(2000, 1, 1)), 5);
    ck_assert_int_eq(tr_weekday(day_of(9999, 12, 31)), 4);
}
END_TEST

/* As almanacs have them: the earliest and the latest there are, and those for which simple rules
 * fail. */
static const char *const easters[] = {
    "1761-03-22", "1818-03-22", "1886-04-25", "1900-04-15", "1913-03-23", "1943-04-25",
    "1954-04-18", "1961-04-02", "1981-04-19", "1999-04-04", "2000-04-23", "2008-03-23",
    "2011-04-24", "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09",
    "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01",
    "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22",
};

START_TEST(known_easters)
{
    for (size_t i = 0; i < COUNT(easters); i++) {
        int32_t sunday = day_read(easters[i]);

        ck_assert_msg(tr_weekday(sunday) == 6, "%s", easters[i]);
        for (int after = -10; after <= 60; after++) {
            struct tr_date d = tr_date_of(sunday + after);
            bool moved = after == -3 || after == -2 || after == 0 || after == 1 || after == 39 ||
                         after == 49 || after == 50;
            bool fixed = d.month == 5 && (d.day == 1 || d.day == 17);

            ck_assert_msg(tr_holiday(sunday + after) == (moved || fixed), "%s %+d", easters[i],
                          after);
        }
    }
}
END_TEST

static const struct {
    const char *day, *working;
} nexts[] = {
    {"2026-11-20", "2026-11-20"}, /* a Friday */
    {"2026-11-21", "2026-11-23"},
    {"2026-11-22", "2026-11-23"},
    {"2026-04-01", "2026-04-01"},
    {"2026-04-02", "2026-04-07"}, /* from Maundy Thursday to Easter Monday */
    {"2026-04-06", "2026-04-07"},
    {"2026-05-01", "2026-05-04"},
    {"2026-05-14", "2026-05-15"}, /* Ascension Day */
    {"2026-05-17", "2026-05-18"},
    {"2026-05-24", "2026-05-26"}, /* Pentecost */
    {"2027-05-15", "2027-05-18"}, /* Pentecost Monday is 17 May */
    {"2026-12-24", "2026-12-24"},
    {"2026-12-25", "2026-12-28"},
    {"2026-12-31", "2026-12-31"},
    {"2027-01-01", "2027-01-04"},
    {"2028-02-29", "2028-02-29"},
    {"0001-01-01", "0001-01-02"},
    {"9999-12-25", "9999-12-27"},
    {"9999-12-31", "9999-12-31"},
    {"-", "-"},
};

START_TEST(next_working_day)
{
    for (size_t i = 0; i < COUNT(nexts); i++)
        ck_assert_msg(tr_working_day_from(day_read(nexts[i].day)) == day_read(nexts[i].working),
                      "%s", nexts[i].day);
    ck_assert_int_eq(tr_working_day_from(day_of(9999, 12, 31) + 1), TR_NO_DAY);
    for (int32_t day = day_of(1900, 1, 1), next = day; day < day_of(2101, 1, 1); day++) {
        if (next < day)
            next = day;
        while (!tr_working_day(next))
            next++;
        ck_assert_int_eq(tr_working_day_from(day), next);
    }
}
END_TEST

/* ---- spans ---- */

static const struct {
    const char *text;
    struct tr_duration span;
} spans[] = {
    {"P0D", {0, 0, 0}},       {"P3M", {3, 0, 0}},        {"P4W", {0, 28, 0}},
    {"P14D", {0, 14, 0}},     {"P1Y", {12, 0, 0}},       {"P1Y6M", {18, 0, 0}},
    {"P1M1D", {1, 1, 0}},     {"P2W3D", {0, 17, 0}},     {"P1Y2M3W4D", {14, 25, 0}},
    {"-P7D", {0, -7, 0}},     {"-P1M2D", {-1, -2, 0}},   {"P007D", {0, 7, 0}},
    {"P9999D", {0, 9999, 0}}, {"P9999Y", {119988, 0, 0}}, {"3wd", {0, 0, 3}},
    {"0wd", {0, 0, 0}},       {"-10wd", {0, 0, -10}},    {"9999wd", {0, 0, 9999}},
};

static const char *const no_spans[] = {
    "",      "P",      "-",     "-P",     "--P1D", "+P1D",  "P-1D",   "P1",     "1",     "1D",
    "p1d",   "P1d",    "P1.5D", "P1,5D",  "P 1D",  " P1D",  "P1D ",   "P1D1D",  "P1D1M", "P1W1M",
    "P1M1Y", "PT1H",   "P1DT1H", "P1H",   "PD",    "wd",    "-wd",    "3 wd",   "3WD",   "3wd ",
    "3w",    "3d",     "P3wd",  "P10000D", "10000wd", "P99999999999999999999D", "P1D3wd", "3wdP1D",
};

START_TEST(spans_that_are_read)
{
    for (size_t i = 0; i < COUNT(spans); i++) {
        struct tr_duration got = {9, 9, 9}, want = spans[i].span;

        ck_assert_msg(tr_duration_parse(tr_str(spans[i].text), &got) &&
                          memcmp(&got, &want, sizeof got) == 0,
                      "%s: %d months, %d days, %d working days", spans[i].text, got.months,
                      got.days, got.working_days);
    }
}
END_TEST

START_TEST(spans_that_are_refused)
{
    struct tr_duration got;

    for (size_t i = 0; i < COUNT(no_spans); i++)
        ck_assert_msg(!tr_duration_parse(tr_str(no_spans[i]), &got), "%s", no_spans[i]);
    ck_assert(!tr_duration_parse((struct tr_str){"P1D", 4}, &got)); /* with its NUL */
    ck_assert(!tr_duration_parse((struct tr_str){"P1\0D", 3}, &got));
    ck_assert(!tr_duration_parse((struct tr_str){NULL, 0}, &got));
}
END_TEST

static const struct {
    const char *from, *span, *to;
} sums[] = {
    {"2026-01-31", "P1M", "2026-02-28"},
    {"2028-01-31", "P1M", "2028-02-29"},
    {"2028-01-30", "P1M", "2028-02-29"},
    {"2028-02-29", "P1Y", "2029-02-28"},
    {"2028-02-29", "P4Y", "2032-02-29"},
    {"2096-02-29", "P4Y", "2100-02-28"}, /* no leap year */
    {"1996-02-29", "P4Y", "2000-02-29"}, /* one */
    {"2026-03-31", "-P1M", "2026-02-28"},
    {"2026-05-31", "-P3M", "2026-02-28"},
    {"2026-01-15", "-P1M", "2025-12-15"},
    {"2026-12-15", "P1M", "2027-01-15"},
    {"2026-01-31", "P3M", "2026-04-30"},
    {"2026-01-31", "P1M1D", "2026-03-01"}, /* months first */
    {"2026-02-28", "P1M", "2026-03-28"},
    {"2026-11-21", "P0D", "2026-11-21"},
    {"2026-11-21", "P4W", "2026-12-19"},
    {"2026-11-21", "0wd", "2026-11-21"}, /* though it is a Saturday */
    {"2026-11-21", "1wd", "2026-11-23"},
    {"2026-11-20", "1wd", "2026-11-23"},
    {"2026-11-20", "5wd", "2026-11-27"},
    {"2026-11-23", "-1wd", "2026-11-20"},
    {"2026-11-22", "-1wd", "2026-11-20"},
    {"2026-04-01", "1wd", "2026-04-07"},
    {"2026-12-23", "3wd", "2026-12-29"},
    {"2026-12-30", "2wd", "2027-01-04"},
    {"0001-01-01", "P0D", "0001-01-01"},
    {"0001-01-01", "-P1D", "-"},
    {"0001-01-31", "-P1M", "-"},
    {"0001-02-01", "-P1M", "0001-01-01"},
    {"0001-02-28", "-P58D", "0001-01-01"},
    {"0001-02-28", "-P59D", "-"},
    {"0001-01-02", "-1wd", "-"}, /* 1 January is none */
    {"0001-01-01", "P9998Y", "9999-01-01"},
    {"0001-01-01", "P9999Y", "-"},
    {"9999-12-31", "P0D", "9999-12-31"},
    {"9999-12-31", "P1D", "-"},
    {"9999-12-31", "P1M", "-"},
    {"9999-12-31", "1wd", "-"},
    {"9999-11-30", "P1M", "9999-12-30"},
    {"9999-12-30", "1wd", "9999-12-31"},
    {"9999-12-31", "-P9998Y", "0001-12-31"},
    {"-", "P1D", "-"},
    {"-", "-P1M", "-"},
    {"-", "1wd", "-"},
};

START_TEST(days_so_long_after)
{
    for (size_t i = 0; i < COUNT(sums); i++) {
        struct tr_duration span;
        int32_t got;

        ck_assert(tr_duration_parse(tr_str(sums[i].span), &span));
        got = tr_day_plus(day_read(sums[i].from), span);
        ck_assert_msg(got == day_read(sums[i].to), "%s %s is %s", sums[i].from, sums[i].span,
                      day_shown(got));
    }
}
END_TEST

/* All days of some years, leap years among them, and all months around. */
START_TEST(month_ends)
{
    for (int32_t day = day_of(1999, 1, 1); day < day_of(2005, 1, 1); day++)
        for (int months = -40; months <= 40; months++) {
            struct tr_date from = tr_date_of(day), want = from;

            for (int k = 0; k < abs(months); k++) {
                want.month += months < 0 ? -1 : 1;
                want.year += want.month == 13 ? 1 : want.month == 0 ? -1 : 0;
                want.month = want.month == 13 ? 1 : want.month == 0 ? 12 : want.month;
            }
            if (want.day > month_days(want.year, want.month))
                want.day = month_days(want.year, want.month);
            ck_assert_int_eq(tr_day_plus(day, (struct tr_duration){.months = months}),
                             tr_date_number(want));
        }
}
END_TEST

START_TEST(working_days)
{
    for (int32_t day = day_of(2025, 1, 1); day < day_of(2028, 1, 1); day++)
        for (int n = -30; n <= 30; n++) {
            int32_t got = tr_day_plus(day, (struct tr_duration){.working_days = n});
            int between = 0;

            for (int32_t d = got < day ? got : day + 1; d < (got < day ? day : got + 1); d++)
                between += tr_working_day(d);
            ck_assert_msg(between == abs(n) && (n == 0 ? got == day : tr_working_day(got)) &&
                              (n <= 0 || got > day) && (n >= 0 || got < day),
                          "%s %+d is %s", day_shown(day), n, day_shown(got));
        }
}
END_TEST

START_TEST(ends)
{
    const struct tr_duration none = {0};
    int32_t first = day_of(1, 1, 1), last = day_of(9999, 12, 31);

    ck_assert_int_eq(tr_day_plus(first, none), first);
    ck_assert_int_eq(tr_day_plus(first - 1, none), TR_NO_DAY);
    ck_assert_int_eq(tr_day_plus(last, none), last);
    ck_assert_int_eq(tr_day_plus(last + 1, none), TR_NO_DAY);
}
END_TEST

/* Counted day by day, over spans of every length up to some years. */
START_TEST(working_days_in_a_span)
{
    static const int32_t years[] = {1, 1600, 2008, 2025, 9990}; /* 2008: Ascension Day is 1 May */

    for (size_t y = 0; y < COUNT(years); y++)
        for (int32_t first = day_of(years[y], 1, 1), end = first + 400; first < end; first += 7) {
            int32_t n = 0;

            ck_assert_int_eq(tr_working_days_between(first, first - 3), 0);
            for (int32_t last = first; last < first + 1200; n += tr_working_day(++last))
                ck_assert_msg(tr_working_days_between(first, last) == n, "%s to %s",
                              day_shown(first), day_shown(last));
        }
}
END_TEST

MAIN("calendar", {every_day}, {known_easters}, {next_working_day}, {spans_that_are_read},
     {spans_that_are_refused}, {days_so_long_after}, {month_ends}, {working_days},
     {working_days_in_a_span}, {ends})

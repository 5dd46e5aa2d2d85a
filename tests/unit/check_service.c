/* When a service is open, in the words of opening_hours; moments; the catalogue of a profile, and
 * what it refuses. */
#include "made.h"

#include "domain/routine/service.h"

#define NIGHTS "Mo 20:00-24:00; Tu-Fr 00:00-08:00,20:00-24:00; Sa 00:00-08:00"

/* Of November 2026, which has no holidays: the 16th is a Monday. 25 December 2026 is a Friday, 17 May
 * 2027 a Monday. */
static const struct {
    const char *hours, *moment;
    int open;
} cases[] = {
    {"", "2026-11-16T10:00", -1},
    /* the minutes at both ends */
    {"Mo-Fr 09:00-15:00", "2026-11-16T08:59", 0},
    {"Mo-Fr 09:00-15:00", "2026-11-16T09:00", 1},
    {"Mo-Fr 09:00-15:00", "2026-11-16T14:59", 1},
    {"Mo-Fr 09:00-15:00", "2026-11-16T15:00", 0},
    {"Mo-Fr 09:00-15:00", "2026-11-20T09:00", 1},
    {"Mo-Fr 09:00-15:00", "2026-11-21T09:00", 0},
    {"Mo-Fr 09:00-15:00", "2026-11-22T09:00", 0},
    {"Mo 00:00-24:00", "2026-11-16T00:00", 1},
    {"Mo 00:00-24:00", "2026-11-16T23:59", 1},
    {"Mo 00:00-24:00", "2026-11-17T00:00", 0},
    /* the day as a whole */
    {"Mo-Fr 09:00-15:00", "2026-11-16", 1},
    {"Mo-Fr 09:00-15:00", "2026-11-21", 0},
    {"Mo-Fr 09:00-15:00; PH off", "2026-12-25", 0},
    /* every day by its name */
    {"Mo 09:00-10:00", "2026-11-16", 1},
    {"Tu 09:00-10:00", "2026-11-17", 1},
    {"We 09:00-10:00", "2026-11-18", 1},
    {"Th 09:00-10:00", "2026-11-19", 1},
    {"Fr 09:00-10:00", "2026-11-20", 1},
    {"Sa 09:00-10:00", "2026-11-21", 1},
    {"Su 09:00-10:00", "2026-11-22", 1},
    {"Su 09:00-10:00", "2026-11-21", 0},
    /* lists, spans that go around the week */
    {"Mo,We,Fr 09:00-10:00", "2026-11-18T09:30", 1},
    {"Mo,We,Fr 09:00-10:00", "2026-11-19T09:30", 0},
    {"Mo-We,Fr 09:00-10:00", "2026-11-17T09:30", 1},
    {"Mo-We,Fr 09:00-10:00", "2026-11-20T09:30", 1},
    {"Mo-We,Fr 09:00-10:00", "2026-11-19T09:30", 0},
    {"Sa-Mo 09:00-10:00", "2026-11-21T09:30", 1},
    {"Sa-Mo 09:00-10:00", "2026-11-22T09:30", 1},
    {"Sa-Mo 09:00-10:00", "2026-11-16T09:30", 1},
    {"Sa-Mo 09:00-10:00", "2026-11-17T09:30", 0},
    {"Sa-Mo 09:00-10:00", "2026-11-20T09:30", 0},
    {"Fr-Tu 09:00-10:00", "2026-11-16T09:30", 1},
    {"Fr-Tu 09:00-10:00", "2026-11-18T09:30", 0},
    {"Tu-Tu 09:00-10:00", "2026-11-17", 1},
    {"Tu-Tu 09:00-10:00", "2026-11-18", 0},
    {"Mo 08:00-12:00,13:00-15:00", "2026-11-16T11:59", 1},
    {"Mo 08:00-12:00,13:00-15:00", "2026-11-16T12:30", 0},
    {"Mo 08:00-12:00,13:00-15:00", "2026-11-16T13:00", 1},
    {"Mo-Th 09:00-15:00; Fr 09:00-12:00", "2026-11-19T14:00", 1},
    {"Mo-Th 09:00-15:00; Fr 09:00-12:00", "2026-11-20T14:00", 0},
    {"Mo-Th 09:00-15:00;Fr 09:00-12:00", "2026-11-20T11:00", 1},
    /* a part replaces what was said of its days, and of no others */
    {"Mo-Fr 08:00-15:00; Fr 08:00-12:00", "2026-11-20T13:00", 0},
    {"Mo-Fr 08:00-15:00; Fr 08:00-12:00", "2026-11-20T11:00", 1},
    {"Mo-Fr 08:00-15:00; Fr 08:00-12:00", "2026-11-19T13:00", 1},
    {"Fr 08:00-12:00; Mo-Fr 08:00-15:00", "2026-11-20T13:00", 1},
    {"Mo-Fr 08:00-12:00; We 16:00-20:00", "2026-11-18T10:00", 0},
    {"Mo-Fr 08:00-12:00; We 16:00-20:00", "2026-11-18", 1},
    {"Mo-Fr 08:00-12:00; We 08:00-12:00,16:00-20:00", "2026-11-18T10:00", 1},
    {"24/7; Mo 09:00-10:00", "2026-11-16T12:00", 0},
    {"24/7; Mo 09:00-10:00", "2026-11-17T12:00", 1},
    {"Mo 09:00-10:00; 24/7", "2026-11-16T12:00", 1},
    /* nights, as the manual has them */
    {NIGHTS, "2026-11-16T07:00", 0},
    {NIGHTS, "2026-11-16T23:00", 1},
    {NIGHTS, "2026-11-17T07:00", 1},
    {NIGHTS, "2026-11-20T23:00", 1},
    {NIGHTS, "2026-11-21T07:00", 1},
    {NIGHTS, "2026-11-21T23:00", 0},
    {NIGHTS, "2026-11-22T02:00", 0},
    /* always; and public holidays */
    {"24/7", "2026-11-22T03:00", 1},
    {"24/7", "2026-12-25T03:00", 1},
    {"24/7", "2026-12-25", 1},
    {"24/7; PH off", "2026-12-25T03:00", 0},
    {"24/7; PH off", "2026-12-24T03:00", 1},
    {"Mo-Fr 09:00-15:00", "2026-12-25T10:00", 1},
    {"Mo-Fr 09:00-15:00; PH off", "2026-12-25T10:00", 0},
    {"PH off; Mo-Fr 09:00-15:00", "2026-12-25T10:00", 0},
    {"Mo-Fr 09:00-15:00; PH off", "2026-12-24T10:00", 1},
    {"Mo-Fr 09:00-15:00; PH off", "2027-05-17T10:00", 0},
    {"PH off", "2026-11-16T10:00", 0},
    /* what is not understood, open or not */
    {"Mo-Fr", "2026-11-16T10:00", -2},
    {"09:00-15:00", "2026-11-16T10:00", -2},
    {"Mo-Fr 9:00-15:00", "2026-11-16T10:00", -2},
    {"Mo-Fr 09.00-15.00", "2026-11-16T10:00", -2},
    {"Mo-Fr 09:00", "2026-11-16T10:00", -2},
    {"Mo-Fr 09:00-", "2026-11-16T10:00", -2},
    {"Mo-Fr 09:00-15:00+", "2026-11-16T10:00", -2},
    {"Mo-Fr  09:00-15:00", "2026-11-16T10:00", -2},
    {"Mo-Fr 09:00-15:00,", "2026-11-16T10:00", -2},
    {"Mo-Fr 09:00-15:00;", "2026-11-16T10:00", -2},
    {";Mo-Fr 09:00-15:00", "2026-11-16T10:00", -2},
    {"Mo-Fr 09:00-15:00 PH off", "2026-11-16T10:00", -2},
    {"mo-fr 09:00-15:00", "2026-11-16T10:00", -2},
    {"ma-fr 09:00-15:00", "2026-11-16T10:00", -2},
    {"Mo-Xx 09:00-15:00", "2026-11-16T10:00", -2},
    {"Mo- 09:00-15:00", "2026-11-16T10:00", -2},
    {"-Fr 09:00-15:00", "2026-11-16T10:00", -2},
    {"Mo, Fr 09:00-15:00", "2026-11-16T10:00", -2},
    {"Mo 15:00-09:00", "2026-11-16T10:00", -2},
    {"Mo 09:00-09:00", "2026-11-16T10:00", -2},
    {"Mo 09:60-15:00", "2026-11-16T10:00", -2},
    {"Mo 09:00-24:01", "2026-11-16T10:00", -2},
    {"Mo 09:00-25:00", "2026-11-16T10:00", -2},
    {"Mo 0a:00-15:00", "2026-11-16T10:00", -2},
    {"PH", "2026-11-16T10:00", -2},
    {"ph off", "2026-11-16T10:00", -2},
    {"24/7 x", "2026-11-16T10:00", -2},
    {"24/7; x", "2026-11-16T10:00", -2},
    {"closed", "2026-11-16T10:00", -2},
    {"M", "2026-11-16T10:00", -2},
    {" ", "2026-11-16T10:00", -2},
};

/* A weekday that two parts name. */
START_TEST(named_twice)
{
    static const struct {
        const char *hours;
        int day;
    } named[] = {
        {"Mo-Fr 08:00-15:00; Fr 08:00-12:00", 4}, {"Fr 08:00-12:00; Mo-Fr 08:00-15:00", 4},
        {"Mo-Fr 08:00-12:00; We 16:00-20:00; Tu 16:00-20:00", 1},
        {"24/7; Mo 09:00-10:00", 0}, {"Sa-Mo 09:00-10:00; Su 12:00-13:00", 6},
        {"Mo-Fr 09:00-15:00; PH off", -1}, {"Mo-Th 09:00-15:00;Fr 09:00-12:00", -1},
        {"Mo-Fr 08:00-12:00,16:00-20:00", -1}, {"24/7; PH off", -1}, {"", -1}, {"åpent", -1},
    };

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        ck_assert_int_eq(tr_hours_named_twice(tr_str(named[i].hours)), named[i].day);
}
END_TEST

START_TEST(hours)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct tr_moment at;
        int got;

        ck_assert_msg(tr_moment_parse(tr_str(cases[i].moment), &at), "%s", cases[i].moment);
        got = tr_hours_open(tr_str(cases[i].hours), at);
        ck_assert_msg(got == cases[i].open, "'%s' at %s: %d, not %d", cases[i].hours,
                      cases[i].moment, got, cases[i].open);
    }
    /* no day is before the first or behind the last */
    ck_assert_int_eq(tr_hours_open(TR_STR("Mo 09:00-10:00; PH off"),
                                   (struct tr_moment){day_read("0001-01-01"), 570}), 0);
    ck_assert_int_eq(tr_hours_open(TR_STR("Fr 09:00-10:00; PH off"),
                                   (struct tr_moment){day_read("9999-12-31"), 570}), 1);
}
END_TEST

static const struct {
    const char *text, *day;
    int32_t minute;
} moments[] = {
    {"2026-11-21", "2026-11-21", -1},          {"2026-11-21T00:00", "2026-11-21", 0},
    {"2026-11-21T14:05", "2026-11-21", 845},   {"2026-11-21T23:59", "2026-11-21", 1439},
    {"0001-01-01T00:01", "0001-01-01", 1},     {"9999-12-31", "9999-12-31", -1},
    {"2028-02-29T12:00", "2028-02-29", 720},
};

static const char *const no_moments[] = {
    "",
    "2026-11-21T",
    "2026-11-21T9:00",
    "2026-11-21T14",
    "2026-11-21T14:05:00",
    "2026-11-21T14:05Z",
    "2026-11-21T14:60",
    "2026-11-21T25:00",
    "2026-11-21 14:05",
    "2026-11-21t14:05",
    "2026-02-29T10:00",
    "2026-13-01",
    "0000-12-31",
    "10000-01-01",
    "T10:00",
    "10:00",
    "now",
};

START_TEST(points_in_time)
{
    struct tr_moment got;

    for (size_t i = 0; i < COUNT(moments); i++)
        ck_assert_msg(tr_moment_parse(tr_str(moments[i].text), &got) &&
                          got.day == day_read(moments[i].day) && got.minute == moments[i].minute,
                      "%s: %s, minute %d", moments[i].text, day_shown(got.day), got.minute);
    for (size_t i = 0; i < COUNT(no_moments); i++)
        ck_assert_msg(!tr_moment_parse(tr_str(no_moments[i]), &got), "%s", no_moments[i]);
    ck_assert(!tr_moment_parse((struct tr_str){"2026-11-21T10:00\0", 17}, &got));
}
END_TEST

/* ---- the catalogue ---- */

#define HEAD                                                                                       \
    "service,groups,provider,needs,label_nb,label_nn,label_en,scope_nb,scope_nn,scope_en,"         \
    "apply_nb,apply_nn,apply_en,hours,phone,after_hours,call_back\n"

static const struct made_table two_services[] = {
    {"services", HEAD "office,1|2,bydel,housing,Kontoret,Kontoret,The office,,,a scope,,,,"
                      "Mo-Fr 09:00-15:00; PH off,00 00 00 01,watch,1wd\n"
                      "watch,,others,,Vakta,Vakta,The watch,,,,,,,24/7,00 00 00 02,,\n"
                      "plain,,agency,,Ord,Ord,A word,,,,,,,,,,\n"},
    {NULL}};

static const struct {
    const char *moment;
    int open;
    const char *call_back;
} at_office[] = {
    {"2026-11-20T10:00", 1, "-"},          {"2026-11-20T15:00", 0, "2026-11-23"},
    {"2026-12-24T10:00", 1, "-"},          {"2026-12-24T20:00", 0, "2026-12-28"},
    {"2026-12-25T10:00", 0, "2026-12-28"}, {"2026-11-21", 0, "2026-11-23"},
    {"2026-11-20", 1, "-"},
};

START_TEST(catalogue)
{
    struct tr_profile p;
    struct tr_records all;
    struct tr_err err;
    struct tr_moment at;

    ck_assert_int_eq(made_profile(&p, two_services, &err), 0);
    for (size_t i = 0; i < COUNT(at_office); i++) {
        ck_assert(tr_moment_parse(tr_str(at_office[i].moment), &at));
        ck_assert_int_eq(tr_services_load(&all, &p, TR_EN, at, &err), 0);
        ck_assert_uint_eq(all.n, 3);
        ck_assert_msg(tr_service(&all, 0)->open == at_office[i].open &&
                          tr_service(&all, 0)->call_back == day_read(at_office[i].call_back),
                      "%s: %d, %s", at_office[i].moment, tr_service(&all, 0)->open,
                      day_shown(tr_service(&all, 0)->call_back));
        ck_assert_int_eq(tr_service(&all, 1)->open, 1);
        ck_assert_int_eq(tr_service(&all, 2)->open, -1);
        tr_records_clear(&all);
    }
    ck_assert_int_eq(tr_services_load(&all, &p, TR_NB, (struct tr_moment){TR_NO_DAY, -1}, &err), 0);
    ck_slice_eq(tr_service(&all, 0)->name, "Kontoret");
    ck_slice_eq(tr_service(&all, 0)->scope, "");
    ck_slice_eq(tr_service(&all, 0)->after_hours, "watch");
    ck_assert_int_eq(tr_service(&all, 0)->open, -1); /* no day, nothing said */
    ck_assert_int_eq(tr_service(&all, 0)->call_back, TR_NO_DAY);
    ck_assert_uint_eq(tr_service(&all, 0)->groups, 1u << 0 | 1u << 1);
    ck_assert_int_eq(tr_service(&all, 0)->provider,
                     tr_list_code(tr_profile_list(&p, "provider"), TR_STR("bydel")));
    ck_assert_int_eq(tr_records_find(&all, TR_STR("plain")), 2);
    tr_records_clear(&all);
    tr_profile_clear(&p);
}
END_TEST

static const struct {
    const char *row, *field;
    uint64_t line;
} wrong[] = {
    {"a,,bydel,,A,A,A,,,,,,,Mo-Fr,,,\n", "hours", 2},
    {"a,,nobody,,A,A,A,,,,,,,,,,\n", "provider", 2},
    {"a,,,,A,A,A,,,,,,,,,,\n", "provider", 2},
    {"a,8,bydel,,A,A,A,,,,,,,,,,\n", "groups", 2},
    {"a,1||2,bydel,,A,A,A,,,,,,,,,,\n", "groups", 2},
    {"a,,bydel,sleep,A,A,A,,,,,,,,,,\n", "needs", 2},
    {"a,,bydel,,A,A,A,,,,,,,,,b,\n", "after_hours", 2},
    {"a,,bydel,,A,A,A,,,,,,,,,,soon\n", "call_back", 2},
    {"a,,bydel,,A,A,A,,,,,,,,,,\na,,bydel,,A,A,A,,,,,,,,,,\n", "service", 3},
};

START_TEST(refusal)
{
    char text[1024];
    const struct made_table tables[] = {{"services", text}, {NULL}};
    struct tr_profile p;
    struct tr_records all;
    struct tr_err err;

    snprintf(text, sizeof text, "%s%s", HEAD, wrong[_i].row);
    ck_assert_int_eq(made_profile(&p, tables, &err), 0);
    ck_assert_int_eq(tr_services_load(&all, &p, TR_NB, (struct tr_moment){TR_NO_DAY, -1}, &err), -1);
    ck_assert_int_eq(err.code, TR_E_TABLE_CELL);
    ck_assert_str_eq(err.field, wrong[_i].field);
    ck_assert_uint_eq(err.line, wrong[_i].line);
    tr_records_clear(&all);
    tr_profile_clear(&p);
}
END_TEST

MAIN("service", {named_twice}, {hours}, {points_in_time}, {catalogue}, {refusal, COUNT(wrong)})

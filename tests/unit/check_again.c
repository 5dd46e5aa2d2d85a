/* When a place that was offered, and not taken, is open to the person again. */
#include "made.h"

#include "domain/places/again.h"

static const struct made_table made[] = {
    {"decline_reasons", "code,label_nb,label_nn,label_en,aliases,again\n"
                        "never,a,a,a,,nei\n"
                        "always,b,b,b,,ja\n"
                        "later,c,c,c,,P10D\n"
                        "month,d,d,d,,P1M\n"},
    {NULL, NULL},
};

enum { NEVER, ALWAYS, LATER, MONTH, NONE = -1, OFFER_DAYS = 7 };
static const int32_t ever = INT32_MAX;

/* The first day on which the place is open again; start: days are counted from there. */
static const struct {
    enum tr_stay_status status;
    int32_t to; /* days after start; -1: none */
    int32_t reason, open;
} cases[] = {
    {TR_STAY_DECLINED, -1, NONE, INT32_MAX},
    {TR_STAY_DECLINED, 3, NONE, INT32_MAX},
    {TR_STAY_DECLINED, 3, NEVER, INT32_MAX},
    {TR_STAY_DECLINED, 3, ALWAYS, 3},
    {TR_STAY_DECLINED, -1, ALWAYS, 0},
    {TR_STAY_DECLINED, 3, LATER, 13},
    {TR_STAY_DECLINED, -1, LATER, 10},
    {TR_STAY_DECLINED, 0, MONTH, 31},
    {TR_STAY_EXPIRED, -1, NONE, OFFER_DAYS + 5},
    {TR_STAY_EXPIRED, 2, NONE, 2 + 5},
    {TR_STAY_EXPIRED, 2, NEVER, 2 + 5}, /* nobody declined */
    {TR_STAY_OFFERED, -1, NONE, OFFER_DAYS + 5},
    {TR_STAY_OFFERED, 4, NONE, 4 + 5},
};

START_TEST(open_again)
{
    const int32_t start = tr_date_number((struct tr_date){2026, 1, 1});
    struct tr_profile profile;
    struct tr_again again;
    struct tr_err err;
    struct tr_stay s;

    ck_assert_int_eq(made_profile(&profile, made, &err), 0);
    ck_assert_int_eq(tr_again_load(&again, &profile, OFFER_DAYS, &err), 0);
    again.expired = (struct tr_again_after){.after = {.days = 5}};
    tr_kind_init(&tr_stay_kind, &s);
    s.from = start;
    s.status = cases[_i].status;
    s.to = cases[_i].to < 0 ? TR_NO_DAY : start + cases[_i].to;
    s.decline_reason = cases[_i].reason;
    for (int32_t day = 0; day < 400; day++) {
        bool stands = tr_span_has(tr_stay_span(&s, OFFER_DAYS), start + day);

        if (!stands)
            ck_assert_msg(tr_again_closed(&again, &s, start + day) ==
                              (cases[_i].open == ever || day < cases[_i].open),
                          "case %d, day %d", _i, (int)day);
    }
    tr_profile_clear(&profile);
}
END_TEST

/* What was taken, lived in, or agreed closes nothing. */
START_TEST(closes_nothing)
{
    static const enum tr_stay_status others[] = {
        TR_STAY_ACCEPTED,  TR_STAY_MOVED_IN,    TR_STAY_MOVED_OUT,     TR_STAY_KEPT,
        TR_STAY_DAY_PLACE, TR_STAY_SELF_AGREED, TR_STAY_SELF_REFERRED, TR_STAY_OTHER};
    struct tr_profile profile;
    struct tr_again again;
    struct tr_err err;
    struct tr_stay s;

    ck_assert_int_eq(made_profile(&profile, made, &err), 0);
    ck_assert_int_eq(tr_again_load(&again, &profile, OFFER_DAYS, &err), 0);
    tr_kind_init(&tr_stay_kind, &s);
    s.from = 1000;
    s.to = 1010;
    s.status = others[_i];
    for (int32_t day = 990; day < 1100; day++)
        ck_assert(!tr_again_closed(&again, &s, day));
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(wrong_again)
{
    static const struct made_table wrong[] = {
        {"decline_reasons", "code,label_nb,label_nn,label_en,aliases,again\nx,a,a,a,,kanskje\n"},
        {NULL, NULL},
    };
    struct tr_profile profile;
    struct tr_again again;
    struct tr_err err;

    ck_assert_int_eq(made_profile(&profile, wrong, &err), 0);
    ck_assert_int_eq(tr_again_load(&again, &profile, OFFER_DAYS, &err), -1);
    ck_assert_int_eq(err.code, TR_E_TABLE_CELL);
    ck_assert_uint_eq(err.line, 2);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("again", {open_again, COUNT(cases)}, {closes_nothing, 8}, {wrong_again})

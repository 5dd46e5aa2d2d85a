/* Persons whose group is known from elsewhere: the audit of the matrix, and judgements. */
#include "rop.h"

/* The audit's persons, in every shipped profile. */
START_TEST(persons_of_the_audit)
{
    static const struct {
        const char *id;
        int x[COUNT(indicators)]; /* values; for yes-or-no 0 is ja */
        int group, extension;     /* 0: judge */
        const char *judge;
    } person[] = {
        {"P01", {1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1}, 1, -1, ""},
        {"P02", {1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1}, 1, -1, ""},
        {"P04", {3, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1}, 2, -1, ""},
        {"P05", {3, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1}, 2, -1, ""},
        {"P06", {3, 3, 1, 0, 1, 0, 1, 1, 1, 1, 0, 2, 1, 1}, 3, -1, ""},
        {"P08", {3, 3, 0, 0, 0, 1, 1, 1, 1, 1, 0, 2, 1, 1}, 4, -1, ""},
        {"P10", {3, 3, 1, 0, 0, 1, 1, 0, 1, 1, 0, 2, 1, 1}, 0, -1, "4|5"},
        {"P11", {3, 3, 2, 0, 1, 1, 0, 0, 1, 1, 0, 2, 1, 1}, 5, -1, ""},
        {"P12", {3, 3, 2, 0, 1, 0, 0, 0, 1, 1, 0, 2, 1, 1}, 5, -1, ""},
        {"P13", {3, 3, 3, 1, 1, 1, 0, 1, 1, 1, 0, 2, 1, 1}, 6, -1, ""},
        {"P15", {3, 3, 3, 2, 1, 1, 0, 0, 0, 1, 0, 2, 1, 1}, 7, -1, ""},
        {"P17", {3, 2, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 0, 0}, 4, 0, ""},
        {"P18", {3, 3, 2, 0, 1, 1, 0, 0, 1, 1, 2, 2, 1, 1}, 5, 0, ""},
        {"P20", {3, 3, 2, 0, 1, 1, 0, 0, 1, 1, 1, 2, 1, 1}, 5, -1, ""},
        {"P21", {2, 3, 3, 1, 1, 1, 0, 1, 1, 1, 0, 2, 1, 1}, 0, -1, "2|6"},
        {"P23", {1, 3, 3, 2, 1, 1, 1, 1, 0, 1, 0, 2, 1, 1}, 0, -1, "2|6|7"},
        {"P24", {2, 3, 0, 0, 0, 1, 1, 1, 1, 1, 0, 2, 1, 1}, 0, -1, "2|4"},
        {"P27", {0, 2, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1}, 0, -1, "1|2|4"},
        {"P28", {3, 3, 0, 0, 1, 1, 1, 1, 1, 1, 0, 2, 1, 1}, 4, -1, ""},
        {"P30", {3, 3, 1, 0, 0, 0, 1, 1, 1, 1, 0, 2, 1, 1}, 0, -1, "3|4"},
    };
    static const char *const profiles[] = {PROFILE, "share/profiles/sandnes"};
    struct tr_value v[TR_N_FIELDS];
    struct tr_rop_result r;
    struct tr_buf text = {0};

    load_profile(profiles[_i]);
    for (size_t p = 0; p < COUNT(person); p++) {
        forget_all(v);
        for (size_t i = 0; i < COUNT(indicators); i++)
            set(v, indicators[i], person[p].x[i]);
        find(v, &r);
        tr_rop_texts(&rop, &r, -1, v, &text);
        ck_assert_msg(r.group == person[p].group - 1 && r.somatic == person[p].extension &&
                          tr_str_is(v[TR_F_ROP_JUDGE].text, person[p].judge),
                      "%s: group %d, extension %d, judge %s", person[p].id, r.group + 1, r.somatic,
                      show(v[TR_F_ROP_JUDGE].text));
        if (person[p].group > 0)
            ck_assert_int_eq(r.standard, standards[person[p].group - 1]);
    }
    tr_buf_clear(&text);
    unload();
}
END_TEST

/* A judgement decides where the rules do not; where they do, the profile says which of them counts. */
START_TEST(judgement)
{
    int counts[2] = {0}, n_beyond = 0;

    load();
    for (int round = 0; round < 20000; round++) {
        struct tr_value v[TR_N_FIELDS];
        struct tr_rop_result rules, r;
        int judged = (int)random_below(8);
        bool decided, beyond;

        rop.judgement_counts = round & 1;
        forget_all(v);
        for (size_t i = 0; i < COUNT(indicators); i++)
            if (random_below(4))
                set(v, indicators[i], (int)random_below((uint32_t)profile.of_field[indicators[i]]->n));
        find(v, &rules);
        set(v, TR_F_JUDGED_GROUP, judged);
        find(v, &r);
        decided = rules.outside || rules.group >= 0;
        ck_assert_uint_eq(r.possible, rules.possible); /* what the rules say is kept */
        ck_assert_uint_eq(r.judge, 0);
        beyond = !decided && judged < 7 && !(rules.possible >> judged & 1); /* told, and counts */
        ck_assert_int_eq(r.judgement_differs,
                         beyond || (decided && (judged == 7 ? !rules.outside : rules.group != judged)));
        n_beyond += beyond;
        if (decided && (!r.judgement_differs || !rop.judgement_counts)) {
            ck_assert_int_eq(r.group, rules.group);
            ck_assert_int_eq(r.outside, rules.outside);
            if (rules.housing_type >= 0)
                ck_assert_int_eq(r.housing_type, rules.housing_type);
            counts[0]++;
        } else {
            ck_assert_int_eq(r.basis, TR_ROP_JUDGED);
            ck_assert_int_eq(r.outside, judged == 7);
            ck_assert_int_eq(r.group, judged == 7 ? -1 : judged);
            counts[1]++;
        }
        if (r.group >= 0) { /* whoever decided, they agree */
            ck_assert_int_eq(r.standard, standards[r.group]);
            ck_assert_int_eq(r.location, locations[r.group]);
            ck_assert(r.housing_type < 0 || rop.groups_of[r.housing_type] >> r.group & 1);
            ck_assert(r.housing_type >= 0 || tr_questions_next(questions, v, &r) == TR_F_SCATTERED ||
                      r.basis != TR_ROP_JUDGED);
        }
    }
    ck_assert_int_gt(counts[0], 1000);
    ck_assert_int_gt(counts[1], 1000);
    ck_assert_int_gt(n_beyond, 1000);
    unload();
}
END_TEST

MAIN("judged", {persons_of_the_audit, 2}, {judgement})

/* Rules and ROP grouping: what is said of a person holds in every completion of what is unknown. */
#include "unit.h"

#include "domain/survey/rop.h"

static struct tr_profile profile;
static struct tr_rop rop;

static void load(void)
{
    struct tr_err err;

    ck_assert_msg(tr_profile_load(&profile, PROFILE, TEXTS, &err) == 0, "%s: %s", err.source, err.arg[0]);
    ck_assert_int_eq(tr_rop_load(&rop, &profile, &err), 0);
}

static void forget_all(struct tr_value v[])
{
    for (int f = 0; f < TR_N_FIELDS; f++)
        v[f] = (struct tr_value){.num = -1};
}

static void set(struct tr_value v[], enum tr_field f, int code)
{
    v[f] = (struct tr_value){.text = profile.of_field[f]->entry[code].code, .num = code};
}

/* ---- the shipped table, against every completion ---- */

static const enum tr_field indicators[] = {
    TR_F_SUBSTANCE, TR_F_MENTAL, TR_F_BEHAVIOUR, TR_F_SAFETY_RISK, TR_F_VULNERABLE, TR_F_AUTONOMOUS,
    TR_F_VISIBLE_USE, TR_F_PERSONALITY_DISORDER, TR_F_EXCLUDED_LOW_THRESHOLD, TR_F_SCATTERED, TR_F_SOMATIC};

/* The matrix again, as a ladder: the group (1 to 7), 0 when it is not decided, -1 outside; *type as
 * the place of the housing type. Levels are those of the codes. */
static int group_of(const int x[], int *type)
{
    enum { SUB, MEN, BEH, SAF, VUL, AUT, VIS, PER, EXC, SCA };
    bool ja[COUNT(indicators)];
    int g;

    for (size_t i = VUL; i <= SCA; i++)
        ja[i] = x[i] == 0; /* ja is the first code of its list */
    *type = -1;
    if (x[SUB] == 0)
        return -1;
    if (x[SUB] == 3 && x[MEN] >= 2) {
        if (x[SAF] == 2)
            g = ja[EXC] || x[BEH] == 3 ? 7 : 6;
        else if (x[SAF] == 1 || x[BEH] == 3)
            g = 6;
        else if (x[BEH] == 2)
            g = 5;
        else if (x[BEH] == 1)
            g = ja[PER] ? 5 : ja[VUL] ? 4 : ja[AUT] ? 3 : ja[VIS] ? 5 : 4;
        else
            g = ja[VUL] ? 4 : ja[AUT] ? 2 : 4;
    } else if (x[SAF] != 0 || x[BEH] > 1) {
        return 0;
    } else {
        g = x[SUB] >= 2 || x[MEN] == 3 ? 2 : 1;
    }
    *type = g == 1 ? ja[SCA] : g == 7 ? 6 : g;
    return g;
}

START_TEST(shipped_table_is_the_matrix)
{
    int x[COUNT(indicators)] = {0}, n = 0;
    size_t i;

    load();
    do {
        struct tr_value v[TR_N_FIELDS];
        struct tr_rop_result r;
        int type, group = group_of(x, &type);

        forget_all(v);
        for (i = 0; i < COUNT(indicators); i++)
            set(v, indicators[i], x[i]);
        tr_rop_decide(&rop, v, &r);
        tr_rop_extend(&rop, v, &r);
        n++;
        ck_assert_int_eq(r.group, group > 0 ? group - 1 : -1);
        ck_assert_int_eq(r.housing_type, type);
        ck_assert_int_eq(r.outside, group < 0);
        ck_assert_int_eq(r.somatic, group <= 0 && x[10] == 0 ? -1 : group <= 0 ? r.somatic
                                    : x[10] == 0             ? -1
                                                             : group >= 6);
        if (group > 0)
            ck_assert_int_eq(tr_rop_ask(&rop, v, &r), -1);
        for (i = 0; i < COUNT(indicators) && ++x[i] == profile.of_field[indicators[i]]->n; i++)
            x[i] = 0;
    } while (i < COUNT(indicators));
    ck_assert_int_eq(n, 4 * 4 * 4 * 3 * 64 * 3);
    tr_profile_clear(&profile);
}
END_TEST

/* What must hold in all completions: its value, or open. */
struct shared {
    int value;
    bool open;
};

static void meet(struct shared *s, int value, bool first)
{
    if (first)
        s->value = value;
    else if (s->value != value)
        s->open = true;
}

enum { GROUP, TYPE, SOMATIC, STANDARD, LOCATION, OUTCOMES };

static int outcome(const struct tr_rop_result *r, int which)
{
    const int value[OUTCOMES] = {r->group, r->housing_type, r->somatic, r->standard, r->location};

    return value[which];
}

static const char *describe(const struct tr_value v[])
{
    static char text[512];
    size_t at = 0;

    for (size_t i = 0; i < COUNT(indicators); i++)
        if (v[indicators[i]].num >= 0)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s=%s ", tr_fields[indicators[i]].name,
                                   show(v[indicators[i]].text));
    return text;
}

/* Random partial knowledge against all its completions. */
static void check_certainty(int which)
{
    load();
    for (int round = 0; round < 1500; round++) {
        struct tr_value v[TR_N_FIELDS], full[TR_N_FIELDS];
        struct tr_rop_result partial, r;
        struct shared s[OUTCOMES] = {0};
        enum tr_field unknown[COUNT(indicators)];
        int answer[COUNT(indicators)] = {0};
        size_t n_unknown = 0, i;
        uint64_t groups = 0;
        bool first = true, outside = true;

        forget_all(v);
        for (i = 0; i < COUNT(indicators); i++) {
            if (random_below(3) == 0 && n_unknown < 8)
                unknown[n_unknown++] = indicators[i];
            else if (i < 2 && random_below(2))
                set(v, indicators[i], 3);
            else
                set(v, indicators[i], (int)random_below((uint32_t)profile.of_field[indicators[i]]->n));
        }
        tr_rop_decide(&rop, v, &partial);
        tr_rop_extend(&rop, v, &partial);
        do {
            memcpy(full, v, sizeof full);
            for (i = 0; i < n_unknown; i++)
                set(full, unknown[i], answer[i]);
            tr_rop_decide(&rop, full, &r);
            tr_rop_extend(&rop, full, &r);
            for (int o = 0; o < OUTCOMES; o++)
                meet(&s[o], outcome(&r, o), first);
            groups |= r.possible;
            outside &= r.outside;
            first = false;
            for (i = 0; i < n_unknown && ++answer[i] == profile.of_field[unknown[i]]->n; i++)
                answer[i] = 0;
        } while (i < n_unknown);
        ck_assert_msg(outcome(&partial, which) == (s[which].open ? -1 : s[which].value),
                      "%d is said, %s%d is true, knowing %s", outcome(&partial, which),
                      s[which].open ? "open, not " : "", s[which].value, describe(v));
        ck_assert_uint_eq(partial.possible, groups);
        ck_assert_int_eq(partial.outside, outside);
    }
    tr_profile_clear(&profile);
}

/* Each is given if and only if every completion of the unknown indicators gives it. */
START_TEST(certain_group)
{
    check_certainty(GROUP);
}
END_TEST
START_TEST(certain_housing_type)
{
    check_certainty(TYPE);
}
END_TEST
START_TEST(certain_extension)
{
    check_certainty(SOMATIC);
}
END_TEST
START_TEST(certain_standard)
{
    check_certainty(STANDARD);
}
END_TEST
START_TEST(certain_location)
{
    check_certainty(LOCATION);
}
END_TEST

START_TEST(the_question_is_unknown_and_can_settle_something)
{
    int asked = 0;

    load();
    for (int round = 0; round < 20000; round++) {
        struct tr_value v[TR_N_FIELDS], with[TR_N_FIELDS];
        struct tr_rop_result r, answered;
        int ask;
        bool matters = false;

        forget_all(v);
        for (size_t i = 0; i < COUNT(indicators); i++)
            if (random_below(2))
                set(v, indicators[i], (int)random_below((uint32_t)profile.of_field[indicators[i]]->n));
        tr_rop_decide(&rop, v, &r);
        tr_rop_extend(&rop, v, &r);
        ask = tr_rop_ask(&rop, v, &r);
        if (ask < 0) { /* settled, or no single answer rules out anything */
            if (r.housing_type >= 0 || r.outside)
                continue;
            for (size_t i = 0; i < COUNT(indicators) - 1; i++)
                for (int code = 0; v[indicators[i]].num < 0 && code < profile.of_field[indicators[i]]->n; code++) {
                    memcpy(with, v, sizeof with);
                    set(with, indicators[i], code);
                    tr_rop_decide(&rop, with, &answered);
                    ck_assert_msg(answered.housing_type < 0 && !answered.outside, "%s decides: %s",
                                  tr_fields[indicators[i]].name, describe(with));
                }
            continue;
        }
        asked++;
        ck_assert_int_lt(v[ask].num, 0);
        for (int code = 0; code < profile.of_field[ask]->n; code++) {
            memcpy(with, v, sizeof with);
            set(with, (enum tr_field)ask, code);
            tr_rop_decide(&rop, with, &answered);
            matters |= answered.possible != r.possible || answered.housing_type != r.housing_type ||
                       answered.outside != r.outside || answered.rules != r.rules;
        }
        ck_assert_msg(matters, "no answer to %s matters: %s", tr_fields[ask].name, describe(v));
    }
    ck_assert_int_gt(asked, 1000);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(asking_on_and_on_ends)
{
    load();
    for (int round = 0; round < 2000; round++) {
        struct tr_value v[TR_N_FIELDS];
        struct tr_rop_result r;
        int ask, questions = 0;

        forget_all(v);
        for (;;) {
            tr_rop_decide(&rop, v, &r);
            tr_rop_extend(&rop, v, &r);
            if ((ask = tr_rop_ask(&rop, v, &r)) < 0)
                break;
            ck_assert_int_lt(++questions, 11);
            set(v, (enum tr_field)ask, (int)random_below((uint32_t)profile.of_field[ask]->n));
        }
        /* All is known that decides: a group, the outside, or one rule that does not decide. */
        ck_assert_msg(r.housing_type >= 0 || r.outside || (r.rules & (r.rules - 1)) == 0, "left open: %s",
                      describe(v));
    }
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(main_pathway_that_contradicts)
{
    struct tr_value v[TR_N_FIELDS];
    struct tr_rop_result r;
    struct tr_err err;

    load();
    forget_all(v);
    set(v, TR_F_SUBSTANCE, 2); /* group 2 whatever mental health */
    set(v, TR_F_BEHAVIOUR, 0);
    set(v, TR_F_SAFETY_RISK, 0);
    for (int hf = -1; hf < 3; hf++) {
        bool listed = hf < 0;

        if (hf >= 0)
            set(v, TR_F_HF, hf);
        tr_rop_decide(&rop, v, &r);
        tr_rop_extend(&rop, v, &r);
        ck_assert_int_eq(r.group, 1);
        if (hf >= 0)
            listed = rop.pathways[1] >> hf & 1;
        ck_assert_int_eq(r.hf_contradicts, !listed);
        if (r.hf_contradicts) {
            tr_rop_hf_fault(&rop, &r, v[TR_F_HF], &err);
            ck_assert_int_eq(err.code, TR_W_HF);
            ck_assert_ptr_nonnull(strstr(err.value, "rop_group 2: "));
            ck_assert_str_eq(err.field, "hf");
        }
    }
    tr_profile_clear(&profile);
}
END_TEST

static void count(void *cookie, const struct tr_err *err)
{
    (void)err;
    ++*(int *)cookie;
}

START_TEST(shipped_tables_have_no_gap_or_overlap)
{
    int said = 0;

    load();
    ck_assert_int_eq(tr_rop_check(&rop, count, &said), 0);
    ck_assert_int_eq(said, 0);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("rop", {shipped_table_is_the_matrix}, {certain_group}, {certain_housing_type}, {certain_extension},
     {certain_standard}, {certain_location}, {the_question_is_unknown_and_can_settle_something}, {asking_on_and_on_ends},
     {main_pathway_that_contradicts}, {shipped_tables_have_no_gap_or_overlap})

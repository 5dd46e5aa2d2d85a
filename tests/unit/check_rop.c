/* Rules and ROP grouping: what is said of a person holds in every completion of what is unknown. */
#include "rop.h"

/* ---- the shipped table, against every completion ---- */

enum { SUB, MEN, BEH, SAF, VUL, AUT, VIS, PER, EXC, SCA };

static bool ja(const int x[], int i)
{
    return x[i] == 0; /* ja is the first code of its list */
}

/* The matrix again, as a ladder: the group (1 to 7), 0 when a professional must judge, -1 outside; *type as
 * the place of the housing type. Levels are those of the codes. */
static int group_of(const int x[], int *type)
{
    bool ill = x[MEN] >= 2;
    int g;

    *type = -1;
    if (x[SUB] == 0)
        return ill ? 0 : -1;
    if (x[SUB] == 3 && ill) {
        if (x[SAF] == 2)
            g = ja(x, EXC) || x[BEH] == 3 ? 7 : 6;
        else if (x[SAF] == 1 || x[BEH] == 3)
            g = 6;
        else if (x[BEH] == 2)
            g = 5;
        else if (x[BEH] == 1 && ja(x, VUL))
            g = ja(x, PER) || ja(x, AUT) ? 0 : 4;
        else if (x[BEH] == 1)
            g = ja(x, PER) ? 5 : ja(x, AUT) ? 3 : ja(x, VIS) ? 5 : 4;
        else
            g = ja(x, VUL) ? 4 : ja(x, AUT) ? 2 : 4;
    } else if (x[SAF] != 0 || x[BEH] > 1 || (x[SUB] < 3 && ill && ja(x, VUL))) {
        return 0;
    } else {
        g = x[SUB] >= 2 || x[MEN] == 3 ? 2 : 1;
    }
    if (g)
        *type = g == 1 ? ja(x, SCA) : g == 7 ? 6 : g;
    return g;
}

/* The somatic extension: 0 for 1-5S, 1 for 5-7S, -1 for none. */
static int extension_of(const int x[], int group)
{
    bool extended = x[HF] == 2 && (x[SOM] == 2 || (x[SOM] == 1 && (ja(x, COG) || ja(x, LOW))));

    return group > 0 && extended ? group >= 6 : -1;
}

static bool advance(int x[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (++x[i] < profile.of_field[indicators[i]]->n)
            return true;
        x[i] = 0;
    }
    return false;
}

START_TEST(shipped_table_is_the_matrix)
{
    static const char *const profiles[] = {PROFILE, "share/profiles/sandnes", "share/skeleton"};
    int x[COUNT(indicators)] = {0}, n = 0;

    load_profile(profiles[_i]);
    do {
        struct tr_value v[TR_N_FIELDS];
        struct tr_rop_result r;
        int type, group = group_of(x, &type);

        forget_all(v);
        for (size_t i = 0; i < COUNT(indicators); i++)
            set(v, indicators[i], x[i]);
        find(v, &r);
        n++;
        ck_assert_int_eq(r.group, group > 0 ? group - 1 : -1);
        ck_assert_int_eq(r.housing_type, type);
        ck_assert_int_eq(r.outside, group < 0);
        ck_assert_int_eq(r.judge != 0, group == 0);
        ck_assert_int_eq(r.somatic, extension_of(x, group));
        /* What illness adds never takes away: standard and location are those of the group, so they agree
         * with the housing type. */
        ck_assert_int_eq(r.standard, group > 0 ? standards[group - 1] : -1);
        ck_assert_int_eq(r.location, group > 0 ? locations[group - 1] : -1);
        ck_assert_int_eq(tr_questions_next(questions, v, &r), -1);
    } while (advance(x, COUNT(indicators)));
    ck_assert_int_eq(n, 4 * 4 * 4 * 3 * 64 * 3 * 3 * 4);
    unload();
}
END_TEST

/* Of every combination of the indicators of grouping, each known or not: one of the four states. */
START_TEST(no_combination_ends_in_silence)
{
    int x[N_GROUPING], n[5] = {0};

    load();
    for (size_t i = 0; i < N_GROUPING; i++)
        x[i] = -1;
    for (;;) {
        struct tr_value v[TR_N_FIELDS];
        struct tr_rop_result r;
        size_t i;
        bool decided, asked;

        forget_all(v);
        for (i = 0; i < N_GROUPING; i++)
            if (x[i] >= 0)
                set(v, indicators[i], x[i]);
        tr_rop_decide(&rop, v, &r);
        decided = r.group >= 0 && r.housing_type >= 0;
        asked = tr_questions_next(questions, v, &r) >= 0;
        ck_assert_int_eq(decided + r.outside + (r.judge != 0) + asked, 1);
        ck_assert(!r.judge || (r.judge & (r.judge - 1)) != 0); /* a choice is between two at least */
        n[0] += decided, n[1] += r.outside, n[2] += r.judge != 0, n[3] += asked, n[4]++;
        for (i = 0; i < N_GROUPING && ++x[i] == profile.of_field[indicators[i]]->n; i++)
            x[i] = -1;
        if (i == N_GROUPING)
            break;
    }
    ck_assert_int_eq(n[4], 5 * 5 * 5 * 4 * 729);
    for (int i = 0; i < 4; i++)
        ck_assert_int_gt(n[i], 1000);
    unload();
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
    unload();
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

/* Asks until nothing is asked, answering as truth says; how many questions until the group is settled. */
static int interview(const int truth[], struct tr_value v[], struct tr_rop_result *r)
{
    int asked = 0, ask;

    for (;;) {
        size_t i = 0;

        find(v, r);
        if ((ask = tr_questions_next(questions, v, r)) < 0)
            return asked;
        asked += r->group < 0 || r->housing_type < 0;
        ck_assert_int_lt(v[ask].num, 0);
        while (indicators[i] != (enum tr_field)ask)
            i++;
        set(v, (enum tr_field)ask, truth[i]);
    }
}

/* From forms that are partly filled in, truthful answers lead to what the truth is. */
START_TEST(asking_on_and_on_ends_in_the_truth)
{
    load();
    for (int round = 0; round < 20000; round++) {
        struct tr_value v[TR_N_FIELDS];
        struct tr_rop_result r;
        int truth[COUNT(indicators)], type, group;

        forget_all(v);
        for (size_t i = 0; i < COUNT(indicators); i++) {
            truth[i] = (int)random_below((uint32_t)profile.of_field[indicators[i]]->n);
            if (random_below(2))
                set(v, indicators[i], truth[i]);
        }
        group = group_of(truth, &type);
        interview(truth, v, &r);
        ck_assert_int_eq(r.group, group > 0 ? group - 1 : -1);
        ck_assert_int_eq(r.housing_type, type);
        ck_assert_int_eq(r.outside, group < 0);
        ck_assert_int_eq(r.judge != 0, group == 0);
        ck_assert_int_eq(r.somatic, extension_of(truth, group));
        ck_assert(!r.extension_open);
    }
    unload();
}
END_TEST

/* Every truth once, from an empty form: the mean is what was promised. */
START_TEST(few_questions)
{
    int x[COUNT(indicators)] = {0}, forms = 0, asked = 0, most = 0;
    struct tr_value v[TR_N_FIELDS];
    double expected;

    load();
    forget_all(v);
    expected = tr_questions_expected(questions, v);
    do {
        struct tr_rop_result r;
        int n;

        forget_all(v);
        n = interview(x, v, &r);
        asked += n;
        most = n > most ? n : most;
        forms++;
    } while (advance(x, N_GROUPING));
    ck_assert_msg(asked == (int)(expected * forms + 0.5), "%d questions, %f expected", asked, expected * forms);
    ck_assert_msg(expected < 2.8, "%f questions", expected);
    ck_assert_int_le(most, 8);
    unload();
}
END_TEST

/* ---- no order of questions does with fewer ---- */

enum { STATES = 5 * 5 * 5 * 4 * 729, FORMS = 12 };

static int codes_of(size_t i)
{
    return profile.of_field[indicators[i]]->n;
}

/* State s as values: its digits are unknown, or 1 + code. */
static void read_state(int s, struct tr_value v[])
{
    forget_all(v);
    for (size_t i = 0; i < N_GROUPING; s /= codes_of(i) + 1, i++)
        if (s % (codes_of(i) + 1) > 0)
            set(v, indicators[i], s % (codes_of(i) + 1) - 1);
}

/* The share of a form's completions that are completions of v, too; form NULL: how many v has. */
static double share(const struct tr_value *form, const struct tr_value v[])
{
    double part = 1;

    for (size_t i = 0; i < N_GROUPING; i++) {
        int known = v[indicators[i]].num, given = form ? form[indicators[i]].num : 0;

        if (!form)
            part *= known < 0 ? codes_of(i) : 1;
        else if (known >= 0 && given >= 0)
            part *= known == given;
        else if (known >= 0)
            part /= codes_of(i);
    }
    return part;
}

/* Of every state, from those with nothing unknown up to the empty form: the least number of questions, over
 * every order there is, times its weight. */
static void find_least(const struct tr_value forms[][TR_N_FIELDS], int n_forms, double *least, double *weight)
{
    struct tr_value v[TR_N_FIELDS];

    for (int s = STATES - 1; s >= 0; s--) {
        struct tr_rop_result r;
        double best = HUGE_VAL;
        int stride = 1;

        read_state(s, v);
        weight[s] = share(NULL, v);
        for (int k = 0; k < n_forms; k++)
            weight[s] += share(forms[k], v) * (4 * 4 * 4 * 3 * 64);
        tr_rop_decide(&rop, v, &r);
        least[s] = 0;
        if (r.outside || r.judge || (r.group >= 0 && r.housing_type >= 0))
            continue;
        for (size_t i = 0; i < N_GROUPING; stride *= codes_of(i) + 1, i++) {
            double sum = weight[s];

            for (int code = 0; v[indicators[i]].num < 0 && code < codes_of(i); code++)
                sum += least[s + (code + 1) * stride];
            if (v[indicators[i]].num < 0 && sum < best)
                best = sum;
        }
        least[s] = best;
    }
}

/* A form that somebody answered in part; serious illness goes with vulnerability. */
static void answer_at_random(struct tr_value v[])
{
    forget_all(v);
    for (size_t i = 0; i < N_GROUPING; i++)
        if (random_below(3))
            set(v, indicators[i], (int)random_below((uint32_t)codes_of(i)));
    if (v[TR_F_MENTAL].num == 3)
        set(v, TR_F_VULNERABLE, 0);
}

/* On the whole domain: all forms alike, and then as often as forms that were answered. */
START_TEST(no_order_asks_fewer)
{
    static struct tr_value forms[FORMS][TR_N_FIELDS];
    static double least[STATES], weight[STATES];
    struct tr_value v[TR_N_FIELDS];

    load();
    for (int k = 0; k < FORMS && _i; k++) {
        answer_at_random(forms[k]);
        ck_assert_int_eq(tr_questions_learn(questions, forms[k]), 0);
    }
    find_least(forms, _i ? FORMS : 0, least, weight);
    for (int s = 0; s < STATES; s++) {
        read_state(s, v);
        ck_assert_double_eq_tol(tr_questions_expected(questions, v), least[s] / weight[s], 1e-9);
    }
    unload();
}
END_TEST

/* A worksheet begins with the next question, and asks nothing twice and nothing that is known. */
START_TEST(worksheet_settles_all)
{
    load();
    for (int round = 0; round < 2000; round++) {
        struct tr_value v[TR_N_FIELDS];
        struct tr_rop_result r;
        enum tr_field order[TR_QUESTIONS_MAX];
        int n;

        forget_all(v);
        for (size_t i = 0; i < COUNT(indicators); i++)
            if (random_below(2))
                set(v, indicators[i], (int)random_below((uint32_t)profile.of_field[indicators[i]]->n));
        find(v, &r);
        n = tr_questions_order(questions, v, order);
        ck_assert_int_eq(n > 0, tr_questions_next(questions, v, &r) >= 0);
        ck_assert(n == 0 || (int)order[0] == tr_questions_next(questions, v, &r));
        for (int i = 0; i < n; i++) {
            ck_assert_int_lt(v[order[i]].num, 0);
            for (int k = 0; k < i; k++)
                ck_assert_int_ne(order[i], order[k]);
        }
    }
    unload();
}
END_TEST

/* Where everybody answers the same, what is asked follows: the rare branch can wait. */
START_TEST(questions_follow_the_answers_given)
{
    struct tr_value v[TR_N_FIELDS], most[TR_N_FIELDS];

    load();
    forget_all(v);
    forget_all(most);
    set(most, TR_F_SUBSTANCE, 0); /* nearly nobody uses, and nobody is ill */
    set(most, TR_F_MENTAL, 0);
    ck_assert_double_gt(tr_questions_expected(questions, v), 2.5);
    unload();
    load();
    for (int k = 0; k < 100000; k++)
        ck_assert_int_eq(tr_questions_learn(questions, most), 0);
    ck_assert_double_eq_tol(tr_questions_expected(questions, v), 2, 1e-3);
    unload();
}
END_TEST

struct warning {
    int n;
    struct tr_err err;
};

static void take_warning(void *cookie, enum tr_field field, struct tr_err *err)
{
    struct warning *w = cookie;

    ck_assert_str_eq(err->field, tr_fields[field].name);
    w->n++;
    w->err = *err;
}

START_TEST(main_pathway_that_contradicts)
{
    struct tr_value v[TR_N_FIELDS];
    struct tr_rop_result r;

    load();
    forget_all(v);
    set(v, TR_F_SUBSTANCE, 2);
    set(v, TR_F_MENTAL, 0);
    set(v, TR_F_BEHAVIOUR, 0);
    set(v, TR_F_SAFETY_RISK, 0);
    for (int hf = -1; hf < 3; hf++) {
        bool listed = hf < 0;
        struct warning warning = {0};

        if (hf >= 0)
            set(v, TR_F_HF, hf);
        tr_rop_decide(&rop, v, &r);
        tr_rop_extend(&rop, v, &r);
        ck_assert_int_eq(r.group, 1);
        if (hf >= 0)
            listed = rop.pathways[1] >> hf & 1;
        ck_assert_int_eq(r.hf_contradicts, !listed);
        tr_rop_warn(&rop, &r, v, take_warning, &warning);
        ck_assert_int_eq(warning.n, r.hf_contradicts);
        if (r.hf_contradicts) {
            ck_assert_int_eq(warning.err.code, TR_W_HF);
            ck_assert_ptr_nonnull(strstr(warning.err.value, "rop_group 2: "));
            ck_assert_str_eq(warning.err.field, "hf");
        }
    }
    unload();
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
    unload();
}
END_TEST

MAIN("rop", {shipped_table_is_the_matrix, 3}, {no_combination_ends_in_silence}, {certain_group}, {certain_housing_type},
     {certain_extension}, {certain_standard}, {certain_location}, {asking_on_and_on_ends_in_the_truth},
     {few_questions}, {no_order_asks_fewer, 2}, {worksheet_settles_all}, {questions_follow_the_answers_given}, {main_pathway_that_contradicts},
     {shipped_tables_have_no_gap_or_overlap})

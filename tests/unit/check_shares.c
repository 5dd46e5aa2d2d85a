/* Ages as far as limits need, forms in which fields travel, and how many persons share what is sent. */
#include "made.h"

#include "domain/referral/shares.h"

static int32_t day(const char *iso)
{
    struct tr_date d;

    ck_assert_msg(tr_date_parse(tr_str(iso), &d), "%s", iso);
    return tr_date_number(d);
}

/* ---- ages ---- */

START_TEST(born)
{
    static const struct {
        const char *text, *first, *last;
    } row[] = {
        {"1995-11-22/2008-11-21", "1995-11-22", "2008-11-21"},
        {"../1981-11-21", NULL, "1981-11-21"},
        {"2008-11-22/..", "2008-11-22", NULL},
        {"1995-11-22/1995-11-22", "1995-11-22", "1995-11-22"},
    };
    static const char *const wrong[] = {
        "",  "/", "../..", "1995-11-22", "1995-11-22/", "/1995-11-22", "1995-11-22/1995-11-21",
        "1995-11-22/1995-02-30", "22.11.1995/..", "1995-11/..", "1995-11-22/../..", "... /1995-11-22",
    };
    int32_t first, last;

    for (size_t i = 0; i < COUNT(row); i++) {
        ck_assert_msg(tr_born_parse(tr_str(row[i].text), &first, &last), "%s", row[i].text);
        ck_assert_int_eq(first, row[i].first ? day(row[i].first) : TR_NO_DAY);
        ck_assert_int_eq(last, row[i].last ? day(row[i].last) : TR_NO_DAY);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        ck_assert_msg(!tr_born_parse(tr_str(wrong[i]), &first, &last), "%s", wrong[i]);
}
END_TEST

START_TEST(limits)
{
    static const int32_t given[] = {45, 18, 31, 18, 0, -1, TR_AGE_MAX, 31};
    struct tr_age_limits l = {.n = 0};

    for (size_t i = 0; i < COUNT(given); i++)
        ck_assert(tr_age_limit_add(&l, given[i]));
    ck_assert_int_eq(l.n, 3);
    ck_assert(l.at[0] == 18 && l.at[1] == 31 && l.at[2] == 45);
    for (int age = 50; l.n < TR_AGE_LIMITS_MAX; age++)
        ck_assert(tr_age_limit_add(&l, age));
    ck_assert(!tr_age_limit_add(&l, 20));
    ck_assert(tr_age_limit_add(&l, 45));
}
END_TEST

/* For every age, on days round the end of February too: what is sent is of the same band, and all ages
 * of the band are sent as the same. */
START_TEST(bands)
{
    static const char *const days[] = {"2026-11-21", "2028-02-29", "2027-02-28", "2027-03-01", "2027-01-01"};
    static const int32_t at[] = {18, 31, 45};
    struct tr_age_limits l = {.n = 0};
    char text[64], other[TR_BORN_LEN];

    for (size_t i = 0; i < COUNT(at); i++)
        tr_age_limit_add(&l, at[i]);
    for (int32_t from = 0; from < 100; from++)
        for (int32_t to = from; to <= from + 1; to++) {
            const int32_t as_of = day(days[_i]);
            struct tr_value v[TR_N_FIELDS] = {{.num = 0}};
            int32_t least = 0, beyond = TR_AGE_MAX + 1;
            struct tr_ages ages;

            for (size_t i = 0; i < COUNT(at); i++) {
                least = at[i] <= from ? at[i] : least;
                beyond = at[COUNT(at) - 1 - i] > to ? at[COUNT(at) - 1 - i] : beyond;
            }
            v[TR_F_BORN_BETWEEN].text =
                tr_born_between(&l, (struct tr_ages){from, to}, as_of, other);
            ages = tr_ages_of(v, as_of);
            snprintf(text, sizeof text, "%s: %d-%d is %d-%d", days[_i], from, to, ages.from, ages.to);
            ck_assert_msg(ages.from == least && ages.to == beyond - 1, "%s", text);
        }
}
END_TEST

START_TEST(band_of_a_person)
{
    const int32_t as_of = day("2026-11-21");
    struct tr_age_limits l = {.n = 0}, none = {.n = 0};
    char out[TR_BORN_LEN];

    tr_age_limit_add(&l, 18);
    tr_age_limit_add(&l, 31);
    ck_slice_eq(tr_born_between(&l, (struct tr_ages){25, 25}, as_of, out), "1995-11-22/2008-11-21");
    ck_slice_eq(tr_born_between(&l, (struct tr_ages){30, 31}, as_of, out), "../2008-11-21");
    ck_slice_eq(tr_born_between(&l, (struct tr_ages){17, 17}, as_of, out), "2008-11-22/..");
    ck_slice_eq(tr_born_between(&l, (struct tr_ages){17, 31}, as_of, out), "");
    ck_slice_eq(tr_born_between(&l, (struct tr_ages){-1, -1}, as_of, out), "");
    ck_slice_eq(tr_born_between(&l, (struct tr_ages){25, 25}, TR_NO_DAY, out), "");
    ck_slice_eq(tr_born_between(&none, (struct tr_ages){25, 25}, as_of, out), "");
}
END_TEST

/* By an identity number the age changes on the birthday; who was born on 29 February has it on 1 March of other
 * years. A year alone leaves two ages, until its last day. */
START_TEST(age)
{
    static const struct {
        const char *number, *year, *day;
        int32_t from, to;
    } rows[] = {
        {"12838510068", "", "2003-03-11", 17, 17}, {"12838510068", "", "2003-03-12", 18, 18},
        {"12838510068", "", "2004-02-29", 18, 18}, {"29820850090", "", "2026-02-28", 17, 17},
        {"29820850090", "", "2026-03-01", 18, 18}, {"29820850090", "", "2028-02-28", 19, 19},
        {"29820850090", "", "2028-02-29", 20, 20}, {"", "2008", "2026-01-01", 17, 18},
        {"", "2008", "2026-12-30", 17, 18},        {"", "2008", "2026-12-31", 18, 18},
        {"", "", "2026-01-01", -1, -1},
    };
    struct tr_value v[TR_N_FIELDS] = {{.num = 0}};
    struct tr_ages ages;

    v[TR_F_PERSON_ID].text = tr_str(rows[_i].number);
    v[TR_F_BIRTH_YEAR].text = tr_str(rows[_i].year);
    ages = tr_ages_of(v, day(rows[_i].day));
    ck_assert_int_eq(ages.from, rows[_i].from);
    ck_assert_int_eq(ages.to, rows[_i].to);
}
END_TEST

/* ---- forms ---- */

static struct tr_profile *profile_with(const char *travels)
{
    static char text[4096];

    static struct tr_profile profile;
    struct tr_err err;

    tr_profile_clear(&profile);
    snprintf(text, sizeof text, "field,forms,counts\nbydel,whole,ja\nprotection,whole,nei\n%s\n", travels);
    ck_assert_int_eq(
        made_profile(&profile, (struct made_table[]){{"travels", text}, {NULL}}, &err), 0);
    return &profile;
}

static const struct {
    const char *row;
    bool good;
} form_rows[] = {
        {"received,whole|month|none,ja", true},   {"received,month,ja", true},
        {"received,month|whole,ja", false},       {"received,whole|whole,ja", false},
        {"received,,ja", false},                  {"received,band,ja", false},
        {"sex,whole|none,ja", true},              {"sex,month,ja", false},
        {"available_from,month,ja", true},        {"consent_on,month,ja", false},
        {"name,whole,nei", false},
        {"name,none,nei", true},                  {"person_id,whole,nei", false},
        {"person_id,code|none,nei", true},        {"contact_phone,whole,nei", false},
        {"judged_reason,whole,nei", false},       {"consent_by,whole,nei", false},
        {"comment,whole|none,nei", true},         {"birth_year,whole|none,nei", true},
        {"birth_year,band,nei", false},           {"born_between,whole,nei", false},
        {"born_between,band|none,nei", true},     {"queue_number,whole,nei", false},
        {"queue_number,number,nei", true},        {"referral_id,whole,nei", false},
        {"referral_id,code,nei", true},           {"rop_group,whole,nei", false},
        {"nothing,whole,nei", false},             {"bydel,whole,nei", false},
        {"bydel,none,nei", false},                {"person_id_kind,whole,nei", false},
};

START_TEST(forms)
{
    struct tr_travels t;
    struct tr_err err;

    ck_assert_msg((tr_travels_load(&t, profile_with(form_rows[_i].row), &err) == 0) ==
                      form_rows[_i].good,
                  "%s", form_rows[_i].row);
}
END_TEST

START_TEST(ladder)
{
    static const struct {
        int step;
        enum tr_travel_form received, sex, hf, name;
    } row[] = {
        {0, TR_TRAVELS_WHOLE, TR_TRAVELS_WHOLE, TR_TRAVELS_WHOLE, TR_TRAVELS_NOT},
        {1, TR_TRAVELS_WHOLE, TR_TRAVELS_NOT, TR_TRAVELS_WHOLE, TR_TRAVELS_NOT},
        {2, TR_TRAVELS_MONTH, TR_TRAVELS_NOT, TR_TRAVELS_WHOLE, TR_TRAVELS_NOT},
        {3, TR_TRAVELS_NOT, TR_TRAVELS_NOT, TR_TRAVELS_WHOLE, TR_TRAVELS_NOT},
        {9, TR_TRAVELS_NOT, TR_TRAVELS_NOT, TR_TRAVELS_WHOLE, TR_TRAVELS_NOT},
    };
    struct tr_travels t;
    struct tr_err err;

    ck_assert_int_eq(tr_travels_load(&t, profile_with("sex,whole|none,ja\nhf,whole,nei\n"
                                                      "received,whole|month|none,ja"), &err), 0);
    ck_assert_int_eq(t.n_steps, 3);
    for (size_t i = 0; i < COUNT(row); i++) {
        ck_assert_int_eq(tr_travels_form(&t, TR_F_RECEIVED, row[i].step), row[i].received);
        ck_assert_int_eq(tr_travels_form(&t, TR_F_SEX, row[i].step), row[i].sex);
        ck_assert_int_eq(tr_travels_form(&t, TR_F_HF, row[i].step), row[i].hf);
        ck_assert_int_eq(tr_travels_form(&t, TR_F_NAME, row[i].step), row[i].name);
    }
    ck_slice_eq(tr_travels_coarsen(TR_TRAVELS_MONTH, TR_STR("2026-11-21")), "2026-11");
    ck_slice_eq(tr_travels_coarsen(TR_TRAVELS_WHOLE, TR_STR("2026-11-21")), "2026-11-21");
    ck_slice_eq(tr_travels_coarsen(TR_TRAVELS_NOT, TR_STR("2026-11-21")), "");
}
END_TEST

/* ---- sharing ---- */

/* Rounds of few facts: day, sex, a person or none. */
enum { MOST = 40 };
static struct made_share {
    char id[8], received[11], person[8];
    const char *sex;
} made[MOST];

static unsigned draw(unsigned *state)
{
    *state = *state * 1103515245 + 12345;
    return *state >> 16;
}

static uint32_t make(unsigned seed)
{
    const uint32_t n = seed % MOST, first = seed;

    for (uint32_t i = 0; i < n; i++) {
        snprintf(made[i].id, sizeof made[i].id, "R-%u", (i * 7 + first) % 97);
        snprintf(made[i].received, sizeof made[i].received, "2026-0%u-1%u", draw(&seed) % 3 + 1,
                 draw(&seed) % 2);
        snprintf(made[i].person, sizeof made[i].person, "p%u", draw(&seed) % 12);
        if (draw(&seed) % 2)
            *made[i].person = '\0';
        made[i].sex = draw(&seed) % 5 ? "mann" : "kvinne";
    }
    return n;
}

/* Of what is told of two referrals at a step of the ladder month, no sex: whether it is the same. */
static bool alike(int step, const struct made_share *a, const struct made_share *b)
{
    return strncmp(a->received, b->received, step >= 1 ? 7 : 10) == 0 &&
           (step >= 2 || strcmp(a->sex, b->sex) == 0);
}

/* How many persons share what is told of one: counted over all pairs. */
static uint32_t shared_by(int step, uint32_t n, uint32_t i)
{
    uint32_t persons = 0;

    for (uint32_t a = 0; a < n; a++) {
        bool again = false;

        for (uint32_t b = 0; b < a; b++)
            again |= *made[a].person && strcmp(made[a].person, made[b].person) == 0 &&
                     alike(step, &made[b], &made[i]);
        persons += alike(step, &made[a], &made[i]) && !again;
    }
    return persons;
}

static uint32_t held_at(int step, uint32_t n, uint32_t k)
{
    uint32_t held = 0;

    for (uint32_t i = 0; i < n; i++)
        held += shared_by(step, n, i) < k;
    return held;
}

static void take(struct tr_shares *s, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct tr_part_cells cells = {.code = ""};
        struct tr_value v[TR_N_FIELDS] = {{.num = 0}};

        for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
            cells.travels[f] = (struct tr_str){"", 0};
        cells.travels[TR_F_RECEIVED] = tr_str(made[i].received);
        cells.travels[TR_F_SEX] = tr_str(made[i].sex);
        cells.stays[0] = TR_STR("code");
        cells.stays[1] = tr_str(made[i].id);
        v[TR_F_PERSON_ID].text = tr_str(made[i].person);
        ck_assert_int_eq(tr_shares_add(s, &cells, 2, v, "made", i + 2), 0);
    }
}

/* The number that one must have: its place among those that go with the same day as it is told. */
static uint32_t number_of(const struct tr_shares *s, int step, uint32_t n, uint32_t i)
{
    uint32_t before = 1, same = 0;

    for (uint32_t a = 0; a < n; a++) {
        int c = strcmp(made[a].received, made[i].received);

        if (s->share[a].held || strncmp(made[a].received, made[i].received, step >= 1 ? 7 : 10) != 0)
            continue;
        same++;
        before += (c ? c : strcmp(made[a].id, made[i].id)) < 0;
    }
    return same > 1 ? before : 0;
}

START_TEST(sharing)
{
    struct tr_travels t;
    struct tr_err err;
    unsigned held = 0, coarser = 0;

    ck_assert_int_eq(tr_travels_load(&t, profile_with("received,whole|month,ja\nsex,whole|none,ja\n"
                                                      "queue_number,number,nei"), &err), 0);
    for (unsigned seed = 1; seed < 400; seed++)
        for (uint32_t k = 0; k <= 6; k++) {
            const uint32_t n = make(seed);
            struct tr_shares s;
            int step = 0;

            while (step < 2 && held_at(step, n, k) > held_at(2, n, k))
                step++;
            tr_shares_start(&s, &t);
            take(&s, n);
            ck_assert_int_eq(tr_shares_settle(&s, k), 0);
            ck_assert_msg(s.step == step, "%u, k %u: step %d, not %d", seed, k, s.step, step);
            for (uint32_t i = 0; i < n; i++) {
                struct tr_part_cells cells;

                ck_assert_uint_eq(s.combination[s.share[i].combination].persons, shared_by(step, n, i));
                ck_assert_msg(s.share[i].held == (shared_by(step, n, i) < k), "%u, k %u", seed, k);
                tr_shares_cells(&s, i, 2, &cells);
                ck_slice_eq(cells.stays[1], made[i].id);
                ck_slice_eq(cells.travels[TR_F_SEX], step >= 2 ? "" : made[i].sex);
                ck_assert_uint_eq(cells.travels[TR_F_RECEIVED].len, step >= 1 ? 7 : 10);
                if (!s.share[i].held)
                    ck_assert_msg(s.share[i].number == number_of(&s, step, n, i), "%u, k %u, %s: %u, not %u",
                                  seed, k, made[i].id, s.share[i].number, number_of(&s, step, n, i));
            }
            ck_assert_uint_eq(s.n_held, held_at(step, n, k));
            held += s.n_held;
            coarser += step > 0;
            tr_shares_clear(&s);
        }
    ck_assert_msg(held > 1000 && coarser > 500, "held %u, coarser %u", held, coarser);
}
END_TEST

MAIN("shares", {born}, {limits}, {bands, 5}, {band_of_a_person}, {age, 10}, {forms, COUNT(form_rows)}, {ladder},
     {sharing})

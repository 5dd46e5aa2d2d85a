/* Cells that hold several values, in the ways people write them; wishes by name; ids that look alike. */
#include "unit.h"

#include "domain/places/wish.h"
#include "domain/profile/values.h"
#include "record/seen/twins.h"

static struct tr_profile profile;

static void load(const char *path)
{
    struct tr_err err;

    tr_profile_clear(&profile);
    ck_assert_int_eq(tr_profile_load(&profile, path, TEXTS, &err), 0);
}

static uint64_t codes_of(const char *list, const char *cell)
{
    struct tr_str other = {"", 0};
    uint64_t codes;

    return tr_values_codes(&profile, tr_profile_list(&profile, list), tr_str(cell), &codes, &other)
               ? codes
               : UINT64_MAX;
}

static void check_codes(void)
{
    static const char *const two[] = {
        "kort|lang",  "lang|kort",     "lang;kort",         "lang; kort;",  ";;lang;;kort;;",
        "lang, kort", "lang,kort,",    "lang / kort",       "lang/kort",    "lang + kort",
        "lang&kort",  "lang\nkort\n",  "- lang\r\n- kort",  "1. lang\n2) kort", "lang og kort",
        "Lang OG Kort", "lang and kort", "lang og/eller kort", "\xE2\x80\xA2 lang \xE2\x80\xA2 kort",
        "lang|kort|lang", "lang\xC2\xA0og\xC2\xA0kort"};
    static const char *const bad[] = {"lang;korrt", "lang kort", "og", "/", "kortlang"};

    for (size_t i = 0; i < COUNT(two); i++)
        ck_assert_msg(codes_of("stay_type", two[i]) == codes_of("stay_type", "kort|lang"), "%s", two[i]);
    ck_assert_uint_eq(codes_of("stay_type", "lang, "), codes_of("stay_type", "lang"));
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(codes_of("stay_type", bad[i]) == UINT64_MAX , "%s", bad[i]);
    ck_assert_uint_eq(codes_of("rop_group", "4,5, 6"), codes_of("rop_group", "4|5|6"));
    ck_assert_uint_eq(codes_of("rop_group", "4 og 5"), codes_of("rop_group", "4|5"));
    ck_assert_uint_eq(codes_of("sex", "kvinne/mann"), codes_of("sex", "kvinne|mann"));
    ck_assert_uint_eq(codes_of("sex", ""), 0);
}

START_TEST(lists_of_codes)
{
    load(PROFILE);
    check_codes();
    load("share/profiles/sandnes");
    check_codes();
}
END_TEST

/* The value that is none is named. */
START_TEST(the_one_that_is_none)
{
    struct tr_str other = {"", 0};
    uint64_t codes;

    load(PROFILE);
    ck_assert(!tr_values_codes(&profile, tr_profile_list(&profile, "stay_type"),
                               TR_STR("lang, korrt, kort"), &codes, &other));
    ck_assert(tr_str_is(other, "korrt"));
}
END_TEST

static void check_ids(const char *cell, const char *want)
{
    struct tr_buf out = {0};
    struct tr_str other;

    tr_values_read(&profile, tr_str(cell), &tr_value_looks_like_id, &out, &other);
    ck_assert_msg(tr_str_is(tr_buf_slice(&out), want), "%s: %.*s", cell, (int)out.len, out.p);
    tr_buf_clear(&out);
}

START_TEST(ids_that_nobody_knows)
{
    load(PROFILE);
    check_ids("I-1|I-2", "I-1|I-2");
    check_ids("I-1;I-2;", "I-1|I-2");
    check_ids("I-1, I-2", "I-1|I-2");
    check_ids("I-1 / I-2 og I-3", "I-1|I-2|I-3");
    check_ids("1) I-2\n2) I-1", "I-2|I-1");
    check_ids("B-\xC3\xA0" "1 / B-\xC3\xA0" "2", "B-\xC3\xA0" "1|B-\xC3\xA0" "2"); /* à ends like a space */
    check_ids("I-1\xC2\xA0og\xC2\xA0I-2", "I-1|I-2");
    check_ids("2024/17", "2024/17"); /* may be an id itself */
    check_ids("Lyngheim, avdeling A", "Lyngheim, avdeling A"); /* and so may a name */
    check_ids("Lyngheim; Solbakken", "Lyngheim|Solbakken");
    check_ids("", "");
}
END_TEST

/* ---- wishes ---- */

START_TEST(wishes_by_name)
{
    static const struct {
        const char *wishes, *ids;
    } cases[] = {
        {"I-1|I-2", "I-1|I-2"},
        {"Lyngheim, Solbakken", "I-1|I-2"},
        {"lyngheim og Bo/2", "I-1|A/3"},
        {"A/3/I-1", "A/3/I-1"},
        {"I-1/I-2", "I-1|I-2"},
        {"Eik, Lyngheim", "Eik|I-1"},
        {"Furu", "Furu"}, /* two are called so */
        {"1. Solbakken\n2. Lyngheim", "I-2|I-1"},
    };
    static const struct {
        const char *id, *name;
    } houses[] = {{"I-1", "Lyngheim"}, {"I-2", "Solbakken"}, {"A/3", "Bo/2"}, {"I-4", "Furu"}, {"I-5", "Furu"}};
    struct tr_records institutions;
    struct tr_wishes w;

    load(PROFILE);
    tr_records_start(&institutions, &tr_institution_kind, &profile, "test");
    for (size_t i = 0; i < COUNT(houses); i++) {
        struct tr_institution *house = tr_records_add(&institutions, i + 2);
        int number = (int)i;

        house->id = tr_str(houses[i].id);
        house->name = tr_str(houses[i].name);
        ck_assert_int_eq(tr_dict_add(&institutions.ids, house->id, &number), 0);
    }
    ck_assert_int_eq(tr_wishes_start(&w, &institutions), 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct tr_buf out = {0};

        tr_wishes_read(&w, tr_str(cases[i].wishes), &out);
        ck_assert_msg(tr_str_is(tr_buf_slice(&out), cases[i].ids), "%s: %.*s", cases[i].wishes,
                      (int)out.len, out.p);
        tr_buf_clear(&out);
    }
    ck_assert(tr_str_is(tr_wishes_near(&w, TR_STR("i-1")), "I-1"));
    ck_assert(tr_str_is(tr_wishes_near(&w, TR_STR("I-01")), "I-1"));
    ck_assert_uint_eq(tr_wishes_near(&w, TR_STR("I-1")).len, 0);
    tr_wishes_clear(&w);
    tr_records_clear(&institutions);
}
END_TEST

/* ---- ids that look alike ---- */

START_TEST(twins)
{
    static const struct {
        const char *a, *b;
        bool twins;
    } cases[] = {
        {"A-1", "a-1", true},  {"007", "7", true},      {"A-01", "A-1", true}, {"S 12", "S12", true},
        {"A-1", "A-1", false}, {"A-10", "A-1", false},  {"A-0", "A-00", true}, {"A-100", "A-1", false},
        {"\xC3\x98-1", "\xC3\xB8-1", true},              {"A1", "A-1", true},  {"0", "00", true},
        {"2026-001", "2026-1", true},                    {"1-10", "11-0", false},
        {"p-017", "P_17", true},  {"2026/12", "2026-12", true}, {"2026-12", "202612", false},
        {"A\xE2\x80\x93" "1", "A-1", true}, {"1 - 10", "1/010", true}, {"a-b", "ab", true},
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_msg(tr_twins_are(tr_str(cases[i].a), tr_str(cases[i].b)) == cases[i].twins, "%s %s",
                      cases[i].a, cases[i].b);
}
END_TEST

START_TEST(many_ids)
{
    struct tr_twins t = {0};
    struct tr_str twin;
    char id[32];

    for (int i = 0; i < 5000; i++) {
        size_t n = (size_t)snprintf(id, sizeof id, "R-%d", i);

        ck_assert_int_eq(tr_twins_add(&t, (struct tr_str){id, n}, &twin), 0);
        ck_assert_int_eq(tr_twins_add(&t, (struct tr_str){id, n}, &twin), 0);
    }
    ck_assert_int_eq(tr_twins_add(&t, TR_STR("r-04999"), &twin), 1);
    ck_assert(tr_str_is(twin, "R-4999"));
    tr_twins_clear(&t);
}
END_TEST

/* The first of n ids that is the same or a twin; n: none. */
static size_t first_like(char (*kept)[32], size_t n, const char *id)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(kept[k], id) == 0 || tr_twins_are(tr_str(kept[k]), tr_str(id)))
            return k;
    return n;
}

/* Against all ids before, one by one. */
START_TEST(ids_among_ids)
{
    static const char *const heads[] = {"A-", "a-", "A - ", "B-", "\xC3\x85-", "\xC3\xA5-"};
    static char kept[3000][32];
    struct tr_twins t = {0};
    size_t n = 0, near = 0;
    uint32_t seed = 7;

    for (int i = 0; i < 3000; i++) {
        struct tr_str twin;
        size_t like;
        int zeros;

        seed = seed * 1664525 + 1013904223;
        zeros = (int)(seed >> 29) % 3;
        snprintf(kept[n], sizeof kept[n], "%s%0*u", heads[(seed >> 8) % 6],
                 zeros + 1, seed >> 12 & 1023);
        like = first_like(kept, n, kept[n]);
        ck_assert_int_eq(tr_twins_add(&t, tr_str(kept[n]), &twin),
                         like < n && strcmp(kept[like], kept[n]) != 0);
        ck_assert(like == n || tr_str_is(twin, kept[like]));
        near += like < n;
        n += like == n;
    }
    ck_assert_uint_gt(n, 1000);
    ck_assert_uint_gt(near, 1000);
    tr_twins_clear(&t);
}
END_TEST

MAIN("values", {lists_of_codes}, {the_one_that_is_none}, {ids_that_nobody_knows},
     {wishes_by_name}, {twins}, {many_ids}, {ids_among_ids})

/* Referrals of one person: which speaks, what is told, and among very many. */
#include "made.h"

#include "domain/referral/persons.h"
#include "record/seen/repeats.h"

static struct tr_person_at at(const char *id, int32_t received)
{
    return (struct tr_person_at){
        .person = {.key = 1, .received = received, .sex = -1, .standing = TR_PERSON_OPEN},
        .id = tr_str(id),
        .source = "f.csv",
        .line = 2};
}

START_TEST(which_speaks)
{
    enum { CLOSED = TR_PERSON_CLOSED, OPEN = TR_PERSON_OPEN, HOLDS = TR_PERSON_HOLDS };
    static const struct {
        const char *a, *b;
        int32_t day_a, day_b;
        uint8_t open_a, open_b;
        bool newest, oldest; /* b speaks */
    } row[] = {
        {"A", "B", 20261101, 20261102, OPEN, OPEN, true, false},
        {"A", "B", 20261102, 20261101, OPEN, OPEN, false, true},
        {"A", "B", 20261101, 20261101, OPEN, OPEN, true, false},
        {"B", "A", 20261101, 20261101, OPEN, OPEN, false, true},
        {"A", "AB", 20261101, 20261101, OPEN, OPEN, true, false},
        {"A", "B", 0, 20261101, OPEN, OPEN, true, true},
        {"A", "B", 20261101, 0, OPEN, OPEN, false, false},
        {"A", "B", 0, 0, OPEN, OPEN, true, false},
        {"A", "B", 20261101, 20261102, OPEN, CLOSED, false, false},
        {"A", "B", 20261102, 20261101, CLOSED, OPEN, true, true},
        {"A", "B", 20261102, 20261101, OPEN, HOLDS, true, true},
        {"A", "B", 20261101, 20261102, CLOSED, HOLDS, true, true},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        struct tr_person_at a = at(row[i].a, row[i].day_a), b = at(row[i].b, row[i].day_b);

        a.person.standing = row[i].open_a;
        b.person.standing = row[i].open_b;
        ck_assert_msg(tr_person_speaks(TR_PERSON_NEWEST, &a, &b) == row[i].newest, "%zu", i);
        ck_assert_msg(tr_person_speaks(TR_PERSON_NEWEST, &b, &a) != row[i].newest, "%zu", i);
        ck_assert_msg(tr_person_speaks(TR_PERSON_OLDEST, &a, &b) == row[i].oldest, "%zu", i);
        ck_assert_msg(tr_person_speaks(TR_PERSON_OLDEST, &b, &a) != row[i].oldest, "%zu", i);
    }
}
END_TEST

static struct tr_person person_of(const char *number, const char *name, int sex, int year)
{
    struct tr_value v[TR_N_FIELDS] = {{.num = 0}};
    struct tr_person person;

    v[TR_F_PERSON_ID].text = tr_str(number);
    v[TR_F_NAME].text = tr_str(name);
    v[TR_F_SEX].num = sex;
    v[TR_F_BIRTH_YEAR].num = year;
    v[TR_F_RECEIVED].text = TR_STR("2026-11-03");
    tr_person_from(&person, v);
    return person;
}

START_TEST(known_by_the_number)
{
    struct tr_person a = person_of("12838510068", "Gul Dal", 0, 1985);

    ck_assert(a.key != 0 && a.received == 20261103 && a.birth_year == 1985 &&
              a.standing == TR_PERSON_OPEN);
    ck_assert(a.key == person_of("12838510068", "Lun Eng", 1, 0).key);
    ck_assert(a.key != person_of("04838512076", "Gul Dal", 0, 1985).key);
    ck_assert(person_of("h-abc", "", 0, 0).key != person_of("h-abd", "", 0, 0).key);
    ck_assert(person_of("", "Gul Dal", 0, 1985).key == 0);
    ck_assert(person_of("", "Gul Dal", 0, 1985).received == 20261103);
    ck_assert(person_of("", "Gul Dal", 0, 1985).birth_year == 1985);
    ck_assert(person_of("", "Gul Dal", 0, 1985).name == a.name);
}
END_TEST

START_TEST(names_whatever_their_capitals)
{
    static const char *const same[][2] = {
        {"Gul Dal", "GUL DAL"},
        {"Bjørg Ås-Ærlig", "BJØRG ÅS-ÆRLIG"},
        {"Bo", "BO"},
        {"Langtvekkistan Nordpå", "LANGTVEKKISTAN NORDPÅ"},
    };
    static const char *const other[][2] = {
        {"Gul Dal", "Gul Dalen"}, {"Bo", "Bu"}, {"Lun Engelund", "Sun Engelund"}};

    for (size_t i = 0; i < COUNT(same); i++)
        ck_assert_int_eq(person_of("p", same[i][0], 0, 0).name,
                         person_of("p", same[i][1], 0, 0).name);
    for (size_t i = 0; i < COUNT(other); i++)
        ck_assert_int_ne(person_of("p", other[i][0], 0, 0).name,
                         person_of("p", other[i][1], 0, 0).name);
    ck_assert_int_eq(person_of("p", "", 0, 0).name, 0);
}
END_TEST

START_TEST(contradictions)
{
    struct tr_person_at a = at("A-1", 1), b = at("B-7", 2);
    struct tr_err err;
    int field = 0;

    a.person = person_of("1", "Gul Dal", 0, 1985);
    b.person = person_of("1", "Lun Eng", 1, 1986);
    ck_assert(tr_person_differs(&a, &b, &field, &err));
    ck_assert_str_eq(err.field, "name");
    ck_assert_str_eq(err.arg[0], "A-1");
    ck_assert_str_eq(err.arg[2], "f.csv:2");
    ck_assert_str_eq(err.value, "");
    ck_assert(tr_person_differs(&a, &b, &field, &err));
    ck_assert_str_eq(err.field, "sex");
    ck_assert(tr_person_differs(&a, &b, &field, &err));
    ck_assert_str_eq(err.field, "birth_year");
    ck_assert(!tr_person_differs(&a, &b, &field, &err));
    b.person = person_of("1", "", -1, 0); /* what is not known contradicts nothing */
    field = 0;
    ck_assert(!tr_person_differs(&a, &b, &field, &err));
}
END_TEST

/* ---- among many ---- */

struct found {
    uint64_t groups, items, last_first;
    const uint32_t *person; /* of each item */
    int wrong, disorder;
};

static int take_group(void *cookie, const uint64_t *item, size_t n, struct tr_err *err)
{
    struct found *f = cookie;

    (void)err;
    f->wrong += n < 2;
    f->disorder += f->groups && item[0] <= f->last_first;
    for (size_t i = 1; i < n; i++)
        f->wrong += item[i] <= item[i - 1] || f->person[item[i]] != f->person[item[0]];
    f->last_first = item[0];
    f->groups++;
    f->items += n;
    return 0;
}

static uint64_t key_of(uint32_t person)
{
    return (person + 1) * 0x9E3779B97F4A7C15ULL;
}

/* A model that knows nothing of filters: how many persons have several items, and how many items.
 */
START_TEST(every_repeat_and_no_other)
{
    static const struct {
        uint32_t items, persons;
    } size[] = {
        {0, 1}, {1, 1}, {2, 1}, {40, 1}, {1000, 1000000}, {400000, 300000}, {900000, 60000000}};

    for (size_t s = 0; s < COUNT(size); s++) {
        struct tr_repeats *r = tr_repeats_new(&(struct tr_scratch){.folder = "/tmp"});
        uint32_t *person = calloc(size[s].items + 1, sizeof *person), random = 20261128;
        uint8_t *times = calloc(size[s].persons, 1);
        struct found f = {.person = person};
        uint64_t groups = 0, items = 0;
        struct tr_err err;

        ck_assert(r && person && times);
        for (uint32_t i = 0; i < size[s].items; i++) {
            random = random * 1664525 + 1013904223;
            person[i] = (uint32_t)((uint64_t)random * size[s].persons >> 32);
            times[person[i]] += times[person[i]] < 255;
            ck_assert_int_eq(tr_repeats_add(r, key_of(person[i]), &err), 0);
        }
        for (uint32_t i = 0; i < size[s].items; i++)
            items += times[person[i]] > 1;
        for (uint32_t p = 0; p < size[s].persons; p++)
            groups += times[p] > 1;
        ck_assert(tr_repeats_count(r) == size[s].items);
        ck_assert_int_eq(tr_repeats_settle(r, take_group, &f, &err), 0);
        ck_assert_int_eq(f.wrong, 0);
        ck_assert_int_eq(f.disorder, s == 5); /* the one with two readings */
        ck_assert_msg(f.groups == groups && f.items == items, "%zu: %llu groups, %llu items", s,
                      (unsigned long long)f.groups, (unsigned long long)f.items);
        free(person);
        free(times);
        tr_repeats_free(r);
    }
}
END_TEST

START_TEST(joined_keys)
{
    static const uint32_t person[] = {1, 2, 3, 4, 5, 1};
    static const uint32_t as_one[] = {1, 1, 3, 1, 5, 1};
    struct tr_repeats *r = tr_repeats_new(&(struct tr_scratch){.folder = "/tmp"});
    struct found f = {.person = as_one};
    struct tr_err err;

    ck_assert_int_eq(tr_repeats_join(r, key_of(2), key_of(4), &err), 0);
    ck_assert_int_eq(tr_repeats_join(r, key_of(4), key_of(1), &err), 0);
    for (size_t i = 0; i < COUNT(person); i++)
        ck_assert_int_eq(tr_repeats_add(r, key_of(person[i]), &err), 0);
    ck_assert_int_eq(tr_repeats_settle(r, take_group, &f, &err), 0);
    ck_assert(f.groups == 1 && f.items == 4 && f.wrong == 0);
    tr_repeats_free(r);
    tr_repeats_free(NULL);
}
END_TEST

struct told {
    int n, wrong;
};

/* Referral i of person p has the note i, and its id and line say the same. */
static void take_same(void *cookie, const struct tr_person_at *other,
                      const struct tr_person_at *speaks)
{
    struct told *t = cookie;
    const struct tr_person_at *both[] = {other, speaks};

    for (int i = 0; i < 2; i++) {
        char id[32];
        int n = snprintf(id, sizeof id, "R-2026-%07u", both[i]->note);

        t->wrong += !tr_str_eq(both[i]->id, (struct tr_str){id, (size_t)n}) ||
                    both[i]->line != (both[i]->note % 1000) * 300 + 2 ||
                    strcmp(both[i]->source, both[i]->note < 100000 ? "one" : "two") != 0;
    }
    t->wrong += other->note % 150001 != speaks->note % 150001 || other->note >= speaks->note;
    t->n++;
}

START_TEST(notes_come_back_whole)
{
    enum { N = 200000 };
    struct tr_profile profile;
    struct tr_persons *p;
    struct told told = {0};
    const struct tr_persons_use use = {.same = take_same, .cookie = &told};
    struct tr_err err;
    int twice = 0;

    ck_assert_int_eq(made_profile(&profile, (struct made_table[]){{NULL, NULL}}, &err), 0);
    p = tr_persons_new(&profile, &(struct tr_scratch){.folder = "/tmp"});
    for (uint32_t i = 0; i < N; i++) {
        char id[32];
        struct tr_person_at a;

        snprintf(id, sizeof id, "R-2026-%07u", i);
        a = at(id, (int32_t)(20200101 + i));
        a.person.key = i % 10 == 9 ? 0 : key_of(i % 150001);
        a.line = (i % 1000) * 300 + 2; /* near, far, and backwards */
        a.source = i < 100000 ? "one" : "two";
        a.note = i;
        twice += i > 150000 && i % 10 != 9 && (i - 150001) % 10 != 9;
        ck_assert_int_eq(tr_persons_add(p, &a, &err), 0);
    }
    ck_assert_int_eq(tr_persons_settle(p, &use, &err), 0);
    ck_assert_int_eq(told.wrong, 0);
    ck_assert_int_eq(told.n, twice);
    tr_persons_free(p);
    tr_persons_free(NULL);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("person", {which_speaks}, {known_by_the_number}, {names_whatever_their_capitals},
     {contradictions}, {every_repeat_and_no_other}, {joined_keys}, {notes_come_back_whole})

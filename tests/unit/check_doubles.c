/* Persons counted in several tables: tables of invented persons with planted doubles, some without a
 * number, added up in one go and in two; a sum says as many doubles as sets of persons tell. */
#include "unit.h"

#include "domain/survey/needs.h"
#include "record/reader.h"

static struct tr_profile profile;
static struct tr_key key, other;

static void load(void)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    ck_assert_int_eq(tr_key_make(&key), 0);
    ck_assert_int_eq(tr_key_make(&other), 0);
}

enum { PERSONS = 400, PARTS = 6 };

/* Of each part: which persons it counts. Those from NUMBERS on have no number. */
enum { NUMBERS = 300 };
static bool is_in[PARTS][PERSONS];

static const char *number_of(int person)
{
    static char text[16];

    snprintf(text, sizeof text, "%s%09d", person % 7 ? "28" : "p-", person);
    return person < NUMBERS ? text : "";
}

/* A count of a part, in the row of a district. */
static void count_part(struct tr_needs *n, struct tr_doubles *d, const struct tr_key *with, int part)
{
    struct tr_err err;

    ck_assert_int_eq(tr_needs_init(n, &profile, TR_F_BYDEL, TR_F_HOUSING_TYPE, &err), 0);
    tr_doubles_start(d, with);
    n->doubles = d;
    for (int i = 0; part >= 0 && i < PERSONS; i++)
        if (is_in[part][i]) {
            tr_needs_count(n, (struct tr_needs_place){part, i % 5, 0});
            ck_assert_int_eq(tr_doubles_person(d, tr_str(number_of(i))), 0);
            if (i % 3 == 0) /* another referral of the person */
                ck_assert_int_eq(tr_doubles_person(d, tr_str(number_of(i))), 0);
        }
}

static void settle(struct tr_needs *n)
{
    ck_assert_int_eq(tr_doubles_settle(n->doubles, n->count, (size_t)(n->n_rows * n->n_columns),
                                       tr_needs_persons(n)),
                     0);
}

static const char *write_table(const struct tr_needs *n, bool as_long)
{
    const struct tr_needs_beside beside = {.doubles = n->doubles};
    struct tr_out out = {.fd = -1};
    const char *path;

    tr_needs_write(n, &beside, as_long, TR_FORMAT_CSV, &out);
    path = file_of(out.buf.p, out.buf.len);
    tr_buf_clear(&out.buf);
    return path;
}

static int add(struct tr_needs *n, const char *path, struct tr_err *err)
{
    struct tr_reader *reader =
        tr_reader_open(path, &(struct tr_reader_options){.no_thread = true}, err);
    struct tr_table table = {0};
    int rc;

    ck_assert_ptr_nonnull(reader);
    rc = tr_table_read(&table, reader, err);
    rc = rc < 0 ? rc : tr_needs_add_table(n, &table, err);
    tr_table_clear(&table);
    tr_reader_close(reader);
    return rc;
}

static void end(struct tr_needs *n)
{
    tr_doubles_clear(n->doubles);
    tr_needs_clear(n);
}

static const char *write_part(const struct tr_key *with, int part, bool as_long)
{
    struct tr_needs n;
    struct tr_doubles d;
    const char *path;

    count_part(&n, &d, with, part);
    settle(&n);
    if (with) /* as many hashes as persons */
        ck_assert_uint_eq(d.all.len / TR_SHORT_LEN, tr_needs_persons(&n));
    ck_assert_uint_eq(d.persons, 0);
    path = write_table(&n, as_long);
    end(&n);
    return path;
}

static void plant(void)
{
    memset(is_in, 0, sizeof is_in);
    for (int i = 0; i < PERSONS; i++) {
        is_in[random_below(PARTS)][i] = true;
        while (random_below(4) == 0) /* the doubles */
            is_in[random_below(PARTS)][i] = true;
    }
}

/* What sets of persons say: how many are in more than one part, and how often beyond that. */
static void truth(uint64_t *persons, uint64_t *more)
{
    *persons = *more = 0;
    for (int i = 0; i < NUMBERS; i++) {
        uint64_t in = 0;

        for (int p = 0; p < PARTS; p++)
            in += is_in[p][i];
        *persons += in > 1;
        *more += in > 1 ? in - 1 : 0;
    }
}

static void ck_sum(const struct tr_needs *n)
{
    uint64_t persons, more;

    truth(&persons, &more);
    ck_assert_uint_gt(persons, 10);
    ck_assert_uint_eq(n->doubles->persons, persons);
    ck_assert_uint_eq(n->doubles->more, more);
}

START_TEST(planted)
{
    struct tr_needs n;
    struct tr_doubles d;
    struct tr_err err;
    const char *half[2];

    load();
    for (int round = 0; round < 20; round++) {
        plant();
        /* all parts at once, without a key */
        count_part(&n, &d, NULL, -1);
        for (int p = 0; p < PARTS; p++)
            ck_assert_int_eq(add(&n, write_part(&key, p, p % 2), &err), 0);
        settle(&n);
        ck_sum(&n);
        end(&n);
        /* the first from records, the others as tables, with the key */
        count_part(&n, &d, &key, 0);
        for (int p = 1; p < PARTS; p++)
            ck_assert_int_eq(add(&n, write_part(&key, p, p % 2), &err), 0);
        settle(&n);
        ck_sum(&n);
        ck_assert_uint_eq(d.all.len / TR_SHORT_LEN, tr_needs_persons(&n));
        end(&n);
        /* sums of halves, added up: a person counted twice in a half stays counted twice */
        for (int h = 0; h < 2; h++) {
            count_part(&n, &d, &key, -1);
            for (int p = h; p < PARTS; p += 2)
                ck_assert_int_eq(add(&n, write_part(&key, p, false), &err), 0);
            settle(&n);
            half[h] = write_table(&n, h);
            end(&n);
        }
        count_part(&n, &d, NULL, -1);
        for (int h = 0; h < 2; h++)
            ck_assert_int_eq(add(&n, half[h], &err), 0);
        settle(&n);
        ck_sum(&n);
        end(&n);
    }
    tr_profile_clear(&profile);
}
END_TEST

/* The same input gives the same hashes; another key, other ones: none is shared. */
START_TEST(keys)
{
    struct tr_needs n[3];
    struct tr_doubles d[3];

    load();
    plant();
    for (int i = 0; i < 3; i++) {
        count_part(&n[i], &d[i], i < 2 ? &key : &other, 0);
        settle(&n[i]);
    }
    ck_assert_int_eq(memcmp(d[0].all.p, d[1].all.p, d[0].all.len), 0);
    for (size_t a = 0; a < d[0].all.len; a += TR_SHORT_LEN)
        for (size_t b = 0; b < d[2].all.len; b += TR_SHORT_LEN)
            ck_assert_int_ne(memcmp(d[0].all.p + a, d[2].all.p + b, TR_SHORT_LEN), 0);
    for (int i = 0; i < 3; i++)
        end(&n[i]);
    tr_profile_clear(&profile);
}
END_TEST

/* A table with hashes, of which a letter or the count was changed. */
START_TEST(refused)
{
    static const struct {
        const char *table;
        enum tr_code code;
    } tables[] = {
        {"bydel,count,hashes\n1,2,h1-abcdefgh aaaaaaaa bbbbbbbb\n", TR_OK},
        {"bydel,count,hashes\n1,1,\n2,1,h1-abcdefgh aaaaaaaa bbbbbbbb\n", TR_OK},
        {"bydel,count,hashes\n1,1,h1-abcdefgh aaaaaaaa bbbbbbbb\n2,1,\n", TR_OK},
        {"bydel,count\n1,2\n", TR_OK},
        {"bydel,count,hashes\n1,3,h1-abcdefgh aaaaaaaa bbbbbbbb\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,1,h1-abcdefgh aaaaaaaa bbbbbbbb\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,2,h1-abcdefgh aaaaaaaa bbbbbbb\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,2,h1-abcdefgh aaaaaaaa bbbbbbb1\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,2,h1-abcdefgh aaaaaaaa Bbbbbbbb\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,2,h1-abcdefg aaaaaaaa bbbbbbbb\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,2,h2-abcdefgh aaaaaaaa bbbbbbbb\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,2,aaaaaaaa bbbbbbbb\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,2,\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,1,h1-abcdefgh aaaaaaaa bbbbbbbb\n2,1,h1-abcdefgh\n", TR_E_HASHES},
        {"bydel,count,hashes\n1,1,h1-abcdefga aaaaaaaa\n", TR_E_HASHES_KEY},
    };
    struct tr_needs n;
    struct tr_doubles d;
    struct tr_err err = {0};

    load();
    ck_assert_int_eq(tr_needs_init(&n, &profile, TR_F_BYDEL, -1, &err), 0);
    tr_doubles_start(&d, NULL);
    n.doubles = &d;
    ck_assert_int_eq(add(&n, file_z("bydel,count,hashes\n1,1,h1-abcdefgh cccccccc\n"), &err), 0);
    ck_assert_int_eq(add(&n, file_z(tables[_i].table), &err), tables[_i].code ? -1 : 0);
    if (tables[_i].code)
        ck_assert_str_eq(tr_code_name(err.code), tr_code_name(tables[_i].code));
    end(&n);
    /* where nobody asks for doubles, as of homes, the column is passed over */
    ck_assert_int_eq(tr_needs_init(&n, &profile, TR_F_BYDEL, -1, &err), 0);
    ck_assert_int_eq(add(&n, file_z(tables[_i].table), &err), 0);
    tr_needs_clear(&n);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("doubles", {planted}, {keys}, {refused, 15})

#include "domain/referral/person.h"

#include <stdio.h>

#include "base/date.h"
#include "base/hash.h"

const char *const tr_person_rule_names[TR_N_PERSON_RULES + 1] = {
    [TR_PERSON_NEWEST] = "newest", [TR_PERSON_OLDEST] = "oldest"};

enum tr_person_rule tr_person_rule_of(const struct tr_profile *p)
{
    return tr_str_is(tr_profile_value(p, "person_speaks"), tr_person_rule_names[TR_PERSON_OLDEST])
               ? TR_PERSON_OLDEST
               : TR_PERSON_NEWEST;
}

bool tr_pseudonym_is_made(struct tr_str s)
{
    return s.len == 26 && (*s.p == 'p' || *s.p == 'h') && s.p[1] == '-';
}

enum tr_person_sort tr_person_sort_of(struct tr_str s)
{
    enum { BIRTH_LEN = 11, DUF_LEN = 12 };

    if (tr_str_digits(s) < s.len || (s.len != BIRTH_LEN && s.len != DUF_LEN))
        return TR_PERSON_NAMED;
    if (s.len == DUF_LEN)
        return TR_PERSON_DUF;
    return *s.p >= '8' ? TR_PERSON_FH : *s.p >= '4' ? TR_PERSON_DNR : TR_PERSON_BIRTH;
}

static int32_t two(const char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

/* yyyymmdd of a day or a month as records write it. */
static int32_t day_of(struct tr_str iso)
{
    if (iso.len != TR_DATE_LEN && iso.len != TR_MONTH_LEN)
        return 0;
    return (two(iso.p) * 100 + two(iso.p + 2)) * 10000 + two(iso.p + 5) * 100 +
           (iso.len == TR_DATE_LEN ? two(iso.p + 8) : 0);
}

/* Letters of either case, also those of two bytes with æ, ø and å, differ in one bit. */
static uint16_t name_hash(struct tr_str name)
{
    const uint64_t cases = 0x2020202020202020ULL;
    size_t n = name.len;
    uint64_t h = n;
    uint16_t hash;

    for (; n > 8; name.p += 8, n -= 8)
        h = tr_hash_mix(h ^ (tr_hash_load(name.p, 8) | cases), 0xe7037ed1a0b428dbULL);
    if (name.len >= 8) /* the last eight, some of them again */
        h = tr_hash_mix(h ^ (tr_hash_load(name.p + n - 8, 8) | cases), 0x8ebc6af09c88c6e3ULL);
    else
        h = tr_hash_mix(h ^ (tr_hash_load(name.p, n) | cases), 0x8ebc6af09c88c6e3ULL);
    hash = (uint16_t)(h ^ h >> 32);
    return hash ? hash : 1;
}

void tr_person_from(struct tr_person *out, const struct tr_value v[])
{
    struct tr_str id = v[TR_F_PERSON_ID].text;
    int year = v[TR_F_BIRTH_YEAR].num;

    *out = (struct tr_person){.sex = -1, .standing = TR_PERSON_OPEN};
    if (id.len > 0) {
        out->key = tr_hash(id.p, id.len, TR_F_PERSON_ID);
        out->key += !out->key;
        out->sort = (uint8_t)tr_person_sort_of(id);
    }
    out->received = day_of(v[TR_F_RECEIVED].text);
    out->birth_year = year > 0 ? (uint16_t)year : 0;
    out->name = v[TR_F_NAME].text.len ? name_hash(v[TR_F_NAME].text) : 0;
    out->sex = (int8_t)v[TR_F_SEX].num;
    out->number = v[TR_F_QUEUE_NUMBER].num > 0 ? v[TR_F_QUEUE_NUMBER].num : 0;
}

bool tr_person_speaks(enum tr_person_rule rule, const struct tr_person_at *a,
                      const struct tr_person_at *b)
{
    bool first = rule == TR_PERSON_OLDEST;
    int32_t x = a->person.received, y = b->person.received;

    if (a->person.standing != b->person.standing)
        return b->person.standing > a->person.standing;
    if (x != y) /* one of an unknown day comes last under either rule */
        return x == 0 || y == 0 ? x == 0 : (y < x) == first;
    x = a->person.number;
    y = b->person.number;
    if (x != y)
        return x == 0 || y == 0 ? x == 0 : (y < x) == first;
    return (tr_str_cmp(b->id, a->id) < 0) == first;
}

static void warn(const struct tr_person_at *other, const struct tr_person_at *speaks,
                 enum tr_code code, struct tr_err *err)
{
    char id[2][160], place[160];

    tr_err_copy(id[0], sizeof id[0], other->id);
    tr_err_copy(id[1], sizeof id[1], speaks->id);
    snprintf(place, sizeof place, speaks->line ? "%s:%llu" : "%s", speaks->source,
             (unsigned long long)speaks->line);
    tr_err_set(err, code, id[0], id[1], place);
    err->source = other->source;
    err->line = other->line;
}

void tr_person_same(const struct tr_person_at *other, const struct tr_person_at *speaks,
                    struct tr_err *err)
{
    warn(other, speaks, TR_W_SAME_PERSON, err);
}

void tr_person_near(const struct tr_person_at *other, const struct tr_person_at *first,
                    struct tr_err *err)
{
    warn(other, first, TR_W_PERSON_NEAR, err);
    tr_err_field(err, tr_str(tr_fields[TR_F_PERSON_ID].name));
}

static bool differs(int field, const struct tr_person *a, const struct tr_person *b)
{
    switch (field) {
    case TR_F_NAME:
        return a->name && b->name && a->name != b->name;
    case TR_F_SEX:
        return a->sex >= 0 && b->sex >= 0 && a->sex != b->sex;
    case TR_F_BIRTH_YEAR:
        return a->birth_year && b->birth_year && a->birth_year != b->birth_year;
    default:
        return false;
    }
}

bool tr_person_differs(const struct tr_person_at *other, const struct tr_person_at *speaks,
                       int *field, struct tr_err *err)
{
    for (; *field < TR_N_REFERRAL_FIELDS; ++*field) {
        if (!differs(*field, &other->person, &speaks->person))
            continue;
        warn(other, speaks, TR_W_PERSON_DIFFERS, err);
        tr_err_field(err, tr_str(tr_fields[(*field)++].name));
        return true;
    }
    return false;
}

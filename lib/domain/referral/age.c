#include "domain/referral/age.h"

#include "base/idnum.h"

static int32_t years(struct tr_date born, struct tr_date day)
{
    return day.year - born.year -
           (day.month < born.month || (day.month == born.month && day.day < born.day));
}

static struct tr_ages within(struct tr_str born, struct tr_date day)
{
    struct tr_ages ages = {0, TR_AGE_MAX};
    int32_t first, last;

    if (!tr_born_parse(born, &first, &last))
        return (struct tr_ages){-1, -1};
    if (last != TR_NO_DAY)
        ages.from = years(tr_date_of(last), day);
    if (first != TR_NO_DAY)
        ages.to = years(tr_date_of(first), day);
    if (ages.from < 0 && ages.to >= 0)
        ages.from = 0; /* born by the day, as there is a referral */
    return ages;
}

struct tr_ages tr_ages_of(const struct tr_value v[], int32_t as_of)
{
    struct tr_ages ages = {-1, -1};
    struct tr_str year = v[TR_F_BIRTH_YEAR].text;
    struct tr_idnum number;
    struct tr_date day;
    int born = 0;

    if (as_of == TR_NO_DAY)
        return ages;
    day = tr_date_of(as_of);
    if (!tr_str_is(v[TR_F_PERSON_ID_KIND].text, "pseudonym") &&
        tr_idnum_parse(v[TR_F_PERSON_ID].text, &number) == TR_OK && number.birth_year &&
        number.day) {
        ages.from = ages.to =
            years((struct tr_date){number.birth_year, number.month, number.day}, day);
    } else if (year.len > 0) {
        for (size_t i = 0; i < year.len; i++)
            born = born * 10 + (year.p[i] - '0');
        ages = (struct tr_ages){years((struct tr_date){born, 12, 31}, day), day.year - born};
    } else if (v[TR_F_BORN_BETWEEN].text.len > 0) {
        ages = within(v[TR_F_BORN_BETWEEN].text, day);
    }
    return ages.from < 0 || ages.to > TR_AGE_MAX ? (struct tr_ages){-1, -1} : ages;
}

/* ---- between two days ---- */

static bool end_of(struct tr_str s, int32_t *day)
{
    struct tr_date date;

    *day = TR_NO_DAY;
    if (tr_str_is(s, ".."))
        return true;
    if (s.len != TR_DATE_LEN || s.p[4] != '-' || !tr_date_parse(s, &date))
        return false;
    *day = tr_date_number(date);
    return true;
}

bool tr_born_parse(struct tr_str s, int32_t *first, int32_t *last)
{
    struct tr_str part[2];

    return s.len > 0 && tr_str_part(&s, '/', &part[0]) && s.p && end_of(part[0], first) &&
           end_of(s, last) && (*first != TR_NO_DAY || *last != TR_NO_DAY) &&
           (*first == TR_NO_DAY || *last == TR_NO_DAY || *first <= *last);
}

bool tr_age_limit_add(struct tr_age_limits *l, int32_t age)
{
    int at = l->n;

    if (age <= 0 || age >= TR_AGE_MAX)
        return true;
    while (at > 0 && l->at[at - 1] >= age)
        at--;
    if (at < l->n && l->at[at] == age)
        return true;
    if (l->n == TR_AGE_LIMITS_MAX)
        return false;
    memmove(l->at + at + 1, l->at + at, (size_t)(l->n++ - at) * sizeof *l->at);
    l->at[at] = age;
    return true;
}

/* The last day on which somebody can have been born who is so old on the day. */
static int32_t born_by(int32_t age, struct tr_date day)
{
    day.year -= age;
    if (!tr_date_valid(day)) /* 29 February */
        day.day--;
    return tr_date_number(day);
}

struct tr_str tr_born_between(const struct tr_age_limits *l, struct tr_ages ages, int32_t as_of,
                              char out[TR_BORN_LEN])
{
    int32_t least = 0, beyond = TR_AGE_MAX;
    struct tr_buf text = {.p = out, .cap = TR_BORN_LEN, .fixed = true};
    char iso[TR_DATE_LEN];

    for (int i = 0; i < l->n; i++) {
        if (l->at[i] <= ages.from)
            least = l->at[i];
        if (l->at[l->n - 1 - i] > ages.to)
            beyond = l->at[l->n - 1 - i];
    }
    if (ages.from < 0 || as_of == TR_NO_DAY || tr_date_of(as_of).year <= TR_AGE_MAX ||
        (least == 0 && beyond == TR_AGE_MAX))
        return (struct tr_str){"", 0};
    if (beyond < TR_AGE_MAX) {
        tr_date_iso(tr_date_of(born_by(beyond, tr_date_of(as_of)) + 1), iso);
        tr_buf_add(&text, iso, sizeof iso);
    } else {
        tr_buf_text(&text, "..");
    }
    tr_buf_char(&text, '/');
    if (least > 0) {
        tr_date_iso(tr_date_of(born_by(least, tr_date_of(as_of))), iso);
        tr_buf_add(&text, iso, sizeof iso);
    } else {
        tr_buf_text(&text, "..");
    }
    return tr_buf_slice(&text);
}

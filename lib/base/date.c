#include "base/date.h"
#include "base/date_own.h"

bool tr_date_valid(struct tr_date d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = ((d.year % 4 == 0) & (d.year % 100 != 0)) | (d.year % 400 == 0);

    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days[d.month - 1] + (d.month == 2 && leap);
}

/* One to most digits, not fewer than least, off the front of *s. */
static bool number(struct tr_str *s, size_t least, size_t most, int *out)
{
    size_t n = 0;

    for (*out = 0; n < s->len && n < most && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        *out = *out * 10 + (s->p[n] - '0');
    s->p += n;
    s->len -= n;
    return n >= least;
}

static bool mark(struct tr_str *s, char c)
{
    if (s->len == 0 || *s->p != c)
        return false;
    s->p++;
    s->len--;
    return true;
}

/* The two forms of ten characters, by far the most common: digits at fixed places. */
static bool parse_ten(const char *p, struct tr_date *out)
{
    bool iso = p[4] == '-';
    const char *y = iso ? p : p + 6, *m = iso ? p + 5 : p + 3, *d = iso ? p + 8 : p;
    char mark = iso ? '-' : '.';
    const char digit[] = {y[0], y[1], y[2], y[3], m[0], m[1], d[0], d[1]};

    for (int i = 0; i < 8; i++)
        if (digit[i] < '0' || digit[i] > '9')
            return false;
    if (p[iso ? 4 : 2] != mark || p[iso ? 7 : 5] != mark)
        return false;
    *out = (struct tr_date){(y[0] - '0') * 1000 + (y[1] - '0') * 100 + (y[2] - '0') * 10 +
                                (y[3] - '0'),
                            (m[0] - '0') * 10 + (m[1] - '0'), (d[0] - '0') * 10 + (d[1] - '0')};
    return tr_date_valid(*out);
}

bool tr_date_parse(struct tr_str s, struct tr_date *out)
{
    struct tr_date d;
    bool read;

    if (s.len == TR_DATE_LEN)
        return parse_ten(s.p, out);
    if (s.len > 4 && s.p[4] == '-')
        read = number(&s, 4, 4, &d.year) && mark(&s, '-') && number(&s, 2, 2, &d.month) &&
               mark(&s, '-') && number(&s, 2, 2, &d.day);
    else
        read = number(&s, 1, 2, &d.day) && mark(&s, '.') && number(&s, 1, 2, &d.month) &&
               mark(&s, '.') && number(&s, 4, 4, &d.year);
    if (!read || s.len > 0 || !tr_date_valid(d))
        return false;
    *out = d;
    return true;
}

bool tr_time_parse(struct tr_str s, int32_t *minutes)
{
    int hour, minute;

    if (!number(&s, 1, 2, &hour) || (!mark(&s, ':') && !mark(&s, '.')) ||
        !number(&s, 2, 2, &minute) || s.len > 0 || hour > 23 || minute > 59)
        return false;
    *minutes = 60 * hour + minute;
    return true;
}

void tr_time_text(int32_t minutes, char between, char out[TR_TIME_LEN])
{
    const int32_t digits[] = {minutes / 600, minutes / 60 % 10, 0, minutes % 60 / 10, minutes % 10};

    for (int i = 0; i < TR_TIME_LEN; i++)
        out[i] = (char)('0' + digits[i]);
    out[2] = between;
}

bool tr_month_parse(struct tr_str s, struct tr_date *out)
{
    struct tr_date d = {.day = 1};

    if (!number(&s, 4, 4, &d.year) || !mark(&s, '-') || !number(&s, 2, 2, &d.month) || s.len > 0 ||
        !tr_date_valid(d))
        return false;
    *out = d;
    return true;
}

/* ---- dates in cells ---- */

static bool word(struct tr_str *s, const char *front)
{
    size_t n = strlen(front);

    if (s->len < n || memcmp(s->p, front, n) != 0)
        return false;
    *s = (struct tr_str){s->p + n, s->len - n};
    return true;
}

static void skip_spaces(struct tr_str *s)
{
    while (word(s, " ") || word(s, "\xC2\xA0") || word(s, "\xE2\x80\xAF"))
        ;
}

/* Puts the two numbers of a date with slashes, or dashes, in their order. */
static bool settle_order(enum tr_date_order order, bool dashes, struct tr_date *d, unsigned *forms)
{
    struct tr_date swapped = {d->year, d->day, d->month};
    bool day_first = tr_date_valid(*d), month_first = tr_date_valid(swapped);

    if (day_first && month_first && d->day == d->month)
        return true; /* either way */
    if (day_first != month_first) {
        *forms |= day_first ? TR_DATE_DAY : TR_DATE_MONTH;
        if (order != TR_ORDER_NONE && day_first != (order == TR_ORDER_DAY_FIRST))
            return false;
    } else if (day_first) {
        *forms |= dashes ? TR_DATE_DASH : TR_DATE_SLASH;
        if (order == TR_ORDER_NONE)
            return false;
    }
    if (!day_first || (month_first && order == TR_ORDER_MONTH_FIRST))
        *d = swapped;
    return true;
}

static bool read_year(struct tr_str *s, bool short_too, int *year, unsigned *forms)
{
    size_t was = s->len;

    if (!number(s, 2, 4, year) || (s->len > 0 && *s->p >= '0' && *s->p <= '9'))
        return false;
    if (was - s->len == 4)
        return true;
    *forms |= TR_DATE_SHORT_YEAR;
    *year += *year < 70 ? 2000 : 1900;
    return short_too && was - s->len == 2;
}

/* A year of four digits behind spaces that stand for a mark, as in "1/9 2026"; with two it may be an hour. */
static bool read_year_apart(struct tr_str *s, int *year, unsigned *forms)
{
    size_t was = s->len;

    *forms |= TR_DATE_OTHER;
    skip_spaces(s);
    return s->len < was && number(s, 4, 4, year) && *year >= 1850 && *year <= 2150;
}

/* A date that begins with its day, or perhaps its month. */
static bool read_day_first(struct tr_str *s, enum tr_date_order order, struct tr_date *d,
                           unsigned *forms)
{
    char between;

    if (!number(s, 1, 2, &d->day) || s->len == 0)
        return false;
    between = *s->p;
    if (!mark(s, '.') && !mark(s, '-') && !mark(s, '/') && !mark(s, ','))
        return false;
    if (s->len > 0 && (*s->p < '0' || *s->p > '9'))
        *forms |= TR_DATE_OTHER; /* a space */
    skip_spaces(s);
    if (!number(s, 1, 2, &d->month))
        return false;
    if (between == '/' && mark(s, '-')) { /* d/m-yyyy, as written in Norway */
        *forms |= TR_DATE_OTHER;
        return read_year(s, true, &d->year, forms);
    }
    if (!mark(s, between))
        return (between == '/' || between == '.') && read_year_apart(s, &d->year, forms);
    skip_spaces(s);
    if (between == '-' || between == ',') /* of a keyboard's block of digits, which has no full stop */
        *forms |= TR_DATE_OTHER;
    if (!read_year(s, between == '/' || between == '.', &d->year, forms))
        return false;
    return between == '.' || between == ',' || settle_order(order, between == '-', d, forms);
}

/* What may stand between a number and a month's name, or behind the name. */
static bool skip_between(struct tr_str *s)
{
    size_t before = s->len;

    (void)(mark(s, '.') || mark(s, ',') || mark(s, '-') || mark(s, '/'));
    skip_spaces(s);
    return s->len < before;
}

/* "13. februar 2026", "13-feb-26", "Feb 13, 2026". */
static bool read_words(struct tr_str *s, struct tr_date *d, unsigned *forms)
{
    *forms |= TR_DATE_WORDS;
    d->month = tr_word_month(s);
    if (d->month) {
        if (!skip_between(s) || !number(s, 1, 2, &d->day))
            return false;
    } else {
        if (!number(s, 1, 2, &d->day))
            return false;
        (void)skip_between(s);
        d->month = tr_word_month(s);
    }
    return d->month && (skip_between(s) || s->p[-1] == '.') && /* "mai." took its own */
           read_year(s, true, &d->year, forms);
}

bool tr_month_written(struct tr_str s, struct tr_date *out)
{
    struct tr_date d = {.day = 1, .month = tr_word_month(&s)};

    if (d.month ? !skip_between(&s) && s.p[-1] != '.' : !number(&s, 1, 2, &d.month) || !skip_between(&s))
        return false;
    if (!number(&s, 4, 4, &d.year) || s.len > 0 || d.year < 1850 || d.year > 2150 || !tr_date_valid(d))
        return false;
    *out = d;
    return true;
}

static bool read_year_first(struct tr_str *s, struct tr_date *d, unsigned *forms)
{
    size_t least;
    char between;

    if (s->len >= 8 && s->p[4] >= '0' && s->p[4] <= '9') {
        *forms |= TR_DATE_OTHER;
        return number(s, 4, 4, &d->year) && number(s, 2, 2, &d->month) &&
               number(s, 2, 2, &d->day) && d->year >= 1850 && d->year <= 2150;
    }
    if (s->p[4] != '-' && s->p[4] != '/' && s->p[4] != '.')
        return false;
    between = s->p[4];
    least = between == '-' ? 2 : 1; /* yyyy-mm-dd is a standard's */
    *forms |= between == '-' ? 0 : TR_DATE_OTHER;
    return number(s, 4, 4, &d->year) && mark(s, between) && number(s, least, 2, &d->month) &&
           mark(s, between) && number(s, least, 2, &d->day);
}

int tr_norwegian_hours(int32_t day, int hour)
{
    struct tr_date d = tr_date_of(day);
    int32_t from = tr_date_number((struct tr_date){d.year, 3, 31});
    int32_t to = tr_date_number((struct tr_date){d.year, 10, 31});

    from -= (from + 3) % 7; /* 1 March of the year 0 was a Wednesday */
    to -= (to + 3) % 7;
    return (day > from || (day == from && hour >= 1)) && (day < to || (day == to && hour < 1)) ? 2
                                                                                               : 1;
}

/* What stands behind a date: nothing, or a time of day. A time with a zone moves the day to that in
 * Norway. */
static bool read_time(struct tr_str *s, struct tr_date *d, unsigned *forms)
{
    int hour, minute, second = 0, zone_hour = 0, zone_minute = 0, sign = 0;
    int32_t day, minutes;

    if (s->len == 0)
        return true;
    *forms |= TR_DATE_TIME;
    if (!word(s, "T")) {
        (void)word(s, ",");
        skip_spaces(s);
        if (word(s, "kl"))
            (void)word(s, ".");
        skip_spaces(s);
    }
    if (!number(s, 1, 2, &hour) || !(mark(s, ':') || mark(s, '.')) || !number(s, 2, 2, &minute))
        return false;
    if ((mark(s, ':') || mark(s, '.')) && !number(s, 2, 2, &second))
        return false;
    if ((mark(s, '.') || mark(s, ',')) && !number(s, 1, 9, &(int){0}))
        return false;
    skip_spaces(s);
    if (mark(s, 'Z') || word(s, "UTC"))
        sign = 1;
    else if (s->len > 0 && (*s->p == '+' || *s->p == '-')) {
        sign = *s->p == '+' ? 1 : -1;
        s->p++;
        s->len--;
        if (!number(s, 2, 2, &zone_hour))
            return false;
        (void)mark(s, ':');
        if (s->len > 0 && !number(s, 2, 2, &zone_minute))
            return false;
    }
    if (s->len > 0 || hour > 24 || minute > 59 || second > 60 || zone_hour > 14 || zone_minute > 59)
        return false;
    if (sign == 0)
        return true;
    if (!tr_date_valid(*d) || d->year < 2 || d->year > 9998)
        return false;
    day = tr_date_number(*d);
    minutes = hour * 60 + minute - sign * (zone_hour * 60 + zone_minute); /* of that day, in UTC */
    day += minutes < 0 ? -1 : minutes / 1440;
    minutes = (minutes + 1440) % 1440;
    day += (minutes / 60 + tr_norwegian_hours(day, minutes / 60)) / 24;
    *d = tr_date_of(day);
    return true;
}

static bool read_day(struct tr_str *s, enum tr_date_order order, struct tr_date *d, unsigned *forms)
{
    const struct tr_str whole = *s;
    size_t digits = 0;
    bool read;

    while (digits < s->len && s->p[digits] >= '0' && s->p[digits] <= '9')
        digits++;
    if (digits == 4 || digits == 8)
        read = s->len > 4 && read_year_first(s, d, forms);
    else
        read = read_day_first(s, order, d, forms);
    if (read || *forms & ~(unsigned)TR_DATE_OTHER)
        return read;
    *s = whole;
    *forms = 0;
    return read_words(s, d, forms);
}

bool tr_date_read(struct tr_str s, enum tr_date_order order, struct tr_date *out, unsigned *forms)
{
    struct tr_date d;
    int weekday;

    *forms = 0;
    if (tr_date_parse(s, out))
        return true;
    weekday = tr_word_weekday(&s);
    if (weekday)
        (void)skip_between(&s);
    if (!read_day(&s, order, &d, forms) || !tr_date_valid(d) ||
        (weekday && (tr_date_number(d) + 2) % 7 + 1 != weekday)) /* before a zone moves the day */
        return false;
    if (!read_time(&s, &d, forms) || !tr_date_valid(d))
        return false;
    *out = d;
    return true;
}

void tr_date_iso(struct tr_date d, char out[TR_DATE_LEN])
{
    int part[] = {d.year / 100, d.year % 100, d.month, d.day};
    static const int at[] = {0, 2, 5, 8};

    memset(out, '-', TR_DATE_LEN);
    for (int i = 0; i < 4; i++) {
        out[at[i]] = (char)('0' + part[i] / 10);
        out[at[i] + 1] = (char)('0' + part[i] % 10);
    }
}

/* Years that begin in March have their odd day last; see H. Fliegel and T. van Flandern 1968. */
int32_t tr_date_number(struct tr_date d)
{
    int y = d.year - (d.month < 3), m = (d.month + 9) % 12;

    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d.day - 1;
}

/* By multiplications; see C. Neri and L. Schneider, Euclidean affine functions, 2023. */
struct tr_date tr_date_of(int32_t number)
{
    int32_t century = (4 * number + 3) / 146097, in_century = (4 * number + 3) % 146097 / 4;
    uint64_t product = UINT64_C(2939745) * (uint32_t)(4 * in_century + 3);
    int32_t year = 100 * century + (int32_t)(product >> 32);
    int32_t in_year = (int32_t)((uint32_t)product / 2939745 / 4);
    int32_t linear = 2141 * in_year + 197913, month = linear >> 16;

    return (struct tr_date){year + (month > 12), month > 12 ? month - 12 : month,
                            (linear & 0xFFFF) / 2141 + 1};
}

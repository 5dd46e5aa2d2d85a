#include "base/date.h"

bool tr_date_valid(struct tr_date d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (d.year % 4 == 0 && d.year % 100 != 0) || d.year % 400 == 0;

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

struct tr_date tr_date_of(int32_t number)
{
    int32_t era = number / 146097, day = number % 146097;
    int32_t y = (day - day / 1460 + day / 36524 - day / 146096) / 365, m;

    day -= 365 * y + y / 4 - y / 100;
    m = (5 * day + 2) / 153;
    return (struct tr_date){400 * era + y + (m > 9), m < 10 ? m + 3 : m - 9,
                            day - (153 * m + 2) / 5 + 1};
}

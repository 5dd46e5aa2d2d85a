#include "base/calendar.h"

enum { DURATION_MAX = 9999, WEEK = 7 };
enum { FIRST_DAY = 306, LAST_DAY = 3652364 }; /* 1 January of the year 1, 31 December 9999 */

/* Holidays on the same day each year, and those that Easter Sunday moves. */
static const struct {
    int month, day;
} fixed[] = {{1, 1}, {5, 1}, {5, 17}, {12, 25}, {12, 26}};
static const int after_easter[] = {-3, -2, 0, 1, 39, 49, 50};

/* Easter Sunday by the rule of Gauss in the form of Butcher, valid for every Gregorian year. */
static int32_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
    int g = (b - (b + 8) / 25 + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

    return tr_date_number((struct tr_date){year, n / 31, n % 31 + 1});
}

bool tr_holiday(int32_t day)
{
    struct tr_date d = tr_date_of(day);
    int32_t from_easter;

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (d.month == fixed[i].month && d.day == fixed[i].day)
            return true;
    if (d.month < 3 || d.month > 6) /* the rest lies between 19 March and 14 June */
        return false;
    from_easter = day - easter(d.year);
    for (size_t i = 0; i < sizeof after_easter / sizeof *after_easter; i++)
        if (from_easter == after_easter[i])
            return true;
    return false;
}

int tr_weekday(int32_t day)
{
    return (int)((day + 2) % WEEK); /* 1 March of the year 0 was a Wednesday */
}

bool tr_working_day(int32_t day)
{
    return tr_weekday(day) < 5 && !tr_holiday(day);
}

static bool exists(int32_t day)
{
    return day >= FIRST_DAY && day <= LAST_DAY;
}

static int32_t nearest_working_day(int32_t day, int32_t step)
{
    if (day == TR_NO_DAY)
        return TR_NO_DAY;
    while (exists(day) && !tr_working_day(day))
        day += step;
    return exists(day) ? day : TR_NO_DAY;
}

int32_t tr_working_day_from(int32_t day)
{
    return nearest_working_day(day, 1);
}

int32_t tr_working_day_until(int32_t day)
{
    return nearest_working_day(day, -1);
}

/* Mondays to Fridays since Monday, 28 February of the year 0, the day included. */
static int32_t weekdays_until(int32_t day)
{
    int32_t days = day + 3, over = days % WEEK;

    return days / WEEK * 5 + (over < 5 ? over : 5);
}

/* The holidays of a year on Mondays to Fridays that lie behind the first day, up to the last. */
static int32_t holidays_between(int year, int32_t first, int32_t last)
{
    enum { FIXED = sizeof fixed / sizeof *fixed, MOVED = sizeof after_easter / sizeof *after_easter };
    int32_t day[FIXED + MOVED], sunday = easter(year), n = 0;

    for (int i = 0; i < FIXED; i++)
        day[i] = tr_date_number((struct tr_date){year, fixed[i].month, fixed[i].day});
    for (int i = 0; i < MOVED; i++)
        day[FIXED + i] = sunday + after_easter[i];
    for (int i = 0; i < FIXED + MOVED; i++) {
        bool again = false; /* Ascension Day may be 1 or 17 May, Whit Monday 17 May */

        for (int k = 0; k < FIXED && i >= FIXED; k++)
            again |= day[k] == day[i];
        n += !again && day[i] > first && day[i] <= last && tr_weekday(day[i]) < 5;
    }
    return n;
}

int32_t tr_working_days_between(int32_t first, int32_t last)
{
    int32_t n;

    if (last <= first)
        return 0;
    n = weekdays_until(last) - weekdays_until(first);
    for (int year = tr_date_of(first).year, end = tr_date_of(last).year; year <= end; year++)
        n -= holidays_between(year, first, last);
    return n;
}

/* Takes a number off the front; false when there is none or it is too large. */
static bool number(struct tr_str *s, int32_t *out)
{
    int32_t n = 0;
    size_t i = 0;

    for (; i < s->len && s->p[i] >= '0' && s->p[i] <= '9'; i++)
        if ((n = n * 10 + (s->p[i] - '0')) > DURATION_MAX)
            return false;
    *s = (struct tr_str){s->p + i, s->len - i};
    *out = n;
    return i > 0;
}

static bool parse_iso(struct tr_str s, struct tr_duration *out)
{
    static const char units[] = "YMWD"; /* in this order, each at most once */
    const char *from = units, *unit;
    int32_t n;

    while (s.len > 0) {
        if (!number(&s, &n) || s.len == 0 || !(unit = strchr(from, *s.p)) || !*unit)
            return false;
        out->months += *unit == 'Y' ? 12 * n : *unit == 'M' ? n : 0;
        out->days += *unit == 'W' ? WEEK * n : *unit == 'D' ? n : 0;
        from = unit + 1;
        s = (struct tr_str){s.p + 1, s.len - 1};
    }
    return from > units;
}

bool tr_duration_parse(struct tr_str s, struct tr_duration *out)
{
    bool back = s.len > 0 && *s.p == '-', right;

    *out = (struct tr_duration){0};
    if (back)
        s = (struct tr_str){s.p + 1, s.len - 1};
    if (s.len > 0 && *s.p == 'P')
        right = parse_iso((struct tr_str){s.p + 1, s.len - 1}, out);
    else
        right = number(&s, &out->working_days) && tr_str_is(s, "wd");
    if (back)
        *out = (struct tr_duration){-out->months, -out->days, -out->working_days};
    return right;
}

static int32_t plus_months(int32_t day, int32_t months)
{
    struct tr_date d = tr_date_of(day);
    int32_t month = d.year * 12 + d.month - 1 + months;

    if (month < 12 || month >= 12 * 10000)
        return TR_NO_DAY;
    d.year = month / 12;
    d.month = month % 12 + 1;
    while (!tr_date_valid(d))
        d.day--;
    return tr_date_number(d);
}

static int32_t plus_working_days(int32_t day, int32_t n)
{
    int32_t step = n < 0 ? -1 : 1;

    while (n != 0 && exists(day)) {
        day += step;
        if (exists(day) && tr_working_day(day))
            n -= step;
    }
    return day;
}

int32_t tr_day_plus(int32_t day, struct tr_duration d)
{
    if (day == TR_NO_DAY)
        return TR_NO_DAY;
    if (d.months)
        day = plus_months(day, d.months);
    if (day == TR_NO_DAY)
        return TR_NO_DAY;
    day = plus_working_days(day + d.days, d.working_days);
    return exists(day) ? day : TR_NO_DAY;
}

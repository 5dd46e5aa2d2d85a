#include "base/idnum.h"

#include <string.h>

#include "base/date.h"

/* Which year the individual digits tell with the last two of it, for numbers given out before 2032;
 * 0: none. D-numbers have a table of their own since the series in use from November 2021. */
static int classic_year(bool d_number, int yy, int individual)
{
    static const struct series {
        int from, to, yy_from, yy_to, century;
    } birth[] =
        {
            {0, 499, 0, 99, 1900},    {500, 749, 54, 99, 1800}, {500, 999, 0, 39, 2000},
            {900, 999, 40, 99, 1900}, {0, -1, 0, 0, 0},
        },
      d[] = {
          {0, 199, 0, 39, 1900},    {200, 999, 0, 39, 2000},  {0, 499, 40, 99, 1900},
          {500, 599, 58, 99, 1800}, {600, 999, 40, 99, 1900}, {0, -1, 0, 0, 0},
      };
    const struct series *series;

    for (series = d_number ? d : birth; series->to >= 0; series++)
        if (individual >= series->from && individual <= series->to && yy >= series->yy_from &&
            yy <= series->yy_to)
            return series->century + yy;
    return 0;
}

/* Whether there is such a day in the year, or, when no year is told, in one that ends in yy. The
 * day of a D-number may be that of registration, in another year. */
static bool day_fits(const struct tr_idnum *n, int yy, int month, int day)
{
    if (n->d_number)
        return tr_date_valid((struct tr_date){2000, month, day});
    if (n->birth_year)
        return tr_date_valid((struct tr_date){n->birth_year, month, day});
    return tr_date_valid((struct tr_date){1900 + yy, month, day}) ||
           tr_date_valid((struct tr_date){2000 + yy, month, day});
}

/* Adds up eight digits in a word, each times its weight: of every other one by one multiplication, whose
 * upper 16 bits are the sum. even, odd: the weights from the last to the first. */
static int add_eight(uint64_t digits, uint64_t even, uint64_t odd)
{
    const uint64_t every_other = 0x00FF00FF00FF00FFULL;

    return (int)(((digits & every_other) * even >> 48) + ((digits >> 8 & every_other) * odd >> 48));
}

/* The sums that the two check digits settle, weights from the Tax Administration: 3 7 6 1 8 9 4 5 2 1
 * and 5 4 3 2 7 6 5 4 3 2 1. */
static void add_up(const char digits[11], int *sum1, int *sum2)
{
    int d8 = digits[8] - '0', d9 = digits[9] - '0', d10 = digits[10] - '0';
    uint64_t first;

    memcpy(&first, digits, sizeof first);
    first &= 0x0F0F0F0F0F0F0F0FULL;
    *sum1 = add_eight(first, 0x0003000600080004ULL, 0x0007000100090005ULL) + 2 * d8 + d9;
    *sum2 = add_eight(first, 0x0005000300070005ULL, 0x0004000200060004ULL) + 3 * d8 + 2 * d9 + d10;
}

enum tr_code tr_idnum_read(const char digits[11], struct tr_idnum *out)
{
    const char *d = digits;
    int sum1, sum2, day, month, yy, individual;

    add_up(digits, &sum1, &sum2);
    day = (d[0] - '0') * 10 + d[1] - '0';
    month = (d[2] - '0') * 10 + d[3] - '0';
    yy = (d[4] - '0') * 10 + d[5] - '0';
    individual = (d[6] - '0') * 100 + (d[7] - '0') * 10 + d[8] - '0';

    *out = (struct tr_idnum){.d_number = day > 40, .synthetic = month > 12};
    out->reform = sum1 % 11 != 0;
    day -= out->d_number ? 40 : 0;
    month -= month > 80 ? 80 : month > 65 ? 65 : month > 40 ? 40 : 0;
    out->month = out->d_number ? 0 : month;
    out->day = out->d_number ? 0 : day;
    out->birth_year = out->reform ? 0 : classic_year(out->d_number, yy, individual);
    if (!day_fits(out, yy, month, day))
        return TR_E_IDNUM_DATE;
    return sum1 % 11 <= 3 && sum2 % 11 == 0 ? TR_OK : TR_E_IDNUM_CHECK;
}

enum tr_code tr_idnum_parse(struct tr_str s, struct tr_idnum *out)
{
    char digits[11];
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == ' ')
            continue;
        if (n == sizeof digits)
            return TR_E_IDNUM_LENGTH;
        digits[n++] = s.p[i];
    }
    if (n < sizeof digits)
        return n == 10 ? TR_E_IDNUM_ZERO : TR_E_IDNUM_LENGTH;
    return tr_idnum_read(digits, out);
}

/* The remainder by 11 of the digits, each times its weight. */
static int weighed(struct tr_str digits, const char *weights)
{
    int sum = 0;

    for (size_t i = 0; i < digits.len && weights[i]; i++)
        sum += (digits.p[i] - '0') * (weights[i] - '0');
    return sum % 11;
}

bool tr_idnum_is_fh(struct tr_str digits)
{
    return digits.len == 11 && *digits.p >= '8' && weighed(digits, "3761894521") == 0 &&
           weighed(digits, "54327654321") == 0;
}

bool tr_idnum_is_duf(struct tr_str digits)
{
    int year = 0, check;

    if (digits.len != 12)
        return false;
    for (int i = 0; i < 4; i++)
        year = year * 10 + (digits.p[i] - '0');
    check = (digits.p[10] - '0') * 10 + (digits.p[11] - '0');
    return year >= 1950 && year <= 2100 && weighed(digits, "4632463275") == check;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool tr_idnum_is_mistyped(struct tr_str s)
{
    size_t digits = 0, run = 0, in_run = 0;

    for (size_t i = 0; i < s.len; i++)
        digits += is_digit(s.p[i]);
    if (digits >= 9 && (s.len == 11 || (s.len == 12 && s.p[6] == '-')))
        return true;
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && (is_digit(s.p[i]) || memchr("OoIl", s.p[i], 4))) {
            run++;
            in_run += is_digit(s.p[i]);
            continue;
        }
        if (run >= 10 && run <= 12 && in_run >= 9)
            return true;
        run = in_run = 0;
    }
    return false;
}

/* Whether an identity number can begin with these four digits: a day, or one of a D-number, and a
 * month, or one of a synthetic number. Most ids that are digits cannot, and are not looked at on.
 */
static bool may_begin(const char d[4])
{
    int day = (d[0] - '0') * 10 + d[1] - '0', month = (d[2] - '0') * 10 + d[3] - '0';

    day -= day > 40 ? 40 : 0;
    month -= month > 80 ? 80 : month > 65 ? 65 : month > 40 ? 40 : 0;
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

bool tr_idnum_is_one(struct tr_str s)
{
    struct tr_idnum number;
    char digits[11];
    size_t n = 0;

    if (s.len < sizeof digits || s.len > 2 * sizeof digits)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == ' ' || s.p[i] == '.' || s.p[i] == '-')
            continue;
        if (s.p[i] < '0' || s.p[i] > '9' || n == sizeof digits)
            return false;
        digits[n++] = s.p[i];
        if (n == 4 && !may_begin(digits))
            return false;
    }
    return n == sizeof digits && tr_idnum_parse((struct tr_str){digits, n}, &number) == TR_OK;
}

static size_t digits_at(struct tr_str s, size_t at)
{
    size_t n = at;

    while (n < s.len && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n - at;
}

/* Which of up to 64 bytes, at least 8, are digits: a bit each. */
static uint64_t digits_in(struct tr_str s)
{
    const uint64_t high = 0x8080808080808080ULL;
    uint64_t digits = 0;

    for (size_t i = 0; i < s.len; i += 8) {
        size_t at = i + 8 <= s.len ? i : s.len - 8; /* the last eight, some of them again */
        uint64_t v, are;

        memcpy(&v, s.p + at, 8);
        are = ((v & ~high) + 0x5050505050505050ULL) & ~((v & ~high) + 0x4646464646464646ULL) & ~v;
        digits |= ((are & high) * 0x0002040810204081ULL) >> 56 << at;
    }
    return digits;
}

/* Whether a number may stand in s: eleven digits on end, or six and five with one byte between, or
 * nothing but digits and what may stand between them, of which the first could begin one. Most ids
 * are none of these. */
static bool may_hold(struct tr_str s)
{
    uint64_t digits = digits_in(s), two = digits & digits >> 1, four = two & two >> 2;
    uint64_t six = four & two >> 4, five = four & digits >> 4;
    char first[4];
    int n = 0;

    if ((six & five >> 6) | (six & five >> 7))
        return true;
    for (size_t i = 0; n < 4 && i < s.len; i++)
        if (digits >> i & 1)
            first[n++] = s.p[i];
        else if (s.p[i] != ' ' && s.p[i] != '.' && s.p[i] != '-')
            return false;
    return n == 4 && may_begin(first);
}

bool tr_idnum_is_in(struct tr_str s)
{
    if (s.len < 11 || (s.len <= 64 && !may_hold(s)))
        return false;
    if (tr_idnum_is_one(s))
        return true;
    for (size_t at = 0; at < s.len;) {
        size_t n = digits_at(s, at), more = 0;

        if (n == 6 && at + 7 < s.len && strchr(" .-", s.p[at + 6]))
            more = digits_at(s, at + 7);
        if ((n == 11 && tr_idnum_is_one((struct tr_str){s.p + at, 11})) ||
            (more == 5 && tr_idnum_is_one((struct tr_str){s.p + at, 12})))
            return true;
        at += n + 1;
    }
    return false;
}

#include "base/number.h"

static bool take(struct tr_str *s, const char *front)
{
    size_t n = strlen(front);

    if (s->len < n || memcmp(s->p, front, n) != 0)
        return false;
    *s = (struct tr_str){s->p + n, s->len - n};
    return true;
}

static size_t digits(struct tr_str *s, long long *value)
{
    size_t n = 0;

    for (; n < s->len && n < 16 && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        *value = *value * 10 + (s->p[n] - '0');
    *s = (struct tr_str){s->p + n, s->len - n};
    return n;
}

static bool take_group(struct tr_str *s)
{
    static const char *const marks[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "'"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (take(s, marks[i]))
            return true;
    return false;
}

bool tr_number_read(struct tr_str s, long long *out)
{
    bool minus = take(&s, "-") || take(&s, "\xE2\x88\x92"), grouped = false;
    long long value = 0;
    size_t n;

    if (!minus)
        (void)take(&s, "+");
    n = digits(&s, &value);
    if (n == 0)
        return false;
    while (n <= 15 && (grouped || n <= 3) && take_group(&s)) {
        if (digits(&s, &value) != 3)
            return false;
        grouped = true;
        n += 3;
    }
    if (n > 15)
        return false;
    if (take(&s, ",") || take(&s, ".")) {
        long long rest = 0;
        size_t zeros = digits(&s, &rest);

        if (zeros == 0 || rest != 0 || (zeros == 3 && n <= 3 && value > 0))
            return false; /* "45.000" may be 45 thousand */
    }
    *out = minus ? -value : value;
    return s.len == 0;
}

static size_t take_digits(struct tr_str *s)
{
    size_t n = tr_str_digits(*s);

    *s = tr_str_from(*s, n);
    return n;
}

bool tr_number_is_rounded(struct tr_str s)
{
    if (s.len < 5 || (s.p[s.len - 3] != '+' && s.p[s.len - 4] != '+'))
        return false;
    if (take_digits(&s) == 0 || ((take(&s, ",") || take(&s, ".")) && take_digits(&s) == 0))
        return false;
    return (take(&s, "E") || take(&s, "e")) && take(&s, "+") && take_digits(&s) >= 2 && s.len == 0;
}

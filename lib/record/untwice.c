#include "record/untwice.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { RUN_MAX = 256 }; /* bytes; longer ones are no words of ours */

/* What Windows-1252 has at 0x80 to 0x9F; 0: nothing, which programs take for the control character
 * of that number. */
static const uint16_t high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* The byte of Windows-1252 that stands for the character; -1: none. */
static int byte_of(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    for (int i = 0; i < 32; i++)
        if (high[i] == c)
            return 0x80 + i;
    return -1;
}

static uint32_t character(const unsigned char *p, int len)
{
    return len == 2   ? (p[0] & 0x1FU) << 6 | (p[1] & 0x3FU)
           : len == 3 ? (p[0] & 0x0FU) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU)
                      : UINT32_MAX;
}

/* Turns a run back. Returns its new length; n when it is left as it is. */
static size_t turn_back(const char *run, size_t n, char *out)
{
    char back[RUN_MAX] = {0};
    size_t len = 0;
    int byte = n <= RUN_MAX ? 0 : -1;

    for (size_t i = 0; i < n && byte >= 0;) {
        int step = tr_utf8_step(run + i, n - i);

        byte = step > 1 ? byte_of(character((const unsigned char *)run + i, step)) : -1;
        back[len++] = (char)byte;
        i += step > 0 ? (size_t)step : 1;
    }
    if (byte < 0 || tr_utf8_valid(back, len, &(bool){false}, &(bool){false}) < len) {
        memcpy(out, run, n);
        return n;
    }
    memcpy(out, back, len);
    return len;
}

size_t tr_untwice(const char *in, size_t n, bool ended, char *out, size_t *used)
{
    size_t at = 0, len = 0;

    while (at < n) {
        size_t end = at;

        while (end < n && (unsigned char)in[end] < 0x80)
            end++;
        memcpy(out + len, in + at, end - at);
        len += end - at;
        at = end;
        while (end < n && (unsigned char)in[end] >= 0x80)
            end++;
        if (end == n && !ended && end - at <= RUN_MAX)
            break;
        len += turn_back(in + at, end - at, out + len);
        at = end;
    }
    *used = at;
    return len;
}

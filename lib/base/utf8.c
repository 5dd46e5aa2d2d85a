#include "base/utf8.h"

#include <stdint.h>

static bool follows(const char *p)
{
    return ((unsigned char)*p & 0xC0) == 0x80;
}

int tr_utf8_step(const char *p, size_t n)
{
    unsigned char c = (unsigned char)*p;
    int len = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;

    for (int i = 1; i < len; i++) {
        if ((size_t)i == n)
            return -1;
        if (!follows(p + i))
            return 0;
        if (i == 1) {
            unsigned char d = (unsigned char)p[1];

            if ((c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) || (c == 0xF0 && d < 0x90) ||
                (c == 0xF4 && d > 0x8F))
                return 0;
        }
    }
    return len;
}

/* Bytes of ASCII at the start of p[0..n), counted in steps of 32 and then one by one. */
static size_t ascii_run(const char *p, size_t n)
{
    size_t i = 0;

    for (; i + 32 <= n; i += 32) {
        uint64_t w[4];

        memcpy(w, p + i, 32);
        if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080ULL)
            break;
    }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; i + 8 <= n; i += 8) {
        uint64_t w;

        memcpy(&w, p + i, 8);
        w &= 0x8080808080808080ULL;
        if (w)
            return i + ((size_t)__builtin_ctzll(w) >> 3);
    }
#endif
    while (i < n && (unsigned char)p[i] < 0x80)
        i++;
    return i;
}

size_t tr_utf8_valid(const char *p, size_t n, bool *wide, bool *marks)
{
    size_t i = 0;

    while (i < n) {
        int len;

        i += ascii_run(p + i, n - i);
        if (i == n)
            break;
        len = tr_utf8_step(p + i, n - i);
        if (len <= 0)
            break;
        *wide = true;
        *marks |= (unsigned char)p[i] == 0xCC || (unsigned char)p[i] == 0xCD;
        i += (size_t)len;
    }
    return i;
}

size_t tr_utf8_count(struct tr_str s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; count++) {
        int len = tr_utf8_step(s.p + i, s.len - i);

        i += len > 0 ? (size_t)len : 1;
    }
    return count;
}

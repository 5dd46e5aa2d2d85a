/* UTF-8: the fast run against the step. */
#include "unit.h"

#include "base/utf8.h"

static size_t slow_valid(const char *p, size_t n, bool *wide, bool *marks)
{
    size_t i = 0;

    while (i < n) {
        int len = tr_utf8_step(p + i, n - i);

        if (len <= 0)
            break;
        *wide |= len > 1;
        *marks |= (unsigned char)p[i] == 0xCC || (unsigned char)p[i] == 0xCD;
        i += (size_t)len;
    }
    return i;
}

START_TEST(fast_run_agrees_with_step)
{
    static const char *const pieces[] = {"a", "å", "ø", "\xCC\x8A", "–", "\xF0\x9F\x8F\xA0",
                                         "\xC3", "\x80", "\xC0\x80", "\xED\xA0\x80"};
    uint64_t seed = 1;

    for (int round = 0; round < 200000; round++) {
        char text[400];
        size_t n = 0, spoil;
        bool wide[2] = {0}, marks[2] = {0};

        spoil = (seed >> 40) % 8; /* how many kinds of pieces may come; most texts are valid */
        while (n < 300) {
            const char *piece;

            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            piece = pieces[(seed >> 33) % 16 < 12 ? 0 : (seed >> 50) % (3 + spoil)];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        n -= (seed >> 20) % 64;
        ck_assert_uint_eq(tr_utf8_valid(text, n, &wide[0], &marks[0]),
                          slow_valid(text, n, &wide[1], &marks[1]));
        ck_assert_int_eq(wide[0], wide[1]);
        ck_assert_int_eq(marks[0], marks[1]);
    }
}
END_TEST

MAIN("utf8", {fast_run_agrees_with_step})

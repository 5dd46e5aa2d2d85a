#include "base/utf8.h"

#include <stdint.h>
#ifdef __x86_64__
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

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

#ifdef __SSE2__

#define INLINE static inline __attribute__((always_inline))

/* What a block of 64 bytes is asked, a bit each: which bytes are beyond ASCII, and which are, as signed
 * numbers, less than limit. Processors differ in how they answer. */
struct ask {
    uint64_t (*wide)(const char *p);
    uint64_t (*less)(const char *p, signed char limit);
};

INLINE uint64_t wide_bits(const char *p)
{
    uint64_t bits = 0;

    for (int i = 0; i < 4; i++)
        bits |= (uint64_t)(uint16_t)_mm_movemask_epi8(
                    _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i)))
                << 16 * i;
    return bits;
}

INLINE uint64_t less_bits(const char *p, signed char limit)
{
    uint64_t bits = 0;

    for (int i = 0; i < 4; i++) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));

        bits |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmplt_epi8(x, _mm_set1_epi8(limit)))
                << 16 * i;
    }
    return bits;
}

/* Bytes at the start that are ASCII and characters of two bytes, in blocks of 64: European letters
 * cost no branch each. As signed numbers, second bytes (80 to BF) are the least, then come C0 and
 * C1, which are never right, then the first bytes of two (C2 to DF). */
INLINE size_t narrow_blocks(const char *p, size_t n, struct ask ask, bool *wide, bool *marks)
{
    uint64_t open = 0,
             open_mark = 0; /* bit 0: the block before ended in a first byte (of a mark) */
    size_t i = 0;

    for (; i + 64 <= n; i += 64) {
        uint64_t all = ask.wide(p + i), second, first, mark;

        if ((all | open) == 0)
            continue;
        second = ask.less(p + i, -64);
        first = ask.less(p + i, -32) & ~ask.less(p + i, -62);
        if (all != (first | second) || second != (first << 1 | open))
            break;
        open = first >> 63;
        *wide |= second != 0 || first << 1 != 0;
        mark = ask.less(p + i, -50) & ~ask.less(p + i, -52); /* CC, CD */
        *marks |= mark << 1 != 0 || (open_mark & second) != 0;
        open_mark = mark >> 63;
    }
    return i - (open ? 1 : 0);
}

#ifdef __x86_64__
#define WIDE __attribute__((target("avx512f,avx512bw")))

WIDE INLINE uint64_t wide_bits_512(const char *p)
{
    return _mm512_movepi8_mask(_mm512_loadu_si512(p));
}

WIDE INLINE uint64_t less_bits_512(const char *p, signed char limit)
{
    return _mm512_cmplt_epi8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8(limit));
}

WIDE static size_t narrow_run_512(const char *p, size_t n, bool *wide, bool *marks)
{
    return narrow_blocks(p, n, (struct ask){wide_bits_512, less_bits_512}, wide, marks);
}
#endif

static size_t narrow_run(const char *p, size_t n, bool *wide, bool *marks)
{
#ifdef __x86_64__
    if (n >= 1024 && __builtin_cpu_supports("avx512bw"))
        return narrow_run_512(p, n, wide, marks);
#endif
    return narrow_blocks(p, n, (struct ask){wide_bits, less_bits}, wide, marks);
}

#else

static size_t narrow_run(const char *p, size_t n, bool *wide, bool *marks)
{
    size_t i = 0;

    (void)wide;
    (void)marks;
    for (; i + 8 <= n; i += 8) {
        uint64_t w;

        memcpy(&w, p + i, 8);
        if (w & 0x8080808080808080ULL)
            break;
    }
    return i;
}

#endif

size_t tr_utf8_valid(const char *p, size_t n, bool *wide, bool *marks)
{
    size_t i = 0;

    while (i < n) {
        size_t block;

        i += narrow_run(p + i, n - i, wide, marks);
        /* What is left is less than a block, or a block with something else in it. */
        for (block = i + 64; i < n && i < block;) {
            int len = tr_utf8_step(p + i, n - i);

            if (len <= 0)
                return i;
            *wide |= len > 1;
            *marks |= (unsigned char)p[i] == 0xCC || (unsigned char)p[i] == 0xCD;
            i += (size_t)len;
        }
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

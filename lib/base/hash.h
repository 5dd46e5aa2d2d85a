/* A fast 64-bit hash for tables in memory: the same on every run and machine, not for secrets. */
#ifndef TR_BASE_HASH_H
#define TR_BASE_HASH_H

#include <stdint.h>
#include <string.h>

static inline uint64_t tr_hash_mix(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 r = (unsigned __int128)a * b;

    return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static inline uint64_t tr_hash_load(const char *p, size_t n)
{
    uint64_t v = 0;

    memcpy(&v, p, n);
    return v;
}

static inline uint64_t tr_hash(const char *p, size_t n, uint64_t seed)
{
    const uint64_t k0 = 0xa0761d6478bd642fULL, k1 = 0xe7037ed1a0b428dbULL;
    const uint64_t k2 = 0x8ebc6af09c88c6e3ULL;
    uint64_t h = seed ^ k0 ^ n, a, b;

    for (; n > 16; p += 16, n -= 16)
        h = tr_hash_mix(tr_hash_load(p, 8) ^ k1, tr_hash_load(p + 8, 8) ^ h);
    if (n >= 8) {
        a = tr_hash_load(p, 8);
        b = tr_hash_load(p + n - 8, 8);
    } else if (n >= 4) {
        a = tr_hash_load(p, 4);
        b = tr_hash_load(p + n - 4, 4);
    } else {
        a = n ? ((uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 |
                 (unsigned char)p[n - 1])
              : 0;
        b = 0;
    }
    return tr_hash_mix(tr_hash_mix(a ^ k1, b ^ h), h ^ k2); /* not k0: a seed may be n */
}

/* What keeps the first n of 16 bytes that were loaded as two numbers. */
static const uint64_t tr_hash_keep[17][2] = {
    {0, 0},
    {0xFF, 0},
    {0xFFFF, 0},
    {0xFFFFFF, 0},
    {0xFFFFFFFF, 0},
    {0xFFFFFFFFFF, 0},
    {0xFFFFFFFFFFFF, 0},
    {0xFFFFFFFFFFFFFF, 0},
    {UINT64_MAX, 0},
    {UINT64_MAX, 0xFF},
    {UINT64_MAX, 0xFFFF},
    {UINT64_MAX, 0xFFFFFF},
    {UINT64_MAX, 0xFFFFFFFF},
    {UINT64_MAX, 0xFFFFFFFFFF},
    {UINT64_MAX, 0xFFFFFFFFFFFF},
    {UINT64_MAX, 0xFFFFFFFFFFFFFF},
    {UINT64_MAX, UINT64_MAX},
};

/* Another hash, for text behind which 16 bytes may be read: no branch on the length up to 16. */
static inline uint64_t tr_hash_near(const char *p, size_t n, uint64_t seed)
{
    const uint64_t k0 = 0xa0761d6478bd642fULL, k1 = 0xe7037ed1a0b428dbULL;
    uint64_t h = seed ^ k0 ^ n;

    for (; n > 16; p += 16, n -= 16)
        h = tr_hash_mix(tr_hash_load(p, 8) ^ k1, tr_hash_load(p + 8, 8) ^ h);
    return tr_hash_mix((tr_hash_load(p, 8) & tr_hash_keep[n][0]) ^ k1,
                       (tr_hash_load(p + 8, 8) & tr_hash_keep[n][1]) ^ h);
}

#endif

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

/* Another hash, for running text behind which TR_HASH_SLACK bytes may be read: no branch on a length up
 * to 64, and steps that the compiler puts into vector registers. */
enum { TR_HASH_SLACK = 64 };

static const uint64_t tr_hash_lane[8] = {
    0xa0761d6478bd642fULL, 0xe7037ed1a0b428dbULL, 0x8ebc6af09c88c6e3ULL, 0x589965cc75374cc3ULL,
    0x1d8e4e27c47d124fULL, 0xeb44accab455d165ULL, 0x9e3779b97f4a7c15ULL, 0xc2b2ae3d27d4eb4fULL,
};
/* From 64 - n on, what keeps the first n of 64 bytes. */
static const uint64_t tr_hash_first[16] = {
    UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};

static inline uint64_t tr_hash_block(const char *p, size_t n, uint64_t seed)
{
    const char *keep = (const char *)tr_hash_first + 64 - n;
    uint64_t product = 0, sum = 0;

    for (int i = 0; i < 8; i++) {
        uint64_t v = tr_hash_load(p + 8 * i, 8) & tr_hash_load(keep + 8 * i, 8);

        sum += v;
        v ^= tr_hash_lane[i];
        product += (v & UINT32_MAX) * (v >> 32);
    }
    return tr_hash_mix(product ^ seed, sum ^ 0xe7037ed1a0b428dbULL);
}

static inline uint64_t tr_hash_text(const char *p, size_t n, uint64_t seed)
{
    uint64_t h = seed ^ n;

    for (; n > 64; p += 64, n -= 64)
        h = tr_hash_block(p, 64, h);
    return tr_hash_block(p, n, h);
}

#endif

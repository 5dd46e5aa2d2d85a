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
    return tr_hash_mix(tr_hash_mix(a ^ k1, b ^ h), h ^ k0);
}

#endif

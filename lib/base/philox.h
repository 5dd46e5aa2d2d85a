/* Random numbers by counting: Philox 4x32 with ten rounds. Number i of a stream is a function of key
 * and counter alone, so that the order in which streams are asked, and by how many threads, changes
 * nothing.
 *
 * Source. Salmon, Moraes, Dror and Shaw: Parallel random numbers: as easy as 1, 2, 3. SC11 (2011);
 * test vectors: kat_vectors of its library Random123. */
#ifndef TR_BASE_PHILOX_H
#define TR_BASE_PHILOX_H

#include <stdint.h>

struct tr_philox {
    uint32_t at[4];
};

static inline struct tr_philox tr_philox(struct tr_philox c, uint32_t k0, uint32_t k1)
{
    for (int i = 0; i < 10; i++) {
        uint64_t a = UINT64_C(0xD2511F53) * c.at[0], b = UINT64_C(0xCD9E8D57) * c.at[2];

        c = (struct tr_philox){{(uint32_t)(b >> 32) ^ c.at[1] ^ k0, (uint32_t)b,
                                (uint32_t)(a >> 32) ^ c.at[3] ^ k1, (uint32_t)a}};
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
    return c;
}

/* Above 0 and below 1: 53 bits of two words. */
static inline double tr_philox_unit(uint32_t high, uint32_t low)
{
    return ((double)(((uint64_t)high << 32 | low) >> 12) + 0.5) * 0x1p-52;
}

#endif

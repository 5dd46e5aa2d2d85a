/* With the instructions that a processor may have for it, and otherwise by libsodium, which is portable and
 * takes five times as long: of verifying placements, a quarter went into it. */
#include "base/sha256.h"

#include <sodium.h>
#include <stdint.h>

enum { HASH = crypto_hash_sha256_BYTES, BLOCK = 64 };

static void write_hex(const unsigned char hash[HASH], char out[TR_SHA256_LEN])
{
    for (size_t i = 0; i < HASH; i++) {
        out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
    }
}

#if defined __x86_64__ && !defined __clang__ /* clang 14 cannot ask a processor for them */
#include <immintrin.h>

/* FIPS 180-4, 4.2.2 and 5.3.3. */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const uint32_t at_first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#define LOAD(p) _mm_loadu_si128((const __m128i *)(const void *)(p))
#define STORE(p, v) _mm_storeu_si128((__m128i *)(void *)(p), v)

/* Takes whole blocks into the state. The instructions want it as two registers, ABEF and CDGH, and take the
 * words of a message by fours: those of a round and the three fours after them make the fours of four rounds
 * on. */
__attribute__((target("sha,sse4.1"))) static void take(uint32_t state[8], const unsigned char *p, size_t blocks)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abcd = _mm_shuffle_epi32(LOAD(state), 0xB1), efgh = _mm_shuffle_epi32(LOAD(state + 4), 0x1B);
    __m128i abef = _mm_alignr_epi8(abcd, efgh, 8), cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);

    for (; blocks > 0; blocks--, p += BLOCK) {
        const __m128i abef_was = abef, cdgh_was = cdgh;
        __m128i w[4];

        for (int i = 0; i < 4; i++)
            w[i] = _mm_shuffle_epi8(LOAD(p + 16 * i), big_endian);
#pragma GCC unroll 16
        for (int r = 0; r < 16; r++) {
            const __m128i words = _mm_add_epi32(w[r & 3], LOAD(constants + 4 * r)),
                          last = w[(r + 3) & 3];

            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0E));
            w[r & 3] = _mm_sha256msg2_epu32(
                _mm_add_epi32(_mm_sha256msg1_epu32(w[r & 3], w[(r + 1) & 3]),
                              _mm_alignr_epi8(last, w[(r + 2) & 3], 4)),
                last);
        }
        abef = _mm_add_epi32(abef, abef_was);
        cdgh = _mm_add_epi32(cdgh, cdgh_was);
    }
    abcd = _mm_shuffle_epi32(abef, 0x1B);
    efgh = _mm_shuffle_epi32(cdgh, 0xB1);
    STORE(state, _mm_blend_epi16(abcd, efgh, 0xF0));
    STORE(state + 4, _mm_alignr_epi8(efgh, abcd, 8));
}

/* Takes the rest of a message of n bytes, which begins at p: a bit set behind it, and its length in bits. */
static void finish(const uint32_t so_far[8], const unsigned char *p, size_t rest, size_t n,
                   char out[TR_SHA256_LEN])
{
    unsigned char end[2 * BLOCK] = {0}, hash[HASH];
    size_t blocks = rest + 9 > BLOCK ? 2 : 1;
    uint32_t state[8];

    memcpy(state, so_far, sizeof state);
    memcpy(end, p, rest);
    end[rest] = 0x80;
    for (int i = 0; i < 8; i++)
        end[blocks * BLOCK - 1 - (size_t)i] = (unsigned char)((uint64_t)n << 3 >> 8 * i);
    take(state, end, blocks);
    for (size_t i = 0; i < HASH; i++)
        hash[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
    write_hex(hash, out);
}

static void hash_both(struct tr_str s, size_t n, char first[TR_SHA256_LEN], char all[TR_SHA256_LEN])
{
    const unsigned char *p = (const unsigned char *)(s.len > 0 ? s.p : "");
    size_t until = n / BLOCK * BLOCK, blocks = s.len / BLOCK * BLOCK;
    uint32_t state[8];

    memcpy(state, at_first, sizeof state);
    take(state, p, until / BLOCK);
    if (first)
        finish(state, p + until, n - until, n, first);
    take(state, p + until, (blocks - until) / BLOCK);
    finish(state, p + blocks, s.len - blocks, s.len, all);
}

static bool is_quick(void)
{
    return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
}
#else
static void hash_both(struct tr_str s, size_t n, char first[TR_SHA256_LEN], char all[TR_SHA256_LEN])
{
    (void)s, (void)n, (void)first, (void)all;
}

static bool is_quick(void)
{
    return false;
}
#endif

void tr_sha256(struct tr_str s, char out[TR_SHA256_LEN])
{
    tr_sha256_both(s, 0, NULL, out);
}

void tr_sha256_both(struct tr_str s, size_t n, char first[TR_SHA256_LEN], char all[TR_SHA256_LEN])
{
    crypto_hash_sha256_state state, until;
    unsigned char hash[HASH];

    if (is_quick()) {
        hash_both(s, n, first, all);
        return;
    }
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)s.p, n);
    until = state;
    crypto_hash_sha256_final(&until, hash);
    if (first)
        write_hex(hash, first);
    crypto_hash_sha256_update(&state, (const unsigned char *)s.p + n, s.len - n);
    crypto_hash_sha256_final(&state, hash);
    write_hex(hash, all);
}

/* How a block of 64 bytes is scanned: each question about its bytes is a mask, bit i for byte i,
 * and answers come from shifts and logic on whole masks. For the row  a;"b;c"  and a line feed:
 *
 *     byte        a  ;  "  b  ;  c  "  \n
 *     quote       .  .  1  .  .  .  1  .    bytes that are quotation marks
 *     quoted      .  .  1  1  1  1  .  .    parity of the marks up to here: inside, mark included
 *     opens       .  .  1  .  .  .  .  .    quote and quoted
 *     closes      .  .  .  .  .  .  1  .    quote and not quoted
 *     ends        .  1  .  .  .  .  .  1    delimiter or line feed, not quoted: a cell ends
 *     may_open    1  .  1  .  .  .  .  1    behind an end or a closing mark (a doubled mark opens
 *                                           again); bit 0 is carried from the block before
 *
 * What breaks plain quoting is then one mask as well (ill): a mark that opens where it may not;
 * behind a closing mark anything but an end, a mark or a carriage return; a carriage return without
 * line feed; a NUL byte. */
#include "record/scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define VECTOR __attribute__((target("avx2,bmi,popcnt,pclmul")))
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi,bmi2,popcnt,pclmul")))
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#define NEON
#endif

#define INLINE static inline __attribute__((always_inline))

/* One bit a byte of a block of 64. */
struct masks {
    uint64_t quote, delimiter, feed, carriage, nul;
};

/* What a block hands to the next. Each carry is bit 0 of the next block's mask. */
struct carry {
    uint64_t quoted; /* all ones while inside quotes */
    uint64_t may_open, after_close, after_carriage;
};

/* Bit i of the result: the parity of bits 0 to i. */
INLINE uint64_t prefix_xor(uint64_t x)
{
    for (int shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

/* How a version does the two steps that processors differ in; each is inlined. */
struct steps {
    uint64_t (*parity)(uint64_t x);                               /* see prefix_xor */
    uint32_t *(*add)(uint32_t *to, uint64_t bits, uint32_t base); /* see add_bits */
};

/* Appends the positions of the set bits. Sixteen at a time whether needed or not: the array has
 * room, and a branch that guesses wrong costs more. */
INLINE uint32_t *add_bits(uint32_t *to, uint64_t bits, uint32_t base)
{
    uint32_t *end = to + __builtin_popcountll(bits);

    do
        for (int i = 0; i < 16; i++) {
            *to++ = base + (uint32_t)(bits ? __builtin_ctzll(bits) : 0);
            bits &= bits - 1;
        }
    while (to < end);
    return end;
}

/* Adds one block; false when the block holds something ill. */
INLINE bool add_block(const struct masks *m, uint64_t valid, uint32_t base, struct steps steps,
                      struct carry *carry, struct tr_index *index)
{
    uint64_t quoted = steps.parity(m->quote) ^ carry->quoted;
    uint64_t opens = m->quote & quoted, closes = m->quote & ~quoted;
    uint64_t ends = (m->delimiter | m->feed) & ~quoted & valid;
    uint64_t may_open = (ends | closes) << 1 | carry->may_open;
    uint64_t after_close = closes << 1 | carry->after_close;
    uint64_t after_carriage = m->carriage << 1 | carry->after_carriage;
    uint64_t ill = ((opens & ~may_open) | (after_close & ~(ends | opens | m->carriage)) |
                    (after_carriage & ~m->feed) | m->nul) &
                   valid;
    uint64_t rows = m->feed & ends, soft = m->feed & quoted & valid;

    /* Mostly one row ends in a block, or none: the place is written either way. */
    do {
        index->row[index->n_row] =
            index->n_sep + (uint32_t)__builtin_popcountll(ends & ((rows & -rows) - 1));
        index->n_row += rows != 0;
        rows &= rows - 1;
    } while (rows);
    index->n_sep = (uint32_t)(steps.add(index->sep + index->n_sep, ends, base) - index->sep);
    for (; soft; soft &= soft - 1)
        index->soft[index->n_soft++] = base + (uint32_t)__builtin_ctzll(soft);

    carry->quoted = (uint64_t)((int64_t)quoted >> 63);
    carry->may_open = (ends | closes) >> 63;
    carry->after_close = closes >> 63;
    carry->after_carriage = m->carriage >> 63;
    if (ill)
        index->ill = base + (uint32_t)__builtin_ctzll(ill);
    return !ill;
}

INLINE uint64_t valid_bits(uint32_t left)
{
    return left >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << left) - 1;
}

static const struct carry at_row_start = {.may_open = 1};
static const struct steps plain = {prefix_xor, add_bits};

static void scan_portable(const char *text, uint32_t from, uint32_t to, char delimiter,
                          struct tr_index *index)
{
    struct carry carry = at_row_start;

    index->ill = TR_SCAN_WELL;
    for (uint32_t at = from; at < to; at += 64) {
        struct masks m = {0};

        for (uint32_t i = 0; i < 64 && i < to - at; i++) {
            char c = text[at + i];

            m.quote |= (uint64_t)(c == '"') << i;
            m.delimiter |= (uint64_t)(c == delimiter) << i;
            m.feed |= (uint64_t)(c == '\n') << i;
            m.carriage |= (uint64_t)(c == '\r') << i;
            m.nul |= (uint64_t)(c == '\0') << i;
        }
        if (!add_block(&m, valid_bits(to - at), at, plain, &carry, index))
            return;
    }
}

#ifdef VECTOR
/* Multiplying by all ones without carries gives the parity. */
VECTOR INLINE uint64_t vector_parity(uint64_t x)
{
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)x), _mm_set1_epi8((char)0xFF), 0));
}

VECTOR INLINE uint64_t equal(__m256i low, __m256i high, char c)
{
    __m256i all = _mm256_set1_epi8(c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));

    return (uint64_t)b << 32 | a;
}

VECTOR static void scan_vector(const char *text, uint32_t from, uint32_t to, char delimiter,
                               struct tr_index *index)
{
    static const struct steps vector = {vector_parity, add_bits};
    struct carry carry = at_row_start;

    index->ill = TR_SCAN_WELL;
    for (uint32_t at = from; at < to; at += 64) {
        __m256i low = _mm256_loadu_si256((const __m256i *)(text + at));
        __m256i high = _mm256_loadu_si256((const __m256i *)(text + at + 32));
        uint64_t valid = valid_bits(to - at);
        struct masks m = {
            .quote = equal(low, high, '"') & valid,
            .delimiter = equal(low, high, delimiter),
            .feed = equal(low, high, '\n'),
            .carriage = equal(low, high, '\r') & valid,
            .nul = equal(low, high, '\0'),
        };

        if (!add_block(&m, valid, at, vector, &carry, index))
            return;
    }
}

/* Picks the numbers of the set bits out of 0 to 63, and writes sixteen at a time, as add_bits. */
WIDE INLINE uint32_t *wide_add(uint32_t *to, uint64_t bits, uint32_t base)
{
    static const uint8_t numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    uint32_t *end = to + __builtin_popcountll(bits);
    __m512i at = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers));

    do {
        _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(at)),
                                                 _mm512_set1_epi32((int)base)));
        at = _mm512_alignr_epi64(at, at, 2);
        to += 16;
    } while (to < end);
    return end;
}

WIDE static void scan_wide(const char *text, uint32_t from, uint32_t to, char delimiter,
                           struct tr_index *index)
{
    static const struct steps wide = {vector_parity, wide_add};
    struct carry carry = at_row_start;

    index->ill = TR_SCAN_WELL;
    for (uint32_t at = from; at < to; at += 64) {
        __m512i all = _mm512_loadu_si512(text + at);
        uint64_t valid = valid_bits(to - at);
        struct masks m = {
            .quote = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('"')) & valid,
            .delimiter = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8(delimiter)),
            .feed = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\n')),
            .carriage = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\r')) & valid,
            .nul = _mm512_cmpeq_epi8_mask(all, _mm512_setzero_si512()),
        };

        if (!add_block(&m, valid, at, wide, &carry, index))
            return;
    }
}
#endif

#ifdef NEON
/* A byte that is equal keeps one bit of its own among eight; adding neighbours three times brings eight
 * bytes into one. */
INLINE uint64_t neon_equal(uint8x16x4_t text, char c)
{
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t all = vdupq_n_u8((uint8_t)c), bit = vld1q_u8(bits);
    uint8x16_t low = vpaddq_u8(vandq_u8(vceqq_u8(text.val[0], all), bit),
                               vandq_u8(vceqq_u8(text.val[1], all), bit));
    uint8x16_t high = vpaddq_u8(vandq_u8(vceqq_u8(text.val[2], all), bit),
                                vandq_u8(vceqq_u8(text.val[3], all), bit));

    low = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(low, low)), 0);
}

/* Every processor of this kind has these instructions. */
static void scan_neon(const char *text, uint32_t from, uint32_t to, char delimiter,
                      struct tr_index *index)
{
    struct carry carry = at_row_start;

    index->ill = TR_SCAN_WELL;
    for (uint32_t at = from; at < to; at += 64) {
        const uint8x16x4_t all = vld1q_u8_x4((const uint8_t *)text + at);
        uint64_t valid = valid_bits(to - at);
        struct masks m = {
            .quote = neon_equal(all, '"') & valid,
            .delimiter = neon_equal(all, delimiter),
            .feed = neon_equal(all, '\n'),
            .carriage = neon_equal(all, '\r') & valid,
            .nul = neon_equal(all, '\0'),
        };

        if (!add_block(&m, valid, at, plain, &carry, index))
            return;
    }
}
#endif

static bool can(enum tr_scan_version version)
{
#ifdef VECTOR
    bool vector = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                  __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");

    if (version == TR_SCAN_VECTOR)
        return vector;
    if (version == TR_SCAN_WIDE)
        return vector && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vbmi2");
#elif defined(NEON)
    if (version == TR_SCAN_VECTOR)
        return true;
#endif
    return version == TR_SCAN_PORTABLE;
}

bool tr_scan_with(enum tr_scan_version version, const char *text, uint32_t from, uint32_t to,
                  char delimiter, struct tr_index *index)
{
    static void (*const scan[TR_N_SCAN_VERSIONS])(const char *, uint32_t, uint32_t, char,
                                                  struct tr_index *) = {
        [TR_SCAN_PORTABLE] = scan_portable,
#ifdef VECTOR
        [TR_SCAN_VECTOR] = scan_vector,
        [TR_SCAN_WIDE] = scan_wide,
#elif defined(NEON)
        [TR_SCAN_VECTOR] = scan_neon,
#endif
    };

    if (!can(version))
        return false;
    scan[version](text, from, to, delimiter, index);
    return true;
}

void tr_scan(const char *text, uint32_t from, uint32_t to, char delimiter, struct tr_index *index)
{
    int version = TR_N_SCAN_VERSIONS - 1;

    while (!tr_scan_with((enum tr_scan_version)version, text, from, to, delimiter, index))
        version--;
}

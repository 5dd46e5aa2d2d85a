/* What nearly every cell looks like, read at a glance.
 *
 * Problem. An export of a million rows has 25 million cells, and time goes into what a processor
 * cannot foresee: whether a cell is empty, how long it is, which way it has to be read.
 *
 * Idea. Bare cells of the usual forms are recognised from a few words of 8 bytes each, without a
 * branch on their length or their content: a code that was met before, a date as dd.mm.yyyy or
 * yyyy-mm-dd, eleven digits, text of ASCII alone. Whatever else a cell may be goes on to cell.c, in
 * its turn, where every form is understood and every fault is told.
 *
 * Invariant. A glance says yes only where cell.c would come to the same value, the same hash and no
 * fault; so nothing depends on whether it was taken. Columns are taken in their order, so that
 * faults are told in it.
 *
 * Cost. Some 35 instructions for a code, 60 for a date. It reads up to TR_CELL_SLACK bytes from a
 * cell's first one on, whatever they are. */
#ifndef TR_DOMAIN_REFERRAL_PLAIN_OWN_H
#define TR_DOMAIN_REFERRAL_PLAIN_OWN_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/hash.h"
#include "domain/referral/guarded.h"
#include "domain/referral/import_own.h"

enum { MEMO_WAYS = 2, MEMO_LEN = 32 };
_Static_assert(MEMO_LEN <= (int)TR_CELL_SLACK, "as much may be read behind a cell");

/* The bytes of a cell of at most MEMO_LEN bytes as numbers. Up to 16 there is no branch on the
 * length, which in columns of codes is as good as random. Reads MEMO_LEN bytes from the cell's
 * start. */
static inline void make_key(struct tr_str cell, uint64_t key[4])
{
    size_t n = cell.len < 16 ? cell.len : 16;

    key[0] = tr_hash_load(cell.p, 8) & tr_hash_keep[n][0];
    key[1] = tr_hash_load(cell.p + 8, 8) & tr_hash_keep[n][1];
    if (cell.len > 16) {
        key[2] = tr_hash_load(cell.p + 16, 8) & tr_hash_keep[cell.len - 16][0];
        key[3] = tr_hash_load(cell.p + 24, 8) & tr_hash_keep[cell.len - 16][1];
    }
}

static inline bool is_memo_of(const struct tr_memo *m, const uint64_t key[4], size_t len)
{
    return !((m->used ^ (len + 1)) | (m->key[0] ^ key[0]) | (m->key[1] ^ key[1])) &&
           (len <= 16 || (m->key[2] == key[2] && m->key[3] == key[3]));
}

/* Where a cell is remembered: a short run of places, the same each time. hash: tells them apart. */
static inline size_t first_memo(const uint64_t key[4], uint64_t *hash)
{
    *hash = (key[0] ^ key[1] * 0xE7037ED1A0B428DBULL) * 0x9E3779B97F4A7C15ULL;
    return (*hash >> 56 & (TR_MEMOS / MEMO_WAYS - 1)) * MEMO_WAYS;
}

/* Where the cell is remembered, or is to be: of its run, the first place that is free or, when none
 * is, the one that the key picks. */
static inline struct tr_memo *find_memo(struct tr_memo table[TR_MEMOS], const uint64_t key[4],
                                        size_t len)
{
    uint64_t hash;
    struct tr_memo *run = &table[first_memo(key, &hash)];

    for (int i = 0; i < MEMO_WAYS; i++)
        if (is_memo_of(&run[i], key, len) || run[i].used == 0)
            return &run[i];
    run += hash >> 40 & (MEMO_WAYS - 1);
    run->used = 0;
    return run;
}

/* The cell's memo, or NULL. */
static inline const struct tr_memo *known_memo(const struct tr_memo table[TR_MEMOS],
                                               const uint64_t key[4], size_t len)
{
    uint64_t hash;
    const struct tr_memo *run = &table[first_memo(key, &hash)];
    bool second = is_memo_of(&run[1], key, len); /* which of the two, nobody can predict */

    _Static_assert(MEMO_WAYS == 2, "two places are looked at");
    return is_memo_of(&run[0], key, len) | second ? &run[second] : NULL;
}

/* Takes steps of kinds that are remembered, up to the first cell that must be looked at; that step,
 * or the one behind them all. */
static inline const struct tr_row_step *
tr_plain_repeats(const struct tr_row_step *step, const struct tr_row *row, struct tr_referral *out)
{
    const struct tr_row_step *end = step + step->repeats;
    const char *base = row->base;
    const uint32_t *sep = row->sep;
    uint64_t content = out->content;
    uint32_t column = step->column, from = column ? sep[column - 1] + 1 : row->start;

    for (;;) {
        uint32_t to = sep[column];
        const char *p = base + from, *q = base + to;
        struct tr_str cell = {p, to - from};
        const struct tr_memo *memo;
        uint64_t key[4] = {0}; /* of short cells the rest is not looked at, which not every compiler sees */

        if ((unsigned char)*p <= '"' || (unsigned char)q[-1] <= ' ' || cell.len > MEMO_LEN)
            break; /* as in tr_row_slice */
        make_key(cell, key);
        memo = known_memo(step->memory->table, key, cell.len);
        if (!memo || memo->slow)
            break;
        out->v[step->field] = (struct tr_value){memo->text, memo->num};
        content += memo->hash;
        if (++step == end)
            break;
        from = to + 1;
        if (step->column != ++column) {
            column = step->column;
            from = sep[column - 1] + 1;
        }
    }
    out->content = content;
    return step;
}

/* Whether each of 8 bytes is a digit. */
static inline bool tr_plain_digits8(uint64_t v)
{
    const uint64_t high = 0xF0F0F0F0F0F0F0F0ULL, zero = 0x3030303030303030ULL;

    return ((v & high) ^ zero) == 0 && (((v + 0x0606060606060606ULL) & high) ^ zero) == 0;
}

/* Whether s is n digits, 8 to 16 of them. */
static inline bool tr_plain_digits(struct tr_str s, size_t n)
{
    return s.len == n && tr_plain_digits8(tr_hash_load(s.p, 8)) &&
           tr_plain_digits8(tr_hash_load(s.p + n - 8, 8));
}

/* Whether s, a cell without padding that is not empty, is ASCII. */
static inline bool tr_plain_ascii(struct tr_str s)
{
    uint64_t all = 0;

    for (size_t i = 0; i + 16 < s.len; i += 8)
        all |= tr_hash_load(s.p + i, 8);
    if (s.len > 16)
        return !((all | tr_hash_load(s.p + s.len - 16, 8) | tr_hash_load(s.p + s.len - 8, 8)) &
                 0x8080808080808080ULL);
    all = (tr_hash_load(s.p, 8) & tr_hash_keep[s.len][0]) |
          (tr_hash_load(s.p + 8, 8) & tr_hash_keep[s.len][1]);
    return !(all & 0x8080808080808080ULL);
}

/* Reads a date as dd.mm.yyyy or yyyy-mm-dd, whose text goes to own; false: the cell is another, or the
 * date is none that anybody meets, or may be written where there is none. One multiplication turns eight digits into four numbers. */
static inline bool tr_plain_date(const struct tr_row_step *step, struct tr_str cell,
                                 char own[TR_DATE_LEN], struct tr_value *v, uint64_t *content)
{
    const char *p = cell.p;
    uint64_t digits, pairs;
    int year, month, day;
    bool iso;

    if (cell.len != TR_DATE_LEN)
        return false;
    iso = p[4] == '-' && p[7] == '-';
    if (!iso && (p[2] != '.' || p[5] != '.'))
        return false;
    digits = iso ? tr_hash_load(p, 4) | tr_hash_load(p + 5, 2) << 32 | tr_hash_load(p + 8, 2) << 48
                 : tr_hash_load(p + 6, 4) | tr_hash_load(p + 3, 2) << 32 | tr_hash_load(p, 2) << 48;
    if (!tr_plain_digits8(digits))
        return false;
    memcpy(own, &digits, 4);
    memcpy(own + 5, (const char *)&digits + 4, 2);
    memcpy(own + 8, (const char *)&digits + 6, 2);
    own[4] = own[7] = '-';
    digits &= 0x0F0F0F0F0F0F0F0FULL;
    pairs = digits * 10 + (digits >> 8);
    year = (int)(pairs & 0xFF) * 100 + (int)(pairs >> 16 & 0xFF);
    month = (int)(pairs >> 32 & 0xFF);
    day = (int)(pairs >> 48 & 0xFF);
    if (month < 1 || month > 12 || day < 1 || year <= 1970 || year >= TR_YEAR_OPEN ||
        (day > 28 && !tr_date_valid((struct tr_date){year, month, day})))
        return false;
    v->text = (struct tr_str){own, TR_DATE_LEN};
    v->num = year;
    *content += tr_hash(own, TR_DATE_LEN, step->salt);
    return true;
}

#ifdef __SSE2__
/* At which of sixteen bytes words begin; *within: whether the byte before them is of one, and then the last of them. */
static inline uint32_t word_starts(const char *p, uint32_t *within)
{
    const __m128i c = _mm_loadu_si128((const __m128i *)(const void *)p), low = _mm_or_si128(c, _mm_set1_epi8(0x20));
    const __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
    const __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(c, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(c, _mm_set1_epi8('9' + 1)));
    const uint32_t of_word = (uint32_t)_mm_movemask_epi8(_mm_or_si128(c, _mm_or_si128(letter, digit)));
    const uint32_t starts = of_word & ~(of_word << 1 | *within);

    *within = of_word >> 15;
    return starts;
}

/* tr_guarded_may_name, of a cell. */
static inline bool tr_plain_may_name(const struct tr_guarded_words *w, struct tr_str name)
{
    uint32_t within = 0;

    for (size_t at = 0; at < name.len; at += 16) {
        uint32_t starts = word_starts(name.p + at, &within);

        if (name.len - at < 16)
            starts &= (UINT32_C(1) << (name.len - at)) - 1;
        for (; starts; starts &= starts - 1)
            if (tr_guarded_may_begin(w, name, at + (size_t)__builtin_ctz(starts)))
                return true;
    }
    return false;
}
#else
#define tr_plain_may_name tr_guarded_may_name
#endif

#endif

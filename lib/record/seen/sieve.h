/* A filter over hashes: by one look at memory it says of most new ones that they are new, and never of one that it has.
 * Each hash is four bits of one word. At four hashes a word it is wrong about one in two hundred, at eight about one
 * in thirty. */
#ifndef TR_RECORD_SIEVE_H
#define TR_RECORD_SIEVE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct tr_sieve {
    uint64_t *word; /* all zeros at first; owned by whoever has the sieve. Memory that is not used is not touched */
    uint64_t words; /* of them that are used, a power of two */
};

static inline uint64_t *tr_sieve_word(const struct tr_sieve *s, uint64_t hash)
{
    return &s->word[hash >> 24 & (s->words - 1)];
}

static inline uint64_t tr_sieve_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63) | UINT64_C(1) << (hash >> 12 & 63) |
           UINT64_C(1) << (hash >> 18 & 63);
}

static inline bool tr_sieve_has(const struct tr_sieve *s, uint64_t hash)
{
    return (tr_sieve_bits(hash) & ~*tr_sieve_word(s, hash)) == 0;
}

static inline void tr_sieve_add(struct tr_sieve *s, uint64_t hash)
{
    *tr_sieve_word(s, hash) |= tr_sieve_bits(hash);
}

/* Tells that the hash will be looked for or added soon: its word starts on its way from far memory. */
static inline void tr_sieve_expect(const struct tr_sieve *s, uint64_t hash)
{
    __builtin_prefetch(tr_sieve_word(s, hash), 1);
}

/* Empties it and uses twice as many words, for which there is room. */
static inline void tr_sieve_widen(struct tr_sieve *s)
{
    memset(s->word, 0, s->words * sizeof *s->word);
    s->words *= 2;
}

#endif

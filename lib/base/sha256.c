#include "base/sha256.h"

#include <sodium.h>

static void write_hex(const unsigned char hash[crypto_hash_sha256_BYTES], char out[TR_SHA256_LEN])
{
    for (size_t i = 0; i < crypto_hash_sha256_BYTES; i++) {
        out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
    }
}

void tr_sha256(struct tr_str s, char out[TR_SHA256_LEN])
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, (const unsigned char *)s.p, s.len);
    write_hex(hash, out);
}

void tr_sha256_both(struct tr_str s, size_t n, char first[TR_SHA256_LEN], char all[TR_SHA256_LEN])
{
    crypto_hash_sha256_state state, until;
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)s.p, n);
    until = state;
    crypto_hash_sha256_final(&until, hash);
    write_hex(hash, first);
    crypto_hash_sha256_update(&state, (const unsigned char *)s.p + n, s.len - n);
    crypto_hash_sha256_final(&state, hash);
    write_hex(hash, all);
}

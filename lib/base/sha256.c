#include "base/sha256.h"

#include <sodium.h>

void tr_sha256(struct tr_str s, char out[TR_SHA256_LEN])
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, (const unsigned char *)s.p, s.len);
    for (size_t i = 0; i < sizeof hash; i++) {
        out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
    }
}

#include "base/uuid.h"

#include <stdint.h>
#include <string.h>

/* ---- SHA-1, of two slices one after the other; FIPS 180-4, 6.1 ---- */

enum { BLOCK = 64, LENGTH = 8 };

static uint32_t turn(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

static uint32_t mixed(int round, uint32_t b, uint32_t c, uint32_t d)
{
    switch (round / 20) {
    case 0:
        return ((b & c) | (~b & d)) + 0x5A827999;
    case 1:
        return (b ^ c ^ d) + 0x6ED9EBA1;
    case 2:
        return ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC;
    default:
        return (b ^ c ^ d) + 0xCA62C1D6;
    }
}

static void take_block(uint32_t h[5], const unsigned char block[BLOCK])
{
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];

    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t next = turn(a, 5) + mixed(i, b, c, d) + e + w[i];

        e = d;
        d = c;
        c = turn(b, 30);
        b = a;
        a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

static void sha1(struct tr_str first, struct tr_str second, unsigned char out[20])
{
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    const size_t len = first.len + second.len;
    unsigned char block[BLOCK];
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        block[n++] = (unsigned char)(i < first.len ? first.p[i] : second.p[i - first.len]);
        if (n == BLOCK) {
            take_block(h, block);
            n = 0;
        }
    }
    block[n++] = 0x80;
    if (n > BLOCK - LENGTH) {
        memset(block + n, 0, BLOCK - n);
        take_block(h, block);
        n = 0;
    }
    memset(block + n, 0, BLOCK - n);
    for (int i = 0; i < LENGTH; i++)
        block[BLOCK - 1 - i] = (unsigned char)((uint64_t)len * 8 >> (8 * i));
    take_block(h, block);
    for (int i = 0; i < 20; i++)
        out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

void tr_uuid_of_name(const unsigned char space[TR_UUID_BYTES], struct tr_str name,
                     char out[TR_UUID_LEN])
{
    unsigned char hash[20];
    size_t at = 0;

    sha1((struct tr_str){(const char *)space, TR_UUID_BYTES}, name, hash);
    hash[6] = (unsigned char)((hash[6] & 0x0F) | 0x50); /* version */
    hash[8] = (unsigned char)((hash[8] & 0x3F) | 0x80); /* variant */
    for (int i = 0; i < TR_UUID_BYTES; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        out[at++] = "0123456789abcdef"[hash[i] >> 4];
        out[at++] = "0123456789abcdef"[hash[i] & 15];
    }
}

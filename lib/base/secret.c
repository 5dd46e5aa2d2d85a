#include "base/secret.h"

#include <sodium.h>

/* What keyed hashes are for, so that one never equals another's. */
static const char for_pseudonyms[] = "transition pseudonym";
static const char for_references[] = "transition reference";
static const char for_chains[] = "transition chain";

int tr_key_make(struct tr_key *key)
{
    if (sodium_init() < 0)
        return -1;
    randombytes_buf(key->bytes, sizeof key->bytes);
    return 0;
}

void tr_key_clear(struct tr_key *key)
{
    sodium_memzero(key, sizeof *key);
}

bool tr_key_parse(struct tr_str text, struct tr_key *key)
{
    size_t n;

    return text.len == TR_KEY_TEXT_LEN &&
           sodium_hex2bin(key->bytes, sizeof key->bytes, text.p, text.len, NULL, &n, NULL) == 0 &&
           n == sizeof key->bytes;
}

void tr_key_text(const struct tr_key *key, char out[TR_KEY_TEXT_LEN])
{
    char text[TR_KEY_TEXT_LEN + 1];

    sodium_bin2hex(text, sizeof text, key->bytes, sizeof key->bytes);
    memcpy(out, text, TR_KEY_TEXT_LEN);
    sodium_memzero(text, sizeof text);
}

static void keyed(const struct tr_key *key, const char *what, const unsigned char *before,
                  struct tr_str text, unsigned char *out, size_t len)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, len);
    crypto_generichash_update(&state, (const unsigned char *)what, strlen(what) + 1);
    if (before)
        crypto_generichash_update(&state, before, TR_CHAIN_LEN);
    crypto_generichash_update(&state, (const unsigned char *)text.p, text.len);
    crypto_generichash_final(&state, out, len);
}

/* 120 bits of a keyed hash as 24 letters and digits, behind a letter and a hyphen. */
static void make_code(const struct tr_key *key, const char *what, char letter, struct tr_str text,
                      char out[TR_PSEUDONYM_LEN])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    unsigned bits = 0, n = 0, at = 2;

    keyed(key, what, NULL, text, hash, sizeof hash);
    out[0] = letter;
    out[1] = '-';
    for (size_t i = 0; at < TR_PSEUDONYM_LEN; i++) {
        bits = bits << 8 | hash[i];
        for (n += 8; n >= 5 && at < TR_PSEUDONYM_LEN; n -= 5)
            out[at++] = "abcdefghijklmnopqrstuvwxyz234567"[bits >> (n - 5) & 31];
    }
}

void tr_pseudonym(const struct tr_key *key, struct tr_str number, char out[TR_PSEUDONYM_LEN])
{
    make_code(key, for_pseudonyms, 'p', number, out);
}

void tr_reference(const struct tr_key *key, struct tr_str id, char out[TR_PSEUDONYM_LEN])
{
    make_code(key, for_references, 'h', id, out);
}

int tr_seal(const struct tr_key *key, struct tr_nonces *nonces, struct tr_str text,
            struct tr_buf *out)
{
    size_t more = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.len;
    unsigned char *to;

    if ((!nonces->started && sodium_init() < 0) || tr_buf_room(out, more) < 0)
        return -1;
    if (!nonces->started)
        randombytes_buf(nonces->next, sizeof nonces->next);
    nonces->started = true;
    to = (unsigned char *)out->p + out->len;
    sodium_increment(nonces->next, sizeof nonces->next);
    memcpy(to, nonces->next, crypto_secretbox_NONCEBYTES);
    if (crypto_secretbox_easy(to + crypto_secretbox_NONCEBYTES, (const unsigned char *)text.p,
                              text.len, to, key->bytes) < 0)
        return -1;
    out->len += more;
    return 0;
}

int tr_unseal(const struct tr_key *key, struct tr_str sealed, struct tr_buf *out)
{
    const unsigned char *from = (const unsigned char *)sealed.p;
    size_t less = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;

    if (sealed.len < less || tr_buf_room(out, sealed.len - less + 1) < 0 ||
        crypto_secretbox_open_easy((unsigned char *)out->p + out->len,
                                   from + crypto_secretbox_NONCEBYTES,
                                   sealed.len - crypto_secretbox_NONCEBYTES, from, key->bytes) < 0)
        return -1;
    out->len += sealed.len - less;
    return 0;
}

void tr_chain(const struct tr_key *key, const unsigned char before[TR_CHAIN_LEN],
              struct tr_str line, unsigned char out[TR_CHAIN_LEN])
{
    keyed(key, for_chains, before, line, out, TR_CHAIN_LEN);
}

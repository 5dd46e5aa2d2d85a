/* What needs a key: pseudonyms, sealing, chains of hashes. Besides sha256.c the only user of
 * libsodium. */
#ifndef TR_BASE_SECRET_H
#define TR_BASE_SECRET_H

#include "base/buf.h"

enum { TR_KEY_LEN = 32, TR_KEY_TEXT_LEN = 64, TR_PSEUDONYM_LEN = 26, TR_CHAIN_LEN = 32 };

/* Clear it when it is no longer needed. */
struct tr_key {
    unsigned char bytes[TR_KEY_LEN];
};

/* -1: the system gives no random numbers. */
int tr_key_make(struct tr_key *key);
void tr_key_clear(struct tr_key *key);

/* As text: 64 hexadecimal digits. false: it is no key. */
bool tr_key_parse(struct tr_str text, struct tr_key *key);
void tr_key_text(const struct tr_key *key, char out[TR_KEY_TEXT_LEN]);

/* The pseudonym of an identity number: "p-" and 24 letters and digits, the same under the same key
 * and unlinkable without it (keyed BLAKE2b, 120 bits). */
void tr_pseudonym(const struct tr_key *key, struct tr_str number, char out[TR_PSEUDONYM_LEN]);

/* Where the nonces of many sealed texts come from: random, then counted on. Start it zeroed. */
struct tr_nonces {
    unsigned char next[24];
    bool started;
};

/* A reference code, made of an id in the same way: "h-" and as many. */
void tr_reference(const struct tr_key *key, struct tr_str id, char out[TR_PSEUDONYM_LEN]);

/* Adds text sealed under the key (XSalsa20-Poly1305, its nonce before it). -1: memory, or no random
 * numbers. */
int tr_seal(const struct tr_key *key, struct tr_nonces *nonces, struct tr_str text,
            struct tr_buf *out);

/* Adds what was sealed; -1 when the key is another, or a byte was changed, or memory is out. */
int tr_unseal(const struct tr_key *key, struct tr_str sealed, struct tr_buf *out);

/* The next hash of a chain: of the one before and a line. */
void tr_chain(const struct tr_key *key, const unsigned char before[TR_CHAIN_LEN],
              struct tr_str line, unsigned char out[TR_CHAIN_LEN]);

#endif

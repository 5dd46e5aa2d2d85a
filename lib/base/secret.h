/* Everything that needs a key: pseudonyms, keyed hashes, sealing. Besides sha256.c the only user of
 * libsodium.
 *
 * A key file holds secrets, each for one purpose, so that who puts records in cannot read names,
 * and who audits the log can do neither. transition-register(5) says who needs which, and why. */
#ifndef TR_BASE_SECRET_H
#define TR_BASE_SECRET_H

#include <stdint.h>
#include "base/buf.h"

enum {
    TR_KEY_LEN = 32,
    TR_KEY_TEXT_LEN = 64,
    TR_PSEUDONYM_LEN = 26,
    TR_SHORT_LEN = 8,      /* of a short pseudonym */
    TR_HASH_LEN = 32,      /* of a line of the log */
    TR_MARK_LEN = 16,      /* of a record, a put … */
    TR_VOUCHER_LEN = 64,   /* of the list of keys */
    TR_KEY_SEALED_LEN = 80 /* a key, sealed for one reader */
};

struct tr_key {
    unsigned char bytes[TR_KEY_LEN];
};

enum tr_secret {
    TR_SECRET_PSEUDONYM, /* makes pseudonyms and reference codes */
    TR_SECRET_CONTENT,   /* tells whether a record says what it said before */
    TR_SECRET_BIND,      /* binds what the register holds to its place in it */
    TR_SECRET_LOG,       /* writes and verifies the access log */
    TR_SECRET_READ,      /* unseals */
    TR_SECRET_VOUCH,     /* vouches for who was given a key */
    TR_N_SECRETS
};

/* Who is given a key, and the secrets that such a key holds. */
enum tr_purpose {
    TR_PURPOSE_ALL,
    TR_PURPOSE_PUT,
    TR_PURPOSE_READ,
    TR_PURPOSE_AUDIT,
    TR_N_PURPOSES
};
extern const char *const tr_secret_names[TR_N_SECRETS];
extern const char *const tr_purpose_names[TR_N_PURPOSES + 1]; /* and NULL */
bool tr_purpose_has(enum tr_purpose purpose, enum tr_secret secret);

/* ---- memory ---- */

/* Zeroed memory that is not swapped out and not part of a core dump, between pages that must not be
 * touched. NULL: memory is out. Freeing wipes it. */
void *tr_secret_alloc(size_t size);
void tr_secret_free(void *p);

/* Wipes bytes, however clever the compiler; a buffer, which it frees too. */
void tr_wipe(void *p, size_t n);
void tr_buf_wipe(struct tr_buf *b);

/* ---- keys ---- */

struct tr_keys {
    bool has[TR_N_SECRETS];
    bool derived; /* all from one key of 64 digits, as the first version made them */
    bool has_keeper;
    unsigned char keeper[TR_KEY_LEN]; /* the public half of `vouch`, which every key holds */
    struct tr_key secret[TR_N_SECRETS];
};

/* In memory as above, without secrets; NULL: memory is out. */
struct tr_keys *tr_keys_new(void);
void tr_keys_free(struct tr_keys *keys);

/* Makes the secrets anew, those in the set. -1: the system gives no random numbers. */
int tr_keys_make(struct tr_keys *keys, unsigned set);
int tr_key_make(struct tr_key *key);

/* A key file: "transition-key 2", then a line for each secret: its name, a space, 64 hexadecimal
 * digits; `keeper` is such a line, too, where there is no `vouch`. A file of 64 digits alone is a key of the first version: that one key makes pseudonyms,
 * and all other secrets are derived from it. false: it is no key. */
bool tr_keys_parse(struct tr_str text, struct tr_keys *keys);
void tr_keys_text(const struct tr_keys *keys, enum tr_purpose purpose, struct tr_buf *out);

/* ---- names in place of names ---- */

/* The pseudonym of an identity number: "p-" and 24 letters and digits, the same under the same key
 * and unlinkable without it (keyed BLAKE2b, 120 bits). */
void tr_pseudonym(const struct tr_key *key, struct tr_str number, char out[TR_PSEUDONYM_LEN]);

/* Codes made of an id in the same way: a reference code, "h-" and as many; and "r-", by which the
 * access log names a record about which no person is known. */
void tr_reference(const struct tr_key *key, struct tr_str id, char out[TR_PSEUDONYM_LEN]);
void tr_looked_at(const struct tr_key *key, struct tr_str id, char out[TR_PSEUDONYM_LEN]);

/* Short pseudonyms, for counting only: 8 letters and digits, 40 bits of a keyed BLAKE2b. Enough for
 * the persons of one survey, and no way back without the key; word says what for. Two of n texts
 * have the same one with a chance of n * n / 2^41. */
void tr_short_pseudonym(const struct tr_key *key, const char *word, struct tr_str text,
                        char out[TR_SHORT_LEN]);

/* And "x-", by which a register knows again who or what was purged. */
void tr_purged(const struct tr_key *key, struct tr_str what, char out[TR_PSEUDONYM_LEN]);

/* ---- keyed hashes ---- */

/* Parts of what is hashed. Each counts with its length, so no text can pass for another. */
enum { TR_PARTS_MAX = 20 };
struct tr_parts {
    struct tr_str part[TR_PARTS_MAX];
    unsigned char number[TR_PARTS_MAX][8];
    int n;
};
void tr_parts_text(struct tr_parts *p, struct tr_str text);
void tr_parts_number(struct tr_parts *p, int64_t number);

/* Adds them as they are hashed: each after its length, 4 bytes, the lowest first. */
void tr_parts_add(const struct tr_parts *p, struct tr_buf *out);

/* The keyed BLAKE2b of a word, which says what the hash is for, and of parts; len 16 to 64. */
void tr_mac(const struct tr_key *key, const char *word, const struct tr_parts *parts,
            unsigned char *out, size_t len);

/* The same for many and short ones: the tag of ChaCha20-Poly1305 (IETF) on no text, with the parts
 * as what goes with it. Under one key a number a, with b, must never come with other parts. */
void tr_tag(const struct tr_key *key, int64_t a, int64_t b, const struct tr_parts *parts,
            unsigned char out[TR_MARK_LEN]);

/* Whether both are the same, in a time that does not tell where they differ. */
bool tr_same_bytes(const void *a, const void *b, size_t n);

/* The same bytes as hexadecimal digits; out has room for two each. */
void tr_hex(const void *p, size_t n, char *out);

/* Reads them back; false: they are not n bytes. */
bool tr_unhex(struct tr_str text, void *out, size_t n);

/* ---- vouching ---- */

/* Who has the secret vouches for a text (Ed25519), and who has its public half alone can tell: so a
 * list that many may write, and must go by, is of whom they trust with it. */
void tr_vouch(const struct tr_key *secret, struct tr_str text, unsigned char out[TR_VOUCHER_LEN]);
bool tr_vouched(const unsigned char keeper[TR_KEY_LEN], struct tr_str text,
                const unsigned char voucher[TR_VOUCHER_LEN]);

/* ---- sealing ---- */

/* The public half of a secret that unseals. */
void tr_key_public(const struct tr_key *read, unsigned char out[TR_KEY_LEN]);

/* Seals a key so that only the reader opens it (crypto_box_seal: X25519, XSalsa20-Poly1305). -1:
 * the public half is none, or the key is not for this reader. */
int tr_key_seal(const unsigned char reader[TR_KEY_LEN], const struct tr_key *key,
                unsigned char out[TR_KEY_SEALED_LEN]);
int tr_key_unseal(const struct tr_key *read, const unsigned char *sealed, struct tr_key *out);

/* Adds text, padded to a step and sealed under a key of its own run (ChaCha20-Poly1305, IETF),
 * bound to what it is about. count goes up by one each time and must never come twice under one
 * key. The result is the count, 8 bytes, then the padded text and 16 bytes more. -1: memory. */
int tr_seal(const struct tr_key *key, uint64_t *count, struct tr_str about, struct tr_str text,
            struct tr_buf *out);

/* Adds what was sealed; -1 when the key or what it is about is another, or a byte was changed, or
 * memory is out. */
int tr_unseal(const struct tr_key *key, struct tr_str about, struct tr_str sealed,
              struct tr_buf *out);

/* The same of what the first version sealed: XSalsa20-Poly1305 after a nonce, bound to nothing. */
int tr_unseal_old(const struct tr_key *key, struct tr_str sealed, struct tr_buf *out);

/* The next hash of the log of the first version: of the one before and a line. */
void tr_chain_old(const struct tr_key *key, const unsigned char before[TR_HASH_LEN],
                  struct tr_str line, unsigned char out[TR_HASH_LEN]);

#endif

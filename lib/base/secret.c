#include "base/secret.h"

#include <sodium.h>
#include <stdlib.h>

/* Texts are padded to multiples of the small step up to the large one, of the large one beyond. */
enum { STEP_SMALL = 128, STEP_LARGE = 1024, COUNT_LEN = 8 };

/* Bytes of the length of a part; room for parts that are laid out together. */
enum { LENGTH_LEN = 4, PLACE = 2048 };

static const char for_pseudonyms[] = "transition pseudonym";
static const char for_references[] = "transition reference";
static const char for_looks[] = "transition looked at";
static const char for_purges[] = "transition purged";
static const char first_line[] = "transition-key 2";
static const char keeper_line[] = "keeper";

const char *const tr_secret_names[TR_N_SECRETS] = {
    [TR_SECRET_PSEUDONYM] = "pseudonym", [TR_SECRET_CONTENT] = "content",
    [TR_SECRET_BIND] = "bind",           [TR_SECRET_LOG] = "log",
    [TR_SECRET_READ] = "read",           [TR_SECRET_VOUCH] = "vouch",
};

const char *const tr_purpose_names[TR_N_PURPOSES + 1] = {
    [TR_PURPOSE_ALL] = "all",
    [TR_PURPOSE_PUT] = "put",
    [TR_PURPOSE_READ] = "read",
    [TR_PURPOSE_AUDIT] = "audit",
};

bool tr_purpose_has(enum tr_purpose purpose, enum tr_secret secret)
{
    static const bool has[TR_N_PURPOSES][TR_N_SECRETS] = {
        [TR_PURPOSE_ALL] = {true, true, true, true, true, true},
        [TR_PURPOSE_PUT] =
            {[TR_SECRET_PSEUDONYM] = true, [TR_SECRET_CONTENT] = true, [TR_SECRET_BIND] = true},
        [TR_PURPOSE_READ] =
            {[TR_SECRET_BIND] = true, [TR_SECRET_LOG] = true, [TR_SECRET_READ] = true},
        [TR_PURPOSE_AUDIT] = {[TR_SECRET_BIND] = true, [TR_SECRET_LOG] = true},
    };

    return has[purpose][secret];
}

/* ---- memory ---- */

void *tr_secret_alloc(size_t size)
{
    void *p = sodium_init() < 0 ? NULL : sodium_malloc(size);

    if (p)
        memset(p, 0, size);
    return p;
}

void tr_secret_free(void *p)
{
    sodium_free(p);
}

void tr_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

void tr_buf_wipe(struct tr_buf *b)
{
    if (b->p)
        sodium_memzero(b->p, b->cap);
    tr_buf_clear(b);
}

/* ---- keys ---- */

struct tr_keys *tr_keys_new(void)
{
    return tr_secret_alloc(sizeof(struct tr_keys));
}

void tr_keys_free(struct tr_keys *keys)
{
    tr_secret_free(keys);
}

int tr_key_make(struct tr_key *key)
{
    if (sodium_init() < 0)
        return -1;
    randombytes_buf(key->bytes, sizeof key->bytes);
    return 0;
}

/* The public half of what vouches, where that is. */
static void find_keeper(struct tr_keys *keys)
{
    unsigned char secret[crypto_sign_SECRETKEYBYTES];

    if (!keys->has[TR_SECRET_VOUCH])
        return;
    crypto_sign_seed_keypair(keys->keeper, secret, keys->secret[TR_SECRET_VOUCH].bytes);
    sodium_memzero(secret, sizeof secret);
    keys->has_keeper = true;
}

int tr_keys_make(struct tr_keys *keys, unsigned set)
{
    for (int s = 0; s < TR_N_SECRETS; s++)
        if (set & 1U << s) {
            if (tr_key_make(&keys->secret[s]) < 0)
                return -1;
            keys->has[s] = true;
        }
    find_keeper(keys);
    return 0;
}

/* All secrets from the one key of the first version; it made pseudonyms itself, and still does. */
static bool parse_old(struct tr_str text, struct tr_keys *keys)
{
    struct tr_key *secret = keys->secret;

    if (!tr_unhex(text, secret[TR_SECRET_PSEUDONYM].bytes, TR_KEY_LEN))
        return false;
    for (int s = 0; s < TR_N_SECRETS; s++) {
        keys->has[s] = true;
        if (s != TR_SECRET_PSEUDONYM)
            crypto_kdf_derive_from_key(secret[s].bytes, TR_KEY_LEN, (uint64_t)s, "tr-reg-2",
                                       secret[TR_SECRET_PSEUDONYM].bytes);
    }
    keys->derived = true;
    find_keeper(keys);
    return true;
}

/* One line: a name and a secret. */
static bool parse_line(struct tr_str line, struct tr_keys *keys)
{
    struct tr_str name;

    if (!tr_str_part(&line, ' ', &name) || !line.p)
        return false;
    for (int s = 0; s < TR_N_SECRETS; s++)
        if (tr_str_is(name, tr_secret_names[s]) && !keys->has[s])
            return keys->has[s] = tr_unhex(line, keys->secret[s].bytes, TR_KEY_LEN);
    return tr_str_is(name, keeper_line) && !keys->has_keeper &&
           (keys->has_keeper = tr_unhex(line, keys->keeper, sizeof keys->keeper));
}

bool tr_keys_parse(struct tr_str text, struct tr_keys *keys)
{
    struct tr_str line;
    bool any = false;

    sodium_memzero(keys, sizeof *keys);
    if (text.len > 0 && text.p[text.len - 1] == '\n')
        text.len--;
    if (text.len == TR_KEY_TEXT_LEN)
        return parse_old(text, keys);
    if (!tr_str_part(&text, '\n', &line) || !tr_str_is(line, first_line))
        return false;
    while (tr_str_part(&text, '\n', &line)) {
        if (!parse_line(line, keys))
            return false;
        any = true;
    }
    find_keeper(keys);
    return any;
}

static void add_line(const char *name, const unsigned char *key, struct tr_buf *out)
{
    char digits[TR_KEY_TEXT_LEN];

    tr_hex(key, TR_KEY_LEN, digits);
    tr_buf_text(out, name);
    tr_buf_char(out, ' ');
    tr_buf_add(out, digits, sizeof digits);
    tr_buf_char(out, '\n');
    sodium_memzero(digits, sizeof digits);
}

void tr_keys_text(const struct tr_keys *keys, enum tr_purpose purpose, struct tr_buf *out)
{
    tr_buf_text(out, first_line);
    tr_buf_char(out, '\n');
    for (int s = 0; s < TR_N_SECRETS; s++)
        if (keys->has[s] && tr_purpose_has(purpose, (enum tr_secret)s))
            add_line(tr_secret_names[s], keys->secret[s].bytes, out);
    if (keys->has_keeper && !tr_purpose_has(purpose, TR_SECRET_VOUCH))
        add_line(keeper_line, keys->keeper, out);
}

/* ---- names in place of names ---- */

/* The first n * 5 bits of a keyed hash as n letters and digits. The word counts with its NUL. */
static void spell(const struct tr_key *key, const char *word, struct tr_str text, char *out,
                  unsigned n)
{
    crypto_generichash_state state;
    unsigned char hash[crypto_generichash_BYTES_MIN];
    unsigned bits = 0, ready = 0, at = 0;

    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)word, strlen(word) + 1);
    crypto_generichash_update(&state, (const unsigned char *)text.p, text.len);
    crypto_generichash_final(&state, hash, sizeof hash);
    for (size_t i = 0; at < n; i++) {
        bits = bits << 8 | hash[i];
        for (ready += 8; ready >= 5 && at < n; ready -= 5)
            out[at++] = "abcdefghijklmnopqrstuvwxyz234567"[bits >> (ready - 5) & 31];
    }
}

/* 120 bits after a letter and a hyphen. */
static void make_code(const struct tr_key *key, const char *word, char letter, struct tr_str text,
                      char out[TR_PSEUDONYM_LEN])
{
    out[0] = letter;
    out[1] = '-';
    spell(key, word, text, out + 2, TR_PSEUDONYM_LEN - 2);
}

void tr_pseudonym(const struct tr_key *key, struct tr_str number, char out[TR_PSEUDONYM_LEN])
{
    make_code(key, for_pseudonyms, 'p', number, out);
}

void tr_reference(const struct tr_key *key, struct tr_str id, char out[TR_PSEUDONYM_LEN])
{
    make_code(key, for_references, 'h', id, out);
}

void tr_looked_at(const struct tr_key *key, struct tr_str id, char out[TR_PSEUDONYM_LEN])
{
    make_code(key, for_looks, 'r', id, out);
}

void tr_short_pseudonym(const struct tr_key *key, const char *word, struct tr_str text,
                        char out[TR_SHORT_LEN])
{
    spell(key, word, text, out, TR_SHORT_LEN);
}

void tr_purged(const struct tr_key *key, struct tr_str what, char out[TR_PSEUDONYM_LEN])
{
    make_code(key, for_purges, 'x', what, out);
}

/* ---- keyed hashes ---- */

static void put_number(uint64_t number, unsigned char *to, int bytes)
{
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(number >> 8 * i);
}

void tr_parts_text(struct tr_parts *p, struct tr_str text)
{
    p->part[p->n++] = text;
}

void tr_parts_number(struct tr_parts *p, int64_t number)
{
    put_number((uint64_t)number, p->number[p->n], 8);
    p->part[p->n] = (struct tr_str){(const char *)p->number[p->n], 8};
    p->n++;
}

/* The parts one after the other, each behind its length, from `to` on. */
static size_t lay_parts(const struct tr_parts *parts, unsigned char *to)
{
    unsigned char *at = to;

    for (int i = 0; i < parts->n; i++) {
        put_number(parts->part[i].len, at, LENGTH_LEN);
        at += LENGTH_LEN;
        if (parts->part[i].len)
            memcpy(at, parts->part[i].p, parts->part[i].len);
        at += parts->part[i].len;
    }
    return (size_t)(at - to);
}

static size_t size_of(const struct tr_parts *parts)
{
    size_t n = 0;

    for (int i = 0; i < parts->n; i++)
        n += LENGTH_LEN + parts->part[i].len;
    return n;
}

void tr_parts_add(const struct tr_parts *p, struct tr_buf *out)
{
    if (tr_buf_room(out, size_of(p)) == 0)
        out->len += lay_parts(p, (unsigned char *)out->p + out->len);
}

/* Laid out in one place when they are few bytes: one call is much faster than thirty. */
void tr_mac(const struct tr_key *key, const char *word, const struct tr_parts *parts,
            unsigned char *out, size_t len)
{
    crypto_generichash_state state;
    unsigned char place[PLACE], length[LENGTH_LEN];
    const size_t n = strlen(word) + 1;
    size_t size;

    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, len);
    if (n + size_of(parts) <= sizeof place) {
        memcpy(place, word, n);
        size = lay_parts(parts, place + n);
        crypto_generichash_update(&state, place, n + size);
        crypto_generichash_final(&state, out, len);
        sodium_memzero(place, n + size); /* it may have said who somebody is */
        return;
    }
    crypto_generichash_update(&state, (const unsigned char *)word, n);
    for (int i = 0; i < parts->n; i++) {
        put_number(parts->part[i].len, length, sizeof length);
        crypto_generichash_update(&state, length, sizeof length);
        crypto_generichash_update(&state, (const unsigned char *)parts->part[i].p,
                                  parts->part[i].len);
    }
    crypto_generichash_final(&state, out, len);
}

void tr_tag(const struct tr_key *key, int64_t a, int64_t b, const struct tr_parts *parts,
            unsigned char out[TR_MARK_LEN])
{
    unsigned char nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES], place[PLACE];
    const struct tr_parts *all = parts;
    struct tr_parts hashed = {.n = 0};

    if (size_of(parts) > sizeof place) { /* a hash in their place, which no parts are as short as */
        tr_mac(key, "transition long", parts, place + sizeof place - TR_HASH_LEN, TR_HASH_LEN);
        tr_parts_text(&hashed,
                      (struct tr_str){(char *)place + sizeof place - TR_HASH_LEN, TR_HASH_LEN});
        all = &hashed;
    }
    put_number((uint64_t)a, nonce, 6);
    put_number((uint64_t)b, nonce + 6, 6);
    crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, NULL, 0, place, lay_parts(all, place),
                                              NULL, nonce, key->bytes);
}

bool tr_same_bytes(const void *a, const void *b, size_t n)
{
    return sodium_memcmp(a, b, n) == 0;
}

void tr_hex(const void *p, size_t n, char *out)
{
    const unsigned char *byte = p;

    for (size_t i = 0; i < n; i++) {
        out[2 * i] = "0123456789abcdef"[byte[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[byte[i] & 15];
    }
}

bool tr_unhex(struct tr_str text, void *out, size_t n)
{
    size_t had;

    return text.len == 2 * n &&
           sodium_hex2bin(out, n, text.p, text.len, NULL, &had, NULL) == 0 && had == n;
}

/* ---- vouching ---- */

_Static_assert(TR_VOUCHER_LEN == crypto_sign_BYTES && TR_KEY_LEN == crypto_sign_SEEDBYTES &&
                   TR_KEY_LEN == crypto_sign_PUBLICKEYBYTES,
               "a voucher");

void tr_vouch(const struct tr_key *secret, struct tr_str text, unsigned char out[TR_VOUCHER_LEN])
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], whole[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(public, whole, secret->bytes);
    crypto_sign_detached(out, NULL, (const unsigned char *)text.p, text.len, whole);
    sodium_memzero(whole, sizeof whole);
}

bool tr_vouched(const unsigned char keeper[TR_KEY_LEN], struct tr_str text,
                const unsigned char voucher[TR_VOUCHER_LEN])
{
    return crypto_sign_verify_detached(voucher, (const unsigned char *)text.p, text.len, keeper) ==
           0;
}

/* ---- sealing ---- */

_Static_assert(TR_KEY_SEALED_LEN == crypto_box_SEALBYTES + TR_KEY_LEN, "a sealed key");
_Static_assert(TR_MARK_LEN == crypto_aead_chacha20poly1305_ietf_ABYTES, "a tag");
_Static_assert(TR_KEY_LEN == crypto_box_SEEDBYTES && TR_KEY_LEN == crypto_box_PUBLICKEYBYTES &&
                   TR_KEY_LEN == crypto_aead_chacha20poly1305_ietf_KEYBYTES,
               "every key has the same length");

void tr_key_public(const struct tr_key *read, unsigned char out[TR_KEY_LEN])
{
    unsigned char secret[crypto_box_SECRETKEYBYTES];

    crypto_box_seed_keypair(out, secret, read->bytes);
    sodium_memzero(secret, sizeof secret);
}

int tr_key_seal(const unsigned char reader[TR_KEY_LEN], const struct tr_key *key,
                unsigned char out[TR_KEY_SEALED_LEN])
{
    return sodium_init() < 0 ? -1 : crypto_box_seal(out, key->bytes, sizeof key->bytes, reader);
}

int tr_key_unseal(const struct tr_key *read, const unsigned char *sealed, struct tr_key *out)
{
    unsigned char public[crypto_box_PUBLICKEYBYTES], secret[crypto_box_SECRETKEYBYTES];
    int rc;

    crypto_box_seed_keypair(public, secret, read->bytes);
    rc = crypto_box_seal_open(out->bytes, sealed, TR_KEY_SEALED_LEN, public, secret);
    sodium_memzero(secret, sizeof secret);
    return rc;
}

static size_t padded(size_t n)
{
    size_t step = n < STEP_LARGE ? STEP_SMALL : STEP_LARGE;

    return (n / step + 1) * step;
}

static void nonce_of(const unsigned char *count,
                     unsigned char out[crypto_aead_chacha20poly1305_ietf_NPUBBYTES])
{
    memset(out, 0, crypto_aead_chacha20poly1305_ietf_NPUBBYTES);
    memcpy(out, count, COUNT_LEN);
}

int tr_seal(const struct tr_key *key, uint64_t *count, struct tr_str about, struct tr_str text,
            struct tr_buf *out)
{
    unsigned char nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES], *to;
    size_t size = padded(text.len);

    if (tr_buf_room(out, COUNT_LEN + size + crypto_aead_chacha20poly1305_ietf_ABYTES) < 0)
        return -1;
    to = (unsigned char *)out->p + out->len;
    put_number(++*count, to, COUNT_LEN);
    nonce_of(to, nonce);
    to += COUNT_LEN;
    if (text.len)
        memcpy(to, text.p, text.len);
    to[text.len] = 0x80; /* ISO/IEC 7816-4 */
    memset(to + text.len + 1, 0, size - text.len - 1);
    crypto_aead_chacha20poly1305_ietf_encrypt(to, NULL, to, size, (const unsigned char *)about.p,
                                              about.len, NULL, nonce, key->bytes);
    out->len += COUNT_LEN + size + crypto_aead_chacha20poly1305_ietf_ABYTES;
    return 0;
}

int tr_unseal(const struct tr_key *key, struct tr_str about, struct tr_str sealed,
              struct tr_buf *out)
{
    unsigned char nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES], *to;
    const size_t more = COUNT_LEN + crypto_aead_chacha20poly1305_ietf_ABYTES;
    const unsigned char *from = (const unsigned char *)sealed.p;
    size_t n;

    if (sealed.len <= more || tr_buf_room(out, sealed.len - more + 1) < 0)
        return -1;
    to = (unsigned char *)out->p + out->len;
    nonce_of(from, nonce);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(
            to, NULL, NULL, from + COUNT_LEN, sealed.len - COUNT_LEN,
            (const unsigned char *)about.p, about.len, nonce, key->bytes) < 0)
        return -1;
    for (n = sealed.len - more; n > 0 && to[n - 1] == 0;)
        n--;
    if (n == 0 || to[n - 1] != 0x80)
        return -1;
    out->len += n - 1;
    return 0;
}

int tr_unseal_old(const struct tr_key *key, struct tr_str sealed, struct tr_buf *out)
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

void tr_chain_old(const struct tr_key *key, const unsigned char before[TR_HASH_LEN],
                  struct tr_str line, unsigned char out[TR_HASH_LEN])
{
    static const char word[] = "transition chain";
    crypto_generichash_state state;

    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, TR_HASH_LEN);
    crypto_generichash_update(&state, (const unsigned char *)word, sizeof word);
    crypto_generichash_update(&state, before, TR_HASH_LEN);
    crypto_generichash_update(&state, (const unsigned char *)line.p, line.len);
    crypto_generichash_final(&state, out, TR_HASH_LEN);
}

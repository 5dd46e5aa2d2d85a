#include "store/store_own.h"

/* A sealed copy: these words, how many read it, the key of the copy sealed for each, the register.
 */
static const char words[] = "transition-sealed 2\n";
enum { WORDS_LEN = sizeof words - 1 };

/* Adds the key for all who may read now. */
static int add_readers(struct tr_store *s, const struct tr_key *key, struct tr_buf *out,
                       struct tr_err *err)
{
    struct tr_rows *st =
        tr_store_check_vouched(s, err) < 0 ? NULL : tr_rows_ready(s, Q_key_all, err);
    size_t count = out->len;
    struct tr_proof_key k;
    unsigned n = 0;
    int rc = st ? 1 : -1;

    tr_buf_char(out, '\0');
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        if (!tr_store_key_holds(s, st, &k)) {
            rc = tr_store_changed(s, "key", k.key, err);
            tr_rows_reset(st);
            return rc;
        }
        /* A copy has all offices' records. */
        if (k.public.len != TR_KEY_LEN || k.retired.len > 0 ||
            tr_proof_office_of(k.purpose).len > 0)
            continue;
        if (n == 255 || tr_buf_room(out, TR_KEY_SEALED_LEN) < 0 ||
            tr_key_seal((const unsigned char *)k.public.p, key, (unsigned char *)out->p + out->len) <
                0) {
            tr_rows_reset(st);
            return tr_err_memory(err);
        }
        out->len += TR_KEY_SEALED_LEN;
        n++;
    }
    if (rc == 0 && out->failed)
        rc = tr_err_memory(err);
    if (rc == 0)
        out->p[count] = (char)n;
    return rc;
}

int tr_store_image_seal(struct tr_store *s, struct tr_str image, struct tr_buf *out,
                        struct tr_err *err)
{
    struct tr_key *key = tr_secret_alloc(sizeof *key);
    uint64_t count = 0;
    int rc = key && tr_key_make(key) == 0 ? 0 : tr_err_memory(err);

    tr_buf_text(out, words);
    if (rc == 0)
        rc = add_readers(s, key, out, err);
    if (rc == 0 && tr_seal(key, &count, TR_STR("transition copy"), image, out) < 0)
        rc = tr_err_memory(err);
    tr_secret_free(key);
    return rc;
}

int tr_store_image_unseal(const struct tr_keys *keys, struct tr_str sealed, struct tr_buf *out,
                          struct tr_err *err)
{
    struct tr_key *key;
    unsigned n;
    int rc = -1;

    if (sealed.len <= WORDS_LEN || memcmp(sealed.p, words, WORDS_LEN) != 0) {
        if (keys->has[TR_SECRET_PSEUDONYM])
            rc = tr_unseal_old(&keys->secret[TR_SECRET_PSEUDONYM], sealed, out);
        return rc < 0 ? tr_err_set(err, TR_E_SEALED, NULL, NULL, NULL) : 0;
    }
    if (!keys->has[TR_SECRET_READ])
        return tr_err_set(err, TR_E_KEY_PURPOSE, tr_secret_names[TR_SECRET_READ], NULL, NULL);
    key = tr_secret_alloc(sizeof *key);
    if (!key)
        return tr_err_memory(err);
    n = (unsigned char)sealed.p[WORDS_LEN];
    sealed.p += WORDS_LEN + 1;
    sealed.len -= WORDS_LEN + 1;
    for (unsigned i = 0; i < n && rc < 0 && sealed.len > (size_t)n * TR_KEY_SEALED_LEN; i++)
        if (tr_key_unseal(&keys->secret[TR_SECRET_READ],
                          (const unsigned char *)sealed.p + (size_t)i * TR_KEY_SEALED_LEN,
                          key) == 0)
            rc = tr_unseal(key, TR_STR("transition copy"),
                           (struct tr_str){sealed.p + (size_t)n * TR_KEY_SEALED_LEN,
                                           sealed.len - (size_t)n * TR_KEY_SEALED_LEN},
                           out);
    tr_secret_free(key);
    return rc < 0 ? tr_err_set(err, TR_E_SEALED, NULL, NULL, NULL) : 0;
}

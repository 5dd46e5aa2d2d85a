/* Who vouches for the list of keys.
 *
 * Problem: whoever puts records in must seal them for those on the list, and every key has the
 * secret that binds the list's rows. So whoever has any key, and can write the file, could make a
 * row say what they like. Idea: who hands out keys vouches for all rows with a secret of their own,
 * and every key has its public half. What no voucher covers, nobody seals for. A register that an
 * earlier build migrated has none until its keys change: while its key is that of version 1, there
 * can be no second one. */
#include "store/store_own.h"

static const char vouched[] = "vouched";

/* Adds what a voucher is about: word, register, and all rows. */
static int add_list(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    struct tr_proof_key k;
    int rc = st ? 1 : -1;

    tr_buf_add(out, "transition keys", sizeof "transition keys");
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        tr_store_row_key(st, &k);
        tr_proof_listed(tr_store_id(s), &k, out);
    }
    return rc == 0 && out->failed ? tr_err_memory(err) : rc;
}

int tr_store_vouch(struct tr_store *s, struct tr_err *err)
{
    unsigned char voucher[TR_VOUCHER_LEN];
    char text[2 * TR_VOUCHER_LEN];
    struct tr_buf list = {0};
    int rc = tr_store_need(s, TR_SECRET_VOUCH, err) < 0 ? -1 : add_list(s, &list, err);

    if (rc == 0) {
        tr_vouch(tr_store_secret(s, TR_SECRET_VOUCH), tr_buf_slice(&list), voucher);
        tr_hex(voucher, sizeof voucher, text);
        rc = tr_store_set(s, vouched, (struct tr_str){text, sizeof text}, err);
    }
    tr_buf_clear(&list);
    return rc;
}

int tr_store_check_vouched(struct tr_store *s, struct tr_err *err)
{
    unsigned char voucher[TR_VOUCHER_LEN];
    struct tr_buf list = {0}, text = {0};
    int rc;

    /* A key of before has nothing to hold it against; what we changed ourselves, we vouch for. */
    if (!s->keys || !s->keys->has_keeper || s->listed)
        return 0;
    rc = add_list(s, &list, err) < 0 ? -1 : tr_store_setting(s, vouched, &text, err);
    if (rc == 0 && text.failed)
        rc = tr_err_memory(err);
    else if (rc == 0 && !(s->keys->derived && text.len == 0) && /* the one key of version 1 */
             (!tr_unhex(tr_buf_slice(&text), voucher, sizeof voucher) ||
              !tr_vouched(s->keys->keeper, tr_buf_slice(&list), voucher)))
        rc = tr_store_changed(s, "key", 0, err);
    tr_buf_clear(&list);
    tr_buf_clear(&text);
    return rc;
}

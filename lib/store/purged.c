/* Who was purged. A purge leaves marks in the line of the log that says that it was: a mark is a
 * keyed hash of a pseudonym, or of the id of a case. Who puts records in asks for them, so that
 * what was removed does not come back by itself; a line that brings somebody back lifts them.
 *
 * Their key is a secret of its own, made by the first purge, as no secret that lasts is held both
 * by who purges and by who puts in. It is a setting, sealed under one made from the secret that
 * binds. */
#include <stdlib.h>

#include "store/store_own.h"

static const char setting[] = "purge_key", about[] = "transition purge key";

/* The key under which the key of marks is sealed: of this register and this secret. */
static void wrapping_key(const struct tr_store *s, struct tr_key *out)
{
    struct tr_parts p = {.n = 0};

    tr_parts_text(&p, tr_store_id(s));
    tr_mac(tr_store_secret(s, TR_SECRET_BIND), about, &p, out->bytes, TR_KEY_LEN);
}

static int from_hex(struct tr_str digits, struct tr_buf *out)
{
    for (size_t i = 0; i + 1 < digits.len; i += 2) {
        char two[3] = {digits.p[i], digits.p[i + 1], '\0'}, *end;
        unsigned long byte = strtoul(two, &end, 16);

        if (end != two + 2)
            return -1;
        tr_buf_char(out, (char)byte);
    }
    return 0;
}

/* Opens the key that is kept; *found: there is one. */
static int open_key(struct tr_store *s, struct tr_key *out, bool *found, struct tr_err *err)
{
    struct tr_buf kept = {0}, sealed = {0}, open = {0};
    struct tr_key *wrap = tr_secret_alloc(sizeof *wrap);
    int rc = wrap ? tr_store_setting(s, setting, &kept, err) : tr_err_memory(err);

    *found = kept.len > 0;
    if (rc == 0 && *found) {
        wrapping_key(s, wrap);
        if (from_hex(tr_buf_slice(&kept), &sealed) < 0 ||
            tr_unseal(wrap, tr_str(about), tr_buf_slice(&sealed), &open) < 0 ||
            open.len != TR_KEY_LEN)
            rc = tr_store_changed(s, "setting", 0, err);
        else
            memcpy(out->bytes, open.p, TR_KEY_LEN);
    }
    tr_secret_free(wrap);
    tr_buf_clear(&kept);
    tr_buf_clear(&sealed);
    tr_buf_wipe(&open);
    return rc;
}

/* Keeps it, sealed under the secret in use now. That secret seals this once. */
static int keep_key(struct tr_store *s, const struct tr_key *key, struct tr_err *err)
{
    const struct tr_str text = {(const char *)key->bytes, TR_KEY_LEN};
    struct tr_key *wrap = tr_secret_alloc(sizeof *wrap);
    struct tr_buf sealed = {0}, digits = {0};
    uint64_t count = 0;
    int rc = -1;

    if (wrap)
        wrapping_key(s, wrap);
    if (!wrap || tr_seal(wrap, &count, tr_str(about), text, &sealed) < 0 ||
        tr_buf_room(&digits, 2 * sealed.len) < 0) {
        tr_err_memory(err);
    } else {
        tr_hex(sealed.p, sealed.len, digits.p);
        rc = tr_store_set(s, setting, (struct tr_str){digits.p, 2 * sealed.len}, err);
        s->changed |= rc == 0;
    }
    tr_secret_free(wrap);
    tr_buf_clear(&sealed);
    tr_buf_clear(&digits);
    return rc;
}

/* Has the key at hand, in s->purged; make: makes it when there is none. 1, 0: there is none, -1. */
static int know_key(struct tr_store *s, bool make, struct tr_err *err)
{
    bool found;

    if (s->purged || (s->never_purged && !make))
        return s->purged != NULL;
    if (tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return -1;
    if (!(s->purged = tr_secret_alloc(sizeof *s->purged)))
        return tr_err_memory(err);
    if (open_key(s, s->purged, &found, err) == 0) {
        if (found)
            return 1;
        if (make && tr_key_make(s->purged) < 0)
            tr_err_memory(err);
        else if (!make || keep_key(s, s->purged, err) == 0) {
            s->never_purged = !make;
            if (make)
                return 1;
            tr_secret_free(s->purged);
            s->purged = NULL;
            return 0;
        }
    }
    tr_secret_free(s->purged);
    s->purged = NULL;
    return -1;
}

int tr_store_purged_rekey(struct tr_store *s, const struct tr_keys *fresh, struct tr_err *err)
{
    const int known = know_key(s, false, err);

    s->keys = fresh;
    return known > 0 ? keep_key(s, s->purged, err) : known;
}

int tr_store_purge_mark(struct tr_store *s, struct tr_str what, struct tr_buf *marks,
                        struct tr_err *err)
{
    char mark[TR_PSEUDONYM_LEN];

    if (know_key(s, true, err) < 0)
        return -1;
    tr_purged(s->purged, what, mark);
    tr_buf_add(marks, mark, sizeof mark);
    tr_buf_char(marks, '\n');
    return marks->failed ? tr_err_memory(err) : 0;
}

int tr_store_purge_mark_cases(struct tr_store *s, struct tr_buf *marks, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_purge_marked, err);
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0)
        if (tr_store_purge_mark(s, tr_rows_text(st, 0), marks, err) < 0)
            rc = -1;
    if (st)
        tr_rows_reset(st);
    return rc;
}

int tr_store_was_purged(struct tr_store *s, struct tr_str what, bool *was, struct tr_err *err)
{
    char mark[TR_PSEUDONYM_LEN];
    struct tr_rows *st;
    int rc = know_key(s, false, err);

    *was = false;
    if (rc <= 0 || what.len == 0)
        return rc < 0 ? -1 : 0;
    tr_purged(s->purged, what, mark);
    st = tr_rows_ready(s, Q_purge_was, err);
    if (!st)
        return -1;
    tr_rows_bind_text(st, 1, (struct tr_str){mark, sizeof mark});
    rc = tr_rows_next(s, st, err);
    if (rc > 0)
        *was = tr_rows_number(st, 0) != 0;
    tr_rows_reset(st);
    return rc < 0 ? -1 : 0;
}

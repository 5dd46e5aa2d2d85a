/* Keys of the register: who was given one, and sealing all anew. */
#include <stdio.h>
#include <stdlib.h>

#include "store/store_own.h"

static const enum tr_secret shared[] = {TR_SECRET_PSEUDONYM, TR_SECRET_CONTENT, TR_SECRET_BIND,
                                        TR_SECRET_LOG};
enum { N_SHARED = sizeof shared / sizeof *shared };

static void setting_of(enum tr_secret secret, char out[32])
{
    snprintf(out, 32, "secret_%s", tr_secret_names[secret]);
}

/* Notes by what the register knows its secrets again. */
static int note_secrets(struct tr_store *s, struct tr_err *err)
{
    unsigned char mark[TR_MARK_LEN];
    char name[32];

    for (int i = 0; i < N_SHARED; i++) {
        setting_of(shared[i], name);
        tr_proof_secret(tr_store_secret(s, shared[i]), tr_store_id(s), tr_secret_names[shared[i]],
                        mark);
        if (tr_store_set_mark(s, name, mark, err) < 0)
            return -1;
    }
    s->set = true;
    return 0;
}

static int know_secrets(struct tr_store *s, struct tr_err *err)
{
    unsigned char mark[TR_MARK_LEN];
    char name[32];
    bool same;

    for (int i = 0; i < N_SHARED; i++) {
        if (!s->keys->has[shared[i]])
            continue;
        setting_of(shared[i], name);
        tr_proof_secret(tr_store_secret(s, shared[i]), tr_store_id(s), tr_secret_names[shared[i]],
                        mark);
        if (tr_store_is_mark(s, name, mark, &same, err) < 0)
            return -1;
        if (!same)
            return tr_store_refuse(NULL, TR_E_WRONG_KEY, NULL, NULL, err);
    }
    return 0;
}

/* ---- who was given a key ---- */

static int write_key(struct tr_store *s, const struct tr_proof_key *k, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_add, err);
    unsigned char mark[TR_MARK_LEN];

    if (!st)
        return -1;
    tr_proof_key(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), k, mark);
    s->changed = s->listed = true;
    tr_rows_bind_number(st, 1, k->key);
    tr_rows_bind_text(st, 2, k->name);
    tr_rows_bind_text(st, 3, k->purpose);
    tr_rows_bind_text(st, 4, k->made);
    tr_rows_bind(st, 5, k->retired);
    tr_rows_bind_blob(st, 6, k->public.p, k->public.len);
    tr_rows_bind_blob(st, 7, mark, sizeof mark);
    return tr_rows_finish(s, st, err);
}

int tr_store_key_list(struct tr_store *s,
                      void (*take)(void *cookie, const struct tr_store_key *key), void *cookie,
                      struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    struct tr_proof_key k;
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        tr_store_row_key(st, &k);
        take(cookie, &(struct tr_store_key){k.key, k.name, k.purpose, k.made, k.retired});
    }
    return rc;
}

/* Finds the key in use among those that read. */
static int know_reader(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    unsigned char public[TR_KEY_LEN];
    struct tr_proof_key k;
    bool retired = false;
    int rc = st ? 1 : -1;

    tr_key_public(tr_store_secret(s, TR_SECRET_READ), public);
    s->reader = 0;
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        tr_store_row_key(st, &k);
        if (k.public.len == TR_KEY_LEN && tr_same_bytes(k.public.p, public, TR_KEY_LEN)) {
            s->reader = k.key;
            s->office.len = 0;
            tr_buf_str(&s->office, tr_proof_office_of(k.purpose));
            retired = k.retired.len > 0;
        }
    }
    if (rc < 0)
        return -1;
    if (!s->reader || retired)
        return tr_store_refuse(NULL, retired ? TR_E_KEY_RETIRED : TR_E_WRONG_KEY, NULL, NULL, err);
    return 0;
}

struct tr_str tr_store_office(const struct tr_store *s)
{
    return tr_buf_slice(&s->office);
}

/* ---- beginning, and using ---- */

int tr_store_settle(struct tr_store *s, const struct tr_keys *keys, struct tr_str at,
                    struct tr_err *err)
{
    unsigned char public[TR_KEY_LEN], zero[TR_HASH_LEN] = {0}, head[TR_MARK_LEN];
    const struct tr_proof_key first = {
        1,  TR_STR("first"), tr_str(tr_purpose_names[TR_PURPOSE_ALL]),
        at, {NULL, 0},       {(const char *)public, sizeof public}};
    struct tr_key id;

    if (tr_key_make(&id) < 0)
        return tr_err_memory(err);
    tr_hex(id.bytes, TR_REGISTER_ID_LEN / 2, s->id);
    s->keys = keys;
    s->reader = 1;
    s->changed = s->set = true;
    tr_key_public(&keys->secret[TR_SECRET_READ], public);
    tr_proof_head(tr_store_secret(s, TR_SECRET_LOG), tr_store_id(s), 0, zero, head);
    return tr_store_set(s, "register", tr_store_id(s), err) < 0 || note_secrets(s, err) < 0 ||
                   write_key(s, &first, err) < 0 ||
                   tr_store_set_mark(s, "access_head", head, err) < 0
               ? -1
               : 0;
}

static int use(struct tr_store *s, const struct tr_keys *keys, bool check_all, struct tr_err *err)
{
    struct tr_buf id = {0};
    int rc = tr_store_setting(s, "register", &id, err);

    if (rc == 0 && id.len != TR_REGISTER_ID_LEN)
        rc = tr_store_changed(s, "setting", 0, err);
    else if (rc == 0)
        memcpy(s->id, id.p, TR_REGISTER_ID_LEN);
    tr_buf_clear(&id);
    s->keys = keys;
    if (rc < 0 || know_secrets(s, err) < 0 ||
        (keys->has[TR_SECRET_READ] && know_reader(s, err) < 0))
        goto refused;
    if (!check_all)
        return 0;
    if (tr_store_need(s, TR_SECRET_BIND, err) == 0 && tr_store_check_settings(s, err) == 0 &&
        tr_store_check_keys(s, err) == 0 && tr_store_check_vouched(s, err) == 0 &&
        tr_store_check_state(s, err) == 0)
        return 0;
refused:
    s->keys = NULL;
    return -1;
}

int tr_store_use(struct tr_store *s, const struct tr_keys *keys, bool check_all, struct tr_err *err)
{
    int looking = tr_store_look(s, err), rc = looking < 0 ? -1 : use(s, keys, check_all, err);

    tr_store_look_end(s, looking);
    return rc;
}

/* ---- handing out, taking back ---- */

/* Finds a key by its name; *found tells, *last: the highest number. The texts of out are in text.
 */
static int find_key(struct tr_store *s, struct tr_str name, struct tr_buf *text,
                    struct tr_proof_key *out, bool *found, int64_t *last, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    struct tr_proof_key k;
    int rc = st ? 1 : -1;

    *found = false;
    *last = 0;
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        struct tr_str *part[] = {&out->name, &out->purpose, &out->made, &out->retired,
                                 &out->public};

        tr_store_row_key(st, &k);
        *last = k.key;
        if (!tr_str_eq(k.name, name))
            continue;
        *found = true;
        *out = k;
        for (int i = 0; i < 5; i++)
            tr_buf_str(text, *part[i]);
        for (size_t i = 0, at = 0; i < 5 && !text->failed; at += part[i++]->len)
            part[i]->p = text->p + at;
    }
    return rc < 0 ? -1 : text->failed ? tr_err_memory(err) : 0;
}

int tr_store_key_add(struct tr_store *s, struct tr_str name, enum tr_purpose purpose,
                     struct tr_str office, struct tr_str at, const struct tr_keys *made,
                     struct tr_err *err)
{
    struct tr_proof_key key = {0};
    struct tr_store_reader reader;
    char what[96];
    struct tr_buf text = {0};
    const struct tr_key *run;
    char shown[64];
    bool found;
    int64_t last, puts;
    int rc = find_key(s, name, &text, &key, &found, &last, err);
    struct tr_rows *st;

    if (rc == 0 && found) {
        tr_err_copy(shown, sizeof shown, name);
        rc = tr_store_refuse(s->path, TR_E_KEY_NAME_TAKEN, shown, NULL, err);
    }
    tr_buf_clear(&text);
    if (rc < 0)
        return -1;
    tr_err_copy(reader.office, sizeof reader.office, office);
    snprintf(what, sizeof what, "%s%s%s", tr_purpose_names[purpose], office.len ? ":" : "",
             reader.office);
    key = (struct tr_proof_key){last + 1, name, tr_str(what), at, {NULL, 0}, {NULL, 0}};
    if (!tr_purpose_has(purpose, TR_SECRET_READ))
        return write_key(s, &key, err);
    reader.key = key.key;
    tr_key_public(&made->secret[TR_SECRET_READ], reader.public);
    key.public = (struct tr_str){(const char *)reader.public, TR_KEY_LEN};
    if (tr_store_need(s, TR_SECRET_READ, err) < 0 || write_key(s, &key, err) < 0 ||
        !(st = tr_rows_ready(s, Q_put_sums, err)) || tr_rows_next(s, st, err) <= 0)
        return -1;
    puts = tr_rows_number(st, 1);
    tr_rows_reset(st);
    for (int64_t put = 1; put <= puts; put++)
        if (tr_store_run_key(s, put, &run, err) < 0 ||
            tr_store_keep_run_key(s, put, run, &reader, err) < 0)
            return -1;
    return 0;
}

/* How many keys in use have all secrets; -1. */
static int count_whole(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    struct tr_proof_key k;
    int rc = st ? 1 : -1, n = 0;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        tr_store_row_key(st, &k);
        n += !k.retired.len && tr_str_is(k.purpose, tr_purpose_names[TR_PURPOSE_ALL]);
    }
    return rc < 0 ? -1 : n;
}

int tr_store_key_retire(struct tr_store *s, struct tr_str name, struct tr_str at,
                        struct tr_err *err)
{
    struct tr_proof_key key = {0};
    struct tr_buf text = {0};
    char shown[64];
    bool found;
    int64_t last;
    int rc = find_key(s, name, &text, &key, &found, &last, err), whole = 0;
    struct tr_rows *st;

    tr_err_copy(shown, sizeof shown, name);
    if (rc == 0 && (!found || key.retired.len))
        rc = tr_store_refuse(s->path, TR_E_KEY_NAME, shown, NULL, err);
    if (rc == 0 && tr_str_is(key.purpose, tr_purpose_names[TR_PURPOSE_ALL]))
        rc = (whole = count_whole(s, err)) < 0 ? -1 : 0;
    if (rc == 0 && whole == 1)
        rc = tr_store_refuse(s->path, TR_E_KEY_LAST, shown, NULL, err);
    key.retired = at;
    if (rc == 0)
        rc = write_key(s, &key, err);
    tr_buf_clear(&text);
    if (rc < 0 || !(st = tr_rows_ready(s, Q_put_key_drop, err)))
        return -1;
    tr_rows_bind_number(st, 1, key.key);
    return tr_rows_finish(s, st, err);
}

int tr_store_key_retire_others(struct tr_store *s, struct tr_str at, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err), *drop;
    struct tr_proof_key k;
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        tr_store_row_key(st, &k);
        if (k.key == s->reader || k.retired.len)
            continue;
        k.retired = at;
        drop = tr_rows_ready(s, Q_put_key_drop, err);
        if (!drop)
            rc = -1;
        else
            tr_rows_bind_number(drop, 1, k.key);
        if (rc < 0 || tr_rows_finish(s, drop, err) < 0 || write_key(s, &k, err) < 0)
            rc = -1;
    }
    if (st)
        tr_rows_reset(st);
    return rc;
}

/* ---- sealing all anew ---- */

/* Binds keys and layouts under the secrets in use now; the key of the reader gets their public
 * half. */
static int rebind_tables(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_key_all, err);
    unsigned char public[TR_KEY_LEN];
    struct tr_proof_key k;
    int rc = st ? 1 : -1;

    tr_key_public(tr_store_secret(s, TR_SECRET_READ), public);
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        tr_store_row_key(st, &k);
        if (k.key == s->reader)
            k.public = (struct tr_str){(const char *)public, sizeof public};
        rc = write_key(s, &k, err) < 0 ? -1 : 1;
    }
    if (st)
        tr_rows_reset(st);
    return rc < 0 ? rc : tr_store_bind_layouts(s, Q_layout_all, err);
}

/* Opens what the row of record_all has sealed, and seals it under the key of the run that goes on.
 */
static int reseal_record(struct tr_store *s, struct tr_rows *st, struct tr_buf *open,
                         struct tr_err *err)
{
    struct tr_proof_record r;

    tr_store_row_record(st, &r);
    open->len = 0;
    if (r.sealed.len > 0 && tr_store_open_sealed(s, &r, open, err) < 0)
        return -1;
    return tr_store_seal(s, &r, tr_buf_slice(open), err) < 0
               ? -1
               : tr_store_bind_record(s, Q_seal_set, &r, err);
}

/* Forgets for whom the put was sealed, and seals a fresh key for those who may read now. */
static int restart_run(struct tr_store *s, int64_t put, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_put_key_empty, err);

    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, put);
    return tr_rows_finish(s, st, err) < 0 ? -1 : tr_store_start_run(s, put, err);
}

/* Gives the put another salt: its records are bound under another key, as a mark must not come
 * twice under one. */
static int salt_anew(struct tr_store *s, int64_t put, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_put_salt, err);
    struct tr_key salt;

    if (!st)
        return -1;
    if (tr_key_make(&salt) < 0)
        return tr_err_memory(err);
    tr_rows_bind_number(st, 1, put);
    tr_rows_bind_blob(st, 2, salt.bytes, TR_MARK_LEN);
    return tr_rows_finish(s, st, err);
}

static int rebind_puts(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_put_all, err);
    struct tr_store_walk walk = {.st = NULL};
    int rc = st && tr_store_walk_start(s, &walk, err) == 0 ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        int64_t put = tr_rows_number(st, 0);

        if (tr_store_walk_to(s, &walk, put, err) < 0 || salt_anew(s, put, err) < 0 ||
            tr_store_bind_put(s, put, &walk.held, err) < 0 ||
            (walk.held.n == 0 && restart_run(s, put, err) < 0))
            rc = -1;
    }
    if (st)
        tr_rows_reset(st);
    tr_store_walk_end(&walk);
    return rc;
}

/* The records of a put stand together, and puts in their order. */
static int reseal_records(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_all, err);
    struct tr_buf open = {0};
    int64_t put = 0;
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        int64_t now = tr_rows_number(st, 4);

        if (now < put)
            rc = tr_store_changed(s, "record", tr_rows_number(st, 0), err);
        else if (now > put && restart_run(s, now, err) < 0)
            rc = -1;
        else if (reseal_record(s, st, &open, err) < 0)
            rc = -1;
        put = now;
    }
    if (st)
        tr_rows_reset(st);
    tr_buf_wipe(&open);
    return rc;
}

int tr_store_reseal(struct tr_store *s, const struct tr_keys *fresh, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_put_all, err);
    const struct tr_key *key;
    int rc = st ? 1 : -1;
    const bool log_differs = !tr_same_bytes(&fresh->secret[TR_SECRET_LOG],
                                            tr_store_secret(s, TR_SECRET_LOG), TR_KEY_LEN);

    for (int secret = 0; secret < TR_N_SECRETS; secret++) /* what vouches is wanted of the fresh */
        if (secret != TR_SECRET_VOUCH && tr_store_need(s, (enum tr_secret)secret, err) < 0)
            return -1;
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) /* with the secrets that they have */
        rc = tr_store_run_key(s, tr_rows_number(st, 0), &key, err) < 0 ? -1 : 1;
    if (st)
        tr_rows_reset(st);
    if (rc == 0)
        rc = tr_store_purged_rekey(s, fresh, err);
    s->keys = fresh;
    if (s->binding)
        s->binding->put = 0;
    if (rc < 0 || note_secrets(s, err) < 0 || rebind_tables(s, err) < 0)
        return -1;
    rc = rebind_puts(s, err) < 0 ? -1 : reseal_records(s, err);
    if (rc == 0 && log_differs)
        rc = tr_store_rehash(s, err);
    for (int64_t i = 0; i < s->n_runs; i++)
        s->runs[i].known = false; /* they are of before */
    return rc;
}

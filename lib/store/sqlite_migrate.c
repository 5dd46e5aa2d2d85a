/* Bringing a register of version 1 up to date: its tables are set aside, those of version 2 made,
 * and all is copied, sealed and bound anew. One transaction: a reader sees the one or the other. */
#include <stdio.h>
#include <stdlib.h>

#include "store/sqlite_own.h"

static const char set_aside[] =
    "DROP INDEX record_now; ALTER TABLE setting RENAME TO old_setting;"
    "ALTER TABLE layout RENAME TO old_layout; ALTER TABLE put RENAME TO old_put;"
    "ALTER TABLE record RENAME TO old_record; ALTER TABLE identity RENAME TO old_identity;"
    "ALTER TABLE access RENAME TO old_access;"
    "ALTER TABLE access_person RENAME TO old_access_person;"
    "CREATE INDEX old_record_put ON old_record (put)";

static const char copy_log[] =
    "INSERT INTO access SELECT line, at, who, what, why, hash FROM old_access;"
    "INSERT INTO access_person SELECT line, person FROM old_access_person";

static const char throw_away[] =
    "DROP TABLE old_setting; DROP TABLE old_layout; DROP TABLE old_put; DROP TABLE old_record;"
    "DROP TABLE old_identity; DROP TABLE old_access; DROP TABLE old_access_person";

struct moving {
    struct tr_store *s;
    int (*content)(void *cookie, const struct tr_store_old *old);
    void *cookie;
    uint64_t records;
    struct tr_buf id, open;
};

/* Whether the key in use is the one that version 1 had. */
static int know_old_key(struct tr_store *s, struct tr_err *err)
{
    char check[TR_PSEUDONYM_LEN];
    struct tr_buf kept = {0};
    int rc = tr_store_setting_by(s, Q_old_setting, "key_check", &kept, err);

    tr_pseudonym(tr_store_secret(s, TR_SECRET_PSEUDONYM), TR_STR("transition"), check);
    if (rc == 0 && (!s->keys->derived ||
                    !tr_str_eq(tr_buf_slice(&kept), (struct tr_str){check, sizeof check})))
        rc = tr_store_refuse(NULL, TR_E_WRONG_KEY, NULL, NULL, err);
    tr_buf_clear(&kept);
    return rc;
}

static int copy_record(struct tr_store *s, const struct tr_proof_record *r, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_copy, err);
    const struct tr_str text[] = {r->about, r->bydel, r->day, r->person};

    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, r->record);
    tr_rows_bind_text(st, 2, r->kind);
    tr_rows_bind_text(st, 3, r->id);
    tr_rows_bind_number(st, 4, r->layout);
    tr_rows_bind_number(st, 5, r->put);
    if (r->gone)
        tr_rows_bind_number(st, 6, r->gone);
    for (int i = 0; i < 4; i++)
        tr_rows_bind(st, 7 + i, text[i]);
    tr_rows_bind_text(st, 11, r->body);
    return tr_rows_finish(s, st, err);
}

static int move_record(struct moving *m, struct tr_rows *st, struct tr_err *err)
{
    struct tr_store *s = m->s;
    struct tr_str sealed = tr_rows_blob(st, 12);
    unsigned char content[TR_MARK_LEN];
    struct tr_proof_record r;
    struct tr_store_old old;

    tr_store_row_record(st, &r);
    m->id.len = m->open.len = 0;
    if (sealed.len > 0 &&
        tr_unseal_old(tr_store_secret(s, TR_SECRET_PSEUDONYM), sealed, &m->open) < 0)
        return tr_store_refuse(s->path, TR_E_SEALED, NULL, NULL, err);
    old = (struct tr_store_old){
        r.kind, tr_rows_text(st, 11), r.body, tr_buf_slice(&m->open), &m->id, content};
    if (m->content(m->cookie, &old) < 0 || m->id.failed || m->open.failed)
        return tr_err_memory(err);
    if (m->id.len > 0)
        r.id = tr_buf_slice(&m->id);
    r.content = (struct tr_str){(const char *)content, sizeof content};
    m->records++;
    return copy_record(s, &r, err) < 0 || tr_store_guard(s, &r, err) < 0 || tr_store_seal(s, &r, tr_buf_slice(&m->open), err) < 0
               ? -1
               : tr_store_bind_record(s, Q_seal_add, &r, err);
}

/* One put and its records, under a key of its own. */
static int move_put(struct moving *m, struct tr_rows *put, struct tr_err *err)
{
    struct tr_store *s = m->s;
    const struct tr_store_put what = {tr_rows_text(put, 1), tr_rows_text(put, 2),
                                      tr_rows_text(put, 3), tr_rows_text(put, 4)};
    int64_t number = tr_rows_number(put, 0);
    struct tr_rows *st;
    int rc;

    if (tr_store_add_put(s, number, &what, err) < 0 || tr_store_start_run(s, number, err) < 0 ||
        !(st = tr_rows_ready(s, Q_old_records, err)))
        return -1;
    tr_rows_bind_number(st, 1, number);
    for (rc = 1; rc > 0 && (rc = tr_rows_next(s, st, err)) > 0;) {
        tr_proof_hold(&s->held, tr_rows_number(st, 0));
        rc = move_record(m, st, err) < 0 ? -1 : 1;
    }
    tr_rows_reset(st);
    s->put = 0; /* bound here, and not when all is committed */
    return rc < 0 ? -1 : tr_store_bind_put(s, number, &s->held, err);
}

static int move_puts(struct moving *m, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(m->s, Q_old_puts, err);
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(m->s, st, err)) > 0)
        rc = move_put(m, st, err) < 0 ? -1 : 1;
    if (st)
        tr_rows_reset(st);
    return rc;
}

/* What a line of version 1 said, for its hash. */
static int64_t broken_line(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_access_all, err), *who;
    const struct tr_key *key = tr_store_secret(s, TR_SECRET_PSEUDONYM);
    unsigned char before[TR_HASH_LEN] = {0}, head[TR_HASH_LEN];
    char digits[2 * TR_HASH_LEN];
    struct tr_buf text = {0};
    int64_t line = 0, broken = 0;
    int rc = st ? 1 : -1;

    while (rc > 0 && !broken && (rc = tr_rows_next(s, st, err)) > 0) {
        text.len = 0;
        tr_buf_num(&text, tr_rows_number(st, 0));
        for (int i = 1; i <= 4; i++) {
            tr_buf_char(&text, '\0');
            tr_buf_str(&text, tr_rows_text(st, i));
        }
        who = tr_rows_ready(s, Q_access_persons, err);
        if (who)
            tr_rows_bind_number(who, 1, tr_rows_number(st, 0));
        while (who && tr_rows_next(s, who, err) > 0) {
            tr_buf_char(&text, '\0');
            tr_buf_str(&text, tr_rows_text(who, 0));
        }
        tr_chain_old(key, before, tr_buf_slice(&text), before);
        if (tr_rows_number(st, 0) != ++line || tr_rows_blob(st, 5).len != TR_HASH_LEN ||
            !tr_same_bytes(before, tr_rows_blob(st, 5).p, TR_HASH_LEN))
            broken = line;
    }
    if (st)
        tr_rows_reset(st);
    text.len = 0;
    if (rc == 0 && tr_store_setting_by(s, Q_old_setting, "access_head", &text, err) == 0 &&
        !broken) {
        tr_chain_old(key, before, TR_STR("head"), head);
        tr_hex(head, sizeof head, digits);
        if (line ? !tr_str_eq(tr_buf_slice(&text), (struct tr_str){digits, sizeof digits})
                 : text.len > 0)
            broken = line + 1;
    }
    tr_buf_clear(&text);
    return rc < 0 ? -1 : broken;
}

/* The log keeps its lines; one more says what was done, and what was found. */
static int move_log(struct tr_store *s, const struct tr_access *line, struct tr_err *err)
{
    struct tr_access a = *line;
    char why[96] = "version 1 to 3";
    int64_t broken;

    if (tr_sqlite_run(s, copy_log, err) < 0 || (broken = broken_line(s, err)) < 0)
        return -1;
    if (broken > 0)
        snprintf(why, sizeof why, "version 1 to 3; the log was broken at line %lld",
                 (long long)broken);
    a.what = TR_STR("migrate");
    a.why = tr_str(why);
    return tr_store_rehash(s, err) < 0 ? -1 : tr_store_log(s, &a, (struct tr_str){NULL, 0}, err);
}

static int move_all(struct moving *m, const struct tr_access *line, struct tr_err *err)
{
    struct tr_store *s = m->s;
    struct tr_buf profile = {0};
    int rc;

    if (tr_sqlite_run(s, set_aside, err) < 0 || tr_sqlite_make(s, TR_STORE_VERSION, err) < 0 ||
        know_old_key(s, err) < 0 ||
        tr_store_setting_by(s, Q_old_setting, "profile", &profile, err) < 0)
        return -1;
    rc = tr_store_settle(s, s->keys, line->at, err);
    if (rc == 0 && profile.len > 0)
        rc = tr_store_set(s, "profile", tr_buf_slice(&profile), err);
    tr_buf_clear(&profile);
    if (rc < 0 || tr_store_bind_layouts(s, Q_old_layouts, err) < 0 || move_puts(m, err) < 0 || move_log(s, line, err) < 0)
        return -1;
    tr_sqlite_forget(s);
    return tr_sqlite_run(s, throw_away, err);
}

int tr_sqlite_migrate(struct tr_store *s, const struct tr_keys *keys, const struct tr_access *line,
                      int (*content)(void *cookie, const struct tr_store_old *old), void *cookie,
                      uint64_t *records, struct tr_err *err)
{
    struct moving m = {.s = s, .content = content, .cookie = cookie};
    int version, rc;

    *records = 0;
    s->keys = keys;
    if (!keys->has[TR_SECRET_PSEUDONYM])
        return tr_store_need(s, TR_SECRET_PSEUDONYM, err);
    if (tr_store_begin(s, err) < 0 || tr_sqlite_number(s, "PRAGMA user_version", &version, err) < 0)
        return -1;
    rc = version == TR_STORE_VERSION ? 0 : move_all(&m, line, err); /* or others did it meanwhile */
    if (rc == 0)
        rc = tr_store_ready(s, err);
    if (rc == 0 && content(cookie, NULL) < 0)
        rc = tr_err_memory(err);
    if (rc == 0)
        rc = tr_store_commit(s, err);
    tr_sqlite_forget(s); /* after a rollback, the old tables have their names again */
    if (rc < 0)
        tr_store_rollback(s);
    else
        s->version = TR_STORE_VERSION;
    *records = m.records;
    s->keys = NULL;
    tr_buf_clear(&m.id);
    tr_buf_wipe(&m.open);
    return rc;
}

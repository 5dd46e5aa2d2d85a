#include <stdio.h>

#include "store/sqlite_own.h"

/* What a line says, for its hash. */
static void line_text(const struct tr_access *a, struct tr_buf *out)
{
    const struct tr_str part[] = {a->at, a->who, a->what, a->why};

    tr_buf_num(out, a->line);
    for (int i = 0; i < 4; i++) {
        tr_buf_char(out, '\0');
        tr_buf_str(out, part[i]);
    }
}

static void add_person(struct tr_str person, struct tr_buf *out)
{
    tr_buf_char(out, '\0');
    tr_buf_str(out, person);
}

static int add_access(struct tr_store *s, const struct tr_access *a, const unsigned char *hash,
                      struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, ACCESS_ADD, err);
    const struct tr_str part[] = {a->at, a->who, a->what, a->why};

    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, a->line);
    for (int i = 0; i < 4; i++)
        tr_sqlite_bind_text(st, 2 + i, part[i]);
    sqlite3_bind_blob(st, 6, hash, TR_CHAIN_LEN, SQLITE_STATIC);
    return tr_sqlite_finish(s, st, err);
}

/* What the setting access_head says of the last line's hash: only the key can make it. */
static void head_text(const struct tr_key *key, const unsigned char last[TR_CHAIN_LEN],
                      char out[2 * TR_CHAIN_LEN])
{
    unsigned char hash[TR_CHAIN_LEN];

    tr_chain(key, last, TR_STR("head"), hash);
    for (int i = 0; i < TR_CHAIN_LEN; i++) {
        out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
    }
}

/* Whether the log ends where it was said to. */
static int ends_well(struct tr_store *s, const struct tr_key *key,
                     const unsigned char last[TR_CHAIN_LEN], bool any, bool *well,
                     struct tr_err *err)
{
    struct tr_buf head = {0};
    char text[2 * TR_CHAIN_LEN];
    int rc = tr_store_setting(s, "access_head", &head, err);

    head_text(key, last, text);
    *well =
        any ? tr_str_eq(tr_buf_slice(&head), (struct tr_str){text, sizeof text}) : head.len == 0;
    tr_buf_clear(&head);
    return rc;
}

static int add_about(struct tr_store *s, int64_t line, struct tr_str person, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, ACCESS_ABOUT, err);

    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, line);
    tr_sqlite_bind_text(st, 2, person);
    return tr_sqlite_finish(s, st, err);
}

int tr_store_log(struct tr_store *s, const struct tr_key *key, const struct tr_access *line,
                 struct tr_str persons, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, ACCESS_LAST, err);
    unsigned char before[TR_CHAIN_LEN] = {0}, hash[TR_CHAIN_LEN];
    char head[2 * TR_CHAIN_LEN];
    struct tr_str rest, person;
    struct tr_access a = *line;
    struct tr_buf text = {0};
    char number[24];
    bool well;
    int rc = st ? tr_sqlite_next(s, st, err) : -1;

    a.line = 1;
    if (rc > 0) {
        a.line = sqlite3_column_int64(st, 0) + 1;
        if (tr_sqlite_blob(st, 1).len == TR_CHAIN_LEN)
            memcpy(before, tr_sqlite_blob(st, 1).p, TR_CHAIN_LEN);
        sqlite3_reset(st);
    }
    if (rc < 0 || ends_well(s, key, before, a.line > 1, &well, err) < 0)
        return -1;
    if (!well) { /* what is lost at the end must not be covered up */
        snprintf(number, sizeof number, "%lld", (long long)a.line);
        return tr_sqlite_refuse(s->path, TR_E_LOG_ENDS, number, NULL, err);
    }
    line_text(&a, &text);
    for (rest = persons; tr_str_part(&rest, '\n', &person) && person.len > 0;)
        add_person(person, &text);
    tr_chain(key, before, tr_buf_slice(&text), hash);
    head_text(key, hash, head);
    rc = text.failed ? tr_err_memory(err) : add_access(s, &a, hash, err);
    if (rc == 0)
        rc = tr_store_set(s, "access_head", (struct tr_str){head, sizeof head}, err);
    for (rest = persons; rc == 0 && tr_str_part(&rest, '\n', &person) && person.len > 0;)
        rc = add_about(s, a.line, person, err);
    tr_buf_clear(&text);
    return rc;
}

/* Adds the persons that a line is about, as its hash has them. */
static int add_persons(struct tr_store *s, int64_t line, struct tr_buf *text, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, ACCESS_PERSONS, err);
    int rc;

    if (!st)
        return -1;
    sqlite3_bind_int64(st, 1, line);
    while ((rc = tr_sqlite_next(s, st, err)) > 0)
        add_person(tr_sqlite_text(st, 0), text);
    return rc;
}

int tr_store_log_read(struct tr_store *s, const struct tr_key *key, struct tr_str person,
                      int (*take)(void *cookie, const struct tr_access *line, bool broken),
                      void *cookie, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, person.len ? ACCESS_OF : ACCESS_ALL, err);
    unsigned char before[TR_CHAIN_LEN] = {0}, hash[TR_CHAIN_LEN];
    struct tr_buf text = {0};
    int64_t expected = 0;
    int rc = st ? 1 : -1;
    bool well;

    if (st && person.len)
        tr_sqlite_bind_text(st, 1, person);
    while (rc > 0 && (rc = tr_sqlite_next(s, st, err)) > 0) {
        const struct tr_access a = {sqlite3_column_int64(st, 0), tr_sqlite_text(st, 1),
                                    tr_sqlite_text(st, 2), tr_sqlite_text(st, 3),
                                    tr_sqlite_text(st, 4)};
        struct tr_str stands = tr_sqlite_blob(st, 5);
        bool broken = false;

        expected++;
        if (key && !person.len) {
            text.len = 0;
            line_text(&a, &text);
            if (add_persons(s, a.line, &text, err) < 0) {
                rc = -1;
                break;
            }
            tr_chain(key, before, tr_buf_slice(&text), hash);
            broken = a.line != expected || stands.len != TR_CHAIN_LEN ||
                     memcmp(hash, stands.p, TR_CHAIN_LEN) != 0;
            memcpy(before, stands.len == TR_CHAIN_LEN ? (const unsigned char *)stands.p : hash,
                   TR_CHAIN_LEN);
            expected = a.line;
        }
        if (take(cookie, &a, broken) < 0)
            break;
    }
    if (st)
        sqlite3_reset(st);
    if (rc == 0 && key && !person.len) {
        rc = ends_well(s, key, before, expected > 0, &well, err);
        if (rc == 0 && !well)
            take(cookie, &(struct tr_access){.line = expected + 1}, true);
    }
    tr_buf_clear(&text);
    return rc < 0 ? -1 : 0;
}

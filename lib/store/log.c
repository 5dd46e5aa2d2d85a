/* The access log: lines chained under a key.
 *
 * Problem: nobody without the key may change, remove, add or move a line unseen. Idea: the hash of
 * a line is a keyed hash of all that it says, and of the hash of the line before; a head, made when
 * the register was, says under the same key where the chain ends, so that neither an empty log nor
 * a shorter one passes. Every part counts with its length: what was a person cannot become a
 * reason. */
#include <stdio.h>

#include "store/store_own.h"

static int64_t lines_in(struct tr_str text)
{
    int64_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += text.p[i] == '\n';
    return n;
}

static int add_access(struct tr_store *s, const struct tr_access *a, const unsigned char *hash,
                      struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_access_add, err);
    const struct tr_str part[] = {a->at, a->who, a->what, a->why};

    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, a->line);
    for (int i = 0; i < 4; i++)
        tr_rows_bind_text(st, 2 + i, part[i]);
    tr_rows_bind_blob(st, 6, hash, TR_HASH_LEN);
    return tr_rows_finish(s, st, err);
}

static int add_about(struct tr_store *s, int64_t line, struct tr_str person, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_access_about, err);

    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, line);
    tr_rows_bind_text(st, 2, person);
    return tr_rows_finish(s, st, err);
}

/* Whether the log ends where its head says. */
static int ends_well(struct tr_store *s, int64_t line, const unsigned char hash[TR_HASH_LEN],
                     bool *well, struct tr_err *err)
{
    unsigned char head[TR_MARK_LEN];

    tr_proof_head(tr_store_secret(s, TR_SECRET_LOG), tr_store_id(s), line, hash, head);
    return tr_store_is_mark(s, "access_head", head, well, err);
}

static int set_head(struct tr_store *s, int64_t line, const unsigned char hash[TR_HASH_LEN],
                    struct tr_err *err)
{
    unsigned char head[TR_MARK_LEN];

    s->changed = true;
    tr_proof_head(tr_store_secret(s, TR_SECRET_LOG), tr_store_id(s), line, hash, head);
    return tr_store_set_mark(s, "access_head", head, err);
}

int tr_store_log(struct tr_store *s, const struct tr_access *line, struct tr_str persons,
                 struct tr_err *err)
{
    unsigned char before[TR_HASH_LEN], hash[TR_HASH_LEN];
    struct tr_str rest, person;
    struct tr_access a = *line;
    char number[24];
    bool well;
    int rc;

    if (tr_store_need(s, TR_SECRET_LOG, err) < 0 ||
        tr_store_last_line(s, &a.line, before, err) < 0 ||
        ends_well(s, a.line, before, &well, err) < 0)
        return -1;
    a.line++;
    if (!well) { /* what is lost at the end must not be covered up */
        snprintf(number, sizeof number, "%lld", (long long)a.line);
        return tr_store_refuse(s->path, TR_E_LOG_ENDS, number, NULL, err);
    }
    tr_proof_line(tr_store_secret(s, TR_SECRET_LOG), tr_store_id(s), before, &a, persons,
                  lines_in(persons), hash);
    rc = add_access(s, &a, hash, err);
    for (rest = persons; rc == 0 && tr_str_part(&rest, '\n', &person) && person.len > 0;)
        rc = add_about(s, a.line, person, err);
    return rc < 0 ? -1 : set_head(s, a.line, hash, err);
}

/* Adds the persons that a line is about, as its hash has them; *n: how many. */
static int add_persons(struct tr_store *s, int64_t line, struct tr_buf *text, int64_t *n,
                       struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_access_persons, err);
    int rc;

    text->len = 0;
    *n = 0;
    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, line);
    while ((rc = tr_rows_next(s, st, err)) > 0) {
        tr_buf_str(text, tr_rows_text(st, 0));
        tr_buf_char(text, '\n');
        ++*n;
    }
    return rc < 0 ? -1 : text->failed ? tr_err_memory(err) : 0;
}

static struct tr_access line_of(struct tr_rows *st)
{
    return (struct tr_access){tr_rows_number(st, 0), tr_rows_text(st, 1), tr_rows_text(st, 2),
                              tr_rows_text(st, 3), tr_rows_text(st, 4)};
}

/* Where verifying has come to: the last line, and its hash. */
struct chain {
    int64_t line;
    unsigned char hash[TR_HASH_LEN];
    struct tr_buf persons;
};

/* Whether the line in hand follows; goes on from what stands there, so that one fault is one fault.
 */
static int follow(struct tr_store *s, struct chain *c, const struct tr_access *a,
                  struct tr_str stands, bool *broken, struct tr_err *err)
{
    unsigned char hash[TR_HASH_LEN];
    int64_t n;

    if (add_persons(s, a->line, &c->persons, &n, err) < 0)
        return -1;
    tr_proof_line(tr_store_secret(s, TR_SECRET_LOG), tr_store_id(s), c->hash, a,
                  tr_buf_slice(&c->persons), n, hash);
    *broken = a->line != c->line + 1 || stands.len != TR_HASH_LEN ||
              !tr_same_bytes(hash, stands.p, TR_HASH_LEN);
    memcpy(c->hash, stands.len == TR_HASH_LEN ? (const unsigned char *)stands.p : hash,
           TR_HASH_LEN);
    c->line = a->line;
    return 0;
}

static int read_log(struct tr_store *s, bool verify, struct tr_str person,
                    int (*take)(void *cookie, const struct tr_access *line, bool broken),
                    void *cookie, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, person.len ? Q_access_of : Q_access_all, err);
    struct chain c = {.line = 0};
    int rc = st ? 1 : -1;
    bool well = true;

    verify = verify && !person.len;
    if (verify && tr_store_need(s, TR_SECRET_LOG, err) < 0)
        return -1;
    if (st && person.len)
        tr_rows_bind_text(st, 1, person);
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        const struct tr_access a = line_of(st);
        bool broken = false;

        if (verify && follow(s, &c, &a, tr_rows_blob(st, 5), &broken, err) < 0)
            rc = -1;
        else if (take(cookie, &a, broken) < 0)
            break;
    }
    if (st)
        tr_rows_reset(st);
    if (rc == 0 && verify)
        rc = ends_well(s, c.line, c.hash, &well, err);
    if (rc == 0 && !well)
        take(cookie, &(struct tr_access){.line = c.line + 1}, true);
    tr_buf_clear(&c.persons);
    return rc < 0 ? -1 : 0;
}

int tr_store_log_read(struct tr_store *s, bool verify, struct tr_str person,
                      int (*take)(void *cookie, const struct tr_access *line, bool broken),
                      void *cookie, struct tr_err *err)
{
    int looking = tr_store_look(s, err),
        rc = looking < 0 ? -1 : read_log(s, verify, person, take, cookie, err);

    tr_store_look_end(s, looking);
    return rc;
}

int tr_store_rehash(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_access_all, err), *set;
    struct chain c = {.line = 0};
    unsigned char hash[TR_HASH_LEN];
    int64_t n;
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        const struct tr_access a = line_of(st);

        set = tr_rows_ready(s, Q_access_rehash, err);
        if (!set || add_persons(s, a.line, &c.persons, &n, err) < 0) {
            rc = -1;
            break;
        }
        tr_proof_line(tr_store_secret(s, TR_SECRET_LOG), tr_store_id(s), c.hash, &a,
                      tr_buf_slice(&c.persons), n, hash);
        tr_rows_bind_number(set, 1, a.line);
        tr_rows_bind_blob(set, 2, hash, sizeof hash);
        if (tr_rows_finish(s, set, err) < 0)
            rc = -1;
        memcpy(c.hash, hash, sizeof hash);
        c.line = a.line;
    }
    if (st)
        tr_rows_reset(st);
    tr_buf_clear(&c.persons);
    return rc < 0 ? -1 : set_head(s, c.line, c.hash, err);
}

/* ---- what a witness is told ---- */

int tr_store_stand(struct tr_store *s, struct tr_store_stand *stand, struct tr_err *err)
{
    unsigned char hash[TR_HASH_LEN];
    struct tr_rows *st;

    *stand = (struct tr_store_stand){.line = 0};
    memcpy(stand->reg, s->id, TR_REGISTER_ID_LEN);
    if (tr_store_last_line(s, &stand->line, hash, err) < 0 ||
        !(st = tr_rows_ready(s, Q_put_sums, err)) || tr_rows_next(s, st, err) <= 0)
        return -1;
    stand->put = tr_rows_number(st, 1);
    tr_rows_reset(st);
    tr_hex(hash, sizeof hash, stand->mark);
    return 0;
}

int tr_store_entry_proof(struct tr_store *s, struct tr_str entry, char proof[2 * TR_MARK_LEN + 1],
                         struct tr_err *err)
{
    unsigned char mark[TR_MARK_LEN];

    if (tr_store_need(s, TR_SECRET_BIND, err) < 0)
        return -1;
    tr_proof_entry(tr_store_secret(s, TR_SECRET_BIND), tr_store_id(s), entry, mark);
    memset(proof, 0, 2 * TR_MARK_LEN + 1);
    tr_hex(mark, sizeof mark, proof);
    return 0;
}

int tr_store_line_mark(struct tr_store *s, int64_t line, char mark[2 * TR_HASH_LEN + 1],
                       struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_access_hash, err);
    int rc;

    memset(mark, 0, 2 * TR_HASH_LEN + 1);
    if (line == 0) { /* before the first one */
        memset(mark, '0', 2 * TR_HASH_LEN);
        return 0;
    }
    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, line);
    rc = tr_rows_next(s, st, err);
    if (rc > 0 && tr_rows_blob(st, 0).len == TR_HASH_LEN)
        tr_hex(tr_rows_blob(st, 0).p, TR_HASH_LEN, mark);
    tr_rows_reset(st);
    return rc < 0 ? -1 : 0;
}

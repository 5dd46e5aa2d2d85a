#include "store/store_own.h"

/* ---- taking away ---- */

static int gather(struct tr_store *s, enum tr_query which, struct tr_str what, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, which, err);

    if (!st)
        return -1;
    tr_rows_bind_text(st, 1, what);
    return tr_rows_finish(s, st, err);
}

int tr_store_purge_person(struct tr_store *s, struct tr_str person, struct tr_err *err)
{
    return gather(s, Q_purge_person, person, err);
}

int tr_store_purge_parted(struct tr_store *s, struct tr_str person, uint64_t *n, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_purge_parted, err);
    int rc;

    if (!st)
        return -1;
    tr_rows_bind_text(st, 1, person);
    rc = tr_rows_next(s, st, err);
    *n = rc > 0 ? (uint64_t)tr_rows_number(st, 0) : 0;
    tr_rows_reset(st);
    return rc < 0 ? -1 : 0;
}

int tr_store_purge_case(struct tr_store *s, struct tr_str id, struct tr_err *err)
{
    return gather(s, Q_purge_case, id, err);
}

int tr_store_purge_loose(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_purge_loose, err);

    return st ? tr_rows_finish(s, st, err) : -1;
}

int tr_store_purge_recent(struct tr_store *s, struct tr_str day, struct tr_err *err)
{
    return gather(s, Q_purge_recent, day, err);
}

/* A put that loses records: what it has had, and what it keeps. */
struct losing {
    int64_t put; /* 0: none yet */
    struct tr_proof_held had, keeps;
};

/* Binds the put in hand to what it keeps, when it was what it should be. */
static int let_go(struct tr_store *s, struct losing *l, struct tr_err *err)
{
    struct tr_rows *st = l->put ? tr_rows_ready(s, Q_put_one, err) : NULL;
    bool holds = false;
    int rc;

    if (!st)
        return l->put ? -1 : 0;
    tr_rows_bind_number(st, 1, l->put);
    rc = tr_rows_next(s, st, err);
    if (rc > 0)
        holds = tr_store_put_holds(s, st, &l->had);
    tr_rows_reset(st);
    if (rc < 0)
        return -1;
    return holds ? tr_store_bind_put(s, l->put, &l->keeps, err)
                 : tr_store_changed(s, "put", l->put, err);
}

/* Each put says which of its records are still there. */
static int count_down(struct tr_store *s, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_purge_puts, err);
    struct losing l = {0};
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        int64_t put = tr_rows_number(st, 0), record = tr_rows_number(st, 1);

        if (put != l.put) {
            if (let_go(s, &l, err) < 0)
                rc = -1;
            l.put = put;
            l.had.n = l.keeps.n = 0;
            l.had.runs.len = l.keeps.runs.len = 0;
        }
        tr_proof_hold(&l.had, record);
        if (!tr_rows_number(st, 2))
            tr_proof_hold(&l.keeps, record);
    }
    if (st)
        tr_rows_reset(st);
    if (rc == 0)
        rc = l.had.runs.failed ? tr_err_memory(err) : let_go(s, &l, err);
    tr_buf_clear(&l.had.runs);
    tr_buf_clear(&l.keeps.runs);
    return rc;
}

int tr_store_purge_end(struct tr_store *s, struct tr_buf *marks, uint64_t *n, struct tr_err *err)
{
    static const enum tr_query steps[] = {Q_purge_seal, Q_purge_guarded, Q_purge_record,
                                          Q_purge_end, Q_purge_case_end};
    struct tr_rows *cases = tr_rows_ready(s, Q_purge_cases, err);

    *n = 0;
    if (!cases || tr_rows_finish(s, cases, err) < 0 || count_down(s, err) < 0 ||
        tr_store_purge_mark_cases(s, marks, err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct tr_rows *st = tr_rows_ready(s, steps[i], err);

        if (!st || s->engine->finish(s, st, steps[i] == Q_purge_record ? n : NULL, err) < 0)
            return -1;
    }
    return 0;
}

/* ---- looking after ---- */

void tr_checking_found(struct tr_checking *c, enum tr_code code, const char *what)
{
    struct tr_err fault;

    tr_store_refuse(c->s->path, code, what, NULL, &fault);
    c->say(c->cookie, &fault);
    c->n++;
}

void tr_checking_found_at(struct tr_checking *c, const char *table, int64_t number)
{
    struct tr_err fault;

    tr_store_changed(c->s, table, number, &fault);
    c->say(c->cookie, &fault);
    c->n++;
}

/* What must be there and is not. */
static int check_form(struct tr_checking *c, struct tr_err *err)
{
    static const enum tr_query counts[] = {Q_check_seal,   Q_check_record, Q_check_put,
                                           Q_check_layout, Q_check_person, Q_check_empty,
                                           Q_check_put_key};
    struct tr_store *s = c->s;
    struct tr_rows *st;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        st = tr_rows_ready(s, counts[i], err);
        if (!st || tr_rows_next(s, st, err) < 0)
            return -1;
        if (tr_rows_number(st, 0) > 0)
            tr_checking_found(c, TR_E_REGISTER_DAMAGED, tr_query_names[counts[i]]);
        tr_rows_reset(st);
    }
    return 0;
}

static int check_guard(void *cookie, int64_t record, bool is, bool kept)
{
    if (is != kept)
        tr_checking_found_at(cookie, "guarded", record);
    return 0;
}

/* Whether the referrals that protect an address are found as such, and no other record. */
static int check_guarded(struct tr_checking *c, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(c->s, Q_check_guarded, err);

    if (!st || tr_rows_next(c->s, st, err) < 0)
        return -1;
    if (tr_rows_number(st, 0) > 0)
        tr_checking_found_at(c, "guarded", 0);
    tr_rows_reset(st);
    return tr_store_guard_each(c->s, check_guard, c, err);
}

/* Whether the row that a statement has come to has the mark that it should. */
static bool row_holds(struct tr_store *s, enum tr_query which, struct tr_rows *st)
{
    const struct tr_key *bind = tr_store_secret(s, TR_SECRET_BIND);
    unsigned char mark[TR_MARK_LEN];
    struct tr_proof_record r;
    struct tr_proof_key k;

    switch (which) {
    case Q_layout_all:
        tr_proof_layout(bind, tr_store_id(s), tr_rows_number(st, 0), tr_rows_text(st, 1),
                        tr_rows_text(st, 2), mark);
        return tr_rows_is_blob(st, 3, mark);
    case Q_put_key_all:
        tr_proof_put_key(bind, tr_store_id(s), tr_rows_number(st, 0), tr_rows_number(st, 1),
                         tr_rows_blob(st, 2), mark);
        return tr_rows_is_blob(st, 3, mark);
    case Q_key_all:
        return tr_store_key_holds(s, st, &k);
    default: /* records */
        tr_store_row_record(st, &r);
        return tr_store_record_holds(s, st, &r);
    }
}

/* Whether each put is what was bound, with the records that it had. */
static int check_puts(struct tr_checking *c, struct tr_err *err)
{
    struct tr_store *s = c->s;
    struct tr_rows *st = tr_rows_ready(s, Q_put_all, err);
    struct tr_store_walk walk = {.st = NULL};
    int rc = st && tr_store_walk_start(s, &walk, err) == 0 ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        int64_t put = tr_rows_number(st, 0);

        if (tr_store_walk_to(s, &walk, put, err) < 0)
            rc = -1;
        else if (!tr_store_put_holds(s, st, &walk.held))
            tr_checking_found_at(c, "put", put);
    }
    if (st)
        tr_rows_reset(st);
    tr_store_walk_end(&walk);
    return rc;
}

/* Every mark of every row, and the sums. */
static int check_marks(struct tr_checking *c, struct tr_err *err)
{
    static const struct {
        enum tr_query which;
        const char *table;
    } tables[] = {{Q_key_all, "key"},
                  {Q_layout_all, "layout"},
                  {Q_put_key_all, "put_key"},
                  {Q_record_all, "record"}};
    static int (*const wholes[])(struct tr_store *, struct tr_err *) = {
        tr_store_check_vouched, tr_store_check_settings, tr_store_check_state};
    struct tr_store *s = c->s;
    struct tr_err fault;
    struct tr_rows *st;
    int rc;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        st = tr_rows_ready(s, tables[i].which, err);
        rc = st ? 1 : -1;
        while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0)
            if (!row_holds(s, tables[i].which, st))
                tr_checking_found_at(c, tables[i].table, tr_rows_number(st, 0));
        if (rc < 0)
            return -1;
    }
    if (check_puts(c, err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (wholes[i](s, &fault) < 0) {
            c->say(c->cookie, &fault);
            c->n++;
        }
    return 0;
}

int tr_store_check(struct tr_store *s, void (*say)(void *cookie, const struct tr_err *err),
                   void *cookie, uint64_t *n, struct tr_err *err)
{
    struct tr_checking c = {.s = s, .say = say, .cookie = cookie};
    int looking = tr_store_look(s, err), rc = looking < 0 ? -1 : s->engine->check(&c, err);

    if (rc == 0)
        rc = check_form(&c, err);
    if (rc == 0 && s->version == TR_STORE_VERSION)
        rc = check_guarded(&c, err);
    if (rc == 0 && s->keys)
        rc = check_marks(&c, err);
    tr_store_look_end(s, looking);
    *n = c.n;
    return rc;
}

/* The first fault that a check says. */
static void note_fault(void *cookie, const struct tr_err *fault)
{
    struct tr_err *first = cookie;

    if (first->code == TR_OK)
        *first = *fault;
}

int tr_store_whole(struct tr_store *s, struct tr_err *err)
{
    struct tr_err first = {.code = TR_OK};
    uint64_t faults;

    if (tr_store_check(s, note_fault, &first, &faults, err) < 0)
        return -1;
    if (faults == 0)
        return 0;
    *err = first;
    return -1;
}

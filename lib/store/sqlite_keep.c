#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "store/sqlite_own.h"

/* ---- taking away ---- */

int tr_store_purge_begin(struct tr_store *s, struct tr_err *err)
{
    return tr_sqlite_need(s, TR_SECRET_BIND, err) < 0
               ? -1
               : tr_sqlite_run(s,
                               "CREATE TEMP TABLE purge (record INTEGER PRIMARY KEY);"
                               "CREATE TEMP TABLE purge_case (id TEXT PRIMARY KEY) WITHOUT ROWID",
                               err);
}

static int gather(struct tr_store *s, enum tr_query which, struct tr_str what, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, which, err);

    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, what);
    return tr_sqlite_finish(s, st, err);
}

int tr_store_purge_person(struct tr_store *s, struct tr_str person, struct tr_err *err)
{
    return gather(s, Q_purge_person, person, err);
}

int tr_store_purge_case(struct tr_store *s, struct tr_str id, struct tr_err *err)
{
    return gather(s, Q_purge_case, id, err);
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
    sqlite3_stmt *st = l->put ? tr_sqlite_ready(s, Q_put_one, err) : NULL;
    bool holds = false;
    int rc;

    if (!st)
        return l->put ? -1 : 0;
    sqlite3_bind_int64(st, 1, l->put);
    rc = tr_sqlite_next(s, st, err);
    if (rc > 0)
        holds = tr_sqlite_put_holds(s, st, &l->had);
    sqlite3_reset(st);
    if (rc < 0)
        return -1;
    return holds ? tr_sqlite_bind_put(s, l->put, &l->keeps, err)
                 : tr_sqlite_changed(s, "put", l->put, err);
}

/* Each put says which of its records are still there. */
static int count_down(struct tr_store *s, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, Q_purge_puts, err);
    struct losing l = {0};
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_sqlite_next(s, st, err)) > 0) {
        int64_t put = sqlite3_column_int64(st, 0), record = sqlite3_column_int64(st, 1);

        if (put != l.put) {
            if (let_go(s, &l, err) < 0)
                rc = -1;
            l.put = put;
            l.had.n = l.keeps.n = 0;
            l.had.runs.len = l.keeps.runs.len = 0;
        }
        tr_proof_hold(&l.had, record);
        if (!sqlite3_column_int(st, 2))
            tr_proof_hold(&l.keeps, record);
    }
    if (st)
        sqlite3_reset(st);
    if (rc == 0)
        rc = l.had.runs.failed ? tr_err_memory(err) : let_go(s, &l, err);
    tr_buf_clear(&l.had.runs);
    tr_buf_clear(&l.keeps.runs);
    return rc;
}

int tr_store_purge_end(struct tr_store *s, struct tr_buf *marks, uint64_t *n, struct tr_err *err)
{
    static const enum tr_query steps[] = {Q_purge_seal, Q_purge_record, Q_purge_end,
                                          Q_purge_case_end};
    sqlite3_stmt *cases = tr_sqlite_ready(s, Q_purge_cases, err);

    *n = 0;
    if (!cases || tr_sqlite_finish(s, cases, err) < 0 || count_down(s, err) < 0 ||
        tr_sqlite_purge_marks(s, marks, err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *st = tr_sqlite_ready(s, steps[i], err);

        if (!st || tr_sqlite_finish(s, st, err) < 0)
            return -1;
        if (steps[i] == Q_purge_record)
            *n = (uint64_t)sqlite3_changes64(s->db);
    }
    return 0;
}

/* Brings the journal into the file and empties it; others who read keep it from that. */
static int checkpoint(struct tr_store *s, struct tr_err *err)
{
    int busy;

    if (tr_sqlite_number(s, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err) < 0)
        return -1;
    return busy ? tr_sqlite_refuse(s->path, TR_E_BUSY, NULL, NULL, err) : 0;
}

int tr_store_wipe(struct tr_store *s, bool *shrunk, struct tr_err *err)
{
    /* What was deleted is zeros in its pages already; they reach the file here. */
    if (checkpoint(s, err) < 0)
        return -1;
    *shrunk = tr_sqlite_run(s, "VACUUM", err) == 0;
    if (!*shrunk && err->code != TR_E_WRITE)
        return -1;
    return checkpoint(s, err) < 0 && *shrunk && err->code != TR_E_WRITE ? -1 : 0;
}

/* ---- looking after ---- */

struct checking {
    struct tr_store *s;
    void (*say)(void *cookie, const struct tr_err *err);
    void *cookie;
    uint64_t n;
};

static void found(struct checking *c, enum tr_code code, const char *what)
{
    struct tr_err fault;

    tr_sqlite_refuse(c->s->path, code, what, NULL, &fault);
    c->say(c->cookie, &fault);
    c->n++;
}

static void found_at(struct checking *c, const char *table, int64_t number)
{
    struct tr_err fault;

    tr_sqlite_changed(c->s, table, number, &fault);
    c->say(c->cookie, &fault);
    c->n++;
}

/* Tells each line of what the engine finds, but for the one that names the database. */
static void found_lines(struct checking *c, struct tr_str lines)
{
    struct tr_str line;
    char text[160];

    while (tr_str_part(&lines, '\n', &line)) {
        if (line.len == 0 || line.p[0] == '*')
            continue;
        tr_err_copy(text, sizeof text, line);
        found(c, TR_E_REGISTER_DAMAGED, text);
    }
}

/* What the engine itself finds, and what must be there and is not. */
static int check_form(struct checking *c, struct tr_err *err)
{
    static const enum tr_query counts[] = {Q_check_seal,   Q_check_record,  Q_check_put,
                                           Q_check_layout, Q_check_person,  Q_check_empty,
                                           Q_check_put_key};
    struct tr_store *s = c->s;
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(20)", -1, &st, NULL);

    while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        if (tr_str_is(tr_sqlite_text(st, 0), "ok"))
            continue;
        if (tr_sqlite_unread(s, err) < 0) {
            sqlite3_finalize(st);
            return -1;
        }
        found_lines(c, tr_sqlite_text(st, 0));
    }
    sqlite3_finalize(st);
    if (rc != SQLITE_DONE)
        return tr_sqlite_failed(s, rc, err);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        st = tr_sqlite_ready(s, counts[i], err);
        if (!st || tr_sqlite_next(s, st, err) < 0)
            return -1;
        if (sqlite3_column_int64(st, 0) > 0)
            found(c, TR_E_REGISTER_DAMAGED, tr_sqlite_names[counts[i]]);
        sqlite3_reset(st);
    }
    return 0;
}

/* Adds what a database consists of. */
static int list_schema(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, Q_check_schema, err);
    int rc = st ? 1 : -1;

    while (rc > 0 && (rc = tr_sqlite_next(s, st, err)) > 0) {
        tr_buf_str(out, tr_sqlite_text(st, 0));
        tr_buf_char(out, '\n');
    }
    return rc < 0 ? -1 : out->failed ? tr_err_memory(err) : 0;
}

/* Compares what it consists of with what a register consists of: no trigger, no view, no index
 * more. */
static int check_schema(struct checking *c, struct tr_err *err)
{
    struct tr_store plain = {.path = c->s->path};
    struct tr_buf is = {0}, should = {0};
    int rc =
        sqlite3_open_v2(":memory:", &plain.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    rc = rc == SQLITE_OK ? 0 : tr_sqlite_failed(&plain, rc, err);
    if (rc == 0)
        rc = tr_sqlite_make(&plain, err);
    if (rc == 0)
        rc = list_schema(&plain, &should, err);
    if (rc == 0)
        rc = list_schema(c->s, &is, err);
    if (rc == 0 && !tr_str_eq(tr_buf_slice(&is), tr_buf_slice(&should)))
        found_at(c, "sqlite_schema", 0);
    sqlite3_finalize(plain.statement[Q_check_schema]);
    sqlite3_close(plain.db);
    tr_buf_clear(&is);
    tr_buf_clear(&should);
    return rc;
}

/* Whether the row that a statement has come to has the mark that it should. */
static bool row_holds(struct tr_store *s, enum tr_query which, sqlite3_stmt *st)
{
    const struct tr_key *bind = tr_sqlite_secret(s, TR_SECRET_BIND);
    unsigned char mark[TR_MARK_LEN];
    struct tr_proof_record r;

    switch (which) {
    case Q_layout_all:
        tr_proof_layout(bind, tr_sqlite_id(s), sqlite3_column_int64(st, 0), tr_sqlite_text(st, 1),
                        tr_sqlite_text(st, 2), mark);
        return tr_sqlite_is_blob(st, 3, mark);
    case Q_put_key_all:
        tr_proof_put_key(bind, tr_sqlite_id(s), sqlite3_column_int64(st, 0),
                         sqlite3_column_int64(st, 1), tr_sqlite_blob(st, 2), mark);
        return tr_sqlite_is_blob(st, 3, mark);
    case Q_key_all:
        tr_proof_key(bind, tr_sqlite_id(s),
                     &(struct tr_proof_key){sqlite3_column_int64(st, 0), tr_sqlite_text(st, 1),
                                            tr_sqlite_text(st, 2), tr_sqlite_text(st, 3),
                                            tr_sqlite_text(st, 4), tr_sqlite_blob(st, 5)},
                     mark);
        return tr_sqlite_is_blob(st, 6, mark);
    default: /* records */
        tr_sqlite_record(st, &r);
        return tr_sqlite_record_holds(s, st, &r);
    }
}

/* Whether each put is what was bound, with the records that it had. */
static int check_puts(struct checking *c, struct tr_err *err)
{
    struct tr_store *s = c->s;
    sqlite3_stmt *st = tr_sqlite_ready(s, Q_put_all, err);
    struct tr_sqlite_walk walk = {.st = NULL};
    int rc = st && tr_sqlite_walk_start(s, &walk, err) == 0 ? 1 : -1;

    while (rc > 0 && (rc = tr_sqlite_next(s, st, err)) > 0) {
        int64_t put = sqlite3_column_int64(st, 0);

        if (tr_sqlite_walk_to(s, &walk, put, err) < 0)
            rc = -1;
        else if (!tr_sqlite_put_holds(s, st, &walk.held))
            found_at(c, "put", put);
    }
    if (st)
        sqlite3_reset(st);
    tr_sqlite_walk_end(&walk);
    return rc;
}

/* Every mark of every row, and the sums. */
static int check_marks(struct checking *c, struct tr_err *err)
{
    static const struct {
        enum tr_query which;
        const char *table;
    } tables[] = {{Q_key_all, "key"},
                  {Q_layout_all, "layout"},
                  {Q_put_key_all, "put_key"},
                  {Q_record_all, "record"}};
    struct tr_store *s = c->s;
    struct tr_err fault;
    sqlite3_stmt *st;
    int rc;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        st = tr_sqlite_ready(s, tables[i].which, err);
        rc = st ? 1 : -1;
        while (rc > 0 && (rc = tr_sqlite_next(s, st, err)) > 0)
            if (!row_holds(s, tables[i].which, st))
                found_at(c, tables[i].table, sqlite3_column_int64(st, 0));
        if (rc < 0)
            return -1;
    }
    if (check_puts(c, err) < 0)
        return -1;
    if (tr_sqlite_check_settings(s, &fault) < 0) {
        c->say(c->cookie, &fault);
        c->n++;
    }
    if (tr_sqlite_check_state(s, &fault) < 0) {
        c->say(c->cookie, &fault);
        c->n++;
    }
    return 0;
}

int tr_store_check(struct tr_store *s, void (*say)(void *cookie, const struct tr_err *err),
                   void *cookie, uint64_t *n, struct tr_err *err)
{
    struct checking c = {.s = s, .say = say, .cookie = cookie};
    int looking = tr_sqlite_look(s, err), rc = looking < 0 ? -1 : check_schema(&c, err);

    if (rc == 0)
        rc = check_form(&c, err);
    if (rc == 0 && s->keys)
        rc = check_marks(&c, err);
    tr_sqlite_look_end(s, looking);
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

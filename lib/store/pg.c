/* The register on PostgreSQL: the connection, transactions, and what an administrator does.
 *
 * Writers wait for each other, as with a file: who begins locks one table, until it commits. So no
 * writer sees what another is changing, there is nothing to try again, and the log is one chain.
 *
 * A connection can be cut while a transaction commits, and then nobody has said what became of it.
 * Each transaction leaves a token of its own: whoever lost the connection makes another, waits for
 * the lock, which the server gives when the transaction has ended, and looks for the token. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/pg_own.h"

/* ---- opening ---- */

int tr_pg_identify(struct tr_store *s, struct tr_err *err)
{
    PGresult *res = PQexec(tr_pg(s)->conn, "SELECT version FROM transition.version");

    if (PQresultStatus(res) != PGRES_TUPLES_OK)
        return tr_pg_failed(s, res, err);
    s->version = PQntuples(res) == 1 ? atoi(PQgetvalue(res, 0, 0)) : 0;
    PQclear(res);
    return s->version > 1
               ? 0
               : tr_store_refuse(s->path, TR_E_NO_REGISTER, NULL, NULL, err);
}

int tr_pg_know_login(struct tr_store *s, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    PGresult *res = PQexec(pg->conn, "SELECT transition.sees_all()");

    if (PQresultStatus(res) != PGRES_TUPLES_OK)
        return tr_pg_failed(s, res, err);
    pg->sees_all = strcmp(PQgetvalue(res, 0, 0), "t") == 0;
    PQclear(res);
    return 0;
}

int tr_pg_is_keeper(struct tr_store *s, struct tr_err *err)
{
    PGresult *res =
        PQexec(tr_pg(s)->conn, "SELECT FROM pg_roles WHERE rolname = 'transition_keeper' AND "
                               "pg_has_role(session_user, oid, 'member')");
    bool is;

    if (PQresultStatus(res) != PGRES_TUPLES_OK)
        return tr_pg_failed(s, res, err);
    is = PQntuples(res) > 0;
    PQclear(res);
    return is;
}

static int attach(struct tr_store *s, int timeout, struct tr_err *err)
{
    struct tr_pg *pg = calloc(1, sizeof *pg);

    if (!pg)
        return tr_err_memory(err);
    s->db = pg;
    pg->timeout = timeout;
    pg->life = 1;
    pg->conn = tr_pg_connect(s->path, timeout, err);
    return pg->conn ? 0 : -1;
}

int tr_pg_open(struct tr_store *s, int timeout, struct tr_err *err)
{
    if (attach(s, timeout, err) < 0 || tr_pg_identify(s, err) < 0)
        return -1;
    return s->version == TR_STORE_VERSION ? tr_pg_know_login(s, err) : 0;
}

void tr_pg_close(struct tr_store *s)
{
    struct tr_pg *pg = tr_pg(s);

    if (!pg)
        return;
    tr_pg_unanswered(pg);
    tr_pg_forget(s);
    PQfinish(pg->conn);
    PQfinish(pg->aside);
    free(pg);
    s->db = NULL;
}

/* ---- transactions ---- */

static int make_token(struct tr_pg *pg, struct tr_err *err)
{
    struct tr_key key;

    if (tr_key_make(&key) < 0)
        return tr_err_memory(err);
    tr_hex(key.bytes, TR_PG_TOKEN_LEN / 2, pg->token);
    return 0;
}

/* Asks a function about the token. */
static PGresult *ask(struct tr_pg *pg, const char *sql)
{
    const char *value[] = {pg->token};

    return PQexecParams(pg->conn, sql, 1, NULL, value, NULL, NULL, 0);
}

int tr_pg_begin(struct tr_store *s, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    PGresult *res;

    pg->begun[0] = '\0';
    pg->handed = NULL;
    pg->handed_one = 0;
    /* What is put in is looked up by its index, whatever the server knows of a table that grows. */
    if (make_token(pg, err) < 0 || tr_pg_run(s, "BEGIN; SET LOCAL enable_seqscan = off", err) < 0)
        return -1;
    res = ask(pg, "SELECT transition.writing($1)");
    if (PQresultStatus(res) != PGRES_TUPLES_OK) {
        tr_pg_failed(s, res, err);
        tr_pg_rollback(s);
        return -1;
    }
    PQclear(res);
    return 0;
}

/* The connection was lost while committing: whether it was done. */
static int find_out(struct tr_store *s, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    const struct tr_err lost = *err;
    PGresult *res = NULL;
    PGconn *again = NULL;
    bool done;

    for (int waited = 0; !again && waited <= pg->timeout + 2000; waited += 200) {
        again = tr_pg_connect(s->path, pg->timeout, err);
        if (!again)
            poll(NULL, 0, 200);
    }
    if (again) {
        PQfinish(pg->conn);
        pg->conn = again;
        pg->life++;
        res = ask(pg, "SELECT transition.was_done($1)");
    }
    if (PQresultStatus(res) != PGRES_TUPLES_OK) { /* of none, too */
        PQclear(res);
        return tr_store_refuse(s->path, TR_E_SERVER_UNKNOWN, NULL, NULL, err);
    }
    done = strcmp(PQgetvalue(res, 0, 0), "t") == 0;
    PQclear(res);
    if (!done)
        *err = lost;
    return done ? 0 : -1;
}

int tr_pg_commit(struct tr_store *s, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    PGresult *res;

    if (tr_pg_answered(s, err) < 0)
        return -1;
    res = PQexec(pg->conn, "COMMIT");
    if (PQresultStatus(res) != PGRES_COMMAND_OK) {
        tr_pg_failed(s, res, err);
        return PQstatus(pg->conn) == CONNECTION_BAD ? find_out(s, err) : -1;
    }
    if (strcmp(PQcmdStatus(res), "COMMIT") == 0) {
        PQclear(res);
        return 0;
    }
    PQclear(res); /* it had failed before */
    return tr_store_refuse(s->path, TR_E_REGISTER, "ROLLBACK", NULL, err);
}

void tr_pg_rollback(struct tr_store *s)
{
    struct tr_pg *pg = tr_pg(s);

    tr_pg_unanswered(pg);
    if (PQtransactionStatus(pg->conn) != PQTRANS_IDLE)
        PQclear(PQexec(pg->conn, "ROLLBACK"));
    pg->alone = NULL;
}

int tr_pg_look(struct tr_store *s, struct tr_err *err)
{
    if (PQtransactionStatus(tr_pg(s)->conn) != PQTRANS_IDLE)
        return 0;
    return tr_pg_run(s, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err) < 0 ? -1 : 1;
}

void tr_pg_look_end(struct tr_store *s)
{
    PQclear(PQexec(tr_pg(s)->conn, "ROLLBACK"));
}

/* ---- making, and removing ---- */

int tr_pg_tidy(const char *path, struct tr_err *err)
{
    (void)path;
    (void)err;
    return 0;
}

int tr_pg_create(const char *path, struct tr_err *err)
{
    struct tr_store s = {.path = path};
    PGresult *res;
    int rc = attach(&s, 10000, err);

    if (rc == 0) {
        res = PQexec(tr_pg(&s)->conn, "SELECT FROM pg_namespace WHERE nspname = 'transition'");
        if (PQresultStatus(res) != PGRES_TUPLES_OK)
            rc = tr_pg_failed(&s, res, err);
        else {
            if (PQntuples(res) > 0) {
                errno = EEXIST;
                rc = tr_err_sys(err, TR_E_CREATE, path);
            }
            PQclear(res);
        }
        if (rc == 0)
            rc = tr_pg_run(&s, "BEGIN; " TR_PG_SCHEMA "COMMIT", err);
    }
    tr_pg_close(&s);
    return rc;
}

/* Only one that holds nothing. */
void tr_pg_remove(const char *path)
{
    struct tr_store s = {.path = path};
    struct tr_err err;

    if (attach(&s, 10000, &err) == 0)
        tr_pg_run(&s,
                  "DO $$ BEGIN IF NOT EXISTS (SELECT FROM transition.put) AND "
                  "NOT EXISTS (SELECT FROM transition.access) THEN "
                  "DROP SCHEMA transition CASCADE; END IF; END $$",
                  &err);
    tr_pg_close(&s);
}

/* A connection to PostgreSQL, set up as every program needs it. */
#include <stdio.h>

#include "store/pg_own.h"

/* libpq would write to standard error. */
static void hear_nothing(void *cookie, const PGresult *res)
{
    (void)cookie;
    (void)res;
}

static int fail_connect(const char *path, const char *words, enum tr_code code, struct tr_err *err)
{
    struct tr_str line = tr_str(words);
    char text[160];

    while (line.len > 0 && line.p[line.len - 1] == '\n')
        line.len--;
    tr_err_copy(text, sizeof text, line);
    for (char *p = text; *p; p++)
        *p = *p == '\n' ? ' ' : *p;
    return tr_store_refuse(path, code, text, NULL, err);
}

/* Refuses what cannot be read, and a password: others see the arguments of a program. */
static int judge(const char *path, struct tr_err *err)
{
    char *words = NULL;
    PQconninfoOption *options = PQconninfoParse(path, &words);
    int rc = 0;

    if (!options) { /* what libpq says of it may repeat it: a password, too */
        PQfreemem(words);
        return tr_store_refuse(NULL, TR_E_SERVER_NAME, NULL, NULL, err);
    }
    for (PQconninfoOption *o = options; o->keyword; o++)
        if (o->val &&
            (strcmp(o->keyword, "password") == 0 || strcmp(o->keyword, "sslpassword") == 0))
            rc = tr_store_refuse(NULL, TR_E_SERVER_PASSWORD, NULL, NULL, err);
    PQconninfoFree(options);
    return rc;
}

/* What of the server's words about a connection means that it is not there, or not for us. */
static enum tr_code code_of_connect(PGconn *conn)
{
    const char *words = PQerrorMessage(conn);

    if (strstr(words, "the database system is") || strstr(words, "too many clients") ||
        strstr(words, "remaining connection slots"))
        return TR_E_BUSY;
    if (PQconnectionNeedsPassword(conn) || strstr(words, "authentication failed") ||
        strstr(words, "pg_hba.conf") || strstr(words, "permission denied for database") ||
        (strstr(words, "role \"") && strstr(words, "does not exist")))
        return TR_E_SERVER_DENIED;
    return TR_E_SERVER_OPEN;
}

PGconn *tr_pg_connect(const char *path, int timeout, struct tr_err *err)
{
    char seconds[16], set_up[384];
    const char *const name[] = {"connect_timeout", "dbname", "client_encoding",
                                "fallback_application_name", NULL};
    const char *const value[] = {seconds, path, "UTF8", "transition", NULL};
    PGconn *conn;
    PGresult *res;

    if (judge(path, err) < 0)
        return NULL;
    snprintf(seconds, sizeof seconds, "%d", timeout / 1000 < 2 ? 2 : timeout / 1000);
    conn = PQconnectdbParams(name, value, 1);
    if (!conn) {
        tr_err_memory(err);
        return NULL;
    }
    if (PQstatus(conn) != CONNECTION_OK) {
        fail_connect(path, PQerrorMessage(conn), code_of_connect(conn), err);
        PQfinish(conn);
        return NULL;
    }
    PQsetNoticeReceiver(conn, hear_nothing, NULL);
    /* 0 would be: forever. What is acknowledged is on the disk, whatever the role is set to. No
     * statement of ours is worth being compiled, which takes longer than to run it. Each is planned
     * anew: the plan of a register that is nearly empty reads all of one that has grown. */
    snprintf(set_up, sizeof set_up,
             "SET search_path = pg_catalog, transition, pg_temp; SET DateStyle = ISO; "
             "SET lock_timeout = %d; SET jit = off; SET plan_cache_mode = force_custom_plan; "
             "SET default_transaction_isolation = 'read committed'; "
             "SELECT set_config('synchronous_commit', 'on', false) "
             "WHERE current_setting('synchronous_commit') = 'off'",
             timeout > 0 ? timeout : 1);
    res = PQexec(conn, set_up);
    if (PQresultStatus(res) != PGRES_TUPLES_OK) {
        fail_connect(path, PQerrorMessage(conn), TR_E_SERVER, err);
        PQclear(res);
        PQfinish(conn);
        return NULL;
    }
    PQclear(res);
    return conn;
}

int tr_pg_place(const char *path, struct tr_err *err)
{
    return judge(path, err);
}

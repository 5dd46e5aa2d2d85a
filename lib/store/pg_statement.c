/* Statements on PostgreSQL.
 *
 * Results come in binary: texts as they are, numbers eight bytes, highest first. A statement that
 * may give many rows is a cursor, so memory does not grow with them; a cursor needs a transaction,
 * and begins one for itself when there is none. */
#include <stdio.h>
#include <stdlib.h>

#include "store/pg_own.h"

enum { PART = 2000 }; /* rows at a time */

enum {
    OID_BOOL = 16,
    OID_INT8 = 20,
    OID_INT4 = 23
}; /* the server's numbers for types never change */

static const struct {
    const char *text; /* NULL: the engine has no such statement */
    bool many;
    const char *own; /* as a login asks that does not see all records; NULL: as everybody does */
} texts[N_QUERIES] = {
#define TR_PG_QUERY(name, many, text, own) [Q_##name] = {text, many, own},
    TR_PG_QUERIES
#undef TR_PG_QUERY
};

static const char *text_of(const struct tr_pg *pg, enum tr_query which)
{
    return pg->sees_all || !texts[which].own ? texts[which].text : texts[which].own;
}

/* ---- what went wrong ---- */

static enum tr_code code_of(const char *state)
{
    static const struct {
        const char *state; /* a code, or the class that it begins with */
        enum tr_code code;
    } codes[] = {
        {"40001", TR_E_BUSY}, /* serialization_failure */
        {"40P01", TR_E_BUSY}, /* deadlock_detected */
        {"55P03", TR_E_BUSY}, /* lock_not_available */
        {"57014", TR_E_BUSY}, /* query_canceled: a timeout of the server's */
        {"57P03", TR_E_BUSY}, /* cannot_connect_now */
        {"53300", TR_E_BUSY}, /* too_many_connections */
        {"42501", TR_E_SERVER_DENIED},
        {"23505", TR_E_DENIED},        /* unique_violation: what was asked for was not seen */
        {"25006", TR_E_SERVER_DENIED}, /* read_only_sql_transaction: a standby */
        {"28", TR_E_SERVER_DENIED},    /* authorization */
        {"3F000", TR_E_NO_REGISTER},   /* no such schema, table */
        {"42P01", TR_E_NO_REGISTER},
        {"53", TR_E_SERVER}, /* full, out of memory */
        {"57", TR_E_SERVER}, /* shut down */
        {"58", TR_E_SERVER}, /* its system */
        {"08", TR_E_SERVER}, /* the connection */
    };

    for (size_t i = 0; state && i < sizeof codes / sizeof *codes; i++)
        if (strncmp(state, codes[i].state, strlen(codes[i].state)) == 0)
            return codes[i].code;
    return state ? TR_E_REGISTER : TR_E_SERVER;
}

int tr_pg_failed(const struct tr_store *s, PGresult *res, struct tr_err *err)
{
    const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
    const char *words = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    char text[160];
    struct tr_str line = tr_str(words ? words : PQerrorMessage(tr_pg(s)->conn));

    /* What is wrong with data or a constraint may be told with the data. */
    if (state && (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0))
        line = tr_str(state);
    while (line.len > 0 && line.p[line.len - 1] == '\n')
        line.len--;
    tr_err_copy(text, sizeof text, line);
    for (char *p = text; *p; p++)
        *p = *p == '\n' ? ' ' : *p;
    tr_err_set(err, code_of(state), text, NULL, NULL);
    err->source = s->path;
    PQclear(res);
    return -1;
}

/* Fetches the answer to what was sent. */
static void fetch_answer(struct tr_pg *pg)
{
    PGresult *res;

    while (pg->sent && (res = PQgetResult(pg->conn))) {
        ExecStatusType status = PQresultStatus(res);
        bool fails = status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
        PGresult **keep = fails ? &pg->failed : pg->ahead ? &pg->ahead->ahead : NULL;

        if (keep && !*keep)
            *keep = res;
        else
            PQclear(res);
    }
    pg->sent = false;
    pg->ahead = NULL;
}

int tr_pg_answered(struct tr_store *s, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    PGresult *failed;

    fetch_answer(pg);
    failed = pg->failed;
    pg->failed = NULL;
    return failed ? tr_pg_failed(s, failed, err) : 0;
}

void tr_pg_unanswered(struct tr_pg *pg)
{
    fetch_answer(pg);
    PQclear(pg->failed);
    pg->failed = NULL;
}

int tr_pg_run(struct tr_store *s, const char *sql, struct tr_err *err)
{
    PGresult *res;
    ExecStatusType status;

    if (tr_pg_answered(s, err) < 0)
        return -1;
    res = PQexec(tr_pg(s)->conn, sql);
    status = PQresultStatus(res);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return tr_pg_failed(s, res, err);
    PQclear(res);
    return 0;
}

/* ---- binding ---- */

int tr_pg_ready(struct tr_store *s, struct tr_rows *st, enum tr_query which, struct tr_err *err)
{
    struct tr_pg_rows *r = st->statement;

    if (r) {
        tr_pg_reset(st);
    } else if (!(r = st->statement = calloc(1, sizeof *r))) {
        return tr_err_memory(err);
    }
    r->s = s;
    r->which = which;
    memset(r->value, 0, sizeof r->value);
    return texts[which].text
               ? 0
               : tr_store_refuse(s->path, TR_E_SERVER_LACKS, tr_query_names[which], NULL, err);
}

static void bind(struct tr_rows *st, int i, const char *p, size_t n, int format)
{
    struct tr_pg_rows *r = st->statement;

    r->value[i - 1] = p;
    r->length[i - 1] = (int)n;
    r->format[i - 1] = format;
}

void tr_pg_bind_number(struct tr_rows *st, int i, int64_t number)
{
    struct tr_pg_rows *r = st->statement;

    snprintf(r->number[i - 1], sizeof r->number[i - 1], "%lld", (long long)number);
    bind(st, i, r->number[i - 1], 0, 0);
}

/* Texts go as bytes, too: as such they need no end. */
void tr_pg_bind_text(struct tr_rows *st, int i, struct tr_str text)
{
    bind(st, i, text.p, text.len, 1);
}

void tr_pg_bind_blob(struct tr_rows *st, int i, struct tr_str bytes)
{
    bind(st, i, bytes.p, bytes.len, 1);
}

static int parameters(const char *text)
{
    int n = 0;

    for (const char *p = text; (p = strchr(p, '$')); p++)
        n = atoi(p + 1) > n ? atoi(p + 1) : n;
    return n;
}

/* ---- what is handed out ---- */

/* The transaction that asks, as the server knows it. */
static int ask_transaction(struct tr_store *s, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    PGresult *res = PQexec(pg->conn, "SELECT transaction_timestamp(), pg_backend_pid()");

    if (PQresultStatus(res) != PGRES_TUPLES_OK)
        return tr_pg_failed(s, res, err);
    snprintf(pg->begun, sizeof pg->begun, "%s", PQgetvalue(res, 0, 0));
    snprintf(pg->process, sizeof pg->process, "%s", PQgetvalue(res, 0, 1));
    PQclear(res);
    return 0;
}

static int64_t number_at(const PGresult *part, int row, int column)
{
    const unsigned char *p = (const unsigned char *)PQgetvalue(part, row, column);
    uint64_t n = 0;

    for (int i = 0; i < PQgetlength(part, row, column); i++)
        n = n << 8 | p[i];
    return PQftype(part, column) == OID_INT4 ? (int32_t)n : (int64_t)n;
}

/* Adds the numbers of the records in a result, from a row on, as the server reads them. */
static void add_all(const PGresult *part, int row, struct tr_buf *out)
{
    tr_buf_char(out, '{');
    for (int i = row; i < PQntuples(part); i++) {
        tr_buf_text(out, i == row ? "" : ",");
        tr_buf_num(out, number_at(part, i, 0));
    }
    tr_buf_char(out, '}');
}

/* Has it written down that the sealed parts of records are asked for, over a connection of its own.
 */
static int hand(struct tr_store *s, const char *records, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    const char *value[3] = {pg->process, pg->begun, records};
    PGresult *res;

    if (!pg->begun[0] && ask_transaction(s, err) < 0)
        return -1;
    if (!pg->aside && !(pg->aside = tr_pg_connect(s->path, pg->timeout, err)))
        return -1;
    res = PQexecParams(pg->aside, "SELECT transition.handing($1, $2, $3)", 3, NULL, value, NULL,
                       NULL, 0);
    if (PQresultStatus(res) != PGRES_TUPLES_OK)
        return tr_pg_failed(s, res, err);
    PQclear(res);
    return 0;
}

/* The same of one record, or of all that were fetched with it. */
static int hand_one(struct tr_store *s, int64_t record, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    const PGresult *part = pg->latest ? pg->latest->part : NULL;
    struct tr_buf records = {0};
    bool with = false;
    int rc;

    for (int i = pg->latest ? pg->latest->row : 0; part && i < PQntuples(part) && !with; i++)
        with = number_at(part, i, 0) == record;
    if ((with && pg->handed == part) || pg->handed_one == record)
        return 0;
    if (with) {
        add_all(part, pg->latest->row, &records);
    } else {
        tr_buf_char(&records, '{');
        tr_buf_num(&records, record);
        tr_buf_char(&records, '}');
    }
    rc = records.failed ? tr_err_memory(err) : hand(s, tr_buf_z(&records), err);
    tr_buf_clear(&records);
    pg->handed = rc == 0 && with ? part : NULL;
    pg->handed_one = rc == 0 ? record : 0;
    return rc;
}

/* ---- running ---- */

static void name_of(const struct tr_pg_rows *r, char name[16])
{
    snprintf(name, 16, "q%d", (int)r->which);
}

/* NULL, or what came of preparing it in vain. */
static PGresult *prepare(struct tr_pg *pg, struct tr_pg_rows *r)
{
    PGresult *res = NULL;
    char name[16];

    name_of(r, name);
    if (r->life != pg->life)
        res = PQprepare(pg->conn, name, text_of(pg, r->which), 0, NULL);
    if (res && PQresultStatus(res) != PGRES_COMMAND_OK)
        return res;
    PQclear(res);
    r->life = pg->life;
    return NULL;
}

static PGresult *run_prepared(struct tr_store *s, struct tr_pg_rows *r)
{
    struct tr_pg *pg = tr_pg(s);
    PGresult *failed = prepare(pg, r);
    char name[16];

    name_of(r, name);
    return failed ? failed
                  : PQexecPrepared(pg->conn, name, parameters(text_of(pg, r->which)), r->value,
                                   r->length, r->format, 1);
}

int tr_pg_send(struct tr_store *s, struct tr_rows *st, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    struct tr_pg_rows *r = st->statement;
    PGresult *failed;
    char name[16];

    if (tr_pg_answered(s, err) < 0)
        return -1;
    failed = prepare(pg, r);
    name_of(r, name);
    pg->sent = !failed && PQsendQueryPrepared(pg->conn, name, parameters(text_of(pg, r->which)),
                                              r->value, r->length, r->format, 1);
    return pg->sent ? 0 : tr_pg_failed(s, failed, err);
}

static void fetch_text(const struct tr_pg_rows *r, char text[48])
{
    snprintf(text, 48, "FETCH %d FROM c%d", PART, (int)r->which);
}

static PGresult *fetch(struct tr_pg *pg, struct tr_pg_rows *r)
{
    char text[48];

    fetch_text(r, text);
    return PQexecParams(pg->conn, text, 0, NULL, NULL, NULL, NULL, 1);
}

/* Sends for the next part, which the server finds while this one is read. One that cannot be sent
 * is asked for in its turn, and then it is said why. */
static void send_ahead(struct tr_pg *pg, struct tr_pg_rows *r)
{
    char text[48];

    fetch_text(r, text);
    if (PQntuples(r->part) < PART || pg->sent ||
        !PQsendQueryParams(pg->conn, text, 0, NULL, NULL, NULL, NULL, 1))
        return;
    pg->sent = true;
    pg->ahead = r;
}

static PGresult *open_cursor(struct tr_store *s, struct tr_pg_rows *r, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    const char *text = text_of(pg, r->which);
    struct tr_buf sql = {0};
    PGresult *res;

    if (PQtransactionStatus(pg->conn) == PQTRANS_IDLE) {
        if (tr_pg_run(s, "BEGIN", err) < 0)
            return NULL;
        pg->alone = r;
        pg->begun[0] = '\0';
        pg->handed = NULL;
        pg->handed_one = 0;
    }
    tr_buf_text(&sql, "DECLARE c");
    tr_buf_num(&sql, (long long)r->which);
    tr_buf_text(&sql, " NO SCROLL CURSOR FOR ");
    tr_buf_text(&sql, text);
    if (sql.failed) {
        tr_err_memory(err);
        return NULL;
    }
    res = PQexecParams(pg->conn, tr_buf_z(&sql), parameters(text), NULL, r->value, r->length,
                       r->format, 0);
    tr_buf_clear(&sql);
    if (PQresultStatus(res) != PGRES_COMMAND_OK) {
        tr_pg_failed(s, res, err);
        return NULL;
    }
    PQclear(res);
    r->cursor = true;
    return fetch(pg, r);
}

/* Gets what is sealed of the records in hand, once that is written down. */
static int get_sealed(struct tr_store *s, struct tr_pg_rows *r, struct tr_err *err)
{
    struct tr_pg *pg = tr_pg(s);
    struct tr_buf records = {0};
    const char *value[1];

    PQclear(r->sealed);
    r->sealed = NULL;
    if (PQntuples(r->part) == 0)
        return 0;
    add_all(r->part, 0, &records);
    if (records.failed || hand(s, tr_buf_z(&records), err) < 0) {
        if (records.failed)
            tr_err_memory(err);
        tr_buf_clear(&records);
        return -1;
    }
    value[0] = tr_buf_z(&records);
    r->sealed =
        PQexecParams(pg->conn, "SELECT transition.seals_of($1)", 1, NULL, value, NULL, NULL, 1);
    tr_buf_clear(&records);
    if (PQresultStatus(r->sealed) == PGRES_TUPLES_OK)
        return 0;
    tr_pg_failed(s, r->sealed, err);
    r->sealed = NULL;
    return -1;
}

/* Another result may come to lie where this one was written down. */
static void drop_part(struct tr_pg_rows *r)
{
    struct tr_pg *pg = tr_pg(r->s);

    if (pg->handed == r->part)
        pg->handed = NULL;
    PQclear(r->part);
    r->part = NULL;
}

/* Takes a result; -1 with err when it is none. */
static int take(struct tr_store *s, struct tr_pg_rows *r, PGresult *res, struct tr_err *err)
{
    ExecStatusType status = PQresultStatus(res);

    drop_part(r);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return tr_pg_failed(s, res, err);
    r->part = res;
    r->row = -1;
    return 0;
}

static int take_next(struct tr_store *s, struct tr_pg_rows *r, struct tr_err *err)
{
    PGresult *res;

    if (tr_pg_answered(s, err) < 0)
        return -1;
    res = r->ahead ? r->ahead : fetch(tr_pg(s), r);
    r->ahead = NULL;
    return take(s, r, res, err);
}

/* Those that give all of a record; what is sealed stands in this column. */
enum { SEALED = 13 };

static bool gives_sealed(enum tr_query which)
{
    return which == Q_whole || which == Q_whole_one || which == Q_whole_as_of ||
           which == Q_whole_history || which == Q_whole_few;
}

static bool gives_records(enum tr_query which)
{
    return which == Q_get || which == Q_get_one || which == Q_get_before || which == Q_get_as_of ||
           which == Q_get_history || which == Q_get_few || which == Q_get_guarded ||
           which == Q_about_person;
}

static int start(struct tr_store *s, struct tr_pg_rows *r, struct tr_err *err)
{
    PGresult *res;

    r->started = true;
    if (tr_pg_answered(s, err) < 0)
        return -1;
    if (r->which == Q_record_one && hand_one(s, atoll(r->value[0]), err) < 0)
        return -1;
    res = texts[r->which].many ? open_cursor(s, r, err) : run_prepared(s, r);
    if (texts[r->which].many && !res)
        return -1;
    return take(s, r, res, err);
}

int tr_pg_next(struct tr_store *s, struct tr_rows *st, struct tr_err *err)
{
    struct tr_pg_rows *r = st->statement;
    struct tr_pg *pg = tr_pg(s);

    if (!r->started && start(s, r, err) < 0)
        goto failed;
    if (r->cursor && r->row + 1 == PART && take_next(s, r, err) < 0)
        goto failed;
    if (gives_sealed(r->which) && r->row < 0 && get_sealed(s, r, err) < 0)
        goto failed;
    if (r->cursor && r->row < 0)
        send_ahead(pg, r);
    if (gives_records(r->which))
        pg->latest = r;
    if (++r->row < PQntuples(r->part))
        return 1;
    tr_pg_reset(st);
    return 0;
failed:
    tr_pg_reset(st);
    return -1;
}

void tr_pg_reset(struct tr_rows *st)
{
    struct tr_pg_rows *r = st->statement;
    struct tr_pg *pg = r ? tr_pg(r->s) : NULL;
    char text[24];

    if (!r || !r->started)
        return;
    fetch_answer(pg);
    drop_part(r);
    PQclear(r->ahead);
    PQclear(r->sealed);
    r->ahead = r->sealed = NULL;
    if (pg->latest == r)
        pg->latest = NULL;
    if (pg->alone == r) {
        PQclear(PQexec(pg->conn, "ROLLBACK")); /* it read, and nothing else */
        pg->alone = NULL;
    } else if (r->cursor && PQtransactionStatus(pg->conn) == PQTRANS_INTRANS) {
        snprintf(text, sizeof text, "CLOSE c%d", (int)r->which);
        PQclear(PQexec(pg->conn, text));
    }
    r->started = r->cursor = false;
}

int64_t tr_pg_column_number(struct tr_rows *st, int column)
{
    struct tr_pg_rows *r = st->statement;

    return number_at(r->part, r->row, column);
}

struct tr_str tr_pg_column_text(struct tr_rows *st, int column)
{
    struct tr_pg_rows *r = st->statement;
    const PGresult *from = r->sealed && column == SEALED ? r->sealed : r->part;

    if (from == r->sealed)
        column = 0;
    return (struct tr_str){PQgetvalue(from, r->row, column),
                           (size_t)PQgetlength(from, r->row, column)};
}

int tr_pg_finish(struct tr_store *s, struct tr_rows *st, uint64_t *n, struct tr_err *err)
{
    struct tr_pg_rows *r = st->statement;
    int rc = start(s, r, err);

    if (rc == 0 && n)
        *n = strtoull(PQcmdTuples(r->part), NULL, 10);
    tr_pg_reset(st);
    return rc;
}

int tr_pg_add(struct tr_store *s, struct tr_rows *st, int64_t *added, struct tr_err *err)
{
    struct tr_pg_rows *r = st->statement;
    int rc = start(s, r, err);

    *added = 0;
    if (rc == 0 && PQntuples(r->part) > 0)
        *added = number_at(r->part, 0, 0);
    tr_pg_reset(st);
    return rc;
}

void tr_pg_forget(struct tr_store *s)
{
    for (int i = 0; i < N_QUERIES; i++) {
        struct tr_pg_rows *r = s->rows[i].statement;

        if (r) {
            PQclear(r->part);
            PQclear(r->ahead);
            PQclear(r->sealed);
        }
        free(r);
        s->rows[i].statement = NULL;
    }
}

#include "store/pg_own.h"

static int purge_begin(struct tr_store *s, struct tr_err *err)
{
    return tr_pg_run(s,
                     "CREATE TEMP TABLE purge (record bigint PRIMARY KEY) ON COMMIT DROP;"
                     "CREATE TEMP TABLE purge_case (id text COLLATE \"C\" PRIMARY KEY) "
                     "ON COMMIT DROP",
                     err);
}

/* Writes the tables anew, without what was deleted. What the server keeps besides, its journal and
 * the copies made of it, is its administrator's. */
static int wipe(struct tr_store *s, bool *shrunk, struct tr_err *err)
{
    *shrunk = tr_pg_run(s, "VACUUM (FULL) transition.record", err) == 0;
    return *shrunk ? 0 : -1;
}

/* Whoever does not see all rows cannot tell which are missing. */
static int need_keeper(struct tr_store *s, struct tr_err *err)
{
    int is = tr_pg_is_keeper(s, err);

    if (is != 0)
        return is < 0 ? -1 : 0;
    return tr_store_refuse(s->path, TR_E_SERVER_DENIED, "transition_keeper", NULL, err);
}

static int check(struct tr_checking *c, struct tr_err *err)
{
    struct tr_rows *st;
    int rc = need_keeper(c->s, err);

    st = rc < 0 ? NULL : tr_rows_ready(c->s, Q_check_schema, err);
    rc = st ? 1 : -1;
    while (rc > 0 && (rc = tr_rows_next(c->s, st, err)) > 0) {
        char what[64];

        tr_err_copy(what, sizeof what, tr_rows_text(st, 0));
        tr_checking_found(c, TR_E_REGISTER_CHANGED, what);
    }
    return rc;
}

static int copy(struct tr_store *s, const char *to, struct tr_str at, struct tr_err *err)
{
    (void)to;
    (void)at;
    return tr_store_refuse(s->path, TR_E_SERVER_LACKS, "copy", NULL, err);
}

static int image(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    (void)out;
    return tr_store_refuse(s->path, TR_E_SERVER_LACKS, "copy", NULL, err);
}

const struct tr_engine tr_pg_engine = {
    .oldest = TR_STORE_VERSION,
    .place = tr_pg_place,
    .create = tr_pg_create,
    .remove = tr_pg_remove,
    .tidy = tr_pg_tidy,
    .open = tr_pg_open,
    .close = tr_pg_close,
    .begin = tr_pg_begin,
    .commit = tr_pg_commit,
    .rollback = tr_pg_rollback,
    .look = tr_pg_look,
    .look_end = tr_pg_look_end,
    .ready = tr_pg_ready,
    .bind_number = tr_pg_bind_number,
    .bind_text = tr_pg_bind_text,
    .bind_blob = tr_pg_bind_blob,
    .next = tr_pg_next,
    .reset = tr_pg_reset,
    .number = tr_pg_column_number,
    .text = tr_pg_column_text,
    .blob = tr_pg_column_text,
    .finish = tr_pg_finish,
    .add = tr_pg_add,
    .reserve = tr_pg_reserve,
    .find_many = tr_pg_find_many,
    .add_many = tr_pg_add_many,
    .purge_begin = purge_begin,
    .wipe = wipe,
    .check = check,
    .copy = copy,
    .image = image,
    .migrate = tr_pg_migrate,
};

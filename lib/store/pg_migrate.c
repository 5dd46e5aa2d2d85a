/* Bringing a register of an earlier schema up to date: the schema is made anew beside it, and takes over all rows as they are, in one
 * transaction. Nothing is sealed or marked anew. */
#include <stdio.h>

#include "store/pg_own.h"

/* Whoever does not own the schema cannot. */
static int need_owner(struct tr_store *s, struct tr_err *err)
{
    char version[16];

    if (tr_pg_is_keeper(s, err) > 0)
        return 0;
    if (err->code != TR_OK)
        return -1;
    snprintf(version, sizeof version, "%d", s->version);
    return tr_store_refuse(s->path, TR_E_REGISTER_OLDER, version, NULL, err);
}

static int make_anew(struct tr_store *s, struct tr_err *err)
{
    return tr_pg_run(s, "ALTER SCHEMA transition RENAME TO transition_before", err) < 0 ||
                   tr_pg_run(s, TR_PG_SCHEMA, err) < 0 || tr_pg_run(s, TR_PG_ANEW, err) < 0 ||
                   tr_store_guard_all(s, err) < 0
               ? -1
               : 0;
}

int tr_pg_migrate(struct tr_store *s, const struct tr_keys *keys, const struct tr_access *line,
                  int (*content)(void *cookie, const struct tr_store_old *old), void *cookie,
                  uint64_t *records, struct tr_err *err)
{
    (void)keys;
    (void)line;
    *records = 0;
    *err = (struct tr_err){.code = TR_OK};
    if (need_owner(s, err) < 0 || tr_store_begin(s, err) < 0)
        return -1;
    if (tr_pg_identify(s, err) < 0 || (s->version < TR_STORE_VERSION && make_anew(s, err) < 0))
        goto failed; /* or others did it meanwhile */
    if (content(cookie, NULL) < 0) {
        tr_err_memory(err);
        goto failed;
    }
    return tr_store_commit(s, err) < 0 || tr_pg_identify(s, err) < 0 ? -1 : tr_pg_know_login(s, err);
failed:
    tr_store_rollback(s);
    return -1;
}

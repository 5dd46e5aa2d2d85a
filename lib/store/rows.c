/* Statements, looks, and what went wrong: what the engines and the register both use. */
#include "store/store_own.h"

#include <stdio.h>

#define TR_QUERY(name, text) [Q_##name] = #name,
const char *const tr_query_names[N_QUERIES] = {TR_QUERIES};
#undef TR_QUERY

struct tr_rows *tr_rows_ready(struct tr_store *s, enum tr_query which, struct tr_err *err)
{
    struct tr_rows *st = &s->rows[which];

    st->engine = s->engine;
    return s->engine->ready(s, st, which, err) < 0 ? NULL : st;
}

int tr_store_look(struct tr_store *s, struct tr_err *err)
{
    return s->engine->look(s, err);
}

void tr_store_look_end(struct tr_store *s, int looking)
{
    if (looking > 0)
        s->engine->look_end(s);
}

/* ---- what went wrong ---- */

int tr_store_refuse(const char *path, enum tr_code code, const char *a, const char *b,
                    struct tr_err *err)
{
    tr_err_set(err, code, a, b, NULL);
    err->source = path;
    return -1;
}

int tr_store_changed(const struct tr_store *s, const char *table, int64_t number,
                     struct tr_err *err)
{
    char where[64];

    snprintf(where, sizeof where, number ? "%s %lld" : "%s", table, (long long)number);
    return tr_store_refuse(s->path, TR_E_REGISTER_CHANGED, where, NULL, err);
}

int tr_store_need(const struct tr_store *s, enum tr_secret secret, struct tr_err *err)
{
    return s->keys && s->keys->has[secret]
               ? 0
               : tr_store_refuse(s->path, TR_E_KEY_PURPOSE, tr_secret_names[secret], NULL, err);
}

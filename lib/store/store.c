#include "store/batch_own.h"

int tr_store_version(const struct tr_store *s)
{
    return s->version;
}

bool tr_store_is_too_old(const struct tr_store *s)
{
    return s->version < s->engine->oldest;
}

/* ---- transactions ---- */

int tr_store_begin(struct tr_store *s, struct tr_err *err)
{
    s->begun = s->changed = s->set = s->listed = false;
    s->put = 0;
    s->never_purged = false; /* others may have, since */
    if (s->binding)
        s->binding->put = 0; /* a put that was rolled back had another */
    if (s->engine->begin(s, err) < 0)
        return -1;
    s->begun = true;
    return 0;
}

int tr_store_ready(struct tr_store *s, struct tr_err *err)
{
    if (tr_store_put_end(s, err) < 0 ||
        (s->put && tr_store_bind_put(s, s->put, &s->held, err) < 0))
        return -1;
    if ((s->listed && tr_store_vouch(s, err) < 0) || (s->set && tr_store_bind_settings(s, err) < 0))
        return -1;
    if ((s->changed || s->set) && tr_store_bind_state(s, err) < 0)
        return -1;
    s->put = 0;
    s->set = s->changed = s->listed = false;
    return 0;
}

int tr_store_commit(struct tr_store *s, struct tr_err *err)
{
    if (tr_store_ready(s, err) < 0 || s->engine->commit(s, err) < 0)
        return -1;
    s->begun = false;
    return 0;
}

void tr_store_rollback(struct tr_store *s)
{
    s->put = s->guard_layout = 0;
    s->begun = false;
    tr_batch_drop(s);
    tr_secret_free(s->purged); /* it may have been made in this transaction */
    s->purged = NULL;
    s->engine->rollback(s);
}

/* ---- the engine alone ---- */

int tr_store_purge_begin(struct tr_store *s, struct tr_err *err)
{
    return tr_store_need(s, TR_SECRET_BIND, err) < 0 ? -1 : s->engine->purge_begin(s, err);
}

int tr_store_wipe(struct tr_store *s, bool *shrunk, struct tr_err *err)
{
    return s->engine->wipe(s, shrunk, err);
}

int tr_store_copy(struct tr_store *s, const char *to, struct tr_str at, struct tr_err *err)
{
    return s->engine->copy(s, to, at, err);
}

int tr_store_image(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    return s->engine->image(s, out, err);
}

int tr_store_migrate(struct tr_store *s, const struct tr_keys *keys, const struct tr_access *line,
                     int (*content)(void *cookie, const struct tr_store_old *old), void *cookie,
                     uint64_t *records, struct tr_err *err)
{
    return s->engine->migrate(s, keys, line, content, cookie, records, err);
}

/* Which engine has a register, and opening it. */
#include <stdio.h>
#include <stdlib.h>

#include "base/apart.h"
#include "store/batch_own.h"

#pragma weak tr_pg_engine

/* The engine that has what the path names; NULL with err: it cannot be had. */
static const struct tr_engine *engine_of(const char *path, struct tr_err *err)
{
    const struct tr_engine *engine =
        tr_store_is_server(path) ? TR_APART(tr_pg_engine) : &tr_sqlite_engine;

    if (!engine)
        tr_apart_missing(err);
    return engine;
}

/* ---- places ---- */

int tr_store_place(const char *path, struct tr_err *err)
{
    const struct tr_engine *engine = engine_of(path, err);

    return engine ? engine->place(path, err) : -1;
}

int tr_store_create(const char *path, struct tr_err *err)
{
    const struct tr_engine *engine = engine_of(path, err);

    return engine ? engine->create(path, err) : -1;
}

void tr_store_remove(const char *path)
{
    const struct tr_engine *engine = engine_of(path, &(struct tr_err){0});

    if (engine)
        engine->remove(path);
}

int tr_store_tidy(const char *path, struct tr_err *err)
{
    const struct tr_engine *engine = engine_of(path, err);

    return engine ? engine->tidy(path, err) : -1;
}

struct tr_store *tr_store_open(const char *path, enum tr_store_mode mode, int timeout,
                               struct tr_err *err)
{
    struct tr_store *s = calloc(1, sizeof *s);
    char text[2][16];

    (void)mode; /* a reader, too, takes part in what keeps others apart */
    if (!s) {
        tr_err_memory(err);
        return NULL;
    }
    s->engine = engine_of(path, err);
    s->path = path;
    if (s->engine && s->engine->open(s, timeout, err) == 0) {
        if (s->version <= TR_STORE_VERSION)
            return s;
        snprintf(text[0], sizeof text[0], "%d", s->version);
        snprintf(text[1], sizeof text[1], "%d", TR_STORE_VERSION);
        tr_store_refuse(path, TR_E_REGISTER_NEWER, text[0], text[1], err);
    }
    tr_store_close(s);
    return NULL;
}

void tr_store_close(struct tr_store *s)
{
    if (!s)
        return;
    if (s->engine)
        s->engine->close(s);
    tr_batch_free(s);
    tr_secret_free(s->run);
    tr_secret_free(s->purged);
    tr_secret_free(s->binding);
    tr_secret_free(s->runs);
    tr_secret_free(s->offices);
    tr_buf_clear(&s->held.runs);
    tr_buf_clear(&s->about);
    tr_buf_clear(&s->guard);
    tr_buf_clear(&s->sealed);
    tr_buf_wipe(&s->opened);
    tr_buf_clear(&s->bydel);
    tr_buf_clear(&s->office);
    free(s);
}

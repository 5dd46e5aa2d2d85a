#include "domain/profile/ids_near.h"

static struct tr_str id_of(const struct tr_records *r, uint32_t i)
{
    const char *record = (const char *)r->record + i * r->kind->size;

    return *(const struct tr_str *)(const void *)(record + r->kind->member[0].at);
}

int tr_ids_near_take(struct tr_ids_near *n, const struct tr_records *r, const struct tr_listener *listener)
{
    for (uint32_t i = 0; r->kind && i < r->n; i++) {
        struct tr_str id = id_of(r, i), twin;
        int rc = tr_dict_add(&n->known, id, &(int){0});
        struct tr_err err;

        if (rc > 0)
            continue;
        rc = rc < 0 ? -1 : tr_twins_add(&n->twins, id, &twin);
        if (rc < 0)
            return -1;
        if (rc == 0 || !listener)
            continue;
        tr_twins_fault(id, twin, &err);
        err.source = r->source;
        err.line = r->line[i];
        listener->say(listener->cookie, &err);
    }
    return 0;
}

void tr_ids_near_clear(struct tr_ids_near *n)
{
    tr_dict_clear(&n->known);
    tr_twins_clear(&n->twins);
}

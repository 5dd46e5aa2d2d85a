/* One record on its way into the register: whom it is about may have been purged. */
#include "cli/register/put_own.h"

/* Whether the record is about somebody who was purged and is left out; -1: said. */
static int left_out(struct tr_putting *p, const struct tr_store_record *record)
{
    const struct tr_str what[] = {record->about.len ? record->about : record->id, record->person,
                                  p->other};
    struct tr_str of = what[0];
    char id[TR_ID_MAX + 1];
    struct tr_err err;
    bool was, any = false;

    if (tr_str_is(record->kind, tr_record_kind_names[TR_RECORD_INSTITUTION]))
        return 0;
    for (int i = 0; i < 3; i++) {
        if (tr_store_was_purged(p->r->store, what[i], &was, &err) < 0)
            return tr_app_fail(p->r->app, &err);
        if (was && p->put->bring_back &&
            tr_store_purge_mark(p->r->store, what[i], &p->brought, &err) < 0)
            return tr_app_fail(p->r->app, &err);
        of = was && i == 2 && !any ? what[i] : of;
        any |= was;
    }
    if (!any)
        return 0;
    p->put->purged++;
    if (p->put->bring_back) {
        if (record->person.len > 0) {
            tr_buf_str(&p->brought, record->person);
            tr_buf_char(&p->brought, '\n');
        }
        return 0;
    }
    tr_err_copy(id, sizeof id, of);
    tr_err_set(&err, TR_E_WAS_PURGED, id, NULL, NULL);
    tr_app_say(p->r->app, &err);
    return 1;
}

int tr_putting_store(struct tr_putting *p, struct tr_store_record *record)
{
    struct tr_err err;
    int rc = left_out(p, record);

    if (rc != 0)
        return rc < 0 ? -1 : 0;
    record->layout = p->layout;
    p->bare |= record->open.len == 0;
    if (p->form.body.buf.failed || p->form.said.failed || p->open.failed ||
        tr_put_referral_failed(&p->making)) {
        tr_err_memory(&err);
        return tr_app_fail(p->r->app, &err);
    }
    return tr_store_put(p->r->store, record, p->put->news, &err) < 0 ? tr_app_fail(p->r->app, &err)
                                                                     : 0;
}

/* Finds or adds the layout with this header. */
int tr_putting_layout(struct tr_putting *p, enum tr_record_kind kind, struct tr_str header)
{
    struct tr_err err;

    return tr_store_layout(p->r->store, tr_str(tr_record_kind_names[kind]), header, &p->layout,
                           &err) < 0
               ? tr_app_fail(p->r->app, &err)
               : 0;
}

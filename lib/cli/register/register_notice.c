/* What a put tells of that the register does not have, told before it is committed. */
#include <stdio.h>

#include "cli/input/records.h"
#include "cli/register/register_own.h"

/* Ids of what the register does not have: how many, the first, and where the input has it. */
struct missing {
    uint64_t n, line;
    char first[TR_ID_MAX + 1];
};

static void note_missing(struct missing *m, struct tr_str id, uint64_t line)
{
    if (m->n++ > 0)
        return;
    tr_err_copy(m->first, sizeof m->first, id);
    m->line = line;
}

/* Which one it is, is a cell of the input: told by its line, and shown to who asks for values. */
static void tell_missing(struct tr_register *r, enum tr_code code, const struct tr_records *of,
                         const struct missing *m)
{
    struct tr_err err;
    char n[24];

    if (m->n == 0)
        return;
    snprintf(n, sizeof n, "%llu", (unsigned long long)m->n);
    tr_err_set(&err, code, n, NULL, NULL);
    err.source = m->line ? of->source : NULL;
    err.line = m->line;
    tr_err_copy(err.value, sizeof err.value, tr_str(m->first));
    tr_app_say(r->app, &err);
}

struct seeking {
    const struct tr_records *records;
    int about; /* member that tells the case; -1: none does */
    struct missing missing;
};

static int take_case(void *cookie, struct tr_str id)
{
    struct seeking *s = cookie;
    const struct tr_records *of = s->records;
    uint64_t line = 0;

    for (uint32_t i = 0; s->missing.n == 0 && s->about >= 0 && line == 0 && i < of->n; i++)
        line = tr_str_eq(tr_record_text(of, i, s->about), id) ? of->line[i] : 0;
    note_missing(&s->missing, id, line);
    return 0;
}

static int tell_cases(struct tr_register *r, const struct tr_put_noticed *put)
{
    const struct tr_kept_kind *k = &tr_kept[put->kind];
    struct seeking s = {.records = put->records, .about = -1};
    struct tr_err err;

    if (put->records && k->about)
        s.about = tr_kind_member(k->kind, tr_str(k->about));
    if (tr_store_put_about(r->store, take_case, &s, &err) < 0)
        return tr_app_fail(r->app, &err);
    tell_missing(r, TR_W_NO_CASE, put->records, &s.missing);
    return 0;
}

static int tell_places(struct tr_register *r, const struct tr_records *stays)
{
    const char *path = tr_register_table(r, TR_RECORD_INSTITUTION);
    struct tr_records places = {0};
    struct missing m = {0};
    int rc = path ? tr_app_records(r->app, &tr_institution_kind, path, &places) : -1;

    for (uint32_t i = 0; rc == 0 && places.n > 0 && i < stays->n; i++) {
        const struct tr_str id = tr_stay(stays, i)->institution_id;

        if (tr_records_find(&places, id) < 0)
            note_missing(&m, id, stays->line[i]);
    }
    tell_missing(r, TR_W_NO_PLACE, stays, &m);
    tr_records_clear(&places);
    return rc;
}

int tr_register_notice(struct tr_register *r, const struct tr_put_noticed *put)
{
    struct tr_err err;

    if (put->kind == TR_RECORD_STAY && tell_places(r, put->records) < 0)
        return -1;
    if (tr_store_put_end(r->store, &err) < 0) /* its counts end here */
        return tr_app_fail(r->app, &err);
    return tr_put_emptied_tell(put->emptied, put) < 0 ? -1 : tell_cases(r, put);
}

#include "cli/register/desk.h"
#include "cli/register/register_passing.h"

#include <stdlib.h>

/* Reads all that bears on places, as it is under the lock. */
static int look(struct tr_app *app, struct tr_register_desk *d, int32_t as_of)
{
    const struct tr_case_paths paths = {
        .referrals = tr_register_table(&d->r, TR_RECORD_REFERRAL),
        .institutions = tr_register_table(&d->r, TR_RECORD_INSTITUTION),
        .stays = tr_register_table(&d->r, TR_RECORD_STAY),
        .events = tr_register_table(&d->r, TR_RECORD_EVENT),
        .links = tr_register_table(&d->r, TR_RECORD_LINK)};
    struct tr_err err;

    if (!paths.referrals || !paths.institutions || !paths.stays || !paths.events || !paths.links ||
        tr_casefile_read(app, &d->cases, &paths, &d->institutions, &d->stays, as_of) < 0)
        return -1;
    if (!(d->holds = tr_cases_holds(&d->cases.cases, &d->stays)))
        return tr_app_no_memory(app);
    if (tr_vacancies_count(&d->vacancies, &d->institutions, &d->stays, d->holds, TR_BY_INSTITUTION,
                           as_of, &err) < 0 ||
        tr_again_load(&d->again, &app->profile, d->cases.states.offer_days, &err) < 0)
        return tr_app_fail(app, &err);
    return 0;
}

int tr_desk_open(struct tr_app *app, struct tr_register_desk *d, const struct tr_desk_options *o)
{
    const char *given = tr_app_iso_day(app, "as-of", o->as_of, d->day);
    struct tr_err err;
    int32_t as_of;

    tr_records_start(&d->made, &tr_stay_kind, &app->profile, o->path);
    if (tr_register_open(app, &d->r, o->path, TR_STORE_WRITE, o->timeout) < 0 ||
        tr_register_key(&d->r, o->key, true) < 0 || tr_register_ask_witness(&d->r) < 0)
        return -1;
    if (!given)
        memcpy(d->day, d->r.day, sizeof d->day);
    as_of = tr_app_day(app, "as-of", d->day);
    if (tr_store_begin(d->r.store, &err) < 0)
        return tr_app_fail(app, &err);
    d->begun = app->hold = true;
    if (look(app, d, as_of) < 0)
        return -1;
    d->desk = (struct tr_desk){&d->cases.cases, &d->institutions, &d->stays, d->holds,
                               &d->vacancies,   &d->again,        as_of,     &d->made};
    return 0;
}

int tr_desk_commit(struct tr_register_desk *d)
{
    struct tr_passing passing;
    const char *member;
    struct tr_err err;

    for (uint32_t i = 0; i < d->made.n; i++) /* one that cannot be read again would shut everybody out */
        if (tr_must(tr_stay_kind.check(tr_stay(&d->made, i), &member) == TR_OK, &err) < 0)
            return tr_app_fail(d->r.app, &err);
    if (d->made.n == 0)
        return 0;
    if (d->made.text.failed)
        return tr_app_no_memory(d->r.app);
    if (tr_register_put_made(&d->r, TR_RECORD_STAY, &d->made, d->day) < 0 ||
        tr_register_pass_on(&d->r, &passing) < 0 || tr_register_commit(&d->r) < 0)
        return -1;
    d->begun = false;
    tr_register_tell_passing(&d->r, &passing);
    return tr_register_tell_witness(&d->r, NULL);
}

void tr_desk_close(struct tr_register_desk *d)
{
    if (d->begun)
        tr_store_rollback(d->r.store);
    free(d->holds);
    tr_vacancies_clear(&d->vacancies);
    tr_casefile_clear(&d->cases);
    tr_records_clear(&d->made);
    tr_records_clear(&d->stays);
    tr_records_clear(&d->institutions);
    tr_register_close(&d->r);
}

#include "cli/input/caselog.h"

#include <stdio.h>

#include "domain/profile/reading.h"
#include "domain/referral/identity.h"

int tr_app_protect(struct tr_app *app, const struct tr_records *cases,
                   struct tr_records *identities)
{
    for (uint32_t i = 0; i < cases->n; i++)
        if (tr_identity_protect(identities, tr_case(cases, i)->id, tr_case(cases, i)->protection) <
            0)
            return tr_app_no_memory(app);
    return 0;
}

int tr_caselog_read(struct tr_app *app, const struct tr_caselog *files, struct tr_casefile *cases,
                    struct tr_records *events, int32_t as_of)
{
    struct tr_records institutions = {0}, stays = {0}, *referrals = &cases->referrals;
    int rc = tr_casefile_start(app, cases);

    cases->in_part = true;
    cases->each = files->each;
    if (rc == 0)
        rc = files->each
                 ? tr_app_records_each(app, &tr_event_kind, files->events, &cases->bad, events)
                 : tr_app_records(app, &tr_event_kind, files->events, events);
    if (rc == 0 && tr_events_deal(events) < 0)
        rc = tr_app_no_memory(app);
    if (rc == 0 && files->referrals)
        rc = tr_casefile_referrals(app, cases, files->referrals,
                                   files->fields | UINT64_C(1) << TR_F_STAY_TYPE);
    if (rc == 0)
        rc = tr_casefile_links(app, cases, files->links);
    if (rc == 0 && files->identities)
        rc = tr_app_protect(app, referrals, files->identities);
    if (rc == 0 && files->institutions)
        rc = tr_app_records(app, &tr_institution_kind, files->institutions, &institutions);
    if (rc == 0)
        rc = files->each
                 ? tr_app_stays_each(app, files->stays, &institutions, as_of, &cases->bad, &stays)
                 : (files->history ? tr_app_stays_history
                                   : tr_app_stays)(app, files->stays, &institutions, as_of, &stays);
    if (rc == 0 && tr_events_add_known(events, referrals, &stays, files->history) < 0)
        rc = tr_app_no_memory(app);
    if (files->kept_stays)
        *files->kept_stays = stays;
    else
        tr_records_clear(&stays);
    tr_records_clear(&institutions);
    return rc;
}

/* Leaves out the cases of which a row cannot be read: what is due in them, nobody knows. */
static void leave_out_bad(const struct tr_app *app, const struct tr_dict *bad,
                          struct tr_records *events)
{
    char number[24];
    uint32_t n = 0;

    if (bad->n == 0)
        return;
    for (uint32_t i = 0; i < events->n; i++) {
        if (tr_dict_find(bad, tr_event(events, i)->case_id) >= 0)
            continue;
        *tr_event(events, n) = *tr_event(events, i);
        events->line[n++] = events->line[i];
    }
    events->n = n;
    snprintf(number, sizeof number, "%zu", bad->n);
    tr_app_note(app, N_("cases left out, as a row about them could not be read: %1"), number, NULL);
}

/* Takes the district from those whose address is protected: to be found by it would tell where they live. That
 * there are any is said whichever district is asked for, as to say it of one would tell it too. */
static void hide_districts(const struct tr_app *app, struct tr_records *cases)
{
    bool any = false;

    for (uint32_t i = 0; i < cases->n; i++) {
        if (!tr_protects(cases->profile, tr_case(cases, i)->protection))
            continue;
        tr_case(cases, i)->bydel = -1;
        any = true;
    }
    if (any)
        tr_app_note(app, N_("the register has protected addresses: they are in no list of a district"), NULL,
                    NULL);
}

/* Tells referrals that are asked for and were received years from now: a slip, of which nothing is due. */
static void tell_far(struct tr_app *app, const struct tr_caselog *files, const struct tr_records *cases,
                     int32_t as_of)
{
    struct tr_err err;

    for (uint32_t i = 0; i < cases->n; i++) {
        const struct tr_case *c = tr_case(cases, i);

        if (!tr_day_is_far(c->received, as_of) || (files->bydel >= 0 && c->bydel != files->bydel) ||
            (files->case_id && !tr_str_is(c->id, files->case_id)))
            continue;
        tr_records_fault(cases, i, "received", TR_W_YEAR, NULL, NULL, &err);
        tr_app_say(app, &err);
    }
}

int tr_caselog_keep(struct tr_app *app, const struct tr_caselog *files, struct tr_casefile *cases,
                    struct tr_records *events, int32_t as_of)
{
    bool some = files->bydel >= 0 || files->case_id;
    struct tr_casefile told = {0};
    int rc;

    if (files->each)
        leave_out_bad(app, &cases->bad, events);
    if (files->hides && files->bydel >= 0)
        hide_districts(app, &cases->referrals);
    tell_far(app, files, &cases->referrals, as_of);
    rc = tr_casefile_from(app, cases, events, as_of, !some);
    tr_events_keep(events, &cases->referrals, files->bydel, tr_str(files->case_id), files->until);
    if (rc == 0 && some) { /* nothing is said of the cases of others */
        rc = tr_casefile_start(app, &told);
        if (rc == 0)
            rc = tr_casefile_from(app, &told, events, as_of, true);
        tr_casefile_clear(&told);
    }
    return rc;
}

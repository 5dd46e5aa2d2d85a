#include "cli/caselog.h"

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
                    struct tr_records *events)
{
    struct tr_records institutions = {0}, stays = {0}, *referrals = &cases->referrals;
    int rc = tr_app_records(app, &tr_event_kind, files->events, events);

    if (rc == 0)
        rc = tr_casefile_start(app, cases);
    if (rc == 0 && files->referrals)
        rc = tr_app_records(app, &tr_case_kind, files->referrals, referrals);
    if (rc == 0)
        rc = tr_casefile_links(app, cases, files->links);
    if (rc == 0 && files->identities)
        rc = tr_app_protect(app, referrals, files->identities);
    if (rc == 0 && files->institutions)
        rc = tr_app_records(app, &tr_institution_kind, files->institutions, &institutions);
    if (rc == 0)
        rc = (files->history ? tr_app_stays_history : tr_app_stays)(app, files->stays,
                                                                    &institutions, &stays);
    if (rc == 0 && tr_events_add_known(events, referrals, &stays) < 0)
        rc = tr_app_no_memory(app);
    if (files->kept_stays)
        *files->kept_stays = stays;
    else
        tr_records_clear(&stays);
    tr_records_clear(&institutions);
    return rc;
}

int tr_caselog_keep(struct tr_app *app, const struct tr_caselog *files, struct tr_casefile *cases,
                    struct tr_records *events, int32_t as_of)
{
    bool some = files->bydel >= 0 || files->case_id;
    struct tr_casefile told = {0};
    int rc = tr_casefile_from(app, cases, events, as_of, !some);

    tr_events_keep(events, &cases->referrals, files->bydel, tr_str(files->case_id), files->until);
    if (rc == 0 && some) { /* nothing is said of the cases of others */
        rc = tr_casefile_start(app, &told);
        if (rc == 0)
            rc = tr_casefile_from(app, &told, events, as_of, true);
        tr_casefile_clear(&told);
    }
    return rc;
}

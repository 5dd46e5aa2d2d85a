#include "cli/register/register_case.h"

#include "cli/casefile.h"
#include "domain/cases/chain.h"
#include "domain/placement/placement.h"
#include "domain/referral/link.h"

struct sources {
    struct tr_casefile cases;
    struct tr_records institutions, stays, decisions, links, chain;
};

static int take(struct tr_register *r, struct sources *s)
{
    struct tr_app *app = r->app;
    const char *referrals = tr_register_table(r, TR_RECORD_REFERRAL);
    const char *institutions = tr_register_table(r, TR_RECORD_INSTITUTION);
    const char *stays = tr_register_table(r, TR_RECORD_STAY);
    const char *events = tr_register_table(r, TR_RECORD_EVENT);
    const char *decisions = tr_register_table(r, TR_RECORD_DECISION);
    const char *links = tr_register_table(r, TR_RECORD_LINK);

    return !referrals || !institutions || !stays || !events || !decisions || !links ||
                   tr_app_records(app, &tr_institution_kind, institutions, &s->institutions) < 0 ||
                   tr_app_stays(app, stays, &s->institutions, &s->stays) < 0 ||
                   tr_casefile_start(app, &s->cases) < 0 ||
                   tr_casefile_referrals(app, &s->cases, referrals) < 0 ||
                   tr_casefile_links(app, &s->cases, links) < 0 ||
                   tr_app_records(app, &tr_link_kind, links, &s->links) < 0 ||
                   tr_app_records(app, &tr_event_kind, events, &s->cases.events) < 0 ||
                   tr_app_records(app, &tr_placement_kind, decisions, &s->decisions) < 0
               ? -1
               : 0;
}

int tr_register_case(struct tr_register *r, const char *id, const char *as_of,
                     enum tr_format format, const char *path)
{
    struct sources s = {0};
    struct tr_app *app = r->app;
    struct tr_err err;
    int rc = take(r, &s);

    tr_records_start(&s.chain, &tr_chain_kind, &app->profile, NULL);
    if (rc == 0) {
        rc = tr_chain_make(&s.chain, &s.cases.states, &s.cases.referrals, &s.stays, &s.cases.events,
                           tr_str(id), tr_app_day(app, "as-of", as_of ? as_of : r->day), &err);
        if (rc > 0) {
            rc = tr_err_set(&err, TR_E_NOT_IN_REGISTER, id, NULL, NULL);
            err.source = app->register_name;
        }
        for (uint32_t i = 0; rc == 0 && i < s.decisions.n; i++) {
            const struct tr_placement *p = tr_placement(&s.decisions, i);

            if (tr_chain_decided(&s.chain, &s.cases.referrals, p->id, p->decision,
                                 p->institution_id, p->reason) < 0)
                rc = tr_err_memory(&err);
        }
        if (rc == 0 && tr_chain_linked(&s.chain, &s.cases.referrals, &s.links,
                                       tr_app_day(app, "as-of", as_of ? as_of : r->day)) < 0)
            rc = tr_err_memory(&err);
        if (rc == 0)
            rc = tr_chain_order(&s.chain, &err);
        if (rc < 0)
            tr_app_fail(app, &err);
    }
    if (rc == 0)
        rc = tr_app_put_records(app, &s.chain, format, path);
    tr_records_clear(&s.chain);
    tr_records_clear(&s.links);
    tr_records_clear(&s.decisions);
    tr_records_clear(&s.stays);
    tr_records_clear(&s.institutions);
    tr_casefile_clear(&s.cases);
    return rc;
}

/* register-purge: remove a person, or what is too old, without a trace. */
#include <stdio.h>

#include "cli/casefile.h"
#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-purge --before=2016-11-21 --reason=retention reg.db",
     N_("everything before a given day, with its history")},
    {NULL},
};

/* The cases of which all is older than the day, as their states are today. *kept: how many are as
 * old but for their state. */
static int gather_old(struct tr_register *r, const char *before, uint64_t *kept, struct tr_err *err)
{
    const struct tr_case_paths paths = {
        tr_register_table(r, TR_RECORD_REFERRAL), tr_register_table(r, TR_RECORD_INSTITUTION),
        tr_register_table(r, TR_RECORD_STAY), tr_register_table(r, TR_RECORD_EVENT),
        tr_register_table(r, TR_RECORD_LINK)};
    struct tr_records places = {0}, stays = {0};
    struct tr_casefile f = {0};
    int rc = -1;

    *kept = 0;
    if (paths.referrals && paths.institutions && paths.stays && paths.events &&
        paths.links)
        rc = tr_casefile_read(r->app, &f, &paths, &places, &stays,
                              tr_app_day(r->app, "today", r->day));
    for (uint32_t i = 0; rc == 0 && i < f.cases.n; i++) {
        const struct tr_case_standing *at = &f.cases.at[i];
        int32_t day = tr_app_day(r->app, "before", before);

        if (tr_case_is_old(&f.cases, at, day))
            rc = tr_store_purge_case(r->store, at->id, err);
        else
            *kept += at->last != TR_NO_DAY && at->last < day;
        if (rc < 0)
            tr_app_fail(r->app, err);
    }
    if (rc == 0 && tr_store_purge_recent(r->store, tr_str(before), err) < 0)
        rc = tr_app_fail(r->app, err);
    tr_casefile_clear(&f);
    tr_records_clear(&stays);
    tr_records_clear(&places);
    return rc;
}

/* The cases of referrals that were decided to be of the person. *linked: how many have no number that
 * says so. */
static int gather_linked(struct tr_register *r, const char *person, uint64_t *linked)
{
    const char *referrals = tr_register_table(r, TR_RECORD_REFERRAL);
    const char *links = tr_register_table(r, TR_RECORD_LINK);
    struct tr_casefile f = {0};
    struct tr_err err;
    int rc = referrals && links && tr_casefile_start(r->app, &f) == 0 &&
                     tr_casefile_referrals(r->app, &f, referrals) == 0
                 ? 0
                 : -1;

    *linked = 0;
    for (uint32_t i = 0; rc == 0 && i < f.referrals.n; i++)
        *linked -= tr_str_is(tr_case(&f.referrals, i)->person_id, person);
    if (rc == 0)
        rc = tr_casefile_links(r->app, &f, links);
    for (uint32_t i = 0; rc == 0 && i < f.referrals.n; i++) {
        const struct tr_case *c = tr_case(&f.referrals, i);

        if (!tr_str_is(c->person_id, person))
            continue;
        ++*linked;
        if (tr_store_purge_case(r->store, c->id, &err) < 0)
            rc = tr_app_fail(r->app, &err);
    }
    tr_casefile_clear(&f);
    return rc;
}

/* Removes and writes it down, in one transaction; then wipes. */
static int purge(struct tr_register *r, const char *person, const char *before, const char *why,
                 uint64_t *n, uint64_t *kept, uint64_t *linked)
{
    struct tr_err err;
    bool shrunk;

    if (tr_store_begin(r->store, &err) < 0)
        return tr_app_fail(r->app, &err);
    if (tr_store_purge_begin(r->store, &err) < 0)
        goto failed;
    if (person) {
        if (tr_store_purge_person(r->store, tr_str(person), &err) < 0)
            goto failed;
        if (gather_linked(r, person, linked) < 0) {
            tr_store_rollback(r->store);
            return -1;
        }
    } else if (gather_old(r, before, kept, &err) < 0) {
        tr_store_rollback(r->store);
        return -1;
    }
    if (tr_store_purge_end(r->store, n, &err) < 0)
        goto failed;
    if (tr_register_log(r, "purge", why, (struct tr_str){NULL, 0}) < 0) {
        tr_store_rollback(r->store);
        return -1;
    }
    if (tr_store_commit(r->store, &err) < 0)
        goto failed;
    if (tr_store_wipe(r->store, &shrunk, &err) < 0)
        return tr_app_fail(r->app, &err);
    if (!shrunk) {
        err.code = TR_W_SHRINK; /* with the words of the system */
        tr_app_say(r->app, &err);
    }
    return tr_register_tell_witness(r, NULL);
failed:
    tr_store_rollback(r->store);
    return tr_app_fail(r->app, &err);
}

/* The first day that the profile's retention keeps. */
static const char *oldest_kept(struct tr_app *app, const struct tr_register *r,
                               char day[TR_DATE_LEN + 1])
{
    int days = tr_profile_number(&app->profile, "retention_days", 0);
    struct tr_date today;

    if (days <= 0)
        tr_app_usage(app, N_("the profile has no retention_days"), NULL, NULL);
    tr_date_parse(tr_str(r->day), &today);
    tr_date_iso(tr_date_of(tr_date_number(today) - days), day);
    day[TR_DATE_LEN] = '\0';
    return day;
}

int main(int argc, char **argv)
{
    const char *before = NULL, *key_path = NULL, *person = NULL, *reason = NULL, *timeout = NULL;
    bool retention = false;
    const struct tr_option options[] = {
        {"before", .arg = "DATE", .text = &before,
         .help = N_("everything dated before DATE, except institutions")},
        {"key", .arg = "FILE", .text = &key_path, .help = N_("the register’s key")},
        {"person", .arg = "PSEUDONYM", .text = &person,
         .help = N_("everything about this person, including stays and decisions")},
        {"reason", .arg = "TEXT", .text = &reason, .help = N_("the reason, which is logged")},
        {"retention", .flag = &retention,
         .help = N_("everything older than retention_days of the profile, except institutions")},
        {"timeout", .arg = "SECONDS", .text = &timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-purge",
        .purpose = N_("remove a person, or records past their retention period, without a trace"),
        .arguments = "register",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
    };
    struct tr_register r = {0};
    char number[24], day[TR_DATE_LEN + 1];
    uint64_t n, kept = 0, linked = 0;

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register"), NULL, NULL);
    if ((person != NULL) + (before != NULL) + retention != 1)
        tr_app_usage(&app, N_("name one of --person, --before and --retention"), NULL, NULL);
    if (!reason || !*reason)
        tr_app_usage(&app, N_("--reason=TEXT is needed"), NULL, NULL);
    tr_register_check_reason(&app, reason);
    before = tr_app_iso_day(&app, "before", before, day);
    if (tr_register_open(&app, &r, app.arguments_given[0], TR_STORE_WRITE, timeout) == 0 &&
        tr_register_key(&r, key_path, true) == 0 && tr_register_ask_witness(&r) == 0 &&
        purge(&r, person, retention ? oldest_kept(&app, &r, day) : before, reason, &n, &kept,
              &linked) == 0) {
        snprintf(number, sizeof number, "%llu", (unsigned long long)linked);
        if (linked > 0)
            tr_app_note(&app, N_("also removed, as decided to be of the same person: referrals %1"),
                        number, NULL);
        snprintf(number, sizeof number, "%llu", (unsigned long long)kept);
        if (kept > 0)
            tr_app_note(
                &app,
                N_("as old, but kept as the case is open: %1; close it, or record how it ended"),
                number, NULL);
        snprintf(number, sizeof number, "%llu", (unsigned long long)n);
        if (n > 0 || app.verbose)
            tr_app_note(&app, N_("removed: %1"), number, NULL);
    }
    tr_register_close(&r);
    return tr_app_end(&app);
}

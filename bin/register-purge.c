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
        .referrals = tr_register_table(r, TR_RECORD_REFERRAL),
        .institutions = tr_register_table(r, TR_RECORD_INSTITUTION),
        .stays = tr_register_table(r, TR_RECORD_STAY),
        .events = tr_register_table(r, TR_RECORD_EVENT),
        .links = tr_register_table(r, TR_RECORD_LINK)};
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

struct wanted {
    const char *person, *id, *before, *why;
};

/* How much. */
struct purged {
    uint64_t n, kept, linked; /* linked: of those, cases that were decided to be of the person */
};

/* Removes and writes it down, in one transaction; then wipes. 0 when it is removed, whatever became of
 * the rest, which is said. */
static int purge(struct tr_register *r, const struct wanted *what, struct purged *done)
{
    struct tr_buf marks = {0};
    struct tr_err err;
    bool shrunk;
    int rc;

    if (tr_store_begin(r->store, &err) < 0)
        return tr_app_fail(r->app, &err);
    if (tr_store_purge_begin(r->store, &err) < 0)
        goto failed;
    if (what->person) {
        if (tr_store_purge_person(r->store, tr_str(what->person), &err) < 0 ||
            tr_store_purge_mark(r->store, tr_str(what->person), &marks, &err) < 0)
            goto failed;
        if (gather_linked(r, what->person, &done->linked) < 0)
            goto said;
    } else if (what->id) {
        if (tr_store_purge_case(r->store, tr_str(what->id), &err) < 0)
            goto failed;
    } else if (gather_old(r, what->before, &done->kept, &err) < 0) {
        goto said;
    }
    if (tr_store_purge_end(r->store, &marks, &done->n, &err) < 0)
        goto failed;
    tr_register_order(&marks);
    if (marks.failed) {
        tr_app_no_memory(r->app);
        goto said;
    }
    rc = tr_register_log(r, "purge", what->why, tr_buf_slice(&marks));
    if (rc < 0)
        goto said;
    tr_buf_clear(&marks);
    if (tr_register_commit(r) < 0)
        goto said;
    if (tr_store_wipe(r->store, &shrunk, &err) < 0) {
        tr_app_say(r->app, &err);
    } else if (!shrunk) {
        err.code = TR_W_SHRINK; /* with the words of the system */
        tr_app_say(r->app, &err);
    }
    tr_register_tell_witness(r, NULL);
    return 0;
failed:
    tr_app_fail(r->app, &err);
said:
    tr_store_rollback(r->store);
    tr_buf_clear(&marks);
    tr_app_note(r->app, N_("nothing was removed"), NULL);
    return -1;
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

static void say(const struct tr_app *app, const char *msgid, uint64_t n)
{
    char number[24];

    snprintf(number, sizeof number, "%llu", (unsigned long long)n);
    tr_app_note(app, msgid, number, NULL);
}

static void say_removed(const struct tr_app *app, const struct purged *done)
{
    if (done->linked > 0)
        say(app, N_("also removed, as decided to be of the same person: referrals %1"),
            done->linked);
    if (done->kept > 0)
        say(app, N_("as old, but kept as the case is open: %1; close it, or record how it ended"),
            done->kept);
    if (done->n > 0 || app->verbose)
        say(app, N_("removed: %1"), done->n);
}

int main(int argc, char **argv)
{
    const char *key_path = NULL, *timeout = NULL;
    struct wanted what = {NULL};
    bool retention = false;
    const struct tr_option options[] = {
        {"before", .arg = "DATE", .text = &what.before,
         .help = N_("everything dated before DATE, except institutions")},
        {"id", .arg = "ID", .text = &what.id,
         .help = N_("everything about this case, which need not have a person")},
        {"key", .arg = "FILE", .text = &key_path, .help = N_("the register’s key")},
        {"person", .arg = "PSEUDONYM", .text = &what.person,
         .help = N_("everything about this person, including stays and decisions")},
        {"reason", .arg = "TEXT", .text = &what.why, .help = N_("the reason, which is logged")},
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
    char day[TR_DATE_LEN + 1];
    struct purged done = {0};

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register"), NULL, NULL);
    if ((what.person != NULL) + (what.id != NULL) + (what.before != NULL) + retention != 1)
        tr_app_usage(&app, N_("name one of --person, --id, --before and --retention"), NULL, NULL);
    if (!what.why || !*what.why)
        tr_app_usage(&app, N_("--reason=TEXT is needed"), NULL, NULL);
    tr_register_check_reason(&app, what.why);
    what.before = tr_app_iso_day(&app, "before", what.before, day);
    if (tr_register_open(&app, &r, app.arguments_given[0], TR_STORE_WRITE, timeout) == 0 &&
        tr_register_key(&r, key_path, true) == 0 && tr_register_ask_witness(&r) == 0) {
        if (retention)
            what.before = oldest_kept(&app, &r, day);
        if (purge(&r, &what, &done) == 0)
            say_removed(&app, &done);
    }
    tr_register_close(&r);
    return tr_app_end(&app);
}

/* register-purge: remove a person, or what is too old, without a trace. */
#include <stdio.h>

#include "cli/register/register_purge.h"

static const struct tr_example examples[] = {
    {"register-purge --before=2016-11-21 --reason=retention reg.db",
     N_("everything before a given day, with its history")},
    {NULL},
};

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

static void say_removed(const struct tr_app *app, const struct tr_purge *done)
{
    if (done->linked > 0)
        say(app, N_("also removed, as decided to be of the same person: referrals %1"),
            done->linked);
    if (done->parted > 0)
        say(app,
            N_("about somebody else now: referrals %1; what they were as the person's is gone, the rest is kept"),
            done->parted);
    if (done->kept > 0)
        say(app, N_("as old, but kept as the case is open: %1; close it, or record how it ended"),
            done->kept);
    if (done->marked > 0)
        say(app,
            N_("as old, but kept as only they tell that a person's address is protected: %1; write it in the person's others"),
            done->marked);
    if (done->undated > 0)
        say(app, N_("kept, as no day is known in the case: %1"), done->undated);
    if (done->n > 0 || app->verbose)
        say(app, N_("removed: %1"), done->n);
}

int main(int argc, char **argv)
{
    const char *key_path = NULL, *timeout = NULL;
    struct tr_purge what = {NULL};
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
        .spills = true,
    };
    struct tr_register r = {0};
    char day[TR_DATE_LEN + 1];

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register"), NULL, NULL);
    if ((what.person != NULL) + (what.id != NULL) + (what.before != NULL) + retention != 1)
        tr_app_usage(&app, N_("name one of --person, --id, --before and --retention"), NULL, NULL);
    if (!what.why || !*what.why)
        tr_app_usage(&app, N_("--reason=TEXT is needed"), NULL, NULL);
    tr_register_check_reason(&app, what.why);
    tr_register_check_person(&app, what.person);
    what.before = tr_app_iso_day(&app, "before", what.before, day);
    if (tr_register_open(&app, &r, app.arguments_given[0], TR_STORE_WRITE, timeout) == 0 &&
        tr_register_key(&r, key_path, true) == 0 && tr_register_ask_witness(&r) == 0) {
        if (retention)
            what.before = oldest_kept(&app, &r, day);
        if (tr_register_purge(&r, &what) == 0)
            say_removed(&app, &what);
    }
    tr_register_close(&r);
    return tr_app_end(&app);
}

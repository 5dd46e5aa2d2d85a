#include "cli/work/effect_report.h"

#include <stdio.h>

#include "cli/input/caselog.h"
#include "cli/writing/reporting.h"
#include "domain/referral/link.h"

const char *const tr_effect_whats[] = {
    [TR_REPORT_EPISODES] = "episodes", [TR_REPORT_TENANCIES] = "tenancies", NULL};

struct inputs {
    struct tr_records event, episode, tenant, site, decided;
};

/* Reads a table that may be missing. */
static int read(struct tr_app *app, const struct tr_kind *kind, const char *path,
                struct tr_records *out)
{
    if (path)
        return tr_app_records(app, kind, path, out);
    tr_records_start(out, kind, &app->profile, NULL);
    return 0;
}

static int read_all(struct tr_app *app, const struct tr_effect_report *r, struct inputs *in)
{
    if (read(app, &tr_event_kind, r->events, &in->event) < 0 ||
        read(app, &tr_episode_kind, r->episodes, &in->episode) < 0 ||
        read(app, &tr_tenant_kind, r->referrals, &in->tenant) < 0 ||
        read(app, &tr_tenant_site_kind, r->sites, &in->site) < 0 ||
        read(app, &tr_link_kind, r->links, &in->decided) < 0)
        return -1;
    return tr_tenants_settle(&in->tenant, &in->decided) < 0 ? tr_app_no_memory(app) : 0;
}

/* What the figures leave out. */
static void say_told(struct tr_app *app, const struct tr_effect_told *told)
{
    char number[24];
    struct tr_err err;

    tr_report_say_few(app, told->few);
    if (told->elsewhere == 0)
        return;
    snprintf(number, sizeof number, "%lu", (unsigned long)told->elsewhere);
    tr_err_set(&err, TR_W_EPISODE_ELSEWHERE, number, NULL, NULL);
    tr_app_say(app, &err);
}

static void report(struct tr_app *app, struct tr_effect_report *r, const struct inputs *in)
{
    const struct tr_effect_data data = {&in->event, &in->episode, &in->tenant, &in->site};
    struct tr_effect_told told = {0};
    struct tr_figures out = {0};
    struct tr_err err;

    r->choice.by = (enum tr_effect_by)r->by;
    if (tr_effect_load(&r->choice, &app->profile, &err) < 0 ||
        (r->what == TR_REPORT_EPISODES ? tr_effect_table : tr_effect_tenancies)(
            &out, &data, &r->choice, &told, &err) < 0) {
        tr_app_fail(app, &err);
    } else {
        say_told(app, &told);
        tr_report_write(app, &out, (enum tr_format)r->format, r->path);
    }
    tr_figures_clear(&out);
}

void tr_effect_report_run(struct tr_app *app, struct tr_effect_report *r)
{
    struct inputs in = {0};

    if (read_all(app, r, &in) == 0)
        report(app, r, &in);
    tr_records_clear(&in.event);
    tr_records_clear(&in.episode);
    tr_records_clear(&in.tenant);
    tr_records_clear(&in.site);
    tr_records_clear(&in.decided);
}

#include "cli/work/effect_report.h"

#include <stdio.h>

#include "cli/input/caselog.h"
#include "cli/input/referrals.h"
#include "cli/writing/reporting.h"
#include "domain/profile/ids_near.h"
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

/* ---- referrals ---- */

struct taking {
    struct tr_referrals referrals;
    struct tr_rop rop;
    struct tr_records *tenants;
    bool groups; /* the group is asked for, and the file does not have it */
};

static struct tr_str code_of(const struct tr_profile *p, const struct tr_value v[], enum tr_field field)
{
    return v[field].num < 0 ? (struct tr_str){"", 0} : p->of_field[field]->entry[v[field].num].code;
}

/* What is known of a person by a referral; by one that is rejected, too: who lives in a home is counted,
 * whatever else stands in the row. */
static void take_values(struct taking *t, bool good)
{
    struct tr_value *v = t->referrals.referral.v;
    struct tr_rop_result result;
    struct tr_records *r = t->tenants;
    const struct tr_profile *p = r->profile;
    struct tr_str id = v[TR_F_REFERRAL_ID].text;
    int at = tr_records_find(r, id);
    struct tr_tenant *one = at < 0 ? tr_records_add(r, 0) : (struct tr_tenant *)(void *)r->record + at;

    if (!one) {
        tr_app_no_memory(t->referrals.app);
        return;
    }
    if (v[TR_F_PROTECTION].num > one->protection)
        one->protection = v[TR_F_PROTECTION].num;
    if (at >= 0 && !good)
        return;
    if (t->groups)
        tr_rop_group(&t->rop, v, false, &result);
    one->id = tr_arena_copy(&r->text, id);
    one->bydel = v[TR_F_BYDEL].num;
    one->person_id = tr_arena_copy(&r->text, v[TR_F_PERSON_ID].text);
    one->housing_type = code_of(p, v, TR_F_HOUSING_TYPE);
    one->rop_group = code_of(p, v, TR_F_ROP_GROUP);
    at = (int)r->n - 1;
    if (r->text.failed || tr_dict_add(&r->ids, one->id, &at) < 0)
        tr_app_no_memory(t->referrals.app);
}

static int take_referral(void *cookie, const struct tr_row *row)
{
    (void)row;
    take_values(cookie, true);
    return 0;
}

static void take_rejected(void *cookie, const struct tr_value v[])
{
    if (v && v[TR_F_REFERRAL_ID].text.len > 0)
        take_values(cookie, false);
}

static int read_referrals(struct tr_app *app, const struct tr_effect_report *r, struct tr_records *out)
{
    struct taking t = {.tenants = out};
    const uint64_t known = UINT64_C(1) << TR_F_REFERRAL_ID | UINT64_C(1) << TR_F_BYDEL |
                           UINT64_C(1) << TR_F_PERSON_ID | UINT64_C(1) << TR_F_PROTECTION | UINT64_C(1) << TR_F_NAME |
                           UINT64_C(1) << TR_F_HOUSING_TYPE | UINT64_C(1) << TR_F_ROP_GROUP;
    bool asked = r->by == TR_EFFECT_ROP_GROUP || r->by == TR_EFFECT_HOUSING_TYPE;
    struct tr_err err;
    int rc;

    tr_records_start(out, &tr_tenant_kind, &app->profile, NULL);
    if (!r->referrals)
        return 0;
    if (tr_rop_load(&t.rop, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    rc = tr_referrals_open(app, &t.referrals, r->referrals);
    t.referrals.rejected = take_rejected;
    t.referrals.rejected_cookie = &t;
    if (rc == 0)
        rc = tr_referrals_bind_all(&t.referrals, TR_WANT_ALL);
    if (rc == 0)
        t.groups = asked && tr_binding_column(&t.referrals.binding[0], TR_F_ROP_GROUP) < 0 &&
                   tr_binding_column(&t.referrals.binding[0], TR_F_HOUSING_TYPE) < 0;
    if (rc == 0)
        rc = tr_referrals_read(&t.referrals, 0, t.groups ? TR_WANT_REFERRAL : known, true, take_referral, &t);
    tr_referrals_close(&t.referrals, rc == 0);
    return rc;
}

/* Tells what stands under ids that look like others: it is nobody else's. */
static int look_at_ids(struct tr_app *app, const struct inputs *in)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct tr_ids_near near = {.known = {.n = 0}};
    int rc = 0;

    if (tr_ids_near_take(&near, &in->tenant, NULL) < 0 || /* these were told as they were read */
        tr_ids_near_take(&near, &in->event, &listener) < 0 || tr_ids_near_take(&near, &in->episode, &listener) < 0 ||
        tr_ids_near_take(&near, &in->site, &listener) < 0)
        rc = tr_app_no_memory(app);
    tr_ids_near_clear(&near);
    return rc;
}

/* ---- all of it ---- */

static int read_all(struct tr_app *app, const struct tr_effect_report *r, struct inputs *in)
{
    if (read(app, &tr_event_kind, r->events, &in->event) < 0 ||
        read(app, &tr_episode_kind, r->episodes, &in->episode) < 0 ||
        read_referrals(app, r, &in->tenant) < 0 ||
        read(app, &tr_tenant_site_kind, r->sites, &in->site) < 0 ||
        read(app, &tr_link_kind, r->links, &in->decided) < 0 || look_at_ids(app, in) < 0)
        return -1;
    return tr_tenants_settle(&in->tenant, &in->decided) < 0 ? tr_app_no_memory(app) : 0;
}

/* What the figures leave out. */
static void say_told(struct tr_app *app, const struct tr_effect_told *told)
{
    char number[24];
    struct tr_err err;

    tr_report_say_few(app, told->few);
    for (int i = 0; i < 2; i++) {
        uint32_t n = i ? told->twice : told->elsewhere;

        if (n == 0)
            continue;
        snprintf(number, sizeof number, "%lu", (unsigned long)n);
        tr_err_set(&err, i ? TR_W_EPISODE_TWICE : TR_W_EPISODE_ELSEWHERE, number, NULL, NULL);
        tr_app_say(app, &err);
    }
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

#include "cli/work/planning.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/input/inputs.h"
#include "cli/input/records.h"
#include "cli/writing/documents.h"
#include "doc/content/homes_report.h"
#include "doc/content/homes_sheets.h"
#include "domain/homes/homes_options.h"
#include "domain/profile/plain.h"
#include "domain/survey/needs.h"

int tr_planning_start(struct tr_app *app, struct tr_planning *p, const char *districts)
{
    struct tr_err err;

    p->districts = &app->profile.table[TR_T_DISTRICTS];
    tr_records_start(&p->under_way, &tr_underway_kind, &app->profile, NULL);
    if (tr_site_rules_load(&p->rules, &app->profile, &err) < 0)
        return tr_app_refuse(app, &err);
    if (p->rules.n == 0) {
        tr_err_set(&err, TR_E_SITE_NO_RULES, NULL, NULL, NULL);
        return tr_app_refuse(app, &err);
    }
    if (districts) {
        if (tr_app_table(app, districts, "code", &p->own) < 0)
            return -1;
        p->districts = &p->own;
    }
    return tr_demand_start(&p->needs, &p->rules, p->districts, &err) < 0 ? tr_app_refuse(app, &err)
                                                                         : 0;
}

void tr_planning_clear(struct tr_planning *p)
{
    tr_records_clear(&p->prices);
    tr_records_clear(&p->conflicts);
    tr_records_clear(&p->years);
    tr_records_clear(&p->gains);
    tr_records_clear(&p->options);
    tr_records_clear(&p->sums);
    tr_homes_clear(&p->plan);
    tr_demand_clear(&p->earlier);
    tr_records_clear(&p->under_way);
    tr_demand_clear(&p->needs);
    tr_table_clear(&p->own);
}

int tr_planning_rooms(struct tr_app *app, struct tr_planning *p, const char *path)
{
    struct tr_records shares = {0};
    int rc = path ? tr_app_records(app, &tr_room_share_kind, path, &shares) : 0;

    if (rc == 0)
        tr_site_rules_share(&p->rules, &shares);
    tr_records_clear(&shares);
    return rc;
}

/* Says what there is to say of the delivery of a district; by: where it came before, or NULL. */
static void say_delivery(struct tr_app *app, const struct tr_demand *d, uint32_t district, enum tr_code what,
                         const char *path, const char *by)
{
    const struct tr_list *districts = tr_profile_list(&app->profile, "bydel");
    struct tr_str code = tr_demand_district(d, district);
    int at = tr_list_code(districts, code);
    char name[160], of[64];
    struct tr_err err;

    tr_err_copy(of, sizeof of, code);
    tr_err_copy(name, sizeof name, at < 0 ? code : districts->entry[at].label[TR_NB]);
    tr_err_set(&err, what, name, of, by);
    err.source = path;
    tr_err_field(&err, TR_STR("bydel"));
    tr_app_say(app, &err);
}

/* Nobody is planned for whom a district has not delivered. */
static void say_untold(struct tr_app *app, const struct tr_demand *d, const char *path)
{
    for (uint32_t i = 0; i < d->n; i++)
        if (tr_demand_untold(d, i))
            say_delivery(app, d, i, TR_W_DELIVERY_MISSING, path, NULL);
}

int tr_planning_needs(struct tr_app *app, struct tr_demand *d, const char *path)
{
    struct tr_table t = {0};
    struct tr_err err;
    int rc = tr_app_table(app, path, "bydel", &t);

    if (rc == 0) {
        tr_plain_table(&app->profile, &t);
        if (d->districts == &app->profile.table[TR_T_DISTRICTS])
            rc = tr_needs_check_sums(&app->profile, &t, &err);
        rc = rc < 0 ? rc : tr_demand_add(d, &t, &err);
        if (rc < 0)
            tr_app_refuse(app, &err);
    }
    tr_table_clear(&t);
    return rc;
}

static uint64_t persons_of(const struct tr_demand *d, uint32_t district)
{
    uint64_t all = 0;

    for (int i = 0; i < d->rules->n; i++)
        all += *tr_demand_cell(d, district, i);
    return all;
}

/* Adds up the tables of needs, and tells of a district that is in two of them. */
static int read_needs(struct tr_app *app, struct tr_demand *d)
{
    const char **by = calloc((size_t)d->n + 1, sizeof *by);
    uint64_t *before = calloc((size_t)d->n + 1, sizeof *before);
    int rc = by && before ? 0 : tr_app_no_memory(app);

    for (int i = 0; rc == 0 && (i < app->n_arguments || i == 0); i++) {
        const char *path = app->n_arguments ? app->arguments_given[i] : "-";

        rc = tr_planning_needs(app, d, path);
        for (uint32_t k = 0; rc == 0 && k < d->n; k++) {
            uint64_t now = persons_of(d, k);

            if (now > before[k] && by[k])
                say_delivery(app, d, k, TR_W_DELIVERY_TWICE, path, by[k]);
            else if (now > before[k])
                by[k] = path;
            before[k] = now;
        }
    }
    free(by);
    free(before);
    return rc;
}

static int rule_named(struct tr_app *app, const struct tr_site_rules *rules, const char *option,
                      const char *type)
{
    const struct tr_site_rule *rule =
        tr_site_rule_of(rules, tr_app_code(app, "housing_type", type));

    if (!rule)
        tr_app_usage(app, N_("%1: no site is built for ‘%2’"), option, type);
    return (int)(rule - rules->rule);
}

static void move(struct tr_app *app, struct tr_demand *d, const struct tr_texts *given)
{
    for (int i = 0; i < given->n; i++) {
        const char *colon = strchr(given->at[i], ':');
        char from[64];

        if (!colon)
            tr_app_usage(app, N_("--standard is FROM:TO, two housing types, not ‘%1’"),
                         given->at[i], NULL);
        tr_err_copy(from, sizeof from,
                    (struct tr_str){given->at[i], (size_t)(colon - given->at[i])});
        tr_demand_move(d, rule_named(app, d->rules, "--standard", from),
                       rule_named(app, d->rules, "--standard", colon + 1));
    }
}

int tr_planning_read(struct tr_app *app, struct tr_planning *p, const struct tr_texts *standard,
                     const char *earlier)
{
    struct tr_err err;

    if (read_needs(app, &p->needs) < 0)
        return -1;
    say_untold(app, &p->needs, NULL);
    move(app, &p->needs, standard);
    if (!earlier)
        return 0;
    if (tr_demand_start(&p->earlier, &p->rules, p->districts, &err) < 0)
        return tr_app_fail(app, &err);
    if (tr_planning_needs(app, &p->earlier, earlier) < 0)
        return -1;
    say_untold(app, &p->earlier, earlier);
    move(app, &p->earlier, standard);
    p->pace.earlier = &p->earlier;
    return 0;
}

/* Records without those whose ids are closed. */
static int keep_open(struct tr_app *app, struct tr_records *r, const struct tr_texts *close)
{
    struct tr_underway *u = (struct tr_underway *)(void *)r->record;
    uint32_t n = 0;

    for (int i = 0; i < close->n; i++) {
        if (tr_records_find(r, tr_str(close->at[i])) < 0)
            tr_app_usage(app, N_("--close: no site ‘%1’ is under way"), close->at[i], NULL);
    }
    for (uint32_t k = 0; k < r->n; k++) {
        bool closed = false;

        for (int i = 0; i < close->n; i++)
            closed |= tr_str_is(u[k].site, close->at[i]);
        if (!closed)
            u[n++] = u[k];
    }
    r->n = n;
    return 0;
}

int tr_planning_sites(struct tr_app *app, struct tr_planning *p, const char *path,
                      const struct tr_texts *add, const struct tr_texts *close)
{
    if (path) {
        tr_records_clear(&p->under_way);
        if (tr_app_records(app, &tr_underway_kind, path, &p->under_way) < 0)
            return -1;
    }
    keep_open(app, &p->under_way, close);
    for (int i = 0; i < add->n; i++)
        if (!tr_underway_add(&p->under_way, tr_str(add->at[i])))
            tr_app_usage(app, N_("--add is DISTRICT:TYPE:HOMES, not ‘%1’"), add->at[i], NULL);
    return 0;
}

uint64_t tr_planning_types(struct tr_app *app, const struct tr_site_rules *rules,
                           const struct tr_texts *types)
{
    uint64_t chosen = 0;

    for (int i = 0; i < rules->n && types->n == 0; i++)
        chosen |= (uint64_t)rules->rule[i].base << i;
    for (int i = 0; i < types->n; i++)
        chosen |= UINT64_C(1) << rule_named(app, rules, "--type", types->at[i]);
    return chosen;
}

/* Says that the way of joining that was asked for joins nothing. */
static void say_join(const struct tr_app *app, const struct tr_planning *p)
{
    if (p->choice.join < 0 || tr_demand_has_join(&p->needs, (enum tr_join)p->choice.join))
        return;
    tr_app_note(app,
                p->choice.join == TR_JOIN_SECTOR
                    ? N_("no district has a sector in the profile, so each stands alone")
                    : N_("no district has a neighbourhood in the profile, so each stands alone"),
                NULL);
}

int tr_planning_make(struct tr_app *app, struct tr_planning *p)
{
    struct tr_err err;

    say_join(app, p);

    tr_homes_start(&p->plan, &app->profile);
    if (tr_underway_fill(&p->plan, &p->needs, &p->under_way, &p->choice, &err) < 0 ||
        tr_homes_make(&p->plan, &p->needs, &p->choice, &err) < 0 ||
        tr_homes_sum_up(&p->sums, &p->plan, &err) < 0 ||
        (p->prices.n > 0 && tr_prices_apply(&p->plan, &p->prices, &err) < 0) ||
        (p->tell_conflicts &&
         tr_homes_conflicts(&p->conflicts, &p->plan, &p->needs, &p->choice, &err) < 0) ||
        (p->tell_options &&
         tr_homes_options(&p->options, &p->plan, &p->needs, &p->choice, &err) < 0) ||
        (p->tell_gains && tr_homes_gains(&p->gains, &p->needs, &p->choice, &err) < 0) ||
        (p->pace.per_year > 0 && tr_homes_years(&p->years, &p->plan, &p->needs, p->choice.rules,
                                                &p->pace, &p->met, &err) < 0))
        return tr_app_fail(app, &err);
    return 0;
}

void tr_planning_say_waiting(struct tr_app *app, const struct tr_planning *p)
{
    struct tr_err err;
    char number[24];

    for (uint32_t i = 0; i + 1 < p->sums.n; i++) {
        const struct tr_homes_sum *sum =
            (const struct tr_homes_sum *)(const void *)p->sums.record + i;
        char type[64];

        if (sum->waiting == 0)
            continue;
        tr_err_copy(type, sizeof type, sum->housing_type);
        snprintf(number, sizeof number, "%d", sum->waiting);
        tr_err_set(&err, TR_W_SITE_WAITING, type, number, NULL);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
    if (p->needs.nowhere > 0) {
        tr_err_num(&err, TR_W_SITE_NOWHERE, p->needs.nowhere);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
    if (p->pace.per_year > 0 && p->met == 0) {
        tr_err_num(&err, TR_W_SITE_NEVER, (unsigned long long)p->pace.per_year);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
}

int tr_planning_report(struct tr_app *app, const struct tr_planning *p, const char *format,
                       const char *path)
{
    const struct tr_homes_report report = {&p->plan,  &p->sums,  &p->options,
                                           &p->years, &p->needs, p->met};
    struct tr_document d;
    int rc;

    tr_document_start(&d, &app->profile, p->choice.lang, TR_STR(""),
                      tr_profile_value(&app->profile, "agency"), TR_STR(""));
    if (p->sheets)
        tr_homes_sheets_make(&d, &p->plan.sites, &p->rules);
    else
        tr_homes_report_make(&d, &report);
    rc = tr_document_put(app, &d, tr_document_format_find(format), path, false);
    tr_document_clear(&d);
    return rc;
}

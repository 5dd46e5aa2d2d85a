#include "domain/homes/underway.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { UNITS_MAX = 1000, YEAR_MAX = 9999, PER_CENT = 100 };

static const struct tr_member underway_members[] = {
    {"site", TR_M_ID, .at = offsetof(struct tr_underway, site), .needed = true, .filled = true},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_underway, bydel), .needed = true, .filled = true},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_underway, housing_type),
     .list = "housing_type", .needed = true, .filled = true},
    {"units", TR_M_NUMBER, .at = offsetof(struct tr_underway, units), .most = UNITS_MAX,
     .needed = true, .filled = true},
    {"year", TR_M_NUMBER, .at = offsetof(struct tr_underway, year), .most = YEAR_MAX},
    {"chance", TR_M_NUMBER, .at = offsetof(struct tr_underway, chance), .most = PER_CENT},
};

const struct tr_kind tr_underway_kind = {
    .name = "underway",
    .member = underway_members,
    .n_members = COUNT(underway_members),
    .size = sizeof(struct tr_underway),
    .keyed = true,
};

bool tr_underway_add(struct tr_records *sites, struct tr_str given)
{
    struct tr_str district, type, homes;
    struct tr_underway *u;
    long long units;
    char name[24];
    int code;

    if (!tr_str_part(&given, ':', &district) || !given.p || !tr_str_part(&given, ':', &type) ||
        !given.p || !tr_str_part(&given, ':', &homes) || given.p ||
        !tr_number_read(homes, &units) || units < 1 || units > UNITS_MAX)
        return false;
    code = tr_list_find(tr_profile_list(sites->profile, "housing_type"), type);
    u = code < 0 ? NULL : tr_records_add(sites, 0);
    if (!u)
        return false;
    snprintf(name, sizeof name, "added-%u", sites->n);
    u->site = tr_arena_copy(&sites->text, tr_str(name));
    u->bydel = tr_arena_copy(&sites->text, district);
    u->housing_type = code;
    u->units = (int32_t)units;
    return true;
}

/* ---- who lives there ---- */

struct filling {
    struct tr_demand *d;
    int rule;
    uint32_t *group;
    struct tr_buf from;
};

static int32_t take(struct filling *f, uint32_t district, int32_t free_homes)
{
    uint32_t *need = tr_demand_cell(f->d, district, f->rule);
    int32_t n = *need < (uint32_t)free_homes ? (int32_t)*need : free_homes;

    if (n == 0)
        return 0;
    *need -= (uint32_t)n;
    if (f->from.len > 0)
        tr_buf_char(&f->from, '|');
    tr_buf_str(&f->from, tr_demand_district(f->d, district));
    tr_buf_char(&f->from, ':');
    tr_buf_num(&f->from, n);
    return n;
}

static int fill_one(struct tr_homes *plan, struct filling *f, const struct tr_underway *u,
                    uint32_t district, struct tr_err *err)
{
    const struct tr_site_rule *rule = &f->d->rules->rule[f->rule];
    struct tr_site *s = tr_records_add(&plan->sites, 0);
    int32_t own, others = 0;

    if (!s)
        return tr_err_memory(err);
    f->from.len = 0;
    own = take(f, district, u->units);
    for (uint32_t i = 0; i < f->d->n && own + others < u->units; i++)
        if (i != district && f->group[i] == f->group[district])
            others += take(f, i, u->units - own - others);
    s->site = u->site;
    s->bydel = tr_demand_district(f->d, district);
    s->status =
        tr_list_code(tr_profile_list(f->d->rules->profile, "site_status"), TR_STR("under_way"));
    s->housing_type = rule->type;
    s->standard = rule->standard;
    s->locations = rule->locations;
    s->groups = rule->groups;
    s->units = u->units;
    s->residents = own + others;
    s->outside = others;
    s->from = tr_arena_copy(&plan->sites.text, tr_buf_slice(&f->from));
    s->year = u->year;
    s->chance = u->chance;
    return f->from.failed ? tr_err_memory(err) : 0;
}

int tr_underway_fill(struct tr_homes *plan, struct tr_demand *d, const struct tr_records *sites,
                     const struct tr_homes_choice *choice, struct tr_err *err)
{
    struct filling f = {.d = d, .rule = -1};
    const struct tr_list *bydel = tr_profile_list(d->rules->profile, "bydel");
    int rc = 0;

    f.group = malloc((d->n + (size_t)1) * sizeof *f.group);
    if (!f.group)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < sites->n && rc == 0; i++) {
        const struct tr_underway *u = (const struct tr_underway *)(const void *)sites->record + i;
        const struct tr_site_rule *rule = tr_site_rule_of(d->rules, u->housing_type);
        int district = tr_demand_find(d, u->bydel), named = tr_list_find(bydel, u->bydel);

        if (district < 0 && named >= 0)
            district = tr_demand_find(d, bydel->entry[named].code);
        if (district < 0 || !rule) {
            rc = tr_records_fault(sites, i, rule ? "bydel" : "housing_type", TR_E_SITE_JOIN, NULL,
                                  NULL, err);
            break;
        }
        if (!(choice->rules >> (rule - d->rules->rule) & 1))
            continue;
        f.rule = (int)(rule - d->rules->rule);
        rc = tr_demand_groups(d, choice->join < 0 ? rule->join : (enum tr_join)choice->join,
                              f.group, err);
        if (rc == 0)
            rc = fill_one(plan, &f, u, (uint32_t)district, err);
    }
    tr_buf_clear(&f.from);
    free(f.group);
    return rc;
}

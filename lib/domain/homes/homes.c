#include "domain/homes/homes.h"

#include <stdlib.h>

#include "domain/homes/building.h"
#include "domain/homes/siting.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { NUMBER_MAX = 100000000 };

static const struct tr_member site_members[] = {
    {"site", TR_M_ID, .at = offsetof(struct tr_site, site), .needed = true, .filled = true},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_site, bydel), .needed = true, .filled = true},
    {"site_status", TR_M_CODE, .at = offsetof(struct tr_site, status), .list = "site_status",
     .needed = true, .filled = true},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_site, housing_type),
     .list = "housing_type", .needed = true, .filled = true},
    {"standard", TR_M_CODE, .at = offsetof(struct tr_site, standard), .list = "standard"},
    {"location", TR_M_CODES, .at = offsetof(struct tr_site, locations), .list = "location"},
    {"rop_groups", TR_M_CODES, .at = offsetof(struct tr_site, groups), .list = "rop_group"},
    {"units", TR_M_NUMBER, .at = offsetof(struct tr_site, units), .most = NUMBER_MAX,
     .needed = true, .filled = true},
    {"residents", TR_M_NUMBER, .at = offsetof(struct tr_site, residents), .most = NUMBER_MAX,
     .needed = true, .filled = true},
    {"outside_district", TR_M_NUMBER, .at = offsetof(struct tr_site, outside), .most = NUMBER_MAX},
    {"from_districts", TR_M_LIST, .at = offsetof(struct tr_site, from), .needed = true,
     .filled = true},
    {"one_room", TR_M_NUMBER, .at = offsetof(struct tr_site, one_room), .most = NUMBER_MAX},
    {"two_room", TR_M_NUMBER, .at = offsetof(struct tr_site, two_room), .most = NUMBER_MAX},
    {"building", TR_M_TEXT, .at = offsetof(struct tr_site, building)},
    {"base", TR_M_BOOL, .at = offsetof(struct tr_site, base), .list = "bool"},
    {"staffing", TR_M_TEXT, .at = offsetof(struct tr_site, staffing)},
    {"staffing_doubtful", TR_M_BOOL, .at = offsetof(struct tr_site, staffing_doubtful),
     .list = "bool"},
    {"modules", TR_M_LIST, .at = offsetof(struct tr_site, modules)},
    {"module_count", TR_M_TEXT, .at = offsetof(struct tr_site, module_count)},
    {"area_m2", TR_M_TEXT, .at = offsetof(struct tr_site, area_m2)},
    {"home_m2", TR_M_TEXT, .at = offsetof(struct tr_site, home_m2)},
    {"technical_m2", TR_M_TEXT, .at = offsetof(struct tr_site, technical_m2)},
    {"bra_m2", TR_M_TEXT, .at = offsetof(struct tr_site, bra_m2)},
    {"bta_m2", TR_M_TEXT, .at = offsetof(struct tr_site, bta_m2)},
    {"specification", TR_M_TEXT, .at = offsetof(struct tr_site, specification)},
    {"requirements", TR_M_TEXT, .at = offsetof(struct tr_site, requirements)},
    {"requirements_doubtful", TR_M_BOOL, .at = offsetof(struct tr_site, requirements_doubtful),
     .list = "bool"},
    {"somatic_residents", TR_M_NUMBER, .at = offsetof(struct tr_site, somatic),
     .most = NUMBER_MAX},
    {"somatic_requirements", TR_M_TEXT, .at = offsetof(struct tr_site, somatic_requirements)},
    {"plan_warnings", TR_M_LIST, .at = offsetof(struct tr_site, warnings)},
    {"year", TR_M_NUMBER, .at = offsetof(struct tr_site, year), .most = NUMBER_MAX},
    {"chance", TR_M_NUMBER, .at = offsetof(struct tr_site, chance), .most = NUMBER_MAX},
    {"cost", TR_M_NUMBER, .at = offsetof(struct tr_site, cost), .most = INT32_MAX},
    {"cost_year", TR_M_NUMBER, .at = offsetof(struct tr_site, cost_year), .most = INT32_MAX},
    {"price_year", TR_M_NUMBER, .at = offsetof(struct tr_site, price_year), .most = NUMBER_MAX},
};

const struct tr_kind tr_site_kind = {
    .name = "site",
    .member = site_members,
    .n_members = COUNT(site_members),
    .size = sizeof(struct tr_site),
    .keyed = true,
};

enum { BRIEF = 11 }; /* up to from_districts */

const struct tr_kind tr_site_brief_kind = {
    .name = "site",
    .member = site_members,
    .n_members = BRIEF,
    .size = sizeof(struct tr_site),
    .keyed = true,
};

static const struct tr_member proof_members[] = {
    {"join", TR_M_CODE, .at = offsetof(struct tr_site_proof, join), .list = "join", .needed = true,
     .filled = true},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_site_proof, bydel), .needed = true,
     .filled = true},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_site_proof, housing_type),
     .list = "housing_type", .needed = true, .filled = true},
    {"group_districts", TR_M_LIST, .at = offsetof(struct tr_site_proof, districts), .needed = true,
     .filled = true},
    {"group_needs", TR_M_LIST, .at = offsetof(struct tr_site_proof, needs), .needed = true,
     .filled = true},
    {"units_min", TR_M_NUMBER, .at = offsetof(struct tr_site_proof, units_min), .most = NUMBER_MAX,
     .needed = true, .filled = true},
    {"units_max", TR_M_NUMBER, .at = offsetof(struct tr_site_proof, units_max), .most = NUMBER_MAX,
     .needed = true, .filled = true},
    {"housed", TR_M_NUMBER, .at = offsetof(struct tr_site_proof, housed), .most = NUMBER_MAX,
     .needed = true, .filled = true},
    {"outside_district", TR_M_NUMBER, .at = offsetof(struct tr_site_proof, outside),
     .most = NUMBER_MAX, .needed = true, .filled = true},
    {"sites", TR_M_NUMBER, .at = offsetof(struct tr_site_proof, sites), .most = NUMBER_MAX,
     .needed = true, .filled = true},
    {"squares", TR_M_TEXT, .at = offsetof(struct tr_site_proof, squares), .needed = true,
     .filled = true},
    {"multiplier", TR_M_TEXT, .at = offsetof(struct tr_site_proof, multiplier), .needed = true,
     .filled = true},
};

const struct tr_kind tr_site_proof_kind = {
    .name = "site_proof",
    .member = proof_members,
    .n_members = COUNT(proof_members),
    .size = sizeof(struct tr_site_proof),
};

/* ---- one group of districts ---- */

struct group {
    struct tr_homes *plan;
    const struct tr_demand *d;
    const struct tr_site_rule *rule;
    const struct tr_buildings *buildings;
    struct tr_siting siting;
    uint32_t *district; /* of each of the siting's */
    uint32_t *going; /* of each: persons who have no home in their own district, not placed yet */
    uint32_t next;   /* the first who may still have some */
    uint32_t *somatic, *going_somatic; /* with a somatic extension: of each's homes, and of going */
    int is_new, is_waiting; /* entries of site_status */
    struct tr_buf text;
};

static void add_from(struct group *g, uint32_t member, uint32_t persons)
{
    if (persons == 0)
        return;
    if (g->text.len > 0)
        tr_buf_char(&g->text, '|');
    tr_buf_str(&g->text, tr_demand_district(g->d, g->district[member]));
    tr_buf_char(&g->text, ':');
    tr_buf_num(&g->text, persons);
}

static struct tr_str keep(struct group *g)
{
    return tr_arena_copy(&g->plan->sites.text, tr_buf_slice(&g->text));
}

/* Sends persons from a district to a site elsewhere; whoever has a somatic extension stays as near
 * as can be. Returns how many of them have one. */
static uint32_t send(struct group *g, uint32_t member, uint32_t persons)
{
    uint32_t others = g->going[member] - g->going_somatic[member];
    uint32_t somatic = persons > others ? persons - others : 0;

    add_from(g, member, persons);
    g->going[member] -= persons;
    g->going_somatic[member] -= somatic;
    return somatic;
}

/* Named by where it is, its kind, and its number there; a rest has no number. */
static struct tr_str name_site(struct group *g, uint32_t member, uint32_t number)
{
    const struct tr_profile *p = g->d->rules->profile;

    g->text.len = 0;
    tr_buf_str(&g->text, tr_demand_district(g->d, g->district[member]));
    tr_buf_char(&g->text, '-');
    tr_buf_str(&g->text, tr_profile_list(p, "housing_type")->entry[g->rule->type].code);
    if (number > 0) {
        tr_buf_char(&g->text, '-');
        tr_buf_num(&g->text, number);
    }
    return keep(g);
}

static struct tr_site *add_site(struct group *g, uint32_t member, uint32_t number, uint32_t persons)
{
    struct tr_site *s = tr_records_add(&g->plan->sites, 0);

    if (!s)
        return NULL;
    s->site = name_site(g, member, number);
    s->bydel = tr_demand_district(g->d, g->district[member]);
    s->status = number > 0 ? g->is_new : g->is_waiting;
    s->housing_type = g->rule->type;
    s->standard = g->rule->standard;
    s->locations = g->rule->locations;
    s->groups = g->rule->groups;
    s->units = number > 0 ? (int32_t)persons : 0;
    s->residents = (int32_t)persons;
    g->text.len = 0;
    return s;
}

/* The sites of one district: its own persons fill them one after another, then those who come, in
 * the order of districts. */
static int add_district(struct group *g, uint32_t member, struct tr_err *err)
{
    uint32_t homes = g->siting.homes[member], need = g->siting.need[member];
    uint32_t sites = (homes + g->rule->max - 1) / g->rule->max, own = need < homes ? need : homes;

    for (uint32_t i = 0; i < sites; i++) { /* those with a somatic extension live together */
        uint32_t size = homes / sites + (i < homes % sites), free_homes = size;
        struct tr_site *s = add_site(g, member, i + 1, size);
        uint32_t here = own < size ? own : size;
        uint32_t somatic = here < g->somatic[member] ? here : g->somatic[member];

        if (!s)
            return tr_err_memory(err);
        add_from(g, member, here);
        own -= here;
        free_homes -= here;
        g->somatic[member] -= somatic;
        s->outside = (int32_t)free_homes;
        while (free_homes > 0 && g->next < g->siting.n) {
            uint32_t going = g->going[g->next], come = going < free_homes ? going : free_homes;

            somatic += send(g, g->next, come);
            free_homes -= come;
            g->next += come == going;
        }
        if (tr_must(free_homes == 0, err) < 0)
            return -1;
        s->from = keep(g);
        s->somatic = g->d->somatic_known ? (int32_t)somatic : -1;
        if (g->d->blended >> (g->rule - g->d->rules->rule) & 1)
            s->warnings = TR_STR("blend");
        tr_building_describe(g->buildings, g->rule, s, &g->plan->sites.text);
    }
    return 0;
}

static int add_waiting(struct group *g, struct tr_err *err)
{
    for (uint32_t i = g->next; i < g->siting.n; i++) {
        struct tr_site *s;

        if (g->going[i] == 0)
            continue;
        s = add_site(g, i, 0, g->going[i]);
        if (!s)
            return tr_err_memory(err);
        g->plan->waiting += g->going[i];
        s->somatic = g->d->somatic_known ? (int32_t)g->going_somatic[i] : -1;
        send(g, i, g->going[i]);
        s->from = keep(g);
    }
    return 0;
}

static struct tr_str number_text(struct group *g, long long n)
{
    g->text.len = 0;
    tr_buf_num(&g->text, n);
    return tr_arena_copy(&g->plan->proofs.text, tr_buf_slice(&g->text));
}

static int add_proof(struct group *g, enum tr_join join, struct tr_err *err)
{
    struct tr_site_proof *p = tr_records_add(&g->plan->proofs, 0);
    const struct tr_siting *s = &g->siting;

    if (!p)
        return tr_err_memory(err);
    p->join =
        tr_list_code(tr_profile_list(g->d->rules->profile, "join"), tr_str(tr_join_names[join]));
    p->bydel = tr_demand_district(g->d, g->district[0]);
    p->housing_type = g->rule->type;
    g->text.len = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (i > 0)
            tr_buf_char(&g->text, '|');
        tr_buf_str(&g->text, tr_demand_district(g->d, g->district[i]));
    }
    p->districts = tr_arena_copy(&g->plan->proofs.text, tr_buf_slice(&g->text));
    g->text.len = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (i > 0)
            tr_buf_char(&g->text, '|');
        tr_buf_num(&g->text, s->need[i]);
    }
    p->needs = tr_arena_copy(&g->plan->proofs.text, tr_buf_slice(&g->text));
    p->units_min = (int32_t)s->min;
    p->units_max = (int32_t)s->max;
    p->housed = (int32_t)s->housed;
    p->outside = (int32_t)s->outside;
    p->sites = (int32_t)s->sites;
    p->squares = number_text(g, (long long)s->squares);
    p->multiplier = number_text(g, s->multiplier);
    return 0;
}

static int plan_group(struct group *g, enum tr_join join, struct tr_err *err)
{
    if (g->siting.n == 0)
        return 0;
    if (tr_siting_solve(&g->siting, err) < 0 || add_proof(g, join, err) < 0)
        return -1;
    g->next = 0;
    for (uint32_t i = 0; i < g->siting.n; i++) {
        uint32_t need = g->siting.need[i], homes = g->siting.homes[i];
        uint32_t somatic =
            tr_demand_somatic(g->d, g->district[i], (int)(g->rule - g->d->rules->rule));

        g->going[i] = need > homes ? need - homes : 0;
        g->somatic[i] = somatic < need - g->going[i] ? somatic : need - g->going[i];
        g->going_somatic[i] = somatic - g->somatic[i];
    }
    while (g->next < g->siting.n && g->going[g->next] == 0)
        g->next++;
    for (uint32_t i = 0; i < g->siting.n; i++)
        if (add_district(g, i, err) < 0)
            return -1;
    return add_waiting(g, err);
}

/* ---- all groups ---- */

/* The districts that share the number of their group, in their order, as chains: first of each,
 * next. */
static void chain(const uint32_t *group, uint32_t n, uint32_t *next)
{
    for (uint32_t i = 0; i < n; i++)
        next[i] = n;
    for (uint32_t i = n; i-- > 0;)
        if (group[i] != i) {
            next[i] = next[group[i]];
            next[group[i]] = i;
        }
}

static int plan_rule(struct group *g, int rule, enum tr_join join, struct tr_err *err)
{
    uint32_t n = g->d->n, *room = calloc((size_t)n * 8 + 1, sizeof *room);
    uint32_t *group = room, *next = room + n, *need = room + 2 * (size_t)n;
    int rc = room ? tr_demand_groups(g->d, join, group, err) : tr_err_memory(err);

    g->rule = &g->d->rules->rule[rule];
    if (rc == 0) {
        g->district = room + 3 * (size_t)n;
        g->going = room + 4 * (size_t)n;
        g->somatic = room + 6 * (size_t)n;
        g->going_somatic = room + 7 * (size_t)n;
        chain(group, n, next);
    }
    for (uint32_t first = 0; first < n && rc == 0; first++) {
        uint32_t members = 0;

        for (uint32_t i = first; group[first] == first && i < n; i = next[i])
            if (*tr_demand_cell(g->d, i, rule) > 0) {
                g->district[members] = i;
                need[members++] = *tr_demand_cell(g->d, i, rule);
            }
        g->siting = (struct tr_siting){.need = need,
                                       .n = members,
                                       .min = g->rule->min,
                                       .max = g->rule->max,
                                       .homes = room + 5 * (size_t)n};
        rc = plan_group(g, join, err);
    }
    free(room);
    return rc;
}

void tr_homes_start(struct tr_homes *plan, const struct tr_profile *profile)
{
    *plan = (struct tr_homes){0};
    tr_records_start(&plan->sites, &tr_site_kind, profile, NULL);
    tr_records_start(&plan->proofs, &tr_site_proof_kind, profile, NULL);
}

int tr_homes_make(struct tr_homes *plan, const struct tr_demand *d,
                  const struct tr_homes_choice *choice, struct tr_err *err)
{
    struct tr_buildings buildings = {.rules = d->rules, .lang = choice->lang};
    struct group g = {.plan = plan, .d = d, .buildings = &buildings};
    int rc = 0;

    g.is_new = tr_list_code(tr_profile_list(d->rules->profile, "site_status"), TR_STR("new"));
    g.is_waiting =
        tr_list_code(tr_profile_list(d->rules->profile, "site_status"), TR_STR("waiting"));
    for (int i = 0; i < d->rules->n && rc == 0; i++)
        if (choice->rules >> i & 1)
            rc = plan_rule(
                &g, i, choice->join < 0 ? d->rules->rule[i].join : (enum tr_join)choice->join, err);
    if (rc == 0)
        rc = tr_buildings_warn(&buildings, &plan->sites, err);
    if (rc == 0 && (g.text.failed || plan->sites.text.failed || plan->proofs.text.failed))
        rc = tr_err_memory(err);
    tr_buf_clear(&g.text);
    return rc;
}

void tr_homes_clear(struct tr_homes *plan)
{
    tr_records_clear(&plan->sites);
    tr_records_clear(&plan->proofs);
}

/* ---- what it adds up to ---- */

static const struct tr_member sum_members[] = {
    {"housing_type", TR_M_TEXT, .at = offsetof(struct tr_homes_sum, housing_type)},
    {"persons", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, persons)},
    {"housed", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, housed)},
    {"waiting", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, waiting)},
    {"outside_district", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, outside)},
    {"sites", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, sites)},
    {"sites_least", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, sites_least)},
    {"smallest", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, smallest)},
    {"largest", TR_M_NUMBER, .at = offsetof(struct tr_homes_sum, largest)},
};

const struct tr_kind tr_homes_sum_kind = {
    .name = "plan_sum",
    .member = sum_members,
    .n_members = COUNT(sum_members),
    .size = sizeof(struct tr_homes_sum),
};

static const struct tr_site *site_at(const struct tr_homes *plan, uint32_t i)
{
    return (const struct tr_site *)(const void *)plan->sites.record + i;
}

static void add_to_sum(struct tr_homes_sum *sum, const struct tr_site *s, bool is_new)
{
    sum->persons += s->residents;
    if (s->units == 0) {
        sum->waiting += s->residents;
        return;
    }
    sum->housed += s->residents;
    sum->outside += s->outside;
    if (!is_new)
        return;
    sum->planned += s->residents;
    sum->sites++;
    sum->smallest = sum->smallest < 0 || s->units < sum->smallest ? s->units : sum->smallest;
    sum->largest = s->units > sum->largest ? s->units : sum->largest;
}

/* Those of one type, or of all, -1. */
static int sum_type(struct tr_records *out, const struct tr_homes *plan, int32_t type,
                    struct tr_str name, int32_t most, int32_t *least, struct tr_err *err)
{
    struct tr_homes_sum *sum = tr_records_add(out, 0);
    int is_new = tr_list_code(tr_profile_list(out->profile, "site_status"), TR_STR("new"));

    if (!sum)
        return tr_err_memory(err);
    *sum = (struct tr_homes_sum){.housing_type = name, .smallest = -1, .largest = -1};
    for (uint32_t i = 0; i < plan->sites.n; i++)
        if (type < 0 || site_at(plan, i)->housing_type == type)
            add_to_sum(sum, site_at(plan, i), site_at(plan, i)->status == is_new);
    sum->sites_least = most > 0 ? (sum->planned + most - 1) / most : *least;
    *least += sum->sites_least;
    return 0;
}

int tr_homes_sum_up(struct tr_records *out, const struct tr_homes *plan, struct tr_err *err)
{
    const struct tr_list *types = tr_profile_list(plan->sites.profile, "housing_type");
    int32_t least = 0;

    tr_records_start(out, &tr_homes_sum_kind, plan->sites.profile, NULL);
    for (int32_t t = 0; t < types->n; t++)
        for (uint32_t i = 0; i < plan->proofs.n; i++) {
            const struct tr_site_proof *p =
                (const struct tr_site_proof *)(const void *)plan->proofs.record + i;

            if (p->housing_type != t)
                continue;
            if (sum_type(out, plan, t, types->entry[t].code, p->units_max, &least, err) < 0)
                return -1;
            break;
        }
    return sum_type(out, plan, -1, TR_STR("total"), 0, &least, err);
}

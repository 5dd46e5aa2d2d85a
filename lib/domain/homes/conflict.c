#include "domain/homes/conflict.h"

#include <stdlib.h>

#include "domain/homes/siting.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct tr_member members[] = {
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_homes_conflict, bydel)},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_homes_conflict, housing_type),
     .list = "housing_type"},
    {"waiting", TR_M_NUMBER, .at = offsetof(struct tr_homes_conflict, waiting)},
    {"plan_rules", TR_M_LIST, .at = offsetof(struct tr_homes_conflict, rules)},
};

const struct tr_kind tr_homes_conflict_kind = {
    .name = "homes_conflict",
    .member = members,
    .n_members = COUNT(members),
    .size = sizeof(struct tr_homes_conflict),
};

/* Sets of rules, fewest first. Without the least number of homes nothing contradicts: every home
 * could stand alone. */
static const struct {
    bool max, join;
    const char *names;
} sets[] = {{false, false, "units_min"},
            {true, false, "units_min|units_max"},
            {false, true, "units_min|join"},
            {true, true, "units_min|units_max|join"}};

static uint64_t persons_of(const struct tr_demand *d, int rule, const uint32_t *group, uint32_t of)
{
    uint64_t n = 0;

    for (uint32_t i = 0; i < d->n; i++)
        n += group[i] == of ? *tr_demand_cell(d, i, rule) : 0;
    return n;
}

static struct tr_str contradicting(const struct tr_site_rule *rule, uint64_t own, uint64_t all)
{
    for (size_t i = 0; i < COUNT(sets); i++) {
        uint64_t n = sets[i].join ? own : all;
        uint32_t max = sets[i].max ? rule->max : TR_SITING_UNITS_MAX;

        if (tr_siting_most(n, rule->min, max) < n)
            return tr_str(sets[i].names);
    }
    return tr_str("");
}

int tr_homes_conflicts(struct tr_records *out, const struct tr_homes *plan,
                       const struct tr_demand *d, const struct tr_homes_choice *choice,
                       struct tr_err *err)
{
    uint32_t *group = calloc((size_t)d->n * 2 + 1, sizeof *group),
             *all = group ? group + d->n : NULL;
    int rc = group ? tr_demand_groups(d, TR_JOIN_ANY, all, err) : tr_err_memory(err);

    tr_records_start(out, &tr_homes_conflict_kind, d->rules->profile, NULL);
    for (uint32_t i = 0; i < plan->sites.n && rc == 0; i++) {
        const struct tr_site *s = (const struct tr_site *)(const void *)plan->sites.record + i;
        const struct tr_site_rule *rule = tr_site_rule_of(d->rules, s->housing_type);
        int at = tr_demand_find(d, s->bydel), k = rule ? (int)(rule - d->rules->rule) : -1;
        struct tr_homes_conflict *c;

        if (s->units > 0 || k < 0 || at < 0)
            continue;
        rc = tr_demand_groups(d, choice->join < 0 ? rule->join : (enum tr_join)choice->join, group,
                              err);
        c = rc < 0 ? NULL : tr_records_add(out, 0);
        if (!c) {
            rc = tr_err_memory(err);
            break;
        }
        c->bydel = s->bydel;
        c->housing_type = s->housing_type;
        c->waiting = s->residents;
        c->rules =
            contradicting(rule, persons_of(d, k, group, group[at]), persons_of(d, k, all, all[at]));
    }
    free(group);
    return rc;
}

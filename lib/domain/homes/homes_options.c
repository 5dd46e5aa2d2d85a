#include "domain/homes/homes_options.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/homes/siting.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct tr_member option_members[] = {
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_homes_option, bydel)},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_homes_option, housing_type),
     .list = "housing_type"},
    {"waiting", TR_M_NUMBER, .at = offsetof(struct tr_homes_option, waiting)},
    {"plan_option", TR_M_CODE, .at = offsetof(struct tr_homes_option, option),
     .list = "plan_option"},
    {"with_districts", TR_M_LIST, .at = offsetof(struct tr_homes_option, with)},
    {"persons_more", TR_M_NUMBER, .at = offsetof(struct tr_homes_option, persons_more)},
    {"outside_more", TR_M_TEXT, .at = offsetof(struct tr_homes_option, outside_more)},
    {"sites_more", TR_M_TEXT, .at = offsetof(struct tr_homes_option, sites_more)},
    {"other_type", TR_M_CODE, .at = offsetof(struct tr_homes_option, other_type),
     .list = "housing_type"},
    {"plan_warnings", TR_M_LIST, .at = offsetof(struct tr_homes_option, warnings)},
};

const struct tr_kind tr_homes_option_kind = {
    .name = "homes_option",
    .member = option_members,
    .n_members = COUNT(option_members),
    .size = sizeof(struct tr_homes_option),
};

static const struct tr_member gain_members[] = {
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_homes_gain, bydel)},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_homes_gain, housing_type),
     .list = "housing_type"},
    {"units", TR_M_NUMBER, .at = offsetof(struct tr_homes_gain, units)},
    {"waiting_less", TR_M_TEXT, .at = offsetof(struct tr_homes_gain, waiting_less)},
    {"outside_less", TR_M_TEXT, .at = offsetof(struct tr_homes_gain, outside_less)},
    {"sites_less", TR_M_TEXT, .at = offsetof(struct tr_homes_gain, sites_less)},
};

const struct tr_kind tr_homes_gain_kind = {
    .name = "homes_gain",
    .member = gain_members,
    .n_members = COUNT(gain_members),
    .size = sizeof(struct tr_homes_gain),
};

/* A number that may be below zero, as a text. */
static struct tr_str number(struct tr_records *out, int64_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)n);
    return tr_arena_copy(&out->text, tr_str(text));
}

/* ---- trying ---- */

/* Needs in hand: of each district that takes part. */
struct trial {
    const struct tr_demand *d;
    int rule;
    uint32_t *group; /* of each district, by the way of joining */
    uint32_t *all;   /* the same where every district of a municipality may be joined */
    uint32_t *need, *district, *homes;
    uint32_t n;
};

static int start(struct trial *t, const struct tr_demand *d, struct tr_err *err)
{
    uint32_t *room = calloc((size_t)d->n * 5 + 5, sizeof *room);

    *t = (struct trial){.d = d, .group = room};
    if (!room)
        return tr_err_memory(err);
    t->all = room + d->n;
    t->need = t->all + d->n;
    t->district = t->need + d->n + 1;
    t->homes = t->district + d->n + 1;
    return tr_demand_groups(d, TR_JOIN_ANY, t->all, err);
}

static void add(struct trial *t, uint32_t district, uint32_t persons)
{
    if (persons == 0)
        return;
    t->district[t->n] = district;
    t->need[t->n++] = persons;
}

/* All who are in the group of a district, but for the group of another when it is not -1. */
static void add_group(struct trial *t, const uint32_t *group, uint32_t of, int64_t but)
{
    for (uint32_t i = 0; i < t->d->n; i++)
        if (group[i] == of && (but < 0 || t->group[i] != (uint32_t)but))
            add(t, i, *tr_demand_cell(t->d, i, t->rule));
}

static int solve(const struct trial *t, struct tr_siting *s, struct tr_err *err)
{
    const struct tr_site_rule *rule = &t->d->rules->rule[t->rule];

    *s = (struct tr_siting){
        .need = t->need, .n = t->n, .min = rule->min, .max = rule->max, .homes = t->homes};
    return tr_siting_solve(s, err);
}

/* What is solved now, against the same without the persons of the first district in hand. */
struct cost {
    bool housed; /* all of them */
    int64_t outside, sites;
};

static int cost_of_first(struct trial *t, uint32_t persons, struct cost *cost, struct tr_err *err)
{
    struct tr_siting with, without;
    uint32_t first = t->need[0];

    if (solve(t, &with, err) < 0)
        return -1;
    t->need[0] -= persons;
    if (t->need[0] == 0) {
        t->need++;
        t->n--;
    }
    if (solve(t, &without, err) < 0)
        return -1;
    if (first == persons) {
        t->need--;
        t->n++;
    }
    t->need[0] = first;
    *cost = (struct cost){with.housed >= without.housed + persons,
                          (int64_t)with.outside - (int64_t)without.outside,
                          (int64_t)with.sites - (int64_t)without.sites};
    return 0;
}

static enum tr_join join_of(const struct tr_homes_choice *choice, const struct tr_site_rule *rule)
{
    return choice->join < 0 ? rule->join : (enum tr_join)choice->join;
}

/* ---- for those who wait ---- */

struct finding {
    struct tr_records *out;
    struct trial *t;
    const struct tr_homes_choice *choice;
    const struct tr_site *s; /* a row whose persons wait */
    uint32_t district;
    struct tr_buf with;
};

static struct tr_homes_option *add_option(struct finding *f, const char *code)
{
    struct tr_homes_option *o = tr_records_add(f->out, 0);

    if (!o)
        return NULL;
    o->bydel = f->s->bydel;
    o->housing_type = f->s->housing_type;
    o->waiting = f->s->residents;
    o->option = tr_list_code(tr_profile_list(f->out->profile, "plan_option"), tr_str(code));
    return o;
}

static int add_join(struct finding *f, const struct cost *cost, struct tr_err *err)
{
    struct tr_homes_option *o = add_option(f, "join");

    if (!o)
        return tr_err_memory(err);
    o->outside_more = number(f->out, cost->outside);
    o->sites_more = number(f->out, cost->sites);
    o->with = tr_arena_copy(&f->out->text, tr_buf_slice(&f->with));
    return 0;
}

static void name_with(struct finding *f)
{
    f->with.len = 0;
    for (uint32_t i = 1; i < f->t->n; i++) {
        if (i > 1)
            tr_buf_char(&f->with, '|');
        tr_buf_str(&f->with, tr_demand_district(f->t->d, f->t->district[i]));
    }
}

/* With one district more, the cheapest; if none suffices, with all of the municipality. */
static int find_join(struct finding *f, struct tr_err *err)
{
    struct trial *t = f->t;
    uint32_t persons = (uint32_t)f->s->residents, own = t->group[f->district];
    struct cost best = {0}, cost;

    for (uint32_t i = 0; i < t->d->n; i++) {
        if (t->all[i] != t->all[f->district] || t->group[i] == own ||
            *tr_demand_cell(t->d, i, t->rule) == 0)
            continue;
        t->n = 0;
        add(t, f->district, persons);
        add(t, i, *tr_demand_cell(t->d, i, t->rule));
        if (cost_of_first(t, persons, &cost, err) < 0)
            return -1;
        if (cost.housed && (!best.housed || cost.outside < best.outside ||
                            (cost.outside == best.outside && cost.sites < best.sites))) {
            best = cost;
            name_with(f);
        }
    }
    if (!best.housed) {
        t->n = 0;
        add(t, f->district, persons);
        add_group(t, t->all, t->all[f->district], own);
        if (t->n < 2)
            return 0;
        if (cost_of_first(t, persons, &best, err) < 0)
            return -1;
        name_with(f);
    }
    return best.housed ? add_join(f, &best, err) : 0;
}

static int find_wait(struct finding *f, struct tr_err *err)
{
    const struct tr_site_rule *rule = &f->t->d->rules->rule[f->t->rule];
    struct tr_homes_option *o = add_option(f, "wait");
    uint64_t persons = 0, enough;

    if (!o)
        return tr_err_memory(err);
    f->t->n = 0;
    add_group(f->t, f->t->group, f->t->group[f->district], -1);
    for (uint32_t i = 0; i < f->t->n; i++)
        persons += f->t->need[i];
    for (enough = persons; tr_siting_most(enough, rule->min, rule->max) < enough; enough++)
        ;
    o->persons_more = (int32_t)(enough - persons);
    return 0;
}

/* A stricter standard is fit, if dear; a milder one is not. */
static int find_standard(struct finding *f, int other, struct tr_err *err)
{
    const struct tr_site_rules *rules = f->t->d->rules;
    const struct tr_site_rule *own = &rules->rule[f->t->rule], *rule = &rules->rule[other];
    struct trial t = {0};
    struct cost cost = {0};
    struct tr_homes_option *o;
    uint32_t here;
    int rc;

    if (rule->standard <= own->standard || rule->base != own->base)
        return 0;
    rc = start(&t, f->t->d, err);
    t.rule = other;
    if (rc == 0)
        rc = tr_demand_groups(t.d, join_of(f->choice, rule), t.group, err);
    if (rc == 0) {
        here = *tr_demand_cell(t.d, f->district, other);
        add(&t, f->district, here + (uint32_t)f->s->residents);
        for (uint32_t i = 0; i < t.d->n; i++)
            if (i != f->district && t.group[i] == t.group[f->district])
                add(&t, i, *tr_demand_cell(t.d, i, other));
        rc = cost_of_first(&t, (uint32_t)f->s->residents, &cost, err);
    }
    free(t.group);
    if (rc < 0 || !cost.housed)
        return rc;
    o = add_option(f, "standard");
    if (!o)
        return tr_err_memory(err);
    o->outside_more = number(f->out, cost.outside);
    o->sites_more = number(f->out, cost.sites);
    o->other_type = rule->type;
    o->warnings = TR_STR("blend");
    return 0;
}

int tr_homes_options(struct tr_records *out, const struct tr_homes *plan, const struct tr_demand *d,
                     const struct tr_homes_choice *choice, struct tr_err *err)
{
    struct trial t;
    struct finding f = {.out = out, .t = &t, .choice = choice};
    int rc = start(&t, d, err), of = -1;

    tr_records_start(out, &tr_homes_option_kind, d->rules->profile, NULL);
    for (uint32_t i = 0; i < plan->sites.n && rc == 0; i++) {
        const struct tr_site_rule *rule;

        f.s = (const struct tr_site *)(const void *)plan->sites.record + i;
        rule = tr_site_rule_of(d->rules, f.s->housing_type);
        if (f.s->units > 0 || !rule)
            continue;
        f.district = (uint32_t)tr_demand_find(d, f.s->bydel);
        t.rule = (int)(rule - d->rules->rule);
        if (of != t.rule)
            rc = tr_demand_groups(d, join_of(choice, rule), t.group, err);
        of = t.rule;
        if (rc == 0 && (find_join(&f, err) < 0 || find_wait(&f, err) < 0))
            rc = -1;
        for (int other = 0; other < d->rules->n && rc == 0; other++)
            rc = find_standard(&f, other, err);
    }
    if (rc == 0 && (f.with.failed || out->text.failed))
        rc = tr_err_memory(err);
    tr_buf_clear(&f.with);
    free(t.group);
    return rc;
}

/* ---- one site more ---- */

static int compare_gains(const void *a, const void *b)
{
    const struct tr_homes_gain *x = a, *y = b;

    if (x->waiting != y->waiting)
        return x->waiting > y->waiting ? -1 : 1;
    if (x->outside != y->outside)
        return x->outside > y->outside ? -1 : 1;
    if (x->sites != y->sites)
        return x->sites > y->sites ? -1 : 1;
    if (x->housing_type != y->housing_type)
        return x->housing_type < y->housing_type ? -1 : 1;
    return tr_str_cmp(x->bydel, y->bydel);
}

/* Takes persons away who would live in the site: those of the district, then the others in order.
 */
static void fill_site(struct trial *t, uint32_t district, uint32_t units)
{
    for (int others = 0; others < 2; others++)
        for (uint32_t i = 0; i < t->n && units > 0; i++)
            if ((t->district[i] != district) == others) {
                uint32_t take = t->need[i] < units ? t->need[i] : units;

                t->need[i] -= take;
                units -= take;
            }
}

static int find_gain(struct tr_records *out, struct trial *t, uint32_t district, struct tr_err *err)
{
    const struct tr_site_rule *rule = &t->d->rules->rule[t->rule];
    struct tr_siting before, after;
    struct tr_homes_gain *gain;
    uint64_t persons = 0;
    uint32_t n = 0;

    t->n = 0;
    add_group(t, t->group, t->group[district], -1);
    for (uint32_t i = 0; i < t->n; i++)
        persons += t->need[i];
    if (persons == 0)
        return 0;
    if (solve(t, &before, err) < 0)
        return -1;
    fill_site(t, district, rule->max);
    for (uint32_t i = 0; i < t->n; i++)
        if (t->need[i] > 0)
            t->need[n++] = t->need[i];
    t->n = n;
    if (solve(t, &after, err) < 0)
        return -1;
    gain = tr_records_add(out, 0);
    if (!gain)
        return tr_err_memory(err);
    gain->bydel = tr_demand_district(t->d, district);
    gain->housing_type = rule->type;
    gain->units = (int32_t)rule->max;
    gain->waiting =
        (int64_t)(before.persons - before.housed) - (int64_t)(after.persons - after.housed);
    gain->outside = (int64_t)before.outside - (int64_t)after.outside;
    gain->sites = (int64_t)before.sites - (int64_t)after.sites;
    gain->waiting_less = number(out, gain->waiting);
    gain->outside_less = number(out, gain->outside);
    gain->sites_less = number(out, gain->sites);
    return 0;
}

int tr_homes_gains(struct tr_records *out, const struct tr_demand *d,
                   const struct tr_homes_choice *choice, struct tr_err *err)
{
    struct trial t;
    int rc = start(&t, d, err);

    tr_records_start(out, &tr_homes_gain_kind, d->rules->profile, NULL);
    for (t.rule = 0; t.rule < d->rules->n && rc == 0; t.rule++) {
        if (!(choice->rules >> t.rule & 1))
            continue;
        rc = tr_demand_groups(d, join_of(choice, &d->rules->rule[t.rule]), t.group, err);
        for (uint32_t i = 0; i < d->n && rc == 0; i++)
            rc = find_gain(out, &t, i, err);
    }
    free(t.group);
    if (rc == 0 && out->n > 0)
        qsort(out->record, out->n, sizeof(struct tr_homes_gain), compare_gains);
    return rc;
}

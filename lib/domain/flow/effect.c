#include "domain/flow/effect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/chance.h"
#include "domain/cases/case_state.h"
#include "domain/flow/survival.h"
#include "domain/referral/guarded.h"

static const double year = 365.25;

#define AT(member) offsetof(struct tr_tenant, member)
static const struct tr_member tenant_members[] = { /* filled in from referrals, as these are read everywhere */
    {"referral_id", TR_M_ID, .at = AT(id)}, {"bydel", TR_M_CODE, .at = AT(bydel), .list = "bydel"},
    {"person_id", TR_M_TEXT, .at = AT(person_id)},
    {"protection", TR_M_CODE, .at = AT(protection), .list = "protection"},
    {"housing_type", TR_M_TEXT, .at = AT(housing_type)}, {"rop_group", TR_M_TEXT, .at = AT(rop_group)},
};
const struct tr_kind tr_tenant_kind = {
    .name = "tenant",
    .member = tenant_members,
    .n_members = sizeof tenant_members / sizeof *tenant_members,
    .size = sizeof(struct tr_tenant),
    .keyed = true,
};

/* Gives them the numbers that were decided. */
static int join_linked(struct tr_records *tenants, const struct tr_records *decided)
{
    struct tr_link_groups linked = {0};
    int rc = tr_link_groups_make(&linked, decided);

    if (rc == 0)
        rc = tr_link_groups_number(&linked, tenants, AT(id), AT(person_id));
    tr_link_groups_clear(&linked);
    return rc;
}

int tr_tenants_settle(struct tr_records *tenants, const struct tr_records *decided)
{
    struct tr_tenant *t = (struct tr_tenant *)(void *)tenants->record;
    struct tr_guarded guarded;
    int rc = decided->n > 0 ? join_linked(tenants, decided) : 0;

    tr_guarded_start(&guarded, tenants->profile, NULL);
    for (uint32_t i = 0; rc == 0 && i < tenants->n; i++)
        rc = tr_guarded_add(&guarded, t[i].id, t[i].person_id, t[i].protection) < 0 ? -1 : 0;
    for (uint32_t i = 0; i < tenants->n; i++)
        if (tr_guarded_of(&guarded, t[i].id, t[i].person_id) >= 0)
            t[i].bydel = -1;
    tr_guarded_clear(&guarded);
    return rc;
}

#undef AT
#define AT(member) offsetof(struct tr_tenant_site, member)
static const struct tr_member site_members[] = {
    {"case_id", TR_M_ID, .at = AT(id), .needed = true, .filled = true},
    {"site", TR_M_TEXT, .at = AT(site), .needed = true, .filled = true},
};
const struct tr_kind tr_tenant_site_kind = {
    .name = "tenant_site",
    .member = site_members,
    .n_members = sizeof site_members / sizeof *site_members,
    .size = sizeof(struct tr_tenant_site),
    .keyed = true,
};

const char *const tr_effect_by_names[] = {
    [TR_EFFECT_ALL] = "all",
    [TR_EFFECT_SITE] = "site",
    [TR_EFFECT_HOUSING_TYPE] = "housing_type",
    [TR_EFFECT_ROP_GROUP] = "rop_group",
    [TR_EFFECT_BYDEL] = "bydel",
    [TR_N_EFFECT_BY] = NULL,
};

/* The event types that lead to a state in which the person is gone or moved away, and those that lead
 * out of every such state. */
static int find_parts(struct tr_effect_choice *choice, const struct tr_profile *p,
                      struct tr_err *err)
{
    struct tr_case_states all;
    uint64_t away = 0;

    if (tr_case_states_load(&all, p, err) < 0)
        return -1;
    for (int i = 0; i < all.n; i++)
        away |= (uint64_t)(all.state[i].gone || all.state[i].frees) << i;
    choice->parts = 0;
    choice->returns = away ? UINT64_MAX : 0;
    for (int i = 0; i < all.n; i++)
        for (int t = 0; t < TR_LIST_MAX; t++) {
            int to = all.state[i].to[t];

            if (away >> i & 1 && (to < 0 || away >> to & 1))
                choice->returns &= ~(UINT64_C(1) << t);
            if (!(away >> i & 1) && to >= 0 && away >> to & 1)
                choice->parts |= UINT64_C(1) << t;
        }
    return 0;
}

int tr_effect_load(struct tr_effect_choice *choice, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_list *types = tr_profile_list(p, "event_type");
    uint64_t from;

    if (!tr_list_codes(types, tr_profile_value(p, "home_from"), &from) || from == 0 ||
        !tr_list_codes(types, tr_profile_value(p, "home_lost"), &choice->lost))
        return tr_table_fault(&p->table[TR_T_PROFILE], 0, 1, TR_E_TABLE_CELL,
                              N_("home_from and home_lost name event types"), err);
    for (choice->moved_in = 0; !(from >> choice->moved_in & 1); choice->moved_in++)
        continue;
    return find_parts(choice, p, err);
}

/* ---- the persons ---- */

struct person {
    struct tr_str id, group;   /* the case under which the person moved in first */
    int32_t moved, lost;       /* days; TR_NO_DAY */
    int32_t back, gone;        /* last taken back; died or moved away after that */
    int32_t first, last;       /* the first day watched before, the last one after */
    uint32_t before, after;    /* episodes of the kind in hand */
};

struct effect {
    struct tr_figures *out;
    const struct tr_effect_data *data;
    const struct tr_effect_choice *choice;
    const struct tr_profile *profile;
    struct tr_effect_told *told;
    struct tr_disclosure rules;
    struct tr_dict tenants; /* whom the referrals are about, to the first of them */
    struct tr_dict ids;     /* of cases, each the first of its person: see whose */
    struct person *person;  /* by group, when ordered */
    uint32_t n;
    uint32_t *place; /* of each id's number, in person */
    bool *twice;     /* of each episode: another row says the same */
};

static const struct tr_tenant *tenant(const struct effect *e, int i)
{
    return i < 0 ? NULL
                 : (const struct tr_tenant *)(const void *)e->data->tenants->record + i;
}

static const struct tr_tenant *tenant_of(const struct effect *e, struct tr_str id)
{
    return tenant(e, e->data->tenants->kind ? tr_records_find(e->data->tenants, id) : -1);
}

/* The case that stands for all of the person's. */
static struct tr_str whose(const struct effect *e, struct tr_str id)
{
    const struct tr_tenant *of = tenant_of(e, id);

    return of && of->person_id.len > 0 ? tenant(e, tr_dict_find(&e->tenants, of->person_id))->id
                                       : id;
}

static struct tr_str group_of(const struct effect *e, struct tr_str id)
{
    const struct tr_records *sites = e->data->sites;
    int s = sites->kind ? tr_records_find(sites, id) : -1;
    const struct tr_tenant *of = tenant_of(e, id);

    switch (e->choice->by) {
    case TR_EFFECT_SITE:
        return s < 0 ? (struct tr_str){"", 0}
                     : ((const struct tr_tenant_site *)(const void *)sites->record + s)->site;
    case TR_EFFECT_HOUSING_TYPE:
        return of ? of->housing_type : (struct tr_str){"", 0};
    case TR_EFFECT_ROP_GROUP:
        return of ? of->rop_group : (struct tr_str){"", 0};
    case TR_EFFECT_BYDEL:
        return of && of->bydel >= 0 ? tr_profile_list(e->profile, "bydel")->entry[of->bydel].code
                                    : (struct tr_str){"", 0};
    default:
        return (struct tr_str){"", 0};
    }
}

static int by_group(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    int c = tr_str_cmp(x->group, y->group);

    if ((x->group.len == 0) != (y->group.len == 0)) /* not known: last */
        return x->group.len == 0 ? 1 : -1;
    return c ? c : tr_str_cmp(x->id, y->id);
}

static void set_spans(struct effect *e, struct person *p)
{
    const struct tr_effect_choice *c = e->choice;
    struct tr_duration d = c->span;

    p->first = tr_day_plus(p->moved, (struct tr_duration){-d.months, -d.days, -d.working_days});
    if (c->since != TR_NO_DAY && p->first < c->since)
        p->first = c->since < p->moved ? c->since : p->moved;
    p->last = tr_day_plus(p->moved, d);
    if (p->last == TR_NO_DAY || p->last > c->as_of)
        p->last = c->as_of;
    if (p->gone != TR_NO_DAY && p->last > p->gone)
        p->last = p->gone;
    if (p->gone != TR_NO_DAY && p->lost >= p->gone) /* nobody lives there to lose it */
        p->lost = TR_NO_DAY;
    p->group = group_of(e, p->id);
}

static int find_tenants(struct effect *e)
{
    const struct tr_records *r = e->data->tenants;
    int rc = 0;

    for (uint32_t i = 0; r->kind && rc >= 0 && i < r->n; i++) {
        int number = (int)i;

        if (tenant(e, number)->person_id.len > 0)
            rc = tr_dict_add(&e->tenants, tenant(e, number)->person_id, &number);
    }
    return rc < 0 ? -1 : 0;
}

static int find_moved(struct effect *e)
{
    const struct tr_records *events = e->data->events;
    const struct tr_effect_choice *c = e->choice;

    for (uint32_t i = 0; i < events->n; i++) {
        const struct tr_event *v = tr_event(events, i);
        int number = (int)e->n;

        if (v->type != c->moved_in || v->date > c->as_of)
            continue;
        if (tr_dict_add(&e->ids, whose(e, v->case_id), &number) < 0)
            return -1;
        if (number == (int)e->n)
            e->person[e->n++] = (struct person){.id = v->case_id, .moved = v->date,
                                                .lost = TR_NO_DAY, .back = TR_NO_DAY,
                                                .gone = TR_NO_DAY};
        else if (v->date < e->person[number].moved) {
            e->person[number].id = v->case_id;
            e->person[number].moved = v->date;
        }
    }
    return 0;
}

/* When each lost the home; or died or moved away, which a later event of returns takes back. */
static void find_ends(struct effect *e)
{
    const struct tr_records *events = e->data->events;
    const struct tr_effect_choice *c = e->choice;

    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < events->n; i++) {
            const struct tr_event *v = tr_event(events, i);
            uint64_t now = pass ? c->parts : c->lost | c->returns;
            int number = now >> v->type & 1 ? tr_dict_find(&e->ids, whose(e, v->case_id)) : -1;
            struct person *p = number < 0 ? NULL : &e->person[number];

            if (!p || v->date < p->moved || v->date > c->as_of)
                continue;
            if (pass) {
                if ((p->back == TR_NO_DAY || v->date >= p->back) &&
                    (p->gone == TR_NO_DAY || v->date < p->gone))
                    p->gone = v->date;
                continue;
            }
            if (c->lost >> v->type & 1 && (p->lost == TR_NO_DAY || v->date < p->lost))
                p->lost = v->date;
            if (c->returns >> v->type & 1 && (p->back == TR_NO_DAY || v->date > p->back))
                p->back = v->date;
        }
}

static int find_persons(struct effect *e)
{
    e->person = calloc(e->data->events->n + (size_t)1, sizeof *e->person);
    if (!e->person || find_tenants(e) < 0 || find_moved(e) < 0)
        return -1;
    find_ends(e);
    for (uint32_t i = 0; i < e->n; i++)
        set_spans(e, &e->person[i]);
    e->told->persons = e->n;
    qsort(e->person, e->n, sizeof *e->person, by_group);
    e->place = calloc(e->n + (size_t)1, sizeof *e->place);
    for (uint32_t i = 0; e->place && i < e->n; i++)
        e->place[tr_dict_find(&e->ids, whose(e, e->person[i].id))] = i;
    return e->place ? 0 : -1;
}

/* ---- before and after ---- */

/* One side of a comparison. */
struct side {
    uint64_t count;
    int64_t days;
    uint32_t persons; /* to whom it happened */
};

struct pair {
    struct side before, after;
    uint32_t persons, fewer, more, same;
};

/* The number of the person whose case it is, in e->ids. */
static int number_of(const void *cookie, struct tr_str case_id)
{
    const struct effect *e = cookie;

    return tr_dict_find(&e->ids, whose(e, case_id));
}

static void count_episodes(struct effect *e, int32_t kind)
{
    const struct tr_records *r = e->data->episodes;

    for (uint32_t i = 0; i < e->n; i++)
        e->person[i].before = e->person[i].after = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        const struct tr_episode *v = tr_episode(r, i);
        bool one = v->episode == kind && !e->twice[i];
        int number = one ? number_of(e, v->case_id) : -1;
        struct person *p = number < 0 ? NULL : &e->person[e->place[number]];

        e->told->elsewhere += one && !p;
        if (p && v->date >= p->first && v->date < p->moved)
            p->before++;
        else if (p && v->date > p->moved && v->date <= p->last)
            p->after++;
    }
}

static struct pair add_up(const struct effect *e, uint32_t from, uint32_t to)
{
    struct pair s = {0};

    for (uint32_t i = from; i < to; i++) {
        const struct person *p = &e->person[i];
        int64_t before = p->moved - p->first, after = p->last - p->moved;
        int64_t less = (int64_t)p->after * before - (int64_t)p->before * after;

        s.before.count += p->before;
        s.before.days += before;
        s.before.persons += p->before > 0;
        s.after.count += p->after;
        s.after.days += after;
        s.after.persons += p->after > 0;
        s.persons++;
        if (before > 0 && after > 0)
            *(less < 0 ? &s.fewer : less > 0 ? &s.more : &s.same) += 1;
    }
    return s;
}

static void tell(struct effect *e, const char *side, const char *what, double number, int decimals,
                 bool hidden)
{
    char column[32];

    snprintf(column, sizeof column, "%s_%s", side, what);
    if (hidden)
        tr_figures_hide(e->out, column);
    else
        tr_figures_number(e->out, column, number, decimals);
}

static void tell_side(struct effect *e, const char *name, const struct side *s, bool hidden,
                      bool all)
{
    double years = (double)s->days / year;
    struct tr_interval in = tr_poisson_interval(s->count, 0.95);

    tell(e, name, "count", (double)s->count, 0, hidden);
    tell(e, name, "years", years, 1, all); /* it tells how many they are */
    if (s->days == 0)
        return;
    tell(e, name, "rate", (double)s->count / years, 2, hidden);
    tell(e, name, "low", in.low / years, 2, hidden);
    tell(e, name, "high", in.high / years, 2, hidden);
}

static void tell_ratio(struct effect *e, const struct pair *s, bool hidden)
{
    static const char *const columns[] = {"ratio", "ratio_low", "ratio_high", "change_percent"};
    double a = (double)s->after.count / (double)s->after.days,
           b = (double)s->before.count / (double)s->before.days;
    struct tr_interval in;

    if (s->before.days == 0 || s->after.days == 0 || s->before.count + s->after.count == 0)
        return;
    in = tr_rate_ratio_interval(s->after.count, (double)s->after.days, s->before.count,
                                (double)s->before.days, 0.95);
    for (int i = 0; i < 4; i++) {
        const double value[] = {a / b, in.low, in.high, 100 * (a / b - 1)};

        if (hidden)
            tr_figures_hide(e->out, columns[i]);
        else
            tr_figures_number(e->out, columns[i], value[i], i < 3 ? 3 : 0);
    }
}

/* The persons who had fewer, as many and more than before. */
static void tell_within(struct effect *e, const struct pair *s, bool hidden)
{
    const char *const columns[] = {"with_fewer", "with_same", "with_more"};
    const uint32_t value[] = {s->fewer, s->same, s->more};

    for (int i = 0; i < 3; i++)
        hidden |= !e->choice->whole && tr_disclosure_is_small(&e->rules, value[i]);
    for (int i = 0; i < 3; i++) {
        if (hidden)
            tr_figures_hide(e->out, columns[i]);
        else
            tr_figures_count(e->out, columns[i], value[i]);
    }
}

static void write_pair(struct effect *e, struct tr_str group, struct tr_str kind,
                       const struct pair *s)
{
    bool held = !e->choice->whole;
    bool all = held && tr_disclosure_is_small(&e->rules, s->persons);
    bool before = all || (held && tr_disclosure_is_small(&e->rules, s->before.persons));
    bool after = all || (held && tr_disclosure_is_small(&e->rules, s->after.persons));
    bool few = s->before.count + s->after.count < TR_CURVE_FEW;

    tr_figures_row(e->out);
    tr_figures_text(e->out, tr_effect_by_names[e->choice->by], group);
    tr_figures_text(e->out, "episode", kind);
    if (all)
        tr_figures_hide(e->out, "persons");
    else
        tr_figures_count(e->out, "persons", s->persons);
    tell_side(e, "before", &s->before, before, all);
    tell_side(e, "after", &s->after, after, all);
    tell_ratio(e, s, before || after);
    tell_within(e, s, all);
    tr_figures_text(e->out, "caution", few ? TR_STR("no_control|few") : TR_STR("no_control"));
    e->told->few += few;
}

static int start(struct effect *e, const char *const *names, struct tr_err *err)
{
    e->profile = e->data->events->profile;
    tr_figures_start(e->out, names);
    if (tr_disclosure_load(&e->rules, e->profile, err) < 0)
        return -1;
    return find_persons(e) < 0 || !(e->twice = tr_episodes_twice(e->data->episodes, number_of, e, &e->told->twice))
               ? tr_err_memory(err) : 0;
}

static int end(struct effect *e, int rc, struct tr_err *err)
{
    free(e->person);
    free(e->place);
    free(e->twice);
    tr_dict_clear(&e->tenants);
    tr_dict_clear(&e->ids);
    return rc == 0 && e->out->failed ? tr_err_memory(err) : rc;
}

static uint32_t end_of(const struct effect *e, uint32_t from)
{
    uint32_t to = from + 1;

    while (to < e->n && tr_str_eq(e->person[to].group, e->person[from].group))
        to++;
    return to;
}

int tr_effect_table(struct tr_figures *out, const struct tr_effect_data *data,
                    const struct tr_effect_choice *choice, struct tr_effect_told *told,
                    struct tr_err *err)
{
    const char *by = choice->by == TR_EFFECT_ALL ? "" : tr_effect_by_names[choice->by];
    const char *const names[] = {
        by,           "episode",      "=persons",      "=before_count",  "=before_years",
        "=before_rate", "=before_low",  "=before_high",  "=after_count",   "=after_years",
        "=after_rate",  "=after_low",   "=after_high",   "=ratio",         "=ratio_low",
        "=ratio_high",  "=change_percent", "=with_fewer", "=with_same", "=with_more",
        "caution",      NULL};
    struct effect e = {.out = out, .data = data, .choice = choice, .told = told};
    const struct tr_list *kinds = tr_profile_list(data->events->profile, "episode");
    int rc = start(&e, names, err);

    for (int k = 0; rc == 0 && kinds && k < kinds->n; k++) {
        bool some = false;

        for (uint32_t i = 0; i < data->episodes->n; i++)
            some |= tr_episode(data->episodes, i)->episode == k;
        if (!some)
            continue;
        count_episodes(&e, k);
        for (uint32_t from = 0, to; from < e.n; from = to) {
            struct pair s = add_up(&e, from, to = end_of(&e, from));

            write_pair(&e, e.person[from].group, kinds->entry[k].code, &s);
        }
    }
    return end(&e, rc, err);
}

/* ---- how long homes are kept ---- */

/* The share kept after a number of years, when somebody was watched for so long. */
static void tell_kept(struct effect *e, const struct tr_curve *c, int years, bool hidden)
{
    int32_t day = (int32_t)(years * year);
    const struct tr_curve_point *at = NULL;
    char name[sizeof "kept_-2147483648_high"];

    snprintf(name, sizeof name, "kept_%d", years);
    if (c->longest < day)
        return;
    for (uint32_t i = 0; i < c->n && c->point[i].days <= day; i++)
        at = &c->point[i];
    if (hidden)
        tr_figures_hide(e->out, name);
    else
        tr_figures_number(e->out, name, at ? at->share : 1, 3);
    if (hidden || !at || !isfinite(at->low))
        return;
    snprintf(name, sizeof name, "kept_%d_low", years);
    tr_figures_number(e->out, name, at->low, 3);
    snprintf(name, sizeof name, "kept_%d_high", years);
    tr_figures_number(e->out, name, at->high, 3);
}

static int write_tenancies(struct effect *e, struct tr_watch *watch, uint32_t from, uint32_t to)
{
    bool held = !e->choice->whole, all, lost;
    struct tr_curve c;

    for (uint32_t i = from; i < to; i++) {
        const struct person *p = &e->person[i];
        bool lost_home = p->lost != TR_NO_DAY;

        watch[i - from] = (struct tr_watch){(lost_home         ? p->lost
                                             : p->gone != TR_NO_DAY ? p->gone
                                                                    : e->choice->as_of) -
                                                p->moved,
                                            lost_home};
    }
    if (tr_curve_make(&c, watch, to - from, 0.95) < 0)
        return -1;
    all = held && tr_disclosure_is_small(&e->rules, c.watched);
    lost = all || (held && tr_disclosure_is_small(&e->rules, c.reached));
    lost |= held && tr_disclosure_is_small(&e->rules, c.watched - c.reached);
    tr_figures_row(e->out);
    tr_figures_text(e->out, tr_effect_by_names[e->choice->by], e->person[from].group);
    if (all)
        tr_figures_hide(e->out, "persons");
    else
        tr_figures_count(e->out, "persons", c.watched);
    if (lost)
        tr_figures_hide(e->out, "homes_lost");
    else
        tr_figures_count(e->out, "homes_lost", c.reached);
    for (int years = 1; years <= 4; years *= 2)
        tell_kept(e, &c, years, lost);
    tr_figures_text(e->out, "caution",
                    c.watched < TR_CURVE_FEW ? TR_STR("no_control|few") : TR_STR("no_control"));
    e->told->few += c.watched < TR_CURVE_FEW;
    tr_curve_clear(&c);
    return 0;
}

int tr_effect_tenancies(struct tr_figures *out, const struct tr_effect_data *data,
                        const struct tr_effect_choice *choice, struct tr_effect_told *told,
                        struct tr_err *err)
{
    const char *by = choice->by == TR_EFFECT_ALL ? "" : tr_effect_by_names[choice->by];
    const char *const names[] = {by,        "=persons",    "=homes_lost",  "=kept_1",
                                 "=kept_1_low", "=kept_1_high", "=kept_2", "=kept_2_low",
                                 "=kept_2_high", "=kept_4",    "=kept_4_low", "=kept_4_high",
                                 "caution", NULL};
    struct effect e = {.out = out, .data = data, .choice = choice, .told = told};
    struct tr_watch *watch = NULL;
    int rc = start(&e, names, err);

    if (rc == 0 && !(watch = calloc(e.n + (size_t)1, sizeof *watch)))
        rc = tr_err_memory(err);
    for (uint32_t from = 0, to; rc == 0 && from < e.n; from = to) {
        to = end_of(&e, from);
        if (write_tenancies(&e, watch, from, to) < 0)
            rc = tr_err_memory(err);
    }
    free(watch);
    return end(&e, rc, err);
}

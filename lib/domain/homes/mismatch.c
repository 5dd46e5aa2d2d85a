#include <stdio.h>
#include <stdlib.h>

#include "domain/homes/inspection.h"
#include "domain/profile/ids_near.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct tr_member resident_members[] = {
    {"referral_id", TR_M_ID, .at = offsetof(struct tr_resident, referral_id), .needed = true,
     .filled = true, .of_person = true},
    {"site", TR_M_TEXT, .at = offsetof(struct tr_resident, site), .needed = true, .filled = true},
    {"rop_group", TR_M_CODE, .at = offsetof(struct tr_resident, group), .list = "rop_group",
     .needed = true},
    {"standard", TR_M_CODE, .at = offsetof(struct tr_resident, standard), .list = "standard"},
    {"from", TR_M_DATE, .at = offsetof(struct tr_resident, from)},
    {"to", TR_M_DATE, .at = offsetof(struct tr_resident, to)},
};

static enum tr_code check_resident(const void *record, const char **member)
{
    const struct tr_resident *r = record;

    *member = "to";
    return r->from != TR_NO_DAY && r->to != TR_NO_DAY && r->to < r->from ? TR_E_REVERSED : TR_OK;
}

const struct tr_kind tr_resident_kind = {
    .name = "resident",
    .member = resident_members,
    .n_members = COUNT(resident_members),
    .size = sizeof(struct tr_resident),
    .check = check_resident,
};

static const struct tr_member mismatch_members[] = {
    {"site", TR_M_TEXT, .at = offsetof(struct tr_mismatch, site)},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_mismatch, bydel)},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_mismatch, housing_type),
     .list = "housing_type"},
    {"standard", TR_M_CODE, .at = offsetof(struct tr_mismatch, standard), .list = "standard"},
    {"units", TR_M_NUMBER, .at = offsetof(struct tr_mismatch, units)},
    {"residents", TR_M_NUMBER, .at = offsetof(struct tr_mismatch, residents)},
    {"other_group", TR_M_NUMBER, .at = offsetof(struct tr_mismatch, other_group)},
    {"other_standard", TR_M_NUMBER, .at = offsetof(struct tr_mismatch, other_standard)},
    {"group_unknown", TR_M_NUMBER, .at = offsetof(struct tr_mismatch, unknown)},
    {"blended", TR_M_NUMBER, .at = offsetof(struct tr_mismatch, blended)},
    {"crowded", TR_M_NUMBER, .at = offsetof(struct tr_mismatch, crowded)},
};

const struct tr_kind tr_mismatch_kind = {
    .name = "mismatch",
    .member = mismatch_members,
    .n_members = COUNT(mismatch_members),
    .size = sizeof(struct tr_mismatch),
};

/* What is counted of one site, beside its row. */
struct house {
    struct tr_mismatch row;
    uint64_t groups;    /* it is meant for; bit: entry of rop_group */
    uint64_t standards; /* its residents need; bit: entry of standard */
    uint32_t most;      /* residents; 0: nobody says */
    bool is_site;
};

static struct house house_of(const struct tr_site_rules *rules, const struct tr_inspected *s)
{
    const struct tr_site_rule *rule = tr_site_rule_of(rules, s->housing_type);
    struct house h = {.is_site = tr_inspected_is_site(rules->profile, s)};

    h.row = (struct tr_mismatch){.site = s->site,
                                 .bydel = s->bydel,
                                 .housing_type = s->housing_type,
                                 .standard = s->standard,
                                 .units = s->units};
    if (rule && s->standard < 0)
        h.row.standard = rule->standard;
    h.groups = tr_site_groups(rules->profile, s->housing_type);
    h.most = rule ? rule->max : 0;
    return h;
}

static void count(struct house *h, const struct tr_profile *p, const struct tr_resident *r)
{
    int standard = r->standard >= 0 ? r->standard : tr_group_standard(p, r->group);

    h->row.residents++;
    h->row.unknown += r->group < 0;
    h->row.other_group += r->group >= 0 && !(h->groups >> r->group & 1);
    h->row.other_standard += standard >= 0 && h->row.standard >= 0 && standard != h->row.standard;
    h->standards |= standard >= 0 ? UINT64_C(1) << standard : 0;
}

static int put(struct tr_records *out, struct house *h, struct tr_mismatch *all, struct tr_err *err)
{
    struct tr_mismatch *to = tr_records_add(out, 0);

    if (!to)
        return tr_err_memory(err);
    h->row.blended = (h->standards & (h->standards - 1)) != 0;
    h->row.crowded = h->most > 0 && (uint32_t)h->row.residents > h->most;
    *to = h->row;
    all->units += h->row.units > 0 ? h->row.units : 0;
    all->residents += h->row.residents;
    all->other_group += h->row.other_group;
    all->other_standard += h->row.other_standard;
    all->unknown += h->row.unknown;
    all->blended += h->row.blended;
    all->crowded += h->row.crowded;
    return 0;
}

/* Where each person lives on the day: of several rows, that of whoever moved in last. */
struct living {
    const struct tr_records *residents;
    int32_t as_of;
    struct tr_dict persons;
    uint32_t *row; /* by the person's number */
};

static const struct tr_resident *resident(const struct living *l, uint32_t i)
{
    return (const struct tr_resident *)(const void *)l->residents->record + i;
}

static bool lives_there(const struct tr_resident *r, int32_t as_of)
{
    return as_of == TR_NO_DAY ? r->to == TR_NO_DAY
                              : r->from <= as_of && (r->to == TR_NO_DAY || r->to > as_of);
}

static int find_homes(struct living *l)
{
    l->row = calloc(l->residents->n + (size_t)1, sizeof *l->row);
    for (uint32_t i = 0; l->row && i < l->residents->n; i++) {
        int number = (int)l->persons.n, rc;

        if (!lives_there(resident(l, i), l->as_of))
            continue;
        rc = tr_dict_add(&l->persons, resident(l, i)->referral_id, &number);
        if (rc < 0)
            return -1;
        if (rc == 0 || resident(l, i)->from > resident(l, l->row[number])->from)
            l->row[number] = i;
    }
    return l->row ? 0 : -1;
}

/* Tells a row that does not count, as the person lives somewhere by another. */
static void say_twice(const struct living *l, uint32_t i, uint32_t counts, const struct tr_listener *listener)
{
    char name[TR_ID_MAX + 1], line[24];
    struct tr_err err;

    tr_err_copy(name, sizeof name, resident(l, i)->referral_id);
    snprintf(line, sizeof line, "%llu", (unsigned long long)l->residents->line[counts]);
    tr_err_set(&err, TR_W_RESIDENT_TWICE, name, line, NULL);
    err.source = l->residents->source;
    err.line = l->residents->line[i];
    listener->say(listener->cookie, &err);
}

static int count_all(struct house *house, const struct tr_records *sites, const struct living *l,
                     const struct tr_listener *listener, struct tr_err *err)
{
    for (uint32_t i = 0; i < l->residents->n; i++) {
        const struct tr_resident *r = resident(l, i);
        int at = tr_records_find(sites, r->site);
        uint32_t counts;

        if (at < 0 || !house[at].is_site)
            return tr_records_fault(l->residents, i, "site", TR_E_SITE_UNKNOWN, NULL, NULL, err);
        if (!lives_there(r, l->as_of))
            continue;
        counts = l->row[tr_dict_find(&l->persons, r->referral_id)];
        if (counts == i)
            count(&house[at], sites->profile, r);
        else
            say_twice(l, i, counts, listener);
    }
    return 0;
}

static int count_persons(struct house *house, const struct tr_records *sites, const struct tr_records *residents,
                         int32_t as_of, const struct tr_listener *listener, struct tr_err *err)
{
    struct living l = {.residents = residents, .as_of = as_of};
    struct tr_ids_near near = {.known = {.n = 0}};
    int rc = find_homes(&l) < 0 || tr_ids_near_take(&near, residents, listener) < 0
                 ? tr_err_memory(err)
                 : count_all(house, sites, &l, listener, err);

    tr_ids_near_clear(&near);
    tr_dict_clear(&l.persons);
    free(l.row);
    return rc;
}

int tr_mismatch_find(struct tr_records *out, const struct tr_records *sites,
                     const struct tr_records *residents, const struct tr_site_rules *rules,
                     int32_t as_of, const struct tr_listener *listener, struct tr_err *err)
{
    struct tr_mismatch all = {.site = TR_STR("total"), .housing_type = -1, .standard = -1};
    struct house *house = calloc(sites->n + (size_t)1, sizeof *house);
    struct tr_mismatch *last;
    int rc = 0;

    tr_records_start(out, &tr_mismatch_kind, sites->profile, NULL);
    if (!house)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < sites->n; i++)
        house[i] = house_of(rules, (const struct tr_inspected *)(const void *)sites->record + i);
    rc = count_persons(house, sites, residents, as_of, listener, err);
    for (uint32_t i = 0; i < sites->n && rc == 0; i++)
        rc = house[i].is_site ? put(out, &house[i], &all, err) : 0;
    last = rc == 0 ? tr_records_add(out, 0) : NULL;
    if (last)
        *last = all;
    else if (rc == 0)
        rc = tr_err_memory(err);
    free(house);
    return rc;
}

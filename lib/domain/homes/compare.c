#include "domain/homes/compare.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct tr_member members[] = {
    {"site", TR_M_TEXT, .at = offsetof(struct tr_homes_change, site)},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_homes_change, bydel)},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_homes_change, housing_type),
     .list = "housing_type"},
    {"plan_change", TR_M_CODE, .at = offsetof(struct tr_homes_change, change),
     .list = "plan_change"},
    {"units_before", TR_M_NUMBER, .at = offsetof(struct tr_homes_change, units_before)},
    {"units_after", TR_M_NUMBER, .at = offsetof(struct tr_homes_change, units_after)},
    {"residents_before", TR_M_NUMBER, .at = offsetof(struct tr_homes_change, residents_before)},
    {"residents_after", TR_M_NUMBER, .at = offsetof(struct tr_homes_change, residents_after)},
    {"from_before", TR_M_LIST, .at = offsetof(struct tr_homes_change, from_before)},
    {"from_after", TR_M_LIST, .at = offsetof(struct tr_homes_change, from_after)},
};

const struct tr_kind tr_homes_change_kind = {
    .name = "homes_change",
    .member = members,
    .n_members = COUNT(members),
    .size = sizeof(struct tr_homes_change),
};

static const struct tr_site *site_at(const struct tr_records *r, int i)
{
    return i < 0 ? NULL : (const struct tr_site *)(const void *)r->record + i;
}

/* One of the two may be NULL. Texts are borrowed. */
static int add(struct tr_records *out, const struct tr_site *before, const struct tr_site *after,
               struct tr_err *err)
{
    const struct tr_site *any = before ? before : after;
    struct tr_homes_change *c = tr_records_add(out, 0);

    if (!c)
        return tr_err_memory(err);
    c->site = any->site;
    c->bydel = any->bydel;
    c->housing_type = any->housing_type;
    c->change =
        tr_list_code(tr_profile_list(out->profile, "plan_change"), tr_str(!before  ? "added"
                                                                          : !after ? "removed"
                                                                                   : "changed"));
    if (before) {
        c->units_before = before->units;
        c->residents_before = before->residents;
        c->from_before = before->from;
    }
    if (after) {
        c->units_after = after->units;
        c->residents_after = after->residents;
        c->from_after = after->from;
    }
    return 0;
}

int tr_homes_compare(struct tr_records *out, const struct tr_records *before,
                     const struct tr_records *after, struct tr_err *err)
{
    tr_records_start(out, &tr_homes_change_kind, before->profile, NULL);
    for (uint32_t i = 0; i < before->n; i++) {
        const struct tr_site *a = site_at(before, (int)i);
        const struct tr_site *b = site_at(after, tr_records_find(after, a->site));

        if (b && a->units == b->units && a->residents == b->residents &&
            tr_str_eq(a->from, b->from))
            continue;
        if (add(out, a, b, err) < 0)
            return -1;
    }
    for (uint32_t i = 0; i < after->n; i++)
        if (tr_records_find(before, site_at(after, (int)i)->site) < 0 &&
            add(out, NULL, site_at(after, (int)i), err) < 0)
            return -1;
    return 0;
}

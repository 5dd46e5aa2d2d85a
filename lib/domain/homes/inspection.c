#include "domain/homes/inspection.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { UNITS_MAX = 100000 };

static const struct tr_member inspected_members[] = {
    {"site", TR_M_ID, .at = offsetof(struct tr_inspected, site), .needed = true, .filled = true},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_inspected, bydel)},
    {"site_status", TR_M_CODE, .at = offsetof(struct tr_inspected, status), .list = "site_status"},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_inspected, housing_type),
     .list = "housing_type", .needed = true, .filled = true},
    {"standard", TR_M_CODE, .at = offsetof(struct tr_inspected, standard), .list = "standard"},
    {"units", TR_M_NUMBER, .at = offsetof(struct tr_inspected, units), .most = UNITS_MAX},
};

const struct tr_kind tr_inspected_kind = {
    .name = "inspected",
    .member = inspected_members,
    .n_members = COUNT(inspected_members),
    .size = sizeof(struct tr_inspected),
    .keyed = true,
};

static const struct tr_member form_members[] = {
    {"site", TR_M_ID, .at = offsetof(struct tr_form_point, site), .needed = true, .filled = true},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_form_point, bydel)},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_form_point, housing_type),
     .list = "housing_type"},
    {"point", TR_M_TEXT, .at = offsetof(struct tr_form_point, point), .needed = true,
     .filled = true},
    {"text", TR_M_TEXT, .at = offsetof(struct tr_form_point, text)},
    {"source", TR_M_TEXT, .at = offsetof(struct tr_form_point, source)},
    {"met", TR_M_BOOL, .at = offsetof(struct tr_form_point, met), .list = "bool", .needed = true},
    {"note", TR_M_TEXT, .at = offsetof(struct tr_form_point, note)},
};

const struct tr_kind tr_form_point_kind = {
    .name = "inspection_form",
    .member = form_members,
    .n_members = COUNT(form_members),
    .size = sizeof(struct tr_form_point),
};

static const struct tr_member inspection_members[] = {
    {"site", TR_M_TEXT, .at = offsetof(struct tr_inspection, site)},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_inspection, bydel)},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_inspection, housing_type),
     .list = "housing_type"},
    {"standard", TR_M_CODE, .at = offsetof(struct tr_inspection, standard), .list = "standard"},
    {"points", TR_M_NUMBER, .at = offsetof(struct tr_inspection, points)},
    {"points_met", TR_M_NUMBER, .at = offsetof(struct tr_inspection, met)},
    {"points_unmet", TR_M_NUMBER, .at = offsetof(struct tr_inspection, unmet)},
    {"points_open", TR_M_NUMBER, .at = offsetof(struct tr_inspection, open)},
    {"meets_standard", TR_M_BOOL, .at = offsetof(struct tr_inspection, meets), .list = "bool"},
    {"points_lacking", TR_M_LIST, .at = offsetof(struct tr_inspection, lacking)},
    {"note", TR_M_TEXT, .at = offsetof(struct tr_inspection, remarks)},
};

const struct tr_kind tr_inspection_kind = {
    .name = "inspection",
    .member = inspection_members,
    .n_members = COUNT(inspection_members),
    .size = sizeof(struct tr_inspection),
};

bool tr_inspected_is_site(const struct tr_profile *p, const struct tr_inspected *s)
{
    return s->status < 0 ||
           !tr_str_is(tr_profile_list(p, "site_status")->entry[s->status].code, "waiting");
}

static const struct tr_inspected *site_at(const struct tr_records *sites, uint32_t i)
{
    return (const struct tr_inspected *)(const void *)sites->record + i;
}

int tr_inspection_blank(struct tr_records *out, const struct tr_records *sites,
                        const struct tr_site_rules *rules, enum tr_lang lang, struct tr_err *err)
{
    struct tr_site_points points;

    tr_records_start(out, &tr_form_point_kind, sites->profile, NULL);
    for (uint32_t i = 0; i < sites->n; i++) {
        const struct tr_inspected *s = site_at(sites, i);

        if (!tr_inspected_is_site(sites->profile, s))
            continue;
        tr_site_points_find(&points, rules, s->housing_type, s->standard, lang, &out->text);
        for (int k = 0; k < points.n; k++) {
            struct tr_form_point *f = tr_records_add(out, 0);

            if (!f)
                return tr_err_memory(err);
            *f = (struct tr_form_point){s->site,           s->bydel,          s->housing_type,
                                        points.at[k].code, points.at[k].text, points.at[k].source,
                                        .met = -1};
        }
    }
    return out->text.failed ? tr_err_memory(err) : 0;
}

/* ---- what was found ---- */

/* What the forms say of one site. */
struct reading {
    const struct tr_records *filled; /* n sets */
    int n;
    struct tr_site_points points;
    uint64_t answered, met; /* bit: point */
    struct tr_buf remarks;
};

static const struct tr_form_point *answer_at(const struct tr_records *filled, uint32_t i)
{
    return (const struct tr_form_point *)(const void *)filled->record + i;
}

static void keep_note(struct reading *r, struct tr_str about, struct tr_str note)
{
    if (note.len == 0)
        return;
    tr_buf_text(&r->remarks, r->remarks.len > 0 ? "; " : "");
    tr_buf_str(&r->remarks, about);
    tr_buf_text(&r->remarks, about.len > 0 ? ": " : "");
    tr_buf_str(&r->remarks, note);
}

/* Takes one set's answers for the site; the rows that were used are counted in *used. */
static int take_answers(struct reading *r, const struct tr_records *filled,
                        const struct tr_inspected *s, uint32_t *used, struct tr_err *err)
{
    for (uint32_t i = 0; i < filled->n; i++) {
        const struct tr_form_point *f = answer_at(filled, i);
        int at = tr_site_point_find(&r->points, f->point);

        if (!tr_str_eq(f->site, s->site))
            continue;
        ++*used;
        if (at < 0 && f->point.len > 0)
            return tr_records_fault(filled, i, "point", TR_E_SITE_POINT, NULL, NULL, err);
        keep_note(r, at < 0 ? TR_STR("") : r->points.at[at].text, f->note);
        if (at < 0)
            continue;
        if (f->met >= 0 && r->answered >> at & 1)
            return tr_records_fault(filled, i, "point", TR_E_ROW_TWICE, NULL, NULL, err);
        r->answered |= f->met >= 0 ? UINT64_C(1) << at : 0;
        r->met |= f->met == 1 ? UINT64_C(1) << at : 0;
    }
    return 0;
}

static int sum_up(struct tr_records *out, const struct reading *r, const struct tr_inspected *s,
                  int standard, struct tr_err *err)
{
    struct tr_inspection *f = tr_records_add(out, 0);
    struct tr_buf lacking = {0};

    if (!f)
        return tr_err_memory(err);
    *f = (struct tr_inspection){.site = s->site,
                                .bydel = s->bydel,
                                .housing_type = s->housing_type,
                                .standard = standard,
                                .points = r->points.n};
    for (int k = 0; k < r->points.n; k++) {
        bool met = r->met >> k & 1, answered = r->answered >> k & 1;

        f->met += met;
        f->unmet += answered && !met;
        f->open += !answered;
        if (!answered || met)
            continue;
        tr_buf_text(&lacking, lacking.len > 0 ? "|" : "");
        tr_buf_str(&lacking, r->points.at[k].code);
    }
    f->meets = f->unmet > 0 ? 0 : f->open > 0 ? -1 : 1;
    f->lacking = tr_arena_copy(&out->text, tr_buf_slice(&lacking));
    f->remarks = tr_arena_copy(&out->text, tr_buf_slice(&r->remarks));
    out->text.failed |= lacking.failed | r->remarks.failed;
    tr_buf_clear(&lacking);
    return out->text.failed ? tr_err_memory(err) : 0;
}

/* Points at the first answer for a site that is not there. */
static int no_such_site(const struct tr_records *filled, const struct tr_records *sites,
                        struct tr_err *err)
{
    for (uint32_t i = 0; i < filled->n; i++) {
        int at = tr_records_find(sites, answer_at(filled, i)->site);

        if (at < 0 || !tr_inspected_is_site(sites->profile, site_at(sites, (uint32_t)at)))
            return tr_records_fault(filled, i, "site", TR_E_SITE_UNKNOWN, NULL, NULL, err);
    }
    return 0;
}

static int standard_of(const struct tr_site_rules *rules, const struct tr_inspected *s)
{
    const struct tr_site_rule *rule = tr_site_rule_of(rules, s->housing_type);

    return s->standard >= 0 ? s->standard : rule ? rule->standard : -1;
}

static int find_one(struct tr_records *out, struct reading *r, const struct tr_inspected *s,
                    int standard, uint32_t *used, struct tr_err *err)
{
    r->answered = r->met = 0;
    r->remarks.len = 0;
    for (int i = 0; i < r->n; i++)
        if (take_answers(r, &r->filled[i], s, used, err) < 0)
            return -1;
    return sum_up(out, r, s, standard, err);
}

int tr_inspection_find(struct tr_records *out, const struct tr_records *sites,
                       const struct tr_records *filled, int n, const struct tr_site_rules *rules,
                       enum tr_lang lang, struct tr_err *err)
{
    struct reading r = {.filled = filled, .n = n};
    uint32_t used = 0, all = 0;
    int rc = 0;

    tr_records_start(out, &tr_inspection_kind, sites->profile, NULL);
    for (uint32_t i = 0; i < sites->n && rc == 0; i++) {
        const struct tr_inspected *s = site_at(sites, i);

        if (!tr_inspected_is_site(sites->profile, s))
            continue;
        tr_site_points_find(&r.points, rules, s->housing_type, s->standard, lang, &out->text);
        rc = find_one(out, &r, s, standard_of(rules, s), &used, err);
    }
    tr_buf_clear(&r.remarks);
    for (int i = 0; i < n; i++)
        all += filled[i].n;
    for (int i = 0; i < n && rc == 0 && used < all; i++)
        rc = no_such_site(&filled[i], sites, err);
    return rc;
}

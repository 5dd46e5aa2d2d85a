#include "domain/homes/site_rule.h"

#include "base/number.h"

const char *const tr_join_names[TR_N_JOINS + 1] = {"alone", "sector", "neighbours", "any", NULL};

enum { UNITS_MAX = 100, PER_CENT = 100 };

static const struct tr_member share_members[] = {
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_room_share, housing_type),
     .list = "housing_type", .needed = true, .filled = true},
    {"one_room_percent", TR_M_NUMBER, .at = offsetof(struct tr_room_share, percent),
     .most = PER_CENT, .needed = true, .filled = true},
};

const struct tr_kind tr_room_share_kind = {
    .name = "room_share",
    .member = share_members,
    .n_members = sizeof share_members / sizeof *share_members,
    .size = sizeof(struct tr_room_share),
};

void tr_site_rules_share(struct tr_site_rules *r, const struct tr_records *shares)
{
    for (uint32_t i = 0; i < shares->n; i++) {
        const struct tr_room_share *s =
            (const struct tr_room_share *)(const void *)shares->record + i;

        for (int k = 0; k < r->n; k++)
            if (r->rule[k].type == s->housing_type)
                r->rule[k].one_room = s->percent;
    }
}

static int read_number(const struct tr_table *t, uint32_t row, const char *column, long long least,
                       long long most, long long *out, struct tr_err *err)
{
    int at = tr_table_column(t, column);

    if (tr_number_read(tr_table_cell(t, row, at), out) && *out >= least && *out <= most)
        return 0;
    return tr_table_fault(t, row, at, TR_E_TABLE_CELL, N_("no such number"), err);
}

static int read_join(const struct tr_table *t, uint32_t row, enum tr_join *out, struct tr_err *err)
{
    int at = tr_table_column(t, "join");

    for (int i = 0; i < TR_N_JOINS; i++)
        if (tr_str_is(tr_table_cell(t, row, at), tr_join_names[i])) {
            *out = (enum tr_join)i;
            return 0;
        }
    return tr_table_fault(t, row, at, TR_E_TABLE_CELL, N_("no such code"), err);
}

uint64_t tr_site_groups(const struct tr_profile *p, int type)
{
    const struct tr_table *types = &p->table[TR_T_HOUSING_TYPES];
    uint64_t groups = 0;

    tr_list_codes(tr_profile_list(p, "rop_group"),
                  tr_table_cell(types, (uint32_t)type, tr_table_column(types, "rop_groups")),
                  &groups);
    return groups;
}

int tr_group_standard(const struct tr_profile *p, int group)
{
    const struct tr_table *m = &p->table[TR_T_ROP_MATRIX];

    for (uint32_t r = 0; r < m->n_rows; r++)
        if (tr_list_code(tr_profile_list(p, "rop_group"),
                         tr_table_cell(m, r, tr_table_column(m, "rop_group"))) == group)
            return group < 0 ? -1
                             : tr_list_code(tr_profile_list(p, "standard"),
                                            tr_table_cell(m, r, tr_table_column(m, "standard")));
    return -1;
}

/* Groups, and with them standard and locations, from the tables that know them. */
static void find_groups(struct tr_site_rule *rule, const struct tr_profile *p)
{
    const struct tr_table *m = &p->table[TR_T_ROP_MATRIX];
    const struct tr_list *groups = tr_profile_list(p, "rop_group");
    const struct tr_list *standards = tr_profile_list(p, "standard");
    const struct tr_list *locations = tr_profile_list(p, "location");

    rule->groups = tr_site_groups(p, rule->type);
    rule->standard = -1;
    for (uint32_t r = 0; r < m->n_rows; r++) {
        int group = tr_list_code(groups, tr_table_cell(m, r, tr_table_column(m, "rop_group")));
        int standard = tr_list_code(standards, tr_table_cell(m, r, tr_table_column(m, "standard")));
        int location = tr_list_code(locations, tr_table_cell(m, r, tr_table_column(m, "location")));

        if (group < 0 || !(rule->groups >> group & 1))
            continue;
        rule->standard = standard > rule->standard ? standard : rule->standard;
        rule->locations |= location >= 0 ? UINT64_C(1) << location : 0;
    }
}

/* A model of one room has one room, and one of two has two, where modules.csv says so. */
static int check_model(const struct tr_profile *p, uint32_t row, const char *column,
                       const char *rooms, struct tr_err *err)
{
    const struct tr_table *rules = &p->table[TR_T_SITE_RULES], *t = &p->table[TR_T_MODULES];
    int at = tr_table_column(rules, column);
    struct tr_str model = tr_table_cell(rules, row, at);

    for (uint32_t r = 0; r < t->n_rows && model.len > 0; r++) {
        struct tr_str has = tr_table_cell(t, r, tr_table_column(t, "rooms"));

        if (tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "model")), model) && has.len > 0 &&
            !tr_str_is(has, rooms))
            return tr_table_fault(rules, row, at, TR_E_TABLE_CELL,
                                  N_("the model has another number of rooms"), err);
    }
    return 0;
}

static int read_rule(struct tr_site_rules *r, uint32_t row, struct tr_err *err)
{
    const struct tr_profile *p = r->profile;
    const struct tr_table *t = &p->table[TR_T_SITE_RULES];
    struct tr_site_rule *rule = &r->rule[r->n];
    int type = tr_table_column(t, "housing_type");
    long long min, max, one_room;

    *rule = (struct tr_site_rule){.row = row};
    rule->type = tr_list_code(tr_profile_list(p, "housing_type"), tr_table_cell(t, row, type));
    if (rule->type < 0 || r->n == TR_SITE_RULES_MAX)
        return tr_table_fault(t, row, type, TR_E_TABLE_CELL, N_("no such code"), err);
    if (tr_site_rule_of(r, rule->type))
        return tr_table_fault(t, row, type, TR_E_TABLE_CELL, N_("two rows have the same spelling"),
                              err);
    if (read_number(t, row, "units_min", 1, UNITS_MAX, &min, err) < 0 ||
        read_number(t, row, "units_max", 1, UNITS_MAX, &max, err) < 0 ||
        read_number(t, row, "one_room_percent", 0, PER_CENT, &one_room, err) < 0 ||
        read_join(t, row, &rule->join, err) < 0 ||
        check_model(p, row, "one_room_model", "1", err) < 0 ||
        check_model(p, row, "two_room_model", "2", err) < 0)
        return -1;
    if (max < min)
        return tr_table_fault(t, row, tr_table_column(t, "units_max"), TR_E_TABLE_CELL,
                              N_("no site has fewer homes at most than at least"), err);
    rule->min = (uint32_t)min;
    rule->max = (uint32_t)max;
    rule->one_room = (int)one_room;
    rule->base = tr_str_is(tr_table_cell(t, row, tr_table_column(t, "base")), "ja");
    find_groups(rule, p);
    r->n++;
    return 0;
}

int tr_site_rules_load(struct tr_site_rules *r, const struct tr_profile *p, struct tr_err *err)
{
    *r = (struct tr_site_rules){.profile = p};
    for (uint32_t row = 0; row < p->table[TR_T_SITE_RULES].n_rows; row++)
        if (read_rule(r, row, err) < 0)
            return -1;
    r->heap = (uint32_t)tr_profile_number(p, "heap_homes", 0);
    return 0;
}

const struct tr_site_rule *tr_site_rule_of(const struct tr_site_rules *r, int type)
{
    for (int i = 0; i < r->n; i++)
        if (r->rule[i].type == type)
            return &r->rule[i];
    return NULL;
}

struct tr_str tr_site_rule_text(const struct tr_site_rules *r, const struct tr_site_rule *rule,
                                const char *column, enum tr_lang lang)
{
    const struct tr_table *t = &r->profile->table[TR_T_SITE_RULES];

    return tr_table_cell(t, rule->row, tr_lang_column(t, column, lang));
}

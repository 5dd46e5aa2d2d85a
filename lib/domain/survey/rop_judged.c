/* What a professional judged, beside what the rules say. */
#include "domain/survey/rop_own.h"

static uint64_t bit(int i)
{
    return UINT64_C(1) << i;
}

static int the_only(uint64_t bits)
{
    return bits && !(bits & (bits - 1)) ? __builtin_ctzll(bits) : -1;
}

int tr_rop_load_judgement(struct tr_rop *rop, struct tr_err *err)
{
    const struct tr_profile *p = rop->profile;
    const struct tr_list *groups = p->of_field[TR_F_ROP_GROUP];
    const struct tr_list *judged = p->of_field[TR_F_JUDGED_GROUP];
    const struct tr_list *basis = p->of_field[TR_F_ROP_BASIS];
    const struct tr_table *types = &p->table[TR_T_HOUSING_TYPES];
    int column = tr_table_column(types, "rop_groups");

    for (int i = 0; i < judged->n; i++)
        rop->judged[i] = tr_list_code(groups, judged->entry[i].code);
    rop->basis[TR_ROP_UNDECIDED] = -1;
    rop->basis[TR_ROP_BY_RULES] = tr_list_code(basis, TR_STR("rules"));
    rop->basis[TR_ROP_JUDGED] = tr_list_code(basis, TR_STR("judged"));
    rop->judgement_counts = tr_str_is(tr_profile_value(p, "judgement_counts"), "always");
    for (int g = 0; g < groups->n; g++)
        rop->giving[g] = rop->groups.giving[TR_ROP_GROUP][g + 1];
    for (uint32_t t = 0; t < types->n_rows; t++)
        if (!tr_list_codes(groups, tr_table_cell(types, t, column), &rop->groups_of[t]))
            return tr_table_fault(types, t, column, TR_E_TABLE_CELL, N_("no such code"), err);
    return 0;
}

/* The housing types that rules (bit: rule) give. */
static uint64_t types_of(const struct tr_rop *rop, uint64_t rules)
{
    uint64_t types = 0;

    for (; rules; rules &= rules - 1) {
        int type = rop->groups.result[__builtin_ctzll(rules)][TR_ROP_TYPE];

        types |= type >= 0 ? bit(type) : 0;
    }
    return types;
}

/* The types that a judged group can have, as far as each known indicator by itself tells them
 * apart. An indicator that contradicts the group tells nothing. */
static uint64_t types_left(const struct tr_rop *rop, const struct tr_value v[], int group)
{
    const struct tr_rules *rules = &rop->groups;
    uint64_t types = types_of(rop, rop->giving[group]);

    for (int c = 0; c < rules->n_conditions; c++) {
        int num = v[rules->condition[c]].num;
        uint64_t told = num < 0 ? 0 : types_of(rop, rop->giving[group] & rules->allowing[c][num + 1]);

        types &= told ? told : types;
    }
    return types;
}

int tr_rop_ask_type(const struct tr_rop *rop, const struct tr_value v[],
                    const struct tr_rop_result *result)
{
    const struct tr_rules *rules = &rop->groups;

    if (result->group < 0 || result->housing_type >= 0)
        return -1;
    for (int c = 0; c < rules->n_conditions; c++)
        for (int code = 0; v[rules->condition[c]].num < 0 && code < rules->values[c]->n; code++) {
            uint64_t told =
                types_of(rop, rop->giving[result->group] & rules->allowing[c][code + 1]);

            if (told && told != types_of(rop, rop->giving[result->group]))
                return (int)rules->condition[c];
        }
    return -1;
}

/* A judgement as it is understood. */
struct judgement {
    int group, type; /* -1: not said */
    bool outside;    /* the matrix is not about this person */
    bool contradicts;
};

static struct judgement read_judgement(const struct tr_rop *rop, const struct tr_value v[])
{
    int code = v[TR_F_JUDGED_GROUP].num;
    struct judgement j = {.group = code < 0 ? -1 : rop->judged[code],
                          .type = v[TR_F_JUDGED_HOUSING_TYPE].num,
                          .outside = code >= 0 && rop->judged[code] < 0};

    j.contradicts = j.type >= 0 && (j.outside || (j.group >= 0 && !(rop->groups_of[j.type] >> j.group & 1)));
    if (j.contradicts)
        j.type = -1;
    if (j.group < 0 && j.type >= 0)
        j.group = the_only(rop->groups_of[j.type]);
    return j;
}

/* Whether the rules decide something else. */
static bool differs(const struct tr_rop *rop, const struct judgement *j,
                    const struct tr_rop_result *r)
{
    if (r->outside || j->outside)
        return r->outside != j->outside && (r->outside || r->group >= 0);
    if (r->group < 0)
        return false;
    if (j->group >= 0 ? j->group != r->group : !(rop->groups_of[j->type] >> r->group & 1))
        return true;
    return j->type >= 0 && r->housing_type >= 0 && j->type != r->housing_type;
}

/* Whether the rules, which do not decide, leave none of what was judged possible. */
static bool is_beyond(const struct tr_rop *rop, const struct judgement *j,
                      const struct tr_rop_result *r)
{
    uint64_t judged = j->group >= 0 ? bit(j->group) : j->type >= 0 ? rop->groups_of[j->type] : 0;

    return !r->outside && judged && !(judged & r->possible);
}

void tr_rop_judge(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out)
{
    const struct judgement j = read_judgement(rop, v);
    const bool decided_otherwise = differs(rop, &j, out);
    int found = out->group >= 0 && out->group == j.group ? out->housing_type : -1;

    out->judgement_contradicts = j.contradicts;
    out->judgement_differs = decided_otherwise || is_beyond(rop, &j, out);
    if (decided_otherwise ? !rop->judgement_counts : out->basis == TR_ROP_BY_RULES)
        return;
    out->basis = TR_ROP_JUDGED;
    out->group = j.group;
    out->outside = j.outside;
    out->judge = 0;
    out->housing_type = j.type >= 0    ? j.type
                        : found >= 0   ? found
                        : j.group >= 0 ? the_only(types_left(rop, v, j.group))
                                       : -1;
    out->base = j.group >= 0  ? rop->giving[j.group]
                : j.type >= 0 ? rop->groups.giving[TR_ROP_TYPE][j.type + 1]
                              : 0;
}

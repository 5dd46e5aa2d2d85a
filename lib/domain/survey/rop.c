#include "domain/survey/rop_own.h"

static const enum tr_field group_outcomes[] = {TR_F_ROP_GROUP, TR_F_HOUSING_TYPE, TR_F_STANDARD,
                                               TR_F_LOCATION};
static const enum tr_field somatic_outcomes[] = {TR_F_ROP_SOMATIC, TR_F_STANDARD, TR_F_LOCATION};

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static uint64_t bit(int i)
{
    return UINT64_C(1) << i;
}

static int lowest(uint64_t bits)
{
    return __builtin_ctzll(bits);
}

/* ---- loading ---- */

static int load_codes(const struct tr_table *t, uint32_t row, int column,
                      const struct tr_list *list, uint64_t *codes, struct tr_err *err)
{
    if (tr_list_codes(list, tr_table_cell(t, row, column), codes))
        return 0;
    return tr_table_fault(t, row, column, TR_E_TABLE_CELL, N_("no such code"), err);
}

static int load_pathways(struct tr_rop *rop, struct tr_err *err)
{
    const struct tr_profile *p = rop->profile;
    const struct tr_table *t = &p->table[TR_T_ROP_MATRIX];
    const struct tr_list *groups = p->of_field[TR_F_ROP_GROUP];
    const struct tr_list *extensions = p->of_field[TR_F_ROP_SOMATIC];
    int key = tr_table_column(t, "rop_group"), hf = tr_table_column(t, "hf");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str code = tr_table_cell(t, r, key);
        int group = tr_list_code(groups, code), extension = tr_list_code(extensions, code);
        uint64_t *to;

        if (group < 0 && extension < 0)
            return tr_table_fault(t, r, key, TR_E_TABLE_CELL, N_("no such code"), err);
        to = group >= 0 ? &rop->pathways[group] : &rop->somatic_pathways[extension];
        if (load_codes(t, r, hf, p->of_field[TR_F_HF], to, err) < 0)
            return -1;
    }
    return 0;
}

/* How a rule ends: where it gives no group, by whether it asks for judgement. */
static bool ends_alike(const struct tr_rop *rop, int a, int b)
{
    const int *of_a = rop->groups.result[a], *of_b = rop->groups.result[b];

    if (of_a[TR_ROP_GROUP] < 0 && of_b[TR_ROP_GROUP] < 0)
        return !rop->candidates[a] == !rop->candidates[b];
    return of_a[TR_ROP_GROUP] == of_b[TR_ROP_GROUP] && of_a[TR_ROP_TYPE] == of_b[TR_ROP_TYPE];
}

static void find_alike(struct tr_rop *rop)
{
    for (int a = 0; a < rop->groups.n; a++)
        for (int b = 0; b < rop->groups.n; b++)
            if (ends_alike(rop, a, b))
                rop->alike[a] |= bit(b);
}

int tr_rop_load(struct tr_rop *rop, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_ROP_RULES];

    *rop = (struct tr_rop){.profile = p, .group_condition = -1};
    if (tr_rules_load(&rop->groups, p, TR_T_ROP_RULES, group_outcomes, COUNT(group_outcomes), err) <
            0 ||
        tr_rules_load(&rop->somatic, p, TR_T_ROP_SOMATIC, somatic_outcomes, COUNT(somatic_outcomes),
                      err) < 0)
        return -1;
    for (int c = 0; c < rop->somatic.n_conditions; c++)
        if (rop->somatic.condition[c] == TR_F_ROP_GROUP)
            rop->group_condition = c;
    for (int r = 0; r < rop->groups.n; r++) {
        int group = rop->groups.result[r][TR_ROP_GROUP];

        if (load_codes(t, (uint32_t)r, tr_table_column(t, "rop_possible"),
                       p->of_field[TR_F_ROP_GROUP], &rop->candidates[r], err) < 0)
            return -1;
        if (group >= 0)
            rop->candidates[r] = bit(group);
        else if (rop->candidates[r])
            rop->open_rules |= bit(r);
    }
    find_alike(rop);
    return tr_rop_load_judgement(rop, err) < 0 ? -1 : load_pathways(rop, err);
}

/* ---- deciding ---- */

static uint64_t candidates(const struct tr_rop *rop, uint64_t rules)
{
    uint64_t groups = 0;

    for (; rules; rules &= rules - 1)
        groups |= rop->candidates[lowest(rules)];
    return groups;
}

enum { UNSEEN = -3 };

/* What was found so far and one more: the same, or different. */
static int merge(int found, int one)
{
    return found == UNSEEN || found == one ? one : TR_DIFFERENT;
}

/* Lists go from mild to strict, and -1 says nothing. */
static int stricter(int a, int b)
{
    return a > b ? a : b;
}

/* An open result is written as none. */
static int certain(int result)
{
    return result >= 0 ? result : -1;
}

void tr_rop_extend(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out)
{
    uint64_t somatic = tr_rules_match(&rop->somatic, v, rop->group_condition);
    int extension = UNSEEN, standard = UNSEEN, location = UNSEEN;

    for (uint64_t rules = out->base; rules; rules &= rules - 1) {
        const int *base = rop->groups.result[lowest(rules)];
        uint64_t pairs = 0;

        if (base[TR_ROP_GROUP] < 0) { /* no group, no extension */
            extension = merge(extension, -1);
            standard = merge(standard, base[TR_ROP_STANDARD]);
            location = merge(location, base[TR_ROP_LOCATION]);
        } else {
            pairs = somatic;
            if (rop->group_condition >= 0)
                pairs &= rop->somatic.allowing[rop->group_condition][base[TR_ROP_GROUP] + 1];
            out->somatic_rules |= pairs;
        }
        for (; pairs; pairs &= pairs - 1) {
            const int *own = rop->somatic.result[lowest(pairs)];

            extension = merge(extension, own[TR_ROP_EXTENSION]);
            standard = merge(standard, stricter(own[TR_ROP_EXTENSION_STANDARD], base[TR_ROP_STANDARD]));
            location = merge(location, stricter(own[TR_ROP_EXTENSION_LOCATION], base[TR_ROP_LOCATION]));
        }
    }
    out->somatic = certain(extension);
    out->extension_open = extension == TR_DIFFERENT;
    out->standard = certain(standard);
    out->location = certain(location);
}

/* Whether the main pathway fits neither the group nor its extension. */
static bool contradicts(const struct tr_rop *rop, const struct tr_value v[],
                        const struct tr_rop_result *result)
{
    struct tr_rop_result extended = *result;
    int hf = v[TR_F_HF].num;

    if (hf < 0 || result->group < 0 || rop->pathways[result->group] & bit(hf))
        return false;
    tr_rop_extend(rop, v, &extended);
    return extended.somatic < 0 || !(rop->somatic_pathways[extended.somatic] & bit(hf));
}

void tr_rop_decide(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out)
{
    *out = (struct tr_rop_result){.rules = tr_rules_match(&rop->groups, v, -1),
                                  .group = -1,
                                  .housing_type = -1,
                                  .somatic = -1,
                                  .standard = -1,
                                  .location = -1};
    if (!out->rules)
        return; /* a table with gaps; see tr_rop_check */
    out->group = certain(tr_rules_agreed(&rop->groups, out->rules, TR_ROP_GROUP));
    out->housing_type = certain(tr_rules_agreed(&rop->groups, out->rules, TR_ROP_TYPE));
    out->possible = out->group >= 0 ? bit(out->group) : candidates(rop, out->rules);
    out->outside = out->possible == 0;
    if (!(out->rules & ~rop->open_rules))
        out->judge = out->possible;
    out->base = out->rules;
    if (out->outside || (out->group >= 0 && out->housing_type >= 0))
        out->basis = TR_ROP_BY_RULES;
    if (v[TR_F_JUDGED_GROUP].num >= 0 || v[TR_F_JUDGED_HOUSING_TYPE].num >= 0)
        tr_rop_judge(rop, v, out);
    out->hf_contradicts = contradicts(rop, v, out);
}

/* ---- as fields ---- */

static struct tr_value code_value(const struct tr_rop *rop, enum tr_field field, int code)
{
    const struct tr_list *list = rop->profile->of_field[field];

    return code < 0 ? (struct tr_value){.num = -1}
                    : (struct tr_value){.text = list->entry[code].code, .num = code};
}

/* Codes or rule ids of the set bits, joined with |; the text of a field that starts at from. */
static void join_codes(const struct tr_list *list, uint64_t bits, struct tr_buf *text)
{
    for (const uint64_t all = bits; bits; bits &= bits - 1) {
        if (bits != all)
            tr_buf_char(text, '|');
        tr_buf_str(text, list->entry[lowest(bits)].code);
    }
}

static void join_rules(const struct tr_rules *rules, uint64_t bits, struct tr_buf *text)
{
    for (const uint64_t all = bits; bits; bits &= bits - 1) {
        if (bits != all)
            tr_buf_char(text, '|');
        tr_buf_str(text, rules->id[lowest(bits)]);
    }
}

void tr_rop_codes(const struct tr_rop *rop, const struct tr_rop_result *result, struct tr_value v[])
{
    v[TR_F_ROP_GROUP] = code_value(rop, TR_F_ROP_GROUP, result->group);
    v[TR_F_ROP_SOMATIC] = code_value(rop, TR_F_ROP_SOMATIC, result->somatic);
    v[TR_F_HOUSING_TYPE] = code_value(rop, TR_F_HOUSING_TYPE, result->housing_type);
    v[TR_F_STANDARD] = code_value(rop, TR_F_STANDARD, result->standard);
    v[TR_F_LOCATION] = code_value(rop, TR_F_LOCATION, result->location);
    v[TR_F_ROP_BASIS] = code_value(rop, TR_F_ROP_BASIS, rop->basis[result->basis]);
}

void tr_rop_group(const struct tr_rop *rop, struct tr_value v[], bool extend,
                  struct tr_rop_result *out)
{
    tr_rop_decide(rop, v, out);
    if (extend)
        tr_rop_extend(rop, v, out);
    tr_rop_codes(rop, out, v);
}

uint64_t tr_rop_wanted(const struct tr_rop *rop)
{
    uint64_t fields = UINT64_C(1) << TR_F_HF;

    for (int f = TR_F_JUDGED_GROUP; f <= TR_F_JUDGED_REASON; f++)
        fields |= UINT64_C(1) << f;
    for (int c = 0; c < rop->groups.n_conditions; c++)
        fields |= UINT64_C(1) << rop->groups.condition[c];
    for (int c = 0; c < rop->somatic.n_conditions; c++)
        fields |= UINT64_C(1) << rop->somatic.condition[c];
    return fields & ((UINT64_C(1) << TR_N_REFERRAL_FIELDS) - 1); /* the group itself is found */
}

void tr_rop_texts(const struct tr_rop *rop, const struct tr_rop_result *result, int ask,
                  struct tr_value v[], struct tr_buf *text)
{
    bool one_group =
        result->rules && tr_rules_agreed(&rop->groups, result->rules, TR_ROP_GROUP) >= 0;
    bool one_rule = result->rules && !(result->rules & (result->rules - 1));
    size_t rule_len, possible_len;

    text->len = 0;
    if (one_group || one_rule)
        join_rules(&rop->groups, result->rules, text);
    rule_len = text->len;
    join_codes(rop->profile->of_field[TR_F_ROP_GROUP], result->possible, text);
    possible_len = text->len - rule_len;
    join_codes(rop->profile->of_field[TR_F_ROP_GROUP], result->judge, text);
    v[TR_F_ROP_RULE] = (struct tr_value){.text = {text->p, rule_len}};
    v[TR_F_ROP_POSSIBLE] = (struct tr_value){.text = {text->p + rule_len, possible_len}};
    v[TR_F_ROP_ASK] =
        (struct tr_value){.text = ask < 0 ? (struct tr_str){0} : tr_str(tr_fields[ask].name)};
    v[TR_F_ROP_JUDGE] = (struct tr_value){.text = {text->p + rule_len + possible_len,
                                                   text->len - rule_len - possible_len}};
}

/* The value of a contradicting hf and the pathways of the group, which are shown on request. */
static void add_pathways(const struct tr_rop *rop, const struct tr_rop_result *result,
                         struct tr_value hf, struct tr_err *err)
{
    struct tr_buf value = {0};

    tr_buf_str(&value, hf.text);
    tr_buf_text(&value, "; rop_group ");
    tr_buf_str(&value, code_value(rop, TR_F_ROP_GROUP, result->group).text);
    tr_buf_text(&value, ": ");
    join_codes(rop->profile->of_field[TR_F_HF], rop->pathways[result->group], &value);
    tr_err_value(err, tr_buf_slice(&value));
    tr_buf_clear(&value);
}

void tr_rop_warn(const struct tr_rop *rop, const struct tr_rop_result *result,
                 const struct tr_value v[],
                 void (*say)(void *cookie, enum tr_field field, struct tr_err *err), void *cookie)
{
    const struct {
        bool holds;
        enum tr_code code;
        enum tr_field field;
    } warnings[] = {
        {result->hf_contradicts, TR_W_HF, TR_F_HF},
        {result->judgement_differs, TR_W_JUDGED,
         v[TR_F_JUDGED_GROUP].num >= 0 ? TR_F_JUDGED_GROUP : TR_F_JUDGED_HOUSING_TYPE},
        {result->judgement_contradicts, TR_W_JUDGED_TYPE, TR_F_JUDGED_HOUSING_TYPE},
    };

    for (int i = 0; i < COUNT(warnings); i++) {
        struct tr_err err;

        if (!warnings[i].holds)
            continue;
        tr_err_set(&err, warnings[i].code, NULL, NULL, NULL);
        tr_err_field(&err, tr_str(tr_fields[warnings[i].field].name));
        if (warnings[i].field == TR_F_HF)
            add_pathways(rop, result, v[TR_F_HF], &err);
        else
            tr_err_value(&err, v[warnings[i].field].text);
        say(cookie, warnings[i].field, &err);
    }
}

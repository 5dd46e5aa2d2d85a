/* What must hold of a profile's tables of groups, tried on every combination. */
#include "domain/survey/rop.h"

enum { ENDS_MAX = 16 }; /* told one by one */

struct check {
    const struct tr_rop *rop;
    int found, ends;
    void (*say)(void *cookie, const struct tr_err *err);
    void *cookie;
};

static void report(struct check *k, const struct tr_table *t, uint64_t line, enum tr_code code,
                   struct tr_str a, struct tr_str b)
{
    struct tr_err err;
    char name[2][160];

    tr_err_copy(name[0], sizeof name[0], a);
    tr_err_copy(name[1], sizeof name[1], b);
    tr_err_set(&err, code, name[0], name[1], NULL);
    err.source = t->source;
    err.line = line;
    k->found++;
    k->say(k->cookie, &err);
}

/* ---- each rule by itself ---- */

/* The cell of the matrix for a group, as a code of the field; -1: none. */
static int of_matrix(const struct tr_rop *rop, int group, enum tr_field field)
{
    const struct tr_table *t = &rop->profile->table[TR_T_ROP_MATRIX];
    int key = tr_table_column(t, "rop_group"), column = tr_table_column(t, tr_fields[field].name);
    struct tr_str code = rop->profile->of_field[TR_F_ROP_GROUP]->entry[group].code;

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, key), code))
            return tr_list_code(rop->profile->of_field[field], tr_table_cell(t, r, column));
    return -1;
}

static bool is_type_of(const struct tr_rop *rop, int type, int group)
{
    const struct tr_table *t = &rop->profile->table[TR_T_HOUSING_TYPES];
    uint64_t groups;

    return type >= 0 &&
           tr_list_codes(rop->profile->of_field[TR_F_ROP_GROUP],
                         tr_table_cell(t, (uint32_t)type, tr_table_column(t, "rop_groups")),
                         &groups) &&
           groups >> group & 1;
}

/* A group comes with a housing type, and with the standard and location that the matrix has for it. */
static void check_results(struct check *k)
{
    const struct tr_rules *rules = &k->rop->groups;

    for (int r = 0; r < rules->n; r++) {
        const int *result = rules->result[r];
        const char *wrong = NULL;

        if (result[TR_ROP_GROUP] < 0)
            continue;
        if (!is_type_of(k->rop, result[TR_ROP_TYPE], result[TR_ROP_GROUP]))
            wrong = "housing_type";
        else if (result[TR_ROP_STANDARD] != of_matrix(k->rop, result[TR_ROP_GROUP], TR_F_STANDARD))
            wrong = "standard";
        else if (result[TR_ROP_LOCATION] != of_matrix(k->rop, result[TR_ROP_GROUP], TR_F_LOCATION))
            wrong = "location";
        if (wrong)
            report(k, rules->table, rules->table->lines[r], TR_E_RULE_RESULT, rules->id[r],
                   tr_str(wrong));
    }
}

/* ---- every combination of known and unknown ---- */

/* Adds "field=code", or the bare field when it is unknown. */
static void describe(const struct tr_rules *rules, const int value[], struct tr_buf *out)
{
    for (int c = 0; c < rules->n_conditions; c++) {
        if (value[c] < 0)
            continue;
        tr_buf_text(out, out->len ? ", " : "");
        tr_buf_text(out, tr_fields[rules->condition[c]].name);
        tr_buf_char(out, '=');
        tr_buf_str(out, rules->values[c]->entry[value[c]].code);
    }
    tr_buf_text(out, out->len ? "" : "*");
}

static bool some_answer_matters(const struct tr_rules *rules, const int value[], uint64_t possible)
{
    for (int c = 0; c < rules->n_conditions; c++)
        for (int v = 0; value[c] < 0 && v < rules->values[c]->n; v++)
            if ((possible & rules->allowing[c][v + 1]) != possible)
                return true;
    return false;
}

/* Whether the combination is decided, outside, for a professional who has a choice, or asks. */
static bool leads_on(const struct check *k, const int value[], uint64_t possible)
{
    const struct tr_rop *rop = k->rop;
    int first = possible ? __builtin_ctzll(possible) : 0;
    uint64_t groups = 0;

    if (!possible)
        return true; /* a gap, told as such */
    if (possible & ~rop->alike[first])
        return some_answer_matters(&rop->groups, value, possible);
    if (!(rop->open_rules >> first & 1))
        return true; /* a rule without a housing type is told as such */
    for (; possible; possible &= possible - 1)
        groups |= rop->candidates[__builtin_ctzll(possible)];
    return (groups & (groups - 1)) != 0;
}

/* Gives every indicator from c on each of its values, and none. */
static void walk(struct check *k, int value[], int c, uint64_t possible)
{
    const struct tr_rules *rules = &k->rop->groups;
    struct tr_buf text = {0};

    if (c < rules->n_conditions) {
        for (value[c] = -1; value[c] < rules->values[c]->n; value[c]++)
            walk(k, value, c + 1, possible & rules->allowing[c][value[c] + 1]);
        return;
    }
    if (k->ends == ENDS_MAX || leads_on(k, value, possible))
        return;
    k->ends++;
    describe(rules, value, &text);
    report(k, rules->table, 0, TR_E_RULE_END, tr_buf_slice(&text), TR_STR(""));
    tr_buf_clear(&text);
}

int tr_rop_check(const struct tr_rop *rop, void (*say)(void *cookie, const struct tr_err *err),
                 void *cookie)
{
    struct check k = {.rop = rop, .say = say, .cookie = cookie};
    int value[TR_CONDITIONS_MAX];

    k.found = tr_rules_check(&rop->groups, say, cookie) + tr_rules_check(&rop->somatic, say, cookie);
    check_results(&k);
    if (rop->groups.n > 0)
        walk(&k, value, 0, UINT64_MAX);
    return k.found;
}

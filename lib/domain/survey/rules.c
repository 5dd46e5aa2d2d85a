#include "domain/survey/rules.h"

static int load_box(struct tr_rules *rules, const struct tr_table *t, uint32_t row, int condition,
                    struct tr_err *err)
{
    const struct tr_list *list = rules->values[condition];
    int column = tr_table_column(t, tr_fields[rules->condition[condition]].name);
    struct tr_str joined = tr_table_cell(t, row, column), part;
    uint64_t box = 0;

    if (joined.len == 0)
        box = list->n == 64 ? TR_ANY : (UINT64_C(1) << list->n) - 1;
    while (joined.len > 0 && tr_str_part(&joined, '|', &part)) {
        int code = tr_list_code(list, part);

        if (code < 0)
            return tr_table_fault(t, row, column, TR_E_TABLE_CELL, N_("no such code"), err);
        box |= UINT64_C(1) << code;
    }
    rules->box[row][condition] = box;
    for (int v = 0; v < list->n; v++)
        if (box >> v & 1)
            rules->allowing[condition][v + 1] |= UINT64_C(1) << row;
    rules->allowing[condition][0] |= UINT64_C(1) << row;
    return 0;
}

static int load_result(struct tr_rules *rules, const struct tr_profile *p, const struct tr_table *t,
                       uint32_t row, int outcome, struct tr_err *err)
{
    const struct tr_field_info *field = &tr_fields[rules->outcome[outcome]];
    int column = tr_table_column(t, field->name), code = -1;
    struct tr_str cell = tr_table_cell(t, row, column);

    if (cell.len > 0) {
        code = tr_list_code(p->of_field[rules->outcome[outcome]], cell);
        if (code < 0)
            return tr_table_fault(t, row, column, TR_E_TABLE_CELL, N_("no such code"), err);
    }
    rules->result[row][outcome] = code;
    rules->giving[outcome][code + 1] |= UINT64_C(1) << row;
    return 0;
}

static bool among(enum tr_field field, const enum tr_field *fields, int n)
{
    while (n-- > 0)
        if (fields[n] == field)
            return true;
    return false;
}

/* Columns that say something about a rule but neither decide nor are decided. */
static bool is_remark(struct tr_str name)
{
    static const char *const remarks[] = {"rule",   "rop_possible", "matrix_cell",
                                          "why_nb", "why_nn",       "why_en"};

    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (tr_str_is(name, remarks[i]))
            return true;
    return false;
}

int tr_rules_load(struct tr_rules *rules, const struct tr_profile *p, enum tr_profile_table table,
                  const enum tr_field *outcomes, int n, struct tr_err *err)
{
    const struct tr_table *t = &p->table[table];

    *rules = (struct tr_rules){.table = t, .n = (int)t->n_rows, .n_outcomes = n};
    memcpy(rules->outcome, outcomes, (size_t)n * sizeof *outcomes);
    if (t->n_rows > TR_RULES_MAX) {
        tr_err_num(err, TR_E_RULE_COUNT, TR_RULES_MAX);
        err->source = t->source;
        return -1;
    }
    for (uint32_t c = 0; c < t->n_columns; c++) {
        int field = tr_field_find(t->header[c]), i = rules->n_conditions;

        if (field >= 0 && among((enum tr_field)field, outcomes, n))
            continue;
        if (is_remark(t->header[c]))
            continue;
        if (field < 0 || !tr_fields[field].list) /* a slip here would make every rule wider */
            return tr_table_fault(t, t->n_rows, (int)c, TR_E_TABLE_CELL, N_("no such indicator"),
                                  err);
        if (i == TR_CONDITIONS_MAX)
            return tr_table_fault(t, 0, (int)c, TR_E_TABLE_CELL, N_("too many indicators"), err);
        rules->condition[i] = (enum tr_field)field;
        rules->values[i] = p->of_field[field];
        rules->n_conditions++;
    }
    for (uint32_t r = 0; r < t->n_rows; r++) {
        rules->id[r] = tr_table_cell(t, r, tr_table_column(t, "rule"));
        for (int c = 0; c < rules->n_conditions; c++)
            if (load_box(rules, t, r, c, err) < 0)
                return -1;
        for (int o = 0; o < n; o++)
            if (load_result(rules, p, t, r, o, err) < 0)
                return -1;
    }
    return 0;
}

uint64_t tr_rules_possible(const struct tr_rules *rules, const uint64_t known[])
{
    uint64_t possible = rules->n == 64 ? TR_ANY : (UINT64_C(1) << rules->n) - 1;

    for (int c = 0; c < rules->n_conditions; c++) {
        uint64_t allowing = 0;

        if (known[c] == TR_ANY)
            continue;
        for (uint64_t v = known[c]; v; v &= v - 1)
            allowing |= rules->allowing[c][__builtin_ctzll(v) + 1];
        possible &= allowing;
    }
    return possible;
}

uint64_t tr_rules_match(const struct tr_rules *rules, const struct tr_value v[], int except)
{
    uint64_t possible = UINT64_MAX;

    for (int c = 0; c < rules->n_conditions; c++)
        possible &= rules->allowing[c][c == except ? 0 : v[rules->condition[c]].num + 1];
    return possible;
}

int tr_rules_agreed(const struct tr_rules *rules, uint64_t possible, int outcome)
{
    int result = rules->result[__builtin_ctzll(possible)][outcome];

    return possible & ~rules->giving[outcome][result + 1] ? TR_DIFFERENT : result;
}

static uint64_t all_values(const struct tr_rules *rules, int condition)
{
    int n = rules->values[condition]->n;

    return n == 64 ? TR_ANY : (UINT64_C(1) << n) - 1;
}

/* "field=code|code, field=code" of a box, without the indicators that may be anything; cut to size.
 */
static void describe(const struct tr_rules *rules, const uint64_t box[], char *out, size_t size)
{
    struct tr_buf b = {0};

    for (int c = 0; c < rules->n_conditions; c++) {
        if (box[c] == all_values(rules, c))
            continue;
        tr_buf_text(&b, b.len ? ", " : "");
        tr_buf_text(&b, tr_fields[rules->condition[c]].name);
        for (uint64_t v = box[c]; v; v &= v - 1) {
            tr_buf_char(&b, v == box[c] ? '=' : '|');
            tr_buf_str(&b, rules->values[c]->entry[__builtin_ctzll(v)].code);
        }
    }
    tr_err_copy(out, size, b.len ? tr_buf_slice(&b) : TR_STR("*"));
    tr_buf_clear(&b);
}

/* The next combination, the last indicator turning fastest; false after the last one. */
static bool advance(const struct tr_rules *rules, int value[])
{
    for (int c = rules->n_conditions - 1; c >= 0; c--) {
        if (++value[c] < rules->values[c]->n)
            return true;
        value[c] = 0;
    }
    return false;
}

enum { GAPS_MAX = 256 }; /* told one by one; a table with more is no table */

struct check {
    const struct tr_rules *rules;
    uint64_t gap[GAPS_MAX][TR_CONDITIONS_MAX]; /* boxes that no rule touches */
    int n_gaps, found;
    void (*say)(void *cookie, const struct tr_err *err);
    void *cookie;
};

static void report(struct check *k, enum tr_code code, const uint64_t box[], int a, int b)
{
    struct tr_err err;
    char where[160], name[2][64] = {"", ""};

    describe(k->rules, box, where, sizeof where);
    if (code == TR_E_RULE_GAP) {
        tr_err_set(&err, code, where, NULL, NULL);
    } else {
        tr_err_copy(name[0], sizeof name[0], k->rules->id[a]);
        tr_err_copy(name[1], sizeof name[1], k->rules->id[b]);
        tr_err_set(&err, code, name[0], name[1], where);
        err.line = k->rules->table->lines[b];
    }
    err.source = k->rules->table->source;
    k->found++;
    k->say(k->cookie, &err);
}

static bool told(const struct check *k, const int value[])
{
    for (int g = 0; g < k->n_gaps; g++) {
        int c = 0;

        while (c < k->rules->n_conditions && k->gap[g][c] >> value[c] & 1)
            c++;
        if (c == k->rules->n_conditions)
            return true;
    }
    return false;
}

/* Tells of the gap at value as a box, as large as it can be made from there. */
static void report_gap(struct check *k, const int value[])
{
    uint64_t *box = k->gap[k->n_gaps++];

    for (int c = 0; c < k->rules->n_conditions; c++)
        box[c] = UINT64_C(1) << value[c];
    for (int c = 0; c < k->rules->n_conditions; c++)
        for (int v = 0; v < k->rules->values[c]->n; v++) {
            uint64_t was = box[c];

            box[c] |= UINT64_C(1) << v;
            if (tr_rules_possible(k->rules, box) != 0)
                box[c] = was;
        }
    report(k, TR_E_RULE_GAP, box, 0, 0);
}

static void check_overlaps(struct check *k)
{
    const struct tr_rules *rules = k->rules;

    for (int a = 0; a < rules->n; a++)
        for (int b = a + 1; b < rules->n; b++) {
            uint64_t box[TR_CONDITIONS_MAX];
            bool meet = true;

            for (int c = 0; c < rules->n_conditions; c++)
                meet &= (box[c] = rules->box[a][c] & rules->box[b][c]) != 0;
            if (meet)
                report(k, TR_E_RULE_OVERLAP, box, a, b);
        }
}

int tr_rules_check(const struct tr_rules *rules,
                   void (*say)(void *cookie, const struct tr_err *err), void *cookie)
{
    struct check k = {.rules = rules, .say = say, .cookie = cookie};
    int value[TR_CONDITIONS_MAX] = {0};

    check_overlaps(&k);
    do {
        uint64_t known[TR_CONDITIONS_MAX] = {0};

        for (int c = 0; c < rules->n_conditions; c++)
            known[c] = UINT64_C(1) << value[c];
        if (k.n_gaps < GAPS_MAX && tr_rules_possible(rules, known) == 0 && !told(&k, value))
            report_gap(&k, value);
    } while (advance(rules, value));
    return k.found;
}

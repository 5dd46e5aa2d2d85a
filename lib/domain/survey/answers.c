#include "domain/survey/answers.h"

#include <stdlib.h>

#include "base/text.h"

/* The columns that are read. */
struct columns {
    int id, field, answer;
};

/* A field that may be asked about: an indicator, or part of a judgement. */
static int find_field(const struct tr_profile *p, struct tr_str name)
{
    int field = tr_field_find(name);

    if (field < 0)
        field = tr_profile_header(p, name);
    return field >= TR_F_HF && field <= TR_F_JUDGED_REASON ? field : -1;
}

static int read_row(struct tr_answered *a, const struct tr_profile *p, uint32_t r,
                    const struct columns *c, struct tr_err *err)
{
    const struct tr_table *t = &a->table;
    struct tr_str answer = tr_text_trim(tr_table_cell(t, r, c->answer));
    int field = find_field(p, tr_table_cell(t, r, c->field));
    struct tr_value *value = &a->value[r];
    struct tr_date date;

    a->field[r] = -1;
    if (answer.len == 0)
        return 0;
    if (field < 0)
        return tr_table_fault(t, r, c->field, TR_E_ANSWER_FIELD, NULL, err);
    *value = (struct tr_value){.text = answer};
    if (tr_fields[field].kind == TR_KIND_CODE) {
        value->num = tr_list_find(p->of_field[field], answer);
        if (value->num < 0) {
            struct tr_err why;

            tr_list_fault(p->of_field[field], answer, &why);
            return tr_table_fault(t, r, c->answer, why.code, why.arg[0], err);
        }
        value->text = p->of_field[field]->entry[value->num].code;
    } else if (tr_fields[field].kind == TR_KIND_DATE) {
        if (!tr_date_parse(answer, &date))
            return tr_table_fault(t, r, c->answer, TR_E_DATE, NULL, err);
        tr_date_iso(date, a->day[r]);
        value->text = (struct tr_str){a->day[r], TR_DATE_LEN};
    }
    a->field[r] = field;
    a->fields |= UINT64_C(1) << field;
    return 0;
}

/* Chains the row to the earlier ones of its referral. */
static int chain(struct tr_answered *a, uint32_t r, struct tr_str id)
{
    int first = (int)r, at;

    a->next[r] = -1;
    if (tr_dict_add(&a->first, id, &first) < 0)
        return -1;
    for (at = first; at != (int)r && a->next[at] >= 0; at = a->next[at])
        ;
    if (at != (int)r)
        a->next[at] = (int)r;
    return 0;
}

int tr_answered_read(struct tr_answered *a, const struct tr_profile *p, struct tr_reader *reader,
                     struct tr_err *err)
{
    return tr_table_read(&a->table, reader, err) < 0 ? -1 : tr_answered_take(a, p, err);
}

int tr_answered_take(struct tr_answered *a, const struct tr_profile *p, struct tr_err *err)
{
    struct columns c;
    size_t n;

    c = (struct columns){tr_table_column(&a->table, "referral_id"),
                         tr_table_column(&a->table, "field"), tr_table_column(&a->table, "answer")};
    if (c.id < 0 || c.field < 0 || c.answer < 0) {
        tr_err_set(err, TR_E_COLUMN_MISSING, "", NULL, NULL);
        err->source = a->table.source;
        err->line = a->table.header_line;
        tr_err_field(err, tr_str(c.id < 0 ? "referral_id" : c.field < 0 ? "field" : "answer"));
        return -1;
    }
    n = a->table.n_rows + (size_t)1;
    a->field = calloc(n, sizeof *a->field);
    a->value = calloc(n, sizeof *a->value);
    a->next = calloc(n, sizeof *a->next);
    a->used = calloc(n, sizeof *a->used);
    a->day = calloc(n, sizeof *a->day);
    if (!a->day || !a->field || !a->value || !a->next || !a->used)
        return tr_err_memory(err);
    for (uint32_t r = 0; r < a->table.n_rows; r++) {
        if (read_row(a, p, r, &c, err) < 0)
            return -1;
        if (chain(a, r, tr_table_cell(&a->table, r, c.id)) < 0)
            return tr_err_memory(err);
    }
    return 0;
}

void tr_answered_clear(struct tr_answered *a)
{
    tr_table_clear(&a->table);
    tr_dict_clear(&a->first);
    free(a->field);
    free(a->value);
    free(a->next);
    free(a->used);
    free(a->day);
    *a = (struct tr_answered){0};
}

void tr_answered_apply(struct tr_answered *a, struct tr_value v[])
{
    if (!a->fields)
        return;
    for (int r = tr_dict_find(&a->first, v[TR_F_REFERRAL_ID].text); r >= 0; r = a->next[r]) {
        a->used[r] = true;
        if (a->field[r] >= 0)
            v[a->field[r]] = a->value[r];
    }
}

bool tr_answered_unused(const struct tr_answered *a, uint32_t *at, struct tr_err *err)
{
    int id = tr_table_column(&a->table, "referral_id");

    for (; *at < a->table.n_rows; ++*at) {
        uint32_t r = *at;

        if (a->used[r] || a->field[r] < 0 ||
            (r > 0 && !a->used[r - 1] &&
             tr_str_eq(tr_table_cell(&a->table, r, id), tr_table_cell(&a->table, r - 1, id))))
            continue;
        tr_table_fault(&a->table, r, id, TR_W_ANSWER_FOR, NULL, err);
        ++*at;
        return true;
    }
    return false;
}

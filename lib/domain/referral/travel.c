#include "domain/referral/travel.h"

const char *const tr_travel_form_names[TR_N_TRAVEL_FORMS + 1] = {
    [TR_TRAVELS_NOT] = "none",      [TR_TRAVELS_MONTH] = "month", [TR_TRAVELS_BAND] = "band",
    [TR_TRAVELS_NUMBER] = "number", [TR_TRAVELS_CODE] = "code",   [TR_TRAVELS_WHOLE] = "whole"};

/* The forms that a field can have (bit: enum tr_travel_form). What identifies a person has no form
 * in which it could be read. */
static unsigned allowed(int field)
{
    static const unsigned not = 1U << TR_TRAVELS_NOT, whole = 1U << TR_TRAVELS_WHOLE;

    switch (field) {
    case TR_F_REFERRAL_ID:
        return 1U << TR_TRAVELS_CODE;
    case TR_F_PERSON_ID:
        return not | 1U << TR_TRAVELS_CODE;
    case TR_F_BORN_BETWEEN:
        return not | 1U << TR_TRAVELS_BAND;
    case TR_F_QUEUE_NUMBER:
        return not | 1U << TR_TRAVELS_NUMBER;
    case TR_F_BYDEL: /* no referral is without */
    case TR_F_PROTECTION:
        return whole;
    case TR_F_COMMENT: /* with its masks */
        return not | whole;
    default:
        return tr_field_is_sealed(field) || tr_fields[field].tells == TR_TELLS_TEXT
                   ? not
                   : not | whole | (unsigned)tr_fields[field].months << TR_TRAVELS_MONTH;
    }
}

static int read_forms(struct tr_travelling *f, int field, struct tr_str joined)
{
    struct tr_str part;

    while (tr_str_part(&joined, '|', &part)) {
        int form = 0;

        while (form < TR_N_TRAVEL_FORMS && !tr_str_is(part, tr_travel_form_names[form]))
            form++;
        if (form == TR_N_TRAVEL_FORMS || f->n == TR_TRAVEL_FORMS_MAX ||
            !(allowed(field) >> form & 1) || (f->n > 0 && form >= (int)f->form[f->n - 1]))
            return -1;
        f->form[f->n++] = (enum tr_travel_form)form;
    }
    return 0;
}

static int read_limits(struct tr_age_limits *l, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_PROFILE];
    struct tr_str rest = tr_profile_value(p, "age_limits"), part;
    uint32_t row = 0;
    int age;

    while (rest.len > 0 && tr_str_part(&rest, '|', &part)) {
        age = 0;
        for (size_t i = 0; i < part.len && age < TR_AGE_MAX; i++)
            age = 10 * age + (part.p[i] - '0');
        if (part.len > 0 && tr_str_digits(part) == part.len && tr_age_limit_add(l, age))
            continue;
        while (row < t->n_rows && !tr_str_is(tr_table_cell(t, row, 0), "age_limits"))
            row++;
        return tr_table_fault(t, row, 1, TR_E_TABLE_CELL, N_("not ages joined with |"), err);
    }
    return 0;
}

int tr_travels_load(struct tr_travels *out, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_TRAVELS];
    int name = tr_table_column(t, "field"), forms = tr_table_column(t, "forms"),
        counts = tr_table_column(t, "counts");

    *out = (struct tr_travels){.as_of = TR_NO_DAY};
    for (uint32_t row = 0; row < t->n_rows; row++) {
        int field = tr_field_find(tr_table_cell(t, row, name));
        struct tr_travelling *f =
            field >= 0 && field < TR_N_REFERRAL_FIELDS ? &out->field[field] : NULL;

        if (!f)
            return tr_table_fault(t, row, name, TR_E_TABLE_CELL, N_("no field of a referral"), err);
        if (f->n > 0)
            return tr_table_fault(t, row, name, TR_E_TABLE_CELL, N_("two rows have the same field"),
                                  err);
        if (read_forms(f, field, tr_table_cell(t, row, forms)) < 0)
            return tr_table_fault(t, row, forms, TR_E_TABLE_CELL,
                                  N_("not forms that this field can have, from fine to coarse"),
                                  err);
        f->counts = tr_str_is(tr_table_cell(t, row, counts), "ja");
        f->before = out->n_steps;
        out->n_steps += f->n - 1;
    }
    for (int field = 0; field < TR_N_REFERRAL_FIELDS; field++)
        if (out->field[field].n == 0 && field != TR_F_REFERRAL_ID && !(allowed(field) & 1)) {
            tr_table_fault(t, t->n_rows, -1, TR_E_TABLE_CELL, N_("a field must travel"), err);
            tr_err_field(err, tr_str(tr_fields[field].name));
            return -1;
        }
    return read_limits(&out->limits, p, err);
}

enum tr_travel_form tr_travels_form(const struct tr_travels *t, int field, int step)
{
    const struct tr_travelling *f = &t->field[field];
    int down = step > f->before ? step - f->before : 0;

    return f->n == 0 ? TR_TRAVELS_NOT : f->form[down < f->n ? down : f->n - 1];
}

struct tr_str tr_travels_coarsen(enum tr_travel_form form, struct tr_str cell)
{
    if (form == TR_TRAVELS_NOT)
        return (struct tr_str){"", 0};
    return form == TR_TRAVELS_MONTH && cell.len > TR_MONTH_LEN
               ? (struct tr_str){cell.p, TR_MONTH_LEN}
               : cell;
}

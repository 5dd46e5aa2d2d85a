#include "domain/disclosure/disclosure.h"

#include "base/number.h"

enum { SMALLEST = 4, SMALLEST_MAX = 1000 };

static int64_t row_of(const struct tr_table *t, struct tr_str rule)
{
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "rule")), rule))
            return r;
    return -1;
}

static struct tr_str cell(const struct tr_profile *p, const char *rule, int column)
{
    const struct tr_table *t = &p->table[TR_T_DISCLOSURE];
    int64_t row = row_of(t, tr_str(rule));

    return row < 0 ? (struct tr_str){"", 0} : tr_table_cell(t, (uint32_t)row, column);
}

static struct tr_str value(const struct tr_profile *p, const char *rule)
{
    return cell(p, rule, tr_table_column(&p->table[TR_T_DISCLOSURE], "value"));
}

static int fault(const struct tr_profile *p, const char *rule, const char *what, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_DISCLOSURE];
    int64_t row = row_of(t, tr_str(rule));

    return tr_table_fault(t, (uint32_t)(row < 0 ? t->n_rows : row), tr_table_column(t, "value"),
                          TR_E_TABLE_CELL, what, err);
}

static int read_number(const struct tr_profile *p, const char *rule, int64_t least, int64_t most,
                       int64_t *out, struct tr_err *err)
{
    long long number;

    if (value(p, rule).len == 0)
        return 0;
    if (!tr_number_read(value(p, rule), &number) || number < least || number > most)
        return fault(p, rule, N_("not a number that this rule can have"), err);
    *out = number;
    return 0;
}

static int read_flag(const struct tr_profile *p, const char *rule, bool *out, struct tr_err *err)
{
    struct tr_str word = value(p, rule);

    if (word.len == 0)
        return 0;
    if (!tr_str_is(word, "ja") && !tr_str_is(word, "nei"))
        return fault(p, rule, N_("neither ja nor nei"), err);
    *out = tr_str_is(word, "ja");
    return 0;
}

static int read_totals(const struct tr_profile *p, unsigned *out, struct tr_err *err)
{
    static const char *const words[] = {"all", "rows", "columns"};
    struct tr_str rest = value(p, "totals_shown"), word;

    *out = row_of(&p->table[TR_T_DISCLOSURE], TR_STR("totals_shown")) < 0 ? TR_SHOW_ALL : 0;
    while (tr_str_part(&rest, '|', &word)) {
        unsigned i = 0;

        while (i < 3 && !tr_str_is(word, words[i]))
            i++;
        if (word.len > 0 && i == 3)
            return fault(p, "totals_shown", N_("no such code"), err);
        *out |= word.len > 0 ? 1u << i : 0;
    }
    return 0;
}

int tr_disclosure_load(struct tr_disclosure *d, const struct tr_profile *p, struct tr_err *err)
{
    int64_t room;

    *d = (struct tr_disclosure){.smallest_shown = SMALLEST,
                                .zero_shown = true,
                                .range_width = -1,
                                .own_row = true,
                                .own_cell = true,
                                .rest_counts = true,
                                .keep = value(p, "keep")};
    if (read_number(p, "smallest_shown", 1, SMALLEST_MAX, &d->smallest_shown, err) < 0 ||
        read_flag(p, "zero_shown", &d->zero_shown, err) < 0)
        return -1;
    room = d->smallest_shown - 1 - tr_disclosure_least(d);
    room = room > 0 ? room : 0;
    if (read_number(p, "range_width", 0, room, &d->range_width, err) < 0 ||
        read_flag(p, "whole_group", &d->whole_group, err) < 0 ||
        read_flag(p, "own_row", &d->own_row, err) < 0 ||
        read_flag(p, "own_number", &d->own_cell, err) < 0 ||
        read_flag(p, "rest_counts", &d->rest_counts, err) < 0 ||
        read_totals(p, &d->totals_shown, err) < 0)
        return -1;
    if (d->range_width < 0)
        d->range_width = room;
    if (tr_str_is(value(p, "cost"), "sum"))
        d->cost = TR_COST_SUM;
    else if (value(p, "cost").len > 0 && !tr_str_is(value(p, "cost"), "cells"))
        return fault(p, "cost", N_("no such code"), err);
    return 0;
}

struct tr_str tr_disclosure_text(const struct tr_profile *p, const char *rule, enum tr_lang lang)
{
    return cell(p, rule, tr_lang_column(&p->table[TR_T_DISCLOSURE], "text", lang));
}

struct tr_str tr_disclosure_source(const struct tr_profile *p, const char *rule)
{
    return cell(p, rule, tr_table_column(&p->table[TR_T_DISCLOSURE], "source"));
}

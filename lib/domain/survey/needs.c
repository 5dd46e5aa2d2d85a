#include <limits.h>
#include <stdlib.h>

#include "domain/survey/needs_own.h"

const char *const tr_aside_names[TR_N_ASIDES] = {
    [TR_ASIDE_GROUP] = "open_group", [TR_ASIDE_TYPE] = "open_type",
    [TR_ASIDE_PATH] = "open_path",   [TR_ASIDE_UNREAD] = "unread",
    [TR_ASIDE_REJECTED] = "rejected",
};

static bool is_extension(int field)
{
    return field == TR_F_ROP_SOMATIC || field == TR_F_STANDARD || field == TR_F_LOCATION;
}

int tr_needs_init(struct tr_needs *n, const struct tr_profile *p, enum tr_field row_field,
                  int column_field, struct tr_err *err)
{
    const struct tr_list *paths = p->of_field[TR_F_HOUSING_PATH];
    struct tr_str counted = tr_profile_value(p, "needs_path"), part;
    size_t cells, measures = (size_t)p->n_measures;

    *n = (struct tr_needs){.profile = p,
                           .row_field = row_field,
                           .column_field = column_field,
                           .cells_known = UINT_MAX,
                           .rows_known = UINT_MAX};
    n->needs_extension = is_extension((int)row_field) || is_extension(column_field);
    for (int m = 0; m < p->n_measures; m++)
        n->needs_extension |= is_extension((int)p->measure[m].field);
    n->judged = tr_list_code(p->of_field[TR_F_ROP_BASIS], TR_STR("judged"));
    n->rows = p->of_field[row_field];
    n->columns = column_field < 0 ? NULL : p->of_field[column_field];
    n->n_rows = n->rows->n + 1;
    n->n_columns = (n->columns ? n->columns->n : 0) + TR_NEEDS_EXTRA;
    while (counted.len > 0 && tr_str_part(&counted, '|', &part)) {
        int code = tr_list_code(paths, part);

        if (code >= 0)
            n->counted_path |= UINT64_C(1) << code;
    }
    if (!n->counted_path)
        n->counted_path = TR_ANY;
    cells = (size_t)n->n_rows * (size_t)n->n_columns;
    n->count = calloc(cells, sizeof *n->count);
    n->of_cell = calloc(cells * measures + 1, sizeof *n->of_cell);
    n->of_row = calloc((size_t)n->n_rows * measures + 1, sizeof *n->of_row);
    n->aside = calloc((size_t)n->n_rows * TR_N_ASIDES, sizeof *n->aside);
    if (n->count && n->of_cell && n->of_row && n->aside)
        return 0;
    tr_needs_clear(n);
    return tr_err_memory(err);
}

void tr_needs_clear(struct tr_needs *n)
{
    free(n->count);
    free(n->of_cell);
    free(n->of_row);
    free(n->aside);
    *n = (struct tr_needs){0};
}

size_t tr_needs_cell(const struct tr_needs *n, int row, int column)
{
    return (size_t)row * (size_t)n->n_columns + (size_t)column;
}

int tr_needs_extra(const struct tr_needs *n, int which)
{
    return n->n_columns - TR_NEEDS_EXTRA + which;
}

uint64_t tr_needs_wanted(const struct tr_needs *n)
{
    static const enum tr_field always[] = {
        TR_F_REFERRAL_ID,  TR_F_PROTECTION,   TR_F_HOUSING_PATH,
        TR_F_ROP_GROUP,    TR_F_HOUSING_TYPE, TR_F_ROP_RULE,
        TR_F_ROP_POSSIBLE, TR_F_ROP_BASIS,    TR_F_JUDGED_HOUSING_TYPE};
    uint64_t wanted = UINT64_C(1) << n->row_field;

    if (n->column_field >= 0)
        wanted |= UINT64_C(1) << n->column_field;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        wanted |= UINT64_C(1) << always[i];
    for (int m = 0; m < n->profile->n_measures; m++)
        wanted |= UINT64_C(1) << n->profile->measure[m].field;
    return wanted;
}

/* Where a person with a protected address lives is not shown in a table. */
static bool is_hidden(int field, const struct tr_value v[])
{
    return tr_fields[field].tells == TR_TELLS_WHERE && tr_is_protected(v);
}

/* Where a person stands in the columns. */
static int column_of(const struct tr_needs *n, const struct tr_value v[], bool outside)
{
    int path = v[TR_F_HOUSING_PATH].num;

    if (n->column_field < 0)
        return tr_needs_extra(n, TR_NEEDS_UNDECIDED);
    if (n->column_field == TR_F_HOUSING_TYPE) {
        if ((path >= 0 && !(n->counted_path >> path & 1)) || outside)
            return tr_needs_extra(n, TR_NEEDS_OUTSIDE);
        /* A judged housing type is needed, whether or not the path to a home is recorded. */
        if (path < 0 && v[TR_F_JUDGED_HOUSING_TYPE].num < 0)
            return tr_needs_extra(n, TR_NEEDS_UNDECIDED);
        if (v[TR_F_ROP_GROUP].num < 0 && v[TR_F_ROP_BASIS].num != n->judged)
            return tr_needs_extra(n, TR_NEEDS_UNDECIDED);
    }
    return v[n->column_field].num >= 0 && !is_hidden(n->column_field, v)
               ? v[n->column_field].num
               : tr_needs_extra(n, TR_NEEDS_UNDECIDED);
}

bool tr_needs_outside(const struct tr_value v[])
{
    if (tr_str_is(v[TR_F_ROP_BASIS].text, "judged"))
        return v[TR_F_ROP_GROUP].num < 0 && v[TR_F_HOUSING_TYPE].num < 0;
    return v[TR_F_ROP_GROUP].num < 0 && v[TR_F_ROP_RULE].text.len > 0 &&
           v[TR_F_ROP_POSSIBLE].text.len == 0;
}

/* What keeps an undecided person from having a housing type. */
static enum tr_aside open_of(const struct tr_needs *n, const struct tr_value v[])
{
    if (v[TR_F_ROP_GROUP].num < 0 && v[TR_F_ROP_BASIS].num != n->judged)
        return TR_ASIDE_GROUP;
    return v[TR_F_HOUSING_TYPE].num < 0 ? TR_ASIDE_TYPE : TR_ASIDE_PATH;
}

struct tr_needs_place tr_needs_find(const struct tr_needs *n, const struct tr_value v[],
                                    bool outside)
{
    int row = is_hidden(n->row_field, v) ? -1 : v[n->row_field].num;
    struct tr_needs_place place = {row >= 0 ? row : n->rows->n, column_of(n, v, outside), 0, 0};

    if (n->column_field == TR_F_HOUSING_TYPE && place.column == tr_needs_extra(n, TR_NEEDS_UNDECIDED))
        place.asides = 1u << open_of(n, v);

    for (int m = 0; m < n->profile->n_measures; m++) {
        const struct tr_measure *measure = &n->profile->measure[m];
        int code = v[measure->field].num;

        place.measures |= (unsigned)(code >= 0 && measure->codes >> code & 1) << m;
    }
    return place;
}

static void add(struct tr_needs *n, struct tr_needs_place place, uint64_t one)
{
    size_t at = tr_needs_cell(n, place.row, place.column),
           measures = (size_t)n->profile->n_measures;

    n->count[at] += one;
    for (int a = 0; a < TR_N_ASIDES && place.asides; a++)
        n->aside[place.row * TR_N_ASIDES + a] += one * (place.asides >> a & 1);
    for (size_t m = 0; m < measures; m++) {
        n->of_cell[at * measures + m] += one * (place.measures >> m & 1);
        n->of_row[(size_t)place.row * measures + m] += one * (place.measures >> m & 1);
    }
}

void tr_needs_count(struct tr_needs *n, struct tr_needs_place place)
{
    add(n, place, 1);
}

uint64_t tr_needs_persons(const struct tr_needs *n)
{
    uint64_t all = 0;

    for (size_t i = 0; i < (size_t)n->n_rows * (size_t)n->n_columns; i++)
        all += n->count[i];
    return all;
}

void tr_needs_take_back(struct tr_needs *n, struct tr_needs_place place)
{
    add(n, place, UINT64_MAX); /* one less */
}

void tr_needs_reject(struct tr_needs *n, int row, uint64_t rows)
{
    n->aside[(row < 0 ? n->rows->n : row) * TR_N_ASIDES + TR_ASIDE_REJECTED] += rows;
}

struct tr_str tr_needs_column_key(const struct tr_needs *n, int column)
{
    if (column < tr_needs_extra(n, 0))
        return n->columns->entry[column].code;
    if (n->column_field < 0)
        return TR_STR("persons");
    if (column == tr_needs_extra(n, TR_NEEDS_OUTSIDE))
        return TR_STR("outside");
    return n->column_field == TR_F_HOUSING_TYPE ? TR_STR("undecided") : TR_STR("unknown");
}

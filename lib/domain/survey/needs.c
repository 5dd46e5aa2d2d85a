#include <limits.h>
#include <stdlib.h>

#include "domain/survey/needs_own.h"

const char tr_needs_all_types[] = "all_types";
const char tr_not_delivered[] = "not_delivered", tr_delivered_twice[] = "delivered_twice";

const char *const tr_aside_names[TR_N_ASIDES] = {
    [TR_ASIDE_GROUP] = "open_group", [TR_ASIDE_TYPE] = "open_type",
    [TR_ASIDE_PATH] = "open_path",   [TR_ASIDE_UNREAD] = "unread",
    [TR_ASIDE_REJECTED] = "rejected",
};

static bool is_extension(int field)
{
    return field == TR_F_ROP_SOMATIC || field == TR_F_STANDARD || field == TR_F_LOCATION;
}

/* The codes of housing_path that the profile counts in the types. */
static uint64_t counted_paths(const struct tr_profile *p)
{
    struct tr_str counted = tr_profile_value(p, "needs_path"), part;
    uint64_t paths = 0;

    while (counted.len > 0 && tr_str_part(&counted, '|', &part)) {
        int code = tr_list_code(p->of_field[TR_F_HOUSING_PATH], part);

        paths |= code >= 0 ? UINT64_C(1) << code : 0;
    }
    return paths ? paths : TR_ANY;
}

int tr_needs_init(struct tr_needs *n, const struct tr_profile *p, int row_field, int column_field,
                  struct tr_err *err)
{
    size_t cells, measures = (size_t)p->n_measures;
    bool by_sector = row_field == TR_NEEDS_SECTOR;

    *n = (struct tr_needs){.profile = p,
                           .row_field = by_sector ? TR_F_BYDEL : (enum tr_field)row_field,
                           .column_field = column_field,
                           .by_sector = by_sector,
                           .only = TR_ANY,
                           .cells_known = UINT_MAX,
                           .rows_known = UINT_MAX,
                           .counted_path = counted_paths(p)};
    n->needs_extension = is_extension(row_field) || is_extension(column_field);
    for (int m = 0; m < p->n_measures; m++)
        n->needs_extension |= is_extension((int)p->measure[m].field);
    n->judged = tr_list_code(p->of_field[TR_F_ROP_BASIS], TR_STR("judged"));
    n->rows = by_sector ? tr_profile_list(p, "sector") : p->of_field[row_field];
    n->columns = column_field < 0 ? NULL : p->of_field[column_field];
    n->n_rows = n->rows->n + (row_field == TR_F_HOUSING_TYPE ? TR_NEEDS_EXTRA : 1);
    n->n_columns = (n->columns ? n->columns->n : 0) + TR_NEEDS_EXTRA;
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

int tr_needs_init_as(struct tr_needs *n, const struct tr_needs *other, struct tr_err *err)
{
    int rc = tr_needs_init(n, other->profile,
                           other->by_sector ? TR_NEEDS_SECTOR : (int)other->row_field,
                           other->column_field, err);

    n->only = other->only;
    return rc;
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
        TR_F_REFERRAL_ID,  TR_F_PROTECTION,   TR_F_HOUSING_PATH, TR_F_BYDEL,
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

/* Where a person stands among the codes of field, and the extra places after them. */
static int place_by(const struct tr_needs *n, int field, const struct tr_value v[], bool outside)
{
    int path = v[TR_F_HOUSING_PATH].num, extra = n->profile->of_field[field]->n;

    if (field == TR_F_HOUSING_TYPE) {
        if ((path >= 0 && !(n->counted_path >> path & 1)) || outside)
            return extra + TR_NEEDS_OUTSIDE;
        /* A judged housing type is needed, whether or not the path to a home is recorded. */
        if (path < 0 && v[TR_F_JUDGED_HOUSING_TYPE].num < 0)
            return extra + TR_NEEDS_UNDECIDED;
        if (v[TR_F_ROP_GROUP].num < 0 && v[TR_F_ROP_BASIS].num != n->judged)
            return extra + TR_NEEDS_UNDECIDED;
    }
    return v[field].num >= 0 && !is_hidden(field, v) ? v[field].num : extra + TR_NEEDS_UNDECIDED;
}

int tr_needs_row(const struct tr_needs *n, int code)
{
    if (code < 0 || code >= n->profile->of_field[n->row_field]->n)
        return n->rows->n;
    return n->by_sector ? n->profile->sector[code] : code;
}

static int row_of(const struct tr_needs *n, const struct tr_value v[], bool outside)
{
    int district = v[TR_F_BYDEL].num;

    if (n->only != TR_ANY &&
        (district < 0 || is_hidden(TR_F_BYDEL, v) || !(n->only >> district & 1)))
        return TR_NEEDS_ELSEWHERE;
    if (n->row_field == TR_F_HOUSING_TYPE)
        return place_by(n, (int)n->row_field, v, outside);
    return tr_needs_row(n, is_hidden((int)n->row_field, v) ? -1 : v[n->row_field].num);
}

static int column_of(const struct tr_needs *n, const struct tr_value v[], bool outside)
{
    return n->column_field < 0 ? TR_NEEDS_UNDECIDED : place_by(n, n->column_field, v, outside);
}

bool tr_needs_outside(const struct tr_value v[], uint64_t unread)
{
    return tr_is_outside(v, unread) ||
           (v[TR_F_ROP_BASIS].text.len == 0 && v[TR_F_ROP_GROUP].num < 0 &&
            v[TR_F_ROP_RULE].text.len > 0 && v[TR_F_ROP_POSSIBLE].text.len == 0);
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
    struct tr_needs_place place = {row_of(n, v, outside), column_of(n, v, outside), 0, 0};

    if (n->column_field == TR_F_HOUSING_TYPE && place.column == tr_needs_extra(n, TR_NEEDS_UNDECIDED))
        place.asides = 1u << open_of(n, v);
    place.asides |= tr_is_protected(v) ? 1u << TR_ASIDE_PROTECTED : 0;
    for (int m = 0; m < n->profile->n_measures; m++) {
        const struct tr_measure *measure = &n->profile->measure[m];
        int code = v[measure->field].num;

        place.measures |= (unsigned)(code >= 0 && measure->codes >> code & 1) << m;
    }
    return place;
}

struct tr_needs_place tr_needs_hidden(const struct tr_needs *n, struct tr_needs_place place)
{
    if (n->only != TR_ANY)
        place.row = TR_NEEDS_ELSEWHERE;
    else if (tr_fields[n->row_field].tells == TR_TELLS_WHERE)
        place.row = tr_needs_row(n, -1);
    if (n->column_field >= 0 && tr_fields[n->column_field].tells == TR_TELLS_WHERE)
        place.column = tr_needs_extra(n, TR_NEEDS_UNDECIDED);
    return place;
}

static void add(struct tr_needs *n, struct tr_needs_place place, uint64_t one)
{
    size_t at = tr_needs_cell(n, place.row, place.column),
           measures = (size_t)n->profile->n_measures;

    if (place.row == TR_NEEDS_ELSEWHERE)
        return;
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
    if (n->only != TR_ANY && n->row_field == TR_F_BYDEL && row >= 0 && !(n->only >> row & 1))
        return;
    n->aside[tr_needs_row(n, row) * TR_N_ASIDES + TR_ASIDE_REJECTED] += rows;
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

struct tr_str tr_needs_row_key(const struct tr_needs *n, int row)
{
    if (row < n->rows->n)
        return n->rows->entry[row].code;
    if (row > n->rows->n)
        return TR_STR("outside");
    return n->row_field == TR_F_HOUSING_TYPE ? TR_STR("undecided") : TR_STR("unknown");
}

struct tr_str tr_needs_row_name(const struct tr_needs *n)
{
    return n->by_sector ? TR_STR("sector") : tr_str(tr_fields[n->row_field].name);
}

bool tr_needs_group_rows(const struct tr_needs *n, const struct tr_group *g)
{
    return g->field == n->row_field && !n->by_sector;
}

bool tr_needs_group_columns(const struct tr_needs *n, const struct tr_group *g)
{
    return (int)g->field == n->column_field;
}

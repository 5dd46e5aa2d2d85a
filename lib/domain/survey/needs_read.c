#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "domain/profile/plain.h"
#include "domain/survey/needs_own.h"

static const struct tr_str key_total = {"total", 5}, key_unknown = {"unknown", 7};
static const struct tr_str key_persons = {"persons", 7}, key_count = {"count", 5};

enum { COUNT_MAX = 999999999 };

/* Value of a number that is hidden, in tables whose sums only are looked at. */
#define HIDDEN UINT64_MAX

static int find_row(const struct tr_needs *n, struct tr_str key)
{
    return tr_str_eq(key, key_unknown) ? n->rows->n : tr_list_find(n->rows, key);
}

static int find_column(const struct tr_needs *n, struct tr_str key)
{
    size_t prefix;
    int at;

    for (int i = 0; i < (n->column_field == TR_F_HOUSING_TYPE ? TR_NEEDS_EXTRA : 1); i++)
        if (tr_str_eq(key, tr_needs_column_key(n, tr_needs_extra(n, i))))
            return tr_needs_extra(n, i);
    if (n->column_field < 0)
        return -1;
    prefix = strlen(tr_fields[n->column_field].name);
    if (key.len > prefix && key.p[prefix] == '=' &&
        memcmp(key.p, tr_fields[n->column_field].name, prefix) == 0) {
        key.p += prefix + 1;
        key.len -= prefix + 1;
    }
    at = tr_list_find(n->columns, key);
    return at >= 0 ? at : tr_plain_code(n->columns, key);
}

static int find_measure(const struct tr_needs *n, struct tr_str key)
{
    for (int m = 0; m < n->profile->n_measures; m++)
        if (tr_str_eq(key, n->profile->measure[m].name))
            return m;
    return -1;
}

static int find_aside(struct tr_str key)
{
    for (int a = 0; a < TR_N_ASIDES; a++)
        if (tr_str_is(key, tr_aside_names[a]))
            return a;
    return -1;
}

static int column_named(const struct tr_str *header, uint32_t n_columns, struct tr_str name)
{
    for (uint32_t c = 0; c < n_columns; c++)
        if (tr_str_eq(header[c], name))
            return (int)c;
    return -1;
}

enum tr_needs_kind tr_needs_recognise(const struct tr_needs *n, const struct tr_str *header,
                                      uint32_t n_columns)
{
    bool referrals = false, counts = false;

    for (uint32_t c = 0; c < n_columns && !referrals; c++)
        referrals = tr_profile_header(n->profile, header[c]) == TR_F_REFERRAL_ID;
    for (uint32_t c = 0; c < n_columns && !referrals; c++) {
        struct tr_str name = tr_plain_header(n->profile, header[c]);

        counts |= tr_str_eq(name, key_count) || tr_str_eq(name, key_persons) ||
                  tr_str_eq(name, key_total) || (c > 0 && find_column(n, header[c]) >= 0);
    }
    if (counts)
        return TR_NEEDS_TABLE;
    return column_named(header, n_columns, tr_str(tr_fields[TR_F_ROP_RULE].name)) >= 0
               ? TR_NEEDS_GROUPED
               : TR_NEEDS_EXPORT;
}

/* What a table's column adds to. */
struct part {
    enum { PART_NONE, PART_CELL, PART_MEASURE, PART_TOTAL, PART_PERSONS, PART_ASIDE } what;
    int at;       /* column, measure, or enum tr_aside */
    uint64_t sum; /* of the rows so far */
    bool hidden;  /* one of them is */
};

static int read_count(const struct tr_table *t, uint32_t row, int column, uint64_t *out,
                      struct tr_err *err)
{
    long long value = -1;

    *out = 0;
    if (tr_str_is(tr_table_cell(t, row, column), TR_HIDDEN))
        return tr_table_fault(t, row, column, TR_E_HIDDEN, NULL, err);
    if (!tr_number_read(tr_table_cell(t, row, column), &value) || value < 0 || value > COUNT_MAX)
        return tr_table_fault(t, row, column, TR_E_COUNT, NULL, err);
    *out = (uint64_t)value;
    return 0;
}

static int unknown_code(const struct tr_table *t, uint32_t row, int column,
                        const struct tr_list *list, struct tr_err *err)
{
    struct tr_err why;

    tr_list_fault(list, tr_table_cell(t, row, column), &why);
    return tr_table_fault(t, row, column, why.code, why.arg[0], err);
}

static int wrong_total(const struct tr_table *t, uint32_t row, int column, long long says,
                       long long adds, struct tr_err *err)
{
    char text[24];

    tr_table_fault(t, row, column, TR_E_TOTAL, NULL, err);
    snprintf(text, sizeof text, "%lld", says);
    tr_err_copy(err->arg[0], sizeof err->arg[0], tr_str(text));
    snprintf(text, sizeof text, "%lld", adds);
    tr_err_copy(err->arg[1], sizeof err->arg[1], tr_str(text));
    return -1;
}

/* A column that stands twice would count twice. */
static int refuse_doubles(const struct tr_table *t, struct tr_err *err)
{
    char name[64];

    for (uint32_t c = 1; c < t->n_columns; c++) {
        if (column_named(t->header, c, t->header[c]) < 0)
            continue;
        tr_err_copy(name, sizeof name, tr_header_shown(t->header, t->n_columns, t->header[c]));
        tr_err_set(err, TR_E_COLUMN_DOUBLE, name, name, NULL);
        err->source = t->source;
        err->line = 1;
        return -1;
    }
    return 0;
}

/* The table counts by what its header says, not by the field. */
static int kind_mixed(const struct tr_table *t, struct tr_str header, int field, struct tr_err *err)
{
    char name[64];

    tr_err_copy(name, sizeof name, tr_header_shown(t->header, t->n_columns, header));
    tr_err_set(err, TR_E_KIND_MIXED, name, tr_fields[field].name, NULL);
    err->source = t->source;
    return -1;
}

/* Columns that --stock and --compare add, and those of deliveries: they follow from others. Those of
 * doubles are read apart. */
static bool is_beside(struct tr_str name)
{
    return tr_str_is(name, "stock") || tr_str_is(name, "gap") || tr_str_is(name, "earlier") ||
           tr_str_is(name, "change") || tr_str_is(name, "not_delivered") ||
           tr_str_is(name, "delivered_twice") || tr_str_is(name, "doubles") ||
           tr_str_is(name, tr_hashes_name);
}

static int read_parts(struct tr_needs *n, const struct tr_table *t, struct part part[],
                      struct tr_err *err)
{
    unsigned told = 0;

    if (tr_field_find(t->header[0]) != (int)n->row_field)
        return kind_mixed(t, t->header[0], (int)n->row_field, err);
    if (refuse_doubles(t, err) < 0)
        return -1;
    for (uint32_t c = 1; c < t->n_columns; c++) {
        int at = find_column(n, t->header[c]);

        if (tr_str_eq(t->header[c], key_total))
            part[c].what = PART_TOTAL;
        else if (tr_str_eq(t->header[c], key_persons) && n->column_field >= 0)
            part[c].what = PART_PERSONS;
        else if (at >= 0)
            part[c] = (struct part){.what = PART_CELL, .at = at};
        else if ((at = find_measure(n, t->header[c])) >= 0)
            part[c] = (struct part){.what = PART_MEASURE, .at = at};
        else if ((at = find_aside(t->header[c])) >= 0)
            part[c] = (struct part){.what = PART_ASIDE, .at = at};
        else if (!is_beside(t->header[c])) /* a slip in a code would drop its persons */
            return tr_table_fault(t, t->n_rows, (int)c, TR_E_COLUMN_UNKNOWN, NULL, err);
        told |= part[c].what == PART_MEASURE ? 1u << part[c].at : 0;
    }
    n->cells_known = 0;
    n->rows_known &= told;
    return 0;
}

/* Reads the numbers of one row of a wide table. An empty measure is not known. */
static int read_wide_row(struct tr_needs *n, const struct tr_table *t, uint32_t r,
                         const struct part part[], uint64_t value[], struct tr_err *err)
{
    for (uint32_t c = 1; c < t->n_columns; c++) {
        value[c] = 0;
        if (part[c].what == PART_MEASURE && tr_table_cell(t, r, (int)c).len == 0)
            n->rows_known &= ~(1u << part[c].at);
        else if (n->part_hidden && tr_str_is(tr_table_cell(t, r, (int)c), TR_HIDDEN))
            value[c] = HIDDEN;
        else if (part[c].what != PART_NONE && read_count(t, r, (int)c, &value[c], err) < 0)
            return -1;
    }
    return 0;
}

/* Holds the totals of a row against its cells, and those of the total row against the rows before.
 */
static int check_wide_row(const struct tr_needs *n, const struct tr_table *t, uint32_t r,
                          bool is_total, const struct part part[], const uint64_t value[],
                          struct tr_err *err)
{
    uint64_t types = 0, persons = 0;
    bool type_hidden = false, person_hidden = false;

    for (uint32_t c = 1; c < t->n_columns; c++)
        if (part[c].what == PART_CELL) {
            person_hidden |= value[c] == HIDDEN;
            type_hidden |= value[c] == HIDDEN && part[c].at < tr_needs_extra(n, 0);
            persons += value[c];
            types += part[c].at < tr_needs_extra(n, 0) ? value[c] : 0;
        }
    for (uint32_t c = 1; c < t->n_columns; c++) {
        if (value[c] == HIDDEN)
            continue;
        if (part[c].what == PART_TOTAL && !type_hidden && value[c] != types)
            return wrong_total(t, r, (int)c, (long long)value[c], (long long)types, err);
        if (part[c].what == PART_PERSONS && !person_hidden && value[c] != persons)
            return wrong_total(t, r, (int)c, (long long)value[c], (long long)persons, err);
        if (is_total && part[c].what != PART_NONE && !part[c].hidden && value[c] != part[c].sum)
            return wrong_total(t, r, (int)c, (long long)value[c], (long long)part[c].sum, err);
    }
    return 0;
}

/* Holds what was added beside against the total that it was made of: gap and change. */
static int check_beside(const struct tr_table *t, uint32_t r, struct tr_err *err)
{
    static const char *const pairs[][2] = {{"stock", "gap"}, {"earlier", "change"}};
    int total = column_named(t->header, t->n_columns, key_total);
    long long sum, other, says;

    for (size_t i = 0; i < 2 && total >= 0; i++) {
        int c[2] = {column_named(t->header, t->n_columns, tr_str(pairs[i][0])),
                    column_named(t->header, t->n_columns, tr_str(pairs[i][1]))};

        if (c[0] < 0 || c[1] < 0 || !tr_number_read(tr_table_cell(t, r, total), &sum) ||
            !tr_number_read(tr_table_cell(t, r, c[0]), &other) ||
            !tr_number_read(tr_table_cell(t, r, c[1]), &says) || says == sum - other)
            continue;
        return wrong_total(t, r, c[1], says, sum - other, err);
    }
    return 0;
}

static int add_wide_row(struct tr_needs *n, const struct tr_table *t, uint32_t r, int row,
                        struct part part[], uint64_t value[], struct tr_err *err)
{
    size_t measures = (size_t)n->profile->n_measures;

    if (read_wide_row(n, t, r, part, value, err) < 0 ||
        check_wide_row(n, t, r, row < 0, part, value, err) < 0 || check_beside(t, r, err) < 0)
        return -1;
    for (uint32_t c = 1; c < t->n_columns && row >= 0; c++) {
        if (value[c] == HIDDEN) {
            part[c].hidden = true;
            continue;
        }
        part[c].sum += value[c];
        if (part[c].what == PART_CELL)
            n->count[tr_needs_cell(n, row, part[c].at)] += value[c];
        else if (part[c].what == PART_MEASURE)
            n->of_row[(size_t)row * measures + (size_t)part[c].at] += value[c];
        else if (part[c].what == PART_ASIDE)
            n->aside[row * TR_N_ASIDES + part[c].at] += value[c];
    }
    return 0;
}

static int add_wide(struct tr_needs *n, const struct tr_table *t, struct tr_err *err)
{
    struct part *part = calloc(t->n_columns, sizeof *part);
    uint64_t *value = calloc(t->n_columns, sizeof *value), seen[2] = {0};
    int rc = part && value ? read_parts(n, t, part, err) : tr_err_memory(err);

    for (uint32_t r = 0; rc == 0 && r < t->n_rows; r++) {
        struct tr_str key = tr_table_cell(t, r, 0);
        int row = tr_str_eq(key, key_total) ? -1 : find_row(n, key);

        if (row < 0 && !tr_str_eq(key, key_total)) {
            rc = unknown_code(t, r, 0, n->rows, err);
        } else if (seen[(row + 1) / 64] >> ((row + 1) % 64) & 1) {
            rc = tr_table_fault(t, r, 0, TR_E_ROW_TWICE, NULL, err);
        } else {
            seen[(row + 1) / 64] |= UINT64_C(1) << ((row + 1) % 64);
            rc = add_wide_row(n, t, r, row, part, value, err);
        }
    }
    free(value);
    free(part);
    return rc;
}

static int add_long_row(struct tr_needs *n, const struct tr_table *t, uint32_t r, int row,
                        int column, int count, struct tr_err *err)
{
    size_t measures = (size_t)n->profile->n_measures, at = tr_needs_cell(n, row, column);
    uint64_t value;

    if (read_count(t, r, count, &value, err) < 0)
        return -1;
    n->count[at] += value;
    for (size_t m = 0; m < measures; m++) {
        int c = column_named(t->header, t->n_columns, n->profile->measure[m].name);

        if (c < 0 || tr_table_cell(t, r, c).len == 0) {
            n->cells_known &= ~(1u << m);
            n->rows_known &= ~(1u << m);
            continue;
        }
        if (read_count(t, r, c, &value, err) < 0)
            return -1;
        n->of_cell[at * measures + m] += value;
        n->of_row[(size_t)row * measures + m] += value;
    }
    for (int a = 0; a < TR_N_ASIDES; a++) {
        int c = column_named(t->header, t->n_columns, tr_str(tr_aside_names[a]));

        if (c >= 0 && read_count(t, r, c, &value, err) < 0)
            return -1;
        n->aside[row * TR_N_ASIDES + a] += c >= 0 ? value : 0;
    }
    return 0;
}

static int add_long(struct tr_needs *n, const struct tr_table *t, int by_column, int count,
                    struct tr_err *err)
{
    if (tr_field_find(t->header[0]) != (int)n->row_field || by_column >= (int)t->n_columns ||
        (by_column >= 0 && tr_field_find(t->header[by_column]) != n->column_field))
        return kind_mixed(t, t->header[by_column < 0 || t->n_columns < 2 ? 0 : by_column],
                          by_column < 0 ? (int)n->row_field : n->column_field, err);
    if (refuse_doubles(t, err) < 0)
        return -1;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int row = find_row(n, tr_table_cell(t, r, 0));
        int column =
            by_column < 0 ? tr_needs_extra(n, 0) : find_column(n, tr_table_cell(t, r, by_column));

        if (row < 0 || column < 0)
            return unknown_code(t, r, row < 0 ? 0 : by_column, row < 0 ? n->rows : n->columns, err);
        if (add_long_row(n, t, r, row, column, count, err) < 0)
            return -1;
    }
    return 0;
}

int tr_needs_add_table(struct tr_needs *n, const struct tr_table *t, struct tr_err *err)
{
    int count = column_named(t->header, t->n_columns, key_count);
    uint64_t before = n->doubles ? tr_needs_persons(n) : 0;
    int rc = count < 0 ? add_wide(n, t, err)
                       : add_long(n, t, n->column_field >= 0 ? 1 : -1, count, err);

    return rc == 0 && n->doubles
               ? tr_doubles_table(n->doubles, t, tr_needs_persons(n) - before, err)
               : rc;
}

int tr_needs_add_read(struct tr_needs *n, struct tr_reader *reader, struct tr_err *err)
{
    struct tr_table table = {0};
    int rc = tr_table_read(&table, reader, err);

    if (rc == 0) {
        tr_plain_table(n->profile, &table);
        rc = tr_needs_add_table(n, &table, err);
    }
    tr_table_clear(&table);
    return rc;
}

/* The field whose codes the heads of a wide table are, or -1. */
static int column_field(const struct tr_profile *p, const struct tr_table *t)
{
    const struct tr_list *types = tr_profile_list(p, tr_fields[TR_F_HOUSING_TYPE].list);

    for (uint32_t c = 1; c < t->n_columns; c++) {
        struct tr_str rest = t->header[c], field;

        tr_str_part(&rest, '=', &field);
        if (rest.len > 0 && tr_field_find_coded(field, &(struct tr_near){0}) >= 0)
            return tr_field_find(field);
        if (types && tr_list_code(types, t->header[c]) >= 0)
            return TR_F_HOUSING_TYPE;
    }
    return -1;
}

int tr_needs_check_sums(const struct tr_profile *p, const struct tr_table *t, struct tr_err *err)
{
    int row = tr_field_find_coded(t->header[0], &(struct tr_near){0});
    struct tr_needs n;
    int rc = 0;

    if (row < 0 || column_named(t->header, t->n_columns, key_persons) < 0)
        return 0;
    if (tr_needs_init(&n, p, (enum tr_field)row, column_field(p, t), err) < 0)
        return -1;
    n.part_hidden = true;
    if (tr_needs_add_table(&n, t, err) < 0 && (err->code == TR_E_TOTAL || err->code == TR_E_MEMORY))
        rc = -1;
    tr_needs_clear(&n);
    return rc;
}

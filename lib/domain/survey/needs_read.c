#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "domain/profile/plain.h"
#include "domain/referral/import.h"
#include "domain/survey/needs_own.h"

static const struct tr_str key_total = {"total", 5}, key_unknown = {"unknown", 7};
static const struct tr_str key_persons = {"persons", 7}, key_count = {"count", 5};

enum { COUNT_MAX = 999999999 };

/* Value of a number that is hidden, in tables whose sums only are looked at. */
#define HIDDEN UINT64_MAX

static int find_row(const struct tr_needs *n, struct tr_str key)
{
    for (int i = n->rows->n; i < n->n_rows; i++)
        if (tr_str_eq(key, tr_needs_row_key(n, i)))
            return i;
    return tr_str_eq(key, key_unknown) ? n->rows->n : tr_list_find(n->rows, key);
}

/* The group of the profile that is called so, or -1. */
static int find_group(const struct tr_needs *n, struct tr_str key)
{
    for (int g = 0; g < n->profile->n_groups; g++)
        if (tr_str_eq(key, n->profile->group[g].entry->code))
            return g;
    return -1;
}

/* The code in the head of a column: field=code, or the code alone. */
static struct tr_str without_field(const struct tr_needs *n, struct tr_str key)
{
    struct tr_str name = n->column_field < 0 ? tr_str("") : tr_str(tr_fields[n->column_field].name);

    return name.len > 0 && key.len > name.len && key.p[name.len] == '=' &&
                   memcmp(key.p, name.p, name.len) == 0
               ? tr_str_from(key, name.len + 1)
               : key;
}

static int find_column(const struct tr_needs *n, struct tr_str key)
{
    int at;

    for (int i = 0; i < (n->column_field == TR_F_HOUSING_TYPE ? TR_NEEDS_EXTRA : 1); i++)
        if (tr_str_eq(key, tr_needs_column_key(n, tr_needs_extra(n, i))))
            return tr_needs_extra(n, i);
    if (n->column_field < 0)
        return -1;
    key = without_field(n, key);
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

static bool is_count(const struct tr_profile *p, struct tr_str header)
{
    struct tr_str name = tr_plain_header(p, header);

    return tr_str_eq(name, key_count) || tr_str_eq(name, key_persons) || tr_str_eq(name, key_total);
}

bool tr_needs_table_fits(const void *profile, const struct tr_str *header, uint32_t n_columns)
{
    const struct tr_list *types = ((const struct tr_profile *)profile)->of_field[TR_F_HOUSING_TYPE];
    bool counts = false;

    for (uint32_t c = 1; c < n_columns; c++)
        counts |= is_count(profile, header[c]) || tr_list_find(types, header[c]) >= 0;
    return counts && tr_field_find(tr_plain_header(profile, header[0])) >= 0;
}

bool tr_needs_fits(const void *profile, const struct tr_str *header, uint32_t n_columns)
{
    return tr_import_fits(profile, header, n_columns) ||
           tr_needs_table_fits(profile, header, n_columns);
}

enum tr_needs_kind tr_needs_recognise(const struct tr_needs *n, const struct tr_str *header,
                                      uint32_t n_columns)
{
    bool referrals = false, counts = false;

    for (uint32_t c = 0; c < n_columns && !referrals; c++)
        referrals = tr_profile_header(n->profile, header[c]) == TR_F_REFERRAL_ID;
    for (uint32_t c = 0; c < n_columns && !referrals; c++)
        counts |= is_count(n->profile, header[c]) || (c > 0 && find_column(n, header[c]) >= 0);
    if (counts)
        return TR_NEEDS_TABLE;
    return tr_str_among(tr_str(tr_fields[TR_F_ROP_RULE].name), header, n_columns) >= 0
               ? TR_NEEDS_GROUPED
               : TR_NEEDS_EXPORT;
}

/* What a table's column adds to. */
struct part {
    enum {
        PART_NONE,
        PART_CELL,
        PART_MEASURE,
        PART_GROUP,
        PART_TOTAL,
        PART_PERSONS,
        PART_ASIDE
    } what;
    int at;       /* column, measure, group, or enum tr_aside */
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
        if (tr_str_among(t->header[c], t->header, c) < 0)
            continue;
        tr_err_copy(name, sizeof name, tr_header_shown(t->header, t->n_columns, t->header[c]));
        tr_err_set(err, TR_E_COLUMN_DOUBLE, name, name, NULL);
        err->source = t->source;
        err->line = t->header_line;
        return -1;
    }
    return 0;
}

static bool begins(struct tr_str s, const char *with)
{
    size_t n = strlen(with);

    return s.len >= n && memcmp(s.p, with, n) == 0 && (s.len == n || s.p[n] == '.');
}

/* Columns that follow from others, or from other tables: they are not counted. Those of doubles are
 * read apart. */
static bool is_beside(struct tr_str name)
{
    static const char *const names[] = {
        "lacking", "existing", "needed", "needed_in_all", "stock", "gap", "earlier", "change", "change_percent",
        "inhabitants", "per_1000", tr_not_delivered, tr_delivered_twice, "doubles", tr_hashes_name};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (begins(name, names[i]))
            return true;
    return false;
}

static int read_parts(struct tr_needs *n, const struct tr_table *t, struct part part[],
                      struct tr_err *err)
{
    unsigned told = 0;

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
        else if ((at = find_group(n, without_field(n, t->header[c]))) >= 0)
            part[c] = (struct part){.what = PART_GROUP, .at = at};
        else if ((at = find_measure(n, t->header[c])) >= 0)
            part[c] = (struct part){.what = PART_MEASURE, .at = at};
        else if ((at = find_aside(t->header[c])) >= 0)
            part[c] = (struct part){.what = PART_ASIDE, .at = at};
        else if (!is_beside(t->header[c])) /* a slip in a code would drop its persons */
            return tr_table_fault(t, t->n_rows, (int)c, TR_E_COLUMN_UNKNOWN, NULL, err);
        told |= part[c].what == PART_MEASURE ? 1u << part[c].at : 0;
        n->columns_told |= part[c].what == PART_CELL && part[c].at < tr_needs_extra(n, 0)
                               ? UINT64_C(1) << part[c].at
                               : 0;
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

/* What a column of sums must say in a row, by the row's cells; HIDDEN when one of these is. */
static uint64_t sum_of(const struct tr_needs *n, uint32_t n_columns, const struct part part[],
                       const uint64_t value[], uint32_t column)
{
    const struct tr_group *group =
        part[column].what == PART_GROUP ? &n->profile->group[part[column].at] : NULL;
    uint64_t sum = 0;

    for (uint32_t c = 1; c < n_columns; c++) {
        if (part[c].what != PART_CELL)
            continue;
        if (part[column].what != PART_PERSONS &&
            (part[c].at >= tr_needs_extra(n, 0) || (group && !(group->codes >> part[c].at & 1))))
            continue;
        if (value[c] == HIDDEN)
            return HIDDEN;
        sum += value[c];
    }
    return sum;
}

/* Holds the sums of a row against its cells, and those of the total row against the rows before. */
static int check_wide_row(const struct tr_needs *n, const struct tr_table *t, uint32_t r,
                          bool is_total, const struct part part[], const uint64_t value[],
                          struct tr_err *err)
{
    for (uint32_t c = 1; c < t->n_columns; c++) {
        bool of_row = part[c].what == PART_TOTAL || part[c].what == PART_PERSONS ||
                      part[c].what == PART_GROUP;
        uint64_t sum = of_row ? sum_of(n, t->n_columns, part, value, c) : 0;

        if (value[c] == HIDDEN)
            continue;
        if (of_row && sum != HIDDEN && value[c] != sum)
            return wrong_total(t, r, (int)c, (long long)value[c], (long long)sum, err);
        if (is_total && part[c].what != PART_NONE && !part[c].hidden && value[c] != part[c].sum)
            return wrong_total(t, r, (int)c, (long long)value[c], (long long)part[c].sum, err);
    }
    return 0;
}

/* The column whose name is name with this in place of its first word, or -1. */
static int column_beside(const struct tr_table *t, struct tr_str name, size_t word,
                         const char *instead)
{
    char text[160];
    int n = snprintf(text, sizeof text, "%s%.*s", instead, (int)(name.len - word), name.p + word);

    return n < (int)sizeof text ? tr_table_column(t, text) : -1;
}

/* What an earlier count is of: the sum that the second word of its name says. */
static int column_then(const struct tr_needs *n, const struct tr_table *t, struct tr_str name)
{
    struct tr_str rest = name, word;
    int total = tr_table_column(t, "total");

    tr_str_part(&rest, '.', &word);
    if (rest.p && tr_str_part(&rest, '.', &word) && find_group(n, word) >= 0)
        for (uint32_t c = 1; c < t->n_columns; c++)
            if (tr_str_eq(without_field(n, t->header[c]), word))
                return (int)c;
    return total >= 0 ? total : tr_table_column(t, "persons");
}

/* Holds what was added beside against what it was made of: needed = lacking + existing, and of each
 * year, change = total - earlier. */
static int check_beside(const struct tr_needs *n, const struct tr_table *t, uint32_t r,
                        struct tr_err *err)
{
    long long says, one, other;

    for (uint32_t c = 1; c < t->n_columns; c++) {
        bool needed = tr_str_is(t->header[c], "needed"), change = begins(t->header[c], "change");
        int from = needed ? tr_table_column(t, "lacking") : change ? column_then(n, t, t->header[c]) : -1;
        int by = needed ? tr_table_column(t, "existing")
                        : column_beside(t, t->header[c], strlen("change"), "earlier");

        if (from < 0 || by < 0 || !tr_number_read(tr_table_cell(t, r, from), &one) ||
            !tr_number_read(tr_table_cell(t, r, by), &other) ||
            !tr_number_read(tr_table_cell(t, r, (int)c), &says))
            continue;
        other = needed ? one + other : one - other;
        if (says != other)
            return wrong_total(t, r, (int)c, says, other, err);
    }
    return 0;
}

static int add_wide_row(struct tr_needs *n, const struct tr_table *t, uint32_t r, int row,
                        struct part part[], uint64_t value[], struct tr_err *err)
{
    size_t measures = (size_t)n->profile->n_measures;

    if (read_wide_row(n, t, r, part, value, err) < 0 ||
        check_wide_row(n, t, r, row < 0, part, value, err) < 0 || check_beside(n, t, r, err) < 0)
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
    n->rows_told |= row >= 0 && row < n->rows->n ? UINT64_C(1) << row : 0;
    if (row >= 0)
        tr_needs_note_delivery(n, t, r, row);
    return 0;
}

/* Holds a row that sums up others, those in codes, against them. */
static int check_sum_row(struct tr_needs *n, const struct tr_table *t, uint32_t r, uint64_t codes,
                         const struct part part[], uint64_t value[], struct tr_err *err)
{
    size_t measures = (size_t)n->profile->n_measures;

    if (read_wide_row(n, t, r, part, value, err) < 0 ||
        check_wide_row(n, t, r, false, part, value, err) < 0)
        return -1;
    for (uint32_t c = 1; c < t->n_columns; c++) {
        uint64_t sum = 0;

        if (part[c].what != PART_CELL &&
            (part[c].what != PART_MEASURE || !(n->rows_known >> part[c].at & 1)))
            continue;
        if (value[c] == HIDDEN || part[c].hidden)
            continue;
        for (int i = 0; i < n->rows->n; i++)
            if (codes >> i & 1)
                sum += part[c].what == PART_CELL
                           ? n->count[tr_needs_cell(n, i, part[c].at)]
                           : n->of_row[(size_t)i * measures + (size_t)part[c].at];
        if (value[c] != sum)
            return wrong_total(t, r, (int)c, (long long)value[c], (long long)sum, err);
    }
    return check_beside(n, t, r, err);
}

/* The rows that the row called key sums up, which is no code of its own; 0: it does not. */
static uint64_t sum_row(const struct tr_needs *n, struct tr_str key, int *place)
{
    int g = find_group(n, key);

    *place = n->n_rows + 1 + g;
    if (g >= 0 && tr_needs_group_rows(n, &n->profile->group[g]))
        return n->profile->group[g].codes;
    *place = n->n_rows + 1 + TR_GROUPS_MAX;
    return n->row_field == TR_F_HOUSING_TYPE && tr_str_is(key, tr_needs_all_types) ? UINT64_MAX : 0;
}

/* Reads the rows that are no sums of others; then those that are, which may stand before them. */
static int read_rows(struct tr_needs *n, const struct tr_table *t, bool sums, struct part part[],
                     uint64_t value[], struct tr_err *err)
{
    uint64_t seen[3] = {0};

    _Static_assert(TR_LIST_MAX + TR_NEEDS_EXTRA + TR_GROUPS_MAX + 3 < 64 * 3, "rows have bits");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str key = tr_table_cell(t, r, 0);
        int place, row = tr_str_eq(key, key_total) ? -1 : find_row(n, key), rc = 0;
        uint64_t codes = row < 0 ? sum_row(n, key, &place) : 0;

        if (row < 0 && !codes && !tr_str_eq(key, key_total))
            return unknown_code(t, r, 0, n->rows, err);
        place = codes ? place : row + 1;
        if (seen[place / 64] >> (place % 64) & 1)
            return tr_table_fault(t, r, 0, TR_E_ROW_TWICE, NULL, err);
        seen[place / 64] |= UINT64_C(1) << (place % 64);
        if (codes && sums)
            rc = check_sum_row(n, t, r, codes, part, value, err);
        else if (!codes && !sums)
            rc = add_wide_row(n, t, r, row, part, value, err);
        if (rc < 0)
            return -1;
    }
    return 0;
}

static int add_wide(struct tr_needs *n, const struct tr_table *t, struct tr_err *err)
{
    struct part *part = calloc(t->n_columns, sizeof *part);
    uint64_t *value = calloc(t->n_columns, sizeof *value);
    int rc = part && value ? read_parts(n, t, part, err) : tr_err_memory(err);

    if (rc == 0)
        rc = read_rows(n, t, false, part, value, err) < 0 ? -1 : read_rows(n, t, true, part, value, err);
    tr_needs_note_unlisted(n);
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
        int c = tr_table_column_str(t, n->profile->measure[m].name);

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
        int c = tr_table_column_str(t, tr_str(tr_aside_names[a]));

        if (c >= 0 && read_count(t, r, c, &value, err) < 0)
            return -1;
        n->aside[row * TR_N_ASIDES + a] += c >= 0 ? value : 0;
    }
    return 0;
}

/* The place that a row of sums is of, -1 for all; false: it is no such row. A sum of all may leave
 * the second key empty. */
static bool is_sum_of(const struct tr_needs *n, const struct tr_table *t, uint32_t r, int by_column,
                      int *row, int *column)
{
    struct tr_str first = tr_table_cell(t, r, 0),
                  second = by_column < 0 ? TR_STR("") : tr_table_cell(t, r, by_column);
    bool all_rows = tr_str_eq(first, key_total),
         all_columns = tr_str_eq(second, key_total) || second.len == 0;

    *row = all_rows ? -1 : find_row(n, first);
    *column = all_columns ? -1 : find_column(n, second);
    return (all_rows && (all_columns || *column >= 0)) ||
           (by_column >= 0 && all_columns && second.len > 0 && *row >= 0);
}

/* Holds a row of sums against the rows that have been added. */
static int check_sum(const struct tr_needs *n, const struct tr_table *t, uint32_t r, int row,
                     int column, int count, struct tr_err *err)
{
    uint64_t says, adds = 0;

    if (read_count(t, r, count, &says, err) < 0)
        return -1;
    for (int i = row < 0 ? 0 : row; i < (row < 0 ? n->n_rows : row + 1); i++)
        for (int c = column < 0 ? 0 : column; c < (column < 0 ? n->n_columns : column + 1); c++)
            adds += n->count[tr_needs_cell(n, i, c)];
    return says == adds ? 0 : wrong_total(t, r, count, (long long)says, (long long)adds, err);
}

static int add_long(struct tr_needs *n, const struct tr_table *t, int by_column, int count,
                    struct tr_err *err)
{
    if (refuse_doubles(t, err) < 0)
        return -1;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int row = find_row(n, tr_table_cell(t, r, 0));
        int column =
            by_column < 0 ? tr_needs_extra(n, 0) : find_column(n, tr_table_cell(t, r, by_column));
        int of[2];

        if (is_sum_of(n, t, r, by_column, &of[0], &of[1]))
            continue;
        if (row < 0 || column < 0)
            return unknown_code(t, r, row < 0 ? 0 : by_column, row < 0 ? n->rows : n->columns, err);
        if (add_long_row(n, t, r, row, column, count, err) < 0)
            return -1;
        n->rows_told |= row < n->rows->n ? UINT64_C(1) << row : 0;
        tr_needs_note_delivery(n, t, r, row);
        n->columns_told |= by_column >= 0 && column < tr_needs_extra(n, 0) ? UINT64_C(1) << column : 0;
    }
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int row, column;

        if (is_sum_of(n, t, r, by_column, &row, &column) &&
            check_sum(n, t, r, row, column, count, err) < 0)
            return -1;
    }
    return 0;
}

int tr_needs_add_table(struct tr_needs *n, const struct tr_table *t, struct tr_err *err)
{
    int count = tr_table_column_str(t, key_count), by_column, rc;
    bool doubles = n->doubles && n->only == TR_ANY;
    uint64_t before = doubles ? tr_needs_persons(n) : 0;
    struct tr_needs part;

    if (tr_needs_like(&part, n, t, &by_column, err) < 0)
        return -1;
    rc = count < 0 ? add_wide(&part, t, err) : add_long(&part, t, by_column, count, err);
    if (rc == 0)
        tr_needs_fold(n, &part);
    tr_needs_clear(&part);
    return rc == 0 && doubles
               ? tr_doubles_table(n->doubles, t, tr_needs_persons(n) - before, err)
               : rc;
}

int tr_needs_check_sums(const struct tr_profile *p, const struct tr_table *t, struct tr_err *err)
{
    int row = tr_field_find_coded(t->header[0], &(struct tr_near){0}), by_column;
    bool by_sector = tr_str_is(t->header[0], "sector") && p->has_sectors;
    struct tr_needs any, n;
    int rc = 0;

    if ((row < 0 && !by_sector) || tr_table_column_str(t, key_persons) < 0)
        return 0;
    if (tr_needs_init(&any, p, by_sector ? TR_NEEDS_SECTOR : row, -1, err) < 0)
        return -1;
    if (tr_needs_like(&n, &any, t, &by_column, err) == 0) {
        n.part_hidden = true;
        if (add_wide(&n, t, err) < 0 && (err->code == TR_E_TOTAL || err->code == TR_E_MEMORY))
            rc = -1;
        tr_needs_clear(&n);
    } else if (err->code == TR_E_MEMORY) {
        rc = -1;
    }
    tr_needs_clear(&any);
    return rc;
}

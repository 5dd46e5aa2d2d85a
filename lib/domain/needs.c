#include "domain/needs.h"

#include <stdio.h>
#include <stdlib.h>

static const struct tr_str key_total = {"total", 5}, key_unknown = {"unknown", 7};
static const struct tr_str key_undecided = {"undecided", 9}, key_outside = {"outside", 7};
static const struct tr_str key_persons = {"persons", 7}, key_count = {"count", 5};

/* ---- the counts ---- */

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

    *n = (struct tr_needs){.profile = p, .row_field = row_field, .column_field = column_field,
                           .cells_known = true, .rows_known = true};
    n->needs_extension = is_extension((int)row_field) || is_extension(column_field);
    for (int m = 0; m < p->n_measures; m++)
        n->needs_extension |= is_extension((int)p->measure[m].field);
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
    if (n->count && n->of_cell && n->of_row)
        return 0;
    tr_needs_clear(n);
    return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
}

void tr_needs_clear(struct tr_needs *n)
{
    free(n->count);
    free(n->of_cell);
    free(n->of_row);
    *n = (struct tr_needs){0};
}

static size_t cell_at(const struct tr_needs *n, int row, int column)
{
    return (size_t)row * (size_t)n->n_columns + (size_t)column;
}

/* The place in the table of an extra column. */
static int extra(const struct tr_needs *n, int which)
{
    return n->n_columns - TR_NEEDS_EXTRA + which;
}

uint64_t tr_needs_wanted(const struct tr_needs *n)
{
    static const enum tr_field always[] = {TR_F_REFERRAL_ID, TR_F_HOUSING_PATH, TR_F_ROP_GROUP,
                                           TR_F_HOUSING_TYPE, TR_F_ROP_RULE, TR_F_ROP_POSSIBLE};
    uint64_t wanted = UINT64_C(1) << n->row_field;

    if (n->column_field >= 0)
        wanted |= UINT64_C(1) << n->column_field;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        wanted |= UINT64_C(1) << always[i];
    for (int m = 0; m < n->profile->n_measures; m++)
        wanted |= UINT64_C(1) << n->profile->measure[m].field;
    return wanted;
}

/* Where a person stands in the columns. */
static int column_of(const struct tr_needs *n, const struct tr_value v[], bool outside)
{
    int path = v[TR_F_HOUSING_PATH].num;

    if (n->column_field < 0)
        return extra(n, TR_NEEDS_UNDECIDED);
    if (n->column_field == TR_F_HOUSING_TYPE) {
        if ((path >= 0 && !(n->counted_path >> path & 1)) || outside)
            return extra(n, TR_NEEDS_OUTSIDE);
        if (path < 0 || v[TR_F_ROP_GROUP].num < 0)
            return extra(n, TR_NEEDS_UNDECIDED);
    }
    return v[n->column_field].num >= 0 ? v[n->column_field].num : extra(n, TR_NEEDS_UNDECIDED);
}

bool tr_needs_outside(const struct tr_value v[])
{
    return v[TR_F_ROP_GROUP].num < 0 && v[TR_F_ROP_RULE].text.len > 0 &&
           v[TR_F_ROP_POSSIBLE].text.len == 0;
}

struct tr_needs_place tr_needs_find(const struct tr_needs *n, const struct tr_value v[], bool outside)
{
    int row = v[n->row_field].num;
    struct tr_needs_place place = {row >= 0 ? row : n->rows->n, column_of(n, v, outside), 0};

    for (int m = 0; m < n->profile->n_measures; m++) {
        const struct tr_measure *measure = &n->profile->measure[m];
        int code = v[measure->field].num;

        place.measures |= (unsigned)(code >= 0 && measure->codes >> code & 1) << m;
    }
    return place;
}

void tr_needs_count(struct tr_needs *n, struct tr_needs_place place)
{
    size_t at = cell_at(n, place.row, place.column), measures = (size_t)n->profile->n_measures;

    n->count[at]++;
    for (size_t m = 0; m < measures; m++) {
        n->of_cell[at * measures + m] += place.measures >> m & 1;
        n->of_row[(size_t)place.row * measures + m] += place.measures >> m & 1;
    }
}

/* ---- keys: what rows and columns are called ---- */

static struct tr_str row_key(const struct tr_needs *n, int row)
{
    return row < n->rows->n ? n->rows->entry[row].code : key_unknown;
}

static struct tr_str column_key(const struct tr_needs *n, int column)
{
    if (column < extra(n, 0))
        return n->columns->entry[column].code;
    if (n->column_field < 0)
        return key_persons;
    if (column == extra(n, TR_NEEDS_OUTSIDE))
        return key_outside;
    return n->column_field == TR_F_HOUSING_TYPE ? key_undecided : key_unknown;
}

/* The head of a wide table's column. Codes of housing types speak for themselves; others are written
 * field=code. */
static void column_head(const struct tr_needs *n, int column, struct tr_buf *out)
{
    if (column < extra(n, 0) && n->column_field != TR_F_HOUSING_TYPE) {
        tr_buf_text(out, tr_fields[n->column_field].name);
        tr_buf_char(out, '=');
    }
    tr_buf_str(out, column_key(n, column));
}

static int find_row(const struct tr_needs *n, struct tr_str key)
{
    return tr_str_eq(key, key_unknown) ? n->rows->n : tr_list_find(n->rows, key);
}

static int find_column(const struct tr_needs *n, struct tr_str key)
{
    size_t prefix;

    for (int i = 0; i < (n->column_field == TR_F_HOUSING_TYPE ? TR_NEEDS_EXTRA : 1); i++)
        if (tr_str_eq(key, column_key(n, extra(n, i))))
            return extra(n, i);
    if (n->column_field < 0)
        return -1;
    prefix = strlen(tr_fields[n->column_field].name);
    if (key.len > prefix && key.p[prefix] == '=' &&
        memcmp(key.p, tr_fields[n->column_field].name, prefix) == 0) {
        key.p += prefix + 1;
        key.len -= prefix + 1;
    }
    return tr_list_find(n->columns, key);
}

static int find_measure(const struct tr_needs *n, struct tr_str key)
{
    for (int m = 0; m < n->profile->n_measures; m++)
        if (tr_str_eq(key, n->profile->measure[m].name))
            return m;
    return -1;
}

/* ---- reading a table ---- */

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

    for (uint32_t c = 0; c < n_columns; c++) {
        referrals |= tr_profile_header(n->profile, header[c]) == TR_F_REFERRAL_ID;
        counts |= tr_str_eq(header[c], key_count) || tr_str_eq(header[c], key_persons) ||
                  tr_str_eq(header[c], key_total) || (c > 0 && find_column(n, header[c]) >= 0);
    }
    if (!referrals && counts)
        return TR_NEEDS_TABLE;
    return column_named(header, n_columns, tr_str(tr_fields[TR_F_ROP_RULE].name)) >= 0
               ? TR_NEEDS_GROUPED
               : TR_NEEDS_EXPORT;
}

/* What a table's column adds to. */
struct part {
    enum { PART_NONE, PART_CELL, PART_MEASURE, PART_TOTAL, PART_PERSONS } what;
    int at;       /* column or measure */
    uint64_t sum; /* of the rows so far */
};

static int read_count(const struct tr_table *t, uint32_t row, int column, uint64_t *out,
                      struct tr_err *err)
{
    struct tr_str s = tr_table_cell(t, row, column);

    *out = 0;
    if (s.len == 0 || s.len > 9)
        return tr_table_fault(t, row, column, TR_E_COUNT, NULL, err);
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return tr_table_fault(t, row, column, TR_E_COUNT, NULL, err);
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return 0;
}

static int unknown_code(const struct tr_table *t, uint32_t row, int column,
                        const struct tr_list *list, struct tr_err *err)
{
    struct tr_err why;

    tr_list_fault(list, tr_table_cell(t, row, column), &why);
    tr_table_fault(t, row, column, why.code, why.arg[0], err);
    return -1;
}

static int wrong_total(const struct tr_table *t, uint32_t row, int column, uint64_t says,
                       uint64_t adds, struct tr_err *err)
{
    char text[24];

    tr_table_fault(t, row, column, TR_E_TOTAL, NULL, err);
    snprintf(text, sizeof text, "%llu", (unsigned long long)says);
    tr_err_copy(err->arg[0], sizeof err->arg[0], tr_str(text));
    snprintf(text, sizeof text, "%llu", (unsigned long long)adds);
    tr_err_copy(err->arg[1], sizeof err->arg[1], tr_str(text));
    return -1;
}

static int double_column(const struct tr_table *t, uint32_t c, struct tr_err *err)
{
    char name[64];

    tr_err_copy(name, sizeof name, t->header[c]);
    tr_err_set(err, TR_E_COLUMN_DOUBLE, name, name, NULL);
    err->source = t->source;
    err->line = 1;
    return -1;
}

/* Columns that --stock and --compare add: they follow from others. */
static bool is_beside(struct tr_str name)
{
    return tr_str_is(name, "stock") || tr_str_is(name, "gap") || tr_str_is(name, "earlier") ||
           tr_str_is(name, "change");
}

static int read_parts(struct tr_needs *n, const struct tr_table *t, struct part part[], struct tr_err *err)
{
    int measures = 0, field = tr_field_find(t->header[0]);
    char name[64];

    if (field != (int)n->row_field) {
        tr_err_copy(name, sizeof name, t->header[0]);
        tr_err_set(err, TR_E_KIND_MIXED, name, tr_fields[n->row_field].name, NULL);
        err->source = t->source;
        return -1;
    }
    for (uint32_t c = 1; c < t->n_columns; c++) {
        int at = find_column(n, t->header[c]);

        if (column_named(t->header, c, t->header[c]) >= 0)
            return double_column(t, c, err);
        if (tr_str_eq(t->header[c], key_total))
            part[c].what = PART_TOTAL;
        else if (tr_str_eq(t->header[c], key_persons) && n->column_field >= 0)
            part[c].what = PART_PERSONS;
        else if (at >= 0)
            part[c] = (struct part){.what = PART_CELL, .at = at};
        else if ((at = find_measure(n, t->header[c])) >= 0)
            part[c] = (struct part){.what = PART_MEASURE, .at = at};
        else if (!is_beside(t->header[c])) /* a slip in a code would drop its persons */
            return tr_table_fault(t, t->n_rows, (int)c, TR_E_COLUMN_UNKNOWN, NULL, err);
        measures += part[c].what == PART_MEASURE;
    }
    n->cells_known = false;
    n->rows_known &= measures == n->profile->n_measures;
    return 0;
}

/* Reads the numbers of one row of a wide table. An empty measure is not known. */
static int read_wide_row(struct tr_needs *n, const struct tr_table *t, uint32_t r,
                         const struct part part[], uint64_t value[], struct tr_err *err)
{
    for (uint32_t c = 1; c < t->n_columns; c++) {
        value[c] = 0;
        if (part[c].what == PART_MEASURE && tr_table_cell(t, r, (int)c).len == 0)
            n->rows_known = false;
        else if (part[c].what != PART_NONE && read_count(t, r, (int)c, &value[c], err) < 0)
            return -1;
    }
    return 0;
}

/* Holds the totals of a row against its cells, and those of the total row against the rows before. */
static int check_wide_row(const struct tr_needs *n, const struct tr_table *t, uint32_t r, bool is_total,
                          const struct part part[], const uint64_t value[], struct tr_err *err)
{
    uint64_t types = 0, persons = 0;

    for (uint32_t c = 1; c < t->n_columns; c++)
        if (part[c].what == PART_CELL) {
            persons += value[c];
            types += part[c].at < extra(n, 0) ? value[c] : 0;
        }
    for (uint32_t c = 1; c < t->n_columns; c++) {
        if (part[c].what == PART_TOTAL && value[c] != types)
            return wrong_total(t, r, (int)c, value[c], types, err);
        if (part[c].what == PART_PERSONS && value[c] != persons)
            return wrong_total(t, r, (int)c, value[c], persons, err);
        if (is_total && part[c].what != PART_NONE && value[c] != part[c].sum)
            return wrong_total(t, r, (int)c, value[c], part[c].sum, err);
    }
    return 0;
}

static int add_wide_row(struct tr_needs *n, const struct tr_table *t, uint32_t r, int row,
                        struct part part[], uint64_t value[], struct tr_err *err)
{
    size_t measures = (size_t)n->profile->n_measures;

    if (read_wide_row(n, t, r, part, value, err) < 0 ||
        check_wide_row(n, t, r, row < 0, part, value, err) < 0)
        return -1;
    for (uint32_t c = 1; c < t->n_columns && row >= 0; c++) {
        part[c].sum += value[c];
        if (part[c].what == PART_CELL)
            n->count[cell_at(n, row, part[c].at)] += value[c];
        else if (part[c].what == PART_MEASURE)
            n->of_row[(size_t)row * measures + (size_t)part[c].at] += value[c];
    }
    return 0;
}

static int add_wide(struct tr_needs *n, const struct tr_table *t, struct tr_err *err)
{
    struct part *part = calloc(t->n_columns, sizeof *part);
    uint64_t *value = calloc(t->n_columns, sizeof *value), seen[2] = {0};
    int rc = part && value ? read_parts(n, t, part, err)
                           : tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);

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

static int add_long_row(struct tr_needs *n, const struct tr_table *t, uint32_t r, int row, int column,
                        int count, struct tr_err *err)
{
    size_t measures = (size_t)n->profile->n_measures, at = cell_at(n, row, column);
    uint64_t value;

    if (read_count(t, r, count, &value, err) < 0)
        return -1;
    n->count[at] += value;
    for (size_t m = 0; m < measures; m++) {
        int c = column_named(t->header, t->n_columns, n->profile->measure[m].name);

        if (c < 0 || tr_table_cell(t, r, c).len == 0) {
            n->cells_known = n->rows_known = false;
            continue;
        }
        if (read_count(t, r, c, &value, err) < 0)
            return -1;
        n->of_cell[at * measures + m] += value;
        n->of_row[(size_t)row * measures + m] += value;
    }
    return 0;
}

static int check_long_header(const struct tr_table *t, struct tr_err *err)
{
    for (uint32_t c = 1; c < t->n_columns; c++)
        if (column_named(t->header, c, t->header[c]) >= 0)
            return double_column(t, c, err);
    return 0;
}

static int add_long(struct tr_needs *n, const struct tr_table *t, int by_column, int count,
                    struct tr_err *err)
{
    char name[2][64];

    if (tr_field_find(t->header[0]) != (int)n->row_field || by_column >= (int)t->n_columns ||
        (by_column >= 0 && tr_field_find(t->header[by_column]) != n->column_field)) {
        tr_err_copy(name[0], sizeof name[0], t->header[by_column < 0 || t->n_columns < 2 ? 0 : by_column]);
        tr_err_copy(name[1], sizeof name[1],
                    tr_str(tr_fields[by_column < 0 ? (int)n->row_field : n->column_field].name));
        tr_err_set(err, TR_E_KIND_MIXED, name[0], name[1], NULL);
        err->source = t->source;
        return -1;
    }
    if (check_long_header(t, err) < 0)
        return -1;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int row = find_row(n, tr_table_cell(t, r, 0));
        int column = by_column < 0 ? extra(n, 0) : find_column(n, tr_table_cell(t, r, by_column));

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

    if (count < 0)
        return add_wide(n, t, err);
    return add_long(n, t, n->column_field >= 0 ? 1 : -1, count, err);
}

/* ---- writing ---- */

enum { SHEET_MAX = TR_LIST_MAX + TR_MEASURES_MAX + 12 };

/* The columns of the table to be written, and where each gets its numbers. */
struct sheet {
    const struct tr_needs *n;
    const struct tr_needs_beside *beside;
    struct tr_writer writer;
    struct tr_column column[SHEET_MAX];
    struct tr_str cell[SHEET_MAX]; /* of the row being made */
    char text[SHEET_MAX][24];      /* numbers as text */
    size_t n_columns, at;
    struct tr_buf heads;
};

static void add_column(struct sheet *s, struct tr_str name, enum tr_shape shape)
{
    s->column[s->n_columns++] = (struct tr_column){.name = name, .shape = shape};
}

static void add_measures_and_beside(struct sheet *s)
{
    for (int m = 0; m < s->n->profile->n_measures; m++)
        add_column(s, s->n->profile->measure[m].name, TR_SHAPE_NUMBER);
    if (s->beside->stock) {
        add_column(s, TR_STR("stock"), TR_SHAPE_NUMBER);
        add_column(s, TR_STR("gap"), TR_SHAPE_NUMBER);
    }
    if (s->beside->earlier) {
        add_column(s, TR_STR("earlier"), TR_SHAPE_NUMBER);
        add_column(s, TR_STR("change"), TR_SHAPE_NUMBER);
    }
}

/* Adds a cell; the row is written when it is full. */
static void add_cell(struct sheet *s, struct tr_str cell)
{
    s->cell[s->at++] = cell;
    if (s->at < s->n_columns)
        return;
    s->at = 0;
    tr_writer_row(&s->writer, s->cell);
}

static void number(struct sheet *s, bool known, int64_t value)
{
    char *text = s->text[s->at];
    int n = known ? snprintf(text, sizeof s->text[0], "%lld", (long long)value) : 0;

    add_cell(s, (struct tr_str){text, (size_t)n});
}

/* Sum of count over rows [from, to) and columns [first, last). */
static uint64_t sum(const struct tr_needs *n, int from, int to, int first, int last)
{
    uint64_t total = 0;

    for (int r = from; r < to; r++)
        for (int c = first; c < last; c++)
            total += n->count[cell_at(n, r, c)];
    return total;
}

/* Another table's number and the difference to it; unknown where that table has no such column. */
static void write_other(struct sheet *s, const struct tr_needs *other, int from, int to, int first,
                        int last)
{
    int64_t count = (int64_t)sum(s->n, from, to, first, last), number_of_other;
    bool known = true;

    if (!other)
        return;
    for (int c = first; c < last; c++)
        known &= c < extra(other, 0) || other->column_field < 0 || sum(other, 0, other->n_rows, c, c + 1) > 0;
    number_of_other = (int64_t)sum(other, from, to, first, last);
    number(s, known, number_of_other);
    number(s, known, count - number_of_other);
}

static void write_beside(struct sheet *s, int from, int to, int first, int last)
{
    write_other(s, s->beside->stock, from, to, first, last);
    write_other(s, s->beside->earlier, from, to, first, last);
}

/* One line of the wide table: rows [from, to) together. */
static void write_wide_row(struct sheet *s, struct tr_str key, int from, int to)
{
    const struct tr_needs *n = s->n;
    int types = extra(n, 0), measures = n->profile->n_measures;

    add_cell(s, key);
    for (int c = 0; c < types; c++)
        number(s, true, (int64_t)sum(n, from, to, c, c + 1));
    if (n->column_field >= 0)
        number(s, true, (int64_t)sum(n, from, to, 0, types));
    if (n->column_field >= 0)
        number(s, true, (int64_t)sum(n, from, to, types, types + 1));
    if (n->column_field == TR_F_HOUSING_TYPE)
        number(s, true, (int64_t)sum(n, from, to, types + 1, types + 2));
    number(s, true, (int64_t)sum(n, from, to, 0, n->n_columns));
    for (int m = 0; m < measures; m++) {
        uint64_t total = 0;

        for (int r = from; r < to; r++)
            total += n->of_row[r * measures + m];
        number(s, n->rows_known, (int64_t)total);
    }
    write_beside(s, from, to, 0, n->column_field < 0 ? n->n_columns : types);
}

static void write_wide(struct sheet *s, enum tr_format format, struct tr_out *out)
{
    const struct tr_needs *n = s->n;
    size_t end[TR_LIST_MAX], from = 0;

    for (int c = 0; c < extra(n, 0); c++) {
        column_head(n, c, &s->heads);
        end[c] = s->heads.len;
    }
    add_column(s, tr_str(tr_fields[n->row_field].name), TR_SHAPE_TEXT);
    for (int c = 0; c < extra(n, 0); from = end[c++])
        add_column(s, (struct tr_str){s->heads.p + from, end[c] - from}, TR_SHAPE_NUMBER);
    if (n->column_field >= 0) {
        add_column(s, key_total, TR_SHAPE_NUMBER);
        add_column(s, column_key(n, extra(n, TR_NEEDS_UNDECIDED)), TR_SHAPE_NUMBER);
    }
    if (n->column_field == TR_F_HOUSING_TYPE)
        add_column(s, key_outside, TR_SHAPE_NUMBER);
    add_column(s, key_persons, TR_SHAPE_NUMBER);
    add_measures_and_beside(s);
    tr_writer_start(&s->writer, out, format, s->column, s->n_columns);
    for (int r = 0; r < n->n_rows; r++)
        if (r < n->rows->n || sum(n, r, r + 1, 0, n->n_columns) > 0)
            write_wide_row(s, row_key(n, r), r, r + 1);
    write_wide_row(s, key_total, 0, n->n_rows);
}

static void write_long_row(struct sheet *s, int row, int column)
{
    const struct tr_needs *n = s->n;
    size_t at = cell_at(n, row, column), measures = (size_t)n->profile->n_measures;

    add_cell(s, row_key(n, row));
    if (n->column_field >= 0)
        add_cell(s, column_key(n, column));
    number(s, true, (int64_t)n->count[at]);
    for (size_t m = 0; m < measures; m++)
        number(s, n->cells_known, (int64_t)n->of_cell[at * measures + m]);
    write_beside(s, row, row + 1, column, column + 1);
}

static void write_long(struct sheet *s, enum tr_format format, struct tr_out *out)
{
    const struct tr_needs *n = s->n, *stock = s->beside->stock, *earlier = s->beside->earlier;

    add_column(s, tr_str(tr_fields[n->row_field].name), TR_SHAPE_TEXT);
    if (n->column_field >= 0)
        add_column(s, tr_str(tr_fields[n->column_field].name), TR_SHAPE_TEXT);
    add_column(s, key_count, TR_SHAPE_NUMBER);
    add_measures_and_beside(s);
    tr_writer_start(&s->writer, out, format, s->column, s->n_columns);
    for (int r = 0; r < n->n_rows; r++)
        for (int c = 0; c < n->n_columns; c++) {
            size_t at = cell_at(n, r, c);

            if (n->count[at] || (stock && stock->count[at]) || (earlier && earlier->count[at]))
                write_long_row(s, r, c);
        }
}

void tr_needs_write(const struct tr_needs *n, const struct tr_needs_beside *beside, bool as_long,
                    enum tr_format format, struct tr_out *out)
{
    struct sheet s = {.n = n, .beside = beside};

    if (as_long)
        write_long(&s, format, out);
    else
        write_wide(&s, format, out);
    tr_buf_clear(&s.heads);
}

#include <stdio.h>

#include "domain/survey/deliveries.h"
#include "domain/survey/needs_own.h"

static const struct tr_str key_total = {"total", 5}, key_unknown = {"unknown", 7};

static struct tr_str row_key(const struct tr_needs *n, int row)
{
    return row < n->rows->n ? n->rows->entry[row].code : key_unknown;
}

/* The head of a wide table's column. Codes of housing types speak for themselves; others are
 * written field=code. */
static void column_head(const struct tr_needs *n, int column, struct tr_buf *out)
{
    if (column < tr_needs_extra(n, 0) && n->column_field != TR_F_HOUSING_TYPE) {
        tr_buf_text(out, tr_fields[n->column_field].name);
        tr_buf_char(out, '=');
    }
    tr_buf_str(out, tr_needs_column_key(n, column));
}

enum { SHEET_MAX = TR_LIST_MAX + TR_MEASURES_MAX + TR_N_ASIDES + 14 };

/* The columns of the table to be written, and where each gets its numbers. */
struct sheet {
    const struct tr_needs *n;
    const struct tr_needs_beside *beside;
    struct tr_writer writer;
    struct tr_column column[SHEET_MAX];
    struct tr_str cell[SHEET_MAX]; /* of the row being made */
    char text[SHEET_MAX][24];      /* numbers as text */
    size_t n_columns, at;
    struct tr_buf heads, hashes;
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
            total += n->count[tr_needs_cell(n, r, c)];
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
        known &= c < tr_needs_extra(other, 0) || other->column_field < 0 ||
                 sum(other, 0, other->n_rows, c, c + 1) > 0;
    number_of_other = (int64_t)sum(other, from, to, first, last);
    number(s, known, number_of_other);
    number(s, known, count - number_of_other);
}

static uint64_t sum_aside(const struct tr_needs *n, int from, int to, int aside)
{
    uint64_t total = 0;

    for (int r = from; r < to; r++)
        total += n->aside[r * TR_N_ASIDES + aside];
    return total;
}

static void add_asides(struct sheet *s)
{
    for (int a = 0; a < TR_N_ASIDES; a++)
        if (sum_aside(s->n, 0, s->n->n_rows, a) > 0)
            add_column(s, tr_str(tr_aside_names[a]), TR_SHAPE_NUMBER);
}

/* Those of rows [from, to). */
static void write_asides(struct sheet *s, int from, int to)
{
    for (int a = 0; a < TR_N_ASIDES; a++)
        if (sum_aside(s->n, 0, s->n->n_rows, a) > 0)
            number(s, true, (int64_t)sum_aside(s->n, from, to, a));
}

static bool has_asides(const struct tr_needs *n, int row)
{
    uint64_t told = 0;

    for (int a = 0; a < TR_N_ASIDES; a++)
        told += sum_aside(n, row, row + 1, a);
    return told > 0;
}

static void write_beside(struct sheet *s, int from, int to, int first, int last)
{
    write_other(s, s->beside->stock, from, to, first, last);
    write_other(s, s->beside->earlier, from, to, first, last);
}

/* How many of these districts are missing, or came twice. */
static void write_deliveries(struct sheet *s, int from, int to)
{
    const struct tr_deliveries *d = s->beside->deliveries;
    int64_t missing = 0, twice = 0;

    if (!d)
        return;
    for (int r = from; r < to && r < s->n->rows->n; r++) {
        missing += d->missing[r];
        twice += d->twice[r];
    }
    number(s, true, missing);
    number(s, true, twice);
}

static bool has_hashes(const struct sheet *s)
{
    return s->beside->doubles && tr_doubles_complete(s->beside->doubles);
}

/* All hashes stand in the last row. */
static void write_hashes(struct sheet *s, bool last)
{
    if (has_hashes(s))
        add_cell(s, last ? tr_buf_slice(&s->hashes) : (struct tr_str){"", 0});
}

static void write_doubles(struct sheet *s, bool last)
{
    if (s->beside->doubles && tr_doubles_known(s->beside->doubles))
        number(s, last, (int64_t)s->beside->doubles->persons);
    write_hashes(s, last);
}

/* One line of the wide table: rows [from, to) together. */
static void write_wide_row(struct sheet *s, struct tr_str key, int from, int to)
{
    const struct tr_needs *n = s->n;
    int types = tr_needs_extra(n, 0), measures = n->profile->n_measures;

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
        number(s, n->rows_known >> m & 1, (int64_t)total);
    }
    write_beside(s, from, to, 0, n->column_field < 0 ? n->n_columns : types);
    write_asides(s, from, to);
    write_deliveries(s, from, to);
    write_doubles(s, tr_str_eq(key, key_total));
}

static void write_wide(struct sheet *s, enum tr_format format, struct tr_out *out)
{
    const struct tr_needs *n = s->n;
    size_t end[TR_LIST_MAX], from = 0;

    for (int c = 0; c < tr_needs_extra(n, 0); c++) {
        column_head(n, c, &s->heads);
        end[c] = s->heads.len;
    }
    add_column(s, tr_str(tr_fields[n->row_field].name), TR_SHAPE_TEXT);
    for (int c = 0; c < tr_needs_extra(n, 0); from = end[c++])
        add_column(s, (struct tr_str){s->heads.p + from, end[c] - from}, TR_SHAPE_NUMBER);
    if (n->column_field >= 0) {
        add_column(s, key_total, TR_SHAPE_NUMBER);
        add_column(s, tr_needs_column_key(n, tr_needs_extra(n, TR_NEEDS_UNDECIDED)),
                   TR_SHAPE_NUMBER);
    }
    if (n->column_field == TR_F_HOUSING_TYPE)
        add_column(s, TR_STR("outside"), TR_SHAPE_NUMBER);
    add_column(s, TR_STR("persons"), TR_SHAPE_NUMBER);
    add_measures_and_beside(s);
    add_asides(s);
    if (s->beside->deliveries) {
        add_column(s, TR_STR("not_delivered"), TR_SHAPE_NUMBER);
        add_column(s, TR_STR("delivered_twice"), TR_SHAPE_NUMBER);
    }
    if (s->beside->doubles && tr_doubles_known(s->beside->doubles))
        add_column(s, TR_STR("doubles"), TR_SHAPE_NUMBER);
    if (has_hashes(s))
        add_column(s, tr_str(tr_hashes_name), TR_SHAPE_TEXT);
    tr_writer_start(&s->writer, out, format, s->column, s->n_columns);
    for (int r = 0; r < n->n_rows; r++)
        if (r < n->rows->n || has_asides(n, r) ||
            sum(n, r, r + 1, 0, n->n_columns) > 0)
            write_wide_row(s, row_key(n, r), r, r + 1);
    write_wide_row(s, key_total, 0, n->n_rows);
}

static void write_long_row(struct sheet *s, int row, int column, bool last)
{
    const struct tr_needs *n = s->n;
    size_t at = tr_needs_cell(n, row, column), measures = (size_t)n->profile->n_measures;

    add_cell(s, row_key(n, row));
    if (n->column_field >= 0)
        add_cell(s, tr_needs_column_key(n, column));
    number(s, true, (int64_t)n->count[at]);
    for (size_t m = 0; m < measures; m++)
        number(s, n->cells_known >> m & 1, (int64_t)n->of_cell[at * measures + m]);
    write_beside(s, row, row + 1, column, column + 1);
    write_asides(s, row, column == tr_needs_extra(n, TR_NEEDS_UNDECIDED) ? row + 1 : row);
    write_hashes(s, last);
}

/* Whether the long table has a row for a cell. */
static bool is_in_long(const struct sheet *s, size_t at)
{
    const struct tr_needs *n = s->n, *stock = s->beside->stock, *earlier = s->beside->earlier;
    int row = (int)(at / (size_t)n->n_columns), column = (int)(at % (size_t)n->n_columns);

    return n->count[at] || (stock && stock->count[at]) || (earlier && earlier->count[at]) ||
           (column == tr_needs_extra(n, TR_NEEDS_UNDECIDED) && has_asides(n, row));
}

static void write_long(struct sheet *s, enum tr_format format, struct tr_out *out)
{
    const struct tr_needs *n = s->n;
    size_t cells = (size_t)n->n_rows * (size_t)n->n_columns, last = 0;

    add_column(s, tr_str(tr_fields[n->row_field].name), TR_SHAPE_TEXT);
    if (n->column_field >= 0)
        add_column(s, tr_str(tr_fields[n->column_field].name), TR_SHAPE_TEXT);
    add_column(s, TR_STR("count"), TR_SHAPE_NUMBER);
    add_measures_and_beside(s);
    add_asides(s);
    if (has_hashes(s))
        add_column(s, tr_str(tr_hashes_name), TR_SHAPE_TEXT);
    tr_writer_start(&s->writer, out, format, s->column, s->n_columns);
    for (size_t at = 0; at < cells; at++)
        last = is_in_long(s, at) ? at : last;
    for (size_t at = 0; at < cells; at++)
        if (is_in_long(s, at))
            write_long_row(s, (int)(at / (size_t)n->n_columns), (int)(at % (size_t)n->n_columns),
                           at == last);
}

void tr_needs_write(const struct tr_needs *n, const struct tr_needs_beside *beside, bool as_long,
                    enum tr_format format, struct tr_out *out)
{
    struct sheet s = {.n = n, .beside = beside};

    if (has_hashes(&s))
        tr_doubles_cell(beside->doubles, &s.hashes);
    if (as_long)
        write_long(&s, format, out);
    else
        write_wide(&s, format, out);
    out->buf.failed |= s.hashes.failed;
    tr_buf_clear(&s.hashes);
    tr_buf_clear(&s.heads);
}

#define _GNU_SOURCE
#include "domain/disclosure/publish.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "domain/disclosure/ranges.h"

/* ---- a table ---- */

static bool is_number(struct tr_str cell)
{
    long long value;

    return cell.len == 0 || tr_str_is(cell, TR_HIDDEN) || tr_number_read(cell, &value);
}

static bool all_numbers(const struct tr_table *t, uint32_t c)
{
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (!is_number(tr_table_cell(t, r, (int)c)))
            return false;
    return true;
}

struct row_order {
    const struct tr_table *t;
    const struct tr_count_column *column;
};

/* Codes in the order of their bytes; what is no code of a list after them, and totals last. */
static int rank(struct tr_str key)
{
    return tr_str_is(key, "total") ? 2 : tr_str_is(key, "unknown") ? 1 : 0;
}

static int compare(const void *one, const void *other, void *cookie)
{
    const struct row_order *o = cookie;
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

    for (uint32_t c = 0; c < o->t->n_columns && o->column[c].role == TR_COUNT_KEY; c++) {
        struct tr_str x = tr_table_cell(o->t, a, (int)c), y = tr_table_cell(o->t, b, (int)c);
        size_t n = x.len < y.len ? x.len : y.len;
        int by = rank(x) - rank(y);

        by = by ? by : n ? memcmp(x.p, y.p, n) : 0;
        if (by == 0)
            by = (x.len > y.len) - (x.len < y.len);
        if (by != 0)
            return by;
    }
    return (a > b) - (a < b);
}

static bool is_hidden(const struct tr_counts *k, const struct tr_count_table *to, uint32_t r, int c)
{
    int32_t cell = c < 0 ? -1 : to->cell[(size_t)r * to->table->n_columns + (uint32_t)c];

    return cell >= 0 && k->cells.cell[cell].hidden;
}

static bool hides_some(const struct tr_counts *k, const struct tr_count_table *to, uint32_t r)
{
    for (uint32_t c = 0; c < to->table->n_columns; c++)
        if (is_hidden(k, to, r, (int)c))
            return true;
    return false;
}

/* The number that the output has in the place. */
static int64_t told(const struct tr_count_table *to, const int64_t *rounded, uint32_t r, int c)
{
    int32_t cell = to->cell[(size_t)r * to->table->n_columns + (uint32_t)c];
    long long value = 0;

    if (cell >= 0 && rounded)
        return rounded[cell];
    tr_number_read(tr_table_cell(to->table, r, c), &value);
    return value;
}

static struct tr_str out_cell(const struct tr_counts *k, const struct tr_count_table *to,
                              const int64_t *rounded, uint32_t r, uint32_t c, char number[24])
{
    const struct tr_count_column *column = &to->column[c];
    struct tr_str text = tr_table_cell(to->table, r, (int)c);
    bool less = column->role == TR_COUNT_LESS, made = column->role == TR_COUNT_MADE;

    if (text.len == 0 || (column->role != TR_COUNT_CELL && !less && !made))
        return text;
    if (made ? rounded || hides_some(k, to, r)
        : less ? is_hidden(k, to, r, column->from) || is_hidden(k, to, r, column->other)
               : is_hidden(k, to, r, (int)c))
        return TR_STR(TR_HIDDEN);
    if (!rounded)
        return text;
    snprintf(number, 24, "%lld",
             (long long)(less ? told(to, rounded, r, column->from) -
                                    told(to, rounded, r, column->other)
                              : told(to, rounded, r, (int)c)));
    return tr_str(number);
}

int tr_counts_write(const struct tr_counts *k, uint32_t t, const int64_t *rounded,
                    enum tr_format format, struct tr_out *out)
{
    const struct tr_count_table *to = &k->table[t];
    const struct tr_table *table = to->table;
    struct tr_column *columns = calloc(table->n_columns + 1, sizeof *columns);
    struct tr_str *cells = calloc(table->n_columns + 1, sizeof *cells);
    char(*number)[24] = calloc(table->n_columns + 1, sizeof *number);
    uint32_t *order = calloc(table->n_rows + 1, sizeof *order), n = 0;
    struct tr_writer writer;
    int rc = columns && cells && number && order ? 0 : -1;

    for (uint32_t c = 0; rc == 0 && c < table->n_columns; c++)
        if (to->column[c].role != TR_COUNT_DROP)
            columns[n++] = (struct tr_column){
                table->header[c],
                to->column[c].role != TR_COUNT_KEY && all_numbers(table, c) ? TR_SHAPE_NUMBER
                                                                            : TR_SHAPE_TEXT,
                false};
    for (uint32_t r = 0; rc == 0 && r < table->n_rows; r++)
        order[r] = r;
    if (rc == 0 && table->n_rows > 1)
        qsort_r(order, table->n_rows, sizeof *order, compare,
                &(struct row_order){table, to->column});
    if (rc == 0)
        tr_writer_start(&writer, out, format, columns, n);
    for (uint32_t i = 0; rc == 0 && i < table->n_rows; i++) {
        n = 0;
        for (uint32_t c = 0; c < table->n_columns; c++)
            if (to->column[c].role != TR_COUNT_DROP)
                cells[n++] = out_cell(k, to, rounded, order[i], c, number[c]);
        tr_writer_row(&writer, cells);
    }
    free(columns);
    free(cells);
    free(number);
    free(order);
    return rc;
}

/* ---- the certificate ---- */

static void put_number(struct tr_out *out, const char *name, long long number)
{
    char text[32];

    tr_out_text(out, name);
    snprintf(text, sizeof text, "%lld", number);
    tr_out_text(out, text);
}

static void put_text(struct tr_out *out, const char *name, struct tr_str text)
{
    tr_out_text(out, name);
    tr_json_string(out, text);
}

static void put_rules(const struct tr_counts *k, struct tr_out *out)
{
    const struct tr_table *t = &k->profile->table[TR_T_DISCLOSURE];

    tr_out_text(out, ",\n \"rules\": [");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        static const char *const columns[] = {"rule",    "value",   "source",
                                              "text_nb", "text_nn", "text_en"};

        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            tr_out_text(out, i ? ", \"" : r ? ",\n  {\"" : "\n  {\"");
            tr_out_text(out, columns[i]);
            put_text(out, "\": ", tr_table_cell(t, r, tr_table_column(t, columns[i])));
        }
        tr_out_text(out, "}");
    }
    tr_out_text(out, "]");
}

static void put_place(const struct tr_counts *k, uint32_t t, uint32_t r, uint32_t c,
                      struct tr_out *out)
{
    const struct tr_count_table *to = &k->table[t];

    put_number(out, "{\"table\": ", t + 1);
    for (uint32_t i = 0; i < to->table->n_columns && to->column[i].role == TR_COUNT_KEY; i++) {
        tr_out_text(out, ", ");
        tr_json_string(out, to->table->header[i]);
        put_text(out, ": ", tr_table_cell(to->table, r, (int)i));
    }
    put_text(out, ", \"column\": ", to->table->header[c]);
}

static void put_ranges(const struct tr_counts *k, const struct tr_range *range, struct tr_out *out)
{
    bool first = true;

    tr_out_text(out, ",\n \"hidden\": [");
    for (uint32_t t = 0; t < k->n_tables; t++) {
        const struct tr_count_table *to = &k->table[t];

        for (uint32_t r = 0; !to->published && r < to->table->n_rows; r++)
            for (uint32_t c = 0; c < to->table->n_columns; c++) {
                int32_t cell = to->cell[(size_t)r * to->table->n_columns + c];

                if (cell < 0 || !k->cells.cell[cell].hidden)
                    continue;
                tr_out_text(out, first ? "\n  " : ",\n  ");
                first = false;
                put_place(k, t, r, c, out);
                put_number(out, ", \"from\": ", range[cell].low);
                if (range[cell].high < 0)
                    tr_out_text(out, ", \"to\": null}");
                else {
                    put_number(out, ", \"to\": ", range[cell].high);
                    tr_out_text(out, "}");
                }
            }
    }
    tr_out_text(out, "]");
}

int tr_counts_certify(const struct tr_counts *k, const struct tr_publish_method *method,
                      struct tr_out *out)
{
    const struct tr_protected *result = method->result;
    struct tr_range *range = result ? tr_ranges_find(&k->cells) : NULL;
    bool first = true;

    if (result && !range)
        return -1;
    put_text(out, "{\"certificate\": \"table-suppress 1\",\n \"method\": ", tr_str(method->name));
    tr_out_text(out, ",\n \"tables\": [");
    for (uint32_t t = 0; t < k->n_tables; t++)
        if (!k->table[t].published) {
            put_text(out, first ? "" : ", ", tr_str(k->table[t].table->source));
            first = false;
        }
    tr_out_text(out, "]");
    put_rules(k, out);
    if (!result) {
        put_number(out, ",\n \"base\": ", method->base);
        put_number(out, ",\n \"moved_at_most\": ", method->most);
    } else {
        put_number(out, ",\n \"hidden_cells\": ", (long long)tr_cells_hidden(&k->cells));
        tr_out_text(out, result->exact ? ",\n \"fewest\": true" : ",\n \"fewest\": false");
        put_ranges(k, range, out);
    }
    tr_out_text(out, "}\n");
    free(range);
    return 0;
}

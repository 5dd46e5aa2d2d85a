#define _GNU_SOURCE
#include "doc/table/table_order.h"

#include <stdlib.h>

#include "base/text.h"

struct order {
    const struct tr_doc_table *doc;
    int column; /* or BY_KEYS, AS_READ */
    bool down;
};
enum { BY_KEYS = -1, AS_READ = -2 };

/* Codes are ordered as their list has them; of several codes in a cell the last in the list counts.
 * Districts are ordered by the alphabet, since nobody knows their numbers by heart. Cells that hold
 * no code come after those that do, sums of some codes first. */
static int compare_codes(const struct order *o, uint32_t c, const struct tr_doc_row *a,
                         const struct tr_doc_row *b)
{
    const struct tr_list *list = o->doc->column[c].list;
    uint64_t i = tr_doc_codes(list, a->cell[c]), j = tr_doc_codes(list, b->cell[c]);

    if (!i != !j)
        return i ? -1 : 1;
    if (!i && (a->subtotal || b->subtotal)) /* as read, before others */
        return b->subtotal - a->subtotal;
    if (!i || tr_str_is(list->name, tr_fields[TR_F_BYDEL].list))
        return tr_text_order(tr_doc_label(o->doc, a, c), tr_doc_label(o->doc, b, c));
    return i < j ? -1 : i > j;
}

static int compare_cells(const struct order *o, uint32_t c, const struct tr_doc_row *a,
                         const struct tr_doc_row *b)
{
    const struct tr_doc_column *column = &o->doc->column[c];
    bool no_a = a->cell[c].len == 0 || tr_doc_is_hidden(a->cell[c]),
         no_b = b->cell[c].len == 0 || tr_doc_is_hidden(b->cell[c]);
    int by;

    if (no_a || no_b)
        return no_a - no_b;
    if (column->list) {
        by = compare_codes(o, c, a, b);
    } else if (column->numeric) {
        double x = tr_show_number_of(a->cell[c]), y = tr_show_number_of(b->cell[c]);

        by = (x > y) - (x < y);
    } else {
        by = tr_text_order(a->cell[c], b->cell[c]);
    }
    return o->down ? -by : by;
}

static bool coded_key(const struct tr_doc_table *doc, uint32_t c)
{
    return c < doc->n_columns && doc->column[c].role == TR_DOC_KEY && doc->column[c].list;
}

static int compare(const void *one, const void *other, void *cookie)
{
    const struct tr_doc_row *a = one, *b = other;
    const struct order *o = cookie;
    int by = a->total - b->total;

    if (by == 0 && o->column >= 0)
        by = a->subtotal - b->subtotal;
    if (by == 0 && o->column >= 0)
        by = compare_cells(o, (uint32_t)o->column, a, b);
    for (uint32_t c = 0; by == 0 && o->column == BY_KEYS && coded_key(o->doc, c); c++)
        by = compare_cells(o, c, a, b);
    if (by == 0) /* as read: the cells of all rows lie in memory in that order */
        by = (a->cell > b->cell) - (a->cell < b->cell);
    return by;
}

/* Whether both are the same word but for case and accents. */
static bool same(struct tr_str wanted, struct tr_str name)
{
    struct tr_buf a = {0}, b = {0};
    bool is;

    tr_text_fold(wanted, &a);
    tr_text_fold(name, &b);
    is = a.len > 0 && tr_str_eq(tr_buf_slice(&a), tr_buf_slice(&b));
    tr_buf_clear(&a);
    tr_buf_clear(&b);
    return is;
}

/* The column of this name, else of this label; -1 with the nearest name in err. */
static int find_column(const struct tr_doc_table *doc, struct tr_str wanted, struct tr_err *err)
{
    struct tr_near near = {.wanted = wanted};
    char best[sizeof err->arg[0]];

    for (uint32_t c = 0; c < doc->n_columns; c++)
        if (tr_str_eq(doc->column[c].name, wanted))
            return (int)c;
    for (uint32_t c = 0; c < doc->n_columns; c++) {
        if (same(wanted, doc->column[c].label) || same(wanted, doc->column[c].head))
            return (int)c;
        tr_near_offer(&near, doc->column[c].name);
    }
    tr_err_copy(best, sizeof best, tr_near_found(&near) ? near.best : (struct tr_str){0});
    tr_err_set(err, TR_E_COLUMN_MISSING, best, NULL, NULL);
    tr_err_field(err, wanted);
    return -1;
}

int tr_doc_order(struct tr_doc_table *doc, const char *sort, struct tr_err *err)
{
    struct order o = {.doc = doc, .column = BY_KEYS};

    if (sort && strcmp(sort, "input") == 0) {
        o.column = AS_READ;
    } else if (sort) {
        o.down = *sort == '-';
        o.column = find_column(doc, tr_str(sort + o.down), err);
        if (o.column < 0)
            return -1;
    }
    if (doc->n_rows > 1)
        qsort_r(doc->row, doc->n_rows, sizeof *doc->row, compare, &o);
    return 0;
}

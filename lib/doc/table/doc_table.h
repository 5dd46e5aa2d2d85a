/* A table to draw: columns with labels, rows in order, title, source and notes, all in one
 * language. Formats (doc/table/table_format.h) draw it without knowing where it came from. */
#ifndef TR_DOC_TABLE_DOC_TABLE_H
#define TR_DOC_TABLE_DOC_TABLE_H

#include "base/arena.h"
#include "doc/text/show.h"

enum tr_doc_role {
    TR_DOC_KEY,   /* says what the row is about; keys are the columns before the first number */
    TR_DOC_PART,  /* counts of one code; together they make the total */
    TR_DOC_SUBTOTAL, /* the sum of some of them */
    TR_DOC_TOTAL,    /* the sum of all */
    TR_DOC_OTHER,
    TR_DOC_ASIDE /* not drawn */
};
extern const char *const tr_doc_roles[]; /* key part subtotal total other aside */

struct tr_doc_column {
    struct tr_str name; /* as in the input: a field, a code, or field=code */
    struct tr_str label;
    struct tr_str head; /* a label short enough for a column's head */
    enum tr_doc_role role;
    bool numeric;               /* every cell is empty, hidden or a number */
    bool date;                  /* every cell is empty or yyyy-mm-dd, and not all are empty */
    const struct tr_list *list; /* what its cells are codes of, or NULL */
};

struct tr_doc_row {
    const struct tr_str *cell; /* as read, one per column */
    bool total;                /* its key is "total" */
    bool subtotal;             /* it sums up some of the others */
};

/* What columns of a table of curves hold: the day, the share after it, and its interval. */
enum tr_doc_curve { TR_CURVE_DAYS, TR_CURVE_SHARE, TR_CURVE_LOW, TR_CURVE_HIGH, TR_N_CURVE };

struct tr_doc_table {
    const struct tr_profile *profile;
    enum tr_lang lang;
    struct tr_str title, source; /* empty when nothing is known */
    struct tr_arena text;        /* of labels that were made */
    struct tr_buf notes;         /* one per line; an empty line starts a new paragraph */
    bool chart;                  /* formats with pictures also draw the parts as stacked bars */
    bool curves;                 /* or rather the curves that these columns hold */
    uint32_t curve[TR_N_CURVE];
    struct tr_doc_column *column;
    uint32_t n_columns;
    uint32_t *drawn; /* the columns to show, in this order; CSV and JSON, being data, have all */
    uint32_t n_drawn;
    uint32_t n_aside; /* behind them: those that only the notes tell of, and workbooks have, as they are
                         read again */
    struct tr_doc_row *row; /* totals last */
    uint32_t n_rows;
};

/* Whether the cell is a number that is not told. It has a place of its own in no picture, sum or
 * order: all hidden cells look the same. */
static inline bool tr_doc_is_hidden(struct tr_str cell)
{
    return tr_str_is(cell, TR_HIDDEN);
}

void tr_doc_table_clear(struct tr_doc_table *doc);

/* The label of the cell's code; the cell itself when it is no code. */
struct tr_str tr_doc_label(const struct tr_doc_table *doc, const struct tr_doc_row *row,
                           uint32_t column);

/* Adds the same, for a cell that may also hold several codes joined with |: their labels, with
 * commas between. */
void tr_doc_add_label(const struct tr_doc_table *doc, const struct tr_doc_row *row, uint32_t column,
                      struct tr_buf *out);

/* The set of codes in the cell (bit i: entry i of the list); 0 when it holds anything else. */
uint64_t tr_doc_codes(const struct tr_list *list, struct tr_str cell);

/* A text of texts.csv, in the table's language. */
struct tr_str tr_doc_text(const struct tr_doc_table *doc, const char *key);

/* Takes the next paragraph off the notes; false when none is left. */
bool tr_doc_paragraph(struct tr_str *notes, struct tr_str *paragraph);

/* Adds the cell as formats for reading show it: labels, number or day, made harmless. */
void tr_doc_show_cell(const struct tr_doc_table *doc, const struct tr_doc_row *row, uint32_t column,
                      struct tr_buf *out);

#endif

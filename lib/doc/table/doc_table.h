/* A table to draw: columns with labels, rows in order, title, source and notes, all in one
 * language. Formats (doc/table/table_format.h) draw it without knowing where it came from. */
#ifndef TR_DOC_TABLE_DOC_TABLE_H
#define TR_DOC_TABLE_DOC_TABLE_H

#include "doc/text/show.h"

enum tr_doc_role {
    TR_DOC_KEY,   /* says what a row is about: the columns before the first number */
    TR_DOC_PART,  /* counts of one code; together they make the total */
    TR_DOC_TOTAL, /* the sum of the parts */
    TR_DOC_OTHER,
    TR_DOC_ASIDE /* not drawn */
};
extern const char *const tr_doc_roles[]; /* key part total other aside */

struct tr_doc_column {
    struct tr_str name; /* as in the input: a field, a code, or field=code */
    struct tr_str label;
    struct tr_str head; /* a label short enough for a column's head */
    enum tr_doc_role role;
    bool numeric;               /* every cell is empty or a number */
    bool date;                  /* every cell is empty or yyyy-mm-dd, and not all are empty */
    const struct tr_list *list; /* what its cells are codes of, or NULL */
};

struct tr_doc_row {
    const struct tr_str *cell; /* as read, one a column */
    bool total;                /* its key is "total" */
};

struct tr_doc_table {
    const struct tr_profile *profile;
    enum tr_lang lang;
    struct tr_str title, source; /* empty when nothing is known */
    struct tr_buf notes;         /* a line each; an empty line between paragraphs */
    bool chart;                  /* draw the parts as stacked bars too, where pictures can be */
    struct tr_doc_column *column;
    uint32_t n_columns;
    uint32_t *drawn; /* n_drawn columns, in this order; CSV and JSON, which are data, have all */
    uint32_t n_drawn;
    struct tr_doc_row *row; /* totals last */
    uint32_t n_rows;
};

/* What the user chose; zeroed but for lang means: as the profile says. */
struct tr_doc_choice {
    enum tr_lang lang;
    const char *sort; /* NULL, "input", a column's name or label, or "-" and such a one */
    const char *title, *source;
    const char *note; /* added to the profile's */
    bool no_chart;
};

/* Builds the table to draw from any table read. Where a row of the profile's tables.csv fits - its
 * `requires` are all there - that row's title, source, notes, chart and choice of columns apply.
 * Rows are sorted by the coded keys that stand first: districts by the alphabet, other codes in the
 * profile's order.
 * The result borrows from t, p and choice. -1 with TR_E_COLUMN_MISSING when there is nothing called
 * choice->sort; arg 0 is then what may have been meant, or empty. */
int tr_doc_table_from(struct tr_doc_table *doc, const struct tr_table *t,
                      const struct tr_profile *p, const struct tr_doc_choice *choice,
                      struct tr_err *err);
void tr_doc_table_clear(struct tr_doc_table *doc);

/* The label of the one code that a cell holds, or the cell itself. */
struct tr_str tr_doc_label(const struct tr_doc_table *doc, const struct tr_doc_row *row,
                           uint32_t column);

/* The same for a cell that may hold several, joined with |: all their labels. */
void tr_doc_add_label(const struct tr_doc_table *doc, const struct tr_doc_row *row, uint32_t column,
                      struct tr_buf *out);

/* The codes in a cell, bit i for entry i; 0 when it holds something else. */
uint64_t tr_doc_codes(const struct tr_list *list, struct tr_str cell);

/* A sentence of the toolkit's own, in the table's language. */
struct tr_str tr_doc_text(const struct tr_doc_table *doc, const char *key);

/* Takes the next paragraph off the notes; false when none is left. */
bool tr_doc_paragraph(struct tr_str *notes, struct tr_str *paragraph);

/* A cell as the drawing formats show it: labels, number or day, made harmless. */
void tr_doc_show_cell(const struct tr_doc_table *doc, const struct tr_doc_row *row, uint32_t column,
                      struct tr_buf *out);

#endif

/* A workbook as .xlsx, made from above, and each row from the left. A cell is what goes into it: a
 * text is never run as a formula, a day is a day, a number keeps its digits. The same calls make the
 * same bytes: no time, no name of a user or a machine is written.
 *
 * It is made in memory: the libraries that write workbooks put their parts into temporary files, and
 * there may be persons in them. Rows that are made as they are written (tr_book_later) are not kept.
 *
 * Sources: ECMA-376 part 1, chapters 18, 20 and 21; part 2 for the package. */
#ifndef TR_RECORD_BOOK_H
#define TR_RECORD_BOOK_H

#include "base/out.h"

enum tr_book_look {
    TR_LOOK_PLAIN,
    TR_LOOK_HEAD,
    TR_LOOK_HEAD_RIGHT, /* above numbers */
    TR_LOOK_SUM, /* of a row of totals */
    TR_LOOK_TITLE,
    TR_LOOK_NOTE,  /* over several lines */
    TR_LOOK_RIGHT, /* text where numbers stand */
    TR_LOOK_SUM_RIGHT,
    TR_LOOK_BAD,    /* a fault: coloured */
    TR_LOOK_QUOTED, /* as TR_LOOK_PLAIN; what would be a formula if somebody typed it gets this */
    TR_N_LOOKS
};

enum { TR_BOOK_DECIMALS = 4, TR_BOOK_SHEETS = 4 };

/* How a cell shows what is in it. A style is a look and a form. */
enum tr_book_form {
    TR_BOOK_AS_ANY, /* of cells that are empty: what is typed there decides */
    TR_BOOK_AS_TEXT,
    TR_BOOK_AS_NUMBER, /* and so many decimals */
    TR_BOOK_AS_PERCENT = TR_BOOK_AS_NUMBER + TR_BOOK_DECIMALS + 1,
    TR_BOOK_AS_DAY,
    TR_N_BOOK_FORMS
};

/* What may be typed in a column, below the heads, and what people are told of it. Excel shows 32
 * characters of the title, and 255 of the hint; they are cut so. */
struct tr_book_rule {
    struct tr_str list;   /* cells that have the words to choose from, as A1:A9 of a sheet; empty: none */
    bool day;             /* a day; else, without a list, anything */
    bool asks;            /* other words are asked about; else they are refused */
    struct tr_str title, hint;
};

/* Bars, one for each row of a sheet, divided into the columns. Rows and columns count from 0. */
struct tr_book_chart {
    int sheet;
    struct tr_str title, text; /* text: read out in place of the picture */
    struct tr_str axis;        /* what is counted */
    uint32_t head, first, last, keys;
    const uint32_t *column;
    uint32_t n;
};

struct tr_book_sheet {
    struct tr_buf name, rows, columns, rules;
    struct tr_buf remarks, remark_shapes, table, drawing, chart; /* XML */
    bool (*more)(void *cookie); /* see tr_book_later; NULL: rows has all */
    void *cookie;
    uint32_t row, column; /* 1 + the row in hand; where its next cell goes */
    uint32_t n_columns, n_remarks;
    uint32_t head; /* rows down to this one stay in sight, and it is printed on each page; 0: none */
    bool across;   /* printed so */
    int pages_across; /* how many its width takes; 0: one */
};

struct tr_book {
    struct tr_buf title, author;
    const char *language; /* nb-NO */
    struct tr_buf page;   /* the words at the foot of a page: {page} and {pages} stand for numbers */
    bool english;         /* days as 4 May 2026 */
    struct tr_book_sheet sheet[TR_BOOK_SHEETS];
    int n, at;            /* at: the sheet in hand */
    bool failed;          /* memory */
    bool full;            /* there is more than a workbook can hold */
};

void tr_book_clear(struct tr_book *b);

/* A new sheet, for the next rows. The name is made fit. */
struct tr_book_sheet *tr_book_sheet(struct tr_book *b, struct tr_str name);
/* The width of its next column, in letters, and what is typed into its empty cells is taken for this;
 * before the first row. */
void tr_book_column(struct tr_book *b, int letters, enum tr_book_form form);
static inline void tr_book_width(struct tr_book *b, int letters)
{
    tr_book_column(b, letters, TR_BOOK_AS_ANY);
}
/* Starts the next row; lines: its height, 0: as it comes. */
void tr_book_row(struct tr_book *b, int lines);

/* Rows below that are made when the workbook is written: more adds some of them, by the calls below; false: there
 * are no more, and none was added. What they have no part in, remarks and rules, is given before. */
void tr_book_later(struct tr_book *b, bool (*more)(void *cookie), void *cookie);

/* The next cell of the row. number: digits, with a minus before and a fraction after a point; day:
 * yyyy-mm-dd. What is empty leaves the cell empty. */
void tr_book_text(struct tr_book *b, enum tr_book_look look, struct tr_str text);
void tr_book_number(struct tr_book *b, enum tr_book_look look, int decimals, struct tr_str number);
void tr_book_percent(struct tr_book *b, enum tr_book_look look, struct tr_str number);
void tr_book_day(struct tr_book *b, enum tr_book_look look, struct tr_str day);
/* A formula with the value that it has. */
void tr_book_formula(struct tr_book *b, enum tr_book_look look, int decimals, struct tr_str formula,
                     struct tr_str value);
/* A remark on the cell that was written last. */
void tr_book_remark(struct tr_book *b, struct tr_str text);

/* Adds the name of a cell, such as AB12. */
void tr_book_place(struct tr_buf *to, uint32_t row, uint32_t column);
/* Adds cells of a sheet as others name them: 'Sheet'!$B$4:$B$18; one cell is no range. */
void tr_book_range(struct tr_book *b, int sheet, struct tr_buf *to, uint32_t row, uint32_t column,
                   uint32_t last_row, uint32_t last_column);

/* The rule of a column from this row on. */
void tr_book_rule(struct tr_book_sheet *sheet, uint32_t row, uint32_t column,
                  const struct tr_book_rule *rule);

/* The rows from head to last are a table with filters. names: of its columns, as the cells of head
 * have them, no two the same. */
void tr_book_table(struct tr_book *b, uint32_t head, uint32_t last, const struct tr_str *names,
                   uint32_t n);
/* At the top of the sheet in hand. */
void tr_book_draw(struct tr_book *b, const struct tr_book_chart *chart);

/* Ends it. When memory runs out out->buf.failed is set. -1 with err: it is full, or no archive can
 * be made. */
int tr_book_write(struct tr_book *b, struct tr_out *out, struct tr_err *err);

#endif

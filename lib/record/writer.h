/* Records out, as CSV (RFC 4180, UTF-8, comma) or JSON Lines; formats that are drawn begin as CSV. Callers do not see the format: they
 * name the columns once, then give the cells of each row in order. */
#ifndef TR_RECORD_WRITER_H
#define TR_RECORD_WRITER_H

#include "base/out.h"
#include "record/reader.h"

/* What a column holds, for formats that tell text from numbers. An empty cell is null in JSON. */
enum tr_shape { TR_SHAPE_TEXT, TR_SHAPE_NUMBER, TR_SHAPE_BOOL, TR_SHAPE_LIST };

struct tr_column {
    struct tr_str name;
    enum tr_shape shape;
    bool plain; /* its cells never need quotes: codes, dates, numbers */
};

struct tr_writer {
    struct tr_out *out;
    const struct tr_writer_format *format;
    const struct tr_column *columns; /* borrowed */
    size_t n;
};

/* Starts: for CSV, writes the header. columns stay the caller's and must outlive the writer. */
void tr_writer_start(struct tr_writer *w, struct tr_out *out, enum tr_format format,
                     const struct tr_column *columns, size_t n);

/* A row: one cell for each column. */
void tr_writer_row(struct tr_writer *w, const struct tr_str *cells);

/* A row whose first n cells are given as the CSV text that they are; for a CSV writer only. */
void tr_writer_row_after(struct tr_writer *w, struct tr_str raw, size_t n,
                         const struct tr_str *cells);

/* An end marker behind so many rows of CSV, of an input of which others were refused; see tr_row_is_end. */
void tr_writer_end(struct tr_out *out, uint64_t rows, uint64_t refused);

/* One cell as RFC 4180 wants it: quoted when it holds the delimiter, a quotation mark, a line end,
 * or padding at an end. */
void tr_csv_cell(struct tr_out *out, struct tr_str cell, char delimiter);

/* The same for somebody's spreadsheet, which gives the cell back whole: a text that it would take
 * for a number, a date or a time stands as ="007", and what it would run as a formula behind an
 * apostrophe. Our readers take off both. */
void tr_sheet_cell(struct tr_out *out, struct tr_str cell, char delimiter);

/* Cuts a row that was made of such cells, in place; *n: room on the way in, cells on the way out.
 */
void tr_csv_cut(char *row, size_t len, struct tr_str *cells, size_t *n);

/* One cell of such a row as it stands there, with its quotes; empty: the row has no such cell. */
struct tr_str tr_csv_find(struct tr_str row, int column);

/* A row as a JSON object, without a line end. */
void tr_json_object(struct tr_out *out, const struct tr_column *columns, size_t n,
                    const struct tr_str *cells);

/* A JSON string with its quotes. */
void tr_json_string(struct tr_out *out, struct tr_str s);

#endif

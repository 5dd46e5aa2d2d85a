/* Rows of CSV or JSON Lines, one at a time, from any input.
 *
 * Memory does not grow with the input. Large inputs are read ahead by a thread of their own, so that
 * splitting one block of rows overlaps with the work on the one before; the rows and their order are
 * the same either way. */
#ifndef TR_RECORD_READER_H
#define TR_RECORD_READER_H

#include "record/source.h"

enum tr_format { TR_FORMAT_CSV, TR_FORMAT_JSONL };

struct tr_dialect {
    enum tr_format format;
    enum tr_encoding encoding;
    bool bom;
    bool crlf;     /* as on the first line */
    bool sep_line; /* the first line was sep=… */
    char delimiter;
};

/* Choices that override what is recognised; zeroed means: recognise. */
struct tr_reader_options {
    enum tr_encoding encoding;
    char delimiter; /* 0: recognise */
    bool judge_all; /* give every row to the judge; for tests */
    bool no_thread;
};

/* A row. Slices and cells are valid until the next tr_reader_next. */
struct tr_row {
    const char *base;
    const uint32_t *sep; /* sep[i]: offset in base of what ends cell i */
    uint32_t start;      /* offset in base of cell 0 */
    uint32_t n;          /* number of cells */
    bool marks;          /* combining marks may be near: compose */
    enum tr_code bad;    /* TR_OK, or why the row cannot be read; then it has no cells */
    struct tr_str raw;   /* as it stood, in UTF-8, without its line end */
    uint64_t line;       /* physical line where it starts */
    struct tr_err fault; /* filled when bad */
    struct tr_buf *scratch;
};

enum { TR_CELL_SLACK = 16 };

struct tr_reader; /* opaque */

/* Opens path, recognises its dialect and reads its header. path is borrowed. */
struct tr_reader *tr_reader_open(const char *path, const struct tr_reader_options *options,
                                 struct tr_err *err);
void tr_reader_close(struct tr_reader *reader);

const char *tr_reader_name(const struct tr_reader *reader);
const struct tr_dialect *tr_reader_dialect(const struct tr_reader *reader);

/* Names of the columns, trimmed; n of them. */
const struct tr_str *tr_reader_header(const struct tr_reader *reader, uint32_t *n);

/* 1 and a row, 0 at the end, -1 when reading failed. A row with fewer or more cells than the header
 * is bad; so is one that is not in the file's encoding. */
int tr_reader_next(struct tr_reader *reader, struct tr_row *row, struct tr_err *err);

/* Where cell i of the row begins: physical line and character. */
void tr_row_place(const struct tr_row *row, uint32_t i, char delimiter, uint64_t *line,
                  uint32_t *col);

/* Cell i as the quoted text that it is; out of line, for tr_row_cell. */
struct tr_str tr_row_unquote(const struct tr_row *row, struct tr_str cell);

/* The content of cell i, without quotes, and without spaces or tabs around an unquoted one. At least
 * TR_CELL_SLACK bytes behind it may be read, whatever they are. */
static inline struct tr_str tr_row_cell(const struct tr_row *row, uint32_t i)
{
    uint32_t from = i ? row->sep[i - 1] + 1 : row->start, to = row->sep[i];
    const char *p = row->base + from, *end = row->base + to;

    if (p < end && end[-1] == '\r' && i + 1 == row->n)
        end--;
    if (p < end && *p == '"')
        return tr_row_unquote(row, (struct tr_str){p, (size_t)(end - p)});
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (p < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return (struct tr_str){p, (size_t)(end - p)};
}

#endif

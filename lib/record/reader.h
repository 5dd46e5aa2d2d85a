/* Rows of CSV or JSON Lines, one at a time, from any input.
 *
 * Memory does not grow with the input. Large inputs are read ahead by threads of their own, so that
 * splitting one block of rows overlaps with the work on those before; the rows and their order are the
 * same either way. */
#ifndef TR_RECORD_READER_H
#define TR_RECORD_READER_H

#include "base/sizes.h"
#include "record/source.h"

/* Inputs are of the first two. What is written in the others is CSV on its way to cli/app/output.h, which draws
 * it when all of it is there. */
enum tr_format { TR_FORMAT_CSV, TR_FORMAT_JSONL, TR_FORMAT_JSON, TR_FORMAT_XLSX, TR_N_FORMATS };
extern const char *const tr_format_names[TR_N_FORMATS + 1]; /* and NULL */

struct tr_dialect {
    enum tr_format format;
    enum tr_encoding encoding;
    bool bom;
    const char *encoding_name;
    enum tr_doubt doubt; /* about the encoding */
    bool crlf;           /* as on the first line */
    bool cr;             /* lines end with a carriage return alone */
    bool sep_line;       /* the first line was sep=… */
    bool header_ends;    /* the header ends with a separator that rows do not mean */
    char delimiter;
    bool by_rows; /* it stands less often in the header than another one, but so in rows, too */
    uint64_t row_ends; /* rows so far that ended with separators beyond the header */
    uint64_t row_cuts; /* and that were given cells at the end which Excel leaves out of a block */
};

enum { TR_THREADS_MAX = 8 };

/* Choices that override what is recognised; zeroed means: recognise. */
struct tr_reader_options {
    const char *name; /* in messages, borrowed; NULL: the path */
    char delimiter; /* 0: recognise */
    struct tr_encoding_choice encoding;
    uint32_t skip;  /* lines above the header */
    struct tr_sheet_options sheet; /* of a workbook */
    struct tr_arena *names;        /* keeps names of sheets, see tr_source_open */
    bool judge_all; /* give every row to the judge; for tests */
    bool no_thread;
    uint32_t threads; /* processors to use, at most TR_THREADS_MAX; 0: two */
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
    uint64_t line;       /* physical line where it starts, or row of the sheet */
    const struct tr_sheet *sheet; /* that it is of; NULL: it is of text */
    bool ends;           /* separators behind the last cell were left out */
    bool cut;            /* its block of rows is as Excel writes them: all longer or shorter than the header */
    struct tr_err fault; /* filled when bad */
    const void *slot;    /* what tr_prepare made of the row, NULL when it was not reached */
    size_t slots_behind; /* of the rows that follow */
    struct tr_buf *scratch;
};

/* Work on rows that needs no other rows, n of them at a time. Whichever thread has time to spare does it, so
 * that processors share it evenly; what comes out must not depend on whether it was done. */
enum { TR_PREPARE_ROWS = TR_SIZE_PREPARE };
struct tr_prepare {
    void (*rows)(void *cookie, int worker, const struct tr_row row[], size_t n, void *slots);
    void *cookie;
    size_t size;  /* of a slot */
    bool shared;  /* every thread does it, the caller's too, which is worker 0; else worker 1 alone */
};

enum { TR_CELL_SLACK = 64 };

struct tr_reader; /* opaque */

/* Opens path, recognises its dialect and reads its header. path is borrowed. */
struct tr_reader *tr_reader_open(const char *path, const struct tr_reader_options *options,
                                 struct tr_err *err);
void tr_reader_close(struct tr_reader *reader);

const char *tr_reader_name(const struct tr_reader *reader);
const struct tr_sheet_facts *tr_reader_sheet(const struct tr_reader *reader); /* NULL: it is text */
const struct tr_dialect *tr_reader_dialect(const struct tr_reader *reader);

/* Bytes of text that were read to find the header: of most tables, all there are. */
size_t tr_reader_in_hand(const struct tr_reader *reader);

/* Names of the columns, trimmed; n of them. */
const struct tr_str *tr_reader_header(const struct tr_reader *reader, uint32_t *n);

/* The physical line of the header. */
uint64_t tr_reader_header_line(const struct tr_reader *reader);

/* Takes the k-th line that is not blank for the header instead, from 0, which is the one that was
 * taken at first: for files with title lines above it. Before the first tr_reader_next. 0: there is
 * no such line near the start, or it can be no header; nothing is changed. -1 with err: memory. */
enum { TR_TITLE_LINES = 40 };
int tr_reader_seek_header(struct tr_reader *reader, uint32_t k, struct tr_err *err);

/* Goes to the header that is sought, the first or below title lines, and sets *below to which. 0: none is
 * it; the first is the header, and *below is false. -1 with err: memory. */
int tr_reader_find_header(struct tr_reader *reader, const struct tr_sought *sought, bool *below,
                          struct tr_err *err);

/* The same input opened once more, from its header, for a look at all of it; NULL when it cannot be
 * read twice, or all of it is in hand. */
struct tr_reader *tr_reader_again(const struct tr_reader *reader);

/* Row i of those in hand before the first tr_reader_next: a look at what is to come. false: none.
 */
bool tr_reader_sample(struct tr_reader *reader, size_t i, struct tr_row *row);

/* Asks for work ahead; before the first tr_reader_next. prepare is borrowed. */
void tr_reader_prepare(struct tr_reader *reader, const struct tr_prepare *prepare);

/* Ends all work ahead, so that what it used may go. No row may be read from then on. */
void tr_reader_stop(struct tr_reader *reader);

/* 1 and a row, 0 at the end, -1 when reading failed. A row with fewer cells than the header is bad,
 * or with more, but for separators at the end of every row, or of blocks of rows as Excel writes them; so is
 * one that is not in the file's encoding. */
int tr_reader_next(struct tr_reader *reader, struct tr_row *row, struct tr_err *err);

/* What a message may call a column whose header is the cell. A file without a header has a row of data in its
 * place, known by a person's number, a day or an address of mail: such a cell is nobody's business, and
 * is called "…". */
struct tr_str tr_header_shown(const struct tr_str *header, uint32_t n, struct tr_str cell);
bool tr_header_is_data(const struct tr_str *header, uint32_t n); /* looks at every cell */

/* Whether the row is an end marker, a last line such as `#end 1072` or `#end 1072 3`: the one who wrote
 * it wrote so many rows, had refused so many others, and then was done. What breaks off has none. */
#define TR_END_MARKER "#end "
struct tr_end {
    uint64_t rows, refused;
};
bool tr_row_is_end(const struct tr_row *row, struct tr_end *told);

/* -1 with TR_E_CUT_OFF when the marker tells of other than the rows that came before it. */
int tr_row_check_end(const struct tr_reader *reader, const struct tr_row *row, uint64_t rows,
                     const struct tr_end *told, struct tr_err *err);

/* Where cell i of the row begins: physical line and character; or row of the sheet, and its column with
 * TR_COL_SHEET. */
void tr_row_place(const struct tr_row *row, uint32_t i, char delimiter, uint64_t *line,
                  uint32_t *col);

/* The content of what stands in text[from..to): without quotes, or without spaces and tabs around.
 * Out of line, for tr_row_slice. */
struct tr_str tr_row_strip(const struct tr_row *row, uint32_t from, uint32_t to, bool last);

/* Cell i whose text begins at from. */
static inline struct tr_str tr_row_slice(const struct tr_row *row, uint32_t i, uint32_t from)
{
    const char *p = row->base + from, *end = row->base + row->sep[i];

    /* Nearly every cell is bare. Asked without asking whether it is empty, which nobody can
     * predict: then the bytes looked at are the separators around it. */
    if ((unsigned char)*p > '"' && (unsigned char)end[-1] > ' ')
        return (struct tr_str){p, (size_t)(end - p)};
    return tr_row_strip(row, from, row->sep[i], i + 1 == row->n);
}

/* The content of cell i. At least TR_CELL_SLACK bytes behind it may be read, whatever they are. */
static inline struct tr_str tr_row_cell(const struct tr_row *row, uint32_t i)
{
    return tr_row_slice(row, i, i ? row->sep[i - 1] + 1 : row->start);
}

#endif

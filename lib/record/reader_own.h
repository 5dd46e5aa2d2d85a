/* What the parts of the reader share: split.c makes rows of text, row.c shows them to callers,
 * ahead.c runs the threads, header.c finds the header, blocks.c knows Excel's, reader.c opens and gives out.
 * Not for others. */
#ifndef TR_RECORD_READER_OWN_H
#define TR_RECORD_READER_OWN_H

#include "base/sizes.h"
#include "base/thread.h"
#include "record/judge.h"
#include "record/reader.h"
#include "record/scan.h"

/* A row as the splitting side leaves it: offsets only. */
struct tr_split {
    uint32_t raw, raw_len;
    uint32_t start, first_sep, n; /* cells: in the batch's text, or in plain when judged */
    uint32_t line;                /* lines after the batch's first */
    uint32_t bad_at;
    uint32_t nth; /* row of the sheet that the text was, from 0 */
    enum tr_code bad;
    bool judged;
    bool cut; /* its block was written without what is empty at its end, or with more than the header has */
};

/* A block of text and the rows that end in it. Buffers are kept from use to use. */
struct tr_batch {
    char *text;
    size_t cap, len;
    struct tr_index index;
    struct tr_buf plain, plain_seps; /* rows that the judge or JSON wrote again */
    struct tr_buf rows;              /* struct tr_split */
    size_t n_rows, next;
    struct tr_buf slots; /* what was prepared of each row */
    enum { TR_BATCH_SPLIT, TR_BATCH_PREPARING, TR_BATCH_PREPARED } state;
    uint64_t line;
    uint32_t nth; /* row of the sheet that the next row was */
    bool marks, spoilt; /* spoilt: not all of it is UTF-8 */
    enum tr_encoding encoding;
    const char *encoding_name;
    enum tr_doubt doubt;
    bool guessed; /* nobody told the encoding */
    bool last;
    int rc;
    struct tr_err err;
};

/* Where a row's cells are, and what ends each of them, see struct tr_row. NULL: the batch has none. */
static inline const char *tr_split_base(const struct tr_batch *b, const struct tr_split *s)
{
    return s->judged ? b->plain.p : b->text;
}

static inline const uint32_t *tr_split_seps(const struct tr_batch *b, const struct tr_split *s)
{
    const uint32_t *seps = s->judged ? (const uint32_t *)(const void *)b->plain_seps.p : b->index.sep;

    return seps ? seps + s->first_sep : NULL;
}

/* A thread of a reader. */
struct tr_worker {
    struct tr_reader *reader;
    int number; /* from 1 */
    pthread_t thread;
};

struct tr_reader {
    struct tr_source *source;
    struct tr_reader_options options;
    struct tr_dialect dialect;
    struct tr_judge *judge;
    struct tr_buf tail; /* the row that the last batch cut */
    uint64_t line;      /* of the next byte to split */
    bool at_end, bare_end; /* bare_end: the last line had no line feed */
    struct {
        uint32_t nth; /* row of the sheet that the next row to split was */
        uint32_t number, width; /* of the block that the last batch ended in: its rows' cells, 0 when there is none */
        bool uneven;  /* Excel did not write this */
    } blocks;

    struct tr_buf header_text, key_text;
    struct tr_str *header;
    struct tr_str *keys; /* the header's names as JSON records have them */
    uint32_t n_header;
    uint32_t n_named;    /* columns up to the last that has a name */
    uint32_t tail_cells; /* that a row may have beyond the header, when they are empty */
    bool fresh;          /* the first batch is in hand as it was read */
    uint64_t header_line;
    uint32_t header_index; /* lines between it and the top that are not blank */
    uint32_t top; /* offset in the first batch of the line that was first taken for the header */
    uint64_t top_line; /* and its number */

    struct tr_batch first;
    struct tr_batch *later;   /* n_later more, once there are threads */
    struct tr_batch *current; /* whose rows are being given out */
    unsigned n_later;
    struct tr_buf scratch;

    const struct tr_prepare *prepare; /* NULL: nothing to do ahead */
    struct tr_buf prepare_scratch[TR_THREADS_MAX]; /* of each worker */

    int n_threads; /* besides the caller's */
    struct tr_worker worker[TR_THREADS_MAX - 1];
    pthread_mutex_t lock; /* of what follows, and of the state of batches that are not the caller's */
    pthread_cond_t moved;
    bool stop, making, more; /* a thread makes the next batch; there are more to be made */
    unsigned made, taken;    /* batches so far; made - taken of them wait */
};

/* Room for cap bytes of text; -1 with b->err. */
int tr_batch_room(struct tr_batch *b, size_t cap);
void tr_batch_clear(struct tr_batch *b);

/* Reads until the batch is full or the input ends. -1 with b->err. */
int tr_batch_fill(struct tr_reader *r, struct tr_batch *b);

/* Reads the header, and the rows of the first batch. -1 with err. */
int tr_header_read(struct tr_reader *r, struct tr_err *err);

/* Takes over what is known of the encoding by now. */
void tr_header_told(struct tr_reader *r, const struct tr_batch *b);

/* Makes the carriage returns of the batch's text, from at on, line feeds. */
void tr_batch_turn_returns(struct tr_batch *b, size_t at);

/* Splits the batch's text from at on into rows; the cut row at its end becomes r->tail. -1 with
 * b->err. */
int tr_batch_split(struct tr_reader *r, struct tr_batch *b, uint32_t at);

/* Gives rows of another length than the header's the cells that Excel left out, where whole blocks say that it
 * did; rows at the end whose block goes on become r->tail. Fails in b's buffers. */
void tr_blocks_settle(struct tr_reader *r, struct tr_batch *b);

/* Makes the next batch: the tail of the one before, what can be read, and the rows in it. */
int tr_batch_make(struct tr_reader *r, struct tr_batch *b);

/* Row i of a batch, as callers see it. */
void tr_batch_row(const struct tr_reader *r, const struct tr_batch *b, size_t i,
                  struct tr_buf *scratch, struct tr_row *row);

/* Gives back the batch in hand and waits for the next, starting the thread when there is more than
 * one; NULL at the end. */
struct tr_batch *tr_ahead_next(struct tr_reader *r);

/* Ends the thread, if there is one. */
void tr_ahead_stop(struct tr_reader *r);

#endif

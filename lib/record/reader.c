#define _GNU_SOURCE
#include "record/reader.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/utf8.h"
#include "record/jsonl.h"
#include "record/judge.h"
#include "record/scan.h"

enum { BATCH_SIZE = 1 << 17, BATCHES = 8 };

/* A row as the splitting side leaves it: offsets only. */
struct split {
    uint32_t raw, raw_len;
    uint32_t start, first_sep, n; /* cells: in the batch's text, or in plain when judged */
    uint32_t line;                /* lines after the batch's first */
    uint32_t bad_at;
    enum tr_code bad;
    bool judged;
};

/* A block of text and the rows that end in it. Buffers are kept from use to use. */
struct batch {
    char *text;
    size_t cap, len;
    struct tr_index index;
    struct tr_buf plain, plain_seps; /* rows that the judge or JSON wrote again */
    struct tr_buf rows;              /* struct split */
    size_t n_rows, next;
    struct tr_buf slots;             /* what was prepared of each row */
    enum { SPLIT, PREPARING, PREPARED } state;
    uint64_t line;
    bool marks, spoilt; /* spoilt: not all of it is UTF-8 */
    enum tr_encoding encoding;
    bool guessed; /* nobody told the encoding */
    bool last;
    int rc;
    struct tr_err err;
};

struct tr_reader {
    struct tr_source *source;
    struct tr_reader_options options;
    struct tr_dialect dialect;
    struct tr_judge *judge;
    struct tr_buf tail; /* the row that the last batch cut */
    uint64_t line;      /* of the next byte to split */
    bool at_end;

    struct tr_buf header_text, key_text;
    struct tr_str *header;
    struct tr_str *keys; /* the header's names as JSON records have them */
    uint32_t n_header;

    struct batch batch[BATCHES];
    struct batch *current; /* whose rows are being given out */
    struct tr_buf scratch;

    const struct tr_prepare *prepare; /* NULL: nothing to do ahead */
    struct tr_buf ahead_scratch;

    bool threaded, stop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    unsigned made, taken; /* batches so far; made - taken of them wait */
};

/* ---- splitting: text to rows ---- */

static int batch_room(struct batch *b, size_t cap)
{
    size_t n = cap + 3 * TR_SCAN_PAD;
    char *text = realloc(b->text ? b->text - TR_SCAN_PAD : NULL, n);
    uint32_t *sep, *row, *soft;

    if (text)
        b->text = text + TR_SCAN_PAD; /* the byte before a cell may be looked at */
    sep = realloc(b->index.sep, n * sizeof *sep);
    if (sep)
        b->index.sep = sep;
    row = realloc(b->index.row, n * sizeof *row);
    if (row)
        b->index.row = row;
    soft = realloc(b->index.soft, n * sizeof *soft);
    if (soft)
        b->index.soft = soft;
    if (!text || !sep || !row || !soft)
        return tr_err_set(&b->err, TR_E_MEMORY, NULL, NULL, NULL);
    b->cap = cap;
    return 0;
}

static void batch_clear(struct batch *b)
{
    if (b->text)
        free(b->text - TR_SCAN_PAD);
    free(b->index.sep);
    free(b->index.row);
    free(b->index.soft);
    tr_buf_clear(&b->plain);
    tr_buf_clear(&b->plain_seps);
    tr_buf_clear(&b->rows);
    tr_buf_clear(&b->slots);
}

/* Reads until the batch is full or the input ends, and closes a last line that has no line feed. */
static int batch_fill(struct tr_reader *r, struct batch *b)
{
    size_t good;

    while (!r->at_end && b->len + 8 < b->cap) {
        size_t n;

        if (tr_source_read(r->source, b->text + b->len, b->cap - b->len, &n, &b->err) < 0)
            return -1;
        b->len += n;
        r->at_end = n == 0;
    }
    if (r->at_end && b->len > 0 && b->text[b->len - 1] != '\n')
        b->text[b->len++] = '\n'; /* the pad has room */
    memset(b->text + b->len, 0, TR_SCAN_PAD);
    b->marks = false;
    good = tr_utf8_valid(b->text, b->len, &(bool){false}, &b->marks);
    b->encoding = tr_source_encoding(r->source);
    b->guessed = r->options.encoding == TR_ENCODING_AUTO;
    b->spoilt = good < b->len && (r->at_end || tr_utf8_step(b->text + good, b->len - good) == 0);
    return 0;
}

/* Where a row of a Windows-1252 file is UTF-8 all the same: its letters then come out as a capital A
 * with tilde and something that is not ASCII, which no word has. row.len when it is not. */
static size_t disguised(struct tr_str row)
{
    const char *p = row.p, *end = row.p + row.len;

    while (p + 2 < end && (p = memmem(p, (size_t)(end - p), "\xC3\x83", 2))) {
        if (p + 2 < end && (unsigned char)p[2] >= 0x80)
            return (size_t)(p - row.p);
        p += 2;
    }
    return row.len;
}

static void add_row(struct batch *b, struct split row)
{
    struct tr_str raw = {b->text + row.raw, row.raw_len};
    size_t good = raw.len;

    if (b->spoilt)
        good = tr_utf8_valid(raw.p, raw.len, &(bool){false}, &(bool){false});
    if (b->guessed && b->encoding == TR_ENCODING_WINDOWS1252 && good == raw.len)
        good = disguised(raw);
    if (good < raw.len && !row.bad) {
        row.bad = TR_E_ENCODING_MIXED;
        row.bad_at = (uint32_t)good;
    }
    tr_buf_add(&b->rows, &row, sizeof row);
    b->n_rows++;
}

/* Length of the line at text[from..end) without CR LF, where text[end] is its line feed. */
static uint32_t without_end(const struct batch *b, uint32_t from, uint32_t end)
{
    return end - from - (end > from && b->text[end - 1] == '\r');
}

static bool blank(const struct batch *b, uint32_t from, uint32_t to)
{
    while (from < to && (b->text[from] == ' ' || b->text[from] == '\t' || b->text[from] == '\r'))
        from++;
    return from == to;
}

/* Lines that begin in text[from..to). */
static uint32_t count_lines(const struct batch *b, uint32_t from, uint32_t to)
{
    uint32_t lines = 0;
    const char *p = b->text + from, *end = b->text + to;

    for (; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        lines++;
    return lines;
}

/* Takes the rows that the scanner is sure of, from *at on; *at becomes the place behind them. */
static void take_plain_rows(struct batch *b, uint32_t *at, uint32_t *line, char delimiter)
{
    struct tr_index *index = &b->index;
    uint32_t r = index->n_row, first = index->n_sep, soft = 0;

    index->n_soft = 0;
    tr_scan(b->text, *at, (uint32_t)b->len, delimiter, index);
    for (; r < index->n_row; r++) {
        uint32_t last = index->row[r], end = index->sep[last];

        if (end >= index->ill || end - *at > TR_CELL_MAX)
            break;
        if (last > first || !blank(b, *at, end))
            add_row(b, (struct split){.raw = *at,
                                      .raw_len = without_end(b, *at, end),
                                      .start = *at,
                                      .first_sep = first,
                                      .n = last - first + 1,
                                      .line = *line});
        for (; soft < index->n_soft && index->soft[soft] < end; soft++)
            ++*line;
        ++*line;
        first = last + 1;
        *at = end + 1;
    }
    index->n_row = r;
    index->n_sep = first;
}

enum step { STEP_TAKEN, STEP_MORE, STEP_FAILED };

/* Gives the row at *at to the judge. A row that it refuses ends at the end of its first physical
 * line: what follows may well be good rows. */
static enum step take_judged_row(struct tr_reader *r, struct batch *b, uint32_t *at, uint32_t *line)
{
    struct tr_str rest = {b->text + *at, b->len - *at};
    uint32_t first = (uint32_t)(b->plain_seps.len / sizeof(uint32_t));
    uint32_t start = (uint32_t)b->plain.len;
    struct split row = {.raw = *at, .line = *line, .start = start, .first_sep = first, .judged = true};
    struct tr_verdict v = tr_judge_row(r->judge, rest, r->at_end, &b->plain, &b->plain_seps);
    const char *feed = memchr(rest.p, '\n', rest.len);
    uint32_t end;

    if (v.code == TR_OK && v.used == 0)
        return STEP_MORE;
    if (v.code == TR_E_LINE_SIZE || v.code == TR_E_MEMORY || (!feed && rest.len > TR_LINE_MAX)) {
        tr_err_num(&b->err, v.code == TR_E_MEMORY ? v.code : TR_E_LINE_SIZE, TR_LINE_MAX);
        b->err.source = tr_source_name(r->source);
        b->err.line = b->line + *line;
        return STEP_FAILED;
    }
    if (!feed)
        return STEP_MORE;
    end = v.code ? (uint32_t)(feed - b->text) : *at + (uint32_t)v.used - 1;
    row.raw_len = without_end(b, *at, end);
    row.n = v.cells;
    row.bad = v.code;
    row.bad_at = (uint32_t)v.at;
    if (v.code || v.cells > 1 || (v.cells == 1 && !blank(b, *at, end)))
        add_row(b, row);
    *line += count_lines(b, *at, end + 1);
    *at = end + 1;
    return STEP_TAKEN;
}

static enum step take_json_row(struct tr_reader *r, struct batch *b, uint32_t *at, uint32_t *line)
{
    const char *feed = memchr(b->text + *at, '\n', b->len - *at);
    struct split row = {.raw = *at, .line = *line, .judged = true};
    struct tr_err why;
    int n;

    if (!feed && b->len - *at <= TR_LINE_MAX)
        return STEP_MORE;
    if (!feed) {
        tr_err_num(&b->err, TR_E_LINE_SIZE, TR_LINE_MAX);
        b->err.source = tr_source_name(r->source);
        b->err.line = b->line + *line;
        return STEP_FAILED;
    }
    row.raw_len = without_end(b, *at, (uint32_t)(feed - b->text));
    row.start = (uint32_t)b->plain.len;
    row.first_sep = (uint32_t)(b->plain_seps.len / sizeof(uint32_t));
    if (!blank(b, *at, *at + row.raw_len)) {
        n = tr_jsonl_row((struct tr_str){b->text + *at, row.raw_len}, r->keys, r->n_header,
                         &b->plain, &b->plain_seps, &why);
        if (n < 0) {
            row.bad = why.code;
            row.bad_at = why.col ? why.col - 1 : 0;
            b->plain.len = row.start;
            b->plain_seps.len = row.first_sep * sizeof(uint32_t);
        }
        row.n = n < 0 ? 0 : (uint32_t)n;
        add_row(b, row);
    }
    ++*line;
    *at = (uint32_t)(feed - b->text) + 1;
    return STEP_TAKEN;
}

/* Splits the batch's text from at on into rows; the cut row at its end becomes the tail. */
static int batch_split(struct tr_reader *r, struct batch *b, uint32_t at)
{
    uint32_t line = 0;
    enum step step = STEP_TAKEN;

    b->index.n_sep = b->index.n_row = 0;
    b->plain.len = b->plain_seps.len = b->rows.len = 0;
    b->n_rows = b->next = 0;
    b->state = SPLIT;
    b->line = r->line;
    while (at < b->len && step == STEP_TAKEN) {
        if (r->dialect.format == TR_FORMAT_JSONL) {
            step = take_json_row(r, b, &at, &line);
            continue;
        }
        if (!r->options.judge_all) {
            take_plain_rows(b, &at, &line, r->dialect.delimiter);
            if (at == b->len ||
                (b->index.ill == TR_SCAN_WELL && b->len - at <= TR_CELL_MAX && !r->at_end))
                break;
        }
        step = take_judged_row(r, b, &at, &line);
    }
    if (step == STEP_FAILED)
        return -1;
    r->line += line;
    r->tail.len = 0;
    tr_buf_add(&r->tail, b->text + at, b->len - at);
    if (b->plain.len > 0)
        (void)tr_buf_room(&b->plain, TR_CELL_SLACK);
    if (r->tail.failed || b->rows.failed || b->plain.failed || b->plain_seps.failed)
        return tr_err_set(&b->err, TR_E_MEMORY, NULL, NULL, NULL);
    return 0;
}

/* Makes the next batch: the tail of the one before, what can be read, and the rows in it. */
static int batch_make(struct tr_reader *r, struct batch *b)
{
    size_t want = BATCH_SIZE;

    do {
        while (want < 2 * r->tail.len)
            want *= 2;
        if (b->cap != want && batch_room(b, want) < 0)
            return -1;
        b->len = r->tail.len;
        if (b->len > 0)
            memcpy(b->text, r->tail.p, b->len);
        if (batch_fill(r, b) < 0 || batch_split(r, b, 0) < 0)
            return -1;
        b->last = r->at_end;
    } while (b->n_rows == 0 && !b->last);
    return 0;
}

/* ---- rows as callers see them ---- */

/* Line and character of offset at in the row as it stood. */
static void place(const struct tr_row *row, size_t at, uint64_t *line, uint32_t *col)
{
    size_t from = 0;

    *line = row->line;
    for (size_t i = 0; i < at; i++) /* a fault may lie in a line after the row's first */
        if (row->raw.p[i] == '\n') {
            ++*line;
            from = i + 1;
        }
    *col = 1 + (uint32_t)tr_utf8_count((struct tr_str){row->raw.p + from, at - from});
}

void tr_row_place(const struct tr_row *row, uint32_t i, char delimiter, uint64_t *line, uint32_t *col)
{
    bool quoted = false;
    size_t at = 0;

    for (; at < row->raw.len && i > 0; at++) {
        quoted ^= row->raw.p[at] == '"';
        i -= !quoted && row->raw.p[at] == delimiter;
    }
    while (at < row->raw.len && row->raw.p[at] != delimiter &&
           (row->raw.p[at] == ' ' || row->raw.p[at] == '\t'))
        at++;
    place(row, at, line, col);
}

/* Reads a bad JSON line once more, for the sake of its message. */
static void json_fault(const struct tr_reader *r, struct tr_row *row)
{
    struct tr_buf plain = {0}, seps = {0};

    tr_jsonl_row(row->raw, r->keys, r->n_header, &plain, &seps, &row->fault);
    tr_buf_clear(&plain);
    tr_buf_clear(&seps);
}

static void row_fault(const struct tr_reader *r, const struct batch *b, const struct split *s,
                      struct tr_row *row)
{
    char cells[16], columns[16];

    snprintf(cells, sizeof cells, "%u", s->n);
    snprintf(columns, sizeof columns, "%u", r->n_header);
    if (row->bad == TR_E_ROW_SHORT || row->bad == TR_E_ROW_LONG)
        tr_err_set(&row->fault, row->bad, cells, columns, NULL);
    else if (row->bad == TR_E_FIELD_SIZE)
        tr_err_num(&row->fault, row->bad, TR_CELL_MAX);
    else if (row->bad == TR_E_ENCODING_MIXED)
        tr_err_set(&row->fault, row->bad, tr_encoding_names[b->encoding], NULL, NULL);
    else if (s->judged && r->dialect.format == TR_FORMAT_JSONL)
        json_fault(r, row);
    else
        tr_err_set(&row->fault, row->bad, NULL, NULL, NULL);
    row->fault.source = tr_source_name(r->source);
    if (row->fault.line == 0)
        place(row, s->bad_at, &row->fault.line, &row->fault.col);
    row->n = 0;
}

/* Row i of a batch. */
static void make_row(const struct tr_reader *r, const struct batch *b, size_t i, struct tr_buf *scratch,
                     struct tr_row *row)
{
    const struct split *s = (const struct split *)(const void *)b->rows.p + i;
    const uint32_t *seps = s->judged ? (const uint32_t *)(const void *)b->plain_seps.p : b->index.sep;

    scratch->len = 0;
    row->scratch = scratch;
    row->base = s->judged ? b->plain.p : b->text;
    row->sep = seps ? seps + s->first_sep : NULL;
    row->start = s->start;
    row->n = s->n;
    row->marks = b->marks;
    row->raw = (struct tr_str){b->text + s->raw, s->raw_len};
    row->line = b->line + s->line;
    row->slot = NULL;
    row->bad = s->bad;
    if (!row->bad && s->n != r->n_header && r->n_header != UINT32_MAX)
        row->bad = s->n < r->n_header ? TR_E_ROW_SHORT : TR_E_ROW_LONG;
    if (row->bad)
        row_fault(r, b, s, row);
}

/* ---- the thread that reads ahead ---- */

static void prepare_batch(struct tr_reader *r, struct batch *b)
{
    size_t size = r->prepare->size;
    struct tr_row row;

    b->slots.len = 0;
    if (tr_buf_room(&b->slots, b->n_rows * size) < 0)
        return;
    for (size_t i = 0; i < b->n_rows; i++) {
        make_row(r, b, i, &r->ahead_scratch, &row);
        r->prepare->row(r->prepare->cookie, &row, b->slots.p + i * size);
    }
    b->slots.len = b->n_rows * size;
}

/* The batch that waits longest from now to be taken and is not prepared; NULL when there is none.
 * The one that is next, or in the caller's hands already, is left alone. */
static struct batch *unprepared(struct tr_reader *r)
{
    for (unsigned i = r->made; r->prepare && i-- > r->taken + 1;)
        if (r->batch[i % BATCHES].state == SPLIT)
            return &r->batch[i % BATCHES];
    return NULL;
}

static void *read_ahead(void *cookie)
{
    struct tr_reader *r = cookie;
    bool more = true;

    pthread_mutex_lock(&r->lock);
    while (!r->stop) {
        struct batch *b = NULL;
        bool make = more && r->made - r->taken < BATCHES;

        if (make)
            b = &r->batch[r->made % BATCHES];
        else if ((b = unprepared(r)))
            b->state = PREPARING;
        else if (!more && r->made - r->taken <= 1)
            break;
        if (!b) {
            pthread_cond_wait(&r->moved, &r->lock);
            continue;
        }
        pthread_mutex_unlock(&r->lock);
        if (make)
            b->rc = batch_make(r, b);
        else
            prepare_batch(r, b);
        pthread_mutex_lock(&r->lock);
        if (make) {
            more = b->rc == 0 && !b->last;
            r->made++;
        } else {
            b->state = PREPARED;
        }
        pthread_cond_signal(&r->moved);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Gives back the batch in hand and waits for the next; NULL at the end. */
static struct batch *next_batch(struct tr_reader *r)
{
    struct batch *was = r->current, *b;

    if (was && (was->last || was->rc < 0))
        return NULL;
    if (!r->threaded && !r->options.no_thread && !r->at_end) {
        r->taken = r->made = 1; /* the first batch was made without the thread, and is used up */
        r->threaded = pthread_create(&r->thread, NULL, read_ahead, r) == 0;
        r->options.no_thread = !r->threaded;
        was = r->threaded ? NULL : was;
    }
    if (!r->threaded) {
        r->batch[0].rc = batch_make(r, &r->batch[0]);
        return &r->batch[0];
    }
    pthread_mutex_lock(&r->lock);
    if (was) {
        r->taken++;
        pthread_cond_signal(&r->moved);
    }
    b = &r->batch[r->taken % BATCHES];
    while (r->made == r->taken || b->state == PREPARING)
        pthread_cond_wait(&r->moved, &r->lock);
    pthread_mutex_unlock(&r->lock);
    return b;
}

/* ---- opening ---- */

/* The delimiter that stands most often in the line, outside quotes; a semicolon when none does. */
static char find_delimiter(struct tr_str line)
{
    static const char candidates[] = ";,\t";
    size_t count[sizeof candidates] = {0}, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < line.len; i++) {
        const char *c = line.p[i] ? strchr(candidates, line.p[i]) : NULL;

        if (line.p[i] == '"')
            quoted = !quoted;
        else if (c && !quoted)
            count[c - candidates]++;
    }
    for (size_t i = 1; candidates[i]; i++)
        if (count[i] > count[best])
            best = i;
    return candidates[best];
}

static struct tr_str first_line(const struct batch *b, uint32_t at)
{
    const char *p = b->text + at, *feed = memchr(p, '\n', b->len - at);

    return (struct tr_str){p, feed ? (size_t)(feed - p) : b->len - at};
}

/* Recognises the dialect from the first batch's text; returns where the header begins. */
static uint32_t recognise(struct tr_reader *r, const struct batch *b)
{
    struct tr_dialect *d = &r->dialect;
    struct tr_str line = first_line(b, 0), bare = line;
    uint32_t at = 0;

    d->crlf = line.len > 0 && line.p[line.len - 1] == '\r';
    bare.len -= d->crlf;
    if (bare.len >= 2 && bare.p[0] == '"' && bare.p[bare.len - 1] == '"')
        bare = (struct tr_str){bare.p + 1, bare.len - 2};
    if (bare.len == 5 && memcmp(bare.p, "sep=", 4) == 0) {
        d->sep_line = true;
        d->delimiter = bare.p[4];
        at = (uint32_t)line.len + 1;
        r->line++;
        line = first_line(b, at);
    }
    while (at < b->len && tr_text_trim(line).len == 0) { /* blank lines above the header */
        at += (uint32_t)line.len + 1;
        r->line++;
        line = first_line(b, at < b->len ? at : (uint32_t)b->len);
    }
    if (at > b->len)
        at = (uint32_t)b->len;
    if (line.len > 0 && *tr_text_trim(line).p == '{')
        d->format = TR_FORMAT_JSONL;
    if (r->options.delimiter)
        d->delimiter = r->options.delimiter;
    else if (!d->sep_line)
        d->delimiter = find_delimiter(line);
    return at;
}

/* Cuts text into n slices of the given ends. */
static struct tr_str *cut_text(const struct tr_buf *text, const size_t ends[], uint32_t n)
{
    struct tr_str *slices = calloc(n, sizeof *slices);
    size_t from = 0;

    for (uint32_t i = 0; slices && i < n; from = ends[i++])
        slices[i] = (struct tr_str){text->p + from, ends[i] - from};
    return slices;
}

/* Keeps the names of the columns, trimmed and composed, and as they are. */
static int keep_header(struct tr_reader *r, const struct tr_row *row, struct tr_err *err)
{
    size_t *ends = calloc(2 * (size_t)row->n, sizeof *ends), *key_ends = ends + row->n;

    for (uint32_t i = 0; ends && i < row->n; i++) {
        struct tr_str name = tr_row_cell(row, i);

        tr_text_compose(tr_text_trim(name), &r->header_text);
        tr_buf_str(&r->key_text, name);
        ends[i] = r->header_text.len;
        key_ends[i] = r->key_text.len;
    }
    if (ends && !r->header_text.failed && !r->key_text.failed) {
        r->header = cut_text(&r->header_text, ends, row->n);
        r->keys = cut_text(&r->key_text, key_ends, row->n);
    }
    free(ends);
    if (!r->header || !r->keys)
        return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    r->n_header = row->n;
    return 0;
}

/* A header that cannot be read makes the whole file unusable. */
static int bad_header(const struct tr_err *why, struct tr_err *err)
{
    tr_err_set(err, TR_E_HEADER_BAD, why->code == TR_E_JSON ? why->arg[0] : tr_code_text(why->code), NULL,
               NULL);
    err->line = why->line;
    err->col = why->col;
    return -1;
}

static int read_json_header(struct tr_reader *r, struct batch *b, uint32_t at, struct tr_err *err)
{
    struct tr_buf plain = {0}, seps = {0};
    struct tr_row row = {.scratch = &r->scratch};
    int n = tr_jsonl_row(first_line(b, at), NULL, 0, &plain, &seps, err), rc = -1;

    if (n < 0) {
        struct tr_err why = *err;

        why.line = r->line;
        bad_header(&why, err);
    } else {
        row.base = plain.p;
        row.sep = (const uint32_t *)(const void *)seps.p;
        row.n = (uint32_t)n;
        row.raw = tr_buf_slice(&plain);
        rc = keep_header(r, &row, err);
    }
    tr_buf_clear(&plain);
    tr_buf_clear(&seps);
    return rc;
}

static int read_header(struct tr_reader *r, struct tr_err *err)
{
    struct batch *b = &r->batch[0];
    struct tr_row row;
    uint32_t at;
    int rc;

    r->current = b;
    do { /* until the first line is in hand */
        if (batch_room(b, b->cap ? 2 * b->cap : BATCH_SIZE) < 0 || batch_fill(r, b) < 0) {
            *err = b->err;
            return -1;
        }
    } while (!memchr(b->text, '\n', b->len) && !r->at_end && b->cap < TR_LINE_MAX);
    r->dialect.encoding = b->encoding;
    r->dialect.bom = tr_source_bom(r->source);
    at = recognise(r, b);
    if (r->dialect.format == TR_FORMAT_JSONL && read_json_header(r, b, at, err) < 0)
        return -1;
    r->judge = tr_judge_new(r->dialect.delimiter);
    if (!r->judge)
        return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    if (batch_split(r, b, at) < 0) {
        *err = b->err;
        return -1;
    }
    b->last = r->at_end;
    if (r->dialect.format == TR_FORMAT_JSONL)
        return 0;
    r->n_header = UINT32_MAX;
    rc = tr_reader_next(r, &row, err);
    if (rc < 0)
        return -1;
    if (rc == 0)
        return tr_err_set(err, TR_E_FILE_EMPTY, NULL, NULL, NULL);
    return row.bad ? bad_header(&row.fault, err) : keep_header(r, &row, err);
}

struct tr_reader *tr_reader_open(const char *path, const struct tr_reader_options *options,
                                 struct tr_err *err)
{
    struct tr_reader *r = calloc(1, sizeof *r);

    if (!r) {
        tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
        return NULL;
    }
    r->options = *options;
    r->line = 1;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->moved, NULL);
    r->source = tr_source_open(path, options->encoding, err);
    if (!r->source || read_header(r, err) < 0) {
        err->source = path;
        tr_reader_close(r);
        return NULL;
    }
    return r;
}

void tr_reader_close(struct tr_reader *r)
{
    if (!r)
        return;
    if (r->threaded) {
        pthread_mutex_lock(&r->lock);
        r->stop = true;
        pthread_cond_signal(&r->moved);
        pthread_mutex_unlock(&r->lock);
        pthread_join(r->thread, NULL);
    }
    for (int i = 0; i < BATCHES; i++)
        batch_clear(&r->batch[i]);
    tr_source_close(r->source);
    tr_judge_free(r->judge);
    tr_buf_clear(&r->tail);
    tr_buf_clear(&r->header_text);
    tr_buf_clear(&r->scratch);
    tr_buf_clear(&r->ahead_scratch);
    tr_buf_clear(&r->key_text);
    free(r->header);
    free(r->keys);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->moved);
    free(r);
}

void tr_reader_prepare(struct tr_reader *r, const struct tr_prepare *prepare)
{
    r->prepare = prepare;
}

const char *tr_reader_name(const struct tr_reader *r)
{
    return tr_source_name(r->source);
}

const struct tr_dialect *tr_reader_dialect(const struct tr_reader *r)
{
    return &r->dialect;
}

const struct tr_str *tr_reader_header(const struct tr_reader *r, uint32_t *n)
{
    *n = r->n_header;
    return r->header;
}

/* ---- giving out rows ---- */

int tr_reader_next(struct tr_reader *r, struct tr_row *row, struct tr_err *err)
{
    struct batch *b = r->current;
    size_t i;

    while (b && (b->rc < 0 || b->next == b->n_rows)) {
        if (b->rc < 0) {
            *err = b->err;
            return -1;
        }
        b = next_batch(r);
        if (b) {
            r->current = b;
            r->dialect.encoding = b->encoding;
        }
    }
    if (r->scratch.failed)
        return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    if (!b)
        return 0;
    i = b->next++;
    make_row(r, b, i, &r->scratch, row);
    if (b->state == PREPARED && b->slots.len > 0)
        row->slot = b->slots.p + i * r->prepare->size;
    return 1;
}

/* A quoted cell without its quotes, doubled ones made single. */
static struct tr_str unquote(struct tr_buf *scratch, size_t row_len, struct tr_str cell)
{
    size_t from = scratch->len;
    const char *quote;

    cell.p++;
    cell.len -= 2;
    if (cell.len == 0 || !memchr(cell.p, '"', cell.len))
        return cell;
    /* Room for the whole row at once: earlier cells of the row must not move. */
    if (from == 0 && tr_buf_room(scratch, 2 * row_len + 2 * TR_CELL_SLACK) < 0)
        return (struct tr_str){"", 0};
    while (cell.len > 0 && (quote = memchr(cell.p, '"', cell.len))) {
        size_t n = (size_t)(quote - cell.p) + 1;

        tr_buf_add(scratch, cell.p, n);
        cell.p += n + 1;
        cell.len -= n + 1;
    }
    tr_buf_str(scratch, cell);
    return (struct tr_str){scratch->p + from, scratch->len - from};
}

struct tr_str tr_row_strip(const struct tr_row *row, uint32_t from, uint32_t to, bool last)
{
    const char *p = row->base + from, *end = row->base + to;

    if (last && p < end && end[-1] == '\r')
        end--;
    if (p < end && *p == '"')
        return unquote(row->scratch, row->raw.len, (struct tr_str){p, (size_t)(end - p)});
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (p < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return (struct tr_str){p, (size_t)(end - p)};
}

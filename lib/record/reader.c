#include <stdlib.h>

#include "base/text.h"
#include "record/jsonl.h"
#include "record/reader_own.h"

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

static struct tr_str first_line(const struct tr_batch *b, uint32_t at)
{
    const char *p = b->text + at, *feed = memchr(p, '\n', b->len - at);

    return (struct tr_str){p, feed ? (size_t)(feed - p) : b->len - at};
}

/* Recognises the dialect from the first batch's text; returns where the header begins. */
static uint32_t recognise(struct tr_reader *r, const struct tr_batch *b)
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
        return tr_err_memory(err);
    r->n_header = row->n;
    return 0;
}

/* A header that cannot be read makes the whole file unusable. */
static int bad_header(const struct tr_err *why, struct tr_err *err)
{
    tr_err_set(err, TR_E_HEADER_BAD, why->code == TR_E_JSON ? why->arg[0] : tr_code_text(why->code),
               NULL, NULL);
    err->line = why->line;
    err->col = why->col;
    return -1;
}

static int read_json_header(struct tr_reader *r, struct tr_batch *b, uint32_t at,
                            struct tr_err *err)
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
    struct tr_batch *b = &r->batch[0];
    struct tr_row row;
    uint32_t at;
    int rc;

    r->current = b;
    do { /* until the first line is in hand */
        if (tr_batch_room(b, b->cap ? 2 * b->cap : TR_BATCH_SIZE) < 0 || tr_batch_fill(r, b) < 0) {
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
        return tr_err_memory(err);
    if (tr_batch_split(r, b, at) < 0) {
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
        tr_err_memory(err);
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
    tr_ahead_stop(r);
    for (int i = 0; i < TR_BATCHES; i++)
        tr_batch_clear(&r->batch[i]);
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

int tr_reader_next(struct tr_reader *r, struct tr_row *row, struct tr_err *err)
{
    struct tr_batch *b = r->current;
    size_t i;

    while (b && (b->rc < 0 || b->next == b->n_rows)) {
        if (b->rc < 0) {
            *err = b->err;
            return -1;
        }
        b = tr_ahead_next(r);
        if (b) {
            r->current = b;
            r->dialect.encoding = b->encoding;
        }
    }
    if (r->scratch.failed)
        return tr_err_memory(err);
    if (!b)
        return 0;
    i = b->next++;
    tr_batch_row(r, b, i, &r->scratch, row);
    if (b->state == TR_BATCH_PREPARED && b->slots.len > 0) {
        row->slot = b->slots.p + i * r->prepare->size;
        row->slots_behind = b->n_rows - i - 1;
    }
    return 1;
}

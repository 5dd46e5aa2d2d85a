#include <stdlib.h>

#include "record/reader_own.h"

struct tr_reader *tr_reader_open(const char *path, const struct tr_reader_options *options,
                                 struct tr_err *err)
{
    const char *name = options->name ? options->name : path;
    struct tr_reader *r = calloc(1, sizeof *r);

    if (!r) {
        tr_err_memory(err);
        return NULL;
    }
    r->options = *options;
    r->line = 1;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->moved, NULL);
    r->source = tr_source_open(path, name, options->encoding, &options->sheet, options->names, err);
    if (r->source && tr_source_sheet(r->source)) { /* rows are told by one who reads and splits */
        r->options.delimiter = ',';
        r->options.no_thread = true;
    }
    if (!r->source || tr_header_read(r, err) < 0) {
        err->source = name;
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
    tr_batch_clear(&r->first);
    for (unsigned i = 0; i < r->n_later; i++)
        tr_batch_clear(&r->later[i]);
    free(r->later);
    tr_source_close(r->source);
    tr_judge_free(r->judge);
    tr_buf_clear(&r->tail);
    tr_buf_clear(&r->header_text);
    tr_buf_clear(&r->scratch);
    for (int i = 0; i < TR_THREADS_MAX; i++)
        tr_buf_clear(&r->prepare_scratch[i]);
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

void tr_reader_stop(struct tr_reader *r)
{
    tr_ahead_stop(r);
}

const char *tr_reader_name(const struct tr_reader *r)
{
    return tr_source_name(r->source);
}

const struct tr_sheet_facts *tr_reader_sheet(const struct tr_reader *r)
{
    const struct tr_sheet *sheet = tr_source_sheet(r->source);

    return sheet ? tr_sheet_facts(sheet) : NULL;
}

const struct tr_dialect *tr_reader_dialect(const struct tr_reader *r)
{
    return &r->dialect;
}

uint64_t tr_reader_header_line(const struct tr_reader *reader)
{
    return reader->header_line;
}

const struct tr_str *tr_reader_header(const struct tr_reader *r, uint32_t *n)
{
    *n = r->n_header;
    return r->header;
}

size_t tr_reader_in_hand(const struct tr_reader *r)
{
    return r->first.len;
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
        r->fresh = false;
        b = tr_ahead_next(r);
        if (b) {
            r->current = b;
            tr_header_told(r, b);
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
    r->dialect.row_ends += row->ends;
    r->dialect.row_cuts += row->cut && !row->ends && !row->bad;
    return 1;
}

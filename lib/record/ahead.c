#include "record/reader_own.h"

/* Cells that are written anew must not move: there is room for those of all rows. */
static int room_for_rows(struct tr_buf *scratch, const struct tr_row row[], size_t n)
{
    size_t room = 0;

    for (size_t i = 0; i < n; i++)
        room += 3 * row[i].raw.len + 2 * TR_CELL_SLACK;
    scratch->len = 0;
    return tr_buf_room(scratch, room);
}

static void prepare_batch(struct tr_reader *r, struct tr_batch *b, int worker)
{
    struct tr_buf *scratch = &r->prepare_scratch[worker];
    size_t size = r->prepare->size, n;
    struct tr_row row[TR_PREPARE_ROWS];

    b->slots.len = 0;
    if (tr_buf_room(&b->slots, b->n_rows * size) < 0)
        return;
    for (size_t at = 0; at < b->n_rows; at += n) {
        for (n = 0; n < TR_PREPARE_ROWS && at + n < b->n_rows; n++)
            tr_batch_row(r, b, at + n, scratch, &row[n]);
        if (room_for_rows(scratch, row, n) < 0)
            return;
        r->prepare->rows(r->prepare->cookie, worker, row, n, b->slots.p + at * size);
    }
    b->slots.len = b->n_rows * size;
}

/* The batch that waits longest from now to be taken and is not prepared; NULL when there is none.
 * The one that is next, or in the caller's hands already, is left alone. */
static struct tr_batch *unprepared(struct tr_reader *r)
{
    for (unsigned i = r->made; r->prepare && i-- > r->taken + 1;)
        if (r->batch[i % TR_SIZE_BATCHES].state == TR_BATCH_SPLIT)
            return &r->batch[i % TR_SIZE_BATCHES];
    return NULL;
}

static void *read_ahead(void *cookie)
{
    struct tr_reader *r = cookie;
    bool more = true;

    pthread_mutex_lock(&r->lock);
    while (!r->stop) {
        struct tr_batch *b = NULL;
        bool make = more && r->made - r->taken < TR_SIZE_BATCHES;

        if (make)
            b = &r->batch[r->made % TR_SIZE_BATCHES];
        else if ((b = unprepared(r)))
            b->state = TR_BATCH_PREPARING;
        else if (!more && r->made - r->taken <= 1)
            break;
        if (!b) {
            pthread_cond_wait(&r->moved, &r->lock);
            continue;
        }
        pthread_mutex_unlock(&r->lock);
        if (make)
            b->rc = tr_batch_make(r, b);
        else
            prepare_batch(r, b, 1);
        pthread_mutex_lock(&r->lock);
        if (make) {
            more = b->rc == 0 && !b->last;
            r->made++;
        } else {
            b->state = TR_BATCH_PREPARED;
        }
        pthread_cond_signal(&r->moved);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

struct tr_batch *tr_ahead_next(struct tr_reader *r)
{
    struct tr_batch *was = r->current, *b;

    if (was && (was->last || was->rc < 0))
        return NULL;
    if (!r->threaded && !r->options.no_thread && !r->at_end) {
        r->taken = r->made = 1; /* the first batch was made without the thread, and is used up */
        r->threaded = pthread_create(&r->thread, NULL, read_ahead, r) == 0;
        r->options.no_thread = !r->threaded;
        was = r->threaded ? NULL : was;
    }
    if (!r->threaded) {
        r->batch[0].rc = tr_batch_make(r, &r->batch[0]);
        return &r->batch[0];
    }
    pthread_mutex_lock(&r->lock);
    if (was) {
        r->taken++;
        pthread_cond_signal(&r->moved);
    }
    b = &r->batch[r->taken % TR_SIZE_BATCHES];
    while (r->made == r->taken || b->state == TR_BATCH_PREPARING)
        pthread_cond_wait(&r->moved, &r->lock);
    pthread_mutex_unlock(&r->lock);
    if (b->state == TR_BATCH_SPLIT && r->prepare && r->prepare->shared && b->rc == 0) {
        prepare_batch(r, b, 0); /* it is the caller's by now */
        b->state = TR_BATCH_PREPARED;
    }
    return b;
}

void tr_ahead_stop(struct tr_reader *r)
{
    if (r->threaded) {
        pthread_mutex_lock(&r->lock);
        r->stop = true;
        pthread_cond_signal(&r->moved);
        pthread_mutex_unlock(&r->lock);
        pthread_join(r->thread, NULL);
    }
}

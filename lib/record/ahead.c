#include <stdlib.h>

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

/* Batches that are in memory: enough for each thread to have one, and one to go on with. */
static unsigned batches(int threads)
{
    return TR_SIZE_BATCHES + 2 * (unsigned)(threads > 1 ? threads - 1 : 0);
}

static struct tr_batch *batch_at(struct tr_reader *r, unsigned i)
{
    unsigned k = i % batches(r->n_threads);

    return k == 0 ? &r->first : &r->later[k - 1];
}

/* The batch that waits longest from now to be taken and is not prepared; NULL when there is none.
 * The one that is next, or in the caller's hands already, is left alone. */
static struct tr_batch *unprepared(struct tr_reader *r)
{
    for (unsigned i = r->made; r->prepare && i-- > r->taken + 1;)
        if (batch_at(r, i)->state == TR_BATCH_SPLIT)
            return batch_at(r, i);
    return NULL;
}

/* Who prepares rows: every thread, or the first alone when the work cannot be shared. */
static bool prepares(const struct tr_reader *r, int worker)
{
    return r->prepare && (r->prepare->shared || worker == 1);
}

/* A batch to work on next: one to be made, which one thread at a time does, or to be prepared. NULL: there
 * is none now. The caller reads no pipe: what it waits for may be there long before more comes. */
static struct tr_batch *find_work(struct tr_reader *r, int worker, bool *make)
{
    struct tr_batch *b = NULL;

    *make = r->more && !r->making && r->made - r->taken < batches(r->n_threads) &&
            (worker > 0 || tr_source_is_file(r->source));
    if (*make) {
        r->making = true;
        return batch_at(r, r->made);
    }
    if (prepares(r, worker) && (b = unprepared(r)))
        b->state = TR_BATCH_PREPARING;
    return b;
}

/* Does what there is to do now; false: nothing. The lock is held before and after, not meanwhile. */
static bool do_work(struct tr_reader *r, int worker)
{
    bool make;
    struct tr_batch *b = find_work(r, worker, &make);

    if (!b)
        return false;
    pthread_mutex_unlock(&r->lock);
    if (make)
        b->rc = tr_batch_make(r, b);
    else
        prepare_batch(r, b, worker);
    pthread_mutex_lock(&r->lock);
    if (make) {
        r->making = false;
        r->more = b->rc == 0 && !b->last;
        r->made++;
    } else {
        b->state = TR_BATCH_PREPARED;
    }
    pthread_cond_broadcast(&r->moved);
    return true;
}

static void *read_ahead(void *cookie)
{
    struct tr_worker *worker = cookie;
    struct tr_reader *r = worker->reader;

    pthread_mutex_lock(&r->lock);
    while (!r->stop && (r->more || r->made - r->taken > 1))
        if (!do_work(r, worker->number))
            pthread_cond_wait(&r->moved, &r->lock);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Starts as many threads as were asked for, or as can be had. */
static void start_threads(struct tr_reader *r)
{
    int n = r->options.threads ? (int)r->options.threads - 1 : 1;

    n = n < TR_THREADS_MAX - 1 ? n : TR_THREADS_MAX - 1;
    if (n > 0 && !(r->later = calloc(batches(n) - 1, sizeof *r->later)))
        n = 0; /* the caller reads by itself */
    r->n_later = r->later ? batches(n) - 1 : 0;
    r->taken = r->made = 1; /* the first batch was made without them, and is used up */
    r->more = true;
    pthread_mutex_lock(&r->lock); /* how many there are is known before they look */
    for (; r->n_threads < n; r->n_threads++) {
        struct tr_worker *worker = &r->worker[r->n_threads];

        *worker = (struct tr_worker){.reader = r, .number = r->n_threads + 1};
        if (pthread_create(&worker->thread, NULL, read_ahead, worker) != 0)
            break;
    }
    pthread_mutex_unlock(&r->lock);
    r->options.no_thread = r->n_threads == 0;
}

/* Prepares a batch that nobody came to: it is the caller's by now. */
static struct tr_batch *prepare_now(struct tr_reader *r, struct tr_batch *b)
{
    if (b->state == TR_BATCH_SPLIT && b->rc == 0 && prepares(r, 0)) {
        prepare_batch(r, b, 0);
        b->state = TR_BATCH_PREPARED;
    }
    return b;
}

struct tr_batch *tr_ahead_next(struct tr_reader *r)
{
    struct tr_batch *was = r->current, *b;

    if (was && (was->last || was->rc < 0))
        return NULL;
    if (r->n_threads == 0 && !r->options.no_thread && !r->at_end) {
        start_threads(r);
        was = r->n_threads ? NULL : was;
    }
    if (r->n_threads == 0) {
        r->first.rc = tr_batch_make(r, &r->first);
        return prepare_now(r, &r->first);
    }
    pthread_mutex_lock(&r->lock);
    if (was) {
        r->taken++;
        pthread_cond_broadcast(&r->moved);
    }
    b = batch_at(r, r->taken);
    while (r->made == r->taken || b->state == TR_BATCH_PREPARING)
        if (!do_work(r, 0))
            pthread_cond_wait(&r->moved, &r->lock);
    pthread_mutex_unlock(&r->lock);
    return prepare_now(r, b);
}

void tr_ahead_stop(struct tr_reader *r)
{
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_broadcast(&r->moved);
    pthread_mutex_unlock(&r->lock);
    for (int i = 0; i < r->n_threads; i++)
        pthread_join(r->worker[i].thread, NULL);
    r->n_threads = 0;
}

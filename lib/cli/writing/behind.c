#include "cli/writing/behind.h"

#include "base/sizes.h"
#include "cli/app/memory.h"

static void write_records(struct tr_behind *b, const struct tr_buf *records)
{
    tr_kind_put(&b->writer, records->p, (uint32_t)(records->len / b->writer.kind->size));
}

static void *write_given(void *cookie)
{
    struct tr_behind *b = cookie;

    pthread_mutex_lock(&b->lock);
    while (!b->stop || b->given.len > 0) {
        if (b->given.len == 0) {
            pthread_cond_wait(&b->moved, &b->lock);
            continue;
        }
        pthread_mutex_unlock(&b->lock); /* what is given is the thread's until it is empty */
        write_records(b, &b->given);
        pthread_mutex_lock(&b->lock);
        b->given.len = 0;
        pthread_cond_broadcast(&b->moved);
    }
    pthread_mutex_unlock(&b->lock);
    tr_memory_wipe_stack();
    return NULL;
}

void tr_behind_start(struct tr_behind *b, const struct tr_kind *kind,
                     const struct tr_profile *profile, enum tr_format format, struct tr_out *out)
{
    *b = (struct tr_behind){0};
    tr_kind_start(&b->writer, kind, profile, format, out);
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->moved, NULL);
}

/* Hands over what waits, once the thread has written what it had. */
static void hand_over(struct tr_behind *b)
{
    struct tr_buf next = b->next;

    pthread_mutex_lock(&b->lock);
    while (b->given.len > 0)
        pthread_cond_wait(&b->moved, &b->lock);
    b->next = b->given;
    b->given = next;
    pthread_cond_broadcast(&b->moved);
    pthread_mutex_unlock(&b->lock);
}

void tr_behind_put(struct tr_behind *b, const void *records, uint32_t n)
{
    const size_t size = b->writer.kind->size;

    tr_buf_add(&b->next, records, n * size);
    if (b->next.len < TR_SIZE_BEHIND * size)
        return;
    if (!b->threaded)
        b->threaded = pthread_create(&b->thread, NULL, write_given, b) == 0;
    if (b->threaded) {
        hand_over(b);
    } else {
        write_records(b, &b->next);
        b->next.len = 0;
    }
}

void tr_behind_end(struct tr_behind *b)
{
    struct tr_out *out = b->writer.writer.out;

    if (b->threaded) {
        pthread_mutex_lock(&b->lock);
        b->stop = true;
        pthread_cond_broadcast(&b->moved);
        pthread_mutex_unlock(&b->lock);
        pthread_join(b->thread, NULL);
    }
    write_records(b, &b->next);
    tr_kind_end(&b->writer);
    out->buf.failed |= b->next.failed | b->given.failed;
    pthread_cond_destroy(&b->moved);
    pthread_mutex_destroy(&b->lock);
    tr_buf_clear(&b->next);
    tr_buf_clear(&b->given);
}

/* Records that a second thread writes while the next are made: as tr_kind_put, in about half the
 * time where making takes as long as writing. The bytes and their order are the same; few records
 * are written without that thread, and so are all where none can be had. */
#ifndef TR_CLI_BEHIND_H
#define TR_CLI_BEHIND_H

#include "base/thread.h"
#include "domain/profile/kind.h"

struct tr_behind {
    struct tr_kind_writer writer; /* the thread's, while it has records */
    struct tr_buf next;           /* records that wait until there are enough */
    struct tr_buf given;          /* those that the thread has; empty: it has none */
    pthread_mutex_t lock;
    pthread_cond_t moved;
    pthread_t thread;
    bool threaded, stop;
};

/* Nobody else may touch out until the end. */
void tr_behind_start(struct tr_behind *b, const struct tr_kind *kind,
                     const struct tr_profile *profile, enum tr_format format, struct tr_out *out);

/* The records are copied; their texts must stay until the end. */
void tr_behind_put(struct tr_behind *b, const void *records, uint32_t n);

/* Writes what is left. Memory that ran out marks the buffer of out. */
void tr_behind_end(struct tr_behind *b);

#endif

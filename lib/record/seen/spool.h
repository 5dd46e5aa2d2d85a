/* Bytes that are only added to, and read again by place: in memory while they are few, beyond that
 * in a nameless temporary file. Memory stays bounded; what was added stays where it is. */
#ifndef TR_RECORD_SPOOL_H
#define TR_RECORD_SPOOL_H

#include "base/buf.h"
#include "base/err.h"

enum { TR_SPOOL_PIECE = 128 }; /* bytes that are added at once */

/* Where temporary files come from. A process that lets itself open no more files opens some before; one that
 * reads little needs none: what of it finds no room is put into files that are in memory alone. */
enum { TR_SCRATCH_MAX = 6 };
struct tr_scratch {
    const char *folder;
    bool in_memory;
    int fd[TR_SCRATCH_MAX], n; /* nameless files in it that are open, and nobody's yet */
};

struct tr_spool {
    struct tr_scratch *scratch; /* borrowed */
    int fd;             /* plus one; 0: there is none yet */
    struct tr_buf held; /* what is not in the file */
    uint64_t written;   /* bytes in the file */
};

/* A temporary file that has no name and is empty, to be given back. -1 with err. */
int tr_scratch_file(struct tr_scratch *scratch, struct tr_err *err);
void tr_scratch_take_back(struct tr_scratch *scratch, int fd);

/* Opens all that it can hold, as far as that goes. */
void tr_scratch_fill(struct tr_scratch *scratch);

/* Makes room, and moves to the file what is held when it is much. Out of line, for tr_spool_room.
 */
int tr_spool_make_room(struct tr_spool *s, struct tr_err *err);

/* Where the next at most TR_SPOOL_PIECE bytes go; the caller writes them and adds their number to
 * held.len. A spool starts all zeros but for its scratch. NULL with err: memory or the file. */
static inline char *tr_spool_room(struct tr_spool *s, struct tr_err *err)
{
    if (s->held.len + TR_SPOOL_PIECE > s->held.cap && tr_spool_make_room(s, err) < 0)
        return NULL;
    return s->held.p + s->held.len;
}

/* -1 with err. */
static inline int tr_spool_number(struct tr_spool *s, uint64_t number, struct tr_err *err)
{
    char *to = tr_spool_room(s, err);

    if (!to)
        return -1;
    memcpy(to, &number, sizeof number);
    s->held.len += sizeof number;
    return 0;
}

/* Reads up to n bytes from place at on; *got says how many there were. */
int tr_spool_read(const struct tr_spool *s, uint64_t at, void *p, size_t n, size_t *got,
                  struct tr_err *err);
void tr_spool_clear(struct tr_spool *s);

static inline uint64_t tr_spool_size(const struct tr_spool *s)
{
    return s->written + s->held.len;
}

#endif

/* Buffered output to a file descriptor. Errors stick: write freely, then check tr_out_close. */
#ifndef TR_BASE_OUT_H
#define TR_BASE_OUT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/sizes.h"

struct tr_out {
    int fd;           /* -1: keep everything in buf */
    int error;        /* errno of the first failure, 0 while all is well */
    const char *name; /* for errors; borrowed */
    struct tr_buf buf;
};

/* fd is not owned. A pipe is widened to 1 MiB when the system allows. */
void tr_out_init(struct tr_out *out, int fd, const char *name);
void tr_out_spill(struct tr_out *out); /* writes what is buffered */

/* Writes the rest and frees the buffer; -1 with err when anything failed since tr_out_init. */
int tr_out_close(struct tr_out *out, struct tr_err *err);

static inline void tr_out_add(struct tr_out *out, const void *p, size_t n)
{
    tr_buf_add(&out->buf, p, n);
    if (out->buf.len >= TR_SIZE_OUT && out->fd >= 0)
        tr_out_spill(out);
}

static inline void tr_out_str(struct tr_out *out, struct tr_str s)
{
    tr_out_add(out, s.p, s.len);
}

static inline void tr_out_text(struct tr_out *out, const char *z)
{
    tr_out_add(out, z, strlen(z));
}

static inline void tr_out_char(struct tr_out *out, char c)
{
    tr_out_add(out, &c, 1);
}

#endif

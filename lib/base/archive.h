/* Zip archives: documents and workbooks are such. The only user of libzip. */
#ifndef TR_BASE_ARCHIVE_H
#define TR_BASE_ARCHIVE_H

#include <sys/types.h>
#include "base/out.h"

struct tr_archive_part {
    const char *name;
    bool stored; /* as it is; else compressed */
    struct tr_buf text;
    /* What is too long to be kept: replaces text by what comes behind it, when all of it is written.
     * False: there is no more. NULL: text is all. */
    bool (*more)(void *cookie, struct tr_buf *text);
    void *cookie;
};

/* Writes the parts in their order, all of this day. When memory runs out out->buf.failed is set. -1
 * with err: the library failed otherwise. */
int tr_archive_write(struct tr_archive_part *part, int n, struct tr_str day,
                     struct tr_out *out, struct tr_err *err);

/* Most bytes of an archive that comes through a pipe, and so is held in memory; most bytes that may
 * come out of one, so that a small file cannot keep a program busy for ever. */
#define TR_ARCHIVE_HELD (UINT64_C(256) << 20)
#define TR_ARCHIVE_UNPACKED (UINT64_C(8) << 30)

struct tr_archive; /* opaque */

/* The archive in fd, of which start was read already; fd stays the caller's, open as long as the
 * archive. NULL with err. */
struct tr_archive *tr_archive_open(int fd, struct tr_str start, struct tr_err *err);
void tr_archive_close(struct tr_archive *a);

/* Goes to the start of a part: 1, or 0: there is none of this name. -1 with err. */
int tr_archive_part(struct tr_archive *a, const char *name, struct tr_err *err);

/* The next bytes of the part, 0 at its end; -1 with err. */
ssize_t tr_archive_read(struct tr_archive *a, char *p, size_t size, struct tr_err *err);

#endif

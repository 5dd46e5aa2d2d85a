#define _GNU_SOURCE
#include "record/seen/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/sizes.h"

static int open_nameless(const char *folder)
{
    char name[4096];
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), n;

    if (fd < 0) { /* not every file system has nameless files */
        n = snprintf(name, sizeof name, "%s/transition-XXXXXX", folder);
        if (n < 0 || (size_t)n >= sizeof name)
            errno = ENAMETOOLONG;
        else if ((fd = mkostemp(name, O_CLOEXEC)) >= 0)
            unlink(name);
    }
    return fd;
}

int tr_scratch_file(struct tr_scratch *s, struct tr_err *err)
{
    int fd = s->n > 0 ? s->fd[--s->n] : s->in_memory ? memfd_create("transition", MFD_CLOEXEC) : -1;

    if (fd < 0)
        fd = open_nameless(s->folder);

    return fd < 0 ? tr_err_sys(err, TR_E_CREATE, s->folder) : fd;
}

void tr_scratch_take_back(struct tr_scratch *s, int fd)
{
    if (s->n < TR_SCRATCH_MAX && ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0)
        s->fd[s->n++] = fd;
    else
        close(fd);
}

void tr_scratch_fill(struct tr_scratch *s)
{
    while (s->n < TR_SCRATCH_MAX && (s->fd[s->n] = open_nameless(s->folder)) >= 0)
        s->n++;
}

int tr_spool_make_room(struct tr_spool *s, struct tr_err *err)
{
    const char *p = s->held.p;
    size_t n = s->held.len;

    if (!s->held.cap && tr_buf_room(&s->held, TR_SIZE_SPOOL) < 0)
        return tr_err_memory(err);
    if (n == 0)
        return 0;
    if (!s->fd) {
        int fd = tr_scratch_file(s->scratch, err);

        if (fd < 0)
            return -1;
        s->fd = fd + 1;
    }
    while (n > 0) {
        ssize_t done = pwrite(s->fd - 1, p, n, (off_t)(s->written + (uint64_t)(p - s->held.p)));

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return tr_err_sys(err, TR_E_WRITE, s->scratch->folder);
        p += done;
        n -= (size_t)done;
    }
    s->written += s->held.len;
    s->held.len = 0;
    return 0;
}

int tr_spool_read(const struct tr_spool *s, uint64_t at, void *p, size_t n, size_t *got,
                  struct tr_err *err)
{
    char *to = p;

    *got = 0;
    while (*got < n && at < s->written) {
        size_t want = n - *got < s->written - at ? n - *got : (size_t)(s->written - at);
        ssize_t done = pread(s->fd - 1, to + *got, want, (off_t)at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return tr_err_sys(err, TR_E_READ, s->scratch->folder);
        *got += (size_t)done;
        at += (uint64_t)done;
    }
    if (*got < n && at < tr_spool_size(s)) {
        size_t from = (size_t)(at - s->written), want = s->held.len - from;

        want = want < n - *got ? want : n - *got;
        memcpy(to + *got, s->held.p + from, want);
        *got += want;
    }
    return 0;
}

void tr_spool_clear(struct tr_spool *s)
{
    if (s->fd)
        tr_scratch_take_back(s->scratch, s->fd - 1);
    tr_buf_clear(&s->held);
    s->fd = 0;
    s->written = 0;
}

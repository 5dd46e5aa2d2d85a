#include "base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void tr_out_init(struct tr_out *out, int fd, const char *name)
{
    *out = (struct tr_out){.fd = fd, .name = name};
#ifdef F_SETPIPE_SZ
    if (fd >= 0)
        (void)fcntl(fd, F_SETPIPE_SZ, TR_SIZE_PIPE); /* fails on what is no pipe: nothing lost */
#endif
}

void tr_out_spill(struct tr_out *out)
{
    size_t done = 0;

    if (out->buf.failed) /* it has a hole: what is there must not pass for the output */
        return;
    while (done < out->buf.len && !out->error) {
        ssize_t n = write(out->fd, out->buf.p + done, out->buf.len - done);

        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            out->error = errno;
    }
    out->buf.len = 0;
}

int tr_out_close(struct tr_out *out, struct tr_err *err)
{
    bool failed = out->buf.failed;

    if (out->fd >= 0)
        tr_out_spill(out);
    tr_buf_clear(&out->buf);
    if (failed) {
        tr_err_memory(err);
        return -1;
    }
    if (!out->error)
        return 0;
    errno = out->error;
    return tr_err_sys(err, TR_E_WRITE, out->name);
}

/* What the fuzz targets share: a claim that must hold, and an input as a file in memory. */
#ifndef FUZZ_H
#define FUZZ_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CLAIM(that)                                                                                      \
    do {                                                                                                 \
        if (!(that)) {                                                                                   \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #that);                    \
            abort();                                                                                     \
        }                                                                                                \
    } while (0)

struct memory_file {
    int fd;
    char path[32];
};

static inline struct memory_file memory_file(const void *p, size_t n)
{
    struct memory_file f = {.fd = memfd_create("fuzz", MFD_CLOEXEC)};

    CLAIM(f.fd >= 0);
    for (size_t done = 0; done < n;) {
        ssize_t w = write(f.fd, (const char *)p + done, n - done);

        CLAIM(w > 0);
        done += (size_t)w;
    }
    snprintf(f.path, sizeof f.path, "/proc/self/fd/%d", f.fd);
    return f;
}

/* Everything of an error but the name of its source, which differs from file to file. */
static inline int same_error(const struct tr_err *a, const struct tr_err *b)
{
    return a->code == b->code && a->line == b->line && a->col == b->col && strcmp(a->field, b->field) == 0 &&
           strcmp(a->arg[0], b->arg[0]) == 0 && strcmp(a->arg[1], b->arg[1]) == 0 &&
           strcmp(a->arg[2], b->arg[2]) == 0;
}

#endif

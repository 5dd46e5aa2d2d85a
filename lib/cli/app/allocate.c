/* Stands before the system's allocator in each program, so that no allocation fails unseen, and
 * nothing secret is left in what is freed: see memory.h. Not part of the library. A sanitizer has an
 * allocator of its own, and ends the process itself. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "cli/app/memory.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define TR_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TR_SANITIZED
#endif

#ifndef TR_SANITIZED

/* What the name means behind this file. Found with the first call, which is before there are
 * threads. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void *noted(void *p, size_t size)
{
    if (!p && size > 0)
        tr_memory_failed();
    return p;
}

void *malloc(size_t size)
{
    static __typeof__(&malloc) next;

    if (!next)
        next = NEXT(malloc);
    return noted(next(size), 1);
}

void *calloc(size_t n, size_t size)
{
    static __typeof__(&calloc) next;

    if (!next)
        next = NEXT(calloc);
    return noted(next(n, size), 1);
}

void free(void *p)
{
    static __typeof__(&free) next;

    if (!next)
        next = NEXT(free);
    if (p && tr_memory_holds_secrets())
        explicit_bzero(p, malloc_usable_size(p));
    next(p);
}

/* The same as realloc, and nothing is left where it was. */
static void *move(void *p, size_t size)
{
    size_t had = malloc_usable_size(p);
    void *to;

    if (size <= had) {
        explicit_bzero((char *)p + size, had - size);
        return p;
    }
    to = malloc(size);
    if (to) {
        memcpy(to, p, had);
        free(p);
    }
    return to;
}

void *realloc(void *p, size_t size)
{
    static __typeof__(&realloc) next;

    if (p && size > 0 && tr_memory_holds_secrets())
        return move(p, size);
    if (!next)
        next = NEXT(realloc);
    return noted(next(p, size), size); /* to nothing is to free */
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
    static __typeof__(&posix_memalign) next;
    int rc;

    if (!next)
        next = NEXT(posix_memalign);
    rc = next(p, alignment, size);
    if (rc == ENOMEM)
        tr_memory_failed();
    return rc;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    static __typeof__(&aligned_alloc) next;

    if (!next)
        next = NEXT(aligned_alloc);
    return noted(next(alignment, size), size);
}

#endif

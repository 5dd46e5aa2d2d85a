/* Sorting what is few each time, or in order already for the most part. */
#ifndef TR_BASE_SORT_H
#define TR_BASE_SORT_H

#include <stdlib.h>
#include <string.h>

/* As qsort, for an order that tells any two apart. one: room for an element. Inlined, with the comparison. */
static inline __attribute__((always_inline)) void tr_sort_few(void *base, size_t n, size_t size,
                                                              int (*compare)(const void *, const void *), void *one)
{
    enum { FEW = 64 };
    char *first = base;

    if (n > FEW) {
        qsort(base, n, size, compare);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        size_t at = i;

        while (at > 0 && compare(first + (at - 1) * size, first + i * size) > 0)
            at--;
        if (at == i)
            continue;
        memcpy(one, first + i * size, size);
        memmove(first + (at + 1) * size, first + at * size, (i - at) * size);
        memcpy(first + at * size, one, size);
    }
}

#endif

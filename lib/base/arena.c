#include "base/arena.h"

#include <stdlib.h>

#include "base/sizes.h"

struct tr_arena_block {
    struct tr_arena_block *before;
    char bytes[];
};

struct tr_str tr_arena_copy(struct tr_arena *a, struct tr_str s)
{
    char *at;

    if (s.len == 0)
        return (struct tr_str){"", 0};
    if (s.len > a->size - a->used) {
        size_t size = s.len > TR_SIZE_ARENA ? s.len : TR_SIZE_ARENA;
        struct tr_arena_block *block = malloc(sizeof *block + size);

        if (!block) {
            a->failed = true;
            return (struct tr_str){"", 0};
        }
        block->before = a->block;
        a->block = block;
        a->used = 0;
        a->size = size;
    }
    at = a->block->bytes + a->used;
    memcpy(at, s.p, s.len);
    a->used += s.len;
    return (struct tr_str){at, s.len};
}

void tr_arena_clear(struct tr_arena *a)
{
    for (struct tr_arena_block *b = a->block, *before; b; b = before) {
        before = b->before;
        free(b);
    }
    *a = (struct tr_arena){0};
}

void tr_arena_join(struct tr_arena *a, struct tr_arena *other)
{
    struct tr_arena_block **last = &other->block;

    while (*last)
        last = &(*last)->before;
    *last = a->block;
    *a = (struct tr_arena){other->block, other->block == a->block ? a->used : other->used,
                           other->block == a->block ? a->size : other->size, a->failed};
    *other = (struct tr_arena){0};
}

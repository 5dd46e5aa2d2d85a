/* Text that is kept until all of it goes: many small copies, freed together. */
#ifndef TR_BASE_ARENA_H
#define TR_BASE_ARENA_H

#include "base/str.h"

struct tr_arena {
    struct tr_arena_block *block; /* the newest; NULL when nothing is kept */
    size_t used, size;            /* of the newest */
    bool failed;                  /* an allocation failed since the start */
};

/* A copy that lives as long as the arena; empty, and failed set, when memory is out. Slices that
 * were given stay where they are. */
struct tr_str tr_arena_copy(struct tr_arena *a, struct tr_str s);
void tr_arena_clear(struct tr_arena *a);

/* Takes over all that the other keeps, which is then empty. */
void tr_arena_join(struct tr_arena *a, struct tr_arena *other);

#endif

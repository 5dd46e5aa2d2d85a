/* Ids that differ only in capitals, leading zeros, spaces or hyphens, such as A-1 and a1, 007 and 7, 2026/12 and
 * 2026-12: two ids for the programs, and often one for people. */
#ifndef TR_RECORD_TWINS_H
#define TR_RECORD_TWINS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/seen/sieve.h"

enum { TR_TWINS_MAX = 1 << 17 }; /* ids compared; of more than that, the rest are not */

struct tr_twins {
    uint32_t *slot;   /* number of an id, plus one, and above it bits of its hash; 0: free */
    struct tr_sieve filter; /* over the hashes */
    size_t slots;     /* a power of two, or 0 */
    struct tr_buf ids, places;     /* texts, each behind its length; struct place of each */
    struct tr_twins_wait {
        uint32_t n;
        uint64_t loose[32];
    } wait; /* the last ids, which have no slots so far: these are fetched many at a time */
    size_t n;
};

void tr_twins_clear(struct tr_twins *t);

/* Notes an id. 1: it is the twin of another, *twin, good until the next call; 0: of none so far; -1:
 * memory. */
int tr_twins_add(struct tr_twins *t, struct tr_str id, struct tr_str *twin);

/* The same, and keeps a note beside a new id; *note becomes that of the twin. */
int tr_twins_note(struct tr_twins *t, struct tr_str id, struct tr_str *twin, uint64_t *note);

/* Whether two different ids are twins. */
bool tr_twins_are(struct tr_str a, struct tr_str b);

/* Fills err with the warning about it, without a place. */
void tr_twins_fault(struct tr_str id, struct tr_str twin, struct tr_err *err);

#endif

/* Which ids have come by, in bounded memory: 262,144 are kept; beyond that they go to a nameless
 * temporary file, with a filter before it. So any number of ids costs at most 12 MiB.
 *
 * An id is known by 64 bits of hash. Among ten million ids, the chance that any two are taken for
 * each other is 3 in a million; such a pair is refused with both lines named, never silently lost.
 */
#ifndef TR_RECORD_SEEN_H
#define TR_RECORD_SEEN_H

#include <stdint.h>
#include "base/err.h"
#include "record/seen/spool.h"

struct tr_seen; /* opaque */

struct tr_sighting {
    uint64_t content; /* a hash of all that the row says */
    uint32_t source;  /* number of the input */
    uint32_t line;
};

/* scratch: for the temporary file; borrowed. NULL when memory is out. */
struct tr_seen *tr_seen_new(struct tr_scratch *scratch);
void tr_seen_free(struct tr_seen *seen);

/* What an id is known by. */
uint64_t tr_seen_hash(struct tr_str id);

/* Tells that id will be asked for soon: what must come from far memory starts on its way. */
void tr_seen_expect(const struct tr_seen *seen, uint64_t id);

/* id: from tr_seen_hash. 0: id is new and is remembered with *sighting. 1: it was seen before;
 * *sighting becomes the earlier one. -1 with err: the temporary file failed. */
int tr_seen_add(struct tr_seen *seen, uint64_t id, struct tr_sighting *sighting,
                struct tr_err *err);

#endif

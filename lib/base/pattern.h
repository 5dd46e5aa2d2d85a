/* Regular expressions over Unicode text. The only user of PCRE2. */
#ifndef TR_BASE_PATTERN_H
#define TR_BASE_PATTERN_H

#include "base/buf.h"

struct tr_pattern; /* opaque */

/* Letters of any case; \w, \b and the like know all letters. NULL: memory, or *bad tells where the
 * pattern is wrong. */
struct tr_pattern *tr_pattern_new(struct tr_str pattern, struct tr_buf *bad);
void tr_pattern_free(struct tr_pattern *p);

/* Finds the next match in text[from..): 1, with *start and *end; 0 when there is none; -1 when it
 * cannot be told: the text is no UTF-8, or the search took too much. */
int tr_pattern_find(const struct tr_pattern *p, struct tr_str text, size_t from, size_t *start,
                    size_t *end);

#endif

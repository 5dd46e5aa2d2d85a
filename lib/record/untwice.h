/* UTF-8 that was taken for Windows-1252 and encoded again: what it was before. */
#ifndef TR_RECORD_UNTWICE_H
#define TR_RECORD_UNTWICE_H

#include <stdbool.h>
#include <stddef.h>

/* Takes text from in[0..*used) to out, which has room for n bytes, and returns the bytes written.
 * Each run of characters that are no ASCII is turned back when what comes out is UTF-8, and left as
 * it is otherwise. A run that in's end cuts off is left for the next call, unless ended. */
size_t tr_untwice(const char *in, size_t n, bool ended, char *out, size_t *used);

#endif

/* Strict UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF), checked at the speed of
 * memory where text is ASCII. */
#ifndef TR_BASE_UTF8_H
#define TR_BASE_UTF8_H

#include "base/str.h"

/* Length in bytes of the character at p (n > 0 bytes are there): 1 to 4; 0 when invalid; -1 when
 * the text ends inside a so far valid character. */
int tr_utf8_step(const char *p, size_t n);

/* Length of the longest valid start of p[0..n). *wide is set when it holds anything but ASCII;
 * *marks when it may hold combining marks (U+0300 to U+036F). Neither is ever reset. */
size_t tr_utf8_valid(const char *p, size_t n, bool *wide, bool *marks);

/* Number of characters; each invalid byte counts as one. */
size_t tr_utf8_count(struct tr_str s);

#endif

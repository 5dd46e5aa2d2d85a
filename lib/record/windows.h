/* Windows-1252, in which many programs still export: to UTF-8. */
#ifndef TR_RECORD_WINDOWS_H
#define TR_RECORD_WINDOWS_H

#include <stddef.h>

/* Turns as much of in as there is room for into UTF-8 at out; *n: bytes written. Returns the bytes
 * taken. One that the encoding does not know becomes 0xFF, which is never UTF-8. */
size_t tr_windows1252(const char *in, size_t len, char *out, size_t size, size_t *n);

#endif

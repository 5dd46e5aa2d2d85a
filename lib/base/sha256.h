/* SHA-256, as 64 hexadecimal digits. The only user of libsodium in base/. */
#ifndef TR_BASE_SHA256_H
#define TR_BASE_SHA256_H

#include "base/str.h"

enum { TR_SHA256_LEN = 64 };
void tr_sha256(struct tr_str s, char out[TR_SHA256_LEN]); /* not NUL-terminated */

/* Of the first n bytes, where first is not NULL, and of all, in one reading. */
void tr_sha256_both(struct tr_str s, size_t n, char first[TR_SHA256_LEN], char all[TR_SHA256_LEN]);

#endif

/* SHA-256, as 64 hexadecimal digits. The only user of libsodium in base/. */
#ifndef TR_BASE_SHA256_H
#define TR_BASE_SHA256_H

#include "base/str.h"

enum { TR_SHA256_LEN = 64 };
void tr_sha256(struct tr_str s, char out[TR_SHA256_LEN]); /* not NUL-terminated */

#endif

/* A UUID made from a name: version 5 of RFC 9562. The same name gives the same one, for ever and to
 * everybody. It hides nothing: it is SHA-1, and is used for nothing but names. */
#ifndef TR_BASE_UUID_H
#define TR_BASE_UUID_H

#include "base/str.h"

enum { TR_UUID_BYTES = 16, TR_UUID_LEN = 36 };

/* space: the UUID of the name's kind. out: lower case, not NUL-terminated. */
void tr_uuid_of_name(const unsigned char space[TR_UUID_BYTES], struct tr_str name,
                     char out[TR_UUID_LEN]);

#endif

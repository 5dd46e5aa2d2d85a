/* An input as UTF-8, whatever it was: opens a file or standard input, tells its encoding from its
 * first bytes and decodes it piece by piece. */
#ifndef TR_RECORD_SOURCE_H
#define TR_RECORD_SOURCE_H

#include <stdint.h>
#include "base/err.h"

enum tr_encoding {
    TR_ENCODING_AUTO,
    TR_ENCODING_UTF8,
    TR_ENCODING_UTF16LE,
    TR_ENCODING_UTF16BE,
    TR_ENCODING_WINDOWS1252,
    TR_N_ENCODINGS
};

/* The names that --encoding takes and --verbose prints; index TR_ENCODING_*, NULL at the end. */
extern const char *const tr_encoding_names[TR_N_ENCODINGS + 1];

struct tr_source; /* opaque */

/* Opens path ("-" is standard input) and looks at its start. name is borrowed. A directory, an
 * empty file, a workbook or other binary file is an error. encoding AUTO: a byte order mark
 * decides; else text that is strict UTF-8 is UTF-8, and any other is Windows-1252. */
struct tr_source *tr_source_open(const char *path, enum tr_encoding encoding, struct tr_err *err);
void tr_source_close(struct tr_source *source);

/* Reads up to size bytes of UTF-8 into p, size at least 8; *n is 0 only at the end. What the
 * encoding cannot explain comes out as bytes that are not UTF-8 (see tr_utf8_valid). */
int tr_source_read(struct tr_source *source, char *p, size_t size, size_t *n, struct tr_err *err);

/* As far as known; AUTO while all was ASCII. */
enum tr_encoding tr_source_encoding(const struct tr_source *source);
bool tr_source_bom(const struct tr_source *source);
const char *tr_source_name(const struct tr_source *source);

#endif

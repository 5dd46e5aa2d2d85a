/* An input as UTF-8, whatever it was: opens a file or standard input, tells its encoding from its
 * first bytes and decodes it piece by piece. A sheet of a workbook comes as CSV. */
#ifndef TR_RECORD_SOURCE_H
#define TR_RECORD_SOURCE_H

#include "base/arena.h"
#include "record/sheet.h"

enum tr_encoding {
    TR_ENCODING_AUTO,
    TR_ENCODING_UTF8,
    TR_ENCODING_UTF16LE,
    TR_ENCODING_UTF16BE,
    TR_ENCODING_UTF32LE,
    TR_ENCODING_UTF32BE,
    TR_ENCODING_WINDOWS1252,
    TR_ENCODING_NAMED, /* any other that iconv knows */
    TR_ENCODING_TWICE, /* UTF-8 that was taken for Windows-1252 and encoded again; never chosen */
    TR_N_ENCODINGS
};

/* An encoding as --encoding names it; ours, or what iconv takes, such as macintosh or cp865. name
 * is borrowed. -1: nobody knows it. */
struct tr_encoding_choice {
    enum tr_encoding encoding;
    const char *name; /* of TR_ENCODING_NAMED */
};
int tr_encoding_find(const char *name, struct tr_encoding_choice *out);

/* What is to be told of the encoding that was recognised. */
enum tr_doubt {
    TR_DOUBT_NONE,
    TR_DOUBT_MACINTOSH, /* as Windows-1252, it has no æøå but ¾¿Œ behind letters */
    TR_DOUBT_DOS,       /* the same with ‘›† */
    TR_DOUBT_READ,      /* the same, also between letters, where they are nothing else: it was read
                           in the other encoding */
    TR_DOUBT_TWICE,     /* UTF-8 that was encoded again: it was read as it was before */
    TR_DOUBT_PARTLY,    /* the same of some letters only, or letters read as Macintosh or DOS and encoded
                           again: it was read as it stands */
};

struct tr_source; /* opaque */

/* Opens path ("-" is standard input), which messages call name, and looks at its start. Both, and
 * the name of an encoding, are borrowed. A directory, an empty file, a binary file that is no
 * workbook is an error. sheet: which one of a workbook; names: where its name is kept, for as long
 * as messages may name it, or NULL: they name the file alone. encoding AUTO: a byte order mark
 * decides, or the zeros of UTF-16 and UTF-32; else text that is strict UTF-8 is UTF-8, turned back where it
 * was encoded twice, and any other is Windows-1252, or what its letters tell. */
struct tr_source *tr_source_open(const char *path, const char *name,
                                 struct tr_encoding_choice encoding,
                                 const struct tr_sheet_options *sheet, struct tr_arena *names,
                                 struct tr_err *err);
void tr_source_close(struct tr_source *source);

/* Reads up to size bytes of UTF-8 into p, size at least 8; *n is 0 only at the end. What the
 * encoding cannot explain comes out as bytes that are not UTF-8 (see tr_utf8_valid). */
int tr_source_read(struct tr_source *source, char *p, size_t size, size_t *n, struct tr_err *err);

/* Before the first is read: how many bytes of UTF-8 there are at most; 0: nobody knows. */
size_t tr_source_most(const struct tr_source *source);

/* As far as known; AUTO while all was ASCII. */
enum tr_encoding tr_source_encoding(const struct tr_source *source);
const char *tr_source_encoding_name(const struct tr_source *source);
enum tr_doubt tr_source_doubt(const struct tr_source *source);
bool tr_source_is_file(const struct tr_source *source); /* it can be opened again */
bool tr_source_bom(const struct tr_source *source);
const char *tr_source_name(const struct tr_source *source); /* file.xlsx[sheet], or the path */
const char *tr_source_path(const struct tr_source *source);
const struct tr_sheet *tr_source_sheet(const struct tr_source *source); /* NULL: it is none */

#endif

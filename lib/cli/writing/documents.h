/* Documents as programs put them out: one, or one a case into a folder. */
#ifndef TR_CLI_DOCUMENTS_H
#define TR_CLI_DOCUMENTS_H

#include "cli/writing/folder.h"
#include "doc/filled/filled.h"
#include "record/writer.h"

/* The formats of programs that write records, or a document of them: for an option's choices. From
 * TR_AS_DOCUMENT on they are names that tr_document_format_find knows. */
enum { TR_AS_CSV = TR_FORMAT_CSV, TR_AS_JSONL = TR_FORMAT_JSONL, TR_AS_DOCUMENT = TR_N_FORMATS };
extern const char *const tr_record_formats[];

/* Writes a document to path, or to standard output when it is NULL; what nobody can look at goes to
 * no terminal. public_file: as in output.h. -1 in this and the others: said, status raised. */
int tr_document_put(struct tr_app *app, const struct tr_document *d,
                    const struct tr_document_format *format, const char *path, bool public_file);

/* Ends the program on wrong usage, unless --form goes with the format. */
void tr_app_form_format(const struct tr_app *app, const char *format);

/* Opens what may be a document that somebody filled in, or a table, out of a pipe, too. held: the path under
 * which a table opens, if it is not path; the caller frees it, and closes the descriptor with
 * tr_file_close. */
int tr_filled_open(struct tr_app *app, const char *path, char **held);

/* Reads the document in fd, which is path; clear it in any case. 1: it is none, so that it may be a table. */
int tr_filled_take(struct tr_app *app, struct tr_filled *filled, int fd, const char *path);

#endif

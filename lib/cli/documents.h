/* Documents as programs put them out: one, or one a case into a folder. */
#ifndef TR_CLI_DOCUMENTS_H
#define TR_CLI_DOCUMENTS_H

#include "cli/output.h"
#include "doc/document/document_writer.h"
#include "record/writer.h"

/* The formats of programs that write records, or a document of them: for an option's choices. From
 * TR_AS_DOCUMENT on they are names that tr_document_format_find knows. */
enum { TR_AS_CSV = TR_FORMAT_CSV, TR_AS_JSONL = TR_FORMAT_JSONL, TR_AS_DOCUMENT = TR_N_FORMATS };
extern const char *const tr_record_formats[];

/* Writes a document to path, or to standard output when it is NULL; what nobody can look at goes to
 * no terminal. public_file: as in output.h. -1 in this and the others: said, status raised. */
int tr_document_put(struct tr_app *app, const struct tr_document *d,
                    const struct tr_document_format *format, const char *path, bool public_file);

/* Whether path means a folder: it is one, or its name ends with a slash. */
bool tr_is_folder(const char *path);

/* Makes the folder when it is not there. */
int tr_folder_open(struct tr_app *app, const char *path);

/* Writes a document into a folder, under the name of its reference. The name must be fit for a
 * file; source and line tell where it comes from. */
int tr_folder_put(struct tr_app *app, const char *folder, const struct tr_document *d,
                  const struct tr_document_format *format, const char *source, uint64_t line);

/* Waits until all that was written there is on the disk. */
int tr_folder_close(struct tr_app *app, const char *path);

#endif

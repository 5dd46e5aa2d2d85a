/* A folder that documents are written into, a file for each case.
 *
 * Making a document that is no text takes longer than all that comes before it, so a second thread makes some
 * of them. Nobody sees that: files get their names, and failures are told, in the order in which the
 * documents were put, and one document alone is made without that thread. */
#ifndef TR_CLI_FOLDER_H
#define TR_CLI_FOLDER_H

#include "cli/app/output.h"
#include "doc/document/document_writer.h"

struct tr_folder;

/* Whether path means a folder: it is one, or its name ends with a slash. */
bool tr_is_folder(const char *path);

/* Makes the folder when it is not there; path is borrowed. NULL, or -1 in the others: said, status raised. */
struct tr_folder *tr_folder_open(struct tr_app *app, const char *path);

/* Opens a file in the folder, name and ending, for what is to be written there; the name must be fit for
 * a file; source and line tell where it comes from. */
int tr_folder_file(struct tr_folder *f, struct tr_output *output, struct tr_str name,
                   const char *ending, const char *source, uint64_t line);

/* Writes a document into the folder, under the name of its reference, which must be fit for a file. Takes the
 * document over and clears it. -1 may tell of one that was put before. */
int tr_folder_put(struct tr_folder *f, struct tr_document *d,
                  const struct tr_document_format *format, const char *source, uint64_t line);

/* Writes what is still to be written, and waits until all of it is on the disk. NULL is 0. */
int tr_folder_close(struct tr_folder *f);

#endif

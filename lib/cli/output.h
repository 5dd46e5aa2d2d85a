/* Output files that appear whole or not at all. */
#ifndef TR_CLI_OUTPUT_H
#define TR_CLI_OUTPUT_H

#include "cli/app.h"

/* Output to path, or to standard output when path is NULL or "-". A file appears whole, under its
 * name, when tr_output_close succeeds; until then it is a temporary file beside it, which goes when
 * the process is told to end. A link is followed; a device or pipe is written as it is.
 * public_file: mode 0644 as the umask allows, else 0600, and then nothing is written to what somebody
 * else may have put there: a pipe, a link or a file of another user, a folder where everybody can
 * replace files (TR_E_OUTPUT_PLACE). Below /dev/ everything is as it was asked for. -1: said, status raised. */
struct tr_output {
    struct tr_out out;
    int fd;
    char *temporary, *target; /* NULL when path is no regular file */
    bool together;            /* one of many: the caller waits for the disk when all are written */
};
int tr_output_open(struct tr_app *app, struct tr_output *o, const char *path, bool public_file);

/* Adds sentences for people, of several lines, in which names from an input may stand: whatever a terminal would
 * obey, or that turns text round, is shown instead. The one way out for text that no format of
 * doc/ draws. */
void tr_output_sentences(struct tr_str text, struct tr_out *out);

/* keep false: throw the file away. */
int tr_output_close(struct tr_app *app, struct tr_output *o, bool keep);

#endif

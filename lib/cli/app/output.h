/* Output files that appear whole or not at all, and all of a program's outputs together.
 *
 * What is written goes to a temporary file beside the one that is to be, or stays in memory for
 * standard output, a device and a pipe, but for what does not fit there (TR_OUT_SIZE). With
 * tr_output_close it waits. tr_app_end lets all of it go when everything has come to its end: first
 * what standard output and the like get, then every file its name. A failure before leaves nothing
 * of any of them; one in between says what stands already. */
#ifndef TR_CLI_OUTPUT_H
#define TR_CLI_OUTPUT_H

#include "cli/app/app.h"

/* Output to path, or to standard output when path is NULL or "-". A link is followed; a device or
 * pipe is written as it is. The temporary file goes when the process is told to end.
 * public_file: mode 0644 as the umask allows, else 0600, and then nothing is written to what somebody
 * else may have put there: a pipe, a link or a file of another user, a folder where everybody can
 * replace files (TR_E_OUTPUT_PLACE). Below /dev/ everything is as it was asked for. -1: said, status raised. */
struct tr_output {
    struct tr_out out;
    struct tr_output_file *file; /* where it goes; NULL when it is not open */
    bool together; /* one of many in a folder: it gets its name when it is closed, without waiting
                      for the disk; the caller waits when all are written */
    bool at_once;  /* the same, waiting for the disk: the program itself needs it */
    bool secret;   /* what was in memory is wiped */
    enum tr_format drawn; /* of tr_output_table: what its CSV becomes when it is closed; else CSV */
};
int tr_output_open(struct tr_app *app, struct tr_output *o, const char *path, bool public_file);

/* The same for records that a writer of this format puts there: what is drawn waits in memory until it is
 * closed. A usage error when it is a workbook for a terminal. */
int tr_output_table(struct tr_app *app, struct tr_output *o, const char *path, bool public_file,
                    enum tr_format format);

/* Whether the name says that it is a workbook. */
bool tr_output_is_book(const char *path);

/* A usage error when this format, which nobody can look at, would go to a terminal. */
void tr_app_no_terminal(struct tr_app *app, const char *format, const char *path);

/* The same rule for a file that is made otherwise: 0 when nothing at path is somebody else's, and not
 * everybody can replace it. -1: said, status raised. The second tells of the folder alone. */
int tr_output_place(struct tr_app *app, const char *path);
bool tr_output_folder_is_safe(const char *path);

/* Adds sentences for people, of several lines, in which names from an input may stand: whatever a terminal would
 * obey, or that turns text round, is shown instead. The one way out for text that no format of
 * doc/ draws. */
void tr_output_sentences(struct tr_str text, struct tr_out *out);

/* Ends it. keep false: throw it away. Text in memory is o->out.buf until then. */
int tr_output_close(struct tr_app *app, struct tr_output *o, bool keep);

/* A new folder for outputs; -1 with errno. It goes again when nothing is written into it and the
 * program fails. One that is there is taken as it is when old_too. */
int tr_output_folder(const char *path, unsigned mode, bool old_too);

/* Nothing that was or will be closed goes: what it tells did not come to be. */
void tr_output_throw_away(void);

/* Lets all that was closed go, or throws it away when some output failed. For tr_app_end. */
void tr_output_settle(struct tr_app *app);

#endif

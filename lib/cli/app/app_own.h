/* What start.c asks of options.c and say.c; for cli/ only. */
#ifndef TR_CLI_APP_OWN_H
#define TR_CLI_APP_OWN_H

#include "cli/app/app.h"

/* Parses the command line; ends the process for --help and --version and on misuse. */
void tr_start_options(struct tr_app *app, int argc, char **argv);

/* Wipes the progress line. */
void tr_say_end_progress(struct tr_app *app);

#endif

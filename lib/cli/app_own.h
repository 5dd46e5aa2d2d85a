/* The parts of tr_app_start and tr_app_end; for cli/ only. */
#ifndef TR_CLI_APP_OWN_H
#define TR_CLI_APP_OWN_H

#include "cli/app.h"

/* Parses the command line; ends the process for --help and --version and on misuse. */
void tr_start_options(struct tr_app *app, int argc, char **argv);

/* Chooses the language of messages from the environment. */
void tr_start_language(void);

/* The folder of shipped data; NULL when there is none. The caller frees it. */
char *tr_start_share(void);

/* Loads the profile; ends the process when there is none. */
void tr_start_profile(struct tr_app *app);

/* Wipes the progress line. */
void tr_say_end_progress(struct tr_app *app);

#endif

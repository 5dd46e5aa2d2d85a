/* What is said at the end of the words that cells had for codes. */
#ifndef TR_CLI_SPELT_H
#define TR_CLI_SPELT_H

#include "cli/app/app.h"
#include "domain/referral/import.h"

/* Says with --verbose, once for each field, how many spellings were read with other words beside them, and
 * how many were not read; which, only with --show-values. */
void tr_app_say_spellings(struct tr_app *app, const struct tr_import *import);

#endif

/* Whether a table may go where everybody sees it: nothing but what it shows is asked. */
#ifndef TR_CLI_GUARD_H
#define TR_CLI_GUARD_H

#include "cli/app/app.h"

/* Says so, once, when small numbers of persons can be read or worked out of the table. must: then it
 * is not to be published, and the exit status is raised. -1: so it is, or it cannot be told. */
int tr_app_guard(struct tr_app *app, const struct tr_table *table, bool must);

#endif

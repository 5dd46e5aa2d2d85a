/* A move-out plan to begin with: empty, or with what the register knows of the case. */
#ifndef TR_CLI_DRAFT_H
#define TR_CLI_DRAFT_H

#include "cli/app.h"
#include "domain/routine/plan.h"

/* Writes the plan of the case to path, or to standard output when it is NULL. register_path may be
 * NULL. -1: said, status raised. */
int tr_draft_put(struct tr_app *app, const struct tr_plan_form *form, const char *case_id,
                 const char *register_path, const char *path);

#endif

/* A paper of the routine to fill in: empty, or with what a register and earlier papers say. */
#ifndef TR_CLI_REGISTER_REGISTER_TEMPLATE_H
#define TR_CLI_REGISTER_REGISTER_TEMPLATE_H

#include "cli/register/register.h"
#include "cli/work/plans.h"

struct tr_template {
    const struct tr_paper_forms *forms;
    enum tr_paper paper;
    const char *case_id;
    const char *day;           /* of what is no plan; NULL: none */
    const char *begin;         /* a file of earlier papers; NULL: none */
    const char *register_path; /* NULL: none */
    const char *reason;        /* for opening the papers that the register has; NULL: they stay shut */
    const char *key_path;
    const char *path; /* to write to */
};

/* Writes it. What is under seal in the register is opened with a reason, which is logged first; a
 * paper of the case that the register has there is begun from as if it were in the file. Faults are
 * said. */
int tr_template_write(struct tr_app *app, const struct tr_template *t);

#endif

/* Whether all is there for the programs to work with, told as a list for people. */
#ifndef TR_CLI_REGISTER_DOCTOR_H
#define TR_CLI_REGISTER_DOCTOR_H

#include "cli/register/register.h"

struct tr_program {
    const char *name, *purpose; /* purpose: msgid */
};

/* Adds a line for each thing that was looked at; register_path, or NULL. What is not as it should be
 * raises the status to TR_EXIT_FOUND. */
void tr_doctor(struct tr_app *app, const struct tr_program *programs, const char *register_path,
               struct tr_out *out);

#endif

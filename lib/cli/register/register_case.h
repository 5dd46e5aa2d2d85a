/* One person's cases, out of the register. */
#ifndef TR_CLI_REGISTER_REGISTER_CASE_H
#define TR_CLI_REGISTER_REGISTER_CASE_H

#include "cli/register/register.h"

/* Writes the chain of the person whom the referral id is about, up to the day as_of (NULL: today),
 * without who it is. -1: said, status raised. */
int tr_register_case(struct tr_register *r, const char *id, const char *as_of,
                     enum tr_format format, const char *path);

#endif

/* Counting whatever the inputs hold: raw exports, grouped referrals, tables of needs. */
#ifndef TR_CLI_COUNT_H
#define TR_CLI_COUNT_H

#include "cli/app.h"
#include "domain/survey/needs.h"

/* Understands every input's header, then counts every input into needs. -1: said, status raised. */
int tr_count_inputs(struct tr_app *app, const struct tr_rop *rop, struct tr_needs *needs);

/* Adds the table of needs at path. -1: said, status raised. */
int tr_count_table(struct tr_app *app, struct tr_needs *needs, const char *path);

#endif

/* A forecast of needs: from surveys, and as it is written. */
#ifndef TR_CLI_FORECASTING_H
#define TR_CLI_FORECASTING_H

#include "cli/input/surveys.h"
#include "domain/survey/forecast.h"

/* From the tables that the arguments name, of two years at least, which stay in s; says what they do
 * not tell. needs: by which districts and types. -1: said, status raised. */
int tr_forecasting_surveys(struct tr_app *app, const struct tr_needs *needs, struct tr_surveys *s,
                           struct tr_prospect *o);

/* Writes the forecast of so many years, or, of a year above 0, that year as a table of needs. */
void tr_forecasting_put(struct tr_app *app, struct tr_needs *needs, const struct tr_prospect *o,
                        int ahead, int of, enum tr_format format, const char *path);

#endif

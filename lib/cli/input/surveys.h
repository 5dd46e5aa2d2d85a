/* Tables of needs that programs read beside others: existing homes, and earlier years. */
#ifndef TR_CLI_SURVEYS_H
#define TR_CLI_SURVEYS_H

#include "cli/app/app.h"
#include "domain/survey/needs.h"

struct tr_surveys {
    struct tr_needs_year year[TR_YEARS_MAX]; /* the earliest first */
    int n;
};

/* Adds what reader gives, a table of needs, to needs; closes it. -1: said, status raised. */
int tr_survey_add(struct tr_app *app, struct tr_needs *needs, struct tr_reader *reader);

/* Reads the table at path as out, a count by what needs is by. */
int tr_survey_read(struct tr_app *app, const struct tr_needs *needs, const char *path,
                   struct tr_needs *out);

/* Reads tables of several years, by what needs is by; tables of one year add up. The year is in a
 * file's name (needs-2020.csv); one table alone needs none, unless all must have one. A usage error
 * when it cannot be told. */
int tr_surveys_read(struct tr_app *app, const struct tr_needs *needs, const struct tr_texts *paths,
                    struct tr_surveys *out);
void tr_surveys_clear(struct tr_surveys *s);

/* The year in a file's name: its last four digits that stand by themselves, 1900 to 2199; 0: none. */
int tr_survey_year(const char *path);

#endif

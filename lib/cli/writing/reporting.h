/* What programs that write tables of figures share. */
#ifndef TR_CLI_REPORTING_H
#define TR_CLI_REPORTING_H

#include "cli/app/app.h"
#include "domain/flow/figures.h"

/* Writes the table to path, or to standard output when it is NULL. -1: said, status raised. */
int tr_report_write(struct tr_app *app, const struct tr_figures *f, enum tr_format format,
                    const char *path);

/* Says that n rows stand on fewer than TR_CURVE_FEW; nothing for 0. */
void tr_report_say_few(struct tr_app *app, uint32_t n);

#endif

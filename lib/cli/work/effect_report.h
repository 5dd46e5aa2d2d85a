/* What effect-report does: reads what it compares, and writes the table. */
#ifndef TR_CLI_EFFECT_REPORT_H
#define TR_CLI_EFFECT_REPORT_H

#include "cli/app/app.h"
#include "domain/flow/effect.h"

enum tr_effect_what { TR_REPORT_EPISODES, TR_REPORT_TENANCIES };
extern const char *const tr_effect_whats[]; /* and NULL */

struct tr_effect_report {
    int what, by, format; /* enum tr_effect_what, tr_effect_by, tr_format */
    struct tr_effect_choice choice;
    const char *events, *episodes, *referrals, *links, *sites; /* NULL: none */
    const char *path; /* NULL: standard output */
};

/* What goes wrong is said. */
void tr_effect_report_run(struct tr_app *app, struct tr_effect_report *r);

#endif

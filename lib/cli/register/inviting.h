/* Invitations to meetings as requests of iCalendar, out of papers or a register. */
#ifndef TR_CLI_REGISTER_INVITING_H
#define TR_CLI_REGISTER_INVITING_H

#include "cli/register/register.h"
#include "cli/work/plans.h"

struct tr_inviting {
    const char *case_id;       /* of this case only; NULL: of all */
    const char *register_path; /* NULL: the papers are in the arguments */
    const char *reason, *key_path;
    const char *path;          /* of a file or folder; NULL: standard output */
    int32_t since;             /* only meetings of this day or later; TR_NO_DAY: all */
    enum tr_lang lang;
};

/* Writes one calendar for each meeting: as the last of its papers has it, changed as often as they
 * differ. Faults are said. */
void tr_inviting_run(struct tr_app *app, const struct tr_inviting *w);

#endif

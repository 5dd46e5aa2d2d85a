/* What is due in each case, from the log, the plans and the register, as a table, calendar or
 * document. */
#ifndef TR_CLI_DEADLINES_H
#define TR_CLI_DEADLINES_H

#include "cli/input/caselog.h"
#include "cli/work/plans.h"

enum { TR_DEADLINE_ICS = TR_N_FORMATS }; /* behind it, formats of documents */
extern const char *const tr_deadline_formats[];

/* As the options say it; paths that are NULL: not given. */
struct tr_deadline_work {
    enum tr_lang lang;
    int format; /* of tr_deadline_formats */
    int32_t as_of;
    int32_t responsible; /* entry of the list role; -1: any */
    bool all;            /* also what is over */
    bool consents;       /* list the consents that are missing */
    bool no_cancelled;   /* a calendar holds what is open alone */
    const char *path;    /* NULL: standard output */
    const char *names;   /* identities, for documents and calendars */
    const char *plans, *stay_plans, *minutes;
    bool plans_given; /* by the command line, not by the register */
    struct tr_caselog log;

    /* Of the work itself. */
    uint32_t statuses; /* bit: enum tr_deadline_status */
    struct tr_records identities;
    struct tr_kept_plans kept;
    struct tr_casefile cases;
};

/* Reads all, finds what is due, and writes it. What is wrong is said, and the status raised. */
void tr_deadlines_work(struct tr_app *app, struct tr_deadline_work *w);

#endif

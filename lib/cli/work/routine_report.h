/* Reports of the routine: what is asked for, and the work. */
#ifndef TR_CLI_ROUTINE_REPORT_H
#define TR_CLI_ROUTINE_REPORT_H

#include "cli/input/caselog.h"
#include "domain/flow/waits.h"

enum { TR_REPORT_DUTIES, TR_REPORT_WAITS, TR_REPORT_CURVE, TR_REPORT_LONGEST };
extern const char *const tr_routine_report_names[]; /* and NULL */

/* As the options say it. */
struct tr_routine_report {
    int what, by, format, lang;
    const char *path;      /* NULL: standard output */
    const char *from, *to; /* codes of events; NULL: the waits of the profile */
    bool whole;
    int32_t as_of, since;
    struct tr_caselog log;

    /* Of the work itself. */
    struct tr_waits_choice waits;
    struct tr_casefile cases;
    struct tr_records stays;
};

/* Reads everything and writes the table. What is wrong is said, and the status raised. */
void tr_routine_report_run(struct tr_app *app, struct tr_routine_report *r);

#endif

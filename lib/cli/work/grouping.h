/* Persons and their groups: each referral grouped, explained, or asked about. */
#ifndef TR_CLI_GROUPING_H
#define TR_CLI_GROUPING_H

#include "cli/app/app.h"

/* What is asked for; the input is the program's arguments. */
struct tr_grouping {
    const char *path;    /* to write to: a file, or with pages a folder; NULL: standard output */
    struct tr_texts answers; /* files of answers: tables, and worksheets that were filled in */
    const char *like;    /* referrals like those to expect; NULL: every combination is as likely as
                          * any other */
    int format, lang;    /* see cli/writing/documents.h */
    bool explaining; /* what decided, in words */
    bool fields;     /* pages are filled in where they are shown */
    bool worksheet;  /* what to ask about each person whose group is open */
    bool end;        /* want an end marker, and write one */
};

/* What does not go together is a usage error. */
void tr_grouping_check(const struct tr_app *app, const struct tr_grouping *g);

/* Groups, and writes. Faults are said. */
void tr_grouping_run(struct tr_app *app, const struct tr_grouping *g);

/* Says every gap and overlap of the profile's rules. */
void tr_grouping_check_rules(struct tr_app *app);

#endif
